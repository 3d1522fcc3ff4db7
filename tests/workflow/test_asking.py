"""Asking what can be done has no effects, covers every way out, and agrees with what is then done."""

import pytest

from models.states import ActionState, TableState, ThemeState
from tests.builders import acting, table_at, theme_at, thing_at
from tests.looking import everything
from workflow.asking import every_row, next_steps, ways_out
from workflow.engine import make_move
from workflow.errors import NotFound, Refused, Usage
from workflow.lifecycles import PAGE
from workflow.outcomes import How

STATES = [(kind, state) for kind, life in PAGE.lifecycles.items() for state in life.states]


@pytest.mark.parametrize(("kind", "state"), STATES, ids=str)
def test_asking_tells_every_way_out_and_changes_nothing(work, kind, state):
    row = thing_at(work, kind, state)
    before = everything(work.session)

    ways = list(ways_out(work, row))

    assert [way.move.name for way in ways] == [move.name for move in PAGE[kind].moves_from(state)]
    assert not work.session.dirty
    assert not work.session.new
    assert everything(work.session) == before


@pytest.mark.parametrize(("kind", "state"), STATES, ids=str)
def test_what_is_answered_is_what_then_happens(work, kind, state):
    row = thing_at(work, kind, state)

    for way in list(ways_out(work, row)):
        point = work.session.begin_nested()
        try:
            make_move(work, row, way.move.name, None, How(reason="?", confirmed=True))
            done: object = ()
        except Refused as refused:
            done = {reason.code for reason in refused.reasons}
        except Usage:
            done = None  # it must be told something that asking does not know
        finally:
            point.rollback()
            work.session.expire_all()
        assert done is None or set(done) == {reason.code for reason in way.reasons}


def test_a_move_from_elsewhere_is_answered_with_where_it_leads_from(work):
    theme = theme_at(work, table_at(work, TableState.ACTIVE), ThemeState.PROPOSED)

    (way,) = ways_out(work, theme, "resume")

    assert [reason.code for reason in way.reasons] == ["wrong_state"]
    assert way.reasons[0].facts["from"] == [ThemeState.SUSPENDED]


def test_many_things_are_asked_at_once(work):
    table = table_at(work, TableState.ACTIVE)
    themes = [theme_at(work, table, ThemeState.PROPOSED, f"Teema {n}") for n in range(5)]

    assert list(every_row(work, "theme")) == themes
    assert all(list(ways_out(work, theme)) for theme in themes)


def test_an_unknown_kind_is_answered_with_those_there_are(work):
    with pytest.raises(NotFound) as error:
        every_row(work, "teeema")

    assert error.value.facts["close"]


def test_the_next_steps_are_those_that_are_ones_own(work):
    thing_at(work, "action", ActionState.ASSIGNED)
    nobody = acting(work, "Kerttu Sjöström")

    mine = {(step.kind, step.move.name) for step in next_steps(work)}

    assert mine
    assert all(step.command.startswith("poyta ") for step in next_steps(work))
    assert not {step.kind for step in next_steps(nobody)} - {"table"}
