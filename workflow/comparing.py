"""Tables side by side, by the same rule on the same day, told by the history up to it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import NamedTuple

from models.reading import Reader
from workflow.stalled.clock import number_of
from workflow.stalled.known import TableRow
from workflow.stalled.merging import Pass
from workflow.stalled.past import Past, Story
from workflow.stalled.verdicts import Verdict, Wanted, chosen_tables, end_of, verdicts

YEAR = timedelta(days=365)


class Days(NamedTuple):
    """How many days something took: in how many cases, in the middle, and in nine cases of ten at most."""

    n: int
    median: float | None
    p90: int | None


class Share(NamedTuple):
    """How many of how many."""

    n: int
    of: int

    @property
    def percent(self) -> int | None:
        """In a hundred; nothing where there are none."""
        return round(100 * self.n / self.of) if self.of else None


class Sector(NamedTuple):
    """How many people of a sector came to a meeting on the average: in the last twelve months, and in those before."""

    last: float | None
    before: float | None

    @property
    def trend(self) -> float | None:
        """How many more; nothing, where no meetings were held in one of the two."""
        return None if self.last is None or self.before is None else round(self.last - self.before, 1)


class Part(NamedTuple):
    """How much work a party was given, and how much of it is open."""

    party: str
    ref: str
    actions: int
    open: int


class Compared(NamedTuple):
    """One table as it is set beside the others."""

    table: TableRow
    themes: dict[str, int]
    """By state."""
    with_results: Share
    """The themes that have reached results, of those that were ever convened."""
    to_results: Days
    """From the day a theme was convened to the day it reached results, each in its newest life."""
    in_state: dict[str, Days]
    """How long themes stood in each state, those that still stand there too."""
    causes: dict[str, int]
    turns: dict[str, int]
    """How many causes wait for whom."""
    meetings: tuple[int, int]
    """Held in the last twelve months, and in those before."""
    attendance: dict[str, Sector]
    work: list[Part]
    items: dict[str, int]
    """By where they came from."""


def compared(reader: Reader, day: date, wanted: Wanted | None = None) -> Iterator[Compared]:
    """Every table that is wanted, in the order in which they came into being."""
    wanted = wanted or Wanted()
    past = Past(reader, chosen_tables(reader, wanted), day.isoformat(), end_of(day))
    told = _by_table(verdicts(reader, day, past=True, wanted=wanted))
    passes = _Passes(past, day)
    for table in past.tables():
        yield passes.of(table, told.get(table.slug, (Counter(), Counter())))


def _by_table(found: Iterable[Verdict]) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """How often each cause is found at a table, and for whom it waits."""
    counted: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for verdict in found:
        causes, turns = counted.setdefault(verdict.table, (Counter(), Counter()))
        causes.update(sign.code for sign in verdict.signs)
        turns.update(sign.holder.name or sign.holder.role or "" for sign in verdict.signs)
    return counted


class _Passes:
    """What is counted, each in one pass over its rows, table by table."""

    def __init__(self, past: Past, day: date) -> None:
        self.today = day.toordinal()
        bounds = {"year_ago": end_of(day - YEAR), "two_ago": end_of(day - 2 * YEAR)}
        self.themes = Pass(((*key, story) for key, story in past.stories_of_themes()))
        self.actions = Pass(past.actions())
        self.homes = past.homes()
        self.meetings = Pass(past.counted(MEETINGS, bounds))
        self.attendance = Pass(past.counted(ATTENDANCE, bounds))
        self.items = Pass(past.counted(ITEMS, {}))

    def of(self, table: TableRow, found: tuple[Counter[str], Counter[str]]) -> Compared:
        """One table."""
        stories = [row[-1] for row in self.themes.at(table.id)]
        meetings = {newer: number for _, newer, number in self.meetings.at(table.id)}
        causes, turns = found
        return Compared(
            table,
            dict(Counter(story.state for story in stories)),
            Share(sum(story.state == "results_reached" for story in stories), sum(map(_was_convened, stories))),
            days_of(filter(None, map(_to_results, stories))),
            self._in_state(stories),
            dict(causes.most_common()),
            dict(turns.most_common()),
            (meetings.get(1, 0), meetings.get(0, 0)),
            self._attendance(table.id, meetings),
            self._work(table.id),
            {origin: number for _, origin, number in self.items.at(table.id)},
        )

    def _in_state(self, stories: Sequence[Story]) -> dict[str, Days]:
        stays: dict[str, list[int]] = {}
        for story in stories:
            for state, days in _stays(story, self.today):
                stays.setdefault(state, []).append(days)
        return {state: days_of(days) for state, days in stays.items() if state not in ENDS}

    def _attendance(self, table: int, meetings: dict[int, int]) -> dict[str, Sector]:
        people: dict[str, dict[int, int]] = {}
        for _, newer, sector, number in self.attendance.at(table):
            people.setdefault(sector, {})[newer] = number
        return {sector: Sector(*(_each(came, meetings, newer) for newer in (1, 0))) for sector, came in people.items()}

    def _work(self, table: int) -> list[Part]:
        given: Counter[tuple[str, str]] = Counter()
        still_open: Counter[tuple[str, str]] = Counter()
        for action in self.actions.at(table):
            party = self.homes.get(action.person) if action.person is not None else None
            own = (f"P{action.person}", action.person_name) if action.person is not None else None
            body = (f"G{action.organisation}", action.organisation_name) if action.organisation is not None else None
            ref, name = party or own or body or ("", "")
            given[ref, name or ""] += 1
            still_open[ref, name or ""] += action.state not in ("closed", "dropped")
        return [Part(name, ref, number, still_open[ref, name]) for (ref, name), number in given.most_common()]


def _each(came: dict[int, int], meetings: dict[int, int], newer: int) -> float | None:
    return round(came.get(newer, 0) / meetings[newer], 1) if newer in meetings else None


ENDS = frozenset({"results_reached", "declined", "discontinued"})
"""Where a theme stands for good: how long is nobody's worry."""


def days_of(many: Iterable[int]) -> Days:
    """How many days, in the middle and in nine cases of ten."""
    found = sorted(many)
    if not found:
        return Days(0, None, None)
    return Days(len(found), median(found), found[ceil(0.9 * len(found)) - 1])


def _was_convened(story: Story) -> bool:
    return any(entry.to == "convened" for entry in story.entries)


def _to_results(story: Story) -> int | None:
    """The days from convened to results, in the newest life; at least the day itself."""
    convened = reached = None
    for entry in story.entries:
        if entry.move == "reopen":
            convened = reached = None
        elif entry.to == "convened" and entry.source not in ("convened", "suspended"):
            convened = number_of(entry.at)
        elif entry.to == "results_reached" and entry.source != "results_reached":
            reached = number_of(entry.at)
    return None if convened is None or reached is None else max(1, reached - convened)


def _stays(story: Story, today: int) -> Iterator[tuple[str, int]]:
    """Every state that a theme stood in, and for how many days."""
    state, since = None, 0
    for entry in story.entries:
        if entry.source == entry.to:
            continue
        day = number_of(entry.at)
        if state is not None:
            yield state, day - since
        state, since = entry.to, day
    if state is not None:
        yield state, today - since


# In SQL: what only has to be counted

MEETINGS = """
    SELECT t.table_id, CASE WHEN m.begins_at > :year_ago THEN 1 ELSE 0 END, COUNT(*)
    FROM themes t CROSS JOIN meeting_series s CROSS JOIN meetings m
    WHERE s.theme_id = t.id AND m.series_id = s.id AND m.state IN ('held', 'actions_assigned', 'completed')
        AND m.begins_at <= :end AND m.begins_at > :two_ago {themes}
    GROUP BY 1, 2 ORDER BY 1, 2"""
ATTENDANCE = """
    SELECT c.table_id, c.newer, c.sector, SUM(c.people) FROM (
        SELECT t.table_id, CASE WHEN m.begins_at > :year_ago THEN 1 ELSE 0 END AS newer,
            COALESCE(g.sector, f.sector) AS sector, 1 AS people
        FROM themes t CROSS JOIN meeting_series s CROSS JOIN meetings m CROSS JOIN attendance x
            LEFT JOIN people p ON p.id = x.person_id LEFT JOIN organisations g ON g.id = x.organisation_id
            LEFT JOIN organisations f ON f.id = p.organisation_id
        WHERE s.theme_id = t.id AND m.series_id = s.id AND x.meeting_id = m.id AND x.presence = 'present'
            AND m.state IN ('held', 'actions_assigned', 'completed')
            AND m.begins_at <= :end AND m.begins_at > :two_ago {themes}
        UNION ALL
        SELECT t.table_id, CASE WHEN m.begins_at > :year_ago THEN 1 ELSE 0 END, h.sector, h.people
        FROM themes t CROSS JOIN meeting_series s CROSS JOIN meetings m CROSS JOIN head_counts h
        WHERE s.theme_id = t.id AND m.series_id = s.id AND h.meeting_id = m.id
            AND m.state IN ('held', 'actions_assigned', 'completed')
            AND m.begins_at <= :end AND m.begins_at > :two_ago {themes}) c
    WHERE c.sector IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
ITEMS = """
    SELECT t.table_id, COALESCE(i.origin, 'other'), COUNT(*)
    FROM themes t CROSS JOIN agenda_items i CROSS JOIN history h
    WHERE i.theme_id = t.id AND h.stream = 'item:' || i.id AND h.version = 1 AND h.happened_at <= :end {themes}
    GROUP BY 1, 2 ORDER BY 1, 2"""
