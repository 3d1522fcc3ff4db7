"""Rows in bulk into a new database: past the gate and its triggers, yet sealed as the gate would have sealed them.

Nothing here asks whether a move is allowed: it takes copies of what the gate allowed (`copying`). Every entry gets its
number, its place, its links and its hash anew; `poyta audit verify` tells whether all of it is as it should be.
Salts come from the given source of chance, so that the same seed makes the same database; real ones never do.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.copying import ORDER, Template
from benchmarks.stores import Store
from benchmarks.varying import Row, Shift
from models.sealing import SEALED, commitment, entry_hash
from models.tree import TILE, root_of

CAUSE, NUMBER, COMMITMENT, PREV = (SEALED.index(name) for name in ("cause_id", "number", "commitment", "prev"))


class Filling:
    """Writes copies of templates, group by group, each group in the order of its clocks."""

    def __init__(self, store: Store, rng: random.Random) -> None:
        self.store = store
        self.rng = rng
        self.above: dict[str, int] = {table.name: 0 for table in ORDER} | {"history": 0}
        self._tiles = Tiles()
        self._registered = 0
        self._words = 0

    def add(self, group: Sequence[tuple[Template, int, Mapping[str, str]]]) -> None:
        """One more group: templates, how many weeks ago each was, and its names."""
        copies = [self._copy(*each) for each in group]
        for table in ORDER:
            rows = [take(values) for template, values in copies for take in template.rows[table.name]]
            self.store.add(table.name, rows)
        self._add_history(copies)

    def _copy(self, template: Template, weeks: int, names: Mapping[str, str]) -> tuple[Template, list[Any]]:
        pseudonyms = [self.rng.randbytes(8).hex() for _ in range(template.people)]
        values = template.values.new(Shift(self.above, weeks, names, pseudonyms))
        for table, most in template.most.items():
            self.above[table] += most
        return template, values

    def _add_history(self, copies: Sequence[tuple[Template, list[Any]]]) -> None:
        rows: list[Row] = []
        words: list[Row] = []
        written: list[list[Row]] = [[] for _ in copies]
        for nth, index in _as_recorded(copies):
            template, values = copies[nth]
            entry = template.entries[index]
            own = [(self.rng.randbytes(16).hex(), field, values[place]) for field, place in entry.words]
            sealed = list(entry.sealed(values))
            if entry.cause is not None:
                sealed[CAUSE] = written[nth][entry.cause][0]
            if entry.registers:
                self._registered += 1
                sealed[NUMBER] = self._registered
            sealed[COMMITMENT] = commitment(own)
            sealed[PREV] = "" if entry.prev is None else written[nth][entry.prev][-1]
            row = self._sealed(sealed)
            written[nth].append(row)
            rows.append(row)
            for each in own:
                self._words += 1
                words.append((self._words, row[0], *each))
        self.store.add("history", rows)
        self.store.add("history_words", words)
        if self.store.on_file:
            self.store.add("history_tiles", self._tiles.taken())

    def _sealed(self, sealed: Sequence[Any]) -> Row:
        self.above["history"] += 1
        told_hash = entry_hash(self.store.origin, sealed)
        self._tiles.add(told_hash)
        return (self.above["history"], *sealed, told_hash)


def _as_recorded(copies: Sequence[tuple[Template, list[Any]]]) -> list[tuple[int, int]]:
    """Which entry of which copy comes when: each command with all that followed, by the clock."""
    return [
        (nth, index)
        for _, nth, index in sorted(
            (values[entry.recorded_at], nth, index)
            for nth, (template, values) in enumerate(copies)
            for index, entry in enumerate(template.entries)
        )
    ]


class Tiles:
    """The tiles of the tree over all entries, as they become full (`models.tree`)."""

    def __init__(self) -> None:
        self._under: list[list[bytes]] = [[]]
        self._full: list[int] = []
        self._new: list[Row] = []

    def add(self, told_hash: str) -> None:
        """One more entry."""
        self._add(0, bytes.fromhex(told_hash))

    def taken(self) -> list[Row]:
        """The tiles that became full since this was asked last."""
        new, self._new = self._new, []
        return new

    def _add(self, level: int, node: bytes) -> None:
        self._under[level].append(node)
        if len(self._under[level]) < TILE:
            return
        if level == len(self._full):
            self._full.append(0)
            self._under.append([])
        self._full[level] += 1
        root = root_of(self._under[level])
        self._under[level] = []
        self._new.append((level + 1, self._full[level], root.hex()))
        self._add(level + 1, root)
