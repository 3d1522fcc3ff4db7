"""Where the database is, and whether it is one of ours: asked without SQLAlchemy."""

import os
import sqlite3
from pathlib import Path

APPLICATION_ID = 0x706F7974  # "poyt"
SCHEMA = 1
"""The version of the schema that this program knows: the number of the newest migration."""
BUSY_SECONDS = 10.0


class DatabaseProblem(Exception):
    """The database can't be used as asked: `code` says why."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def is_server(place: str) -> bool:
    """Whether a place is the address of a server, not a file."""
    return "://" in place


def journal_of() -> str:
    """The journal mode: `delete`, which is safe everywhere, or `wal` by POYTA_JOURNAL, for a local disk only."""
    return "wal" if os.environ.get("POYTA_JOURNAL", "").lower() == "wal" else "delete"


def check_header(path: Path, *, newer_too: bool = False) -> int:
    """The schema version of a file of ours. Raises DatabaseProblem: missing, not_ours, unreadable, newer, older."""
    if not path.exists():
        raise DatabaseProblem("missing", place=str(path))
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        raise DatabaseProblem("unreadable", place=str(path)) from None
    ours = header[:16] == b"SQLite format 3\x00" and int.from_bytes(header[68:72], "big") == APPLICATION_ID
    if not ours:
        raise DatabaseProblem("not_ours", place=str(path))
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA and not newer_too:
        raise DatabaseProblem("newer", place=str(path), version=version, known=SCHEMA)
    if version < SCHEMA and not newer_too:
        raise DatabaseProblem("older", place=str(path), version=version, known=SCHEMA)
    return version


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that can't change anything."""
    check_header(path, newer_too=True)
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    connection.row_factory = sqlite3.Row
    return connection
