"""All meetings of a series as one calendar, for a web page or a shared calendar: nobody's name is in it."""

from datetime import datetime

from models.reading import Reader, Row, any_of
from workflow.calendar.entries import Method, as_ical
from workflow.calendar.invitations import meeting_entry
from workflow.calendar.wording import short_text, subject_of


def series_calendar(reader: Reader, series: Row, now: datetime) -> tuple[bytes, list[str], list[str]]:
    """The file, the meetings that are in it, and those that have no time yet."""
    shared = [row["meeting_ref"] for row in reader.rows("v_joint_meetings", series_ref=series["ref"])]
    meetings = reader.rows("v_meetings", series_ref=series["ref"], order="begins_at")
    meetings += reader.rows("v_meetings", ref=any_of(shared), order="begins_at")
    dated = [subject_of(reader, each) for each in meetings if each["begins_at"]]
    file = as_ical(
        (meeting_entry(reader, each, short_text(each)) for each in dated), Method.PUBLISH, now, _name(reader, series)
    )
    undated = [each["ref"] for each in meetings if not each["begins_at"]]
    return file, [each.meeting["ref"] for each in dated], undated


def _name(reader: Reader, series: Row) -> str:
    (table,) = reader.rows("v_tables", ref=series["table_ref"])
    return f"{series['title']} – {table['name']}"
