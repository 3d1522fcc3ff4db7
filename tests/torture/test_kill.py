"""Killed with no warning at any moment: what was acknowledged is there, nothing is there by halves, nothing twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.figures import SIZE, tell
from tests.torture.vfs import reachable

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made in another way on Windows"),
    pytest.mark.skipif(not reachable(), reason="the SQLite of this Python hides its symbols"),
]

ROOT = Path(__file__).parents[2]


def killed(place: Path, kills: int, moment: str, program: str) -> dict[str, int]:
    """What was found after so many kills, or by the first that found a fault."""
    words = [str(place), str(kills), "1", moment, program]
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.killing", *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("moment", ["by_the_clock", "at_the_disk"])
def test_a_kill_loses_nothing_halves_nothing_and_doubles_nothing(begun, environment, moment):
    found = killed(begun, 150 * SIZE, moment, "careful")

    assert found["kills"] == 150 * SIZE
    assert (found["lost"], found["half_done"], found["doubled"]) == (0, 0, 0)
    assert found["interrupted"] > 0
    tell("kill -9", moment=moment, program="careful", **found)


@pytest.mark.parametrize(
    ("moment", "program", "fault"),
    [
        ("by_the_clock", "halving", "half_done"),
        ("at_the_disk", "halving", "half_done"),
        ("at_the_disk", "hasty", "lost"),
        ("at_the_disk", "anonymous", "doubled"),
    ],
)
def test_a_program_that_does_not_take_care_is_found_out(begun, environment, moment, program, fault):
    found = killed(begun, 600, moment, program)

    assert found[fault] == 1
    tell("kill -9", moment=moment, program=program, **found)
