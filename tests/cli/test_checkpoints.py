"""What was seen of a history is remembered outside it: whoever changes the past, or puts it back, is found out."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import cli.seen
from cli.main import run
from models.checkpoints import parse_checkpoint
from models.memory import Memory
from models.schema import create
from tests import forger
from tests.cli.conftest import Answer, Poyta
from workflow.audit.verifying import verify

ACTING = ("--as", "Aino", "--yes")


def propose(poyta: Poyta, title: str, *more: str) -> Answer:
    return poyta("theme", "propose", "keuruu", "--title", title, *ACTING, "--json", *more)


@pytest.fixture
def seen(at_keuruu: Poyta, file_place: str) -> Poyta:
    """The command line on a file in which two themes were proposed from here, last of all: entries 20 and 21."""
    shutil.copy(file_place, f"{file_place}.old")
    propose(at_keuruu, "Yksinäisyys")
    propose(at_keuruu, "Kyydit")
    return at_keuruu


@pytest.fixture
def memory(file_place: str) -> Memory:
    return Memory(str(Path(file_place).with_name("state") / "poyta"))


# A hand in the file


def older_copy(place: str) -> None:
    shutil.copy(f"{place}.old", place)


def older_copy_gone_on_with(place: str) -> None:
    older_copy(place)
    for number in range(4):
        elsewhere("theme", "propose", "keuruu", "--title", f"Toinen {number}", *ACTING, place=place)


def another_database(place: str) -> None:
    Path(place).unlink()
    create(place)


def elsewhere(*words: str, place: str) -> None:
    """Typed by somebody else, on another computer."""
    with pytest.MonkeyPatch.context() as there:
        there.setenv("POYTA_STATE", str(Path(place).with_name("elsewhere")))
        assert run([*words, "--db", place]) == 0


ATTACKS = {
    "the newest entry cut off": (lambda place: forger.cut(place, 1), "history_shorter"),
    "an entry rewritten, and every hash made anew": (lambda place: forger.rewrite(place, 8), "history_otherwise"),
    "the newest entry rewritten": (lambda place: forger.rewrite(place, 21), "history_otherwise"),
    "the order of two swapped": (lambda place: forger.swap(place, 11, 12), "history_otherwise"),
    "an older copy in its place": (older_copy, "history_shorter"),
    "an older copy gone on with": (older_copy_gone_on_with, "history_otherwise"),
    "another database in its place": (another_database, "history_of_another"),
    "the same history as another database": (lambda place: forger.name_origin(place, "poyta/x"), "history_of_another"),
}


@pytest.mark.parametrize(("attack", "code"), ATTACKS.values(), ids=ATTACKS)
def test_what_is_coherent_in_itself_and_not_as_it_was_seen_is_found(seen, file_place, attack, code):
    attack(file_place)
    assert verify(file_place).findings == ()
    before = Path(file_place).read_bytes()

    reading, writing = seen("table", "list", "--json"), propose(seen, "Kolmas")

    assert reading.status == 0
    assert reading.json["ok"] is True  # one document all the same
    assert "poyta audit accept" in reading.err
    assert (writing.status, writing.json["error"], writing.json["code"]) == (6, "check_failed", code)
    assert writing.json["message"] in reading.err
    assert Path(file_place).read_bytes() == before


@pytest.mark.parametrize(("attack", "code"), ATTACKS.values(), ids=ATTACKS)
def test_with_the_comparison_taken_out_nothing_of_it_is_found(seen, file_place, monkeypatch, attack, code):
    """The fault on purpose."""
    monkeypatch.setattr(cli.seen, "doubt", lambda *_: None)
    attack(file_place)

    reading = seen("table", "list")

    assert (reading.status, reading.err) == (0, "")


def test_whoever_has_seen_nothing_finds_nothing(seen, file_place, environment, tmp_path):
    """What can honestly not be found without signatures."""
    forger.rewrite(file_place, 8)
    environment.setenv("POYTA_STATE", str(tmp_path / "somebody-else"))

    assert seen("table", "list").err == ""
    assert propose(seen, "Kolmas").status == 0


def test_nothing_is_found_where_nothing_was_done(seen, file_place):
    elsewhere("theme", "propose", "keuruu", "--title", "Toisaalta", *ACTING, place=file_place)

    answers = [seen("table", "list"), seen("history"), propose(seen, "Kolmas"), seen("why", "T1", "--as", "Aino")]

    assert [(answer.status, answer.err) for answer in answers] == [(0, "")] * 4


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Historia päättyy kirjaukseen 20, mutta"),
        ("sv", "Historiken slutar vid anteckning 20, men"),
        ("en", "The history ends at entry 20, but on"),
    ],
)
def test_it_is_said_in_the_readers_language(seen, file_place, language, words):
    forger.cut(file_place, 1)

    answer = seen("status", "--lang", language)

    assert words in answer.err


def test_every_way_of_looking_warns(seen, file_place):
    forger.cut(file_place, 1)

    answers = [seen(*words, "--as", "Aino") for words in (("status",), ("next",), ("why", "T1"), ("export",))]

    assert [answer.status for answer in answers] == [0] * 4
    assert all("poyta audit accept" in answer.err for answer in answers)


def test_not_even_a_dry_run_goes_on_from_it(seen, file_place):
    forger.cut(file_place, 1)

    assert propose(seen, "Kolmas", "--dry-run").status == 6


def test_what_a_dry_run_does_is_not_remembered_as_done(seen):
    propose(seen, "Kolmas", "--dry-run")

    assert seen("table", "list").err == ""
    assert propose(seen, "Kolmas").status == 0


def test_what_was_acknowledged_is_remembered(seen, file_place, memory):
    receipts = memory.every_receipt(file_place)

    with sqlite3.connect(file_place) as file:
        kept = file.execute("SELECT id, hash FROM history WHERE id > 19 ORDER BY id").fetchall()
    file.close()
    assert [tuple(each) for each in receipts] == kept


# Going on


def test_somebody_says_that_it_is_to_go_on(seen, file_place):
    forger.cut(file_place, 1)

    answer = seen("audit", "accept", "--reason", "Puhdistus sovittiin", "--as", "Aino", "--json")

    assert (answer.status, answer.json["done"]) == (0, ["accepted"])
    assert (answer.json["seen"]["size"], answer.json["found"]["size"]) == (21, 20)
    assert propose(seen, "Kolmas").status == 0
    assert seen("table", "list").err == ""


def test_the_history_remembers_who_went_on_from_what_and_why(seen, file_place):
    seen_root = seen("audit", "checkpoint", "--json").json["root"]
    forger.cut(file_place, 1)
    found_root = seen("audit", "checkpoint", "--json").json["root"]

    seen("audit", "accept", "--reason", "Puhdistus sovittiin", "--as", "Göran")

    entry = seen("history", "--json").json["items"][-1]
    assert (entry["ref"], entry["move"], entry["actor"]) == ("poyta", "accept", "Göran Öhman")
    assert entry["reason"] == "Puhdistus sovittiin"
    assert entry["facts"] == {
        "seen_size": "21",
        "seen_root": seen_root,
        "found_size": "20",
        "found_root": found_root,
    }
    assert verify(file_place).findings == ()


def test_whoever_looks_after_nothing_may_accept_what_their_own_program_has_seen(seen, file_place):
    forger.cut(file_place, 1)

    assert seen("audit", "accept", "--reason", "Näin on", "--as", "Väinö").status == 0


def test_it_is_accepted_also_where_nobody_is_known_yet(seen, file_place):
    another_database(file_place)

    answer = seen("audit", "accept", "--reason", "Aloitetaan alusta")

    assert answer.status == 0
    assert seen("person", "add", "Aino Äijälä").status == 0
    assert "seen_origin" in seen("history", "--json").json["items"][0]["facts"]


def test_to_accept_is_for_oneself_only(seen, file_place):
    forger.cut(file_place, 1)
    elsewhere("audit", "accept", "--reason", "Näin on", "--as", "Göran", place=file_place)

    assert propose(seen, "Kolmas").status == 6


def test_without_a_reason_nothing_is_accepted(seen, file_place):
    forger.cut(file_place, 1)

    answers = [seen("audit", "accept", "--as", "Aino", *reason, "--json") for reason in ((), ("--reason", " "))]

    assert [(answer.status, answer.json["code"]) for answer in answers] == [(2, "missing")] * 2
    assert propose(seen, "Kolmas").status == 6


def test_a_dry_run_accepts_nothing(seen, file_place):
    forger.cut(file_place, 1)

    seen("audit", "accept", "--reason", "Näin on", "--as", "Aino", "--dry-run")

    assert propose(seen, "Kolmas").status == 6


def test_what_is_in_no_doubt_need_not_be_accepted(seen):
    before = len(seen("history", "--json").json["items"])

    answer = seen("audit", "accept", "--reason", "Varmuuden vuoksi", "--as", "Aino", "--json")

    assert (answer.status, answer.json["done"]) == (0, [])
    assert len(seen("history", "--json").json["items"]) == before


def test_a_command_id_is_used_once(seen, file_place):
    used = "00000000-0000-4000-8000-000000000001"
    propose(seen, "Kolmas", "--command-id", used)
    forger.rewrite(file_place, 8)

    answer = seen("audit", "accept", "--reason", "Näin on", *ACTING, "--command-id", used, "--json")

    assert (answer.status, answer.json["code"]) == (2, "command_used")


# Beginning anew


def test_a_new_database_in_the_place_of_an_old_one_begins_anew(seen, file_place):
    Path(file_place).unlink()

    upgraded = seen("db", "upgrade")

    assert (upgraded.status, upgraded.err) == (0, "")
    added = seen("person", "add", "Aino Äijälä")
    assert (added.status, added.err) == (0, "")


def test_so_does_a_table_begun_there(seen, file_place):
    Path(file_place).unlink()

    answer = seen("init", "--municipality", "Keuruu", "--person", "Aino", "--no-input")

    assert answer.status == 0, answer.err
    assert seen("status").err == ""


def test_the_demo_leaves_nothing_to_remember(nowhere, memory):
    assert nowhere("demo").status == 0

    assert not memory.path.exists()


# A memory that does not work


def broken_file(memory: Memory) -> None:
    memory.path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)


def no_folder(memory: Memory) -> None:
    shutil.rmtree(memory.path.parent)
    memory.path.parent.write_text("a file where the folder should be", encoding="utf-8")


def other_words(memory: Memory) -> None:
    with sqlite3.connect(memory.path) as file:
        file.execute("UPDATE seen SET at = 'eilen'")
    file.close()


def other_tables(memory: Memory) -> None:
    memory.path.unlink()
    with sqlite3.connect(memory.path) as file:
        file.execute("CREATE TABLE seen (something)")
    file.close()


@pytest.mark.parametrize("breaking", [broken_file, no_folder, other_words, other_tables])
def test_a_memory_that_does_not_work_stops_nothing_and_the_doctor_says_so(seen, memory, breaking):
    breaking(memory)

    answers = [propose(seen, "Kolmas"), seen("table", "list"), seen("audit", "checkpoint")]
    doctor = seen("doctor", "--json")

    assert [(answer.status, answer.err) for answer in answers] == [(0, "")] * 3
    assert doctor.status == 6
    assert [item["code"] for item in doctor.json["items"] if not item["ok"]] == ["memory"]
    assert str(memory.path) in doctor.out


def test_the_doctor_says_whether_the_history_is_what_was_seen(seen, file_place):
    well = seen("doctor", "--json")
    forger.rewrite(file_place, 8)
    ill = seen("doctor", "--json")

    assert (well.status, ill.status) == (0, 6)
    assert [item["code"] for item in ill.json["items"] if not item["ok"]] == ["history"]


def test_where_the_tables_of_the_history_were_taken_away_reading_warns(seen, file_place):
    with sqlite3.connect(file_place) as file:
        file.execute("DROP TABLE origin")
    file.close()

    answer = seen("table", "list", "--lang", "en")

    assert answer.status == 0
    assert "changed by hand" in answer.err


def test_several_at_once_lose_nothing_of_it(seen, file_place, memory):
    program = (
        "import sys; from cli.main import run;"
        "print(*(run(['theme', 'propose', 'keuruu', '--title', f'x {n}', '--as', 'Aino', '--yes']) for n in range(5)))"
    )

    running = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [one.communicate() for one in running]

    assert {err for _, err in said} == {""}
    assert propose(seen, "Kolmas").status == 0
    assert [receipt.place for receipt in memory.every_receipt(file_place)] == list(range(20, 21 + 15 + 2))


# Kept elsewhere


def test_a_checkpoint_is_printed_to_be_kept(seen):
    as_text, as_json = seen("audit", "checkpoint"), seen("audit", "checkpoint", "--json").json

    kept = parse_checkpoint(as_text.out)
    assert kept is not None
    assert as_text.out == kept.text
    assert (as_json["origin"], as_json["size"], as_json["root"], as_json["short"]) == (*kept, kept.short)
    assert kept.size == 21


def test_it_is_written_to_a_file_and_never_over_another(seen, tmp_path):
    to = tmp_path / "kuitti.txt"

    first, second = (seen("audit", "checkpoint", "--to", str(to), "--json") for _ in range(2))

    assert (first.status, second.status, second.json["code"]) == (0, 2, "file_exists")
    assert to.read_text(encoding="utf-8") == seen("audit", "checkpoint").out


@pytest.mark.parametrize("by", ["file", "short"])
def test_a_history_contains_what_a_kept_checkpoint_saw(seen, tmp_path, by):
    kept = kept_by(seen, tmp_path, by)
    propose(seen, "Kolmas")

    answer = seen("audit", "checkpoint", "--against", kept, "--json")

    assert (answer.status, answer.json["contains"]["size"], answer.json["size"]) == (0, 21, 22)


@pytest.mark.parametrize("by", ["file", "short"])
@pytest.mark.parametrize(
    ("attack", "code"),
    [
        (lambda place: forger.rewrite(place, 8), "checkpoint_otherwise"),
        (lambda place: forger.swap(place, 11, 12), "checkpoint_otherwise"),
        (lambda place: forger.cut(place, 1), "checkpoint_shorter"),
        (lambda place: forger.name_origin(place, "poyta/x"), "checkpoint_another"),
    ],
)
def test_a_history_that_does_not_contain_it_is_found_by_anybody_who_kept_it(
    seen, file_place, tmp_path, environment, attack, code, by
):
    kept = kept_by(seen, tmp_path, by)
    attack(file_place)
    environment.setenv("POYTA_STATE", str(tmp_path / "somebody-else"))

    answer = seen("audit", "checkpoint", "--against", kept, "--json")

    expected = "checkpoint_otherwise" if (by, code) == ("short", "checkpoint_another") else code
    assert (answer.status, answer.json["code"]) == (6, expected)


def kept_by(poyta: Poyta, tmp_path: Path, by: str) -> str:
    if by == "short":
        return str(poyta("audit", "checkpoint", "--json").json["short"]).replace("·", ".").upper()
    to = tmp_path / "kuitti.txt"
    poyta("audit", "checkpoint", "--to", str(to))
    return str(to)


@pytest.mark.parametrize("content", [b"", b"Muistio 1.2.2016\n" * 100, b"\xff" * 100])
def test_what_is_no_checkpoint_is_not_compared(seen, tmp_path, content):
    (tmp_path / "muistio.txt").write_bytes(content)

    answers = [
        seen("audit", "checkpoint", "--against", kept, "--json") for kept in (str(tmp_path / "muistio.txt"), "ei.txt")
    ]

    assert [(answer.status, answer.json["code"]) for answer in answers] == [(2, "not_a_checkpoint")] * 2


def test_a_server_has_no_checkpoints_yet_and_says_so(environment, server_place, nowhere):
    environment.setenv("POYTA_DB", server_place)

    answers = [
        nowhere("audit", "checkpoint", "--json"),
        nowhere("audit", "accept", "--reason", "x", "--json"),
    ]

    assert [(answer.status, answer.json["code"]) for answer in answers] == [(6, "checkpoint_of_server")] * 2
