"""What stands still among very many themes, beside one plain pass over the rows that the audit reads."""

from collections.abc import Callable
from datetime import date

from models.reading import open_reader
from workflow.stalled.present import QUERIES, Present
from workflow.stalled.sorting import longest_first
from workflow.stalled.verdicts import Wanted, end_of, verdicts

DAY = date(2026, 11, 20)

Run = Callable[[], None]


def two(place: str, table: int | None = None) -> tuple[Run, Run]:
    """The whole audit, the longest first; and every row that it reads, read once. Of one table, or of all."""
    return lambda: _audit(place, table), lambda: _read(place, table)


def one_table(place: str, table: int, times: int = 20) -> Run:
    """The audit of one table, several times."""

    def run() -> None:
        for _ in range(times):
            _audit(place, table)

    return run


def _audit(place: str, table: int | None) -> None:
    with open_reader(place) as reader:
        for _ in longest_first(verdicts(reader, DAY, wanted=Wanted(table=table))):
            pass


def _read(place: str, table: int | None) -> None:
    with open_reader(place) as reader:
        present = Present(reader, None if table is None else [table], DAY.isoformat(), end_of(DAY))
        for name in QUERIES:
            for _ in present.rows(name):
                pass
