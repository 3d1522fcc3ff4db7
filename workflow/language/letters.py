"""The letters of whatever comes in: each in one form (NFC), none that no text has, and names put in Finnish order."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

MOST_MARKS = 30
"""How many marks may be piled upon one letter (as Unicode's stream-safe text has it): composing more is slow work."""


def composed(text: str) -> str:
    """The text with each letter in its one form."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def unfit(text: str) -> str | None:
    """The first character that no text may have: U+0000, half of a pair, or one mark too many on a letter."""
    if text.isascii():
        return "\0" if "\0" in text else None
    found = _nowhere().search(text)
    return found[0] if found else _piled(text)


def in_order(names: Iterable[str]) -> list[str]:
    """Names as a Finnish or Swedish reader looks for them: å, ä and ö come last, and capitals make no difference."""
    return sorted(names, key=place_of)


def place_of(name: str) -> tuple[str, str]:
    """Where a name stands among others."""
    letters = (_LAST.get(each) or _bare(each) for each in composed(name).casefold())
    return "".join(letters), name


_LAST = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c", "ü": "y"}
"""Letters of their own, all after z; in this order one that was German is read as y."""


def _bare(letter: str) -> str:
    return letter if letter.isascii() else unicodedata.normalize("NFKD", letter)[0]


@cache
def _nowhere() -> re.Pattern[str]:
    return re.compile("[\x00\ud800-\udfff]")


@cache
def _beyond_latin() -> re.Pattern[str]:
    return re.compile(f"[^\x00-\u02ff]{{{MOST_MARKS + 1}}}")


def _piled(text: str) -> str | None:
    if not _beyond_latin().search(text):
        return None
    piled = 0
    for each in text:
        piled = piled + 1 if unicodedata.combining(each) else 0
        if piled > MOST_MARKS:
            return each
    return None
