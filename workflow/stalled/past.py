"""Everything that the audit looks at, as it stood at the end of a day: told by the history alone, up to that day.

The rows are those of `workflow.stalled.present`. What was told later is not known: neither that a meeting was moved,
nor that a seat came to an end, nor what became of the work.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from models.archive import Archive
from workflow.audit.findings import Findings
from workflow.audit.parties import Parties, facts_in
from workflow.audit.seats import Held, Seats, hear_rule
from workflow.stalled.known import (
    ASIDE,
    ActionRow,
    ItemRow,
    MeetingRow,
    MemoRow,
    ReferralRow,
    ResultRow,
    SeatRow,
    SeriesRow,
    TableRow,
    ThemeRow,
)
from workflow.stalled.present import HELD, PRESENT_COUNT, SECTORS, Present, query_of

EVERY = "1 = 1"
"""What was open then may have ended since."""

_TOLD = "h.id, h.number, h.move, h.from_state, h.to_state, h.happened_at, h.facts"
_AGREED = """(SELECT COUNT(DISTINCT i.id) FROM agenda_items i CROSS JOIN history g
            WHERE i.meeting_id = m.id AND g.stream = 'item:' || i.id AND g.move = 'settle' AND g.happened_at <= :end
            AND g.facts LIKE '%["outcome", "agreed"]%')"""

QUERIES: Mapping[str, str] = {
    "tables": """
        SELECT b.id, b.slug, b.name, b.kind_of_table, b.area, b.parent_id, {told}
        FROM partnership_tables b CROSS JOIN history h
        WHERE h.stream = 'table:' || b.id AND h.happened_at <= :end {tables} ORDER BY b.id, h.version""",
    "themes": """
        SELECT t.table_id, t.id, t.title, {told} FROM themes t CROSS JOIN history h
        WHERE h.stream = 'theme:' || t.id AND h.happened_at <= :end {themes} ORDER BY t.table_id, t.id, h.version""",
    "series": """
        SELECT t.table_id, t.id, s.id, {told} FROM themes t CROSS JOIN meeting_series s CROSS JOIN history h
        WHERE s.theme_id = t.id AND h.stream = 'series:' || s.id AND h.happened_at <= :end {themes}
        ORDER BY t.table_id, t.id, s.id, h.version""",
    "meetings": """
        SELECT t.table_id, t.id, s.id, m.id, {agreed}, {present}, {sectors}, {told}
        FROM themes t CROSS JOIN meeting_series s CROSS JOIN meetings m CROSS JOIN history h
        WHERE s.theme_id = t.id AND m.series_id = s.id AND h.stream = 'meeting:' || m.id AND h.happened_at <= :end
            {themes}
        ORDER BY t.table_id, t.id, s.id, m.id, h.version""",
    "joint": """
        SELECT t.table_id, t.id, s.id, m.id, {agreed}, {present}, {sectors}, {told}
        FROM themes t CROSS JOIN meeting_series s CROSS JOIN joint_meetings j CROSS JOIN meetings m CROSS JOIN history h
        WHERE s.theme_id = t.id AND j.series_id = s.id AND m.id = j.meeting_id AND h.stream = 'meeting:' || m.id
            AND h.happened_at <= :end {themes}
        ORDER BY t.table_id, t.id, s.id, m.id, h.version""",
    "memos": """
        SELECT t.table_id, t.id, d.meeting_id, d.id, {told} FROM themes t CROSS JOIN memos d CROSS JOIN history h
        WHERE d.theme_id = t.id AND h.stream = 'memo:' || d.id AND h.happened_at <= :end {themes}
        ORDER BY t.table_id, t.id, d.id, h.version""",
    "items": """
        SELECT t.table_id, t.id, i.id, i.number, i.meeting_id, i.position, i.title, {told}
        FROM themes t CROSS JOIN agenda_items i CROSS JOIN history h
        WHERE i.theme_id = t.id AND h.stream = 'item:' || i.id AND h.happened_at <= :end {themes}
        ORDER BY t.table_id, t.id, i.number, h.version""",
    "actions": """
        SELECT t.table_id, t.id, a.id, a.what, m.series_id, a.meeting_id, {told}
        FROM themes t CROSS JOIN actions a LEFT JOIN meetings m ON m.id = a.meeting_id CROSS JOIN history h
        WHERE a.theme_id = t.id AND h.stream = 'action:' || a.id AND h.happened_at <= :end {themes}
        ORDER BY t.table_id, t.id, a.id, h.version""",
    "results": """
        SELECT t.table_id, t.id, r.id, r.title, r.life, {told} FROM themes t CROSS JOIN results r CROSS JOIN history h
        WHERE r.theme_id = t.id AND h.stream = 'result:' || r.id AND h.happened_at <= :end {themes}
        ORDER BY t.table_id, t.id, r.id, h.version""",
    "referrals": """
        SELECT t.table_id, t.id, r.id, r.title, r.body, {told} FROM themes t CROSS JOIN referrals r CROSS JOIN history h
        WHERE r.theme_id = t.id AND h.stream = 'referral:' || r.id AND h.happened_at <= :end {themes}
        ORDER BY t.table_id, t.id, r.id, h.version""",
    "seated": """
        SELECT b.id, b.id, h.id, h.number, h.move, h.from_state, h.to_state, h.happened_at, h.facts
        FROM partnership_tables b CROSS JOIN history h
        WHERE h.stream = 'table:' || b.id AND h.move IN ({moves}) AND h.happened_at <= :end {tables}
        ORDER BY b.id, h.version""",
}


class Entry(NamedTuple):
    """One entry of the history of a thing."""

    id: int
    number: int
    move: str
    source: str | None
    to: str
    at: str
    facts: Mapping[str, str]


class Story:
    """What has happened to one thing, without what was taken back."""

    def __init__(self, told: Iterable[Sequence[Any]]) -> None:
        self.entries: list[Entry] = []
        for each in told:
            facts = facts_in(each[-1])
            if each[2] == "undo":
                self._take_back(facts.get("undoes", ""))
            else:
                self.entries.append(Entry._make([*each[:-1], facts]))

    def _take_back(self, number: str) -> None:
        kept = [each for each in self.entries if str(each.number) != number]
        self.entries = kept if len(kept) < len(self.entries) else self.entries[:-1]

    @property
    def state(self) -> str:
        """Where it stood."""
        return self.entries[-1].to

    @property
    def since(self) -> str:
        """Since when it stood there."""
        return next(each.at for each in reversed(self.entries) if each.source != each.to)

    @property
    def entered(self) -> str:
        """When it came there first, before it was set aside."""
        came = (each for each in reversed(self.entries) if each.to == self.state)
        return next((each.at for each in came if each.source not in (self.state, *ASIDE)), self.since)

    def told(self, name: str) -> str | None:
        """What was told last under that name."""
        return next((each.facts[name] for each in reversed(self.entries) if name in each.facts), None)

    def last(self, *moves: str) -> Entry | None:
        """The last of these moves."""
        return next((each for each in reversed(self.entries) if each.move in moves), None)

    def at_last(self, *moves: str) -> str | None:
        """When the last of these moves was made."""
        entry = self.last(*moves)
        return entry and entry.at


class Past(Present):
    """The rows as they stood."""

    def tables(self) -> Iterator[TableRow]:
        """Every table that was there."""
        projects = {row[0]: row for row in self.reader.stream("SELECT id, name, ends, owner_id FROM projects")}
        for (number, slug, name, kind, area, parent), story in self._stories("tables", 6):
            told = story.told("project") or ""
            project = projects.get(int(told[1:]) if told[1:].isdecimal() else None, (None, None, None, None))
            rhythm = story.told("rhythm") or "thematic"
            yield TableRow(number, slug, name, story.state, story.since, kind, area, rhythm, parent, *project[:4])

    def stories_of_themes(self) -> Iterator[tuple[tuple[Any, ...], Story]]:
        """Every theme that was there, by its table, its number and its title, with all that had happened to it."""
        return self._stories("themes", 3)

    def themes(self) -> Iterator[ThemeRow]:
        """Every theme that was there."""
        for (table, number, title), story in self.stories_of_themes():
            life = 1 + sum(each.move == "reopen" for each in story.entries)
            state, since = story.state, story.since
            began, returned = story.at_last("reopen"), story.at_last("return") if state == "proposed" else None
            yield ThemeRow(table, number, title, state, since, story.entered, life, began, returned)

    def series(self) -> Iterator[SeriesRow]:
        """Every series that was there."""
        for key, story in self._stories("series", 3):
            planned = story.told("planned_meetings")
            told = (story.state, story.since, story.entered, int(planned) if planned and planned.isdecimal() else None)
            yield SeriesRow._make([*key, *told])

    def meetings(self) -> Iterator[MeetingRow]:
        """Every meeting that was known of."""
        return self._meetings("meetings")

    def joint(self) -> Iterator[MeetingRow]:
        """Every joint meeting that was known of."""
        return self._meetings("joint")

    def _meetings(self, name: str) -> Iterator[MeetingRow]:
        for (*key, agreed, present, sectors), story in self._stories(name, 7):
            begins = (story.told("when") or "").partition("/")[0] or None
            state = story.state
            held, divided = state in _HELD, state in _DIVIDED
            found = (agreed if divided else None, present if held else None, sectors if held else None)
            yield MeetingRow._make([*key, state, story.since, begins, *found])

    def memos(self) -> Iterator[MemoRow]:
        """The memos that had been begun."""
        for (table, theme, meeting, number), story in self._stories("memos", 4):
            yield MemoRow(table, theme, meeting, number, story.state, story.since)

    def items(self) -> Iterator[ItemRow]:
        """The matters that waited for an agenda."""
        for key, story in self._stories("items", 7):
            if story.state == "submitted":
                yield ItemRow._make([*key, story.since])

    def actions(self) -> Iterator[ActionRow]:
        """The work that had been given."""
        for (table, theme, number, what, series, meeting), story in self._stories("actions", 6):
            due, by_next = _due(story)
            reckoned = story.at_last("postpone", "reopen") or self._began(meeting) or story.entries[0].at
            yield ActionRow(
                table,
                theme,
                number,
                what,
                story.state,
                story.since,
                due,
                by_next,
                series,
                reckoned,
                self._waits_for(story),
                *self._responsible(story),
            )

    def results(self) -> Iterator[ResultRow]:
        """The results that were written down."""
        for (table, theme, number, title, life), story in self._stories("results", 5):
            check_on, checked = story.told("check_on"), story.at_last("check")
            yield ResultRow(table, theme, number, title, story.state, story.since, check_on, life, checked)

    def referrals(self) -> Iterator[ReferralRow]:
        """The referrals of which the table had not heard yet."""
        for (table, theme, number, title, body), story in self._stories("referrals", 5):
            state, asking = story.state, story.state in ("sent", "under_consideration")
            sent = story.at_last("send") if asking else None
            if asking or state in ("drafted", "decided"):
                yield ReferralRow(table, theme, number, title, state, story.since, sent, body)

    def seats(self) -> Iterator[SeatRow]:
        """The seats that had been given, with the ends that were known."""
        names = self._names_of_parties
        for table, entries in groupby(self._seated("seat", "unseat", "hand_over"), key=itemgetter(0)):
            seats = Seats(self._archive, self._parties, Findings())
            for _, _, _, _, move, _, _, happened_at, facts in entries:
                seats.hear(move, table, happened_at, facts)
            for held in seats.held.get(table, []):
                yield _seat(table, held, names)

    def rules(self) -> Iterator[tuple[int, str, str, int | None]]:
        """The house rules of that day."""
        for table, entries in groupby(self._seated("rules"), key=itemgetter(0)):
            rules: dict[str, tuple[str, int | None]] = {}
            for entry in entries:
                hear_rule(rules, facts_in(entry[-1]))
            yield from ((table, code, *rule) for code, rule in sorted(rules.items()))

    def counted(self, text: str, values: Mapping[str, str]) -> Iterator[Any]:
        """What another query counts up to that day, of the same tables."""
        return self.reader.stream(self._filled(text), {"end": self.values["end"], **values})

    def homes(self) -> Mapping[int, tuple[str, str]]:
        """The organisation that each person speaks for, where there is one: its reference and its name."""
        names = self._names_of_parties
        people = ((number, home) for (kind, number), (_, home, _) in names.items() if kind == "person" and home)
        return {number: (f"G{home}", names["organisation", home][0]) for number, home in people}

    # How they are read

    def rows(self, name: str) -> Iterator[Any]:
        """What a query answers, row by row; what has no query of its own is read as it stands now."""
        return self._asked(QUERIES.get(name), name)

    def _asked(self, text: str | None, name: str, **more: str) -> Iterator[Any]:
        only = query_of(name, self.chosen, whole=EVERY) if text is None else self._filled(text, **more)
        return self.reader.stream(only, {key: value for key, value in self.values.items() if f":{key}" in only})

    def _filled(self, text: str, **more: str) -> str:
        chosen = None if self.chosen is None else f"IN ({', '.join(map(str, self.chosen)) or 'NULL'})"
        only = {"tables": f"AND b.id {chosen}", "themes": f"AND t.table_id {chosen}"} if chosen else {}
        fragments = {"told": _TOLD, "agreed": _AGREED, "present": _counted(PRESENT_COUNT), "sectors": _counted(SECTORS)}
        return text.format(**{"tables": "", "themes": "", **only, **fragments, **more})

    def _stories(self, name: str, columns: int) -> Iterator[tuple[tuple[Any, ...], Story]]:
        """Every thing by its own columns, with its story."""
        first: Callable[[Any], Any] = lambda row: tuple(row[:columns])  # noqa: E731  # it groups, and is named for it
        for key, told in groupby(self.rows(name), key=first):
            story = Story(row[columns:] for row in told)
            if story.entries:
                yield key, story

    def _seated(self, *moves: str) -> Iterator[Any]:
        return self._asked(QUERIES["seated"], "seated", moves=", ".join(f"'{move}'" for move in moves))

    # Whom the history means

    @cached_property
    def _archive(self) -> Archive:
        return _Archived(self.reader)

    @cached_property
    def _parties(self) -> "Meant":
        return Meant(self._archive)

    @cached_property
    def _names_of_parties(self) -> Mapping[tuple[str, int], tuple[str, int | None, str | None]]:
        """By kind and number: the name, the organisation of a person, and when the name was erased."""
        people = self.reader.stream(_PEOPLE, {"end": self.values["end"]})
        bodies = self.reader.stream("SELECT id, name FROM organisations")
        known = {("person", row[0]): (row[1], row[2], row[3]) for row in people}
        return {**known, **{("organisation", row[0]): (row[1], None, None) for row in bodies}}

    def _responsible(self, story: Story) -> tuple[Any, ...]:
        kind, number = self._parties.named(story.told("to") or "")
        if number is None or (known := self._names_of_parties.get((kind, number))) is None:
            return None, None, None, None, None
        name, _, forgotten = known
        return (number, name, forgotten, None, None) if kind == "person" else (None, None, None, number, name)

    def _waits_for(self, story: Story) -> str | None:
        if story.state != "waiting" or (entry := story.last("wait")) is None:
            return None
        words = self.reader.stream(_WAITS_FOR, {"entry": entry.id})
        return next((row[0] for row in words), None)

    def _began(self, meeting: int | None) -> str | None:
        """When the meeting of some work began. A meeting that was held is moved no more."""
        if meeting is None:
            return None
        return next((row[0] for row in self.reader.stream(_BEGAN, {"meeting": meeting})), None)


class Meant(Parties):
    """Whom entries mean by now: of two that were merged, the one that stayed."""

    def named(self, told: str) -> tuple[str, int | None]:
        """The kind and the number of a party as an entry names it."""
        kind, number = super().named(told)
        return kind, self.meant(kind, number)


class _Archived:
    """The rows of the reader, as the look at parties takes them."""

    on_file = True

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def rows(self, query: str) -> Iterable[Any]:
        return self._reader.stream(query)  # type: ignore[no-any-return]  # a stream of rows

    def entries(self) -> Iterator[Any]:
        raise AssertionError("the audit of what stands still looks at no bytes")

    def words(self) -> Iterator[Any]:
        raise AssertionError("the audit of what stands still looks at no bytes")


def _due(story: Story) -> tuple[str | None, int]:
    due = None
    for each in story.entries:
        if "due" in each.facts:
            due = each.facts["due"]
        elif each.move == "postpone":
            due = None
    return due, int(due is None)


def _seat(table: int, held: Held, names: Mapping[Any, Any]) -> SeatRow:
    person = names.get(("person", held.person), (None, None, None))
    body = names.get(("organisation", held.organisation), (None, None, None))
    told = (table, held.role, held.since, held.until, int(held.required), held.person, held.organisation)
    return SeatRow(*told, person[1], person[0], body[0])


def _counted(text: str) -> str:
    """Without the question for the state, which is that of now."""
    return text.replace(f"CASE WHEN {HELD} THEN ", "CASE WHEN 1 = 1 THEN ", 1)


_HELD = frozenset({"held", "actions_assigned", "completed"})
_DIVIDED = frozenset({"actions_assigned", "completed"})
_PEOPLE = """
    SELECT p.id, p.name, p.organisation_id, CASE WHEN p.forgotten = 1 THEN (
        SELECT MAX(h.happened_at) FROM history h
        WHERE h.stream = 'person:' || p.id AND h.move = 'forget' AND h.happened_at <= :end) END
    FROM people p"""
_WAITS_FOR = "SELECT w.text FROM history_words w WHERE w.entry_id = :entry AND w.field = 'for'"
_BEGAN = "SELECT m.begins_at FROM meetings m WHERE m.id = :meeting"
