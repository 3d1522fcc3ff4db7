"""How much of a sheet of paper a document fills, reckoned from its words: nobody folds three pages into a bulletin."""

from collections.abc import Iterator
from textwrap import wrap

from workflow.documents.content import Block, Document, Grid, Line, Listed, Pairs, Part, Picture, Words, plain

LETTERS = 44
"""How many letters there are in a line of a column, as `bulletin.css` prints it."""
LINES = 92
"""How many lines there are in the two columns of an A4 page."""
HEAD = 14
"""How many of them the sender, the title and the foot take."""


def pages(document: Document) -> float:
    """About how many A4 pages a document fills when it is printed in two columns."""
    return (HEAD + sum(lines for block in document.blocks for lines in _lines(block))) / LINES


def _lines(block: Block) -> Iterator[float]:
    """The lines of a block, with the empty space around it as a part of one."""
    match block:
        case Line(words):
            yield _long(words) + 0.5
        case Pairs(pairs):
            yield from (_long(name) + _long(words) + 0.2 for name, words in pairs)
        case Listed(items):
            yield from (_long(words, LETTERS - 3) + 0.2 for words in items)
        case Grid(caption, columns, rows):
            share = LETTERS // max(len(columns), 1) - 2
            yield from (_long(caption) + 0.5 if caption else 0, max(_long(each, share) for each in columns) + 0.5)
            yield from (max(_long(words, share) for words in row) + 0.5 for row in rows)
        case Part(heading, blocks):
            yield _long(heading) * 1.3 + 1.5
            for each in blocks:
                yield from _lines(each)
        case Picture():
            yield LINES / 4


def _long(words: Words, letters: int = LETTERS) -> int:
    return max(len(wrap(plain(words), letters)), 1)
