"""`poyta audit compare`: tables side by side by the same rule on the same day."""

import pytest

from models.database import Database
from models.states import ActionState
from tests.builders import action_at, first_people, keuruu, theme_at
from tests.cli.conftest import Poyta
from tests.workflow.stalled.scenes import LATER, T, two_meetings
from workflow.comparing import Days, days_of
from workflow.work import Work


@pytest.fixture
def side_by_side(poyta: Poyta, place: str) -> Poyta:
    """A table with results and work that goes on, and one that has heard much and agreed on nothing."""
    with Database(place).writing() as session:
        work = Work(session, first_people(session), LATER)
        table = keuruu(work)
        theme_at(work, table, T.RESULTS_REACHED)
        action_at(work, theme_at(work, table, T.HELD), ActionState.ASSIGNED, to="Pekka Näätänen")
        theme_at(work, table, T.PROPOSED)
        two_meetings()(work, "multia")
    return poyta


def compared(poyta, at="2016-05-20", *words):
    answer = poyta("audit", "compare", "--json", "--at", at, *words)
    assert answer.status == 0, answer.out
    return {each["ref"]: each for each in answer.json["items"]}


def test_themes_results_and_the_days_they_took(side_by_side):
    first, other = compared(side_by_side).values()

    assert first["themes"] == {"total": 3, "by_state": {"results_reached": 1, "held": 1, "proposed": 1}}
    assert first["with_results"] == {"n": 1, "of": 2, "percent": 50}
    assert first["days_to_results"] == {"n": 1, "median": 19, "p90": 19}
    assert first["days_in_state"]["held"] == {"n": 2, "median": 57.5, "p90": 115}
    assert other["with_results"] == {"n": 0, "of": 1, "percent": 0}
    assert other["days_to_results"] == {"n": 0, "median": None, "p90": None}


def test_what_stands_still_and_whose_turn_it_is(side_by_side):
    first, other = compared(side_by_side).values()

    assert first["causes"]["held_work_not_divided"] == 1
    assert first["turns"]["Pekka Näätänen"] == 2
    assert other["causes"] == {"memo_not_circulated": 2, "no_meeting_dated": 1, "nothing_agreed_twice": 1}


def test_who_comes_who_works_and_who_proposes(side_by_side):
    first, other = compared(side_by_side).values()

    assert (first["meetings"], other["meetings"]) == (
        {"last_year": 2, "year_before": 0},
        {"last_year": 2, "year_before": 0},
    )
    assert first["attendance"]["village"] == {"last": 1.0, "before": None, "trend": None}
    assert set(other["attendance"]) == {"municipality", "parish", "association"}
    assert first["work"] == [
        {"party": "Äijälän kyläyhdistys", "ref": "G2", "actions": 1, "open": 0},
        {"party": "Keuruun 4H-yhdistys", "ref": "G4", "actions": 1, "open": 1},
    ]
    assert first["items"] == {"village": 2}


def test_the_trend_is_against_the_twelve_months_before(side_by_side):
    first, other = compared(side_by_side, at="2017-02-10").values()

    assert first["attendance"]["village"] == {"last": None, "before": 1.0, "trend": None}
    assert other["attendance"]["parish"] == {"last": 1.0, "before": 1.0, "trend": 0.0}


def test_the_past_does_not_know_the_future(side_by_side):
    first, _ = compared(side_by_side, at="2016-01-20").values()

    assert first["themes"]["by_state"] == {"agenda_set": 2, "proposed": 1}
    assert (first["with_results"]["n"], first["meetings"]["last_year"]) == (0, 0)
    assert compared(side_by_side, at="2015-12-31") == {}


def test_people_read_it_side_by_side(side_by_side):
    answer = side_by_side("audit", "compare", "--at", "2016-05-20", "--lang", "en")

    lines = answer.out.splitlines()
    assert lines[0] == "Tables side by side, as they stood on 20 May 2016:"
    assert lines[lines.index("From convened to results:") + 2].split() == ["keuruu", "1/2", "(50", "%)", "19", "19"]
    assert [text for text in lines if text.endswith(":")][1:] == [
        "Themes, by state:",
        "From convened to results:",
        "Days in a state, in the middle:",
        "What stands still:",
        "People at a meeting in the last twelve months, and how many more than in those before:",
        "Actions given to each party:",
        "Matters, by where they came from:",
    ]


@pytest.mark.parametrize(
    ("many", "days"),
    [
        ([], Days(0, None, None)),
        ([4], Days(1, 4, 4)),
        ([9, 1], Days(2, 5, 9)),
        (range(1, 11), Days(10, 5.5, 9)),
        (range(1, 101), Days(100, 50.5, 90)),
    ],
)
def test_the_middle_and_nine_of_ten(many, days):
    assert days_of(many) == days
