"""Several passes over a database, all in the order of table and theme, brought together theme by theme."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

Row = TypeVar("Row", bound=Sequence[Any])


class Pass(Generic[Row]):
    """Rows in the order of their first columns, of which those with one key are taken at a time."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: Iterator[Row] = iter(rows)
        self._next: Row | None = next(self._rows, None)

    def of(self, table: int, theme: int) -> list[Row]:
        """The rows of one theme. Those before it belong to nothing that is looked at."""
        row, key, taken = self._next, (table, theme), []
        while row is not None and (row[0], row[1]) < key:
            row = next(self._rows, None)
        while row is not None and row[0] == table and row[1] == theme:
            taken.append(row)
            row = next(self._rows, None)
        self._next = row
        return taken

    def at(self, table: int) -> Iterator[Row]:
        """The rows of one table, one at a time."""
        while self._next is not None and self._next[0] < table:
            self._next = next(self._rows, None)
        while self._next is not None and self._next[0] == table:
            row, self._next = self._next, next(self._rows, None)
            yield row
