"""Several passes over a database, all in the order of table and theme, brought together theme by theme."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

Row = TypeVar("Row", bound=Sequence[Any])


class Pass(Generic[Row]):
    """Rows in the order of their first columns, of which those with one key are taken at a time."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: Iterator[Row] = iter(rows)
        self._stand_at(next(self._rows, None))

    def _stand_at(self, row: Row | None) -> None:
        self._next = row
        self.key: tuple[Any, ...] = BEHIND_ALL if row is None else tuple(row[:2])
        """The table and the theme of the row that comes next: there is none for those before it."""

    def of(self, key: tuple[Any, ...]) -> list[Row]:
        """The rows of one table and theme. Those before it belong to nothing that is looked at."""
        taken, row = [], self._next
        while row is not None and (at := tuple(row[:2])) <= key:
            if at == key:
                taken.append(row)
            row = next(self._rows, None)
        self._stand_at(row)
        return taken

    def at(self, table: int) -> Iterator[Row]:
        """The rows of one table, one at a time."""
        row = self._next
        while row is not None and row[0] <= table:
            self._stand_at(next(self._rows, None))
            if row[0] == table:
                yield row
            row = self._next


BEHIND_ALL = (float("inf"),)
