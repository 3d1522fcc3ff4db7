"""The things of a book, and what happened to them: from a tree to things with their deeds."""

import re
from collections.abc import Mapping

from workflow.changes import TRANSLATED
from workflow.errors import BadValue
from workflow.exchange import nodes
from workflow.exchange.book import Deed, Said, Thing, Value, new_thing
from workflow.exchange.moments import read_day, read_moment
from workflow.exchange.nodes import Node, Scalar
from workflow.exchange.parts import MOST_STEPS, YES_OR_NO, Limits, Parts
from workflow.exchange.problems import Place, Problems, wrong
from workflow.exchange.shape import (
    AUTOMATIC,
    CARRIED_FROM,
    CHILDREN,
    HOW,
    NTH,
    UNDO,
    UNDOING,
    details_at,
    made_by_program,
    steps_of,
)
from workflow.lifecycles import PAGE


class Things(Parts):
    """Reads tables, with everything under them."""

    def __init__(self, problems: Problems, limits: Limits) -> None:
        super().__init__(problems, limits)
        self.several: list[tuple[Deed, str, nodes.Mapping]] = []
        """The texts in several languages of the thing or step at hand: the table's languages may stand after them."""

    def table(self, node: Node, place: Place) -> Thing:
        """A table, with everything under it."""
        short = node.items.get("short") if isinstance(node, nodes.Mapping) else None
        if isinstance(short, Scalar) and re.fullmatch(r"[a-z][a-z0-9-]{0,39}", short.text):
            place = Place(place.file, place.line, f"tables/{short.text}")
        return self._thing("table", None, node, place)

    def _thing(self, kind: str, parent: Thing | None, node: Node, place: Place) -> Thing:
        named = dict(self.named(node, place))
        automatic = next((key for key in made_by_program(kind) if key in named), None)
        self.limits.row(place)
        thing = new_thing(kind, parent, place, automatic)
        takes = {} if automatic else details_at(kind, thing.deeds[0].move)
        lists = {key: named.pop(key) for key in ["steps", *CHILDREN[kind]] if key in named and key not in takes}
        found = len(self.problems.found)
        for key, part in named.items():
            self._part(thing, key, part)
        self._in_other_languages()
        self._judge(thing.deeds[:1], found)
        for each, at in self.listed(lists.pop("steps", None), place.at("steps")):
            self._step(thing, each, at)
        for key, part in lists.items():
            for each, at in self.listed(part, place.at(key)):
                self._thing(CHILDREN[kind][key], thing, each, at)
        return thing

    def _part(self, thing: Thing, key: str, node: Node) -> None:
        place = thing.place.at(key, node.line)
        others = ["ref", "steps", *CHILDREN[thing.kind], *made_by_program(thing.kind)]
        if key == "ref":
            thing.ref = self.handle(node, place)
        elif thing.automatic is None:
            self._tell(thing.deeds[0], key, node, others)
        elif key in (thing.automatic, NTH):
            self._by_itself(thing, key, node, place)
        else:
            known = [NTH, *(each for each in others if each not in AUTOMATIC or each == thing.automatic)]
            self.unknown(place, key, known, "key_not_of_automatic")

    def _by_itself(self, thing: Thing, key: str, node: Node, place: Place) -> None:
        said = getattr(node, "text", "")
        if key == NTH and re.fullmatch(r"[1-9][0-9]{0,3}", said):
            thing.nth = int(said)
        elif key == NTH:
            self.problems.add(place, "not_a_number", value=said)
        elif key == CARRIED_FROM:
            thing.carried_from = self.handle(node, place)
        elif not YES_OR_NO.get(said.lower()):
            self.problems.add(place, "not_a_choice", value=said, choices=["true"])

    # What happened to them

    def _step(self, thing: Thing, node: Node, place: Place) -> None:
        self.limits.row(place)
        if len(thing.deeds) > MOST_STEPS:
            wrong(place, "too_many_steps", most=MOST_STEPS)
        named: Mapping[str, Node] = {}
        if isinstance(node, Scalar) and not node.empty:
            named = {node.text: Scalar("", node.line, plain=True)}
        elif isinstance(node, nodes.Mapping):
            named = node.items
        if len(named) != 1:
            self.problems.add(place, "not_a_step", known=[*steps_of(thing.kind)])
            thing.deeds.append(Deed(thing, "", place, wrong=True))
            return
        for move, part in named.items():
            self._move(thing, move, part, place.at(move, part.line))

    def _move(self, thing: Thing, move: str, node: Node, place: Place) -> None:
        if move not in steps_of(thing.kind) and move != UNDO:
            known = PAGE[thing.kind].moves.get(move)
            follows = known is not None and known.follows
            self.unknown(place, move, [*steps_of(thing.kind), UNDO], "step_follows" if follows else "no_such_step")
            thing.deeds.append(Deed(thing, move, place, wrong=True))
            return
        deed = Deed(thing, move, place)
        thing.deeds.append(deed)
        found = len(self.problems.found)
        if not isinstance(node, Scalar):
            for key, part in self.named(node, place):
                self._tell(deed, key, part, [])
            self._in_other_languages()
        elif not node.empty:
            self._how(deed, "on", node, place)
        self._judge([deed], found)

    def _judge(self, deeds: list[Deed], before: int) -> None:
        for deed in deeds:
            deed.wrong = len(self.problems.found) > before

    def _tell(self, deed: Deed, key: str, node: Node, others: list[str]) -> None:
        place = deed.place.at(key, node.line)
        details = details_at(deed.thing.kind, deed.move)
        how = UNDOING if deed.move == UNDO else tuple(HOW)
        if key in details and key in TRANSLATED.get(deed.thing.kind, ()) and isinstance(node, nodes.Mapping):
            self.several.append((deed, key, node))
        elif key in details:
            self.give(deed.given, key, details[key].kind, node, place)
        elif key in how:
            self._how(deed, key, node, place)
        else:
            self.unknown(place, key, [*details, *how, *others])

    def _how(self, deed: Deed, key: str, node: Node, place: Place) -> None:
        if key == "override":
            deed.overrides = tuple(self.words(node, place))
        elif key == "confirm":
            deed.confirms = tuple(self.words(node, place))
        elif (said := self.one(node, place)) is not None:
            try:
                self._set_how(deed, key, said)
            except BadValue as bad:
                self.problems.note(place, bad)

    def _set_how(self, deed: Deed, key: str, said: Said) -> None:
        if key == "on":
            deed.on = read_moment(said)
        elif key == "told":
            deed.told = read_day(said)
        elif key == "by":
            deed.by = said
        elif key == "reason":
            deed.reason = said
        elif re.fullmatch(r"[0-9]{1,9}", said):
            deed.number = int(said)
        else:
            raise BadValue("not_a_number", key, value=str(said))

    def _in_other_languages(self) -> None:
        """The first of the table's languages is told with the move; each other by a step of its own, right after."""
        for deed, field, node in self.several:
            place = deed.place.at(field, node.line)
            languages = _languages(deed.thing.table)
            if languages[0] not in node.items:
                self.problems.add(place, "main_language_missing", language=languages[0])
            for language, part in node.items.items():
                at = place.at(language, part.line)
                if language not in languages:
                    self.problems.add(at, "not_a_language_here", value=language, choices=languages)
                elif (said := self.one(part, at)) is not None:
                    self._told_in(deed, field, language, said, at, main=language == languages[0])
        self.several = []

    def _told_in(self, deed: Deed, field: str, language: str, said: Said, place: Place, *, main: bool) -> None:
        if main:
            deed.given[field] = said
            return
        self.limits.row(place)
        given: dict[str, Value] = {"field": field, "language": language, "text": said}
        deed.thing.deeds.append(Deed(deed.thing, "translate", place, given, by=deed.by, told=deed.told))


def _languages(table: Thing) -> list[str]:
    said = re.split(r"[\s,]+", str(table.told("languages") or "fi"))
    return [each for each in said if each] or ["fi"]
