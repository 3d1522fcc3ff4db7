"""Everything that the audit looks at, as it stands now: each kind of row in one pass, theme by theme."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.reading import Reader
from workflow.stalled.known import (
    ActionRow,
    AsideRow,
    ItemRow,
    MeetingRow,
    MemoRow,
    PresentRow,
    ReferralRow,
    ResultRow,
    SeatRow,
    SeriesRow,
    TableRow,
    ThemeRow,
)

PENDING = "r.state IN ('drafted', 'sent', 'under_consideration', 'decided')"
OPEN = "t.state IN ('proposed', 'convened', 'agenda_set', 'held', 'actions_assigned')"
ASIDE = "(h.to_state IN ('suspended', 'waiting', 'dormant') OR h.from_state IN ('suspended', 'waiting', 'dormant'))"
"""As the index `ix_history_aside` has it: else it is not used."""

HELD = "m.state IN ('held', 'actions_assigned', 'completed')"

PRESENT_COUNT = f"""CASE WHEN {HELD} THEN COALESCE(
        (SELECT h.people FROM head_counts h WHERE h.meeting_id = m.id AND h.sector IS NULL),
        (SELECT SUM(h.people) FROM head_counts h WHERE h.meeting_id = m.id),
        (SELECT COUNT(*) FROM attendance x WHERE x.meeting_id = m.id AND x.presence = 'present')) END"""  # noqa: S608  # our words only
SECTORS = f"""CASE WHEN {HELD} THEN (
        SELECT CASE WHEN MIN(y.sector) IS NULL THEN NULL WHEN MIN(y.sector) = MAX(y.sector) THEN 1 ELSE 2 END FROM (
            SELECT COALESCE(g.sector, f.sector) AS sector FROM attendance x LEFT JOIN people p ON p.id = x.person_id
                LEFT JOIN organisations g ON g.id = x.organisation_id
                LEFT JOIN organisations f ON f.id = p.organisation_id
                WHERE x.meeting_id = m.id AND x.presence = 'present'
            UNION ALL SELECT h.sector FROM head_counts h WHERE h.meeting_id = m.id AND h.people > 0) y) END"""  # noqa: S608  # our words only

QUERIES: Mapping[str, str] = {
    "tables": """
        SELECT b.id, b.slug, b.name, b.state, b.state_since, b.kind_of_table, b.area, b.rhythm, b.parent_id,
            k.id, k.name, k.ends, k.owner_id
        FROM partnership_tables b LEFT JOIN projects k ON k.id = b.project_id
        WHERE 1 = 1 {tables} ORDER BY b.id""",
    "seats": """
        SELECT x.table_id, x.role, x.since, x.until, x.required, x.person_id, x.organisation_id, p.organisation_id,
            p.name, g.name, x.project_id, x.area
        FROM seats x LEFT JOIN people p ON p.id = x.person_id LEFT JOIN organisations g ON g.id = x.organisation_id
        WHERE x.table_id IS NOT NULL {seats} ORDER BY x.table_id, x.id""",
    "coordinators": """
        SELECT x.table_id, x.role, x.since, x.until, x.required, x.person_id, x.organisation_id, p.organisation_id,
            p.name, g.name, x.project_id, x.area
        FROM seats x LEFT JOIN people p ON p.id = x.person_id LEFT JOIN organisations g ON g.id = x.organisation_id
        WHERE x.table_id IS NULL ORDER BY x.id""",
    "rules": """
        SELECT r.table_id, r.code, r.level, r.days FROM house_rules r
        WHERE 1 = 1 {rules} ORDER BY r.table_id, r.code""",
    "rests": """
        SELECT b.id, b.id, b.id, h.move, h.from_state, h.to_state, h.happened_at
        FROM partnership_tables b CROSS JOIN history h
        WHERE h.stream = 'table:' || b.id AND {aside} AND h.happened_at <= :end {tables} ORDER BY b.id, h.version""",
    "themes": """
        SELECT t.table_id, t.id, t.title, t.state, t.state_since,
            CASE WHEN t.came_from = 'suspended' THEN COALESCE((SELECT MAX(h.happened_at) FROM history h
                WHERE h.stream = 'theme:' || t.id AND h.to_state = t.state AND h.move <> 'undo'
                AND COALESCE(h.from_state, '') NOT IN ('suspended', h.to_state)), t.state_since)
                ELSE t.state_since END,
            t.life,
            CASE WHEN t.life > 1 THEN (SELECT MAX(h.happened_at) FROM history h
                WHERE h.stream = 'theme:' || t.id AND h.move = 'reopen') END,
            CASE WHEN t.state = 'proposed' THEN (SELECT MAX(h.happened_at) FROM history h
                WHERE h.stream = 'theme:' || t.id AND h.move = 'return') END
        FROM themes t
        WHERE ({open} OR EXISTS (SELECT 1 FROM results r WHERE r.theme_id = t.id AND r.check_on < :today)
            OR EXISTS (SELECT 1 FROM referrals r WHERE r.theme_id = t.id AND {pending})) {themes}
        ORDER BY t.table_id, t.id""",
    "series": """
        SELECT t.table_id, t.id, s.id, s.state, s.state_since,
            CASE WHEN s.came_from = 'suspended' THEN COALESCE((SELECT MAX(h.happened_at) FROM history h
                WHERE h.stream = 'series:' || s.id AND h.to_state = s.state AND h.move <> 'undo'
                AND COALESCE(h.from_state, '') NOT IN ('suspended', h.to_state)), s.state_since)
                ELSE s.state_since END,
            s.planned_meetings
        FROM themes t CROSS JOIN meeting_series s
        WHERE s.theme_id = t.id AND {open} {themes} ORDER BY t.table_id, t.id, s.id""",
    "meetings": """
        SELECT t.table_id, t.id, s.id, m.id, m.state, m.state_since, m.begins_at,
            CASE WHEN m.state IN ('actions_assigned', 'completed') THEN (SELECT COUNT(*) FROM agenda_items i
                WHERE i.meeting_id = m.id AND i.state = 'settled' AND i.outcome = 'agreed') END,
            {present}, {sectors}
        FROM themes t CROSS JOIN meeting_series s CROSS JOIN meetings m
        WHERE s.theme_id = t.id AND m.series_id = s.id AND {open} {themes} ORDER BY t.table_id, t.id, s.id, m.id""",
    "joint": """
        SELECT t.table_id, t.id, s.id, m.id, m.state, m.state_since, m.begins_at,
            CASE WHEN m.state IN ('actions_assigned', 'completed') THEN (SELECT COUNT(*) FROM agenda_items i
                WHERE i.meeting_id = m.id AND i.state = 'settled' AND i.outcome = 'agreed') END,
            {present}, {sectors}
        FROM themes t CROSS JOIN meeting_series s CROSS JOIN joint_meetings j CROSS JOIN meetings m
        WHERE s.theme_id = t.id AND j.series_id = s.id AND m.id = j.meeting_id AND {open} {themes}
        ORDER BY t.table_id, t.id, s.id, m.id""",
    "present": """
        SELECT t.table_id, t.id, x.meeting_id, x.person_id, COALESCE(x.organisation_id, p.organisation_id),
            x.deputy_for_id
        FROM themes t CROSS JOIN meeting_series s CROSS JOIN meetings m CROSS JOIN attendance x
            LEFT JOIN people p ON p.id = x.person_id
        WHERE s.theme_id = t.id AND m.series_id = s.id AND x.meeting_id = m.id AND x.presence = 'present' AND {open}
            AND EXISTS (SELECT 1 FROM seats y WHERE y.table_id = t.table_id AND y.required = 1) {themes}
        ORDER BY t.table_id, t.id, x.id""",
    "items": """
        SELECT t.table_id, t.id, i.id, i.number, i.meeting_id, i.position, i.title, i.state_since
        FROM themes t CROSS JOIN agenda_items i
        WHERE i.theme_id = t.id AND i.state = 'submitted' AND {open} {themes}
        ORDER BY t.table_id, t.id, i.number""",
    "actions": """
        SELECT t.table_id, t.id, a.id, a.what, a.state, a.state_since, a.due_on, a.by_next_meeting, m.series_id,
            CASE WHEN a.by_next_meeting = 1 AND a.state IN ('assigned', 'in_progress') THEN COALESCE(
                (SELECT MAX(h.happened_at) FROM history h
                    WHERE h.stream = 'action:' || a.id AND h.move IN ('postpone', 'reopen')),
                m.begins_at,
                (SELECT h.happened_at FROM history h WHERE h.stream = 'action:' || a.id AND h.version = 1)) END,
            a.waiting_for, p.id, p.name,
            CASE WHEN p.forgotten = 1 THEN (SELECT MAX(h.happened_at) FROM history h
                WHERE h.stream = 'person:' || p.id AND h.move = 'forget') END,
            g.id, g.name
        FROM themes t CROSS JOIN actions a LEFT JOIN meetings m ON m.id = a.meeting_id
            LEFT JOIN people p ON p.id = a.responsible_person_id
            LEFT JOIN organisations g ON g.id = a.responsible_organisation_id
        WHERE a.theme_id = t.id AND {open} {themes} ORDER BY t.table_id, t.id, a.id""",
    "results": """
        SELECT t.table_id, t.id, r.id, r.title, r.state, r.state_since, r.check_on, r.life,
            CASE WHEN r.state = 'checked' AND r.check_on < :today THEN (SELECT MAX(h.happened_at) FROM history h
                WHERE h.stream = 'result:' || r.id AND h.move = 'check') END
        FROM themes t CROSS JOIN results r
        WHERE r.theme_id = t.id AND ({open} OR r.check_on < :today) {themes} ORDER BY t.table_id, t.id, r.id""",
    "memos": """
        SELECT t.table_id, t.id, d.meeting_id, d.id, d.state, d.state_since
        FROM themes t CROSS JOIN memos d WHERE d.theme_id = t.id AND {open} {themes} ORDER BY t.table_id, t.id, d.id""",
    "referrals": """
        SELECT t.table_id, t.id, r.id, r.title, r.state, r.state_since,
            CASE WHEN r.state IN ('sent', 'under_consideration') THEN (SELECT MAX(h.happened_at) FROM history h
                WHERE h.stream = 'referral:' || r.id AND h.move = 'send') END,
            r.body
        FROM themes t CROSS JOIN referrals r WHERE r.theme_id = t.id AND {pending} {themes}
        ORDER BY t.table_id, t.id, r.id""",
    "theme_aside": """
        SELECT t.table_id, t.id, t.id, h.move, h.from_state, h.to_state, h.happened_at
        FROM themes t CROSS JOIN history h
        WHERE h.stream = 'theme:' || t.id AND {aside} AND h.happened_at <= :end AND {open} {themes}
        ORDER BY t.table_id, t.id, h.version""",
    "series_aside": """
        SELECT t.table_id, t.id, s.id, h.move, h.from_state, h.to_state, h.happened_at
        FROM themes t CROSS JOIN meeting_series s CROSS JOIN history h
        WHERE s.theme_id = t.id AND h.stream = 'series:' || s.id AND {aside} AND h.happened_at <= :end
            AND {open} {themes}
        ORDER BY t.table_id, t.id, s.id, h.version""",
    "action_aside": """
        SELECT t.table_id, t.id, a.id, h.move, h.from_state, h.to_state, h.happened_at
        FROM themes t CROSS JOIN actions a CROSS JOIN history h
        WHERE a.theme_id = t.id AND {doing} AND h.stream = 'action:' || a.id AND {aside}
            AND h.happened_at <= :end AND {open} {themes}
        ORDER BY t.table_id, t.id, a.id, h.version""",
}
"""Every query of the audit. They read in the order of the keys: nothing is sorted, and nothing kept in memory.

CROSS JOIN tells SQLite to take the tables in the order in which they stand; elsewhere it is a join like any other.
"""

COLUMNS = {"tables": "b.id", "seats": "x.table_id", "rules": "r.table_id", "themes": "t.table_id"}


def query_of(name: str, tables: Iterable[int] | None, *, whole: str = OPEN) -> str:
    """The text of a query, for some tables or for all."""
    chosen = "" if tables is None else f"IN ({', '.join(str(int(each)) for each in tables) or 'NULL'})"
    only = {key: f"AND {column} {chosen}" if chosen else "" for key, column in COLUMNS.items()}
    doing = "a.state IN ('assigned', 'in_progress')" if whole == OPEN else whole
    return QUERIES[name].format(
        open=whole, doing=doing, pending=PENDING, aside=ASIDE, present=PRESENT_COUNT, sectors=SECTORS, **only
    )


class Present:
    """The rows as they stand."""

    def __init__(self, reader: Reader, tables: Iterable[int] | None, today: str, end: str) -> None:
        self.reader = reader
        self.chosen = None if tables is None else sorted(tables)
        self.values = {"today": today, "end": end}

    def rows(self, name: str) -> Iterator[Any]:
        """What a query answers, row by row."""
        query = query_of(name, self.chosen)
        return self.reader.stream(query, {key: value for key, value in self.values.items() if f":{key}" in query})

    def tables(self) -> Iterator[TableRow]:
        """Every table."""
        return map(TableRow._make, self.rows("tables"))

    def seats(self) -> Iterator[SeatRow]:
        """Every seat at a table."""
        return map(SeatRow._make, self.rows("seats"))

    def coordinators(self) -> Iterator[SeatRow]:
        """Every seat over a project or an area."""
        return map(SeatRow._make, self.rows("coordinators"))

    def rules(self) -> Iterator[tuple[int, str, str, int | None]]:
        """Every house rule: the table, the code, the level, the days."""
        return self.rows("rules")

    def rests(self) -> Iterator[AsideRow]:
        """When tables rested."""
        return map(AsideRow._make, self.rows("rests"))

    def themes(self) -> Iterator[ThemeRow]:
        """Every theme that goes on, and those with a result to be checked."""
        return map(ThemeRow._make, self.rows("themes"))

    def series(self) -> Iterator[SeriesRow]:
        """The series of those that go on."""
        return map(SeriesRow._make, self.rows("series"))

    def meetings(self) -> Iterator[MeetingRow]:
        """Their meetings."""
        return map(MeetingRow._make, self.rows("meetings"))

    def joint(self) -> Iterator[MeetingRow]:
        """The joint meetings that they take part in."""
        return map(MeetingRow._make, self.rows("joint"))

    def present(self) -> Iterator[PresentRow]:
        """Who was there, at tables with seats that must be filled."""
        return map(PresentRow._make, self.rows("present"))

    def memos(self) -> Iterator[MemoRow]:
        """The memos of their meetings."""
        return map(MemoRow._make, self.rows("memos"))

    def items(self) -> Iterator[ItemRow]:
        """The matters that wait for an agenda."""
        return map(ItemRow._make, self.rows("items"))

    def actions(self) -> Iterator[ActionRow]:
        """The work."""
        return map(ActionRow._make, self.rows("actions"))

    def results(self) -> Iterator[ResultRow]:
        """The results."""
        return map(ResultRow._make, self.rows("results"))

    def referrals(self) -> Iterator[ReferralRow]:
        """The referrals of which the table has not heard yet."""
        return map(ReferralRow._make, self.rows("referrals"))

    def aside(self, kind: str) -> Iterator[AsideRow]:
        """When things of a kind were set aside and went on."""
        return map(AsideRow._make, self.rows(f"{kind}_aside"))
