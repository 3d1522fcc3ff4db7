"""Copies of the database: taken at one moment, kept with their checkpoint, and put back in its place.

Whatever moment it is interrupted at: a copy has its name once it is whole, and in the place of the database there is
either what was there or what was put there.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from models.checkpoints import LONGEST, Checkpoint, asking, checkpoint_in, parse_checkpoint
from models.files import BESIDE, give_name, give_new_name, passing
from models.fingerprint import Ask
from models.place import DatabaseProblem, is_server, open_for_reading, problems, shown, version_of
from models.schema import Finding, check

NOT_WHOLE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_ERROR)
"""What SQLite says of a file that it can't make sense of, or that the disk can't read."""
AGE = ("older", "newer")
"""What a copy may well be."""


# Taking


class Backup(NamedTuple):
    """A copy that was taken; its checkpoint, and what is not as it should be in it, which was so before."""

    path: Path
    checkpoint: Checkpoint | None
    findings: list[Finding]


def backup(place: str, to: Path) -> Backup:
    """A copy of the file as it is at one moment, and beside it its checkpoint; never over anything.

    Raises DatabaseProblem.
    """
    if is_server(place):
        raise DatabaseProblem("backup_of_server", place=shown(place))  # its own pg_dump does it better
    version_of(Path(place))
    if checkpoint_beside(to).exists():
        raise DatabaseProblem("exists", place=str(checkpoint_beside(to)))
    with problems(place):
        copy_file(Path(place), to)
        try:
            findings = [each for each in check(str(to)) if each.code not in AGE]
            if any(each.code == "damaged" for each in findings):
                raise DatabaseProblem("unreadable", place=str(to))  # all of it was just written: the disk fails
            checkpoint = None if findings else _checkpoint_of(to)
            if checkpoint is not None:
                _keep_checkpoint(to, checkpoint)
            return Backup(to, checkpoint, findings)
        except BaseException:
            to.unlink(missing_ok=True)
            raise


def copy_file(path: Path, to: Path) -> None:
    """A copy of a file, never over another. Raises DatabaseProblem."""
    if to.exists():
        raise DatabaseProblem("exists", place=str(to))
    with passing(to, "part") as part:
        try:
            _copy_into(part, path)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
                raise DatabaseProblem("disk_full", place=str(to)) from error
            raise
        give_new_name(part, to)


def free_name(path: Path, mark: str) -> Path:
    """A name for a copy beside the file that nothing has yet."""
    names = (path.with_name(f"{path.name}.{mark}{'' if n == 1 else f'-{n}'}.backup") for n in count(1))
    return next(name for name in names if not name.exists() and not checkpoint_beside(name).exists())


def checkpoint_beside(path: Path) -> Path:
    """The file in which the checkpoint of a copy is kept."""
    return path.with_name(f"{path.name}.checkpoint")


def kept_checkpoint(path: Path) -> Checkpoint | None:
    """The checkpoint that was kept beside a copy, if one was. Raises DatabaseProblem where it can't be read."""
    beside = checkpoint_beside(path)
    if not beside.exists():
        return None
    with suppress(OSError, UnicodeDecodeError), beside.open(encoding="utf-8") as file:
        if (kept := parse_checkpoint(file.read(LONGEST))) is not None:
            return kept
    raise DatabaseProblem("backup_not_a_checkpoint", file=str(beside))


def _checkpoint_of(copy: Path) -> Checkpoint | None:
    """As the copy has it; nothing for one that is too old to have any."""
    try:
        with asking(copy) as ask:
            return checkpoint_in(ask)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return None


def _keep_checkpoint(copy: Path, checkpoint: Checkpoint) -> None:
    beside = checkpoint_beside(copy)
    with passing(beside, "part") as part:
        part.write_text(checkpoint.text, encoding="utf-8", newline="\n")
        give_name(part, beside)


# Putting in its place


@contextmanager
def prepared(path: Path, file: Path) -> Iterator[Path]:
    """A copy of a backup beside the place that it is meant for, gone afterwards."""
    with passing(path, "restoring") as copy:
        _copy_into(copy, file)
        yield copy


class InPlace:
    """What is in the place of the database now, while everybody else is kept out of it."""

    def __init__(self, path: Path, held: sqlite3.Connection | None) -> None:
        self.path = path
        self._held = held

    @property
    def ask(self) -> Ask | None:
        """What answers queries of it; nothing, where there is no database that can be opened."""
        return None if self._held is None else self._held.execute

    def keep_aside(self, to: Path, checkpoint: Checkpoint | None) -> None:
        """Keep it under another name just as it is, whatever it is."""
        if self._held is None:
            _keep_file(self.path, to)
            return
        with passing(to, "part") as part:
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                self._held.backup(copy)
            give_name(part, to)
        if checkpoint is not None:
            _keep_checkpoint(to, checkpoint)

    def replace_by(self, copy: Path) -> None:
        """Put a copy in its place at one moment: everybody sees the one or the other, also after a power loss."""
        if self._held is not None:
            try:
                with closing(sqlite3.connect(copy, isolation_level=None)) as source:
                    source.backup(self._held)
                return
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if not _is_broken(error):
                    raise
                self._held.close()
                self._held = None
        if self.path.exists():
            shutil.copymode(self.path, copy)
        for name in BESIDE:  # it would be taken for the journal of what comes now
            self.path.with_name(self.path.name + name).unlink(missing_ok=True)
        give_name(copy, self.path)


@contextmanager
def in_place(path: Path) -> Iterator[InPlace]:
    """Hold on to what is in the place of the database. Raises DatabaseProblem where somebody else does."""
    held = _held(path)
    try:
        yield InPlace(path, held)
    finally:
        if held is not None:
            held.close()


def _held(path: Path) -> sqlite3.Connection | None:
    """A connection whose lock outlasts its transactions, so that nothing comes between a look and a replacement."""
    from models.database import connect

    try:
        version_of(path)
    except DatabaseProblem:  # there is none, or another's, or none that can be read
        return None
    with ExitStack() as opened:
        try:
            connection = opened.enter_context(closing(connect(path, any_version=True)))
            for statement in ("PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT"):
                connection.execute(statement)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if not _is_broken(error):
                raise
            return None
        opened.pop_all()
        return connection


def _is_broken(error: BaseException) -> bool:
    # What SQLite says of a damaged schema may itself be damaged.
    return isinstance(error, UnicodeDecodeError) or getattr(error, "sqlite_errorcode", 0) & 0xFF in NOT_WHOLE


def _keep_file(path: Path, to: Path) -> None:
    """A file that is no database any more, with what lies beside it. Where possible without reading it."""
    for name in ("", *BESIDE):
        source, target = path.with_name(path.name + name), to.with_name(to.name + name)
        if source.exists():
            try:
                os.link(source, target)
            except OSError:  # not every disk gives a file two names
                shutil.copyfile(source, target)


def _copy_into(part: Path, path: Path) -> None:
    with closing(open_for_reading(path)) as connection:
        connection.execute("PRAGMA query_only=0")  # what is written to is the copy
        connection.execute("VACUUM INTO ?", [str(part)])
