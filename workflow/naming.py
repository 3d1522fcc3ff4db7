"""Names as people type them: the beginning is enough, capitals and diacritics may be left out."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import TypeVar

Row = TypeVar("Row")
LONGEST = 300
"""No name is longer: whatever is goes by no name."""
LONGEST_GUESS, MOST_GUESSED = 100, 3000
"""How long a name is, and among how many, where it is guessed at what was meant: guessing is slow."""


def like(name: str) -> str:
    """What is the same for names that are one name: capitals and ways of writing a letter make no difference."""
    if name.isascii():
        return name.casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def fold(name: str) -> str:
    """A name without case and diacritics, for comparing what people type."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def matching(typed: str, candidates: Iterable[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """Those that an exact name means, else the beginning of one; letters as typed first, then without diacritics."""
    if len(typed) > LONGEST:
        return []
    candidates = list(candidates)
    for alike in (like, fold):
        wanted = alike(typed)
        exact = [(name, row) for name, row in candidates if alike(name) == wanted]
        begun = [(name, row) for name, row in candidates if wanted and alike(name).startswith(wanted)]
        for found in (exact, begun):
            if distinct := {id(row): (name, row) for name, row in found}:
                return list(distinct.values())
    return []


def close_to(typed: str, names: Iterable[str]) -> list[str]:
    """At most three names that were perhaps meant."""
    if len(typed) > LONGEST_GUESS:
        return []
    known = {fold(name): name for name in islice(names, MOST_GUESSED)}
    return [known[each] for each in get_close_matches(fold(typed), known, n=3)]


def for_a_file(name: str) -> str:
    """A name as part of a file's name: small letters, digits and hyphens, perhaps none at all."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")
