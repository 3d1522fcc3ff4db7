"""The database's own watch over states and history, made from the edges of the lifecycles (SQLite).

A hand with a SQL tool can't make a thing in a later state, move it off the graph or without its history, remove it,
put another in its place, or touch what the history says.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Edges(NamedTuple):
    """What one kind of thing may do: the table it is kept in, where it starts, and every way between two states."""

    kind: str
    table: str
    starts: str
    ways: tuple[tuple[str, str], ...]
    unique: tuple[tuple[str, ...], ...] = ()
    """The columns that no two of its things share, beside their number."""


def sqlite_triggers(kinds: Iterable[Edges]) -> Iterator[str]:
    """The statements that create every trigger, in a fixed order."""
    for kind in kinds:
        yield from _kind_triggers(kind)
    yield from _history_triggers()


def _kind_triggers(kind: Edges) -> Iterator[str]:
    ways = ", ".join(f"'{source}>{to}'" for source, to in kind.ways)
    told = "SELECT 1 FROM history WHERE stream = '{kind}:' || NEW.id AND version = NEW.entries AND {states}"
    created = told.format(kind=kind.kind, states="from_state IS NULL AND to_state = NEW.state")
    moved = told.format(kind=kind.kind, states="from_state = OLD.state AND to_state = NEW.state")
    yield _trigger(
        kind.table,
        "starts",
        "BEFORE INSERT",
        f"NEW.id < 1 OR NEW.state <> '{kind.starts}' OR NEW.entries <> 1 OR NOT EXISTS ({created})",
        f"a {kind.kind} starts as {kind.starts}, with its history",
    )
    yield _trigger(
        kind.table,
        "ways",
        "BEFORE UPDATE OF state, entries",
        f"OLD.state || '>' || NEW.state NOT IN ({ways})",
        f"a {kind.kind} has no such move",
    )
    yield _trigger(
        kind.table,
        "told",
        "BEFORE UPDATE OF state, entries",
        f"NEW.entries <> OLD.entries + 1 OR NOT EXISTS ({moved})",
        f"a {kind.kind} moves with its history",
    )
    yield _trigger(
        kind.table,
        "since",
        "BEFORE UPDATE OF came_from, state_since",
        "NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since)",
        f"where a {kind.kind} came from, and when, changes with its state only",
    )
    yield _trigger(kind.table, "same", "BEFORE UPDATE OF id", "NEW.id <> OLD.id", f"a {kind.kind} keeps its number")
    yield _trigger(kind.table, "kept", "BEFORE DELETE", "", f"a {kind.kind} is never removed")
    yield from _replacing(kind)


def _replacing(kind: Edges) -> Iterator[str]:
    """No INSERT or UPDATE OR REPLACE: it removes what is in its way, and no other trigger hears of it."""
    said = f"a {kind.kind} is never replaced"
    keys = [("id",), *kind.unique]
    yield _trigger(kind.table, "added", "BEFORE INSERT", " OR ".join(_taken(kind.table, key) for key in keys), said)
    for key in kind.unique:
        taken = f"{_taken(kind.table, key)[:-1]} AND id <> OLD.id)"
        yield _trigger(kind.table, "_".join(("own", *key)), f"BEFORE UPDATE OF {', '.join(key)}", taken, said)


def _history_triggers() -> Iterator[str]:
    for table in ("history", "history_words", "refused_attempts", "history_tiles", "origin"):
        yield _trigger(table, "unchanged", "BEFORE UPDATE", "", f"{table} is never changed")
    for table in ("history", "refused_attempts", "history_tiles", "origin"):
        yield _trigger(table, "kept", "BEFORE DELETE", "", f"{table} is never removed")
    follows = (
        "NEW.id <> (SELECT COALESCE(MAX(id), 0) + 1 FROM history)"
        " OR NEW.version <> (SELECT COALESCE(MAX(version), 0) + 1 FROM history WHERE stream = NEW.stream)"
        " OR NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM history"
        " WHERE table_id IS NEW.table_id)"
        " OR NEW.prev <> COALESCE((SELECT hash FROM history"
        " WHERE stream = NEW.stream AND version = NEW.version - 1), '')"
    )
    yield _trigger("history", "follows", "BEFORE INSERT", follows, "history is added to at its end only")
    keys: dict[str, list[tuple[str, ...]]] = {
        "history": [("id",), ("cmd_id",)],
        "history_words": [("id",)],
        "refused_attempts": [("id",)],
        "history_tiles": [("level", "place")],
        "origin": [("id",)],
    }
    for table, own in keys.items():
        taken = " OR ".join(_taken(table, key) for key in own)
        yield _trigger(table, "added", "BEFORE INSERT", taken, f"{table} is never replaced")


def _taken(table: str, key: Iterable[str]) -> str:
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  # of our own names only


def _trigger(table: str, name: str, when: str, condition: str, message: str) -> str:
    only = f" WHEN {condition}" if condition else ""
    return (
        f"CREATE TRIGGER poyta_{table}_{name} {when} ON {table}{only}"
        f" BEGIN SELECT RAISE(ABORT, 'poyta: {message}'); END"
    )
