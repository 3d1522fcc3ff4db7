"""What a memo can't promise."""

from models.states import MeetingState, MemoState
from tests.builders import DAY, memo_at, new, step
from tests.workflow.broken.case import Broken, Try, breaks
from tests.workflow.broken.meetings import first_meeting
from workflow.publishing import texts_of_memo
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


# It is published


@breaks("memo", MemoState.PUBLISHED, "until_told", until="no day")
@breaks("memo", MemoState.PUBLISHED, "until_told", until="1.1.2016")
@breaks("memo", MemoState.PUBLISHED, "until_told", until="1.6.2018")
def the_web_would_be_its_archive(work: Work, until: str) -> Broken:
    memo = memo_at(work, first_meeting(work, MeetingState.HELD), MemoState.CONFIRMED)
    told = {} if until == "no day" else {"until": until}
    return Broken(Try(memo, "publish", told), then=Try(memo, "publish", {"until": "1.6.2016"}))


@breaks("memo", MemoState.PUBLISHED, "residents_not_named")
def its_words_name_somebody_who_came_alone(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.AGENDA_SET)
    step(work, meeting, "attend", {"present": ["Aino Äijälä", "Äijälän kyläyhdistys", "Väinö Vieras"]})
    step(work, meeting, "hold", on=meeting.begins_at)
    memo, item = new(work, "memo", meeting), meeting.items[0]
    told = {"text": "Väinö Vieraan mukaan kyydit loppuvat.", "item": f"M{meeting.id}/{item.position}"}
    step(work, memo, "edit", told)
    step(work, memo, "circulate", {"silent_until": f"{memo.state_since + DAY:%d.%m.%Y}"})
    step(work, memo, "confirm", on=memo.state_since + 3 * DAY)
    kept_back = Try(item, "restrict", {"confidential": "JulkL 24.1 § 32 k."})
    return Broken(Try(memo, "publish", {"until": "1.6.2016"}), [kept_back])


@breaks("memo", MemoState.PUBLISHED, "translated")
def it_lacks_a_language_where_the_house_asks_for_all(work: Work) -> Broken:
    memo = memo_at(work, first_meeting(work, MeetingState.HELD), MemoState.CONFIRMED)
    step(work, memo.table, "describe", {"languages": "fi,sv"})
    step(work, memo.table, "rules", {"code": "translated", "level": "refuse"})
    mend = [
        Try(row, "translate", {"field": field, "language": "sv", "text": "Skjuts"})
        for row, field in texts_of_memo(memo)
    ]
    return Broken(Try(memo, "publish", {"until": "1.6.2016"}), mend)
