"""Finding a thing by the name that people use for it."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import Action, Referral, Result, Rota
from models.base import Stateful
from models.meetings import AgendaItem, Meeting, MeetingSeries, Memo
from models.people import Organisation, Person, Project
from models.states import LETTERS
from models.tables import PartnershipTable, Theme
from workflow.errors import Ambiguous, NotFound
from workflow.language.letters import composed, in_order
from workflow.naming import close_to, matching

STATEFUL: dict[str, type[Stateful]] = {
    each.kind: each
    for each in (PartnershipTable, Theme, MeetingSeries, Meeting, Memo, AgendaItem, Rota, Action, Referral, Result)
}
"""The class of each kind of thing that has a lifecycle."""

NAMED: dict[str, Any] = {"person": Person, "organisation": Organisation, "project": Project}
"""The class of each kind of thing that goes by its name."""


def find(session: Session, reference: str, *kinds: str) -> Any:
    """The one thing of these kinds (of any, when none is said) that goes by the reference.

    Raises NotFound, with names that are close, and Ambiguous, with those that it could be.
    """
    wanted = kinds or (*STATEFUL, *NAMED)
    reference = composed(reference).strip()
    if (found := _by_number(session, reference, wanted)) is not None:
        return found
    candidates = [each for kind in wanted for each in _named(session, kind)]
    matches = matching(reference, candidates)
    if len(matches) == 1:
        return matches[0][1]
    if matches:
        raise Ambiguous("ambiguous", reference=reference, candidates=in_order(name for name, _ in matches))
    close = close_to(reference, (name for name, _ in candidates))
    raise NotFound("not_found", reference=reference, kinds=list(wanted), close=close)


def meant(row: Any) -> Any:
    """The one that a name means: of two that were merged, the one that stayed."""
    return getattr(row, "merged_into", None) or row


def _by_number(session: Session, reference: str, kinds: Iterable[str]) -> Any:
    if matched := re.fullmatch(r"([MmTt])(\d{1,9})/(\d{1,6})", reference):
        if "item" not in kinds:
            return None
        letter, thing, number = matched[1].upper(), int(matched[2]), int(matched[3])
        if letter == "M":
            chosen = select(AgendaItem).filter_by(meeting_id=thing, position=number)
        else:
            chosen = select(AgendaItem).filter_by(theme_id=thing, number=number)
        return session.scalars(chosen).one_or_none()
    if reference.startswith("person:") and "person" in kinds:
        wanted = select(Person).filter_by(pseudonym=reference.removeprefix("person:"))
        return meant(session.scalars(wanted).one_or_none())
    if tuple(kinds) == ("memo",) and (matched := re.fullmatch(r"[Mm](\d{1,9})", reference)):
        return session.scalars(select(Memo).filter_by(meeting_id=int(matched[1]))).one_or_none()
    if matched := re.fullmatch(r"([A-Za-z])(\d{1,9})", reference):
        for kind, letter in LETTERS.items():
            if letter == matched[1].upper() and kind in kinds:
                return meant(session.get({**STATEFUL, **NAMED}[kind], int(matched[2])))
    return None


def _named(session: Session, kind: str) -> list[tuple[str, Any]]:
    if kind == "table":
        tables = session.scalars(select(PartnershipTable)).all()
        return [(table.slug, table) for table in tables] + [(table.name, table) for table in tables]
    if kind in NAMED:
        return [(row.name, meant(row)) for row in session.scalars(select(NAMED[kind]))]
    return []
