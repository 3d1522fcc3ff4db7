"""The work that is divided at a made-up table: done in time, late, waiting, or left lying."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from benchmarks.lives.living import Life, Lived
from models.people import Person
from models.states import ActionState
from workflow.days import local_day
from workflow.guards import ENDED_THEME, SETTLED_ACTION
from workflow.lifecycles import ACTION
from workflow.references import reference

DOING: Mapping[str, tuple[tuple[str, int], ...]] = {
    "closed": (("close", 20),),
    "reported": (("start", 6), ("report_done", 10), ("close", 10)),
    "late": (("start", 10), ("postpone", 20), ("close", 10)),
    "dropped": (("drop", 10),),
    "passed_on": (("refuse", 8), ("reassign", 10), ("close", 10)),
    "waited": (("wait", 40), ("resume", 10), ("close", 10)),
    "overdue": (("start", 10),),
    "untouched": (),
    "waiting": (("start", 10), ("wait", 10)),
    "unowned": (("refuse", 10),),
    "not_closed": (("start", 10), ("report_done", 10)),
}
"""What is done about an action, and within how many days the next thing is."""


TOLD: Mapping[str, tuple[str, str]] = {"wait": ("for", "waits"), "close": ("outcome", "done")}
WHY: Mapping[str, str] = {"refuse": "refuses", "reassign": "another", "postpone": "later", "drop": "why_not"}
"""What is told with a move, and why it is made, by occasion."""


def assigned(lived: Lived, parent: Any, to: Any = None) -> Any:
    """An action for one of the parties, by a day or by the next meeting."""
    told: dict[str, Any] = {"what": lived.text("what"), "to": reference(to or lived.rng.choice(lived.parties))}
    if lived.rng.random() < 0.4:
        told["due"] = local_day(lived.now) + timedelta(days=lived.rng.randint(20, 60))
    if lived.rng.random() < 0.2:
        told["shared_with"] = [reference(lived.rng.choice(lived.people))]
    return lived.new("action", parent, lived.secretary, **told)


def acts(lived: Lived, action: Any, fate: str) -> Life:
    """What is done about an action, until it is settled or left lying."""
    yield lived.some(4, 12)
    for move, days in DOING[fate]:
        if _settled(lived, action):
            return
        _further(lived, action, move)
        yield lived.some(days // 2, days)


def settle_all(lived: Lived, theme: Any) -> None:
    """Whatever is still open is closed, or dropped where nobody will have it."""
    for action in theme.actions:
        if action.state is ActionState.REFUSED:
            lived.do(action, "drop", lived.secretary, "why_not")
        elif action.state not in SETTLED_ACTION:
            lived.do(action, "close", lived.secretary, outcome=lived.text("done"))


def _settled(lived: Lived, action: Any) -> bool:
    return action.state in SETTLED_ACTION or action.theme.state in ENDED_THEME or lived.table.state != "active"


def _further(lived: Lived, action: Any, move: str) -> None:
    """One move, if somebody else has not been faster."""
    by = _one_of_the_responsible(lived, action) if move == "refuse" else lived.secretary
    if by is None or action.state not in ACTION.moves[move].sources:
        return
    told: dict[str, Any] = {}
    if move in TOLD:
        detail, occasion = TOLD[move]
        told[detail] = lived.text(occasion)
    elif move == "reassign":
        told["to"] = reference(lived.parties[1])
    elif move == "postpone":
        told["due"] = local_day(lived.now) + timedelta(days=20)
    lived.do(action, move, by, WHY.get(move, ""), **told)


def _one_of_the_responsible(lived: Lived, action: Any) -> Person | None:
    wanted = action.responsible_organisation_id
    return next((each for each in lived.people if each.organisation_id == wanted), None)
