"""Writing down what happened: one entry a move, and the move itself, where nobody was faster."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from models.base import Stateful, settle_in
from models.moments import written
from models.sealing import SEALED, commitment, entry_hash, new_salt
from models.tree import TILE, full_tiles


class Happening(NamedTuple):
    """What one entry of the history says."""

    table_id: int | None
    stream: str
    version: int
    cmd_id: str | None
    cause_id: int | None
    recorded_at: datetime
    happened_at: datetime
    actor: str
    auth: str
    role: str
    move: str
    from_state: str | None
    to_state: str
    rules: str
    facts: Iterable[tuple[str, str]]
    words: Mapping[str, str]


def write_entry(connection: Connection, what: Happening) -> tuple[int, int]:
    """Add an entry to the history, bound to the one before it; answers its id and its number within the table."""
    number, prev, place = _stands(connection, what)
    words = [(new_salt(), field, text) for field, text in what.words.items()]
    values = what._asdict() | {
        "recorded_at": written(what.recorded_at),
        "happened_at": written(what.happened_at),
        "facts": json.dumps(list(what.facts), ensure_ascii=False),
        "number": number,
        "commitment": commitment(words),
        "prev": prev or "",
    }
    sealed = [values[column] for column in SEALED]
    done = _run(connection, _ADD[_on_file(connection)], place, *sealed, entry_hash(origin_of(connection), sealed))
    entry_id: int = place or done.fetchone()[0]
    for salt, field, text in words:
        _run(connection, _ADD_WORDS, entry_id, salt, field, text)
    if place is not None and place % TILE == 0:
        for tile in full_tiles(connection.exec_driver_sql, place):
            _run(connection, _ADD_TILE, *tile)
    return entry_id, number


def origin_of(connection: Connection) -> str:
    """The name that the database was given when it was made."""
    if "origin" not in connection.info:
        connection.info["origin"] = connection.exec_driver_sql("SELECT name FROM origin").scalar_one()
    origin: str = connection.info["origin"]
    return origin


WHERE_IT_STOOD: Any = object()


def write_state(
    connection: Connection, row: Stateful, to: Any, since: datetime, came_from: Any = WHERE_IT_STOOD
) -> bool:
    """Move a row that stands as it was read. Whether nobody was faster.

    It then comes from where it stood; only an undone move gives it back the place, if any, it came from before.
    """
    moved = to is not row.state
    if came_from is WHERE_IT_STOOD:
        came_from = row.state if moved else row.came_from
    state_since = since if moved else row.state_since
    told = (to.value, came_from.value if came_from else None, written(state_since), row.entries + 1)
    done = _run(connection, MOVE.format(table=type(row).__tablename__), *told, row.id, row.version)
    if done.rowcount != 1:
        return False
    settle_in(
        row,
        state=to,
        came_from=came_from,
        state_since=state_since,
        entries=row.entries + 1,
        version=row.version + 1,
    )
    return True


def raise_version(session: Session, model: type[Stateful], number: int) -> None:
    """Tell whoever has looked at a thing that a part of it has changed."""
    _run(session.connection(), TOUCH.format(table=model.__tablename__), number)
    row = session.identity_map.get(identity_key(model, number))
    if row is not None and "version" in row.__dict__:
        settle_in(row, version=row.version + 1)


def entry_of_command(connection: Connection, command: str) -> int | None:
    """The entry that a command made, if it was given before: asked at every move, for any may have been sent again."""
    found = _run(connection, _OF_COMMAND, command).fetchone()
    return None if found is None else int(found[0])


def next_id(connection: Connection, model: type[Stateful]) -> int:
    """The number of the next thing of a kind: none is ever used twice, for none is ever removed."""
    return int(connection.execute(select(func.coalesce(func.max(model.id), 0) + 1)).scalar_one())


def _stands(connection: Connection, what: Happening) -> tuple[int, str | None, int | None]:
    """The number that comes next, the hash of the entry before, and on a file the next place in the tree."""
    numbered = _NUMBER + ("IS NULL" if what.table_id is None else "= ?")
    place = _PLACE if _on_file(connection) else "NULL"
    told = (*(() if what.table_id is None else (what.table_id,)), what.stream, what.version - 1)
    number, prev, next_place = _run(connection, f"SELECT ({numbered}), ({_PREV}), ({place})", *told).fetchone()
    return number, prev, next_place


def _on_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


_OF_COMMAND = "SELECT id FROM history WHERE cmd_id = ?"
_NUMBER = "SELECT COALESCE(MAX(number), 0) + 1 FROM history WHERE table_id "
_PREV = "SELECT hash FROM history WHERE stream = ? AND version = ?"
_PLACE = "SELECT COALESCE(MAX(id), 0) + 1 FROM history"
"""On a file an entry's id is its place in the tree; a server's sequence gives ids without anybody waiting."""
_COLUMNS, _MARKS = ", ".join((*SEALED, "hash")), ", ".join("?" * (len(SEALED) + 1))
_ADD = {
    True: f"INSERT INTO history (id, {_COLUMNS}) VALUES (?, {_MARKS})",  # noqa: S608  # of our own names only
    False: f"INSERT INTO history (id, {_COLUMNS})"  # noqa: S608  # the same
    f" VALUES (COALESCE(?, nextval('history_id_seq')), {_MARKS}) RETURNING id",
}
_ADD_WORDS = "INSERT INTO history_words (entry_id, salt, field, text) VALUES (?, ?, ?, ?)"
_ADD_TILE = "INSERT INTO history_tiles (level, place, hash) VALUES (?, ?, ?)"
MOVE = (
    "UPDATE {table} SET state = ?, came_from = ?, state_since = ?, entries = ?, version = version + 1"
    " WHERE id = ? AND version = ?"
)
TOUCH = "UPDATE {table} SET version = version + 1 WHERE id = ?"


def _run(connection: Connection, statement: str, *values: object) -> Any:
    """Run one of the statements that every move needs; on a file by the driver itself, the quickest way there is."""
    if _on_file(connection):
        driver: Any = connection.connection.driver_connection
        return driver.execute(statement, values)
    return connection.exec_driver_sql(statement.replace("?", "%s"), values)
