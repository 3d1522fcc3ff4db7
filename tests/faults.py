"""Faults seeded on purpose: the page with something left out. A test that does not notice is no test."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from workflow.lifecycle import FollowOn, Promise, State
from workflow.lifecycles import PAGE
from workflow.machine import machine_of


@contextmanager
def without_promise(kind: str, state: State, code: str) -> Iterator[None]:
    """For a while, the state does not promise it."""
    kept = [each for each in PAGE[kind].promises[state] if each.code != code]
    with _promising(kind, state, kept):
        yield


@contextmanager
def with_promise(kind: str, state: State, added: Promise) -> Iterator[None]:
    """For a while, the state promises something more."""
    with _promising(kind, state, [*PAGE[kind].promises[state], added]):
        yield


@contextmanager
def _promising(kind: str, state: State, made: Iterable[Promise]) -> Iterator[None]:
    life = PAGE[kind]
    whole = life.promises
    life.promises = whole | {state: tuple(made)}
    machine_of.cache_clear()
    try:
        yield
    finally:
        life.promises = whole
        machine_of.cache_clear()


@contextmanager
def without_follow_on(left_out: FollowOn) -> Iterator[None]:
    """For a while, nothing follows there."""
    whole = PAGE.after
    PAGE.after = whole | {left_out.cause: tuple(each for each in whole[left_out.cause] if each is not left_out)}
    try:
        yield
    finally:
        PAGE.after = whole
