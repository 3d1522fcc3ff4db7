"""A walk through every small world that can be reached, breadth first, quick enough for a million of them.

A world is kept as a row of numbers, one for each thing in it: its number among all the things ever seen. What a thing
can do is found out once, from the page's own promises and follow-ons, while it is noted what else was looked at; in
every other world in which all that is the same, the same can be done. Worlds that differ only in which of two like
things is which are taken as one.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from tests.workflow.small_world import NOWHERE, Choice, MeetingIs, Size, World, changed_by

Numbers = tuple[int, ...]
"""A world: what sort of world it is (which things belong to which), the day, and a number for each thing in it."""

SORT, TODAY, FIRST = 0, 1, 2
A_DAY = Choice("day", "goes by", -1)
NO_THING = 0


class Check(NamedTuple):
    """What must hold in a world, and the kinds of thing that it looks at, beside the day."""

    broken: Callable[[World], Iterator[str]]
    looks_at: tuple[str, ...]


class Rules(NamedTuple):
    """What must hold in every world and on every step, and when a thing has come to an end."""

    checks: tuple[Check, ...]
    broken_on_the_way: Callable[[World, Choice, World], Iterator[str]]
    over: Callable[[Any], bool]


class Following(NamedTuple):
    """What one thing can do: the choice, and the things that are otherwise after it, by their place."""

    choice: int
    changes: tuple[tuple[int, int], ...]


class Known(NamedTuple):
    """What is known of a thing from other worlds: where to look, and what can be done where it looks like that."""

    places: tuple[int, ...]
    look: Callable[[Numbers], Any]
    found: dict[Any, list[Following]]


class Walk:
    """Where a walk has been, how it came there, where each world leads, and what did not hold."""

    def __init__(self, start: World, size: Size, rules: Rules) -> None:
        self.size = size
        self.rules = rules
        self.room = Room(start, size)
        self.things: list[Any] = [None]
        self.number_of: dict[Any, int] = {None: NO_THING}
        self.link, self.over = [NO_THING], [True]
        self.links: dict[Any, int] = {None: NO_THING}
        self.sorts: dict[Numbers, int] = {}
        self.tidied: dict[Numbers, Numbers] = {}
        self.choices: list[Choice] = [A_DAY]
        self.known: dict[tuple[int, int, int], list[Known]] = {}
        self.found_out = 0
        self.faults: dict[str, int] = {}
        self.seen: list[tuple[Check, Callable[[Numbers], Any], dict[Any, tuple[str, ...]]]] = [
            (check, itemgetter(TODAY, *self.room.of(check.looks_at)), {}) for check in rules.checks
        ]
        first = self._tidy([0, *self._numbers(start)])
        self.worlds: list[Numbers] = [first]
        self.number: dict[Numbers, int] = {first: 0}
        self.came_from, self.by = array("l", [-1]), array("I", [0])
        self.sources, self.targets = array("I"), array("I")
        self.stuck: list[int] = []
        """The worlds in which nobody can do anything."""

    def go(self, to_the_first_fault: bool = False) -> "Walk":
        """Go everywhere."""
        here = 0
        while here < len(self.worlds) and not (to_the_first_fault and self.faults):
            self._go_on_from(here)
            here += 1
        return self

    def world(self, number: int) -> World:
        """A world, as people read it."""
        return self._world(self.worlds[number])

    def way_to(self, number: int) -> list[str]:
        """The moves that lead to a world."""
        moves = []
        while (before := self.came_from[number]) >= 0:
            choice = self.choices[self.by[number]]
            moves.append(f"{choice.kind} {choice.move}")
            number = before
        return moves[::-1]

    def leads_to(self, number: int) -> set[int]:
        """The worlds that a world leads to, the next day among them."""
        return {target for source, target in zip(self.sources, self.targets, strict=True) if source == number}

    def asked_anew(self, number: int) -> set[int]:
        """The same, found out from the page alone, whatever is known from other worlds."""
        world, led = self.worlds[number], set[int]()
        if world[TODAY] < self.size.days:
            led.add(self.number[world[SORT], world[TODAY] + 1, *world[FIRST:]])
        for place in self.room.filled(world):
            for _, changes in self._find_out(world, place):
                led.add(self.number[self._after(world, changes)])
        return led - {number}

    def without_way_out(self) -> list[int]:
        """The worlds from which not everything can come to an end any more."""
        before: list[list[int]] = [[] for _ in self.worlds]
        for source, target in zip(self.sources, self.targets, strict=True):
            before[target].append(source)
        ended = bytearray(map(self._ended, self.worlds))
        ahead = [number for number, over in enumerate(ended) if over]
        while ahead:
            for number in before[ahead.pop()]:
                if not ended[number]:
                    ended[number] = 1
                    ahead.append(number)
        return [number for number, over in enumerate(ended) if not over]

    def _go_on_from(self, here: int) -> None:
        world = self.worlds[here]
        led: set[int] = set()
        if world[TODAY] < self.size.days:
            led.add(self._arrive((world[SORT], world[TODAY] + 1, *world[FIRST:]), here, 0))
        alone = True
        for place in range(FIRST, len(world)):
            if world[place] == NO_THING:
                continue
            for choice, changes in self._following(world, place):
                if not changes:
                    continue  # it stays as it is
                alone = False
                led.add(self._arrive(self._after(world, changes), here, choice))
        if alone:
            self.stuck.append(here)
        led.discard(here)
        self.sources.extend([here] * len(led))
        self.targets.extend(led)

    def _after(self, world: Numbers, changes: tuple[tuple[int, int], ...]) -> Numbers:
        """A world after some changes, tidied once for all the ways that lead there."""
        after = list(world)
        after[SORT] = 0
        for place, thing in changes:
            after[place] = thing
        untidy = tuple(after)
        if (tidy := self.tidied.get(untidy)) is None:
            tidy = self.tidied[untidy] = self._tidy(after)
        return tidy

    def _arrive(self, world: Numbers, here: int, choice: int) -> int:
        number = self.number.setdefault(world, len(self.worlds))
        if number == len(self.worlds):
            self.worlds.append(world)
            self.came_from.append(here)
            self.by.append(choice)
            for fault in self._broken(world):
                self.faults.setdefault(fault, number)
        return number

    # What a thing can do

    def _following(self, world: Numbers, place: int) -> list[Following]:
        for known in self.known.get((world[SORT], place, world[place]), ()):
            if (following := known.found.get(known.look(world))) is not None:
                return following
        return self._find_out(world, place)

    def _find_out(self, numbers: Numbers, place: int) -> list[Following]:
        """Ask the page; note the answer for all worlds that are the same in what was looked at."""
        self.found_out += 1
        world, places, looked_at = self._world(numbers), self.room.filled(numbers), set[int]()
        following = []
        for choice, after in changed_by(world, places.index(place), self.size, looked_at):
            for fault in self.rules.broken_on_the_way(world, choice, after):
                self.faults.setdefault(fault, self.number[numbers])
            now = enumerate(self._numbers(after), TODAY)
            changes = tuple((at, thing) for at, thing in now if thing != numbers[at])
            following.append(Following(self._choice(choice), changes))
        looked = {place, *(places[each] for each in looked_at)}
        looked |= {at for each in following for at, _ in each.changes}
        if looked & set(self.room.meetings):
            looked.add(TODAY)  # its date was compared with the day it is
        self._note(numbers, place, tuple(sorted(looked)), following)
        return following

    def _note(self, world: Numbers, place: int, looked: tuple[int, ...], following: list[Following]) -> None:
        every = self.known.setdefault((world[SORT], place, world[place]), [])
        known = next((each for each in every if each.places == looked), None)
        if known is None:
            known = Known(looked, itemgetter(*looked), {})
            every.append(known)
        known.found[known.look(world)] = following

    def _choice(self, choice: Choice) -> int:
        self.choices.append(choice)
        return len(self.choices) - 1

    # Worlds as numbers

    def _numbers(self, world: World) -> list[int]:
        numbers = [world.today]
        for things, places in zip(world[1:], self.room.each, strict=True):
            numbers += [*map(self._thing, things), *[NO_THING] * (len(places) - len(things))]
        return numbers

    def _thing(self, thing: Any) -> int:
        if (number := self.number_of.get(thing)) is None:
            number = self.number_of[thing] = len(self.things)
            self.things.append(thing)
            self.link.append(self.links.setdefault(link_of(thing), len(self.links)))
            self.over.append(self.rules.over(thing))
        return number

    def _world(self, numbers: Numbers) -> World:
        kinds = (tuple(self.things[numbers[at]] for at in places if numbers[at]) for places in self.room.each)
        return World(numbers[TODAY], *kinds)

    def _ended(self, world: Numbers) -> bool:
        return all(map(self.over.__getitem__, world[FIRST:]))

    def _broken(self, world: Numbers) -> Iterator[str]:
        for check, look, seen in self.seen:
            if (key := look(world)) not in seen:
                seen[key] = tuple(check.broken(self._world(world)))
            yield from seen[key]

    # Which of two like things is which

    def _tidy(self, world: list[int]) -> Numbers:
        """The same world with like things in one order, and each kind's things first."""
        room = self.room
        if room.series_alike and all(world[at] for at in room.series[:2]):
            self._order_series(world)
        if len(room.meetings) > 1:
            self._order_meetings(world)
        for places in (room.items, room.actions, room.results, room.memos):
            if len(places) > 1:
                first, after = places[0], places[-1] + 1
                world[first:after] = sorted(world[first:after], key=_nothing_last)
        links = tuple([self.link[thing] for thing in world[FIRST:]])
        world[SORT] = self.sorts.setdefault(links, len(self.sorts))
        return tuple(world)

    def _order_series(self, world: list[int]) -> None:
        """Two series of one theme that lead meetings of their own."""
        one, other = self.room.series[:2]
        meetings = [world[at] for at in self.room.meetings if world[at]]
        theirs = [
            (world[at], sorted(self._unlinked(m) for m in meetings if self.things[m].series == (number,)))
            for number, at in enumerate((one, other))
        ]
        if theirs[1] < theirs[0]:
            world[one], world[other] = world[other], world[one]
            for at in self.room.meetings:
                if world[at]:
                    series = self.things[world[at]].series
                    world[at] = self._thing(self.things[world[at]]._replace(series=tuple(1 - each for each in series)))

    def _unlinked(self, meeting: int) -> int:
        return self._thing(self.things[meeting]._replace(series=()))

    def _order_meetings(self, world: list[int]) -> None:
        room = self.room
        filled = [at for at in room.meetings if world[at]]
        hanging = [at for at in (*room.items, *room.actions, *room.memos) if world[at]]
        if not hanging:
            first, after = room.meetings[0], room.meetings[-1] + 1
            world[first:after] = sorted(world[first:after], key=lambda thing: (not thing, self.link[thing], thing))
            return
        on = {at: self.things[world[at]].meeting for at in hanging}
        likeness = [
            (
                self.link[world[at]],
                world[at],
                sorted(self._nowhere(world[each]) for each in hanging if on[each] == number),
            )
            for number, at in enumerate(filled)
        ]
        order = sorted(range(len(filled)), key=likeness.__getitem__)
        if order != list(range(len(filled))):
            moved = [world[filled[number]] for number in order]
            world[filled[0] : filled[0] + len(moved)] = moved
            for at in hanging:
                if on[at] != NOWHERE:
                    world[at] = self._elsewhere(world[at], order.index(on[at]))

    def _nowhere(self, thing: int) -> int:
        return self._elsewhere(thing, NOWHERE)

    def _elsewhere(self, thing: int, meeting: int) -> int:
        return self._thing(self.things[thing]._replace(meeting=meeting))


def _nothing_last(thing: int) -> tuple[bool, int]:
    return not thing, thing


def link_of(thing: Any) -> tuple[str, Any]:
    """What it belongs to, as long as it lives."""
    return type(thing).__name__, thing.series if isinstance(thing, MeetingIs) else getattr(thing, "theme", 0)


class Room:
    """How many of each kind a world may have, and at which places."""

    def __init__(self, start: World, size: Size) -> None:
        themes = len(start.themes)
        series = max(len(start.series), themes * size.series)
        meetings = series * size.meetings
        most = (themes, series, meetings, themes * size.items, themes * size.actions, themes, meetings * size.memos)
        ends = [FIRST + sum(most[: kind + 1]) for kind in range(len(most))]
        self.each = tuple(range(first, after) for first, after in zip([FIRST, *ends], ends, strict=False))
        self.themes, self.series, self.meetings, self.items, self.actions, self.results, self.memos = self.each
        self.series_alike = themes == 1 and series == 2

    def of(self, kinds: Iterable[str]) -> list[int]:
        """The places of some kinds."""
        return [place for kind in kinds for place in getattr(self, kind)]

    def filled(self, world: Numbers) -> list[int]:
        """The places where there is something."""
        return [place for places in self.each for place in places if world[place]]
