"""The gate against a model written by hand from the text of lifecycles.md: many courses, compared at every step."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from sqlite3 import IntegrityError
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from models.database import Database
from models.states import ActionState, ItemState, MemoState, Role, SeriesState, ThemeState
from tests.builders import first_people
from tests.faults import without_follow_on, without_promise
from tests.figures import SIZE, tell
from tests.torture.model_course import BEGINNING, Course, set_up
from tests.torture.mutation_page import with_move
from workflow.lifecycles import PAGE
from workflow.work import Work

PARTS = range(10)
RUNS = {"sqlite": 100 * SIZE, "postgresql": 10 * SIZE}
"""How many courses of each part there are on each database."""

STEPS = 50
SEARCHES, SEARCH = 20, 20
"""A fault is found within so many searches of so many courses. One that goes on and on may dwell where it is not."""


def courses(runs: int) -> settings:
    """So many courses, the same ones every time. One that fails is told in words; making it shorter takes minutes."""
    return settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        phases=[Phase.generate],
        derandomize=True,  # the same courses each time, by the seed of the part
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture
def course(database: Database) -> type[Course]:
    """A course in a database with tables of every sort."""
    with database.writing() as session:
        set_up(Work(session, first_people(session), BEGINNING))
    return type("CourseHere", (Course,), {"database": database, "walked": 0, "taken": 0})


@pytest.mark.parametrize("part", PARTS)
def test_the_gate_does_what_the_text_says(course, request, part):
    kind = request.node.callspec.params["system"]
    runs = RUNS[kind]

    run_state_machine_as_test(seed(part)(course), settings=courses(runs))

    assert course.walked >= runs
    tell("model", database=kind, part=part, courses=course.walked, steps=course.taken)


def follow_on(name: str) -> AbstractContextManager[None]:
    """Without one follow-on, by its name."""
    return without_follow_on(next(each for each in PAGE.follow_ons if f"{each.cause} > {each.then}" == name))


FAULTS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "a promise forgotten": lambda: without_promise("item", ItemState.ACCEPTED, "agenda_open"),
    "a promise of the memo forgotten": lambda: without_promise("memo", MemoState.DRAFT, "meeting_took_place"),
    "a warning forgotten": lambda: without_promise("theme", ThemeState.CONVENED, "size_5_to_20"),
    "what nobody can waive forgotten": lambda: without_promise("action", ActionState.CLOSED, "outcome_told"),
    "a promise of the series forgotten": lambda: without_promise("series", SeriesState.PLANNED, "theme_open"),
    "a follow-on left out": lambda: follow_on("meeting cancel > item release"),
    "a rare follow-on left out": lambda: follow_on("series assign_actions > series convene"),
    "a series that is not called off": lambda: follow_on("meeting cancel > series call_off"),
    "another destination": lambda: with_move("action", "report_done", to=ActionState.IN_PROGRESS),
    "a destination left out": lambda: with_move("theme", "decline", to=ThemeState.DISCONTINUED),
    "another role": lambda: with_move("action", "close", by=(Role.CONVENER,)),
    "a role too many": lambda: with_move("meeting", "convene", by=(Role.CONVENER, Role.SECRETARY)),
    "a role too few": lambda: with_move("item", "submit", by=(Role.CONVENER, Role.SECRETARY, Role.CHAIR)),
    "no reason asked": lambda: with_move("meeting", "cancel", reason=False),
    "what was sent out can be undone": lambda: with_move("meeting", "cancel", final=False),
}


@pytest.mark.parametrize("system", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_of_the_page_is_found(course, fault):
    with fault(), pytest.raises((AssertionError, IntegrityError)):  # the database itself refuses some
        for search in range(SEARCHES):
            run_state_machine_as_test(seed(search)(course), settings=courses(SEARCH))
