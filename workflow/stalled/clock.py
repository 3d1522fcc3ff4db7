"""How many days of a span count: without holidays, without the pauses of the year, without what was set aside.

Days are ordinals, as `date.toordinal` gives them: a hundred thousand themes are asked for theirs.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from models.kept import day_of, moment_of
from workflow.days import is_working_day, local_day

Span = tuple[int, int]
"""From the day on which something was set aside to the day on which it went on."""


class Season(StrEnum):
    """A time of the year in which a table may rest."""

    SUMMER = "summer_pause"
    CHRISTMAS = "christmas_pause"

    def covers(self, day: date) -> bool:
        """Whether the day lies in it: June to August, or from 20 December to 6 January."""
        if self is Season.SUMMER:
            return 6 <= day.month <= 8
        return (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6)


class Calendar:
    """The days that count."""

    def __init__(self, seasons: Iterable[Season] = (), *, working: bool = False) -> None:
        self.seasons = frozenset(seasons)
        self.working = working
        self.plain = not (self.seasons or working)
        self._years: dict[int, list[int]] = {}
        self._whole_years: dict[tuple[int, int], int] = {}

    def counts(self, day: date) -> bool:
        """Whether the day counts."""
        return not any(season.covers(day) for season in self.seasons) and not (self.working and not is_working_day(day))

    def between(self, after: int, until: int) -> int:
        """How many days count after the one day, up to the other with that itself."""
        if until <= after:
            return 0
        if self.plain:
            return until - after
        first, last = date.fromordinal(after), date.fromordinal(until)
        return self._whole(first.year, last.year) + self._so_far(last) - self._so_far(first)

    def elapsed(self, after: int, until: int, aside: Sequence[Span] = ()) -> int:
        """The same, less the days on which the thing was set aside."""
        counted = self.between(after, until)
        for begins, ends in merged(aside):
            counted -= self.between(max(begins, after), min(ends, until))
        return counted

    def _whole(self, first: int, last: int) -> int:
        """How many days count of all years from the one to before the other."""
        if (first, last) not in self._whole_years:
            self._whole_years[first, last] = sum(self._year(year)[-1] for year in range(first, last))
        return self._whole_years[first, last]

    def _so_far(self, day: date) -> int:
        return self._year(day.year)[day.toordinal() - date(day.year, 1, 1).toordinal()]

    def _year(self, year: int) -> list[int]:
        """How many days of the year have counted by the end of each of its days; the last is for all of it."""
        if year not in self._years:
            counted, so_far = 0, []
            for each in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
                counted += self.counts(date.fromordinal(each))
                so_far.append(counted)
            self._years[year] = so_far
        return self._years[year]


@cache
def calendar(seasons: frozenset[Season], working: bool) -> Calendar:
    """The calendar for these pauses, made once."""
    return Calendar(seasons, working=working)


def merged(spans: Sequence[Span]) -> Sequence[Span]:
    """The spans in their order, those that touch as one: no day is taken off twice."""
    if len(spans) < 2:
        return spans
    apart: list[Span] = []
    for begins, ends in sorted(spans):
        if apart and begins <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(ends, apart[-1][1])
        else:
            apart.append((begins, ends))
    return apart


def next_working_day(day: int) -> int:
    """The day itself, or the next on which people are at work: what is due on Midsummer Eve is due on Monday."""
    while not is_working_day(date.fromordinal(day)):
        day += 1
    return day


def number_of(text: str) -> int:
    """The ordinal of a day that is kept, or of the day in Finland at a moment that is kept. Raises DatabaseProblem."""
    return _number_of(text if len(text) == 10 else text[:13])


@lru_cache(maxsize=100_000)
def _number_of(text: str) -> int:
    """Noon and one minute past it are the same day: Finland's clocks differ from UTC by whole hours."""
    if len(text) == 10:
        return day_of(text).toordinal()
    return local_day(moment_of(f"{text}:00:00Z")).toordinal()
