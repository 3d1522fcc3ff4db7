"""In what roles a person may act on a thing, on a day."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from models.states import Role, TableState

if TYPE_CHECKING:
    from models.people import Person, Seat
    from models.tables import PartnershipTable


def roles_of(person: "Person", row: Any, day: date, coordinates: "Iterable[Seat]" = ()) -> frozenset[Role]:
    """Every role that the person holds towards the thing on that day.

    `coordinates`: the person's seats over projects and areas. A joint meeting belongs to several tables, and the
    office of each may act on it (lifecycles.md 2.3).
    """
    held = {Role.ANYBODY}
    for table in _tables_of(row):
        held.update(_seated(person, table, day))
        held.update(Role.COORDINATOR for seat in coordinates if seat.held_on(day) and _covers(seat, table))
    held.update(role for role, holds in RELATIVE.get(row.kind, {}).items() if holds(row, person))
    return frozenset(held)


def _tables_of(row: Any) -> "list[PartnershipTable]":
    if row.kind == "meeting":
        return list(dict.fromkeys(series.table for series in row.all_series))
    return [row.table]


def _seated(person: "Person", table: "PartnershipTable", day: date) -> Iterable[Role]:
    for seat in table.seats:
        if not seat.held_on(day):
            continue
        if seat.person_id == person.id:
            yield seat.role
            if seat.role is not Role.COORDINATOR:
                yield Role.MEMBER
        elif seat.person_id is None and seat.organisation_id == person.organisation_id:
            yield Role.MEMBER


def _covers(seat: "Seat", table: "PartnershipTable") -> bool:
    if seat.project_id is not None:
        return seat.project_id == table.project_id
    if seat.area is not None:
        return seat.area == table.area
    return seat.table_id in (table.id, table.parent_id)


def _is_founder(table: Any, person: "Person") -> bool:
    return table.founder_id == person.id and table.state in (TableState.PROPOSED, TableState.RETURNED)


def _is_submitter(item: Any, person: "Person") -> bool:
    return bool(item.submitter_id == person.id)


def _is_responsible(action: Any, person: "Person") -> bool:
    parties = [(action.responsible_person_id, action.responsible_organisation_id)]
    parties += [(share.person_id, share.organisation_id) for share in action.shares]
    return any(
        who == person.id if who is not None else body is not None and body == person.organisation_id
        for who, body in parties
    )


RELATIVE: dict[str, dict[Role, Callable[[Any, "Person"], bool]]] = {
    "table": {Role.FOUNDER: _is_founder},
    "item": {Role.SUBMITTER: _is_submitter},
    "action": {Role.RESPONSIBLE: _is_responsible},
}
"""The roles that follow from the matter at hand."""
