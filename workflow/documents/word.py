"""A document as a Word file (.docx), with real headings, lists and table headers, to be read aloud and worked on."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from typing import Any

from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Header
from docx.shared import Cm, Length, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from workflow.documents.content import (
    Block,
    Document,
    Grid,
    Head,
    Line,
    Listed,
    Pairs,
    Part,
    Picture,
    Said,
    Words,
    plain,
)
from workflow.documents.paper import blank, describe, lang, listed, style_of, width_of, written
from workflow.errors import Usage
from workflow.language.visible import visible

TAGS = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
"""Languages as Word has them: it corrects the spelling of each by its country."""
DEEPEST = 9
"""How many levels of headings Word has."""
RIGHT = Cm(9)
"""Where kind, number and date of a document stand (SFS 2487)."""
INDENT = Cm(2.3)
"""How far text stands from the headings (SFS 2487)."""
NAMES = Cm(4.6)
"""Where what stands beside its name begins."""
LONGEST_SENDER = 40
"""Letters that fit before what stands to the right."""


def as_docx(documents: Sequence[Document], own: Path | None = None) -> bytes:
    """One document, or the same in several languages one after another, each from a new page.

    `own`: a folder of the table's own templates. What is written on is the `document.docx` in it, if any. Raises Usage.
    """
    word = blank(own)
    theirs = _has_header(word.sections[0])
    for nth, each in enumerate(documents):
        section = word.add_section(WD_SECTION.NEW_PAGE) if nth else word.sections[0]
        if not theirs:
            _number_pages(section, each)
        _Writing(word, each.language).document(each)
    title = " · ".join(_one_line(each.title) for each in documents)
    describe(word, title, TAGS[documents[0].language])
    return written(word)


class _Writing:
    """One document being written, in its language."""

    def __init__(self, word: Word, language: str) -> None:
        self.word = word
        self.language = language
        self.styles: dict[str, str] = {}

    def document(self, document: Document) -> None:
        self._head(document.head)
        self._under("Title", document.title)
        for block in document.blocks:
            self._block(block, 1)
        for nth, line in enumerate(document.foot):
            paragraph = self._paragraph()
            paragraph.paragraph_format.space_before = Pt(0 if nth else 24)
            paragraph.paragraph_format.space_after = Pt(0)
            self._say(paragraph, line).font.size = Pt(9)

    def _head(self, head: Head) -> None:
        """The sender to the left; kind and number, day, register to the right, one under the other."""
        first = self._identified()
        self._say(first, sender := _one_line(head.sender), _language_of(head.sender))
        right = first if len(sender) <= LONGEST_SENDER else self._identified()
        self._say(right, "\t")
        self._say(right, _one_line(head.kind)).bold = True
        if head.number:
            self._say(right, f" {_one_line(head.number)}")
        for told in filter(None, (head.date, head.register)):
            self._say(self._identified(), f"\t{_one_line(told)}")

    def _identified(self) -> Paragraph:
        paragraph = self._paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(RIGHT)
        paragraph.paragraph_format.space_after = Pt(0)
        return paragraph

    def _block(self, block: Block, level: int, heading: Words = "") -> None:
        match block:
            case Line(words, before):
                self._lines(words, before)
            case Pairs(pairs):
                for nth, (name, words) in enumerate(pairs, 1):
                    self._pair(name, words, after=Pt(6 if nth == len(pairs) else 2))
            case Listed(items, numbered):
                self._list(items, numbered=numbered)
            case Grid():
                self._grid(block, heading)
            case Picture():
                self._picture(block)
            case Part(above, blocks):
                self._under(f"Heading {min(level, DEEPEST)}", above)
                for each in blocks:
                    self._block(each, level + 1, above)

    def _lines(self, words: Words, before: str = "") -> None:
        lines = [line for line in visible(plain(words)).splitlines() if line.strip()]
        for nth, line in enumerate(lines):
            paragraph = self._paragraph()
            paragraph.paragraph_format.left_indent = INDENT
            if before and not nth:
                self._say(paragraph, f"{_one_line(before)} ")
            self._say(paragraph, line, _language_of(words))

    def _pair(self, name: str, words: Words, after: Length) -> None:
        paragraph = self._paragraph()
        layout = paragraph.paragraph_format
        layout.left_indent, layout.first_line_indent, layout.space_after = INDENT + NAMES, -NAMES, after
        self._say(paragraph, _one_line(name)).bold = True
        self._say(paragraph, "\t")
        self._say(paragraph, _one_line(words), _language_of(words))

    def _list(self, items: Sequence[Words], *, numbered: bool) -> None:
        number = listed(self.word, numbered=numbered)
        for words in items:
            paragraph = self._paragraph("List Number" if numbered else "List Bullet")
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
            layout = paragraph.paragraph_format
            layout.left_indent, layout.first_line_indent = INDENT + Cm(0.6), -Cm(0.6)
            self._say(paragraph, _one_line(words), _language_of(words))

    def _grid(self, grid: Grid, heading: Words) -> None:
        if grid.caption:
            self._under("Caption", grid.caption)
        table = self.word.add_table(0, len(grid.columns))
        table._tbl.tblStyle_val = self._style("Table Grid")
        for width, column in zip(_widths(grid, width_of(self.word)), table.columns, strict=True):
            column.width = width
        for cells in (grid.columns, *grid.rows):
            row = table.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, words in zip(row.cells, cells, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                self._say(paragraph, _one_line(words), _language_of(words)).bold = cells is grid.columns or None
        _name_columns(table, _one_line(grid.caption or heading))
        under = self._paragraph().paragraph_format  # Word wants a paragraph after a table
        under.space_after, under.line_spacing = Pt(0), Pt(6)

    def _picture(self, picture: Picture) -> None:
        if (pixels := _pixels(picture.svg)) is None:
            self._lines(picture.instead)
            return
        shape = self.word.add_picture(BytesIO(pixels), width_of(self.word))
        shape._inline.docPr.set("descr", visible(picture.instead, lines=False))

    def _under(self, style: str, words: Words) -> None:
        self._say(self._paragraph(style), _one_line(words), _language_of(words))

    def _paragraph(self, style: str = "") -> Paragraph:
        paragraph = self.word.add_paragraph()
        if style:
            paragraph._p.style = self._style(style)
        return paragraph

    def _style(self, name: str) -> str:
        """What a style goes by in the file. Looked for once: Word has many."""
        if name not in self.styles:
            self.styles[name] = style_of(self.word, name).style_id
        return self.styles[name]

    def _say(self, paragraph: Paragraph, text: str, language: str = "") -> Any:
        return _said(paragraph, text, language or self.language)


def _said(paragraph: Paragraph, text: str, language: str) -> Any:
    run = paragraph.add_run(text)
    run._r.get_or_add_rPr().append(lang(TAGS.get(language, language)))
    return run


# Pages


def _has_header(section: Section) -> bool:
    """Whether a template has a header of its own. An empty one is as good as none."""
    headers = (section.header, section.first_page_header)
    return any(not each.is_linked_to_previous and _holds_something(each) for each in headers)


def _holds_something(header: _Header) -> bool:
    return bool(header.tables) or any(each.text.strip() or each.runs for each in header.paragraphs)


def _number_pages(section: Section, document: Document) -> None:
    """Page n (m) on each; on all but the first also which document it is, for a sheet that lies alone."""
    head = document.head
    sender = shorten(_one_line(head.sender), 60, placeholder="…")
    which = " · ".join(filter(None, (sender, f"{head.kind} {head.number}".strip(), head.date)))
    section.different_first_page_header_footer = True
    for header, words in ((section.first_page_header, ""), (section.header, visible(which, lines=False))):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if words:
            _said(paragraph, f"{words} · ", document.language)
        _count(paragraph, "PAGE", document.language)
        _said(paragraph, " (", document.language)
        _count(paragraph, "NUMPAGES", document.language)
        _said(paragraph, ")", document.language)


def _count(paragraph: Paragraph, what: str, language: str) -> None:
    """A number that Word fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run = _said(paragraph, "1", language)
    field.append(run._r)
    paragraph._p.append(field)


# Tables


def _name_columns(table: Table, caption: str) -> None:
    """The first row is repeated on each page and read out as the names of the columns; first cells name their rows."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for name, value in (("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1"), ("val", "06A0")):
        look.set(qn(f"w:{name}"), value)
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), caption)
    properties.append(told)


def _widths(grid: Grid, room: int) -> list[int]:
    """As much for each column as it has to say, but never so little that words are cut, nor more than half."""
    longest = [max(len(plain(row[nth])) for row in (grid.columns, *grid.rows)) for nth in range(len(grid.columns))]
    weights = [min(max(each, 14), 40) for each in longest]
    return [room * each // sum(weights) for each in weights]


# Words


def _language_of(words: Words) -> str:
    return words.language if isinstance(words, Said) else ""


def _one_line(words: Words) -> str:
    return visible(" ".join(plain(words).split()), lines=False)


def _pixels(svg: str) -> bytes | None:
    """A picture in pixels; none where the machine has no font to write its words with."""
    from workflow.pictures.png import png

    try:
        return png(svg)
    except (ImportError, Usage):
        return None
