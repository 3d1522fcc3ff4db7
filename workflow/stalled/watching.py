"""Watching one cause at one table on one day: whether the limit is passed, and what is then said of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from workflow.stalled.clock import Calendar, Span
from workflow.stalled.known import Holder, KnownTable, KnownTheme

Facts = Mapping[str, object]


class Unit(StrEnum):
    """How a limit is counted."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    AT_ONCE = "at_once"
    DAYS_AHEAD = "days_ahead"


class Sign(NamedTuple):
    """A cause that was found: about which thing, since when, how long by its own clock, and who holds the ball."""

    code: str
    about: str
    since: int
    days: int
    limit: int
    holder: Holder
    facts: Facts
    remedies: Sequence[str]


class Watch:
    """The clock of one cause at one table. Called with the day since which something stands, it says how long."""

    __slots__ = ("calendar", "code", "holder", "least", "limit", "today")

    def __init__(self, code: str, limit: int, unit: Unit, *, holder: str, calendar: Calendar, today: int) -> None:
        self.code, self.limit, self.holder, self.calendar, self.today = code, limit, holder, calendar, today
        self.least = limit + 1 if unit in (Unit.DAYS, Unit.WORKING_DAYS) else limit
        if unit is Unit.DAYS_AHEAD:
            self.least = 0

    def __call__(self, since: int, aside: Sequence[Span] = ()) -> int | None:
        """How many days have counted since then, if that is more than is meant."""
        if self.today - since < self.least:  # no day counts twice
            return None
        days = self.calendar.elapsed(since, self.today, aside)
        return days if days >= self.least else None

    def ahead(self, of: int) -> int | None:
        """The day on which the time of warning before another day began, if it has begun."""
        begun = of - self.limit
        return begun if begun <= self.today else None

    def sign(
        self,
        table: KnownTable,
        about: str,
        since: int,
        days: int,
        *,
        facts: Facts,
        remedies: Sequence[str],
        holder: Holder | None = None,
    ) -> Sign:
        """What is said of it."""
        who = holder or table.holder(self.holder)
        return Sign(self.code, about, since, days, self.limit, who, facts, tuple(remedies))


Finds = Callable[[Any, Watch], Iterator[Sign]]
"""A function that looks for a cause in a `KnownTheme` or a `KnownTable`."""

OfTheme = Callable[[KnownTheme, Watch], Iterator[Sign]]
OfTable = Callable[[KnownTable, Watch], Iterator[Sign]]
