"""What can be done now, and why not the rest: for one thing or for very many, without any effect."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import select

from workflow.attempt import Reason, Step
from workflow.engine import ask, wrong_state
from workflow.errors import NotFound
from workflow.finding import STATEFUL
from workflow.lifecycle import Move
from workflow.lifecycles import PAGE
from workflow.naming import close_to
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


def next_steps(work: Work) -> Iterator[tuple[Any, Way]]:
    """The next forward move of everything that is going on, as far as it is the actor's to make."""
    for kind, model in STATEFUL.items():
        life = PAGE[kind]
        for row in work.session.scalars(select(model).where(model.state.not_in(life.ends)).order_by(model.id)):
            forward = life.forward(row.state)
            if forward is not None and work.roles(row, work.today) & set(forward.by):
                yield row, _way(work, row, forward)
