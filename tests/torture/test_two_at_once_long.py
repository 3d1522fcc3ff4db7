"""Several at once, for a while: whatever each was told is true, as if they had come one after another."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from models.database import Database
from tests.figures import SIZE, tell
from tests.torture.crowd import THINGS, Told
from tests.torture.deeds import ROUND, begin_in, errands, give
from tests.torture.linear import contradictions

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made in another way on Windows")

ROOT = Path(__file__).parents[2]

SECONDS = 10.0

LONG_ENOUGH = 10
"""How many crowds a fault has, to show itself: two must come at the same moment, and seldom do on a slow machine."""


@pytest.fixture
def busy(folder: Path, template_file: Path, request: pytest.FixtureRequest) -> str:
    """A database of the kind asked for, in which there is something to do for several."""
    if request.param == "sqlite":
        place = str(shutil.copy(template_file, folder / "pöytä.db"))
    else:
        place = request.getfixturevalue("server_place")
    begin_in(place)
    database = Database(place)
    for command in [*ROUND, *(each for each in islice(errands(2), 12) if each.move == "assign")]:
        give(database, command)
    database.close()
    return place


def crowd(place: str, seconds: float, way: str) -> list[Told]:
    """What several at once did for a while, and were told."""
    words = [sys.executable, "-m", "tests.torture.crowd", place, str(seconds), way]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return [Told(*told) for told in json.loads(done.stdout)]


def answers(log: list[Told]) -> dict[str, int]:
    """How often they were told what."""
    return dict(Counter(told.answer.replace(" ", "_") for told in log if told.answer))


def kind_of(place: str) -> str:
    return "postgresql" if "://" in place else "sqlite"


@pytest.mark.parametrize("busy", ["sqlite", "postgresql"], indirect=True)
def test_whatever_several_at_once_are_told_is_true(busy, environment):
    log = crowd(busy, SECONDS * SIZE, "as it is")

    told = answers(log)
    assert contradictions(busy, log) == {}
    assert {move.thing for move in log if move.answer == "done"} == set(THINGS)
    assert told["done"] > 20
    if kind_of(busy) == "sqlite":
        assert "locked" not in told
    tell("several at once", seconds=SECONDS * SIZE, on=kind_of(busy), **told)


@pytest.mark.parametrize(
    ("busy", "way", "fault"),
    [
        ("sqlite", "without versions", "two from the same version"),
        ("postgresql", "without versions", "two from the same version"),
        ("sqlite", "with a plain begin", "locked"),
        ("sqlite", "without a begin", "a state without its history"),
    ],
    indirect=["busy"],
)
def test_a_program_that_takes_less_care_is_found_out(busy, environment, way, fault):
    log: list[Told] = []
    found: Counter[str] = Counter()
    for _ in range(LONG_ENOUGH):
        log += crowd(busy, 3, way)
        found = contradictions(busy, log) + Counter(answers(log))
        if found[fault]:
            break

    assert found[fault] > 0
    tell("several at once", way=way, on=kind_of(busy), done=found["done"], found=found[fault], fault=fault)
