"""What the pictures draw is what the database holds, on a file and on a server."""

from datetime import date

import pytest

from models.database import Database
from models.people import Organisation
from models.reading import open_reader
from models.states import ActionState, Level, MeetingState, Sector, SeriesState, ThemeState
from tests.builders import action_at, keuruu, meeting_at, series_at, step, table_at, theme_at
from tests.conftest import NOW
from tests.looking import at_work
from workflow.asking import ways_out
from workflow.days import local_day
from workflow.pictures.gathering import series_over_time, stalled_tables, table_around, work_divided
from workflow.pictures.standing import standing
from workflow.pictures.timeline import Gathering
from workflow.pictures.work import WorkOf
from workflow.references import reference
from workflow.stalled.verdicts import Wanted, verdicts
from workflow.work import Work

TODAY = local_day(NOW)
T = ThemeState


@pytest.fixture
def opened(place):
    """A database of either kind."""
    database = Database(place)
    yield database
    database.close()


# The round table


def test_who_sits_around_a_table_by_sector(opened, place):
    with at_work(opened) as work:
        keuruu(work)

    with open_reader(place) as reader:
        around = table_around(reader, "keuruu", TODAY)

    taken = {seat.sector: seat.parties for seat in around.seats if seat.parties}
    assert taken == {
        Sector.MUNICIPALITY: ("Keuruun kaupunki",),
        Sector.PARISH: ("Keuruun seurakunta",),
        Sector.ASSOCIATION: ("Keuruun 4H-yhdistys",),
        Sector.VILLAGE: ("Äijälän kyläyhdistys",),
        Sector.COMPANY: ("Möksyn Leipä Oy",),
    }
    assert [seat.sector for seat in around.seats] == [each for each in Sector if each is not Sector.OTHER]
    assert (around.table, around.day, around.unattached) == ("Keuruun kumppanuuspöytä", TODAY, 1)


def test_who_has_left_sits_there_no_longer_and_those_of_a_forum_do(opened, place):
    with at_work(opened) as work:
        table = keuruu(work)
        work.session.add(Organisation(name="Multian koulu", sector=Sector.EDUCATION))
        work.session.flush()
        step(work, table, "unseat", {"organisation": "Möksyn Leipä Oy"}, on=NOW)
        forum = table_at(work, table.state, "multia")
        step(work, forum, "seat", {"organisation": "Multian koulu"}, on=NOW)
        forum.parent = table

    with open_reader(place) as reader:
        now = table_around(reader, "keuruu", date(2016, 5, 21))
        then = table_around(reader, "keuruu", date(2016, 3, 1))

    sectors = {seat.sector: bool(seat.parties) for seat in now.seats}
    assert (sectors[Sector.COMPANY], sectors[Sector.EDUCATION]) == (True, True)  # the bakery sits at the forum
    assert not next(seat.parties for seat in then.seats if seat.sector is Sector.EDUCATION)


def test_a_networking_table_lacks_no_residents(opened, place):
    with at_work(opened) as work:
        table = keuruu(work)
        table.kind_of_table = "networking"

    with open_reader(place) as reader:
        around = table_around(reader, "keuruu", TODAY)

    assert Sector.RESIDENTS not in [seat.sector for seat in around.seats]


def test_the_goal_and_the_work_of_the_themes_that_go_on(opened, place):
    with at_work(opened) as work:
        table = keuruu(work)
        one, other = theme_at(work, table, T.CONVENED, "Kyydit"), theme_at(work, table, T.PROPOSED, "Kirjasto")
        step(work, one, "goal", {"goal": "Kyyti kaikille"})
        step(work, other, "goal", {"goal": "Kirjasto auki iltaisin"})
        action_at(work, one, ActionState.CLOSED, "Kysely")
        action_at(work, one, ActionState.DROPPED, "Turha")
        named = reference(other)

    with open_reader(place) as reader:
        around = table_around(reader, "keuruu", TODAY)
        chosen = table_around(reader, "keuruu", TODAY, theme=named)

    assert around.goals == ("Kyyti kaikille",)
    assert [(each.what, each.party, each.done) for each in around.actions] == [("Kysely", "Äijälän kyläyhdistys", True)]
    assert (chosen.goals, chosen.actions) == (("Kirjasto auki iltaisin",), ())


# A series over time


def test_the_meetings_of_a_series_in_the_order_of_their_days(opened, place):
    with at_work(opened) as work:
        table = keuruu(work)
        series = series_at(work, theme_at(work, table, T.PROPOSED), SeriesState.PLANNED)
        for state in (MeetingState.COMPLETED, MeetingState.CANCELLED, MeetingState.CONVENED, MeetingState.PLANNED):
            meeting_at(work, series, state)
        ref = reference(series)

    with open_reader(place) as reader:
        shown = series_over_time(reader, ref, TODAY)

    assert [each.state for each in shown.meetings] == [
        MeetingState.COMPLETED,
        MeetingState.CANCELLED,
        MeetingState.CONVENED,
        MeetingState.PLANNED,
    ]
    days = [each.day for each in shown.meetings]
    assert days[:3] == sorted(days[:3])
    assert days[3] is None
    assert [each.number for each in shown.meetings] == [1, None, 2, 3]
    assert (shown.meetings[0].present, shown.planned, shown.unplanned) == (5, 3, 0)


def test_a_joint_meeting_is_on_the_line_of_each_of_its_series(opened, place):
    with at_work(opened) as work:
        one = series_at(work, theme_at(work, keuruu(work), T.PROPOSED), SeriesState.PLANNED)
        other = series_at(work, theme_at(work, keuruu(work, "multia"), T.PROPOSED), SeriesState.PLANNED)
        meeting = meeting_at(work, one, MeetingState.CONVENED)
        step(work, meeting, "join", {"series": reference(other)})
        named = reference(meeting), reference(other), local_day(meeting.begins_at), meeting.place

    with open_reader(place) as reader:
        shown = series_over_time(reader, named[1], TODAY)

    assert shown.meetings == (Gathering(named[0], MeetingState.CONVENED, named[2], None, named[3], None),)


# What stands still


@pytest.fixture
def standing_still(opened, place):
    """Two tables, each with something that stands still."""
    with at_work(opened) as work:
        for short in ("keuruu", "multia"):
            table = keuruu(work, short)
            theme = theme_at(work, table, T.CONVENED)
            if short == "keuruu":
                action_at(work, theme, ActionState.ASSIGNED, due="1.4.2016")
                theme_at(work, table, T.PROPOSED)
        keuruu(work, "petajavesi")
    return place


@pytest.mark.parametrize("past", [False, True])
def test_the_days_are_those_of_the_longest_verdict(standing_still, past):
    day = date(2016, 8, 1)
    with open_reader(standing_still) as reader:
        shown = stalled_tables(reader, day, past=past)
        found = [(each.table, sign) for each in verdicts(reader, day, past=past) for sign in each.signs]

    longest = {}
    for slug, sign in found:
        key = (f"{slug.capitalize()}n kumppanuuspöytä", sign.code)
        longest[key] = max(sign.days, longest.get(key, 0))
    assert {(table.table, code): days for table in shown.tables for code, days in table.days.items()} == longest
    assert (len(shown.tables), shown.of) == (2, 3)
    assert "action_overdue" in shown.tables[0].days


def test_only_the_tables_that_are_wanted(standing_still):
    with open_reader(standing_still) as reader:
        shown = stalled_tables(reader, date(2016, 8, 1), wanted=Wanted(area="Muualla"))

    assert (shown.tables, shown.of) == ((), 0)


# The work


def test_the_actions_of_each_party_by_how_they_stand(opened, place):
    with at_work(opened) as work:
        theme = theme_at(work, keuruu(work), T.PROPOSED)
        for state in ActionState:
            action_at(work, theme, state, due="1.6.2016")
        action_at(work, theme, ActionState.ASSIGNED, due="1.4.2016")
        action_at(work, theme, ActionState.IN_PROGRESS, to="Göran Öhman", due="20.5.2016")
        action_at(work, theme, ActionState.ASSIGNED, to="Väinö Vieras")

    with open_reader(place) as reader:
        shown = work_divided(reader, TODAY, table="keuruu")
        elsewhere = work_divided(reader, TODAY, theme="T99")

    assert shown.parties == (
        WorkOf("Äijälän kyläyhdistys", open=3, overdue=1, waiting=1, done=2),
        WorkOf("Keuruun seurakunta", open=1),
        WorkOf("Väinö Vieras", open=1),
    )
    assert (shown.table, elsewhere.parties, elsewhere.table) == ("Keuruun kumppanuuspöytä", (), None)


# Where a thing stands


def test_what_stands_before_the_next_state_is_what_why_tells(work):
    meeting = meeting_at(
        work, series_at(work, theme_at(work, keuruu(work), T.PROPOSED), SeriesState.PLANNED), MeetingState.CONVENED
    )

    shown = standing(work.session, meeting, NOW)

    (way,) = ways_out(work, meeting, "set_agenda")
    told = {(reason.code, reason.level) for reason in (*way.reasons, *way.warnings)}
    assert {(each.code, each.level) for each in shown.before} == told
    assert ("agenda_not_empty", Level.REFUSE) in told
    assert (shown.state, shown.ahead, shown.follows) == ("convened", "agenda_set", None)


def test_it_is_the_same_whoever_asks(work):
    theme = theme_at(work, keuruu(work), T.PROPOSED)

    shown = standing(work.session, theme, NOW)

    assert not {"role_missing", "only_follows"} & {each.code for each in shown.before}
    assert (shown.ahead, shown.before != ()) == ("convened", True)


@pytest.mark.parametrize(
    ("state", "follows", "lacks", "ahead"),
    [
        (T.CONVENED, "convened", None, "agenda_set"),
        (T.HELD, "held", None, "actions_assigned"),
        (T.ACTIONS_ASSIGNED, None, None, "results_reached"),
        (T.RESULTS_REACHED, None, None, None),
        (T.SUSPENDED, None, None, "convened"),
        (T.DISCONTINUED, None, None, None),
        (T.DECLINED, None, None, None),
    ],
)
def test_how_a_theme_comes_to_its_next_state(work, state, follows, lacks, ahead):
    theme = theme_at(work, keuruu(work), state)

    shown = standing(work.session, theme, NOW)

    assert (shown.follows and shown.follows[1], shown.lacks, shown.ahead) == (follows, lacks, ahead)


def test_a_theme_whose_meeting_was_cancelled_waits_for_another(work):
    theme = theme_at(work, keuruu(work), T.CONVENED)
    step(work, theme.series[0].meetings[0], "cancel")

    assert standing(work.session, theme, NOW).lacks == "meeting"


@pytest.mark.parametrize("state", [T.ACTIONS_ASSIGNED, T.SUSPENDED, T.DISCONTINUED])
def test_the_days_on_which_it_came_to_each_state_are_those_of_the_history(work, state):
    theme = theme_at(work, keuruu(work), state)

    shown = standing(work.session, theme, NOW)

    walked = list(T)[: list(T).index(T.ACTIONS_ASSIGNED if state is T.ACTIONS_ASSIGNED else T.CONVENED) + 1]
    assert list(shown.reached) == [each.value for each in walked]
    assert list(shown.reached.values()) == sorted(shown.reached.values())
    assert shown.left == (None if state is T.ACTIONS_ASSIGNED else "convened")


def test_asking_changes_nothing(work):
    theme = theme_at(work, keuruu(work), T.HELD)
    work.session.flush()

    standing(work.session, theme, NOW)

    assert (list(work.session.dirty), list(work.session.new)) == ([], [])


def test_a_picture_that_left_a_reason_out_would_be_found(work, monkeypatch):
    meeting = meeting_at(
        work, series_at(work, theme_at(work, keuruu(work), T.PROPOSED), SeriesState.PLANNED), MeetingState.CONVENED
    )
    monkeypatch.setattr("workflow.pictures.standing.WHOEVER_ASKS", frozenset({"agenda_not_empty"}))

    assert "agenda_not_empty" not in {each.code for each in standing(work.session, meeting, NOW).before}
    assert isinstance(work, Work)
