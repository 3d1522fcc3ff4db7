"""What a memo can't promise."""

from models.states import MeetingState, MemoState
from tests.builders import DAY, memo_at, new
from tests.workflow.broken.case import Broken, Try, breaks
from tests.workflow.broken.meetings import first_meeting
from workflow.work import Work


@breaks("memo", MemoState.DRAFT, "meeting_took_place")
def it_is_begun_before_the_meeting(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.AGENDA_SET)
    held = Try(meeting, "hold", {"present": ["Aino Äijälä", "Äijälän kyläyhdistys"]}, on=meeting.begins_at)
    return Broken(Try(meeting, "draft", new="memo", on=work.now), [held])


@breaks("memo", MemoState.CIRCULATED, "memo_written")
def nothing_is_written_yet(work: Work) -> Broken:
    memo = new(work, "memo", first_meeting(work, MeetingState.HELD))
    return Broken(Try(memo, "circulate"), [Try(memo, "edit", {"text": "Keskusteltiin kyydeistä."})])


@breaks("memo", MemoState.CONFIRMED, "silence_or_meeting")
def the_others_may_still_object(work: Work) -> Broken:
    memo = memo_at(work, first_meeting(work, MeetingState.HELD), MemoState.CIRCULATED)
    later = Try(memo, "confirm", on=memo.state_since + 2 * DAY)
    return Broken(Try(memo, "confirm", on=memo.state_since + DAY / 24), then=later)
