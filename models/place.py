"""Where the database is, whether it is one of ours, and what can be wrong with it: asked without SQLAlchemy."""

import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from urllib.parse import quote

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


def shown(place: str | Path) -> str:
    """A place as it may be shown to anybody: without the password, wherever it stands."""
    text = str(place)
    if not is_server(text):
        return text
    begun, _, rest = text.partition("://")
    user, at, server = rest.rpartition("@")  # a password may have any sign in it
    rest = f"{user.partition(':')[0]}:***@{server}" if at and ":" in user else rest
    return re.sub(r"(?i)([?&][^=&]*pass[^=&]*=)[^&]*", r"\1***", f"{begun}://{rest}")


def journal_of() -> str:
    """The journal mode: `delete`, which is safe everywhere, or `wal` by POYTA_JOURNAL, for a local disk only."""
    return "wal" if os.environ.get("POYTA_JOURNAL", "").lower() == "wal" else "delete"


def version_of(path: Path) -> int:
    """The schema version of a file of ours. Raises DatabaseProblem: missing, not_ours, unreadable."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            raise DatabaseProblem("unreadable", place=str(path))
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise DatabaseProblem("missing", place=str(path)) from None
    except OSError:
        raise DatabaseProblem("unreadable", place=str(path)) from None
    if header[:16] != b"SQLite format 3\x00" or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise DatabaseProblem("not_ours", place=str(path))
    return int.from_bytes(header[60:64], "big")


def check_header(path: Path, *, newer_too: bool = False) -> int:
    """The schema version of a file that can be used. Raises DatabaseProblem as `version_of`, or newer, older."""
    version = version_of(path)
    check_version(version, path, newer_too=newer_too)
    return version


def check_version(version: int, place: str | Path, *, newer_too: bool = False) -> None:
    """Whether this program can use a database of that version. Raises DatabaseProblem: newer, older."""
    if version < SCHEMA or (version > SCHEMA and not newer_too):
        code = "older" if version < SCHEMA else "newer"
        raise DatabaseProblem(code, place=shown(place), version=version, known=SCHEMA)


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, to a file that was looked at before (`version_of`).

    It is not opened as read-only where it can be written: what a crash left half-written could then not be taken back.
    """
    connection = sqlite3.connect(address(path.absolute()), uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA query_only=1")
    connection.execute("PRAGMA trusted_schema=0")
    connection.row_factory = sqlite3.Row
    return connection


def address(path: PurePath) -> str:
    """What SQLite calls a file that must be there. The path is whole; on a network drive it begins with two slashes."""
    text = path.as_posix()
    return f"file://{'' if text.startswith('/') else '/'}{quote(text, safe='/:')}?mode=rw"


# What the database itself complains of


@contextmanager
def problems(place: str | Path) -> Iterator[None]:
    """Let the database's own complaints leave as a DatabaseProblem that names the place."""
    try:
        yield
    except Exception as error:
        problem = problem_of(error)
        if problem is None or problem is error:
            raise
        problem.facts.setdefault("place", shown(place))
        raise problem from error


def problem_of(error: BaseException) -> DatabaseProblem | None:
    """What is wrong, if the database complains of something that the user can put right."""
    if isinstance(error, DatabaseProblem):
        return error
    cause = getattr(error, "orig", None) or error  # SQLAlchemy wraps what the driver raises
    if isinstance(cause, UnicodeDecodeError) and cause.object.startswith(b"malformed database schema"):
        return DatabaseProblem("unreadable")  # a complaint that quotes bytes which are no text
    if isinstance(cause, sqlite3.Error):
        return _file_problem(cause)
    if type(cause).__module__.partition(".")[0] == "psycopg":
        return _server_problem(cause)
    return None


_FILE_PROBLEMS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "read_only",  # that the file is there was seen; its journal can't be made beside it
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "unreadable",
    sqlite3.SQLITE_CORRUPT: "unreadable",
    sqlite3.SQLITE_NOTADB: "not_ours",
}


def _file_problem(error: sqlite3.Error) -> DatabaseProblem | None:
    if str(error).startswith("Could not decode to UTF-8"):
        return DatabaseProblem("strange_value", value=str(error).partition(" with text ")[2])
    code = _FILE_PROBLEMS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return DatabaseProblem(code) if code else None


_SERVER_PROBLEMS = {
    "23505": "changed_meanwhile",  # somebody else has just taken the same number or name
    "3D000": "missing",
    "25006": "read_only",
    "53100": "disk_full",
    "55P03": "locked",
    "40P01": "changed_meanwhile",
    "40001": "changed_meanwhile",
}


def _server_problem(error: BaseException) -> DatabaseProblem | None:
    state = getattr(error, "sqlstate", None)
    if state is None and type(error).__name__ in ("OperationalError", "ConnectionTimeout"):
        no_database = re.search(r'database "[^"]*" does not exist', str(error))
        return DatabaseProblem("missing" if no_database else "unreachable")
    code = _SERVER_PROBLEMS.get(state or "")
    return DatabaseProblem(code) if code else None
