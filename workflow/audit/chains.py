"""The entries one after another: each is what was written, follows the one before it, and was allowed by its rules."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from models.archive import Archive
from models.sealing import LEAF, netstrings
from models.states import DatabaseState
from models.tree import LEVEL, TILE, Frontier, root_of
from workflow.audit.findings import Findings
from workflow.references import DATABASE
from workflow.rulebooks import Entry as Judged, rulebook

Progress = Callable[[int, int], None]
Says = tuple[str, str, str, str | None, str, str, bool]
"""Its rules, and what of an entry those rules can judge."""


class Link(NamedTuple):
    """The newest entry of a stream, as far as it has been looked through."""

    version: int = 0
    hash: str = ""
    state: str | None = None


NO_LINK = Link()


class Entries:
    """A walk through every entry. What it must remember grows with the number of things, not with that of entries."""

    def __init__(self, archive: Archive, findings: Findings) -> None:
        self.archive = archive
        self.findings = findings
        self.tables: dict[int, str] = dict(archive.rows("SELECT id, slug FROM partnership_tables"))
        self.streams: dict[str, Link] = {DATABASE: Link(state=DatabaseState.KEPT)}
        self.numbers: dict[int | None, int] = {}
        self.frontier = Frontier()
        self.count = 0
        self._judged: dict[Says, str | None] = {}
        self._above: dict[int, list[bytes]] = {}
        self._places: dict[int, int] = {}

    def walk(self, progress: Progress, total: int) -> None:
        """Look at every entry, and put together the tree whose leaves they are."""
        ((origin,),) = self.archive.rows("SELECT name FROM origin")
        begins = LEAF + netstrings([origin])
        leaves: list[bytes] = []
        for *entry, sealed in self.archive.entries():
            leaf = hashlib.sha256(begins + sealed).digest()
            self.count += 1
            self._look(leaf.hex(), entry)
            leaves.append(leaf)
            if len(leaves) == TILE:
                self.frontier.add(self._full(1, leaves) if self.archive.on_file else root_of(leaves), LEVEL)
                leaves.clear()
                progress(self.count, total)
        for leaf in leaves:
            self.frontier.add(leaf)

    def where(self, table: int | None, number: int) -> str:
        """How people find an entry: its table and its number there."""
        return f"{'poyta' if table is None else self.tables.get(table, f'table:{table}')} {number}"

    def _look(self, is_hash: str, entry: Sequence[Any]) -> None:
        """One entry. Everything is asked here, and not in parts of its own: this runs a million times."""
        place, recorded_at, table, number, stream, version, cause, rules, role, move, source, to, prev, told_hash = (
            entry
        )
        before = self.streams.get(stream, NO_LINK)
        kind = stream.partition(":")[0]
        says = (rules, kind, move, source, to, role, cause is not None)
        wrong = []
        if is_hash != told_hash:
            wrong.append("entry_changed")
        if prev != before.hash:
            wrong.append("chain_broken")
        if version != before.version + 1 or number != self.numbers.get(table, 0) + 1:
            wrong.append("entry_missing")
        if place != self.count and self.archive.on_file:
            wrong.append("place_missing")
        if source != before.state:
            wrong.append("state_jumped")
        if cause is not None and cause >= place:
            wrong.append("cause_later")
        if (against := self._judged[says] if says in self._judged else self._judge(says)) is not None:
            wrong.append(against)
        self.streams[stream] = Link(version, told_hash, to)
        self.numbers[table] = number
        for code in wrong:
            facts = {"stream": stream, "kind": kind, "move": move, "role": role, "rules": rules}
            self.findings.add(code, self.where(table, number), recorded_at, **facts)

    def _judge(self, says: Says) -> str | None:
        """What its own rules have against an entry; most say what many before them said."""
        rules, kind, move, source, to, role, follows = says
        book = rulebook(rules)
        told = Judged(kind, move, source, to, role, follows)
        self._judged[says] = "rules_unknown" if book is None else book.wrong_with(told)
        return self._judged[says]

    def _full(self, level: int, hashes: list[bytes]) -> bytes:
        """A full tile: it is the one that is kept, and may fill one of the level above."""
        root, above = root_of(hashes), self._above.setdefault(level, [])
        above.append(root)
        self._places[level] = place = self._places.get(level, 0) + 1
        wanted = f"SELECT hash FROM history_tiles WHERE level = {level} AND place = {place}"  # noqa: S608  # numbers
        if list(self.archive.rows(wanted)) != [(root.hex(),)]:
            self.findings.add("tile_differs", f"{level}/{place}")
        if len(above) == TILE:
            self._full(level + 1, above)
            above.clear()
        return root
