"""What one user's program has seen of each database, and had acknowledged: kept outside of them (trust.md 2).

A file that somebody holds can be made coherent in itself after any change. That its end was cut off, that it was made
anew, or that an older copy lies in its place is seen only by whoever remembers it. So this is one small file in the
user's own folder, in which several commands at once can note what they saw.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from models.checkpoints import Checkpoint
from models.moments import written
from models.place import address

FILE = "seen.db"
KEPT = 1000
"""How many checkpoints, and how many receipts, are kept of each database: the newest."""
AT_ONCE = 100
"""How many of the receipts are compared on every opening. The rest is for those who look through all of it."""
UNUSABLE = (OSError, sqlite3.Error, ValueError)
"""What goes wrong with a memory, whoever spoilt it. No work should stop for that."""
PATIENCE = 2.0
"""Seconds to wait for another command that is just noting something. Then it is done without."""


class Seen(NamedTuple):
    """A checkpoint, and when it was there."""

    checkpoint: Checkpoint
    at: datetime


class Receipt(NamedTuple):
    """An entry that was acknowledged: its place among all entries, and its hash."""

    place: int
    hash: str


class Remembered(NamedTuple):
    """What is known of the database at a place."""

    begun: str
    """Which memory of the place it is: a new database, a restored or an accepted one begins another."""
    newest: Seen
    receipts: tuple[Receipt, ...]


class Memory:
    """The memory in a folder. Raises what is UNUSABLE where it can't be read or written."""

    def __init__(self, folder: str) -> None:
        self.path = Path(folder) / FILE

    def of(self, place: str) -> Remembered | None:
        """What was seen at a place last, and what was acknowledged there."""
        if not self.path.exists():
            return None
        with self._open() as file:
            if (begun := _begun(file, place)) is None or (newest := next(_seen(file, place, 1), None)) is None:
                return None
            return Remembered(begun, newest, tuple(_receipts(file, place, AT_ONCE)))

    def every(self, place: str) -> list[Seen]:
        """All that was seen at a place and is still kept, the oldest first."""
        if not self.path.exists():
            return []
        with self._open() as file:
            return list(_seen(file, place, KEPT))[::-1]

    def every_receipt(self, place: str) -> list[Receipt]:
        """All that was acknowledged at a place and is still kept, the oldest first."""
        if not self.path.exists():
            return []
        with self._open() as file:
            return list(_receipts(file, place, KEPT))[::-1]

    def remember(
        self, place: str, begun: str | None, seen: Seen, receipts: Iterable[Receipt] = (), *, anew: bool = False
    ) -> None:
        """Note what was seen, in the memory that was begun then; or in a new one, which forgets what was before.

        Where somebody has begun another meanwhile, what was seen belongs to what is gone.
        """
        with self._writing() as file:
            if anew:
                _forget(file, _name(place))
            if begun is None or anew:
                _forget_thrown_away(file)
                begin = "INSERT OR IGNORE INTO places (place, origin, begun) VALUES (?, ?, ?)"
                file.execute(begin, [_name(place), seen.checkpoint.origin, begun := written(seen.at)])
            if _begun(file, place) == begun:
                _note(file, _name(place), seen, receipts)

    def try_out(self) -> None:
        """See whether it can be read and written."""
        with self._writing() as file:
            _note(file, "", Seen(Checkpoint("", 0, ""), datetime.now(UTC)), [Receipt(0, "")])
            _forget(file, "")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        opened = sqlite3.connect(address(self.path.absolute()), uri=True, isolation_level=None, timeout=PATIENCE)
        with closing(opened) as file:
            yield file

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        with self._open() as file:
            file.execute("BEGIN IMMEDIATE")
            for table, columns in _TABLES.items():
                file.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}) WITHOUT ROWID, STRICT")
            yield file
            file.execute("COMMIT")


_TABLES = {
    "places": "place TEXT PRIMARY KEY, origin TEXT NOT NULL, begun TEXT NOT NULL",
    "seen": "place TEXT, size INTEGER, root TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (place, size)",
    "receipts": "place TEXT, number INTEGER, hash TEXT NOT NULL, PRIMARY KEY (place, number)",
}


def _name(place: str) -> str:
    """One name for a file, however it is written."""
    return os.path.normcase(os.path.realpath(place))


def _begun(file: sqlite3.Connection, place: str) -> str | None:
    found = file.execute("SELECT begun FROM places WHERE place = ?", [_name(place)]).fetchone()
    return None if found is None else str(found[0])


def _seen(file: sqlite3.Connection, place: str, several: int) -> Iterator[Seen]:
    """The newest few."""
    found = file.execute(
        "SELECT p.origin, s.size, s.root, s.at FROM seen s JOIN places p ON p.place = s.place"
        " WHERE s.place = ? ORDER BY s.size DESC LIMIT ?",
        [_name(place), several],
    )
    return (Seen(Checkpoint(origin, size, root), datetime.fromisoformat(at)) for origin, size, root, at in found)


def _receipts(file: sqlite3.Connection, place: str, several: int) -> Iterator[Receipt]:
    """The newest few."""
    wanted = "SELECT number, hash FROM receipts WHERE place = ? ORDER BY number DESC LIMIT ?"
    return (Receipt(*row) for row in file.execute(wanted, [_name(place), several]))


def _note(file: sqlite3.Connection, name: str, seen: Seen, receipts: Iterable[Receipt]) -> None:
    told = (name, seen.checkpoint.size, seen.checkpoint.root, written(seen.at))
    file.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", told)
    file.executemany("INSERT OR IGNORE INTO receipts VALUES (?, ?, ?)", [(name, *each) for each in receipts])
    for table, column in (("seen", "size"), ("receipts", "number")):
        older = _OLDER.format(table=table, column=column)
        file.execute(older, [name, name, KEPT])


_OLDER = """
    DELETE FROM {table} WHERE place = ? AND {column} <= (
        SELECT {column} FROM {table} WHERE place = ? ORDER BY {column} DESC LIMIT 1 OFFSET ?)"""


def _forget(file: sqlite3.Connection, name: str) -> None:
    for table in _TABLES:
        file.execute(f"DELETE FROM {table} WHERE place = ?", [name])  # noqa: S608  # of our own names only


def _forget_thrown_away(file: sqlite3.Connection) -> None:
    """Databases in the folder for what is passing, once they are gone: nobody will look for them again."""
    import tempfile

    passing = os.path.join(_name(tempfile.gettempdir()), "")  # noqa: PTH118  # a name, not a path to look at
    for (name,) in file.execute("SELECT place FROM places").fetchall():
        if name.startswith(passing) and not os.path.exists(name):  # noqa: PTH110  # as above
            _forget(file, name)
