"""The database's own watch over states and history, made from the edges of the lifecycles (SQLite).

A hand with a SQL tool can't make a thing in a later state, move it off the graph or without its history, remove it,
or touch what the history says.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Edges(NamedTuple):
    """What one kind of thing may do: the table it is kept in, where it starts, and every way between two states."""

    kind: str
    table: str
    starts: str
    ways: tuple[tuple[str, str], ...]


def sqlite_triggers(kinds: Iterable[Edges]) -> Iterator[str]:
    """The statements that create every trigger, in a fixed order."""
    for kind in kinds:
        yield from _kind_triggers(kind)
    for table in ("history", "history_words", "refused_attempts"):
        yield _trigger(table, "unchanged", "BEFORE UPDATE", "", f"{table} is never changed")
    for table in ("history", "refused_attempts"):
        yield _trigger(table, "kept", "BEFORE DELETE", "", f"{table} is never removed")


def _kind_triggers(kind: Edges) -> Iterator[str]:
    ways = ", ".join(f"'{source}>{to}'" for source, to in kind.ways)
    told = "SELECT 1 FROM history WHERE stream = '{kind}:' || NEW.id AND version = NEW.entries AND {states}"
    created = told.format(kind=kind.kind, states="from_state IS NULL AND to_state = NEW.state")
    moved = told.format(kind=kind.kind, states="from_state = OLD.state AND to_state = NEW.state")
    yield _trigger(
        kind.table,
        "starts",
        "BEFORE INSERT",
        f"NEW.state <> '{kind.starts}' OR NEW.entries <> 1 OR NOT EXISTS ({created})",
        f"a {kind.kind} starts as {kind.starts}, with its history",
    )
    yield _trigger(
        kind.table,
        "ways",
        "BEFORE UPDATE OF state",
        f"NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ({ways})",
        f"a {kind.kind} has no such move",
    )
    yield _trigger(
        kind.table,
        "told",
        "BEFORE UPDATE OF state, entries",
        f"NEW.entries <> OLD.entries + 1 OR NOT EXISTS ({moved})",
        f"a {kind.kind} moves with its history",
    )
    yield _trigger(kind.table, "same", "BEFORE UPDATE OF id", "NEW.id <> OLD.id", f"a {kind.kind} keeps its number")
    yield _trigger(kind.table, "kept", "BEFORE DELETE", "", f"a {kind.kind} is never removed")


def _trigger(table: str, name: str, when: str, condition: str, message: str) -> str:
    only = f" WHEN {condition}" if condition else ""
    return (
        f"CREATE TRIGGER poyta_{table}_{name} {when} ON {table}{only}"
        f" BEGIN SELECT RAISE(ABORT, 'poyta: {message}'); END"
    )
