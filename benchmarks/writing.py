"""What a move costs that is committed with its history, beside raw sqlite3 doing the same writes in the same mode."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import select

from benchmarks.tables import NOW, some_tables
from models import recording
from models.actions import Action
from models.database import Database, connect
from models.moments import written
from models.people import Person
from workflow.engine import make_move
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.work import Work

MOVES = 200
LAST = 5
"""The action of the last meeting, the only one that is open; its number is also that of the meeting."""


@contextmanager
def two() -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """Two hundred moves of an action, each committed; and as many by hand, on a copy of the same file."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:  # on a disk, not in memory, where a commit costs
        place, copy = Path(folder) / "ours.db", Path(folder) / "raw.db"
        some_tables(place, themes=1)
        shutil.copy(place, copy)
        database, raw = Database(str(place)), connect(copy)
        yield (lambda: _through_the_gate(database)), _by_hand(raw)
        raw.close()
        database.close()


@contextmanager
def with_and_without() -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """The same moves; and the same without the chain, the tree and the database's own watch over them."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place, copy = Path(folder) / "with.db", Path(folder) / "without.db"
        some_tables(place, themes=1)
        shutil.copy(place, copy)
        bare = Database(str(copy))
        bare._checked = True  # its schema is not what it should be, and that is what is measured
        with bare.writing() as session:
            connection = session.connection()
            named = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in named.all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        database = Database(str(place))
        yield (lambda: _through_the_gate(database)), lambda: _unchained(bare)
        bare.close()
        database.close()


def _unchained(database: Database) -> None:
    """Moves whose entries are bound to nothing."""
    kept = recording.entry_hash, recording.commitment, recording.full_tiles
    try:
        recording.entry_hash, recording.commitment, recording.full_tiles = _nothing, _nothing, _no_tiles
        _through_the_gate(database)
    finally:
        recording.entry_hash, recording.commitment, recording.full_tiles = kept


def _nothing(*_: object) -> str:
    return ""


def _no_tiles(*_: object) -> Iterator[tuple[int, int, str]]:
    return iter(())


def _through_the_gate(database: Database) -> None:
    with database.reading() as session:
        actor = session.scalars(select(Person).limit(1)).one()
        session.expunge(actor)  # known for as long as the program runs
    for _ in range(MOVES // 2):
        for name, given in (("wait", {"for": "Kunnanhallitus"}), ("resume", None)):
            with database.writing() as session:
                action = session.get_one(Action, LAST)
                make_move(Work(session, actor, NOW), action, name, given, How())


def _by_hand(raw: sqlite3.Connection) -> Callable[[], None]:
    number = raw.execute("SELECT MAX(number) FROM history WHERE table_id = 1").fetchone()[0]
    numbers, salt = count(number + 1), "5a1f" * 8
    entry, words, details, state, meeting, theme = (
        "INSERT INTO history (id, table_id, number, stream, version, recorded_at, happened_at, actor, auth, role, move,"
        " from_state, to_state, rules, facts, commitment, prev, hash)"
        " VALUES (?, 1, ?, 'action:5', ?, ?, ?, 'a', 'claimed', 'secretary', ?, ?, ?, ?, '[]', ?, ?, ?)",
        "INSERT INTO history_words (entry_id, salt, field, text) VALUES (?, ?, 'for', 'Kunnanhallitus')",
        "UPDATE actions SET waiting_for = 'Kunnanhallitus' WHERE id = 5",
        "UPDATE actions SET state = ?, came_from = ?, state_since = ?, entries = ?, version = version + 1"
        " WHERE id = 5 AND version = ?",
        "UPDATE meetings SET version = version + 1 WHERE id = 5",
        "UPDATE themes SET version = version + 1 WHERE id = 1",
    )
    now = written(NOW)
    before = "SELECT hash, (SELECT MAX(id) + 1 FROM history) FROM history WHERE stream = 'action:5' AND version = ?"

    def move(name: str, source: str, to: str) -> None:
        raw.execute("BEGIN IMMEDIATE")
        state_now, entries, version = raw.execute("SELECT state, entries, version FROM actions WHERE id = 5").fetchone()
        assert state_now == source
        prev, place = raw.execute(before, (entries,)).fetchone()
        made = hashlib.sha256(f"{prev}{place}".encode()).hexdigest()
        told = (place, next(numbers), entries + 1, now, now, name, source, to, PAGE.version)
        raw.execute(entry, (*told, made if name == "wait" else None, prev, made))
        if name == "wait":
            raw.execute(words, (place, salt))
            raw.execute(details)
        raw.execute(state, (to, source, now, entries + 1, version))
        raw.execute(meeting)
        raw.execute(theme)
        raw.execute("COMMIT")

    def run() -> None:
        for _ in range(MOVES // 2):
            move("wait", "assigned", "waiting")
            move("resume", "waiting", "assigned")

    return run
