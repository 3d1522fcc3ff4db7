"""The parts of a book as values, each with its place; what has no place there is noted."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from workflow.exchange import nodes
from workflow.exchange.book import Said, Value
from workflow.exchange.nodes import Node, Scalar, Sequence
from workflow.exchange.problems import Place, Problems, wrong
from workflow.naming import close_to
from workflow.values import Flag, Kind, Many, Pair

YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}
MOST_ROWS: Final = 80_000
"""People, organisations, things and steps of what is read in at once: a table of forty years has some thousands."""
MOST_STEPS: Final = 2_000
"""Steps of one thing: who sits at a table is asked at every step."""


class Limits:
    """How much has been read so far. What is too much raises BookRefused."""

    def __init__(self) -> None:
        self.rows = 0
        self.pieces = 0

    def row(self, place: Place) -> None:
        """One more thing, step or party."""
        self.rows += 1
        if self.rows > MOST_ROWS:
            wrong(place, "too_many_rows", most=MOST_ROWS)

    def several(self, pieces: int, place: Place) -> None:
        """So many more values, on one line."""
        self.pieces += pieces
        if self.pieces > nodes.MOST_PARTS:
            wrong(place, "too_many_parts", most=nodes.MOST_PARTS)


class Parts:
    """Takes a tree apart."""

    def __init__(self, problems: Problems, limits: Limits) -> None:
        self.problems = problems
        self.limits = limits

    def named(self, node: Node, place: Place) -> Iterable[tuple[str, Node]]:
        """The parts that have names."""
        if isinstance(node, nodes.Mapping):
            return node.items.items()
        self.problems.add(place, "not_named_parts")
        return ()

    def listed(self, node: Node | None, place: Place) -> Iterator[tuple[Node, Place]]:
        """The parts of a list. An empty place is an empty list."""
        if node is None or (isinstance(node, Scalar) and node.empty):
            return
        if not isinstance(node, Sequence):
            self.problems.add(Place(place.file, node.line, place.field), "not_a_list")
            return
        for number, each in enumerate(node.items):
            yield each, Place(place.file, each.line, f"{place.field}[{number}]")

    def one(self, node: Node, place: Place) -> Said | None:
        """One value, if there is any."""
        if not isinstance(node, Scalar):
            self.problems.add(place, "not_one_value")
            return None
        return None if node.empty else Said.at(node.text, node.line)

    def words(self, node: Node, place: Place) -> list[str]:
        """Several codes: in a list, or on one line."""
        if isinstance(node, Scalar):
            return [] if node.empty else self._pieces(re.split(r"[\s,]+", node.text), place)
        said = (self.one(each, at) for each, at in self.listed(node, place))
        return [str(each) for each in said if each is not None]

    def handle(self, node: Node, place: Place) -> str | None:
        """A name within the book, by which other places of it mean this one."""
        said = self.one(node, place)
        if said is None or re.fullmatch(r"\w[\w.-]{0,39}", said):
            return said
        self.problems.add(place, "not_a_ref", value=str(said))
        return None

    def give(self, given: dict[str, Value], key: str, kind: Kind, node: Node, place: Place) -> None:
        """Note what a move is told, as it is written."""
        if isinstance(node, Scalar) and node.empty:
            return
        if isinstance(kind, Many):
            given[key] = self._several(kind.one, node, place)
        elif key == "languages" and isinstance(node, Sequence):
            given[key] = Said.at(",".join(self.words(node, place)), node.line)
        elif (said := self.one(node, place)) is not None:
            given[key] = YES_OR_NO.get(said.lower(), said) if isinstance(kind, Flag) else said

    def unknown(self, place: Place, key: str, known: Iterable[str], code: str = "unknown_key") -> None:
        """A name that has no place here, and those that were perhaps meant."""
        names = [each for each in known if each]
        self.problems.add(place, code, key=key, close=close_to(key, names), known=names)

    def _several(self, kind: Kind, node: Node, place: Place) -> list[str]:
        """Each in a list stands for itself; only what is written on one line may have commas between."""
        if isinstance(node, Scalar):
            return [Said.at(each, node.line) for each in self._pieces(node.text.split(","), place)]
        if isinstance(kind, Pair) and isinstance(node, nodes.Mapping):
            return self._pairs(node, place)
        found: list[str] = []
        for each, at in self.listed(node, place):
            if isinstance(kind, Pair) and isinstance(each, nodes.Mapping):
                found += self._pairs(each, at)
            elif (said := self.one(each, at)) is not None:
                found.append(said)
        return found

    def _pairs(self, node: nodes.Mapping, place: Place) -> list[str]:
        found: list[str] = []
        for name, part in node.items.items():
            at = place.at(name, part.line)
            said = self.one(part, at)
            if said is None:
                self.problems.add(at, "missing")
            elif "=" in said:
                self.problems.add(at, "not_a_pair", value=str(said))
            else:
                found.append(Said.at(f"{name}={said}", part.line))
        return found

    def _pieces(self, parted: list[str], place: Place) -> list[str]:
        """What stands between the commas of one line."""
        self.limits.several(len(parted), place)
        return [each.strip() for each in parted if each.strip()]
