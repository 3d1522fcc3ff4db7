"""What was seen of the database from here, held against what is there now, each time that it is opened.

Reading goes on, with a warning. Writing waits until somebody has said that the history is to go on as it is.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.output import line
from cli.settings import state_folder
from models.checkpoints import Checkpoint, asking, checkpoint_in
from models.doubts import Doubt, doubt
from models.fingerprint import Ask
from models.memory import KEPT, UNUSABLE, Memory, Receipt, Remembered, Seen
from models.place import SCHEMA, DatabaseProblem, is_server, problems, version_of
from workflow.errors import CheckFailed
from workflow.language.words import N_

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cli.app import App
    from models.database import Database

ACCEPT = "poyta audit accept --reason TEXT"
REMEDIES = ("poyta audit verify", ACCEPT)


class Witness:
    """Who looks on while the database is opened once: compares it with what was seen, and remembers what is there."""

    def __init__(self, run: "App", place: str | None = None) -> None:
        self.place = place or run.place
        self.memory = Memory(state_folder(os.environ))
        self.remembered: Remembered | None = None
        self.seen: Seen | None = None
        self.receipts: list[Receipt] = []
        self._now = run.now
        self._size = 0
        self._anew = False
        with suppress(*UNUSABLE):  # `poyta doctor` says it
            self.remembered = self.memory.of(self.place)

    def doubt(self, ask: Ask) -> Doubt | None:
        """What is not as it was seen."""
        self._size = _size(ask)
        if self.remembered is None:
            return None
        return doubt(self.place, ask, self.remembered, self._earlier)

    def see(self, ask: Ask, *, anew: bool = False) -> None:
        """Take in what is there now, and what was written meanwhile; `anew`: to forget what was seen before."""
        size, self._anew = _size(ask), anew
        if anew or self.remembered is None or size != self.remembered.newest.checkpoint.size:
            self.seen = Seen(checkpoint_in(ask), self._now)
        if size > self._size:
            wanted = f"SELECT id, hash FROM history WHERE id > {max(self._size, size - KEPT)}"  # noqa: S608  # numbers
            self.receipts = [Receipt(*row) for row in ask(wanted)]

    def remember(self) -> None:
        """Keep what was taken in."""
        if self.seen is not None:
            begun = self.remembered.begun if self.remembered else None
            with suppress(*UNUSABLE):
                self.memory.remember(self.place, begun, self.seen, self.receipts, anew=self._anew)

    def _earlier(self) -> list[Seen]:
        with suppress(*UNUSABLE):
            return self.memory.every(self.place)
        return []


def look(run: "App", ask: Ask) -> DatabaseProblem | None:
    """Look whether a file is what was seen of it, and remember what is new. Says nothing."""
    witness = Witness(run)
    place = witness.place
    try:
        with problems(place):
            if (found := witness.doubt(ask)) is not None:
                return found
            witness.see(ask)
    except DatabaseProblem as problem:
        return problem
    except Exception as error:
        if not isinstance(getattr(error, "orig", None) or error, sqlite3.OperationalError):
            raise  # else it has other tables than those we know
        return None if version_of(Path(place)) > SCHEMA else DatabaseProblem("schema_changed", place=place)
    witness.remember()
    return None


def warn(run: "App", ask: Ask) -> None:
    """Look, and say so if the database is not what was seen of it."""
    if not is_server(run.place) and (found := look(run, ask)) is not None:
        line(run.speech.say("Look at this: {what}", what=run.speech.error(found)), error=True)
        if isinstance(found, Doubt):
            sentence = N_("If you know how that came about, you can go on from the history as it is: {command}")
            line(run.speech.say(sentence, command=ACCEPT), error=True)


@contextmanager
def writing(run: "App", database: "Database", *, keep: bool) -> "Iterator[Session]":
    """A session for writing to a history that is what was seen of it. Raises CheckFailed."""
    if is_server(database.place):
        with database.writing(keep=keep) as session:
            yield session
        return
    witness = Witness(run)
    with database.writing(keep=keep) as session:
        if (found := witness.doubt(asks(session))) is not None:
            raise CheckFailed(found.code, REMEDIES, **found.facts)
        yield session
        witness.see(asks(session))
    if keep:
        witness.remember()


def begin(run: "App") -> None:
    """Remember a database that was just made or put in its place, and nothing of what was there before."""
    witness = Witness(run)
    if is_server(witness.place):
        return
    with problems(witness.place), asking(Path(witness.place)) as ask:
        witness.doubt(ask)
        witness.see(ask, anew=True)
    witness.remember()


def newest_seen(run: "App") -> tuple[Checkpoint, ...]:
    """What was seen of the database last, for whoever looks through all of it; nothing, where nothing was."""
    remembered = Witness(run).remembered
    return (remembered.newest.checkpoint,) if remembered else ()


def asks(session: "Session") -> Ask:
    """What answers queries within the transaction of a session."""
    connection = session.connection()

    def ask(query: str) -> Iterable[Any]:
        return connection.exec_driver_sql(query)

    return ask


def _size(ask: Ask) -> int:
    ((size,),) = ask("SELECT COALESCE(MAX(id), 0) FROM history")
    return int(size)
