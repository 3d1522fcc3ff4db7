"""What one rule book says otherwise than another: what was added, what was taken away, what is promised in another way.

Whatever follows from another difference is left out: the moves of a kind of thing that is new, the promises of a state
that is new, the ways into it.
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from workflow.rulebooks.book import Rulebook

Named = TypeVar("Named", bound=Hashable)


class Difference(NamedTuple):
    """One thing that is otherwise, by its code (`state_added`, `role_removed`, `promise_changed` ...) and its names."""

    code: str
    kind: str | None = None
    state: str | None = None
    move: str | None = None
    to: str | None = None
    role: str | None = None
    promise: str | None = None
    before: str | None = None
    after: str | None = None


def differences(old: Rulebook, new: Rulebook) -> list[Difference]:
    """Everything that the new one says otherwise. Where none of it has a name, that something is."""
    both = _Both(old, new)
    found = [*both.kinds(), *both.states(), *both.moves(), *both.promises(), *both.consequences()]
    return found or ([Difference("otherwise")] if old.lines != new.lines else [])


class _Both:
    """Two rule books side by side."""

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self.old = old
        self.new = new

    def kinds(self) -> Iterator[Difference]:
        for how, kind in _changed(self.old.states, self.new.states):
            yield Difference(f"kind_{how}", kind)

    def states(self) -> Iterator[Difference]:
        for kind in _in_both(self.old.states, self.new.states):
            for how, state in _changed(self.old.states[kind], self.new.states[kind]):
                yield Difference(f"state_{how}", kind, state)

    def moves(self) -> Iterator[Difference]:
        for how, (kind, move) in _changed(self.old.moves, self.new.moves):
            if self._knows(kind):
                yield Difference(f"move_{how}", kind, move=move)
        for kind, move in _in_both(self.old.moves, self.new.moves):
            for how, role in _changed(self.old.moves[kind, move], self.new.moves[kind, move]):
                yield Difference(f"role_{how}", kind, move=move, role=role)
            yield from self._marks(kind, move)
            yield from self._ways(kind, move)

    def promises(self) -> Iterator[Difference]:
        for how, (kind, state, code) in _changed(self.old.promises, self.new.promises):
            if self._knows(kind, state):
                yield Difference(f"promise_{how}", kind, state, promise=code)
        for kind, state, code in _in_both(self.old.promises, self.new.promises):
            before, after = self.old.promises[kind, state, code], self.new.promises[kind, state, code]
            if before != after:
                told = {"before": " ".join(before), "after": " ".join(after)}
                yield Difference("promise_changed", kind, state, promise=code, **told)

    def consequences(self) -> Iterator[Difference]:
        for how, (kind, move, other, then) in _changed(self.old.consequences, self.new.consequences):
            if (kind, move) in self.old.moves and (other, then) in self.new.moves:
                yield Difference(f"consequence_{how}", kind, move=move, after=f"{other} {then}")

    def _marks(self, kind: str, move: str) -> Iterator[Difference]:
        for mark in ("reason", "final"):
            for how, _ in _changed(self.old.marks & {(kind, move, mark)}, self.new.marks & {(kind, move, mark)}):
                yield Difference(f"{mark}_{how}", kind, move=move)

    def _ways(self, kind: str, move: str) -> Iterator[Difference]:
        for how, (_, _, source, to) in _changed(self.old.ways_of(kind, move), self.new.ways_of(kind, move)):
            if self._knows(kind, source) and self._knows(kind, to):
                yield Difference(f"way_{how}", kind, source, move, to)

    def _knows(self, kind: str, state: str | None = None) -> bool:
        """Whether both know the kind, and the state of it."""
        books = (self.old.states, self.new.states)
        return all(kind in book and (state is None or state in book[kind]) for book in books)


def _changed(before: Iterable[Named], after: Iterable[Named]) -> Iterator[tuple[str, Named]]:
    """What is there only afterwards, then what was there only before."""
    before, after = dict.fromkeys(before), dict.fromkeys(after)
    yield from (("added", each) for each in after if each not in before)
    yield from (("removed", each) for each in before if each not in after)


def _in_both(before: Iterable[Named], after: Iterable[Named]) -> list[Named]:
    known = set(before)
    return [each for each in after if each in known]
