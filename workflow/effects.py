"""Which things a follow-on move concerns: each function takes the step that caused it and names them."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from models.states import ItemOutcome, ItemState, MeetingState, SeriesState
from workflow.attempt import Step
from workflow.guards import ENDED_SERIES, carried_over_to, work_to_follow_up

if TYPE_CHECKING:
    from models.meetings import AgendaItem, Meeting, MeetingSeries
    from models.tables import Theme

AHEAD = (MeetingState.CONVENED, MeetingState.AGENDA_SET, MeetingState.HELD)
"""The states of a meeting that is under way, in their order. A series follows the earliest such meeting."""

DATED = frozenset({MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.AGENDA_SET})


def current_meeting(series: "MeetingSeries", state_of: Callable[[Any], Any]) -> "Meeting | None":
    """The earliest meeting of a series that is still under way (lifecycles.md 2.2)."""
    under_way = [meeting for meeting in series.all_meetings if state_of(meeting) in AHEAD]
    return min(under_way, key=_order, default=None)


def its_series(step: Step) -> "Iterable[MeetingSeries]":
    """Every series that the meeting belongs to."""
    return list(step.row.all_series)


def series_it_leads(step: Step) -> "Iterable[MeetingSeries]":
    """The series whose current meeting this is, or was until now."""
    return [series for series in step.row.all_series if _leads(step, series)]


def series_ahead_of_their_meeting(step: Step) -> "Iterable[MeetingSeries]":
    """A series that stands further than its current meeting, or has lost it while another is dated."""
    for series in _series_of(step):
        current = current_meeting(series, step.attempt.state_of)
        behind = current is not None and step.attempt.state_of(current) is MeetingState.CONVENED
        if behind or (current is None and _has_dated(step, series)):
            yield series


def series_without_meeting(step: Step) -> "Iterable[MeetingSeries]":
    """A series that has lost its current meeting, and has no other with a date."""
    for series in _series_of(step):
        if current_meeting(series, step.attempt.state_of) is None and not _has_dated(step, series):
            yield series


def series_with_next_meeting(step: Step) -> "Iterable[MeetingSeries]":
    """A series whose next meeting was convened ahead, and is now its current one."""
    return [series for series in _series_of(step) if current_meeting(series, step.attempt.state_of)]


def series_whose_agenda_is_set(step: Step) -> "Iterable[MeetingSeries]":
    """A series whose current meeting has its agenda set, or more."""
    return _series_at_least(step, MeetingState.AGENDA_SET)


def series_whose_meeting_is_held(step: Step) -> "Iterable[MeetingSeries]":
    """A series whose current meeting was held already."""
    return _series_at_least(step, MeetingState.HELD)


def its_theme(step: Step) -> "Iterable[Theme]":
    """The theme of the series."""
    return [step.row.theme]


def its_theme_if_last(step: Step) -> "Iterable[Theme]":
    """The theme, when no other series of it is still going on."""
    theme = step.row.theme
    others = (series for series in theme.series if step.attempt.state_of(series) not in ENDED_SERIES)
    return [] if any(others) else [theme]


def its_running_series(step: Step) -> "Iterable[MeetingSeries]":
    """The series of the theme that have not ended."""
    return [series for series in step.row.series if step.attempt.state_of(series) not in ENDED_SERIES]


def series_suspended_with_it(step: Step) -> "Iterable[MeetingSeries]":
    """The series that the theme's suspension took along; one suspended for a reason of its own stays so."""
    return [series for series in step.row.series if series.suspended_with_theme]


def its_open_meetings(step: Step) -> "Iterable[Meeting]":
    """The meetings of the series that have not taken place."""
    return [meeting for meeting in step.row.meetings if step.attempt.state_of(meeting) in DATED]


def its_unsettled_items(step: Step) -> "Iterable[AgendaItem]":
    """The matters that were to be taken up in the meeting."""
    return [item for item in step.row.items if item.state in (ItemState.SUBMITTED, ItemState.ACCEPTED)]


def items_carried_over(step: Step) -> "Iterable[AgendaItem]":
    """The matters carried over from earlier meetings of the theme that wait for an agenda."""
    return carried_over_to(step.row)


def open_work_to_follow_up(step: Step) -> Iterable[dict[str, Any]]:
    """A standing matter about the work and the referrals still open from earlier meetings (domain.md 3, step 8)."""
    if open_work := work_to_follow_up(step.row):
        yield {"meeting": step.row, "open": open_work}


def itself_if_standing(step: Step) -> "Iterable[AgendaItem]":
    """The matter, when the program itself put it on an agenda."""
    return [step.row] if step.cause is not None and step.row.meeting is not None else []


def a_copy_for_the_next_agenda(step: Step) -> Iterable[dict[str, Any]]:
    """A copy of the matter, linked to it, when it is carried over. The first stays where it was (lifecycles.md 2.4)."""
    if step.row.outcome is ItemOutcome.CARRIED_OVER:
        yield {"carried_from": step.row}


def the_work_of_the_turn(step: Step) -> Iterable[dict[str, Any]]:
    """The work that the turn brings to the party whose turn it is."""
    due, party = step.attempt.given.get("due"), step.row.in_turn.organisation
    own = {"to": party} if due is None else {"to": party, "due": due}
    yield {"rota": step.row, "what": step.attempt.given.get("what"), "own": own}


def a_referral_of_it(step: Step) -> Iterable[dict[str, Any]]:
    """A drafted referral, when the matter is for a body that has the power to decide (lifecycles.md 3)."""
    if step.row.outcome is ItemOutcome.REFERRED:
        yield {"referred": step.row, "body": step.attempt.given.get("body")}


def _series_of(step: Step) -> "Iterable[MeetingSeries]":
    if step.row.kind == "series":
        return [step.row]
    return [series for series in step.row.all_series if step.attempt.state_of(series) in _FOLLOWING]


_FOLLOWING = frozenset({SeriesState.CONVENED, SeriesState.AGENDA_SET, SeriesState.HELD, SeriesState.ACTIONS_ASSIGNED})


def _leads(step: Step, series: "MeetingSeries") -> bool:
    current = current_meeting(series, step.attempt.state_of)
    return current is None or current is step.row or _order(step.row) < _order(current)


def _order(meeting: "Meeting") -> tuple[Any, int]:
    return (meeting.begins_at is None, meeting.begins_at or 0), meeting.id


def _has_dated(step: Step, series: "MeetingSeries") -> bool:
    return any(meeting.begins_at and step.attempt.state_of(meeting) in DATED for meeting in series.all_meetings)


def _series_at_least(step: Step, milestone: MeetingState) -> "Iterable[MeetingSeries]":
    reached = AHEAD[AHEAD.index(milestone) :]
    for series in _series_of(step):
        current = current_meeting(series, step.attempt.state_of)
        if current is not None and step.attempt.state_of(current) in reached:
            yield series
