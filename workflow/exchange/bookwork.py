"""The unit of work of one person in a book of the past."""

from datetime import date
from typing import Any

from models.people import Person
from models.states import Role
from workflow.exchange.book import Deed
from workflow.exchange.names import Names, row_of
from workflow.exchange.shape import UNDO
from workflow.permissions import roles_of
from workflow.work import Work


class BookWork(Work):
    """What somebody did according to a book. Names are looked up in its index; roles are those of the day."""

    def __init__(self, work: Work, actor: Person, names: Names) -> None:
        super().__init__(work.session, actor, work.now, auth="book", told_later=True)
        self.names = names
        self.file = ""
        self.told: date | None = None
        self.undoing = False

    def at(self, deed: Deed) -> "BookWork":
        """The work as it is for one deed."""
        self.file = deed.place.file
        self.told = deed.told
        self.undoing = deed.move == UNDO
        self.noted = (("told", deed.told.isoformat()),) if deed.told else ()
        return self

    def find(self, reference: str, *kinds: str) -> Any:
        """What the book means by it. What is undone was told in the references of the database."""
        if self.undoing:
            return super().find(reference, *kinds)
        return row_of(self.names.find(self.file, reference, *kinds))

    def roles(self, row: Any, day: date) -> frozenset[Role]:
        """Those of the day on which it happened, and of that on which it was written down."""
        days = (day,) if self.told is None else (day, self.told)
        return frozenset(role for each in days for role in roles_of(self.actor, row, each, self.coordinates))
