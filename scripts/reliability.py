"""`docs/reliability.md`: what is tried against the history and the database, how often, and what was found.

`python -m scripts.reliability` runs the harnesses and keeps what they measured in `docs/reliability.json`, with the
machine it came from; the page is made from that and nothing is written in by hand (`scripts.docs` makes it anew and
checks it). `--size N` multiplies the sizes, as `make torture` does.
"""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

HOUSE = Path(__file__).parent.parent
KEPT = HOUSE / "docs" / "reliability.json"
TEXT = Path(__file__).with_name("reliability.md")
"""The page without its figures."""

MUTANTS = "mutants of the gate"
"""What takes so long that its figures are kept until it is run again."""

Figures = Mapping[str, Any]


class Harness(NamedTuple):
    """Something that is tried, by which tests, and the fault that was planted for it to find."""

    tried: str
    tests: str
    fault: str

    @property
    def command(self) -> str:
        """What makes its figures."""
        return f"pytest {self.tests}" if self.tests.endswith(".py") else f"python -m {self.tests}"


HARNESSES: Mapping[str, Harness] = {
    "reachable": Harness(
        "Every state of the machines together that small worlds can come to: what must hold everywhere holds there,"
        " and every dead end is named.",
        "tests/workflow/test_reachable.py",
        "promises and follow-ons of the page left out, one at a time",
    ),
    "model": Harness(
        "Random courses through the real gate, beside a model written by hand from the text of the specification.",
        "tests/torture/test_model.py",
        "a dropped promise, a changed destination, a swapped role and a missing follow-on in the page",
    ),
    "grid": Harness(
        "Every state × move × role, in Python and in the triggers of the file, cell by cell equal.",
        "tests/workflow/test_grid.py",
        "a gate that leads elsewhere, or lets another role through",
    ),
    "mutants of the page": Harness(
        "One word of the page is changed: every dropped promise, other destination, swapped role and dropped follow-on"
        " is noticed.",
        "tests/torture/test_mutation.py",
        "each of them is one",
    ),
    "mutants of the gate, some": Harness(
        "One word of the gate, of its guards or of what it undoes is changed: a few such changes in every run.",
        "tests/torture/test_mutation.py",
        "each of them is one",
    ),
    MUTANTS: Harness(
        "Such changes of these modules, one after another, each against a minute of the tests that call the changed"
        " function: all of them, or some drawn by lot, for all take hours. It is run when it is asked for. Of those"
        " that nobody noticed, the lines that promises draw have tests since (`tests/workflow/test_just_enough.py`),"
        " and so has what undo says (`tests/workflow/test_undoing.py`).",
        "tests.torture.mutation",
        "each of them is one",
    ),
    "power loss": Harness(
        "The power fails at any write, sync or removal, on a simulated disk that keeps, loses or tears whatever was"
        " not synced. Afterwards every acknowledged move is there, whole, and nothing else.",
        "tests/torture/test_power_loss.py",
        "modes that are known to lose (DELETE/FULL, WAL/NORMAL, DELETE/OFF), and a program that commits in two parts",
    ),
    "power loss, then the next command": Harness(
        "After such a loss the next command works, and makes its move once.",
        "tests/torture/test_power_loss.py",
        "as above",
    ),
    "power loss while a file is made": Harness(
        "The power fails while a database is made: afterwards there is all of it, or none.",
        "tests/torture/test_power_loss_of_files.py",
        "as above",
    ),
    "power loss during a backup": Harness(
        "The power fails while a copy is taken: there is a whole copy, or none under that name.",
        "tests/torture/test_power_loss_of_files.py",
        "as above",
    ),
    "power loss during a restore": Harness(
        "The power fails while a backup is put in its place: there is the old state or the new one.",
        "tests/torture/test_power_loss_of_files.py",
        "as above",
    ),
    "power loss while a backup is restored": Harness(
        "The same, with every write of the database itself.",
        "tests/torture/test_restoring.py",
        "the entry written after the copy, and a mode without syncs",
    ),
    "disk errors": Harness(
        "The disk is full, fails or can't be read at every single call in turn: the answer is one of our own, nothing"
        " is half-written, and the next try succeeds.",
        "tests/torture/test_io_errors.py",
        "a program that commits in two transactions",
    ),
    "kill -9": Harness(
        "The process is killed at a random moment: nothing acknowledged is lost, nothing is half-done, and a command"
        " sent again with its id is done once.",
        "tests/torture/test_kill.py",
        "two transactions, an answer before the commit, commands without ids",
    ),
    "several at once": Harness(
        "Several processes move the same few things on what they have seen: one winner for each version, no gap, and"
        " what each was told can be true.",
        "tests/torture/test_two_at_once_long.py",
        "no versions, a plain BEGIN, no BEGIN at all",
    ),
    "tampering": Harness(
        "Attacks by hand on the file; see below.",
        "tests/torture/test_tampering.py",
        "checks of the verification left out, one at a time",
    ),
    "bit flips": Harness(
        "One bit of the file is turned over: it is found, or nothing that anybody reads has changed.",
        "tests/torture/test_bit_flips.py",
        "checks of the verification left out",
    ),
    "replay of an example": Harness(
        "Every state is rebuilt from the history alone, for every day: equal to the database, and to what a book that"
        " ends on that day would make.",
        "tests/workflow/test_replaying.py",
        "a history with one entry left out",
    ),
    "replay of a walk": Harness(
        "The same for random walks.",
        "tests/workflow/test_replaying.py",
        "as above",
    ),
    "importers": Harness(
        "Books that mean harm: each is refused with its file, line and field, all or nothing, within 300 MB.",
        "tests/workflow/exchange/test_bombs.py",
        "each limit and check of the reader taken out",
    ),
    "mutated_books": Harness(
        "The example books changed at random: only our own errors come of it.",
        "tests/workflow/exchange/test_mutated_examples.py",
        "an error that nobody catches",
    ),
    "sweeping": Harness(
        "A name is erased from files of every age: no byte of it is left.",
        "tests/models/test_sweeping.py",
        "erasing without writing the file anew",
    ),
}
"""By the name under which the tests tell what they measured."""


def page() -> str:
    """The page, from what was kept."""
    from tests.torture.tampering import table

    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    parts = {"machine": _machine_told(kept), "harnesses": "\n\n".join(_told(kept["figures"])), "attacks": table()}
    told = TEXT.read_text(encoding="utf-8")
    for name, text in parts.items():
        told = told.replace(f"{{{name}}}", text)
    return told.rstrip("\n")


def measure(size: int, *, mutants: bool) -> None:
    """Run every harness and keep what it told; try every mutant of the gate too, if that is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "figures"
        told.touch()
        environment = {**os.environ, "POYTA_FIGURES": str(told), "POYTA_TORTURE": str(size)}
        tests = list(dict.fromkeys(each.tests for each in HARNESSES.values() if each.tests.endswith(".py")))
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", *tests]
        subprocess.run(command, cwd=HOUSE, env=environment, check=True)
        if mutants:
            subprocess.run([sys.executable, "-m", HARNESSES[MUTANTS].tests], cwd=HOUSE, env=environment, check=True)
        keep(told, size)


def keep(told: Path, size: int) -> None:
    """Keep what the harnesses told to a file, with the machine that it came from."""
    figures = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    if not any(each["harness"] == MUTANTS for each in figures):
        before = json.loads(KEPT.read_text(encoding="utf-8"))["figures"]
        figures += [each for each in before if each["harness"] == MUTANTS]
    kept = {"machine": _machine(), "size": size, "figures": sorted(figures, key=json.dumps)}
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _machine() -> dict[str, Any]:
    return {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _machine_told(kept: Figures) -> str:
    machine = kept["machine"]
    return (
        f"Measured on {machine['day']} at {kept['size']} × the size of every test run: {machine['processors']}"
        f" processors, {machine['system']}, Python {machine['python']}, SQLite {machine['sqlite']}."
    )


def _told(figures: Iterable[Figures]) -> Iterator[str]:
    """Each harness with what it measured."""
    told: dict[str, list[Figures]] = {}
    for each in figures:
        told.setdefault(each["harness"], []).append(each)
    for name, harness in HARNESSES.items():
        yield f"## {name[0].upper()}{name[1:].replace('_', ' ')}"
        yield harness.tried
        yield f"Planted faults that must be found: {harness.fault}. Command: `{harness.command}`"
        yield "\n".join(_lines(told.get(name, ())))


def _lines(figures: Iterable[Figures]) -> Iterator[str]:
    for each in figures:
        measured = (f"{name.replace('_', ' ')} {_number(value)}" for name, value in each.items() if name != "harness")
        yield f"- {', '.join(measured)}"


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything anew."""
    parser = argparse.ArgumentParser(prog="python -m scripts.reliability", description="Run every harness.")
    parser.add_argument("--size", type=int, default=1, help="by how much the sizes are multiplied")
    parser.add_argument("--mutants", action="store_true", help="try every mutant of the gate, which takes an hour")
    asked = parser.parse_args(arguments)
    measure(asked.size, mutants=asked.mutants)
    return 0


if __name__ == "__main__":
    sys.exit(main())
