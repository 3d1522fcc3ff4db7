"""Another program runs our SCXML beside our own machine: the two never differ, and a planted error is found."""

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
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
EVENTS = 2000 * int(os.environ.get("POYTA_TORTURE", "1"))


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


class Everywhere:
    """Both tried wherever a thing can stand, with every event, whichever of the promises asked of it hold.

    All others hold in one half of the trials and don't in the other: nothing depends on them.
    """

    def __init__(self, kind: str, scxml: str) -> None:
        self.life = with_promises_to_say(kind)
        self.scxml = scxml
        self.names = [each.name for each in self.life.moves.values() if not each.creates]
        self.differences: list[str] = []
        self.taken: set[tuple[Any, str, Any]] = set()
        self.trials = 0
        places: set[tuple[Any, Any]] = set()
        ways: list[tuple[str, ...]] = [()]
        for way in ways:
            ours = self.ours_after(way)
            if (ours.state, ours.came_from) not in places:
                places.add((ours.state, ours.came_from))
                self.look_around(way)
                ways += [(*way, name) for name in self.names]

    def ours_after(self, way: tuple[str, ...]) -> Ours:
        ours = Ours(self.life)
        for name in way:
            ours.send(name)
        return ours

    def theirs_after(self, way: tuple[str, ...]) -> Theirs:
        theirs = Theirs(self.scxml)
        for name in way:
            theirs.send(self.life.kind, name)
        return theirs

    def look_around(self, way: tuple[str, ...]) -> None:
        ours, theirs = self.ours_after(way), self.theirs_after(way)
        for name in self.names:
            for holds in self.promises_for(ours, name):
                ours.holds = holds
                if self.moved(ours, theirs, name):
                    ours, theirs = self.ours_after(way), self.theirs_after(way)

    def promises_for(self, ours: Ours, name: str) -> Iterator[dict[str, bool]]:
        """Which promises hold, in every way that can matter to the event."""
        asked = self.asked(ours, name)
        for held in product((False, True), repeat=len(asked)):
            for rest in (False, True):
                yield dict.fromkeys(ours.holds, rest) | dict(zip(asked, held, strict=True))

    def asked(self, ours: Ours, name: str) -> list[str]:
        """What is promised of the other state that the event leads to from here, if it leads to any."""
        edges = [edge for edge in self.life.edges if (edge.source, edge.move.name) == (ours.state, name)]
        entered = {edge.to for edge in edges if not edge.move.goes_back or edge.to is ours.came_from} - {ours.state}
        return [each.code for to in entered for each in self.life.promises[to]]

    def moved(self, ours: Ours, theirs: Theirs, name: str) -> bool:
        """Send both the event. Whether either stands elsewhere now."""
        before = ours.state
        for code, holds in ours.holds.items():
            theirs.hold(code, holds)
        ours.send(name)
        theirs.send(self.life.kind, name)
        self.trials += 1
        self.taken.add((before, name, ours.state))
        if ours.state != theirs.state:
            self.differences.append(f"{name} from {before}: {ours.state} here, {theirs.state} there")
        return not before == ours.state == theirs.state


@pytest.mark.parametrize("kind", KINDS)
def test_another_program_moves_as_ours_does_wherever_a_thing_can_stand(kind):
    tried = Everywhere(kind, as_scxml(PAGE, kind))

    edges = {(edge.source, edge.move.name, edge.to) for edge in PAGE[kind].edges if edge.source is not None}
    assert tried.differences == []
    assert edges <= tried.taken


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


FAULTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "an edge too many": ("item", lambda _: _planted("item", lambda s: _add(s["submitted"], "item.settle", "settled"))),
    "an edge too few": ("result", lambda _: _planted("result", lambda s: _remove(s["recorded"], "result.confirm"))),
    "a promise too few": ("meeting", lambda text: text.replace(" &amp;&amp; not_a_holiday", "")),
    "a promise too many": ("result", lambda text: text.replace('"confirmed" />', '"confirmed" cond="lasting_told" />')),
    "one promise of two": ("item", lambda text: text.replace("on_an_agenda &amp;&amp; agenda_open", "on_an_agenda")),
    "either promise, not both": ("meeting", lambda text: text.replace("dated &amp;&amp; ", "dated || ")),
    "a way back elsewhere": ("series", lambda text: text.replace("came_from == 'convened'", "came_from == 'held'")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_is_missed_where_everything_is_tried(fault):
    kind, plant = FAULTS[fault]
    scxml = as_scxml(PAGE, kind)

    planted = plant(scxml)

    assert planted != scxml
    assert Everywhere(kind, planted).differences != []


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
