"""How the machines drive each other: what is refused together, what is entered once, and what stays as it is."""

import pytest

from models.states import ActionState, ItemState, MeetingState, ResultState, SeriesState, ThemeState
from tests.builders import action_at, complete, item_at, new, result_at, series_at, step, theme_at
from tests.looking import all_of, at_work, codes, history_of, moves_of, refused
from tests.spring import SURE, a_series, a_theme, day, divide, hold, meeting_on, now
from tests.workflow.broken.tables import table_of, townspeople
from workflow.engine import make_move
from workflow.errors import Refused

HEARD = {"no_actions_because": "Kuultiin vain"}
REVISIT = {"revisit": "1.9.2016"}

# What would follow is refused with what it follows


def test_a_meeting_is_not_convened_for_a_table_of_one_sector(work):
    table = table_of(work, "Aino", *townspeople(work, "Elsa", "Olavi", "Rauha", "Urho"))
    series = series_at(work, theme_at(work, table, ThemeState.PROPOSED), SeriesState.PLANNED)
    meeting = new(work, "meeting", series)

    error = refused(work, meeting, "convene", {"when": "7.6.2016 klo 17-18.30"}, SURE)

    assert codes(error) == ["place_or_link", "two_sectors_seated"]
    assert [reason.row.kind for reason in error.reasons] == ["meeting", "theme"]


def test_a_theme_does_not_end_over_a_meeting_that_is_not_written_up(work):
    theme = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD).series.theme

    error = refused(work, theme, "discontinue", {"outcome": "merged"}, SURE)

    assert codes(error) == ["held_meetings_completed"]
    assert error.reasons[0].row.kind == "series"


def test_nothing_is_written_where_what_would_follow_is_refused(database):
    with at_work(database) as work:
        number = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD).id
    before = all_of(database)

    with pytest.raises(Refused) as error, at_work(database) as work:
        make_move(work, work.find(f"M{number}", "meeting"), "assign_actions", HEARD, SURE)

    assert codes(error.value) == ["items_settled", "goal_agreed"]
    assert all_of(database) == before


def test_what_follows_has_the_role_and_the_moment_of_what_it_follows(work):
    series = a_series(work)
    meeting = meeting_on(work, series, "2.2.2016")

    entries = [history_of(work, row)[-1] for row in (meeting, series, series.theme)]

    assert [entry.move for entry in entries] == ["convene"] * 3
    assert [entry.cause_id for entry in entries] == [None, entries[0].id, entries[1].id]
    assert {(entry.role, entry.happened_at) for entry in entries} == {("convener", meeting.state_since)}


# How far a theme has ever come


def test_a_milestone_is_entered_once_whichever_series_comes_to_it_next(work):
    theme = a_theme(work)
    first, second = (series_at(work, theme, SeriesState.PLANNED) for _ in range(2))
    meeting_on(work, first, "2.2.2016", MeetingState.AGENDA_SET)
    meeting_on(work, second, "9.2.2016", MeetingState.AGENDA_SET)

    assert second.state is SeriesState.AGENDA_SET
    assert moves_of(work, theme) == ["propose", "convene", "set_agenda"]


def test_a_reopened_theme_enters_its_milestones_anew(work):
    theme = a_theme(work)
    meeting_on(work, series_at(work, theme, SeriesState.PLANNED), "2.2.2016", MeetingState.AGENDA_SET)
    step(work, theme, "discontinue", {"outcome": "no_resources"})
    step(work, theme, "reopen")

    meeting_on(work, new(work, "series", theme, {"planned_meetings": 1}), "5.4.2016")

    assert theme.life == 2
    assert moves_of(work, theme) == ["propose", "convene", "set_agenda", "discontinue", "reopen", "convene"]


def test_a_theme_may_be_convened_before_any_of_its_meetings(work):
    series = a_series(work)
    step(work, series.theme, "convene")

    meeting_on(work, series, "2.2.2016")

    assert series.theme.state is ThemeState.CONVENED
    assert moves_of(work, series.theme).count("convene") == 1


# Meetings convened ahead


def test_a_series_stays_with_its_first_meeting_while_the_next_one_is_ahead(work):
    series = a_series(work)
    meeting_on(work, series, "2.2.2016")

    meeting_on(work, series, "8.3.2016", MeetingState.AGENDA_SET)

    assert series.state is SeriesState.CONVENED


def test_a_cancelled_meeting_that_was_not_the_current_one_moves_nothing(work):
    series = a_series(work)
    meeting_on(work, series, "2.2.2016", MeetingState.AGENDA_SET)
    later = meeting_on(work, series, "8.3.2016")

    step(work, later, "cancel")

    assert moves_of(work, series) == ["plan", "convene", "set_agenda"]


def test_a_series_whose_meeting_is_cancelled_stays_convened_while_another_has_a_date(work):
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016")
    new(work, "meeting", series, {"when": "8.3.2016 klo 17-18.30"})

    step(work, first, "cancel")

    assert series.state is SeriesState.CONVENED


def test_the_round_begins_again_with_the_next_meeting(work):
    series = a_series(work)
    divide(work, meeting_on(work, series, "2.2.2016", MeetingState.HELD))

    meeting_on(work, series, "8.3.2016", MeetingState.HELD)

    assert moves_of(work, series)[1:] == [
        "convene",
        "set_agenda",
        "hold",
        "assign_actions",
        "convene",
        "set_agenda",
        "hold",
    ]


# Reaching results together


def about_to_end(work):
    """A series whose meetings are written up, with a result."""
    series = a_series(work)
    meeting = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    action_at(work, meeting, ActionState.IN_PROGRESS)
    divide(work, meeting)
    complete(work, meeting)
    result_at(work, series.theme, ResultState.RECORDED)
    return series


def test_a_theme_whose_promises_do_not_hold_stays_and_the_answer_says_what_is_missing(work):
    series = about_to_end(work)

    outcome = now(work, series, "reach_results")

    assert [reason.code for reason in outcome.missing] == ["actions_settled", "evaluated", "proposer_told"]
    assert (outcome.followed, series.state) == ((), SeriesState.RESULTS_REACHED)
    assert series.theme.state is ThemeState.ACTIONS_ASSIGNED


def test_a_theme_stays_without_a_word_while_another_of_its_series_goes_on(work):
    series = about_to_end(work)
    series_at(work, series.theme, SeriesState.PLANNED)

    outcome = now(work, series, "reach_results")

    assert (outcome.followed, outcome.missing) == ((), ())


def test_a_series_of_a_theme_that_never_met_is_discontinued_alone(work):
    series = a_series(work)

    outcome = now(work, series, "discontinue")

    assert (outcome.followed, outcome.missing) == ((), ())
    assert series.theme.state is ThemeState.PROPOSED


# Set aside, and ended


def test_a_series_that_was_suspended_on_its_own_is_not_resumed_with_its_theme(work):
    theme = a_theme(work)
    alone, along = (series_at(work, theme, SeriesState.PLANNED) for _ in range(2))
    meeting_on(work, alone, "2.2.2016")
    meeting_on(work, along, "9.2.2016")
    step(work, alone, "suspend", REVISIT)
    step(work, theme, "suspend", REVISIT)

    step(work, theme, "resume")

    assert (alone.state, along.state) == (SeriesState.SUSPENDED, SeriesState.CONVENED)


def test_a_series_that_has_not_begun_is_not_suspended_with_its_theme(work):
    theme = a_theme(work)
    begun, planned = (series_at(work, theme, SeriesState.PLANNED) for _ in range(2))
    meeting_on(work, begun, "2.2.2016")

    step(work, theme, "suspend", REVISIT)

    assert (begun.state, planned.state) == (SeriesState.SUSPENDED, SeriesState.PLANNED)


def test_a_discontinued_theme_leaves_its_matters_waiting_and_its_work_open(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET)
    theme, item = meeting.series.theme, meeting.items[0]
    action = action_at(work, theme, ActionState.WAITING)

    outcome = now(work, theme, "discontinue", {"outcome": "no_participants"})

    assert [(told.kind, told.move) for told in outcome.followed] == [
        ("series", "discontinue"),
        ("meeting", "cancel"),
        ("item", "release"),
    ]
    assert (item.state, item.meeting, action.state) == (ItemState.SUBMITTED, None, ActionState.WAITING)


# Carried over, and followed up


def test_a_copy_that_was_declined_does_not_fill_the_next_agenda(work):
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    step(work, first.items[0], "settle", {"outcome": "carried_over"})
    step(work, series.theme.items[-1], "decline")
    second = meeting_on(work, series, "8.3.2016")

    error = refused(work, second, "set_agenda", None, SURE)

    assert codes(error) == ["agenda_not_empty"]


def test_a_matter_settled_otherwise_leaves_no_copy(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)

    outcome = now(work, meeting.items[0], "settle", {"outcome": "noted"})

    assert outcome.followed == ()
    assert len(meeting.series.theme.items) == 1


def test_a_copy_comes_onto_the_agenda_that_is_set_next_and_onto_no_other(work):
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    second, third = meeting_on(work, series, "8.3.2016"), meeting_on(work, series, "5.4.2016")
    step(work, first.items[0], "settle", {"outcome": "carried_over"})
    item_at(work, third, ItemState.ACCEPTED)

    step(work, second, "set_agenda")
    step(work, third, "set_agenda")

    assert [len(meeting.items) for meeting in (second, third)] == [1, 1]
    assert second.items[0].carried_from_id == first.items[0].id


def test_work_that_is_done_and_work_of_the_same_meeting_is_not_followed_up(work):
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    action_at(work, first, ActionState.CLOSED)
    second = meeting_on(work, series, "8.3.2016")
    action_at(work, second, ActionState.ASSIGNED)
    item_at(work, second, ItemState.ACCEPTED)

    step(work, second, "set_agenda")

    assert [item.origin for item in second.items] == ["village"]


# One meeting of several tables


def joint(work, state=MeetingState.CONVENED):
    """A meeting of Keuruu's table, and of Multia's which joins it."""
    ours, theirs = a_series(work), a_series(work, "multia")
    meeting = new(work, "meeting", ours)
    step(work, meeting, "join", {"series": f"S{theirs.id}"})
    step(work, meeting, "convene", {"when": "2.2.2016 klo 17-18.30", "place": "Kirjasto", "channel": "open_call"})
    if state is not MeetingState.CONVENED:
        item_at(work, meeting, ItemState.ACCEPTED)
        step(work, meeting, "set_agenda")
        hold(work, meeting)
    return meeting, ours, theirs


def test_a_joint_meeting_moves_the_series_and_themes_of_both_tables(work):
    meeting, ours, theirs = joint(work, MeetingState.HELD)

    divide(work, meeting)

    assert [series.state for series in (ours, theirs)] == [SeriesState.ACTIONS_ASSIGNED] * 2
    assert [series.theme.state for series in (ours, theirs)] == [ThemeState.ACTIONS_ASSIGNED] * 2


def test_the_histories_of_both_tables_tell_of_a_joint_meeting_without_a_gap(work):
    _, ours, theirs = joint(work, MeetingState.HELD)

    told = {series: [entry.table_id for entry in history_of(work, series)] for series in (ours, theirs)}

    assert told == {series: [series.table.id] * 4 for series in (ours, theirs)}


def test_what_the_other_table_is_not_ready_for_is_refused_to_both(work):
    meeting, _, theirs = joint(work, MeetingState.HELD)
    told = {"goal": "Kukaan ei jää yksin", "agreed_in": f"M{meeting.id}", "parties": "Keuruun kaupunki"}
    step(work, meeting.series.theme, "goal", told)
    step(work, meeting.items[0], "settle", {"outcome": "noted"})

    error = refused(work, meeting, "assign_actions", HEARD, SURE)

    assert codes(error) == ["goal_agreed"]
    assert error.reasons[0].row is theirs.theme


def test_a_joint_meeting_goes_on_when_the_other_table_has_ended_its_series(work):
    meeting, ours, theirs = joint(work, MeetingState.HELD)
    step(work, theirs, "discontinue")

    divide(work, meeting)
    complete(work, meeting)

    assert (ours.state, theirs.state) == (SeriesState.ACTIONS_ASSIGNED, SeriesState.DISCONTINUED)


def test_a_joint_meeting_that_is_cancelled_leaves_both_series_without_one(work):
    meeting, ours, theirs = joint(work)

    step(work, meeting, "cancel", on=day(1, 20))

    assert [series.state for series in (ours, theirs)] == [SeriesState.PLANNED] * 2
