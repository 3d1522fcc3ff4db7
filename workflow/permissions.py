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
    if _coordinates(row, day, coordinates):
        held.add(Role.COORDINATOR)
    for table in _tables_of(row):
        held.update(_seated(person, table, day))
    held.update(role for role, holds in RELATIVE.get(row.kind, {}).items() if holds(row, person))
    return frozenset(held)


def first_held(
    wanted: "Iterable[Role]", person: "Person", row: Any, day: date, coordinates: "Callable[[], Iterable[Seat]]"
) -> Role | None:
    """The first of these roles that the person holds, looked for no further than needed."""
    relative = RELATIVE.get(row.kind, {})
    seated: set[Role] | None = None
    for role in wanted:
        if role in relative:
            if relative[role](row, person):
                return role
            continue
        if seated is None:
            seated = {Role.ANYBODY, *(held for table in _tables_of(row) for held in _seated(person, table, day))}
        if role in seated or (role is Role.COORDINATOR and _coordinates(row, day, coordinates())):
            return role
    return None


def _coordinates(row: Any, day: date, seats: "Iterable[Seat]") -> bool:
    return any(seat.held_on(day) and _covers(seat, table) for seat in seats for table in _tables_of(row))


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
    return any(
        who == person.id if who is not None else body is not None and body == person.organisation_id
        for who, body in _parties(action)
    )


def _parties(action: Any) -> "Iterable[tuple[int | None, int | None]]":
    yield action.responsible_person_id, action.responsible_organisation_id
    yield from ((share.person_id, share.organisation_id) for share in action.shares)


KEEPERS = (Role.COORDINATOR, Role.CONVENER, Role.SECRETARY, Role.CHAIR)
"""Those who look after the register of people and organisations."""

RELATIVE: dict[str, dict[Role, Callable[[Any, "Person"], bool]]] = {
    "table": {Role.FOUNDER: _is_founder},
    "item": {Role.SUBMITTER: _is_submitter},
    "action": {Role.RESPONSIBLE: _is_responsible},
}
"""The roles that follow from the matter at hand."""
