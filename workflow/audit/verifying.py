"""Everything that can be found wrong with a database, from what it holds and from what was seen of it before."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from models.archive import Archive, open_archive
from models.checkpoints import Checkpoint
from models.schema import check
from models.tree import root_at
from workflow.audit.chains import Entries, Progress
from workflow.audit.details import Details
from workflow.audit.findings import Finding, Findings
from workflow.audit.parties import Parties
from workflow.audit.rows import TABLES, Rows
from workflow.audit.seats import Seats


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


def verify(place: str, seen: Iterable[Checkpoint] = (), progress: Progress = silently) -> Verdict:
    """Look at a whole database. Raises DatabaseProblem where it can't be looked at."""
    findings = Findings()
    with ThreadPoolExecutor(1) as beside:  # the database's own check runs meanwhile, on another processor
        checking = beside.submit(check, place)
        try:
            verdict = _look_through(place, findings, seen, progress)
        except Exception as error:  # what is damaged may break whatever reads it, in any way
            if _NO_TEXT in str(error.__cause__ or error):
                findings.add("damaged", says=str(error.__cause__ or error))
            elif not checking.result():
                raise
            verdict = Verdict((), {}, {}, {}, 0, "")
    for found in checking.result():
        findings.add(found.code, found.where, says=found.says)
    return verdict._replace(findings=tuple(findings.told), untold=findings.untold)


_NO_TEXT = "Could not decode to UTF-8"
"""What the driver says of bytes that are no text. To the database itself any bytes are one, so its check is silent."""


def _look_through(place: str, findings: Findings, seen: Iterable[Checkpoint], progress: Progress) -> Verdict:
    with open_archive(place) as archive:
        entries = Entries(archive, findings)
        ((total,),) = archive.rows("SELECT COUNT(*) FROM history")
        entries.walk(progress, total)
        rows = Rows(archive, entries, findings)
        rows.look_at_words()
        rows.look_at_things()
        rows.look_at_standing()
        _look_at_what_was_told(archive, entries, findings)
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


def _look_at_what_was_told(archive: Archive, entries: Entries, findings: Findings) -> None:
    parties = Parties(archive)
    Seats(archive, parties, findings).look_at_seats()
    details = Details(archive, parties, entries.tables, findings)
    details.look_at_merged()
    details.look_at_details(TABLES)


def _compare(archive: Archive, entries: Entries, findings: Findings, seen: Checkpoint) -> None:
    """A history that was seen once is the beginning of the one that is here."""
    if entries.origin != seen.origin:
        findings.add("other_database", seen=seen.origin, origin=entries.origin)
    elif entries.count < seen.size:
        findings.add("less_than_seen", seen=seen.size, size=entries.count)
    elif archive.on_file and _root_at(archive, seen.size) != seen.root:
        findings.add("other_than_seen", seen=seen.size, size=entries.count)


def _root_at(archive: Archive, size: int) -> str | None:
    try:
        root = root_at(archive.rows, size)
    except ValueError:  # by other hands: what stands there is no hash
        return None
    return None if root is None else root.hex()
