"""Every state of the machines together that a small world can come to: what must hold everywhere, holds there.

The worlds are walked through breadth first, by the page's own promises and follow-ons, until there is nowhere new.
Nothing is overridden, and nobody convenes a meeting for a day that is gone.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from models.states import ActionState, ItemState, MeetingState, SeriesState, ThemeState
from tests.faults import without_follow_on, without_promise
from tests.workflow.small_world import (
    NOWHERE,
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
    "matters carried over": (A_THEME, Size(items=2, results=0, without=NO_PAUSE | {"meeting reschedule"})),
    "a piece of work": (A_THEME, Size(days=1, meetings=1, actions=1, results=0, without=ONE_LIFE)),
    "a joint meeting": (JOINT, Size(days=1, meetings=1, without=ONE_LIFE | {"theme suspend"})),
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
        if series.state in ROUND[1:] and theme.state is ThemeState.SUSPENDED:
            yield "a series that goes on under a suspended theme"
        if series.with_theme and series.state is SeriesState.SUSPENDED and theme.state in MILESTONES:
            yield "a series that its theme left behind"
        if series.state in ROUND and theme.state in MILESTONES and ROUND.index(series.state) > reached(theme):
            yield "a series that is further than its theme"
        if series.state in ROUND and series.state not in following(world, number):
            yield "a series that does not stand where its current meeting does"
    for item in world.items:
        meeting = world.meetings[item.meeting] if item.meeting != NOWHERE else None
        if meeting and meeting.state is MeetingState.CANCELLED and item.state not in DEALT_WITH:
            yield "a matter that waits for a cancelled meeting"
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
    for was, now in zip(before.themes, after.themes, strict=True):
        on_the_path = {was.state, now.state} <= set(MILESTONES)
        if on_the_path and reached(now) < reached(was) and choice is not None and choice.move != "reopen":
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
def test_what_must_hold_holds_in_every_world_that_can_be_reached_and_everything_can_still_end(name):
    been = walk(*WORLDS[name])

    assert {fault: been.to(world) for fault, world in been.faults.items()} == {}
    assert [been.to(world) for world in been.came.keys() - way_back(been)] == []
    assert len(been.came) > 2000


LEFT_OUT = {
    "series hold > theme hold": "a series that is further than its theme",
    "meeting convene > series fall_back": "a series that does not stand where its current meeting does",
    "meeting cancel > series call_off": "a series that does not stand where its current meeting does",
    "meeting cancel > item release": "a matter that waits for a cancelled meeting",
    "series resume > series call_off": "a series that does not stand where its current meeting does",
    "theme suspend > series suspend": "a series that goes on under a suspended theme",
    "theme resume > series resume": "a series that its theme left behind",
    "theme decline > series discontinue": "an active series under an ended theme",
    "theme discontinue > series discontinue": "an active series under an ended theme",
    "series discontinue > meeting cancel": "an open meeting under an ended series",
}
"""What goes wrong where a follow-on is left out."""

FORGOTTEN = [
    ("theme", ThemeState.RESULTS_REACHED, "result_recorded", "results reached without a result"),
    ("theme", ThemeState.RESULTS_REACHED, "actions_settled", "results reached with work left to do"),
    ("theme", ThemeState.RESULTS_REACHED, "series_ended", "an active series under an ended theme"),
    ("series", SeriesState.PLANNED, "theme_open", "an active series under an ended theme"),
    ("series", SeriesState.HELD, "theme_under_way", "a series that goes on under a suspended theme"),
    ("series", SeriesState.RESULTS_REACHED, "no_meeting_open", "an open meeting under an ended series"),
    ("series", SeriesState.DISCONTINUED, "held_meetings_completed", "an open meeting under an ended series"),
    ("meeting", MeetingState.PLANNED, "under_way", "an open meeting under an ended series"),
    ("meeting", MeetingState.HELD, "has_begun", "a held meeting that lies ahead"),
]
"""What goes wrong where a promise is forgotten."""

AMONG_WORK = "a matter and some work"


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_walk_finds_what_goes_wrong_where_a_follow_on_is_left_out(name):
    left_out = next(each for each in PAGE.follow_ons if f"{each.cause} > {each.then}" == name)
    world = AMONG_WORK if "item" in name else "two meetings"

    with without_follow_on(left_out):
        been = walk(*WORLDS[world], to_the_first_fault=True)

    assert list(been.faults) == [LEFT_OUT[name]]


@pytest.mark.parametrize(("kind", "state", "code", "fault"), FORGOTTEN)
def test_a_walk_finds_what_goes_wrong_where_a_promise_is_forgotten(kind, state, code, fault):
    world = AMONG_WORK if code == "actions_settled" else "two meetings"

    with without_promise(kind, state, code):
        been = walk(*WORLDS[world], to_the_first_fault=True)

    assert fault in been.faults
