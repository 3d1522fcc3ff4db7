"""Things at any stage of their life, brought there through the gate: in Keuruu, in the spring of 2016.

`thing_at(work, kind, state)` makes whatever the thing needs around it. The others take what it belongs to, so that a
test says what matters to it. Each step is made by somebody who may, a little later than whatever came before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import Action, Referral, Result, Rota
from models.meetings import AgendaItem, Meeting, MeetingSeries, Memo
from models.people import Organisation, Person
from models.states import (
    ActionState,
    ItemOutcome,
    ItemState,
    MeetingState,
    MemoState,
    ReferralState,
    ResultState,
    Role,
    RotaState,
    Sector,
    SeriesState,
    TableState,
    ThemeState,
)
from models.tables import PartnershipTable, Theme
from workflow.belonging import BELONGS
from workflow.days import local_day
from workflow.engine import make_move, make_new
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.register import Noted, note
from workflow.work import Work

BEGINNING = datetime(2016, 1, 11, 9, tzinfo=UTC)
REASON = "Näin sovittiin"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

PARTIES = {
    "Keuruun kaupunki": Sector.MUNICIPALITY,
    "Äijälän kyläyhdistys": Sector.VILLAGE,
    "Keuruun seurakunta": Sector.PARISH,
    "Keuruun 4H-yhdistys": Sector.ASSOCIATION,
    "Möksyn Leipä Oy": Sector.COMPANY,
}
PEOPLE = {
    "Aino Äijälä": "Keuruun kaupunki",
    "Göran Öhman": "Keuruun seurakunta",
    "Pekka Näätänen": "Keuruun 4H-yhdistys",
    "Sirkka Möttönen": "Äijälän kyläyhdistys",
    "Kerttu Sjöström": None,
    "Väinö Vieras": None,
}
"""Everybody, and the party that each speaks for. The last has no seat anywhere."""

SEATS: Iterable[Mapping[str, object]] = (
    {"person": "Aino Äijälä", "role": Role.CONVENER},
    {"person": "Göran Öhman", "role": Role.CHAIR},
    {"person": "Pekka Näätänen", "role": Role.SECRETARY},
    {"organisation": "Äijälän kyläyhdistys"},
    {"organisation": "Möksyn Leipä Oy"},
    {"person": "Kerttu Sjöström", "role": Role.COORDINATOR},
)
MEMBERS = ("Aino Äijälä", "Göran Öhman", "Pekka Näätänen", "Äijälän kyläyhdistys", "Möksyn Leipä Oy")
"""Who comes to a meeting."""


def first_people(session: Session) -> Person:
    """Everybody and their parties, before there is a table. Answers Aino, who founds it and becomes its convener."""
    parties = {name: Organisation(name=name, sector=sector) for name, sector in PARTIES.items()}
    people = [
        Person(name=name, organisation=parties.get(home or ""), pseudonym=f"person-{number}")
        for number, (name, home) in enumerate(PEOPLE.items(), start=1)
    ]
    session.add_all([*parties.values(), *people])
    session.flush()
    nobody = Work(session, Person(name=""), BEGINNING)
    for party in (*parties.values(), *people):
        note(nobody, Noted(party.stream, "add"))
    return people[0]


def person(work: Work, name: str) -> Person:
    """Somebody, by the beginning of the name."""
    found: Person = work.find(name, "person")
    return found


def acting(work: Work, name: str) -> Work:
    """The same work, done by somebody else."""
    return replace(work, actor=person(work, name))


# One step


def step(work: Work, row: Any, move: str, given: Mapping[str, object] | None = None, on: datetime | None = None) -> Any:
    """Make one move as somebody who may, with every warning confirmed. Answers the thing."""
    made = PAGE[row.kind].moves[move]
    how = How(on=on or later(work, row), reason=REASON if made.reason else None, confirmed=True)
    return make_move(as_one_of(work, row, made.by), row, move, given, how).made.row


def new(work: Work, kind: str, parent: Any, given: Mapping[str, object] | None = None) -> Any:
    """Make a new thing as somebody who may."""
    on = BEGINNING if parent is None else later(work, parent)
    how = How(on=on, confirmed=True)
    worker = work if parent is None else as_one_of(work, parent, PAGE[kind].creation.by)
    return make_new(worker, kind, parent, given, how).made.row


def later(work: Work, row: Any) -> datetime:
    """An hour after the last thing that happened to it or to what it is a part of."""
    moment = max(_moments(row)) + HOUR
    assert moment <= work.now, "the spring is over: fewer meetings, please"
    return moment


def _moments(row: Any) -> Iterable[datetime]:
    yield row.state_since
    if row.kind == "theme":
        yield row.table.state_since
        yield from (series.state_since for series in row.series)
    for name in BELONGS[row.kind]:
        if (parent := getattr(row, name)) is not None:
            yield from _moments(parent)


def as_one_of(work: Work, row: Any, roles: Iterable[Role]) -> Work:
    """The same work, done by somebody who has one of these roles."""
    everybody = [work.actor, *work.session.scalars(select(Person).order_by(Person.id))]
    for one in everybody:
        worker = replace(work, actor=one)
        if worker.roles(row, work.today) & set(roles):
            return worker
    raise AssertionError(f"nobody here is any of {list(roles)}")


# Tables


def keuruu(work: Work, short: str = "keuruu") -> PartnershipTable:
    """An active table of five parties from as many sectors."""
    return table_at(work, TableState.ACTIVE, short)


def table_at(work: Work, state: TableState, short: str = "keuruu") -> PartnershipTable:
    """A table in any state."""
    told = {"name": f"{short.capitalize()}n kumppanuuspöytä", "short": short, "kind": "network", "rhythm": "monthly"}
    table: PartnershipTable = new(work, "table", None, told | {"area": "Keuruu", "responsible": "Aino Äijälä"})
    for seat in SEATS:
        step(work, table, "seat", seat)
    for move in _TABLE[state]:
        given = {"decided_by": "kaupunginhallitus", "paragraph": "§ 7"} if move == "found" else None
        step(work, table, move, given)
    return table


_TABLE: Mapping[TableState, tuple[str, ...]] = {
    TableState.PROPOSED: (),
    TableState.RETURNED: ("return",),
    TableState.DECLINED: ("decline",),
    TableState.ACTIVE: ("found",),
    TableState.DORMANT: ("found", "rest"),
    TableState.ENDED: ("found", "end"),
}


# Themes and their series


def theme_at(work: Work, table: PartnershipTable, state: ThemeState, title: str = "Yksinäisyys") -> Theme:
    """A theme in any state, with the series and meetings that it takes to get there."""
    told = {"title": title, "why_together": "Kukaan ei pysty siihen yksin", "proposer": "Äijälän kyläyhdistys"}
    theme: Theme = new(work, "theme", table, told)
    if state in (ThemeState.SUSPENDED, ThemeState.DISCONTINUED):
        series_at(work, theme, SeriesState.CONVENED)
        told = {"revisit": "1.9.2016"} if state is ThemeState.SUSPENDED else {"outcome": "no_resources"}
        step(work, theme, "suspend" if state is ThemeState.SUSPENDED else "discontinue", told)
    elif state is ThemeState.DECLINED:
        step(work, theme, "decline")
    elif state is not ThemeState.PROPOSED:
        series_at(work, theme, SeriesState(state.value))
        if theme.state is not state:
            step(work, theme, "reach_results")
    return theme


def series_at(work: Work, theme: Theme, state: SeriesState) -> MeetingSeries:
    """A series in any state, with the meetings that it takes to get there."""
    series: MeetingSeries = new(work, "series", theme, {"planned_meetings": 3})
    if state is SeriesState.RESULTS_REACHED:
        meeting = meeting_at(work, series, MeetingState.COMPLETED)
        for action in theme.actions:
            step(work, action, "close", {"outcome": "Kyytirinki ajaa joka tiistai"})
        result_at(work, theme, ResultState.RECORDED)
        step(work, series, "reach_results", on=later(work, meeting))
    elif state is SeriesState.SUSPENDED:
        meeting_at(work, series, MeetingState.CONVENED)
        step(work, series, "suspend", {"revisit": "1.9.2016"})
    elif state is SeriesState.DISCONTINUED:
        step(work, series, "discontinue")
    elif state is not SeriesState.PLANNED:
        meeting_at(work, series, MeetingState(state.value))
    return series


# Meetings


def meeting_at(work: Work, series: MeetingSeries, state: MeetingState) -> Meeting:
    """A meeting in any state: on a Tuesday evening two or three weeks after it was convened."""
    meeting: Meeting = new(work, "meeting", series)
    for move in _MEETING[state]:
        _BEFORE.get(move, _nothing)(work, meeting)
        given, on = _TOLD.get(move, _nothing)(work, meeting) or (None, None)
        step(work, meeting, move, given, on)
    return meeting


_MEETING: Mapping[MeetingState, tuple[str, ...]] = {
    MeetingState.PLANNED: (),
    MeetingState.CONVENED: ("convene",),
    MeetingState.AGENDA_SET: ("convene", "set_agenda"),
    MeetingState.HELD: ("convene", "set_agenda", "hold"),
    MeetingState.ACTIONS_ASSIGNED: ("convene", "set_agenda", "hold", "assign_actions"),
    MeetingState.COMPLETED: ("convene", "set_agenda", "hold", "assign_actions", "complete"),
    MeetingState.CANCELLED: ("convene", "cancel"),
}


def _nothing(work: Work, meeting: Meeting) -> Any:
    return None


def _convened(work: Work, meeting: Meeting) -> Any:
    day = local_day(later(work, meeting) + 15 * DAY)
    tuesday = day + (1 - day.weekday()) % 7 * DAY
    told = {"when": f"{tuesday.day}.{tuesday.month}.{tuesday.year} klo 17-18.30", "place": "Keuruun kirjasto"}
    return told | {"channel": "open_call"}, None


def _held(work: Work, meeting: Meeting) -> Any:
    return {"present": list(MEMBERS)}, meeting.begins_at


def _brought_a_matter(work: Work, meeting: Meeting) -> None:
    item_at(work, meeting, ItemState.ACCEPTED)


def _agreed(work: Work, meeting: Meeting) -> None:
    """The table agrees on its goal, settles every matter and divides the work."""
    theme = meeting.series.theme
    if theme.goal_agreed_in is None:
        told = {"goal": "Kukaan ei jää yksin", "agreed_in": f"M{meeting.id}", "parties": list(PARTIES)}
        step(work, theme, "goal", told, on=meeting.state_since)
    for item in [item for item in meeting.items if item.state is ItemState.ACCEPTED]:
        step(work, item, "settle", {"outcome": ItemOutcome.AGREED, "agreed": "Kokeillaan kyytirinkiä"})
        action_at(work, item, ActionState.ASSIGNED)


def _confirmed(work: Work, meeting: Meeting) -> None:
    """The memo is sent round, and nobody objects."""
    memo_at(work, meeting, MemoState.CONFIRMED)


def _completed(work: Work, meeting: Meeting) -> Any:
    return None, later(work, meeting.memos[0])


_BEFORE = {"set_agenda": _brought_a_matter, "assign_actions": _agreed, "complete": _confirmed}
_TOLD = {"convene": _convened, "hold": _held, "complete": _completed}


def complete(work: Work, meeting: Meeting) -> None:
    """Complete a meeting, once its memo is confirmed."""
    _confirmed(work, meeting)
    step(work, meeting, "complete", *_completed(work, meeting))


# What meetings bring forth


def item_at(
    work: Work, parent: Meeting | Theme, state: ItemState, title: str = "Kyydit kirkonkylälle", **told: object
) -> AgendaItem:
    """A matter in any state, brought to a meeting or left with its theme."""
    usual = {"title": title, "origin": "village", "origin_detail": "Äijälä", "submitter": "Sirkka Möttönen"}
    said = usual | {"minutes": 20, "presenter": "Göran Öhman"} | told
    item: AgendaItem = new(work, "item", parent, {name: value for name, value in said.items() if value is not None})
    if state in (ItemState.ACCEPTED, ItemState.SETTLED):
        step(work, item, "accept")
    if state is ItemState.SETTLED:
        held = parent.state not in (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.AGENDA_SET)
        step(work, item, "settle", {"outcome": ItemOutcome.NOTED if held else ItemOutcome.CARRIED_OVER})
    elif state in (ItemState.DECLINED, ItemState.WITHDRAWN):
        step(work, item, "decline" if state is ItemState.DECLINED else "withdraw")
    return item


def action_at(
    work: Work,
    parent: AgendaItem | Meeting | Theme,
    state: ActionState,
    what: str = "Kootaan kyytirinki",
    to: str = "Äijälän kyläyhdistys",
    **told: object,
) -> Action:
    """A piece of work in any state, given to an organisation or a person."""
    action: Action = new(work, "action", parent, {"what": what, "to": to} | told)
    for move in _ACTION[state]:
        given = {"wait": {"for": "ELY-keskus"}, "close": {"outcome": "Kyytirinki ajaa joka tiistai"}}.get(move)
        worker = acting(work, "Sirkka Möttönen") if move == "refuse" else work
        step(worker, action, move, given)
    return action


_ACTION: Mapping[ActionState, tuple[str, ...]] = {
    ActionState.ASSIGNED: (),
    ActionState.IN_PROGRESS: ("start",),
    ActionState.WAITING: ("start", "wait"),
    ActionState.REPORTED_DONE: ("start", "report_done"),
    ActionState.CLOSED: ("start", "report_done", "close"),
    ActionState.REFUSED: ("refuse",),
    ActionState.DROPPED: ("drop",),
}


def memo_at(work: Work, meeting: Meeting, state: MemoState) -> Memo:
    """A memo in any state, of a meeting that was held. It is confirmed when nobody has objected in time."""
    memo: Memo = new(work, "memo", meeting)
    step(work, memo, "edit", {"text": "Keskusteltiin kyydeistä."})
    for move in _MEMO[state]:
        step(work, memo, move, _told_of_memo(memo).get(move), _of_memo(work, memo, move))
    return memo


def _told_of_memo(memo: Memo) -> Mapping[str, Mapping[str, str]]:
    silent, until = memo.state_since + DAY, memo.state_since + 30 * DAY
    return {"circulate": {"silent_until": f"{silent:%d.%m.%Y}"}, "publish": {"until": f"{until:%d.%m.%Y}"}}


def _of_memo(work: Work, memo: Memo, move: str) -> datetime:
    return later(work, memo) + (3 * DAY if move == "confirm" else 0 * DAY)


_MEMO: Mapping[MemoState, tuple[str, ...]] = {
    MemoState.DRAFT: (),
    MemoState.CIRCULATED: ("circulate",),
    MemoState.OBJECTED: ("circulate", "object"),
    MemoState.CONFIRMED: ("circulate", "confirm"),
    MemoState.PUBLISHED: ("circulate", "confirm", "publish"),
    MemoState.WITHDRAWN: ("circulate", "confirm", "publish", "withdraw"),
}


def rota_at(work: Work, theme: Theme, state: RotaState, title: str = "Kahvia ja kohtaamisia", **told: object) -> Rota:
    """An activity in which three parties take turns. The first has had its turn."""
    usual = {"title": title, "rhythm": "monthly", "parties": list(PARTIES)[:3]}
    rota: Rota = new(work, "rota", theme, usual | told)
    step(work, rota, "turn", {"due": "1.4.2016"})
    if state is RotaState.ENDED:
        step(work, rota, "end")
    return rota


def referral_at(
    work: Work, parent: AgendaItem | Theme, state: ReferralState, title: str = "Avustus kyytirinkiin", **told: object
) -> Referral:
    """A referral in any state. The table hears of the decision in the newest meeting of the theme."""
    usual = {"title": title, "body": "Keuruun tekninen lautakunta", "asked": "1 500 €"}
    referral: Referral = new(work, "referral", parent, usual | told)
    for move in _REFERRAL[state]:
        step(work, referral, move, _of_referral(referral, move))
    return referral


def _of_referral(referral: Referral, move: str) -> dict[str, object]:
    if move == "decide":
        return {"decision": "partly_approved", "granted": 1000, "paragraph": "§ 42", "register_number": "KEU/52/2016"}
    if move == "report_back":
        heard = max(meeting.id for series in referral.theme.series for meeting in series.meetings)
        return {"meeting": f"M{heard}"}
    return {}


_REFERRAL: Mapping[ReferralState, tuple[str, ...]] = {
    ReferralState.DRAFTED: (),
    ReferralState.SENT: ("send",),
    ReferralState.UNDER_CONSIDERATION: ("send", "take_up"),
    ReferralState.DECIDED: ("send", "take_up", "decide"),
    ReferralState.REPORTED_BACK: ("send", "take_up", "decide", "report_back"),
    ReferralState.WITHDRAWN: ("withdraw",),
}


def result_at(work: Work, theme: Theme, state: ResultState, title: str = "Kyytirinki") -> Result:
    """A result in any state."""
    told = {"title": title, "kind": "own_work", "extent": "partly", "check_on": "1.5.2016"}
    result: Result = new(work, "result", theme, told | {"actions": [f"A{action.id}" for action in theme.actions]})
    for move in _RESULT[state]:
        step(work, result, move, {"lasting": "lasting"} if move == "check" else None)
    return result


_RESULT: Mapping[ResultState, tuple[str, ...]] = {
    ResultState.RECORDED: (),
    ResultState.CONFIRMED: ("confirm",),
    ResultState.CHECKED: ("confirm", "check"),
}


# Anything


def thing_at(work: Work, kind: str, state: Any) -> Any:
    """A thing of any kind in any state, with whatever it needs around it."""
    if kind == "table":
        return table_at(work, state)
    table = keuruu(work)
    if kind == "theme":
        return theme_at(work, table, state)
    theme = theme_at(work, table, ThemeState.PROPOSED)
    if kind == "series":
        return series_at(work, theme, state)
    if kind == "result":
        return result_at(work, theme, state)
    if kind == "rota":
        return rota_at(work, theme, state)
    series = series_at(work, theme, SeriesState.PLANNED)
    if kind == "meeting":
        return meeting_at(work, series, state)
    meeting = meeting_at(work, series, MeetingState.HELD)
    if kind == "memo":
        return memo_at(work, meeting, state)
    if kind == "referral":
        return referral_at(work, item_at(work, meeting, ItemState.ACCEPTED), state)
    return item_at(work, meeting, state) if kind == "item" else action_at(work, meeting, state)
