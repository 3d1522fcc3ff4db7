"""The power fails while a backup is put in the place of the database: afterwards there is the one or the other, whole.

All that SQLite asks of the disk for the file in place is recorded, and put together as it could be found (`disk.py`).
"""

import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

import models.database
import workflow.restoring
from cli.main import run
from models.database import Database
from models.people import Project
from models.place import DatabaseProblem
from tests.figures import SIZE, tell
from tests.torture.deeds import ROUND, command_id, contents, give
from tests.torture.disk import FOLDER, Disk, Image, Recorder
from tests.torture.vfs import Call, reachable, watched

pytestmark = pytest.mark.skipif(not reachable(), reason="the SQLite of this Python hides its symbols")

POINTS = 400 * SIZE


class Recording(NamedTuple):
    """What was asked of the disk for the file in place, and what it held before and afterwards."""

    place: Path
    first: Image
    calls: list[Call]
    old: str
    new: str


def put_in_place(place: Path) -> None:
    """A backup is made, moves are made after it, and it is put back."""
    words = ["db", "restore", str(place.with_name("kopio.db")), "--db", str(place), "--as", "Aino", "--yes"]
    assert run(words) == 0


def record(place: Path, restore: Callable[[Path], None]) -> Recording:
    assert run(["db", "backup", str(place.with_name("kopio.db")), "--db", str(place)]) == 0
    database = Database(str(place))
    for number, command in enumerate(ROUND, start=1):
        give(database, command, command_id(number))
    database.close()
    first, old, recorder = {str(place): place.read_bytes()}, contents(place), Recorder()
    with watched(recorder):
        restore(place)
    calls = [call for call in recorder.calls if call is FOLDER or call.name in (str(place), f"{place}-journal")]
    return Recording(place, first, calls, old, contents(place))


def lose_power(recording: Recording, points: int, seed: int = 1) -> Counter[str]:
    """What was found after so many power losses."""
    random = Random(seed)  # noqa: S311  # the same course each time
    disk, found = Disk(recording.first), Counter(dict.fromkeys(("old", "new", "half", "damaged", "lost"), 0))
    moments = Counter(random.randrange(len(recording.calls) + 1) for _ in range(points))
    for moment, call in enumerate([*recording.calls, None]):
        for _ in range(moments[moment]):
            what = found_again(recording, disk.crash(random))
            found["lost" if call is None and what == "old" else what] += 1
        if call is not None:
            disk.do(call)
    return found


def found_again(recording: Recording, image: Image) -> str:
    place = recording.place
    for name in (place, place.with_name(f"{place.name}-journal")):
        name.unlink(missing_ok=True)
    for name, content in image.items():
        Path(name).write_bytes(content)
    try:
        now = contents(place)
    except (AssertionError, sqlite3.DatabaseError, DatabaseProblem, UnicodeDecodeError):
        return "damaged"
    return {recording.old: "old", recording.new: "new"}.get(now, "half")


def test_after_a_power_loss_there_is_the_old_or_the_new(begun, environment):
    recording = record(begun, put_in_place)

    found = lose_power(recording, POINTS)

    assert found["old"] > 0 < found["new"]
    assert found["old"] + found["new"] == POINTS
    tell("power loss while a backup is restored", points=POINTS, **found)


# Faults on purpose: each must be found


def test_an_entry_that_is_written_afterwards_is_found_to_be_missing(begun, environment, monkeypatch):
    written = workflow.restoring._write_entry
    monkeypatch.setattr(workflow.restoring, "_write_entry", lambda *told, keep: written(*told, keep=False))

    def in_two(place: Path) -> None:
        put_in_place(place)
        with Database(str(place)).writing() as session:
            session.add(Project(name="What tells of it"))

    found = lose_power(record(begun, in_two), POINTS)

    assert found["half"] > 0
    tell("power loss while a backup is restored", mode="entry written afterwards", points=POINTS, **found)


def test_a_copy_over_the_file_is_found_to_tear_it(begun, environment, monkeypatch):
    safe = models.database.set_pragmas

    def careless(connection: sqlite3.Connection, journal: str) -> None:
        safe(connection, journal)
        connection.execute("PRAGMA synchronous=OFF")

    monkeypatch.setattr(models.database, "set_pragmas", careless)

    found = lose_power(record(begun, put_in_place), POINTS)

    assert found["damaged"] + found["half"] > 0
    tell("power loss while a backup is restored", mode="DELETE/OFF", points=POINTS, **found)
