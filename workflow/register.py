"""What is remembered of people, organisations and projects, and of the database itself: entries of no table."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, select

from models.history import HistoryEntry
from models.people import Seat
from models.recording import Happening, write_entry
from models.states import RegisterState, Role
from workflow.attempt import Reason
from workflow.errors import NotAllowed
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.permissions import KEEPERS
from workflow.references import NOBODY
from workflow.registering import REGISTER
from workflow.work import Work


class Noted(NamedTuple):
    """What an entry of the register says beside who and when."""

    stream: str
    move: str
    facts: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, str] = {}


def note(work: Work, what: Noted, how: How | None = None) -> tuple[int, int]:
    """Write an entry of the register; answers its id, and its number among the entries of no table."""
    kind = what.stream.partition(":")[0]
    way = REGISTER[kind][what.move]
    happening = Happening(
        table_id=None,
        stream=what.stream,
        version=_versions(work, what.stream) + 1,
        cmd_id=str(how.command) if how and how.command else None,
        cause_id=None,
        recorded_at=work.now,
        happened_at=work.now,
        actor=work.actor.pseudonym or NOBODY,
        auth=work.auth,
        role=_first_office(work) or "",
        move=what.move,
        from_state=way.source,
        to_state=way.to,
        rules=PAGE.version,
        facts=what.facts,
        words=what.words,
    )
    return write_entry(work.session.connection(), happening)


def only_keepers(work: Work, row: Any, move: str) -> None:
    """The register is looked after by whoever has an office at a table, or coordinates some. Raises NotAllowed."""
    if _first_office(work) is None:
        facts = {"needs": list(KEEPERS), "move": move, "kind": row.kind}
        raise NotAllowed(row, move, RegisterState.KNOWN, [Reason("role_missing", row, facts)], [])


def _first_office(work: Work) -> Role | None:
    seats = work.session.scalars(select(Seat).where(Seat.person_id == work.actor.id, Seat.role.in_(KEEPERS)))
    held = {seat.role for seat in seats if seat.held_on(work.today)}
    return next((role for role in KEEPERS if role in held), None)


def _versions(work: Work, stream: str) -> int:
    newest = select(func.coalesce(func.max(HistoryEntry.version), 0)).where(HistoryEntry.stream == stream)
    return work.session.scalars(newest).one()
