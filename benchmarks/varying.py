"""What differs between copies of a table, and how: numbers, moments and days, names and pseudonyms, each thing once.

Within texts it is found by its form: `T3`, `theme:3`, `person:…`, `2024-03-07`, `{p1}`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from models.moments import written
from models.states import LETTERS
from workflow.finding import NAMED, STATEFUL
from workflow.language.dates import HELSINKI, moment

Row = tuple[Any, ...]
Take = Callable[[Sequence[Any]], Row]

KEPT_IN: Mapping[str, str] = {kind: row.__tablename__ for kind, row in {**STATEFUL, **NAMED}.items()}
LETTERED: Mapping[str, str] = {letter: KEPT_IN[kind] for kind, letter in LETTERS.items() if kind in KEPT_IN}


class Shift(NamedTuple):
    """How a copy differs: the highest number in each table so far, so many weeks ago, its names and pseudonyms."""

    above: Mapping[str, int]
    weeks: int
    names: Mapping[str, str]
    pseudonyms: Sequence[str]


class Values:
    """The list of everything that the rows of a template say, each thing once."""

    def __init__(self, pseudonyms: Iterable[str], slug: str) -> None:
        self.same: list[Any] = []
        self._places: dict[tuple[str, Any], int] = {}
        self._numbers: list[tuple[int, str, int]] = []
        self._moments: list[tuple[int, Callable[[str, int], str], str]] = []
        self._people: list[tuple[int, int]] = []
        self._names: list[tuple[int, str]] = []
        self._texts: list[tuple[int, str, Take]] = []
        self._pseudonyms = {name: nth for nth, name in enumerate(pseudonyms)}
        self._slug = slug
        self._reads: Mapping[str, Callable[[str], int | None]] = {
            "moment": self.moment,
            "day": self.day,
            "thing": self._reference,
            "stream": self._stream,
            "name": self._named,
            "own": self._own,
        }

    def constant(self, value: Any) -> int:
        """The place of what is the same in every copy."""
        return self._place("constant", (type(value), value), value)[0]

    def number(self, table: str, number: int | None) -> int:
        """The place of the number of a row."""
        if number is None:
            return self.constant(None)
        place, new = self._place("number", (table, number))
        if new:
            self._numbers.append((place, table, number))
        return place

    def moment(self, told: str | None) -> int:
        """The place of a moment."""
        return self._moved(told, earlier_moment)

    def day(self, told: str | None) -> int:
        """The place of a day."""
        return self._moved(told, earlier_day)

    def text(self, told: Any) -> int:
        """The place of a text, with whatever in it must differ."""
        if not isinstance(told, str):
            return self.constant(told)
        parts, at, places = [], 0, []
        for found in _SIGNS.finditer(told):
            if (place := self._sign(found)) is not None:
                parts += [told[at : found.start()].replace("%", "%%"), "%s"]
                places.append(place)
                at = found.end()
        if not places:
            return self.constant(told)
        place, new = self._place("text", told)
        if new:
            self._texts.append((place, "".join(parts) + told[at:].replace("%", "%%"), taking(places)))
        return place

    def new(self, shift: Shift) -> list[Any]:
        """All values of one copy."""
        values = self.same.copy()
        above, weeks = shift.above, shift.weeks
        for place, table, number in self._numbers:
            values[place] = above[table] + number
        for place, earlier, told in self._moments:
            values[place] = earlier(told, weeks)
        for place, nth in self._people:
            values[place] = shift.pseudonyms[nth]
        for place, name in self._names:
            values[place] = shift.names[name]
        for place, pattern, take in self._texts:
            values[place] = pattern % take(values)
        return values

    def _sign(self, found: re.Match[str]) -> int | None:
        """The place of what one sign of a text means; nothing, where it only looks like one."""
        return self._reads[str(found.lastgroup)](found[0])

    def _stream(self, told: str) -> int | None:
        kind, number = told.split(":")
        if number in self._pseudonyms:  # one in a few thousand has nothing but digits
            return self._of(f"{kind}:%s", self._person(number))
        return None if kind not in KEPT_IN else self._of(f"{kind}:%s", self.number(KEPT_IN[kind], int(number)))

    def _own(self, told: str) -> int | None:
        if told == self._slug:
            return self._named("{slug}")
        return self._person(told) if told in self._pseudonyms else None

    def _reference(self, told: str) -> int | None:
        if told[0] not in LETTERED:
            return None
        return self._of(f"{told[0]}%s", self.number(LETTERED[told[0]], int(told[1:])))

    def _of(self, pattern: str, inner: int) -> int:
        place, new = self._place("of", (pattern, inner))
        if new:
            self._texts.append((place, pattern, taking([inner])))
        return place

    def _named(self, sign: str) -> int:
        place, new = self._place("name", sign)
        if new:
            self._names.append((place, sign[1:-1]))
        return place

    def _person(self, pseudonym: str) -> int:
        place, new = self._place("person", pseudonym)
        if new:
            self._people.append((place, self._pseudonyms[pseudonym]))
        return place

    def _moved(self, told: str | None, earlier: Callable[[str, int], str]) -> int:
        if told is None:
            return self.constant(None)
        place, new = self._place(earlier.__name__, told)
        if new:
            self._moments.append((place, earlier, told))
        return place

    def _place(self, sort: str, key: Any, value: Any = None) -> tuple[int, bool]:
        known = self._places.get((sort, key))
        if known is not None:
            return known, False
        self._places[sort, key] = place = len(self.same)
        self.same.append(value)
        return place, True


_SIGNS = re.compile(
    r"(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)|(?P<day>\b\d{4}-\d\d-\d\d\b)|(?P<thing>\b[A-Z][1-9]\d*\b)"
    r"|(?P<stream>\b[a-z]+:[1-9]\d*\b)|(?P<name>\{\w+\})|(?P<own>[a-z0-9]+(?:-[a-z0-9]+)*)"
)
"""Whatever in a text may have to differ; short names and pseudonyms are looked up."""


def taking(places: Sequence[int]) -> Take:
    """What takes the values at these places out of a list, always as a tuple."""
    if len(places) == 1:
        (only,) = places
        return lambda values: (values[only],)
    return itemgetter(*places)


@lru_cache(1 << 14)
def earlier_moment(told: str, weeks: int) -> str:
    """A moment so many weeks earlier by the clock on the wall: summer time or not."""
    local = datetime.fromisoformat(told).astimezone(HELSINKI)
    whole = moment(local.date() - timedelta(weeks=weeks), local.time().replace(microsecond=0))
    return written(whole.replace(microsecond=local.microsecond))


@lru_cache(1 << 15)
def earlier_day(told: str, weeks: int) -> str:
    """A day so many weeks earlier."""
    return (date.fromisoformat(told) - timedelta(weeks=weeks)).isoformat()
