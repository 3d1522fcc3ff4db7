"""What a matter on the agenda can't promise."""

from models.states import ItemState, MeetingState, ThemeState
from tests.builders import MEMBERS, item_at, keuruu, meeting_at, theme_at
from tests.workflow.broken.case import Broken, Try, breaks
from tests.workflow.broken.meetings import first_meeting
from workflow.work import Work

MATTER = {"title": "Katuvalot", "origin": "resident"}


@breaks("item", ItemState.SUBMITTED, "agenda_open", at=MeetingState.ACTIONS_ASSIGNED)
@breaks("item", ItemState.SUBMITTED, "agenda_open", at=MeetingState.COMPLETED)
@breaks("item", ItemState.SUBMITTED, "agenda_open", at=MeetingState.CANCELLED)
def it_is_brought_to_a_meeting_that_is_over(work: Work, at: MeetingState) -> Broken:
    meeting = first_meeting(work, at)
    to_the_theme = Try(meeting.series.theme, "submit", MATTER, new="item")
    return Broken(Try(meeting, "submit", MATTER, new="item"), then=to_the_theme)


@breaks("item", ItemState.SUBMITTED, "agenda_open")
def it_is_brought_to_a_theme_that_ended(work: Work) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.DISCONTINUED)
    return Broken(Try(theme, "submit", MATTER, new="item"), [Try(theme, "reopen")])


@breaks("item", ItemState.ACCEPTED, "on_an_agenda")
def it_waits_in_its_theme(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.CONVENED)
    item = item_at(work, meeting.series.theme, ItemState.SUBMITTED)
    return Broken(Try(item, "accept"), then=Try(item, "accept", {"meeting": f"M{meeting.id}"}))


@breaks("item", ItemState.ACCEPTED, "agenda_open")
def it_is_accepted_to_a_meeting_that_is_over(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.COMPLETED)
    ahead = meeting_at(work, meeting.series, MeetingState.CONVENED)
    item = item_at(work, meeting.series.theme, ItemState.SUBMITTED)
    submitted = Try(ahead, "submit", MATTER, new="item")
    return Broken(
        Try(item, "accept", {"meeting": f"M{meeting.id}"}), [submitted], Try(lambda: ahead.items[-1], "accept")
    )


@breaks("item", ItemState.SETTLED, "outcome_given")
def nobody_says_how_it_was_settled(work: Work) -> Broken:
    item = first_meeting(work, MeetingState.HELD).items[0]
    return Broken(Try(item, "settle"), then=Try(item, "settle", {"outcome": "noted"}))


@breaks("item", ItemState.SETTLED, "discussed")
def it_is_settled_before_anybody_has_met(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.AGENDA_SET, goal="Kukaan ei jää yksin")
    item = meeting.items[0]
    held = Try(meeting, "hold", {"present": list(MEMBERS)}, on=meeting.begins_at)
    return Broken(Try(item, "settle", {"outcome": "agreed"}), [held])
