"""What the pictures draw, read from the views: for the round table, a series over time, what stands still, the work."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from models.kept import code_of, day_of
from models.reading import Reader, Row, any_of
from models.states import ActionState, MeetingState, Sector, TableKind, ThemeState
from workflow.language.letters import in_order, place_of
from workflow.pictures.heat_map import StalledTables, StandingStill
from workflow.pictures.round_table import Agreed, Seats, TableAround
from workflow.pictures.timeline import Gathering, SeriesOverTime
from workflow.pictures.work import WorkDivided, WorkOf
from workflow.stalled.past import Past
from workflow.stalled.present import Present
from workflow.stalled.verdicts import Wanted, chosen_tables, end_of, verdicts

Texts = Callable[[str, Iterable[Mapping[str, object]]], Sequence[Row]]
"""Rows of a kind with their texts in the reader's language."""


def as_written(_kind: str, rows: Iterable[Mapping[str, object]]) -> list[Row]:
    """The rows with their texts as they were written."""
    return [dict(row) for row in rows]


# The round table


def table_around(
    reader: Reader, ref: str, today: date, *, theme: str | None = None, texts: Texts = as_written
) -> TableAround:
    """Who sits around a table and its sub-forums (S8, S10), with what its themes aim at, or the one that is named."""
    row = texts("table", reader.rows("v_tables", ref=ref))[0]
    themes = texts("theme", _themes(reader, ref, theme))
    seats, unattached = _seats(reader, ref, today)
    return TableAround(
        row["title"],
        today,
        tuple(Seats(sector, tuple(in_order(seats[sector]))) for sector in _wanted_at(row, seats)),
        len(unattached),
        tuple(each["goal"] for each in themes if each["goal"]),
        tuple(_agreed(texts("action", _actions(reader, ref, themes)))),
    )


def _themes(reader: Reader, ref: str, theme: str | None) -> list[Row]:
    """The themes that go on; where none does, those that have reached results."""
    rows = reader.rows("v_themes", order="id", table_ref=ref)
    if theme is not None:
        return [row for row in rows if row["ref"] == theme]
    under_way = [row for row in rows if row["state"] in UNDER_WAY]
    return under_way or [row for row in rows if row["state"] == ThemeState.RESULTS_REACHED]


UNDER_WAY = frozenset(
    {ThemeState.CONVENED, ThemeState.AGENDA_SET, ThemeState.HELD, ThemeState.ACTIONS_ASSIGNED, ThemeState.SUSPENDED}
)


def _seats(reader: Reader, ref: str, today: date) -> tuple[dict[Sector, set[str]], set[str]]:
    """The parties by sector, and the people who sit there for no organisation."""
    refs = [ref, *(row["ref"] for row in reader.rows("v_tables", parent_ref=ref))]
    by_sector: dict[Sector, set[str]] = defaultdict(set)
    unattached = set()
    for seat in reader.rows("v_seats", order="id", table_ref=any_of(refs)):
        if not _held_on(seat, today):
            continue
        if seat["party"] is None:
            unattached.add(seat["person_ref"])
        else:
            by_sector[code_of(Sector, seat["sector"])].add(seat["party"])
    return by_sector, unattached


def _held_on(seat: Row, today: date) -> bool:
    day = today.isoformat()
    return seat["since"] <= day and (seat["until"] is None or seat["until"] >= day)


def _wanted_at(table: Row, taken: Mapping[Sector, object]) -> Iterator[Sector]:
    """The sectors that have a seat or should have one: a networking table is without residents by its kind (S7)."""
    for sector in Sector:
        unwanted = sector is Sector.OTHER or (
            sector is Sector.RESIDENTS and table["kind_of_table"] == TableKind.NETWORKING
        )
        if sector in taken or not unwanted:
            yield sector


def _actions(reader: Reader, ref: str, themes: Iterable[Row]) -> list[Row]:
    wanted = any_of(theme["ref"] for theme in themes)
    return reader.rows("v_actions", order="id", table_ref=ref, theme_ref=wanted)


def _agreed(actions: Iterable[Row]) -> Iterator[Agreed]:
    for row in actions:
        if row["state"] != ActionState.DROPPED:
            yield Agreed(row["what"], row["responsible"], row["state"] in DONE)


DONE = frozenset({ActionState.REPORTED_DONE, ActionState.CLOSED})

# A series over time


def series_over_time(reader: Reader, ref: str, today: date, *, texts: Texts = as_written) -> SeriesOverTime:
    """The meetings of a series, the joint ones too."""
    row = texts("series", reader.rows("v_series", ref=ref))[0]
    joint = [each["meeting_ref"] for each in reader.rows("v_joint_meetings", series_ref=ref)]
    meetings = [*reader.rows("v_meetings", series_ref=ref), *reader.rows("v_meetings", ref=any_of(joint))]
    meetings.sort(key=lambda each: (each["begins_at"] or "~", each["id"]))
    told = tuple(_gathering(each, own=each["series_ref"] == ref) for each in meetings)
    return SeriesOverTime(ref, row["title"], today, told, row["planned_meetings"])


def _gathering(meeting: Row, *, own: bool) -> Gathering:
    return Gathering(
        meeting["ref"],
        code_of(MeetingState, meeting["state"]),
        day_of(meeting["day"]) if meeting["day"] else None,
        meeting["number"] if own else None,
        meeting["place"],
        meeting["present_count"] or None,  # nobody is written down, which says nothing of who was there
    )


# What stands still


def stalled_tables(
    reader: Reader, day: date, *, past: bool = False, wanted: Wanted | None = None, texts: Texts = as_written
) -> StalledTables:
    """What stands still at the end of a day, table by table: first where most causes are found."""
    wanted = wanted or Wanted()
    days: dict[str, dict[str, int]] = {}
    things: Counter[str] = Counter()
    for verdict in verdicts(reader, day, past=past, wanted=wanted):
        found = days.setdefault(verdict.table, {})
        things[verdict.table] += 1
        for sign in verdict.signs:
            found[sign.code] = max(sign.days, found.get(sign.code, 0))
    names = {row["ref"]: row["title"] for row in texts("table", reader.rows("v_tables", ref=any_of(days)))}
    told = [StandingStill(names[slug], _longest_first(found), things[slug]) for slug, found in days.items()]
    told.sort(key=lambda each: (-len(each.days), -max(each.days.values()), place_of(each.table)))
    return StalledTables(day, tuple(told), _looked_at(reader, day, wanted, past=past))


def _longest_first(found: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _looked_at(reader: Reader, day: date, wanted: Wanted, *, past: bool) -> int:
    rows = (Past if past else Present)(reader, chosen_tables(reader, wanted), day.isoformat(), end_of(day))
    return sum(1 for _ in rows.tables())


# The work


def work_divided(
    reader: Reader,
    today: date,
    *,
    table: str | None = None,
    tables: Iterable[str] | None = None,
    theme: str | None = None,
    texts: Texts = as_written,
) -> WorkDivided:
    """The actions of each party, a person's with those of their organisation: first who has most open.

    Of one table, of several, of a theme, or of all.
    """
    several = None if tables is None else any_of(tables)
    asked = (("table_ref", table if several is None else several), ("theme_ref", theme))
    only: dict[str, Any] = {name: ref for name, ref in asked if ref is not None}
    homes = {row["ref"]: row["organisation"] for row in reader.rows("v_people")}
    counted: dict[str | None, Counter[str]] = defaultdict(Counter)
    for row in reader.rows("v_actions", **only):
        if (part := _part(row, today)) is not None:
            counted[homes.get(row["responsible_ref"]) or row["responsible"]][part] += 1
    parties = [WorkOf(party, **parts) for party, parts in counted.items()]
    parties.sort(key=lambda each: (-each.open - each.overdue, -each.total, place_of(each.party or "")))
    name = texts("table", reader.rows("v_tables", ref=table))[0]["title"] if table else None
    return WorkDivided(today, tuple(parties), name)


def _part(action: Row, today: date) -> str | None:
    """Of which part of the bar an action is; what was dropped is of none."""
    state = action["state"]
    if state == ActionState.DROPPED:
        return None
    if state in DONE:
        return "done"
    if state == ActionState.WAITING:
        return "waiting"
    return "overdue" if action["due"] and action["due"] < today.isoformat() else "open"
