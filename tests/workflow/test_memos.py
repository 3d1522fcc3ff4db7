"""The memo of a meeting: written piece by piece, sent to all, objected to or not, and confirmed."""

from datetime import timedelta

import pytest

from models.states import ItemState, MeetingState, MemoState, SeriesState, ThemeState
from tests.builders import DAY, item_at, keuruu, meeting_at, memo_at, new, series_at, step, theme_at
from tests.looking import codes, failure, moves_of
from tests.spring import SURE, a_series, divide, meeting_on, now
from workflow.engine import make_move, make_new
from workflow.errors import BadValue
from workflow.finding import find
from workflow.outcomes import How


@pytest.fixture
def held(work):
    """A meeting that was held."""
    return meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)


def test_every_text_stays_with_who_wrote_it_and_when(work, held):
    memo = new(work, "memo", held)

    now(work, memo, "edit", {"text": "Kyydit kerran viikossa", "item": "M1/1", "entry": "agreed"}, who="Pekka")
    now(work, memo, "edit", {"text": "Kyydit joka tiistai", "item": "M1/1", "entry": "agreed"}, who="Göran")

    written = [(each.revision, each.item, each.entry, each.text, each.author.name) for each in memo.entries_written]
    assert written == [
        (1, held.items[0], "agreed", "Kyydit kerran viikossa", "Pekka Näätänen"),
        (2, held.items[0], "agreed", "Kyydit joka tiistai", "Göran Öhman"),
    ]


def test_a_text_about_a_matter_of_another_meeting_is_not_written_here(work, held):
    memo = new(work, "memo", held)
    divide(work, held)
    other = item_at(work, meeting_on(work, held.series, "15.3.2016"), ItemState.ACCEPTED)

    with pytest.raises(BadValue) as error:
        now(work, memo, "edit", {"text": "Väärä", "item": f"M{other.meeting_id}/{other.position}"})

    assert error.value.code == "other_meeting"


def test_a_meeting_has_one_memo(work, held):
    new(work, "memo", held)

    with pytest.raises(BadValue) as error:
        make_new(work, "memo", held, None, SURE)

    assert error.value.code == "exists_already"


def test_a_memo_goes_by_the_name_of_its_meeting_too(work, held):
    memo = new(work, "memo", held)

    assert find(work.session, "M1", "memo") is find(work.session, f"D{memo.id}") is memo


def test_case_18_a_memo_that_was_objected_to_is_written_again_and_sent_again(work, held):
    memo = memo_at(work, held, MemoState.CIRCULATED)

    step(work, memo, "object")
    step(work, memo, "revise")
    step(work, memo, "edit", {"text": "Sovittiin myös kuljettajista."})
    step(work, memo, "circulate")

    moves = ["draft", "edit", "circulate", "object", "revise", "edit", "circulate"]
    assert moves_of(work, memo) == moves


def test_what_was_sent_out_is_not_changed_before_somebody_objects(work, held):
    memo = memo_at(work, held, MemoState.CIRCULATED)

    error = failure(work, lambda: now(work, memo, "edit", {"text": "Sittenkin näin"}))

    assert codes(error) == ["wrong_state"]


@pytest.mark.parametrize(("days", "confirmed"), [(14, False), (15, True)])
def test_where_no_day_is_told_the_others_have_fourteen_days(work, held, days, confirmed):
    memo = new(work, "memo", held)
    step(work, memo, "edit", {"text": "Keskusteltiin."})
    step(work, memo, "circulate")
    late = How(confirmed=True, on=memo.state_since + timedelta(days=days))

    if confirmed:
        assert make_move(work, memo, "confirm", None, late).made.to is MemoState.CONFIRMED
    else:
        assert codes(failure(work, lambda: make_move(work, memo, "confirm", None, late))) == ["silence_or_meeting"]


def test_a_memo_that_is_sent_anew_may_be_objected_to_anew(work, held):
    memo = memo_at(work, held, MemoState.OBJECTED)
    step(work, memo, "revise", on=memo.silent_until + 2 * DAY)
    step(work, memo, "circulate")

    error = failure(work, lambda: step(work, memo, "confirm", on=memo.state_since + 14 * DAY))

    assert codes(error) == ["silence_or_meeting"]


def test_the_next_meeting_confirms_it_at_once(work, held):
    memo = memo_at(work, held, MemoState.CIRCULATED)
    divide(work, held)
    then = meeting_on(work, held.series, "15.3.2016", MeetingState.HELD)

    now(work, memo, "confirm", {"meeting": f"M{then.id}"})

    assert (memo.state, memo.confirmed_in) == (MemoState.CONFIRMED, then)


def test_a_meeting_does_not_confirm_its_own_memo(work, held):
    memo = memo_at(work, held, MemoState.CIRCULATED)

    told = {"meeting": f"M{held.id}"}
    error = failure(work, lambda: step(work, memo, "confirm", told, on=memo.state_since + DAY / 24))

    assert codes(error) == ["silence_or_meeting"]


def test_an_earlier_meeting_does_not_confirm_it(work, held):
    divide(work, held)
    then = meeting_on(work, held.series, "15.3.2016", MeetingState.HELD)
    memo = memo_at(work, then, MemoState.CIRCULATED)

    told = {"meeting": f"M{held.id}"}
    error = failure(work, lambda: step(work, memo, "confirm", told, on=memo.state_since + DAY / 24))

    assert codes(error) == ["silence_or_meeting"]


def test_no_meeting_of_another_table_confirms_it(work, held):
    memo = memo_at(work, held, MemoState.CIRCULATED)
    elsewhere = series_at(work, theme_at(work, keuruu(work, "toivakka"), ThemeState.PROPOSED), SeriesState.PLANNED)
    other = meeting_at(work, elsewhere, MeetingState.HELD)

    with pytest.raises(BadValue) as error:
        now(work, memo, "confirm", {"meeting": f"M{other.id}"})

    assert error.value.code == "other_table"


def test_anybody_at_the_table_may_object_and_nobody_else(work, held):
    memo = memo_at(work, held, MemoState.CIRCULATED)

    error = failure(work, lambda: now(work, memo, "object", who="Väinö"))

    assert "role_missing" in codes(error)
    assert now(work, memo, "object", who="Sirkka").made.to is MemoState.OBJECTED
