"""Undo: the newest command is taken back whole, and the history keeps both."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.states import (
    ActionState,
    ItemState,
    MeetingState,
    ResultState,
    SeriesState,
    TableState,
    ThemeState,
)
from tests.builders import acting, as_one_of, meeting_at, person, series_at, step, table_at, theme_at, thing_at
from tests.looking import codes, everything, failure, history_of, moves_of
from workflow.days import local_day, noon
from workflow.errors import NotAllowed, Refused
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.undoing import undo

WHY = How(reason="Kirjattiin väärään paikkaan")


def theme_with(work, state):
    return theme_at(work, table_at(work, TableState.ACTIVE), state)


def meeting_with(work, state):
    theme = theme_with(work, ThemeState.PROPOSED)
    return meeting_at(work, series_at(work, theme, SeriesState.PLANNED), state)


def why_not(work, row, how=WHY):
    error = failure(work, lambda: undo(work, row, how))
    assert isinstance(error, Refused), error
    return error


UNDOABLE = [
    ("meeting", MeetingState.AGENDA_SET, MeetingState.CONVENED),
    ("meeting", MeetingState.HELD, MeetingState.AGENDA_SET),
    ("meeting", MeetingState.ACTIONS_ASSIGNED, MeetingState.HELD),
    ("meeting", MeetingState.COMPLETED, MeetingState.ACTIONS_ASSIGNED),
    ("item", ItemState.ACCEPTED, ItemState.SUBMITTED),
    ("item", ItemState.SETTLED, ItemState.ACCEPTED),
    ("item", ItemState.DECLINED, ItemState.SUBMITTED),
    ("action", ActionState.IN_PROGRESS, ActionState.ASSIGNED),
    ("action", ActionState.WAITING, ActionState.IN_PROGRESS),
    ("action", ActionState.REFUSED, ActionState.ASSIGNED),
    ("action", ActionState.CLOSED, None),
    ("action", ActionState.DROPPED, None),
    ("result", ResultState.CONFIRMED, ResultState.RECORDED),
    ("result", ResultState.CHECKED, ResultState.CONFIRMED),
    ("theme", ThemeState.DECLINED, ThemeState.PROPOSED),
]


@pytest.mark.parametrize(("kind", "state", "before"), UNDOABLE, ids=str)
def test_what_was_done_last_is_taken_back(work, kind, state, before):
    row = thing_at(work, kind, state)
    last = history_of(work, row)[-1]
    worker = as_one_of(work, row, PAGE[kind].moves[last.move].by)

    undo(worker, row, WHY)

    assert row.state == last.from_state
    assert before is None or row.state is before
    assert moves_of(work, row)[-1] == "undo"
    assert history_of(work, row)[-1].from_state == state


def test_what_followed_is_taken_back_too(work):
    meeting = meeting_with(work, MeetingState.HELD)
    series, theme = meeting.series, meeting.series.theme

    undo(work, meeting, WHY)

    assert (meeting.state, series.state, theme.state) == ("agenda_set", "agenda_set", "agenda_set")
    causes = {entry.cause_id for row in (series, theme, meeting) for entry in history_of(work, row)[-1:]}
    assert None in causes
    assert len(causes) == 2


def test_what_was_told_gives_way_to_what_was_told_before(work):
    action = thing_at(work, "action", ActionState.CLOSED)
    assert action.outcome

    undo(as_one_of(work, action, PAGE["action"].moves["close"].by), action, WHY)

    assert action.outcome is None


def test_the_copy_of_a_matter_carried_over_is_withdrawn(work):
    item = meeting_with(work, MeetingState.HELD).items[0]
    step(work, item, "settle", {"outcome": "carried_over"})
    copy = next(other for other in item.theme.items if other.carried_from_id == item.id)

    undo(work, item, WHY)

    assert (item.state, item.outcome) == (ItemState.ACCEPTED, None)
    assert copy.state is ItemState.WITHDRAWN


def test_what_was_sent_out_cannot_be_undone(work):
    assert "undo_sent_out" in codes(why_not(work, meeting_with(work, MeetingState.CONVENED)))


def test_what_others_have_built_upon_cannot_be_undone(work):
    meeting = meeting_with(work, MeetingState.HELD)
    step(work, meeting.series.theme, "suspend", {"revisit": "1.9.2016"})

    assert "undo_built_upon" in codes(why_not(work, meeting))


def test_an_event_and_an_undo_are_made_again_instead(work):
    theme = theme_with(work, ThemeState.PROPOSED)
    step(work, theme, "goal", {"goal": "Kukaan ei jää yksin"})
    event = why_not(work, theme)
    step(work, theme, "decline")
    undo(work, theme, WHY)

    assert codes(event) == ["undo_of_event"]
    assert codes(why_not(work, theme)) == ["undo_of_undo"]


def test_undoing_needs_a_reason_and_the_right_to_the_move(work):
    meeting = meeting_with(work, MeetingState.HELD)
    stranger = acting(work, "Kerttu Sjöström")

    assert codes(why_not(work, meeting, How())) == ["reason_missing"]
    error = failure(work, lambda: undo(stranger, meeting, WHY))
    assert isinstance(error, NotAllowed)


def test_nothing_is_taken_back_on_a_day_to_come(work):
    meeting = meeting_with(work, MeetingState.HELD)
    tomorrow = work.now + timedelta(days=1)

    error = why_not(work, meeting, WHY._replace(on=tomorrow))

    assert error.move == "undo"
    assert [(each.code, each.row, each.facts) for each in error.reasons] == [
        ("in_the_future", meeting, {"when": tomorrow})
    ]


def test_nothing_is_taken_back_before_it_was_done(work):
    meeting = meeting_with(work, MeetingState.HELD)
    before = meeting.state_since - timedelta(days=30)

    error = why_not(work, meeting, WHY._replace(on=before))

    reason = next(each for each in error.reasons if each.code == "before_the_previous" and each.row is meeting)
    assert reason.facts == {"when": before, "since": meeting.state_since}


@pytest.mark.parametrize("later", [0, 1])
def test_a_day_without_an_hour_gives_way_to_what_happened_on_it(work, later):
    action = thing_at(work, "action", ActionState.IN_PROGRESS)
    began = action.state_since
    day = local_day(began) + timedelta(days=later)

    undone = undo(work, action, WHY._replace(on=day))

    assert undone.happened_at == (began if later == 0 and noon(day) < began else noon(day))


def test_undoing_something_today_is_not_told_of_the_afternoon_to_come(work):
    meeting = meeting_with(work, MeetingState.HELD)
    morning = replace(work, now=noon(work.today) - timedelta(hours=1))

    undone = undo(morning, meeting, WHY._replace(on=work.today))

    assert undone.happened_at == morning.now


@pytest.mark.parametrize(("forgotten", "state"), [(False, "known"), (True, "forgotten")])
def test_what_is_written_down_of_people_is_not_undone(work, forgotten, state):
    somebody = person(work, "Göran")
    somebody.forgotten = forgotten

    error = why_not(work, somebody)

    assert (error.move, error.state, codes(error)) == ("undo", state, ["undo_of_register"])


def test_an_event_of_something_new_is_told_by_its_own_words(work):
    theme = theme_with(work, ThemeState.PROPOSED)
    step(work, theme, "goal", {"goal": "Kukaan ei jää yksin"})

    (reason,) = why_not(work, theme).reasons

    assert reason.facts == {"ref": "T1", "move": "goal", "kind": "theme"}


def test_a_refused_undo_changes_nothing(work):
    meeting = meeting_with(work, MeetingState.CONVENED)
    before = everything(work.session)

    with pytest.raises(Refused):
        undo(work, meeting, WHY)

    assert everything(work.session) == before


def test_what_is_set_aside_goes_back_to_where_it_was_even_after_an_undo(work):
    theme = theme_with(work, ThemeState.SUSPENDED)
    came_from = theme.came_from
    step(work, theme, "resume")
    undo(work, theme, WHY)
    assert (theme.state, theme.came_from) == (ThemeState.SUSPENDED, came_from)

    step(work, theme, "resume", on=work.now)

    assert theme.state is came_from


def test_a_series_suspended_with_its_theme_is_resumed_with_it_after_an_undone_resume(work):
    theme = theme_with(work, ThemeState.SUSPENDED)
    series = theme.series[0]
    step(work, theme, "resume")
    undo(work, theme, WHY)
    assert (series.state, series.suspended_with_theme) == (SeriesState.SUSPENDED, True)

    step(work, theme, "resume", on=work.now)

    assert series.state is not SeriesState.SUSPENDED


def test_no_undo_leads_into_a_state_whose_fixed_promises_are_broken(work):
    theme = theme_with(work, ThemeState.RESULTS_REACHED)
    action = theme.actions[0]

    assert codes(why_not(as_one_of(work, action, PAGE["action"].moves["close"].by), action)) == ["theme_open"]


def test_a_meeting_put_down_wrongly_is_held_anew_on_its_own_day(work):
    meeting = meeting_with(work, MeetingState.HELD)
    since = meeting.state_since
    undo(work, meeting, WHY)

    step(work, meeting, "hold", None, meeting.begins_at)

    assert (meeting.state, meeting.state_since) == (MeetingState.HELD, since)
