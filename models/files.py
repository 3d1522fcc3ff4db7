"""Files that are made whole or not at all: nothing half-written has ever the name that people know."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.place import DatabaseProblem

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file: it belongs to that file and to no other."""


def new_file(path: Path) -> None:
    """A file with nothing in it that only its owner can read. Raises DatabaseProblem: exists, read_only, disk_full."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise DatabaseProblem("exists", place=str(path)) from None
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise DatabaseProblem("disk_full" if full else "read_only", place=str(path)) from None


@contextmanager
def passing(path: Path, mark: str) -> Iterator[Path]:
    """A new file beside another that only its owner can read, gone afterwards unless it was given a name."""
    with _told_as_problems(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=f".{mark}", dir=path.parent)
        os.close(handle)
        part = Path(name)
        try:
            yield part
        finally:
            for beside in ("", *BESIDE):
                part.with_name(part.name + beside).unlink(missing_ok=True)


def give_name(part: Path, name: Path) -> None:
    """Once all of it has reached the disk, so that a power loss leaves no half of it under that name."""
    _reach_disk(part)
    part.replace(name)
    if os.name == "posix":
        _reach_disk(name.parent)


def give_new_name(part: Path, name: Path) -> None:
    """The same, but never over anything, nor beside what another file left. Raises DatabaseProblem: exists, journal."""
    nothing_left(name)
    _reach_disk(part)
    try:
        os.link(part, name)  # unlike a rename, it refuses a name that is taken
    except FileExistsError:
        raise DatabaseProblem("exists", place=str(name)) from None
    except OSError:  # not every disk gives a file two names
        new_file(name)
        part.replace(name)
    if os.name == "posix":
        _reach_disk(name.parent)


def nothing_left(name: Path) -> None:
    """SQLite would write what an interrupted writer left of a removed file into a new one of the same name.

    Raises DatabaseProblem: journal.
    """
    for beside in BESIDE:
        if (left := name.with_name(name.name + beside)).exists():
            raise DatabaseProblem("journal", place=str(name), left=str(left))


def take_away(path: Path) -> None:
    """Remove a database with whatever an interrupted writer left of it, which would be in the way of a new one."""
    path.unlink()
    for beside in BESIDE:
        path.with_name(path.name + beside).unlink(missing_ok=True)


@contextmanager
def _told_as_problems(path: Path) -> Iterator[None]:
    """Let what the disk complains of leave as a DatabaseProblem that names the file."""
    try:
        yield
    except OSError as error:
        if (code := _COMPLAINTS.get(error.errno or 0)) is None:
            raise
        raise DatabaseProblem(code, place=str(path)) from error


_COMPLAINTS = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.EIO: "unreadable",
}


def _reach_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
