"""A move can't bring the right to make it."""

import pytest

from models.people import Person, Project, Seat
from models.states import Role, TableState
from tests.builders import table_at
from workflow.engine import make_move
from workflow.errors import NotAllowed
from workflow.outcomes import How
from workflow.work import Work


def test_a_coordinator_of_another_project_cannot_take_a_table_into_it(work):
    table = table_at(work, TableState.ACTIVE)
    stranger = _somebody(work, "Örjan Muukalainen")
    other = Project(name="Toinen hanke")
    work.session.add(other)
    work.session.flush()
    _coordinate(work, stranger, other)

    with pytest.raises(NotAllowed):
        make_move(Work(work.session, stranger, work.now), table, "describe", {"project": "Toinen hanke"}, How())


def test_the_coordinator_of_its_project_may_move_it_to_another(work):
    table = table_at(work, TableState.ACTIVE)
    own, other = Project(name="Oma hanke"), Project(name="Toinen hanke")
    work.session.add_all([own, other])
    work.session.flush()
    table.project, table.project_id = own, own.id
    coordinator = _somebody(work, "Örjan Koordinaattori")
    _coordinate(work, coordinator, own)

    make_move(Work(work.session, coordinator, work.now), table, "describe", {"project": "Toinen hanke"}, How())

    assert table.project is other


def _somebody(work, name):
    somebody = Person(name=name)
    work.session.add(somebody)
    work.session.flush()
    return somebody


def _coordinate(work, somebody, project):
    work.session.add(Seat(role=Role.COORDINATOR, since=work.today, person_id=somebody.id, project_id=project.id))
    work.session.flush()
