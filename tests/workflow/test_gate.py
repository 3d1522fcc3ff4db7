"""The one gate: what it refuses, on whose word it goes on, when things happened, and that all is kept or nothing."""

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from models.history import HistoryEntry, HistoryWords
from models.place import DatabaseProblem
from models.states import ActionState, ItemState, Level, MeetingState, SeriesState, ThemeState
from models.tables import Theme
from tests.builders import (
    PEOPLE,
    REASON,
    acting,
    action_at,
    item_at,
    keuruu,
    new,
    series_at,
    step,
    theme_at,
)
from tests.conftest import NOW
from tests.looking import all_of, at_work, codes, facts_of, failure, history_of, refused
from tests.spring import SURE, a_series, a_theme, day, divide, meeting_on, now
from workflow.details import TAKES
from workflow.engine import advance, make_move, make_new
from workflow.errors import Conflict, NotAllowed, PoytaError, Usage, WrongState
from workflow.lifecycles import PAGE
from workflow.outcomes import How

FIRST, SECOND = UUID(int=1), UUID(int=2)

# All reasons at once


def test_a_refusal_names_every_reason_at_once_of_the_move_and_of_what_would_follow(work):
    table = keuruu(work)
    series = series_at(work, theme_at(work, table, ThemeState.PROPOSED), SeriesState.PLANNED)
    meeting = new(work, "meeting", series, {"when": "24.5.2016 klo 17-20"})
    step(work, table, "unseat", {"person": "Pekka", "until": "1.5.2016"})

    error = refused(acting(work, "Göran"), meeting, "convene")

    assert isinstance(error, NotAllowed)
    assert [(reason.code, reason.row.kind) for reason in error.reasons] == [
        ("role_missing", "meeting"),
        ("place_or_link", "meeting"),
        ("duration_60_to_90", "meeting"),
        ("notice_14_days", "meeting"),
        ("invitation_channel", "meeting"),
        ("secretary_seated", "theme"),
    ]


def test_a_refusal_says_what_can_be_done_instead(work):
    theme = theme_at(work, keuruu(work), ThemeState.CONVENED)

    error = refused(work, theme, "decline", None, SURE)

    assert isinstance(error, WrongState)
    assert error.reasons[0].facts == {"state": "convened", "from": ["proposed"]}
    assert list(error.allowed) == [
        "suspend",
        "discontinue",
        "goal",
        "describe",
        "evaluate",
        "tell_proposer",
        "translate",
    ]


def test_a_move_that_needs_a_reason_is_not_made_without_one(work):
    theme = a_theme(work)

    assert codes(refused(work, theme, "decline")) == ["reason_missing"]
    assert now(work, theme, "decline").made.to is ThemeState.DECLINED


def test_the_words_of_a_reason_are_kept_beside_the_history(work):
    theme = a_theme(work)

    make_move(work, theme, "decline", None, How(reason="Ei kuulu meille"))

    assert [(words.field, words.text) for words in history_of(work, theme)[-1].words] == [("reason", "Ei kuulu meille")]


# Warnings and overrides


def test_an_unconfirmed_warning_is_in_the_way(work):
    theme = a_theme(work)

    error = refused(work, theme, "convene")

    assert [(reason.code, reason.level, reason.fixed) for reason in error.reasons] == [
        ("planned_meetings_stated", Level.WARN, False)
    ]


def test_a_confirmed_warning_is_told_and_remembered(work):
    theme = a_theme(work)

    outcome = make_move(work, theme, "convene", None, How(confirmed=True))

    assert [reason.code for reason in outcome.waived] == ["planned_meetings_stated"]
    assert facts_of(history_of(work, theme)[-1], "confirmed") == ["planned_meetings_stated"]


def test_confirming_does_not_waive_a_refusal(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016")

    assert codes(refused(work, meeting, "set_agenda", None, SURE)) == ["agenda_not_empty"]


def over(*codes_, reason=REASON):
    """Over those promises, with every warning confirmed."""
    return How(confirmed=True, reason=reason, overrides=codes_)


def test_the_convener_overrides_a_refusal_with_a_reason_and_the_history_marks_it(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016")

    outcome = make_move(work, meeting, "set_agenda", None, over("agenda_not_empty"))

    entry = history_of(work, meeting)[-1]
    assert meeting.state is MeetingState.AGENDA_SET
    assert [reason.code for reason in outcome.waived] == ["agenda_not_empty", "goal_drafted"]
    assert facts_of(entry, "overridden") == ["agenda_not_empty"]
    assert [words.text for words in entry.words] == [REASON]


@pytest.mark.parametrize(
    ("who", "how"), [("Göran", over("agenda_not_empty")), ("Aino", over("agenda_not_empty", reason=None))]
)
def test_nobody_else_overrides_and_nobody_without_a_reason(work, who, how):
    meeting = meeting_on(work, a_series(work), "2.2.2016")

    assert codes(refused(acting(work, who), meeting, "set_agenda", None, how)) == ["agenda_not_empty"]


def test_what_is_fixed_is_never_overridden(work):
    meeting = new(work, "meeting", a_series(work), {"place": "Kirjasto"})

    error = refused(work, meeting, "convene", None, over("dated", "duration_60_to_90"))

    assert [(reason.code, reason.fixed) for reason in error.reasons] == [("dated", True)]


def test_a_promise_of_what_follows_is_overridden_too(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)
    step(work, meeting.items[0], "settle", {"outcome": "noted"})

    make_move(work, meeting, "assign_actions", {"no_actions_because": "Kuultiin"}, over("goal_agreed"))

    assert facts_of(history_of(work, meeting.series.theme)[-1], "overridden") == ["goal_agreed"]
    assert facts_of(history_of(work, meeting)[-1], "overridden") == []


def test_only_a_promise_that_there_is_can_be_overridden(work):
    error = failure(work, lambda: make_move(work, a_theme(work), "convene", None, over("no_such_thing")))

    assert (error.code, error.field) == ("no_such_promise", "override")


# When it happened


@pytest.fixture
def convened(work):
    """A theme that was convened on 3 May at nine."""
    theme = a_theme(work)
    step(work, theme, "convene", on=day(5, 3))
    return theme


def suspend(work, theme, on):
    """Suspend it on that moment or day."""
    return make_move(work, theme, "suspend", {"revisit": "1.9.2016"}, How(on=on, reason=REASON))


def test_without_a_word_it_happens_now(work, convened):
    assert suspend(work, convened, None).happened_at == NOW
    assert history_of(work, convened)[-1].recorded_at == NOW


@pytest.mark.parametrize("on", [NOW + timedelta(seconds=1), date(2016, 5, 21)], ids=str)
def test_nothing_happens_in_the_future(work, convened, on):
    error = failure(work, lambda: suspend(work, convened, on))

    assert codes(error) == ["in_the_future"]


@pytest.mark.parametrize("on", [day(5, 3) - timedelta(seconds=1), date(2016, 5, 2)], ids=str)
def test_nothing_happens_before_what_happened_to_it_last(work, convened, on):
    error = failure(work, lambda: suspend(work, convened, on))

    assert codes(error) == ["before_the_previous"]
    assert error.reasons[0].facts["since"] == day(5, 3)


@pytest.mark.parametrize(
    ("on", "happened_at"),
    [
        (date(2016, 5, 10), day(5, 10)),
        (date(2016, 5, 3), day(5, 3)),
        (date(2016, 5, 20), NOW),
        (day(5, 3), day(5, 3)),
        (day(5, 12, 7), day(5, 12, 7)),
    ],
    ids=str,
)
def test_a_day_without_an_hour_is_noon_or_the_moment_of_what_happened_on_it_before(work, convened, on, happened_at):
    assert suspend(work, convened, on).happened_at == happened_at


def test_a_day_gives_way_to_the_hour_of_what_happened_on_it(work):
    theme = a_theme(work)
    step(work, theme, "convene", on=day(5, 3, 14))

    assert suspend(work, theme, date(2016, 5, 3)).happened_at == day(5, 3, 14)


def test_an_event_may_be_told_late(work, convened):
    outcome = make_move(work, convened, "goal", {"goal": "Kukaan ei jää yksin"}, How(on=date(2016, 2, 1)))

    assert outcome.happened_at == day(2, 1, 10)
    assert convened.state_since == day(5, 3)


@pytest.mark.parametrize("on", [None, date(2016, 2, 2)], ids=str)
def test_a_meeting_was_held_when_it_was_to_begin(work, on):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET)

    outcome = make_move(work, meeting, "hold", {"present": "Aino, Göran"}, How(on=on))

    assert outcome.happened_at == meeting.begins_at == day(2, 2, 15)
    assert {told.row.state_since for told in outcome.followed} == {meeting.begins_at}


def test_what_follows_a_day_gives_way_to_an_hour_too(work):
    series = a_series(work)
    first, second = meeting_on(work, series, "2.2.2016"), meeting_on(work, series, "8.3.2016")
    item_at(work, first, ItemState.ACCEPTED)
    step(work, first, "set_agenda", on=day(1, 26, 15))

    outcome = make_move(work, second, "cancel", None, How(on=date(2016, 1, 26), reason=REASON))

    assert (outcome.followed, second.state_since) == ((), day(1, 26, 10))


# Somebody else was there before


def test_what_was_shown_must_be_what_is_there(work):
    theme = a_theme(work)
    seen = theme.version
    now(work, theme, "goal", {"goal": "Kukaan ei jää yksin"})

    error = failure(work, lambda: make_move(work, theme, "decline", None, How(reason=REASON, version=seen)))

    assert isinstance(error, Conflict)
    assert (error.code, error.facts["seen"], error.facts["now"]) == ("stale", seen, seen + 1)
    assert make_move(work, theme, "decline", None, How(reason=REASON, version=seen + 1)).made.to == "declined"


def test_a_meeting_looks_changed_to_whoever_closes_it_when_work_was_added(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)
    divide(work, meeting)
    seen = meeting.version
    action_at(work, meeting, ActionState.ASSIGNED)

    error = failure(work, lambda: make_move(work, meeting, "complete", None, How(version=seen)))

    assert error.code == "stale"


def test_a_new_part_raises_the_version_of_all_that_it_belongs_to(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)
    whole, theme = meeting.version, meeting.series.theme.version

    make_new(work, "action", meeting, {"what": "Kysytään", "to": "Pekka"})

    assert (meeting.version, meeting.series.theme.version) == (whole + 1, theme + 1)


def test_what_was_changed_after_it_was_read_is_not_written_over(work):
    theme = a_theme(work)
    work.session.execute(Theme.__table__.update().values(version=99))

    error = failure(work, lambda: now(work, theme, "decline"))

    assert (type(error), error.code) == (Conflict, "changed_meanwhile")


def test_of_two_who_saw_the_same_one_wins_and_the_other_is_told(database):
    with at_work(database) as work:
        number, seen = (theme := a_theme(work)).id, theme.version

    with at_work(database) as work:
        make_move(work, work.find(f"T{number}", "theme"), "convene", None, How(confirmed=True, version=seen))
    with pytest.raises(Conflict) as error, at_work(database) as work:
        make_move(work, work.find(f"T{number}", "theme"), "decline", None, How(reason=REASON, version=seen))

    assert error.value.code == "stale"


@pytest.mark.parametrize("system", ["postgresql"], indirect=True)
def test_of_two_at_the_same_moment_one_wins_and_the_other_is_told(database):
    with at_work(database) as work:
        number = a_theme(work).id
    with database.reading() as session:
        before = len(session.scalars(select(HistoryEntry)).all())

    with pytest.raises(DatabaseProblem) as problem, at_work(database) as one, at_work(database) as other:
        first, second = (each.find(f"T{number}", "theme") for each in (one, other))
        make_move(one, first, "convene", None, SURE)
        one.session.commit()
        make_move(other, second, "decline", None, SURE)

    assert problem.value.code == "changed_meanwhile"
    with database.reading() as session:
        assert len(session.scalars(select(HistoryEntry)).all()) == before + 1


# The same command twice


def test_a_command_sent_twice_is_done_once_and_answers_the_same(work):
    meeting = new(work, "meeting", a_series(work), {"when": "7.6.2016 klo 17-18.30", "place": "Kirjasto"})
    how = How(confirmed=True, command=FIRST)

    first = make_move(work, meeting, "convene", None, how)
    second = make_move(work, meeting, "convene", None, how)

    assert (first.repeated, second.repeated) == (False, True)
    assert (second.made, second.followed, second.happened_at) == (first.made, first.followed, first.happened_at)
    assert len(history_of(work, meeting)) == 2


def test_a_thing_asked_for_twice_is_made_once(work):
    table = keuruu(work)

    first, second = (make_new(work, "theme", table, {"title": "Kyydit"}, How(command=FIRST)) for _ in range(2))

    assert first.made.row is second.made.row
    assert len(table.themes) == 1


def test_a_command_is_not_used_for_another_thing_or_another_move(work):
    table = keuruu(work)
    one, other = (theme_at(work, table, ThemeState.PROPOSED) for _ in range(2))
    make_move(work, one, "goal", {"goal": "Kukaan ei jää yksin"}, How(command=FIRST))

    another_move = failure(work, lambda: make_move(work, one, "evaluate", {"evaluation": "Hyvä"}, How(command=FIRST)))
    another_thing = failure(work, lambda: make_move(work, other, "goal", {"goal": "Muu"}, How(command=FIRST)))
    another_kind = failure(work, lambda: make_new(work, "theme", table, {"title": "Kyydit"}, How(command=FIRST)))

    assert [error.code for error in (another_move, another_thing, another_kind)] == ["command_used"] * 3
    assert isinstance(another_move, Usage)


def test_a_command_is_not_used_for_a_thing_whose_number_begins_alike(work):
    table = keuruu(work)
    themes = [theme_at(work, table, ThemeState.PROPOSED, f"Teema {number}") for number in range(10)]
    make_move(work, themes[9], "goal", {"goal": "Kukaan ei jää yksin"}, How(command=FIRST))

    error = failure(work, lambda: make_move(work, themes[0], "goal", {"goal": "Muu"}, How(command=FIRST)))

    assert (themes[0].stream, themes[9].stream, error.code) == ("theme:1", "theme:10", "command_used")


# What can't be said


def test_a_thing_is_made_under_what_it_can_belong_to(work):
    theme = a_theme(work)

    error = failure(work, lambda: make_new(work, "theme", theme, {"title": "Kyydit"}))

    assert (error.code, error.facts["parents"]) == ("wrong_parent", ["table"])


def test_a_move_is_listed_with_what_it_takes_only_where_there_is_such_a_move():
    assert [name for name in TAKES if name.split()[1] not in PAGE[name.split()[0]].moves] == []


def test_a_move_is_told_only_what_it_takes_and_all_that_it_needs(work):
    theme = a_theme(work)

    unknown = failure(work, lambda: make_move(work, theme, "goal", {"gaol": "Kukaan ei jää yksin"}))
    missing = failure(work, lambda: make_move(work, theme, "evaluate", {}))

    assert (unknown.code, unknown.field) == ("no_such_detail", "gaol")
    assert (missing.code, missing.field) == ("missing", "evaluation")


def test_advancing_makes_the_one_forward_move_there_is(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016")
    item_at(work, meeting, ItemState.ACCEPTED)

    outcome = advance(work, meeting, SURE)
    error = failure(work, lambda: advance(work, meeting.series, SURE))

    assert (outcome.made.move, meeting.state) == ("set_agenda", MeetingState.AGENDA_SET)
    assert codes(error) == ["no_forward_move"]
    assert error.reasons[0].remedies == (f"poyta meeting advance M{meeting.id}",)


# Nothing is half-written


def _refused(work, theme):
    make_move(work, theme, "reach_results", {}, SURE)


def _not_allowed(work, theme):
    make_move(acting(work, "Väinö"), theme, "goal", {"goal": "Toinen tavoite"}, SURE)


def _too_late(work, theme):
    make_move(work, theme, "goal", {"goal": "Toinen tavoite"}, How(on=date(2016, 5, 21)))


def _bad_value(work, theme):
    make_move(work, theme, "goal", {"goal": "Toinen tavoite", "parties": ["Ei ole"]}, SURE)


def _ill_said(work, theme):
    make_move(work, theme.table, "seat", {"organisation": "Keuruun kaupunki", "role": "chair"}, SURE)


def _stale(work, theme):
    make_move(work, theme, "goal", {"goal": "Toinen tavoite"}, How(version=99))


def _refused_child(work, theme):
    make_new(work, "meeting", theme.series[0], {"when": "7.6.2016 klo 17-18.30"}, How(on=date(2016, 5, 21)))


def _fault(work, theme):
    make_move(work, theme, "goal", {"goal": "Toinen tavoite"}, SURE)
    raise ZeroDivisionError


def _told_twice(work, theme):
    for _ in range(2):
        told = {"name": "Multian pöytä", "short": "multia", "kind": "network", "rhythm": "monthly"}
        make_new(work, "table", None, told)


FAILURES = [_refused, _not_allowed, _too_late, _bad_value, _ill_said, _stale, _refused_child, _fault, _told_twice]


@pytest.mark.parametrize("fail", FAILURES, ids=lambda each: each.__name__.strip("_"))
def test_nothing_is_half_written_where_something_goes_wrong(database, fail):
    with at_work(database) as work:
        number = meeting_on(work, a_series(work), "2.2.2016").series.theme.id
    before = all_of(database)

    with pytest.raises((PoytaError, ZeroDivisionError)), at_work(database) as work:
        fail(work, work.find(f"T{number}", "theme"))

    assert all_of(database) == before


# What the history says


def entries_of(work):
    return work.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)).all()


def test_the_numbers_of_a_tables_history_and_of_each_thing_have_no_gap(work):
    theme_at(work, keuruu(work), ThemeState.RESULTS_REACHED)
    theme_at(work, keuruu(work, "multia"), ThemeState.SUSPENDED)
    failure(work, lambda: now(work, work.find("T1", "theme"), "decline"))

    entries = entries_of(work)

    for named, number in (("table_id", "number"), ("stream", "version")):
        for each in {getattr(entry, named) for entry in entries}:
            numbers = [getattr(entry, number) for entry in entries if getattr(entry, named) == each]
            assert numbers == list(range(1, len(numbers) + 1))


def test_every_state_is_what_the_history_says_and_every_entry_names_the_page(work):
    theme = theme_at(work, keuruu(work), ThemeState.RESULTS_REACHED)
    things = [theme, *theme.series, *theme.series[0].meetings, *theme.items, *theme.actions, *theme.results]

    for thing in things:
        entries = history_of(work, thing)
        assert (entries[-1].to_state, len(entries)) == (thing.state, thing.entries)
        assert [entry.from_state for entry in entries[1:]] == [entry.to_state for entry in entries[:-1]]
        assert {entry.rules for entry in entries} == {PAGE.version}
        assert [entry.happened_at for entry in entries if entry.from_state != entry.to_state][-1] == thing.state_since


def test_no_entry_names_anybody(work):
    theme = theme_at(work, keuruu(work), ThemeState.RESULTS_REACHED)
    step(work, theme.table, "hand_over", {"to": "Göran Öhman"})
    told = json.dumps(
        [[str(value) for value in vars(entry).values()] for entry in entries_of(work)], ensure_ascii=False
    )

    assert [part for name in PEOPLE for part in name.split() if part in told] == []
    assert "person:person-2" in told


def test_what_people_wrote_stands_apart_from_the_entries(work):
    theme = theme_at(work, keuruu(work), ThemeState.RESULTS_REACHED)

    entries = json.dumps([entry.facts for entry in entries_of(work)], ensure_ascii=False)
    words = work.session.scalars(select(HistoryWords.text)).all()

    assert theme.goal in words
    assert theme.goal not in entries
    assert "Yksinäisyys" not in entries
