"""What can be done now, and why not the rest: for one thing or for very many, without any effect."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import select

from models.states import SeriesState
from workflow.attempt import Reason, Step
from workflow.engine import ask, wrong_state
from workflow.errors import NotFound
from workflow.finding import STATEFUL
from workflow.guards import CLOSED_MEETING, ENDED_SERIES
from workflow.lifecycle import Move
from workflow.lifecycles import PAGE, THEME
from workflow.naming import close_to
from workflow.pasting import typed
from workflow.work import Work


class Way(NamedTuple):
    """One move out of where a thing stands: where it leads, what is in the way or asked, what would follow."""

    move: Move
    to: Any
    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...] = ()
    follows: tuple[Step, ...] = ()


def ways_out(work: Work, row: Any, move: str | None = None) -> Iterator[Way]:
    """Every move that the page has from here (or only the one named), with each reason against it."""
    life = PAGE[row.kind]
    for made in life.moves.values() if move else life.moves_from(row.state):
        if move in (None, made.name):
            yield _way(work, row, made) if row.state in made.sources else Way(made, made.to, (wrong_state(row, made),))


def _way(work: Work, row: Any, made: Move) -> Way:
    plan = ask(work, row, made.name)
    warnings = tuple(reason for step in plan.steps for reason in step.waived)
    return Way(made, plan.steps[0].to, tuple(plan.reasons), warnings, tuple(plan.steps[1:]))


def every_row(work: Work, kind: str) -> Iterable[Any]:
    """Every thing of a kind. Raises NotFound with the kinds that were perhaps meant."""
    kind = {"agenda": "item"}.get(kind, kind)
    if kind not in STATEFUL:
        raise NotFound("no_such_kind", reference=kind, close=close_to(kind, STATEFUL) or list(STATEFUL))
    return work.session.scalars(select(STATEFUL[kind]).order_by(STATEFUL[kind].id))


class NextStep(NamedTuple):
    """What would take a thing on: a command, the move it makes, and what is in the way."""

    row: Any
    kind: str
    move: Move
    command: str
    reasons: tuple[Reason, ...] = ()


def next_steps(work: Work) -> Iterator[NextStep]:
    """What would take each thing that is going on one step on, as far as it is the actor's to do."""
    for kind, model in STATEFUL.items():
        life = PAGE[kind]
        for row in work.session.scalars(select(model).where(model.state.not_in(life.ends)).order_by(model.id)):
            roles = work.roles(row, work.today)
            if (forward := life.forward(row.state)) is not None and roles & set(forward.by):
                command = f"poyta {noun_of(kind)} {forward.name.replace('_', '-')} {typed(row)}"
                yield NextStep(row, kind, forward, command, _way(work, row, forward).reasons)
            elif (missing := _missing_part(row)) is not None and roles & set(PAGE[missing].creation.by):
                yield NextStep(row, missing, PAGE[missing].creation, f"poyta {missing} plan {typed(row)}")


def noun_of(kind: str) -> str:
    """The word that the command line has for a kind."""
    return {"item": "agenda"}.get(kind, kind)


def _missing_part(row: Any) -> str | None:
    """What a thing waits for that nobody has planned yet: a theme its series, a series its next meeting."""
    if row.kind == "theme" and row.state in MILESTONES:
        return None if any(series.state not in ENDED_SERIES for series in row.series) else "series"
    if row.kind == "series" and row.state in (SeriesState.PLANNED, SeriesState.CONVENED):
        return None if any(meeting.state not in CLOSED_MEETING for meeting in row.all_meetings) else "meeting"
    return None


MILESTONES = frozenset(THEME.path[1:-1])
"""The states in which a theme is carried by its series."""
