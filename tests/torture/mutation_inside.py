"""Runs tests in a process in which one module has one change: the module, the change's number, a function, tests."""

import json
import sys
from collections.abc import Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from time import perf_counter
from types import CodeType
from typing import Any

import pytest

from tests.torture.mutation import ROOT, TESTS, mutated


class Changed(SourceFileLoader):
    """Loads the module with its change."""

    number: int
    module: str

    def get_code(self, fullname: str) -> CodeType:
        """The code, changed."""
        return compile(mutated(self.module, self.number), self.path, "exec", dont_inherit=True)


class Finder(MetaPathFinder):
    """Finds the one module that is changed."""

    def __init__(self, module: str, number: int) -> None:
        self.module, self.number = module, number
        self.name = module.removesuffix(".py").replace("/", ".")

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """The changed module, when it is asked for."""
        if fullname != self.name:
            return None
        loader = Changed(fullname, str(ROOT / self.module))
        loader.module, loader.number = self.module, self.number
        return spec_from_file_location(fullname, loader.path, loader=loader)


class Fitting:
    """Leaves the tests that were chosen, in that order; else those without a server, the function's namesakes first."""

    def __init__(self, function: str, chosen: Sequence[str]) -> None:
        self.function = function
        self.chosen = {name: place for place, name in enumerate(chosen)}
        """The place of each in the order; where nothing is chosen, all are taken as they come."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Choose, and put in order."""
        on_files = [each for each in items if not SERVER & set(getattr(each, "fixturenames", ()))]
        fitting = [each for each in on_files if "postgresql" not in each.nodeid and self._fits(each)]
        items[:] = sorted(fitting, key=lambda each: (self.function not in each.nodeid, self.chosen.get(each.nodeid, 0)))

    def _fits(self, item: pytest.Item) -> bool:
        return not self.chosen or item.nodeid in self.chosen


SERVER = {"server", "server_place", "empty_server_place"}


class Calls:
    """Notes which tests call which functions, the quickest test first."""

    def __init__(self) -> None:
        self.files = {str(ROOT / module): module for module in TESTS}
        self.called: dict[str, list[tuple[float, str]]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        """Look on while a test is run."""
        codes: set[CodeType] = set()
        began = perf_counter()
        sys.setprofile(lambda frame, what, _: codes.add(frame.f_code) if what == "call" else None)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            self._note(item.nodeid, perf_counter() - began, codes)

    def _note(self, test: str, took: float, codes: Iterable[CodeType]) -> None:
        for name in {f"{self.files[c.co_filename]} {_function(c)}" for c in codes if c.co_filename in self.files}:
            self.called.setdefault(name, []).append((took, test))

    def told(self) -> dict[str, list[str]]:
        """The tests by function."""
        return {name: [test for _, test in sorted(tests)] for name, tests in self.called.items()}


def _function(code: CodeType) -> str:
    return code.co_qualname.split(".<locals>")[0].rpartition(".")[2]


QUIET: Sequence[str] = ("-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--tb=no")


def note_calls(path: str, *tests: str) -> int:
    """Run all tests once, and write down which functions each of them calls."""
    calls = Calls()
    code = int(pytest.main([*QUIET, *tests], plugins=[Fitting("", ()), calls]))
    Path(path).write_text(json.dumps(calls.told()), encoding="utf-8")
    return code


def try_change(module: str, number: str, function: str, *tests: str) -> int:
    """Run the tests until the first one fails."""
    assert not any(name.startswith("workflow") for name in sys.modules)
    sys.meta_path.insert(0, Finder(module, int(number)))
    chosen = [] if sys.stdin.isatty() else sys.stdin.read().split("\n")
    files = list(dict.fromkeys(name.partition("::")[0] for name in chosen if name)) or tests
    return int(pytest.main(["-x", *QUIET, *files], plugins=[Fitting(function, [name for name in chosen if name])]))


if __name__ == "__main__":
    first, second, *rest = sys.argv[1:]
    sys.exit(note_calls(second, *rest[1:]) if first == "--calls" else try_change(first, second, *rest))
