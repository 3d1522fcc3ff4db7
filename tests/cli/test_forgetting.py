"""Erasing a name from the command line: no byte of it is left, and who asks is told what is left elsewhere."""

import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from cli.main import run
from models.sealing import new_salt
from tests.cli.conftest import MEETING, PEOPLE, TABLE, Answer, Poyta, set_up
from tests.cli.test_remedies import command_of
from workflow.naming import fold

NAME, ADDRESS = "Matti Kävijä", "matti.kavija@kyla.fi"
TRACES = ("matti kavija", "kavija matti", "matti.kavija")

SOMEBODY = (*PEOPLE[:-1], ("person", "add", NAME, "--email", ADDRESS))
NAMED = (
    ("theme", "describe", "T1", "--title", "Matti Kävijän yksinäisyys"),
    ("theme", "translate", "T1", "--field", "title", "--language", "sv", "--text", "MATTI KÄVIJÄS ensamhet"),
    ("action", "assign", "T1", "--what", f"Kysytään: {ADDRESS}", "--to", "Väinö"),
    ("table", "describe", "keuruu", "--decided-by", "Kävijä Matti ja muut"),
    ("meeting", "attend", "M2", "--only-for", "Aino=Matti Kavijan asia"),
    ("action", "drop", "A1", "--reason", "Ma\u0308tti? Ei, vaan Matti Kävija\u0308"),
)
ANOTHER_MEETING = (
    ("meeting", "plan", "S1", "--when", "1.3.2016 klo 14-15.30", "--place", "Kirjasto"),
    ("meeting", "convene", "M2", "--channel", "open_call"),
)
BY_AINO = ("--as", "Aino")
FORGET = ("person", "forget", "P3", "--ground", "objected", *BY_AINO)


@pytest.fixture
def filled(poyta: Poyta) -> Poyta:
    """A database with a person whom several texts name, SQLite and PostgreSQL in turn."""
    set_up(poyta, SOMEBODY, TABLE, MEETING, ANOTHER_MEETING, NAMED)
    return poyta


@pytest.fixture(scope="module")
def filled_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in an SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    path = Path(shutil.copy(template_file, folder / "poyta.db"))
    with pytest.MonkeyPatch.context() as monkeypatch, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        monkeypatch.setenv("POYTA_DB", str(path))
        monkeypatch.setenv("XDG_STATE_HOME", str(folder))

        def poyta(*words: str) -> Answer:
            return Answer(run(list(words)), "", "")

        set_up(poyta, SOMEBODY, TABLE, MEETING, ANOTHER_MEETING, NAMED)
    return path


@pytest.fixture
def file(on_file: Poyta, file_place: str, filled_file: Path) -> Poyta:
    """The command line on a copy of that file."""
    shutil.copy(filled_file, file_place)
    return on_file


def traces(data: bytes) -> list[str]:
    """What of the name is in these bytes, in any case and with or without diacritics."""
    text = fold(data.decode("utf-8", errors="ignore"))
    return [each for each in TRACES if each in text]


def left_in(folder: Path) -> Iterator[str]:
    """The files of a folder, and of those under it, in which something of the name is left."""
    return (each.name for each in folder.rglob("*") if each.is_file() and traces(each.read_bytes()))


SHOWN = (
    ("person", "list"),
    ("person", "show", "P3"),
    ("person", "export", "P3", *BY_AINO),
    ("history",),
    ("history", "P3", "--json"),
    ("theme", "show", "T1"),
    ("theme", "show", "T1", "--lang", "sv"),
    ("action", "list"),
    ("export",),
    ("export", "--email", "--json"),
    ("status",),
    ("next", *BY_AINO),
    *(("audit", "export", form, "--words") for form in ("ocel", "xes", "csv", "json")),
)


# No byte is left


def test_no_byte_of_the_name_is_left_in_any_file(file, tmp_path):
    assert list(left_in(tmp_path)) == ["pöytä.db"]

    answer = file(*FORGET, "--reason", "Matti Kävijä pyysi sitä", "--json")

    assert (answer.status, answer.json["swept"]) == (0, True)
    assert list(left_in(tmp_path)) == []


def test_no_byte_is_left_where_changes_are_logged(file, tmp_path, monkeypatch):
    monkeypatch.setenv("POYTA_JOURNAL", "wal")
    set_up(file, (("theme", "evaluate", "T1", "--evaluation", "Kiitos Matti Kävijälle"),))

    answer = file(*FORGET)

    assert answer.status == 0
    assert list(left_in(tmp_path)) == []


def test_a_row_of_the_history_s_words_that_is_left_would_be_found(file, tmp_path, file_place):
    assert file(*FORGET).status == 0

    with closing(sqlite3.connect(file_place)) as connection:
        values = (1, new_salt(), "reason", "Matti Kävijälle")
        connection.execute("INSERT INTO history_words (entry_id, salt, field, text) VALUES (?, ?, ?, ?)", values)
        connection.commit()

    assert list(left_in(tmp_path)) == ["pöytä.db"]


def test_deleted_words_that_are_not_overwritten_would_be_found(file, tmp_path, file_place):
    assert file(*FORGET).status == 0

    with closing(sqlite3.connect(file_place, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        values = (1, new_salt(), "reason", "Matti Kävijälle")
        connection.execute("INSERT INTO history_words (entry_id, salt, field, text) VALUES (?, ?, ?, ?)", values)
        connection.execute("DELETE FROM history_words WHERE text = 'Matti Kävijälle'")

    assert list(left_in(tmp_path)) == ["pöytä.db"]


def test_nothing_that_is_shown_or_written_out_holds_the_name(file):
    assert file(*FORGET).status == 0

    answers = {words: file(*words) for words in SHOWN}

    assert {words: answer.err for words, answer in answers.items() if answer.status} == {}
    assert [words for words, answer in answers.items() if traces((answer.out + answer.err).encode())] == []


def test_the_history_is_whole_and_says_what_was_erased(filled):
    assert filled(*FORGET).status == 0

    answer = filled("audit", "verify", "--json")

    assert (answer.status, answer.json["findings"]) == (0, [])
    assert answer.json["erased"] == {
        f"poyta {filled('person', 'show', 'P3', '--json').json['item']['erased']['history']}": 6
    }


# What is said


def test_the_answer_tells_where_the_name_was_and_where_it_may_still_be(filled):
    set_up(filled, (("action", "assign", "T1", "--what", "Kävijän kyyti", "--to", "Väinö"),))

    answer = filled(*FORGET, "--json").json

    assert (answer["ok"], answer["ref"], answer["move"], answer["from"], answer["to"]) == (
        True,
        "P3",
        "forget",
        "known",
        "forgotten",
    )
    assert {"where": "T1", "field": "title", "text": "… yksinäisyys"} in answer["masked"]
    assert {"where": "A1", "field": "what", "text": "Kysytään: …"} in answer["masked"]
    assert ("A2", "Kävijän kyyti") in [(each["where"], each["text"]) for each in answer["perhaps"]]
    assert (answer["ground"], answer["repeated"], answer["dry_run"]) == ("objected", False, False)


def test_the_answer_in_words_tells_that_it_can_t_be_undone(file):
    answer = file(*FORGET)

    assert "The name of P3 is erased. Ground: the person objected." in answer.out
    assert "  T1, title: … yksinäisyys" in answer.out
    assert "This can't be undone." in answer.out
    assert "poyta undo" not in answer.out


def test_backups_that_can_be_seen_are_named(file, file_place):
    assert file("db", "backup").status == 0

    told = file(*FORGET, "--json").json["backups"]

    assert [name.startswith("pöytä.db.") for name in told] == [True]
    assert told[0] in file(*FORGET).out


def test_whoever_was_forgotten_is_shown_by_number_with_when_and_why(file):
    assert file(*FORGET).status == 0

    item, shown = file("person", "show", "P3", "--json").json["item"], file("person", "show", "P3")

    assert (item["name"], item["forgotten"], item["erased"]["ground"]) == ("P3", 1, "objected")
    assert "The name was erased on" in shown.out
    assert "the person objected" in shown.out
    assert [each["name"] for each in file("person", "list", "--json").json["items"]] == [
        "Aino Äijälä",
        "Väinö Öhman",
        "P3",
    ]


def test_the_same_name_gets_a_new_number_later(file):
    assert file(*FORGET).status == 0

    assert file("person", "add", NAME, "--json").json["ref"] == "P4"


# Before it is done


def test_a_dry_run_tells_and_changes_nothing(file, file_place):
    before = Path(file_place).read_bytes()

    answer = file(*FORGET, "--dry-run", "--json")

    assert (answer.status, answer.json["dry_run"], answer.json["swept"]) == (0, True, False)
    assert len(answer.json["masked"]) == 11
    assert Path(file_place).read_bytes() == before


class Typing(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_terminal(monkeypatch):
    """Type an answer at a terminal."""

    def at_terminal(answer: str) -> None:
        monkeypatch.setattr("sys.stdin", Typing(f"{answer}\n"))
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    return at_terminal


@pytest.mark.parametrize(("typed", "status", "name"), [("n", 130, NAME), ("", 130, NAME), ("kyllä", 0, "P3")])
def test_at_a_terminal_it_is_asked_about_first(file, at_terminal, typed, status, name):
    at_terminal(typed)

    answer = file(*FORGET)

    assert answer.status == status
    assert "T1, title: … yksinäisyys" in answer.err
    assert file("person", "show", "P3", "--json").json["item"]["name"] == name


def test_nobody_is_asked_about_what_can_t_be_done(file, at_terminal):
    at_terminal("n")

    answer = file("person", "forget", "P2", "--ground", "objected", *BY_AINO)

    assert answer.status == 3
    assert "poyta table unseat keuruu --person P2" in answer.err


def test_a_refusal_gives_every_reason_and_what_helps(file):
    answer = file("person", "forget", "P2", "--ground", "objected", *BY_AINO, "--json")

    told = answer.json
    assert (answer.status, told["error"], told["ref"], told["state"]) == (3, "refused", "P2", "known")
    assert [reason["code"] for reason in told["reasons"]] == ["forget_seated"]
    assert told["reasons"][0]["remedies"] == ["poyta table unseat keuruu --person P2"]


@pytest.mark.parametrize(
    "remedy",
    [
        "poyta action reassign A1 --to PARTY --reason TEXT",
        "poyta action drop A1 --reason TEXT",
        "poyta action share A1 --shared-with PARTY",
        "poyta table unseat keuruu --person P2",
        "poyta table describe keuruu --responsible PERSON",
        "poyta table found keuruu --decided-by BODY",
        "poyta table resubmit keuruu",
        "poyta theme describe T1 --responsible PERSON",
        "poyta meeting prepare M1 --chair PERSON",
        "poyta meeting prepare M1 --secretary PERSON",
    ],
)
def test_what_helps_is_a_command_that_exists(remedy):
    command, words = command_of(remedy)

    assert {word for word in words if word.startswith("--")} <= {
        name for param in command.params for name in param.opts
    }


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("person", "forget", "P3", "--ground", "objected", "--as", "Matti"), 3),
        (("person", "forget", "P1", "--ground", "objected", "--as", "Aino"), 3),
        (("person", "forget", "P3", "--refuse", "archiving", "--as", "Aino"), 3),
        (("person", "forget", "P3", "--as", "Aino"), 2),
        (("person", "forget", "P3", "--ground", "objected", "--refuse", "archiving", "--as", "Aino"), 2),
        (("person", "forget", "P3", "--ground", "bored", "--as", "Aino"), 2),
        (("person", "forget", "P9", "--ground", "objected", "--as", "Aino"), 4),
    ],
)
def test_each_kind_of_no_has_its_status_and_changes_nothing(file, words, status):
    answer = file(*words, "--json")

    assert (answer.status, answer.json["ok"]) == (status, False)
    assert file("person", "show", "P3", "--json").json["item"]["name"] == NAME


# Afterwards


def test_it_can_t_be_done_twice_nor_undone(filled):
    first = filled(*FORGET, "--json").json

    again, undone = filled(*FORGET, "--json"), filled("undo", "P3", "--reason", "Väärä", *BY_AINO, "--json")

    assert (again.status, again.json["repeated"], again.json["history"]) == (0, True, first["history"])
    assert (undone.status, [each["code"] for each in undone.json["reasons"]]) == (3, ["undo_of_register"])


def test_nobody_acts_as_somebody_forgotten(file):
    assert file(*FORGET).status == 0

    answer = file("table", "add", "--name", "Kylä", "--short", "kyla", "--kind", "network", "--as", "P3", "--json")

    assert (answer.status, answer.json["code"]) == (2, "forgotten")


def test_refusing_to_erase_is_written_down(filled):
    words = ("person", "forget", "P3", "--refuse", "legal-claims", "--reason", "Riita on kesken", *BY_AINO)

    answer, told = filled(*words, "--json"), filled("history", "P3", "--json")

    assert (answer.status, answer.json["move"], answer.json["ground"]) == (0, "keep", "legal_claims")
    assert [(each["move"], each["reason"]) for each in told.json["items"]][-1] == ("keep", "Riita on kesken")
    assert filled("person", "show", "P3", "--json").json["item"]["name"] == NAME


def test_where_the_file_can_t_be_written_anew_that_is_said(file, file_place, monkeypatch):
    monkeypatch.setattr("models.database.BUSY_SECONDS", 0.01)
    monkeypatch.setenv("POYTA_JOURNAL", "wal")
    set_up(file, (("theme", "evaluate", "T1", "--evaluation", "Kiitos"),))
    with closing(sqlite3.connect(file_place, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM people").fetchone()

        answer = file(*FORGET, "--json")

    again = file(*FORGET, "--json")
    assert (answer.status, answer.json["ok"], answer.json["swept"], answer.json["to"]) == (6, False, False, "forgotten")
    assert (again.status, again.json["ok"], again.json["swept"]) == (0, True, True)


# What is kept about somebody


def test_what_is_kept_is_one_document(filled):
    answer = filled("person", "export", "P3", "--json", *BY_AINO)

    told = answer.json
    assert (answer.status, told["schema"], told["ok"]) == (0, "poyta/1", True)
    assert (told["person"]["name"], told["person"]["email"]) == (NAME, ADDRESS)
    assert {"where": "T1", "field": "title", "text": "Matti Kävijän yksinäisyys"} in told["texts"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_kept_can_be_read(file, language):
    answer = file("person", "export", "P1", "--lang", language, *BY_AINO)

    assert answer.status == 0
    assert "Aino Äijälä" in answer.out
    assert "keuruu" in answer.out


def test_a_file_is_written_once_and_never_over_another(file, tmp_path):
    place = tmp_path / "matti.json"
    words = ("person", "export", "P3", "--to", str(place), *BY_AINO, "--yes", "--json")

    first = file(*words)
    text = place.read_text(encoding="utf-8")
    second = file(*words)

    assert (first.status, second.status, second.json["code"]) == (0, 2, "file_exists")
    assert place.read_text(encoding="utf-8") == text
    assert json.loads(text)["person"]["name"] == NAME
    assert place.stat().st_mode & 0o077 == 0


def test_everybody_sees_what_is_kept_of_themselves_and_keepers_of_all(file):
    own, others = (file("person", "export", each, "--json", "--as", "Matti") for each in ("P3", "P1"))

    assert (own.status, others.status, others.json["error"]) == (0, 3, "not_allowed")
