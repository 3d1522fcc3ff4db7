"""Looking at every value of a book before anything happens, so that all that is wrong is told at once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from workflow.details import PERSON
from workflow.errors import BadValue, PoytaError
from workflow.exchange.book import Book, Deed, Thing
from workflow.exchange.bookwork import BookWork
from workflow.exchange.names import Names
from workflow.exchange.problems import Place, Problems
from workflow.exchange.shape import details_at
from workflow.lifecycles import PAGE
from workflow.values import Kind, Many, clean_text
from workflow.work import Work

CODES = frozenset(
    promise.code for life in PAGE.lifecycles.values() for made in life.promises.values() for promise in made
)


class Checking(BookWork):
    """Reads as the gate will read, where the things of the book are not there yet."""

    def __init__(self, work: Work, names: Names, problems: Problems) -> None:
        super().__init__(work, work.actor, names)
        self.problems = problems
        self.met: list[Thing] = []

    def find(self, reference: str, *kinds: str) -> Any:
        """What the book means by it; a thing of the book itself is noted."""
        found = self.names.find(self.file, reference, *kinds)
        if isinstance(found, Thing):
            self.met.append(found)
        return found

    def name_things(self, books: Iterable[Book]) -> None:
        """Let tables be found by their names, and everything by its handle."""
        for thing in (thing for book in books for thing in book.things()):
            if thing.kind == "table":
                self._name_table(thing)
            if thing.ref and not self.names.add_handle(thing.place.file, thing.ref, thing):
                self.problems.add(thing.place.at("ref"), "ref_repeated", value=thing.ref)

    def check(self, deed: Deed) -> None:
        """Read everything that a deed is told, and note what it names."""
        if deed.wrong:
            return
        self.file, self.met = deed.place.file, deed.refers
        before = len(self.problems.found)
        details = details_at(deed.thing.kind, deed.move)
        for name, said in deed.given.items():
            self._read(details[name].kind, name, said, deed.place)
        for name, detail in details.items():
            if detail.required and name not in deed.given:
                self.problems.add(deed.place.at(name), "missing")
        self._how(deed)
        deed.wrong = len(self.problems.found) > before

    def _name_table(self, thing: Thing) -> None:
        short = str(thing.told("short") or "")
        if not short:
            return
        if self.names.called("table", short):
            place = thing.place.at("short", getattr(thing.told("short"), "line", None))
            self.problems.add(place, "exists_already", value=short)
            thing.failed = True
        for name in (short, str(thing.told("name") or short)):
            self.names.add("table", name, thing)

    def _read(self, kind: Kind, name: str, said: Any, place: Place) -> None:
        parts = [(kind, name, said)]
        if isinstance(kind, Many) and isinstance(said, list):
            parts = [(kind.one, f"{name}[{number}]", each) for number, each in enumerate(said)]
        for each, field, value in parts:
            try:
                each.read(value, name, self)
            except PoytaError as error:
                self.problems.note(place.at(field, getattr(value, "line", None)), error)

    def _how(self, deed: Deed) -> None:
        for name, codes in (("override", deed.overrides), ("confirm", deed.confirms)):
            for code in codes:
                if code not in CODES:
                    self.problems.add(deed.place.at(name), "no_such_promise", value=code)
        try:
            deed.reason = None if deed.reason is None else clean_text(deed.reason, "reason", 2000)
        except BadValue as bad:
            self.problems.note(deed.place.at("reason"), bad)
        if deed.by is not None:
            self._read(PERSON, "by", deed.by, deed.place)
        for name, when in (("on", deed.on), ("told", deed.told)):
            if when is not None and self._is_to_come(when):
                self.problems.add(deed.place.at(name), "in_the_future", when=when)

    def _is_to_come(self, when: date | datetime) -> bool:
        return when > self.now if isinstance(when, datetime) else when > self.today
