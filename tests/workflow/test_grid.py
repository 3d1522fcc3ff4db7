"""Every move in every state by everybody: the gate answers as the page says, and so do the triggers of the file.

What is expected is read off the rows of the page (from where, to where, by whom), never asked of the gate. The triggers
know states, not people: whoever writes past the gate finds the same ways open, in each cell of the grid, and no others.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from models.people import Person
from models.states import ItemState, MeetingState, MemoState, Role, SeriesState, TableState, ThemeState
from tests.builders import (
    REASON,
    acting,
    action_at,
    item_at,
    keuruu,
    meeting_at,
    memo_at,
    new,
    person,
    referral_at,
    result_at,
    rota_at,
    series_at,
    theme_at,
    thing_at,
)
from tests.figures import tell
from tests.looking import codes, taken_back
from tests.models.test_triggers import entry_and_update, raw
from tests.torture.mutation_page import with_move
from workflow.engine import make_move, make_new
from workflow.errors import NotAllowed, Refused, WrongState
from workflow.lifecycle import Back, Lifecycle, Move
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.work import Work

on_a_file = pytest.mark.parametrize("system", ["sqlite"], indirect=True)
on_a_server = pytest.mark.parametrize("system", ["postgresql"], indirect=True)

EVERY_STATE = [(kind, state) for kind, life in PAGE.lifecycles.items() for state in life.states]
SURE = How(confirmed=True, reason=REASON)

# Who tries: somebody in each role alone. A seat makes its holder a member; a coordinator has none at the table.

OUTSIDER, DOER, BRINGER = "Oona Outo", "Toivo Tekijä", "Tuula Tuoja"
WHO = {
    Role.CONVENER: "Aino Äijälä",
    Role.CHAIR: "Göran Öhman",
    Role.SECRETARY: "Pekka Näätänen",
    Role.COORDINATOR: "Kerttu Sjöström",
    Role.MEMBER: "Sirkka Möttönen",
    Role.FOUNDER: "Väinö Vieras",
    Role.RESPONSIBLE: DOER,
    Role.SUBMITTER: BRINGER,
    Role.ANYBODY: OUTSIDER,
}
SEATED = {Role.CONVENER, Role.CHAIR, Role.SECRETARY, Role.MEMBER}


def held(role: Role, kind: str, state: Any) -> set[Role]:
    """The roles of somebody who comes in that one."""
    founding = kind == "table" and state in (TableState.PROPOSED, TableState.RETURNED)
    theirs = {Role.RESPONSIBLE: kind == "action", Role.SUBMITTER: kind == "item", Role.FOUNDER: founding}
    own = {role} if theirs.get(role, True) else set()
    return own | {Role.ANYBODY} | ({Role.MEMBER} if role in SEATED else set())


# What the moves are told, so that nothing is in their way but a state or a role

WHEN = {"when": "7.6.2016 klo 17-18.30", "place": "Kirjasto", "channel": "email_list"}
TOLD: dict[str, dict[str, object]] = {
    "table found": {"decided_by": "kaupunginhallitus"},
    "table seat": {"organisation": "Keuruun seurakunta"},
    "table unseat": {"organisation": "Möksyn Leipä Oy"},
    "table hand_over": {"to": "Göran Öhman"},
    "table new_term": {"begins": "1.5.2016"},
    "table rules": {"code": "size_5_to_20", "level": "off"},
    "table translate": {"field": "name", "language": "sv", "text": "Partnerskapsbordet"},
    "theme goal": {"goal": "Kukaan ei jää yksin"},
    "theme evaluate": {"evaluation": "Kannatti"},
    "theme suspend": {"revisit": "1.9.2016"},
    "theme discontinue": {"outcome": "merged"},
    "theme translate": {"field": "title", "language": "sv", "text": "Ensamhet"},
    "series suspend": {"revisit": "1.9.2016"},
    "series extend": {"planned_meetings": 5},
    "meeting convene": WHEN,
    "meeting hold": {"present": "Aino Äijälä, Göran Öhman"},
    "meeting reschedule": {"when": "14.6.2016 klo 17-18.30"},
    "meeting change_mode": {"mode": "remote"},
    "meeting invite": {"channel": "personal"},
    "meeting join": {"series": "S2"},
    "meeting attend": {"excused": "Pekka Näätänen"},
    "item settle": {"outcome": "noted"},
    "item translate": {"field": "title", "language": "sv", "text": "Skjutsar"},
    "action wait": {"for": "ELY-keskus"},
    "action close": {"outcome": "Tehty"},
    "action reassign": {"to": "Keuruun seurakunta"},
    "action share": {"shared_with": "Keuruun 4H-yhdistys"},
    "action translate": {"field": "what", "language": "sv", "text": "Samla en skjutsring"},
    "memo edit": {"text": "Keskusteltiin kyydeistä."},
    "memo describe": {"register_number": "KEU/7/2016"},
    "memo publish": {"until": "1.6.2016"},
    "item restrict": {"confidential": "24 § 1 mom. 32 k."},
    "rota turn": {"due": "1.5.2016"},
    "rota swap": {"with": "Keuruun seurakunta"},
    "rota translate": {"field": "title", "language": "sv", "text": "Kaffe"},
    "referral decide": {"decision": "rejected"},
    "referral report_back": {"meeting": "M1"},
    "referral translate": {"field": "title", "language": "sv", "text": "Bidrag"},
    "result check": {"lasting": "partly"},
    "result translate": {"field": "title", "language": "sv", "text": "Skjutsring"},
}
NEW: dict[str, dict[str, object]] = {
    "table": {"name": "Joutsan pöytä", "short": "joutsa", "kind": "thematic", "rhythm": "monthly"},
    "theme": {"title": "Katuvalot"},
    "item": {"title": "Valot Tarhianlahdelle"},
    "action": {"what": "Soitetaan ELYyn", "to": "Keuruun kaupunki"},
    "rota": {"title": "Kahvia", "parties": ["Keuruun kaupunki", "Keuruun seurakunta"]},
    "referral": {"title": "Avustus valoihin"},
    "result": {"title": "Valot palavat", "kind": "place"},
}

BROKEN = {
    ("theme", "held", "discontinue"): ["held_meetings_completed"],
    ("theme", "actions_assigned", "discontinue"): ["held_meetings_completed"],
    ("theme", "actions_assigned", "reach_results"): ["result_recorded", "actions_settled", "series_ended"],
    ("series", "held", "discontinue"): ["held_meetings_completed"],
    ("series", "actions_assigned", "discontinue"): ["held_meetings_completed"],
    ("series", "actions_assigned", "reach_results"): ["result_recorded", "no_meeting_open"],
    ("meeting", "convened", "set_agenda"): ["agenda_not_empty"],
    ("meeting", "held", "assign_actions"): ["items_settled", "no_actions_explained", "goal_agreed"],
}
"""Where the time has come and the person may, and a promise does not hold all the same."""


def expected(life: Lifecycle, state: Any, move: Move, role: Role) -> list[str]:
    """The codes of what is in the way."""
    if state not in move.sources:
        return ["wrong_state"]
    if not move.by:
        return ["only_follows"]
    if not held(role, life.kind, state) & set(move.by):
        return ["role_missing"]
    return []


def answer(work: Work, thing: Any, move: Move, role: Role) -> list[str]:
    """The codes that the gate answers with. Nothing is kept."""
    worker = acting(work, WHO[role])
    try:
        with taken_back(work):
            make_move(worker, thing, move.name, TOLD.get(f"{thing.kind} {move.name}"), SURE)
    except Refused as error:
        assert isinstance(error, WrongState) is ("wrong_state" in codes(error))
        assert isinstance(error, NotAllowed) is bool({"role_missing", "only_follows"} & set(codes(error)))
        return codes(error)
    return []


def differences(work: Work, thing: Any, state: Any, moves: Iterable[Move] = ()) -> Iterator[str]:
    """Every cell in which the gate answers something else than the page says, or than these rows say."""
    life = PAGE[thing.kind]
    for move in moves or life.moves.values():
        broken = BROKEN.get((life.kind, state.value, move.name), [])
        for role in WHO:
            wanted = expected(life, state, move, role)
            answered = answer(work, thing, move, role)
            # The promises are asked besides, and are not what this test is about, except where all else is well.
            if answered[: len(wanted)] != wanted or (not wanted and answered != broken):
                yield f"{life.kind} {state} {move.name} by {role}: {answered}, not {wanted or broken}"


# Past the gate: the entry and the row written by hand, as the move would write them


def leads_to(life: Lifecycle, state: Any, move: Move) -> set[Any]:
    """Where a move leads from a state, if it leads out of it. An event stays."""
    if isinstance(move.to, Back):
        return {source for other in life.moves.values() if other.to is state for source in other.sources - {state}}
    return {move.to or state}


def ways_of(life: Lifecycle) -> set[tuple[Any, Any]]:
    """Every two states between which a row of the page leads, or the undoing of one."""
    there = {
        (source, to, row) for row in life.moves.values() for source in row.sources for to in leads_to(life, source, row)
    }
    back = {(to, source) for source, to, row in there if row.to is not None and not row.final}
    return {(source, to) for source, to, _ in there} | back


def lets_through(connection: Any, thing: Any, to: Any) -> bool:
    """Whether the triggers let it be written. Nothing is kept."""
    connection.execute("SAVEPOINT by_hand")
    try:
        entry_and_update(connection, thing, to)
    except sqlite3.IntegrityError as refused:
        assert str(refused) == f"poyta: a {thing.kind} has no such move"
        return False
    finally:
        connection.execute("ROLLBACK TO by_hand")
    return True


def differences_past_the_gate(work: Work, thing: Any, state: Any) -> Iterator[str]:
    """Every cell in which the triggers let through what the page does not, or stop what the gate makes."""
    life = PAGE[thing.kind]
    ways = ways_of(life)
    for move in life.moves.values():
        for to in leads_to(life, state, move):
            is_open = lets_through(raw(work.session), thing, to)
            if is_open is not ((state, to) in ways):
                yield f"{life.kind} {state} {move.name} to {to}: {'open' if is_open else 'shut'} past the gate"
            for role in WHO:
                if "wrong_state" not in expected(life, state, move, role) and not is_open:
                    yield f"{life.kind} {state} {move.name} by {role}: shut past the gate, not at it"


@pytest.fixture
def building(work: Work) -> Work:
    """The same work, in which somebody without a seat founds the table, and three more people are known."""
    work.session.add_all(
        Person(name=name, pseudonym=name.replace(" ", "-").lower()) for name in (OUTSIDER, DOER, BRINGER)
    )
    work.session.flush()
    return replace(work, actor=person(work, WHO[Role.FOUNDER]))


def build(work: Work, kind: str, state: Any) -> Any:
    """The thing, where somebody without a seat submits the matters and does the work; S2 is there to be joined."""
    if kind == "table":
        return thing_at(work, kind, state)
    theme = theme_at(work, keuruu(work), ThemeState.PROPOSED if kind != "theme" else state)
    if kind in ("rota", "result"):
        return rota_at(work, theme, state) if kind == "rota" else result_at(work, theme, state)
    if kind == "theme":
        return theme
    series = series_at(work, theme, SeriesState.PLANNED if kind != "series" else state)
    if kind == "series":
        return series
    new(work, "series", theme)
    meeting = meeting_at(work, series, MeetingState.HELD if kind != "meeting" else state)
    if kind == "meeting":
        if state is MeetingState.ACTIONS_ASSIGNED:
            memo_at(work, meeting, MemoState.CONFIRMED)  # so that nothing is in the way of the next state
        return meeting
    if kind == "memo":
        return memo_at(work, meeting, state)
    if kind == "referral":
        return referral_at(work, item_at(work, meeting, ItemState.ACCEPTED), state)
    return (
        item_at(work, meeting, state, submitter=BRINGER) if kind == "item" else action_at(work, meeting, state, to=DOER)
    )


@on_a_file
@pytest.mark.parametrize(("kind", "state"), EVERY_STATE, ids=str)
def test_the_gate_answers_as_the_page_says_in_every_state_to_everybody(building, kind, state):
    thing = build(building, kind, state)

    assert thing.state is state
    assert list(differences(building, thing, state)) == []
    assert list(differences_past_the_gate(building, thing, state)) == []


FAULTS: dict[str, dict[str, Any]] = {
    "another role": {"by": (Role.SECRETARY,)},
    "a role too many": {"by": (Role.CONVENER, Role.CHAIR)},
    "another source": {"sources": frozenset({MeetingState.AGENDA_SET})},
}


@on_a_file
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_gate_that_does_something_else_than_the_page_says_is_found(building, fault):
    meeting = build(building, "meeting", MeetingState.PLANNED)
    moves = list(PAGE["meeting"].moves.values())

    with with_move("meeting", "convene", **fault):
        found = list(differences(building, meeting, MeetingState.PLANNED, moves))

    assert found
    assert all("convene" in each for each in found)


@on_a_file
def test_a_trigger_that_is_missing_is_found(building):
    meeting = build(building, "meeting", MeetingState.PLANNED)
    raw(building.session).execute("DROP TRIGGER poyta_meetings_ways")

    assert list(differences_past_the_gate(building, meeting, MeetingState.PLANNED))


def test_the_grid_has_a_cell_for_every_state_move_and_role():
    cells = {life.kind: len(life.states) * len(life.moves) * len(WHO) for life in PAGE.lifecycles.values()}

    assert set(WHO) == set(Role)
    assert sum(cells.values()) > 4500
    tell("grid", cells=sum(cells.values()), **cells)


@on_a_server
@pytest.mark.parametrize("state", MeetingState)
def test_the_gate_answers_the_same_on_a_server(building, state):
    meeting = build(building, "meeting", state)

    assert list(differences(building, meeting, state)) == []


def answer_to_new(work: Work, kind: str, parent: Any, role: Role) -> list[str]:
    """The codes that the gate answers with when somebody makes a new thing. Nothing is kept."""
    try:
        with taken_back(work):
            make_new(acting(work, WHO[role]), kind, parent, NEW.get(kind), SURE)
    except NotAllowed as error:
        return codes(error)
    return []


@on_a_file
def test_only_those_on_the_page_bring_something_new_into_being(building):
    meeting = build(building, "meeting", MeetingState.HELD)
    theme, series = meeting.series.theme, meeting.series
    parents = {"table": None, "theme": theme.table, "series": theme, "meeting": series}
    parents |= {"rota": theme, "referral": theme, "result": theme}

    answers = {
        (kind, role): answer_to_new(building, kind, parents.get(kind, meeting), role)
        for kind in PAGE.lifecycles
        for role in WHO
    }

    may = {(kind, role): held(role, "new", None) & set(PAGE[kind].creation.by) for kind, role in answers}
    assert answers == {cell: [] if may[cell] else ["role_missing"] for cell in answers}
