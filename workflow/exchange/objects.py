"""The things that events are about, as other programs take them: how each stood over time, and what it belongs to."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from models.reading import Reader, Row, any_of, at_least
from models.states import LETTERS
from workflow.exchange.events import ROWS, Event, History, names_of, parts


class Object(NamedTuple):
    """A thing: attributes each with their value and since when, and what it has to do with other things."""

    id: str
    type: str
    attributes: tuple[tuple[str, str, str], ...] = ()
    relations: tuple[tuple[str, str], ...] = ()


class _Sort(NamedTuple):
    """Where a kind of thing is read, what it is a part of, and which codes it was made with and keeps."""

    view: str
    under: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()


_SORTS: Mapping[str, _Sort] = {
    "table": _Sort("v_tables", ("parent_ref",), ("kind_of_table",)),
    "theme": _Sort("v_themes", ("table_ref",)),
    "series": _Sort("v_series", ("theme_ref",)),
    "meeting": _Sort("v_meetings", ("series_ref", "theme_ref")),
    "memo": _Sort("v_memos", ("theme_ref", "meeting_ref")),
    "item": _Sort("v_items", ("theme_ref", "meeting_ref")),
    "rota": _Sort("v_rotas", ("theme_ref",)),
    "action": _Sort("v_actions", ("theme_ref", "meeting_ref", "item_ref", "rota_ref")),
    "referral": _Sort("v_referrals", ("theme_ref", "meeting_ref", "item_ref")),
    "result": _Sort("v_results", ("theme_ref", "meeting_ref")),
    "project": _Sort("v_projects"),
    "organisation": _Sort("v_organisations", keeps=("sector",)),
    "person": _Sort("v_people"),
}

_KINDS = {letter: kind for kind, letter in LETTERS.items()}

EPOCH = "1970-01-01T00:00:00.000000Z"
"""Since when something holds of which no beginning is known (OCEL 2.0, section 7)."""


TOGETHER = 50
"""How many things are looked at at a time, each with its whole history."""


class Relations:
    """What belongs to what, as it is now."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._items = {row["ref"]: f"item:{row['id']}" for row in _all(reader, "v_items")}
        self._joined = _gathered(reader.rows("v_joint_meetings"), "meeting_ref", ("series_ref", "theme_ref"))
        self._came_of = _gathered(reader.rows("v_result_actions"), "result_ref", ("action_ref",))

    def wholes_of(self, events: Sequence[Event]) -> dict[str, tuple[str, ...]]:
        """What the things of these events are parts of, by their histories."""
        numbers: dict[str, set[int]] = {}
        for event in events:
            if event.kind in _SORTS and _SORTS[event.kind].under:
                numbers.setdefault(event.kind, set()).add(_number(event.stream))
        return {
            f"{kind}:{row['id']}": self.wholes(kind, row)
            for kind, some in numbers.items()
            for row in self.reader.rows(_SORTS[kind].view, id=any_of(sorted(some)))
        }

    def wholes(self, kind: str, row: Row) -> tuple[str, ...]:
        """What a thing is a part of; a joint meeting is a part of several series."""
        own = (row[column] for column in _SORTS[kind].under)
        return (*(self._items.get(name, name) for name in own if name), *self._joined.get(row["ref"], ()))

    def relations(self, kind: str, row: Row) -> tuple[tuple[str, str], ...]:
        """What a thing has to do with other things, each with what it is to it."""
        found = [("under", whole) for whole in self.wholes(kind, row)]
        if first := row.get("carried_from_ref"):
            found.append(("carried_from", self._items[first]))
        if first := row.get("again_of_ref"):
            found.append(("again_of", first))
        found += [("came_of", action) for action in self._came_of.get(row["ref"], ())]
        if stays := row.get("into_ref"):
            [into] = names_of(self.reader, [f"{kind}:{stays[1:]}"]).values()
            found.append(("merged_into", into))
        return tuple(dict.fromkeys(found))


def objects_of(history: History, relations: Relations, mentioned: Iterable[str]) -> Iterator[Object]:
    """Everything that is mentioned, and whatever else it belongs to."""
    known: set[str] = set()
    while wanted := sorted(set(mentioned) - known, key=_in_order):
        known |= set(wanted)
        mentioned = []
        for some in parts(wanted, TOGETHER):
            for each in _objects(history, relations, some):
                yield each
                mentioned += (name for _, name in each.relations)


def kind_of(name: str) -> str:
    """The kind of the thing that an export calls so."""
    if ":" in name:
        return name.partition(":")[0]
    return _KINDS[name[0]] if re.fullmatch(r"[A-Z]\d+", name) else "table"


def _objects(history: History, relations: Relations, names: Sequence[str]) -> Iterator[Object]:
    rows = dict(_rows(history.reader, names))
    streams = {name: _stream(name, rows.get(name)) for name in names}
    states = _states(history.reader, list(streams.values()))
    for name in names:
        kind, stood = kind_of(name), states.get(streams[name], {})
        if (row := rows.get(name)) is None:
            yield Object(name, kind, _over_time(stood))
            continue
        since = next(iter(stood), EPOCH)
        kept = [(column, row[column], since) for column in _SORTS[kind].keeps if row.get(column)]
        if history.with_words and kind != "person":
            kept.append(("title", row.get("title") or row["name"], since))
        yield Object(name, kind, (*_over_time(stood), *kept), relations.relations(kind, row))


def _over_time(stood: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(("state", state, time) for time, state in stood.items())


# Reading


def _rows(reader: Reader, names: Sequence[str]) -> Iterator[tuple[str, Row]]:
    """The things that go by these names."""
    named: dict[str, list[str]] = {}
    for name in names:
        named.setdefault(kind_of(name), []).append(name)
    for kind, some in named.items():
        if kind == "person":
            pseudonyms = any_of(name.partition(":")[2] for name in some)
            rows = [*reader.rows("v_people", pseudonym=pseudonyms), *reader.rows("v_merged", pseudonym=pseudonyms)]
            yield from ((f"person:{row['pseudonym']}", row) for row in rows)
        elif kind == "table":
            yield from ((row["ref"], row) for row in reader.rows("v_tables", ref=any_of(some)))
        elif kind in _SORTS:
            yield from _numbered(reader, kind, some)


def _numbered(reader: Reader, kind: str, names: Sequence[str]) -> Iterator[tuple[str, Row]]:
    for row in reader.rows(_SORTS[kind].view, id=any_of(map(_number, names))):
        yield (f"item:{row['id']}" if kind == "item" else row["ref"]), row
    if kind == "organisation":
        yield from ((row["ref"], row) for row in reader.rows("v_merged", kind=kind, ref=any_of(names)))


def _stream(name: str, row: Row | None) -> str:
    """The name of its history. What is read nowhere, as the database itself, goes by that."""
    if row is None:
        return name
    return f"{kind_of(name)}:{row['id'] if 'id' in row else row['ref'][1:]}"


def _states(reader: Reader, streams: Sequence[str]) -> dict[str, dict[str, str]]:
    """Since when things stood in which state, by their histories.

    What was taken back was a mistake: the thing did not stand so.
    """
    entries: dict[str, list[Row]] = {}
    for row in reader.rows("v_history", order="id", stream=any_of(streams)):
        entries.setdefault(row["stream"], []).append(row)
    return {stream: _stood(rows) for stream, rows in entries.items()}


def _stood(entries: Sequence[Row]) -> dict[str, str]:
    undone = {
        value
        for row in entries
        if row["move"] == "undo"
        for name, value in json.loads(row["facts"])
        if name == "undoes"
    }
    stood: dict[str, str] = {}
    state = None
    for row in entries:
        if row["move"] != "undo" and str(row["number"]) not in undone and row["to_state"] != state:
            stood[row["happened_at"]] = state = row["to_state"]
    return stood


def _all(reader: Reader, view: str) -> Iterator[Row]:
    """Every row of a view, some at a time."""
    after = 0
    while rows := reader.rows(view, order="id", limit=ROWS, id=at_least(after + 1)):
        yield from rows
        after = rows[-1]["id"]


def _gathered(rows: Iterable[Row], of: str, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row[of]] = (*found.get(row[of], ()), *(row[column] for column in columns))
    return found


def _in_order(name: str) -> tuple[str, int, str]:
    kind = kind_of(name)
    return kind, 0 if kind in ("table", "person") else _number(name), name


def _number(name: str) -> int:
    """The number in a reference, or in the name of a history."""
    found = re.search(r"\d+$", name)
    return int(found[0]) if found else 0
