"""Commands that are shown can be pasted: whatever stands in a name, a shell does nothing but what they say."""

import re
import shlex
import subprocess

import pytest

from tests.cli.conftest import Answer
from tests.cli.hostile import rewrite, text_of

NAMES = (
    'a"; touch pwned; echo "',
    "$(touch pwned)",
    "`touch pwned`",
    "a' ; touch pwned ; '",
    "a\n touch pwned\n",
    "-rf",
    "--yes",
    "a & touch pwned",
    "a|touch pwned",
    "a>pwned",
    "%PATH%",
    "!!",
    "a\\",
    "”; touch pwned; “",
    "#",
    "~",
    "*",
)


ASKING = [
    ["status"],
    ["next"],
    ["why", "M1", "S1", "T1"],
    ["why", "--all", "table"],
    ["undo", "M1", "--reason", "x"],
    ["trace", "T1"],
]


def shown_commands(answer: Answer) -> list[str]:
    """The commands that are shown, with the first of the words where one is to be chosen (agreed|noted|referred)."""
    found = re.findall(r"^ +(poyta .*)$", answer.out + answer.err, re.MULTILINE)
    return [re.sub(r"\b([a-z_]+)(\|[a-z_]+)+$", r"\1", each) for each in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_command_that_is_pasted_does_nothing_but_its_own(called, file_place, away, name):
    rewrite(
        file_place, [f"UPDATE {table} SET name = {text_of(name)} || rowid" for table in ("people", "organisations")]
    )
    rewrite(file_place, [f"UPDATE partnership_tables SET slug = {text_of(name)} || rowid"])
    shell = away / "poyta"
    shell.write_text('#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n', encoding="utf-8")
    shell.chmod(0o700)
    before = sorted(away.iterdir())

    found = [each for words in ASKING for each in shown_commands(called(*words, "--as", "P1"))]

    assert any("--present" in each for each in found)
    for each in set(found):
        pasted = subprocess.run(
            ["sh", "-c", each], env={"PATH": f"{away}:/bin:/usr/bin"}, capture_output=True, text=True, check=True
        )
        assert pasted.stderr == ""
        assert pasted.stdout.splitlines() == shlex.split(each)[1:]
    assert sorted(away.iterdir()) == before


def test_a_name_that_is_plain_stands_in_the_command_as_people_write_it(called):
    found = shown_commands(called("why", "M1", "--as", "P1"))

    assert 'poyta meeting attend M1 --present "Aino Äijälä"' in found
    assert "poyta table describe aloittava --responsible PERSON" in shown_commands(called("next", "--as", "P1"))


def test_a_name_that_is_put_into_a_command_as_it_is_would_be_found(called, file_place, monkeypatch):
    monkeypatch.setattr("workflow.guards.typed_name", lambda row: f'"{row.name}"')
    rewrite(file_place, [f"UPDATE people SET name = {text_of(NAMES[0])}"])

    assert any("touch" in each for each in shown_commands(called("why", "M1", "--as", "P1")))
