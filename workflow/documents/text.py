"""A document as plain text: for e-mail, for a screen reader, for any terminal."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from workflow.documents.content import Block, Document, Grid, Line, Listed, Pairs, Part, Picture, Words, plain
from workflow.language.visible import visible

WIDE = 72
"""As long as a line may be that e-mail quotes without breaking it."""
INSET = " " * 4
UNDER = {1: "=", 2: "-"}
"""What stands under a heading, by its level."""


def as_text(documents: Sequence[Document]) -> str:
    """One document, or the same in several languages one after another."""
    return "\n\n\n".join("\n".join(_lines(each)) for each in documents) + "\n"


def _lines(document: Document) -> Iterator[str]:
    head = document.head
    for told in (head.sender, head.kind, head.number, head.date, head.register):
        if words := _one_line(told):
            yield words
    yield ""
    yield from _heading(document.title, 1)
    for block in document.blocks:
        yield ""
        yield from _block(block, 2)
    if document.foot:
        yield ""
        for each in document.foot:
            yield from wrap(_one_line(each), WIDE)


def _heading(words: Words, level: int) -> Iterator[str]:
    lines = wrap(_one_line(words), WIDE)
    yield from lines
    if lines and level in UNDER:
        yield UNDER[level] * max(map(len, lines))


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Line(words, before):
            yield from _paragraphs(f"{before} {plain(words)}" if before else words)
        case Pairs(pairs):
            for name, words in pairs:
                yield from wrap(f"{_one_line(name)}: {_one_line(words)}", WIDE, subsequent_indent="  ")
        case Listed(items, numbered):
            for number, words in enumerate(items, 1):
                sign = f"{number}." if numbered else "-"
                yield from wrap(f"{sign} {_one_line(words)}", WIDE, subsequent_indent=" " * (len(sign) + 1))
        case Grid(caption, columns, rows, _):
            yield from _grid(caption, columns, rows)
        case Picture(_, instead):
            yield from _paragraphs(instead)
        case Part(heading, blocks):
            yield from _heading(heading, level)
            for nth, each in enumerate(blocks):
                if nth:
                    yield ""
                yield from _block(each, level + 1)


def _grid(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Words]]) -> Iterator[str]:
    """A row after another, each cell with the name of its column: a screen reader reads no columns out of spaces."""
    if caption:
        yield from wrap(f"{caption}:", WIDE)
    for first, *more in rows:
        yield from wrap(f"- {_one_line(first)}", WIDE, subsequent_indent="  ")
        for column, words in zip(columns[1:], more, strict=True):
            if told := _one_line(words):
                yield from wrap(f"{column}: {told}", WIDE, initial_indent="  ", subsequent_indent="    ")


def _paragraphs(words: Words) -> Iterator[str]:
    """The first as it is, the others set in: a second line of somebody's words is not to be taken for one of ours."""
    first, *others = visible(plain(words)).splitlines() or [""]
    yield from wrap(first, WIDE) or [""]
    for line in others:
        yield from wrap(line, WIDE, initial_indent=INSET, subsequent_indent=INSET) or [""]


def _one_line(words: Words) -> str:
    return visible(" ".join(plain(words).split()), lines=False)
