"""What it costs to verify a long history, beside a bare loop that hashes the same bytes."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import NOW, some_tables
from models.archive import open_archive
from models.moments import written
from models.sealing import LEAF, SEALED, commitment, entry_hash, new_salt
from models.tree import NODE, TILE, full_tiles
from workflow.audit.verifying import verify
from workflow.lifecycles import PAGE

THEMES = 50


@contextmanager
def two(entries: int) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """Verifying a file of so many entries; and hashing all that this hashes, which is in memory already."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "long.db"
        some_tables(place, themes=THEMES)
        lengthen(place, entries)
        with open_archive(str(place)) as archive:
            told = [LEAF + sealed for *_, sealed in archive.entries()]
            told += [said for *_, said in archive.words() if said is not None]
            told += [NODE + bytes(64)] * entries  # a tree has as many nodes as leaves, but for one
        yield lambda: _verify(place), lambda: _hash(told)


def lengthen(place: Path, entries: int) -> None:
    """Let a database have a long history: its themes and actions are translated over and over, as the gate would."""
    with closing(sqlite3.connect(place, isolation_level=None)) as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        file.execute("BEGIN")
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        _add(file, entries)
        for _, sql in triggers:
            file.execute(sql)
        file.execute("COMMIT")


def _add(file: sqlite3.Connection, entries: int) -> None:
    ((origin,),) = file.execute("SELECT name FROM origin")
    place, number = file.execute("SELECT MAX(id), MAX(number) FROM history WHERE table_id = 1").fetchone()
    newest = file.execute(
        "SELECT stream, MAX(version), hash, to_state FROM history"
        " WHERE stream LIKE 'theme:%' OR stream LIKE 'action:%' GROUP BY stream"
    ).fetchall()
    adding = f"INSERT INTO history (id, {', '.join(SEALED)}, hash) VALUES ({', '.join('?' * (len(SEALED) + 2))})"
    while place < entries:
        for nth, (stream, version, prev, state) in enumerate(newest):
            place, number = place + 1, number + 1
            words = [(new_salt(), "text", f"Käännös {place}")] if place % 3 == 0 else []
            when = written(NOW)
            told = (stream, version + 1, None, None, when, when, "0f3a5c7e9b1d2f40", "claimed", "convener", "translate")
            rest = (state, state, PAGE.version, '[["field", "title"]]', 1, number, commitment(words), prev)
            sealed = (*told, *rest)
            told_hash = entry_hash(origin, sealed)
            file.execute(adding, (place, *sealed, told_hash))
            for salt, field, text in words:
                row = (place, salt, field, text)
                file.execute("INSERT INTO history_words (entry_id, salt, field, text) VALUES (?, ?, ?, ?)", row)
            if place % TILE == 0:
                file.executemany("INSERT INTO history_tiles VALUES (?, ?, ?)", full_tiles(file.execute, place))
            newest[nth] = (stream, version + 1, told_hash, state)
    for stream, version, *_ in newest:
        kind, _, row = stream.partition(":")
        file.execute(f"UPDATE {kind}s SET entries = ? WHERE id = ?", (version, row))


def _verify(place: Path) -> None:
    assert verify(str(place)).findings == ()


def _hash(told: list[bytes]) -> None:
    for each in told:
        hashlib.sha256(each).digest()
