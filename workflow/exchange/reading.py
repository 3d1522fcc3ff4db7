"""Reading table books: from files to what they tell, with everything in them that has no place there."""

from collections.abc import Iterable
from pathlib import Path

from workflow.details import PARTY_TAKES
from workflow.exchange import nodes
from workflow.exchange.book import Book, Party
from workflow.exchange.nodes import Node, Scalar, tree_of
from workflow.exchange.packed import is_workbook
from workflow.exchange.parts import Limits, Parts
from workflow.exchange.problems import BookError, BookRefused, Place, wrong
from workflow.exchange.shape import AT_THE_TOP, COORDINATES, FORMAT, PARTIES
from workflow.exchange.sources import Source, source_of
from workflow.exchange.things import Things


def read_books(sources: Iterable[Path | Source]) -> list[Book]:
    """The books in these files. Raises BookRefused for files that can't be read at all.

    What else is wrong with them is told when they are carried out, together with all that is wrong then.
    """
    books: list[Book] = []
    errors: list[BookError] = []
    limits = Limits()
    for each in sources:
        try:
            books.append(read_book(each if isinstance(each, Source) else source_of(each), limits))
        except BookRefused as refused:
            errors += refused.errors
    if errors:
        raise BookRefused(errors)
    return books


def read_book(source: Source, limits: Limits | None = None) -> Book:
    """What one file tells. Raises BookRefused when it is neither a table book nor a workbook."""
    if is_workbook(source):
        from workflow.exchange.filling import book_filled_in

        return book_filled_in(source, limits or Limits())
    tree = tree_of(source.data, source.name)
    if not isinstance(tree, nodes.Mapping) or "poyta" not in tree.items:
        wrong(Place(source.name, tree.line), "not_a_book", format=FORMAT)
    said = tree.items["poyta"]
    if not isinstance(said, Scalar) or said.text != FORMAT:
        wrong(Place(source.name, said.line, "poyta"), "not_this_format", format=FORMAT)
    book = Book(source.name)
    _Reading(book, limits or Limits()).everything(tree)
    return book


class _Reading(Parts):
    """The way from a tree to a book."""

    def __init__(self, book: Book, limits: Limits) -> None:
        super().__init__(book.problems, limits)
        self.book = book
        self.things = Things(book.problems, limits)

    def everything(self, tree: nodes.Mapping) -> None:
        """The whole file."""
        top = Place(self.book.file, 1)
        for key, node in tree.items.items():
            place = top.at(key, node.line)
            if key in PARTIES:
                self.book.parties += [self._party(PARTIES[key], each, at) for each, at in self.listed(node, place)]
            elif key == "coordinators":
                self.book.coordinators += [self._coordinator(each, at) for each, at in self.listed(node, place)]
            elif key == "tables":
                self.book.tables += [self.things.table(each, at) for each, at in self.listed(node, place)]
            elif key != "poyta":
                self.unknown(place, key, AT_THE_TOP)

    def _party(self, kind: str, node: Node, place: Place) -> Party:
        self.limits.row(place)
        party = Party(kind, place)
        takes = {each.name: each.kind for each in PARTY_TAKES[kind]}
        for key, part in self.named(node, place):
            at = place.at(key, part.line)
            if key == "ref":
                party.ref = self.handle(part, at)
            elif key in takes:
                self.give(party.given, key, takes[key], part, at)
            else:
                self.unknown(at, key, [*takes, "ref"])
        return party

    def _coordinator(self, node: Node, place: Place) -> Party:
        self.limits.row(place)
        party = Party("coordinator", place)
        for key, part in self.named(node, place):
            at = place.at(key, part.line)
            if key in COORDINATES:
                self.give(party.given, key, COORDINATES[key], part, at)
            else:
                self.unknown(at, key, COORDINATES)
        return party
