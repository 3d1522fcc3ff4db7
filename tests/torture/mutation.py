"""Mutants of the code: one word of one module otherwise, and which tests are to notice.

    python -m tests.torture.mutation               every mutant of every module, two at a time
    python -m tests.torture.mutation guards.py     of that module
    python -m tests.torture.mutation --some 100    a hundred of them, the same ones each time

A mutant has a name that stays the same while its function does: the module, the function, and what is changed in it.
"""

import argparse
import ast
import copy
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from typing import NamedTuple

from tests.figures import tell

ROOT = Path(__file__).resolve().parents[2]


def _tests(names: str) -> tuple[str, ...]:
    return (*(f"tests/workflow/test_{name}.py" for name in f"survivors {names}".split()), MODEL)


MODEL = "tests/torture/test_model.py"
"""The test that notices most."""

VERIFY = (
    *(f"tests/workflow/test_{name}.py" for name in ["verify", "as_told", "replaying", "forgetting"]),
    "tests/torture/test_tampering.py",
)

TESTS: dict[str, tuple[str, ...]] = {
    "workflow/guards.py": _tests(
        "refusals just_enough promises edge_cases house_rules undoing gate together follow_ons"
    ),
    "workflow/effects.py": _tests("edge_cases undoing follow_ons undone_moves together"),
    "workflow/engine.py": _tests("gate undoing together own_right edge_cases asking follow_ons"),
    "workflow/planning.py": _tests("gate edge_cases together own_right follow_ons"),
    "workflow/writing.py": _tests("gate undoing together house_rules follow_ons"),
    "workflow/undoing.py": _tests("undoing undone_moves"),
    "workflow/permissions.py": _tests("own_right gate grid together edge_cases"),
    **dict.fromkeys(
        (f"workflow/audit/{name}.py" for name in ["chains", "details", "parties", "rows", "seats", "verifying"]), VERIFY
    ),
}
"""The modules, and the tests that are tried against each, the quickest to notice first."""


class Mutant(NamedTuple):
    """One change of one module."""

    module: str
    number: int
    function: str
    change: str

    @property
    def name(self) -> str:
        """What it is called, by whoever says why it changes nothing."""
        return f"{Path(self.module).name} {self.function}: {self.change}"


# What may be changed

OTHER: dict[type, type] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
OTHER_NAME = {"any": "all", "all": "any", "min": "max", "max": "min"}
REMOVED = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Return, ast.Continue)


def changes_of(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that may stand in the place of a piece of code."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign) and type(node.op) in OTHER:
        yield _with(node, op=OTHER[type(node.op)]())
    elif isinstance(node, ast.Compare):
        yield from (
            _with(node, ops=[*node.ops[:at], OTHER[type(op)](), *node.ops[at + 1 :]])
            for at, op in enumerate(node.ops)
            if type(op) in OTHER
        )
    elif isinstance(node, ast.Name) and node.id in OTHER_NAME:
        yield _with(node, id=OTHER_NAME[node.id])
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node)
    elif isinstance(node, ast.If | ast.IfExp) and not _turned_anyway(node.test):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield _with(node, ifs=[])
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield _with(node, value=ast.Constant(None))
    if isinstance(node, REMOVED):
        yield ast.Pass()


def _turned_anyway(test: ast.AST) -> bool:
    """Whether its own change turns it into its contrary."""
    if isinstance(test, ast.Compare):
        return isinstance(test.ops[0], ast.Eq | ast.NotEq | ast.Is | ast.IsNot | ast.In | ast.NotIn)
    return isinstance(test, ast.UnaryOp)


def _other_constants(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    elif isinstance(node.value, str):
        yield ast.Constant(node.value + "_")


def _with(node: ast.AST, **changed: object) -> ast.AST:
    other = copy.copy(node)
    other.__dict__.update(changed)
    return other


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class Place(NamedTuple):
    """A piece of code, what it is a part of, and the function that it is in."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    function: str

    def put(self, other: ast.AST) -> None:
        """Put something else in its place."""
        if self.index is None:
            setattr(self.parent, self.field, other)
        else:
            getattr(self.parent, self.field)[self.index] = other


NOT_CODE = {"annotation", "returns", "decorator_list", "type_params", "args"}
"""What is not run each time a function is called."""


def places_in(parent: ast.AST, function: str = "") -> Iterator[Place]:
    """Every piece of code inside functions, in the order in which it is written."""
    for field, value in ast.iter_fields(parent):
        if (field in NOT_CODE and not isinstance(parent, ast.Call)) or isinstance(parent, ast.JoinedStr):
            continue
        several = isinstance(value, list)
        for index, node in enumerate(value if several else [value]):
            if not isinstance(node, ast.AST) or _is_docstring(node):
                continue
            inside = function or getattr(node, "name", "") if isinstance(node, ast.FunctionDef) else function
            if function:
                yield Place(node, parent, field, index if several else None, function)
            yield from places_in(node, inside)


def mutants_of(module: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    seen: Counter[str] = Counter()
    for number, (place, other) in enumerate(_changes(ast.parse((ROOT / module).read_text(encoding="utf-8")))):
        change = f"{_shown(place.node)} -> {_shown(other)}"
        seen[place.function + change] += 1
        again = seen[place.function + change]
        yield Mutant(module, number, place.function, change + (f" ({again})" if again > 1 else ""))


def mutated(module: str, number: int) -> tuple[str, ast.Module]:
    """The function that has one change, and its module with it."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    place, other = next(each for at, each in enumerate(_changes(tree)) if at == number)
    place.put(other)
    return place.function, ast.fix_missing_locations(tree)


def _changes(tree: ast.Module) -> Iterator[tuple[Place, ast.AST]]:
    for place in places_in(tree):
        for other in changes_of(place.node):
            if not (isinstance(other, ast.Pass) and _ends(place)):
                yield place, other


def _ends(place: Place) -> bool:
    """Whether it is the last word of its function: without it, nothing is answered, as with None."""
    function = isinstance(place.parent, ast.FunctionDef) and place.parent.body[-1] is place.node
    return function and isinstance(place.node, ast.Return)


def _shown(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {ast.unparse(ast.fix_missing_locations(node.test))}"
    if isinstance(node, ast.comprehension):
        return f"for {ast.unparse(node.target)}" + "".join(f" if {ast.unparse(each)}" for each in node.ifs)
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())


# Trying them


class Tried(NamedTuple):
    """What came of a mutant: which test noticed it, if any."""

    mutant: Mutant
    by: str

    @property
    def killed(self) -> bool:
        """Whether any did."""
        return bool(self.by)


def attempt_all(mutants: Sequence[Mutant], *, at_length: bool = False) -> Iterator[Tried]:
    """Let the tests try each, in a process of its own, until the first of them notices.

    `at_length`: first find out which tests call which function, so that all of them can be tried, the quickest first.
    """
    files = [file for module in TESTS if module in {each.module for each in mutants} for file in TESTS[module]]
    asked = [[mutant.module, mutant.number] for mutant in mutants]
    command = [sys.executable, "-m", "tests.torture.mutation_inside", *dict.fromkeys(files)]
    with TemporaryFile("w+", encoding="utf-8") as questions:
        json.dump({"mutants": asked, "at_length": at_length}, questions)
        questions.seek(0)
        with subprocess.Popen(command, cwd=ROOT, stdin=questions, stdout=subprocess.PIPE, text=True) as inside:
            assert inside.stdout is not None
            for line in inside.stdout:
                if line.startswith(ANSWER):
                    at, by = json.loads(line.removeprefix(ANSWER))
                    yield Tried(mutants[at], by)
    assert inside.returncode == 0, "the tests fail without any change"


ANSWER = "mutant: "


def all_mutants() -> list[Mutant]:
    """Every mutant of every module."""
    return [mutant for module in TESTS for mutant in mutants_of(module)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Try what is asked for; say what nobody noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="only of these modules")
    parser.add_argument("--some", type=int, help="only so many of them")
    asked = parser.parse_args(arguments)
    mutants = [each for each in all_mutants() if not asked.modules or Path(each.module).name in asked.modules]
    if asked.some is not None:
        mutants = sorted(Random(0).sample(mutants, asked.some))  # noqa: S311  # nothing to hide
    noticed: Counter[str] = Counter()
    for number, tried in enumerate(attempt_all(mutants, at_length=True), 1):
        noticed[tried.mutant.module] += tried.killed
        print(f"{number}/{len(mutants)} {tried.mutant.name}: {tried.by or 'SURVIVED'}", flush=True)
    today = datetime.now(UTC).date().isoformat()
    of = Counter(each.module for each in all_mutants())
    for module, several in Counter(each.module for each in mutants).items():
        figures = {"tried": several, "of": of[module], "noticed": noticed[module]}
        tell("mutants of the gate", module=module, **figures, day=today)
    print(f"{noticed.total()} of {len(mutants)} noticed")


if __name__ == "__main__":
    main()
