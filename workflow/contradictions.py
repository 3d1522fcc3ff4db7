"""What would make the page contradict itself: each fault as a sentence for whoever writes the page."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from models.states import Level

if TYPE_CHECKING:
    from workflow.lifecycle import Lifecycle, Page, Promise, Promises, State


def faults_of_life(life: "Lifecycle", promises: "Promises") -> Iterable[str]:
    """Whatever one lifecycle says against itself."""
    yield from _unknown_names(life, promises)
    yield from _faults_of_beginning(life)
    yield from _faults_of_ways(life)
    for state, made in life.promises.items():
        yield from _faults_of_promises(state, made)


def _unknown_names(life: "Lifecycle", promises: "Promises") -> Iterable[str]:
    for each in life.moves.values():
        named = {*each.sources, *([each.to] if isinstance(each.to, StrEnum) else [])}
        for state in _strangers(life, named):
            yield f"the move {each.name!r} names {state!r}, which is not one of its states"
        if unheld := set(each.by) - life.roles:
            yield f"the move {each.name!r} is for {', '.join(sorted(unheld))}, a role that nobody can hold here"
    for state in _strangers(life, life.path):
        yield f"its path names {state!r}, which is not one of its states"
    for state in _strangers(life, life.ends):
        yield f"it ends in {state!r}, which is not one of its states"
    for key in promises:
        for state in _strangers(life, key if isinstance(key, tuple) else [key]):
            yield f"something is promised of {state!r}, which is not one of its states"


def _strangers(life: "Lifecycle", named: "Iterable[State]") -> "list[State]":
    # Two enumerations may spell a state alike, and equal strings are equal: only the type tells them apart.
    return sorted(state for state in named if type(state) is not type(life.states[0]))


def _faults_of_beginning(life: "Lifecycle") -> Iterable[str]:
    if not life.path:
        yield "it has no path"
    elif sum(each.creates for each in life.moves.values()) != 1:
        yield "exactly one move must create it"
    elif life.creation.to is not life.starts:
        yield f"it is created as {life.creation.to!r}, but its path starts at {life.starts!r}"


def _faults_of_ways(life: "Lifecycle") -> Iterable[str]:
    ways = {(edge.source, edge.to) for edge in life.edges if edge.source is not edge.to}
    reached = _reached(life)
    for here, there in pairwise(life.path):
        if (here, there) not in ways:
            yield f"its path goes from {here!r} to {there!r}, but no move does"
    for each in life.moves.values():
        for state in each.sources:
            if each.goes_back and not life.set_aside_from(state):
                yield f"the move {each.name!r} goes back to where it was before {state!r}, but it was nowhere"
    for state in life.states:
        leaves = any(source is state for source, _ in ways)
        if state not in reached:
            yield f"{state!r} cannot be reached"
        if not leaves and state not in life.ends:
            yield f"{state!r} is a dead end, but not among its ends"
        if leaves and state in life.ends:
            yield f"{state!r} is among its ends, but a move leads out of it"


def _faults_of_promises(state: "State", made: "Sequence[Promise]") -> Iterable[str]:
    codes = [each.code for each in made]
    for each in made:
        if not (each.guard.__doc__ or "").strip():
            yield f"the promise {each.code!r} does not say what it promises (its docstring is empty)"
        if each.fixed and (each.level is not Level.REFUSE or each.off_for):
            yield f"the promise {each.code!r} of {state!r} is fixed, but would not always be asked"
        if codes.count(each.code) > 1:
            yield f"the promise {each.code!r} is made twice of {state!r}"


def faults_of_page(page: "Page") -> Iterable[str]:
    """Whatever the lifecycles say against each other."""
    moves = {f"{life.kind} {name}": each for life in page.lifecycles.values() for name, each in life.moves.items()}
    for follow in page.follow_ons:
        for name in (follow.cause, follow.then):
            if name not in moves:
                yield f"{follow.cause!r} > {follow.then!r} names {name!r}, but no lifecycle has that move"
        if follow.creates is not moves[follow.then].creates:
            yield f"{follow.cause!r} > {follow.then!r} is not of one mind whether something new comes into being"
    driven = {follow.then for follow in page.follow_ons}
    for name, each in moves.items():
        if each.follows and name not in driven:
            yield f"nobody makes the move {name!r}, and it follows no other"
    if circle := _circle(page):
        yield f"it could go on for ever: {' > '.join(circle)}"


def _circle(page: "Page") -> list[str]:
    """A chain of follow-ons that comes back to where it began. Without one, whatever follows a move has an end."""

    def onward(chain: list[str]) -> list[str]:
        for follow in page.after.get(chain[-1], ()):
            if follow.then in chain:
                return [*chain[chain.index(follow.then) :], follow.then]
            if circle := onward([*chain, follow.then]):
                return circle
        return []

    return next((circle for cause in page.after if (circle := onward([cause]))), [])


def _reached(life: "Lifecycle") -> "set[State]":
    reached: set[State] = {life.starts}
    while more := {edge.to for edge in life.edges if edge.source in reached} - reached:
        reached |= more
    return reached
