"""Scenes for the causes of stalling: what happened at a table in 2016, the day of the audit, and whether it is found.

The tables live through the gate, each in its own corner of one database. A meeting of the builders is on Tuesday
26 January 2016, after everything else was done on 11 January.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from models.people import Project
from models.states import (
    ActionState,
    ItemState,
    MeetingState,
    MemoState,
    ReferralState,
    ResultState,
    SeriesState,
    TableState,
    ThemeState,
)
from models.tables import PartnershipTable, Theme
from tests.builders import (
    action_at,
    item_at,
    keuruu,
    meeting_at,
    memo_at,
    new,
    referral_at,
    result_at,
    series_at,
    step,
    table_at,
    theme_at,
)
from tests.spring import divide, meeting_on
from workflow.work import Work

LATER = datetime(2018, 1, 1, 12, tzinfo=UTC)
"""When all of it is told."""

Scene = Callable[[Work, str], object]
"""What happens: takes the short name of the table."""


class Case(NamedTuple):
    """One scene looked at on one day: by the gate's own words `found` or not."""

    name: str
    cause: str
    scene: Scene
    day: str
    found: bool


def on(day: str, hour: int = 12) -> datetime:
    """A moment of a day."""
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")


def days_after(day: str, days: int) -> str:
    """The day so many days later."""
    return (datetime.fromisoformat(day) + timedelta(days=days)).date().isoformat()


MEETING = "2016-01-26"

# What happens


def theme_in(state: ThemeState) -> Scene:
    """A theme that came so far."""
    return lambda work, short: theme_at(work, keuruu(work, short), state)


def and_then(scene: Scene, *steps: tuple[Callable[[Any], Any], str, dict[str, object] | None, str]) -> Scene:
    """A scene that goes on: of which thing, the move, what is told, the day."""

    def act(work: Work, short: str) -> Any:
        row = scene(work, short)
        for of, move, told, day in steps:
            step(work, of(row), move, told, on=on(day))
        return row

    return act


def itself(row: Any) -> Any:
    return row


def its_table(row: Any) -> Any:
    return row.table


def its_theme(row: Any) -> Any:
    return row.theme


def its_action(theme: Theme) -> Any:
    return theme.actions[0]


def its_series(theme: Theme) -> Any:
    return theme.series[0]


def rested(scene: Scene, since: str, until: str, of: Callable[[Any], Any] = itself) -> Scene:
    """The same, suspended for a while."""
    return and_then(scene, (of, "suspend", {"revisit": "1.9.2016"}, since), (of, "resume", None, until))


def ruled(scene: Scene, code: str, **told: object) -> Scene:
    """The same at a table with a house rule."""
    return and_then(scene, (its_table, "rules", {"code": code, **told}, "2016-01-27"))


def proposed_on(day: str) -> Scene:
    """A theme proposed later."""

    def act(work: Work, short: str) -> Theme:
        table = keuruu(work, short)
        theme = theme_at(work, table, ThemeState.PROPOSED)
        step(work, theme, "decline", on=on("2016-01-12"))
        step(work, theme, "reopen", on=on(day))
        return theme

    return act


def action_in(state: ActionState, what: str = "Kyyti", **told: object) -> Scene:
    """An action of a theme, on 11 January."""

    def act(work: Work, short: str) -> Any:
        return action_at(work, theme_at(work, keuruu(work, short), ThemeState.CONVENED), state, what, **told)

    return act


def meeting_dated(day: str, state: MeetingState = MeetingState.CONVENED) -> Scene:
    """A meeting convened for a day of one's own choice."""

    def act(work: Work, short: str) -> Any:
        theme = theme_at(work, keuruu(work, short), ThemeState.PROPOSED)
        return meeting_on(work, series_at(work, theme, SeriesState.PLANNED), day, state).series

    return act


def two_meetings(
    *, agreed: bool = False, present: tuple[dict[str, object], ...] = ({}, {}), required: bool = False
) -> Scene:
    """Two meetings with their work divided, on 2 and 16 February."""

    def act(work: Work, short: str) -> Any:
        table = keuruu(work, short)
        for code in ("required_seats_present", "two_sectors_present"):
            step(work, table, "rules", {"code": code, "level": "off"})
        if required:
            step(work, table, "seat", {"person": "Sirkka Möttönen", "required": True})
        series = series_at(work, theme_at(work, table, ThemeState.PROPOSED), SeriesState.PLANNED)
        for day, who in zip(("2.2.2016", "16.2.2016"), present, strict=True):
            meeting = meeting_on(work, series, day, MeetingState.AGENDA_SET)
            told = who or {"present": ["Aino Äijälä", "Göran Öhman", "Pekka Näätänen"]}
            step(work, meeting, "hold", told, on=meeting.begins_at)
            if agreed:
                _agree(work, meeting)
            divide(work, meeting)
        return series

    return act


def _agree(work: Work, meeting: Any) -> None:
    item = item_at(work, meeting, ItemState.ACCEPTED)
    step(work, item, "settle", {"outcome": "agreed", "agreed": "Kokeillaan", "no_action": True})


def planned(meetings: int) -> Scene:
    """A series of so many meetings, of which one was held and its work divided."""

    def act(work: Work, short: str) -> Any:
        theme = theme_at(work, keuruu(work, short), ThemeState.PROPOSED)
        series = new(work, "series", theme, {"planned_meetings": meetings})
        meeting_at(work, series, MeetingState.ACTIONS_ASSIGNED)
        return series

    return act


def with_result(scene: Scene) -> Scene:
    """The same, with a result written down."""

    def act(work: Work, short: str) -> Any:
        row = scene(work, short)
        result_at(work, row if row.kind == "theme" else row.theme, ResultState.RECORDED)
        return row

    return act


def next_meeting(day: str, of: Callable[[Any], Any] = its_series) -> Callable[[Scene], Scene]:
    """The same, with another meeting ahead."""

    def more(scene: Scene) -> Scene:
        def act(work: Work, short: str) -> Any:
            row = scene(work, short)
            meeting = new(work, "meeting", of(row))
            told = {"when": f"{day} klo 17-18.30", "place": "Kirjasto", "channel": "open_call"}
            step(work, meeting, "convene", told, on=on("2016-01-27"))
            return row

        return act

    return more


def seats(*given: tuple[str, dict[str, object]]) -> Scene:
    """A table where seats are given and taken on 1 February."""

    def act(work: Work, short: str) -> PartnershipTable:
        table = keuruu(work, short)
        for move, told in given:
            step(work, table, move, told, on=on("2016-02-01"))
        return table

    return act


def of_project(ends: str, **told: object) -> Scene:
    """A table of a project that ends; somebody may be named to go on."""

    def act(work: Work, short: str) -> PartnershipTable:
        table = keuruu(work, short)
        name = f"Kehitytään kimpassa {short}"
        owner = work.find("Keuruun kaupunki", "organisation")
        work.session.add(Project(name=name, owner=owner, ends=datetime.fromisoformat(ends).date()))
        work.session.flush()
        step(work, table, "describe", {"project": name})
        if told:
            step(work, table, "hand_over", told, on=on("2016-02-01"))
        return table

    return act


def table_in(state: TableState) -> Scene:
    return lambda work, short: table_at(work, state, short)


def its_own_series(action: Any) -> Any:
    return action.theme.series[0]


def other_work(action: Any) -> Any:
    return action.theme.actions[-1]


def with_other_work(scene: Scene) -> Scene:
    """The same, with another action of the theme."""

    def act(work: Work, short: str) -> Any:
        row = scene(work, short)
        action_at(work, row.theme, ActionState.ASSIGNED, "Esite", due="1.3.2016")
        work.session.refresh(row.theme)
        return row

    return act


def memo_in(state: MemoState) -> Scene:
    """A theme whose first meeting was held on 26 January, with its memo."""

    def act(work: Work, short: str) -> Any:
        theme = theme_at(work, keuruu(work, short), ThemeState.HELD)
        memo_at(work, theme.series[0].meetings[0], state)
        return theme

    return act


def referral_in(state: ReferralState) -> Scene:
    """A referral of a theme, drafted on 11 January."""

    def act(work: Work, short: str) -> Any:
        return referral_at(work, theme_at(work, keuruu(work, short), ThemeState.CONVENED), state)

    return act


def decided_before(day: str) -> Scene:
    """A referral that was decided in January, and a meeting of the table that is held on a day."""

    def act(work: Work, short: str) -> Any:
        series = series_at(work, theme_at(work, keuruu(work, short), ThemeState.PROPOSED), SeriesState.PLANNED)
        meeting = meeting_on(work, series, day, MeetingState.AGENDA_SET)
        referral = referral_at(work, series.theme, ReferralState.DECIDED)
        step(work, meeting, "hold", {"present": ["Aino Äijälä", "Göran Öhman"]}, on=meeting.begins_at)
        return referral

    return act


def reported(scene: Scene) -> Scene:
    """The same, told to the table in its meeting."""

    def act(work: Work, short: str) -> Any:
        referral = scene(work, short)
        (meeting,) = referral.theme.series[0].meetings
        step(work, referral, "report_back", {"meeting": f"M{meeting.id}"}, on=on("2016-02-02", 18))
        return referral

    return act


def checked(scene: Scene) -> Scene:
    """The same, with the result looked at again on its day."""
    told = {"lasting": "lasting"}
    return and_then(scene, (_result, "confirm", None, "2016-04-01"), (_result, "check", told, "2016-05-01"))


def _result(theme: Theme) -> Any:
    return theme.results[0]


def waiting_item(work: Work, short: str) -> Any:
    """A theme with a meeting far ahead, and a matter that nobody takes to an agenda."""
    theme = next_meeting("1.9.2016")(theme_in(ThemeState.CONVENED))(work, short)
    for meeting in theme.series[0].meetings[:1]:
        step(work, meeting, "cancel", on=on("2016-01-27", 13))
    item_at(work, theme, ItemState.SUBMITTED)
    return theme


# The cases

T, A, M = ThemeState, ActionState, MeetingState
DIVIDED = theme_in(T.ACTIONS_ASSIGNED)
CLOSED = and_then(DIVIDED, (its_action, "close", {"outcome": "Tehty"}, "2016-02-01"))
REPORTED = and_then(DIVIDED, (its_action, "report_done", None, "2016-02-01"))
WAITING = and_then(DIVIDED, (its_action, "wait", {"for": "ELY-keskus"}, "2016-02-01"))
REFUSED = and_then(DIVIDED, (its_action, "refuse", None, "2016-02-01"))
DUE = action_in(A.ASSIGNED, due="1.3.2016")
CLOSED_TOO = and_then(with_other_work(DUE), (other_work, "close", {"outcome": "Tehty"}, "2016-03-01"))
GONE_ON = next_meeting("1.6.2016", of=its_own_series)(CLOSED_TOO)
DRAFTED, SENT = referral_in(ReferralState.DRAFTED), referral_in(ReferralState.SENT)
TAKEN_UP = and_then(SENT, (itself, "take_up", None, "2016-03-01"))
ALONE = {"present": ["Aino Äijälä"]}
CROWD, FEW = {"total": 20, "count": ["village=10", "parish=10"]}, {"count": ["village=5", "parish=4"]}
HALF = {"count": ["village=5", "parish=5"]}
HERE = {"present": ["Aino Äijälä", "Göran Öhman", "Sirkka Möttönen"]}
DEPUTY = {"present": ["Aino Äijälä", "Göran Öhman"], "deputy": ["Göran Öhman=Sirkka Möttönen"]}
AWAY = {"until": "2016-03-31", "role": "secretary", "person": "Pekka Näätänen"}
NEXT = {"since": "2016-04-01", "role": "secretary", "person": "Göran Öhman"}
GONE = {"organisation": "Äijälän kyläyhdistys", "until": "2016-03-01"}
LEFT = and_then(action_in(A.ASSIGNED, due="1.9.2016"), (its_table, "unseat", GONE, "2016-02-01"))


def case(cause: str, name: str, scene: Scene, day: str, found: bool) -> Case:
    return Case(f"{cause}: {name}", cause, scene, day, found)


CASES = [
    case("proposal_unanswered", "a proposal of 31 days", theme_in(T.PROPOSED), "2016-02-11", True),
    case("proposal_unanswered", "a proposal of 30 days", theme_in(T.PROPOSED), "2016-02-10", False),
    case("proposal_unanswered", "a proposal in the summer", proposed_on("2016-05-20"), "2016-08-31", False),
    case("proposal_unanswered", "a proposal after the summer", proposed_on("2016-05-20"), "2016-09-20", True),
    case("proposal_unanswered", "a proposal at Christmas", proposed_on("2016-12-01"), "2017-01-10", False),
    case("proposal_unanswered", "a proposal after Christmas", proposed_on("2016-12-01"), "2017-01-19", True),
    case(
        "proposal_unanswered",
        "a proposal in a summer without rest",
        ruled(proposed_on("2016-05-20"), "summer_pause", level="off"),
        "2016-06-20",
        True,
    ),
    case(
        "proposal_unanswered",
        "a proposal returned for preparation",
        and_then(theme_in(T.PROPOSED), (itself, "return", None, "2016-02-01")),
        "2016-02-20",
        False,
    ),
    case("no_meeting_dated", "a month and a half", DIVIDED, days_after(MEETING, 46), True),
    case("no_meeting_dated", "not quite a month and a half", DIVIDED, days_after(MEETING, 45), False),
    case("no_meeting_dated", "a meeting ahead", next_meeting("1.4.2016")(DIVIDED), days_after(MEETING, 46), False),
    case(
        "no_meeting_dated",
        "the theme was suspended meanwhile",
        rested(DIVIDED, "2016-02-01", "2016-02-11"),
        days_after(MEETING, 56),
        True,
    ),
    case(
        "no_meeting_dated",
        "the time of suspension is not counted",
        rested(DIVIDED, "2016-02-01", "2016-02-11"),
        days_after(MEETING, 55),
        False,
    ),
    case("no_meeting_dated", "suspended now", theme_in(T.SUSPENDED), "2016-12-01", False),
    case("agenda_not_set", "a week before", theme_in(T.CONVENED), "2016-01-19", True),
    case("agenda_not_set", "eight days before", theme_in(T.CONVENED), "2016-01-18", False),
    case("agenda_not_set", "set", theme_in(T.AGENDA_SET), "2016-01-25", False),
    case("agenda_not_set", "the theme is suspended", theme_in(T.SUSPENDED), "2016-01-25", False),
    case("date_passed_not_held", "two working days after", theme_in(T.AGENDA_SET), "2016-01-28", True),
    case("date_passed_not_held", "the next day", theme_in(T.AGENDA_SET), "2016-01-27", False),
    case("date_passed_not_held", "over a weekend", meeting_dated("29.1.2016"), "2016-02-01", False),
    case("date_passed_not_held", "after a weekend", meeting_dated("29.1.2016"), "2016-02-02", True),
    case("held_work_not_divided", "fifteen days", theme_in(T.HELD), "2016-02-10", True),
    case("held_work_not_divided", "fourteen days", theme_in(T.HELD), "2016-02-09", False),
    case(
        "held_work_not_divided",
        "suspended for a week of them",
        rested(theme_in(T.HELD), "2016-02-01", "2016-02-08"),
        "2016-02-16",
        False,
    ),
    case(
        "held_work_not_divided",
        "suspended for a week, and then long",
        rested(theme_in(T.HELD), "2016-02-01", "2016-02-08"),
        "2016-02-17",
        True,
    ),
    case(
        "held_work_not_divided",
        "a house rule gives more time",
        ruled(theme_in(T.HELD), "held_work_not_divided", days=30),
        "2016-02-25",
        False,
    ),
    case(
        "held_work_not_divided",
        "longer than the house rule",
        ruled(theme_in(T.HELD), "held_work_not_divided", days=30),
        "2016-02-26",
        True,
    ),
    case(
        "held_work_not_divided",
        "a house rule lets it sleep",
        ruled(theme_in(T.HELD), "held_work_not_divided", level="off"),
        "2016-05-26",
        False,
    ),
    case("memo_not_circulated", "eight days", theme_in(T.HELD), "2016-02-03", True),
    case("memo_not_circulated", "seven days", theme_in(T.HELD), "2016-02-02", False),
    case("memo_not_circulated", "begun only", memo_in(MemoState.DRAFT), "2016-02-03", True),
    case("memo_not_circulated", "objected to", memo_in(MemoState.OBJECTED), "2016-02-03", True),
    case("memo_not_circulated", "sent out", memo_in(MemoState.CIRCULATED), "2016-02-03", False),
    case(
        "memo_not_circulated",
        "suspended for a week of them",
        rested(theme_in(T.HELD), "2016-02-01", "2016-02-08"),
        "2016-02-09",
        False,
    ),
    case("memo_not_confirmed", "fifteen days", memo_in(MemoState.CIRCULATED), "2016-02-10", True),
    case("memo_not_confirmed", "fourteen days", memo_in(MemoState.CIRCULATED), "2016-02-09", False),
    case("memo_not_confirmed", "confirmed", memo_in(MemoState.CONFIRMED), "2016-02-10", False),
    case(
        "memo_not_confirmed",
        "suspended for a week of them",
        rested(memo_in(MemoState.CIRCULATED), "2016-02-01", "2016-02-08"),
        "2016-02-16",
        False,
    ),
    case("action_overdue", "the day after it was due", DUE, "2016-03-02", True),
    case(
        "action_overdue",
        "although a meeting lies ahead and other work is done",
        GONE_ON,
        "2016-03-02",
        True,
    ),
    case("action_overdue", "the day it is due", DUE, "2016-03-01", False),
    case(
        "action_overdue",
        "due on Midsummer Eve, on the Monday after",
        action_in(A.ASSIGNED, due="24.6.2016"),
        "2016-06-27",
        False,
    ),
    case(
        "action_overdue",
        "due on Midsummer Eve, on the Tuesday after",
        action_in(A.ASSIGNED, due="24.6.2016"),
        "2016-06-28",
        True,
    ),
    case(
        "action_overdue",
        "waiting for a body",
        and_then(DUE, (itself, "wait", {"for": "ELY-keskus"}, "2016-02-20")),
        "2016-03-15",
        False,
    ),
    case(
        "action_overdue",
        "gone on with today after waiting",
        and_then(DUE, (itself, "wait", {"for": "ELY-keskus"}, "2016-02-20"), (itself, "resume", None, "2016-03-20")),
        "2016-03-20",
        False,
    ),
    case(
        "action_overdue",
        "gone on with since yesterday after waiting",
        and_then(DUE, (itself, "wait", {"for": "ELY-keskus"}, "2016-02-20"), (itself, "resume", None, "2016-03-20")),
        "2016-03-21",
        True,
    ),
    case(
        "action_overdue",
        "put off",
        and_then(DUE, (itself, "postpone", {"due": "1.4.2016"}, "2016-02-20")),
        "2016-03-02",
        False,
    ),
    case("action_overdue", "by the next meeting, and after it", next_meeting("1.3.2016")(DIVIDED), "2016-03-02", True),
    case(
        "action_overdue", "by the next meeting, and on its day", next_meeting("1.3.2016")(DIVIDED), "2016-03-01", False
    ),
    case("action_unowned", "refused", REFUSED, "2016-02-01", True),
    case(
        "action_unowned",
        "refused, and given to another",
        and_then(REFUSED, (its_action, "reassign", {"to": "Keuruun seurakunta"}, "2016-02-02")),
        "2016-02-03",
        False,
    ),
    case(
        "action_unowned",
        "refused, and the theme suspended",
        and_then(REFUSED, (itself, "suspend", {"revisit": "1.9.2016"}, "2016-02-02")),
        "2016-02-03",
        False,
    ),
    case("action_unowned", "whose party has left", LEFT, "2016-03-02", True),
    case("action_unowned", "whose party leaves today", LEFT, "2016-03-01", False),
    case("reported_not_closed", "fifteen days", REPORTED, "2016-02-16", True),
    case("reported_not_closed", "fourteen days", REPORTED, "2016-02-15", False),
    case(
        "reported_not_closed",
        "suspended for some of them",
        rested(REPORTED, "2016-02-02", "2016-02-12"),
        "2016-02-25",
        False,
    ),
    case("waiting_too_long", "ninety-one days", WAITING, days_after("2016-02-01", 91), True),
    case("waiting_too_long", "ninety days", WAITING, days_after("2016-02-01", 90), False),
    case(
        "waiting_too_long",
        "suspended for some of them",
        rested(WAITING, "2016-02-02", "2016-02-12"),
        days_after("2016-02-01", 100),
        False,
    ),
    case("meetings_used_up", "one of one held", planned(1), MEETING, True),
    case("meetings_used_up", "one of two held", planned(2), MEETING, False),
    case("meetings_used_up", "one of one held, with a result", with_result(planned(1)), "2016-03-01", False),
    case(
        "meetings_used_up",
        "more were added",
        and_then(planned(1), (itself, "extend", {"planned_meetings": 2}, "2016-01-27")),
        "2016-01-28",
        False,
    ),
    case(
        "meetings_used_up",
        "the series is suspended",
        and_then(planned(1), (itself, "suspend", {"revisit": "1.9.2016"}, "2016-01-27")),
        "2016-02-28",
        False,
    ),
    case("nothing_agreed_twice", "twice", two_meetings(), "2016-02-16", True),
    case("nothing_agreed_twice", "once", two_meetings(), "2016-02-15", False),
    case("nothing_agreed_twice", "something was", two_meetings(agreed=True), "2016-02-17", False),
    case(
        "nothing_agreed_twice",
        "the series is suspended",
        and_then(two_meetings(), (itself, "suspend", {"revisit": "1.9.2016"}, "2016-02-17")),
        "2016-02-18",
        False,
    ),
    case("attendance_falling", "under half", two_meetings(present=(CROWD, FEW)), "2016-02-16", True),
    case("attendance_falling", "just half", two_meetings(present=(CROWD, HALF)), "2016-02-16", False),
    case("attendance_falling", "one sector twice", two_meetings(present=(ALONE, ALONE)), "2016-02-16", True),
    case("attendance_falling", "one sector once", two_meetings(present=(ALONE, HERE)), "2016-02-16", False),
    case(
        "attendance_falling",
        "the theme is suspended",
        and_then(two_meetings(present=(CROWD, FEW)), (its_theme, "suspend", {"revisit": "1.9.2016"}, "2016-02-17")),
        "2016-02-18",
        False,
    ),
    case("required_seat_missing", "twice", two_meetings(required=True), "2016-02-16", True),
    case("required_seat_missing", "once", two_meetings(required=True, present=({}, HERE)), "2016-02-16", False),
    case(
        "required_seat_missing", "a deputy came", two_meetings(required=True, present=({}, DEPUTY)), "2016-02-16", False
    ),
    case("required_seat_missing", "no seat must be filled", two_meetings(), "2016-02-16", False),
    case(
        "required_seat_missing",
        "the series is suspended",
        and_then(two_meetings(required=True), (itself, "suspend", {"revisit": "1.9.2016"}, "2016-02-17")),
        "2016-02-18",
        False,
    ),
    case(
        "no_convener",
        "since today",
        seats(("unseat", {"person": "Aino Äijälä", "until": "2016-03-01"})),
        "2016-03-02",
        True,
    ),
    case(
        "no_convener",
        "until today",
        seats(("unseat", {"person": "Aino Äijälä", "until": "2016-03-01"})),
        "2016-03-01",
        False,
    ),
    case("no_convener", "a resting table", table_in(TableState.DORMANT), "2016-03-01", False),
    case("no_secretary", "since today", seats(("unseat", AWAY)), "2016-04-01", True),
    case("no_secretary", "another writes from today on", seats(("unseat", AWAY), ("seat", NEXT)), "2016-04-01", False),
    case("role_ends_soon", "in less than ninety days", seats(("unseat", AWAY)), "2016-02-01", True),
    case(
        "role_ends_soon",
        "in more than ninety days",
        seats(("unseat", AWAY | {"until": "2016-05-02"})),
        "2016-02-01",
        False,
    ),
    case("role_ends_soon", "somebody follows", seats(("unseat", AWAY), ("seat", NEXT)), "2016-02-02", False),
    case("role_ends_soon", "nobody knew of it yet", seats(("unseat", AWAY)), "2016-01-31", False),
    case("project_ends", "in ninety days", of_project("2016-05-01"), "2016-02-01", True),
    case("project_ends", "in ninety-one days", of_project("2016-05-02"), "2016-02-01", False),
    case(
        "project_ends",
        "somebody goes on",
        of_project("2016-05-01", to="Göran Öhman", since="2016-05-02"),
        "2016-02-02",
        False,
    ),
    case("actions_done_no_result", "sixty-one days", CLOSED, days_after("2016-02-01", 61), True),
    case("actions_done_no_result", "sixty days", CLOSED, days_after("2016-02-01", 60), False),
    case("actions_done_no_result", "with a result", with_result(CLOSED), days_after("2016-02-01", 61), False),
    case(
        "actions_done_no_result",
        "suspended for some of them",
        rested(CLOSED, "2016-02-02", "2016-02-12"),
        days_after("2016-02-01", 70),
        False,
    ),
    case("result_not_checked", "the day after", theme_in(T.RESULTS_REACHED), "2016-05-02", True),
    case("result_not_checked", "on the day", theme_in(T.RESULTS_REACHED), "2016-05-01", False),
    case("result_not_checked", "it was", checked(theme_in(T.RESULTS_REACHED)), "2016-05-02", False),
    case("referral_not_sent", "fifteen days", DRAFTED, "2016-01-26", True),
    case("referral_not_sent", "fourteen days", DRAFTED, "2016-01-25", False),
    case("referral_not_sent", "sent", referral_in(ReferralState.SENT), "2016-01-26", False),
    case(
        "referral_not_sent",
        "suspended for some of them",
        rested(DRAFTED, "2016-01-12", "2016-01-22", of=its_theme),
        "2016-02-04",
        False,
    ),
    case("referral_undecided", "ninety-one days", SENT, days_after("2016-01-11", 91), True),
    case("referral_undecided", "ninety days", SENT, days_after("2016-01-11", 90), False),
    case("referral_undecided", "taken up meanwhile", TAKEN_UP, days_after("2016-01-11", 91), True),
    case("referral_undecided", "decided", referral_in(ReferralState.DECIDED), days_after("2016-01-11", 91), False),
    case(
        "referral_undecided",
        "suspended for some of them",
        rested(SENT, "2016-01-12", "2016-01-22", of=its_theme),
        days_after("2016-01-11", 100),
        False,
    ),
    case("not_reported_back", "the day after the table has met", decided_before("2.2.2016"), "2016-02-03", True),
    case("not_reported_back", "the day the table meets", decided_before("2.2.2016"), "2016-02-02", False),
    case(
        "not_reported_back",
        "reported",
        reported(decided_before("2.2.2016")),
        "2016-02-03",
        False,
    ),
    case(
        "not_reported_back",
        "the theme is suspended",
        and_then(decided_before("2.2.2016"), (its_theme, "suspend", {"revisit": "1.9.2016"}, "2016-02-03")),
        "2016-02-04",
        False,
    ),
    case("time_in_state", "a matter of ninety-one days", waiting_item, days_after("2016-01-11", 91), True),
    case("time_in_state", "a matter of ninety days", waiting_item, days_after("2016-01-11", 90), False),
    case(
        "time_in_state",
        "suspended for some of them",
        rested(waiting_item, "2016-02-02", "2016-02-12"),
        days_after("2016-01-11", 100),
        False,
    ),
    case("time_in_state", "another cause says it already", DIVIDED, "2016-05-20", False),
    case("time_in_state", "a table that is not founded", table_in(TableState.PROPOSED), "2016-04-11", True),
    case("time_in_state", "a table that may yet be founded", table_in(TableState.PROPOSED), "2016-04-10", False),
]


def short(case: Case) -> str:
    """The short name of the table at which a case happens."""
    return f"poyta-{CASES.index(case)}"


# The edge cases of the design (`domain.md` 9), by their numbers


def last_before_summer(work: Work, short: str) -> Any:
    """A meeting in May, after which everybody goes on holiday."""
    series = meeting_dated("24.5.2016", MeetingState.HELD)(work, short)
    divide(work, series.meetings[0])
    return series


def three_of_three(work: Work, short: str) -> Any:
    """Three meetings were planned and held."""
    series = series_at(work, theme_at(work, keuruu(work, short), ThemeState.PROPOSED), SeriesState.PLANNED)
    for day in ("2.2.2016", "1.3.2016", "5.4.2016"):
        divide(work, meeting_on(work, series, day, MeetingState.HELD))
    return series


def project_with_open_work(work: Work, short: str) -> Any:
    """A project ends while work is open, and with it the work of the secretary."""
    table = of_project("2016-04-30")(work, short)
    step(work, table, "unseat", {"person": "Pekka Näätänen", "until": "2016-04-30"}, on=on("2016-02-01"))
    return action_at(work, theme_at(work, table, ThemeState.CONVENED), ActionState.ASSIGNED, due="1.9.2016")


def term_renewed(work: Work, short: str) -> Any:
    """Half of the members change with the term; both halves have work."""
    theme = theme_at(work, keuruu(work, short), ThemeState.CONVENED)
    for body in ("Äijälän kyläyhdistys", "Keuruun seurakunta"):
        action_at(work, theme, ActionState.ASSIGNED, to=body, due="1.9.2016")
        work.session.refresh(theme)
    step(
        work,
        theme.table,
        "unseat",
        {"organisation": "Äijälän kyläyhdistys", "until": "2016-04-30"},
        on=on("2016-02-01"),
    )
    step(work, theme.table, "new_term", {"begins": "1.5.2016", "ends": "30.4.2018"}, on=on("2016-02-01"))
    return theme


NUMBERED: dict[str, Scene] = {
    "case-thirteen": project_with_open_work,
    "case-fifteen": three_of_three,
    "case-twenty-two": action_in(A.ASSIGNED, due="24.6.2016"),
    "case-twenty-three": last_before_summer,
    "case-twenty-four": term_renewed,
}
