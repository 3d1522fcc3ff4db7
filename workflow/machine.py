"""A lifecycle as a state machine. The only room that knows `transitions`."""

from functools import cache
from typing import Any, cast

from transitions import EventData, Machine, Transition

from workflow.attempt import Step
from workflow.lifecycle import Back, Lifecycle, Promise


class Asked(Transition):
    """A transition that asks every promise of the state it enters, where the library would stop at the first."""

    promises: tuple[Promise, ...] = ()
    back = False
    enters: Any = None

    def _eval_conditions(self, event_data: EventData) -> bool:
        step = cast(Step, event_data.model)
        if self.back and step.row.came_from is not self.enters:
            return False
        step.to = self.enters
        return step.keeps(self.promises)


class LifeMachine(Machine):
    """One machine for all things of a kind: it holds none of them."""

    transition_cls = Asked


@cache
def machine_of(life: Lifecycle) -> LifeMachine:
    """The machine of a lifecycle, made once."""
    machine = LifeMachine(
        model=None,
        states=list(life.states),
        initial=life.starts,
        auto_transitions=False,  # else every state gets a to_<state> back door past the promises
        send_event=True,
    )
    for edge in life.edges:
        if edge.source is None:
            continue
        machine.add_transition(edge.move.name, edge.source, edge.to)
        added = cast(Asked, machine.events[edge.move.name].transitions[edge.source.name][-1])
        added.enters = edge.to
        added.back = isinstance(edge.move.to, Back)
        added.promises = life.promises[edge.to] if edge.to is not edge.source else ()
    return machine


def fire(step: Step) -> bool:
    """Move a step if its machine and every promise allow it. Whether it moved."""
    if step.move.creates:
        step.to = step.life.starts
        free = step.keeps(step.life.promises[step.to])
        step.state = step.to if free else None
        return free
    return bool(machine_of(step.life).events[step.move.name].trigger(step))
