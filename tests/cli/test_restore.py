"""A backup is put back: it is looked through first, what was there is kept, and whoever saw more is told of it."""

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

import models.database
from models.checkpoints import asking, checkpoint_in, parse_checkpoint
from models.copies import checkpoint_beside
from models.database import Database
from models.schema import create
from tests import forger
from tests.builders import first_people
from tests.cli.conftest import Answer, Poyta
from workflow.audit.verifying import verify

ACTING = ("--as", "Aino", "--yes")


def propose(poyta: Poyta, title: str) -> Answer:
    return poyta("theme", "propose", "keuruu", "--title", title, *ACTING, "--json")


def titles(poyta: Poyta, *place: str) -> list[str]:
    return [item["title"] for item in poyta("theme", "list", *place, "--json").json["items"]]


def checkpoint_of(place: str | Path):
    with asking(Path(place)) as ask:
        return checkpoint_in(ask)


def restore(poyta: Poyta, file: Path, *more: str) -> Answer:
    return poyta("db", "restore", str(file), *(more or ACTING), "--json")


@pytest.fixture
def copy(file_place: str) -> Path:
    return Path(file_place).with_name("kopio.db")


@pytest.fixture
def backed_up(at_keuruu: Poyta, copy: Path) -> Poyta:
    """The command line on a file of which a backup was made after its first theme, and before its second."""
    propose(at_keuruu, "Yksinäisyys")
    assert at_keuruu("db", "backup", str(copy)).status == 0
    propose(at_keuruu, "Kyydit")
    return at_keuruu


def kept_aside(place: str) -> list[Path]:
    return sorted(Path(place).parent.glob("pöytä.db.*.backup"))


def folder(place: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(place).parent.iterdir() if path.is_file()}


# Taking


def test_a_backup_has_its_checkpoint_beside_it(at_keuruu, copy, file_place):
    answer = at_keuruu("db", "backup", str(copy), "--json")

    kept = parse_checkpoint(checkpoint_beside(copy).read_text(encoding="utf-8"))
    assert kept == checkpoint_of(copy) == checkpoint_of(file_place)
    assert answer.json["checkpoint"]["short"] == kept.short
    assert at_keuruu("audit", "checkpoint", "--against", str(checkpoint_beside(copy))).status == 0


def test_neither_of_the_two_is_written_over_anything(at_keuruu, copy):
    checkpoint_beside(copy).write_text("something else", encoding="utf-8")

    answer = at_keuruu("db", "backup", str(copy), "--json")

    assert (answer.status, answer.json["code"]) == (6, "exists")
    assert not copy.exists()
    assert checkpoint_beside(copy).read_text(encoding="utf-8") == "something else"


def test_a_copy_of_what_is_not_whole_is_made_and_said_to_be_so(at_keuruu, copy, file_place):
    with sqlite3.connect(file_place) as file:
        file.execute("DROP TRIGGER poyta_history_kept")
    file.close()

    answer = at_keuruu("db", "backup", str(copy), "--json")

    assert (answer.status, answer.json["ok"], answer.json["checkpoint"]) == (6, False, None)
    assert [each["code"] for each in answer.json["findings"]] == ["schema_missing"]
    assert (copy.exists(), checkpoint_beside(copy).exists()) == (True, False)


# Putting it back


def test_a_backup_is_put_in_the_place_of_the_database(backed_up, copy, file_place):
    answer = restore(backed_up, copy)

    assert (answer.status, answer.err) == (0, "")
    assert titles(backed_up) == ["Yksinäisyys"]
    assert verify(file_place).findings == ()
    assert propose(backed_up, "Uusi").status == 0  # one's own program knows of it


def test_the_history_remembers_who_did_it_and_what_was_replaced(backed_up, copy, file_place):
    before, after = checkpoint_of(copy), checkpoint_of(file_place)

    restore(backed_up, copy, "--as", "Göran", "--yes", "--reason", "Levy hajosi")

    entry = backed_up("history", "--json").json["items"][-1]
    assert (entry["ref"], entry["move"], entry["actor"], entry["role"]) == ("poyta", "restore", "Göran Öhman", "chair")
    assert entry["reason"] == "Levy hajosi"
    assert entry["facts"] == {
        "restored_size": str(before.size),
        "restored_root": before.root,
        "replaced_size": str(after.size),
        "replaced_root": after.root,
    }
    assert str(copy) not in str(entry)


def test_what_was_there_is_kept_with_its_checkpoint(backed_up, copy, file_place):
    before = checkpoint_of(file_place)

    answer = restore(backed_up, copy)

    (aside,) = kept_aside(file_place)
    assert answer.json["kept"] == str(aside)
    assert checkpoint_of(aside) == before
    assert parse_checkpoint(checkpoint_beside(aside).read_text(encoding="utf-8")) == before
    assert restore(backed_up, aside).status == 0  # and is put back as well
    assert titles(backed_up) == ["Yksinäisyys", "Kyydit"]


def test_nothing_else_is_left_behind(backed_up, copy, file_place):
    before = folder(file_place)

    restore(backed_up, copy)

    new = set(folder(file_place)) - set(before)
    assert new == {kept_aside(file_place)[0].name, checkpoint_beside(kept_aside(file_place)[0]).name}


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(backed_up, copy, file_place):
    before = folder(file_place)

    answer = restore(backed_up, copy, *ACTING, "--dry-run")

    assert (answer.status, answer.json["restored"]["size"], answer.json["replaced"]["size"]) == (0, 20, 21)
    assert folder(file_place) == before


def test_whoever_has_it_open_sees_all_of_it(backed_up, copy, file_place):
    with closing(sqlite3.connect(file_place)) as other:
        seen = other.execute("SELECT COUNT(*) FROM themes").fetchone()

        restore(backed_up, copy)

        assert (seen, other.execute("SELECT COUNT(*) FROM themes").fetchone()) == ((2,), (1,))
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_while_somebody_writes_nothing_is_restored(backed_up, copy, file_place, monkeypatch):
    monkeypatch.setattr(models.database, "BUSY_SECONDS", 0.1)
    before = folder(file_place)
    with closing(sqlite3.connect(file_place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        answer = restore(backed_up, copy)

    assert (answer.status, answer.json["code"]) == (6, "locked")
    assert folder(file_place) == before


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_with_either_journal(backed_up, copy, file_place, environment, journal):
    environment.setenv("POYTA_JOURNAL", journal)
    propose(backed_up, "Kolmas")

    answer = restore(backed_up, copy)

    assert answer.status == 0
    assert titles(backed_up) == ["Yksinäisyys"]
    assert verify(file_place).findings == ()


# Whoever had seen more


def test_everyone_who_had_seen_more_is_told_who_did_it_and_when(backed_up, copy, file_place, environment, tmp_path):
    environment.setenv("POYTA_STATE", str(tmp_path / "somebody-else"))
    backed_up("status")  # on another computer, with all there is
    environment.delenv("POYTA_STATE")
    restore(backed_up, copy, "--as", "Göran", "--yes")
    propose(backed_up, "Uusi")
    propose(backed_up, "Toinen uusi")
    environment.setenv("POYTA_STATE", str(tmp_path / "somebody-else"))

    reading, writing = backed_up("status"), propose(backed_up, "Kolmas")

    assert "Göran Öhman" in reading.err
    assert (writing.status, writing.json["code"]) == (6, "history_restored")
    facts = writing.json["facts"]
    assert (facts["who"], facts["restored"], facts["seen"]) == ("Göran Öhman", 20, 21)
    assert backed_up("audit", "accept", "--reason", "Göran kertoi", "--as", "Aino").status == 0
    assert propose(backed_up, "Kolmas").status == 0


def test_a_restoring_is_no_doubt_for_whoever_had_seen_no_more(backed_up, copy, file_place, environment, tmp_path):
    newer = Path(file_place).with_name("uudempi.db")
    environment.setenv("POYTA_STATE", str(tmp_path / "somebody-else"))
    backed_up("status")
    environment.delenv("POYTA_STATE")
    propose(backed_up, "Kolmas")
    backed_up("db", "backup", str(newer))
    propose(backed_up, "Neljäs")
    restore(backed_up, newer)
    environment.setenv("POYTA_STATE", str(tmp_path / "somebody-else"))

    assert backed_up("status").err == ""


def test_names_that_were_erased_since_are_told_of(backed_up, copy, file_place):
    # As an erasure leaves it: the name is gone and the history tells of it.
    person = next(item["ref"] for item in backed_up("person", "list", "--json").json["items"] if "Vieras" in str(item))
    forgotten = backed_up("person", "forget", person, "--ground", "consent_withdrawn", *ACTING, "--json")
    assert forgotten.status == 0, forgotten.out

    answer = restore(backed_up, copy)

    assert answer.json["forgotten_since"] == [person]


# Who may


def test_whoever_looks_after_nothing_may_not(backed_up, copy, file_place):
    before = folder(file_place)

    as_json, as_text = restore(backed_up, copy, "--as", "Väinö"), backed_up("db", "restore", str(copy), "--as", "Väinö")

    assert (as_json.status, as_json.json["error"], as_json.json["ref"]) == (3, "not_allowed", "poyta")
    assert as_text.status == 3
    assert folder(file_place) == before


def test_it_is_judged_by_the_backup(backed_up, copy, file_place):
    """A seat that came after it says nothing, and where it knows of nobody with an office, anybody may."""
    backed_up("table", "seat", "keuruu", "--person", "Väinö", "--role", "secretary", *ACTING)
    empty = Path(file_place).with_name("tyhjä.db")
    create(str(empty))

    assert restore(backed_up, copy, "--as", "Väinö").status == 3
    assert restore(backed_up, empty, "--another").status == 0


# What is not put in its place


def flipped(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[content.index(b"claimed")] ^= 1
    copy.write_bytes(content)


def without_trigger(copy: Path) -> None:
    with sqlite3.connect(copy) as file:
        file.execute("DROP TRIGGER poyta_history_kept")
    file.close()


def torn(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-4096])


def newer(copy: Path) -> None:
    with sqlite3.connect(copy) as file:
        file.execute("PRAGMA user_version = 999")
    file.close()


UNFIT = {
    "a letter changed": (flipped, "backup_not_whole"),
    "a trigger taken away": (without_trigger, "backup_not_whole"),
    "its last page torn off": (torn, "unreadable"),
    "no database": (lambda copy: copy.write_text("Muistio", encoding="utf-8"), "not_ours"),
    "made by a newer program": (newer, "newer"),
    "not there": (Path.unlink, "backup_missing"),
    "rewritten, coherent in itself": (lambda copy: forger.rewrite(copy, 8), "backup_otherwise"),
    "its checkpoint spoilt": (
        lambda copy: checkpoint_beside(copy).write_text("x", encoding="utf-8"),
        "backup_not_a_checkpoint",
    ),
}


@pytest.mark.parametrize(("spoil", "code"), UNFIT.values(), ids=UNFIT)
def test_an_unfit_backup_is_refused_and_nothing_changed(backed_up, copy, file_place, spoil, code):
    spoil(copy)
    before = folder(file_place)

    answer = restore(backed_up, copy)

    assert (answer.status, answer.json["code"]) == (4 if code == "backup_missing" else 6, code)
    assert folder(file_place) == before


def test_what_is_wrong_with_it_is_told(backed_up, copy):
    flipped(copy)

    as_json, as_text = restore(backed_up, copy), backed_up("db", "restore", str(copy), *ACTING, "--lang", "en")

    assert [each["code"] for each in as_json.json["findings"]] != []
    assert as_json.json["findings"][0]["message"] in as_text.err


def test_the_database_is_not_restored_from_itself(backed_up, file_place):
    assert restore(backed_up, Path(file_place)).json["code"] == "restore_of_itself"


def test_another_database_takes_its_place_only_if_that_is_meant(backed_up, copy, file_place):
    other = Path(file_place).with_name("toinen.db")
    create(str(other))
    with closing(Database(str(other))) as database, database.writing() as session:
        first_people(session)

    refused, meant = restore(backed_up, other), restore(backed_up, other, *ACTING, "--another")

    assert (refused.status, refused.json["code"]) == (6, "restore_of_another")
    assert meant.status == 0
    assert backed_up("history", "--json").json["items"][-1]["facts"]["replaced_origin"].startswith("poyta/")
    assert backed_up("status").err == ""


def test_a_server_is_restored_by_its_own_means(environment, server_place, nowhere, copy):
    environment.setenv("POYTA_DB", server_place)

    answer = nowhere("db", "restore", str(copy), "--json")

    assert (answer.status, answer.json["code"]) == (6, "restore_of_server")


# Where there is nothing that can be read


def missing(place: Path) -> None:
    place.unlink()


def damaged(place: Path) -> None:
    content = place.read_bytes()
    place.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


def damaged_inside(place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    place.write_bytes(content)


def empty(place: Path) -> None:
    place.write_bytes(b"")


def with_a_journal_left(place: Path) -> None:
    """Of another file: SQLite would roll it back into whatever lies in its place."""
    damaged(place)
    place.with_name(f"{place.name}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00" * 5000)


@pytest.mark.parametrize("ruin", [missing, damaged, damaged_inside, empty, with_a_journal_left])
def test_what_can_not_be_read_any_more_is_replaced_and_kept(backed_up, copy, file_place, ruin):
    ruin(Path(file_place))
    before = Path(file_place).read_bytes() if Path(file_place).exists() else None

    answer = restore(backed_up, copy)

    assert answer.status == 0, answer.out
    assert answer.json["replaced"] is None
    assert titles(backed_up) == ["Yksinäisyys"]
    assert verify(file_place).findings == ()
    assert [path.read_bytes() for path in kept_aside(file_place)] == ([] if before is None else [before])
    assert propose(backed_up, "Uusi").status == 0


@pytest.mark.parametrize("seed", range(12))
def test_however_the_file_is_damaged_the_backup_takes_its_place(backed_up, copy, file_place, seed):
    random, content = Random(seed), bytearray(Path(file_place).read_bytes())  # noqa: S311  # the same course each time
    for _ in range(4 ** (seed % 5)):
        at = random.randrange(72, len(content) - 64)  # past the mark that says that it is ours
        content[at : at + 64] = random.randbytes(64)
    Path(file_place).write_bytes(content)

    answer = restore(backed_up, copy, *ACTING, "--another")

    assert answer.status == 0, answer.out
    assert verify(file_place).findings == ()
    assert [path.read_bytes()[100:] for path in kept_aside(file_place)] == [content[100:]]  # but for its counters


def test_something_else_is_not_taken_for_a_damaged_database(backed_up, copy, file_place):
    Path(file_place).write_text("Muistio 1.2.2016", encoding="utf-8")

    refused, meant = restore(backed_up, copy), restore(backed_up, copy, *ACTING, "--another")

    assert (refused.status, refused.json["code"]) == (6, "restore_over_something")
    assert (meant.status, titles(backed_up)) == (0, ["Yksinäisyys"])
    assert kept_aside(file_place)[0].read_text(encoding="utf-8") == "Muistio 1.2.2016"


def test_whoever_could_open_the_old_file_can_open_the_new_one(backed_up, copy, file_place):
    damaged(Path(file_place))
    Path(file_place).chmod(0o660)

    restore(backed_up, copy)

    assert Path(file_place).stat().st_mode & 0o777 == 0o660


# At any moment


def test_killed_at_any_moment_there_is_the_old_or_the_new(backed_up, copy, file_place):
    before, found = Path(file_place).read_bytes(), set()
    random = Random(1)  # noqa: S311  # the same course each time
    old, backup = checkpoint_of(file_place), checkpoint_of(copy)

    for _ in range(8):
        Path(file_place).write_bytes(before)
        words = [sys.executable, "-m", "cli.main", "db", "restore", str(copy), *ACTING]
        running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.3 + random.random() * 0.7)
        running.send_signal(signal.SIGKILL)
        running.wait()
        found.add(state_of(file_place, old, backup))

    assert found <= {"old", "new"}


def state_of(place, old, backup):
    assert verify(place).findings == ()
    now = checkpoint_of(place)
    return "old" if now == old else "new" if now.size == backup.size + 1 else now
