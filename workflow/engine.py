"""The one gate: every change of every state passes here, and only here.

`make_move` and `make_new` plan a move with all that follows from it, ask every promise on the way, and either refuse
with every reason at once or write everything in the transaction of the `Work`. `ask` plans and does nothing else.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from models.states import Role
from workflow.attempt import Attempt, Reason, Step
from workflow.days import local_day, noon
from workflow.details import details_of
from workflow.effects import current_meeting
from workflow.errors import BadValue, Conflict, NotAllowed, Refused, WrongState
from workflow.lifecycle import Lifecycle, Move
from workflow.lifecycles import PAGE
from workflow.making import new_row
from workflow.outcomes import How, Outcome, done_before, told_of
from workflow.planning import Plan
from workflow.references import reference
from workflow.work import Work
from workflow.writing import write_down

Given = Mapping[str, object]


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
    if (repeated := done_before(work, how, f"{row.stream}:", name)) is not None:
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
    led = row.series if row.kind == "theme" else [row] if row.kind == "series" else []
    for series in led:
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

    Without a word it is now; but a meeting was held when it was to begin, or when all else had happened that it needs.
    """
    if isinstance(on, datetime):
        return on, False
    if on is not None:
        if on != work.today:
            return _begun(row, move, on) or noon(on), True
        return min(_begun(row, move, on) or noon(on), work.now) if work.told_later else work.now, True
    if _holds(row, move) and row.begins_at <= work.now:
        series = row.series
        return max(row.begins_at, row.state_since, series.state_since, series.theme.state_since), False
    return work.now, False


def _begun(row: Any, move: Move, on: date) -> datetime | None:
    """A meeting held on its day was held when it was to begin."""
    if _holds(row, move) and local_day(row.begins_at) == on:
        return row.begins_at  # type: ignore[no-any-return]  # a meeting: its own type knows
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
        _forget(work)
        error = NotAllowed if any(reason.code in _ROLE for reason in plan.reasons) else Refused
        raise error(step.row, step.move.name, step.source, plan.reasons, _allowed_instead(work, step))
    write_down(work, plan, how)
    return Outcome(
        told_of(plan.steps[0]),
        plan.steps[0].happened_at,
        tuple(told_of(each) for each in plan.steps[1:]),
        tuple(reason for each in plan.steps for reason in each.waived),
        tuple(plan.missing),
    )


def _forget(work: Work) -> None:
    """What a refused move was told goes no further, even if somebody goes on in the same session."""
    for row in list(work.session.new):
        work.session.expunge(row)
    for row in list(work.session.dirty):
        work.session.refresh(row)


_ROLE = frozenset({"role_missing", "only_follows"})


def _allowed_instead(work: Work, step: Step) -> list[str]:
    return [] if step.source is None else allowed(work, step.row)


def wrong_state(row: Any, move: Move) -> Reason:
    """It is not the time: the move does not lead out of where the thing stands."""
    facts = {"state": row.state, "from": [state for state in PAGE[row.kind].states if state in move.sources]}
    return Reason("wrong_state", row, facts)
