"""What is kept of things, of seats and of house rules is what the history told last, whatever came between."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from models.database import Database
from models.states import ActionState, ErasureGround, ItemState, SeriesState, ThemeState
from tests.builders import action_at, first_people, item_at, keuruu, person, series_at, step, theme_at
from tests.conftest import NOW
from tests.spring import SURE, hold, meeting_on, now, take_back
from workflow.audit.details import columns_of
from workflow.audit.rows import TABLES
from workflow.audit.verifying import verify
from workflow.details import TAKES
from workflow.finding import STATEFUL
from workflow.forgetting import forget
from workflow.lifecycles import PAGE
from workflow.merging import merge
from workflow.parties import add_party
from workflow.work import Work


@contextmanager
def working_on(place: str) -> Iterator[Work]:
    """A spring that is kept."""
    with closing(Database(place)) as database, database.writing() as session:
        yield Work(session, first_people(session), NOW)


def found(place: str) -> list[tuple[str, str, object]]:
    """What is found: what, where, and in which detail."""
    return [(each.code, each.where, each.facts.get("detail")) for each in verify(place).findings]


def change(place: str, statement: str) -> None:
    """Change something past poyta."""
    with closing(sqlite3.connect(place)) as file:
        file.execute(statement)
        file.commit()


# Seats and house rules


def seats_of_all_sorts(work: Work) -> None:
    """Given, with an end or a deputy, ended, ended sooner, handed over, and given to one who turns out another."""
    table = keuruu(work)
    add_party(work, "person", {"name": "Pekka Naatanen"})
    now(work, table, "seat", {"person": "Pekka Naatanen", "since": "2016-02-01", "until": "2016-12-31"})
    now(work, table, "seat", {"person": "Sirkka Möttönen", "required": True, "deputy_for": "Pekka Näätänen"})
    now(work, table, "unseat", {"person": "Pekka Näätänen", "role": "secretary", "until": "2016-03-01"})
    merge(work, work.find("Pekka Naatanen", "person"), person(work, "Pekka Näätänen"), SURE)
    now(work, table, "unseat", {"person": "Pekka Näätänen", "until": "2016-06-30"})
    now(work, table, "unseat", {"organisation": "Möksyn Leipä Oy"})
    now(work, table, "hand_over", {"to": "Göran Öhman", "since": "2016-02-15"})
    now(work, table, "rules", {"code": "goal_agreed", "level": "warn"}, "Göran")
    now(work, table, "rules", {"code": "goal_agreed", "level": "off"}, "Göran")


def test_seats_of_all_sorts_are_as_they_were_told(place):
    with working_on(place) as work:
        seats_of_all_sorts(work)

    assert found(place) == []


SEATS = {
    "another person": "UPDATE seats SET person_id = 2 WHERE id = 1",
    "another party": "UPDATE seats SET organisation_id = 1 WHERE id = 4",
    "another role": "UPDATE seats SET role = 'chair' WHERE id = 4",
    "an earlier beginning": "UPDATE seats SET since = '2015-01-01' WHERE id = 1",
    "no end": "UPDATE seats SET until = NULL WHERE id = 1",
    "a later end": "UPDATE seats SET until = '2099-12-31' WHERE id = 7",
    "needed no more": "UPDATE seats SET required = 0 WHERE id = 8",
    "nobody's deputy": "UPDATE seats SET deputy_for_id = NULL WHERE id = 8",
    "another's deputy": "UPDATE seats SET deputy_for_id = 1 WHERE id = 8",
    "one seat more": "INSERT INTO seats (role, since, required, table_id, person_id)"
    " VALUES ('convener', '2016-01-01', 0, 1, 6)",
    "one seat less": "DELETE FROM seats WHERE id = 5",
    "a seat of no table": "UPDATE seats SET table_id = NULL, area = 'Keuruu' WHERE id = 6",
}


@pytest.mark.parametrize("statement", SEATS.values(), ids=list(SEATS))
def test_a_seat_that_is_not_as_it_was_told_is_found(file_place, statement):
    with working_on(file_place) as work:
        seats_of_all_sorts(work)

    change(file_place, statement)

    assert found(file_place) == [("seats_differ", "table:1", None)]


RULES = {
    "another level": "UPDATE house_rules SET level = 'refuse'",
    "gone": "DELETE FROM house_rules",
    "one more": "INSERT INTO house_rules (table_id, code, level) VALUES (1, 'result_recorded', 'off')",
}


@pytest.mark.parametrize("statement", RULES.values(), ids=list(RULES))
def test_a_house_rule_that_is_not_as_it_was_told_is_found(file_place, statement):
    with working_on(file_place) as work:
        seats_of_all_sorts(work)

    change(file_place, statement)

    assert found(file_place) == [("house_rules_differ", "table:1", None)]


# Details


def details_of_all_sorts(work: Work) -> None:
    """Told, told anew, told and taken back, erased, and told of one who turns out another."""
    theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
    meeting = meeting_on(work, series_at(work, theme, SeriesState.PLANNED), "2.2.2016")
    item = item_at(work, meeting, ItemState.ACCEPTED)
    now(work, item, "describe", {"presenter": "Keuruun seurakunta", "minutes": 15})
    step(work, meeting, "set_agenda")
    hold(work, meeting)
    now(work, item, "settle", {"outcome": "agreed", "agreed": "Soitetaan", "no_action": True})
    take_back(work, item)
    action = action_at(work, theme, ActionState.ASSIGNED)
    now(work, action, "postpone", {"due": "2016-05-01"})
    now(work, action, "postpone")
    add_party(work, "organisation", {"name": "Keuruun srk", "sector": "parish"})
    now(work, action, "reassign", {"to": "Keuruun srk"})
    merge(work, work.find("Keuruun srk", "organisation"), work.find("Keuruun seurakunta", "organisation"), SURE)
    now(work, theme, "describe", {"title": "Kyydit, sanoi Väinö Vieras", "responsible": "Göran Öhman"})
    forget(work, person(work, "Väinö"), ErasureGround.NOT_NEEDED, SURE)


def test_details_of_all_sorts_are_as_they_were_told(place):
    with working_on(place) as work:
        details_of_all_sorts(work)

    assert found(place) == []


DETAILS = {
    "words": ("theme:1", "title", "UPDATE themes SET title = 'Pysäköinti' WHERE id = 1"),
    "a person": ("theme:1", "responsible", "UPDATE themes SET responsible_person_id = 3 WHERE id = 1"),
    "nobody": ("theme:1", "responsible", "UPDATE themes SET responsible_person_id = NULL WHERE id = 1"),
    "a party": ("item:1", "presenter", "UPDATE agenda_items SET presenting_organisation_id = 1 WHERE id = 1"),
    "a person for a party": (
        "item:1",
        "presenter",
        "UPDATE agenda_items SET presenter_id = 1, presenting_organisation_id = NULL WHERE id = 1",
    ),
    "a number": ("item:1", "minutes", "UPDATE agenda_items SET minutes = 16 WHERE id = 1"),
    "what was taken back": ("item:1", "agreed", "UPDATE agenda_items SET agreed = 'Soitetaan' WHERE id = 1"),
    "yes": ("item:1", "no_action", "UPDATE agenda_items SET needs_no_action = 1 WHERE id = 1"),
    "a day": ("action:1", "due", "UPDATE actions SET due_on = '2016-05-01' WHERE id = 1"),
    "a party that was merged": ("action:1", "to", "UPDATE actions SET responsible_organisation_id = 6 WHERE id = 1"),
    "a time": ("meeting:1", "when", "UPDATE meetings SET ends_at = '2016-02-02T20:00:00.000000Z' WHERE id = 1"),
    "a place": ("meeting:1", "place", "UPDATE meetings SET place = 'Koulu' WHERE id = 1"),
    "a code": ("table:1", "kind", "UPDATE partnership_tables SET kind_of_table = 'appointed' WHERE id = 1"),
    "who was meant": ("organisation:6", "into", "UPDATE organisations SET merged_into_id = 1 WHERE id = 6"),
}


@pytest.mark.parametrize(("where", "detail", "statement"), DETAILS.values(), ids=list(DETAILS))
def test_a_detail_that_is_not_as_it_was_told_is_found(file_place, where, detail, statement):
    with working_on(file_place) as work:
        details_of_all_sorts(work)

    change(file_place, statement)

    assert found(file_place) == [("detail_differs", where, detail)]


def test_every_detail_that_is_looked_at_goes_into_columns_that_there_are():
    for way, details in TAKES.items():
        kind = way.partition(" ")[0]
        columns = STATEFUL[kind].__table__.columns.keys()
        assert kind in TABLES
        assert way.partition(" ")[2] in PAGE[kind].moves
        assert {column for each in details for column in columns_of(each)} <= set(columns)


def test_a_detail_of_one_name_always_goes_into_the_same_columns_of_a_thing():
    goes_into: dict[tuple[str, str], set[object]] = {}
    for way, details in TAKES.items():
        for each in details:
            goes_into.setdefault((way.partition(" ")[0], each.name), set()).add(columns_of(each))

    assert [name for name, columns in goes_into.items() if len(columns) > 1] == []
