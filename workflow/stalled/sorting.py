"""The verdicts in the order of how long they have lasted, however many: sorted on disk, not in memory."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from workflow.stalled.known import Holder
from workflow.stalled.verdicts import Verdict
from workflow.stalled.watching import Sign


def longest_first(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """The longest first; those of one length in the order in which they came."""
    with closing(sqlite3.connect("")) as heap:  # a file without a name, which SQLite removes itself
        heap.execute("PRAGMA journal_mode = OFF")
        heap.execute("CREATE TABLE kept (days INTEGER NOT NULL, number INTEGER PRIMARY KEY, told TEXT NOT NULL)")
        told = ((each.days, TOLD.encode(each)) for each in verdicts)
        heap.executemany("INSERT INTO kept (days, told) VALUES (?, ?)", told)
        for (text,) in heap.execute("SELECT told FROM kept ORDER BY days DESC, number"):
            yield _read(text)


TOLD = json.JSONEncoder(ensure_ascii=False)


def _read(text: str) -> Verdict:
    *told, signs = json.loads(text)
    return Verdict._make([*told, tuple(map(_sign, signs))])


def _sign(told: list[object]) -> Sign:
    code, about, since, days, limit, holder, facts, remedies = told
    return Sign(code, about, since, days, limit, Holder(*holder), facts, remedies)  # type: ignore[arg-type, misc]  # as written above
