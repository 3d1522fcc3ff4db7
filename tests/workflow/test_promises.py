"""Every promise of the page: where it alone does not hold, the gate says so by its name; mended, the move is made.

The cases are in `tests/workflow/broken`. Every promise has one, and each is tried again with its promise taken off
the page, to see that it would be missed.
"""

import shlex
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

import tests.workflow.broken.actions
import tests.workflow.broken.agenda
import tests.workflow.broken.meetings
import tests.workflow.broken.memos
import tests.workflow.broken.referrals
import tests.workflow.broken.rotas
import tests.workflow.broken.series
import tests.workflow.broken.tables
import tests.workflow.broken.themes  # noqa: F401  # each room adds its cases
from models.states import Level
from tests.builders import step, thing_at
from tests.faults import with_promise, without_promise
from tests.looking import codes, failure, taken_back
from tests.workflow.broken.case import CASES, Broken, Case
from workflow.attempt import Reason
from workflow.details import details_of
from workflow.engine import ask
from workflow.errors import BadValue, Refused
from workflow.lifecycle import Back, Edge, Refusal, fixed
from workflow.lifecycles import PAGE
from workflow.work import Work

on_a_file = pytest.mark.parametrize("system", ["sqlite"], indirect=True)
every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)

WHOLE = {(kind, state): life.promises[state] for kind, life in PAGE.lifecycles.items() for state in life.states}
"""What each state promises, as the page has it."""
NO_COMMAND = {"call_for_items_closed", "closed_by_another", "residents_not_named"}
"""Promises that time, or somebody else, puts right."""


def look(work: Work, case: Case) -> None:
    """The move is refused for that promise; then what mends it is done, and the move is made."""
    broken = case.arrange(work)
    error = failure(work, lambda: broken.tried.make(work))
    assert isinstance(error, Refused), error
    assert sorted(codes(error)) == sorted([case.code, *broken.beside])
    reason = next(each for each in error.reasons if each.code == case.code)
    assert (reason.level, reason.fixed) == level_of(case)
    assert helpful(reason, broken)
    assert [said for each in error.reasons for said in each.remedies if not can_be_said(said)] == []
    for each in broken.mend:
        each.make(work, confirmed=True)
    outcome = (broken.then or broken.tried).make(work)
    assert case.state in [told.to for told in (outcome.made, *outcome.followed) if told.kind == case.kind]


def level_of(case: Case) -> tuple[Level, bool]:
    """How the page has it; a promise that sleeps was woken by a house rule of the case."""
    promise = next(each for each in WHOLE[case.kind, case.state] if each.code == case.code)
    return Level.REFUSE if promise.level is Level.OFF else promise.level, promise.fixed


def helpful(reason: Reason, broken: Broken) -> bool:
    """Whether the first thing that mends it is among the commands that the refusal names."""
    if reason.code in NO_COMMAND:
        return not reason.remedies
    first = next(chain(broken.mend, [broken.then]))
    assert first is not None
    said = {tuple(shlex.split(remedy)[1:3]) for remedy in reason.remedies}
    noun = {"item": "agenda"}.get(first.life.kind, first.life.kind)
    return bool(said & {(noun, first.move.replace("_", "-")), (noun, "advance")})


def can_be_said(remedy: str) -> bool:
    """Whether it is a command of ours, with the options that its move takes and all that it needs."""
    program, noun, verb, reference, *rest = shlex.split(remedy)
    life = PAGE["item" if noun == "agenda" else noun]
    options = {word for word in rest if word.startswith("--")}
    if verb == "advance":
        return not options
    made = life.moves[verb.replace("-", "_")]
    takes = details_of(life, made).values()
    known = {each.option for each in takes} | {"--reason"}
    needed = {each.option for each in takes if each.required} | ({"--reason"} if made.reason else set())
    return program == "poyta" and not reference.startswith("-") and needed <= options <= known


@on_a_file
@every_case
def test_a_promise_that_does_not_hold_is_refused_by_its_name_until_it_is_mended(work, case):
    look(work, case)


@on_a_file
@every_case
def test_a_promise_that_is_taken_off_the_page_is_missed(work, case):
    with without_promise(case.kind, case.state, case.code), pytest.raises((AssertionError, BadValue)):
        look(work, case)


def test_every_promise_of_every_state_has_a_case():
    promised = {(kind, state, promise.code) for (kind, state), made in WHOLE.items() for promise in made}

    assert {(case.kind, case.state, case.code) for case in CASES.values()} == promised


def never(row: Any, attempt: Any) -> Refusal:
    """What never holds."""
    return Refusal()


@on_a_file
@pytest.mark.parametrize(("kind", "state"), WHOLE, ids=str)
def test_whatever_way_leads_into_a_state_its_promises_are_asked(work, kind, state):
    into = [edge for edge in PAGE[kind].edges if edge.to is state and edge.source not in (None, state)]

    asked = {edge: list(asked_on(work, kind, edge)) for edge in into}

    assert [edge for edge, reasons in asked.items() if "never" not in reasons] == []


def asked_on(work: Work, kind: str, edge: Edge) -> Iterator[str]:
    """What is in the way of a move when its state promises what never holds."""
    with taken_back(work):
        thing = before(work, kind, edge)
        with with_promise(kind, edge.to, fixed(never)):
            yield from (reason.code for reason in ask(work, thing, edge.move.name).reasons)


def before(work: Work, kind: str, edge: Edge) -> Any:
    """A thing about to take that way. What goes back to where it was is set aside there."""
    if not isinstance(edge.move.to, Back):
        return thing_at(work, kind, edge.source)
    thing = thing_at(work, kind, edge.to)
    aside = {"action": ("wait", {"for": "ELY-keskus"})}.get(kind, ("suspend", {"revisit": "1.9.2016"}))
    return step(work, thing, *aside)
