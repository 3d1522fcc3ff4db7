"""Mutants: one word of the page, or of the code beneath it, is changed, and the tests must notice."""

import json
import subprocess
import sys
from pathlib import Path

from tests.figures import tell
from tests.torture.mutation import all_mutants, attempt_all


def test_every_promise_destination_role_and_follow_on_of_the_page_is_missed_or_noticed_by_a_quick_test():
    program = [sys.executable, "-m", "tests.torture.mutation_quick"]
    done = subprocess.run(program, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    assert told["failing"] == []
    assert told["unnoticed"] == []
    assert told["tried"] > 2000
    tell("mutants of the page", tried=told["tried"], noticed=told["tried"] - len(told["unnoticed"]))


CODE = (
    "guards.py required_seats_present: not missing -> missing",
    "guards.py lasting_told: if result.lasting -> if not result.lasting",
    "guards.py held_meetings_completed: attempt.state_of(meeting) not in CLOSED_MEETING"
    " -> attempt.state_of(meeting) in CLOSED_MEETING",
    "engine.py make_move: how.version is not None -> how.version is None",
    "engine.py _carry_out: if plan.reasons -> if not plan.reasons",
    "planning.py _follow: if follow.if_promises_hold -> if not follow.if_promises_hold",
    "writing.py write_down: change(step, work) -> pass",
    "undoing.py _no_right: first.move.by or Role -> first.move.by and Role",
    "permissions.py first_held: role in seated -> role not in seated",
    "effects.py its_theme_if_last: any -> all",
)
"""Some of the mutants of the gate, for every run. The program tries them all: `python -m tests.torture.mutation`."""


def test_what_is_changed_in_the_gate_is_noticed():
    known = {mutant.name: mutant for mutant in all_mutants()}

    tried = list(attempt_all([known[name] for name in CODE]))

    assert [each.mutant.name for each in tried if not each.killed] == []
    tell("mutants of the gate, some", tried=len(tried), noticed=len(tried))
