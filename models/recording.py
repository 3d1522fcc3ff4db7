"""Writing down what happened: one entry a move, and the move itself, where nobody was faster."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, CursorResult, Insert, bindparam, func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from models.base import Stateful, settle_in
from models.history import HistoryEntry, HistoryWords
from models.moments import written


class Happening(NamedTuple):
    """What one entry of the history says."""

    table_id: int
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
    """Add an entry to the history; answers its id and its number within the table."""
    values = what._asdict()
    values["facts"] = json.dumps(list(what.facts), ensure_ascii=False)
    words = values.pop("words")
    entry_id, number = connection.execute(_add_entry(), values).one()
    if words:
        rows = [{"entry_id": entry_id, "field": field, "text": text} for field, text in words.items()]
        connection.execute(insert(HistoryWords), rows)
    return entry_id, number


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


def next_id(connection: Connection, model: type[Stateful]) -> int:
    """The number of the next thing of a kind: none is ever used twice, for none is ever removed."""
    return int(connection.execute(select(func.coalesce(func.max(model.id), 0) + 1)).scalar_one())


@cache
def _add_entry() -> Any:
    table = HistoryEntry.__table__
    of_table = table.alias("earlier")
    number = (
        select(func.coalesce(func.max(of_table.c.number), 0) + 1)
        .where(of_table.c.table_id == bindparam("table_id"))
        .scalar_subquery()
    )
    columns: dict[str, Any] = {name: bindparam(name) for name in Happening._fields if name != "words"}
    adding: Insert = insert(HistoryEntry).values(number=number, **columns)
    return adding.returning(table.c.id, table.c.number)


MOVE = (
    "UPDATE {table} SET state = ?, came_from = ?, state_since = ?, entries = ?, version = version + 1"
    " WHERE id = ? AND version = ?"
)
TOUCH = "UPDATE {table} SET version = version + 1 WHERE id = ?"


def _run(connection: Connection, statement: str, *values: object) -> CursorResult[Any]:
    """Run one of the two statements that every move needs as the driver takes it: the quickest way there is."""
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    return connection.exec_driver_sql(statement.replace("?", mark), values)
