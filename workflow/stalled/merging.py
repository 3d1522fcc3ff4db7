"""Several passes over a database, all in the order of table and theme, brought together theme by theme."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

Row = TypeVar("Row", bound=Sequence[Any])


class Pass(Generic[Row]):
    """Rows in the order of their first columns, of which those with one key are taken at a time."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: Iterator[Row] = iter(rows)
        self._step()

    def _step(self) -> None:
        self._next: Row | None = next(self._rows, None)
        self._key: Sequence[Any] = BEHIND_ALL if self._next is None else self._next[:2]

    def of(self, key: Sequence[Any]) -> list[Row]:
        """The rows of one table and theme. Those before it belong to nothing that is looked at."""
        if self._key > key:  # type: ignore[operator]  # tuples of numbers
            return []
        taken = []
        while self._next is not None and self._key <= key:  # type: ignore[operator]  # the same
            if self._key == key:
                taken.append(self._next)
            self._step()
        return taken

    def at(self, table: int) -> Iterator[Row]:
        """The rows of one table, one at a time."""
        while self._next is not None and self._next[0] <= table:
            row = self._next
            self._step()
            if row[0] == table:
                yield row


BEHIND_ALL = (float("inf"),)
