"""What a lifecycle is: states with promises, moves between them, and what follows a move."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from models.states import Level, Role, TableKind
from workflow.contradictions import faults_of_life, faults_of_page
from workflow.declaring import declared

if TYPE_CHECKING:
    from workflow.attempt import Attempt, Step

State = StrEnum
"""A member of one of the state enumerations."""


class Refusal(NamedTuple):
    """Why a promise does not hold: facts for the sentence, and commands that would help."""

    facts: Mapping[str, object] = {}
    remedies: Sequence[str] = ()


Guard = Callable[[Any, "Attempt"], Refusal | None]
Targets = Callable[["Step"], Iterable[Any]]


class PageError(Exception):
    """The page of lifecycles contradicts itself, so it does not load."""


class Promise(NamedTuple):
    """Something that is true of everything in a state, and what happens where it is not."""

    guard: Guard
    level: Level
    fixed: bool = False
    off_for: frozenset[TableKind] = frozenset()

    @property
    def code(self) -> str:
        """The stable name of the promise: the guard's own."""
        return self.guard.__name__


Promises = Mapping[State | tuple[State, ...], Iterable[Promise]]
"""What is promised of a state, or of each of several."""


def fixed(guard: Guard) -> Promise:
    """A promise that nobody can waive."""
    return Promise(guard, Level.REFUSE, fixed=True)


def refuse(guard: Guard) -> Promise:
    """A promise that is refused where it does not hold, unless the convener overrides it with a reason."""
    return Promise(guard, Level.REFUSE)


def warn(guard: Guard, off_for: Iterable[TableKind] = ()) -> Promise:
    """A promise that asks "are you sure?"."""
    return Promise(guard, Level.WARN, off_for=frozenset(off_for))


def off(guard: Guard) -> Promise:
    """A promise that only a table's own house rules switch on."""
    return Promise(guard, Level.OFF)


class Nothing:
    """Where a thing comes from before it exists."""


class Back:
    """Where a thing was before it was set aside."""


NOTHING, BACK = Nothing(), Back()


class Move(NamedTuple):
    """One way from state to state, and who may take it. With no `to` it is an event: the state stays."""

    name: str
    sources: frozenset[State]
    to: "State | Back | None"
    by: tuple[Role, ...]
    creates: bool = False
    reason: bool = False
    final: bool = False

    @property
    def goes_back(self) -> bool:
        """Whether it leads to where the thing was before it was set aside."""
        return isinstance(self.to, Back)

    @property
    def undoable(self) -> bool:
        """Whether a move that compensates this one may be made."""
        return not (self.creates or self.final or self.to is None)

    @property
    def follows(self) -> bool:
        """Whether nobody makes this move by hand: it follows another one."""
        return not self.by


def move(
    name: str,
    sources: State | Iterable[State] | Nothing,
    to: State | Back,
    *,
    by: Iterable[Role] = (),
    reason: bool = False,
    final: bool = False,
) -> Move:
    """A row of the page. `reason`: one must be given. `final`: cannot be undone, for word of it has gone out."""
    creates = isinstance(sources, Nothing)
    return Move(name, _states(sources), to, tuple(by), creates, reason, final)


def event(name: str, sources: State | Iterable[State], *, by: Iterable[Role] = (), reason: bool = False) -> Move:
    """A row of the page that is remembered but leaves the state as it is."""
    return Move(name, _states(sources), None, tuple(by), reason=reason)


def _states(sources: State | Iterable[State] | Nothing) -> frozenset[State]:
    if isinstance(sources, Nothing):
        return frozenset()
    return frozenset([sources] if isinstance(sources, StrEnum) else sources)


class Edge(NamedTuple):
    """One move out of one state, with the state it ends in."""

    source: State | None
    move: Move
    to: State


class Lifecycle:
    """How one kind of thing lives: the moves it can make and what each of its states promises."""

    def __init__(
        self,
        kind: str,
        states: type[StrEnum],
        *,
        path: Sequence[State],
        ends: Iterable[State],
        roles: Iterable[Role],
        moves: Iterable[Move],
        promises: Promises,
    ) -> None:
        self.kind = kind
        self.states = tuple(states)
        self.path = tuple(path)
        self.ends = frozenset(ends)
        self.roles = frozenset(roles)
        self.moves = _by_name(kind, moves)
        self.promises = {state: tuple(_promised(promises, state)) for state in self.states}
        self.edges = tuple(edge for each in self.moves.values() for edge in self._edges_of(each))
        _check(kind, faults_of_life(self, promises))

    @property
    def ways(self) -> frozenset[tuple[State, State]]:
        """Every pair of states that a move, or the undoing of one, leads between."""
        there = {(edge.source, edge.to) for edge in self.edges if edge.source is not None}
        back = {(to, source) for source, to in there if any(self._undoes(edge, source, to) for edge in self.edges)}
        return frozenset(there | back)

    @property
    def starts(self) -> State:
        """The state that a new thing is in."""
        return self.path[0]

    @property
    def creation(self) -> Move:
        """The move that brings a new thing into being."""
        return next(each for each in self.moves.values() if each.creates)

    def moves_from(self, state: State) -> list[Move]:
        """The moves that lead out of a state or are events in it, in the order of the page."""
        return [each for each in self.moves.values() if state in each.sources]

    def forward(self, state: State) -> Move | None:
        """The one move along the main path that a person may make from here, if there is one."""
        for each in self.moves_from(state):
            if each.to in self.path and not each.follows and state in self.path[: self.path.index(each.to)]:
                return each
        return None

    def promise(self, code: str) -> Promise | None:
        """The promise of that name, in whichever state it is made."""
        return next((each for made in self.promises.values() for each in made if each.code == code), None)

    def set_aside_from(self, state: State) -> frozenset[State]:
        """The states that a thing may have been in before it was set aside in `state`."""
        return frozenset(
            source for each in self.moves.values() if each.to is state for source in each.sources if source != state
        )

    @staticmethod
    def _undoes(edge: Edge, source: State, to: State) -> bool:
        return edge.move.undoable and edge.source is source and edge.to is to

    def _edges_of(self, row: Move) -> Iterable[Edge]:
        if row.creates and isinstance(row.to, StrEnum):
            yield Edge(None, row, row.to)
        for source in self.states:
            if source not in row.sources:
                continue
            if isinstance(row.to, Back):
                yield from (Edge(source, row, to) for to in self.states if to in self.set_aside_from(source))
            else:
                yield Edge(source, row, row.to or source)


def _promised(promises: Promises, state: State) -> Iterable[Promise]:
    for key, made in promises.items():
        if state == key or (isinstance(key, tuple) and state in key):
            yield from made


class FollowOn(NamedTuple):
    """What else moves when something has moved, in the same transaction."""

    cause: str
    then: str
    of: Targets
    if_promises_hold: bool = False
    creates: bool = False

    @property
    def kind(self) -> str:
        """The kind of thing that moves as a consequence."""
        return self.then.split()[0]

    @property
    def move(self) -> str:
        """The move it makes."""
        return self.then.split()[1]


class Page:
    """All the lifecycles, and how they drive each other."""

    def __init__(self, lifecycles: Iterable[Lifecycle], follow_ons: Iterable[FollowOn]) -> None:
        self.lifecycles = {each.kind: each for each in lifecycles}
        self.follow_ons = tuple(follow_ons)
        self.after = {each.cause: self._after(each.cause) for each in self.follow_ons}
        _check("what follows what", faults_of_page(self))
        self.text = declared(self)
        """Everything declared, line by line."""
        self.version = hashlib.sha256(self.text.encode()).hexdigest()
        """The hash of it, which each entry of the history names (lifecycles.md 1.9)."""

    def __getitem__(self, kind: str) -> Lifecycle:
        return self.lifecycles[kind]

    def _after(self, cause: str) -> tuple[FollowOn, ...]:
        return tuple(each for each in self.follow_ons if each.cause == cause)


def _by_name(kind: str, moves: Iterable[Move]) -> dict[str, Move]:
    named: dict[str, Move] = {}
    for each in moves:
        if each.name in named:
            raise PageError(f"{kind}: two of its moves are called {each.name!r}")
        named[each.name] = each
    return named


def _check(what: str, faults: Iterable[str]) -> None:
    """A page that contradicts itself does not load, and says why."""
    if fault := next(iter(faults), None):
        raise PageError(f"{what}: {fault}")
