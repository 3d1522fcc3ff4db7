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

Figures = Mapping[str, Any]


class Harness(NamedTuple):
    """Something that is tried, by which tests, and the fault that was planted for it to find."""

    name: str
    tried: str
    tests: str
    fault: str


HARNESSES = (
    Harness(
        "reachable",
        "Every state of the machines together that small worlds can come to; what must hold holds in each",
        "tests/workflow/test_reachable.py",
        "19 promises and follow-ons left out, one at a time",
    ),
    Harness(
        "grid",
        "Every state × move × role, in Python and in the triggers of the file, cell by cell",
        "tests/workflow/test_grid.py",
        "a cell turned round",
    ),
)


def page() -> str:
    """The page, from what was kept."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    told = TEXT.read_text(encoding="utf-8")
    parts = {"machine": _machine_told(kept["machine"]), "harnesses": _table(kept["figures"]), "attacks": _attacks()}
    for name, text in parts.items():
        told = told.replace(f"{{{name}}}", text)
    return told


def measure(size: int) -> None:
    """Run every harness and keep what it told."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "figures"
        told.touch()
        environment = {**os.environ, "POYTA_FIGURES": str(told), "POYTA_TORTURE": str(size)}
        tests = list(dict.fromkeys(each.tests for each in HARNESSES))
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", *tests]
        subprocess.run(command, cwd=HOUSE, env=environment, check=True)
        figures = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
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


def _machine_told(machine: Figures) -> str:
    return (
        f"Measured on {machine['day']}: {machine['processors']} processors, {machine['system']},"
        f" Python {machine['python']}, SQLite {machine['sqlite']}."
    )


def _table(figures: Iterable[Figures]) -> str:
    rows = [["what is tried", "how often, and what was found", "the planted fault that must be found", "command"]]
    told: dict[str, list[Figures]] = {}
    for each in figures:
        told.setdefault(each["harness"], []).append(each)
    for harness in HARNESSES:
        found = "; ".join(_figures(each) for each in told.get(harness.name, ()))
        rows.append([harness.tried, found or "not measured", harness.fault, f"`pytest {harness.tests}`"])
    return "\n".join(_lines(rows))


def _figures(told: Figures) -> str:
    return ", ".join(f"{_number(value)} {name.replace('_', ' ')}" for name, value in told.items() if name != "harness")


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _attacks() -> str:
    from tests.torture.tampering import ATTACKS

    rows = [["attack", "what is done", "found by", "findings"]]
    rows += [[each.name, each.done, each.found_by, ", ".join(each.codes)] for each in ATTACKS]
    return "\n".join(_lines(rows))


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    first, *rest = rows
    yield f"| {' | '.join(first)} |"
    yield f"|{'---|' * len(first)}"
    yield from (f"| {' | '.join(row)} |" for row in rest)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything anew."""
    parser = argparse.ArgumentParser(prog="python -m scripts.reliability", description="Run every harness.")
    parser.add_argument("--size", type=int, default=1, help="by how much the sizes are multiplied")
    measure(parser.parse_args(arguments).size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
