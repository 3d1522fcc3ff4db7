"""`make bench`: each figure is a ratio of two things measured in turn, in one run, on this machine.

Absolute times say more of the machine than of the program, so they are shown but not judged. The exit status is 1 when
a ratio misses its goal.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks import asking, books, gate, opening, remembering, stalling, starting, verifying, writing
from benchmarks.generating import generate_in_bulk
from benchmarks.serving import a_server

LONG = 100_000
"""How many entries a long history has: some thirty years of a busy municipality."""


FEW, MANY = 100, 4_400
"""How many tables: those of the many have 100,000 themes."""
ON_SERVER = 900
"""As many on PostgreSQL, which takes its time to be filled, as have 20,000 themes."""


class Figure(NamedTuple):
    """What was measured: how it compares with what, and what was to be reached."""

    name: str
    ours: float
    other: float
    goal: str
    met: Callable[[float], bool]

    @property
    def ratio(self) -> float:
        """Ours over the other."""
        return self.ours / self.other


def in_turn(ours: Callable[[], None], other: Callable[[], None], rounds: int) -> tuple[float, float]:
    """The medians of two things measured alternately, in seconds, so that both see the same machine."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for run, taken in zip((ours, other), times, strict=True):
            begun = perf_counter()
            run()
            taken.append(perf_counter() - begun)
    return median(times[0]), median(times[1])


def figures() -> Iterator[Figure]:
    """Every figure, as it is measured."""
    for words, goal in ((["--help"], 5.0), (["status"], 12.0), (["theme", "list"], 12.0)):
        with starting.two(words) as (ours, other):
            yield Figure(
                f"poyta {' '.join(words)} / python -c pass", *in_turn(ours, other, 15), f"≤ {goal}", at_most(goal)
            )
    yield Figure("the gate in memory / a bare machine with one guard", *in_turn(*gate.two(), 9), "≤ 2.5", at_most(2.5))
    with writing.two() as (ours, other):
        slow, fast = in_turn(ours, other, 9)
    yield Figure("rate of moves with history / raw sqlite3, same writes", 1 / slow, 1 / fast, "≥ 0.5", at_least(0.5))
    with writing.with_and_without() as (ours, other):
        slow, fast = in_turn(ours, other, 9)
    name = "rate of moves with chain, tree and triggers / without them"
    yield Figure(name, 1 / slow, 1 / fast, "≥ 0.67", at_least(0.67))
    with verifying.two(LONG) as (ours, other):
        slow, fast = in_turn(ours, other, 3)
    yield Figure(
        f"verifying {LONG:,} entries / only hashing the same bytes", 1 / slow, 1 / fast, "≥ 0.1", at_least(0.1)
    )
    short, long = remembering.per_asking(2_000), remembering.per_asking(50_000)
    yield Figure("history of one thing among 50,000 entries / among 2,000", long, short, "≤ 1.3", at_most(1.3))
    short, long = opening.per_opening(1_000), opening.per_opening(20_000)
    yield Figure("the check on opening at 20,000 entries / at 1,000", long, short, "≤ 2", at_most(2.0))
    small, large = books.per_theme(200), books.per_theme(800)
    yield Figure("a theme of a book of 800 / of a book of 200", large, small, "≤ 1.3", at_most(1.3))
    small, large = asking.per_thing(50), asking.per_thing(400)
    yield Figure("why, a theme of 400 / a theme of 50", large, small, "≤ 1.3", at_most(1.3))
    yield from stalled()


def stalled() -> Iterator[Figure]:
    """The audit of 100,000 themes with more than a million entries, and of one table among few and among many."""
    with TemporaryDirectory() as folder:
        few, many = (str(Path(folder) / name) for name in ("few.db", "many.db"))
        generate_in_bulk(few, FEW)
        generate_in_bulk(many, MANY)
        name = "what stands still among 100,000 themes / reading the same rows"
        yield Figure(name, *in_turn(*stalling.two(many), 3), "≤ 3", at_most(3.0))
        name = "what stands still at one table of 4,400 / of 100"
        one, other = (stalling.one_table(place, 1) for place in (many, few))
        yield Figure(name, *in_turn(one, other, 5), "≤ 1.5", at_most(1.5))
        both = (stalling.two(place)[0] for place in (many, few))
        large, small = in_turn(*both, 3)
        yield Figure("a table of 4,400 in the whole audit / of 100", large / MANY, small / FEW, "≤ 1.3", at_most(1.3))
    with a_server() as place:
        generate_in_bulk(place, ON_SERVER)
        name = "what stands still among 20,000 themes on PostgreSQL / reading the same rows"
        yield Figure(name, *in_turn(*stalling.two(place), 3), "≤ 3", at_most(3.0))


def at_most(limit: float) -> Callable[[float], bool]:
    """A ratio that may not be more."""
    return lambda ratio: ratio <= limit


def at_least(limit: float) -> Callable[[float], bool]:
    """A ratio that may not be less."""
    return lambda ratio: ratio >= limit


def main() -> int:
    """Measure everything and say how it went."""
    missed = 0
    for figure in figures():
        met = figure.met(figure.ratio)
        missed += not met
        verdict = "reached" if met else "MISSED"
        print(f"{figure.ratio:6.2f}  ({figure.goal}, {verdict})  {figure.name}", flush=True)
        print(f"        {figure.ours:.6f} to {figure.other:.6f}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
