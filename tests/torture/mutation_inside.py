"""The process in which mutants are tried: pytest gathers the tests once, and a child of it for each mutant runs them.

A child puts the changed code into the function, which everybody holds already, and runs the fitting tests until the
first one fails. Asked through the standard input and answering line by line (`tests.torture.mutation`).
"""

import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from itertools import accumulate
from time import perf_counter
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any

import pytest

from tests.torture.mutation import ANSWER, MODEL, ROOT, TESTS, mutated

AT_A_TIME = 2
PATIENCE = 120
"""Seconds after which a mutant that goes on for ever counts as noticed."""
LONG_ENOUGH = 60
"""Seconds that the tests tried against one mutant may take in all, the quickest first."""
SERVER = {"server", "server_place", "empty_server_place"}


# Changing a function


def change(module: str, number: int) -> str:
    """Put a mutant in the place of its function; answers the function's name."""
    name, tree = mutated(module, number)
    new = {code.co_qualname: code for code in _codes(compile(tree, str(ROOT / module), "exec", dont_inherit=True))}
    for function in _functions(import_module(module.removesuffix(".py").replace("/", "."))):
        if function.__code__.co_name == name:
            function.__code__ = new[function.__qualname__]
    return name


def _codes(code: CodeType) -> Iterator[CodeType]:
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield part
            yield from _codes(part)


def _functions(module: Any) -> Iterator[FunctionType]:
    """The functions of a module, and those of its classes."""
    for each in vars(module).values():
        if getattr(each, "__module__", None) != module.__name__:
            continue
        if isinstance(each, type):
            yield from filter(None, map(_function, vars(each).values()))
        elif (function := _function(each)) is not None:
            yield function


def _function(each: Any) -> FunctionType | None:
    inner = each.fget if isinstance(each, property) else getattr(each, "__wrapped__", each)
    return inner if isinstance(inner, FunctionType) else None


# Trying the mutants


class Workshop:
    """Runs no test as pytest would: each mutant gets a child of the process, which runs the tests that fit."""

    def __init__(self, mutants: Sequence[tuple[str, int]], at_length: bool) -> None:
        self.mutants = mutants
        self.at_length = at_length
        self.calls = Calls()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what needs a server."""
        on_files = (each for each in items if not SERVER & set(getattr(each, "fixturenames", ())))
        items[:] = [each for each in on_files if _quick(each)]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant."""
        for item in session.items if self.at_length else session.items[:1]:
            _run(item)
            assert not session.testsfailed, item.nodeid
        gc.freeze()  # what is there already is not to be copied into every child
        for at, by in _children(len(self.mutants), lambda at: self._try(session, *self.mutants[at])):
            print(f"\n{ANSWER}{json.dumps([at, by])}", flush=True)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        """Look on while a test is run before anything is changed."""
        return (yield from self.calls.watch(item))

    def _try(self, session: pytest.Session, module: str, number: int) -> str:
        """The test that notices a mutant, or nothing."""
        self.calls.watching = False
        function = change(module, number)
        for item in self._fitting(session.items, module, function):
            _run(item)
            if session.testsfailed:
                return item.nodeid
        return ""

    def _fitting(self, items: Sequence[pytest.Item], module: str, function: str) -> list[pytest.Item]:
        """The tests that call the function, its namesakes first; else those that fit the module."""
        if self.at_length:
            quickest = self.calls.of(f"{module} {function}")
            called = [each for each in items if each.nodeid in quickest]
            called.sort(key=lambda each: (function not in each.nodeid, MODEL not in each.nodeid, quickest[each.nodeid]))
            total = accumulate(quickest[each.nodeid] for each in called)
            return [each for each, seconds in zip(called, total, strict=True) if seconds < LONG_ENOUGH]
        order = {file: place for place, file in enumerate(TESTS[module])}
        fitting = [each for each in items if each.nodeid.partition("::")[0] in order]
        return sorted(fitting, key=lambda each: (function not in each.nodeid, order[each.nodeid.partition("::")[0]]))


def _quick(item: pytest.Item) -> bool:
    """Whether it is not too much for every mutant: of the model, one part on a file is enough."""
    return "postgresql" not in item.nodeid and (MODEL not in item.nodeid or "says[sqlite-0]" in item.nodeid)


class Calls:
    """Notes which tests call which functions, and how long they take."""

    def __init__(self) -> None:
        self.files = {str(ROOT / module): module for module in TESTS}
        self.called: dict[str, dict[str, float]] = {}
        self.watching = True

    def watch(self, item: pytest.Item) -> Any:
        """Note what one test calls."""
        if not self.watching:
            return (yield)
        codes: set[CodeType] = set()
        began = perf_counter()
        sys.setprofile(lambda frame, what, _: codes.add(frame.f_code) if what == "call" else None)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            self._note(item.nodeid, perf_counter() - began, codes)

    def of(self, function: str) -> dict[str, float]:
        """The tests that call a function."""
        return self.called.get(function, {})

    def _note(self, test: str, took: float, codes: Iterable[CodeType]) -> None:
        for code in codes:
            if module := self.files.get(code.co_filename):
                name = code.co_qualname.split(".<locals>")[0].rpartition(".")[2]
                self.called.setdefault(f"{module} {name}", {})[test] = took


def _run(item: pytest.Item) -> None:
    """Run one test, and leave standing what all of them share."""
    following = SimpleNamespace(listchain=lambda: [item.session])
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _children(number: int, work: Callable[[int], str]) -> Iterator[tuple[int, str]]:
    """The answers of so many children, a few at a time, in their order."""
    at_work: dict[int, tuple[int, int]] = {}
    answers: dict[int, str] = {}
    begun = told = 0
    while told < number:
        while begun < number and len(at_work) < AT_A_TIME:
            pid, answer = _child(begun, work)
            at_work[pid] = begun, answer
            begun += 1
        pid, status = os.wait()
        at, answer = at_work.pop(pid)
        with os.fdopen(answer, encoding="utf-8") as told_by_it:
            answers[at] = told_by_it.read() or f"it ends with {status}"
        while told in answers:
            yield told, answers.pop(told).removeprefix(NOBODY)
            told += 1


NOBODY = "nobody"


def _child(at: int, work: Callable[[int], str]) -> tuple[int, int]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    if pid := os.fork():
        os.close(writing)
        return pid, reading
    signal.alarm(PATIENCE)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # only the parent answers
    try:
        os.write(writing, (work(at) or NOBODY).encode()[:4000])
    except BaseException as error:  # whatever it is, somebody noticed
        os.write(writing, repr(error).encode()[:4000])
    finally:
        os._exit(0)


def main(files: Sequence[str]) -> int:
    """Try what is asked for."""
    asked = json.load(sys.stdin)
    quiet = ("-q", "-n", "0", "-p", "no:cacheprovider", "-s", "--no-header", "--tb=no")
    return int(pytest.main([*quiet, *files], plugins=[Workshop(asked["mutants"], asked["at_length"])]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
