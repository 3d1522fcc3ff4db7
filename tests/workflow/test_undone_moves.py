"""Every move that can be undone, undone: the thing is as it was before, on both databases."""

from uuid import UUID

import pytest
from sqlalchemy import inspect

from models.states import (
    ActionState,
    ItemState,
    MeetingState,
    MemoState,
    ReferralState,
    ResultState,
    RotaState,
    SeriesState,
    ThemeState,
)
from tests.builders import as_one_of, complete, item_at, memo_at, result_at, step, thing_at
from tests.looking import codes, failure, history_of, moves_of
from tests.spring import SURE, a_series, a_theme, after, divide, meeting_on, now, take_back
from workflow.engine import make_move
from workflow.errors import Conflict
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.undoing import undo

WHY = How(reason="Ei sittenkään")
REVISIT = {"revisit": "1.9.2016"}

# Each by itself


def about_to_end(work):
    """A series whose meeting is written up, with a result."""
    series = a_series(work)
    meeting = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    divide(work, meeting)
    complete(work, meeting)
    result_at(work, series.theme, ResultState.RECORDED)
    return series


def written_up(work):
    """A meeting that only has to be completed: its memo is confirmed."""
    meeting = thing_at(work, "meeting", MeetingState.ACTIONS_ASSIGNED)
    memo_at(work, meeting, MemoState.CONFIRMED)
    return meeting


def all_ended(work):
    """A theme whose series has ended, with a result."""
    series = about_to_end(work)
    step(work, series, "reach_results")
    return series.theme


def held(work):
    """A meeting that was held."""
    return meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)


def agreed(work):
    """A held meeting whose goal and matters are settled."""
    meeting = held(work)
    told = {"goal": "Kukaan ei jää yksin", "agreed_in": f"M{meeting.id}", "parties": "Keuruun kaupunki"}
    step(work, meeting.series.theme, "goal", told)
    step(work, meeting.items[0], "settle", {"outcome": "noted"})
    return meeting


def with_agenda(work):
    """A convened meeting with a matter on its agenda."""
    meeting = meeting_on(work, a_series(work), "2.2.2016")
    item_at(work, meeting, ItemState.ACCEPTED)
    return meeting


def at(kind, state):
    """Any such thing in that state."""
    return lambda work: thing_at(work, kind, state)


UNDOABLE = {
    "theme decline": (at("theme", ThemeState.PROPOSED), {}),
    "theme reach_results": (all_ended, {}),
    "theme suspend": (at("theme", ThemeState.HELD), REVISIT),
    "theme resume": (at("theme", ThemeState.SUSPENDED), {}),
    "theme discontinue": (at("theme", ThemeState.PROPOSED), {"outcome": "merged"}),
    "series reach_results": (about_to_end, {}),
    "series suspend": (at("series", SeriesState.AGENDA_SET), REVISIT),
    "series resume": (at("series", SeriesState.SUSPENDED), {}),
    "series discontinue": (at("series", SeriesState.PLANNED), {}),
    "meeting set_agenda": (with_agenda, {"chair": "Pekka", "secretary": "Göran"}),
    "meeting hold": (
        at("meeting", MeetingState.AGENDA_SET),
        {"count": "village=9,parish=1", "began": "17.05", "ended": "18"},
    ),
    "meeting assign_actions": (agreed, {"no_actions_because": "Kuultiin"}),
    "meeting complete": (written_up, {}),
    "item accept": (at("item", ItemState.SUBMITTED), {"minutes": 5, "origin": "other"}),
    "item settle": (at("item", ItemState.ACCEPTED), {"outcome": "agreed", "agreed": "Näin", "no_action": True}),
    "item decline": (at("item", ItemState.SUBMITTED), {}),
    "item withdraw": (at("item", ItemState.ACCEPTED), {}),
    "action start": (at("action", ActionState.ASSIGNED), {}),
    "action report_done": (at("action", ActionState.IN_PROGRESS), {"outcome": "Tehty"}),
    "action wait": (at("action", ActionState.IN_PROGRESS), {"for": "ELY-keskus"}),
    "action resume": (at("action", ActionState.WAITING), {}),
    "action close": (at("action", ActionState.WAITING), {"outcome": "Tehty"}),
    "action refuse": (at("action", ActionState.ASSIGNED), {}),
    "action reassign": (at("action", ActionState.REFUSED), {"to": "Göran Öhman", "due": "1.9.2016"}),
    "action drop": (at("action", ActionState.IN_PROGRESS), {}),
    "action reopen": (at("action", ActionState.CLOSED), {}),
    "memo object": (at("memo", MemoState.CIRCULATED), {}),
    "memo revise": (at("memo", MemoState.OBJECTED), {}),
    "memo confirm": (at("memo", MemoState.CIRCULATED), {}),
    "rota end": (at("rota", RotaState.RUNNING), {}),
    "referral take_up": (at("referral", ReferralState.SENT), {"register_number": "KEU/52/2016"}),
    "referral decide": (at("referral", ReferralState.SENT), {"decision": "rejected", "grounds": "Ei rahaa"}),
    "referral report_back": (at("referral", ReferralState.DECIDED), {"meeting": "M1"}),
    "referral withdraw": (at("referral", ReferralState.SENT), {}),
    "result confirm": (at("result", ResultState.RECORDED), {"evidence": "Nähty"}),
    "result check": (at("result", ResultState.CONFIRMED), {"lasting": "faded", "check_on": "1.9.2017"}),
}


def as_it_is(thing):
    """Everything that is remembered of a thing, but for how often and since when it has changed."""
    columns = {each.key for each in inspect(thing).mapper.column_attrs} - {"version", "entries", "state_since"}
    return {name: getattr(thing, name) for name in columns}


@pytest.mark.parametrize("name", UNDOABLE)
def test_a_thing_is_as_it_was_when_its_move_is_undone(work, name):
    kind, move = name.split()
    build, told = UNDOABLE[name]
    thing = build(work)
    before = as_it_is(thing)
    worker = as_one_of(work, thing, PAGE[kind].moves[move].by)
    on = thing.begins_at if move == "hold" else None
    made = make_move(worker, thing, move, told, SURE._replace(on=on))
    assert as_it_is(thing) != before

    outcome = undo(worker, thing, WHY)

    assert as_it_is(thing) == before
    assert (outcome.made.move, outcome.made.to) == ("undo", made.made.source)
    assert [(told.row, told.to) for told in outcome.followed] == [
        (told.row, told.source) for told in reversed(made.followed)
    ]


def test_every_move_that_can_be_undone_is_undone_above():
    undoable = {
        f"{kind} {made.name}"
        for kind, life in PAGE.lifecycles.items()
        for made in life.moves.values()
        if made.undoable and not made.follows
    }

    assert set(UNDOABLE) == undoable


# With what followed


def test_a_series_that_caught_up_is_taken_back_whole(work):
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    meeting_on(work, series, "8.3.2016", MeetingState.HELD)
    divide(work, first)
    assert moves_of(work, series)[-4:] == ["assign_actions", "convene", "set_agenda", "hold"]

    take_back(work, first)

    assert (first.state, series.state, series.theme.state) == ("held", "held", "held")
    assert moves_of(work, series)[-4:] == ["undo"] * 4
    assert [entry.to_state for entry in history_of(work, series)[-4:]] == [
        "agenda_set",
        "convened",
        "actions_assigned",
        "held",
    ]


def test_the_newest_command_is_undone_by_whatever_it_moved(work):
    meeting = held(work)

    outcome = take_back(work, meeting.series.theme)

    assert outcome.made.row is meeting
    assert (meeting.state, meeting.series.state) == ("agenda_set", "agenda_set")


def test_the_entries_of_an_undo_name_those_that_they_undo(work):
    meeting = held(work)
    undone = history_of(work, meeting)[-1], history_of(work, meeting.series)[-1]

    take_back(work, meeting)

    newest = history_of(work, meeting)[-1], history_of(work, meeting.series)[-1]
    assert [dict(entry.told)["undoes"] for entry in newest] == [str(entry.number) for entry in undone]


def test_what_followed_and_was_sent_out_keeps_the_whole_from_being_undone(work):
    theme = meeting_on(work, a_series(work), "2.2.2016").series.theme
    step(work, theme, "discontinue", {"outcome": "merged"}, on=after(theme.series[0]))

    error = failure(work, lambda: take_back(work, theme))

    assert codes(error) == ["undo_sent_out"]
    assert error.reasons[0].row.kind == "meeting"


def test_a_copy_that_others_have_taken_up_keeps_its_matter_settled(work):
    item = held(work).items[0]
    step(work, item, "settle", {"outcome": "carried_over"})
    step(work, item.theme.items[-1], "describe", {"minutes": 5})

    error = failure(work, lambda: take_back(work, item))

    assert codes(error) == ["undo_built_upon"]


def test_a_withdrawn_copy_does_not_fill_the_next_agenda(work):
    meeting = held(work)
    step(work, meeting.items[0], "settle", {"outcome": "carried_over"})
    take_back(work, meeting.items[0])
    second = meeting_on(work, meeting.series, "8.3.2016")

    error = failure(work, lambda: now(work, second, "set_agenda"))

    assert codes(error) == ["agenda_not_empty"]


# Where it came from


def test_what_was_suspended_goes_back_to_where_it_was_though_its_end_was_undone(work):
    theme = a_theme(work)
    step(work, theme, "convene")
    step(work, theme, "suspend", REVISIT)
    now(work, theme, "discontinue", {"outcome": "merged"})
    take_back(work, theme)
    assert (theme.state, theme.came_from) == (ThemeState.SUSPENDED, ThemeState.CONVENED)

    now(work, theme, "resume")

    assert theme.state is ThemeState.CONVENED


def test_what_waits_goes_back_to_where_it_was_though_its_end_was_undone(work):
    action = thing_at(work, "action", ActionState.WAITING)
    now(work, action, "drop")
    take_back(work, action)

    now(work, action, "resume")

    assert action.state is ActionState.IN_PROGRESS


# Again and again


def test_what_was_told_and_taken_back_does_not_come_again(work):
    action = thing_at(work, "action", ActionState.IN_PROGRESS)
    for outcome in ("Ensin näin", "Sitten näin"):
        now(work, action, "close", {"outcome": outcome}, who="Pekka")
        take_back(work, action, who="Pekka")

    assert action.outcome is None
    assert codes(failure(work, lambda: now(work, action, "close", who="Pekka"))) == ["outcome_told"]


def test_what_was_told_before_comes_again(work):
    action = thing_at(work, "action", ActionState.IN_PROGRESS)
    now(work, action, "report_done", {"outcome": "Melkein"}, who="Pekka")
    now(work, action, "close", {"outcome": "Tehty"}, who="Pekka")

    take_back(work, action, who="Pekka")

    assert action.outcome == "Melkein"


def test_a_matter_that_needs_no_action_is_settled_and_taken_back_as_often_as_one_likes(work):
    item = held(work).items[0]
    for _ in range(3):
        now(work, item, "settle", {"outcome": "agreed", "no_action": True})
        take_back(work, item)

    assert (item.state, item.needs_no_action, item.outcome) == (ItemState.ACCEPTED, False, None)


def test_who_was_noted_wrongly_is_noted_anew_when_the_meeting_is_held_again(work):
    meeting = held(work)
    take_back(work, meeting)

    now(work, meeting, "hold", {"absent": "Göran", "present": "Sirkka"})

    absent = [one.person.name for one in meeting.attendance if one.presence == "absent"]
    assert absent == ["Göran Öhman"]
    assert "Sirkka Möttönen" in {one.person.name for one in meeting.attendance if one.person}


def test_an_undo_sent_twice_is_done_once(work):
    meeting = held(work)
    how = How(reason="Ei sittenkään", command=UUID(int=9))

    first, second = undo(work, meeting, how), undo(work, meeting, how)

    assert (second.repeated, second.made, second.followed) == (True, first.made, first.followed)
    assert moves_of(work, meeting).count("undo") == 1


# Who has looked


def test_an_undo_is_refused_to_who_saw_it_otherwise(work):
    meeting = held(work)

    error = failure(work, lambda: undo(work, meeting, How(reason="x", version=meeting.version - 1)))

    assert (type(error), error.code) == (Conflict, "stale")


def test_what_an_undone_part_belongs_to_looks_changed(work):
    meeting = held(work)
    step(work, meeting.items[0], "settle", {"outcome": "noted"})
    seen, theme = meeting.version, meeting.series.theme.version

    take_back(work, meeting.items[0])

    assert (meeting.version, meeting.series.theme.version) == (seen + 1, theme + 1)


def test_the_agenda_that_a_matter_leaves_looks_changed(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016")
    item = item_at(work, meeting.series.theme, ItemState.SUBMITTED)
    step(work, item, "accept", {"meeting": f"M{meeting.id}"})
    seen = meeting.version

    take_back(work, item)

    assert (item.meeting, meeting.version) == (None, seen + 1)


def test_a_theme_whose_end_was_undone_twice_still_knows_where_it_was(work):
    theme = a_theme(work)
    step(work, theme, "convene")
    step(work, theme, "suspend", REVISIT)
    for _ in range(2):
        now(work, theme, "discontinue", {"outcome": "merged"})
        take_back(work, theme)

    now(work, theme, "resume")

    assert theme.state is ThemeState.CONVENED
