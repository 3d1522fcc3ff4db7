"""What is known of a table and of a theme on the day of the audit: all that the causes are looked for in."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from models.states import Role
from workflow.pasting import typed_short
from workflow.stalled.clock import Span, number_of


class TableRow(NamedTuple):
    """A partnership table."""

    id: int
    slug: str
    name: str
    state: str
    since: str
    kind: str
    area: str | None
    rhythm: str
    parent: int | None
    project: int | None
    project_name: str | None
    project_ends: str | None
    project_owner: int | None


class SeatRow(NamedTuple):
    """A seat at a table, or over a project or an area."""

    table: int | None
    role: str
    since: str
    until: str | None
    required: int
    person: int | None
    organisation: int | None
    home: int | None
    """The organisation of the person."""
    person_name: str | None
    organisation_name: str | None
    project: int | None = None
    area: str | None = None

    def held_on(self, day: str) -> bool:
        """Whether it was somebody's on that day; the last day counts. Days are ISO texts, which sort as days do."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def name(self) -> str:
        """Who holds it."""
        return self.person_name or self.organisation_name or ""

    @property
    def ref(self) -> str:
        """The reference of who holds it."""
        return f"P{self.person}" if self.person is not None else f"G{self.organisation}"


class ThemeRow(NamedTuple):
    """A theme. `entered`: when it came to its state first, before it was set aside and went on there."""

    table: int
    id: int
    title: str
    state: str
    since: str
    entered: str
    life: int
    life_began: str | None
    returned: str | None


class SeriesRow(NamedTuple):
    """A series of meetings."""

    table: int
    theme: int
    id: int
    state: str
    since: str
    entered: str
    planned: int | None


class MeetingRow(NamedTuple):
    """A meeting of a series, its own or a joint one. Who came is known of one that was held."""

    table: int
    theme: int
    series: int
    id: int
    state: str
    since: str
    begins_at: str | None
    agreed: int | None
    present: int | None
    sectors: int | None
    """How many sectors were there: 0, 1, or 2 for several; nothing, where only a total was counted."""


class PresentRow(NamedTuple):
    """Somebody who was at a meeting."""

    table: int
    theme: int
    meeting: int
    person: int | None
    organisation: int | None
    deputy_for: int | None


class ItemRow(NamedTuple):
    """A matter that nobody has taken to an agenda yet."""

    table: int
    theme: int
    id: int
    number: int
    meeting: int | None
    position: int | None
    title: str
    since: str


class MemoRow(NamedTuple):
    """The memo of a meeting."""

    table: int
    theme: int
    meeting: int
    id: int
    state: str
    since: str


class ActionRow(NamedTuple):
    """A piece of work."""

    table: int
    theme: int
    id: int
    what: str
    state: str
    since: str
    due_on: str | None
    by_next_meeting: int
    series: int | None
    reckoned_from: str | None
    """From when "the next meeting" is reckoned."""
    waiting_for: str | None
    person: int | None
    person_name: str | None
    forgotten: str | None
    organisation: int | None
    organisation_name: str | None


class ResultRow(NamedTuple):
    """A result."""

    table: int
    theme: int
    id: int
    title: str
    state: str
    since: str
    check_on: str | None
    life: int
    checked: str | None
    """When it was last looked at."""


class ReferralRow(NamedTuple):
    """A matter taken to a body that has the power. `sent`: when it went out, if it has."""

    table: int
    theme: int
    id: int
    title: str
    state: str
    since: str
    sent: str | None
    body: str | None


class AsideRow(NamedTuple):
    """An entry by which a thing was set aside, or went on."""

    table: int
    theme: int
    id: int
    move: str
    source: str | None
    to: str
    happened_at: str


ASIDE = frozenset({"suspended", "waiting", "dormant"})
"""The states in which the clock of a thing stands."""


def spans_of(entries: Iterable[AsideRow], today: int) -> list[Span]:
    """The spans in which a thing was set aside. What was taken back has not been."""
    spans: list[Span] = []
    for each in entries:
        day, undone = number_of(each.happened_at), each.move == "undo"
        if each.to in ASIDE and each.source not in ASIDE:
            if undone and spans:
                spans[-1] = spans[-1][0], today
            else:
                spans.append((day, today))
        elif each.source in ASIDE and each.to not in ASIDE and spans:
            begun, _ = spans.pop()
            if not undone:
                spans.append((begun, day))
    return spans


class Holder(NamedTuple):
    """Who holds the ball: a person, an organisation, a body that nobody here knows more of, or whoever has a role."""

    kind: str
    name: str | None = None
    ref: str | None = None
    role: str | None = None


class KnownTable:
    """A table on that day."""

    def __init__(
        self, row: TableRow, seats: Sequence[SeatRow], rules: Mapping[str, tuple[str, int | None]], today: int, day: str
    ) -> None:
        self.row = row
        self.ref = row.slug
        self.typed = typed_short(row.slug)
        self.seats = seats
        self.rules = rules
        self.today = today
        self.day = day
        self.aside: list[Span] = []
        self.coordinators: Sequence[SeatRow] = ()
        self._holders: dict[str, Holder] = {}

    def seated(self, role: str) -> list[SeatRow]:
        """The seats in a role that are held on the day."""
        return [seat for seat in self.seats if seat.role == role and seat.held_on(self.day)]

    def holder(self, role: str) -> Holder:
        """Who has a role: the person, where it is one, else the role alone."""
        if role not in self._holders:
            self._holders[role] = self._holder(role)
        return self._holders[role]

    def _holder(self, role: str) -> Holder:
        seats = [seat for each in OFFICE.get(role, (role,)) for seat in self.seated(each)]
        if role == Role.COORDINATOR:
            seats += [seat for seat in self.coordinators if seat.held_on(self.day) and self._covered_by(seat)]
        people = {seat.person: seat for seat in seats if seat.person is not None}
        if len(people) == 1:
            (seat,) = people.values()
            return Holder("person", seat.person_name, seat.ref, role)
        return Holder("role", ", ".join(seat.name for seat in people.values()) or None, None, role)

    def _covered_by(self, seat: SeatRow) -> bool:
        if seat.project is not None:
            return seat.project == self.row.project
        return seat.area is not None and seat.area == self.row.area


OFFICE = {"office": (Role.CONVENER, Role.SECRETARY, Role.CHAIR)}
"""What is said of the three roles together."""


class KnownTheme:
    """A theme on that day, with all that is around it; most themes have little of it."""

    series: Sequence[SeriesRow] = ()
    meetings: Sequence[MeetingRow] = ()
    """In the order of their dates; those without a date come last."""
    joint: Sequence[MeetingRow] = ()
    present: Sequence[PresentRow] = ()
    memos: Sequence[MemoRow] = ()
    items: Sequence[ItemRow] = ()
    actions: Sequence[ActionRow] = ()
    results: Sequence[ResultRow] = ()
    referrals: Sequence[ReferralRow] = ()
    aside: Sequence[Span] = ()
    series_aside: Mapping[int, Sequence[Span]] = MappingProxyType({})
    action_aside: Mapping[int, Sequence[Span]] = MappingProxyType({})

    def __init__(self, table: KnownTable, row: ThemeRow) -> None:
        self.table = table
        self.row = row
        self.ref = f"T{row.id}"
        self.today = table.today

    def meetings_of(self, series: int | None) -> Sequence[MeetingRow]:
        """The meetings of one series, or of all, in the order of their dates."""
        return self.meetings if series is None else [each for each in self.meetings if each.series == series]

    def held(self, series: int | None) -> list[MeetingRow]:
        """The meetings of a series that took place, in the order of their dates."""
        return [each for each in self.meetings_of(series) if each.state in TOOK_PLACE]

    def ahead(self, series: int | None) -> list[MeetingRow]:
        """The meetings of a series that are dated today or later."""
        return [
            each
            for each in self.meetings_of(series)
            if each.state in TO_COME and each.begins_at is not None and number_of(each.begins_at) >= self.today
        ]

    def around(self, series: SeriesRow) -> Sequence[Span]:
        """When a series was set aside: on its own, or with its theme or table."""
        own = self.series_aside.get(series.id, ())
        return [*self.aside, *own] if own else self.aside

    def waited(self, action: ActionRow) -> Sequence[Span]:
        """When an action waited for a body, or was set aside with its theme."""
        own = self.action_aside.get(action.id, ())
        return [*self.aside, *own] if own else self.aside


ALWAYS = ("results", "referrals")
"""What every theme is read with, ended or not: what it has left behind may need something still."""

PARTS = ("series", "meetings", "joint", "present", "memos", "items", "actions")
"""What a theme that goes on is read with: attributes of `KnownTheme`, and passes over the rows of those names."""

TO_COME = frozenset({"planned", "convened", "agenda_set"})
TOOK_PLACE = frozenset({"held", "actions_assigned", "completed"})


def by_date(meeting: MeetingRow) -> tuple[Any, ...]:
    """The order of meetings."""
    return meeting.begins_at is None, meeting.begins_at or "", meeting.id
