"""A hand in the file that knows all there is to know of it: after every change the file is coherent in itself again.

Chains, commitments and tree are made anew, and the watch of the database over itself is put back as it was. Nothing
can be found in such a file; only whoever saw what it was before can tell.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from models.sealing import SEALED, entry_hash
from models.tree import TILE, root_of


def cut(place: str | Path, entries: int) -> None:
    """Take away the newest entries, with the themes that they tell of the making of."""
    with unwatched(place) as file:
        for stream, version in file.execute(f"SELECT stream, version FROM history ORDER BY id DESC LIMIT {entries}"):
            kind, _, number = stream.partition(":")
            assert (kind, version) == ("theme", 1), "only what nothing hangs on is taken away without a trace"
            file.execute("DELETE FROM themes WHERE id = ?", [number])
        (least,) = file.execute(f"SELECT MAX(id) - {entries} FROM history").fetchone()
        file.execute("DELETE FROM history_words WHERE entry_id > ?", [least])
        file.execute("DELETE FROM history WHERE id > ?", [least])
        _seal(file)


def rewrite(place: str | Path, entry: int) -> None:
    """Let an entry say that somebody else did it, on another day."""
    with unwatched(place) as file:
        other = "SELECT pseudonym FROM people ORDER BY id DESC LIMIT 1"
        told = f"UPDATE history SET actor = ({other}), recorded_at = '2017-01-01T10:00:00.000000Z' WHERE id = ?"
        file.execute(told, [entry])
        _seal(file)


def swap(place: str | Path, one: int, other: int) -> None:
    """Let two entries change places in the order of all, where neither has to do with the other."""
    with unwatched(place) as file:
        for source, to in ((one, -1), (other, one), (-1, other)):
            for table, column in (("history", "id"), ("history", "cause_id"), ("history_words", "entry_id")):
                file.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [to, source])
        _seal(file)


def name_origin(place: str | Path, name: str) -> None:
    """Let it be another database, with the same history."""
    with unwatched(place) as file:
        file.execute("UPDATE origin SET name = ?", [name])
        _seal(file)


@contextmanager
def unwatched(place: str | Path) -> Iterator[sqlite3.Connection]:
    """For a while, the database does not watch over itself."""
    with closing(sqlite3.connect(place, isolation_level=None)) as file:
        file.row_factory = sqlite3.Row
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        file.execute("BEGIN")
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        yield file
        for _, definition in triggers:
            file.execute(definition)
        file.execute("COMMIT")


def _seal(file: sqlite3.Connection) -> None:
    """Chains and tree, as if all of it had been written so."""
    (origin,) = file.execute("SELECT name FROM origin").fetchone()
    newest: dict[str, str] = {}
    leaves = []
    for row in file.execute("SELECT * FROM history ORDER BY id").fetchall():
        prev = newest.get(row["stream"], "")
        sealed = [prev if column == "prev" else row[column] for column in SEALED]
        newest[row["stream"]] = entry_hash(origin, sealed)
        leaves.append(newest[row["stream"]])
        file.execute("UPDATE history SET prev = ?, hash = ? WHERE id = ?", [prev, leaves[-1], row["id"]])
    file.execute("DELETE FROM history_tiles")
    level, hashes = 1, leaves
    while len(hashes) >= TILE:
        full = [hashes[at : at + TILE] for at in range(0, len(hashes) - TILE + 1, TILE)]
        hashes = [root_of(map(bytes.fromhex, each)).hex() for each in full]
        for number, each in enumerate(hashes, start=1):
            file.execute("INSERT INTO history_tiles (level, place, hash) VALUES (?, ?, ?)", [level, number, each])
        level += 1
