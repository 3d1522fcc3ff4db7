"""Every state of the machines together that a small world can come to: what must hold everywhere, holds there.

The worlds are walked through breadth first, by the page's own promises and follow-ons, until there is nowhere new.
Nothing is overridden, and nobody convenes a meeting for a day that is gone.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from models.states import ActionState, ItemState, MeetingState, MemoState, SeriesState, ThemeState
from tests.faults import with_promise, without_follow_on, without_promise
from tests.figures import SIZE, tell
from tests.workflow.small_world import (
    NOWHERE,
    ActionIs,
    Choice,
    ItemIs,
    MeetingIs,
    MemoIs,
    SeriesIs,
    Size,
    ThemeIs,
    World,
)
from tests.workflow.walking import Check, Rules, Walk
from workflow.lifecycle import Refusal, fixed
from workflow.lifecycles import PAGE

# The worlds. What is left out of one leads to nothing that the others do not see.

RESULTS = {"result confirm", "result check"}
WORK = {"action start", "action report_done", "action wait", "action refuse", "action drop", "action reopen"}
ONE_LIFE = frozenset({*RESULTS, "theme reopen"})
WHOLE_LIFE = frozenset({"theme reopen"})
NO_PAUSE = frozenset({*ONE_LIFE, *WORK, "theme suspend", "series suspend"})

A_THEME = World(themes=(ThemeIs(),))
JOINT = World(themes=(ThemeIs(),) * 2, series=(SeriesIs(0), SeriesIs(1)), meetings=(MeetingIs((0, 1)),))

WORLDS = {
    "three meetings": (A_THEME, Size(days=3, meetings=3, results=0, without=ONE_LIFE)),
    "matters carried over": (A_THEME, Size(items=2, results=0, without=NO_PAUSE | {"meeting reschedule"})),
    "a joint meeting": (JOINT, Size(days=1, meetings=1, without=ONE_LIFE | {"theme suspend"})),
    "two meetings and work": (A_THEME, Size(actions=1, without=WHOLE_LIFE)),
    "two series and work": (A_THEME, Size(days=1, series=2, meetings=1, actions=1, without=WHOLE_LIFE)),
    "several lives": (A_THEME, Size(days=1, series=2, meetings=1, actions=1, without=frozenset({"theme suspend"}))),
    "a matter and two works": (A_THEME, Size(days=1, meetings=1, items=1, actions=2, without=WHOLE_LIFE)),
    "two days of two works": (A_THEME, Size(meetings=1, actions=2)),
    "two meetings and their memos": (A_THEME, Size(memos=True, without=ONE_LIFE)),
}
LARGER = {
    "a matter, two meetings and work": (A_THEME, Size(items=1, actions=1, without=WHOLE_LIFE)),
    "three works": (A_THEME, Size(days=1, meetings=1, actions=3, without=WHOLE_LIFE)),
    "three meetings and a result": (A_THEME, Size(days=3, meetings=3, without=ONE_LIFE)),
}
"""For whoever has some minutes."""

AT_LEAST = {
    "three meetings": 17_000,
    "matters carried over": 11_000,
    "a joint meeting": 4_900,
    "two meetings and work": 137_000,
    "two series and work": 117_000,
    "several lives": 57_000,
    "a matter and two works": 359_000,
    "two days of two works": 219_000,
    "two meetings and their memos": 8_600,
    "a matter, two meetings and work": 692_000,
    "three works": 444_000,
    "three meetings and a result": 34_000,
}
"""How many worlds are reached, in round numbers: a walk that stops short sees nothing."""

# What holds everywhere (lifecycles.md 3)

MILESTONES = tuple(PAGE["theme"].path)
ROUND = tuple(PAGE["series"].path[:-1])
ENDED_THEME = {ThemeState.RESULTS_REACHED, ThemeState.DECLINED, ThemeState.DISCONTINUED}
ENDED_SERIES = {SeriesState.RESULTS_REACHED, SeriesState.DISCONTINUED}
OVER = {MeetingState.COMPLETED, MeetingState.CANCELLED}
TOOK_PLACE = {MeetingState.HELD, MeetingState.ACTIONS_ASSIGNED, MeetingState.COMPLETED}
UNDER_WAY = {MeetingState.CONVENED, MeetingState.AGENDA_SET, MeetingState.HELD}
AGREED = {MemoState.CONFIRMED, MemoState.PUBLISHED, MemoState.WITHDRAWN}
DONE = {ActionState.CLOSED, ActionState.DROPPED}
DEALT_WITH = {ItemState.SETTLED, ItemState.DECLINED, ItemState.WITHDRAWN}


def broken_rounds(world: World) -> Iterator[str]:
    """What does not hold of themes, series and meetings, though it must."""
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


def broken_matters(world: World) -> Iterator[str]:
    """What does not hold of matters and the meetings that they wait for."""
    for item in world.items:
        meeting = world.meetings[item.meeting] if item.meeting != NOWHERE else None
        if meeting and meeting.state is MeetingState.CANCELLED and item.state not in DEALT_WITH:
            yield "a matter that waits for a cancelled meeting"


def broken_ends(world: World) -> Iterator[str]:
    """What does not hold of themes that have come to results."""
    for number, theme in enumerate(world.themes):
        if theme.state is ThemeState.RESULTS_REACHED:
            if not any(result.theme == number for result in world.results):
                yield "results reached without a result"
            if any(action.theme == number and action.state not in DONE for action in world.actions):
                yield "results reached with work left to do"


def broken_memos(world: World) -> Iterator[str]:
    """What does not hold of meetings and what is written of them."""
    agreed = {memo.meeting for memo in world.memos if memo.state in AGREED}
    for number, meeting in enumerate(world.meetings):
        if meeting.state is MeetingState.COMPLETED and number not in agreed:
            yield "a completed meeting without a confirmed memo"
    for memo in world.memos:
        if world.meetings[memo.meeting].state not in TOOK_PLACE:
            yield "a memo of what has not taken place"


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


def over(thing: Any) -> bool:
    """Whether it has come to an end. A result may always be looked at again."""
    return thing.state in ENDS.get(type(thing), {thing.state})


ENDS: dict[type, set[Any]] = {
    ThemeIs: ENDED_THEME,
    SeriesIs: ENDED_SERIES,
    MeetingIs: OVER,
    ItemIs: DEALT_WITH,
    ActionIs: DONE,
    MemoIs: AGREED,
}

RULES = Rules(
    checks=(
        Check(broken_rounds, ("themes", "series", "meetings")),
        Check(broken_matters, ("meetings", "items")),
        Check(broken_ends, ("themes", "actions", "results")),
    ),
    broken_on_the_way=broken_on_the_way,
    over=over,
)
WITH_MEMOS = RULES._replace(checks=(*RULES.checks, Check(broken_memos, ("meetings", "memos"))))


def rules_of(size: Size) -> Rules:
    """What must hold in a world of that size: where it has no memos of its own, every meeting has a confirmed one."""
    return WITH_MEMOS if size.memos else RULES


DEAD_ENDS = {
    "a theme declined",
    "a theme declined, its series discontinued",
    "a theme discontinued",
    "a theme discontinued, its series discontinued",
    "a theme discontinued, its series results_reached",
    "a theme discontinued, its series discontinued and results_reached",
    "a theme results_reached, its series results_reached",
    "a theme results_reached, its series discontinued",
    "a theme results_reached, its series discontinued and results_reached",
}
"""Where nobody can do anything any more, unless the theme is reopened: everything in it has come to its end."""


def dead_ends(been: Walk) -> set[str]:
    """The names of all worlds in which nobody can do anything, and the name of what has not ended there."""
    return {name for number in been.stuck for name in _names(been.world(number))}


def _names(world: World) -> Iterator[str]:
    yield from (f"{type(each).__name__} {each.state}" for kind in world[1:] for each in kind if not over(each))
    for number, theme in enumerate(world.themes):
        states = sorted({series.state.value for series in world.series if series.theme == number})
        yield f"a theme {theme.state}" + (f", its series {' and '.join(states)}" if states else "")


@pytest.mark.parametrize("name", [*WORLDS, *(LARGER if SIZE > 1 else ())])
def test_what_must_hold_holds_in_every_world_that_can_be_reached_and_everything_can_still_end(name):
    start, size = (WORLDS | LARGER)[name]

    been = Walk(start, size, rules_of(size)).go()

    assert {fault: been.way_to(number) for fault, number in been.faults.items()} == {}
    assert [been.way_to(number) for number in been.without_way_out()[:3]] == []
    assert dead_ends(been) <= DEAD_ENDS
    assert len(been.worlds) > AT_LEAST[name]
    tell("reachable", worlds=len(been.worlds), steps=len(been.sources), of=name)


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
    ("meeting", MeetingState.COMPLETED, "memo_confirmed", "a completed meeting without a confirmed memo"),
    ("memo", MemoState.DRAFT, "meeting_took_place", "a memo of what has not taken place"),
]
"""What goes wrong where a promise is forgotten."""

TWO_MEETINGS = (A_THEME, Size(without=ONE_LIFE))
TWO_SERIES = (A_THEME, Size(days=1, series=2, meetings=1, actions=1, without=ONE_LIFE | WORK))
AMONG_MATTERS = (A_THEME, Size(days=1, meetings=1, items=1, actions=1, without=ONE_LIFE | WORK))
WITH_A_MEMO = (A_THEME, Size(days=1, meetings=1, memos=True, without=ONE_LIFE))


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_walk_finds_what_goes_wrong_where_a_follow_on_is_left_out(name):
    left_out = next(each for each in PAGE.follow_ons if f"{each.cause} > {each.then}" == name)
    world = AMONG_MATTERS if "item" in name else TWO_MEETINGS

    with without_follow_on(left_out):
        been = Walk(*world, RULES).go(to_the_first_fault=True)

    assert list(been.faults) == [LEFT_OUT[name]]


@pytest.mark.parametrize(("kind", "state", "code", "fault"), FORGOTTEN)
def test_a_walk_finds_what_goes_wrong_where_a_promise_is_forgotten(kind, state, code, fault):
    start, size = {
        "actions_settled": AMONG_MATTERS,
        "memo_confirmed": WITH_A_MEMO,
        "meeting_took_place": WITH_A_MEMO,
    }.get(code, TWO_MEETINGS)

    with without_promise(kind, state, code):
        been = Walk(start, size, rules_of(size)).go(to_the_first_fault=True)

    assert fault in been.faults


def never(row: Any, attempt: Any) -> Refusal:
    """What never holds."""
    return Refusal()


@pytest.mark.parametrize("name", ["a joint meeting", "matters carried over", "two meetings and their memos"])
def test_what_is_known_from_other_worlds_is_what_the_page_says_when_it_is_asked_anew(name):
    start, size = WORLDS[name]
    been = Walk(start, size, rules_of(size)).go()
    some = Random(2016).sample(range(len(been.worlds)), 100)  # noqa: S311  # nothing to hide

    assert [been.way_to(number) for number in some if been.asked_anew(number) != been.leads_to(number)] == []


def test_every_dead_end_has_its_name():
    been = Walk(*TWO_SERIES, RULES).go()

    assert dead_ends(been) == DEAD_ENDS


def test_a_walk_finds_a_dead_end_that_is_not_among_them():
    nobody = fixed(never)

    with with_promise("action", ActionState.CLOSED, nobody), with_promise("action", ActionState.DROPPED, nobody):
        been = Walk(*AMONG_MATTERS, RULES).go()

    assert been.without_way_out()
    assert dead_ends(been) - DEAD_ENDS == {"ActionIs assigned"}
