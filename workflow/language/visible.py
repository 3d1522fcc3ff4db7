"""Text that others wrote, made safe to show: what could steer the terminal or hide words becomes a mark."""

import re
from functools import cache


def visible(text: str, *, lines: bool = True) -> str:
    """The text with every character that can't be seen as a mark that can. With `lines` off, it stays on one line."""
    return text if _plain(text) else _unseen(lines).sub(_mark, text)


def hides(text: str) -> bool:
    """Whether there is something in the text that can't be seen, but for lines and tabs."""
    return not _plain(text) and _unseen(True).search(text) is not None


def escaped_in_json(text: str) -> str:
    """JSON that says the same with every character that can't be seen told by its number."""
    return text if _plain(text) else _unseen(True).sub(_number_in_json, text)


def escaped_in_yaml(text: str) -> str:
    """YAML that says the same, where what hides something stands within double quotes."""
    return text if _plain(text) else _unseen(True).sub(_number_in_yaml, text)


def escaped_in_xml(text: str) -> str:
    """XML that says the same, where what hides something stands within a value."""
    return text if _plain(text) else _unseen(True).sub(_number_in_xml, text)


EMPTY = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef"
"""What counts as a letter or its mark, but shows nothing."""


@cache
def _empty() -> frozenset[str]:
    ranges = re.findall(r"(.)(?:-(.))?", EMPTY, re.DOTALL)
    return frozenset(chr(each) for first, last in ranges for each in range(ord(first), ord(last or first) + 1))


def _plain(text: str) -> bool:
    """Whether nothing in it needs a mark: asked first, since almost all text is so."""
    return text.isprintable() and (text.isascii() or _empty().isdisjoint(text))


@cache
def _unseen(lines: bool) -> re.Pattern[str]:
    control = (r"\x00-\x08\x0b-\x1f" if lines else r"\x00-\x1f") + r"\x7f-\x9f"
    turning = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # right-to-left marks, which reorder what is read
    hidden = r"\u00ad\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    beyond = r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    joiner, latin = r"[\u200c\u200d]", r"[\x00-\u024f\u200c\u200d]"  # which joins emoji, but only hides among letters
    alone = rf"(?<={latin}){joiner}|(?<![\s\S]){joiner}|{joiner}(?={latin}|\Z)"
    return re.compile(rf"[{control}{turning}{hidden}{beyond}{EMPTY}]|{alone}")


def _mark(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x20:
        return chr(0x2400 + number)  # ␛ for escape, and so on
    return "␡" if number == 0x7F else f"\\u{{{number:x}}}"


def _number_in_json(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x10000:
        return f"\\u{number:04x}"
    high, low = divmod(number - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _number_in_yaml(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _number_in_xml(found: re.Match[str]) -> str:
    return f"&#x{ord(found[0]):x};"
