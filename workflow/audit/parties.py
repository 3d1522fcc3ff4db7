"""Whom the history means: people by their pseudonyms, organisations by their numbers, and those who were merged."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from models.archive import Archive
from models.states import LETTERS


class Merged(NamedTuple):
    """Two entries for one party became one: at which place in the history, which, and into which."""

    place: int
    kind: str
    duplicate: int
    into: int


class Parties:
    """People and organisations as entries name them."""

    def __init__(self, archive: Archive) -> None:
        self._people = {name: int(number) for number, name in archive.rows("SELECT id, pseudonym FROM people")}
        self.merged = list(_merged(archive))
        self._meant: dict[tuple[str, int], int] = {}
        for each in self.merged:
            for known, into in self._meant.items():
                if known[0] == each.kind and into == each.duplicate:
                    self._meant[known] = each.into
            self._meant[each.kind, each.duplicate] = each.into

    def named(self, told: str) -> tuple[str, int | None]:
        """The kind and the number of a party as an entry names it; no number, where nobody is known by that name."""
        if told.startswith("person:"):
            return "person", self._people.get(told.removeprefix("person:"))
        return "organisation", number_in(told, "organisation")

    def meant(self, kind: str, number: int | None) -> int | None:
        """The one that is meant by now."""
        return None if number is None else self._meant.get((kind, number), number)


def number_in(told: str, kind: str) -> int | None:
    """The number in a reference: 3 in `T3`."""
    letter, digits = told[:1], told[1:]
    return int(digits) if letter == LETTERS.get(kind) and digits.isdecimal() else None


def facts_in(text: str) -> dict[str, str]:
    """What an entry tells. Nothing, where other hands have written what can't be read."""
    if text == "[]":
        return {}
    with suppress(ValueError, TypeError, RecursionError):
        return {name: value for name, value in json.loads(text) if isinstance(value, str)}
    return {}


def _merged(archive: Archive) -> Iterator[Merged]:
    for place, stream, facts in archive.rows(_MERGED):
        (kind, _, duplicate), (_, _, into) = stream.partition(":"), facts_in(facts).get("into", "").partition(":")
        if duplicate.isdecimal() and into.isdecimal():
            yield Merged(place, kind, int(duplicate), int(into))


_MERGED = "SELECT id, stream, facts FROM history WHERE table_id IS NULL AND move = 'merge' ORDER BY number"
