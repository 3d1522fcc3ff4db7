"""The spring of 2016 at Keuruu, with meetings on days of one's own choice."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from models.meetings import Meeting, MeetingSeries
from models.states import ItemState, MeetingState, SeriesState, ThemeState
from models.tables import Theme
from tests.builders import HOUR, MEMBERS, REASON, acting, item_at, keuruu, new, series_at, step, theme_at
from workflow.engine import make_move
from workflow.outcomes import How, Outcome
from workflow.undoing import undo
from workflow.work import Work

SURE = How(confirmed=True, reason=REASON)
"""Now, with a reason, and every warning confirmed."""


def day(month: int, day: int, hour: int = 9) -> datetime:
    """A moment of that spring."""
    return datetime(2016, month, day, hour, tzinfo=UTC)


def after(*rows: Any) -> datetime:
    """An hour after the last move of any of them."""
    return max(row.state_since for row in rows) + HOUR


def a_theme(work: Work, short: str = "keuruu") -> Theme:
    """A proposed theme of a table of its own."""
    return theme_at(work, keuruu(work, short), ThemeState.PROPOSED)


def a_series(work: Work, short: str = "keuruu") -> MeetingSeries:
    """A planned series of such a theme."""
    return series_at(work, a_theme(work, short), SeriesState.PLANNED)


def meeting_on(work: Work, series: MeetingSeries, when: str, state: MeetingState = MeetingState.CONVENED) -> Meeting:
    """A meeting on that day, convened or further."""
    meeting: Meeting = new(work, "meeting", series)
    step(work, meeting, "convene", {"when": f"{when} klo 17-18.30", "place": "Kirjasto", "channel": "open_call"})
    if state is not MeetingState.CONVENED:
        item_at(work, meeting, ItemState.ACCEPTED)
        step(work, meeting, "set_agenda")
    if state is MeetingState.HELD:
        hold(work, meeting)
    return meeting


def hold(work: Work, meeting: Meeting, *, present: Mapping[str, object] | None = None) -> None:
    """Hold it when it begins, with everybody there."""
    step(work, meeting, "hold", present or {"present": list(MEMBERS)}, on=meeting.begins_at)


def divide(work: Work, meeting: Meeting) -> None:
    """Agree on the goal, settle what is left of the matters, and go on: there is no work to divide."""
    told = {"goal": "Kukaan ei jää yksin", "agreed_in": f"M{meeting.id}", "parties": "Keuruun kaupunki"}
    for theme in {id(series.theme): series.theme for series in meeting.all_series}.values():
        step(work, theme, "goal", told)
    for item in meeting.items:
        if item.state is ItemState.ACCEPTED:
            step(work, item, "settle", {"outcome": "noted"})
    step(
        work, meeting, "assign_actions", {"no_actions_because": "Kuultiin vain"}, on=after(meeting, *meeting.all_series)
    )


def now(work: Work, row: Any, move: str, given: Mapping[str, object] | None = None, who: str = "Aino") -> Outcome:
    """Make a move now, for sure, as somebody. Answers what came of it."""
    return make_move(acting(work, who), row, move, given, SURE)


def take_back(work: Work, row: Any, who: str = "Aino") -> Outcome:
    """Undo the newest command of a thing."""
    return undo(acting(work, who), row, How(reason="Ei sittenkään"))
