"""What was erased is in no byte of the file, also not between the rows, once it is written anew."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.database import connect
from models.place import DatabaseProblem
from models.sweeping import sweep
from tests.figures import SIZE, tell

NAME = "Sirkka Möttönen"
FILES = 60 * SIZE


def a_life(connection: sqlite3.Connection, seed: int, rows: int = 400) -> None:
    """Rows of many lengths come and grow, some of them with a name in it, until the name is taken out of all."""
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    connection.execute("BEGIN")
    for number in range(1, rows + 1):
        named = NAME if chance.random() < 0.1 else ""
        text = "x" * chance.randint(1, 200) + named + "y" * chance.randint(0, 300)
        row = (number, text, str(number))
        connection.execute("INSERT INTO people (id, name, pseudonym, forgotten) VALUES (?, ?, ?, 0)", row)
        if chance.random() < 0.4:
            grown = "z" * chance.randint(0, 300)
            values = (grown, chance.randint(1, number))
            connection.execute("UPDATE people SET name = name || ? WHERE id = ?", values)
    connection.execute("COMMIT")
    connection.execute("UPDATE people SET name = replace(name, ?, '…')", (NAME,))


@pytest.fixture
def files(template_file: Path, tmp_path: Path) -> Iterator[Path]:
    """Files that nobody has used, one after another."""
    return (Path(shutil.copy(template_file, tmp_path / f"{number}.db")) for number in range(FILES))


def holds(path: Path) -> bool:
    """Whether the name is in a byte of the file."""
    return NAME.encode() in path.read_bytes()


def test_nothing_is_left_of_a_name_once_the_file_is_written_anew(files):
    left, swept = 0, 0

    for number, path in enumerate(files):
        with closing(connect(path)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            a_life(connection, number)
        left += holds(path)
        sweep(str(path))
        swept += holds(path)

    tell("sweeping", files=FILES, left_without=left, left=swept)
    assert swept == 0
    assert left > 0, "SQLite has learnt to leave nothing: then nobody need write the file anew"


def test_where_deleted_rows_are_not_overwritten_the_name_would_be_found(files):
    path = next(files)

    with closing(connect(path)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        a_life(connection, seed=0)

    assert holds(path)


def test_a_log_of_what_was_written_is_emptied_too(files, monkeypatch):
    monkeypatch.setenv("POYTA_JOURNAL", "wal")
    path = next(files)
    with closing(connect(path)) as connection:
        a_life(connection, seed=0)
        assert holds(path.with_name(f"{path.name}-wal"))

        sweep(str(path))

        assert not any(map(holds, path.parent.glob(f"{path.name}*")))


def test_a_file_that_somebody_reads_is_not_written_anew_behind_their_back(files, monkeypatch):
    monkeypatch.setattr("models.database.BUSY_SECONDS", 0.01)
    path = next(files)
    with closing(connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM people").fetchone()

        with pytest.raises(DatabaseProblem) as problem:
            sweep(str(path))

    assert problem.value.code == "locked"


def test_a_file_written_anew_is_the_same_database(files):
    path = next(files)
    with closing(connect(path)) as connection:
        a_life(connection, seed=0)
        before = list(connection.iterdump())

    sweep(str(path))

    with closing(connect(path)) as connection:
        assert list(connection.iterdump()) == before


def test_a_server_is_left_to_itself():
    sweep("postgresql://nowhere/at-all")
