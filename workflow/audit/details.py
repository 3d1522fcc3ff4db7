"""What each thing is called, for when, whose it is: a detail is as it was told last, in the history or its words.

Only what goes into columns of the thing itself is looked at (`workflow.putting`). Words that were erased are compared
with those that stand there now, for a name goes out of both alike.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from models.archive import Archive
from workflow import putting
from workflow.audit.findings import Findings
from workflow.audit.parties import Parties, facts_in, number_in
from workflow.audit.replaying import COMPENSATING
from workflow.details import Detail, details_of
from workflow.lifecycles import PAGE
from workflow.values import Flag, Many, Thing

Columns = tuple[str, ...]
Value = tuple[str | None, ...]
"""What stands in the columns of a detail, as text."""

CLEARED: Mapping[str, Columns] = {
    "theme reopen": ("agreed_in", "evaluation", "outcome"),
    "action postpone": ("due",),
    "memo circulate": ("silent_until",),
    "item disclose": ("confidential",),
}
"""Details that a move takes away, by `kind move`, where it does not tell them anew (`workflow.changes`)."""
NO_AGAIN: Mapping[str, Columns] = {"item settle": ("no_action",)}
"""What is no again when such a move is undone."""
UNDOING = ("undo", "withdraw")
NOTHING: tuple[Any, ...] = ()


class Told(NamedTuple):
    """What an entry told: its number, its move, and a detail. No detail, where it matters only that it is undone."""

    number: str
    move: str
    name: str
    value: str


class Telling:
    """The details of one thing as its entries tell them, one after another."""

    def __init__(self, kind: str) -> None:
        self.now: dict[str, str | None] = {}
        self._kind = kind
        self._told: list[Told] = []

    def hear(self, number: int, move: str, facts: Mapping[str, str]) -> None:
        """One more entry. What is taken back gives way to what was told before it."""
        if COMPENSATING in facts:
            self._take_back(facts[COMPENSATING])
            return
        if (way := f"{self._kind} {move}") in CLEARED:
            self.now.update(dict.fromkeys(CLEARED[way]))
        if way in NO_AGAIN:
            self._told.append(Told(str(number), move, "", ""))
        for name, value in facts.items():
            self.say(number, move, name, value)

    def say(self, number: int, move: str, name: str, value: str) -> None:
        """One of the details, or of the words, of the newest entry."""
        if name in details_in(self._kind, move):
            self.now[name] = value
            self._told.append(Told(str(number), move, name, value))

    def _take_back(self, number: str) -> None:
        undone = [each for each in self._told if each.number == number]
        self._told = [each for each in self._told if each.number != number]
        for _, move, name, _ in undone:
            if name:
                self.now[name] = next((each.value for each in reversed(self._told) if each.name == name), None)
            self.now.update(dict.fromkeys(NO_AGAIN.get(f"{self._kind} {move}", ()), str(False)))


class Looked(NamedTuple):
    """A detail that is looked at, and where its columns are among those that were read."""

    detail: Detail
    places: tuple[int, ...]


class Details:
    """A look at everything that was told of things."""

    def __init__(self, archive: Archive, parties: Parties, tables: Mapping[int, str], findings: Findings) -> None:
        self.archive = archive
        self.parties = parties
        self.findings = findings
        self._numbers = {slug: str(number) for number, slug in tables.items()}

    def look_at_details(self, kept_in: Mapping[str, str]) -> None:
        """Every column that a detail goes into holds what was told last."""
        for kind, table in kept_in.items():
            if details := _all_details(kind):
                self._look_at(kind, table, details)

    def look_at_merged(self) -> None:
        """A party that was merged means the one that its history says."""
        for kind, table in (("person", "people"), ("organisation", "organisations")):
            merged = f"SELECT id, merged_into_id FROM {table} WHERE merged_into_id IS NOT NULL"  # noqa: S608  # ours
            for number, into in self.archive.rows(f"{merged} ORDER BY id"):
                if self.parties.meant(kind, number) not in (into, number):  # not merged at all is told of elsewhere
                    self.findings.add("detail_differs", f"{kind}:{number}", detail="into")

    def _look_at(self, kind: str, table: str, details: Mapping[str, Detail]) -> None:
        columns = list(dict.fromkeys(column for each in details.values() for column in columns_of(each)))
        looked = {
            name: Looked(each, tuple(columns.index(column) for column in columns_of(each)))
            for name, each in details.items()
        }
        for number, row, telling in self._tellings(kind, table, columns):
            for name, told in telling.now.items():
                if not self._is_as_told(looked[name], row, told):
                    self.findings.add("detail_differs", f"{kind}:{number}", detail=name)

    def _is_as_told(self, looked: Looked, row: Sequence[Any], told: str | None) -> bool:
        detail, (first, *more) = looked
        if told == row[first] and not more:
            return True  # as it is mostly, and quickly seen
        kept = tuple(_text(detail, row[place]) for place in looked.places)
        return kept == self._put(detail, told)

    def _tellings(self, kind: str, table: str, columns: Sequence[str]) -> Iterator[tuple[int, Sequence[Any], Telling]]:
        """What was told of each thing, with what is kept of it. There is a row for each of the words of an entry."""
        query = _TELLING.format(
            kind=kind,
            table=table,
            columns=", ".join(f"t.{each}" for each in columns),
            moves=_listed(_telling_moves(kind)),
            clearing=_listed(_clearing_moves(kind)),
            fields=_listed(_all_details(kind)),
        )
        for thing, rows in groupby(self.archive.rows(query), key=itemgetter(0)):
            telling, heard, row = Telling(kind), 0, NOTHING
            for row in rows:
                _, version, number, move, facts, field, text, *_ = row
                if version != heard:
                    telling.hear(number, move, facts_in(facts))
                    heard = version
                if field is not None:
                    telling.say(number, move, field, text)
            yield thing, row[7:], telling

    def _put(self, detail: Detail, told: str | None) -> Value:
        """What stands in the columns of a detail that is told so."""
        wide = len(columns_of(detail))
        if told is None:
            return (None,) * wide
        if isinstance(detail.put, putting.Either):
            kind, number = self.parties.named(told)
            meant = _number(self.parties.meant(kind, number))
            return (meant, None) if kind == "person" else (None, meant)
        if isinstance(detail.kind, Thing):
            return (self._meant(detail.kind, told),)
        if detail.put is putting.span:
            begins, _, ends = told.partition("/")
            return begins, ends or None
        return (told,)

    def _meant(self, kind: Thing, told: str) -> str | None:
        (only,) = kind.kinds
        if only == "table":
            return self._numbers.get(told, told)
        if only in ("person", "organisation"):
            return _number(self.parties.meant(*self.parties.named(told)))
        return _number(number_in(told, only))


def columns_of(detail: Detail) -> Columns:
    """The columns of the thing itself that a detail goes into, and only it; none for what is put elsewhere."""
    put = detail.put
    if isinstance(detail.kind, Many):
        return ()
    if isinstance(put, putting.Either):
        return tuple(f"{each.name}_id" for each in put.sides.values())
    if isinstance(put, putting.Relation):
        return (f"{put.name}_id",)
    if isinstance(put, putting.Due):
        return ("due_on",)
    if put is putting.span:
        return "begins_at", "ends_at"
    return (put.name,) if isinstance(put, putting.Column) else ()


@cache
def details_in(kind: str, move: str) -> Mapping[str, Detail]:
    """The details that a move may be told and that are looked at, by name."""
    life = PAGE[kind]
    takes = details_of(life, life.moves[move]) if move in life.moves else {}
    return {name: each for name, each in takes.items() if columns_of(each)}


def _all_details(kind: str) -> dict[str, Detail]:
    return {name: each for move in PAGE[kind].moves for name, each in details_in(kind, move).items()}


def _telling_moves(kind: str) -> list[str]:
    """The moves that tell something, and those that take others back."""
    telling = (move for move in PAGE[kind].moves if details_in(kind, move))
    return sorted({*telling, *_clearing_moves(kind), *UNDOING})


def _clearing_moves(kind: str) -> list[str]:
    """The moves of which it matters that they were made, even where they tell nothing."""
    return [move for move in PAGE[kind].moves if f"{kind} {move}" in {*CLEARED, *NO_AGAIN}]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names) or "''"


def _text(detail: Detail, value: Any) -> str | None:
    if value is None:
        return None
    return str(bool(value)) if isinstance(detail.kind, Flag) else str(value)


def _number(number: int | None) -> str | None:
    return None if number is None else str(number)


_TELLING = """
    SELECT t.id, h.version, h.number, h.move, h.facts, w.field, w.text, {columns}
    FROM {table} t JOIN history h ON h.stream = '{kind}:' || t.id
    LEFT JOIN history_words w ON w.entry_id = h.id AND w.field IN ({fields})
    WHERE h.move IN ({moves}) AND (h.facts <> '[]' OR w.id IS NOT NULL OR h.move IN ({clearing}))
    ORDER BY t.id, h.version, w.id"""
