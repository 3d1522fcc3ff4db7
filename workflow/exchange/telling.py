"""From what the history keeps of a detail to what a book says of it: the way back from `Kind.tell`."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from workflow.exchange.moments import write_span
from workflow.values import Day, Flag, Kind, Many, Number, Pair, Thing, When

Naming = Callable[[str], Any]
"""Who or what a reference of this database means: T3, G2, `person:` with a pseudonym, a table by its short name."""


def said_of(kind: Kind, told: str, naming: Naming) -> Any:
    """The value as a book has it; what stands for a name is left to `naming`."""
    if isinstance(kind, Many):
        return _several(kind.one, told, naming)
    if isinstance(kind, Thing):
        return naming(told)
    return READ_BACK.get(type(kind), str)(told)


def _several(kind: Kind, told: str, naming: Naming) -> Any:
    if not isinstance(kind, Pair):
        return [said_of(kind, each, naming) for each in told.split(" ") if each]
    return [(said_of(kind.left, left, naming), said_of(kind.right, right, naming)) for left, right in _pairs(told)]


def _pairs(told: str) -> list[tuple[str, str]]:
    """Each equals sign belongs to a pair, for what is said of a name never has one."""
    begins = list(re.finditer(r"(?:^| )([^\s=]+)=", told))
    ends = [*(found.start() for found in begins[1:]), len(told)]
    return [(found[1], told[found.end() : end]) for found, end in zip(begins, ends, strict=False)]


def _span(told: str) -> str:
    begins, _, ends = told.partition("/")
    return write_span(datetime.fromisoformat(begins), datetime.fromisoformat(ends) if ends else None)


READ_BACK: dict[type[Kind], Callable[[str], Any]] = {
    Number: int,
    Flag: lambda told: told == "True",
    Day: date.fromisoformat,
    When: _span,
}
