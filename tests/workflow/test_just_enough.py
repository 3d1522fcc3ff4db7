"""What just holds, and what just does not: the numbers that the promises draw their lines at."""

from collections.abc import Mapping
from typing import Any

import pytest

from models.states import MeetingState, SeriesState, ThemeState
from tests.builders import as_one_of, keuruu, meeting_at, new, series_at, step, theme_at
from tests.looking import codes, taken_back
from workflow.engine import make_move
from workflow.errors import Refused
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.work import Work

GOOD = {"place": "Kirjasto", "channel": "open_call"}


def missing(work: Work, row: Any, move: str, given: Mapping[str, object] | None = None, **how: Any) -> list[str]:
    """The codes of everything against a move of which no warning is confirmed."""
    worker = as_one_of(work, row, PAGE[row.kind].moves[move].by)
    with taken_back(work):
        try:
            make_move(worker, row, move, given, How(**how))
        except Refused as refused:
            return codes(refused)
    return []


@pytest.fixture
def planned(work):
    """A planned meeting of a theme that is not convened yet."""
    return new(work, "meeting", series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED))


@pytest.mark.parametrize(("ends", "fits"), [("17.59", False), ("18", True), ("18.30", True), ("18.31", False)], ids=str)
def test_a_meeting_of_one_to_one_and_a_half_hours_is_as_long_as_it_should_be(work, planned, ends, fits):
    against = missing(work, planned, "convene", GOOD | {"when": f"14.6.2016 klo 17-{ends}"})

    assert ("duration_60_to_90" not in against) is fits


@pytest.mark.parametrize(("day", "in_time"), [("2.6.2016", False), ("3.6.2016", True)])
def test_fourteen_days_are_notice_enough(work, planned, day, in_time):
    assert str(work.today) == "2016-05-20"

    against = missing(work, planned, "convene", GOOD | {"when": f"{day} klo 17-18.30"})

    assert ("notice_14_days" not in against) is in_time


@pytest.mark.parametrize(("minutes", "fits"), [(90, True), (91, False)])
def test_an_agenda_may_take_all_of_the_meeting_and_no_more(work, planned, minutes, fits):
    step(work, planned, "convene", GOOD | {"when": "14.6.2016 klo 17-18.30"})
    new(work, "item", planned, {"title": "Kyydit", "origin": "village", "minutes": minutes})
    step(work, planned.items[0], "accept")

    against = missing(work, planned, "set_agenda")

    assert ("agenda_fits_the_time" not in against) is fits


@pytest.mark.parametrize(
    ("counted", "enough"),
    [
        ({"count": ["village=3", "residents=12"]}, True),
        ({"count": ["village=3", "residents=0"]}, False),
        ({"count": ["village=3"], "total": 12}, False),
    ],
    ids=["two sectors", "one, and nobody of another", "one, and a total"],
)
def test_two_sectors_are_there_when_somebody_of_each_was_counted(work, counted, enough):
    series = series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED)
    meeting = meeting_at(work, series, MeetingState.AGENDA_SET)

    against = missing(work, meeting, "hold", counted)

    assert ("two_sectors_present" not in against) is enough


@pytest.mark.parametrize(("leave", "enough"), [(0, True), (1, False)])
def test_five_at_the_table_are_enough(work, leave, enough):
    table = keuruu(work)  # five members, and the coordinator
    for name in ("Kerttu", "Göran")[: leave + 1]:
        step(work, table, "unseat", {"person": name, "until": "1.2.2016"})
    theme = theme_at(work, table, ThemeState.PROPOSED)

    against = missing(work, theme, "convene", on=work.now)

    assert ("size_5_to_20" not in against) is (len(table.seated(work.today)) >= 5) is enough
