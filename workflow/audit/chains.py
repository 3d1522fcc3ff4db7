"""The entries one after another: each is what was written, follows the one before it, and was allowed by its rules."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

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


Link = tuple[int, str, str | None, str, int]
"""A stream, as far as it was looked through: the version and the hash of its newest entry, where the thing stood, its
kind, and the place of the entry that moved it there."""

NO_LINK: Link = (0, "", None, "", 0)


class Entries:
    """A walk through every entry. What it must remember grows with the number of things, not with that of entries."""

    def __init__(self, archive: Archive, findings: Findings) -> None:
        self.archive = archive
        self.findings = findings
        self.origin = self._only_origin()
        self.tables: dict[int, str] = dict(archive.rows("SELECT id, slug FROM partnership_tables"))
        self.streams: dict[str, Link] = {DATABASE: (0, "", DatabaseState.KEPT.value, "database", 0)}
        self.numbers: dict[int | None, int] = {}
        self.frontier = Frontier()
        self.count = 0
        self._fitting: set[Says] = set()
        self._above: dict[int, list[bytes]] = {}
        self._places: dict[int, int] = {}

    def walk(self, progress: Progress, total: int) -> None:
        """Look at every entry, and put together the tree whose leaves they are."""
        leaves: list[bytes] = []
        for leaf in self._leaves():
            leaves.append(leaf)
            if len(leaves) == TILE:
                self.frontier.add(self._full(1, leaves) if self.archive.on_file else root_of(leaves), LEVEL)
                leaves.clear()
                progress(self.count, total)
        for leaf in leaves:
            self.frontier.add(leaf)
        self._look_for_more_tiles()

    def where(self, table: int | None, number: int) -> str:
        """How people find an entry: its table and its number there."""
        return f"{'poyta' if table is None else self.tables.get(table, f'table:{table}')} {number}"

    def _only_origin(self) -> str:
        names: list[str] = [name for (name,) in self.archive.rows("SELECT name FROM origin")]
        if len(names) != 1:
            self.findings.add("origin_missing")
        return names[0] if names else ""

    def _leaves(self) -> Iterator[bytes]:
        """Each entry as a leaf, looked at. One that is as it should be costs little: there may be a million of them."""
        begins, on_file = LEAF + netstrings([self.origin]), self.archive.on_file
        streams, numbers, fitting = self.streams, self.numbers, self._fitting
        for entry in self.archive.entries():
            place, _, table, number, stream, version, cause, rules, role, move, source, to, prev, told_hash, raw = entry
            before = last_version, last_hash, stood, kind, moved = streams.get(stream, NO_LINK)
            says = (rules, kind or stream.partition(":")[0], move, source, to, role, cause is None)
            leaf = sha256(begins + raw)
            self.count += 1
            if not (
                told_hash == leaf.hexdigest()
                and prev == last_hash
                and version == last_version + 1
                and source == stood
                and number == numbers.get(table, 0) + 1
                and says in fitting
                and (place == self.count or not on_file)
                and (cause is None or cause < place)
            ):
                self._find(leaf.hexdigest(), entry, before, says)
            streams[stream] = (version, told_hash, to, says[1], moved if source == to else place)
            numbers[table] = number
            yield leaf.digest()

    def _find(self, is_hash: str, entry: Sequence[Any], before: Link, says: Says) -> None:
        """Tell what is wrong with an entry. Often it is nothing: its rules have only not been asked yet."""
        _, recorded_at, table, number, stream, *_ = entry
        rules, _, move, *_, role, _ = says
        for code in self._wrong(is_hash, entry, before, says):
            facts = {"stream": stream, "move": move, "role": role, "rules": rules}
            self.findings.add(code, self.where(table, number), recorded_at, **facts)

    def _wrong(self, is_hash: str, entry: Sequence[Any], before: Link, says: Says) -> Iterator[str]:
        """What is wrong with an entry, if anything."""
        place, _, table, number, _, version, cause, _, _, _, source, _, prev, told_hash, _ = entry
        last_version, last_hash, stood, *_ = before
        if is_hash != told_hash:
            yield "entry_changed"
        if prev != last_hash:
            yield "chain_broken"
        if version != last_version + 1 or number != self.numbers.get(table, 0) + 1:
            yield "entry_missing"
        if place != self.count and self.archive.on_file:
            yield "place_missing"
        if source != stood:
            yield "state_jumped"
        if cause is not None and cause >= place:
            yield "cause_later"
        if (against := self._judge(says)) is not None:
            yield against

    def _judge(self, says: Says) -> str | None:
        """What its own rules have against an entry; most say what many before them said."""
        rules, kind, move, source, to, role, first = says
        book = rulebook(rules)
        if book is None:
            return "rules_unknown"
        against = book.wrong_with(Judged(kind, move, source, to, role, follows=not first))
        if against is None:
            self._fitting.add(says)
        return against

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

    def _look_for_more_tiles(self) -> None:
        """A tile that no entries have filled yet would be in the way of the one that they will."""
        for level, place in self.archive.rows("SELECT level, place FROM history_tiles ORDER BY level, place"):
            if not 0 < place <= self._places.get(level, 0):
                self.findings.add("tile_differs", f"{level}/{place}")
