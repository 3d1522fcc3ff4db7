"""A file holds to its states and its history by itself, whoever writes to it and with whatever tool."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from models.base import StateIsReadOnly
from models.database import Database
from models.history import HistoryEntry, RefusedAttempt
from models.states import ActionState, ItemState, MemoState, ReferralState, ResultState, RotaState, ThemeState
from models.tables import Theme
from tests.builders import (
    action_at,
    first_people,
    item_at,
    keuruu,
    memo_at,
    referral_at,
    result_at,
    rota_at,
    theme_at,
    thing_at,
)
from tests.conftest import NOW
from workflow.finding import STATEFUL
from workflow.lifecycles import PAGE
from workflow.work import Work

EVERY_STATE = [(kind, state) for kind, life in PAGE.lifecycles.items() for state in life.states]

ADD_ENTRY = """
    INSERT INTO history (id, table_id, number, stream, version, recorded_at, happened_at, actor, auth, role, move,
        from_state, to_state, rules, facts, prev, hash)
    SELECT (SELECT MAX(id) + 1 FROM history), table_id,
        (SELECT MAX(number) + 1 FROM history every WHERE every.table_id = last.table_id), stream,
        version + 1, recorded_at, happened_at, actor, auth, role, 'forged', :source, :to, rules, facts, hash, 'forged'
    FROM history last WHERE stream = :stream ORDER BY version DESC LIMIT 1"""


def raw(session):
    """The driver's own connection, past everything that SQLAlchemy or poyta would say."""
    session.flush()
    return session.connection().connection.driver_connection


def entry_and_update(connection, thing, to):
    """What the gate writes for a move: the entry, then the row."""
    table = STATEFUL[thing.kind].__tablename__
    connection.execute(ADD_ENTRY, {"source": thing.state, "to": to, "stream": thing.stream})
    connection.execute(f"UPDATE {table} SET state = ?, entries = entries + 1 WHERE id = ?", (to, thing.id))


@pytest.fixture
def file_work(file_place):
    """Work on a file; a server has no triggers yet."""
    database = Database(file_place)
    with database.writing(keep=False) as session:
        yield Work(session, first_people(session), NOW)


# The grid


@pytest.mark.parametrize(("kind", "state"), EVERY_STATE, ids=str)
def test_every_way_of_the_page_is_open_and_every_other_is_shut(file_work, kind, state):
    thing = thing_at(file_work, kind, state)
    connection = raw(file_work.session)
    open_ways = set()

    for to in PAGE[kind].states:
        connection.execute("SAVEPOINT try")
        try:
            entry_and_update(connection, thing, to)
            open_ways.add((state, to))
        except sqlite3.IntegrityError as refused:
            assert str(refused) == f"poyta: a {kind} has no such move"
        connection.execute("ROLLBACK TO try")

    assert open_ways == {(source, to) for source, to in PAGE[kind].ways if source is state}


# From Python


def test_nobody_assigns_a_state(file_work):
    theme = theme_at(file_work, keuruu(file_work), ThemeState.PROPOSED)

    with pytest.raises(StateIsReadOnly):
        theme.state = ThemeState.CONVENED


def test_nobody_makes_a_thing_with_a_state(file_work):
    with pytest.raises(StateIsReadOnly):
        Theme(title="Ohi portin", state=ThemeState.CONVENED)


@pytest.mark.parametrize("bulk", [update(Theme).values(state=ThemeState.HELD), insert(Theme).values(title="Ohi")])
def test_nobody_changes_or_makes_things_in_bulk(file_work, bulk):
    theme_at(file_work, keuruu(file_work), ThemeState.PROPOSED)

    with pytest.raises(StateIsReadOnly):
        file_work.session.execute(bulk)


def test_the_core_of_the_library_is_no_way_round(file_work):
    theme_at(file_work, keuruu(file_work), ThemeState.PROPOSED)

    with pytest.raises(IntegrityError, match="poyta: a theme"):
        file_work.session.connection().execute(update(Theme.__table__).values(state=ThemeState.HELD))


def test_an_entry_of_the_history_is_not_changed_through_the_mapper_either(file_work):
    keuruu(file_work)
    entry = file_work.session.query(HistoryEntry).first()
    entry.role = "member"

    with pytest.raises(IntegrityError, match="poyta: history is never changed"):
        file_work.session.flush()


# A hand with a SQL tool: no foreign keys, no pragmas, none of our code


@pytest.fixture(scope="module")
def full_file(template_file, tmp_path_factory):
    """A file with one thing of every kind and a second matter, to be copied."""
    path = shutil.copy(template_file, tmp_path_factory.mktemp("full") / "poyta.db")
    with closing(Database(str(path))) as database, database.writing() as session:
        work = Work(session, first_people(session), NOW)
        theme = theme_at(work, keuruu(work), ThemeState.HELD)
        meeting = theme.series[0].meetings[0]
        item_at(work, meeting, ItemState.ACCEPTED, "Katuvalot")
        action_at(work, meeting, ActionState.ASSIGNED)
        memo_at(work, meeting, MemoState.DRAFT)
        rota_at(work, theme, RotaState.RUNNING)
        referral_at(work, theme, ReferralState.DRAFTED)
        result_at(work, theme, ResultState.RECORDED)
        attempt = {"actor": "person-1", "stream": "theme:1", "move": "convene", "reasons": "table_active"}
        session.add(RefusedAttempt(recorded_at=NOW, **attempt))
    return path


@pytest.fixture
def hand(full_file, tmp_path):
    """A bare connection to a copy of that file."""
    path = shutil.copy(full_file, tmp_path / "pöytä.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO history_tiles (level, place, hash) VALUES (1, 1, 'as after many entries')")
        yield connection


def everything(connection):
    """Every row of every table."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for (table,) in tables}


def refused_as(said, connection, statement):
    """A statement is refused in those words, and nothing is changed."""
    before = everything(connection)

    with pytest.raises(sqlite3.IntegrityError, match=f"^poyta: {said}$"):
        connection.execute(statement)

    assert everything(connection) == before


OF_ANY_KIND = {
    "a move without its history": ("state = '{onward}', entries = entries + 1", "a {kind} moves with its history"),
    "a move that is not counted": ("state = '{onward}'", "a {kind} moves with its history"),
    "a count without a move": ("entries = 1", "a {kind} (moves with its history|has no such move)"),
    "a state that there is not": ("state = 'finished', entries = entries + 1", "a {kind} .*"),
    "no state": ("state = NULL, entries = entries + 1", "a {kind} moves with its history"),
    "another past": ("came_from = 'elsewhere'", "where a {kind} came from, and when, changes with its state only"),
    "another time": ("state_since = '2016'", "where a {kind} came from, and when, changes with its state only"),
    "another number": ("id = 77", "a {kind} keeps its number"),
}


@pytest.mark.parametrize("kind", PAGE.lifecycles)
@pytest.mark.parametrize(("change", "said"), OF_ANY_KIND.values(), ids=OF_ANY_KIND)
def test_a_thing_is_not_changed_past_the_gate(hand, kind, change, said):
    table = STATEFUL[kind].__tablename__
    (state,) = hand.execute(f"SELECT state FROM {table} WHERE id = 1").fetchone()
    onward = min(to for source, to in PAGE[kind].ways if source == state != to)

    refused_as(said.format(kind=kind), hand, f"UPDATE {table} SET {change.format(onward=onward)} WHERE id = 1")


@pytest.mark.parametrize("kind", PAGE.lifecycles)
def test_a_thing_is_never_removed(hand, kind):
    refused_as(f"a {kind} is never removed", hand, f"DELETE FROM {STATEFUL[kind].__tablename__}")


COPY = "INSERT {how} INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {where}"


def copying(connection, table, where, how="", **changed):
    """A statement that adds a copy of a row, with some columns changed."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = [changed.get(column, f'"{column}"') for column in columns]
    quoted = ", ".join(f'"{column}"' for column in columns)
    return COPY.format(how=how, table=table, columns=quoted, values=", ".join(values), where=where)


NEW = {
    "id": "77",
    "slug": "'uusi'",
    "number": "77",
    "meeting_id": "77",
    "position": "77",
    "came_from": "NULL",
    "entries": "1",
}
ADDED = {
    "in a later state": {**NEW, "state": "'{later}'"},
    "without history": {**NEW, "state": "'{starts}'"},
    "without a number": {**NEW, "state": "'{starts}'", "id": "NULL"},
    "with a past": {**NEW, "state": "'{starts}'", "entries": "2"},
}


@pytest.mark.parametrize("how", ["", "OR REPLACE", "OR IGNORE"])
@pytest.mark.parametrize("kind", PAGE.lifecycles)
@pytest.mark.parametrize("changed", ADDED.values(), ids=ADDED)
def test_a_thing_is_not_made_past_the_gate(hand, kind, changed, how):
    life = PAGE[kind]
    states = {"starts": life.starts, "later": life.path[1]}
    told = {column: value.format(**states) for column, value in changed.items()}

    statement = copying(hand, STATEFUL[kind].__tablename__, "id = 1", how, **told)
    refused_as(f"a {kind} starts as {life.starts}, with its history", hand, statement)


@pytest.mark.parametrize("kind", PAGE.lifecycles)
def test_a_thing_is_not_put_back_to_its_beginning(hand, kind):
    born = {"state": f"'{PAGE[kind].starts}'", "entries": "1"}

    statement = copying(hand, STATEFUL[kind].__tablename__, "id = 1", "OR REPLACE", **born)
    refused_as(f"a {kind} is never replaced", hand, statement)


NEXT_PLACE = "(SELECT MAX(id) + 1 FROM history)"
ENTRY = {"id": NEXT_PLACE, "prev": "''", "cmd_id": "NULL", "stream": "'table:2'", "table_id": "2", "number": "1"}
BORN = {"id": "2", "state": "'proposed'", "entries": "1", "came_from": "NULL"}


def test_a_table_made_with_its_history_does_not_take_the_name_of_another(hand):
    hand.execute(copying(hand, "history", "stream = 'table:1' AND version = 1", **ENTRY))

    statement = copying(hand, "partnership_tables", "id = 1", "OR REPLACE", **BORN)
    refused_as("a table is never replaced", hand, statement)


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("table", "UPDATE OR REPLACE partnership_tables SET slug = 'keuruu' WHERE id = 2"),
        ("item", "UPDATE OR REPLACE agenda_items SET position = 1 WHERE id = 2"),
        ("item", "UPDATE OR REPLACE agenda_items SET number = 1 WHERE id = 2"),
    ],
)
def test_a_thing_does_not_take_the_place_of_another(hand, kind, statement):
    hand.execute(copying(hand, "history", "stream = 'table:1' AND version = 1", **ENTRY))
    hand.execute(copying(hand, "partnership_tables", "id = 1", **BORN, slug="'toinen'"))

    refused_as(f"a {kind} is never replaced", hand, statement)


OF_HISTORY = {
    "another actor": ("UPDATE history SET actor = 'somebody'", "history is never changed"),
    "other words": ("UPDATE history_words SET text = 'toisin'", "history_words is never changed"),
    "another attempt": ("UPDATE refused_attempts SET actor = 'somebody'", "refused_attempts is never changed"),
    "less history": ("DELETE FROM history WHERE id = (SELECT MAX(id) FROM history)", "history is never removed"),
    "another root": ("UPDATE history_tiles SET hash = 'other'", "history_tiles is never changed"),
    "another origin": ("UPDATE origin SET name = 'other'", "origin is never changed"),
    "no origin": ("DELETE FROM origin", "origin is never removed"),
    "no attempts": ("DELETE FROM refused_attempts", "refused_attempts is never removed"),
}


@pytest.mark.parametrize(("statement", "said"), OF_HISTORY.values(), ids=OF_HISTORY)
def test_what_happened_is_neither_changed_nor_removed(hand, statement, said):
    refused_as(said, hand, statement)


FIRST = "stream = 'table:1' AND version = 1"
LAST_VERSION = "(SELECT MAX(version) FROM history WHERE stream = 'table:1')"
LAST_NUMBER = "(SELECT MAX(number) FROM history WHERE table_id = 1)"
LAST_HASH = f"(SELECT hash FROM history WHERE stream = 'table:1' AND version = {LAST_VERSION})"
AT_THE_END = {
    "id": NEXT_PLACE,
    "version": f"{LAST_VERSION} + 1",
    "number": f"{LAST_NUMBER} + 1",
    "prev": LAST_HASH,
    "cmd_id": "NULL",
}

ADDED_TO_HISTORY = {
    "in place of another": ("history", {**AT_THE_END, "id": "1"}, "history is never replaced"),
    "over the last": ("history", {**AT_THE_END, "version": LAST_VERSION}, "history is added to at its end only"),
    "in the middle": ("history", {**AT_THE_END, "number": "3"}, "history is added to at its end only"),
    "bound to nothing": ("history", {**AT_THE_END, "prev": "''"}, "history is added to at its end only"),
    "with a gap in the tree": ("history", {**AT_THE_END, "id": "777"}, "history is added to at its end only"),
    "with a gap before it": ("history", {**AT_THE_END, "number": "777"}, "history is added to at its end only"),
    "another attempt": ("refused_attempts", {"move": "'hold'"}, "refused_attempts is never replaced"),
}


@pytest.mark.parametrize("how", ["", "OR REPLACE", "OR IGNORE"])
@pytest.mark.parametrize(("table", "changed", "said"), ADDED_TO_HISTORY.values(), ids=ADDED_TO_HISTORY)
def test_what_happened_is_only_added_to(hand, table, changed, said, how):
    refused_as(said, hand, copying(hand, table, FIRST if table == "history" else "id = 1", how, **changed))


def test_a_command_is_not_taken_over_by_an_entry_of_the_same_name(hand):
    hand.execute(copying(hand, "history", FIRST, **AT_THE_END | {"cmd_id": "'abc'"}))

    again = copying(hand, "history", FIRST, "OR REPLACE", **AT_THE_END | {"cmd_id": "'abc'"})
    refused_as("history is never replaced", hand, again)


def test_what_is_not_a_state_may_be_written_by_hand(hand):
    hand.execute("UPDATE themes SET title = 'Yhdessä', version = version + 1")

    assert hand.execute("SELECT title FROM themes").fetchall() == [("Yhdessä",)]


def test_words_can_be_erased(hand):
    hand.execute("DELETE FROM history_words")

    assert hand.execute("SELECT COUNT(*) FROM history_words").fetchone() == (0,)
