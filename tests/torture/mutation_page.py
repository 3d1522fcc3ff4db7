"""The page with one word of it otherwise, for a while: every promise, destination, role and follow-on in turn.

`tests.faults` takes a promise or a follow-on off the page; here moves are changed too, and all changes are listed.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

from models.states import Role
from tests.faults import without_follow_on, without_promise
from workflow.lifecycle import Back, Lifecycle, Move
from workflow.lifecycles import PAGE
from workflow.machine import machine_of


class Mutant(NamedTuple):
    """One change of the page, by name, and what makes it for a while."""

    name: str
    made: Callable[[], AbstractContextManager[None]]


@contextmanager
def with_move(kind: str, name: str, **otherwise: Any) -> Iterator[None]:
    """For a while, a move is otherwise."""
    life = PAGE[kind]
    with _with_moves(life, life.moves | {name: life.moves[name]._replace(**otherwise)}):
        yield


@contextmanager
def _with_moves(life: Lifecycle, moves: dict[str, Move]) -> Iterator[None]:
    whole, edges = life.moves, life.edges
    life.moves = moves
    life.edges = tuple(edge for each in moves.values() for edge in life._edges_of(each))
    machine_of.cache_clear()
    try:
        yield
    finally:
        life.moves, life.edges = whole, edges
        machine_of.cache_clear()


def mutants() -> Iterator[Mutant]:
    """Every promise dropped, every destination another, every role dropped or another, every follow-on dropped."""
    for life in PAGE.lifecycles.values():
        for state, made in life.promises.items():
            for promise in made:
                name = f"{life.kind} {state} without {promise.code}"
                yield Mutant(
                    name, lambda kind=life.kind, state=state, code=promise.code: without_promise(kind, state, code)
                )
        for move in life.moves.values():
            for what, otherwise in _changes(life, move):
                name = f"{life.kind} {move.name} {what}"
                yield Mutant(name, lambda kind=life.kind, name=move.name, new=otherwise: with_move(kind, name, **new))
    for row in PAGE.follow_ons:
        yield Mutant(f"{row.cause} without {row.then}", lambda row=row: without_follow_on(row))


def _changes(life: Lifecycle, move: Move) -> Iterator[tuple[str, dict[str, Any]]]:
    for state in life.states:
        if move.to is not state:
            yield f"to {state}", {"to": state}
    if move.to is not None and not isinstance(move.to, Back):
        yield "to nowhere else", {"to": None}
    for role in move.by:
        others = tuple(each for each in move.by if each is not role)
        yield f"not by {role}", {"by": others}
        for instead in sorted(set(Role) - set(move.by)):
            yield f"by {instead} instead of {role}", {"by": (*others, instead)}
    if not move.by:
        yield from ((f"by {role} too", {"by": (role,)}) for role in Role)
