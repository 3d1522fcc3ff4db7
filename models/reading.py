"""Reading the views: through plain sqlite3 on a file, through SQLAlchemy Core on a server, with the same answers."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, Self

from models.moments import written
from models.place import SCHEMA, DatabaseProblem, check_header, is_server, open_for_reading, problems
from models.views import VIEWS

Row = dict[str, Any]
Ask = Callable[[str, Mapping[str, object]], Iterable[Any]]
Stream = Callable[[str, Mapping[str, object]], Iterator[Sequence[Any]]]
AT_A_TIME = 1000
"""How many rows a server sends at once where very many are gone through."""


class Among(NamedTuple):
    """Any of several values."""

    values: tuple[object, ...]


class Range(NamedTuple):
    """From a value to another, both included; either end may be open."""

    least: object = None
    most: object = None


def any_of(values: Iterable[object]) -> Among:
    """A column holds one of these values."""
    return Among(tuple(values))


def at_least(value: object) -> Range:
    """A column holds this value or more: that moment or later."""
    return Range(least=value)


def at_most(value: object) -> Range:
    """A column holds this value or less: that moment or earlier."""
    return Range(most=value)


def between(least: object, most: object) -> Range:
    """A column holds a value from one to another, both included."""
    return Range(least, most)


class Reader(AbstractContextManager["Reader"]):
    """The views at one moment. Moments and days come as the text that is kept, yes and no as 1 and 0."""

    def __init__(self, opening: AbstractContextManager[tuple[Ask, Stream]]) -> None:
        self._opening = opening

    def __enter__(self) -> Self:
        self._ask, self._stream = self._opening.__enter__()
        return self

    def __exit__(self, *error: Any) -> bool | None:
        return self._opening.__exit__(*error)

    def ask(self, query: str) -> Iterable[Any]:
        """What a query of ours answers at the same moment, past the views."""
        return self._ask(query, {})

    def stream(self, query: str, values: Mapping[str, object] | None = None) -> Iterator[Sequence[Any]]:
        """The same in plain rows, of which only a few are in memory at a time. Several may be gone through at once."""
        return self._stream(query, values or {})

    def rows(
        self, view: str, *, order: str | Sequence[str] | None = None, limit: int | None = None, **equal: object
    ) -> list[Row]:
        """The rows of a view in which each column named equals its value, or is what `any_of` or a range says.

        `order`: a column or several, `-` before one for the greatest first; what is empty comes last. It is the order
        of numbers and moments: names are put in Finnish order by whoever shows them.
        """
        columns = VIEWS[view].columns
        parameters: dict[str, object] = {}
        conditions = [_condition(_known(columns, name), value, parameters) for name, value in equal.items()]
        text = f'SELECT * FROM "{view}"'  # noqa: S608  # a name of ours
        if conditions:
            text += f" WHERE {' AND '.join(conditions)}"
        if order is not None:
            text += f" ORDER BY {', '.join(_order(columns, order))}"
        if limit is not None:
            text += f" LIMIT {int(limit)}"
        return [dict(row) for row in self._ask(text, parameters)]


def reader_on(execute: Callable[[str, Mapping[str, object]], Any]) -> Reader:
    """The views as somebody sees them who is at work in a transaction already, to be read within `with`."""
    ways = (lambda query, values: execute(query, values).mappings(), lambda query, values: iter(execute(query, values)))
    return Reader(nullcontext(ways))


def open_reader(place: str) -> Reader:
    """The views of a database, to be read within `with`. Raises DatabaseProblem there."""
    return Reader(_server(place) if is_server(place) else _file(Path(place)))


@contextmanager
def _file(path: Path) -> Iterator[tuple[Ask, Stream]]:
    version = check_header(path, newer_too=True)
    with problems(path), closing(open_for_reading(path)) as connection:
        connection.execute("BEGIN")

        def stream(query: str, values: Mapping[str, object]) -> Iterator[Sequence[Any]]:
            cursor = connection.cursor()
            cursor.row_factory = None
            return cursor.execute(query, values)

        try:
            yield connection.execute, stream
        except sqlite3.OperationalError as error:
            if version > SCHEMA and error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a view is no longer as we know it
                raise DatabaseProblem("newer", place=str(path), version=version, known=SCHEMA) from error
            raise


@contextmanager
def _server(place: str) -> Iterator[tuple[Ask, Stream]]:
    from sqlalchemy import text

    from models.database import check_server, server_engine

    engine = server_engine(place).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with problems(place), engine.connect() as connection:
        check_server(connection, place, newer_too=True)

        def stream(query: str, values: Mapping[str, object]) -> Iterator[Sequence[Any]]:
            many = text(query).execution_options(stream_results=True, max_row_buffer=AT_A_TIME)
            with connection.execute(many, values) as rows:
                yield from rows

        yield lambda statement, values: connection.execute(text(statement), values).mappings(), stream


def _known(columns: Iterable[str], name: str) -> str:
    if name not in columns:
        raise KeyError(f"no such column: {name}")
    return f'"{name}"'


def _condition(column: str, value: object, parameters: dict[str, object]) -> str:
    def given(one: object) -> str:
        name = f"p{len(parameters)}"
        parameters[name] = _plain(one)
        return f":{name}"

    if value is None:
        return f"{column} IS NULL"
    if isinstance(value, Among):
        return f"{column} IN ({', '.join(map(given, value.values))})" if value.values else "1 = 0"
    if isinstance(value, Range):
        ends = [("<=", value.most), (">=", value.least)]
        return " AND ".join(f"{column} {sign} {given(end)}" for sign, end in ends if end is not None) or "1 = 1"
    return f"{column} = {given(value)}"


def _plain(value: object) -> object:
    """A value as the database keeps it."""
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return int(value) if isinstance(value, bool) else value


def _order(columns: Iterable[str], order: str | Sequence[str]) -> Iterator[str]:
    wanted = [order] if isinstance(order, str) else list(order)
    if "id" in columns and not {"id", "-id"} & set(wanted):
        wanted.append("id")
    for each in wanted:
        column = _known(columns, each.removeprefix("-"))
        yield f"{column} {'DESC' if each.startswith('-') else 'ASC'} NULLS LAST"
