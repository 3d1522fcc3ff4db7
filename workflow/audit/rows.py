"""What else the history vouches for: the words that were said, and that every thing stands where its history says."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from models.archive import Archive
from models.sealing import commitment_to
from models.states import RegisterState
from workflow.audit.chains import NO_LINK, Entries
from workflow.audit.findings import Findings
from workflow.audit.replaying import Standing, Stood

TABLES: Mapping[str, str] = {
    "table": "partnership_tables",
    "theme": "themes",
    "series": "meeting_series",
    "meeting": "meetings",
    "memo": "memos",
    "item": "agenda_items",
    "rota": "rotas",
    "action": "actions",
    "referral": "referrals",
    "result": "results",
}
"""Where each kind of thing is kept; held equal to the models by a test, for reading needs none of them."""


AT_ONCE = 500
"""Things whose newest moves are asked for in one go."""


class Erased(NamedTuple):
    """An erasure: by which entry, and what is left of the words of an entry as a commitment, if anything."""

    by: str
    left: str


class Rows:
    """A look at everything beside the entries themselves."""

    def __init__(self, archive: Archive, entries: Entries, findings: Findings) -> None:
        self.archive = archive
        self.entries = entries
        self.findings = findings
        self.things = 0
        self.words = 0
        self.erased: dict[str, int] = {}
        """How many entries each erasure took words from, by the entry that tells of it."""

    # Words

    def look_at_words(self) -> None:
        """Words that were said are the words that are there, but for those that an erasure answers for."""
        erasures = dict(self._erasures())
        for (entry, promised), rows in groupby(self.archive.words(), key=itemgetter(0, 1)):
            said = [words for *_, words in rows if words is not None]
            self.words += len(said)
            left = commitment_to(b"".join(said)) if said else None
            if left != promised or entry in erasures:
                self._differ(entry, promised, left, erasures.get(entry))

    def _differ(self, entry: int, promised: str | None, left: str | None, erasure: Erased | None) -> None:
        if erasure is not None and (left or "") == erasure.left:
            self.erased[erasure.by] = self.erased.get(erasure.by, 0) + 1
            return
        code = _difference(promised, left)
        wanted = f"SELECT table_id, number, recorded_at FROM history WHERE id = {int(entry)}"  # noqa: S608  # a number
        for table, number, recorded_at in list(self.archive.rows(wanted)):
            self.findings.add(code, self.entries.where(table, number), recorded_at)

    def _erasures(self) -> Iterator[tuple[int, Erased]]:
        """What was erased, by entry; a later erasure goes on from an earlier one."""
        for table, number, facts in self.archive.rows(_FORGOTTEN):
            for entry, left in _told_of_erasures(facts):
                yield entry, Erased(self.entries.where(table, number), left)

    # Things

    def look_at_things(self) -> None:
        """Everything stands where its history says, and whatever the history tells of is there."""
        for kind, table in TABLES.items():
            known = set()
            wanted = f"SELECT id, state, entries, came_from, state_since FROM {table} ORDER BY id"  # noqa: S608  # ours
            for number, state, count, came_from, since in self.archive.rows(wanted):
                self.things += 1
                stream = f"{kind}:{number}"
                known.add(stream)
                self._stands(stream, count, Stood(state, came_from, since))
            self._look_for_missing(kind, known)
        self._look_at_register()

    def _stands(self, stream: str, count: int, found: Stood) -> None:
        version, _, told, *_ = self.entries.streams.get(stream, NO_LINK)
        if not version:
            self.findings.add("thing_without_history", stream)
        elif count != version:
            self.findings.add("entries_missing", stream, had=count, has=version)
        elif found.state != told:
            self.findings.add("state_differs", stream, state=found.state, told=told)

    def look_at_standing(self) -> None:
        """Where each thing came from, and since when it stands there, follows from its history too.

        Mostly that is what its newest move says; only where it is not, the history is replayed.
        """
        for kind, table in TABLES.items():
            wanted = f"SELECT id, came_from, state_since FROM {table} ORDER BY id"  # noqa: S608  # a table of ours
            things = iter(self.archive.rows(wanted))
            while some := list(islice(things, AT_ONCE)):
                for number in self._not_as_moved(kind, some):
                    rows = self.archive.rows(_REPLAYED.format(kind=kind, table=table, number=int(number)))
                    told, found = _replayed(rows)
                    if told is not None and told[1:] != found[1:]:
                        self.findings.add("since_differs", f"{kind}:{number}", state=found.state)

    def _not_as_moved(self, kind: str, things: Iterable[tuple[int, str | None, str]]) -> Iterator[int]:
        """The things that do not stand as the newest move of each says; one that takes another back says nothing."""
        places = {number: self.entries.streams.get(f"{kind}:{number}", NO_LINK)[-1] for number, *_ in things}
        moved = {place: told for place, *told in self.archive.rows(_MOVED.format(_listed(places.values())))}
        for number, came_from, since in things:
            move, *told = moved.get(places[number], ("", came_from, since))
            if move == "undo" or told != [came_from, since]:
                yield number

    def _look_for_missing(self, kind: str, known: set[str]) -> None:
        for stream in self.entries.streams:
            if stream.startswith(f"{kind}:") and stream not in known:
                self.findings.add("thing_missing", stream)

    def _look_at_register(self) -> None:
        for kind, query in _REGISTER.items():
            known = set()
            for number, merged_into, forgotten in self.archive.rows(query):
                self.things += 1
                known.add(f"{kind}:{number}")
                version, _, told, *_ = self.entries.streams.get(f"{kind}:{number}", NO_LINK)
                states = {merged_into: RegisterState.MERGED, None: RegisterState.KNOWN}
                state = RegisterState.FORGOTTEN if forgotten and not merged_into else states[merged_into]
                if not version:
                    self.findings.add("thing_without_history", f"{kind}:{number}")
                elif told != state:
                    self.findings.add("state_differs", f"{kind}:{number}", state=state, told=told)
            self._look_for_missing(kind, known)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _difference(promised: str | None, left: str | None) -> str:
    if left == promised:
        return "words_restored"
    if left is None:
        return "words_missing"
    return "words_added" if promised is None else "words_changed"


def _told_of_erasures(facts: str) -> Iterator[tuple[int, str]]:
    with suppress(ValueError, TypeError):  # by other hands: what stands there tells of nothing
        for name, value in json.loads(facts):
            if name == "erased":
                entry, _, left = value.split(":")
                yield int(entry), left


def _replayed(rows: Iterable[tuple[object, ...]]) -> tuple[Stood | None, Stood]:
    standing, found = Standing(), Stood("", None, "")
    for state, came_from, since, move, source, to, happened_at, facts in rows:
        standing.hear(move, source, to, happened_at, facts)  # type: ignore[arg-type]  # as the query has them
        found = Stood(state, came_from, since)  # type: ignore[arg-type]  # as the query has them
    return standing.now, found


_FORGOTTEN = "SELECT table_id, number, facts FROM history WHERE table_id IS NULL AND move = 'forget' ORDER BY id"
_MOVED = "SELECT id, move, from_state, happened_at FROM history WHERE id IN ({})"
_REPLAYED = """
    SELECT t.state, t.came_from, t.state_since, h.move, h.from_state, h.to_state, h.happened_at, h.facts
    FROM {table} t JOIN history h ON h.stream = '{kind}:' || t.id WHERE t.id = {number} ORDER BY h.version"""
_REGISTER = {
    "person": "SELECT id, merged_into_id, forgotten FROM people",
    "organisation": "SELECT id, merged_into_id, 0 FROM organisations",
    "project": "SELECT id, NULL, 0 FROM projects",
}
