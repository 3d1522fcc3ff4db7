"""Tables that live: their themes are led through the gate day by day, with rhythms, delays and stalls of real ones.

Every life is a generator: it does what happens at `now`, and yields the moment at which it goes on. What would go on
after the last day does not: so at the end some themes are done, and others are wherever they stalled.
"""

import random
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import Any

from sqlalchemy.orm import Session

from benchmarks.wording import PARTIES, SAID
from models.people import Person
from models.states import ActionState, ItemState, Rhythm, Role, TableKind, ThemeState
from workflow.days import holiday_at, local_day
from workflow.engine import make_move, make_new
from workflow.errors import Refused
from workflow.guards import ENDED_THEME, SETTLED_ACTION
from workflow.language.dates import moment
from workflow.outcomes import How
from workflow.parties import add_party
from workflow.references import reference
from workflow.work import Work

TODAY = datetime(2026, 5, 11, 12, tzinfo=UTC)
"""A Monday in spring, after which nothing has happened yet."""

Life = Generator[datetime, None, None]
Say = Callable[[str], str]

PROPOSALS, THEMES = 18, 24
"""How many themes of a table are never taken up, and how many it has: many are proposed and few chosen (domain.md 3)."""
PEOPLE = 6

GAPS = {
    Rhythm.MONTHLY: 28,
    Rhythm.THEMATIC: 28,
    Rhythm.SEASONAL: 91,
    Rhythm.HALF_YEARLY: 182,
    Rhythm.YEARLY: 365,
}
"""Days from a meeting to the next, by how often a table means to meet."""


@dataclass(frozen=True)
class Plan:
    """What is to become of a table."""

    kind: str = TableKind.NETWORK
    rhythm: Rhythm = Rhythm.MONTHLY
    language: str = "fi"
    end: str = "active"
    quirk: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing of it goes on, so that it may as well have been years ago."""
        return self.end != "active"


class Deck:
    """Cards that are dealt by chance, but each as often as it is in the deck."""

    def __init__(self, cards: Mapping[str, int], rng: random.Random) -> None:
        self._all = [card for card, times in cards.items() for _ in range(times)]
        self._rng = rng
        self._left: list[str] = []

    def draw(self) -> str:
        """The next card."""
        if not self._left:
            self._left = self._rng.sample(self._all, len(self._all))
        return self._left.pop()


class Decks:
    """What becomes of proposals, themes, matters, actions and results, in the proportions of real tables."""

    def __init__(self, rng: random.Random) -> None:
        self.proposals = Deck(PROPOSED, rng)
        self.stalled = Deck(STALLED, rng)
        self.ended = Deck(ENDED, rng)
        self.outcomes = Deck({"agreed": 7, "noted": 2, "referred": 1, "carried_over": 1}, rng)
        self.actions = Deck(ACTIONS, rng)
        self.results = Deck({"recorded": 3, "confirmed": 3, "checked": 3}, rng)


class LivedTable:
    """One table with everything that happens at it. `say` makes a text of what has signs in it (`wording`)."""

    def __init__(self, session: Session, plan: Plan, decks: Decks, rng: random.Random, say: Say) -> None:
        self.session = session
        self.plan = plan
        self.decks = decks
        self.rng = rng
        self.say = say
        self.gap = GAPS[plan.rhythm]
        self.begun = TODAY - timedelta(days=rng.randint(4 * 365, 5 * 365))
        self.now = self.begun
        self._waiting: list[tuple[datetime, int, Life]] = []
        self._lives = 0

    def live(self) -> None:
        """From its first day to today."""
        self.begin(self._table(), self.begun)
        while self._waiting and self._waiting[0][0] <= TODAY:
            self.now, nth, life = heappop(self._waiting)
            try:
                again = next(life, None)
            except Refused:
                if not self.plan.quirk.endswith("_gone"):  # else nobody is there who may, and it stalls
                    raise
                continue
            if again is not None:
                heappush(self._waiting, (max(again, self.now), nth, life))

    def begin(self, life: Life, at: datetime | None = None) -> None:
        """Let one more life go on beside the others."""
        self._lives += 1
        heappush(self._waiting, (at or self.now, self._lives, life))

    # Deeds

    def do(self, row: Any, move: str, by: Person | None = None, why: str = "", **given: Any) -> None:
        """Make a move, as the convener if nobody is named."""
        how = How(confirmed=True, reason=self.text(why) if why else None)
        make_move(self._work(by or self.convener), row, move, given, how)

    def new(self, kind: str, parent: Any, by: Person | None = None, /, **given: Any) -> Any:
        """Make something new."""
        return make_new(self._work(by or self.convener), kind, parent, given, How(confirmed=True)).made.row

    def text(self, occasion: str) -> str:
        """What people say on an occasion."""
        return self.say(self.rng.choice(SAID[self.plan.language][occasion]))

    def at_work(self, days: float) -> datetime:
        """A moment within office hours so many days from now, at least."""
        day = local_day(self.now) + timedelta(days=days)
        while day.weekday() > 4 or holiday_at(day):
            day += timedelta(days=1)
        return moment(day, time(self.rng.randint(9, 15), self.rng.randint(0, 59)))

    def some(self, least: int, most: int) -> datetime:
        """A moment within office hours, so many days from now."""
        return self.at_work(self.rng.randint(least, most))

    def _work(self, actor: Person) -> Work:
        return Work(self.session, actor, self.now)

    # The table

    def _table(self) -> Life:
        self._register()
        plan, rng = self.plan, self.rng
        told = {"area": self.say("{name}"), "rhythm": plan.rhythm, "languages": plan.language}
        if plan.quirk == "project_ends":
            told["project"] = f"H{self._project().id}"
        responsible = f"P{self.convener.id}"
        named = {"name": self.text("table"), "short": self.say("{slug}"), "kind": plan.kind}
        self.table = self.new("table", None, responsible=responsible, **named, **told)
        for seat in self._seats():
            self.do(self.table, "seat", **seat)
        if plan.end in ("proposed", "returned", "declined"):
            yield from self._never_founded()
            return
        yield self.some(20, 60)
        if rng.random() < 0.1:
            self.do(self.table, "return", why="prepare")
            yield self.some(30, 90)
            self.do(self.table, "resubmit")
            yield self.some(20, 60)
        paragraph = f"§ {rng.randint(10, 300)}"
        self.do(self.table, "found", decided_by=self.text("body"), paragraph=paragraph)
        self._theme_by_theme()
        yield from QUIRKS[plan.quirk](self)
        yield from self._ending()

    def _register(self) -> None:
        nobody = Work(self.session, Person(name=""), self.now)
        patterns = PARTIES[self.plan.language]
        patterns = (*patterns[:5], *self.rng.sample(patterns[5:], self.rng.randint(1, len(patterns) - 5)))
        self.parties = [
            add_party(nobody, "organisation", {"name": self.say(name), "sector": sector}, is_new=True)
            for name, sector in patterns
        ]
        speaking = [self.parties[nth] for nth in (0, 0, 2, 3, 1, 4)]
        self.people = [
            add_party(nobody, "person", {"name": self.say(f"{{p{nth}}}"), "organisation": f"G{of.id}"}, is_new=True)
            for nth, of in enumerate(speaking, start=1)
        ]
        self.convener, self.secretary, self.chair = self.rng.choice(
            [(self.people[0], self.people[0], self.people[2]), tuple(self.people[:3])]
        )

    def _project(self) -> Any:
        ends = local_day(TODAY) + timedelta(days=45)
        told = {"name": self.text("project"), "funder": "STEA", "begins": local_day(self.now), "ends": ends}
        return add_party(Work(self.session, self.convener, self.now), "project", told, is_new=True)

    def _seats(self) -> Iterable[Mapping[str, Any]]:
        yield {"person": f"P{self.convener.id}", "role": Role.CONVENER}
        until = {"until": local_day(TODAY) + timedelta(days=40)} if self.plan.quirk == "role_ends" else {}
        yield {"person": f"P{self.secretary.id}", "role": Role.SECRETARY, **until}
        yield {"person": f"P{self.chair.id}", "role": Role.CHAIR}
        speaking = {self.convener.organisation_id, self.secretary.organisation_id, self.chair.organisation_id}
        for party in self.parties:
            if party.id not in speaking:
                required = {"required": True} if self.plan.quirk == "required" and party is self.parties[1] else {}
                yield {"organisation": f"G{party.id}", **required}

    def _never_founded(self) -> Life:
        yield self.some(20, 60)
        if self.plan.end != "proposed":
            self.do(self.table, "return" if self.plan.end == "returned" else "decline", why="prepare")

    def _theme_by_theme(self) -> None:
        fates = [self.decks.proposals.draw() for _ in range(PROPOSALS)]
        deck = self.decks.ended if self.plan.over else self.decks.stalled
        fates += [deck.draw() for _ in range(THEMES - PROPOSALS)]
        self.rng.shuffle(fates)
        for nth, fate in enumerate(fates, start=1):
            self.begin(self._theme(nth, fate), self._first_day(fate))

    def _first_day(self, fate: str) -> datetime:
        """What ends has had its time; what is under way began not long ago."""
        takes = self.rounds(fate) * (self.gap + 14)
        if fate in ENDED or fate in PROPOSED:
            last = max(100, int((TODAY - self.now).days) - takes - 300)
            return self.some(10, last) if fate in ENDED or self.rng.random() < 0.8 or self.plan.over else self._lately()
        ago = min(takes + self.rng.randint(100, 200), (TODAY - self.now).days - 20)
        return self.at_work((TODAY - self.now).days - ago)

    def _lately(self) -> datetime:
        return self.at_work((TODAY - self.now).days - self.rng.randint(5, 120))

    def rounds(self, fate: str) -> int:
        """How many meetings a theme has: 1, 3 or 5, or fewer where the table seldom meets."""
        wanted = ROUNDS.get(fate, 3)
        return min(wanted, 3 if self.gap > 60 else 5, 1 if self.gap > 120 else 5)

    def _ending(self) -> Life:
        if self.plan.end not in ("dormant", "ended"):
            return
        yield TODAY - timedelta(days=self.rng.randint(20, 60))
        if self.plan.end == "dormant":
            self.do(self.table, "rest", why="rests")
            return
        for theme in self.table.themes:
            if theme.state not in ENDED_THEME:
                self.do(theme, "discontinue", why="over", outcome="no_participants")
        self.do(self.table, "end", why="over")

    # Themes

    def _theme(self, nth: int, fate: str) -> Life:
        if self.table.state != "active":
            return
        party, proposer = self.rng.choice(self.parties[1:]), self.rng.choice(self.people)
        told = {"title": self.say(f"{{t{nth}}}"), "why_together": self.text("why"), "proposer": f"G{party.id}"}
        by = proposer if self._sits(proposer) else self.chair
        theme = self.new("theme", self.table, by, content=[self.rng.choice(CONTENTS)], **told)
        yield from FATES[fate](self, theme)

    def _sits(self, person: Person) -> bool:
        return bool(self._work(person).roles(self.table, local_day(self.now)) & {Role.MEMBER, Role.CONVENER})

    def series(self, theme: Any, fate: str) -> Any:
        """The meetings around a theme, of which it is said how many there will be."""
        return self.new("series", theme, planned_meetings=self.rounds(fate))

    def meets(self, series: Any, *, stop: str = "", share: float = 0.8, agree: bool = True) -> Life:
        """One meeting, from its date to its last word; it stops short where it is told to."""
        meeting = self.convened(series)
        if stop == "convened":
            return
        yield from self._before(meeting, stop)
        if stop == "agenda_set":
            return
        yield self._morning_after(meeting)
        self._held(meeting, share, agree=agree)
        if stop == "held":
            return
        yield self.some(0, 6)
        self._settled(meeting, agree=agree)
        if stop == "assigned":
            return
        yield self.some(3, 12)
        self.do(meeting, "complete", self.secretary)

    def convened(self, series: Any, within: int = 0) -> Any:
        """A meeting with a date to come, to which people are invited."""
        day = self._day(within or self.rng.randint(16, max(17, self.gap - 8)))
        begins = self.rng.choice(("17:00", "17:30", "18:00", "13:00"))
        ends = {"17:00": "18:30", "17:30": "19:00", "18:00": "19:00", "13:00": "14:30"}[begins]
        told = {"when": f"{day} {begins}-{ends}", "place": self.text("place")}
        meeting = self.new("meeting", series, items_by=day - timedelta(days=9), **told)
        self.do(meeting, "convene", channel=[self.rng.choice(("open_call", "personal", "email_list"))])
        return meeting

    def _day(self, days: int) -> date:
        """A Tuesday, Wednesday or Thursday, but none in summer, around Christmas, or on the eve of a holiday."""
        day = local_day(self.now) + timedelta(days=days)
        while day.weekday() not in (1, 2, 3) or holiday_at(day) or _pauses(day):
            day += timedelta(days=1)
        return day

    def _before(self, meeting: Any, stop: str) -> Life:
        yield max(self.some(1, 4), _days_before(meeting, 15))
        if self.rng.random() < 0.08:
            self.do(meeting, "change_mode", mode="hybrid", link="https://example.org/huone")
        if self.rng.random() < 0.06 and stop != "agenda_set":
            day = self._day((local_day(meeting.begins_at) - local_day(self.now)).days + 7)
            self.do(meeting, "reschedule", why="moves", when=f"{day} 17:00-18:30")
        yield max(self.now, _days_before(meeting, 10))
        for _ in range(self.rng.choice((1, 1, 2, 2, 3))):
            self._brought(meeting)
        yield _days_before(meeting, 7)
        self.do(meeting, "set_agenda", self.secretary)

    def _brought(self, meeting: Any) -> None:
        by = self.rng.choice([each for each in self.people if self._sits(each)])
        origin = self.rng.choice(("department", "village", "association", "resident"))
        told = {"title": self.text("item"), "origin": origin, "minutes": 20, "presenter": f"P{by.id}"}
        item = self.new("item", meeting, by, kind=self.rng.choice(("discussion", "to_agree", "information")), **told)
        chance = self.rng.random()
        if chance < 0.93 or len(meeting.items) == 1:
            self.do(item, "accept", self.secretary)
        elif chance < 0.97:
            self.do(item, "decline", why="why_not")
        else:
            self.do(item, "withdraw", by)

    def _morning_after(self, meeting: Any) -> datetime:
        return moment(local_day(meeting.begins_at) + timedelta(days=1), time(9, self.rng.randint(0, 59)))

    def _held(self, meeting: Any, share: float, *, agree: bool) -> None:
        seats = [seat for seat in self.table.seats if seat.held_on(local_day(meeting.begins_at))]
        always = [seat for seat in seats if seat.required or seat.role in (Role.CONVENER, Role.CHAIR)]
        others = [seat for seat in seats if seat not in always]
        came = [*always, *(seat for seat in others if self.rng.random() < share)]
        told: dict[str, Any] = {"present": _parties_of(came)}
        excused = [each for each in _parties_of(others) if each not in told["present"]]
        if excused:
            told["excused"] = excused[:2]
        if not agree:
            told |= {"count": ["residents=20", "municipality=3"], "total": 24}
        self.do(meeting, "hold", self.secretary, **told)

    def _settled(self, meeting: Any, *, agree: bool) -> None:
        theme = meeting.series.theme
        if theme.goal_agreed_in is None:
            parties = [f"G{party.id}" for party in self.parties[:3]]
            self.do(theme, "goal", goal=self.text("goal"), agreed_in=reference(meeting), parties=parties)
        to_settle = [item for item in meeting.items if item.state is ItemState.ACCEPTED]
        divided = [self._settle(item, self._outcome(item, agree=agree, first=not nth)) for nth, item in enumerate(to_settle)]
        why = {} if any(divided) else {"no_actions_because": self.text("no_work")}
        self.do(meeting, "assign_actions", self.secretary, **why)

    def _outcome(self, item: Any, *, agree: bool, first: bool) -> str:
        if item.kind_of_item == "follow_up" or not agree:
            return "noted"
        return "agreed" if first else self.decks.outcomes.draw()

    def _settle(self, item: Any, outcome: str) -> int:
        """A matter is settled, and what was agreed is divided. How many actions came of it."""
        idle = outcome == "agreed" and self.rng.random() < 0.1
        told = {"agreed": self.text("agreed")} if outcome == "agreed" else {}
        self.do(item, "settle", self.secretary, outcome=outcome, **told, **({"no_action": True} if idle else {}))
        if outcome != "agreed" or idle:
            return 0
        several = self.rng.choice((1, 1, 2, 3))
        for _ in range(several):
            self.begin(self._action(self._assigned(item), self.decks.actions.draw()), self.now)
        return several

    def _assigned(self, parent: Any, to: Any = None) -> Any:
        told: dict[str, Any] = {"what": self.text("what"), "to": reference(to or self.rng.choice(self.parties))}
        if self.rng.random() < 0.4:
            told["due"] = local_day(self.now) + timedelta(days=self.rng.randint(20, 60))
        if self.rng.random() < 0.2:
            told["shared_with"] = [reference(self.rng.choice(self.people))]
        return self.new("action", parent, self.secretary, **told)

    def _action(self, action: Any, fate: str) -> Life:
        yield self.some(4, 12)
        for move, days in DOING[fate]:
            if self.ended(action):
                return
            self._further(action, move)
            yield self.some(days // 2, days)

    def ended(self, action: Any) -> bool:
        """Whether nothing more is done about an action."""
        theme, table = action.theme.state, self.table.state
        return action.state in SETTLED_ACTION or theme in ENDED_THEME or table != "active"

    def _further(self, action: Any, move: str) -> None:
        told = {"wait": {"for": self.text("waits")}, "close": {"outcome": self.text("done")}}.get(move, {})
        why = {"refuse": "refuses", "reassign": "another", "postpone": "later", "drop": "why_not"}.get(move, "")
        if move == "reassign":
            told = {"to": reference(self.parties[1])}
        if move == "postpone":
            told = {"due": local_day(self.now) + timedelta(days=20)}
        by = self._one_of_the_responsible(action) if move == "refuse" else self.secretary
        if by is not None and action.state in SOURCES[move]:
            self.do(action, move, by, why, **told)

    def _one_of_the_responsible(self, action: Any) -> Person | None:
        wanted = action.responsible_organisation_id
        return next((each for each in self.people if each.organisation_id == wanted), None)

    def reached(self, theme: Any, series: Any) -> Life:
        """The last actions are closed, and what came of it is written down; later it is looked at again."""
        yield self.some(10, 25)
        for action in theme.actions:
            if action.state not in SETTLED_ACTION:
                if action.state is ActionState.REFUSED:
                    self.do(action, "drop", self.secretary, "why_not")
                else:
                    self.do(action, "close", self.secretary, outcome=self.text("done"))
        result = self.result(theme)
        if self.rng.random() < 0.6:
            self.do(theme, "evaluate", self.secretary, evaluation=self.text("evaluation"))
            self.do(theme, "tell_proposer", self.secretary)
        self.do(series, "reach_results")
        if theme.state is not ThemeState.RESULTS_REACHED:
            self.do(theme, "reach_results")
        became = self.decks.results.draw()
        yield self.some(20, 40)
        if became != "recorded":
            self.do(result, "confirm", self.secretary)
            yield self.some(150, 250)
        if became == "checked":
            self.do(result, "check", self.secretary, lasting=self.rng.choice(("lasting", "partly", "faded")))

    def result(self, theme: Any) -> Any:
        """What came of a theme."""
        kind = self.rng.choice(("own_work", "funded", "decided", "event", "place", "model", "statement"))
        told = {"kind": kind, "extent": self.rng.choice(("wholly", "partly")), "evidence": self.text("evidence")}
        actions = [reference(action) for action in theme.actions][:3]
        check_on = local_day(self.now) + timedelta(days=180)
        return self.new(
            "result", theme, self.secretary, title=self.text("result"), actions=actions, check_on=check_on, **told
        )


# What becomes of a theme that is never taken up


def _unanswered(lived: LivedTable, theme: Any) -> Life:
    yield from ()


def _declined(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(10, 60)
    lived.do(theme, "decline", why="why_not")


def _returned(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(10, 40)
    lived.do(theme, "return", lived.chair, "prepare")


def _discontinued_early(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(20, 90)
    outcome = lived.rng.choice(("no_resources", "no_longer_needed", "merged", "handed_over"))
    lived.do(theme, "discontinue", why="why_not", outcome=outcome)


def _only_planned(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(10, 40)
    series = lived.series(theme, "only_planned")
    lived.new("meeting", series, lived.secretary)
    lived.new("item", theme, lived.chair, title=lived.text("item"), origin="resident")


# What becomes of one that is


def _round_after_round(lived: LivedTable, theme: Any, series: Any, rounds: int, **how: Any) -> Life:
    """So many whole meetings, one after another in the rhythm of the table."""
    for nth in range(rounds):
        if nth:
            yield lived.some(max(1, lived.gap - 45), max(2, lived.gap - 20))
        yield from lived.meets(series, **how)


def _results(fate: str) -> Callable[[LivedTable, Any], Life]:
    def life(lived: LivedTable, theme: Any) -> Life:
        yield lived.some(5, 30)
        series = lived.series(theme, fate)
        rounds = 3 if fate == "results_early" else lived.rounds(fate)
        yield from _round_after_round(lived, theme, series, min(rounds, lived.rounds(fate)))
        yield from lived.reached(theme, series)

    return life


def _stops_at(stop: str, whole: int = 0) -> Callable[[LivedTable, Any], Life]:
    """After so many whole meetings, one that stops short."""

    def life(lived: LivedTable, theme: Any) -> Life:
        yield lived.some(5, 20)
        series = lived.series(theme, stop)
        yield from _round_after_round(lived, theme, series, min(whole, lived.rounds("") - 1))
        yield from lived.meets(series, stop=stop)

    return life


def _no_next_date(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, theme, lived.series(theme, "no_next_date"), 1)


def _called_off(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    meeting = lived.convened(lived.series(theme, "called_off"))
    yield lived.some(3, 10)
    lived.do(meeting, "cancel", why="called_off")


def _going_on(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = lived.series(theme, "going_on")
    yield from _round_after_round(lived, theme, series, max(1, lived.rounds("going_on") - 1))
    lived.convened(series, within=max(16, (TODAY - lived.now).days + lived.rng.randint(2, 9)))


def _actions_stall(fate: str) -> Callable[[LivedTable, Any], Life]:
    """Work was divided, and one action of it does not go on."""

    def life(lived: LivedTable, theme: Any) -> Life:
        yield lived.some(5, 20)
        yield from _round_after_round(lived, theme, lived.series(theme, fate), 1)
        action = lived._assigned(theme, to=lived.parties[0])  # noqa: SLF001  # the fates are a part of the table
        yield from lived._action(action, fate)  # noqa: SLF001  # the same

    return life


def _used_up(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, theme, lived.series(theme, "used_up"), lived.rounds("used_up"))


def _extended(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = lived.series(theme, "extended")
    yield from _round_after_round(lived, theme, series, 1)
    lived.do(series, "extend", why="longer", planned_meetings=5)


def _nothing_agreed(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, theme, lived.series(theme, "nothing_agreed"), 2, agree=False)


def _falling(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = lived.series(theme, "falling")
    for share in (1.0, 0.5, 0.1)[: lived.rounds("falling")]:
        yield from lived.meets(series, share=share)
        yield lived.some(5, 15)


def _no_result(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, theme, lived.series(theme, "no_result"), lived.rounds("no_result"))
    yield lived.some(8, 15)
    for action in theme.actions:
        if action.state not in (*SETTLED_ACTION, ActionState.REFUSED):
            lived.do(action, "close", lived.secretary, outcome=lived.text("done"))


def _suspended(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, theme, lived.series(theme, "suspended"), 1)
    yield lived.some(5, 15)
    lived.do(theme, "suspend", why="rests", revisit=local_day(lived.now) + timedelta(days=lived.rng.randint(60, 200)))


def _resumed(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = lived.series(theme, "resumed")
    yield from _round_after_round(lived, theme, series, 1)
    lived.do(theme, "suspend", why="rests", revisit=local_day(lived.now) + timedelta(days=60))
    yield lived.some(50, 80)
    lived.do(theme, "resume")
    yield from _round_after_round(lived, theme, series, 1)
    yield from lived.reached(theme, series)


def _discontinued(lived: LivedTable, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = lived.series(theme, "discontinued")
    yield from _round_after_round(lived, theme, series, 1)
    lived.convened(series)
    yield lived.some(3, 10)
    outcome = lived.rng.choice(("no_resources", "no_participants", "handed_over", "other"))
    lived.do(theme, "discontinue", why="stops", outcome=outcome)


def _reopened(lived: LivedTable, theme: Any) -> Life:
    yield from _declined(lived, theme)
    yield lived.some(60, 200)
    lived.do(theme, "reopen", why="again")
    yield from _results("results_one")(lived, theme)


PROPOSED = {"declined": 8, "unanswered": 4, "returned": 2, "discontinued_early": 3, "only_planned": 1}
ENDED = {"results_one": 4, "results_three": 4, "results_early": 2, "results_five": 1, "discontinued": 3, "resumed": 1, "reopened": 1}
STALLED = ENDED | {
    "convened": 1,
    "agenda_set": 2,
    "held": 2,
    "assigned": 1,
    "later_held": 1,
    "no_next_date": 2,
    "called_off": 1,
    "going_on": 2,
    "overdue": 3,
    "waiting": 2,
    "unowned": 1,
    "not_closed": 1,
    "used_up": 2,
    "extended": 1,
    "nothing_agreed": 1,
    "falling": 1,
    "no_result": 1,
    "suspended": 2,
}
"""What becomes of themes, and of how many: few end by themselves, and each way of stalling is there (domain.md 4)."""

ROUNDS = {"results_one": 1, "reopened": 1, "results_five": 5, "only_planned": 1, "called_off": 1}
"""How many meetings are planned, where not three."""

FATES: Mapping[str, Callable[[LivedTable, Any], Life]] = {
    "unanswered": _unanswered,
    "declined": _declined,
    "returned": _returned,
    "discontinued_early": _discontinued_early,
    "only_planned": _only_planned,
    **{fate: _results(fate) for fate in ("results_one", "results_three", "results_early", "results_five")},
    **{stop: _stops_at(stop) for stop in ("convened", "agenda_set", "held", "assigned")},
    "later_held": _stops_at("held", whole=1),
    "no_next_date": _no_next_date,
    "called_off": _called_off,
    "going_on": _going_on,
    **{fate: _actions_stall(fate) for fate in ("overdue", "waiting", "unowned", "not_closed")},
    "used_up": _used_up,
    "extended": _extended,
    "nothing_agreed": _nothing_agreed,
    "falling": _falling,
    "no_result": _no_result,
    "suspended": _suspended,
    "resumed": _resumed,
    "discontinued": _discontinued,
    "reopened": _reopened,
}

CONTENTS = ("discussion", "planning", "development", "activity", "services", "budget", "premises")

ACTIONS = {"closed": 8, "reported": 5, "late": 2, "dropped": 1, "passed_on": 1, "waited": 1, "overdue": 2}
DOING: Mapping[str, tuple[tuple[str, int], ...]] = {
    "closed": (("close", 20),),
    "reported": (("start", 6), ("report_done", 10), ("close", 10)),
    "late": (("start", 10), ("postpone", 20), ("close", 10)),
    "dropped": (("drop", 10),),
    "passed_on": (("refuse", 8), ("reassign", 10), ("close", 10)),
    "waited": (("wait", 40), ("resume", 10), ("close", 10)),
    "overdue": (("start", 10),),
    "waiting": (("start", 10), ("wait", 10)),
    "unowned": (("refuse", 10),),
    "not_closed": (("start", 10), ("report_done", 10)),
}
"""What is done about an action, and within how many days the next thing is."""

SOURCES: Mapping[str, frozenset[ActionState]] = {
    "start": frozenset({ActionState.ASSIGNED}),
    "report_done": frozenset({ActionState.ASSIGNED, ActionState.IN_PROGRESS}),
    "wait": frozenset({ActionState.ASSIGNED, ActionState.IN_PROGRESS}),
    "resume": frozenset({ActionState.WAITING}),
    "close": frozenset(
        {ActionState.ASSIGNED, ActionState.IN_PROGRESS, ActionState.WAITING, ActionState.REPORTED_DONE}
    ),
    "refuse": frozenset({ActionState.ASSIGNED}),
    "reassign": frozenset({ActionState.REFUSED}),
    "postpone": frozenset({ActionState.ASSIGNED, ActionState.IN_PROGRESS, ActionState.WAITING}),
    "drop": frozenset({ActionState.ASSIGNED, ActionState.IN_PROGRESS, ActionState.WAITING}),
}


# What is peculiar to a table


def _nothing_peculiar(lived: LivedTable) -> Life:
    yield from ()


def _rules(lived: LivedTable) -> Life:
    yield lived.some(10, 30)
    lived.do(lived.table, "rules", why="rule", code="duration_60_to_90", level="off")


def _hand_over(lived: LivedTable) -> Life:
    yield lived.some(400, 700)
    new = lived.people[4]
    lived.do(lived.table, "hand_over", why="new_convener", to=reference(new))
    lived.convener = new


def _new_term(lived: LivedTable) -> Life:
    for years in (0, 2):
        begins = local_day(lived.begun).replace(month=1, day=1)
        begins = begins.replace(year=begins.year + 1 + years)
        yield lived.some(300, 400)
        ends = begins.replace(year=begins.year + 2) - timedelta(days=1)
        lived.do(lived.table, "new_term", begins=begins, ends=ends)


def _goes(role: Role) -> Callable[[LivedTable], Life]:
    """Whoever held the role leaves, and nobody comes."""

    def life(lived: LivedTable) -> Life:
        yield TODAY - timedelta(days=lived.rng.randint(15, 40))
        who = lived.convener if role is Role.CONVENER else lived.secretary
        lived.do(lived.table, "unseat", person=reference(who), role=role)
        yield TODAY

    return life


QUIRKS: Mapping[str, Callable[[LivedTable], Life]] = {
    "": _nothing_peculiar,
    "rules": _rules,
    "hand_over": _hand_over,
    "new_term": _new_term,
    "role_ends": _nothing_peculiar,
    "project_ends": _nothing_peculiar,
    "required": _nothing_peculiar,
    "secretary_gone": _goes(Role.SECRETARY),
    "convener_gone": _goes(Role.CONVENER),
}
"""Something that a table has beside its themes."""


def plans(rng: random.Random) -> Iterator[Plan]:
    """Tables that live, one after another, of every kind and rhythm; each eighth in Swedish."""
    quirks = Deck(dict.fromkeys(QUIRKS, 1) | {"": 6}, rng)
    kinds = Deck({"thematic": 3, "area": 3, "network": 4, "appointed": 2, "networking": 1}, rng)
    rhythms = Deck({"monthly": 4, "thematic": 3, "seasonal": 3, "half_yearly": 2, "yearly": 1}, rng)
    ends = Deck({"active": 6, "dormant": 1, "ended": 1}, rng)
    languages = Deck({"fi": 7, "sv": 1}, rng)
    while True:
        end = ends.draw()
        quirk = "" if end != "active" else quirks.draw()
        yield Plan(kinds.draw(), Rhythm(rhythms.draw()), languages.draw(), end, quirk)


UNBORN = tuple(Plan(end=end) for end in ("proposed", "returned", "declined"))
"""Tables that have not been founded, or never will be."""


def _pauses(day: date) -> bool:
    """Nobody meets in summer or around Christmas."""
    return 6 <= day.month <= 8 or (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6)


def _days_before(meeting: Any, days: int) -> datetime:
    return moment(local_day(meeting.begins_at) - timedelta(days=days), time(10))


def _parties_of(seats: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(f"P{seat.person_id}" if seat.person_id else f"G{seat.organisation_id}" for seat in seats))
