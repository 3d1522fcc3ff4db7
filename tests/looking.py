"""What tests look at: everything that a database holds, a refusal that leaves no trace, and what the history says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Base
from models.database import Database
from models.history import HistoryEntry
from models.people import Person
from tests.builders import first_people
from tests.conftest import NOW
from workflow.engine import make_move
from workflow.errors import PoytaError, Refused
from workflow.outcomes import How
from workflow.work import Work


def everything(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    session.flush()
    tables = Base.metadata.sorted_tables
    return {each.name: sorted(map(tuple, session.execute(select(each))), key=repr) for each in tables}


@contextmanager
def at_work(database: Database, now: datetime = NOW) -> Iterator[Work]:
    """One unit of work that is kept, done by Aino; everybody is there from the first one on."""
    with database.writing() as session:
        known = session.scalars(select(Person).order_by(Person.id)).first()
        yield Work(session, known or first_people(session), now)


def all_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as anybody else sees them."""
    with database.reading() as session:
        return everything(session)


@contextmanager
def taken_back(work: Work) -> Iterator[None]:
    """Whatever is done meanwhile is taken back at the end, in the database and in memory."""
    point = work.session.begin_nested()
    try:
        yield
    finally:
        point.rollback()
        work.session.expire_all()


def failure(work: Work, what: Callable[[], object]) -> PoytaError:
    """Why something can't be done, which leaves no trace; or an AssertionError if it can."""
    with taken_back(work):
        try:
            what()
        except PoytaError as error:
            return error
    raise AssertionError("it was done")


def refused(
    work: Work, row: Any, move: str, given: Mapping[str, object] | None = None, how: How | None = None
) -> Refused:
    """Why a move is refused, which leaves no trace; or an AssertionError if it is not."""
    error = failure(work, lambda: make_move(work, row, move, given, how))
    assert isinstance(error, Refused), error
    return error


def codes(error: Refused) -> list[str]:
    """The codes of the reasons, each once, in their order."""
    return list(dict.fromkeys(reason.code for reason in error.reasons))


def history_of(work: Work, row: Any) -> Sequence[HistoryEntry]:
    """What the history says of a thing, from the beginning."""
    chosen = select(HistoryEntry).filter_by(stream=row.stream).order_by(HistoryEntry.version)
    return work.session.scalars(chosen).all()


def moves_of(work: Work, row: Any) -> list[str]:
    """The names of the moves that the history knows of a thing."""
    return [entry.move for entry in history_of(work, row)]


def facts_of(entry: HistoryEntry, name: str) -> list[str]:
    """What an entry tells under that name."""
    return [value for told, value in entry.told if told == name]
