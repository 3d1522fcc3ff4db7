"""What is to come at a table."""

from models.states import MeetingState
from workflow.documents.gathering import Gathered, Row

AHEAD = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.AGENDA_SET)


def coming_meetings(gathered: Gathered, table: str, since: str, until: str = "9") -> list[Row]:
    """The meetings of a table between two days that are planned and have not been held, joint ones too."""
    joint = gathered.reader.rows("v_joint_meetings", table_ref=table)
    own = gathered.rows("meeting", "v_meetings", order="begins_at", table_ref=table)
    others = gathered.by_ref("meeting", "v_meetings", (row["meeting_ref"] for row in joint))
    found = {str(row["ref"]): row for row in (*own, *others.values())}
    ahead = [row for row in found.values() if row["state"] in AHEAD and row["day"] and since <= row["day"] <= until]
    return sorted(ahead, key=lambda row: str(row["begins_at"]))
