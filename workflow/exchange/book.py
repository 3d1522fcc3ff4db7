"""A table book in memory: who takes part, the things of the tables, and everything that happened to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workflow.exchange.problems import Place, Problems
from workflow.exchange.shape import creation_of


class Said(str):
    """A value as a book says it, with its line."""

    __slots__ = ("line",)
    line: int

    @classmethod
    def at(cls, text: str, line: int) -> "Said":
        """The words, and where they stand."""
        said = cls(text)
        said.line = line
        return said


Value = Any
"""What a detail is told: text, yes or no, or several; where a book is written, also who or what is meant."""


@dataclass(eq=False, slots=True)
class Deed:
    """One move or event: what was made of which thing, when, by whom, and what was told."""

    thing: "Thing"
    move: str
    place: Place
    given: dict[str, Value] = field(default_factory=dict)
    on: date | datetime | None = None
    by: Any = None
    reason: str | None = None
    overrides: tuple[str, ...] = ()
    confirms: tuple[str, ...] = ()
    told: date | None = None
    number: int | None = None
    refers: list["Thing"] = field(default_factory=list)
    """The things that it names: it comes after their beginning."""
    wrong: bool = False
    """Whether something in it can't be read, so that neither it nor what builds on it is tried."""

    @property
    def code(self) -> str:
        """Its name on the page."""
        return f"{self.thing.kind} {self.move}"


@dataclass(eq=False, slots=True)
class Thing:
    """Something that has a lifecycle: what it is under, and its deeds, the first of which brings it into being.

    A matter that the program makes by itself is `automatic`: its beginning is a deed of another thing.
    """

    kind: str
    parent: "Thing | None"
    place: Place
    ref: str | None = None
    stands: str | None = None
    """The reference of one that is in the database already: nothing of it is told but what is new under it."""
    called: str | None = None
    """What that one is called, if it was said: then it must be."""
    automatic: str | None = None
    carried_from: str | None = None
    nth: int = 1
    """Which of those it is that come of the same thing: there are more where the first was taken back."""
    deeds: list[Deed] = field(default_factory=list)
    children: list["Thing"] = field(default_factory=list)
    birth: Deed | None = None
    origin: "Thing | None" = None
    """Of what an automatic one comes: the meeting on whose agenda it is put, or the matter of which it is a copy."""
    row: Any = None
    failed: bool = False
    followed: tuple[str, date] | None = None
    """The newest move that it made because it followed another one, and the day."""

    @property
    def beginning(self) -> Deed | None:
        """The deed that brought it into being."""
        return self.birth if self.automatic else next(iter(self.deeds), None)

    @property
    def parent_beginning(self) -> Deed | None:
        """The deed that brought into being what it is under."""
        return None if self.parent is None else self.parent.beginning

    @property
    def table(self) -> "Thing":
        """The table that it belongs to."""
        return self if self.parent is None else self.parent.table

    @property
    def at_home(self) -> bool:
        """Whether it is new under something that is in the database already."""
        return self.table.stands is not None

    def told(self, name: str) -> Value | None:
        """What its beginning was told."""
        return None if self.automatic else self.deeds[0].given.get(name)

    @property
    def line(self) -> "Iterator[Thing]":
        """Itself, what it is under, and so on up to its table."""
        thing: Thing | None = self
        while thing is not None:
            yield thing
            thing = thing.parent

    def under(self, kind: str) -> "Thing | None":
        """The thing of that kind that it is under."""
        return next((each for each in self.line if each.kind == kind), None)

    def all(self) -> Iterator["Thing"]:
        """Itself and everything under it, in the order of the book."""
        waiting = [self]
        while waiting:
            thing = waiting.pop()
            yield thing
            waiting.extend(reversed(thing.children))


@dataclass(eq=False, slots=True)
class Party:
    """A person, an organisation or a project; or a seat from which somebody coordinates a project or an area."""

    kind: str
    place: Place
    given: dict[str, Value] = field(default_factory=dict)
    ref: str | None = None
    row: Any = None


@dataclass(eq=False, slots=True)
class Book:
    """Everything that one file tells."""

    file: str
    parties: list[Party] = field(default_factory=list)
    coordinators: list[Party] = field(default_factory=list)
    tables: list[Thing] = field(default_factory=list)
    standing: list[Thing] = field(default_factory=list)
    """What is in the database already, with what is new under it."""
    problems: Problems = field(default_factory=Problems)

    def things(self) -> Iterator[Thing]:
        """Every thing of every table."""
        for top in (*self.tables, *self.standing):
            yield from top.all()

    def deeds(self) -> Iterator[Deed]:
        """Everything that happened, in the order of the book."""
        for thing in self.things():
            yield from thing.deeds


def new_thing(kind: str, parent: Thing | None, place: Place, automatic: str | None = None) -> Thing:
    """A thing in its place. One that is not automatic has its beginning as the first deed."""
    thing = Thing(kind, parent, place, automatic=automatic)
    if automatic is None:
        thing.deeds.append(Deed(thing, creation_of(kind), place))
    if parent is not None:
        parent.children.append(thing)
    return thing
