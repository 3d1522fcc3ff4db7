"""A case in which exactly one promise does not hold: who tries what, and what mends it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from tests.builders import REASON, acting, as_one_of, later
from workflow.engine import make_move, make_new
from workflow.lifecycle import Lifecycle
from workflow.lifecycles import PAGE
from workflow.outcomes import How, Outcome
from workflow.work import Work


class Try(NamedTuple):
    """A move that somebody tries who may: of a thing, or one that makes a new thing under it."""

    row: Any
    move: str
    given: Mapping[str, object] = {}
    on: datetime | None = None
    new: str = ""
    who: str = ""

    @property
    def thing(self) -> Any:
        """The thing. One that is made meanwhile is named by a function."""
        return self.row() if callable(self.row) else self.row

    @property
    def life(self) -> Lifecycle:
        """Whose life the move belongs to."""
        return PAGE[self.new or self.thing.kind]

    def make(self, work: Work, *, confirmed: bool = False) -> Outcome:
        """Make it."""
        row, made = self.thing, self.life.moves[self.move]
        worker = acting(work, self.who) if self.who else as_one_of(work, row, made.by)
        how = How(self.on or later(work, row), REASON if made.reason else None, confirmed)
        if self.new:
            return make_new(worker, self.new, row, self.given, how)
        return make_move(worker, row, self.move, self.given, how)


class Broken(NamedTuple):
    """A move that one promise stands in the way of, with what mends it, and the move as it is then made."""

    tried: Try
    mend: Sequence[Try] = ()
    then: Try | None = None
    beside: Sequence[str] = ()
    """Other promises that can't hold either."""


class Case(NamedTuple):
    """Which promise of which state is broken, and how it comes to that."""

    kind: str
    state: Any
    code: str
    arrange: Callable[[Work], Broken]


CASES: dict[str, Case] = {}
"""Every case, by what it says."""

Arrange = Callable[..., Broken]


def breaks(kind: str, state: Any, code: str, **how: object) -> Callable[[Arrange], Arrange]:
    """A case in which that state of that kind can't promise this. `how` is told to the function that arranges it."""

    def note(arrange: Arrange) -> Arrange:
        name = " ".join([f"{kind} {state} {code}:", *arrange.__name__.split("_"), *map(str, how.values())])
        assert name not in CASES
        CASES[name] = Case(kind, state, code, partial(arrange, **how))
        return arrange

    return note


def day(month: int, day: int, hour: int = 9) -> datetime:
    """A moment in the spring of 2016."""
    return datetime(2016, month, day, hour, tzinfo=UTC)
