"""What a release leaves on people's disks opens in every later one: brought up to date, shown, whole, gone on from."""

import gzip
import json
import sqlite3
from contextlib import closing

import pytest

from models.fingerprint import file_schema, fingerprint, known_fingerprint
from scripts.golden import GOLDEN
from scripts.rulebooks import release
from tests.newer import nobody_refuses, release_with
from workflow.lifecycles import PAGE
from workflow.rulebooks import rulebook

MAKE_IT_ANEW = "the schema or the page has changed: run `python -m scripts.golden`"
RELEASES = sorted(file.name.removesuffix(".db.gz") for file in GOLDEN.glob("*.db.gz"))


@pytest.fixture(params=RELEASES)
def kept(request, tmp_path):
    """The database that a release left, on the disk of somebody who has the poyta of today."""
    path = tmp_path / f"{request.param}.db"
    path.write_bytes(gzip.decompress((GOLDEN / f"{request.param}.db.gz").read_bytes()))
    return path


@pytest.fixture
def poyta(nowhere, environment, kept):
    """The command line on it."""
    environment.setenv("POYTA_DB", str(kept))
    environment.setenv("POYTA_AS", "Aino")
    return nowhere


def rows_of(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_the_release_that_is_being_made_has_its_golden_database(tmp_path):
    packed = GOLDEN / f"{release()}.db.gz"
    assert packed.exists(), MAKE_IT_ANEW
    path = tmp_path / "golden.db"
    path.write_bytes(gzip.decompress(packed.read_bytes()))

    with closing(sqlite3.connect(path)) as connection:
        found = fingerprint(file_schema(connection.execute))

    assert (found, {rules for (rules,) in rows_of(path, "SELECT rules FROM history")}) == (
        known_fingerprint(),
        {PAGE.version},
    ), MAKE_IT_ANEW


def test_it_holds_something_of_everything(kept):
    """What a migration may meet: undone, overridden, set aside, carried over, merged, erased ..."""
    moves = {move for (move,) in rows_of(kept, "SELECT move FROM history")}
    facts = {name for (facts,) in rows_of(kept, "SELECT facts FROM history") for name, _ in json.loads(facts)}
    tables = [name for (name,) in rows_of(kept, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    empty = {name for name in tables if rows_of(kept, f"SELECT COUNT(*) FROM {name}") == [(0,)]}

    assert {"undo", "merge", "forget", "wait", "reschedule", "rules", "translate", "decline"} <= moves
    assert {"overridden", "confirmed", "erased", "undoes"} <= facts
    assert empty == {"invitation_answers", "joint_meetings", "reminder_letters", "reminders"}
    assert len(gzip.compress(kept.read_bytes())) < 300_000


def test_the_rules_of_its_past_are_known(kept):
    assert [rules for (rules,) in rows_of(kept, "SELECT DISTINCT rules FROM history") if rulebook(rules) is None] == []


SHOWN = (
    ("status",),
    ("table", "list"),
    ("table", "map", "keuruu"),
    ("theme", "list"),
    ("theme", "show", "T1"),
    ("series", "list"),
    ("meeting", "list"),
    ("meeting", "show", "M1"),
    ("agenda", "list"),
    ("action", "list"),
    ("action", "show", "A2"),
    ("result", "list"),
    ("org", "list"),
    ("person", "list"),
    ("project", "list"),
    ("history",),
    ("history", "T1"),
    ("history", "keuruu", "--at", "1.3.2016"),
    ("why", "T1"),
    ("audit", "log"),
)


def test_it_is_brought_up_to_date_and_whole(poyta, kept):
    before = len(rows_of(kept, "SELECT 1 FROM history"))

    upgraded, checked, verified = poyta("db", "upgrade", "--json"), poyta("db", "check"), poyta("audit", "verify")

    assert (upgraded.status, checked.status, verified.status) == (0, 0, 0), upgraded.err + checked.err + verified.err
    assert len(rows_of(kept, "SELECT 1 FROM history")) == before + len(upgraded.json["done"])


def test_its_hashes_are_still_those_of_its_day(poyta, kept):
    poyta("db", "upgrade")

    answer = poyta("audit", "checkpoint", "--against", str(GOLDEN / f"{kept.stem}.checkpoint"))

    assert answer.status == 0, answer.err


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_everything_in_it_is_shown(poyta, language):
    poyta("db", "upgrade")

    answers = {words: poyta(*words, "--lang", language) for words in SHOWN}

    assert {words: answer.err for words, answer in answers.items() if answer.status != 0} == {}
    assert "Kahvia ja kohtaamisia" in answers["agenda", "list"].out
    assert all("Kerttu" not in answer.out for answer in answers.values())


def test_its_story_goes_on(poyta):
    poyta("db", "upgrade")

    answers = [
        poyta("action", "resume", "A2", "--yes"),
        poyta("meeting", "plan", "S1", "--when", "10.5.2040 klo 14-15.30", "--place", "Kirjasto", "--yes"),
        poyta("meeting", "convene", "M3", "--channel", "open_call", "--yes"),
        poyta("undo", "A2", "--reason", "Vastausta odotetaan yhä"),
        poyta("audit", "verify"),
    ]

    assert [answer.err for answer in answers if answer.status != 0] == []


def test_the_next_release_will_bring_it_up_to_date(poyta, kept, tmp_path):
    """A made-up one, with a migration that makes a table anew and a state that is gone."""
    poyta("db", "upgrade")
    folder = tmp_path / "next"
    folder.mkdir()

    with release_with(folder, nobody_refuses()):
        dry, upgraded, verified = poyta("db", "upgrade", "--dry-run"), poyta("db", "upgrade"), poyta("audit", "verify")

    assert (dry.status, upgraded.status, verified.status) == (0, 0, 0), dry.err + upgraded.err + verified.err


def test_a_poyta_that_hashed_otherwise_would_be_found(poyta, monkeypatch):
    """The fault that golden databases are kept for: the bytes of an entry are no longer what they were."""
    monkeypatch.setattr("workflow.audit.chains.LEAF", b"\x02")

    assert poyta("audit", "verify").status == 6
