"""Books written out: what was written reads back in to the same content, and is written out the same again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from models.base import Base
from models.database import Database
from models.history import HistoryEntry, HistoryWords
from models.people import Organisation, Person, Seat
from models.states import MeetingState, SeriesState, ThemeState
from models.tables import Theme
from tests.builders import (
    acting,
    first_people,
    keuruu,
    later,
    meeting_at,
    new,
    person,
    series_at,
    step,
    theme_at,
    thing_at,
)
from tests.conftest import NOW
from tests.workflow.exchange.books import example, read_in, reading, written
from workflow.engine import make_move, make_new
from workflow.errors import NotFound, Usage
from workflow.exchange.writing import ERASED
from workflow.finding import STATEFUL
from workflow.outcomes import How
from workflow.undoing import undo
from workflow.work import Work

LATER = datetime(2026, 11, 24, 10, tzinfo=UTC)

EVERY_STATE = [(kind, state.value) for kind, model in STATEFUL.items() for state in model.states]


@contextmanager
def at_work(database: Database, now: datetime = NOW) -> Iterator[Work]:
    """One unit of work that is kept, with the people of Keuruu."""
    with database.writing() as session:
        known = session.scalars(select(Person).order_by(Person.id)).first()
        yield Work(session, known or first_people(session), now)


def content(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but for what tells of the writing down itself."""
    with database.reading() as session:
        people = {each.pseudonym: str(each.id) for each in session.scalars(select(Person))}
        entries = {each.id: f"{each.table_id} {each.number}" for each in session.scalars(select(HistoryEntry))}
        return {
            table.name: sorted(_comparable(session, table, people, entries), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in ("origin", "history_tiles")
        }


def _comparable(session: Session, table: Table, people: dict[str, str], entries: dict[int, str]) -> Iterator[Any]:
    for row in session.execute(select(table)):
        if table.name != "history" or row.table_id is not None:
            yield _plain(dict(row._mapping), people, entries)


def _plain(row: dict[str, Any], people: dict[str, str], entries: dict[int, str]) -> dict[str, Any]:
    for name in ("recorded_at", "auth", "cmd_id", "pseudonym", "email", "salt", "commitment", "prev", "hash"):
        row.pop(name, None)
    for name in row.keys() & {"facts", "text"}:
        for pseudonym, number in people.items():
            row[name] = row[name].replace(pseudonym, number)
    if "facts" in row:
        row["facts"] = [fact for fact in json.loads(row["facts"]) if fact[0] != "told"]
        row["actor"] = people[row["actor"]]
        row["id"], row["cause_id"] = entries[row["id"]], entries.get(row["cause_id"])
    if "entry_id" in row:
        row["entry_id"] = entries[row["entry_id"]]
    return row


def assert_reads_back(database: Database, copy: Database, **how: Any) -> str:
    """Write everything out, read it in elsewhere, and see that nothing is lost."""
    book = written(database, **how)
    read_in(copy, book, now=LATER)
    assert written(copy, **how) == book
    assert content(copy) == content(database)
    return book


# The same content


def test_the_example_reads_back(database, copy):
    read_in(database, example())

    assert_reads_back(database, copy)


@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_a_thing_in_any_state_reads_back(file, copy, kind, state):
    with at_work(file) as work:
        thing_at(work, kind, STATEFUL[kind].states(state))

    assert_reads_back(file, copy)


def test_json_reads_back_to_the_same_as_yaml(database, copy):
    read_in(database, example())

    as_json = written(database, as_json=True)
    read_in(copy, as_json)

    assert json.loads(as_json)["poyta"] == "table-book/1"
    assert written(copy) == written(database)


def test_what_was_taken_back_reads_back(database, copy):
    with at_work(database) as work:
        theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
        meeting = meeting_at(work, series_at(work, theme, SeriesState.PLANNED), MeetingState.AGENDA_SET)
        undo(work, meeting, How(reason="Väärä päivä"))
        step(work, meeting, "set_agenda", on=NOW)

    book = assert_reads_back(database, copy)

    assert "undo: {" in book


def test_what_was_carried_over_taken_back_and_carried_over_again_reads_back(database, copy):
    with at_work(database) as work:
        theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
        series = series_at(work, theme, SeriesState.PLANNED)
        item = meeting_at(work, series, MeetingState.HELD).items[0]
        step(work, item, "settle", {"outcome": "carried_over"})
        undo(acting(work, "Pekka"), item, How(reason="Olikin sovittu"))
        step(work, item, "settle", {"outcome": "carried_over"}, on=NOW)
        waiting = theme.items[-1]
        step(work, waiting, "describe", {"minutes": 5}, on=NOW)

    book = assert_reads_back(database, copy)

    assert "carried_from: i1" in book
    assert "nth: 2" in book


def test_what_was_referred_taken_back_and_referred_again_reads_back(database, copy):
    with at_work(database) as work:
        theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
        meeting = meeting_at(work, series_at(work, theme, SeriesState.PLANNED), MeetingState.HELD)
        item = meeting.items[0]
        step(work, item, "settle", {"outcome": "referred", "body": "Tekninen lautakunta"})
        undo(acting(work, "Pekka"), item, How(reason="Olikin sovittu"))
        step(work, item, "settle", {"outcome": "referred"}, on=NOW)
        step(work, theme.referrals[-1], "send", {"body": "Kaupunginhallitus"}, on=NOW)

    book = assert_reads_back(database, copy)

    assert "drafted: true" in book
    assert "nth: 2" in book


def test_a_joint_meeting_reads_back(database, copy):
    with at_work(database) as work:
        first = series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED)
        second = series_at(
            work, theme_at(work, keuruu(work, "multia"), ThemeState.PROPOSED, "Kyydit"), SeriesState.PLANNED
        )
        meeting = meeting_at(work, first, MeetingState.CONVENED)
        step(work, meeting, "join", {"series": [f"S{second.id}"]})

    book = assert_reads_back(database, copy)

    assert "series: [s1]" in book


def test_people_of_the_same_name_and_an_organisation_called_like_one_read_back(database, copy):
    with at_work(database) as work:
        table = keuruu(work)
        work.session.add_all([Person(name="Aino Äijälä"), Organisation(name="p1", sector="other")])
        work.session.add(Organisation(name="Göran Öhman", sector="company"))
        work.session.flush()
        step(work, table, "seat", {"person": "P7"})

    book = assert_reads_back(database, copy)

    assert "ref: p2" in book


def test_what_was_written_down_out_of_order_reads_back_by_its_numbers(database, copy):
    with at_work(database) as work:
        table = keuruu(work)
        theme = theme_at(work, table, ThemeState.HELD)
        step(work, table, "seat", {"organisation": "Keuruun 4H-yhdistys", "required": True}, on=table.state_since)
        step(work, theme, "describe", {"title": "Toinen"})
        step(work, theme, "describe", {"title": "Ensimmäinen"}, on=theme.state_since - timedelta(days=9))

    book = assert_reads_back(database, copy)

    assert "number: 1\n" in book


def test_what_was_written_down_later_by_somebody_new_reads_back(database, copy):
    with at_work(database) as work:
        table = keuruu(work)
        theme_at(work, table, ThemeState.PROPOSED)
        step(work, table, "seat", {"person": "Väinö Vieras", "role": "secretary", "since": "20.5.2016"}, on=NOW)
        meeting = new(work, "meeting", series_at(work, work.find("T1", "theme"), SeriesState.PLANNED))
        vaino = acting(work, "Väinö")
        make_move(vaino, meeting, "prepare", {"place": "Kahvila"}, How(on=later(work, meeting).date()))

    book = assert_reads_back(database, copy)

    assert "told: 2016-05-20" in book


def test_texts_that_look_like_something_else_read_back(database, copy):
    texts = [
        "no",
        "17:30",
        "1.10",
        "null",
        "~",
        "2016-01-01",
        "- a: b",
        "# x",
        "[a]",
        "yksi\nkaksi\n\nkolme",
        "\ta",
        "😀",
        "'\"",
    ]
    with at_work(database) as work:
        theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
        for text in texts:
            make_new(work, "item", theme, {"title": text, "origin_detail": f"{text}:"}, How(confirmed=True))

    assert_reads_back(database, copy)


def test_seats_over_projects_and_areas_read_back(database, copy):
    with at_work(database) as work:
        kerttu = person(work, "Kerttu")
        since, until = datetime(2016, 1, 1, tzinfo=UTC).date(), datetime(2016, 12, 31, tzinfo=UTC).date()
        work.session.add(Seat(role="coordinator", person_id=kerttu.id, area="Keuruu", since=since, until=until))
        keuruu(work)

    book = assert_reads_back(database, copy)

    assert "coordinators:\n- {person: Kerttu Sjöström, area: Keuruu, since: 2016-01-01, until: 2016-12-31}\n" in book


# What is written


def test_short_things_are_on_one_line_and_finnish_letters_as_they_are(database):
    read_in(database, example())

    book = written(database)

    assert "- complete: {on: 2016-02-20, by: Yhdistyksen sihteeri}\n" in book
    assert "title: Ikäihmisten yksinäisyys\n" in book
    assert "number:" not in book
    assert "&" not in book
    assert "*" not in book


def test_addresses_are_written_only_when_asked_for(database):
    read_in(database, "poyta: table-book/1\npeople: [{name: Aino, email: aino@example.org}]\n")

    assert "aino@example.org" not in written(database)
    assert "aino@example.org" in written(database, email=True)


def test_one_table_is_written_with_those_who_have_to_do_with_it(database, copy):
    somebody = example(("people:\n", "people:\n  - {name: Joku muu}\n"))
    read_in(database, somebody, example(("short: keuruu", "short: multia")))

    book = written(database, "multia")
    read_in(copy, book)

    assert "keuruu" not in book
    assert "Joku muu" not in book
    assert written(copy) == book


def test_a_table_that_has_to_do_with_another_is_not_written_without_it(database):
    other = example(("short: keuruu", "short: multia"), ("ref: m1", "ref: m9"), ("agreed_in: m1", "agreed_in: m9"))
    other = other[: other.index("    themes:")].replace("kind: network", "kind: network\n    parent: keuruu")
    read_in(database, example(), other)

    with pytest.raises(Usage) as refused:
        written(database, "multia")

    assert (refused.value.code, refused.value.facts["tables"]) == ("export_needs_table", ["keuruu"])


def test_a_table_that_is_not_there_is_not_found(database):
    with pytest.raises(NotFound):
        written(database, "keuruu")


def test_an_empty_database_is_an_empty_book(database, copy):
    book = written(database)

    read_in(copy, book)

    assert book == "poyta: table-book/1\n"


def test_words_that_were_erased_leave_a_mark_where_a_book_needs_some(database, copy):
    read_in(database, example())
    with database.writing() as session:
        session.execute(delete(HistoryWords).where(HistoryWords.field == "title"))

    book = written(database)
    read_in(copy, book)

    assert f"title: {ERASED}" in book
    assert written(copy) == book


def test_a_theme_whose_last_series_ended_reads_back_whether_it_followed_or_not(database, copy):
    evaluated = "          - evaluate: {on: 2016-06-01, evaluation: Kahvihetket jatkuvat omin voimin.}\n"
    ended = "          - evaluate: {on: 2016-06-03, evaluation: Jatkuu}\n          - reach_results: 2016-06-05\n"
    read_in(database, example((evaluated + "          - tell_proposer\n", ended)))

    assert_reads_back(database, copy)

    with reading(copy) as work:
        theme = work.session.scalars(select(Theme)).one()
        entry = work.session.scalars(select(HistoryEntry).filter_by(stream=theme.stream, move="reach_results")).one()
        assert (theme.state, entry.cause_id) == ("results_reached", None)
