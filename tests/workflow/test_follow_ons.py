"""What follows what: every follow-on of the page in a real situation, with the entry that caused it.

Each situation is lived through again with its follow-on taken off the page, to see that it would be missed.
"""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.history import HistoryEntry
from models.meetings import Meeting, MeetingSeries
from models.states import (
    ActionState,
    ItemOutcome,
    ItemState,
    MeetingState,
    ReferralState,
    ResultState,
    RotaState,
    SeriesState,
    ThemeState,
)
from tests.builders import (
    action_at,
    complete,
    item_at,
    meeting_at,
    result_at,
    rota_at,
    series_at,
    step,
)
from tests.faults import without_follow_on
from tests.looking import history_of, moves_of
from tests.spring import a_series, a_theme, after, divide, meeting_on
from workflow.errors import Refused
from workflow.lifecycles import PAGE
from workflow.work import Work

on_a_file = pytest.mark.parametrize("system", ["sqlite"], indirect=True)

Situation = Callable[[Work], None]
SITUATIONS: dict[str, Situation] = {}


def follows(*names: str) -> Callable[[Situation], Situation]:
    """A situation in which these follow-ons are seen."""

    def note(situation: Situation) -> Situation:
        for name in names:
            assert name not in SITUATIONS
            SITUATIONS[name] = situation
        return situation

    return note


# A series and its theme go on with their meeting


@follows(
    "meeting convene > series convene",
    "meeting set_agenda > series set_agenda",
    "meeting hold > series hold",
    "meeting assign_actions > series assign_actions",
)
def a_series_goes_on_with_its_meeting(work: Work) -> None:
    series = series_at(work, a_theme(work), SeriesState.ACTIONS_ASSIGNED)

    assert moves_of(work, series) == ["plan", "convene", "set_agenda", "hold", "assign_actions"]
    assert series.state is SeriesState.ACTIONS_ASSIGNED


@follows(
    "series convene > theme convene",
    "series set_agenda > theme set_agenda",
    "series hold > theme hold",
    "series assign_actions > theme assign_actions",
)
def a_theme_goes_on_with_the_first_of_its_series(work: Work) -> None:
    theme = series_at(work, a_theme(work), SeriesState.ACTIONS_ASSIGNED).theme

    milestones = [entry.move for entry in history_of(work, theme) if entry.from_state != entry.to_state]
    assert milestones == ["propose", "convene", "set_agenda", "hold", "assign_actions"]
    assert theme.state is ThemeState.ACTIONS_ASSIGNED


# A series catches up with a meeting that was ahead of it


@follows("series assign_actions > series convene")
def the_next_meeting_was_convened_before_the_work_was_divided(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    meeting_on(work, series, "8.3.2016")
    divide(work, first)

    assert moves_of(work, series)[-2:] == ["assign_actions", "convene"]
    assert series.state is SeriesState.CONVENED


@follows("series convene > series set_agenda")
def the_agenda_of_the_next_meeting_was_set_before_the_work_was_divided(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    meeting_on(work, series, "8.3.2016", MeetingState.AGENDA_SET)
    divide(work, first)

    assert moves_of(work, series)[-3:] == ["assign_actions", "convene", "set_agenda"]
    assert series.state is SeriesState.AGENDA_SET


@follows("series set_agenda > series hold")
def the_next_meeting_was_held_before_the_work_was_divided(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    second = meeting_on(work, series, "8.3.2016", MeetingState.HELD)
    divide(work, first)

    assert moves_of(work, series)[-4:] == ["assign_actions", "convene", "set_agenda", "hold"]
    assert (series.state, second.state) == (SeriesState.HELD, MeetingState.HELD)


# The current meeting does not take place, or not then


@follows("meeting cancel > series fall_back")
def the_meeting_that_a_series_followed_is_cancelled_and_another_was_convened(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET)
    meeting_on(work, series, "8.3.2016")
    step(work, first, "cancel")

    assert moves_of(work, series)[-1] == "fall_back"
    assert series.state is SeriesState.CONVENED


@follows("meeting cancel > series call_off")
def the_only_meeting_is_cancelled(work: Work) -> None:
    series = a_series(work)
    step(work, meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET), "cancel")

    assert moves_of(work, series)[-1] == "call_off"
    assert series.state is SeriesState.PLANNED
    assert series.theme.state is ThemeState.AGENDA_SET


@follows("meeting cancel > series set_agenda")
def the_current_meeting_is_cancelled_and_the_next_one_was_further(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016")
    meeting_on(work, series, "8.3.2016", MeetingState.AGENDA_SET)
    step(work, first, "cancel")

    assert moves_of(work, series) == ["plan", "convene", "set_agenda"]
    assert series.theme.state is ThemeState.AGENDA_SET


@follows("meeting cancel > item release")
def the_matters_of_a_cancelled_meeting_wait_in_their_theme(work: Work) -> None:
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET)
    proposed = item_at(work, meeting, ItemState.SUBMITTED, "Katuvalot")
    declined = item_at(work, meeting, ItemState.DECLINED, "Kahvit")
    step(work, meeting, "cancel")

    released = [item for item in meeting.series.theme.items if item.meeting_id is None]
    assert [(item.state, item.position) for item in released] == [(ItemState.SUBMITTED, None)] * 2
    assert proposed in released
    assert declined.meeting_id == meeting.id


@follows("meeting reschedule > series fall_back")
def a_meeting_whose_agenda_was_set_moves_past_another(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET)
    meeting_on(work, series, "8.3.2016")
    step(work, first, "reschedule", {"when": "15.3.2016 klo 17-18.30"})

    assert moves_of(work, series)[-1] == "fall_back"
    assert series.state is SeriesState.CONVENED


@follows("meeting reschedule > series set_agenda")
def a_meeting_moves_past_another_whose_agenda_was_set(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016")
    meeting_on(work, series, "8.3.2016", MeetingState.AGENDA_SET)
    step(work, first, "reschedule", {"when": "15.3.2016 klo 17-18.30"})

    assert moves_of(work, series)[-1] == "set_agenda"
    assert series.state is SeriesState.AGENDA_SET


@follows("meeting convene > series fall_back")
def a_meeting_is_convened_before_the_one_that_a_series_followed(work: Work) -> None:
    series = a_series(work)
    meeting_on(work, series, "8.3.2016", MeetingState.AGENDA_SET)
    meeting_on(work, series, "2.2.2016")

    assert moves_of(work, series)[-1] == "fall_back"
    assert series.state is SeriesState.CONVENED


@follows("meeting cancel > series hold")
def the_meeting_that_a_series_followed_fell_through_and_the_next_one_was_held(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET)
    second = meeting_on(work, series, "8.3.2016", MeetingState.HELD)
    assert series.state is SeriesState.AGENDA_SET
    step(work, first, "cancel", on=after(second))

    assert moves_of(work, series)[-1] == "hold"
    assert (series.state, series.theme.state) == (SeriesState.HELD, ThemeState.HELD)


@follows("meeting reschedule > series hold")
def a_meeting_moves_past_another_that_was_held(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET)
    second = meeting_on(work, series, "8.3.2016", MeetingState.HELD)
    step(work, first, "reschedule", {"when": "5.4.2016 klo 17-18.30"}, on=after(second))

    assert moves_of(work, series)[-1] == "hold"
    assert series.state is SeriesState.HELD


def suspended_while(work: Work, meeting: Meeting) -> MeetingSeries:
    """The series is suspended, and the meeting cancelled meanwhile."""
    series = meeting.series
    step(work, series, "suspend", {"revisit": "1.9.2016"})
    step(work, meeting, "cancel")
    assert series.state is SeriesState.SUSPENDED
    return series


@follows("series resume > series fall_back")
def a_series_goes_on_with_another_meeting_than_before(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET)
    meeting_on(work, series, "8.3.2016")
    step(work, suspended_while(work, first), "resume")

    assert moves_of(work, series)[-2:] == ["resume", "fall_back"]
    assert series.state is SeriesState.CONVENED


@follows("series resume > series call_off")
def a_series_goes_on_with_no_meeting_at_all(work: Work) -> None:
    series = suspended_while(work, meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET))
    step(work, series, "resume")

    assert moves_of(work, series)[-2:] == ["resume", "call_off"]
    assert series.state is SeriesState.PLANNED


@follows("series resume > series set_agenda")
def a_series_goes_on_with_a_meeting_whose_agenda_was_set_before(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016")
    meeting_on(work, series, "8.3.2016", MeetingState.AGENDA_SET)
    step(work, suspended_while(work, first), "resume")

    assert moves_of(work, series)[-2:] == ["resume", "set_agenda"]
    assert series.state is SeriesState.AGENDA_SET


@follows("series resume > series hold")
def a_series_goes_on_with_a_meeting_that_was_held_before(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET)
    second = meeting_on(work, series, "8.3.2016", MeetingState.HELD)
    step(work, suspended_while(work, first), "resume", on=after(series, second))

    assert moves_of(work, series)[-2:] == ["resume", "hold"]
    assert series.state is SeriesState.HELD


# What comes onto the next agenda


@follows("rota turn > action assign")
def a_turn_is_the_work_of_the_party_whose_turn_it_is(work: Work) -> None:
    rota = rota_at(work, a_theme(work), RotaState.RUNNING)

    step(work, rota, "turn", {"due": "2.5.2016", "what": "Vappukahvit"})

    first, second = rota.actions[0], rota.actions[1]
    assert [each.responsible_organisation for each in (first, second)] == [
        each.organisation for each in rota.places[:2]
    ]
    assert (first.what, second.what, str(second.due_on)) == (rota.title, "Vappukahvit", "2016-05-02")
    assert (second.state, rota.turn) == (ActionState.ASSIGNED, 3)


@follows("item settle > referral add")
def a_referral_is_drafted_of_a_matter_that_was_referred(work: Work) -> None:
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)
    matter = meeting.items[0]
    step(work, matter, "settle", {"outcome": "referred", "body": "Tekninen lautakunta"})

    referral = meeting.series.theme.referrals[0]
    assert (referral.item_id, referral.meeting_id, referral.state) == (matter.id, meeting.id, ReferralState.DRAFTED)
    assert (referral.title, referral.body) == (matter.title, "Tekninen lautakunta")


@follows("item settle > item submit")
def a_copy_of_a_matter_carried_over_waits_in_its_theme(work: Work) -> None:
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)
    first = meeting.items[0]
    step(work, first, "settle", {"outcome": "carried_over"})

    copy = meeting.series.theme.items[-1]
    assert (copy.carried_from_id, copy.meeting_id, copy.state) == (first.id, None, ItemState.SUBMITTED)
    assert (first.meeting_id, first.state, first.outcome) == (meeting.id, ItemState.SETTLED, ItemOutcome.CARRIED_OVER)
    same = ("title", "origin", "origin_detail", "minutes", "submitter_id", "presenter_id", "kind_of_item")
    assert [getattr(copy, name) for name in same] == [getattr(first, name) for name in same]


@follows("meeting set_agenda > item accept")
def a_matter_carried_over_comes_onto_the_next_agenda(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    step(work, first.items[0], "settle", {"outcome": "carried_over"})
    second = meeting_on(work, series, "8.3.2016")
    step(work, second, "set_agenda")

    copy = second.items[0]
    assert (copy.carried_from_id, copy.position, copy.state) == (first.items[0].id, 1, ItemState.ACCEPTED)


@follows("meeting set_agenda > item submit", "item submit > item accept")
def open_work_is_a_standing_matter_of_the_next_agenda(work: Work) -> None:
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    left = action_at(work, first, ActionState.IN_PROGRESS)
    action_at(work, first, ActionState.CLOSED, "Tehty jo")
    action_at(work, first, ActionState.REFUSED, "Kukaan ei tee")
    second = meeting_on(work, series, "8.3.2016", MeetingState.AGENDA_SET)

    standing = second.items[-1]
    assert (standing.title, standing.origin, standing.state) == (f"A{left.id}", "follow_up", ItemState.ACCEPTED)
    assert [item.position for item in second.items] == [1, 2]


# A series comes to an end


def almost_done(work: Work) -> MeetingSeries:
    """A series whose theme could reach results if it ended."""
    series = series_at(work, a_theme(work), SeriesState.ACTIONS_ASSIGNED)
    complete(work, series.meetings[0])
    theme = series.theme
    for action in theme.actions:
        step(work, action, "close", {"outcome": "Kyytirinki ajaa"})
    result_at(work, theme, ResultState.RECORDED)
    step(work, theme, "evaluate", {"evaluation": "Kannatti"})
    step(work, theme, "tell_proposer")
    return series


@follows("series reach_results > theme reach_results")
def the_last_series_reaches_results(work: Work) -> None:
    series = almost_done(work)
    step(work, series, "reach_results")

    assert series.theme.state is ThemeState.RESULTS_REACHED


@follows("series discontinue > theme reach_results")
def the_last_series_is_discontinued_when_there_are_results(work: Work) -> None:
    series = almost_done(work)
    step(work, series, "discontinue")

    assert series.theme.state is ThemeState.RESULTS_REACHED


@follows("series discontinue > meeting cancel")
def the_meetings_to_come_of_a_discontinued_series_are_cancelled(work: Work) -> None:
    series = a_series(work)
    meetings = [meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET), meeting_on(work, series, "8.3.2016")]
    meetings.append(meeting_at(work, series, MeetingState.PLANNED))
    step(work, series, "discontinue", on=after(series, *meetings))

    assert [meeting.state for meeting in meetings] == [MeetingState.CANCELLED] * 3


# A theme is set aside or ended


@follows("theme suspend > series suspend", "theme resume > series resume")
def a_theme_takes_its_series_along_when_it_is_suspended_and_resumed(work: Work) -> None:
    series = a_series(work)
    meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET)
    step(work, series.theme, "suspend", {"revisit": "1.9.2016"})
    assert series.state is SeriesState.SUSPENDED
    step(work, series.theme, "resume")

    assert moves_of(work, series)[-2:] == ["suspend", "resume"]
    assert (series.state, series.theme.state) == (SeriesState.AGENDA_SET, ThemeState.AGENDA_SET)


@follows("theme decline > series discontinue")
def the_series_of_a_declined_theme_ends(work: Work) -> None:
    series = a_series(work)
    step(work, series.theme, "decline")

    assert series.state is SeriesState.DISCONTINUED


@follows("theme discontinue > series discontinue")
def the_series_of_a_discontinued_theme_ends_and_its_work_stays_open(work: Work) -> None:
    series = a_series(work)
    meeting = meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET)
    action = action_at(work, series.theme, ActionState.IN_PROGRESS)
    step(work, series.theme, "discontinue", {"outcome": "no_resources"})

    assert (series.state, meeting.state) == (SeriesState.DISCONTINUED, MeetingState.CANCELLED)
    assert action.state is ActionState.IN_PROGRESS


# All of them


def look(work: Work, name: str) -> None:
    """Live through the situation, and find the follow-on in the history with what caused it."""
    SITUATIONS[name](work)
    entries = {entry.id: entry for entry in work.session.scalars(select(HistoryEntry))}
    caused = [(entries[entry.cause_id], entry) for entry in entries.values() if entry.cause_id is not None]
    assert name in {f"{named(cause)} > {named(entry)}" for cause, entry in caused}
    assert all(cause.id < entry.id and entry.cmd_id is None for cause, entry in caused)


def named(entry: HistoryEntry) -> str:
    """The move that it tells of, as the page names it."""
    return f"{entry.stream.partition(':')[0]} {entry.move}"


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_follow_on_is_made_and_the_history_says_what_caused_it(work, name):
    look(work, name)


@on_a_file
@pytest.mark.parametrize("follow", PAGE.follow_ons, ids=lambda each: f"{each.cause} > {each.then}")
def test_a_follow_on_that_is_taken_off_the_page_is_missed(work, follow):
    with without_follow_on(follow), pytest.raises((AssertionError, Refused, IndexError)):
        look(work, f"{follow.cause} > {follow.then}")


def test_every_follow_on_of_the_page_has_its_situation():
    assert sorted(SITUATIONS) == sorted(f"{each.cause} > {each.then}" for each in PAGE.follow_ons)
