"""Names as people type them: the beginning is enough, capitals and diacritics may be left out."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeVar

Row = TypeVar("Row")


def fold(name: str) -> str:
    """A name without case and diacritics, for comparing what people type."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def matching(typed: str, candidates: Iterable[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """Those that an exact name means, else the beginning of one; letters as typed first, then without diacritics."""
    candidates = list(candidates)
    for like in (str.casefold, fold):
        wanted = like(typed)
        exact = [(name, row) for name, row in candidates if like(name) == wanted]
        begun = [(name, row) for name, row in candidates if wanted and like(name).startswith(wanted)]
        for found in (exact, begun):
            if distinct := {id(row): (name, row) for name, row in found}:
                return list(distinct.values())
    return []


def close_to(typed: str, names: Iterable[str]) -> list[str]:
    """At most three names that were perhaps meant."""
    known = {fold(name): name for name in names}
    return [known[each] for each in get_close_matches(fold(typed), known, n=3)]
