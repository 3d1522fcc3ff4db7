"""The order of a book that is written out, and the handles in it."""

from collections import Counter
from collections.abc import Mapping

from models.states import LETTERS
from workflow.exchange.book import Book
from workflow.exchange.shape import CARRIED_FROM, CHILDREN


def arrange(book: Book, recorded: Mapping[int, int]) -> None:
    """Put everything in the order of the text, and give handles to what other places name.

    `recorded`: the place of each deed in the order in which things were written down.
    """
    _leave_out(book)
    first = {id(thing): min((recorded[id(deed)] for deed in thing.deeds), default=0) for thing in book.things()}
    for thing in book.things():
        order = list(CHILDREN[thing.kind].values())
        thing.children.sort(key=lambda each: (order.index(each.kind), first[id(each)]))
    named = {id(each) for deed in book.deeds() for each in deed.refers if each.kind != "table"}
    named |= {id(each.origin) for each in book.things() if each.automatic == CARRIED_FROM}
    counts: Counter[str] = Counter()
    for thing in book.things():
        if id(thing) in named:
            counts[thing.kind] += 1
            thing.ref = f"{LETTERS.get(thing.kind, thing.kind[0]).lower()}{counts[thing.kind]}"


def _leave_out(book: Book) -> None:
    """What the program makes by itself stands in the book only where something happened to it."""
    for thing in list(book.things()):
        if thing.automatic and thing.parent and not any(each.deeds for each in thing.all()):
            thing.parent.children.remove(thing)
