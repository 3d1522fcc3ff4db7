"""The one gate: levels, house rules, overrides, times, versions, values, and a history without names."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from models.history import HistoryEntry, HistoryWords
from models.people import Person
from models.states import MeetingState, SeriesState, TableState, ThemeState
from tests.builders import acting, meeting_at, series_at, step, table_at, theme_at
from tests.looking import codes, everything, facts_of, failure, history_of, refused
from workflow.details import TAKES
from workflow.engine import make_move, make_new
from workflow.errors import BadValue, Conflict, NotAllowed, Usage
from workflow.lifecycles import PAGE
from workflow.outcomes import How

SURE = How(confirmed=True)


@pytest.fixture
def table(work):
    return table_at(work, TableState.ACTIVE)


@pytest.fixture
def theme(work, table):
    return theme_at(work, table, ThemeState.PROPOSED)


@pytest.fixture
def held(work, theme):
    return meeting_at(work, series_at(work, theme, SeriesState.PLANNED), MeetingState.HELD)


def test_every_reason_is_told_at_once_those_of_what_would_follow_too(work, held):
    told = codes(refused(work, held, "assign_actions", None, SURE))

    assert told == ["items_settled", "no_actions_explained", "goal_agreed"]


def test_a_confirmed_warning_is_in_the_history_by_its_code(work, theme):
    unsure = refused(work, theme, "convene")

    make_move(work, theme, "convene", None, SURE)

    assert facts_of(history_of(work, theme)[-1], "confirmed") == codes(unsure)


def test_only_the_convener_overrides_and_only_with_a_reason(work, held):
    every = ("items_settled", "no_actions_explained", "goal_agreed")
    with_reason = How(overrides=every, reason="Kiire", confirmed=True)

    assert codes(refused(acting(work, "Pekka Näätänen"), held, "assign_actions", None, with_reason)) == list(every)
    assert codes(refused(work, held, "assign_actions", None, with_reason._replace(reason=None))) == list(every)
    outcome = make_move(work, held, "assign_actions", None, with_reason)
    assert [reason.code for reason in outcome.waived if reason.code in every] == list(every)


def test_what_is_fixed_is_never_overridden(work, theme):
    series = series_at(work, theme, SeriesState.PLANNED)
    meeting = make_new(work, "meeting", series, {"place": "Kirjasto"}).made.row
    how = How(overrides=("dated",), reason="Kiire", confirmed=True)

    reasons = refused(work, meeting, "convene", None, how).reasons

    assert [(reason.code, reason.fixed) for reason in reasons] == [("dated", True)]


def test_a_promise_that_does_not_exist_is_not_overridden(work, held):
    error = failure(work, lambda: make_move(work, held, "assign_actions", None, How(overrides=("bogus",))))

    assert (error.code, error.facts["field"]) == ("no_such_promise", "override")


@pytest.mark.parametrize(("level", "told"), [("off", []), ("warn", ["place_or_link"]), ("refuse", ["place_or_link"])])
def test_a_house_rule_gives_a_promise_the_tables_own_level(work, table, theme, level, told):
    make_move(work, table, "rules", {"code": "place_or_link", "level": level}, How(reason="Tapa"))
    meeting = make_new(work, "meeting", series_at(work, theme, SeriesState.PLANNED), {"when": "20.5.2016 klo 9-10"})

    strict = refused(work, meeting.made.row, "convene", {"channel": "other"}) if told else None

    assert [r.code for r in strict.reasons if r.code == "place_or_link"] == told if strict else not told


def test_a_house_rule_wakes_a_promise_that_sleeps(work, table, held):
    step(work, held.items[0], "settle", {"outcome": "agreed", "agreed": "Kokeillaan"})
    action = make_new(work, "action", held.items[0], {"what": "Kysytään", "to": "Pekka Näätänen"}).made.row
    secretary = acting(work, "Pekka Näätänen")
    make_move(secretary, action, "report_done", {"outcome": "Kysytty"})
    make_move(work, table, "rules", {"code": "closed_by_another", "level": "refuse"}, How(reason="Neljä silmää"))

    assert codes(refused(secretary, action, "close", {"outcome": "Kysytty"})) == ["closed_by_another"]


@pytest.mark.parametrize("code", ["table_active", "dated", "bogus"])
def test_what_is_fixed_or_unknown_has_no_house_rule(work, table, code):
    error = failure(work, lambda: make_move(work, table, "rules", {"code": code, "level": "off"}, How(reason="x")))

    assert (type(error), error.facts["field"]) == (BadValue, "code")


def test_nothing_happens_in_the_future_or_before_what_happened_last(work, theme):
    future, past = work.now + timedelta(minutes=1), theme.state_since - timedelta(minutes=1)

    assert codes(refused(work, theme, "decline", None, How(on=future, reason="x"))) == ["in_the_future"]
    assert codes(refused(work, theme, "decline", None, How(on=past, reason="x"))) == ["before_the_previous"]


def test_a_day_without_an_hour_gives_way_to_what_happened_on_it(work, theme):
    evening = datetime(2016, 4, 1, 18, tzinfo=UTC)
    make_move(work, theme, "convene", None, How(on=evening, confirmed=True))

    outcome = make_move(work, theme, "suspend", {"revisit": "1.9.2016"}, How(on=date(2016, 4, 1), reason="Tauko"))

    assert outcome.happened_at == evening


def test_a_version_that_was_shown_is_compared_with_what_is_written(work, theme):
    shown = theme.version
    step(work, theme, "goal", {"goal": "Kukaan ei jää yksin"})

    error = failure(work, lambda: make_move(work, theme, "decline", None, How(reason="x", version=shown)))

    assert (type(error), error.facts["seen"], error.facts["now"]) == (Conflict, shown, shown + 1)


def test_a_new_part_raises_the_version_of_what_it_belongs_to(work, held):
    meeting, theme = held.version, held.series.theme.version

    make_new(work, "action", held, {"what": "Kysytään", "to": "Pekka"})

    assert (held.version, held.series.theme.version) == (meeting + 1, theme + 1)


def test_somebody_who_was_faster_wins(database, work, theme):
    work.session.commit()
    with database.writing() as other:
        mine = other.get_one(type(theme), theme.id)
        other.execute(type(theme).__table__.update().values(version=99))
        actor = other.get_one(Person, work.actor.id)

        with pytest.raises(Conflict):
            make_move(type(work)(other, actor, work.now), mine, "decline", None, How(reason="x"))

        other.rollback()


def test_a_command_sent_twice_is_done_once_and_answers_the_same(work, theme):
    how = How(reason="x", command=UUID(int=7))

    first, second = make_move(work, theme, "decline", None, how), make_move(work, theme, "decline", None, how)

    assert (second.repeated, second.made) == (True, first.made)
    assert [entry.move for entry in history_of(work, theme)] == ["propose", "decline"]
    assert isinstance(failure(work, lambda: make_move(work, theme, "reopen", None, how)), Usage)


def test_a_new_thing_needs_a_parent_of_the_right_kind(work, table):
    assert failure(work, lambda: make_new(work, "meeting", table)).code == "wrong_parent"


WRONG = [
    ("theme", "propose", {"title": "x" * 301}, "title", "too_long"),
    ("theme", "propose", {"title": "a\x00b"}, "title", "control_character"),
    ("theme", "propose", {"title": " "}, "title", "empty"),
    ("theme", "propose", {}, "title", "missing"),
    ("theme", "propose", {"title": "x", "content": "kahvi"}, "content", "not_a_choice"),
    ("theme", "propose", {"title": "x", "väri": "punainen"}, "väri", "no_such_detail"),
    ("series", "plan", {"planned_meetings": "monta"}, "planned_meetings", "not_a_number"),
    ("series", "plan", {"planned_meetings": 0}, "planned_meetings", "out_of_range"),
    ("meeting", "plan", {"when": "31.2.2016 klo 9"}, "when", "date_no_such_day"),
    ("meeting", "plan", {"when": "1.2.2016"}, "when", "no_time"),
    ("meeting", "plan", {"when": "3/7/2016"}, "when", "date_ambiguous"),
    ("meeting", "plan", {"items_by": "ensi viikolla"}, "items_by", "date_not_a_date"),
    ("meeting", "hold", {"began": "25.70"}, "began", "not_a_time"),
    ("meeting", "hold", {"count": "yhdistys"}, "count", "not_a_pair"),
    ("item", "settle", {"no_action": "ehkä"}, "no_action", "not_yes_or_no"),
    ("table", "add", {"short": "Äijälä"}, "short", "not_a_short_name"),
    ("table", "add", {"short": "t3"}, "short", "not_a_short_name"),
]


@pytest.mark.parametrize(("kind", "move", "given", "field", "code"), WRONG, ids=str)
def test_a_wrong_value_is_refused_where_it_enters_with_its_field(work, kind, move, given, field, code):
    from workflow.engine import read_details

    with pytest.raises(BadValue) as error:
        read_details(work, PAGE[kind], PAGE[kind].moves[move], given)

    assert (error.value.field, error.value.code) == (field, code)


def test_every_kind_of_detail_belongs_to_a_move_of_the_page():
    for name in TAKES:
        kind, move = name.split()
        assert move in PAGE[kind].moves


def test_the_history_names_nobody_and_its_numbers_have_no_gaps(work, held):
    entries = work.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)).all()
    names = [name for person in work.session.scalars(select(Person)) for name in person.name.split()]

    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert not [entry.facts for entry in entries for name in names if name in entry.facts + entry.actor]
    for stream in {entry.stream for entry in entries}:
        versions = [entry.version for entry in entries if entry.stream == stream]
        assert versions == list(range(1, len(versions) + 1))


def test_reasons_and_other_words_stand_apart_from_the_entry(work, theme):
    make_move(work, theme, "decline", None, How(reason="Ei kuulu meille"))

    entry = history_of(work, theme)[-1]
    words = work.session.scalars(select(HistoryWords).filter_by(entry_id=entry.id)).all()
    assert [(each.field, each.text) for each in words] == [("reason", "Ei kuulu meille")]
    assert "kuulu" not in entry.facts


@pytest.mark.parametrize(
    "attempt",
    [
        lambda work, theme: make_move(work, theme, "resume"),
        lambda work, theme: make_move(acting(work, "Kerttu Sjöström"), theme, "decline", None, How(reason="x")),
        lambda work, theme: make_move(work, theme, "convene"),
        lambda work, theme: make_move(work, theme, "goal", {"parties": "Tuntematon"}),
        lambda work, theme: make_new(work, "theme", theme.table, {"title": ""}),
    ],
)
def test_a_failure_leaves_nothing_behind(work, theme, attempt):
    before = everything(work.session)

    failure(work, lambda: attempt(work, theme))

    assert everything(work.session) == before


def test_a_stranger_moves_nothing_and_a_coordinator_only_where_seated(work, theme):
    for name in ("Kerttu Sjöström",):
        error = refused(acting(work, name), theme, "decline", None, How(reason="x"))
        assert isinstance(error, NotAllowed)
