"""The matters that the program makes by itself, tied to the deeds from which they follow."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from workflow.errors import NotFound
from workflow.exchange.book import Book, Deed, Thing
from workflow.exchange.names import Names
from workflow.exchange.problems import Problems
from workflow.exchange.shape import CARRIED_FROM, FOLLOW_UP


def tie_births(books: Iterable[Book], names: Names, problems: Problems) -> None:
    """Give each its origin and its birth; one that can have none has failed."""
    for thing in (thing for book in books for thing in book.things() if thing.automatic):
        thing.origin = _origin(thing, names, problems)
        births = [] if thing.origin is None else _births(thing, thing.origin)
        if births:
            thing.birth = births[min(thing.nth, len(births)) - 1]
        elif thing.origin is not None:
            problems.add(thing.place.at(str(thing.automatic)), f"no_{thing.automatic}")
        thing.failed = thing.birth is None


def _origin(thing: Thing, names: Names, problems: Problems) -> Thing | None:
    """The meeting on whose agenda it is put, or the matter of which it is a copy."""
    place = thing.place.at(str(thing.automatic))
    if thing.automatic == FOLLOW_UP:
        if thing.parent is not None and thing.parent.kind == "meeting":
            return thing.parent
        problems.add(place, "no_follow_up")
        return None
    try:
        found = names.find(thing.place.file, thing.carried_from or "", "item")
    except NotFound as missing:
        problems.note(place, missing)
        return None
    if isinstance(found, Thing) and not _goes_round(thing, found, names):
        return found
    problems.add(place, f"no_{CARRIED_FROM}")
    return None


def _goes_round(thing: Thing, origin: Thing, names: Names) -> bool:
    """Whether a copy would be a copy of itself."""
    seen = {id(thing)}
    while id(origin) not in seen:
        seen.add(id(origin))
        if origin.carried_from is None:
            return False
        try:
            origin = names.find(origin.place.file, origin.carried_from, "item")
        except NotFound:
            return False
    return True


def _births(thing: Thing, origin: Thing) -> list[Deed]:
    if thing.automatic == FOLLOW_UP:
        return [deed for deed in origin.deeds if deed.move == "set_agenda"]
    return [deed for deed in origin.deeds if deed.move == "settle" and _carries_over(deed)]


def _carries_over(deed: Deed) -> bool:
    return str(deed.given.get("outcome", "")).strip().lower().replace("-", "_") == "carried_over"


class Births:
    """Which thing of the books is which row, from its beginning on."""

    def __init__(self, things: Iterable[Thing], problems: Problems) -> None:
        self.things: dict[tuple[str, int], Thing] = {}
        self.unborn: dict[tuple[int, int], Thing] = {}
        self.made: Counter[int] = Counter()
        for thing in things:
            if thing.automatic and thing.origin is not None:
                self._expect(thing, thing.automatic, problems)

    def thing(self, kind: str, number: int) -> Thing | None:
        """The thing of a row, if the books know of it."""
        return self.things.get((kind, number))

    def born(self, thing: Thing, row: Any) -> None:
        """A thing has come into being."""
        thing.row = row
        self.things[thing.kind, row.id] = thing

    def made_by_program(self, row: Any) -> None:
        """So has a matter that the program made: it is the next of those that come of the same thing."""
        first = row.carried_from_id
        origin = self.things.get(("meeting", row.meeting_id) if first is None else ("item", first))
        self.made[id(origin)] += 1
        thing = self.unborn.get((id(origin), self.made[id(origin)]))
        if thing is not None:
            self.born(thing, row)

    def _expect(self, thing: Thing, key: str, problems: Problems) -> None:
        first = self.unborn.setdefault((id(thing.origin), thing.nth), thing)
        if first is not thing:
            problems.add(thing.place.at(key), "key_repeated", key=key, first=first.place.line)
            thing.failed = True
