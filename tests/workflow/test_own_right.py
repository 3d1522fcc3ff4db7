"""A move can't bring the right to make it, nor reach further than its table, nor leave anything when refused."""

import pytest

from models.people import Person, Project, Seat
from models.states import ItemState, MeetingState, Role, SeriesState, TableState, ThemeState
from tests.builders import item_at, meeting_at, series_at, table_at, theme_at
from tests.looking import failure
from workflow.engine import make_move
from workflow.errors import NotAllowed, Refused
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


def test_nobody_reaches_into_the_meetings_of_another_table(work):
    own = theme_at(work, table_at(work, TableState.ACTIVE), ThemeState.PROPOSED)
    other = meeting_at(work, _series(work, "toinen"), MeetingState.CONVENED)
    item = item_at(work, own, ItemState.SUBMITTED)
    there = {"meeting": f"M{other.id}"}, {"goal": "Meidän", "agreed_in": f"M{other.id}"}

    errors = [
        failure(work, lambda: make_move(work, item, "accept", there[0])),
        failure(work, lambda: make_move(work, own, "goal", there[1])),
    ]

    assert [error.code for error in errors] == ["other_table", "other_table"]


def test_a_meeting_is_not_joined_by_its_own_series(work):
    meeting = meeting_at(work, _series(work, "keuruu"), MeetingState.CONVENED)

    error = failure(work, lambda: make_move(work, meeting, "join", {"series": f"S{meeting.series_id}"}))

    assert error.code == "own_series"


def test_what_a_refused_move_was_told_goes_no_further(work):
    meeting = meeting_at(work, _series(work, "keuruu"), MeetingState.AGENDA_SET)

    failed = _refused_in_the_same_session(work, meeting)
    work.session.flush()

    assert failed
    assert meeting.attendance == []


def _refused_in_the_same_session(work, meeting):
    try:
        make_move(work, meeting, "hold", {"present": "Aino Äijälä"})
    except Refused:
        return True
    return False


def _series(work, short):
    theme = theme_at(work, table_at(work, TableState.ACTIVE, short), ThemeState.PROPOSED)
    return series_at(work, theme, SeriesState.PLANNED)
