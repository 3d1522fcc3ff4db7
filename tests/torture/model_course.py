"""Courses that a table may take: the same steps in the model and through the gate, compared after each.

A step is drawn as a few small numbers. Nought is the plain way: somebody who may, with everything told and every
warning confirmed. Higher numbers leave something out, or let somebody else try.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from models.database import Database
from models.history import HistoryEntry
from models.people import Person
from models.tables import PartnershipTable
from tests.builders import PARTIES, PEOPLE
from tests.torture.model import CREATION, HELSINKI, MOVES, PARENTS, TOOK_PLACE, Answer, How, Model, Seat, Thing
from workflow.engine import make_move, make_new
from workflow.errors import NotAllowed, Refused, WrongState
from workflow.outcomes import How as Said, Outcome
from workflow.undoing import undo
from workflow.work import Work

BEGINNING = datetime(2016, 1, 18, 9, tzinfo=UTC)
OVERRIDES = (
    "secretary_seated",
    "responsible_person_named",
    "goal_agreed",
    "actions_settled",
    "referrals_settled",
    "place_or_link",
    "agenda_not_empty",
    "items_have_origin",
    "chair_named",
    "secretary_named",
    "attendance_recorded",
    "required_seats_present",
    "two_sectors_present",
    "items_settled",
    "work_divided",
    "no_actions_explained",
    "memo_confirmed",
    "memo_written",
    "silence_or_meeting",
    "discussed",
    "under_way",
    "has_begun",
    "outcome_given",
)
"""What the convener tries to override: all that can be, and some that nobody can."""

AINO, GORAN, PEKKA = "Aino Äijälä", "Göran Öhman", "Pekka Näätänen"
OFFICE = (
    Seat("convener", AINO, "Keuruun kaupunki"),
    Seat("chair", GORAN, "Keuruun seurakunta"),
    Seat("secretary", PEKKA, "Keuruun 4H-yhdistys"),
)
VILLAGE = Seat("member", None, "Äijälän kyläyhdistys")
COMPANY = Seat("member", None, "Möksyn Leipä Oy")
WHOLE = (*OFFICE, VILLAGE, COMPANY)
REQUIRED = VILLAGE._replace(required=True)
COORDINATOR = Seat("coordinator", "Kerttu Sjöström", "")

TABLES: Mapping[str, tuple[tuple[Seat, ...], dict[str, Any]]] = {
    "whole": (WHOLE, {"sort": "network", "responsible": None}),
    "answered-for": (WHOLE, {"sort": "network", "responsible": AINO}),
    "small": (OFFICE[:2], {"sort": "area", "responsible": None}),
    "networking": (OFFICE[:2], {"sort": "networking", "responsible": None}),
    "no-chair": ((OFFICE[0], OFFICE[2], VILLAGE, COMPANY), {"sort": "thematic", "responsible": None}),
    "required": ((*OFFICE, REQUIRED, COMPANY), {"sort": "appointed", "responsible": AINO}),
    "one-sector": ((OFFICE[0],), {"sort": "network", "responsible": AINO}),
}
"""Tables of every sort, with what each lacks."""


class Whim:
    """A number stirred, and taken apart digit by digit. Nought stays nought, which is always the plain way."""

    def __init__(self, number: int) -> None:
        self.left = Random(number).getrandbits(96) if number else 0  # noqa: S311  # nothing to hide

    def one_of(self, options: Sequence[Any]) -> Any:
        """One of several, the first for nought."""
        self.left, digit = divmod(self.left, len(options))
        return options[digit]

    def once_in(self, times: int) -> bool:
        """Whether this is the one time in so many."""
        return bool(self.one_of(range(times)) == times - 1)


def set_up(work: Work) -> None:
    """Make the tables through the gate."""
    for short, (seats, about) in TABLES.items():
        told = {"name": short, "short": short, "kind": about["sort"], "responsible": about["responsible"]}
        table = make_new(work, "table", None, told, Said(confirmed=True)).made.row
        for seat in seats:
            who = {"person": seat.person} if seat.person else {"organisation": seat.party}
            make_move(work, table, "seat", who | {"role": seat.role, "required": seat.required, "since": "1.1.2015"})
        how = Said(confirmed=True, reason="x", overrides=("responsible_person_named",))
        make_move(work, table, "found", {"decided_by": "kaupunginhallitus"}, how)


# What is told with each move: to the model, and to the gate

Told = tuple[dict[str, Any], dict[str, Any]]


def when(course: "Course", whim: Whim, told: dict[str, Any], given: dict[str, Any]) -> None:
    """A time for a meeting: mostly in good time and not too long."""
    plain = 15 + course.steps * 5 % 12
    day = (course.now + timedelta(days=whim.one_of((plain, 14, 16, 21, 14, 13, 2, 30, -3)))).astimezone(HELSINKI)
    minutes = whim.one_of((90, 60, 75, 90, 91, 59, 30))
    begins = day.replace(hour=17, minute=0, second=0, microsecond=0)
    ends = begins + timedelta(minutes=minutes)
    told |= {"begins": begins.astimezone(UTC), "minutes": minutes}
    given["when"] = f"{day.day}.{day.month}.{day.year} klo 17-{ends.hour}.{ends.minute:02}"


def tell_theme(
    course: "Course", move: str, theme: Thing, whim: Whim, told: dict[str, Any], given: dict[str, Any]
) -> None:
    if move == "propose":
        given["title"] = "Yksinäisyys"
        if not whim.once_in(4):
            told["responsible"] = given["responsible"] = AINO
        if whim.once_in(3):
            told["proposer"] = given["proposer"] = VILLAGE.party
    elif move == "goal":
        if not whim.once_in(8):
            told["goal"] = given["goal"] = "Kukaan ei jää yksin"
        meetings = [each for each in course.things("meeting") if each.theme == theme.number]
        held = [each for each in meetings if each.state in TOOK_PLACE]
        if meetings and not whim.once_in(6):
            meeting = whim.one_of(meetings if whim.once_in(4) else held or meetings)
            told["agreed_in"], given["agreed_in"] = meeting.number, course.reference(meeting)
        if not whim.once_in(8):
            told["parties"], given["parties"] = (VILLAGE.party,), VILLAGE.party
    elif move == "suspend":
        given["revisit"] = "1.9.2019"
    elif move == "discontinue":
        given["outcome"] = "merged"
    elif move == "evaluate":
        told["evaluated"], given["evaluation"] = True, "Kannatti"
    elif move == "tell_proposer":
        told["told"] = True


def tell_series(
    course: "Course", move: str, series: Thing, whim: Whim, told: dict[str, Any], given: dict[str, Any]
) -> None:
    if move == "extend" or (move == "plan" and not whim.once_in(4)):
        told["planned_meetings"] = given["planned_meetings"] = 3
    elif move == "suspend":
        given["revisit"] = "1.9.2019"


def tell_meeting(
    course: "Course", move: str, meeting: Thing, whim: Whim, told: dict[str, Any], given: dict[str, Any]
) -> None:
    if move == "reschedule" or (move == "plan" and whim.once_in(3)):
        when(course, whim, told, given)
    elif move == "convene":
        if not whim.once_in(12 if meeting.begins is None else 2):
            when(course, whim, told, given)
        if not whim.once_in(8):
            told["place"] = given["place"] = "Kirjasto"
        if not whim.once_in(8):
            told["channel"] = given["channel"] = "personal"
    elif move == "change_mode":
        given["mode"] = "hybrid"
    elif move == "set_agenda" and whim.once_in(3):
        told["chair"] = given["chair"] = AINO
    elif move == "hold":
        present = whim.one_of((PRESENT, PRESENT, PRESENT[1:], PRESENT[:1], (), (*PRESENT, "Sirkka Möttönen")))
        if present:
            given["present"] = list(present)
            told["present"] = tuple(PEOPLE.get(each) or each for each in present)
        if whim.once_in(6):
            given["count"], told["count"] = ["residents=12", "village=3"], ("residents", "village")
    elif move == "assign_actions" and not whim.once_in(4):
        told["because"] = given["no_actions_because"] = "Kuultiin vain"


PRESENT = (AINO, VILLAGE.party, COMPANY.party)


def tell_memo(
    course: "Course", move: str, memo: Thing, whim: Whim, told: dict[str, Any], given: dict[str, Any]
) -> None:
    if move == "edit":
        told["text"] = given["text"] = "Keskusteltiin"
    elif move == "circulate" and not whim.once_in(4):
        day = course.now.astimezone(HELSINKI).date() + timedelta(days=whim.one_of((0, 0, 1, 3)))
        told["silent_until"], given["silent_until"] = day, f"{day.day}.{day.month}.{day.year}"
    elif move == "confirm" and whim.once_in(3):
        meetings = [each for each in course.things("meeting") if each.begins is not None]
        if meetings:
            meeting = whim.one_of(meetings)
            told["confirmed_in"], given["meeting"] = meeting.number, course.reference(meeting)


def tell_item(
    course: "Course", move: str, item: Thing, whim: Whim, told: dict[str, Any], given: dict[str, Any]
) -> None:
    if move == "submit":
        given["title"] = "Kyydit"
        if not whim.once_in(8):
            told["origin"] = given["origin"] = "village"
        if (minutes := whim.one_of((20, None, 60, 90))) is not None:
            told["minutes"] = given["minutes"] = minutes
    elif move == "accept" and item.meeting is None and not whim.once_in(8):
        meetings = [each for each in course.things("meeting") if each.theme == item.theme]
        still = [each for each in meetings if each.state in ("planned", "convened", "agenda_set", "held")]
        if meetings:
            meeting = whim.one_of(meetings if whim.once_in(4) else still or meetings)
            told["meeting"], given["meeting"] = meeting.number, course.reference(meeting)
    elif move == "settle":
        outcome = whim.one_of(("agreed", "noted", "agreed", "carried_over", "referred", None))
        if outcome is not None:
            told["outcome"] = given["outcome"] = outcome
        if outcome == "agreed" and whim.once_in(2):
            told["no_action"] = given["no_action"] = True


def tell_action(
    course: "Course", move: str, action: Thing, whim: Whim, told: dict[str, Any], given: dict[str, Any]
) -> None:
    if move == "assign":
        given["what"] = "Kootaan kyytirinki"
    if move in ("assign", "reassign"):
        who = whim.one_of(
            (VILLAGE.party, COMPANY.party, AINO, PEKKA, VILLAGE.party, None)[: 6 if move == "assign" else 5]
        )
        if who is not None:
            told["to"] = given["to"] = who
    elif move == "wait" and not whim.once_in(6):
        told["body"] = given["for"] = "ELY-keskus"
    elif (move == "close" and not whim.once_in(6)) or (move == "report_done" and whim.once_in(3)):
        told["outcome"] = given["outcome"] = "Kyytirinki ajaa"


def tell_referral(
    course: "Course", move: str, referral: Thing, whim: Whim, told: dict[str, Any], given: dict[str, Any]
) -> None:
    if move == "add":
        given["title"] = "Valot Tarhianlahdelle"
    if (move == "add" and whim.once_in(2)) or (move == "send" and not whim.once_in(6)):
        told["body"] = given["body"] = "Tekninen lautakunta"
    elif move == "decide" and not whim.once_in(6):
        told["decision"] = given["decision"] = "rejected"
    elif move == "report_back" and not whim.once_in(6):
        meetings = [each for each in course.things("meeting") if each.theme == referral.theme]
        if meetings:
            meeting = whim.one_of(meetings)
            told["heard_in"], given["meeting"] = meeting.number, course.reference(meeting)


def tell_result(
    course: "Course", move: str, result: Thing, whim: Whim, told: dict[str, Any], given: dict[str, Any]
) -> None:
    if move == "add":
        given |= {"title": "Kyytirinki", "kind": "own_work"}
    elif move == "check" and not whim.once_in(4):
        told["lasting"] = given["lasting"] = "partly"


TELL = {
    "theme": tell_theme,
    "series": tell_series,
    "meeting": tell_meeting,
    "memo": tell_memo,
    "item": tell_item,
    "action": tell_action,
    "referral": tell_referral,
    "result": tell_result,
}

# The course

NUMBERS = some.integers(0, 2**24 - 1)
LIMITS = {"theme": 2, "series": 3, "meeting": 6, "memo": 3, "item": 8, "action": 6, "referral": 3, "result": 3}
"""How many there may be of each, so that a course goes deep rather than wide."""


COURSES = {
    "one meeting": (
        "theme propose, series plan, meeting plan, meeting convene, item submit, item accept, meeting set_agenda, "
        "day, meeting hold, theme goal, item settle, action assign, meeting assign_actions, action start, memo draft, "
        "memo edit, memo circulate, day, memo confirm, meeting complete, result add, theme evaluate, action close, "
        "series reach_results"
    ),
    "two meetings": (
        "theme propose, series plan, meeting plan, meeting plan, meeting convene 0, meeting convene 1, "
        "item submit 0, item submit 1, item accept 0, item accept 1, meeting set_agenda 0, meeting set_agenda 1, "
        "day, meeting hold 0, meeting hold 1, theme goal, item settle 0, action assign 0, meeting assign_actions 0, "
        "item settle 1, action assign 1, meeting assign_actions 1"
    ),
    "two series": (
        "theme propose, series plan, series plan, meeting plan 0, meeting plan 1, meeting convene 0, item submit 0, "
        "item accept 0, meeting set_agenda 0, meeting convene 1, item submit 1, item accept 1, meeting set_agenda 1, "
        "theme suspend, theme resume, day, meeting hold 1, theme goal, item settle 1, action assign 1, "
        "meeting assign_actions 1"
    ),
}
"""How it goes where all goes well: each move of the first or the second of its kind, or under it."""

HOW_OFTEN = {"go_on": 8, "move": 6, "bring": 4, "stray": 2, "wait": 2, "take_back": 2, "beside": 1}
"""How often each step is taken, against the others. Chosen here, for hypothesis would leave out half of them."""

OFTEN = {"theme": 1, "series": 2, "meeting": 6, "memo": 6, "item": 3, "action": 2, "referral": 1, "result": 1}
"""How often each kind is chosen, against the others."""
ENDING = ("discontinue", "decline", "withdraw", "drop", "reopen")

ONWARD = {
    "theme": ("goal", "reach_results", "evaluate"),
    "series": ("reach_results",),
    "meeting": ("convene", "set_agenda", "hold", "assign_actions", "complete"),
    "memo": ("edit", "circulate", "confirm"),
    "item": ("accept", "settle"),
    "action": ("start", "report_done", "close"),
    "referral": ("send", "decide", "report_back"),
    "result": ("confirm", "check"),
}


class Course(RuleBasedStateMachine):
    """A course that a table takes, in the model and in a database. A subclass says in which."""

    database: Database
    walked = taken = 0
    """How many courses there were, and how many steps in all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.writing = self.database.writing(keep=False)
        self.session = self.writing.__enter__()
        self.now = BEGINNING
        self.rows: dict[int, Any] = {}
        self.last: Any = None
        self.steps = 0
        self.told: list[str] = []
        """What was done so far, in words, for whoever has to find out what went wrong."""
        self.broken = False

    @initialize(
        short=some.sampled_from(("whole", "whole", "whole", *TABLES)),
        course=some.sampled_from(tuple(COURSES)),
        far=some.integers(0, 25),
    )
    def sit_down(self, short: str, course: str, far: int) -> None:
        """Begin at one of the tables, some way along a course that goes well."""
        seats, about = TABLES[short]
        self.model = Model(seats, PEOPLE, PARTIES, **about)
        self.people = {person.name: person for person in self.session.scalars(select(Person))}
        self.rows[0] = self.session.scalars(select(PartnershipTable).filter_by(slug=short)).one()
        for words in COURSES[course].split(", ")[:far]:
            kind, name, number = (*words.split(), "0", "")[:3]
            if kind == "day":
                self.wait(0, 0)
            elif name == CREATION[kind]:
                parents = list(self.things(PARENTS[kind][0])) if kind != "theme" else [self.model.things[0]]
                if parents:
                    self._bring(kind, parents[int(number or 0) % len(parents)], Whim(0))
            elif things := list(self.things(kind)):
                self._move(things[int(number or 0) % len(things)], name, Whim(0))

    @rule(what=NUMBERS, which=NUMBERS, whim=NUMBERS)
    def step(self, what: int, which: int, whim: int) -> None:
        """Something happens."""
        steps = (self.go_on, self.move, self.bring, self.stray, self.wait, self.take_back, self.beside)
        Whim(what).one_of([step for step in steps for _ in range(HOW_OFTEN[step.__name__])])(which, whim)

    def move(self, which: int, whim: int) -> None:
        """Somebody makes a move that leads out of where a thing stands."""
        choices = [
            (thing, name)
            for thing in self.model.things.values()
            for name, row in MOVES.get(thing.kind, {}).items()
            if row.by and thing.state in row.sources
            for _ in range(OFTEN[thing.kind] * (1 if row.to is None or name in ENDING else 3))
        ]
        if choices:
            self._move(*Whim(which).one_of(choices), Whim(whim))

    def go_on(self, which: int, whim: int) -> None:
        """Somebody goes on along the main path."""
        choices = [
            (thing, name)
            for thing in self.model.things.values()
            for name in ONWARD.get(thing.kind, ())
            if thing.state in MOVES[thing.kind][name].sources
            for _ in range(OFTEN[thing.kind])
        ]
        if choices:
            self._move(*Whim(which).one_of(choices), Whim(whim if whim % 3 == 2 else 0))

    def stray(self, which: int, whim: int) -> None:
        """Somebody tries anything with anything."""
        choices = [
            (thing, name)
            for thing in self.model.things.values()
            for name, row in MOVES.get(thing.kind, {}).items()
            if row.sources
        ]
        if choices:
            self._move(*Whim(which).one_of(choices), Whim(whim))

    def bring(self, which: int, whim: int) -> None:
        """Somebody brings something new."""
        choices = [
            (kind, parent)
            for kind, parents in PARENTS.items()
            for parent in self.model.things.values()
            if parent.kind in parents and len(list(self.things(kind))) < LIMITS[kind]
            if kind != "memo" or not self.memo_of(parent)  # a meeting has one
            for _ in range(OFTEN[kind] * (4 if kind == "memo" and parent.state in TOOK_PLACE else 1))
        ]
        if choices:
            self._bring(*Whim(which).one_of(choices), Whim(whim if whim % 2 else 0))

    def take_back(self, which: int, whim: int) -> None:
        """Somebody undoes what was done last to a thing."""
        things = [thing for thing in self.model.things.values() if thing.kind in MOVES]
        if things and self.model.commands:
            thing, chance = Whim(which).one_of(things), Whim(whim)
            newest = self.model.commands[-1][1][0]
            if not chance.once_in(3):
                thing = self.model.things[newest.number]
            who = self._who(
                thing, MOVES[thing.kind].get(newest.move, MOVES[thing.kind][CREATION[thing.kind]]).by, chance
            )
            self._undo(thing, who, not chance.once_in(8))

    def wait(self, which: int, whim: int) -> None:
        """Time goes by: until the next meeting, or some days."""
        ahead = sorted(each.begins for each in self.things("meeting") if each.begins and each.begins > self.now)
        if ahead and whim % 4 != 3:
            self.now = ahead[0] + timedelta(hours=2)
        else:
            self.now += timedelta(days=whim % 7 + 1)

    def beside(self, which: int, whim: int) -> None:
        """The last command comes once more, and is done once; or the table rests, or goes on."""
        if whim % 4 and self.last is not None:
            with self._watched("the same once more"):
                self.last()
                self._compare()
        elif whim % 8 == 0:
            table = self.model.things[0]
            move, table.state = ("rest", "dormant") if table.state == "active" else ("wake", "active")
            how = Said(confirmed=True, reason="x", overrides=("responsible_person_named",))
            with self._watched(f"table {move}"):
                make_move(self._work(AINO), self.rows[0], move, None, how)

    def teardown(self) -> None:
        """Look at the rows themselves, and at what the history says of them; keep nothing."""
        try:
            if not self.broken:
                self._look_again()
        finally:
            self.writing.__exit__(None, None, None)
            type(self).walked += 1
            type(self).taken += self.steps

    def _look_again(self) -> None:
        with self._watched("at the end"):
            self.session.flush()
            self.session.expire_all()
            self._compare()
            entries = select(HistoryEntry.stream, HistoryEntry.to_state).order_by(HistoryEntry.id)
            said = dict(self.session.execute(entries).all())
            found = {number: said[self.rows[number].stream] for number in self.model.states()}
            assert found == self.model.states(), "the history says otherwise"

    @contextmanager
    def _watched(self, what: str) -> Iterator[None]:
        """Whatever does not agree meanwhile is told with all that was done before."""
        try:
            yield
        except BaseException as error:
            self.broken = True
            error.add_note("; ".join([*self.told, what]))
            raise
        self.told.append(what)
        self.steps += 1
        self.now += timedelta(minutes=1)

    # One step in both

    def things(self, kind: str) -> Iterator[Thing]:
        """All of a kind."""
        return (thing for thing in self.model.things.values() if thing.kind == kind)

    def memo_of(self, meeting: Thing) -> list[Thing]:
        """What is written of a meeting, if anything."""
        return [each for each in self.things("memo") if each.meeting == meeting.number]

    def reference(self, thing: Thing) -> str:
        """What the gate knows it by."""
        return f"{ {'meeting': 'M'}[thing.kind] }{self.rows[thing.number].id}"

    def _move(self, thing: Thing, name: str, whim: Whim) -> None:
        who = self._who(thing, MOVES[thing.kind][name].by, whim)
        how, said = self._how(whim)
        told: dict[str, Any] = {}
        given: dict[str, Any] = {}
        TELL[thing.kind](self, name, thing, whim, told, given)
        row = self.rows[thing.number]
        answer = self.model.make(thing.number, name, who, told, how)
        self._try(
            answer,
            f"{thing.kind} {thing.number} {name} {given} by {who}",
            lambda: make_move(self._work(who), row, name, given, said),
        )

    def _bring(self, kind: str, parent: Thing, whim: Whim) -> None:
        who = self._who(parent, MOVES[kind][CREATION[kind]].by, whim)
        how, said = self._how(whim)
        told: dict[str, Any] = {}
        given: dict[str, Any] = {}
        TELL[kind](self, CREATION[kind], parent, whim, told, given)
        row = self.rows[parent.number]
        answer = self.model.bring(kind, parent.number, who, told, how)
        self._try(
            answer,
            f"a new {kind} under {parent.number} {given} by {who}",
            lambda: make_new(self._work(who), kind, row, given, said),
        )

    def _undo(self, thing: Thing, who: str, reason: bool) -> None:
        how, said = How(self.now, reason=reason), Said(reason="x" if reason else None, command=self._command())
        can = self.model.undo(thing.number, who, how)
        row = self.rows[thing.number]
        with self._watched(f"undo of {thing.kind} {thing.number} by {who}: {can}"):
            try:
                outcome = undo(self._work(who), row, said)
            except Refused as error:
                assert not can, codes(error)
            else:
                assert can, "undone all the same"
                self._remember(lambda: undo(self._work(who), row, said), outcome)
                assert len(self.model.commands[-1][1]) == 1 + len(outcome.followed)
            self._compare()

    def _try(self, answer: Answer, what: str, act: Any) -> None:
        with self._watched(f"{what}: {'made' if answer.made else sorted(answer.codes)}"):
            try:
                outcome = act()
            except Refused as error:
                assert not answer.made, f"refused: {sorted(codes(error))}"
                assert codes(error) == answer.codes, f"{sorted(codes(error))}, not {sorted(answer.codes)}"
                assert isinstance(error, WrongState) is ("wrong_state" in answer.codes)
                assert isinstance(error, NotAllowed) is bool({"role_missing", "only_follows"} & answer.codes)
            else:
                assert answer.made, "made all the same"
                self._meet(answer, outcome)
                self._remember(act, outcome)
            self._compare()

    def _meet(self, answer: Answer, outcome: Outcome) -> None:
        """Know the rows of what came into being; see that the same things moved in the same way."""
        entries = self.model.commands[-1][1]
        made = [told.row for told in (outcome.made, *outcome.followed) if told.source is None]
        self.rows.update(zip((each.number for each in entries if each.source is None), made, strict=True))
        numbers = {row.stream: number for number, row in self.rows.items()}
        gate = [(numbers[t.row.stream], t.move, t.source, t.to) for t in (outcome.made, *outcome.followed)]
        assert sorted(gate, key=repr) == sorted(map(tuple, entries), key=repr), (
            f"{gate}, not {list(map(tuple, entries))}"
        )

    def _remember(self, act: Any, outcome: Outcome) -> None:
        def once_more() -> None:
            again = act()
            assert again.repeated
            assert again.made[1:] == outcome.made[1:]
            assert sorted(each[1:] for each in again.followed) == sorted(each[1:] for each in outcome.followed)

        self.last = once_more

    def _compare(self) -> None:
        expected = self.model.states()
        found = {number: row.state.value for number, row in self.rows.items() if number}
        differ = {number for number in found.keys() | expected.keys() if found.get(number) != expected.get(number)}
        assert not differ, ", ".join(f"{self.rows[n].stream} is {found.get(n)}, not {expected.get(n)}" for n in differ)

    def _work(self, who: str) -> Work:
        return Work(self.session, self.people[who], self.now)

    def _who(self, thing: Thing, by: Any, whim: Whim) -> str:
        rightful = [name for name in PEOPLE if by & self.model.roles(name, thing)]
        anybody = whim.once_in(4)
        chosen = whim.one_of(range(60))
        among = list(PEOPLE) if anybody or not rightful else rightful
        return among[chosen % len(among)]

    def _how(self, whim: Whim) -> tuple[How, Said]:
        overrides = OVERRIDES if whim.once_in(4) else ()
        how = How(self.now, not whim.once_in(12), not whim.once_in(5), frozenset(overrides))
        said = Said(
            reason="Näin sovittiin" if how.reason else None,
            confirmed=how.confirmed,
            overrides=overrides,
            command=self._command(),
        )
        return how, said

    def _command(self) -> UUID:
        return UUID(int=self.steps + 1)


def codes(error: Refused) -> frozenset[str]:
    """The codes of every reason."""
    return frozenset(reason.code for reason in error.reasons)
