"""One unit of work: who acts, at what moment, in which transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Person, Seat
from models.states import Role
from workflow.days import local_day
from workflow.permissions import first_held, roles_of


@dataclass
class Work:
    """One unit of work. The clock is an argument: `now` is the one moment of everything done in it.

    `told_later` is for reading in a book of the past: roles are then judged on the day on which things happened,
    and what is only a warning counts as confirmed by whoever reads the book in.
    """

    session: Session
    actor: Person
    now: datetime
    auth: str = "claimed"
    told_later: bool = False
    noted: tuple[tuple[str, str], ...] = ()
    """What history is to remember of the commands given, beside what they were told."""

    @cached_property
    def today(self) -> date:
        """The day it is, in Finland."""
        return local_day(self.now)

    @cached_property
    def coordinates(self) -> list[Seat]:
        """The seats from which the actor coordinates a project, an area, or a table with its forums."""
        return list(
            self.session.scalars(select(Seat).where(Seat.person_id == self.actor.id, Seat.role == Role.COORDINATOR))
        )

    def judged_on(self, day: date) -> date:
        """The day whose roles count for what happened on a day."""
        return day if self.told_later else self.today

    def roles(self, row: Any, day: date) -> frozenset[Role]:
        """In what roles the actor may act on a thing."""
        return roles_of(self.actor, row, self.judged_on(day), self.coordinates)

    def first_role(self, wanted: Iterable[Role], row: Any, day: date) -> Role | None:
        """The first of these roles that the actor holds towards a thing."""
        return first_held(wanted, self.actor, row, self.judged_on(day), lambda: self.coordinates)

    def find(self, reference: str, *kinds: str) -> Any:
        """The thing that goes by that name. Raises NotFound or Ambiguous."""
        from workflow.finding import find

        return find(self.session, reference, *kinds)
