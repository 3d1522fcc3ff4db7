"""New people, organisations and projects: each name once, each value looked at where it enters."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Organisation, Person, Project
from workflow.details import PARTY_TAKES
from workflow.errors import BadValue
from workflow.naming import like
from workflow.register import Noted, note
from workflow.work import Work

CLASSES: Mapping[str, Any] = {"organisation": Organisation, "person": Person, "project": Project}


def add_party(work: Work, kind: str, given: Mapping[str, object], *, is_new: bool = False) -> Any:
    """A new person, organisation or project. Raises BadValue with the field named.

    `is_new` says that nobody goes by the name, as a book knows that has looked up all of its names at once.
    """
    row = CLASSES[kind]()
    takes = {each.name: each for each in PARTY_TAKES[kind]}
    if unknown := next((name for name in given if name not in takes), None):
        raise BadValue("no_such_detail", unknown, known=list(takes))
    for name, each in takes.items():
        if given.get(name) is not None:
            each.put(row, each.kind.read(given[name], name, work))
        elif each.required:
            raise BadValue("missing", name)
    if kind != "person" and not is_new:
        _unknown_so_far(work.session, kind, row.name)
    if kind == "project" and row.begins and row.ends and row.ends < row.begins:
        raise BadValue("ends_before_it_begins", "ends", value=row.ends)
    work.session.add(row)
    work.session.flush()
    note(work, Noted(row.stream, "add"))
    return row


def _unknown_so_far(session: Session, kind: str, name: str) -> None:
    if any(like(known) == like(name) for known in session.scalars(select(CLASSES[kind].name))):
        raise BadValue("exists_already", "name", value=name)
