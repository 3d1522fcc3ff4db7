"""The power fails at any moment: what was acknowledged is there, and nothing is there by halves.

Moves are made through the gate while everything that SQLite asks of the disk is recorded. Then, for thousands of
moments, the files are put together as they could be found after a power loss at that moment (`disk.py`), and opened.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

import models.database
from models.database import Database
from models.people import Project
from tests.figures import SIZE, tell
from tests.torture.deeds import ROUND, Command, command_id, contents, errands, give
from tests.torture.disk import Recorder
from tests.torture.power import Recording, crashes, lose_power, put_back
from tests.torture.vfs import reachable, watched

pytestmark = pytest.mark.skipif(not reachable(), reason="the SQLite of this Python hides its symbols")

COMMANDS = [*ROUND, *islice(errands(2), 9)]
PAUSE = 5
"""After so many commands the file is closed and opened anew, as by another command line."""
FEW_PAGES = 12
"""So little memory for some of them that SQLite writes to the file before the end of the transaction."""

Give = Callable[[Database, Command, int], object]


def in_one(database: Database, command: Command, number: int) -> None:
    give(database, command, command_id(number))


def record(place: Path, give_it: Give = in_one) -> Recording:
    """Give every command, and note what is asked of the disk for it."""
    first = {str(place): place.read_bytes()}
    held, recorder, course = [contents(place)], Recorder(), []
    for begun in range(0, len(COMMANDS), PAUSE):
        with watched(recorder):
            database = Database(str(place))
            if begun % 2:
                with database.reading() as session:
                    session.connection().exec_driver_sql(f"PRAGMA cache_size={FEW_PAGES}")
            for number, command in enumerate(COMMANDS[begun : begun + PAUSE], start=begun + 1):
                give_it(database, command, number)
                course += [*recorder.calls, number]
                recorder.calls.clear()
                held.append(contents(place))
            database.close()
            course += recorder.calls
            recorder.calls.clear()
    return Recording(str(place), first, course, held)


# The modes that the program offers


def all_well(points: int) -> dict[str, int]:
    return {"whole": points, "lost": 0, "half": 0, "damaged": 0}


@pytest.mark.parametrize("part", [1, 2])
def test_a_power_loss_loses_nothing_that_was_acknowledged(begun, part):
    recording = record(begun)

    found = lose_power(recording, 1500 * SIZE, seed=part)

    assert found == all_well(1500 * SIZE)
    tell("power loss", mode="DELETE/EXTRA", points=1500 * SIZE, **found)


def test_nor_does_it_with_the_other_journal(begun, monkeypatch):
    monkeypatch.setenv("POYTA_JOURNAL", "wal")
    recording = record(begun)

    found = lose_power(recording, 1000 * SIZE)

    assert found == all_well(1000 * SIZE)
    tell("power loss", mode="WAL/FULL", points=1000 * SIZE, **found)


def test_after_a_power_loss_the_program_goes_on_where_it_was(begun):
    recording, done = record(begun), Counter()

    for image, acknowledged, _ in crashes(recording, 60 * SIZE, seed=3):
        put_back(image, begun)
        database = Database(str(begun))
        for number, command in list(enumerate(COMMANDS, start=1))[acknowledged : acknowledged + 1]:
            done["again" if give(database, command, command_id(number)).repeated else "first"] += 1
        database.close()
        assert contents(begun) == recording.held[min(acknowledged + 1, len(COMMANDS))]

    assert done["again"] > 0
    tell("power loss, then the next command", points=60 * SIZE, **done)


# Faults on purpose: each must be found


@pytest.mark.parametrize(
    ("journal", "synchronous", "harm"),
    [("delete", "FULL", "lost"), ("wal", "NORMAL", "lost"), ("delete", "OFF", "damaged")],
)
def test_a_mode_that_does_not_wait_for_the_disk_is_found_out(begun, monkeypatch, journal, synchronous, harm):
    monkeypatch.setenv("POYTA_JOURNAL", journal)
    monkeypatch.setattr(models.database, "set_pragmas", but_then(f"PRAGMA synchronous={synchronous}"))
    recording = record(begun)

    found = lose_power(recording, 300 * SIZE)

    assert found[harm] > 0
    tell("power loss", mode=f"{journal.upper()}/{synchronous}", points=300 * SIZE, **found)


def but_then(pragma: str) -> Callable[[sqlite3.Connection, str], None]:
    """What makes a file safe, and then less so."""
    safe = models.database.set_pragmas

    def careless(connection: sqlite3.Connection, journal: str) -> None:
        safe(connection, journal)
        connection.execute(pragma)

    return careless


def test_a_command_that_is_written_in_two_transactions_is_found_out(begun):
    recording = record(begun, in_two)

    found = lose_power(recording, 300 * SIZE)

    assert found["half"] > 0
    tell("power loss", mode="two transactions", points=300 * SIZE, **found)


def in_two(database: Database, command: Command, number: int) -> None:
    """Give a command, and write down something more in a transaction of its own."""
    give(database, command, command_id(number))
    with database.writing() as session:
        session.add(Project(name=f"Hanke {number}"))
