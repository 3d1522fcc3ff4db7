"""A move before it is made: every step it would take, with all that follows, and every reason against it."""

from typing import Any

from workflow.attempt import Reason, Step
from workflow.days import local_day
from workflow.lifecycle import FollowOn
from workflow.lifecycles import PAGE
from workflow.machine import fire
from workflow.making import row_made_by_program
from workflow.work import Work


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
        row = row_made_by_program(target) if follow.creates else target
        if not follow.creates and cause.attempt.state_of(row) not in move.sources:
            return
        step = Step(life, row, move, cause.attempt, cause)
        if follow.creates:
            step.own = target.get("own", {})
        if follow.if_promises_hold:
            self._try(step)
        else:
            self.add(step)

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
