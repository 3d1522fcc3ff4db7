"""What lifecycles.md says, told once more in code that knows nothing of the program: a model to compare it with.

Written by hand from sections 1-4 of that text, and from DECISIONS.md where it departs from it. A theme with its series,
meetings, memos, matters, actions, referrals and results, at one table. `Model.make` and `Model.bring` say whether a
move is made, every reason why it is not, and where everything stands after it; `Model.undo` takes the newest command
back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")

DIFFERS = frozenset(
    {
        "work given outside a meeting comes on no agenda",
        "an override told of a series counts for its theme",
        "a series that was held stays there when an earlier meeting is convened",
        "a series that an undoing left behind its current meeting does not catch up with it",
        "an undone hold keeps its roster",
        "work given to a meeting itself does not count there",
    }
)
"""Where the program does something else than the text says, for now. Whoever mends one of them takes it out here."""

# Who (section 4)

OFFICE = frozenset({"convener", "chair", "secretary"})
AT_THE_TABLE = OFFICE | {"member"}
CONVENER = frozenset({"convener"})
SECRETARY = frozenset({"secretary"})
RESPONSIBLE = frozenset({"responsible"})
SUBMITTER = frozenset({"submitter"})
NOBODY: frozenset[str] = frozenset()

# The moves (section 2), row by row


class Row(NamedTuple):
    """A move: out of which states, to which (`None`: it stays; `back`: where it was), by whom."""

    sources: tuple[str, ...]
    to: str | None
    by: frozenset[str]
    reason: bool = False
    sent_out: bool = False


NEW = ()
MILESTONES = ("convened", "agenda_set", "held", "actions_assigned")
BEFORE_RESULTS = ("proposed", *MILESTONES)
DATED = ("planned", "convened", "agenda_set")
OPEN_MEETING = (*DATED, "held", "actions_assigned")
OPEN_ACTION = ("assigned", "in_progress", "waiting", "reported_done", "refused")
OPEN_REFERRAL = ("drafted", "sent", "under_consideration", "decided")
ENDED_THEME = ("results_reached", "declined", "discontinued")
ENDED_SERIES = ("results_reached", "discontinued")
TOOK_PLACE = ("held", "actions_assigned", "completed")
CONFIRMED = ("confirmed", "published", "withdrawn")
"""A memo that was confirmed, whatever was done with it then."""

LEFT_BEHIND = "a series that an undoing left behind its current meeting does not catch up with it" in DIFFERS
STAYS_HELD = "a series that was held stays there when an earlier meeting is convened" in DIFFERS

MOVES: dict[str, dict[str, Row]] = {
    "theme": {
        "propose": Row(NEW, "proposed", AT_THE_TABLE),
        "return": Row(("proposed",), None, OFFICE, reason=True),
        "decline": Row(("proposed",), "declined", OFFICE, reason=True),
        "convene": Row(("proposed",), "convened", CONVENER, sent_out=True),
        "set_agenda": Row(("convened",), "agenda_set", NOBODY),
        "hold": Row(("agenda_set",), "held", NOBODY),
        "assign_actions": Row(("held",), "actions_assigned", NOBODY),
        "reach_results": Row(("actions_assigned",), "results_reached", CONVENER),
        "suspend": Row(MILESTONES, "suspended", OFFICE, reason=True),
        "resume": Row(("suspended",), "back", OFFICE),
        "discontinue": Row((*BEFORE_RESULTS, "suspended"), "discontinued", CONVENER, reason=True),
        "reopen": Row(ENDED_THEME, "proposed", CONVENER, reason=True, sent_out=True),  # a new life is not taken back
        "goal": Row((*BEFORE_RESULTS, "suspended"), None, OFFICE),
        "evaluate": Row((*BEFORE_RESULTS, "suspended", "results_reached"), None, OFFICE),
        "tell_proposer": Row((*BEFORE_RESULTS, "suspended", *ENDED_THEME), None, OFFICE),
    },
    "series": {
        "plan": Row(NEW, "planned", OFFICE),
        "convene": Row(("planned", "actions_assigned"), "convened", NOBODY),
        "set_agenda": Row(("convened",), "agenda_set", NOBODY),
        "hold": Row(("agenda_set",), "held", NOBODY),
        "assign_actions": Row(("held",), "actions_assigned", NOBODY),
        "fall_back": Row(("agenda_set",) if STAYS_HELD else ("agenda_set", "held"), "convened", NOBODY),
        "call_off": Row(("convened", "agenda_set") if STAYS_HELD else MILESTONES[:3], "planned", NOBODY),
        "reach_results": Row(("actions_assigned",), "results_reached", CONVENER),
        "suspend": Row(MILESTONES, "suspended", OFFICE, reason=True),
        "resume": Row(("suspended",), "back", OFFICE),
        "discontinue": Row(("planned", *MILESTONES, "suspended"), "discontinued", CONVENER, reason=True),
        "extend": Row(("planned", *MILESTONES, "suspended"), None, OFFICE, reason=True),
    },
    "meeting": {
        "plan": Row(NEW, "planned", OFFICE),
        "convene": Row(("planned",), "convened", CONVENER, sent_out=True),
        "set_agenda": Row(("convened",), "agenda_set", OFFICE),
        "hold": Row(("agenda_set",), "held", OFFICE),
        "assign_actions": Row(("held",), "actions_assigned", OFFICE),
        "complete": Row(("actions_assigned",), "completed", SECRETARY | CONVENER),
        "reschedule": Row(DATED, None, CONVENER, reason=True),
        "change_mode": Row(DATED, None, OFFICE),
        "cancel": Row(DATED, "cancelled", CONVENER, reason=True, sent_out=True),
    },
    "memo": {
        "draft": Row(NEW, "draft", OFFICE),
        "edit": Row(("draft",), None, OFFICE),
        "circulate": Row(("draft",), "circulated", OFFICE, sent_out=True),
        "object": Row(("circulated",), "objected", AT_THE_TABLE, reason=True),
        "revise": Row(("objected",), "draft", OFFICE),
        "confirm": Row(("circulated",), "confirmed", OFFICE),
        "publish": Row(("confirmed",), "published", OFFICE, sent_out=True),
        "withdraw": Row(("published",), "withdrawn", OFFICE, sent_out=True),
    },
    "item": {
        "submit": Row(NEW, "submitted", AT_THE_TABLE),
        "accept": Row(("submitted",), "accepted", OFFICE),
        "settle": Row(("accepted",), "settled", OFFICE),
        "decline": Row(("submitted",), "declined", OFFICE, reason=True),
        "withdraw": Row(("submitted", "accepted"), "withdrawn", SUBMITTER),
        "release": Row(("submitted", "accepted"), "submitted", NOBODY),
    },
    "action": {
        "assign": Row(NEW, "assigned", OFFICE),
        "start": Row(("assigned",), "in_progress", RESPONSIBLE | OFFICE),
        "report_done": Row(("assigned", "in_progress"), "reported_done", RESPONSIBLE | OFFICE),
        "wait": Row(("assigned", "in_progress"), "waiting", RESPONSIBLE | OFFICE),
        "resume": Row(("waiting",), "back", RESPONSIBLE | OFFICE),
        "close": Row(("assigned", "in_progress", "waiting", "reported_done"), "closed", SECRETARY),
        "refuse": Row(("assigned",), "refused", RESPONSIBLE, reason=True),
        "reassign": Row(OPEN_ACTION, "assigned", OFFICE, reason=True),
        "postpone": Row(OPEN_ACTION, None, OFFICE, reason=True),
        "drop": Row(OPEN_ACTION, "dropped", OFFICE, reason=True),
        "reopen": Row(("closed", "dropped"), "assigned", OFFICE, reason=True),
    },
    "referral": {
        "add": Row(NEW, "drafted", OFFICE),
        "send": Row(("drafted",), "sent", OFFICE, sent_out=True),
        "take_up": Row(("sent",), "under_consideration", OFFICE),
        "decide": Row(("sent", "under_consideration"), "decided", OFFICE),
        "report_back": Row(("decided",), "reported_back", OFFICE),
        "withdraw": Row(("drafted", "sent", "under_consideration"), "withdrawn", OFFICE, reason=True),
    },
    "result": {
        "add": Row(NEW, "recorded", OFFICE),
        "confirm": Row(("recorded",), "confirmed", OFFICE),
        "check": Row(("confirmed", "checked"), "checked", OFFICE),
    },
}

CREATION = {kind: next(name for name, row in moves.items() if row.sources is NEW) for kind, moves in MOVES.items()}
PARENTS = {
    "theme": ("table",),
    "series": ("theme",),
    "meeting": ("series",),
    "memo": ("meeting",),
    "item": ("meeting", "theme"),
    "action": ("item", "meeting", "theme"),
    "referral": ("item", "theme"),
    "result": ("theme",),
}

# What there is


class Seat(NamedTuple):
    """Who sits at the table, in what role: a person, or whoever speaks for an organisation."""

    role: str
    person: str | None
    party: str
    required: bool = False


class Thing(SimpleNamespace):
    """Something that lives: its state, and what was told of it."""


USUAL: dict[str, dict[str, Any]] = {
    "theme": {"responsible": None, "proposer": None, "goal": None, "agreed_in": None, "parties": (),
              "evaluated": False, "told": False, "life": 1},
    "series": {"planned_meetings": None, "with_theme": False},
    "meeting": {"begins": None, "minutes": None, "place": None, "channel": None, "present": (), "count": (),
                "because": None, "chair": None, "secretary": None},
    "memo": {"text": None, "sent": None, "silent_until": None, "confirmed_in": None},
    "item": {"origin": None, "minutes": None, "meeting": None, "outcome": None, "no_action": False, "submitter": None,
             "copied": False},
    "action": {"to": None, "meeting": None, "item": None, "outcome": None, "body": None},
    "referral": {"meeting": None, "item": None, "body": None, "decision": None, "heard_in": None},
    "result": {"lasting": None, "life": 1},
}  # fmt: skip
"""What a new thing is like when nothing is told of it."""


class How(NamedTuple):
    """Beside what is told: when it is, and what is confirmed, overridden and given as a reason."""

    now: datetime
    reason: bool = True
    confirmed: bool = True
    overrides: frozenset[str] = frozenset()


class Answer(NamedTuple):
    """Whether it was made, and every reason why not."""

    made: bool
    codes: frozenset[str] = frozenset()
    number: int = -1
    """Of what it was made to."""


class Entry(NamedTuple):
    """One move of one thing, as the history has it."""

    number: int
    move: str
    source: str | None
    to: str


class Model:
    """A table and everything at it. `homes` says whom each person speaks for, `sectors` what each party is."""

    def __init__(
        self, seats: Iterable[Seat], homes: Mapping[str, str | None], sectors: Mapping[str, str], **table: Any
    ) -> None:
        self.seats = tuple(seats)
        self.homes = homes
        self.sectors = sectors
        self.things: dict[int, Thing] = {0: Thing(kind="table", number=0, state="active", **table)}
        self.commands: list[tuple[dict[int, Thing], list[Entry]]] = []

    def make(self, number: int, name: str, who: str, told: dict[str, Any], how: How) -> Answer:
        """One move of one thing, with all that follows."""
        thing = self.things[number]
        row = MOVES[thing.kind][name]
        if thing.state not in row.sources:
            return Answer(False, frozenset({"wrong_state"}))
        trial = Trial(self, how)
        moved = trial.things[number]
        return self._carry_out(trial, moved, name, who, told)

    def bring(self, kind: str, parent: int, who: str, told: dict[str, Any], how: How) -> Answer:
        """Something new."""
        trial = Trial(self, how)
        return self._carry_out(trial, trial.new(kind, trial.things[parent]), CREATION[kind], who, told)

    def undo(self, number: int, who: str, how: How) -> bool:
        """Take back the newest command that moved a thing, if it can be. Whether it could."""
        before, entries = next(each for each in reversed(self.commands) if number in {one.number for one in each[1]})
        cause = entries[0]
        kind = self.things[cause.number].kind
        row = MOVES[kind].get(cause.move)
        if row is None or row.to is None or row.sources is NEW or not how.reason:
            return False  # an undoing, an event or a beginning is not undone
        if any(MOVES[self.things[one.number].kind][one.move].sent_out for one in entries):
            return False
        if not row.by & self.roles(who, self.things[cause.number]):
            return False
        if any(self._newest(one.number) is not entries for one in entries):
            return False  # something was built on it
        return self._take_back(before, entries, how)

    def roles(self, who: str, thing: Thing) -> frozenset[str]:
        """In what roles somebody acts on a thing (section 4)."""
        held = {seat.role for seat in self.seats if seat.person == who}
        if held - {"coordinator"} or any(s.person is None and s.party == self.homes[who] for s in self.seats):
            held.add("member")
        if thing.kind == "item" and thing.submitter == who:
            held.add("submitter")
        if thing.kind == "action" and thing.to is not None and thing.to in (who, self.homes[who]):
            held.add("responsible")
        return frozenset(held)

    def states(self) -> dict[int, str]:
        """Where everything stands."""
        return {number: thing.state for number, thing in self.things.items() if thing.kind != "table"}

    def _carry_out(self, trial: "Trial", thing: Thing, name: str, who: str, told: dict[str, Any]) -> Answer:
        row = MOVES[thing.kind][name]
        if not row.by:
            trial.codes.add("only_follows")
        elif not row.by & self.roles(who, thing):
            trial.codes.add("role_missing")
        if row.reason and not trial.how.reason:
            trial.codes.add("reason_missing")
        trial.may_override = trial.how.reason and "convener" in self.roles(who, thing)
        trial.tell(thing, name, told, who)
        trial.take(thing, name)
        if trial.codes:
            return Answer(False, frozenset(trial.codes))
        self.commands.append((self.things, trial.entries))
        self.things = trial.things
        return Answer(True, number=thing.number)

    def _newest(self, number: int) -> list[Entry] | None:
        return next((es for _, es in reversed(self.commands) if number in {one.number for one in es}), None)

    def _take_back(self, before: dict[int, Thing], entries: list[Entry], how: How) -> bool:
        trial = Trial(self, how)
        for number in {one.number for one in entries}:
            if number in before:
                trial.things[number] = self._as_before(before[number], trial.things[number])
            else:
                trial.things[number].state = "withdrawn"  # what followed into being
        for one in entries:
            for promise in trial.broken(trial.things[one.number]):
                if promise.fixed:
                    return False
        back = [Entry(one.number, "undo", one.to, one.source or "withdrawn") for one in entries]
        self.commands.append((self.things, back))
        self.things = trial.things
        return True

    @staticmethod
    def _as_before(before: Thing, now: Thing) -> Thing:
        """A thing with all that was told of it before."""
        thing = copy(before)
        if thing.kind == "meeting" and "an undone hold keeps its roster" in DIFFERS:
            thing.present, thing.count = now.present, now.count
        return thing


# One attempt


class Broken(NamedTuple):
    """A promise that does not hold."""

    code: str
    fixed: bool
    warning: bool


class Trial:
    """An attempt at one move, on a copy of everything, which is thrown away if there is a reason against it."""

    def __init__(self, model: Model, how: How) -> None:
        self.model = model
        self.how = how
        self.things = {number: copy(thing) for number, thing in model.things.items()}
        self.codes: set[str] = set()
        self.entries: list[Entry] = []
        self.may_override = False
        self.day = local(how.now)

    # What there is

    def of(self, kind: str, **like: Any) -> list[Thing]:
        """Everything of a kind of which that is true."""
        return [
            each
            for each in self.things.values()
            if each.kind == kind and all(getattr(each, name) == value for name, value in like.items())
        ]

    def new(self, kind: str, parent: Thing, **told: Any) -> Thing:
        """Something under its parent."""
        thing = Thing(kind=kind, number=len(self.things), state=None, came_from=None, **USUAL[kind])
        if kind != "theme":
            thing.theme = parent.number if parent.kind == "theme" else parent.theme
        if kind == "meeting":
            thing.series = parent.number
        if kind in ("memo", "item", "action", "referral"):
            thing.meeting = parent.number if parent.kind == "meeting" else getattr(parent, "meeting", None)
        if kind in ("action", "referral"):
            thing.item = parent.number if parent.kind == "item" else None
        if kind == "result":
            thing.life = self.things[thing.theme].life
        thing.__dict__.update(told)
        self.things[thing.number] = thing
        return thing

    def current(self, series: Thing) -> Thing | None:
        """The earliest meeting of a series that is still under way (2.2)."""
        under_way = [each for each in self.of("meeting", series=series.number) if each.state in MILESTONES[:3]]
        return min(under_way, key=by_date, default=None)

    # What is told

    def tell(self, thing: Thing, name: str, told: dict[str, Any], who: str) -> None:
        """Note what a move is told."""
        if name == "hold" and thing.kind == "meeting" and thing.begins and thing.begins <= self.how.now:
            self.day = local(thing.begins)  # it happened when it was to begin
        if name == "submit":
            thing.submitter = who
        if name == "circulate":
            thing.silent_until = None  # a day that was told before is over
        if "present" in told:
            told = told | {"present": tuple({*thing.present, *told["present"]})}
        thing.__dict__.update(told)

    # Moving

    def take(self, thing: Thing, name: str, follows: bool = False) -> None:
        """Move a thing, ask every promise of the state that it enters, and let follow what follows."""
        row = MOVES[thing.kind][name]
        assert row.sources is NEW or thing.state in row.sources, f"{thing.kind} {name} out of {thing.state}"
        was = thing.state
        thing.state = {None: was, "back": thing.came_from}.get(row.to, row.to)
        self.entries.append(Entry(thing.number, name, was, thing.state))
        if thing.state in ("suspended", "waiting") and was != thing.state:
            thing.came_from = was
        if thing.kind == "series" and name in ("suspend", "resume"):
            thing.with_theme = follows and name == "suspend"
        if name == "reopen" and thing.kind == "theme":
            thing.life, thing.agreed_in, thing.evaluated, thing.told = thing.life + 1, None, False, False
        if thing.state != was:
            if name == "circulate":
                thing.sent = self.day
            self.ask(thing)
        FOLLOW.get(thing.kind, nothing)(self, thing, name)

    def ask(self, thing: Thing) -> None:
        """Note every promise that does not hold and is not waived."""
        for promise in self.broken(thing):
            if not (self.how.confirmed if promise.warning else self.overridden(promise)):
                self.codes.add(promise.code)

    def overridden(self, promise: "Broken") -> bool:
        """Whether the convener overrides it, with a reason: never what is fixed, and a warning is not overridden."""
        waivable = not (promise.fixed or promise.warning)
        return waivable and self.may_override and promise.code in self.how.overrides

    def broken(self, thing: Thing) -> Iterator[Broken]:
        """Every promise of the state it is in that does not hold."""
        for codes, level, holds in PROMISES[thing.kind](self, thing):
            if not holds:
                yield Broken(codes, level == "F", level == "W")


def local(moment: datetime) -> date:
    """The day it is in Finland."""
    return moment.astimezone(HELSINKI).date()


def by_date(meeting: Thing) -> tuple[bool, Any, int]:
    """The order of meetings; one without a date is last."""
    return meeting.begins is None, meeting.begins, meeting.number


def nothing(trial: Trial, thing: Thing, name: str) -> None:
    """Nothing follows."""


# What each state promises (section 2)

Promised = Iterator[tuple[str, str, bool]]


def of_theme(trial: Trial, theme: Thing) -> Promised:
    """2.1."""
    seats, table = trial.model.seats, trial.things[0]
    sectors = {trial.model.sectors[seat.party] for seat in seats}
    if theme.state == "convened":
        yield "table_active", "F", table.state == "active"
        yield "convener_seated", "F", any(seat.role == "convener" for seat in seats)
        yield "secretary_seated", "R", any(seat.role == "secretary" for seat in seats)
        yield "two_sectors_seated", "F", len(sectors) >= 2
        yield "responsible_person_named", "R", bool(theme.responsible or table.responsible)
        if table.sort != "networking":
            locals_too = bool(sectors & {"residents", "association", "village"})
            yield "residents_or_associations_seated", "W", locals_too
        yield "size_5_to_20", "W", 5 <= len({seat.party for seat in seats}) <= 20
        yield (
            "planned_meetings_stated",
            "W",
            any(each.planned_meetings for each in trial.of("series", theme=theme.number)),
        )
    elif theme.state == "agenda_set":
        yield "goal_drafted", "W", theme.goal is not None
    elif theme.state == "actions_assigned":
        agreed_in = None if theme.agreed_in is None else trial.things[theme.agreed_in]
        held = agreed_in is not None and agreed_in.state in TOOK_PLACE
        yield "goal_agreed", "R", theme.goal is not None and held and bool(theme.parties)
    elif theme.state == "results_reached":
        actions = trial.of("action", theme=theme.number)
        yield "result_recorded", "F", bool(trial.of("result", theme=theme.number, life=theme.life))
        yield "actions_settled", "R", all(each.state not in OPEN_ACTION for each in actions)
        referrals = trial.of("referral", theme=theme.number)
        yield "referrals_settled", "R", all(each.state not in ("drafted", "decided") for each in referrals)
        yield "series_ended", "F", all(s.state in ENDED_SERIES for s in trial.of("series", theme=theme.number))
        yield "evaluated", "W", theme.evaluated
        yield "proposer_told", "W", theme.told or theme.proposer is None


def of_series(trial: Trial, series: Thing) -> Promised:
    """2.2, and DECISIONS.md."""
    theme = trial.things[series.theme]
    meetings = trial.of("meeting", series=series.number)
    if series.state == "planned":
        yield "theme_open", "F", theme.state not in ENDED_THEME
    elif series.state in MILESTONES:
        yield "theme_under_way", "F", theme.state not in (*ENDED_THEME, "suspended")
    elif series.state == "results_reached":
        yield "result_recorded", "F", bool(trial.of("result", theme=theme.number, life=theme.life))
        yield "no_meeting_open", "F", all(each.state not in OPEN_MEETING for each in meetings)
    elif series.state == "discontinued":
        yield "held_meetings_completed", "F", all(m.state not in ("held", "actions_assigned") for m in meetings)


def of_meeting(trial: Trial, meeting: Thing) -> Promised:
    """2.3."""
    if meeting.state in (*OPEN_MEETING, "completed"):
        series, theme = trial.things[meeting.series], trial.things[meeting.theme]
        still = series.state not in ENDED_SERIES and theme.state not in ENDED_THEME
        yield "under_way", "F", still and "suspended" not in (series.state, theme.state)
    if meeting.state == "completed":
        memos = trial.of("memo", meeting=meeting.number)
        yield "memo_confirmed", "R", any(each.state in CONFIRMED for each in memos)
    yield from PROMISED_MEETING.get(meeting.state, lambda trial, meeting: iter(()))(trial, meeting)


def _convened(trial: Trial, meeting: Thing) -> Promised:
    yield "dated", "F", meeting.begins is not None
    yield "place_or_link", "R", meeting.place is not None
    yield "duration_60_to_90", "W", 60 <= (meeting.minutes or 0) <= 90
    yield "invitation_channel", "W", meeting.channel is not None
    if meeting.begins is not None:
        day = local(meeting.begins)
        yield "notice_14_days", "W", (day - trial.day).days >= 14
        yield "not_a_holiday", "W", not (holiday(day) or holiday(day + timedelta(days=1)))


def _agenda_set(trial: Trial, meeting: Thing) -> Promised:
    items = on_agenda(trial, meeting)
    roles = {seat.role for seat in trial.model.seats}
    yield "agenda_not_empty", "R", bool(items)
    yield "items_have_origin", "R", all(each.origin for each in items)
    yield "chair_named", "R", meeting.chair is not None or "chair" in roles
    yield "secretary_named", "R", meeting.secretary is not None or "secretary" in roles
    yield "agenda_fits_the_time", "W", sum(each.minutes or 0 for each in items) <= meeting.minutes


def _held(trial: Trial, meeting: Thing) -> Promised:
    sectors = {trial.model.sectors[party] for party in meeting.present} | set(meeting.count)
    yield "has_begun", "F", meeting.begins <= trial.how.now
    yield "attendance_recorded", "R", bool(meeting.present or meeting.count)
    yield "required_seats_present", "R", all(s.party in meeting.present for s in trial.model.seats if s.required)
    yield "two_sectors_present", "R", len(sectors) >= 2


def _actions_assigned(trial: Trial, meeting: Thing) -> Promised:
    items = [each for each in trial.of("item", meeting=meeting.number) if each.state in ("accepted", "settled")]
    agreed = {each.number: each for each in items if each.outcome == "agreed"}
    work = work_of(trial, meeting)
    parts = {trial.model.homes.get(action.to) or action.to for action in work}
    divided = all(each.no_action or trial.of("action", item=number) for number, each in agreed.items())
    owned = all(action.to for action in trial.of("action") if action.item in agreed)
    yield "items_settled", "R", all(each.state == "settled" for each in items)
    yield "work_divided", "R", divided and owned
    yield "something_agreed", "W", bool(agreed)
    yield "no_actions_explained", "R", bool(meeting.because or work)
    yield "every_party_has_a_part", "W", not work or set(meeting.present) <= parts


def work_of(trial: Trial, meeting: Thing) -> list[Thing]:
    """The actions that a meeting brought forth."""
    items = {item.number for item in trial.of("item", meeting=meeting.number)}
    itself = "work given to a meeting itself does not count there" not in DIFFERS
    work = trial.of("action")
    return [each for each in work if each.item in items or (itself and each.meeting == meeting.number)]


PROMISED_MEETING: dict[str, Callable[[Trial, Thing], Promised]] = {
    "convened": _convened,
    "agenda_set": _agenda_set,
    "held": _held,
    "actions_assigned": _actions_assigned,
}


def of_memo(trial: Trial, memo: Thing) -> Promised:
    """2.6, and DECISIONS.md."""
    meeting = trial.things[memo.meeting]
    if memo.state == "draft":
        yield "meeting_took_place", "F", meeting.state in TOOK_PLACE
    if memo.state == "circulated":
        yield "memo_written", "R", memo.text is not None
    if memo.state == "confirmed":
        heard = None if memo.confirmed_in is None else trial.things[memo.confirmed_in]
        later = heard is not None and heard.state in TOOK_PLACE and meeting.begins < heard.begins
        silent_until = memo.silent_until or memo.sent + timedelta(days=14)
        yield "silence_or_meeting", "R", later or trial.day > silent_until
    if memo.state == "published":
        yield "until_told", "W", False  # nobody says in these courses until when it stays on the web


def of_item(trial: Trial, item: Thing) -> Promised:
    """2.4, and DECISIONS.md."""
    meeting = None if item.meeting is None else trial.things[item.meeting]
    theme = trial.things[item.theme]
    if item.state in ("submitted", "accepted") and not released(trial, item):
        still = theme.state not in ENDED_THEME if meeting is None else meeting.state in (*DATED, "held")
        yield "agenda_open", "F", still
    if item.state == "accepted":
        yield "on_an_agenda", "F", meeting is not None
    if item.state == "settled":
        took_place = meeting is not None and meeting.state in TOOK_PLACE
        yield "outcome_given", "F", item.outcome is not None
        yield "discussed", "R", item.outcome == "carried_over" or took_place


def of_action(trial: Trial, action: Thing) -> Promised:
    """2.5, and DECISIONS.md."""
    if action.state in OPEN_ACTION:
        yield "theme_open", "F", trial.things[action.theme].state not in ENDED_THEME
    if action.state == "waiting":
        yield "body_named", "F", action.body is not None
    if action.state == "closed":
        yield "outcome_told", "F", action.outcome is not None


def of_referral(trial: Trial, referral: Thing) -> Promised:
    """2.6, and DECISIONS.md."""
    if referral.state == "drafted":
        yield "theme_open", "F", trial.things[referral.theme].state not in ENDED_THEME
    if referral.state == "sent":
        yield "receiver_named", "F", referral.body is not None
    if referral.state == "decided":
        yield "decision_told", "F", referral.decision is not None
    if referral.state == "reported_back":
        meeting = None if referral.heard_in is None else trial.things[referral.heard_in]
        held = meeting is not None and meeting.state in TOOK_PLACE
        yield "heard_at_the_table", "F", held


def of_result(trial: Trial, result: Thing) -> Promised:
    """2.6, and DECISIONS.md."""
    if result.state == "checked":
        yield "lasting_told", "F", result.lasting is not None


PROMISES: dict[str, Callable[[Trial, Thing], Promised]] = {
    "theme": of_theme,
    "series": of_series,
    "meeting": of_meeting,
    "memo": of_memo,
    "item": of_item,
    "action": of_action,
    "referral": of_referral,
    "result": of_result,
}


def on_agenda(trial: Trial, meeting: Thing) -> list[Thing]:
    """What is on the agenda that is set now: what was accepted or settled already, and what the program adds (2.3)."""
    there = [each for each in trial.of("item", meeting=meeting.number) if each.state in ("accepted", "settled")]
    return there + carried_over(trial, meeting) + ([STANDING] if open_work(trial, meeting) else [])


STANDING = Thing(origin="follow_up", minutes=None)


def carried_over(trial: Trial, meeting: Thing) -> list[Thing]:
    """The copies that wait for the next agenda."""
    return trial.of("item", theme=meeting.theme, meeting=None, copied=True, state="submitted")


def open_work(trial: Trial, meeting: Thing) -> list[Thing]:
    """The actions and referrals still open from other meetings."""
    referrals = [each for each in trial.of("referral", theme=meeting.theme) if each.state in OPEN_REFERRAL]
    nowhere = {None} if "work given outside a meeting comes on no agenda" in DIFFERS else set()
    return [
        each
        for each in trial.of("action", theme=meeting.theme)
        if each.state in OPEN_ACTION[:-1] and each.meeting not in {meeting.number} | nowhere
    ] + [each for each in referrals if each.meeting != meeting.number]


def released(trial: Trial, item: Thing) -> bool:
    """Whether it has just come back to its theme from a meeting that was cancelled."""
    return item.meeting is None and trial.entries[-1:] == [Entry(item.number, "release", "accepted", "submitted")]


def holiday(day: date) -> bool:
    """Finnish public holidays (domain.md 7.11)."""
    easter = easter_of(day.year)
    if day - easter in [timedelta(days=days) for days in (-2, 0, 1, 39, 49)]:
        return True
    if (day.month, day.day) in [(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)]:
        return True
    midsummer = day.month == 6 and (
        (day.weekday() == 4 and 19 <= day.day <= 25) or (day.weekday() == 5 and 20 <= day.day <= 26)
    )
    return midsummer or (day.weekday() == 5 and date(day.year, 10, 31) <= day <= date(day.year, 11, 6))


def easter_of(year: int) -> date:
    """Easter Sunday (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    w = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + w - 7 * ((a + 11 * h + 22 * w) // 451) + 114, 31)
    return date(year, month, day + 1)


# How the machines drive each other (section 3)


def after_theme(trial: Trial, theme: Thing, name: str) -> None:
    """The series likewise."""
    for series in trial.of("series", theme=theme.number):
        if name == "suspend" and series.state in MILESTONES:
            trial.take(series, "suspend", follows=True)
        elif name == "resume" and series.state == "suspended" and series.with_theme:
            trial.take(series, "resume", follows=True)
        elif name in ("discontinue", "decline") and series.state not in ENDED_SERIES:
            trial.take(series, "discontinue", follows=True)


def after_series(trial: Trial, series: Thing, name: str) -> None:
    """The theme's milestones, its end, and the meetings that an ended series takes along."""
    theme = trial.things[series.theme]
    if name == "convene" and theme.state == "proposed":
        trial.take(theme, "convene", follows=True)
    elif name in ("set_agenda", "hold", "assign_actions") and theme.state in MOVES["theme"][name].sources:
        trial.take(theme, name, follows=True)
    elif name == "resume":
        catch_up(trial, series)
    elif name == "discontinue":
        for meeting in trial.of("meeting", series=series.number):
            if meeting.state in DATED:
                trial.take(meeting, "cancel", follows=True)
    if name in ("reach_results", "discontinue"):
        all_ended = all(each.state in ENDED_SERIES for each in trial.of("series", theme=theme.number))
        if all_ended and theme.state == "actions_assigned":
            theme.state = "results_reached"
            loosely = "an override told of a series counts for its theme" in DIFFERS
            holds = all(loosely and trial.overridden(promise) for promise in trial.broken(theme))
            theme.state = "actions_assigned"
            if holds:
                trial.take(theme, "reach_results", follows=True)


def after_meeting(trial: Trial, meeting: Thing, name: str) -> None:
    """The series follows its current meeting; matters come onto the agenda, or go back to the theme."""
    series = trial.things[meeting.series]
    if name == "set_agenda":
        waiting, work = carried_over(trial, meeting), open_work(trial, meeting)
        for item in waiting:
            item.meeting = meeting.number
            trial.take(item, "accept", follows=True)
        if work:
            standing = trial.new("item", meeting, origin="follow_up")
            trial.take(standing, "submit", follows=True)
            trial.take(standing, "accept", follows=True)
    if name == "cancel":
        for item in trial.of("item", meeting=meeting.number):
            if item.state in ("submitted", "accepted"):
                item.meeting = None
                trial.take(item, "release", follows=True)
    if name == "assign_actions" and series.state == "held" and not _earlier(trial, series, meeting):
        trial.take(series, "assign_actions", follows=True)
    if LEFT_BEHIND and name in ("set_agenda", "hold") and not _together(trial, series, meeting, name):
        return
    if name in ("convene", "set_agenda", "hold", "assign_actions", "cancel", "reschedule"):
        catch_up(trial, series)


def _together(trial: Trial, series: Thing, meeting: Thing, name: str) -> bool:
    """Whether the meeting leads the series, which stood where the meeting did."""
    return trial.current(series) is meeting and series.state in MOVES["series"][name].sources


def _earlier(trial: Trial, series: Thing, meeting: Thing) -> bool:
    current = trial.current(series)
    return current is not None and by_date(current) < by_date(meeting)


def after_item(trial: Trial, item: Thing, name: str) -> None:
    """A linked copy waits for the next agenda; or a referral is drafted."""
    if name == "settle" and item.outcome == "referred":
        trial.take(trial.new("referral", item), "add", follows=True)
    if name == "settle" and item.outcome == "carried_over":
        told = {"origin": item.origin, "minutes": item.minutes, "submitter": item.submitter, "copied": True}
        trial.take(trial.new("item", trial.things[item.theme], **told), "submit", follows=True)


def catch_up(trial: Trial, series: Thing) -> None:
    """Bring a series to where its current meeting is; without one, to planned or convened."""
    current = trial.current(series)
    if current is None:
        dated = [m for m in trial.of("meeting", series=series.number) if m.state in DATED and m.begins is not None]
        if series.state in MOVES["series"]["call_off"].sources:
            if not dated:
                trial.take(series, "call_off", follows=True)
            elif series.state != "convened":
                trial.take(series, "fall_back", follows=True)
        return
    if series.state in ("planned", "actions_assigned"):
        trial.take(series, "convene", follows=True)
    if series.state not in MILESTONES[:3]:
        return
    further = MILESTONES.index(series.state) > MILESTONES.index(current.state)
    if further and series.state in MOVES["series"]["fall_back"].sources:
        trial.take(series, "fall_back", follows=True)
    for name, there in (("set_agenda", "agenda_set"), ("hold", "held")):
        if MILESTONES.index(series.state) < MILESTONES.index(there) <= MILESTONES.index(current.state):
            trial.take(series, name, follows=True)


FOLLOW: dict[str, Callable[[Trial, Thing, str], None]] = {
    "theme": after_theme,
    "series": after_series,
    "meeting": after_meeting,
    "item": after_item,
}
