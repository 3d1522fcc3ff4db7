"""Putting a backup in the place of the database: looked through first, judged by its own people, and written down.

The entry that tells of it is in the backup before it is in its place: so there is never the one without the other.
Whoever had seen more of the history than the backup has is told of it when they open it next (`models.doubts`).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.checkpoints import Checkpoint, asking, checkpoint_in
from models.copies import InPlace, free_name, in_place, kept_checkpoint, prepared
from models.database import Database
from models.fingerprint import Ask
from models.people import Seat
from models.place import SCHEMA, DatabaseProblem, check_version, is_server, problems, shown, version_of
from models.states import LETTERS
from workflow.accepting import facts_of, refuse_used_command
from workflow.audit.chains import Progress
from workflow.audit.findings import Finding
from workflow.audit.verifying import silently, verify
from workflow.errors import CheckFailed, NotFound
from workflow.outcomes import How
from workflow.pasting import typed_path
from workflow.permissions import KEEPERS
from workflow.references import DATABASE
from workflow.register import Noted, note, only_keepers
from workflow.work import Work

WorkIn = Callable[[Session], Work]


class Restored(NamedTuple):
    """What was put in the place of what, and where that is kept now."""

    restored: Checkpoint
    recorded: str | None
    """When the newest entry of the backup was recorded."""
    replaced: Checkpoint | None
    kept: Path | None
    number: int
    forgotten_since: tuple[str, ...]
    """Whose names are there again, though they had been erased since the backup was made."""


class NotWhole(CheckFailed):
    """The backup is not what a history must be. Nothing was changed."""

    def __init__(self, file: Path, findings: Sequence[Finding]) -> None:
        super().__init__("backup_not_whole", file=str(file))
        self.findings = findings


def restore(
    place: str,
    file: Path,
    work_in: WorkIn,
    how: How,
    *,
    another: bool,
    keep: bool = True,
    progress: Progress = silently,
) -> Restored:
    """Put a backup in the place of the database, which is kept aside; with `keep` off, only see whether it could be.

    `another`: though it is not of the same database. Raises NotWhole, NotAllowed, CheckFailed and DatabaseProblem.
    """
    if is_server(place):
        raise DatabaseProblem("restore_of_server", place=shown(place))
    path = Path(place)
    _refuse_unfit(path, file)
    with problems(place), asking(file) as ask:  # as long as this is open, nobody changes the backup
        restored = checkpoint_in(ask)
        if kept_checkpoint(file) not in (None, restored):
            raise CheckFailed("backup_otherwise", file=str(file))
        if findings := verified(str(file), progress):
            raise NotWhole(file, findings)
        with prepared(path, file) as copy, in_place(path) as there:
            replaced = _checkpoint_there(there)
            if not another:
                _refuse_another(there, restored, file)
            facts = (*facts_of("restored", restored), *_told_of(replaced, restored))
            number, now = _write_entry(copy, work_in, how, facts, keep=keep)
            same = replaced is not None and replaced.origin == restored.origin
            forgotten = tuple(_forgotten_since(there.ask, ask)) if same else ()
            aside = _put(there, copy, replaced, now) if keep else None
        return Restored(restored, _newest(ask), replaced, aside, number, forgotten)


def verified(place: str, progress: Progress = silently) -> Sequence[Finding]:
    """Everything that is wrong with a backup, by a complete audit."""
    return verify(place, (), progress).findings


def _refuse_unfit(path: Path, file: Path) -> None:
    if not file.is_file():
        raise NotFound("backup_missing", file=str(file))
    if path.exists() and path.samefile(file):
        raise CheckFailed("restore_of_itself", place=str(path))
    if (version := version_of(file)) < SCHEMA:
        remedy = f"poyta db upgrade --db {typed_path(file)}"
        raise CheckFailed("older", [remedy], place=str(file), version=version, known=SCHEMA)
    check_version(version, file)


def _checkpoint_there(there: InPlace) -> Checkpoint | None:
    """Of what is to be replaced, where it can still be read."""
    try:
        return there.ask and checkpoint_in(there.ask)
    except (sqlite3.Error, DatabaseProblem, UnicodeDecodeError):
        return None


def _refuse_another(there: InPlace, restored: Checkpoint, file: Path) -> None:
    """Nothing else is put aside by mistake. What can't be read may well be what the backup is of."""
    place = str(there.path)
    if there.ask is not None:
        origin = _origin(there.ask)
        if origin not in (None, restored.origin):
            raise CheckFailed("restore_of_another", place=place, file=str(file))
    elif there.path.exists() and there.path.stat().st_size:
        try:
            version_of(there.path)
        except DatabaseProblem as problem:
            if problem.code == "not_ours":
                raise CheckFailed("restore_over_something", place=place) from None


def _origin(ask: Ask) -> str | None:
    try:
        return next((str(name) for (name,) in ask("SELECT name FROM origin")), None)
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def _told_of(replaced: Checkpoint | None, restored: Checkpoint) -> Iterator[tuple[str, str]]:
    if replaced is None:
        return
    if replaced.origin != restored.origin:
        yield "replaced_origin", replaced.origin
    yield from facts_of("replaced", replaced)


def _write_entry(
    copy: Path, work_in: WorkIn, how: How, facts: Iterable[tuple[str, str]], *, keep: bool
) -> tuple[int, datetime]:
    """Write into the copy what is about to happen to it; answers the number of the entry, and when."""
    with closing(Database(str(copy))) as database, database.writing(keep=keep) as session:
        work = work_in(session)
        _judge(work)
        refuse_used_command(work, how)
        words = {"reason": how.reason} if how.reason else {}
        _, number = note(work, Noted(DATABASE, "restore", tuple(facts), words), how)
        return number, work.now


def _judge(work: Work) -> None:
    """It is for those who look after the register, as the backup knows them; where it knows none, for anybody."""
    seats = work.session.scalars(select(Seat).where(Seat.person_id.is_not(None), Seat.role.in_(KEEPERS)))
    if any(seat.held_on(work.today) for seat in seats):
        only_keepers(work, SimpleNamespace(kind="database", id=1), "restore")


def _put(there: InPlace, copy: Path, replaced: Checkpoint | None, now: datetime) -> Path | None:
    aside = None
    if there.path.exists():
        aside = free_name(there.path, f"{now:%Y-%m-%d-%H%M%S}")
        there.keep_aside(aside, replaced)
    there.replace_by(copy)
    return aside


def _forgotten_since(before: Ask | None, restored: Ask) -> Iterator[str]:
    """Whoever was erased in what is replaced, and is not in the backup."""
    forgotten = "SELECT stream FROM history WHERE move = 'forget' AND stream LIKE 'person:%'"
    still = {stream for (stream,) in restored(forgotten)}
    known = {f"person:{number}" for (number,) in restored("SELECT id FROM people")}
    with suppress(sqlite3.Error, UnicodeDecodeError):  # what is replaced may be damaged
        for (stream,) in before(forgotten) if before else ():
            if stream in known - still:
                yield f"{LETTERS['person']}{stream.partition(':')[2]}"


def _newest(ask: Ask) -> str | None:
    return next((str(when) for (when,) in ask("SELECT recorded_at FROM history ORDER BY id DESC LIMIT 1")), None)
