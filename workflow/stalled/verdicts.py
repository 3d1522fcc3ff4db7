"""The verdicts: table by table and theme by theme, what stands still on a day, and why."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import NamedTuple

from models.moments import written
from models.reading import Reader
from workflow.language.dates import moment
from workflow.stalled.known import (
    ALWAYS,
    PARTS,
    AsideRow,
    KnownTable,
    KnownTheme,
    SeatRow,
    ThemeRow,
    by_date,
    spans_of,
)
from workflow.stalled.merging import Pass
from workflow.stalled.past import Past
from workflow.stalled.present import Present
from workflow.stalled.signs import UNDER_WAY
from workflow.stalled.watches import Watches, watches_of
from workflow.stalled.watching import Sign


class Wanted(NamedTuple):
    """Of which tables, and which causes: all, where nothing is said."""

    table: int | None = None
    area: str | None = None
    project: int | None = None
    convener: int | None = None
    causes: frozenset[str] = frozenset()


class Verdict(NamedTuple):
    """A theme that stands still, or a table that does, with every cause: the longest first."""

    kind: str
    ref: str
    title: str
    table: str
    state: str
    since: str
    signs: tuple[Sign, ...]

    @property
    def days(self) -> int:
        """How long the longest cause has lasted."""
        return max(sign.days for sign in self.signs)


def verdicts(reader: Reader, day: date, *, past: bool = False, wanted: Wanted | None = None) -> Iterator[Verdict]:
    """Everything that stands still at the end of the day, table by table.

    `past`: from what had happened by then, told by the history alone; else as everything stands now.
    """
    wanted = wanted or Wanted()
    rows = (Past if past else Present)(reader, chosen_tables(reader, wanted), day.isoformat(), end_of(day))
    yield from Audit(rows, day, wanted).verdicts()


def end_of(day: date) -> str:
    """The last moment of a day, as it is kept."""
    return written(moment(day + timedelta(days=1), time(0)) - timedelta(microseconds=1))


def chosen_tables(reader: Reader, wanted: Wanted) -> list[int] | None:
    """The tables that may be meant, or nothing for all of them."""
    if wanted == Wanted(causes=wanted.causes):
        return None
    conditions = {
        "b.id = :table": wanted.table,
        "b.area = :area": wanted.area,
        "b.project_id = :project": wanted.project,
        "b.id IN (SELECT x.table_id FROM seats x WHERE x.person_id = :convener AND x.role = 'convener')": (
            wanted.convener
        ),
    }
    said = {text: value for text, value in conditions.items() if value is not None}
    query = f"SELECT b.id FROM partnership_tables b WHERE {' AND '.join(said)} ORDER BY b.id"  # noqa: S608  # our words
    values = {name: value for name, value in wanted._asdict().items() if f":{name}" in query}
    return [int(row[0]) for row in reader.stream(query, values)]


class Audit:
    """One look at everything, each kind of row in one pass."""

    def __init__(self, rows: Present, day: date, wanted: Wanted) -> None:
        self.rows, self.wanted = rows, wanted
        self.today, self.day = day.toordinal(), day.isoformat()
        self.coordinators = list(rows.coordinators())
        self.seats, self.rules, self.rests = Pass(rows.seats()), Pass(rows.rules()), Pass(rows.rests())
        self.themes = Pass(rows.themes())
        self.always = {name: Pass(getattr(rows, name)()) for name in ALWAYS}
        self.parts = {name: Pass(getattr(rows, name)()) for name in PARTS}
        self.theme_aside, self.series_aside = Pass(rows.aside("theme")), Pass(rows.aside("series"))
        self.action_aside = Pass(rows.aside("action"))

    def verdicts(self) -> Iterator[Verdict]:
        """Table by table: first the table itself, then its themes."""
        for row in self.rows.tables():
            rules = {code: (level, days) for _, code, level, days in self.rules.at(row.id)}
            table = KnownTable(row, list(self.seats.at(row.id)), rules, self.today, self.day)
            table.coordinators = self.coordinators
            table.aside = spans_of(self.rests.at(row.id), self.today)
            if self.wanted.convener is None or self._convenes(table.seated("convener")):
                yield from self._of_table(table)

    def _convenes(self, seats: Iterable[SeatRow]) -> bool:
        return any(seat.person == self.wanted.convener for seat in seats)

    def _of_table(self, table: KnownTable) -> Iterator[Verdict]:
        row, watches = table.row, watches_of(table, self.wanted.causes)
        if signs := [sign for finds, watch in watches.of_tables for sign in finds(table, watch)]:
            yield Verdict("table", table.ref, row.name, row.slug, row.state, row.since, _sorted(signs))
        for theme in self.themes.at(row.id):
            if signs := self._of_theme(self._known(table, theme), watches):
                told = (f"T{theme.id}", theme.title, row.slug, theme.state, theme.since)
                yield Verdict("theme", *told, _sorted(signs))

    def _of_theme(self, theme: KnownTheme, watches: Watches) -> list[Sign]:
        signs: list[Sign] = []
        if theme.row.state in GOING_ON and theme.table.row.state != "dormant":
            for name, watched in watches.of_themes:
                if getattr(theme, name):
                    signs += [sign for finds, watch in watched for sign in finds(theme, watch)]
            if not signs:
                signs = [sign for finds, watch in watches.fall_back for sign in finds(theme, watch)]
            elif self.wanted.causes:
                signs = [sign for sign in signs if sign.code in self.wanted.causes]
        for name, watched in watches.of_ended_too:
            if getattr(theme, name) and not (theme.row.state == "suspended" and name in SET_ASIDE_TOO):
                signs += [sign for finds, watch in watched for sign in finds(theme, watch)]
        return signs

    def _known(self, table: KnownTable, row: ThemeRow) -> KnownTheme:
        theme, key = KnownTheme(table, row), row[:2]
        for name, rows in self.always.items():
            if rows.key <= key:
                setattr(theme, name, rows.of(key))
        if row.state not in GOING_ON:
            return theme
        for name, rows in self.parts.items():
            if rows.key <= key:
                setattr(theme, name, rows.of(key))
        if theme.joint or len(theme.meetings) > 1:
            theme.meetings = sorted([*theme.meetings, *theme.joint], key=by_date)
        entries = self.theme_aside.of(key)
        if entries or table.aside:
            theme.aside = [*spans_of(entries, self.today), *table.aside]
        if self.series_aside.key <= key:
            theme.series_aside = self._spans(self.series_aside.of(key))
        if self.action_aside.key <= key:
            theme.action_aside = self._spans(self.action_aside.of(key))
        return theme

    def _spans(self, entries: list[AsideRow]) -> dict[int, list[tuple[int, int]]]:
        by_thing: dict[int, list[AsideRow]] = {}
        for each in entries:
            by_thing.setdefault(each.id, []).append(each)
        return {thing: spans_of(told, self.today) for thing, told in by_thing.items()}


SET_ASIDE_TOO = frozenset({"referrals"})
"""What a theme that is suspended has set aside with itself; a result stands by itself."""

GOING_ON = UNDER_WAY | {"proposed"}
"""The states in which a theme may stand still. One that is suspended has been set aside on purpose."""


def _sorted(signs: list[Sign]) -> tuple[Sign, ...]:
    return tuple(sorted(signs, key=_longest) if len(signs) > 1 else signs)


def _longest(sign: Sign) -> tuple[int, str, str]:
    return -sign.days, sign.code, sign.about
