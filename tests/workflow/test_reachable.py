"""Every state of the machines together that a small world can come to: what must hold everywhere, holds there.

The worlds are walked through breadth first, by the page's own promises and follow-ons, until there is nowhere new.
Nothing is overridden, and nobody convenes a meeting for a day that is gone.
"""

from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

from models.states import ActionState, ItemState, MeetingState, SeriesState, ThemeState
from tests.workflow.small_world import (
    Choice,
    MeetingIs,
    SeriesIs,
    Size,
    ThemeIs,
    World,
    next_worlds,
)
from workflow.lifecycles import PAGE

# The worlds. What is left out of one leads to nothing that the others do not see.

RESULTS = {"result confirm", "result check"}
WORK = {"action start", "action report_done", "action wait", "action refuse", "action drop", "action reopen"}
ONE_LIFE = frozenset({*RESULTS, "theme reopen"})
SIMPLE_WORK = frozenset({*ONE_LIFE, *WORK})
NO_PAUSE = frozenset({*SIMPLE_WORK, "theme suspend", "series suspend"})

A_THEME = World(themes=(ThemeIs(),))
JOINT = World(themes=(ThemeIs(),) * 2, series=(SeriesIs(0), SeriesIs(1)), meetings=(MeetingIs((0, 1)),))

WORLDS = {
    "two meetings": (A_THEME, Size(without=ONE_LIFE)),
    "three meetings": (A_THEME, Size(days=3, meetings=3, results=0, without=ONE_LIFE)),
    "two series": (A_THEME, Size(days=1, series=2, meetings=1, without=ONE_LIFE)),
    "two lives": (A_THEME, Size(days=1, series=2, meetings=1, without=frozenset(RESULTS | {"theme suspend"}))),
    "a matter and some work": (A_THEME, Size(days=1, meetings=1, items=1, actions=1, without=SIMPLE_WORK)),
    "matters carried over": (A_THEME, Size(items=2, results=0, without=NO_PAUSE)),
    "a piece of work": (A_THEME, Size(days=1, meetings=1, actions=1, results=0, without=ONE_LIFE)),
    "a joint meeting": (JOINT, Size(days=1, meetings=1, without=ONE_LIFE)),
}

# What holds everywhere (lifecycles.md 3)

MILESTONES = tuple(PAGE["theme"].path)
ROUND = tuple(PAGE["series"].path[:-1])
ENDED_THEME = {ThemeState.RESULTS_REACHED, ThemeState.DECLINED, ThemeState.DISCONTINUED}
ENDED_SERIES = {SeriesState.RESULTS_REACHED, SeriesState.DISCONTINUED}
OVER = {MeetingState.COMPLETED, MeetingState.CANCELLED}
TOOK_PLACE = {MeetingState.HELD, MeetingState.ACTIONS_ASSIGNED, MeetingState.COMPLETED}
UNDER_WAY = {MeetingState.CONVENED, MeetingState.AGENDA_SET, MeetingState.HELD}
DONE = {ActionState.CLOSED, ActionState.DROPPED}
DEALT_WITH = {ItemState.SETTLED, ItemState.DECLINED, ItemState.WITHDRAWN}


def broken(world: World) -> Iterator[str]:
    """What does not hold in a world, though it must."""
    for meeting in world.meetings:
        if meeting.state not in OVER and world.series[meeting.series[0]].state in ENDED_SERIES:
            yield "an open meeting under an ended series"
        if meeting.state in TOOK_PLACE and not 0 < meeting.day <= world.today:
            yield "a held meeting that lies ahead"
    for number, series in enumerate(world.series):
        theme = world.themes[series.theme]
        if series.state not in ENDED_SERIES and theme.state in ENDED_THEME:
            yield "an active series under an ended theme"
        if series.state in ROUND and theme.state in MILESTONES and ROUND.index(series.state) > reached(theme):
            yield "a series that is further than its theme"
        if series.state in ROUND and series.state not in following(world, number):
            yield "a series that does not stand where its current meeting does"
    for number, theme in enumerate(world.themes):
        if theme.state is ThemeState.RESULTS_REACHED:
            if not any(result.theme == number for result in world.results):
                yield "results reached without a result"
            if any(action.theme == number and action.state not in DONE for action in world.actions):
                yield "results reached with work left to do"


def reached(theme: ThemeIs) -> int:
    """Which milestone it is at."""
    return MILESTONES.index(theme.state)


def following(world: World, number: int) -> set[Any]:
    """Where a series may stand, given its meetings."""
    meetings = [meeting for meeting in world.meetings if number in meeting.series]
    current = min((each for each in meetings if each.state in UNDER_WAY), key=lambda each: each.day, default=None)
    if current is not None:
        return {SeriesState(current.state.value)}
    dated = any(each.day and each.state is MeetingState.PLANNED for each in meetings)
    return {SeriesState.PLANNED, SeriesState.ACTIONS_ASSIGNED, *({SeriesState.CONVENED} if dated else ())}


def broken_on_the_way(before: World, choice: Choice | None, after: World) -> Iterator[str]:
    """What does not hold of a step."""
    for was, is_now in zip(before.themes, after.themes, strict=True):
        if choice and choice.move != "reopen" and {was.state, is_now.state} <= set(MILESTONES):
            if reached(is_now) < reached(was):
                yield "a theme that went back"
    if any(was.state in ENDED_SERIES and was != now for was, now in zip(before.series, after.series, strict=False)):
        yield "a series that goes on after its end"


def ended(world: World) -> bool:
    """Whether everything in it has come to an end."""
    return (
        all(theme.state in ENDED_THEME for theme in world.themes)
        and all(series.state in ENDED_SERIES for series in world.series)
        and all(meeting.state in OVER for meeting in world.meetings)
        and all(action.state in DONE for action in world.actions)
        and all(item.state in DEALT_WITH for item in world.items)
    )


# Walking through them


class Walk(NamedTuple):
    """Where a walk has been, from where it came there, where each leads, and what did not hold."""

    came: dict[World, tuple[World, Choice | None] | None]
    leads: dict[World, list[World]]
    faults: dict[str, World]

    def to(self, world: World) -> list[str]:
        """The moves that lead to a world."""
        moves = []
        while (before := self.came[world]) is not None:
            world, choice = before
            moves.append("a day" if choice is None else f"{choice.kind} {choice.move}")
        return moves[::-1]


def walk(start: World, size: Size, *, to_the_first_fault: bool = False) -> Walk:
    """Go everywhere."""
    been = Walk({start: None}, {}, {})
    ahead = deque([start])
    while ahead and not (to_the_first_fault and been.faults):
        world = ahead.popleft()
        been.leads[world] = []
        for choice, after in next_worlds(world, size):
            been.leads[world].append(after)
            if after not in been.came:
                been.came[after] = world, choice
                ahead.append(after)
                for fault in broken(after):
                    been.faults.setdefault(fault, after)
            for fault in broken_on_the_way(world, choice, after):
                been.faults.setdefault(fault, after)
    return been


@cache
def walked(name: str) -> Walk:
    """A walk through one of the worlds, made once."""
    return walk(*WORLDS[name])


def way_back(been: Walk) -> set[World]:
    """The worlds from which everything can still come to an end."""
    before: dict[World, list[World]] = {world: [] for world in been.came}
    for world, nexts in been.leads.items():
        for after in nexts:
            before[after].append(world)
    found = {world for world in been.came if ended(world)}
    ahead = list(found)
    while ahead:
        for world in before[ahead.pop()]:
            if world not in found:
                found.add(world)
                ahead.append(world)
    return found


@pytest.mark.parametrize("name", WORLDS)
def test_what_must_hold_everywhere_holds_in_every_world_that_can_be_reached(name):
    been = walked(name)

    assert {fault: been.to(world) for fault, world in been.faults.items()} == {}
    assert len(been.came) > 1000


@pytest.mark.parametrize("name", WORLDS)
def test_everything_can_come_to_an_end_from_every_world_that_can_be_reached(name):
    been = walked(name)

    stuck = been.came.keys() - way_back(been)

    assert [been.to(world) for world in list(stuck)[:3]] == []


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_without_a_way_on_is_one_in_which_everything_has_ended(name):
    been = walked(name)

    assert [been.to(world) for world, nexts in been.leads.items() if not nexts and not ended(world)] == []
