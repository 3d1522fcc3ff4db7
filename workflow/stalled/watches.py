"""The watches of a table: every cause with the limit, the pauses and the sleep that its house rules give it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from models.states import Level
from workflow.stalled.causes import (
    FALL_BACK,
    FOUNDING,
    OF_ENDED_TOO,
    OF_TABLES,
    OF_THEMES,
    PAUSES,
    RESTS_IN_ITS_RHYTHM,
    Cause,
)
from workflow.stalled.clock import calendar
from workflow.stalled.known import KnownTable
from workflow.stalled.watching import Finds, Unit, Watch

Watched = tuple[tuple[Finds, Watch], ...]


class Watches(NamedTuple):
    """What is looked for at a table, and with which limits."""

    of_themes: tuple[tuple[str, Watched], ...]
    """By what of a theme it is looked for in."""
    of_ended_too: tuple[tuple[str, Watched], ...]
    of_tables: Watched
    fall_back: Watched


Rules = tuple[tuple[str, str, int | None], ...]


def watches_of(table: KnownTable, only: frozenset[str]) -> Watches:
    """The watches for a table; `only` some causes, or all where it is empty."""
    rules: Rules = tuple((code, *rule) for code, rule in sorted(table.rules.items()))
    return _watches(table.row.kind, table.row.rhythm, rules, only, table.today)


@lru_cache(maxsize=1000)
def _watches(kind: str, rhythm: str, rules: Rules, only: frozenset[str], today: int) -> Watches:
    told = {code: (level, days) for code, level, days in rules}

    def made(causes: Iterable[Cause]) -> Watched:
        wanted = (each for each in causes if not only or each.code in only)
        asleep = {code for code, (level, _) in told.items() if level == Level.OFF}
        awake = (each for each in wanted if each.code not in asleep and kind not in each.off_for)
        return tuple((each.finds, _watch(each, rhythm, told, today)) for each in awake)

    def grouped(groups: Mapping[str, Iterable[Cause]]) -> tuple[tuple[str, Watched], ...]:
        return tuple((name, watched) for name, causes in groups.items() if (watched := made(causes)))

    # what the fall-back leaves to the others is only known when these are looked for, wanted or not
    others = _watches(kind, rhythm, rules, frozenset(), today).of_themes if only and FALL_BACK.code in only else None
    tables = made((*OF_TABLES, FOUNDING))
    return Watches(others or grouped(OF_THEMES), grouped(OF_ENDED_TOO), tables, made((FALL_BACK,)))


def _watch(cause: Cause, rhythm: str, told: Mapping[str, tuple[str, int | None]], today: int) -> Watch:
    resting = {season for code, season in PAUSES.items() if told.get(code, ("", None))[0] != Level.OFF}
    if not isinstance(cause.limit, int) and rhythm in RESTS_IN_ITS_RHYTHM:
        resting = set()
    days = told.get(cause.code, ("", None))[1]
    limit = cause.limit_at(rhythm) if days is None else days
    counted = calendar(frozenset(cause.pauses & resting), cause.unit is Unit.WORKING_DAYS)
    return Watch(cause.code, limit, cause.unit, holder=cause.holder, calendar=counted, today=today)
