"""Text that others wrote, made safe to show: what could steer the terminal or hide words becomes a mark."""

import re
from functools import cache


def visible(text: str, *, lines: bool = True) -> str:
    """The text with every control character as a mark that can be seen. With `lines` off, it stays on one line."""
    if text.isprintable():
        return text
    return _unseen(lines).sub(_mark, text)


@cache
def _unseen(lines: bool) -> re.Pattern[str]:
    control = r"\x00-\x08\x0b-\x1f" if lines else r"\x00-\x1f"
    turning = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # right-to-left marks, which reorder what is read
    hidden = r"\u200b\u2028\u2029\u2060-\u2065\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
    return re.compile(rf"[{control}\x7f-\x9f{turning}{hidden}]")


def _mark(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x20:
        return chr(0x2400 + number)  # ␛ for escape, and so on
    return "␡" if number == 0x7F else f"\\u{{{number:x}}}"
