"""Where one thing stands, and what stands before its next state, asked of the gate without any effect.

Whoever looks need not be somebody who may: what stands before the next state is the same for everybody.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.history import HistoryEntry
from models.people import Person
from workflow.attempt import Reason
from workflow.days import local_day
from workflow.effects import current_meeting
from workflow.engine import ask
from workflow.guards import ENDED_SERIES
from workflow.lifecycle import Lifecycle, Move
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.pictures.lifecycle import Before, Standing
from workflow.references import reference
from workflow.work import Work

WHOEVER_ASKS = frozenset({"role_missing", "only_follows"})
"""Reasons that lie with the one who asks, not with the thing."""


def standing(session: Session, row: Any, now: datetime, *, title: str | None = None) -> Standing:
    """Where a thing stands: its path so far, the state that comes next, and the reasons that stand before it.

    `title`: in the reader's language, where there is one; else as it was written.
    """
    life, work = PAGE[row.kind], Work(session, Person(name=""), now)
    days = dict(_days(session, row, life))
    told: dict[str, Any] = {
        "kind": row.kind,
        "ref": reference(row),
        "title": title or row.title,
        "state": row.state.value,
        "since": local_day(row.state_since),
        "day": work.today,
        "left": _left(row, life, days),
    }
    return Standing(**told, reached=_walked(row, life, days, told["left"]), **_ahead(work, row, life))


# So far


def _days(session: Session, row: Any, life: Lifecycle) -> Iterator[tuple[str, date]]:
    """The states of the path that it came to, each with the day on which it last came there on its way."""
    entries = session.scalars(
        select(HistoryEntry).where(HistoryEntry.stream == row.stream).order_by(HistoryEntry.version)
    )
    for entry in entries:
        on_its_way = entry.from_state is None or entry.from_state in life.path or entry.move == "reopen"
        if entry.from_state != entry.to_state and entry.move != "undo" and on_its_way and entry.to_state in life.path:
            yield entry.to_state, local_day(entry.happened_at)


def _left(row: Any, life: Lifecycle, days: Mapping[str, date]) -> str | None:
    """Where on its path it was before it stood beside it."""
    if row.state in life.path:
        return None
    if row.came_from is not None and row.came_from in life.path:
        return str(row.came_from.value)
    return max(days, key=lambda state: (days[state], life.path.index(state)), default=life.starts.value)


def _walked(row: Any, life: Lifecycle, days: Mapping[str, date], left: str | None) -> dict[str, date]:
    """The days of the states up to where it is."""
    path = [state.value for state in life.path]
    here = path.index(left or row.state.value)
    return {state: days[state] for state in path[: here + 1] if state in days}


# What comes next


def _ahead(work: Work, row: Any, life: Lifecycle) -> dict[str, Any]:
    if row.state in life.ends:
        return {}
    if row.state not in life.path:
        back = next((move for move in life.moves_from(row.state) if move.goes_back), None)
        return _by_hand(work, row, back, row.came_from) if back and row.came_from else {}
    if (forward := life.forward(row.state)) is not None:
        return _by_hand(work, row, forward, forward.to)
    following = life.path[life.path.index(row.state) + 1 :]
    return _with_a_meeting(work, row, following[0]) if following else {}


def _by_hand(work: Work, row: Any, move: Move, to: Any) -> dict[str, Any]:
    return {"ahead": to.value, "before": tuple(_reasons(work, row, move))}


def _with_a_meeting(work: Work, row: Any, to: Any) -> dict[str, Any]:
    """A theme and a series go where their meeting goes."""
    series = [each for each in _series_of(row) if each.state not in ENDED_SERIES]
    found = [meeting for each in series if (meeting := current_meeting(each, lambda it: it.state)) is not None]
    if not found:
        return {"ahead": to.value, "lacks": "meeting" if series else "series"}
    path = PAGE["meeting"].path
    first = max(found, key=lambda meeting: (path.index(meeting.state), -meeting.id))
    forward = PAGE["meeting"].forward(first.state)
    reasons = () if forward is None else tuple(_reasons(work, first, forward))
    return {"ahead": to.value, "follows": (reference(first), first.state.value), "before": reasons}


def _series_of(row: Any) -> list[Any]:
    if row.kind == "series":
        return [row]
    return list(row.series) if row.kind == "theme" else []


def _reasons(work: Work, row: Any, move: Move) -> Iterator[Before]:
    """What `why` tells of a move, but for what lies with whoever asks; what it would only warn of, too."""
    for reason in ask(work, row, move.name, How(reason="?")).reasons:
        if reason.code not in WHOEVER_ASKS:
            yield Before(reason.code, _facts(reason), reason.level)


def _facts(reason: Reason) -> dict[str, object]:
    named = {"ref": reference(reason.row)} if reason.row is not None and reason.row.id is not None else {}
    return {**named, **reason.facts}
