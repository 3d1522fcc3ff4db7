"""Verifying: what has come through the gate is in order, and what has not is told of in plain words."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from cli.app import App
from cli.main import run
from cli.verify import FINDINGS, finding_line
from models.checkpoints import Checkpoint
from models.database import Database
from models.people import Person
from models.states import ActionState, ErasureGround, ItemState, KeepingGround
from tests.builders import action_at, first_people, item_at, later, person, step
from tests.conftest import NOW, database_on
from tests.spring import SURE, a_series, hold, meeting_on, now, take_back
from workflow.audit.findings import AT_MOST, Finding
from workflow.audit.rows import TABLES
from workflow.audit.verifying import verify
from workflow.engine import make_move, make_new
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.reading import read_books
from workflow.finding import STATEFUL
from workflow.forgetting import forget, keep
from workflow.merging import merge
from workflow.outcomes import How
from workflow.parties import add_party
from workflow.undoing import undo
from workflow.work import Work

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
TODAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
OVERRIDDEN = How(reason="Näin sovittiin", confirmed=True, overrides=("items_settled", "work_divided", "goal_agreed"))
LANGUAGES = ("fi", "sv", "en")


# A spring in which everything happens that can happen to a history


def spring_of_everything(work: Work) -> None:
    """A joint meeting, carried-over matters, overrides, moves that are taken back, and all that parties can become."""
    ours, theirs = a_series(work), a_series(work, "multia")
    meeting = meeting_on(work, ours, "2.2.2016")
    step(work, meeting, "join", {"series": f"S{theirs.id}"})
    agenda(work, meeting)
    hold(work, meeting)
    carried_over(work, meeting.items[0])
    divided_although(work, meeting)
    take_back(work, meeting)
    divided_although(work, meeting)
    suspended_and_taken_up(work, ours.theme)
    now(work, theirs.theme, "translate", {"field": "title", "language": "sv", "text": "Ensamhet"})
    make_new(work, "result", ours.theme, {"title": "Kyytirinki", "kind": "own_work"}, SURE)
    parties(work)


def agenda(work: Work, meeting: Any) -> None:
    """Set, taken back together with the matter that came of it, and set again."""
    item_at(work, meeting, ItemState.ACCEPTED)
    action_at(work, meeting.series.theme, ActionState.WAITING)
    step(work, meeting, "set_agenda")
    undo(work, meeting, How(on=later(work, meeting), reason="Liian aikaisin"))
    step(work, meeting, "set_agenda")


def carried_over(work: Work, item: Any) -> None:
    """Carried over, taken back together with the copy, and carried over again."""
    step(work, item, "settle", {"outcome": "carried_over"})
    undo(work, item, How(on=later(work, item), reason="Ei sittenkään"))
    step(work, item, "settle", {"outcome": "carried_over"})


def divided_although(work: Work, meeting: Any) -> None:
    """There is no work, and no agreement either."""
    make_move(work, meeting, "assign_actions", {"no_actions_because": "Ehditään myöhemmin"}, OVERRIDDEN)


def suspended_and_taken_up(work: Work, theme: Any) -> None:
    """Taken up, suspended again by taking that back, and taken up."""
    now(work, theme, "suspend", {"revisit": "1.9.2016"})
    make_move(work, theme, "resume", None, OVERRIDDEN)
    take_back(work, theme)
    make_move(work, theme, "resume", None, OVERRIDDEN)


def parties(work: Work) -> None:
    """Two people and two organisations become one each, somebody is forgotten, and somebody is not."""
    merge(work, add_party(work, "person", {"name": "Aino Aijala"}), person(work, "Aino Äijälä"), SURE)
    double = add_party(work, "organisation", {"name": "Möksyn leipomo", "sector": "company"})
    merge(work, double, work.find("Möksyn Leipä Oy", "organisation"), SURE)
    told = {"what": "Väinö Vieras tuo kahvit", "to": "Keuruun seurakunta"}
    action = make_new(work, "action", work.find("T1"), told, SURE).made.row
    now(work, action, "describe", {"what": "Kahvit, kuten Väinö Vieras lupasi"})
    forget(work, person(work, "Väinö"), ErasureGround.NOT_NEEDED, SURE)
    keep(work, person(work, "Sirkka"), KeepingGround.ARCHIVING, SURE)


@pytest.fixture(scope="module")
def springs(
    template_file: Path, tmp_path_factory: pytest.TempPathFactory, server: str, template_on_server: str
) -> Iterator[Mapping[str, str]]:
    """Such a spring in a file, and on the server, to be copied."""
    file = shutil.copy(template_file, tmp_path_factory.mktemp("spring") / "poyta.db")
    with database_on(server, "poyta_spring", template_on_server) as place:
        for each in (str(file), place):
            with closing(Database(each)) as database, database.writing() as session:
                spring_of_everything(Work(session, first_people(session), NOW))
        yield {"sqlite": str(file), "postgresql": "poyta_spring"}


@pytest.fixture
def spring_file(springs: Mapping[str, str], tmp_path: Path) -> str:
    """A file of its own with that spring in it."""
    return str(shutil.copy(springs["sqlite"], tmp_path / "pöytä.db"))


@pytest.fixture
def spring_on_server(springs: Mapping[str, str], server: str) -> Iterator[str]:
    """A database of its own on the server with that spring in it."""
    with database_on(server, "poyta_tampered", springs["postgresql"]) as place:
        yield place


@pytest.fixture(params=["spring_file", "spring_on_server"])
def spring(request: pytest.FixtureRequest) -> str:
    """Once of each kind."""
    return str(request.getfixturevalue(request.param))


# What is in order


def test_everything_that_the_gate_lets_through_is_in_order(spring):
    verdict = verify(spring)

    assert verdict.findings == ()
    assert sum(verdict.erased.values()) == 2
    assert verdict.checked["entries"] == verdict.size > 80


def test_all_examples_are_in_order(place):
    with closing(Database(place)) as database, database.writing() as session:
        carry_out(Work(session, Person(name=""), TODAY), read_books(EXAMPLES))

    verdict = verify(place)

    assert verdict.findings == ()
    assert verdict.checked["things"] == verdict.checked["streams"] > 100


def test_a_database_in_which_nothing_has_happened_is_in_order(place):
    assert verify(place).checked == {"entries": 0, "streams": 0, "things": 0, "words": 0}


def test_a_kind_of_thing_is_looked_for_where_the_models_keep_it():
    assert {kind: model.__tablename__ for kind, model in STATEFUL.items()} == TABLES


def test_what_was_seen_before_is_the_beginning_of_what_is_there(spring_file):
    before = seen(spring_file)
    with closing(Database(spring_file)) as database, database.writing() as session:
        work = Work(session, session.get_one(Person, 1), NOW)
        now(work, work.find("T1"), "describe", {"why_together": "Yhdessä"})

    verdict = verify(spring_file, [before, seen(spring_file)])

    assert verdict.findings == ()
    assert verdict.size == before.size + 1


def seen(place: str) -> Checkpoint:
    with closing(sqlite3.connect(place)) as file:
        ((origin,),) = file.execute("SELECT name FROM origin")
    verdict = verify(place)
    return Checkpoint(origin, verdict.size, verdict.root)


# What is not


class Doing(NamedTuple):
    """A connection past everything that poyta says, to a file or a server."""

    do: Callable[[str], Any]

    def one(self, query: str) -> Any:
        """The first value of the first row."""
        return self.do(query).fetchone()[0]


class Provoked(NamedTuple):
    """How a finding comes about: what is done, and to which entry or thing; `{it}` stands for the id of the entry."""

    code: str
    statement: str
    entry: str | None = "stream = 'theme:1'"
    """The newest entry of this kind is changed, and named in the finding."""
    thing: str = ""


# fmt: off
IN_ANY_DATABASE = [
    Provoked("entry_changed", "UPDATE history SET actor = 'person-3' WHERE id = {it}"),
    Provoked("chain_broken", "UPDATE history SET prev = 'alku' WHERE id = {it}"),
    Provoked("entry_missing", "UPDATE history SET version = version + 1 WHERE id = {it}"),
    Provoked("state_jumped", "UPDATE history SET from_state = 'convened' WHERE id = {it}"),
    Provoked("cause_later", "UPDATE history SET cause_id = (SELECT MAX(id) FROM history) WHERE id = {it}"),
    Provoked("rules_unknown", "UPDATE history SET rules = 'omat säännöt' WHERE id = {it}"),
    Provoked("way_unknown", "UPDATE history SET move = 'approve' WHERE id = {it}"),
    Provoked("role_unknown", "UPDATE history SET role = 'member' WHERE id = {it}"),
    Provoked("words_changed", "UPDATE history_words SET text = 'Ei sovittu' WHERE entry_id = {it}"),
    Provoked("words_missing", "DELETE FROM history_words WHERE entry_id = {it}"),
    Provoked("words_added", "INSERT INTO history_words (entry_id, salt, field, text)"
             " VALUES ({it}, 'suola', 'reason', 'Näin sanoin')", "stream = 'series:1'"),
    Provoked("words_restored", "UPDATE history SET commitment = '{left}' WHERE id = {it};"
             " UPDATE history SET facts = REPLACE(facts, '{left}', '') WHERE move = 'forget'",
             "stream = 'action:2' AND move = 'describe'"),
    Provoked("thing_without_history", "UPDATE results SET id = 99 WHERE id = 1", None, "result:99"),
    Provoked("thing_missing", "UPDATE results SET id = 99 WHERE id = 1", None, "result:1"),
    Provoked("entries_missing", "UPDATE results SET entries = 2", None, "result:1"),
    Provoked("state_differs", "UPDATE results SET state = 'checked'", None, "result:1"),
    Provoked("seats_differ", "UPDATE seats SET role = 'chair' WHERE table_id = 1", None, "table:1"),
    Provoked("house_rules_differ", "INSERT INTO house_rules VALUES (1, 'goal_agreed', 'off', NULL)", None, "table:1"),
    Provoked("detail_differs", "UPDATE themes SET title = 'Muu' WHERE id = 1", None, "theme:1"),
    Provoked("since_differs", "UPDATE results SET state_since = '2016-05-01T12:00:00.000000Z'", None, "result:1"),
]
IN_A_FILE = [
    Provoked("place_missing", "UPDATE history SET id = id + 5 WHERE id = {it}", "stream = 'person:4'"),
    Provoked("tile_differs", "INSERT INTO history_tiles VALUES (1, 1, '00')", None, "1/1"),
    Provoked("origin_missing", "DELETE FROM origin", None),
    Provoked("damaged", "PRAGMA ignore_check_constraints = 1; UPDATE results SET state = 'forgotten'", None),
    Provoked("points_nowhere", "DELETE FROM organisations WHERE id = 1", None, "people 1"),
    Provoked("newer", "PRAGMA user_version = 99", None),
    Provoked("older", "PRAGMA user_version = 0", None),
    Provoked("schema_missing", "DROP VIEW v_results", None, "view v_results"),
    Provoked("schema_unknown", "CREATE TABLE extra (id INTEGER)", None, "table extra"),
    Provoked("schema_changed", "ALTER TABLE results ADD COLUMN extra TEXT", None, "table results"),
]
BY_WHAT_WAS_SEEN = {
    "less_than_seen": lambda seen: seen._replace(size=seen.size + 1),
    "other_than_seen": lambda seen: seen._replace(root="0" * 64),
    "other_database": lambda seen: seen._replace(origin="poyta/toinen"),
}
# fmt: on


@contextmanager
def by_hand(place: str) -> Iterator[Doing]:
    """A hand on a database; on a file every trigger is away meanwhile."""
    if "://" in place:
        with psycopg.connect(place) as connection:
            yield Doing(connection.execute)
        return
    with closing(sqlite3.connect(place, isolation_level=None)) as file:
        file.execute("PRAGMA synchronous = OFF")
        file.execute("BEGIN")
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        yield Doing(file.execute)
        for _, definition in triggers:
            file.execute(definition)
        file.execute("COMMIT")


def provoke(place: str, provoked: Provoked) -> str:
    """Do it; answers where it is to be found."""
    with by_hand(place) as hand:
        it, where = 0, provoked.thing
        if provoked.entry is not None:
            it = hand.one(f"SELECT MAX(id) FROM history WHERE {provoked.entry}")
            table = "LEFT JOIN partnership_tables t ON t.id = h.table_id"
            where = hand.one(
                f"SELECT COALESCE(slug, 'poyta') || ' ' || number FROM history h {table} WHERE h.id = {it}"
            )
        left = hand.one("SELECT facts FROM history WHERE move = 'forget'").split(":")[-1].partition('"')[0]
        for statement in provoked.statement.format(it=it, left=left).split("; "):
            hand.do(statement)
    return str(where)


_WHERE = """
    SELECT COALESCE(slug, 'poyta') || ' ' || number FROM history h
    LEFT JOIN partnership_tables t ON t.id = h.table_id WHERE h.id = {it}"""


def findings(place: str, code: str, *seen: Checkpoint) -> list[Finding]:
    """What is found of a kind."""
    return [each for each in verify(place, seen).findings if each.code == code]


def test_every_finding_is_provoked_here():
    provoked = [each.code for each in [*IN_ANY_DATABASE, *IN_A_FILE]]

    assert sorted([*provoked, *BY_WHAT_WAS_SEEN]) == sorted(FINDINGS)


@pytest.mark.parametrize("provoked", IN_ANY_DATABASE, ids=lambda each: each.code)
def test_what_did_not_come_through_the_gate_is_found_where_it_is(spring, provoked):
    where = provoke(spring, provoked)

    assert where in [each.where for each in findings(spring, provoked.code)]


@pytest.mark.parametrize("provoked", IN_A_FILE, ids=lambda each: each.code)
def test_what_was_done_to_a_file_is_found_where_it_is(spring_file, provoked):
    where = provoke(spring_file, provoked)

    assert where in [each.where if where else "" for each in findings(spring_file, provoked.code)]


@pytest.mark.parametrize("code", BY_WHAT_WAS_SEEN)
def test_what_was_seen_otherwise_is_found(spring_file, code):
    otherwise = BY_WHAT_WAS_SEEN[code](seen(spring_file))

    assert len(findings(spring_file, code, otherwise)) == 1


def test_of_many_alike_the_first_are_told_and_all_are_counted(spring):
    with by_hand(spring) as hand:
        hand.do("UPDATE history SET auth = 'certain'")

    verdict = verify(spring)

    assert [each.code for each in verdict.findings] == ["entry_changed"] * AT_MOST
    assert verdict.untold == {"entry_changed": verdict.size - AT_MOST}


# What people and programs are told


class Answer(NamedTuple):
    """What a command said."""

    status: int
    out: str
    err: str


Poyta = Callable[..., Answer]


@pytest.fixture
def poyta(monkeypatch: pytest.MonkeyPatch, spring_file: str, capsys: pytest.CaptureFixture[str]) -> Poyta:
    """The command line on a file of its own, with nothing of whoever runs the tests."""
    for name in ("POYTA_AS", "POYTA_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", os.devnull)
    monkeypatch.setenv("POYTA_STATE", os.devnull)
    monkeypatch.setenv("POYTA_DB", spring_file)

    def poyta(*words: str) -> Answer:
        capsys.readouterr()
        status = run([*words])
        return Answer(status, *capsys.readouterr())

    return poyta


@pytest.mark.parametrize("provoked", [*IN_ANY_DATABASE, *IN_A_FILE], ids=lambda each: each.code)
def test_a_finding_is_told_in_three_languages(poyta, spring_file, provoked):
    where = provoke(spring_file, provoked)

    answers = [json.loads(poyta("audit", "verify", "--json", "--lang", language).out) for language in LANGUAGES]

    told = [[each["message"] for each in answer["findings"] if each["code"] == provoked.code] for answer in answers]
    assert len({messages[0] for messages in told}) == len(LANGUAGES)
    assert all(any(where in message for message in messages) for messages in told)


@pytest.mark.parametrize("code", BY_WHAT_WAS_SEEN)
def test_what_was_seen_otherwise_is_told_in_three_languages(monkeypatch, spring_file, code):
    [finding] = findings(spring_file, code, BY_WHAT_WAS_SEEN[code](seen(spring_file)))
    told = set()

    for language in LANGUAGES:
        monkeypatch.setenv("LANGUAGE", language)
        told.add(finding_line(App({}), finding))

    assert len(told) == len(LANGUAGES)


def test_what_is_in_order_is_said(poyta):
    answer = poyta("audit", "verify", "--lang", "en")

    assert answer.status == 0
    assert answer.out.startswith("The history is whole: ")
    assert "Words of 2 entries were erased, which entry poyta 16 answers for." in answer.out
    assert answer.err == ""


def test_what_is_wrong_is_said_with_where_and_since_when(poyta, spring_file):
    where = provoke(spring_file, IN_ANY_DATABASE[0])

    answer = poyta("audit", "verify", "--lang", "en")

    assert answer.status == 6
    assert answer.out == ""
    assert f"Entry {where} is not what was written" in answer.err
    assert "It says of itself that it was recorded on 20 May 2016" in answer.err
    assert "Nothing was changed." in answer.err


def test_a_moment_that_is_none_is_not_told(poyta, spring_file):
    provoke(spring_file, Provoked("entry_changed", "UPDATE history SET recorded_at = 'eilen' WHERE id = {it}"))

    answer = poyta("audit", "verify", "--lang", "en")

    assert answer.status == 6
    assert "It says of itself" not in answer.err


def test_a_program_is_told_what_was_looked_at_and_that_all_is_well(poyta):
    answer = poyta("audit", "verify", "--json")

    told = json.loads(answer.out)
    assert answer.status == 0
    assert (told["schema"], told["ok"], told["error"], told["findings"], told["more"]) == (
        "poyta/1",
        True,
        None,
        [],
        {},
    )
    assert set(told["checked"]) == {"entries", "streams", "things", "words"}
    assert told["size"] == told["checked"]["entries"]
    assert len(told["root"]) == 64
    assert told["erased"] == {"poyta 16": 2}


def test_a_program_is_told_what_is_wrong(poyta, spring_file):
    where = provoke(spring_file, IN_ANY_DATABASE[0])

    answer = poyta("audit", "verify", "--json")

    told = json.loads(answer.out)
    [finding] = told["findings"]
    assert answer.status == 6
    assert (told["ok"], told["error"]) == (False, "check_failed")
    assert (finding["code"], finding["where"]) == ("entry_changed", where)
    assert finding["since"] == "2016-05-20T12:00:00.000000Z"
    assert where in finding["message"]
