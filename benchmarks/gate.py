"""What the gate costs in memory, role, machine, promises and follow-ons, beside a bare machine with one guard."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum
from types import SimpleNamespace
from typing import Any

from transitions import Machine

from models.states import ActionState, Role, TableKind, TableState, ThemeState
from workflow.attempt import Attempt, Step
from workflow.lifecycles import ACTION
from workflow.planning import Plan
from workflow.work import Work

MOVES = 5_000


def two() -> tuple[Callable[[], None], Callable[[], None]]:
    """Five thousand moves through the gate, and as many through a bare shared machine."""
    return _gate(), _bare()


def _gate() -> Callable[[], None]:
    now, today = datetime(2016, 5, 1, tzinfo=UTC), date(2016, 5, 1)
    person: Any = SimpleNamespace(id=2, organisation_id=None)
    work = Work(None, person, now)  # type: ignore[arg-type]  # the gate in memory needs no session
    work.coordinates = []
    action, move = _action(), ACTION.moves["start"]

    def run() -> None:
        for _ in range(MOVES):
            plan = Plan(work)
            plan.add(Step(ACTION, action, move, Attempt(now, today, role=work.first_role(move.by, action, today))))
            assert not plan.reasons

    return run


def _action() -> Any:
    table = SimpleNamespace(
        kind="table", id=1, state=TableState.ACTIVE, house_rules=[], kind_of_table=TableKind.NETWORK, seats=[]
    )
    table.table = table
    roles = [Role.CONVENER, Role.SECRETARY, *[Role.MEMBER] * 4]
    table.seats = [_seat(number, role) for number, role in enumerate(roles, start=1)]
    theme = SimpleNamespace(kind="theme", state=ThemeState.HELD, table=table)
    return SimpleNamespace(
        kind="action",
        theme=theme,
        table=table,
        state=ActionState.ASSIGNED,
        state_since=datetime(2016, 1, 1, tzinfo=UTC),
        came_from=None,
        responsible_person_id=3,
        responsible_organisation_id=None,
        shares=[],
    )


def _seat(person: int, role: Role) -> Any:
    since = date(2016, 1, 1)
    return SimpleNamespace(
        person_id=person, organisation_id=None, role=role, since=since, until=None, held_on=lambda day: since <= day
    )


class Lamp(Enum):
    """The states of the bare machine."""

    OFF = 1
    ON = 2


def _bare() -> Callable[[], None]:
    machine = Machine(model=None, states=Lamp, initial=Lamp.OFF, auto_transitions=False, send_event=True)
    machine.add_transition("turn_on", Lamp.OFF, Lamp.ON, conditions=[lambda event: event.model.state is Lamp.OFF])
    lamp = SimpleNamespace(state=Lamp.OFF)

    def run() -> None:
        for _ in range(MOVES):
            lamp.state = Lamp.OFF
            assert machine.events["turn_on"].trigger(lamp)

    return run
