"""What people are told when a promise does not hold: every case, word by word, with the commands that would help.

`refusals.txt` was written down once, read through, and is to be read by whoever changes what is said: a fact that is
missing, a list in another order, or a command for something else stands out there.
"""

from pathlib import Path

import pytest

import tests.workflow.test_promises  # noqa: F401  # it gathers the cases
from tests.looking import failure
from tests.workflow.broken.case import CASES, Case
from workflow.errors import Refused
from workflow.language.speech import speech
from workflow.work import Work

SAID = Path(__file__).with_name("refusals.txt")

on_a_file = pytest.mark.parametrize("system", ["sqlite"], indirect=True)


def said_in(work: Work, case: Case) -> str:
    """What is said of the promise, the facts that other programs are given, and the commands."""
    broken = case.arrange(work)
    error = failure(work, lambda: broken.tried.make(work))
    assert isinstance(error, Refused), error
    reason = next(each for each in error.reasons if each.code == case.code)
    facts = [f"  {name}: {_plain(fact)}" for name, fact in reason.facts.items()]
    return "\n".join([speech("en").reason(reason), *facts, *(f"  {each}" for each in reason.remedies)])


def _plain(fact: object) -> str:
    return " | ".join(map(str, fact)) if isinstance(fact, list) else str(fact)


def written() -> dict[str, str]:
    """What is to be said, by case."""
    parts = SAID.read_text(encoding="utf-8").strip().split("\n\n")
    return dict(part.split("\n", 1) for part in parts)


@on_a_file
@pytest.mark.parametrize("name", CASES)
def test_people_are_told_what_is_missing_and_which_command_would_help(work, name):
    assert said_in(work, CASES[name]) == written()[name]


def test_every_case_is_written_down():
    assert written().keys() == CASES.keys()
