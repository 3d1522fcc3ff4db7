"""What hangs on a person from now on: somebody else must take it over before they can be forgotten."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from models.actions import Action, ActionShare
from models.meetings import Meeting
from models.people import Person, Seat
from models.states import MeetingState, TableState
from models.tables import PartnershipTable, Theme
from workflow.attempt import Reason
from workflow.guards import ENDED_THEME, SETTLED_ACTION
from workflow.pasting import typed
from workflow.references import reference
from workflow.work import Work

_NOT_FOUNDED = (TableState.PROPOSED, TableState.RETURNED)
_LIVING = (*_NOT_FOUNDED, TableState.ACTIVE, TableState.DORMANT)
_TO_COME = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.AGENDA_SET)


def duties_of(work: Work, person: Person) -> list[Reason]:
    """One reason for each kind of duty that the person has, with the commands that give it to somebody else."""
    return [reason for asked in _DUTIES for reason in asked(work, person)]


def goes_on(work: Work, seat: Seat) -> bool:
    """Whether a seat could end sooner: after today, or after its first day if that is still to come."""
    return seat.until is None or max(work.today, seat.since) < seat.until


def _open_actions(work: Work, person: Person) -> Iterator[Reason]:
    """An open action needs somebody who answers for it."""
    mine = _found(work, Action, Action.responsible_person_id == person.id, Action.state.not_in(SETTLED_ACTION))
    yield from _reason("forget_responsible", person, "actions", {each: _giving_away(each) for each in mine})


def _giving_away(action: Action) -> str:
    """Under a theme that has come to an end, nobody takes up work."""
    if action.theme.state in ENDED_THEME:
        return "action drop {} --reason TEXT"
    return "action reassign {} --to PARTY --reason TEXT"


def _shared_actions(work: Work, person: Person) -> Iterator[Reason]:
    """An open action names those who share the work."""
    shared = select(ActionShare.action_id).where(ActionShare.person_id == person.id)
    mine = _found(work, Action, Action.id.in_(shared), Action.state.not_in(SETTLED_ACTION))
    yield from _reason("forget_sharing", person, "actions", dict.fromkeys(mine, "action share {} --shared-with PARTY"))


def _seats(work: Work, person: Person) -> Iterator[Reason]:
    """Somebody sits in a seat at a living table for as long as it goes on."""
    held = work.session.scalars(select(Seat).where(Seat.person_id == person.id).order_by(Seat.id))
    tables = [seat.table for seat in held if seat.table and seat.table.state in _LIVING and goes_on(work, seat)]
    unseat = f"table unseat {{}} --person {reference(person)}"
    yield from _reason("forget_seated", person, "tables", dict.fromkeys(tables, unseat))


def _answers_for(work: Work, person: Person) -> Iterator[Reason]:
    """A living table and an open theme have somebody who answers for them."""
    tables = _found(
        work,
        PartnershipTable,
        PartnershipTable.responsible_person_id == person.id,
        PartnershipTable.state.in_(_LIVING),
    )
    themes = _found(work, Theme, Theme.responsible_person_id == person.id, Theme.state.not_in(ENDED_THEME))
    commands = {each: f"{each.kind} describe {{}} --responsible PERSON" for each in [*tables, *themes]}
    yield from _reason("forget_answering", person, "things", commands)


def _unfounded_tables(work: Work, person: Person) -> Iterator[Reason]:
    """A table that is not founded yet is in the hands of whoever proposed it."""
    ours = _found(
        work, PartnershipTable, PartnershipTable.founder_id == person.id, PartnershipTable.state.in_(_NOT_FOUNDED)
    )
    yield from _reason("forget_founding", person, "tables", {each: _settling(each) for each in ours})


def _settling(table: PartnershipTable) -> str:
    return "table found {} --decided-by BODY" if table.state is TableState.PROPOSED else "table resubmit {}"


def _meetings_to_come(work: Work, person: Person) -> Iterator[Reason]:
    """In a meeting to come somebody leads the discussion, and somebody writes."""
    for role, column in (("chair", Meeting.chair_id), ("secretary", Meeting.secretary_id)):
        ours = _found(work, Meeting, column == person.id, Meeting.state.in_(_TO_COME))
        commands = dict.fromkeys(ours, f"meeting prepare {{}} --{role} PERSON")
        yield from _reason(f"forget_as_{role}", person, "meetings", commands)


_DUTIES: Iterable[Callable[[Work, Person], Iterator[Reason]]] = (
    _open_actions,
    _shared_actions,
    _seats,
    _answers_for,
    _unfounded_tables,
    _meetings_to_come,
)


def _found(work: Work, model: Any, *conditions: ColumnElement[bool]) -> Sequence[Any]:
    return work.session.scalars(select(model).where(*conditions).order_by(model.id)).all()


def _reason(code: str, person: Person, what: str, commands: Mapping[Any, str]) -> Iterator[Reason]:
    """A reason, if there is any thing, with the command for each."""
    if commands:
        remedies = (f"poyta {command.format(typed(each))}" for each, command in commands.items())
        yield Reason(code, person, {what: [reference(each) for each in commands]}, tuple(remedies))
