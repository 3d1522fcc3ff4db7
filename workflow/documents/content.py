"""What a document says, before it is HTML, Word or plain text: parts under headings, each a line, a list or a grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Said(NamedTuple):
    """Words that people wrote, and their language where it is not that of the document (WCAG 3.1.2)."""

    text: str
    language: str = ""


Words = str | Said


@dataclass(frozen=True)
class Line:
    """A sentence or a few, as one paragraph."""

    words: Words
    before: str = ""
    """What they are, said in front of them in the language of the document: `Agreed:`."""


@dataclass(frozen=True)
class Pairs:
    """Names and what each is: when, where, who leads."""

    pairs: Sequence[tuple[str, Words]]


@dataclass(frozen=True)
class Listed:
    """Several things one under the other. Numbered, where people speak of the second."""

    items: Sequence[Words]
    numbered: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of one kind. The first cell of a row says which row it is, as the columns say what the others are.

    Without a caption it is what the heading above it says.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Words]]
    sortable: bool = False
    """Whether its readers may want it in another order."""


@dataclass(frozen=True)
class Picture:
    """A drawing. `svg` says what it shows in words of its own, and `instead` is that for plain text."""

    svg: str
    instead: str


@dataclass(frozen=True)
class Part:
    """What stands under one heading."""

    heading: Words
    blocks: "Sequence[Block]"


Block = Line | Pairs | Listed | Grid | Picture | Part


@dataclass(frozen=True)
class Head:
    """The identification data of a document, as SFS 2487 places them: who, what, when, which."""

    sender: Words
    kind: str
    date: str = ""
    number: str = ""
    register: str = ""


@dataclass(frozen=True)
class Document:
    """A document in one language."""

    language: str
    title: Words
    head: Head
    blocks: Sequence[Block]
    foot: Sequence[str] = ()
    """Where it comes from, and how much history there was: the size and the short root (trust.md 2)."""
    look: str = ""
    """The name of a style sheet of its own, for what is not read like the other papers: `bulletin`."""


def plain(words: Words) -> str:
    """The words alone."""
    return words if isinstance(words, str) else words.text
