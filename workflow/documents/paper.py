"""What a Word document is written on: our styles on A4, or a template of the table's own."""

from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle

from workflow.errors import Usage

TEMPLATE = "document.docx"
FONT = "Calibri"
INK = RGBColor(0x1A, 0x1A, 0x1A)
SIZES = {"Title": 20, "Heading 1": 14, "Heading 2": 12, "Heading 3": 11}
"""In points. Deeper headings are as large as the text, and bold."""
TITLE_LONGEST = 255
"""Of the title among the properties of a file: Word's own limit."""


def blank(own: Path | None) -> Word:
    """An empty document: on the table's own template where its folder has one, else on ours.

    Of a template its styles, paper, header and footer are taken; what is written on it is not. Raises Usage.
    """
    place = own / TEMPLATE if own is not None else None
    document = _theirs(place) if place is not None and place.is_file() else _ours()
    _leave_out(document)
    return document


def _theirs(place: Path) -> Word:
    try:
        document = docx.Document(str(place))
    except (OSError, ValueError, KeyError, SyntaxError, BadZipFile, OpcError) as problem:
        raise Usage("template_unreadable", place=str(place), problem=type(problem).__name__) from None
    body = document.element.body
    for element in list(body.iterchildren()):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return document


def _ours() -> Word:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    _write_plainly(document)
    _speak_to_a_new_word(document)
    return document


def _write_plainly(document: Word) -> None:
    """One font, dark on white, no ornament: what is a heading is told by its style, its size and its weight."""
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.15
    normal.font.size = Pt(11)
    _in_font(normal)
    for name in ("Title", *(f"Heading {level}" for level in range(1, 10)), "Caption"):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _in_font(style)
        style.font.size, style.font.bold, style.font.italic = Pt(SIZES.get(name, 11)), True, False
        for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
            border.getparent().remove(border)
        style.paragraph_format.space_before = Pt({"Title": 18, "Heading 1": 16, "Caption": 6}.get(name, 10))
        style.paragraph_format.space_after = Pt({"Title": 12}.get(name, 4))
        style.paragraph_format.keep_with_next = True


def _in_font(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_rPr()
    for fonts in properties.findall(qn("w:rFonts")):
        properties.remove(fonts)  # they name the fonts of a theme, which would win
    style.font.name, style.font.color.rgb = FONT, INK


def _speak_to_a_new_word(document: Word) -> None:
    """Else Word takes the document for one of its version of 2010, and says so in its title bar."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _leave_out(document: Word) -> None:
    """A picture of the template's first page, which is no picture of this document."""
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[name]


# What a template may lack


def style_of(document: Word, name: str) -> BaseStyle:
    """A style by its name. A template has only those that were used on it: what it lacks is taken from ours."""
    if name not in document.styles:
        missing = deepcopy(_ready().styles[name].element)
        for link in missing.findall(qn("w:link")) + missing.findall(qn("w:next")) + missing.findall(qn("w:basedOn")):
            missing.remove(link)  # by the names of ours, which are others in a Finnish Word
        document.styles.element.append(missing)
        added: Any = document.styles[name]
        added.base_style = document.styles.default(added.type)
    style: BaseStyle = document.styles[name]
    return style


@cache
def _ready() -> Word:
    return _ours()


def listed(document: Word, *, numbered: bool) -> int:
    """A new list that begins at one: its number, for its paragraphs to name."""
    numbering = _numbering(document)
    kinds = [int(each.get(qn("w:abstractNumId"))) for each in numbering.findall(qn("w:abstractNum"))]
    kind = max(kinds, default=-1) + 1
    sign, form, font = (
        ("%1.", "decimal", "") if numbered else ("•", "bullet", f'<w:rPr><w:rFonts w:ascii="{FONT}"/></w:rPr>')
    )
    made = parse_xml(
        f'<w:abstractNum xmlns:w="{_W}" w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/>'
        f'<w:lvlJc w:val="left"/>{font}</w:lvl></w:abstractNum>'
    )
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(made)
    else:
        first.addprevious(made)  # kinds of lists stand before the lists
    return int(numbering.add_num(kind).numId)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _numbering(document: Word) -> Any:
    try:
        return document.part.numbering_part.element
    except NotImplementedError:  # a template without any list
        empty = f'<w:numbering xmlns:w="{_W}"/>'.encode()
        name = PackURI("/word/numbering.xml")
        part = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, empty, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return part.element


def width_of(document: Word) -> Length:
    """How wide the text is between the margins."""
    section = document.sections[-1]
    width, left, right = section.page_width, section.left_margin, section.right_margin
    return Length((width or Cm(21)) - (left or Cm(2)) - (right or Cm(2)))


# What is known of the file


def describe(document: Word, title: str, language: str) -> None:
    """Title and language among the properties; nobody's name and no moment: the same document is the same file."""
    known = document.core_properties._element
    for each in list(known):
        known.remove(each)
    core = document.core_properties
    core.title, core.language, core.author = title[:TITLE_LONGEST], language, ""
    _speak(document, language)


def _speak(document: Word, language: str) -> None:
    """The language of whatever says none of its own."""
    for each in document.styles.element.iterfind(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"):
        for told in each.findall(qn("w:lang")):
            each.remove(told)
        each.append(lang(language))
    for each in document.settings.element.iter(qn("w:themeFontLang")):
        each.set(qn("w:val"), language)


def lang(language: str) -> Any:
    """In which language something is."""
    made = OxmlElement("w:lang")
    made.set(qn("w:val"), language)
    return made


LONG_AGO = (1980, 1, 1, 0, 0, 0)


def written(document: Word) -> bytes:
    """The document as a file that says of no part when it was made."""
    first, again = BytesIO(), BytesIO()
    document.save(first)
    with ZipFile(first) as made, ZipFile(again, "w") as zipped:
        for name in made.namelist():
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.create_system = 8, 0  # deflated; the same from every kind of machine
            zipped.writestr(entry, made.read(name))
    return again.getvalue()
