"""Small worlds without a database: plain rows that the page's own promises and follow-ons are asked of.

A world is a tuple, so that two can be compared. `changed_by` makes every move of one row that the gate's plan lets
through, by somebody who holds every role, has confirmed every warning and overrides nothing. What people merely write
down (a place, who was there, the goal) is always there, so that only the states of things stand in each other's way.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from models.states import (
    ActionState,
    ItemOutcome,
    ItemState,
    MeetingState,
    MemoState,
    Presence,
    ResultState,
    Role,
    Sector,
    SeriesState,
    TableKind,
    TableState,
    ThemeState,
)
from workflow.attempt import Attempt, Step
from workflow.changes import CHANGES
from workflow.lifecycles import PAGE
from workflow.planning import Plan
from workflow.work import Work


class ThemeIs(NamedTuple):
    """A theme, with a table of its own."""

    state: Any = ThemeState.PROPOSED
    came_from: Any = None


class SeriesIs(NamedTuple):
    """A series of a theme."""

    theme: int
    state: Any = SeriesState.PLANNED
    came_from: Any = None
    with_theme: bool = False


class MeetingIs(NamedTuple):
    """A meeting of one series, or of several; on the first day, the second ... or none yet."""

    series: tuple[int, ...]
    state: Any = MeetingState.PLANNED
    day: int = 0


class ItemIs(NamedTuple):
    """A matter of a theme, on the agenda of a meeting or of none."""

    theme: int
    meeting: int
    state: Any = ItemState.SUBMITTED
    outcome: Any = None
    copied: bool = False


class ActionIs(NamedTuple):
    """A piece of work."""

    theme: int
    meeting: int
    state: Any = ActionState.ASSIGNED
    came_from: Any = None


class ResultIs(NamedTuple):
    """A result of the present life of its theme. Those of earlier ones are forgotten."""

    theme: int
    state: Any = ResultState.RECORDED


class MemoIs(NamedTuple):
    """The memo of a meeting."""

    meeting: int
    state: Any = MemoState.DRAFT


class World(NamedTuple):
    """Everything there is, on a day."""

    today: int = 0
    themes: tuple[ThemeIs, ...] = ()
    series: tuple[SeriesIs, ...] = ()
    meetings: tuple[MeetingIs, ...] = ()
    items: tuple[ItemIs, ...] = ()
    actions: tuple[ActionIs, ...] = ()
    results: tuple[ResultIs | None, ...] = ()
    memos: tuple[MemoIs, ...] = ()


class Size(NamedTuple):
    """How large a world may grow, and which moves are left out of it, since nothing else depends on them."""

    days: int = 2
    series: int = 1
    meetings: int = 2
    items: int = 0
    actions: int = 0
    results: int = 1
    memos: bool = False
    without: frozenset[str] = frozenset()


NOWHERE = -1
"""The meeting of what belongs to none."""

# The rows of a world

MONDAY = datetime(2016, 2, 1, 15, tzinfo=UTC)


class Row:
    """A row that has what it is told."""

    def __init__(self, kind: str, **told: Any) -> None:
        self.kind = kind
        self.state_since = self.came_from = None
        self.__dict__.update(told)


class Watched(Row):
    """A row that notes when somebody looks at what may be otherwise in another world."""


def _watched(name: str) -> property:
    def look(row: Any) -> Any:
        told = row.__dict__
        if (at := told.get("at")) is not None:
            told["looked_at"].update(told["all"].get(name, (at,)))
        return told[name]

    return property(look, lambda row, value: row.__dict__.__setitem__(name, value))


for _name in (
    "state", "came_from", "suspended_with_theme", "begins_at", "ends_at", "outcome", "carried_from_id", "meeting",
    "meeting_id", "items", "memos",
):  # fmt: skip
    setattr(Watched, _name, _watched(_name))
"""What two worlds of the same things may differ in. Whoever looks at a date looks at what day it is, too."""


def _always(day: date) -> bool:
    return True


_TOWN = Row("organisation", id=1, name="Keuruun kaupunki", sector=Sector.MUNICIPALITY)
_VILLAGE = Row("organisation", id=2, name="Äijälän kyläyhdistys", sector=Sector.VILLAGE)
_EVERYBODY: Any = Row("person", id=1, organisation_id=1, organisation=_TOWN)
_SEATS = [
    Row(
        "seat",
        person_id=1,
        person=_EVERYBODY,
        organisation_id=None,
        role=role,
        party=party,
        required=False,
        held_on=_always,
    )
    for role, party in [(Role.CONVENER, _TOWN), (Role.SECRETARY, _VILLAGE), (Role.CHAIR, _TOWN)]
]
_PRESENT = [
    Row("attendance", presence=Presence.PRESENT, party=party, person=_EVERYBODY, deputy_for=None)
    for party in (_TOWN, _VILLAGE)
]
_OF_NOBODY = {"submitter": None, "presenter": None, "confidential": None}
_AGENDA = (
    Row(
        "item",
        id=99,
        state=ItemState.SETTLED,
        outcome=ItemOutcome.AGREED,
        needs_no_action=True,
        origin="x",
        minutes=1,
        actions=(),
        **_OF_NOBODY,
    ),
)
"""What is always on the agenda where a world has no matters of its own."""
_MEMO = (Row("memo", id=99, state=MemoState.CONFIRMED),)
"""What was written of every meeting where a world has no memos of its own."""
_LONG_AGO = Row("meeting", id=99, state=MeetingState.COMPLETED)


class Rows:
    """The rows of a world, as the gate sees them. What moves them makes another world.

    Whatever of the world is looked at while they are moved is added to `looked_at`, by its place among all rows.
    """

    def __init__(self, world: World, size: Size, looked_at: set[int]) -> None:
        self.today = world.today
        self.agenda = () if size.items else _AGENDA
        self.written = () if size.memos else _MEMO
        self.themes: list[Any] = []
        self.series: list[Any] = []
        self.meetings: list[Any] = []
        self.items: list[Any] = []
        self.actions: list[Any] = []
        self.results: list[Any] = []
        self.memos: list[Any] = []
        for theme in world.themes:
            self.themes.append(self.theme(theme))
        for series in world.series:
            self.add(self.one_series(series))
        for meeting in world.meetings:
            self.add(self.meeting(meeting))
        for item in world.items:
            self.add(self.item(item))
        for action in world.actions:
            self.add(self.action(action))
        for result in world.results:
            self.add(self.result(result))
        for memo in world.memos:
            self.add(self.memo(memo))
        self._watch(world, looked_at)

    def _watch(self, world: World, looked_at: set[int]) -> None:
        before_items, before_memos = sum(map(len, world[1:4])), sum(map(len, world[1:7]))
        every = {
            "items": range(before_items, before_items + len(world.items)),
            "memos": range(before_memos, before_memos + len(world.memos)),
        }
        for place, row in enumerate(self.all):
            row.__dict__.update(at=place, looked_at=looked_at, all=every)

    @property
    def all(self) -> list[Any]:
        """Every row that has a life."""
        return [
            *self.themes, *self.series, *self.meetings, *self.items, *self.actions, *self.results, *self.memos
        ]  # fmt: skip

    def add(self, row: Any) -> None:
        """Let its parents know of a row."""
        kept = {"series": self.series, "meeting": self.meetings, "item": self.items, "action": self.actions}
        kept |= {"result": self.results, "memo": self.memos}
        kept[row.kind].append(row)
        if row.kind == "meeting":
            row.series.meetings.append(row)
            for series in row.all_series:
                series.all_meetings.append(row)
            return
        getattr(row.theme, {"series": "series"}.get(row.kind, f"{row.kind}s")).append(row)
        if row.kind == "item" and row.meeting is not None:
            row.meeting.items.append(row)
        if row.kind == "memo":
            row.meeting.memos.append(row)

    def theme(self, each: ThemeIs) -> Watched:
        """A theme with its table."""
        table = Row(
            "table", id=len(self.themes), state=TableState.ACTIVE, kind_of_table=TableKind.NETWORK, house_rules=(),
            seats=_SEATS, seated=lambda day: _SEATS, slug="keuruu", name="Keuruu", responsible_person_id=1,
            project_id=None, languages="fi",
        )  # fmt: skip
        return Watched(
            "theme", id=len(self.themes), state=each.state, came_from=each.came_from, table=table, life=1, goal="x",
            goal_parties="x", goal_agreed_in=_LONG_AGO, evaluation="x", proposer_told_on="x", responsible_person_id=1,
            series=[], items=[], actions=[], referrals=(), results=[], memos=[], proposer=None,
        )  # fmt: skip

    def one_series(self, each: SeriesIs) -> Watched:
        """A series of a theme."""
        theme = self.themes[each.theme]
        return Watched(
            "series", id=len(self.series), state=each.state, came_from=each.came_from, theme=theme, table=theme.table,
            suspended_with_theme=each.with_theme, planned_meetings=3, meetings=[], all_meetings=[],
        )  # fmt: skip

    def meeting(self, each: MeetingIs) -> Watched:
        """A meeting of a series, or of several."""
        series = [self.series[number] for number in each.series]
        row = Watched(
            "meeting", id=len(self.meetings), state=each.state, series=series[0], all_series=series,
            table=series[0].table, place="x", channels="x", items_by=None, chair_id=1, secretary_id=1,
            items=[*self.agenda], memos=[*self.written], no_actions_because="x", attendance=_PRESENT, head_counts=(),
            agenda_places=0, reschedules=0, chair=_EVERYBODY, secretary=_EVERYBODY,
        )  # fmt: skip
        on(row, each.day)
        return row

    def item(self, each: ItemIs) -> Watched:
        """A matter of a theme."""
        theme = self.themes[each.theme]
        row = Watched(
            "item", id=len(self.items), state=each.state, theme=theme, theme_id=theme.id, table=theme.table,
            outcome=each.outcome, origin="x", minutes=1, position=1, number=1, needs_no_action=True, actions=(),
            submitter_id=1, title="x", carried_from_id=1 if each.copied else None, origin_detail=None,
            kind_of_item=None, precedes=None,
            presenter_id=None, presenting_organisation_id=None, **_OF_NOBODY,
        )  # fmt: skip
        put_on(row, None if each.meeting == NOWHERE else self.meetings[each.meeting])
        return row

    def action(self, each: ActionIs) -> Watched:
        """A piece of work."""
        theme = self.themes[each.theme]
        row = Watched(
            "action", id=len(self.actions), state=each.state, came_from=each.came_from, theme=theme,
            table=theme.table, outcome="x", waiting_for="x", responsible_person_id=1, shares=(),
            responsible_organisation_id=None, reported_by_id=None, postponements=0,
            responsible_person=_EVERYBODY,
        )  # fmt: skip
        put_on(row, None if each.meeting == NOWHERE else self.meetings[each.meeting])
        return row

    def result(self, each: ResultIs) -> Watched:
        """A result."""
        theme = self.themes[each.theme]
        return Watched(
            "result", id=len(self.results), state=each.state, theme=theme, table=theme.table, life=1, lasting="x"
        )

    def memo(self, each: MemoIs) -> Watched:
        """The memo of a meeting. The others have had their time for objecting."""
        meeting = self.meetings[each.meeting]
        return Watched(
            "memo", id=len(self.memos), state=each.state, meeting=meeting, theme=meeting.series.theme,
            table=meeting.table, entries_written="x", silent_until=date(2016, 1, 1), confirmed_in=None,
            published_until=date(2016, 6, 1), register_number=None,
        )  # fmt: skip

    def world(self) -> World:
        """The world that they make up, each in its place. Nobody moves them any more."""
        for row in self.all:
            row.__dict__.pop("at", None)
        place = {id(meeting): number for number, meeting in enumerate(self.meetings)} | {id(None): NOWHERE}
        return World(
            self.today,
            tuple(ThemeIs(each.state, aside(each)) for each in self.themes),
            tuple(SeriesIs(each.theme.id, each.state, aside(each), each.suspended_with_theme) for each in self.series),
            tuple(MeetingIs(tuple(s.id for s in each.all_series), each.state, day_of(each)) for each in self.meetings),
            tuple(
                ItemIs(each.theme.id, place[id(each.meeting)], each.state, each.outcome, bool(each.carried_from_id))
                for each in self.items
            ),
            tuple(ActionIs(each.theme.id, place[id(each.meeting)], each.state, aside(each)) for each in self.actions),
            tuple(
                ResultIs(each.theme.id, each.state) if each.life == each.theme.life else None for each in self.results
            ),
            tuple(MemoIs(place[id(each.meeting)], each.state) for each in self.memos),
        )


def on(meeting: Any, day: int) -> None:
    """Let a meeting be on a day."""
    meeting.begins_at = MONDAY + timedelta(days=day) if day else None
    meeting.ends_at = meeting.begins_at + timedelta(minutes=90) if day else None


def day_of(meeting: Any) -> int:
    """The day of a meeting, or 0."""
    return (meeting.begins_at - MONDAY).days if meeting.begins_at else 0


def put_on(row: Any, meeting: Any) -> None:
    """Let a matter, or work, belong to a meeting or to none."""
    row.meeting, row.meeting_id = meeting, None if meeting is None else meeting.id


def aside(row: Any) -> Any:
    """Where it goes back to, if it is set aside."""
    return row.came_from if row.state in (ThemeState.SUSPENDED, ActionState.WAITING) else None


# Moving them


class Choice(NamedTuple):
    """A move of one of the rows, or of something new under it, and what it is told."""

    kind: str
    move: str
    row: int
    told: Any = None


class Changed(NamedTuple):
    """What a row did, and the world that came of it, each thing still in its place."""

    choice: Choice
    world: World


def changed_by(world: World, place: int, size: Size, looked_at: set[int]) -> Iterator[Changed]:
    """Every world that one move of the row at a place leads to, or something new under it."""
    rows = Rows(world, size, looked_at)
    touched = False
    for choice in list(_choices(rows, place, size)):
        if touched:
            rows = Rows(world, size, looked_at)
        plan = plan_of(rows, choice)
        touched = not plan.reasons or choice.told is not None
        if not plan.reasons:
            carry_out(rows, plan)
            if all(len(theme.items) <= size.items for theme in rows.themes):
                yield Changed(choice, rows.world())


def _choices(rows: Rows, place: int, size: Size) -> Iterator[Choice]:
    row = rows.all[place]
    for made in PAGE[row.kind].moves_from(row.state):
        moves = made.to is not None or made.name == "reschedule"
        if made.by and moves and f"{row.kind} {made.name}" not in size.without:
            yield from (Choice(row.kind, made.name, place, told) for told in _told(rows, row, made.name, size))
    for kind in _new_under(row, size):
        yield Choice(kind, PAGE[kind].creation.name, place)


def _told(rows: Rows, row: Any, move: str, size: Size) -> Iterator[Any]:
    if row.kind == "meeting" and (move == "reschedule" or (move == "convene" and day_of(row) < max(1, rows.today))):
        taken = {day_of(other) for series in row.all_series for other in series.all_meetings}
        yield from (day for day in range(max(1, rows.today), size.days + 1) if day not in taken)
    elif move == "settle":
        yield from (ItemOutcome.NOTED, ItemOutcome.CARRIED_OVER)
    elif move == "accept" and row.meeting is None:
        yield from (meeting.id for series in row.theme.series for meeting in series.all_meetings)
    else:
        yield None


def _new_under(row: Any, size: Size) -> Iterator[str]:
    if row.kind == "theme":
        if len(row.series) < size.series:
            yield "series"
        if size.results and not any(result.life == row.life for result in row.results):
            yield "result"
    if row.kind == "series" and len(row.meetings) < size.meetings:
        yield "meeting"
    if row.kind == "meeting" and size.memos and not row.memos:
        yield "memo"
    if row.kind in ("theme", "meeting"):
        theme = row if row.kind == "theme" else row.series.theme
        if len(theme.items) < size.items:
            yield "item"
        if len(theme.actions) < size.actions:
            yield "action"


def somebody(today: int) -> Work:
    """Somebody who sits in every seat and to whom all work is given, on a day."""
    session: Any = None  # nobody needs a database to plan
    worker = Work(session, _EVERYBODY, MONDAY + timedelta(days=today))
    worker.coordinates = []
    return worker


def plan_of(rows: Rows, choice: Choice) -> Plan:
    """What the gate says to it."""
    row, made = rows.all[choice.row], PAGE[choice.kind].moves[choice.move]
    if made.creates:
        row = _new(rows, choice.kind, row)
    elif choice.told is not None:
        _tell(rows, row, made.name, choice.told)
    work = somebody(rows.today)
    plan = Plan(work)
    role = work.first_role(made.by, row, work.today)
    attempt = Attempt(work.now, work.today, reason="x", confirmed=True, role=role)
    plan.add(Step(PAGE[choice.kind], row, made, attempt))
    return plan


def _tell(rows: Rows, row: Any, move: str, told: Any) -> None:
    if move == "settle":
        row.outcome = told
    elif move == "accept":
        put_on(row, rows.meetings[told])
    else:
        on(row, told)


def _new(rows: Rows, kind: str, parent: Any) -> Any:
    if kind == "series":
        return rows.one_series(SeriesIs(parent.id))
    if kind == "result":
        return rows.result(ResultIs(parent.id))
    if kind == "meeting":
        return rows.meeting(MeetingIs((parent.id,)))
    if kind == "memo":
        return rows.memo(MemoIs(parent.id))
    theme, meeting = (parent.id, NOWHERE) if parent.kind == "theme" else (parent.series.theme.id, parent.id)
    return rows.item(ItemIs(theme, meeting)) if kind == "item" else rows.action(ActionIs(theme, meeting))


def carry_out(rows: Rows, plan: Plan) -> None:
    """Move the rows as the gate would."""
    made: dict[int, Any] = {}
    for step in plan.steps:
        row = made.get(id(step.row), step.row)
        if change := CHANGES.get(f"{step.life.kind} {step.move.name}"):
            change(step, plan.work)
        if step.move.creates:
            made[id(row)] = row = row if isinstance(row, Row) else _plain(rows, row)
            row.state = step.to
            rows.add(row)
        elif step.to is not row.state:
            row.came_from, row.state = row.state, step.to


def _plain(rows: Rows, item: Any) -> Any:
    """A plain row like the matter that the program put forward."""
    copied = item.carried_from_id is not None
    return rows.item(ItemIs(item.theme.id, NOWHERE if item.meeting is None else item.meeting.id, copied=copied))
