"""Parties take turns: six of them at Keuruu, each with the main responsibility once, and then from the beginning."""

import pytest

from models.people import Organisation
from models.states import ActionState, RotaState
from tests.builders import new, rota_at, step
from tests.looking import codes, failure
from tests.spring import a_theme, now
from workflow.engine import make_move
from workflow.errors import BadValue
from workflow.outcomes import How

SIX = (
    "Keuruun kaupunki",
    "Keuruun seurakunta",
    "Keuruun 4H-yhdistys",
    "Äijälän kyläyhdistys",
    "Keurusseudun sydänyhdistys",
    "Ystäväntupa",
)
COFFEE = {"title": "Kahvia ja kohtaamisia", "rhythm": "monthly", "parties": list(SIX)}


@pytest.fixture
def coffee(work):
    """The rota of six."""
    work.session.add_all([Organisation(name=name, sector="association") for name in SIX[4:]])
    work.session.flush()
    return new(work, "rota", a_theme(work), COFFEE)


def whose(rota):
    return rota.in_turn.organisation.name


def test_each_has_its_turn_and_then_it_begins_anew(work, coffee):
    for month in range(1, 8):
        step(work, coffee, "turn", {"due": f"1.{month}.2016"})

    assert [each.responsible.name for each in coffee.actions] == [*SIX, SIX[0]]
    assert {each.state for each in coffee.actions} == {ActionState.ASSIGNED}


def test_who_cannot_take_the_turn_is_skipped_and_has_it_the_next_time_round(work, coffee):
    now(work, coffee, "skip")
    skipped = whose(coffee)
    for _ in range(5):
        now(work, coffee, "turn", {"due": "1.5.2016"})

    assert (skipped, whose(coffee)) == (SIX[1], SIX[0])
    assert SIX[0] not in [each.responsible.name for each in coffee.actions]


def test_two_change_places(work, coffee):
    now(work, coffee, "swap", {"with": "Ystäväntupa"})

    assert [place.organisation.name for place in coffee.places] == [SIX[5], *SIX[1:5], SIX[0]]
    assert whose(coffee) == "Ystäväntupa"


def test_nobody_changes_places_with_itself_or_with_somebody_who_takes_no_turns(work, coffee):
    for name in (SIX[0], "Möksyn Leipä Oy"):
        with pytest.raises(BadValue) as error:
            now(work, coffee, "swap", {"with": name})

        assert error.value.code == "takes_no_other_turn"


def test_a_skipped_turn_has_its_reason(work, coffee):
    error = failure(work, lambda: make_move(work, coffee, "skip", None, How(confirmed=True)))

    assert codes(error) == ["reason_missing"]


def test_when_others_take_turns_it_begins_with_the_first_of_them(work, coffee):
    now(work, coffee, "turn", {"due": "1.5.2016"})

    now(work, coffee, "describe", {"parties": ["Ystäväntupa", "Keuruun kaupunki"]})

    assert (whose(coffee), len(coffee.places)) == ("Ystäväntupa", 2)


def test_one_party_alone_is_left_no_rota(work, coffee):
    with pytest.raises(BadValue) as error:
        now(work, coffee, "describe", {"parties": ["Ystäväntupa"]})

    assert error.value.code == "too_few_parties"


def test_a_party_named_twice_has_one_place(work):
    rota = new(work, "rota", a_theme(work), COFFEE | {"parties": [SIX[0], SIX[1], SIX[0]]})

    assert [place.organisation.name for place in rota.places] == [SIX[0], SIX[1]]


def test_a_rota_that_ended_gives_no_turns_and_what_was_given_stays(work):
    rota = rota_at(work, a_theme(work), RotaState.ENDED)

    error = failure(work, lambda: now(work, rota, "turn", {"due": "1.5.2016"}))

    assert codes(error) == ["wrong_state"]
    assert [each.state for each in rota.actions] == [ActionState.ASSIGNED]
