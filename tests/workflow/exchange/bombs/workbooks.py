"""Workbooks written part by part, as no spreadsheet program would write them."""

import struct
import warnings
from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

from workflow.exchange.measured import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from workflow.exchange.packed import MOST_BYTES, MOST_FILES, MOST_UNPACKED

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def text(words: str) -> str:
    """A cell with words of its own."""
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'


def row(*cells: str) -> str:
    return f"<row>{''.join(cells)}</row>"


def sheet(rows: str, head: str = "") -> str:
    return f'{XML}<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData></worksheet>'


PEOPLE = row(text("Nimi"), text("Taho"))


def parts(rows: str, *, name: str = "Henkilöt", shared: str | None = None, head: str = "") -> dict[str, bytes]:
    """The parts of a workbook of one sheet."""
    main = f"{TYPE}.sheet.main+xml"
    found = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet(rows, head),
    }
    if shared is not None:
        found["xl/sharedStrings.xml"] = f'{XML}<sst xmlns="{MAIN}">{shared}</sst>'
    return {path: part.encode() for path, part in found.items()}


def zipped(found: Mapping[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w", compression) as file:
        for path, part in found.items():
            file.writestr(path, part)
    return data.getvalue()


def workbook(rows: str, **how: str) -> bytes:
    return zipped(parts(rows, **how))


def dense(rows: str, **how: str) -> bytes:
    """The same with so much that can't be packed that the rest does not show by its ratio."""
    noise = Random(1).randbytes(260_000).hex()  # noqa: S311  # nothing is to be kept secret
    return zipped({**parts(rows, **how), "xl/noise.xml": f"<a>{noise}</a>".encode()})


def also(path: str, part: bytes) -> bytes:
    """A workbook with a part that it should not have."""
    return zipped({**parts(PEOPLE), path: part})


def _twice() -> bytes:
    data = BytesIO()
    with warnings.catch_warnings(), ZipFile(data, "w", ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")
        for path, part in [*parts(PEOPLE).items(), ("xl/worksheets/sheet1.xml", sheet("").encode())]:
            file.writestr(path, part)
    return data.getvalue()


def _lying() -> bytes:
    """The list of contents says that the sheet is small; it is not."""
    found = parts(row(text("x" * 400_000_000)))
    data = bytearray(zipped(found))
    real = struct.pack("<L", len(found["xl/worksheets/sheet1.xml"]))
    return bytes(data.replace(real, struct.pack("<L", 1000)))


def _locked_entries() -> bytes:
    data = bytearray(workbook(PEOPLE))
    for begins, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(begins)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(begins, place + 4)
    return bytes(data)


def _with_doctype() -> bytes:
    found = parts(row('<c t="s"><v>0</v></c>'), shared="")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    words = f'{XML}<!DOCTYPE sst [<!ENTITY a0 "ha">{laughs}]><sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'
    return zipped({**found, "xl/sharedStrings.xml": words.encode()})


def _in_utf_16() -> bytes:
    found = parts(PEOPLE)
    told = found["xl/worksheets/sheet1.xml"].decode().replace("UTF-8", "UTF-16")
    return zipped({**found, "xl/worksheets/sheet1.xml": told.encode("utf-16")})


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "swells.xlsx": lambda: workbook(PEOPLE + " " * (MOST_UNPACKED + 1)),
    "swells-within-the-limit.xlsx": lambda: dense(PEOPLE + " " * (MOST_UNPACKED - 500_000)),
    "far-away.xlsx": lambda: workbook(PEOPLE + FAR),
    "far-to-the-right.xlsx": lambda: workbook(row(text("Nimi"), *["<c/>"] * MOST_COLUMNS, text("x"))),
    "many-rows.xlsx": lambda: workbook(row(text("Nimi")) + row(text("a")) * MOST_ROWS),
    "many-cells.xlsx": lambda: dense(row(*[text("a")] * 50) * (MOST_CELLS // 50 + 1)),
    "says-it-is-large.xlsx": lambda: workbook("", head='<dimension ref="A1:XFD1048576"/>'),
    "one-word-in-many-cells.xlsx": lambda: dense(
        row(*['<c t="s"><v>0</v></c>'] * 50) * 3000, shared=f"<si><t>{'x' * 32_000}</t></si>"
    ),
    "many-words.xlsx": lambda: dense(row(*[text("ab" * 16_000)] * 50) * 6),
    "deep.xlsx": lambda: dense("<a>" * 500_000 + "</a>" * 500_000),
    "laughs.xlsx": _with_doctype,
    "in-utf-16.xlsx": _in_utf_16,
    "hidden-sheet.xlsx": lambda: also("xl/worksheets/sheet2.xml", sheet(FAR).encode()),
    "two-lists-of-words.xlsx": lambda: zipped(
        {**parts(PEOPLE, shared=""), "xl/other.xml": f'<sst xmlns="{MAIN}"/>'.encode()}
    ),
    "sheet-of-another-name.xlsx": lambda: workbook(PEOPLE, name="Taulukko1"),
    "macros.xlsm": lambda: also("xl/vbaProject.bin", b"Sub Auto_Open()"),
    "macros-in-disguise.xlsx": lambda: zipped(
        {**parts(PEOPLE), "[Content_Types].xml": b"<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"}
    ),
    "binary.xlsb": lambda: zipped({"xl/workbook.bin": b""}),
    "open-document.ods": lambda: zipped({"content.xml": b"<a/>"}),
    "old.xls": lambda: OLD,
    "locked.xlsx": lambda: OLD + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000,
    "locked-within.xlsx": _locked_entries,
    "large.xlsx": lambda: workbook(PEOPLE)[:200] + b"\0" * MOST_BYTES,
    "many-files.xlsx": lambda: zipped({f"{n}.xml": b"" for n in range(MOST_FILES + 1)}),
    "packed-otherwise.xlsx": lambda: zipped(parts(PEOPLE), ZIP_LZMA),
    "twice.xlsx": _twice,
    "lying.xlsx": _lying,
    "half.xlsx": lambda: workbook(PEOPLE)[:700],
    "no-workbook.xlsx": lambda: b"poyta: table-book/1\n",
    "only-a-zip.xlsx": lambda: zipped({"hello.txt": b"hello"}),
    "spoilt-xml.xlsx": lambda: workbook("<row><c>"),
    "strange-cell.xlsx": lambda: workbook('<row><c r="Ä1"><v>1</v></c></row>'),
    "row-of-4000-digits.xlsx": lambda: workbook(f'<row r="{"9" * 4000}"><c><v>1</v></c></row>'),
    "column-before-the-first.xlsx": lambda: workbook('<row><c r="A0"><v>1</v></c></row>'),
    "word-that-is-not-there.xlsx": lambda: workbook('<row><c t="s"><v>-1</v></c></row>'),
    "terminal.xlsx": lambda: workbook(PEOPLE + row(text("Aino_x001B_[2J"))),
    "many-wrong-cells.xlsx": lambda: workbook(
        PEOPLE + "".join(row(text(f"Aino {n}"), text("Ei ole")) for n in range(2, MOST_ROWS))
    ),
    "errors-everywhere.xlsx": lambda: dense((row(*['<c t="e"><v>#REF!</v></c>'] * 20)) * 9000),
}
"""By name: what each is made of."""
