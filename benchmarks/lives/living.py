"""What every made-up life needs: a clock that leads many of them on together, and deeds through the gate.

A life is a generator: it does what happens at `now`, and yields the moment at which it goes on. What would go on after
the last day does not: so at the end some themes are done, and others are wherever they stalled.
"""

import random
from collections.abc import Callable, Generator
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import Any

from sqlalchemy.orm import Session

from benchmarks.lives.dealing import GAPS, Decks, Plan
from benchmarks.lives.wording import SAID
from models.people import Organisation, Person
from models.states import Role, TableState
from models.tables import PartnershipTable
from workflow.days import holiday_at, local_day
from workflow.engine import make_move, make_new
from workflow.errors import Refused
from workflow.language.dates import moment
from workflow.outcomes import How
from workflow.work import Work

TODAY = datetime(2026, 5, 11, 12, tzinfo=UTC)
"""A Monday in spring, after which nothing has happened yet."""

Life = Generator[datetime, None, None]
Say = Callable[[str], str]
"""Makes a text of what has signs in it (`wording`)."""


class Lived:
    """One table while it lives: its people, its clock, and what is done at it."""

    table: PartnershipTable
    parties: list[Organisation]
    people: list[Person]
    convener: Person
    secretary: Person
    chair: Person

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

    # Time

    def begin(self, life: Life, at: datetime | None = None) -> None:
        """Let one more life go on beside the others."""
        self._lives += 1
        heappush(self._waiting, (at or self.now, self._lives, life))

    def go_on(self) -> None:
        """Until today, or until nothing more happens."""
        while self._waiting and self._waiting[0][0] <= TODAY:
            self.now, nth, life = heappop(self._waiting)
            try:
                again = next(life, None)
            except Refused:
                if not self.stands_still:
                    raise
                continue
            if again is not None:
                heappush(self._waiting, (max(again, self.now), nth, life))

    @property
    def stands_still(self) -> bool:
        """Whether nobody is there who may, or the table itself has ended: then a life may well be cut short."""
        return self.plan.quirk.endswith("_gone") or self.table.state is not TableState.ACTIVE

    @property
    def days_left(self) -> int:
        """From now to today."""
        return (TODAY - self.now).days

    def at_work(self, days: float) -> datetime:
        """A moment within office hours so many days from now, at least."""
        day = local_day(self.now) + timedelta(days=days)
        while day.weekday() > 4 or holiday_at(day):
            day += timedelta(days=1)
        return moment(day, time(self.rng.randint(9, 15), self.rng.randint(0, 59)))

    def some(self, least: int, most: int) -> datetime:
        """A moment within office hours, so many days from now."""
        return self.at_work(self.rng.randint(least, most))

    def day_for_meeting(self, days: int) -> date:
        """A Tuesday, Wednesday or Thursday, but none in a pause or on the eve of a holiday."""
        day, weekday = local_day(self.now) + timedelta(days=days), self.rng.choice((1, 2, 2, 3))
        if _pauses(day):
            day = _after_pause(day) + timedelta(days=self.rng.randint(0, 40))  # not everybody meets in its first week
        while day.weekday() != weekday or holiday_at(day) or _pauses(day):
            day += timedelta(days=1)
        return day

    # Deeds

    def do(
        self, row: Any, move: str, by: Person | None = None, why: str = "", overriding: str = "", **given: Any
    ) -> None:
        """Make a move, as the convener if nobody is named."""
        overrides = (overriding,) if overriding else ()
        how = How(confirmed=True, reason=self.text(why) if why else None, overrides=overrides)
        make_move(self.work(by or self.convener), row, move, given, how)

    def new(self, kind: str, parent: Any, by: Person | None = None, /, **given: Any) -> Any:
        """Make something new."""
        return make_new(self.work(by or self.convener), kind, parent, given, How(confirmed=True)).made.row

    def work(self, actor: Person) -> Work:
        """What somebody does now."""
        return Work(self.session, actor, self.now)

    def text(self, occasion: str) -> str:
        """What people say on an occasion."""
        return self.say(self.rng.choice(SAID[self.plan.language][occasion]))

    def sits(self, person: Person) -> bool:
        """Whether somebody has a seat at the table now."""
        return Role.MEMBER in self.work(person).roles(self.table, local_day(self.now))


def _pauses(day: date) -> bool:
    """Nobody meets in summer or around Christmas, nor in a copy that is some weeks earlier."""
    when = (day.month, day.day)
    return (5, 25) <= when <= (9, 22) or when >= (12, 15) or when <= (1, 28)


def _after_pause(day: date) -> date:
    while _pauses(day):
        day += timedelta(days=1)
    return day
