"""An attempt at a move: who tries what, when, and what the promises say to it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from models.states import Level, Role
from workflow.lifecycle import Lifecycle, Move, Promise


class Reason(NamedTuple):
    """One reason why a move is not made, or a warning that was confirmed."""

    code: str
    row: Any
    facts: Mapping[str, object] = {}
    remedies: tuple[str, ...] = ()
    level: Level = Level.REFUSE
    fixed: bool = True


class Attempt:
    """What is being tried: by whom, when it happened, with which reason, and what was waived in advance."""

    def __init__(
        self,
        happened_at: datetime,
        day: date,
        *,
        reason: str | None = None,
        confirmed: bool = False,
        overrides: Iterable[str] = (),
        may_override: bool = False,
        given: Mapping[str, Any] | None = None,
        actor_id: int | None = None,
        by_day: bool = False,
        role: Role | None = None,
    ) -> None:
        self.happened_at = happened_at
        self.day = day
        self.by_day = by_day
        self.role = role
        self.actor_id = actor_id
        self.reason = reason
        self.confirmed = confirmed
        self.overrides = frozenset(overrides) if may_override and reason else frozenset()
        self.given = given or {}
        self.moved: dict[int, StrEnum] = {}

    def state_of(self, row: Any) -> Any:
        """Where a thing stands, counting the moves that this attempt would make."""
        return self.moved.get(id(row)) or row.state


class Step:
    """One thing on its way through one move. It is the model that a state machine moves."""

    __slots__ = (
        "attempt",
        "cause",
        "entry_id",
        "happened_at",
        "life",
        "move",
        "number",
        "own",
        "reasons",
        "role",
        "row",
        "source",
        "state",
        "to",
        "waived",
    )

    def __init__(self, life: Lifecycle, row: Any, move: Move, attempt: Attempt, cause: "Step | None" = None) -> None:
        self.life = life
        self.row = row
        self.move = move
        self.attempt = attempt
        self.cause = cause
        self.source: Any = None if move.creates else attempt.state_of(row)
        self.state: Any = self.source
        self.to: Any = None
        self.reasons: list[Reason] = []
        self.waived: list[Reason] = []
        self.role: Role | None = None
        self.happened_at: datetime = cause.happened_at if cause else attempt.happened_at
        self.own: Mapping[str, Any] = {}
        """What a new thing was made with that follows from another move: by whom the work of a turn is to be done."""
        self.entry_id: int | None = None
        self.number: int | None = None

    def keeps(self, promises: Iterable[Promise]) -> bool:
        """Ask every promise; note each one that does not hold. Whether the way is free."""
        free = True
        for promise in promises:
            refusal = promise.guard(self.row, self.attempt)
            if refusal is None:
                continue
            level = self._level(promise)
            if level is Level.OFF:
                continue
            reason = Reason(promise.code, self.row, refusal.facts, tuple(refusal.remedies), level, promise.fixed)
            if self._waives(reason):
                self.waived.append(reason)
            else:
                self.reasons.append(reason)
                free = False
        return free

    def _level(self, promise: Promise) -> Level:
        if promise.fixed:
            return promise.level
        table = self.row.table
        for rule in table.house_rules:
            if rule.code == promise.code:
                return Level(rule.level)
        return Level.OFF if table.kind_of_table in promise.off_for else promise.level

    def _waives(self, reason: Reason) -> bool:
        if reason.level is Level.WARN:
            return self.attempt.confirmed
        return not reason.fixed and reason.code in self.attempt.overrides
