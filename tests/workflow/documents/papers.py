"""The papers of made-up and real tables that the tests make, and how one is seen to be hollow."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from models.reading import open_reader
from tests.cli.hostile import EXAMPLE, read_in
from workflow.documents.action_list import action_list
from workflow.documents.bulletin import Issue, bulletin
from workflow.documents.content import Block, Document, Grid, Line, Listed, Pairs, Part, plain
from workflow.documents.gathering import Reading
from workflow.documents.invitation import invitation
from workflow.documents.results import results
from workflow.documents.table_card import table_card

SPRING = date(2016, 5, 20)
"""The day on which Valkama is read of: in the middle of everything."""

BOOKS = {
    "valkama": Path(__file__).with_name("valkama.yaml"),
    "mallila": EXAMPLE,
    "keuruu": EXAMPLE.with_name("keuruu.yaml"),
    "toivakka": EXAMPLE.with_name("toivakka.yaml"),
}

Make = Callable[[Mapping[str, str], str, bool], Document]


def places(template: Path, folder: Path) -> dict[str, str]:
    """Each book in a file of its own."""
    return {
        name: str(read_in(book.read_text(encoding="utf-8"), template, folder / f"{name}.db"))
        for name, book in BOOKS.items()
    }


def paper(book: str, day: date, make: Callable[..., Document], *told: object) -> Make:
    """A paper of one of the tables, to be made in any language. Its foot differs from one database to the next."""

    def made(at: Mapping[str, str], language: str, public: bool) -> Document:
        ref, *more = told
        with open_reader(at[book]) as reader:
            return replace(make(reader, ref, Reading(language, day, public), *more), foot=())

    return made


PAPERS: Mapping[str, Make] = {
    "valkama-invitation": paper("valkama", SPRING, invitation, "M2"),
    "valkama-results": paper("valkama", SPRING, results, "T1"),
    "valkama-card": paper("valkama", SPRING, table_card, "valkama"),
    "valkama-actions-person": paper("valkama", SPRING, action_list, "P1"),
    "valkama-actions-organisation": paper("valkama", SPRING, action_list, "G1"),
    "valkama-bulletin": paper("valkama", SPRING, bulletin, "valkama", Issue(SPRING, date(2016, 8, 31))),
    "mallila-invitation": paper("mallila", date(2024, 2, 13), invitation, "M1"),
    "mallila-results": paper("mallila", date(2024, 12, 2), results, "T3"),
    "keuruu-card": paper("keuruu", SPRING, table_card, "keuruu"),
    "keuruu-bulletin": paper("keuruu", SPRING, bulletin, "keuruu", Issue(date(2016, 2, 1))),
    "toivakka-bulletin": paper("toivakka", date(2016, 6, 1), bulletin, "toivakka", Issue(date(2016, 6, 1))),
}
"""Every paper that is kept as a whole file in each language."""


def hollow(document: Document) -> list[str]:
    """Where a document has a heading, a list or a row with nothing in it: what should have been left out."""
    return [*_empty("", document.title), *(fault for block in document.blocks for fault in _hollow("", block))]


def _hollow(where: str, block: Block) -> Iterator[str]:
    match block:
        case Line(words):
            yield from _empty(where, words)
        case Pairs(pairs):
            yield from [] if pairs else [f"no pairs: {where}"]
            yield from (fault for name, words in pairs for each in (name, words) for fault in _empty(where, each))
        case Listed(items):
            yield from [] if items else [f"no items: {where}"]
            yield from (fault for words in items for fault in _empty(where, words))
        case Grid(_, columns, rows):
            yield from [] if rows else [f"no rows: {where}"]
            yield from (f"ragged: {where}" for row in rows if len(row) != len(columns))
            yield from (fault for row in rows for fault in _empty(where, row[0]))
        case Part(heading, blocks):
            yield from _empty(where, heading)
            yield from [] if blocks else [f"no blocks: {plain(heading)}"]
            yield from (fault for each in blocks for fault in _hollow(plain(heading), each))


def _empty(where: str, words: object) -> Iterator[str]:
    text = plain(words)  # type: ignore[arg-type]  # words of either kind
    if not text.strip() or "None" in text or "{" in text:
        yield f"says nothing: {where}: {text!r}"
