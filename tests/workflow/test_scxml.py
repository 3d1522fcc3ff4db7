"""Another program runs our SCXML beside our own machine: the two never differ, and a planted error is found."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from statemachine.io import load
from transitions import MachineError

from models.states import Level, TableKind
from workflow.attempt import Attempt, Step
from workflow.explain.scxml import NAMESPACE, as_scxml
from workflow.lifecycle import Lifecycle, Promise, Refusal
from workflow.lifecycles import PAGE
from workflow.machine import fire

NOW = datetime(2026, 3, 7, 15, 0, tzinfo=UTC)
KINDS = list(PAGE.lifecycles)
EVENTS = 2000


class Ours:
    """A thing that our machine moves. Which of its promises hold is for the test to say."""

    def __init__(self, life: Lifecycle) -> None:
        self.life = life
        self.state: Any = life.starts
        self.came_from: Any = None
        self.holds = {each.code: True for made in life.promises.values() for each in made}
        self.table = SimpleNamespace(house_rules=[], kind_of_table=TableKind.THEMATIC)

    def send(self, name: str) -> None:
        step = Step(self.life, self, self.life.moves[name], Attempt(NOW, NOW.date()))
        try:
            moved = fire(step)
        except MachineError:
            return
        if moved and step.to is not self.state:
            self.state, self.came_from = step.to, self.state


class Theirs:
    """The same thing, as another program reads our SCXML."""

    def __init__(self, scxml: str) -> None:
        self.machine = load(scxml, format="scxml")()  # a chart loaded once would set its data for the first thing only

    @property
    def state(self) -> str:
        (state,) = self.machine.configuration_values
        return str(state)

    @property
    def ended(self) -> bool:
        return bool(self.machine.is_terminated)

    def send(self, kind: str, name: str) -> None:
        self.machine.send(f"{kind}.{name}")

    def hold(self, code: str, holds: bool) -> None:
        setattr(self.machine.model, code, holds)


def with_promises_to_say(kind: str) -> Lifecycle:
    """The lifecycle of the page, with promises that hold when the thing itself says so."""
    life = PAGE[kind]
    promises = {
        state: [each._replace(guard=_said_by_the_thing(each)) for each in made] for state, made in life.promises.items()
    }
    return Lifecycle(
        kind,
        type(life.starts),
        path=life.path,
        ends=life.ends,
        roles=life.roles,
        moves=life.moves.values(),
        promises=promises,
    )


def _said_by_the_thing(promise: Promise) -> Callable[[Ours, Attempt], Refusal | None]:
    def holds(row: Ours, attempt: Attempt) -> Refusal | None:
        return None if row.holds[promise.code] else Refusal()

    holds.__name__ = promise.code
    holds.__doc__ = promise.guard.__doc__
    return holds


class Walk:
    """A long walk of both through random events, under promises that come and go."""

    def __init__(self, kind: str, scxml: str) -> None:
        self.life = with_promises_to_say(kind)
        self.scxml = scxml
        self.chance = random.Random(f"a walk of {kind}")  # noqa: S311  # the same walk every time
        self.differences: list[str] = []
        self.stood_in: set[str] = set()
        self.begin()
        for _ in range(EVENTS):
            self.step()

    def begin(self) -> None:
        self.ours, self.theirs = Ours(self.life), Theirs(self.scxml)

    def step(self) -> None:
        self.change_promises()
        before, name = self.ours.state, self.any_move()
        self.ours.send(name)
        self.theirs.send(self.life.kind, name)
        self.stood_in.add(self.ours.state)
        differ = self.ours.state != self.theirs.state
        if differ:
            there = f"{self.ours.state} here, {self.theirs.state} there"
            self.differences.append(f"{name} from {before}: {there}")
        if differ or self.theirs.ended or self.chance.random() < 0.01:
            self.begin()

    def change_promises(self) -> None:
        codes = list(self.ours.holds)
        for code in self.chance.sample(codes, k=min(3, len(codes))):
            self.ours.holds[code] = self.chance.random() < 0.95
            self.theirs.hold(code, self.ours.holds[code])

    def any_move(self) -> str:
        """Any event at all; often one that goes on along the main path, or the walk would seldom come far."""
        every = [each for each in self.life.moves.values() if not each.creates]
        onward = [each for each in self.life.moves_from(self.ours.state) if each.to in self.life.path]
        return self.chance.choice(onward if onward and self.chance.random() < 0.4 else every).name


@pytest.mark.parametrize("kind", KINDS)
def test_another_program_moves_as_ours_does_in_thousands_of_random_events(kind):
    walk = Walk(kind, as_scxml(PAGE, kind))

    assert walk.differences == []
    assert walk.stood_in == set(PAGE[kind].states)


@pytest.mark.parametrize("kind", KINDS)
def test_each_edge_of_the_page_is_one_transition(kind):
    transitions = [
        (state.get("id"), each.get("event"), each.get("target", state.get("id")))
        for state in _states(_read(as_scxml(PAGE, kind)))
        for each in _children(state, "transition")
    ]

    life = PAGE[kind]
    edges = [(edge.source, f"{kind}.{edge.move.name}", edge.to) for edge in life.edges if edge.source is not None]
    assert sorted(transitions) == sorted(edges)


@pytest.mark.parametrize("kind", KINDS)
def test_each_transition_asks_what_the_state_it_enters_promises(kind):
    for state in _states(_read(as_scxml(PAGE, kind))):
        for each in _children(state, "transition"):
            asked = [word for word in each.get("cond", "").split(" && ") if word and "came_from" not in word]
            entered = each.get("target", state.get("id"))
            promised = [made.code for made in PAGE[kind].promises[entered] if made.level is not Level.OFF]
            assert asked == ([] if entered == state.get("id") else promised)


def test_a_state_that_nothing_leads_out_of_is_final():
    meeting = _read(as_scxml(PAGE, "meeting"))

    assert [each.get("id") for each in _children(meeting, "final")] == ["completed", "cancelled"]


def test_a_planted_edge_is_found():
    scxml = _planted("theme", lambda states: _add(states["proposed"], "theme.hold", "held"))

    found = Walk("theme", scxml).differences

    assert found[0] == "hold from proposed: proposed here, held there"


def test_an_edge_that_was_taken_out_is_found():
    scxml = _planted("meeting", lambda states: _remove(states["held"], "meeting.assign_actions"))

    found = Walk("meeting", scxml).differences

    assert found[0] == "assign_actions from held: actions_assigned here, held there"


def test_a_promise_that_was_taken_out_is_found():
    scxml = as_scxml(PAGE, "action").replace("outcome_told", "true")

    found = Walk("action", scxml).differences

    assert any("closed there" in each for each in found)


def test_a_way_back_to_the_wrong_place_is_found():
    scxml = as_scxml(PAGE, "series").replace("came_from == 'convened'", "came_from == 'held'")

    found = Walk("series", scxml).differences

    assert any(each.startswith("resume from suspended: convened here") for each in found)


def _planted(kind: str, plant: Callable[[dict[str, Xml.Element]], None]) -> str:
    root = _read(as_scxml(PAGE, kind))
    plant({state.get("id", ""): state for state in _states(root)})
    return Xml.tostring(root, encoding="unicode")


def _add(state: Xml.Element, event: str, target: str) -> None:
    Xml.SubElement(state, f"{{{NAMESPACE}}}transition", {"event": event, "target": target})


def _remove(state: Xml.Element, event: str) -> None:
    for each in _children(state, "transition"):
        if each.get("event") == event:
            state.remove(each)


def _read(scxml: str) -> Xml.Element:
    return Xml.fromstring(scxml)  # noqa: S314  # our own words


def _states(root: Xml.Element) -> list[Xml.Element]:
    return _children(root, "state")


def _children(element: Xml.Element, tag: str) -> list[Xml.Element]:
    return element.findall(f"{{{NAMESPACE}}}{tag}")
