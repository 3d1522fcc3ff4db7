"""The matters and referrals that the program makes by itself, tied to the deeds from which they follow."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from workflow.errors import NotFound
from workflow.exchange.book import Book, Deed, Thing
from workflow.exchange.names import Names
from workflow.exchange.problems import Problems
from workflow.exchange.shape import CARRIED_FROM, DRAFTED, FOLLOW_UP, TURN


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
    """The meeting on whose agenda it is put, the matter of which it is a copy, or the one that was referred."""
    place = thing.place.at(str(thing.automatic))
    if (kind := _COMES_OF.get(str(thing.automatic))) is not None:
        if thing.parent is not None and thing.parent.kind == kind:
            return thing.parent
        problems.add(place, f"no_{thing.automatic}")
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


_COMES_OF = {FOLLOW_UP: "meeting", DRAFTED: "item", TURN: "rota"}
"""Of what kind of thing that it stands under."""


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
    if thing.automatic == TURN:
        return [deed for deed in origin.deeds if deed.move == "turn"]
    outcome = "referred" if thing.automatic == DRAFTED else "carried_over"
    return [deed for deed in origin.deeds if deed.move == "settle" and _outcome(deed) == outcome]


def _outcome(deed: Deed) -> str:
    return str(deed.given.get("outcome", "")).strip().lower().replace("-", "_")


class Births:
    """Which thing of the books is which row, from its beginning on."""

    def __init__(self, things: Iterable[Thing], problems: Problems) -> None:
        self.things: dict[tuple[str, int], Thing] = {}
        self.unborn: dict[tuple[str, int, int], Thing] = {}
        self.made: Counter[tuple[str, int]] = Counter()
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
        """So has one that the program made: it is the next of its kind that come of the same thing."""
        origin = id(self.things.get(_origin_of(row)))
        self.made[row.kind, origin] += 1
        thing = self.unborn.get((row.kind, origin, self.made[row.kind, origin]))
        if thing is not None:
            self.born(thing, row)

    def _expect(self, thing: Thing, key: str, problems: Problems) -> None:
        first = self.unborn.setdefault((thing.kind, id(thing.origin), thing.nth), thing)
        if first is not thing:
            problems.add(thing.place.at(key), "key_repeated", key=key, first=first.place.line)
            thing.failed = True


def _origin_of(row: Any) -> tuple[str, int]:
    """Of what a thing comes that the program made."""
    if row.kind == "referral":
        return "item", row.item_id
    if row.kind == "action":
        return "rota", row.rota_id
    return ("meeting", row.meeting_id) if row.carried_from_id is None else ("item", row.carried_from_id)
