"""The inside of a workbook (.xlsx), unpacked with a limit before anybody parses it, and packed anew without the rest.

A workbook is a zip of XML. What is handed on to be parsed holds only the parts that were measured here, byte for byte:
two readers of one zip need not agree on what is in it.
"""

import struct
import zlib
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from workflow.exchange.problems import Place, wrong
from workflow.exchange.sources import Source

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_UNPACKED: Final = 40 * 1024 * 1024
MOST_RATIO: Final = 150
"""How many times its size a workbook may be, unpacked. Those that programs write are 5 to 30 times as large."""
SMALL: Final = 1024 * 1024
"""As much may come of any workbook, however small."""
MOST_FILES: Final = 2000

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LISTED = b"PK\x01\x02"
"""What begins each entry in the list of a zip's contents."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_NAMES: Final = (".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".xls", ".ods")

UNPACKABLE = (BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)
"""All that Python's own reader of zips says of one that is broken, locked, or packed in another way."""


def is_workbook(source: Source) -> bool:
    """Whether it is, or is called, a workbook of any kind."""
    return source.data.startswith((_ZIP, _OLD)) or source.name.lower().endswith(_NAMES)


def unpacked(source: Source) -> dict[str, bytes]:
    """The XML parts of a workbook by their names. Raises BookRefused for what is none, or too much."""
    place = Place(source.name, 0)
    _must_be_of_today(source, place)
    try:
        with ZipFile(BytesIO(source.data)) as file:
            entries = file.infolist()
            _must_have_no_macros([entry.filename for entry in entries], place)
            return _parts(file, [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))], place)
    except UNPACKABLE:
        wrong(place, "workbook_broken")


def packed(parts: dict[str, bytes]) -> bytes:
    """A workbook of these parts alone."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_STORED) as file:
        for name, part in parts.items():
            file.writestr(ZipInfo(name), part)
    return data.getvalue()


def _must_be_of_today(source: Source, place: Place) -> None:
    if source.data.startswith(_OLD):
        wrong(place, "workbook_locked" if _LOCKED in source.data else "workbook_old")
    if not source.data.startswith(_ZIP):
        wrong(place, "workbook_broken")
    if len(source.data) > MOST_BYTES:
        wrong(place, "file_too_large", most=MOST_BYTES)
    if source.data.count(_LISTED) > MOST_FILES:  # each is an object before anybody can count them
        wrong(place, "workbook_broken")


def _must_have_no_macros(names: list[str], place: Place) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        wrong(place, "workbook_macros")
    if "xl/workbook.bin" in names or "content.xml" in names:
        wrong(place, "workbook_other")


def _parts(file: ZipFile, entries: list[ZipInfo], place: Place) -> dict[str, bytes]:
    """What is said of a size is a claim, but no more than that is unpacked, and another size is an error."""
    room = max(SMALL, min(MOST_UNPACKED, MOST_RATIO * sum(entry.compress_size for entry in entries)))
    if any(entry.flag_bits & 1 for entry in entries):
        wrong(place, "workbook_locked")
    if sum(entry.file_size for entry in entries) > room:
        wrong(place, "workbook_swells", most=MOST_UNPACKED, ratio=MOST_RATIO)
    parts: dict[str, bytes] = {}
    for entry in entries:
        if entry.filename in parts or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            wrong(place, "workbook_broken")
        parts[entry.filename] = _part(file, entry)
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        wrong(place, "workbook_macros")
    return parts


def _part(file: ZipFile, entry: ZipInfo) -> bytes:
    """No more is unpacked than was said: all of it at once would be, before it is measured."""
    with file.open(entry) as part:
        return part.read(entry.file_size + 1)
