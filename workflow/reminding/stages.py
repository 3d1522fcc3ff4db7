"""When somebody is reminded of a thing, and when others hear that it is late: the grace, in one place."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.states import ReminderStage, Role


class Stage(NamedTuple):
    """A stage: how many days after the due date it comes, and who is told; nobody named is whoever holds the thing."""

    code: ReminderStage
    after: int | None
    """Less than nothing is before the due date; None is as soon as the thing is given to somebody."""
    told: Role | None = None


GIVEN = Stage(ReminderStage.GIVEN, None)
SOON = Stage(ReminderStage.SOON, -7)
LATE = Stage(ReminderStage.LATE, 1)

ESCALATION = (
    Stage(ReminderStage.SECRETARY_TOLD, 8, Role.SECRETARY),
    Stage(ReminderStage.CONVENER_TOLD, 15, Role.CONVENER),
    Stage(ReminderStage.COORDINATOR_TOLD, 29, Role.COORDINATOR),
)
"""Nobody hears of it over somebody's head: a step comes only when the one before it was told as many days earlier as
the two lie apart here, however late a missed run is caught up."""

REMINDED: Mapping[str, Sequence[Stage]] = {"action": (GIVEN, SOON, LATE), "item": (GIVEN, SOON)}
"""The stages of whoever holds a thing, by its kind. Only the newest that has come is told: one letter, not three."""

SHARED: Sequence[Stage] = (GIVEN, SOON)
"""Those of whoever takes part in it: when it is late, it is asked of whoever has the main responsibility."""

ESCALATED = frozenset({"action"})
"""The kinds of thing whose lateness others hear of."""
