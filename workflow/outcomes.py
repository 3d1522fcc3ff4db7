"""How a move is made, and what came of it, as people are told; also when the same command is sent again."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from models.history import HistoryEntry
from models.recording import entry_of_command
from workflow.attempt import Reason, Step
from workflow.errors import Usage
from workflow.finding import STATEFUL
from workflow.work import Work


class How(NamedTuple):
    """How a move is made, beside what it is told."""

    on: date | datetime | None = None
    reason: str | None = None
    confirmed: bool = False
    overrides: tuple[str, ...] = ()
    version: int | None = None
    command: UUID | None = None


class Told(NamedTuple):
    """One move that was made, as people are told of it."""

    row: Any
    kind: str
    move: str
    source: str | None
    to: str
    number: int


class Outcome(NamedTuple):
    """What a command did: the move, what followed, what was only warned of, and what did not follow and why."""

    made: Told
    happened_at: datetime
    followed: tuple[Told, ...] = ()
    waived: tuple[Reason, ...] = ()
    missing: tuple[Reason, ...] = ()
    repeated: bool = False


def told_of(step: Step) -> Told:
    """A step that was written, as people are told of it."""
    assert step.number is not None
    return Told(step.row, step.life.kind, step.move.name, step.source, step.to, step.number)


def done_before(work: Work, how: How, stream: str, move: str) -> Outcome | None:
    """The answer to a command that was given before: the same as the first time (trust.md 1)."""
    before = given_before(work, how)
    if before is not None and (before.made.move != move or not f"{before.made.row.stream}:".startswith(stream)):
        raise Usage("command_used", command=str(how.command))
    return before


def given_before(work: Work, how: How) -> Outcome | None:
    """What came of this very command, if it was given before."""
    if how.command is None:
        return None
    number = entry_of_command(work.session.connection(), str(how.command))
    if number is None:
        return None
    entry = work.session.get_one(HistoryEntry, number)
    told = [_told_again(work, each) for each in consequences_of(work, entry)]
    return Outcome(told[0], entry.happened_at, tuple(told[1:]), repeated=True)


def consequences_of(work: Work, entry: HistoryEntry) -> list[HistoryEntry]:
    """An entry and everything that followed from it, in order."""
    found, causes = [entry], [entry.id]
    while causes:
        more = work.session.scalars(
            select(HistoryEntry).where(HistoryEntry.cause_id.in_(causes)).order_by(HistoryEntry.id)
        ).all()
        found += more
        causes = [each.id for each in more]
    return sorted(found, key=lambda each: each.id)


def _told_again(work: Work, entry: HistoryEntry) -> Told:
    kind, _, number = entry.stream.partition(":")
    row = work.session.get(STATEFUL[kind], int(number))
    return Told(row, kind, entry.move, entry.from_state, entry.to_state, entry.number)
