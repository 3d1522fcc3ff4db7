"""The page with one word of it otherwise, for a while: every promise, destination, role and follow-on in turn."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, NamedTuple

from models.states import Role, TableKind
from workflow.lifecycle import BACK, FollowOn, Lifecycle, Move, Promise, State, fixed, off, refuse, warn
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


@contextmanager
def with_promises(kind: str, state: State, instead_of: Promise, *new: Promise) -> Iterator[None]:
    """For a while, the state promises something else, or nothing, instead of that."""
    life = PAGE[kind]
    whole = life.promises
    made = (each for old in whole[state] for each in (new if old is instead_of else (old,)))
    life.promises = whole | {state: tuple(made)}
    machine_of.cache_clear()
    try:
        yield
    finally:
        life.promises = whole
        machine_of.cache_clear()


@contextmanager
def with_rows(rows: Iterable[FollowOn]) -> Iterator[None]:
    """For a while, these are the follow-ons of the page."""
    whole = PAGE.follow_ons, PAGE.after
    PAGE.follow_ons = tuple(rows)
    PAGE.after = {each.cause: tuple(row for row in PAGE.follow_ons if row.cause == each.cause) for each in rows}
    try:
        yield
    finally:
        PAGE.follow_ons, PAGE.after = whole


def mutants() -> Iterator[Mutant]:
    """Every promise dropped, every destination, role and source another, every follow-on dropped, and more."""
    for life in PAGE.lifecycles.values():
        for state, made in life.promises.items():
            for promise in made:
                name = f"{promise.code} of {life.kind} {state}"
                yield Mutant(f"without {name}", partial(with_promises, life.kind, state, promise))
                for what, other in _other_levels(promise):
                    yield Mutant(f"{name} {what}", partial(with_promises, life.kind, state, promise, other))
        for move in life.moves.values():
            for what, otherwise in _changes(life, move):
                yield Mutant(f"{life.kind} {move.name} {what}", partial(with_move, life.kind, move.name, **otherwise))
    for at, row in enumerate(PAGE.follow_ons):
        before, after = PAGE.follow_ons[:at], PAGE.follow_ons[at + 1 :]
        name = f"{row.cause} > {row.then}"
        yield Mutant(f"without {name}", partial(with_rows, (*before, *after)))
        other = row._replace(if_promises_hold=not row.if_promises_hold)
        yield Mutant(f"{name} perhaps, or surely", partial(with_rows, (*before, other, *after)))


def _other_levels(promise: Promise) -> Iterator[tuple[str, Promise]]:
    for level in (fixed, refuse, warn, off):
        if (other := level(promise.guard)) != promise:
            yield f"as {level.__name__}", other
    yield "off for others", promise._replace(off_for=promise.off_for ^ {TableKind.NETWORKING})


def _changes(life: Lifecycle, move: Move) -> Iterator[tuple[str, dict[str, Any]]]:
    for to in (*life.states, BACK, None):
        if to is not move.to:
            yield f"to {to}", {"to": to}
    for role in move.by:
        others = tuple(each for each in move.by if each is not role)
        yield f"not by {role}", {"by": others}
        for instead in sorted(set(Role) - set(move.by)):
            yield f"by {instead} instead of {role}", {"by": (*others, instead)}
    for role in sorted(set(Role) - set(move.by)):
        yield f"by {role} too", {"by": (*move.by, role)}
    for state in life.states if move.sources else ():
        yield f"from {state}, or not", {"sources": move.sources ^ {state}}
    yield "with a reason, or none", {"reason": not move.reason}
    yield "for good, or not", {"final": not move.final}
