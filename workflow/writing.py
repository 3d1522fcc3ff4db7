"""Writing a plan down: each step with its history, or nothing at all where somebody was faster."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.base import settle_in
from models.recording import Happening, next_id, raise_version, write_entry, write_state
from models.states import LETTERS, Level
from workflow.attempt import Step
from workflow.changes import CHANGES
from workflow.details import Detail, details_of
from workflow.errors import Conflict
from workflow.finding import STATEFUL
from workflow.lifecycles import PAGE
from workflow.making import take_place
from workflow.outcomes import How
from workflow.planning import Plan
from workflow.references import reference
from workflow.work import Work


def write_down(work: Work, plan: Plan, how: How) -> None:
    """Write every step of a plan in the transaction of the work. Raises Conflict."""
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
    raise_wholes(work, wholes_of(step.row for step in plan.steps))


def wholes_of(rows: Iterable[Any]) -> dict[tuple[str, int], None]:
    """What these things are parts of, by kind and id, but for what is one of them."""
    rows = list(rows)
    wholes = dict.fromkeys(whole for row in rows for whole in row.wholes)
    return {whole: None for whole in wholes if whole not in {(row.kind, row.id) for row in rows}}


def raise_wholes(work: Work, wholes: Iterable[tuple[str, int]]) -> None:
    """Tell whoever has looked at a whole that a part of it has changed."""
    for kind, number in wholes:
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
    details, given = details_of(step.life, step.move), attempt.given if root else step.own
    told = {name: details[name] for name in given}
    words = {name: each.kind.tell(given[name]) for name, each in told.items() if each.personal}
    if root and attempt.reason:
        words["reason"] = attempt.reason
    return Happening(
        table_id=row.table_number,
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
        facts=[*_facts(told, given), *_waivers(step), *_under(step), *(work.noted if root else ())],
        words=words,
    )


def _under(step: Step) -> Iterable[tuple[str, str]]:
    """What a new thing was put under: a matter may wait elsewhere later."""
    if step.move.creates:
        yield from (("under", f"{LETTERS[kind]}{number}") for kind, number in step.row.wholes[:1])


def _facts(told: Mapping[str, Detail], given: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, each in told.items():
        if not each.personal:
            yield name, each.kind.tell(given[name])


def _waivers(step: Step) -> Iterable[tuple[str, str]]:
    for reason in step.waived:
        yield ("confirmed" if reason.level is Level.WARN else "overridden"), reason.code
