"""The unit of work of one person in a book of the past."""

from datetime import date
from typing import Any

from models.people import Person
from workflow.exchange.book import Deed
from workflow.exchange.names import Names, row_of
from workflow.exchange.shape import UNDO
from workflow.work import Work


class BookWork(Work):
    """What somebody did according to a book. Names are looked up in its index; roles are those of the day."""

    def __init__(self, work: Work, actor: Person, names: Names) -> None:
        super().__init__(work.session, actor, work.now, auth="book", told_later=True)
        self.names = names
        self.by_hand = work.auth
        self.file = ""
        self.told: date | None = None
        self.undoing = False

    def at(self, deed: Deed) -> "BookWork":
        """The work as it is for one deed. What is new at a table that is here already is no past: it is done now."""
        self.auth, self.told_later = (self.by_hand, False) if deed.thing.at_home else ("book", True)
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

    def judged_on(self, day: date) -> date:
        """The day on which it was written down, if that is told; else, in a book of the past, that of the deed."""
        return self.told or (day if self.told_later else self.today)
