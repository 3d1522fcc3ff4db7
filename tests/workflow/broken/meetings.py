"""What a meeting can't promise."""

from models.meetings import AgendaItem, Meeting, Memo
from models.states import ActionState, ItemState, MeetingState, MemoState, SeriesState, ThemeState
from tests.builders import (
    DAY,
    MEMBERS,
    action_at,
    item_at,
    keuruu,
    meeting_at,
    memo_at,
    new,
    series_at,
    step,
    theme_at,
)
from tests.workflow.broken.case import Broken, Try, breaks, day
from workflow.work import Work

GOOD = {"when": "12.4.2016 klo 17-18.30", "place": "Kirjasto", "channel": "open_call"}
"""What makes it right to convene a meeting in winter."""

# Meetings at Keuruu, a theme's first


def first_meeting(work: Work, state: MeetingState, **goal: object) -> Meeting:
    """The first meeting of a theme of Keuruu's table, in that state."""
    series = series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED)
    meeting = meeting_at(work, series, state)
    if goal:
        step(work, series.theme, "goal", goal)
    return meeting


def planned(work: Work, **given: object) -> Meeting:
    """A meeting that has yet to be convened."""
    series = series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED)
    meeting: Meeting = new(work, "meeting", series, given)
    return meeting


def with_agenda(work: Work, **matter: object) -> Meeting:
    """A convened meeting with one matter, whose agenda can be set."""
    meeting = first_meeting(work, MeetingState.CONVENED, goal="Kukaan ei jää yksin")
    item_at(work, meeting, ItemState.ACCEPTED, **matter)
    return meeting


def held_and_divided(work: Work) -> Meeting:
    """A meeting that was held, with its only matter agreed on and its work divided among all."""
    meeting = first_meeting(work, MeetingState.HELD)
    divide(work, meeting.items[0])
    return meeting


def divide(work: Work, item: AgendaItem) -> None:
    """The matter is agreed on, and everybody has a part in the work."""
    step(work, item, "settle", {"outcome": "agreed"})
    action_at(work, item, ActionState.ASSIGNED, to=MEMBERS[0], shared_with=list(MEMBERS[1:]))


def agreed(meeting: Meeting) -> dict[str, object]:
    """What makes a goal agreed on in a meeting."""
    return {"goal": "Kukaan ei jää yksin", "agreed_in": f"M{meeting.id}", "parties": ["Keuruun kaupunki"]}


def held_and_agreed(work: Work) -> Meeting:
    """A meeting whose work is divided, and in which the goal of the theme was agreed on."""
    meeting = held_and_divided(work)
    step(work, meeting.series.theme, "goal", agreed(meeting))
    return meeting


# It goes on only under a series that does


def suspended(work: Work, meeting: Meeting) -> Try:
    """Suspend the series of a meeting. Answers what makes it go on."""
    step(work, meeting.series, "suspend", {"revisit": "1.9.2016"})
    return Try(meeting.series, "resume")


@breaks("meeting", MeetingState.PLANNED, "under_way")
def it_is_planned_in_a_suspended_series(work: Work) -> Broken:
    series = first_meeting(work, MeetingState.CONVENED).series
    resume = suspended(work, series.meetings[0])
    return Broken(Try(series, "plan", new="meeting"), [resume])


@breaks("meeting", MeetingState.CONVENED, "under_way")
def it_is_convened_in_a_suspended_series(work: Work) -> Broken:
    first = first_meeting(work, MeetingState.CONVENED)
    second = meeting_at(work, first.series, MeetingState.PLANNED)
    resume = suspended(work, first)
    return Broken(Try(second, "convene", GOOD), [resume])


@breaks("meeting", MeetingState.AGENDA_SET, "under_way")
def its_agenda_is_set_in_a_suspended_series(work: Work) -> Broken:
    meeting = with_agenda(work)
    return Broken(Try(meeting, "set_agenda"), [suspended(work, meeting)])


@breaks("meeting", MeetingState.HELD, "under_way")
def it_is_held_in_a_suspended_series(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.AGENDA_SET, goal="Kukaan ei jää yksin")
    resume = suspended(work, meeting)
    return Broken(Try(meeting, "hold", {"present": list(MEMBERS)}, on=meeting.begins_at), [resume])


@breaks("meeting", MeetingState.ACTIONS_ASSIGNED, "under_way")
def its_work_is_divided_in_a_suspended_series(work: Work) -> Broken:
    meeting = held_and_agreed(work)
    return Broken(Try(meeting, "assign_actions"), [suspended(work, meeting)])


@breaks("meeting", MeetingState.COMPLETED, "under_way")
def it_is_completed_in_a_suspended_series(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.ACTIONS_ASSIGNED)
    memo_at(work, meeting, MemoState.CONFIRMED)
    return Broken(Try(meeting, "complete"), [suspended(work, meeting)])


# It is convened


@breaks("meeting", MeetingState.CONVENED, "dated")
def it_has_no_date(work: Work) -> Broken:
    meeting = planned(work)
    dated = Try(meeting, "reschedule", {"when": GOOD["when"]})
    return Broken(Try(meeting, "convene", without("when")), [dated], beside=["duration_60_to_90"])


@breaks("meeting", MeetingState.CONVENED, "place_or_link")
def nobody_knows_where_it_is(work: Work) -> Broken:
    meeting = planned(work)
    return Broken(Try(meeting, "convene", without("place")), [Try(meeting, "prepare", {"place": "Kirjasto"})])


@breaks("meeting", MeetingState.CONVENED, "duration_60_to_90", when="12.4.2016 klo 17-20")
@breaks("meeting", MeetingState.CONVENED, "notice_14_days", when="16.1.2016 klo 17-18.30")
@breaks("meeting", MeetingState.CONVENED, "not_a_holiday", when="24.3.2016 klo 17-18.30")
def it_is_at_a_bad_time(work: Work, when: str) -> Broken:
    meeting = planned(work, when=when)
    better = Try(meeting, "reschedule", {"when": GOOD["when"]})
    return Broken(Try(meeting, "convene", without("when")), [better])


@breaks("meeting", MeetingState.CONVENED, "invitation_channel")
def nobody_knows_how_people_are_invited(work: Work) -> Broken:
    meeting = planned(work)
    return Broken(Try(meeting, "convene", without("channel")), [Try(meeting, "invite", {"channel": "personal"})])


def without(name: str) -> dict[str, object]:
    """All that makes it right to convene a meeting, but for that."""
    return {told: value for told, value in GOOD.items() if told != name}


# Its agenda is set


@breaks("meeting", MeetingState.AGENDA_SET, "agenda_not_empty")
def nothing_is_on_its_agenda(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.CONVENED, goal="Kukaan ei jää yksin")
    matter = item_at(work, meeting, ItemState.SUBMITTED)
    return Broken(Try(meeting, "set_agenda"), [Try(matter, "accept")])


@breaks("meeting", MeetingState.AGENDA_SET, "items_have_origin")
def nobody_knows_where_a_matter_comes_from(work: Work) -> Broken:
    meeting = with_agenda(work, origin=None)
    return Broken(Try(meeting, "set_agenda"), [Try(meeting.items[0], "describe", {"origin": "resident"})])


@breaks("meeting", MeetingState.AGENDA_SET, "items_have_origin")
def nobody_knows_where_a_matter_comes_from_that_was_carried_over(work: Work) -> Broken:
    first, second = two_meetings_with_a_matter(work, origin=None)
    return Broken(Try(second, "set_agenda"), [Try(first.series.theme.items[-1], "describe", {"origin": "resident"})])


@breaks("meeting", MeetingState.AGENDA_SET, "agenda_fits_the_time")
def a_matter_that_was_carried_over_takes_too_long(work: Work) -> Broken:
    _, second = two_meetings_with_a_matter(work, minutes=91)
    return Broken(Try(second, "set_agenda"), [Try(second, "reschedule", {"when": "12.4.2016 klo 17-18.31"})])


def two_meetings_with_a_matter(work: Work, **told: object) -> tuple[Meeting, Meeting]:
    """Two convened meetings of a series; a matter of the first was carried over."""
    series = series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED)
    first, second = (meeting_at(work, series, MeetingState.CONVENED) for _ in range(2))
    step(work, item_at(work, first, ItemState.ACCEPTED, **told), "settle", {"outcome": "carried_over"})
    return first, second


@breaks("meeting", MeetingState.AGENDA_SET, "chair_named", leaves="Göran", told={"chair": "Sirkka"})
@breaks("meeting", MeetingState.AGENDA_SET, "secretary_named", leaves="Pekka", told={"secretary": "Sirkka"})
def nobody_leads_it_or_nobody_writes(work: Work, leaves: str, told: dict[str, object]) -> Broken:
    meeting = with_agenda(work)
    step(work, meeting.table, "unseat", {"person": leaves, "until": "15.1.2016"})
    return Broken(Try(meeting, "set_agenda"), [Try(meeting, "prepare", told)])


@breaks("meeting", MeetingState.AGENDA_SET, "agenda_fits_the_time")
def its_matters_take_too_long(work: Work) -> Broken:
    meeting = with_agenda(work, minutes=91)
    longer = Try(meeting, "reschedule", {"when": "12.4.2016 klo 17-18.31"})
    return Broken(Try(meeting, "set_agenda"), [longer])


@breaks("meeting", MeetingState.AGENDA_SET, "call_for_items_closed")
def matters_may_still_be_brought(work: Work) -> Broken:
    meeting = with_agenda(work)
    step(work, meeting, "prepare", {"items_by": "20.1.2016"})
    return Broken(Try(meeting, "set_agenda", on=day(1, 19)), then=Try(meeting, "set_agenda", on=day(1, 20)))


# It is held


def about_to_begin(work: Work) -> Meeting:
    """A meeting whose agenda is set."""
    return first_meeting(work, MeetingState.AGENDA_SET, goal="Kukaan ei jää yksin")


def hold(meeting: Meeting, *present: str) -> Try:
    """Hold it when it begins."""
    return Try(meeting, "hold", {"present": list(present)} if present else {}, on=meeting.begins_at)


@breaks("meeting", MeetingState.HELD, "has_begun")
def its_time_has_not_come(work: Work) -> Broken:
    meeting = about_to_begin(work)
    held = Try(meeting, "hold", {"present": list(MEMBERS)}, on=day(1, 14))
    return Broken(held, [Try(meeting, "reschedule", {"when": "13.1.2016 klo 17-18.30"})])


@breaks("meeting", MeetingState.HELD, "attendance_recorded")
def nobody_noted_who_was_there(work: Work) -> Broken:
    meeting = about_to_begin(work)
    noted = Try(meeting, "attend", {"present": list(MEMBERS)})
    return Broken(hold(meeting), [noted], beside=["two_sectors_present"])


@breaks("meeting", MeetingState.HELD, "required_seats_present")
def the_parish_had_to_be_there(work: Work) -> Broken:
    meeting = about_to_begin(work)
    step(work, meeting.table, "seat", {"organisation": "Keuruun seurakunta", "required": True})
    noted = Try(meeting, "attend", {"present": "Keuruun seurakunta"})
    return Broken(hold(meeting, "Aino", "Pekka"), [noted])


@breaks("meeting", MeetingState.HELD, "two_sectors_present")
def only_the_town_was_there(work: Work) -> Broken:
    meeting = about_to_begin(work)
    noted = Try(meeting, "attend", {"present": "Äijälän kyläyhdistys"})
    return Broken(hold(meeting, "Aino", "Keuruun kaupunki"), [noted])


# Its work is divided


@breaks("meeting", MeetingState.ACTIONS_ASSIGNED, "items_settled")
def a_matter_has_no_outcome(work: Work) -> Broken:
    meeting = held_and_agreed(work)
    matter = item_at(work, meeting, ItemState.ACCEPTED, "Katuvalot")
    return Broken(Try(meeting, "assign_actions"), [Try(matter, "settle", {"outcome": "noted"})])


@breaks("meeting", MeetingState.ACTIONS_ASSIGNED, "work_divided")
def a_matter_was_agreed_on_and_nobody_does_it(work: Work) -> Broken:
    meeting = held_and_agreed(work)
    matter = item_at(work, meeting, ItemState.ACCEPTED, "Katuvalot")
    step(work, matter, "settle", {"outcome": "agreed"})
    work_given = {"what": "Vaihdetaan lamput", "to": "Keuruun kaupunki"}
    return Broken(Try(meeting, "assign_actions"), [Try(matter, "assign", work_given, new="action")])


@breaks("meeting", MeetingState.ACTIONS_ASSIGNED, "work_divided")
def some_work_is_nobodys(work: Work) -> Broken:
    meeting = held_and_agreed(work)
    action = new(work, "action", meeting.items[0], {"what": "Pestään auto"})
    return Broken(Try(meeting, "assign_actions"), [Try(action, "reassign", {"to": "Möksyn Leipä Oy"})])


@breaks("meeting", MeetingState.ACTIONS_ASSIGNED, "something_agreed")
def only_coffee_was_had(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.HELD)
    step(work, meeting.series.theme, "goal", agreed(meeting))
    step(work, meeting.items[0], "settle", {"outcome": "noted"})
    submitted = Try(meeting, "submit", {"title": "Sovittiin linjasta", "origin": "resident"}, new="item")
    accepted = Try(lambda: meeting.items[-1], "accept")
    settled = Try(lambda: meeting.items[-1], "settle", {"outcome": "agreed", "no_action": True})
    explained = Try(meeting, "assign_actions", {"no_actions_because": "Kuultiin vain"})
    return Broken(explained, [submitted, accepted, settled])


@breaks("meeting", MeetingState.ACTIONS_ASSIGNED, "no_actions_explained")
def nobody_says_why_no_work_was_divided(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.HELD)
    step(work, meeting.series.theme, "goal", agreed(meeting))
    step(work, meeting.items[0], "settle", {"outcome": "agreed", "no_action": True})
    explained = Try(meeting, "assign_actions", {"no_actions_because": "Sovittiin yhdestä linjasta"})
    return Broken(Try(meeting, "assign_actions"), then=explained)


@breaks("meeting", MeetingState.ACTIONS_ASSIGNED, "every_party_has_a_part")
def the_village_does_it_all(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.HELD)
    step(work, meeting.series.theme, "goal", agreed(meeting))
    step(work, meeting.items[0], "settle", {"outcome": "agreed"})
    action_at(work, meeting.items[0], ActionState.ASSIGNED, to="Äijälän kyläyhdistys")
    others = [name for name in MEMBERS if name != "Äijälän kyläyhdistys"]
    given = {"what": "Kerrotaan naapureille", "to": others[0], "shared_with": others[1:]}
    return Broken(Try(meeting, "assign_actions"), [Try(meeting.items[0], "assign", given, new="action")])


# It is completed


def written_up(work: Work, state: MemoState) -> Memo:
    """The memo of a meeting whose work is divided, in that state."""
    return memo_at(work, first_meeting(work, MeetingState.ACTIONS_ASSIGNED), state)


def silently(memo: Memo) -> Try:
    """Confirm it when nobody has objected in time."""
    return Try(memo, "confirm", on=memo.state_since + 30 * DAY)


@breaks("meeting", MeetingState.COMPLETED, "memo_confirmed")
def nothing_was_written_of_it(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.ACTIONS_ASSIGNED)
    written = Try(lambda: meeting.memos[0], "edit", {"text": "Keskusteltiin kyydeistä."})
    sent = Try(lambda: meeting.memos[0], "circulate")
    confirmed = Try(lambda: meeting.memos[0], "confirm", on=meeting.state_since + 30 * DAY)
    return Broken(Try(meeting, "complete"), [Try(meeting, "draft", new="memo"), written, sent, confirmed])


@breaks("meeting", MeetingState.COMPLETED, "memo_confirmed")
def its_memo_was_not_sent(work: Work) -> Broken:
    memo = written_up(work, MemoState.DRAFT)
    return Broken(Try(memo.meeting, "complete"), [Try(memo, "circulate"), silently(memo)])


@breaks("meeting", MeetingState.COMPLETED, "memo_confirmed")
def its_memo_may_still_be_objected_to(work: Work) -> Broken:
    memo = written_up(work, MemoState.CIRCULATED)
    return Broken(Try(memo.meeting, "complete"), [silently(memo)])


@breaks("meeting", MeetingState.COMPLETED, "memo_confirmed")
def somebody_objected_to_its_memo(work: Work) -> Broken:
    memo = written_up(work, MemoState.OBJECTED)
    return Broken(Try(memo.meeting, "complete"), [Try(memo, "revise"), Try(memo, "circulate"), silently(memo)])
