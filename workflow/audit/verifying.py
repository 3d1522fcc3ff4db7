"""Everything that can be found wrong with a database, from what it holds and from what was seen of it before."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from models.archive import Archive, open_archive
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
    for found in check(place):
        findings.add(found.code, found.where, says=found.says)
    if findings.counted["damaged"]:
        return Verdict(tuple(findings.told), findings.untold, {}, {}, 0, "")
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
    return Verdict(tuple(findings.told), findings.untold, checked, rows.erased, entries.count, root)


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
