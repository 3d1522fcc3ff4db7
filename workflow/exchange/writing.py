"""Writing a table book: from the history of tables to a text that reads back in to the same content."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.history import HistoryEntry
from models.kept import strange
from models.states import LETTERS
from models.tables import PartnershipTable
from workflow.days import local_day, noon
from workflow.details import Detail
from workflow.errors import Usage
from workflow.exchange.arranging import arrange
from workflow.exchange.book import Book, Deed, Thing, new_thing
from workflow.exchange.layout import lay_out
from workflow.exchange.ordering import in_order
from workflow.exchange.parties import Parties
from workflow.exchange.problems import Place, Problems
from workflow.exchange.recorded import History, Recorded, Row
from workflow.exchange.shape import CARRIED_FROM, DRAFTED, FOLLOW_UP, TURN, UNDO, details_at
from workflow.exchange.telling import said_of
from workflow.finding import find
from workflow.lifecycles import PAGE

KINDS = {letter: kind for kind, letter in LETTERS.items()}
ERASED = "…"
"""What stands for words that were erased, where a book can't do without any."""


def write_book(session: Session, tables: Iterable[str] = (), *, as_json: bool = False, email: bool = False) -> str:
    """The book of these tables, by their names, or of all: in YAML, or in JSON.

    Raises NotFound and Ambiguous for a name; Usage when a table has to do with another that is not in the book.
    """
    chosen = [find(session, name, "table").id for name in tables] or None
    return lay_out(_Writing(session, chosen, email=email).book(), as_json=as_json)


class _Writing:
    """The way from the database to a book in memory."""

    def __init__(self, session: Session, tables: list[int] | None, *, email: bool) -> None:
        self.session = session
        self.history = History(session, tables)
        self.parties = Parties(session, everybody=tables is None, email=email)
        self.things: dict[str, Thing] = {}
        self.rows: dict[str, Row] = {}
        self.deeds: dict[int, Deed] = {}
        self.since: dict[str, datetime] = {}
        self.entered: dict[tuple[str, str], datetime] = {}
        self.shorts: dict[str, str] = {}

    def book(self) -> Book:
        """Everything of the tables, in one book."""
        firsts = {entry.stream: entry for entry in self.history.entries if entry.from_state is None}
        for row in self.history.rows():
            if f"{row.kind}:{row.id}" not in firsts:
                raise strange(f"{row.kind}:{row.id}")
            self._thing(row, firsts[f"{row.kind}:{row.id}"])
        tables = self.session.execute(select(PartnershipTable.slug, PartnershipTable.id))
        self.shorts = {short: f"table:{id}" for short, id in tables}
        for entry in self.history.entries:
            self._entry(entry)
        self._tie(firsts)
        for root, code in self.history.overridden():
            if root in self.deeds and code not in self.deeds[root].overrides:
                self.deeds[root].overrides += (code,)
        book = Book("", tables=[thing for thing in self.things.values() if thing.kind == "table"])
        arrange(book, {id(deed): entry_id for entry_id, deed in self.deeds.items()})
        self.parties.fill(book)
        self._number(book)
        return book

    # Things

    def _thing(self, row: Row, first: Recorded) -> None:
        stream = f"{row.kind}:{row.id}"
        automatic = None
        if first.cause_id is not None:
            automatic = _automatic(row)
        above = row.under if automatic == CARRIED_FROM else self._began_under(first) or row.under
        thing = new_thing(row.kind, self.things[above] if above else None, Place("", row.id, stream), automatic)
        self.things[stream], self.rows[stream] = thing, row

    def _began_under(self, first: Recorded) -> str | None:
        """A matter may have moved since; anything else stays where it began."""
        if not first.stream.startswith("item:"):
            return None
        return next((f"{KINDS[each[0]]}:{each[1:]}" for each in first.noted("under")), None)

    def _tie(self, firsts: Mapping[str, Recorded]) -> None:
        """What the program made comes of the deed from which it followed."""
        births: Counter[tuple[str, int]] = Counter()
        for stream, thing in self.things.items():
            if thing.automatic is None:
                continue
            thing.birth = self.deeds[self.history.root_of(firsts[stream].id)]
            carried_from = self.rows[stream].carried_from
            thing.origin = self.things[f"item:{carried_from}"] if carried_from else thing.parent
            births[thing.kind, id(thing.origin)] += 1
            thing.nth = births[thing.kind, id(thing.origin)]

    # What happened

    def _entry(self, entry: Recorded) -> None:
        told = dict(entry.told)
        if "undoes" in told:
            self._undone(entry)
        elif entry.cause_id is None:
            self._done(entry, told)
        if entry.from_state != entry.to_state:
            entered = (entry.stream, entry.to_state)
            if entry.move != UNDO:
                self.entered[entered] = entry.happened_at
            self.since[entry.stream] = self.entered[entered]

    def _done(self, entry: Recorded, told: Mapping[str, str]) -> None:
        thing = self.things.get(entry.stream)
        if thing is None or entry.move not in PAGE[thing.kind].moves:
            raise strange(f"{entry.stream} {entry.move}")
        if entry.from_state is None:
            deed = thing.deeds[0]
        else:
            deed = Deed(thing, entry.move, thing.place)
            thing.deeds.append(deed)
        self.deeds[entry.id] = deed
        self._how(deed, entry)
        deed.on = self._on(entry)
        self._details(deed, told, self.history.words.get(entry.id, {}))

    def _undone(self, entry: Recorded) -> None:
        """The last entry of an undoing stands for the whole: it is about the thing of the command taken back."""
        root = self.history.root_of(entry.id)
        thing = self.things[entry.stream]
        if root in self.deeds:
            deed = self.deeds[root]
            deed.thing.deeds.remove(deed)
            deed.thing = thing
        else:
            deed = self.deeds[root] = Deed(thing, UNDO, thing.place)
            self._how(deed, entry)
            deed.on = entry.happened_at
        thing.deeds.append(deed)

    def _how(self, deed: Deed, entry: Recorded) -> None:
        deed.by = self.parties.named(f"person:{entry.actor}")
        deed.reason = self.history.words.get(entry.id, {}).get("reason")
        if told := entry.noted("told"):
            deed.told = date.fromisoformat(told[0])
        elif entry.auth != "book" and local_day(entry.recorded_at) != local_day(entry.happened_at):
            deed.told = local_day(entry.recorded_at)

    def _on(self, entry: Recorded) -> date | datetime:
        """The day, where reading it in makes the same moment of it; else the moment."""
        day = local_day(entry.happened_at)
        moment = noon(day)
        begins_at = self.rows[entry.stream].begins_at
        if entry.move == "hold" and begins_at is not None and local_day(begins_at) == day:
            moment = begins_at
        since = self.since.get(entry.stream)
        kind = self.things[entry.stream].kind
        moves = PAGE[kind].moves[entry.move].to is not None and entry.from_state is not None
        if moves and since is not None and since > moment and local_day(since) == day:
            moment = since
        return day if moment == entry.happened_at else entry.happened_at

    def _details(self, deed: Deed, told: Mapping[str, str], words: Mapping[str, str]) -> None:
        """What it was told, in the order in which it was: who is present and excused too is what was said last."""
        details = details_at(deed.thing.kind, deed.move)
        for name in _in_their_order(details, told, words):
            kind, said = details[name].kind, words.get(name, told.get(name))
            deed.given[name] = ERASED if said is None else said_of(kind, said, lambda each: self._named(each, deed))

    def _named(self, reference: str, deed: Deed) -> Any:
        """Who or what is meant."""
        if reference in self.shorts:
            self._refer(self.shorts[reference], deed)
            return reference
        if "/" in reference:  # a matter goes by its place on an agenda
            return self._refer(find(self.session, reference, "item").stream, deed)
        kind = "person" if reference.startswith("person:") else KINDS[reference[0]]
        if kind in ("person", "organisation", "project"):
            return self.parties.named(reference)
        return self._refer(f"{kind}:{reference[1:]}", deed)

    def _refer(self, stream: str, deed: Deed) -> Thing:
        if stream not in self.things:
            raise Usage("export_needs_table", tables=[self._short(stream)])
        deed.refers.append(self.things[stream])
        return self.things[stream]

    def _short(self, stream: str) -> str:
        """The short name of the table that something belongs to."""
        of_table = PartnershipTable.id == HistoryEntry.table_id
        wanted = select(PartnershipTable.slug).join(HistoryEntry, of_table).where(HistoryEntry.stream == stream)
        return self.session.scalars(wanted.limit(1)).one()

    # The order

    def _number(self, book: Book) -> None:
        """Numbers are given only where the days would tell another order than that in which things were recorded."""
        recorded = [self.deeds[entry_id] for entry_id in sorted(self.deeds)]
        undone = any(deed.move == UNDO for deed in recorded)
        if not undone and in_order([book], Problems()) == recorded:
            return
        for number, deed in enumerate(recorded, 1):
            deed.number = number


def _in_their_order(details: Mapping[str, Detail], told: Iterable[str], words: Iterable[str]) -> list[str]:
    """The names of everything told, as in the list of details; but facts that were told otherwise keep their order."""
    facts = [name for name in told if name in details]
    erased = [name for name, each in details.items() if each.required and each.personal]
    names = dict.fromkeys([*words, *facts, *erased])
    listed = [name for name in details if name in names]
    if facts == [name for name in listed if name in facts]:
        return listed
    return [*(name for name in listed if name not in facts), *facts]


def _automatic(row: Row) -> str:
    """What a thing is that followed from something else."""
    if row.kind == "item":
        return FOLLOW_UP if row.carried_from is None else CARRIED_FROM
    return {"referral": DRAFTED, "action": TURN}[row.kind]
