"""The power fails while a file is made, copied away or put back: there is what was before, or what was to be."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.main import run
from models.copies import backup
from models.database import Database
from models.place import DatabaseProblem
from tests.figures import SIZE, tell
from tests.torture.deeds import ROUND, command_id, contents, give
from tests.torture.disk import Recorder
from tests.torture.power import Recording, crashes, put_back
from tests.torture.system import python_watched
from tests.torture.vfs import reachable, watched

pytestmark = pytest.mark.skipif(not reachable(), reason="the SQLite of this Python hides its symbols")

POINTS = 200 * SIZE


def record(place: Path, *words: str) -> Recording:
    """Give one command as it is typed, and note what it asks of the disk, by SQLite or by itself."""
    first = {str(path): path.read_bytes() for path in place.parent.iterdir()}
    recorder = Recorder()
    with watched(recorder), python_watched(recorder.calls.append):
        assert run([*words, "--json"]) == 0
    course = [call for call in recorder.calls if not call.name or Path(call.name).parent == place.parent]
    afterwards = [1] * (len(course) // 5 + 1)  # a sixth of the moments are when all was done
    return Recording(str(place), first, [*course, *afterwards], [])


def look_again(recording: Recording, look: Callable[[], str]) -> Counter[str]:
    """What was found after so many power losses, before and after the command was acknowledged."""
    found: Counter[str] = Counter()
    for image, acknowledged, _ in crashes(recording, POINTS, seed=5):
        put_back(image, Path(recording.place))
        found[f"{'after' if acknowledged else 'before'}_{look()}"] += 1
    return found


def state_of(place: Path, known: dict[str, str]) -> str:
    """What a file holds, by the names of what it may hold, or what the program says of it."""
    try:
        return known.get(contents(place), "half_done")
    except DatabaseProblem as problem:
        return problem.code
    except (AssertionError, sqlite3.Error):
        return "fault"


def sorts(found: Counter[str], when: str) -> set[str]:
    return {sort.removeprefix(f"{when}_") for sort in found if sort.startswith(when)}


def making(folder: Path) -> Counter[str]:
    place = folder / "uusi.db"
    recording = record(place, "db", "upgrade", "--db", str(place))
    made = {contents(place): "made"}
    return look_again(recording, lambda: state_of(place, made))


def test_a_file_that_was_made_is_there(folder, environment, capsys):
    found = making(folder)

    assert sorts(found, "after") == {"made"}
    tell("power loss while a file is made", points=POINTS, **found)


def test_one_that_was_not_made_to_the_end_is_told_as_what_it_is(folder, environment, capsys):
    found = making(folder)

    assert sorts(found, "before") <= {"made", "missing", "not_ours", "older"}


def test_a_copy_is_whole_or_not_there(begun, environment, capsys):
    to = begun.with_name("kopio.db")
    held = {contents(begun): "whole"}
    recording = record(begun, "db", "backup", str(to), "--db", str(begun))

    found = look_again(recording, lambda: f"{state_of(begun, held)}_{state_of(to, held)}")

    assert sorts(found, "after") == {"whole_whole"}
    assert sorts(found, "before") <= {"whole_whole", "whole_missing", "whole_not_ours"}
    tell("power loss during a backup", points=POINTS, **found)


def test_what_is_put_back_is_there_or_what_was_there_before(begun, environment, capsys):
    kept = begun.with_name("kopio.db")
    backup(str(begun), kept)
    database = Database(str(begun))
    for number, command in enumerate(ROUND[:4], start=1):
        give(database, command, command_id(number))
    database.close()
    before = contents(begun)
    recording = record(begun, "db", "restore", str(kept), "--db", str(begun), "--as", "Aino", "--yes")
    known = {before: "before", contents(begun): "put_back"}

    found = look_again(recording, lambda: state_of(begun, known))

    assert sorts(found, "after") == {"put_back"}
    assert sorts(found, "before") <= {"before", "put_back"}
    tell("power loss during a restore", points=POINTS, **found)
