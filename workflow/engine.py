"""The one gate: every change of every state passes here, and only here.

`make_move` and `make_new` plan a move with all that follows from it, ask every promise on the way, and either refuse
with every reason at once or write everything in the transaction of the `Work`. `ask` plans and does nothing else.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from models.base import settle_in
from models.history import HistoryEntry
from models.recording import Happening, next_id, raise_version, write_entry, write_state
from models.states import Level, Role
from workflow.attempt import Attempt, Reason, Step
from workflow.changes import CHANGES
from workflow.days import local_day, noon
from workflow.details import Detail, details_of
from workflow.effects import current_meeting
from workflow.errors import BadValue, Conflict, NotAllowed, Refused, Usage, WrongState
from workflow.finding import STATEFUL
from workflow.lifecycle import FollowOn, Lifecycle, Move
from workflow.lifecycles import PAGE
from workflow.machine import fire
from workflow.making import follow_up_row, new_row, take_place
from workflow.references import LETTERS, reference
from workflow.work import Work

Given = Mapping[str, object]


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


class Plan:
    """The steps that a move would take, in their order, and every reason against it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.steps: list[Step] = []
        self.missing: list[Reason] = []

    @property
    def reasons(self) -> list[Reason]:
        """Every reason of every step."""
        return [reason for step in self.steps for reason in step.reasons]

    def add(self, step: Step) -> None:
        """Ask one step, and plan whatever follows from it."""
        self._ask(step)
        self.steps.append(step)
        step.attempt.moved[id(step.row)] = step.to
        for follow in PAGE.after.get(f"{step.life.kind} {step.move.name}", ()):
            for target in list(follow.of(step)):
                self._follow(follow, target, step)

    def _follow(self, follow: FollowOn, target: Any, cause: Step) -> None:
        life = PAGE[follow.kind]
        move = life.moves[follow.move]
        row = follow_up_row(target) if follow.creates else target
        if not follow.creates and cause.attempt.state_of(row) not in move.sources:
            return
        if follow.if_promises_hold:
            self._try(Step(life, row, move, cause.attempt, cause))
        else:
            self.add(Step(life, row, move, cause.attempt, cause))

    def _try(self, step: Step) -> None:
        attempt = step.attempt
        before, confirmed = dict(attempt.moved), attempt.confirmed
        attempt.confirmed = False  # what was confirmed are the warnings of the move itself, not of this one
        trial = Plan(self.work)
        trial.add(step)
        attempt.confirmed = confirmed
        if trial.reasons:
            attempt.moved = before
            self.missing += trial.reasons
        else:
            self.steps += trial.steps

    def _ask(self, step: Step) -> None:
        attempt, work = step.attempt, self.work
        if step.cause is not None:
            step.role = step.cause.role
        else:
            step.role = attempt.role
            if step.role is None:
                step.reasons.append(_role_missing(step))
            if step.move.reason and not attempt.reason:
                step.reasons.append(Reason("reason_missing", step.row))
            if attempt.happened_at > work.now:
                step.reasons.append(Reason("in_the_future", step.row, {"when": attempt.happened_at}))
        if step.source is not None and step.move.to is not None:
            _ask_order(step)
        fire(step)


def _role_missing(step: Step) -> Reason:
    facts = {"needs": list(step.move.by), "move": step.move.name, "kind": step.life.kind}
    return Reason("role_missing" if step.move.by else "only_follows", step.row, facts)


def _ask_order(step: Step) -> None:
    """Nothing happens to a thing before what happened to it last. A day without an hour gives way to one."""
    since = step.row.state_since
    if since is None or since <= step.happened_at:
        return
    if step.attempt.by_day and local_day(since) == step.attempt.day:
        step.happened_at = since
    else:
        step.reasons.append(Reason("before_the_previous", step.row, {"when": step.happened_at, "since": since}))


# Asking


def ask(work: Work, row: Any, name: str, how: How | None = None) -> Plan:
    """What would happen if the move were made now, and every reason why it can't be. Changes nothing."""
    life = PAGE[row.kind]
    move = life.moves[name]
    plan = Plan(work)
    attempt = _attempt(work, row, move, {}, how or How(confirmed=True, reason="?"))
    plan.add(Step(life, row, move, attempt))
    return plan


def allowed(work: Work, row: Any) -> list[str]:
    """The moves that the actor can make from here."""
    return [move.name for move in PAGE[row.kind].moves_from(row.state) if not ask(work, row, move.name).reasons]


# Doing


def make_move(work: Work, row: Any, name: str, given: Given | None = None, how: How | None = None) -> Outcome:
    """Move a thing, with all that follows. Raises Refused with every reason, Conflict, or BadValue."""
    how = how or How()
    life = PAGE[row.kind]
    move = life.moves[name]
    if (repeated := done_before(work, how, row.stream, name)) is not None:
        return repeated
    if how.version is not None and how.version != row.version:
        raise Conflict("stale", ref=reference(row), seen=how.version, now=row.version)
    if row.state not in move.sources:
        raise WrongState(row, name, row.state, [wrong_state(row, move)], allowed(work, row))
    details = read_details(work, life, move, given or {})
    attempt = _attempt(work, row, move, details, how)
    _put(life, move, row, details)
    return _carry_out(work, Step(life, row, move, attempt), how)


def make_new(work: Work, kind: str, parent: Any, given: Given | None = None, how: How | None = None) -> Outcome:
    """Bring a new thing into being under its parent (a table has none). Raises as `make_move` does."""
    how = how or How()
    life = PAGE[kind]
    move = life.creation
    if (repeated := done_before(work, how, f"{kind}:", move.name)) is not None:
        return repeated
    details = read_details(work, life, move, given or {})
    row = new_row(kind, parent)
    attempt = _attempt(work, row, move, details, how)
    _put(life, move, row, details)
    return _carry_out(work, Step(life, row, move, attempt), how)


def advance(work: Work, row: Any, how: How | None = None) -> Outcome:
    """Make the one forward move there is. Raises WrongState where nobody makes one by hand."""
    life = PAGE[row.kind]
    forward = life.forward(row.state)
    if forward is None:
        reason = Reason("no_forward_move", row, {"state": row.state}, tuple(_leading_commands(row)))
        raise WrongState(row, "advance", row.state, [reason], allowed(work, row))
    return make_move(work, row, forward.name, None, how)


def _leading_commands(row: Any) -> Iterable[str]:
    """What moves a thing that follows others: its series, or their current meetings."""
    for series in getattr(row, "series", [row] if row.kind == "series" else []):
        if (meeting := current_meeting(series, lambda each: each.state)) is not None:
            yield f"poyta meeting advance {reference(meeting)}"


def read_details(work: Work, life: Lifecycle, move: Move, given: Given) -> dict[str, Any]:
    """The details as values, each read by its own kind. Raises BadValue with the field named."""
    known = details_of(life, move)
    if unknown := next((name for name in given if name not in known), None):
        raise BadValue("no_such_detail", unknown, move=move.name, known=list(known))
    values = {name: known[name].kind.read(value, name, work) for name, value in given.items() if value is not None}
    if missing := next((each for each in known.values() if each.required and each.name not in values), None):
        raise BadValue("missing", missing.name)
    return values


def _attempt(work: Work, row: Any, move: Move, details: Mapping[str, Any], how: How) -> Attempt:
    happened_at, by_day = _when(work, row, move, how.on)
    day = local_day(happened_at)
    for code in how.overrides:
        if not any(life.promise(code) for life in PAGE.lifecycles.values()):
            raise BadValue("no_such_promise", "override", value=code)
    return Attempt(
        happened_at,
        day,
        by_day=by_day,
        reason=how.reason,
        confirmed=how.confirmed or work.told_later,
        overrides=how.overrides,
        may_override=bool(how.overrides) and Role.CONVENER in work.roles(row, day),
        given=details,
        actor_id=work.actor.id,
        role=work.first_role(move.by, row, day),  # before the move has told anything: it can't bring its own right
    )


def _when(work: Work, row: Any, move: Move, on: date | datetime | None) -> tuple[datetime, bool]:
    """When it happened, and whether only the day is known.

    Without a word it is now; but a meeting was held when it was to begin.
    """
    if isinstance(on, datetime):
        return on, False
    if on is not None:
        if on != work.today:
            return _begun(row, move, on) or noon(on), True
        return min(_begun(row, move, on) or noon(on), work.now) if work.told_later else work.now, True
    if _holds(row, move) and row.state_since <= row.begins_at <= work.now:
        return row.begins_at, False
    return work.now, False


def _begun(row: Any, move: Move, on: date) -> datetime | None:
    """A meeting held on its day was held when it was to begin."""
    if _holds(row, move) and local_day(row.begins_at) == on:
        return row.begins_at  # type: ignore[no-any-return]
    return None


def _holds(row: Any, move: Move) -> bool:
    return row.kind == "meeting" and move.name == "hold" and row.begins_at is not None


def _put(life: Lifecycle, move: Move, row: Any, details: Mapping[str, Any]) -> None:
    known = details_of(life, move)
    for name, value in details.items():
        known[name].put(row, value)


def _carry_out(work: Work, step: Step, how: How) -> Outcome:
    plan = Plan(work)
    plan.add(step)
    if plan.reasons:
        error = NotAllowed if any(reason.code in _ROLE for reason in plan.reasons) else Refused
        raise error(step.row, step.move.name, step.source, plan.reasons, _allowed_instead(work, step))
    _write(work, plan, how)
    return Outcome(
        _told(plan.steps[0]),
        plan.steps[0].happened_at,
        tuple(_told(each) for each in plan.steps[1:]),
        tuple(reason for each in plan.steps for reason in each.waived),
        tuple(plan.missing),
    )


_ROLE = frozenset({"role_missing", "only_follows"})


def _allowed_instead(work: Work, step: Step) -> list[str]:
    return [] if step.source is None else allowed(work, step.row)


def wrong_state(row: Any, move: Move) -> Reason:
    """It is not the time: the move does not lead out of where the thing stands."""
    facts = {"state": row.state, "from": [state for state in PAGE[row.kind].states if state in move.sources]}
    return Reason("wrong_state", row, facts)


def _write(work: Work, plan: Plan, how: How) -> None:
    connection = work.session.connection()
    for step in plan.steps:
        if change := CHANGES.get(f"{step.life.kind} {step.move.name}"):
            change(step, work)
        if step.move.creates:
            _bring_into_being(work, step, how)
        else:
            work.session.flush()
            step.entry_id, step.number = write_entry(connection, _happening(work, step, how))
            if not write_state(connection, step.row, step.to, step.happened_at):
                raise Conflict("changed_meanwhile", ref=reference(step.row))
    moved = {(step.life.kind, step.row.id) for step in plan.steps}
    for kind, number in dict.fromkeys(whole for step in plan.steps for whole in step.row.wholes):
        if (kind, number) not in moved:
            raise_version(work.session, STATEFUL[kind], number)


def _bring_into_being(work: Work, step: Step, how: How) -> None:
    connection = work.session.connection()
    step.row.id = next_id(connection, type(step.row))
    step.row.state_since = step.happened_at
    settle_in(step.row, state=step.to)
    step.entry_id, step.number = write_entry(connection, _happening(work, step, how))
    work.session.add(step.row)
    work.session.flush()
    take_place(step.row)


def _happening(work: Work, step: Step, how: How) -> Happening:
    root = step.cause is None
    row, attempt = step.row, step.attempt
    details = details_of(step.life, step.move) if root else {}
    told = {name: details[name] for name in attempt.given} if root else {}
    words = {name: str(attempt.given[name]) for name, each in told.items() if each.personal}
    if root and attempt.reason:
        words["reason"] = attempt.reason
    return Happening(
        table_id=row.table.id,
        stream=row.stream,
        version=1 if step.move.creates else row.entries + 1,
        cmd_id=str(how.command) if root and how.command else None,
        cause_id=step.cause.entry_id if step.cause else None,
        recorded_at=work.now,
        happened_at=step.happened_at,
        actor=work.actor.pseudonym,
        auth=work.auth,
        role=step.role or "",
        move=step.move.name,
        from_state=step.source,
        to_state=step.to,
        rules=PAGE.version,
        facts=[*_facts(told, attempt), *_waivers(step), *_under(step), *(work.noted if root else ())],
        words=words,
    )


def _under(step: Step) -> Iterable[tuple[str, str]]:
    """What a new thing was put under: a matter may wait elsewhere later."""
    if step.move.creates:
        yield from (("under", f"{LETTERS[kind]}{number}") for kind, number in step.row.wholes)


def _facts(told: Mapping[str, Detail], attempt: Attempt) -> Iterable[tuple[str, str]]:
    for name, each in told.items():
        if not each.personal:
            yield name, each.kind.tell(attempt.given[name])


def _waivers(step: Step) -> Iterable[tuple[str, str]]:
    for reason in step.waived:
        yield ("confirmed" if reason.level is Level.WARN else "overridden"), reason.code


def _told(step: Step) -> Told:
    assert step.number is not None
    return Told(step.row, step.life.kind, step.move.name, step.source, step.to, step.number)


def done_before(work: Work, how: How, stream: str, move: str) -> Outcome | None:
    """The answer to a command that was given before: the same as the first time (trust.md 1)."""
    if how.command is None:
        return None
    entry = work.session.scalars(select(HistoryEntry).filter_by(cmd_id=str(how.command))).one_or_none()
    if entry is None:
        return None
    if entry.move != move or not (entry.stream + ":").startswith(stream):
        raise Usage("command_used", command=str(how.command))
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
