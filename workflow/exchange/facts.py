"""What the facts of an entry mean to other programs: values of a type, things referred to, or words of people."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from workflow.details import TAKES, TRANSLATION
from workflow.values import Flag, Kind, Many, Number, Pair, Short, Thing, Word


class Fact(NamedTuple):
    """One thing that an entry tells."""

    name: str
    value: str
    type: str = "string"
    """How the value is to be read: `string`, `integer` or `boolean`."""
    refers: tuple[str, ...] = ()
    """The things that it names, by reference or pseudonym."""
    only_refers: bool = False
    """Whether the value is nothing but their names."""
    typed: bool = False
    """Whether somebody chose the words, so that they are free."""


def facts_of(kind: str, move: str, told: Iterable[tuple[str, str]]) -> list[Fact]:
    """The facts of an entry, each name once: what was told several times under one name stands side by side."""
    together: dict[str, list[str]] = {}
    for name, value in told:
        together.setdefault(name, []).append(value)
    return [_fact(kind, move, name, " ".join(values)) for name, values in together.items()]


def _fact(kind: str, move: str, name: str, value: str) -> Fact:
    how = _how_told(kind, move, name)
    if how is None:
        return _of_ours(kind, name, value)
    if isinstance(how, Number):
        return Fact(name, value, "integer")
    if isinstance(how, Flag):
        return Fact(name, value.lower(), "boolean")
    one = how.one if isinstance(how, Many) else how
    if isinstance(one, Thing):
        return Fact(name, value, refers=tuple(value.split()), only_refers=True)
    sides = (one.left, one.right) if isinstance(one, Pair) else (one,)
    named = tuple(_PARTY.findall(value)) if any(isinstance(side, Thing) for side in sides) else ()
    return Fact(name, value, refers=named, typed=name not in _CODES and any(map(_typed, sides)))


@cache
def _how_told(kind: str, move: str, name: str) -> Kind | None:
    """The kind of the value, for what the page of today lets a move be told."""
    takes = TRANSLATION if move == "translate" else TAKES.get(f"{kind} {move}", ())
    return next((each.kind for each in takes if each.name == name), None)


def _typed(side: Kind) -> bool:
    return isinstance(side, Word) and not isinstance(side, Short)


_CODES = frozenset({"code", "field", "language", "languages"})
"""What is typed as a word, but is a code that poyta knows."""

_PARTY = re.compile(r"(?<![^ =])(person:[^ =]+|G\d+)(?![^ =])")
"""A party in a list of pairs: `G4=17:00 person:ab12=person:cd34`."""


# What the program itself notes, beside what the move was told


def _of_ours(kind: str, name: str, value: str) -> Fact:
    if name in _REFERRING:
        return Fact(name, value, refers=tuple(value.split()), only_refers=True)
    known = name in _NOTED or kind not in _TELLING
    return Fact(name, value, typed=not known)  # it may be what another page of lifecycles let people type


def histories_in(kind: str, fact: Fact) -> list[str]:
    """The names of histories by which the register tells of people: with whom somebody was made one, who else is it."""
    if kind not in _TELLING and fact.name == "into":
        return [fact.value]
    if kind == "person" and fact.name == "of":
        return [f"person:{ref[1:]}" for ref in fact.value.split()]
    return []


_REFERRING = frozenset({"under"})
_NOTED = frozenset({"confirmed", "overridden", "undoes", "told"})
_TELLING = frozenset(key.split()[0] for key in TAKES)
"""The kinds of things that are told anything by people. The register notes codes only."""
