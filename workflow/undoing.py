"""Undoing: a compensating move for the newest command of a thing, with all that followed from it.

Nothing is taken out of the history. What was sent out can't be undone, nor what others have built on since.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from models.history import HistoryEntry
from models.recording import Happening, write_entry, write_state
from models.states import RegisterState, Role
from workflow.attempt import Attempt, Reason
from workflow.changes import UNDOING
from workflow.days import local_day, noon
from workflow.details import details_of
from workflow.errors import Conflict, NotAllowed, Refused, Usage
from workflow.finding import STATEFUL
from workflow.lifecycle import Lifecycle, Move
from workflow.lifecycles import PAGE
from workflow.outcomes import How, Outcome, Told, consequences_of, given_before
from workflow.references import reference
from workflow.work import Work
from workflow.writing import raise_wholes, wholes_of


class Undone(NamedTuple):
    """One entry that is to be compensated."""

    entry: HistoryEntry
    row: Any
    life: Lifecycle
    move: Move

    @property
    def made_new(self) -> bool:
        """Whether the entry tells of a thing coming into being."""
        return self.entry.from_state is None

    @property
    def back_to(self) -> Any:
        """The state that the thing goes to. What came into being is withdrawn."""
        states = type(self.row.state)
        return states.WITHDRAWN if self.made_new else states(self.entry.from_state)


def undo(work: Work, row: Any, how: How) -> Outcome:
    """Compensate the newest command that moved the thing. Raises Refused with every reason why it can't be."""
    if row.kind not in PAGE.lifecycles:
        state = RegisterState.FORGOTTEN if getattr(row, "forgotten", False) else RegisterState.KNOWN
        raise Refused(row, UNDO.name, state, [Reason("undo_of_register", row)], ())
    if (repeated := _undone_before(work, row, how)) is not None:
        return repeated
    if how.version is not None and how.version != row.version:
        raise Conflict("stale", ref=reference(row), seen=how.version, now=row.version)
    chain = [_undone(work, entry) for entry in consequences_of(work, _root(work, _newest(work, row)))]
    when = _when(work, chain, how)
    _refuse(work, row, chain, how, when)
    return _compensate(work, chain, how, when)


def _undone_before(work: Work, row: Any, how: How) -> Outcome | None:
    """The answer to an undo that was given before. Whatever followed was undone first, and so began the history."""
    before = given_before(work, how)
    if before is None:
        return None
    told = [before.made, *before.followed]
    if told[-1].move != UNDO.name or not any(each.row is row for each in told):
        raise Usage("command_used", command=str(how.command))
    return before._replace(made=told[-1], followed=tuple(told[:-1]))


def _newest(work: Work, row: Any) -> HistoryEntry:
    newest = select(HistoryEntry).filter_by(stream=row.stream).order_by(HistoryEntry.version.desc()).limit(1)
    return work.session.scalars(newest).one()


def _root(work: Work, entry: HistoryEntry) -> HistoryEntry:
    while entry.cause_id is not None:
        entry = work.session.get_one(HistoryEntry, entry.cause_id)
    return entry


def _undone(work: Work, entry: HistoryEntry) -> Undone:
    kind, _, number = entry.stream.partition(":")
    life = PAGE[kind]
    row = work.session.get_one(STATEFUL[kind], int(number))
    return Undone(entry, row, life, life.moves.get(entry.move, UNDO))


UNDO = Move("undo", frozenset(), None, ())
"""The compensating move itself, which can't be undone: the move is made again."""


def _when(work: Work, chain: Sequence[Undone], how: How) -> datetime:
    """When it is taken back: now, unless it is told later. A day without an hour gives way to what happened on it."""
    if how.on is None or isinstance(how.on, datetime):
        return how.on or work.now
    before = max(each.row.state_since for each in chain)
    day = min(noon(how.on), work.now) if how.on == work.today else noon(how.on)
    return max(day, before) if local_day(before) == how.on else day


def _refuse(work: Work, row: Any, chain: Sequence[Undone], how: How, when: datetime) -> None:
    reasons = [*_no_right(work, chain[0], how, when), *_out_of_time(work, chain, when)]
    reasons += (reason for each in chain for reason in _no_way(work, each, chain, when))
    if not reasons:
        return
    error = NotAllowed if any(reason.code == "role_missing" for reason in reasons) else Refused
    raise error(row, "undo", row.state, reasons, ())


def _out_of_time(work: Work, chain: Sequence[Undone], when: datetime) -> "Iterator[Reason]":
    if when > work.now:
        yield Reason("in_the_future", chain[0].row, {"when": when})
    for each in chain:
        if when < each.row.state_since:
            yield Reason("before_the_previous", each.row, {"when": when, "since": each.row.state_since})


def _no_right(work: Work, first: Undone, how: How, when: datetime) -> "list[Reason]":
    reasons = []
    if not work.roles(first.row, local_day(when)) & set(first.move.by or Role):
        facts = {"needs": list(first.move.by), "move": "undo", "kind": first.life.kind}
        reasons.append(Reason("role_missing", first.row, facts))
    if not how.reason:
        reasons.append(Reason("reason_missing", first.row))
    return reasons


def _no_way(work: Work, each: Undone, chain: Sequence[Undone], when: datetime) -> "list[Reason]":
    facts = {"ref": reference(each.row), "move": each.entry.move, "kind": each.life.kind}
    if _newest(work, each.row).id not in {other.entry.id for other in chain}:
        return [Reason("undo_built_upon", each.row, facts)]
    if each.made_new and each.entry.cause_id is not None:
        return []
    if each.move is UNDO:
        return [Reason("undo_of_undo", each.row, facts)]
    if each.made_new or each.move.to is None:
        return [Reason("undo_of_event", each.row, facts)]
    if not each.move.undoable:
        return [Reason("undo_sent_out", each.row, facts)]
    return _broken_promises(work, each, chain, when)


def _broken_promises(work: Work, each: Undone, chain: Sequence[Undone], when: datetime) -> "list[Reason]":
    """What nobody can waive must be true of the state gone back to, too."""
    attempt = Attempt(when, local_day(when), actor_id=work.actor.id)
    attempt.moved = {id(other.row): other.back_to for other in reversed(chain)}
    asked = (promise for promise in each.life.promises[each.back_to] if promise.fixed)
    refused = ((promise, promise.guard(each.row, attempt)) for promise in asked)
    return [
        Reason(promise.code, each.row, refusal.facts, tuple(refusal.remedies))
        for promise, refusal in refused
        if refusal is not None
    ]


def _compensate(work: Work, chain: Sequence[Undone], how: How, when: datetime) -> Outcome:
    told: list[Told] = []
    first: int | None = None
    wholes = wholes_of(each.row for each in chain)
    for each in reversed(chain):
        entry_id, made = _compensate_one(work, each, how, first, when)
        first = first or entry_id
        told.append(made)
    raise_wholes(work, wholes | wholes_of(each.row for each in chain))
    return Outcome(told[-1], when, tuple(told[:-1]))


def _compensate_one(work: Work, each: Undone, how: How, cause: int | None, when: datetime) -> tuple[int, Told]:
    row, source, to = each.row, each.row.state, each.back_to
    _put_back(work, each)
    work.session.flush()
    connection = work.session.connection()
    move = "withdraw" if each.made_new else "undo"
    happening = Happening(
        table_id=row.table_number,
        stream=row.stream,
        version=row.entries + 1,
        cmd_id=str(how.command) if cause is None and how.command else None,
        cause_id=cause,
        recorded_at=work.now,
        happened_at=when,
        actor=work.actor.pseudonym,
        auth=work.auth,
        role=next((role for role in each.move.by if role in work.roles(row, local_day(when))), ""),
        move=move,
        from_state=source,
        to_state=to,
        rules=PAGE.version,
        facts=[("undoes", str(each.entry.number)), *(work.noted if cause is None else ())],
        words={"reason": how.reason or ""} if cause is None else {},
    )
    entry_id, number = write_entry(connection, happening)
    came_from, since = _stood(work, each, when)
    if not write_state(connection, row, to, since, came_from=came_from):
        raise Conflict("changed_meanwhile", ref=reference(row))
    return entry_id, Told(row, each.life.kind, move, source, to, number)


def _stood(work: Work, each: Undone, when: datetime) -> tuple[Any, datetime]:
    """Where the thing had come from when it last entered the state that it goes back to, and since when it stood there.

    So what was put down wrongly can be put down anew on its own day.
    """
    if each.made_new:
        return None, when
    came_from, since = work.session.execute(
        select(HistoryEntry.from_state, HistoryEntry.happened_at)
        .where(
            HistoryEntry.stream == each.row.stream,
            HistoryEntry.version < each.entry.version,
            HistoryEntry.to_state == each.back_to.value,
            or_(HistoryEntry.from_state.is_(None), HistoryEntry.from_state != HistoryEntry.to_state),
            HistoryEntry.move != UNDO.name,
        )
        .order_by(HistoryEntry.version.desc())
        .limit(1)
    ).one()
    return (None if came_from is None else type(each.row.state)(came_from)), since


def _put_back(work: Work, each: Undone) -> None:
    """What the move was told gives way to what was told before it."""
    given = {name for name, _ in each.entry.told} | {words.field for words in each.entry.words}
    for name, detail in details_of(each.life, each.move).items():
        if name not in given or not hasattr(detail.put, "clear"):
            continue
        if (before := _told_before(work, each.entry, name)) is None:
            detail.put.clear(each.row)
        else:
            detail.put(each.row, detail.kind.read(before, name, work))
    if change := UNDOING.get(f"{each.life.kind} {each.entry.move}"):
        change(each.row, each.entry)


def _told_before(work: Work, entry: HistoryEntry, name: str) -> str | None:
    earlier = work.session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.stream == entry.stream, HistoryEntry.version < entry.version)
        .order_by(HistoryEntry.version.desc())
    )
    undone: set[str] = set()
    for each in earlier:
        told = dict(each.told) | {words.field: words.text for words in each.words}
        if "undoes" in told:
            undone.add(told["undoes"])
        elif name in told and str(each.number) not in undone:
            return told[name]
    return None
