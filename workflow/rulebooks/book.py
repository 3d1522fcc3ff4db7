"""A rule book: the text that the page declared (`workflow.declaring`), read back without asking the page of today."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from workflow.declaring import FORMAT

Way = tuple[str, str, str | None, str]
"""A kind of thing, a move, and the states that it leads between; nothing comes before the first."""


class Entry(NamedTuple):
    """What an entry of the history says that rules can judge."""

    kind: str
    move: str
    source: str | None
    to: str
    role: str
    follows: bool = False
    """Whether it has a cause."""


class Rulebook:
    """The rules of one version: kinds, states, moves, ways, roles and promises, by their codes."""

    def __init__(self, text: str) -> None:
        first, *lines = text.splitlines()
        if first != FORMAT:
            raise ValueError(f"rules in a form that is not known: {first}")
        self.lines = tuple(tuple(line.split(" ")) for line in lines)

    @cached_property
    def states(self) -> Mapping[str, tuple[str, ...]]:
        """The states of each kind of thing, in the order of the page."""
        told = list(self.told("state"))
        return {kind: tuple(state for other, state in told if other == kind) for kind, _ in told}

    @cached_property
    def ends(self) -> frozenset[tuple[str, str]]:
        """Every kind and state out of which nothing leads."""
        return frozenset((kind, state) for kind, states in self.told("ends") for state in _listed(states))

    @cached_property
    def moves(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Who makes each move by hand, in order: nobody, where it follows another."""
        return {(kind, name): _listed(by) for kind, name, by, *_ in self.told("move")}

    @cached_property
    def marks(self) -> frozenset[tuple[str, str, str]]:
        """Every kind and move with what is special to it: creates, event, back, reason, final."""
        return frozenset((kind, name, mark) for kind, name, _, *marks in self.told("move") for mark in marks)

    @cached_property
    def ways(self) -> frozenset[Way]:
        """Every way that there is: of moves, of events, back again, of undoing, and of the register."""
        return frozenset(self._ways)

    def ways_of(self, kind: str, name: str) -> list[Way]:
        """The ways of one move, in the order of the page."""
        return [way for way in self._ways if way[:2] == (kind, name)]

    @cached_property
    def ways_back(self) -> frozenset[tuple[str, str, str]]:
        """Every kind, the state that a thing of it was set aside in, and the one that a move leads back to."""
        back = {(kind, name) for kind, name, mark in self.marks if mark == "back"}
        return frozenset((kind, source or "", to) for kind, name, source, to in self._ways if (kind, name) in back)

    @cached_property
    def compensations(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """In what roles what was done is taken back; what had only followed is taken along in none."""
        return {(kind, name): frozenset(_listed(by)) | {""} for kind, name, by in self.told("undo")}

    @cached_property
    def roles(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """In what roles each move is made. Those of the register are made in any."""
        by_hand = {move: frozenset(by) for move, by in self.moves.items()}
        both = by_hand.keys() | self.compensations.keys()
        none: frozenset[str] = frozenset()
        return {move: by_hand.get(move, none) | self.compensations.get(move, none) for move in both}

    @cached_property
    def promises(self) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
        """What each state of a kind promises, by code: its level, and whatever else is said of it."""
        return {(kind, state, code): tuple(said) for kind, state, code, *said in self.told("promise")}

    @cached_property
    def consequences(self) -> tuple[tuple[str, str, str, str], ...]:
        """The kind and move of each cause, and those of what follows from it."""
        return tuple((kind, name, other, then) for kind, name, other, then, *_ in self.told("follow"))

    @cached_property
    def _ways(self) -> tuple[Way, ...]:
        told = self.told("way")
        return tuple((kind, name, None if source == "-" else source, to) for kind, name, source, to in told)

    def told(self, about: str) -> Iterator[tuple[str, ...]]:
        """The lines about something, without the word that says so."""
        return (words for first, *words in self.lines if first == about)  # type: ignore[misc]  # each as a tuple

    def wrong_with(self, entry: Entry) -> str | None:
        """The code of what an entry says against these rules, if it does: no such way, or not in that role."""
        if (entry.kind, entry.move, entry.source, entry.to) not in self.ways:
            return "way_unknown"
        if entry.role in self.roles.get((entry.kind, entry.move), {entry.role}):
            return None
        taken_back = (entry.kind, entry.move) in self.compensations
        return None if entry.follows and not taken_back else "role_unknown"


def _listed(names: str) -> tuple[str, ...]:
    return () if names == "-" else tuple(names.split(","))
