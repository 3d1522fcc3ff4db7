"""Who did it, where a book does not say: whoever held a role that the move is for, on that day."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from models.people import Organisation, Person, Seat
from models.states import Role, TableState
from workflow.errors import NotFound
from workflow.exchange.book import Deed, Thing
from workflow.exchange.names import Names
from workflow.lifecycle import Move


class Acting:
    """Finds somebody for each deed. `importing`: whoever reads the book in, for what nobody else can have done."""

    def __init__(self, names: Names, coordinators: Iterable[Seat], importing: Person | None) -> None:
        self.names = names
        self.coordinators = list(coordinators)
        self.importing = importing

    def who(self, deed: Deed, move: Move, day: date) -> Person | None:
        """Who did it. Raises NotFound and Ambiguous for a name that is none."""
        if deed.by is not None:
            return self.names.find(deed.place.file, deed.by, "person")  # type: ignore[no-any-return]  # a person or a project
        if deed.thing.at_home:
            return self.importing
        if deed.thing.kind == "table" and move.creates:
            return self._founder(deed.thing, day) or self.importing
        table = deed.thing.table.row
        found = (self._in_role(role, table, deed.thing.row, day) for role in move.by)
        nobody = self.importing or table.founder  # whom the gate will refuse, and say whose it was
        return next((person for person in found if person is not None), nobody)

    def _founder(self, table: Thing, day: date) -> Person | None:
        """The first convener whom the table seats, or a coordinator."""
        for step in table.deeds:
            if step.move == "seat" and step.given.get("role") == Role.CONVENER and "person" in step.given:
                try:
                    return self.names.find(table.place.file, str(step.given["person"]), "person")  # type: ignore[no-any-return]  # a person or a project
                except NotFound:
                    return None
        area, project = table.told("area"), self._project(table)
        covering = (seat for seat in self._held(day) if seat.area == area or seat.project_id == project)
        return next((seat.person for seat in covering), None)

    def _project(self, table: Thing) -> int | None:
        try:
            return self.names.find(table.place.file, str(table.told("project")), "project").id  # type: ignore[no-any-return]  # a person or a project
        except NotFound:
            return None

    def _held(self, day: date) -> Iterable[Seat]:
        return [seat for seat in self.coordinators if seat.held_on(day)]

    def _in_role(self, role: Role, table: Any, row: Any, day: date) -> Person | None:
        if role is Role.COORDINATOR:
            return _seated(table, day, lambda seat: seat.role is role) or self._coordinator(table, day)
        if role is Role.MEMBER:
            return _seated(table, day, lambda seat: seat.role is not Role.COORDINATOR)
        if role is Role.FOUNDER:
            return table.founder if table.state in (TableState.PROPOSED, TableState.RETURNED) else None
        if role is Role.SUBMITTER:
            return row.submitter  # type: ignore[no-any-return]  # a person or a project
        if role is Role.RESPONSIBLE:
            return _responsible(table, row, day)
        return _seated(table, day, lambda seat: seat.role is role)

    def _coordinator(self, table: Any, day: date) -> Person | None:
        for seat in self._held(day):
            of_project = seat.project_id is not None and seat.project_id == table.project_id
            if of_project or (seat.area is not None and seat.area == table.area):
                return seat.person
        return None


def _seated(table: Any, day: date, wanted: Callable[[Seat], bool]) -> Person | None:
    seats = (seat for seat in table.seats if seat.person is not None and seat.held_on(day) and wanted(seat))
    return next((seat.person for seat in seats), None)


def _responsible(table: Any, action: Any, day: date) -> Person | None:
    """The person responsible, or one who speaks for the organisation that is."""
    party = action.responsible
    if not isinstance(party, Organisation):
        return party  # type: ignore[no-any-return]  # a person or a project
    return _seated(table, day, lambda seat: seat.person is not None and seat.person.organisation_id == party.id)
