"""What is in a Word file: read from its XML with the standard library, without the code that wrote it."""

import re
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Node = ElementTree.Element

ELEMENTS = frozenset(
    {"document", "body", "sectPr", "headerReference", "pgSz", "pgMar", "cols", "titlePg", "docGrid", "type", "hdr"}
    | {"p", "pPr", "pStyle", "spacing", "ind", "tabs", "tab", "jc", "numPr", "ilvl", "numId"}
    | {"r", "rPr", "b", "sz", "lang", "t", "fldSimple", "tbl", "tblPr", "tblStyle", "tblW"}
    | {"tblLook", "tblCaption", "tblGrid", "gridCol", "tr", "trPr", "cantSplit", "tblHeader", "tc", "tcPr", "tcW"}
    | {"drawing"}
)
"""All that a page is made of, but for what is in a picture: no link, no field but numbers of pages, no object."""


class Paragraph(NamedTuple):
    """A paragraph: its style, its words, and the languages that they are in."""

    style: str
    text: str
    languages: frozenset[str]


def part(data: bytes, name: str) -> Node:
    """A part of the file."""
    with ZipFile(BytesIO(data)) as file:
        return ElementTree.fromstring(file.read(name))  # noqa: S314  # our own


def parts(data: bytes) -> dict[str, bytes]:
    """Every part, by its name."""
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def paragraphs(data: bytes) -> list[Paragraph]:
    """Every paragraph, those in tables too, in the order of reading."""
    return [_paragraph(node) for node in part(data, "word/document.xml").iter(f"{W}p")]


def _paragraph(node: Node) -> Paragraph:
    style = node.find(f"{W}pPr/{W}pStyle")
    runs = [run for run in node.iter(f"{W}r") if run.find(f"{W}t") is not None]
    told = (run.find(f"{W}rPr/{W}lang") for run in runs)
    languages = frozenset("" if each is None else each.get(f"{W}val", "") for each in told)
    text = "".join("\t" if each.tag == f"{W}tab" else each.text or "" for run in node.iter(f"{W}r") for each in run)
    return Paragraph("" if style is None else style.get(f"{W}val", ""), text, languages)


def headings(data: bytes) -> list[tuple[str, str]]:
    """The outline: style and words of each heading."""
    return [(each.style, each.text) for each in paragraphs(data) if re.match("Title|Heading", each.style)]


def page_headers(data: bytes) -> list[str]:
    """What stands at the top of pages, with the numbers that Word fills in by their names."""
    names = sorted(name for name in parts(data) if re.match(r"word/header\d", name))
    return ["".join(_top(node)) for node in (part(data, name) for name in names)]


def _top(node: Node) -> list[str]:
    shown = []
    for each in node.iter():
        if each.tag == f"{W}fldSimple":
            shown.append(f"{{{each.get(f'{W}instr')}}}")
            each.clear()
        elif each.tag == f"{W}t":
            shown.append(each.text or "")
    return shown


def whole(data: bytes) -> str:
    """The document as XML to be compared: a line for each paragraph, row and section, without what names its words."""
    xml = parts(data)["word/document.xml"].decode()
    bare = re.sub(r' xmlns:\w+="[^"]*"| mc:Ignorable="[^"]*"| w:rsid\w*="[^"]*"|<\?xml[^>]*>\s*', "", xml)
    return re.sub(r"(<w:(?:p|tbl|tr|tc|sectPr|body)[ >])", r"\n\1", bare).lstrip() + "\n"


def harm_in(data: bytes) -> list[str]:
    """Whatever in a Word file could run, load or lead anywhere."""
    found = []
    for name, content in parts(data).items():
        if name.endswith(".rels") and b'TargetMode="External"' in content:
            found.append(f"{name}: leads out of the file")
        if re.search("vba|activeX|embeddings|oleObject", name):
            found.append(f"{name}: a program or an object")
        if re.match(r"word/(document|header\d*|footer\d*)\.xml", name):
            found += [f"{name}: {each}" for each in _harm(ElementTree.fromstring(content))]  # noqa: S314  # our own
    return found


def _harm(root: Node) -> list[str]:
    names = {node.tag.removeprefix(W) for node in root.iter() if node.tag.startswith(W)}
    instructions = {node.get(f"{W}instr", "") for node in root.iter(f"{W}fldSimple")}
    return sorted(names - ELEMENTS) + sorted(instructions - {"PAGE", "NUMPAGES"})
