"""A strict look at a calendar file, line by line, by the letter of RFC 5545 and 5546; and somebody else's parser."""

import re
from collections import Counter

import vobject

ONCE = ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS", "DESCRIPTION")
"""What each entry of ours has, and never twice."""
_NAME = re.compile(r"[A-Z0-9-]+")
_LINE = re.compile(r'[A-Z0-9-]+(;[A-Z0-9-]+=("[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*))*:.*')
_MOMENT = re.compile(r"\d{8}T\d{6}Z")
_DAY = re.compile(r"\d{8}")
_UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def faults(data: bytes) -> list[str]:
    """Everything that is not as the letter has it."""
    return [*_of_lines(data), *_of_content(data)]


def entries(data: bytes):
    """The entries, as somebody else's parser reads them."""
    read = vobject.readOne(data.decode("utf-8"))
    return read.vevent_list if hasattr(read, "vevent") else []


def _of_lines(data):
    if not data.endswith(b"\r\n"):
        yield "the last line has no end"
    for line in data.split(b"\r\n")[:-1]:
        if len(line) > 75:
            yield f"{len(line)} octets in a line"
        if b"\n" in line or b"\r" in line:
            yield "a bare line end"
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield "a letter broken by the fold"


def _of_content(data):
    lines = re.sub(r"\r\n[ \t]", "", data.decode("utf-8", errors="replace")).split("\r\n")[:-1]
    inside: list[str] = []
    counted: Counter[str] = Counter()
    for line in lines:
        if not _LINE.fullmatch(line):
            yield f"no content line: {line[:60]!r}"
        if found := _UNSEEN.search(line):
            yield f"a character that hides something: {found[0]!r}"
        name = _NAME.match(line)[0] if _NAME.match(line) else ""
        if name == "BEGIN":
            inside.append(line[6:])
            counted.clear() if inside == ["VCALENDAR", "VEVENT"] else None
        elif name == "END":
            if not inside or inside.pop() != line[4:]:
                yield "ends what has not begun"
            if line == "END:VEVENT":
                yield from (f"{each} {counted[each]} times" for each in ONCE if counted[each] != 1)
        else:
            counted[name] += 1
            yield from _of_value(name, line)
    if inside:
        yield "not ended"
    if [line for line in lines if line.startswith("METHOD:")] != lines[3:4]:
        yield "not one method"


def _of_value(name, line):
    value = line.rpartition(":")[2]
    if name in ("DTSTART", "DTEND") and "VALUE=DATE" in line:
        if not _DAY.fullmatch(value):
            yield f"no day: {line}"
    elif name in ("DTSTART", "DTEND", "DTSTAMP") and not (_MOMENT.fullmatch(value) and "TZID" not in line):
        yield f"not in UTC: {line}"
    if name in ("ATTENDEE", "ORGANIZER") and not re.fullmatch(r"[^\s<>\"@]+@[^\s<>\"@]+", value):
        yield f"no address: {line}"
