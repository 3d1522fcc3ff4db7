"""Everything that can be found wrong with a database, from what it holds and from what was seen of it before."""

import sqlite3
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from models.archive import Archive, open_archive
from models.place import DatabaseProblem
from models.schema import check
from models.tree import root_at
from workflow.audit.chains import Entries, Progress
from workflow.audit.findings import Finding, Findings
from workflow.audit.rows import Rows


class Seen(NamedTuple):
    """What somebody saw of the history before: how many entries, and their root in hexadecimal."""

    origin: str
    size: int
    root: str


class Verdict(NamedTuple):
    """What was looked at, what is wrong, and what was erased and is answered for."""

    findings: tuple[Finding, ...]
    untold: Mapping[str, int]
    checked: Mapping[str, int]
    erased: Mapping[str, int]
    size: int
    root: str


def silently(done: int, total: int) -> None:
    """Tell nobody how far it has come."""


def verify(place: str, seen: Iterable[Seen] = (), progress: Progress = silently) -> Verdict:
    """Look at a whole database. Raises DatabaseProblem where it can't be looked at."""
    findings = Findings()
    with ThreadPoolExecutor(1) as beside:  # the database's own check runs meanwhile, on another processor
        checking = beside.submit(check, place)
        try:
            verdict = _look_through(place, findings, seen, progress)
        except (sqlite3.DatabaseError, DatabaseProblem):
            if not any(found.code == "damaged" for found in checking.result()):
                raise
            verdict = Verdict((), {}, {}, {}, 0, "")
    for found in checking.result():
        findings.add(found.code, found.where, says=found.says)
    return verdict._replace(findings=tuple(findings.told), untold=findings.untold)


def _look_through(place: str, findings: Findings, seen: Iterable[Seen], progress: Progress) -> Verdict:
    with open_archive(place) as archive:
        entries = Entries(archive, findings)
        ((total,),) = archive.rows("SELECT COUNT(*) FROM history")
        entries.walk(progress, total)
        rows = Rows(archive, entries, findings)
        rows.look_at_words()
        rows.look_at_things()
        rows.look_at_standing()
        for each in seen:
            _compare(archive, entries, findings, each)
    checked = {
        "entries": entries.count,
        "streams": len(entries.streams) - 1,
        "things": rows.things,
        "words": rows.words,
    }
    root = entries.frontier.root().hex()
    return Verdict((), {}, checked, rows.erased, entries.count, root)


def _compare(archive: Archive, entries: Entries, findings: Findings, seen: Seen) -> None:
    """A history that was seen once is the beginning of the one that is here."""
    ((origin,),) = archive.rows("SELECT name FROM origin")
    if origin != seen.origin:
        findings.add("other_database", seen=seen.origin, origin=origin)
    elif entries.count < seen.size:
        findings.add("less_than_seen", seen=seen.size, size=entries.count)
    elif archive.on_file:
        root = root_at(archive.rows, seen.size)
        if root is None or root.hex() != seen.root:
            findings.add("other_than_seen", seen=seen.size, size=entries.count)
