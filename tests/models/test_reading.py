"""The views tell what is remembered, by references and names, and tell the same on a file and on a server."""

import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models.database import Database, server_engine
from models.history import HistoryEntry, RefusedAttempt
from models.invitations import InvitationAnswer
from models.people import Organisation, Person, Project
from models.place import open_for_reading
from models.reading import any_of, at_least, at_most, between, open_reader
from models.reminders import Reminder, ReminderLetter
from models.states import (
    ActionState,
    Answer,
    ItemState,
    MeetingState,
    ReferralState,
    ReminderStage,
    ResultState,
    Role,
    RotaState,
    SeriesState,
    TableState,
    ThemeState,
)
from models.views import LOCAL_DAY, VIEWS
from tests.builders import (
    DAY,
    action_at,
    first_people,
    item_at,
    keuruu,
    later,
    meeting_at,
    referral_at,
    result_at,
    rota_at,
    series_at,
    step,
    table_at,
    theme_at,
)
from tests.conftest import NOW
from workflow.days import local_day
from workflow.finding import NAMED, STATEFUL
from workflow.references import reference
from workflow.work import Work

MAIN = ("table", "theme", "series", "meeting", "memo", "item", "rota", "action", "referral", "result")
VIEW_OF = {kind: f"v_{kind}s" if kind != "series" else "v_series" for kind in MAIN}


@pytest.fixture
def keep(database):
    """Work in a database that is kept: what is done in `with keep() as work` can then be read."""

    class Kept:
        def __enter__(self):
            self.writing = database.writing()
            session = self.writing.__enter__()
            actor = session.scalars(select(Person).order_by(Person.id)).first() or first_people(session)
            return Work(session, actor, NOW)

        def __exit__(self, *error):
            return self.writing.__exit__(*error)

    return Kept


def rows(place, view, **wanted):
    with open_reader(place) as reader:
        return reader.rows(view, **wanted)


def only(place, view, **wanted):
    (row,) = rows(place, view, **wanted)
    return row


def a_full_spring(work):
    """Every kind of thing, and everything that can be told of one."""
    work.session.add(
        Project(name="Kehitytään kimpassa", funder="RAY", begins=date(2012, 1, 1), ends=date(2016, 12, 31))
    )
    work.session.flush()
    table = keuruu(work)
    step(work, table, "describe", {"area": "Keuruu"})
    step(work, table, "rules", {"code": "size_5_to_20", "level": "off"})
    step(work, table, "translate", {"field": "name", "language": "sv", "text": "Keuru partnerskapsbord"})
    table_at(work, TableState.RETURNED, "toivakka")
    theme = theme_at(work, table, ThemeState.RESULTS_REACHED)
    step(work, table, "seat", {"person": "Sirkka", "deputy_for": "Göran", "required": True})
    step(work, theme, "translate", {"field": "title", "language": "sv", "text": "Ensamhet"})
    other = theme_at(work, table, ThemeState.PROPOSED, "Kyläjuhla")
    step(work, other, "describe", {"content": ["discussion", "services"], "responsible": "Aino"})
    series = series_at(work, other, SeriesState.PLANNED)
    meeting = meeting_at(work, series, MeetingState.AGENDA_SET)
    item_at(work, meeting, ItemState.SETTLED)
    item_at(work, meeting, ItemState.DECLINED, "Katuvalot")
    waiting = item_at(work, other, ItemState.SUBMITTED, "Öljylämmitys")
    step(work, waiting, "translate", {"field": "title", "language": "sv", "text": "Oljevärme"})
    for state in ActionState:
        action_at(work, meeting, state, f"Työ: {state}", shared_with=["Göran", "Möksyn Leipä Oy"])
    guests = series_at(work, theme_at(work, table, ThemeState.PROPOSED, "Uimaranta"), SeriesState.PLANNED)
    step(work, meeting, "join", {"series": f"S{guests.id}"})
    told = {"present": ["Aino", "Äijälän kyläyhdistys"], "excused": "Pekka", "left": "Aino=18.05"}
    step(
        work,
        meeting,
        "attend",
        told | {"count": ["village=21", "residents=38"], "total": 71, "only_for": "Aino=asia 2"},
    )
    rota_at(work, other, RotaState.RUNNING)
    first = referral_at(work, other, ReferralState.DECIDED)
    referral_at(work, waiting, ReferralState.UNDER_CONSIDERATION, again=f"R{first.id}")
    result_at(work, other, ResultState.CHECKED)
    aino = work.find("Aino", "person")
    work.session.add(Person(name="Aino Äijäla", pseudonym="person-twice", merged_into_id=aino.id))
    letter = ReminderLetter(person=aino, made_at=NOW, text="Hei Aino!")
    letter.reminders.append(
        Reminder(stream="action:1", given_on=date(2016, 1, 12), due_on=date(2016, 3, 1), stage=ReminderStage.LATE)
    )
    work.session.add(letter)
    answered = {"answer": Answer.ACCEPTED, "answered_at": NOW, "sequence": 0}
    work.session.add(InvitationAnswer(meeting_id=meeting.id, person=aino, **answered))
    attempt = {"recorded_at": NOW, "actor": "person-1", "move": "hold", "reasons": "has_begun"}
    for stream in (meeting.stream, waiting.stream, table.stream, "item:", "item:ei", "muu:1"):
        work.session.add(RefusedAttempt(stream=stream, **attempt))


# The same on both

UNLIKE = ("commitment", "prev", "hash")
"""Salted, and bound to the database that they are in: never the same in two of them."""


def comparable(row):
    return {column: value for column, value in row.items() if column not in UNLIKE}


def test_a_file_and_a_server_tell_the_same(file_place, server_place):
    told = []
    for place in (file_place, server_place):
        with closing(Database(place)) as database, database.writing() as session:
            a_full_spring(Work(session, first_people(session), NOW))
        with open_reader(place) as reader:
            told.append({view: sorted(map(comparable, reader.rows(view)), key=repr) for view in VIEWS})

    assert told[0] == told[1]
    assert [view for view, found in told[0].items() if not found] == []


def test_a_view_has_the_columns_that_are_declared(place, keep):
    with keep() as work:
        a_full_spring(work)

    for view, declared in VIEWS.items():
        assert list(rows(place, view, limit=1)[0]) == list(declared.columns)


def test_everything_goes_by_the_reference_that_the_workflow_gives_it(place, keep):
    with keep() as work:
        a_full_spring(work)
        wanted = {
            view: sorted(reference(row) for row in work.session.scalars(select(model)))
            for view, model in [
                *((VIEW_OF[kind], STATEFUL[kind]) for kind in MAIN),
                ("v_people", Person),
                ("v_organisations", Organisation),
            ]
        }

    assert {view: sorted(row["ref"] for row in rows(place, view)) for view in wanted} == wanted


def test_everything_with_a_lifecycle_says_where_it_stands(place, keep):
    with keep() as work:
        a_full_spring(work)
        model = {
            kind: [
                (row.id, row.state, row.version, row.table.slug, row.title)
                for row in work.session.scalars(select(each).order_by(each.id))
            ]
            for kind, each in STATEFUL.items()
        }

    for kind, wanted in model.items():
        found = rows(place, VIEW_OF[kind], order="id")
        assert [(row["id"], row["state"], row["version"], row["table_ref"], row["title"]) for row in found] == wanted
        assert {row["kind"] for row in found} == {kind}


def test_an_entry_of_the_history_names_its_thing_its_table_its_actor_and_its_reason(place, keep):
    with keep() as work:
        a_full_spring(work)
        models = (*STATEFUL.values(), *NAMED.values())
        things = {row.stream: row for model in models for row in work.session.scalars(select(model))}
        wanted = {
            entry.id: (reference(things[entry.stream]), entry.stream.split(":")[0], entry.move)
            for entry in work.session.scalars(select(HistoryEntry))
        }

    found = rows(place, "v_history")
    assert {row["id"]: (row["ref"], row["kind"], row["move"]) for row in found} == wanted
    assert {row["table_ref"] for row in found} == {"keuruu", "toivakka", None}
    assert {row["actor_name"] for row in found} >= {"Aino Äijälä", "Pekka Näätänen"}
    returned = only(place, "v_history", table_ref="toivakka", move="return")
    assert (returned["reason"], returned["actor"]) == ("Näin sovittiin", "person-1")


def test_what_followed_names_the_number_of_its_cause(place, keep):
    with keep() as work:
        theme_at(work, keuruu(work), ThemeState.CONVENED)

    followed = only(place, "v_history", ref="T1", move="convene")

    cause = only(place, "v_history", number=followed["cause_number"])
    assert (cause["ref"], cause["move"]) == ("S1", "convene")


def test_an_entry_outlives_the_name_of_its_actor(place, keep):
    with keep() as work:
        keuruu(work)
        work.actor.pseudonym = "toinen"

    found = rows(place, "v_history", table_ref="keuruu")
    assert {(row["actor"], row["actor_name"]) for row in found} == {("person-1", None)}


def test_a_refused_attempt_names_its_thing_where_there_is_one(place, keep):
    with keep() as work:
        a_full_spring(work)

    found = {row["stream"]: (row["ref"], row["kind"]) for row in rows(place, "v_refused")}

    assert found["table:1"] == ("keuruu", "table")
    assert (found["item:"], found["item:ei"], found["muu:1"]) == ((None, "item"), (None, "item"), (None, None))
    assert all(ref for stream, (ref, _) in found.items() if stream not in ("item:", "item:ei", "muu:1"))


# What is reckoned


@pytest.fixture
def round_of_three(keep):
    """A theme with three meetings ahead of each other: held, convened with a date, and planned without one."""
    with keep() as work:
        theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
        series = series_at(work, theme, SeriesState.PLANNED)
        meeting_at(work, series, MeetingState.COMPLETED)
        meeting_at(work, series, MeetingState.CONVENED)
        meeting_at(work, series, MeetingState.PLANNED)


def due_of(place, ref="A1"):
    return only(place, "v_actions", ref=ref)["due"]


def test_an_action_is_due_on_the_day_that_was_told(place, keep):
    with keep() as work:
        theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
        action_at(work, theme, ActionState.ASSIGNED, due="23.6.2016")

    assert due_of(place) == "2016-06-23"


def test_an_action_without_a_day_is_due_at_the_next_meeting_and_follows_it(place, keep, round_of_three):
    assert due_of(place) == only(place, "v_meetings", ref="M2")["day"]

    with keep() as work:
        step(work, work.find("M2"), "reschedule", {"when": "30.5.2016 klo 17-18.30"})

    assert due_of(place) == "2016-05-30"


def test_a_cancelled_meeting_makes_nothing_due(place, keep, round_of_three):
    with keep() as work:
        step(work, work.find("M2"), "cancel")

    assert due_of(place) is None


def test_an_action_that_was_put_off_is_due_at_the_meeting_after_that(place, keep, round_of_three):
    missed = due_of(place)
    with keep() as work:
        step(work, work.find("M3"), "convene", {"when": "31.5.2016 klo 17-18.30", "place": "Kirjasto"})
        after = datetime.fromisoformat(missed).replace(tzinfo=UTC) + 2 * DAY
        step(work, work.find("A1"), "postpone", on=after)

    assert due_of(place) == "2016-05-31"


def test_a_joint_meeting_is_a_next_meeting_too(place, keep):
    with keep() as work:
        table = keuruu(work)
        theme = theme_at(work, table, ThemeState.ACTIONS_ASSIGNED)
        other = series_at(work, theme_at(work, table, ThemeState.PROPOSED, "Uimaranta"), SeriesState.PLANNED)
        meeting = meeting_at(work, other, MeetingState.PLANNED)
        step(work, meeting, "join", {"series": f"S{theme.series[0].id}"}, on=later(work, theme))
        told = {"when": "31.5.2016 klo 17-18.30", "place": "Kirjasto"}
        step(work, meeting, "convene", told, on=later(work, theme) + 2 * DAY)

    assert due_of(place) == "2016-05-31"


def test_an_action_of_no_meeting_is_due_at_the_first_one_after_it_was_given(place, keep, round_of_three):
    with keep() as work:
        action = action_at(work, work.find("T1"), ActionState.ASSIGNED)

    assert due_of(place, f"A{action.id}") == only(place, "v_meetings", ref="M2")["day"]


def test_the_meetings_of_a_series_are_numbered_in_the_order_of_their_dates(place, keep, round_of_three):
    with keep() as work:
        step(work, work.find("M2"), "cancel")

    found = rows(place, "v_meetings", order="id")

    assert [(row["ref"], row["number"], row["planned_meetings"]) for row in found] == [
        ("M1", 1, 3),
        ("M2", None, 3),
        ("M3", 2, 3),
    ]


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ({"present": ["Aino", "Göran"], "excused": "Pekka"}, 2),
        ({"present": ["Aino"], "count": ["village=21", "residents=38", "municipality=11"]}, 70),
        ({"present": ["Aino"], "count": ["village=21", "residents=38", "municipality=11"], "total": 71}, 71),
        ({"total": 0}, 0),
    ],
)
def test_those_present_are_counted_as_they_were_told(place, keep, told, count):
    with keep() as work:
        theme = theme_at(work, keuruu(work), ThemeState.CONVENED)
        step(work, theme.series[0].meetings[0], "attend", told)

    assert only(place, "v_meetings")["present_count"] == count


def test_a_theme_counts_its_open_work_its_meetings_and_its_results(place, keep, round_of_three):
    with keep() as work:
        theme = work.find("T1")
        action_at(work, theme, ActionState.DROPPED)
        action_at(work, theme, ActionState.WAITING)
        result_at(work, theme, ResultState.RECORDED)

    theme = only(place, "v_themes")
    assert (theme["open_actions"], theme["meetings_held"], theme["results"]) == (2, 1, 1)


def test_a_seat_tells_which_party_speaks_from_it(place, keep):
    with keep() as work:
        keuruu(work)

    found = {
        (row["person"] or row["organisation"]): (row["role"], row["party"], row["sector"])
        for row in rows(place, "v_seats")
    }

    assert found["Göran Öhman"] == (Role.CHAIR, "Keuruun seurakunta", "parish")
    assert found["Möksyn Leipä Oy"] == (Role.MEMBER, "Möksyn Leipä Oy", "company")
    assert found["Kerttu Sjöström"] == (Role.COORDINATOR, None, None)


def test_the_day_of_a_moment_is_the_day_in_finland(file_place, server_place):
    turns = [datetime(year, month, day, hour, tzinfo=UTC) for year in range(2010, 2040) for month in (3, 10)
             for day in range(24, 32) for hour in (0, 1, 20, 21, 22, 23)]  # fmt: skip
    moments = turns + [datetime(2016, 1, 1, tzinfo=UTC) + timedelta(hours=7 * step) for step in range(1300)]
    written = [moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for moment in moments]
    wanted = [local_day(moment).isoformat() for moment in moments]
    values = ", ".join(f"({number}, '{text}')" for number, text in enumerate(written))
    query = f"WITH m(number, at) AS (VALUES {values}) SELECT {{day}} FROM m ORDER BY number"

    with closing(open_for_reading(Path(file_place))) as connection:
        on_file = [row[0] for row in connection.execute(query.format(day=LOCAL_DAY["sqlite"].format("m.at")))]
    with server_engine(server_place).connect() as connection:
        on_server = connection.exec_driver_sql(query.format(day=LOCAL_DAY["postgresql"].format("m.at"))).scalars().all()

    assert on_file == wanted
    assert on_server == wanted


# How it is asked


def test_a_reader_is_asked_by_value_by_several_by_range_and_by_nothing(place, keep):
    with keep() as work:
        a_full_spring(work)

    with open_reader(place) as reader:

        def refs(**wanted):
            return [row["ref"] for row in reader.rows("v_actions", order="id", **wanted)]

        assert refs(ref="A3") == ["A3"]
        assert refs(ref=any_of(["A4", "A2"])) == ["A2", "A4"]
        assert refs(ref=any_of([])) == []
        assert refs(state=ActionState.WAITING) == refs(state="waiting") != []
        assert refs(id=between(2, 4)) == ["A2", "A3", "A4"]
        assert refs(id=at_most(2)) == ["A1", "A2"]
        assert refs(id=at_least(1)) == refs() == refs(id=between(None, None))
        assert refs(due_on=None) == refs()[:-1]
        assert refs(state_since=at_most(NOW)) == refs()
        assert refs(state_since=at_most(datetime(2015, 1, 1, tzinfo=UTC))) == []
        assert refs(due=at_most(date(2015, 1, 1))) == []
        assert refs(by_next_meeting=False) == refs()[-1:]


def test_rows_come_in_the_order_asked_for_with_what_is_empty_last(place, keep, round_of_three):
    days = [row["ref"] for row in rows(place, "v_meetings", order="-begins_at")]
    names = [row["ref"] for row in rows(place, "v_meetings", order=["table_ref", "-id"], limit=2)]

    assert days == ["M2", "M1", "M3"]
    assert names == ["M3", "M2"]


@pytest.mark.parametrize(
    ("view", "asked"),
    [
        ("themes", {}),
        ("v_themes; DROP TABLE themes", {}),
        ("v_themes", {"order": "id; DROP TABLE themes"}),
        ("v_themes", {"title) OR 1 = 1 --": "x"}),
    ],
)
def test_only_views_and_columns_that_there_are_can_be_asked_for(place, view, asked):
    with open_reader(place) as reader, pytest.raises(KeyError):
        reader.rows(view, **asked)


def test_a_value_is_a_value_whatever_it_says(place, keep):
    with keep() as work:
        keuruu(work)

    assert rows(place, "v_tables", title="' OR 1 = 1 --") == []


def test_a_reader_sees_one_moment(server_place):
    with open_reader(server_place) as reader:
        assert reader.rows("v_organisations") == []
        with closing(Database(server_place)) as database, database.writing() as session:
            first_people(session)
        assert reader.rows("v_organisations") == []

    assert rows(server_place, "v_organisations") != []


def test_a_reader_holds_a_file_as_it_is_while_it_reads(file_place, monkeypatch):
    monkeypatch.setattr("models.database.BUSY_SECONDS", 0)

    with open_reader(file_place) as reader:
        assert reader.rows("v_organisations") == []
        with pytest.raises(Exception, match="locked"), Database(file_place).writing() as session:
            first_people(session)
        assert reader.rows("v_organisations") == []


def test_a_reader_changes_nothing(file_place):
    with closing(open_for_reading(Path(file_place))) as connection, pytest.raises(Exception, match="readonly"):
        connection.execute("DELETE FROM organisations")


READ_ONLY_MODULES = """
import sys
from models.reading import open_reader
from models import schema
with open_reader(sys.argv[1]) as reader:
    reader.rows("v_themes", order="id")
print([name for name in ("sqlalchemy", "alembic", "transitions", "psycopg") if name in sys.modules])
"""


def test_reading_a_file_needs_nothing_that_is_slow_to_load(file_place):
    answer = subprocess.run(
        [sys.executable, "-c", READ_ONLY_MODULES, file_place], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "[]"
