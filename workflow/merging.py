"""Two entries for one party become one: the name of the one that goes still means the one that stays."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, delete, select, update

from models.base import Base
from models.history import HistoryEntry
from models.people import Organisation, Person
from models.tables import theme_goal_parties
from workflow.errors import Usage
from workflow.finding import STATEFUL
from workflow.outcomes import How
from workflow.register import Noted, note, only_keepers
from workflow.work import Work


def merge(work: Work, duplicate: Any, into: Any, how: How) -> None:
    """Let everything that was the duplicate's be the other's, and its name another name of the other.

    Raises Usage where they can't be the same, and NotAllowed.
    """
    if how.command and _given_before(work, how):
        return
    only_keepers(work, duplicate, "merge")
    _refuse_unlike(duplicate, into)
    for table, column in _pointing_at(type(duplicate)):
        _point(work, table, column, duplicate.id, into.id)
    _complete(into, duplicate)
    duplicate.merged_into_id = into.id
    work.session.flush()
    note(work, Noted(duplicate.stream, "merge", (("into", into.stream),), _words(how)), how)
    work.session.expire_all()


def _given_before(work: Work, how: How) -> bool:
    return work.session.scalars(select(HistoryEntry.id).filter_by(cmd_id=str(how.command))).first() is not None


def _words(how: How) -> dict[str, str]:
    return {"reason": how.reason} if how.reason else {}


def _refuse_unlike(duplicate: Any, into: Any) -> None:
    names = {"duplicate": duplicate.name, "into": into.name}
    if duplicate.id == into.id:
        raise Usage("merge_with_itself", **names)
    if isinstance(duplicate, Organisation) and duplicate.sector != into.sector:
        raise Usage("merge_of_sectors", **names, one=duplicate.sector, other=into.sector)
    if isinstance(duplicate, Person) and (duplicate.forgotten or into.forgotten):
        raise Usage("merge_of_forgotten", **names)


def _pointing_at(model: type[Base]) -> list[tuple[Table, Column[Any]]]:
    """Every column of every table that names one of these parties."""
    return [
        (table, key.parent)
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name)
        if key.column.table is model.__table__
    ]


def _point(work: Work, table: Table, column: Column[Any], duplicate: int, into: int) -> None:
    """Where both are named for the same thing, one of the two goes."""
    if (same := ONCE.get(table.name)) is not None:
        other = table.alias("other")
        of_both: list[ColumnElement[bool]] = [
            table.c[name].is_not_distinct_from(other.c[name]) for name in same if name != column.name
        ]
        named = select(1).where(and_(*of_both, other.c[column.name] == into)).correlate(table)
        work.session.execute(delete(table).where(column == duplicate, named.exists()))
    raised = {"version": table.c.version + 1} if table.name in _STATEFUL else {}
    work.session.execute(update(table).where(column == duplicate).values({column.name: into, **raised}))


ONCE = {
    theme_goal_parties.name: ("theme_id",),
    "attendance": ("meeting_id", "person_id"),
    "invitation_answers": ("meeting_id", "person_id"),
    "action_shares": ("action_id", "person_id", "organisation_id"),
}
"""The tables in which nobody is named twice for the same thing, and what makes it the same."""

_STATEFUL: frozenset[str] = frozenset(each.__tablename__ for each in STATEFUL.values())


def _complete(into: Any, duplicate: Any) -> None:
    """What was known of the duplicate only, is known of the other now."""
    for name in ("organisation_id", "email"):
        if hasattr(into, name) and getattr(into, name) is None:
            setattr(into, name, getattr(duplicate, name))
