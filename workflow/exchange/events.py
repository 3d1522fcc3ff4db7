"""What happened, as events for other programs: read page by page, with nobody's name in it and no words unasked for.

Things go by names that never change: by their references, a person by the pseudonym that the history has, and a matter
by the name of its history (`item:5`), since its place on an agenda (`M12/2`) comes and goes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from models.kept import pairs_of
from models.reading import Reader, Row, any_of, at_least
from models.states import LETTERS
from workflow.exchange.facts import Fact, facts_of, histories_in
from workflow.references import NOBODY

ROWS = 500
"""How many rows are read at a time: few enough for the parameters that any SQLite takes."""


class Event(NamedTuple):
    """One entry of the history: what happened to which thing, when and by whom."""

    id: str
    table: str | None
    number: int
    stream: str
    thing: str
    ref: str
    """What people call the thing now; that of a person is the pseudonym."""
    kind: str
    move: str
    source: str | None
    to: str
    actor: str | None
    role: str
    auth: str
    happened_at: str
    recorded_at: str
    cause: str | None
    """The event that this one followed from."""
    caused_by: str | None
    """The thing to which the cause happened."""
    rules: str
    hash: str
    facts: tuple[Fact, ...]
    words: tuple[tuple[str, str], ...]

    @property
    def type(self) -> str:
        """What sort of event it is: `meeting hold`."""
        return f"{self.kind} {self.move}"

    def attributes(self) -> Iterator[tuple[str, str, str]]:
        """What it says of itself beside its type, its time and the things it names: each with name, value and type.

        What every event has is called as no detail of a move is.
        """
        told = [
            ("entry_number", str(self.number), "integer"),
            ("entry_table", self.table, "string"),
            ("from_state", self.source, "string"),
            ("to_state", self.to, "string"),
            ("actor_role", self.role, "string"),
            ("actor_known", self.auth, "string"),
            ("recorded_at", self.recorded_at, "time"),
            ("because_of", self.cause, "string"),
            ("rules", self.rules, "string"),
        ]
        yield from ((name, value, type) for name, value, type in told if value)
        yield from ((fact.name, fact.value, fact.type) for fact in self.facts if not fact.only_refers)
        yield from ((name, text, "string") for name, text in self.words)


class History:
    """The history of some tables, or all of it with that of people and organisations, as it is exported."""

    def __init__(
        self,
        reader: Reader,
        tables: Sequence[str] = (),
        *,
        words: bool = False,
        told: Callable[[int, int], None] | None = None,
    ) -> None:
        self.reader, self.tables, self.with_words = reader, tuple(tables), words
        self._told = told

    def pages(self) -> Iterator[list[Event]]:
        """Every entry, some at a time, in the order in which they were written; table by table, if some were chosen."""
        for table in self.tables or (None,):
            column, chosen = ("number", {"table_ref": table}) if table else ("id", {})
            for rows in self._pages(column, chosen):
                yield list(self._read(rows))

    def events_of(self, streams: Sequence[str]) -> Iterator[Event]:
        """Every entry of these things, in the order in which they were written."""
        rows = [row for some in parts(streams) for row in self.reader.rows("v_history", stream=any_of(some))]
        for some in parts(sorted(rows, key=lambda row: row["id"])):
            yield from self._read(some)

    def _pages(self, column: str, chosen: dict[str, Any]) -> Iterator[list[Row]]:
        newest = self.reader.rows("v_history", order=f"-{column}", limit=1, **chosen)
        total, done = newest[0][column] if newest else 0, 0
        while rows := self.reader.rows("v_history", order=column, limit=ROWS, **{column: at_least(done + 1)}, **chosen):
            yield rows
            done = rows[-1][column]
            if self._told is not None:
                self._told(done, total)

    def _read(self, rows: Sequence[Row]) -> Iterator[Event]:
        causes = self._causes(rows)
        facts = [facts_of(_kind(row), row["move"], _pairs(row)) for row in rows]
        others = [
            name
            for row, told in zip(rows, facts, strict=True)
            for fact in told
            for name in histories_in(_kind(row), fact)
        ]
        names = names_of(self.reader, [*(row["stream"] for row in rows), *causes.values(), *others])
        words = self._words(rows)
        for row, told in zip(rows, facts, strict=True):
            yield self._event(row, told, names, causes, words.get(row["id"], []))

    def _event(
        self,
        row: Row,
        told: Sequence[Fact],
        names: dict[str, str],
        causes: dict[int, str],
        words: Iterable[tuple[str, str]],
    ) -> Event:
        typed = [(fact.name, fact.value) for fact in told if fact.typed]
        thing = names[row["stream"]]
        return Event(
            id=f"e{row['id']}",
            table=row["table_ref"],
            number=row["number"],
            stream=row["stream"],
            thing=thing,
            ref=row["ref"] if _kind(row) == "item" else thing,
            kind=_kind(row),
            move=row["move"],
            source=row["from_state"],
            to=row["to_state"],
            actor=None if row["actor"] == NOBODY else f"person:{row['actor']}",
            role=row["role"],
            auth=row["auth"],
            happened_at=row["happened_at"],
            recorded_at=row["recorded_at"],
            cause=f"e{row['cause_id']}" if row["cause_id"] else None,
            caused_by=names[causes[row["cause_id"]]] if row["cause_id"] else None,
            rules=row["rules"],
            hash=row["hash"],
            facts=tuple(_by_name(_kind(row), fact, names) for fact in told if not fact.typed),
            words=(*typed, *words) if self.with_words else (),
        )

    def _causes(self, rows: Sequence[Row]) -> dict[int, str]:
        """The stream of every entry that is a cause of one of these."""
        known = {row["id"]: row["stream"] for row in rows}
        wanted = {row["cause_id"] for row in rows} - {None} - set(known)
        earlier = self.reader.rows("v_history", id=any_of(sorted(wanted)))
        return known | {row["id"]: row["stream"] for row in earlier}

    def _words(self, rows: Sequence[Row]) -> dict[int, list[tuple[str, str]]]:
        if not self.with_words:
            return {}
        found: dict[int, list[tuple[str, str]]] = {}
        for row in self.reader.rows("v_history_words", order="id", entry_id=any_of(row["id"] for row in rows)):
            found.setdefault(row["entry_id"], []).append((row["field"], row["text"]))
        return found


# What things are called


def names_of(reader: Reader, streams: Iterable[str]) -> dict[str, str]:
    """What the things with these histories are called in an export."""
    names: dict[str, str] = {}
    unknown: dict[str, list[int]] = {"table": [], "person": []}
    for stream in dict.fromkeys(streams):
        kind, _, number = stream.partition(":")
        if kind in unknown and number.isdecimal():
            unknown[kind].append(int(number))
        names[stream] = f"{LETTERS[kind]}{number}" if kind in LETTERS and kind != "person" else stream
    for some in parts(unknown["table"]):
        names |= {f"table:{row['id']}": row["ref"] for row in reader.rows("v_tables", id=any_of(some))}
    for some in parts(unknown["person"]):
        names |= _pseudonyms(reader, some)
    return names


def _pseudonyms(reader: Reader, numbers: Sequence[int]) -> dict[str, str]:
    refs = any_of(f"P{number}" for number in numbers)
    rows = [*reader.rows("v_people", id=any_of(numbers)), *reader.rows("v_merged", kind="person", ref=refs)]
    return {f"person:{row['ref'][1:]}": f"person:{row['pseudonym']}" for row in rows}


def _by_name(kind: str, fact: Fact, names: dict[str, str]) -> Fact:
    """What is told as the name of a history is called as everything else is."""
    if not (histories := histories_in(kind, fact)):
        return fact
    refers = tuple(names[each] for each in histories)
    return fact._replace(value=" ".join(refers), refers=refers, only_refers=True)


# Rows


def parts(many: Sequence[Any], size: int = ROWS) -> Iterator[Sequence[Any]]:
    """As many at a time as are asked for at once."""
    yield from (many[place : place + size] for place in range(0, len(many), size))


def _kind(row: Row) -> str:
    return str(row["stream"]).partition(":")[0]


def _pairs(row: Row) -> list[tuple[str, str]]:
    return pairs_of(row["facts"])
