"""A database that is missing, not ours, newer, read-only or changed by hand: a clear no, and nothing written."""

import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import PEOPLE, TABLE, Poyta, set_up

PROPOSE = ("theme", "propose", "keuruu", "--title", "Kyydit", "--as", "Aino", "--yes")


@pytest.fixture
def table(on_file: Poyta) -> Poyta:
    set_up(on_file, PEOPLE, TABLE)
    return on_file


def test_a_missing_database_is_not_made_by_chance(nowhere, environment, tmp_path):
    environment.setenv("POYTA_DB", str(tmp_path / "puuttuu.db"))

    answer = nowhere(*PROPOSE, "--json")

    assert (answer.status, answer.json["code"], answer.json["remedies"]) == (4, "missing", ["poyta init"])
    assert not (tmp_path / "puuttuu.db").exists()


@pytest.mark.parametrize("content", [b"", b"Muistio 1.2.2016\n" * 100, b"SQLite format 3\x00" + b"\x00" * 500])
def test_a_file_that_is_not_ours_is_left_alone(nowhere, environment, tmp_path, content):
    file = tmp_path / "muistio.txt"
    file.write_bytes(content)
    environment.setenv("POYTA_DB", str(file))

    answers = [nowhere(*PROPOSE, "--json"), nowhere("db", "upgrade", "--json"), nowhere("status", "--json")]

    assert [(answer.status, answer.json["code"]) for answer in answers] == [(6, "not_ours")] * 3
    assert file.read_bytes() == content


def test_somebody_elses_sqlite_file_is_left_alone(nowhere, environment, tmp_path):
    file = tmp_path / "muu.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE asiat (id INTEGER)")
    other.close()
    environment.setenv("POYTA_DB", str(file))

    assert nowhere(*PROPOSE, "--json").json["code"] == "not_ours"


def test_a_newer_database_is_read_but_not_written(table, file_place):
    with sqlite3.connect(file_place) as database:
        database.execute("PRAGMA user_version = 999")
    database.close()

    reading, writing = table("table", "list", "--json"), table(*PROPOSE, "--json")

    assert (reading.status, reading.json["items"][0]["ref"]) == (0, "keuruu")
    assert (writing.status, writing.json["code"]) == (6, "newer")


def test_a_trigger_taken_away_by_hand_is_noticed(table, file_place):
    with sqlite3.connect(file_place) as database:
        database.execute("DROP TRIGGER poyta_history_kept")
    database.close()

    writing, checking = table(*PROPOSE, "--json"), table("db", "check", "--json")

    assert (writing.status, writing.json["code"]) == (6, "schema_changed")
    assert checking.status == 6
    assert [(each["code"], "history_kept" in each["where"]) for each in checking.json["findings"]] == [
        ("schema_missing", True)
    ]


@pytest.mark.skipif(os.name != "posix", reason="folders are closed to writing in another way on Windows")
def test_a_read_only_file_is_read_but_not_written(table, file_place):
    """As somebody who is not root, for whom nothing is read-only."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "pöytä.db"
        shutil.copy(file_place, place)
        place.chmod(0o444)
        Path(folder).chmod(0o555)

        reading, writing = as_nobody(str(place), "table", "list"), as_nobody(str(place), *PROPOSE)

        Path(folder).chmod(0o755)

    assert reading.returncode == 0, reading.stderr
    assert writing.returncode == 6
    assert "Traceback" not in writing.stderr


def as_nobody(place: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *words],
        env={**os.environ, "POYTA_DB": place, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=give_up_being_root if os.geteuid() == 0 else None,
    )


def give_up_being_root() -> None:
    """Give up what lets root write where nobody may (CAP_DAC_OVERRIDE and its kin), for the program that follows."""
    for capability in (1, 2, 3):
        assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0


def test_a_backup_copies_and_never_writes_over_anything(table, tmp_path):
    to = tmp_path / "kopio.db"

    first, second = table("db", "backup", str(to), "--json"), table("db", "backup", str(to), "--json")

    assert (first.status, first.json["place"]) == (0, str(to))
    assert (second.status, second.json["code"]) == (6, "exists")
    assert table("table", "list", "--db", str(to), "--json").json["items"][0]["ref"] == "keuruu"


def test_an_upgrade_makes_what_is_missing_and_changes_nothing_else(nowhere, environment, tmp_path):
    environment.setenv("POYTA_DB", str(tmp_path / "uusi.db"))

    first, second = nowhere("db", "upgrade", "--json"), nowhere("db", "upgrade", "--json")

    assert (first.json["done"], second.json["done"]) == (["created"], [])
    assert nowhere("db", "check").status == 0


def test_doctor_looks_at_everything_and_says_what_is_wrong(table, nowhere, environment, tmp_path):
    well = table("doctor", "--json")
    environment.setenv("POYTA_DB", str(tmp_path / "puuttuu.db"))
    ill = nowhere("doctor", "--json")

    assert (well.status, well.json["ok"]) == (0, True)
    looked_at = {"version", "database", "history", "folder", "clock", "output"}
    assert {item["code"] for item in well.json["items"]} == looked_at
    assert ill.status == 6
    assert [item["code"] for item in ill.json["items"] if not item["ok"]] == ["database"]


def test_a_synced_folder_is_warned_of(nowhere, environment, tmp_path):
    place = tmp_path / "OneDrive" / "poyta.db"
    environment.setenv("POYTA_DB", str(place))
    nowhere("db", "upgrade")

    answer = nowhere("doctor", "--json")

    assert [item["code"] for item in answer.json["items"] if not item["ok"]] == ["folder"]


def test_a_broken_settings_file_is_named(nowhere, environment, tmp_path):
    settings = tmp_path / "config" / "poyta" / "poyta.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("as = Aino", encoding="utf-8")

    answer = nowhere("table", "list", "--json")

    assert (answer.status, answer.json["code"]) == (2, "settings_unreadable")
    assert str(settings) in answer.json["message"]


def test_settings_beside_the_database_say_who_acts_and_options_win(table, environment, file_place):
    (Path(file_place).parent / "poyta.toml").write_text('as = "Matti"\nlang = "fi"\n', encoding="utf-8")

    by_settings = table("theme", "propose", "keuruu", "--title", "x", "--json")
    by_option = table(*PROPOSE, "--json")

    assert (by_settings.status, by_option.status) == (3, 0)
