"""Mutants: one word of the page, or of the code beneath it, is changed, and the tests must notice."""

import json
import subprocess
import sys
from pathlib import Path

from tests.figures import tell


def test_every_promise_destination_role_and_follow_on_of_the_page_is_missed_or_noticed_by_a_quick_test():
    program = [sys.executable, "-m", "tests.torture.mutation_quick"]
    done = subprocess.run(program, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    assert told["failing"] == []
    assert told["unnoticed"] == []
    assert told["tried"] > 2000
    tell("mutants of the page", tried=told["tried"], noticed=told["tried"] - len(told["unnoticed"]))
