"""Reminders from the command line: foreseen without a trace, written once, and harmless whatever people are called."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import MEETING, PEOPLE, TABLE, set_up
from tests.cli.hostile import CALLED, HOSTILE, harm, read_in, strange, text_of

WORK = """
        actions: [{what: Kootaan kyytirinki, to: Äijälän kyläyhdistys, due: 2016-12-31}]
"""
"""A piece of work that is long past its day."""


@pytest.fixture
def owing(on_file, file_place, template_file):
    """A table at which the village association is late, and the chair has an address."""
    read_in(CALLED + WORK.lstrip("\n"), template_file, Path(file_place))
    put(file_place, ["UPDATE people SET email = 'aino@keuruu.fi'"])
    return on_file


def put(place, statements):
    """What somebody may have written who had no harm in mind."""
    with closing(sqlite3.connect(place)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def ledger(poyta):
    return poyta("remind", "--dry-run", "--json").json["items"]


def test_what_would_be_sent_is_told_and_nothing_is_noted(owing, tmp_path):
    first, again = owing("remind", "--dry-run", "--lang", "en"), owing("remind", "--dry-run", "--lang", "en")

    assert first.status == 0
    assert first.out == again.out
    assert "On paper, to Äijälän kyläyhdistys:" in first.out
    assert "    - Kootaan kyytirinki (A1)." in first.out


def test_each_letter_is_written_once(owing, tmp_path):
    folder = tmp_path / "kirjeet" / "syksy"

    first, again = owing("remind", "--write", str(folder), "--json"), owing("remind", "--write", str(folder), "--json")

    (written,) = first.json["written"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-aijalan-kylayhdistys-1\.txt", written)
    assert [path.name for path in folder.iterdir()] == [written]
    assert (again.json["ok"], again.json["written"]) == (True, [])
    assert ledger(owing) == []


def test_either_database_keeps_the_ledger(poyta, tmp_path):
    set_up(poyta, PEOPLE, TABLE, MEETING[:1])
    work = ("action", "assign", "T1", "--what", "Kerätään toiveet", "--to", "Äijälän", "--due", "2016-03-01")
    set_up(poyta, (work,))
    folder = str(tmp_path / "kirjeet")

    answers = [poyta("remind", "--write", folder, "--json").json["written"] for _ in range(2)]

    assert [len(written) for written in answers] == [1, 0]


def test_a_program_is_told_who_hears_what(owing):
    (item,) = ledger(owing)

    assert (item["ref"], item["language"], item["by"]) == ("G2", "fi", "paper")
    assert item["reminders"] == [
        {
            "ref": "A1",
            "title": "Kootaan kyytirinki",
            "stage": "late",
            "holder": "G2",
            "given_on": item["reminders"][0]["given_on"],
            "due": "2016-12-31",
        }
    ]


def test_it_needs_to_know_whether_to_write(owing, tmp_path):
    answers = [owing("remind"), owing("remind", "--dry-run", "--write", str(tmp_path))]

    assert [answer.status for answer in answers] == [2, 2]


def test_a_folder_that_can_t_be_is_told(owing, tmp_path):
    (tmp_path / "tiedosto").write_text("", encoding="utf-8")

    answer = owing("remind", "--write", str(tmp_path / "tiedosto"), "--json")

    assert (answer.status, answer.json["code"]) == (2, "file_unwritable")
    assert len(ledger(owing)) == 1, "nothing was noted"


KILLED = """
import os, sys
from cli import remind
written = remind.write_letter
def write_and_die(folder, name, text):
    written(folder, name, text)
    os.kill(os.getpid(), 9)
remind.write_letter = write_and_die
from cli.main import main
main(["remind", "--write", sys.argv[1]])
"""


def test_a_process_killed_after_a_file_was_written_is_gone_on_from(owing, file_place, tmp_path):
    folder = tmp_path / "kirjeet"
    environment = {**os.environ, "POYTA_DB": file_place, "POYTA_STATE": str(tmp_path / "state")}

    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder)], env=environment, check=False)
    told = owing("remind", "--dry-run", "--json").json
    gone_on = owing("remind", "--write", str(folder), "--json")

    assert killed.returncode != 0
    assert (told["items"], told["unwritten"]) == ([], [path.name for path in folder.iterdir()])
    assert gone_on.json["written"] == [path.name for path in folder.iterdir()]
    assert owing("remind", "--write", str(folder), "--json").json["written"] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_name_does_harm_in_a_letter(owing, file_place, tmp_path, language):
    named = {"organisations": "name", "people": "name", "actions": "what", "partnership_tables": "name"}
    numbered = {table: f"{text_of(HOSTILE)} || id" for table in named}
    put(file_place, [f"UPDATE {table} SET {column} = {numbered[table]}" for table, column in named.items()])

    shown = owing("remind", "--dry-run", "--lang", language)
    written = owing("remind", "--write", str(tmp_path / "kirjeet"), "--lang", language)

    assert [harm(answer) for answer in (shown, written)] == [{}, {}]
    (letter,) = (tmp_path / "kirjeet").iterdir()
    assert re.fullmatch(r"[a-z0-9.-]+", letter.name)
    text = letter.read_text(encoding="utf-8")
    assert (strange(text), [line for line in text.splitlines() if line.startswith("FORGED")]) == (set(), [])


def test_a_database_without_anything_has_nobody_to_remind(on_file, tmp_path):
    answers = [on_file("remind", *how, "--lang", "en") for how in (["--dry-run"], ["--write", str(tmp_path)])]

    assert all("There is nothing to remind anybody of now." in answer.out for answer in answers)
