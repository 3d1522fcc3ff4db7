"""A database is made, brought up to date, looked through and copied; whatever is in the way is named."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from models.copies import backup
from models.database import Database, create_file, server_engine
from models.files import BESIDE
from models.people import Organisation
from models.place import APPLICATION_ID, SCHEMA, DatabaseProblem, version_of
from models.reading import open_reader
from models.schema import Finding, Upgraded, check, create, upgrade


def write_to(place):
    with Database(place).writing() as session:
        session.add(Organisation(name="Äijälän kyläyhdistys", sector="village"))


def names_in(place):
    with open_reader(str(place)) as reader:
        return [row["name"] for row in reader.rows("v_organisations")]


def problem_in(action, *arguments):
    with pytest.raises(DatabaseProblem) as problem:
        action(*arguments)
    return problem.value


def by_hand(place, *statements):
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def on_server(place, *statements):
    with server_engine(place).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


# Making


def test_a_new_file_is_ours_and_whole(tmp_path):
    place = str(tmp_path / "keuruu.db")

    create(place)

    with closing(sqlite3.connect(place)) as connection:
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    assert marks == [APPLICATION_ID, SCHEMA]
    assert check(place) == []


def test_an_empty_database_on_a_server_becomes_ours_and_whole(empty_server_place):
    create(empty_server_place)

    write_to(empty_server_place)
    assert check(empty_server_place) == []


def test_what_is_there_is_never_written_over(place):
    write_to(place)

    problem = problem_in(create, place)

    assert problem.code == "exists"
    assert names_in(place) == ["Äijälän kyläyhdistys"]


def test_a_file_of_something_else_is_never_written_over(tmp_path):
    path = tmp_path / "muistio.txt"
    path.write_text("Keuruun muistio", encoding="utf-8")

    assert problem_in(create, str(path)).code == "exists"
    assert path.read_text(encoding="utf-8") == "Keuruun muistio"


@pytest.mark.parametrize("beside", BESIDE)
def test_what_a_removed_file_left_behind_is_not_written_into_a_new_one(tmp_path, beside):
    path, left = tmp_path / "poyta.db", tmp_path / f"poyta.db{beside}"
    left.write_bytes(b"half of what was to be written")

    problem = problem_in(create, str(path))

    assert (problem.code, problem.facts["left"]) == ("journal", str(left))
    assert list(tmp_path.iterdir()) == [left]


def test_the_journal_of_a_crash_is_kept_when_its_file_is_gone(tmp_path, template_file):
    path = tmp_path / "poyta.db"
    shutil.copy(template_file, path)
    subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False)  # our own few lines
    path.unlink()

    problem = problem_in(create, str(path))

    assert problem.code == "journal"
    assert [each.name for each in tmp_path.iterdir()] == ["poyta.db-journal"]


CRASH = """
import os, sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA cache_size = 1")
file.execute("BEGIN IMMEDIATE")
file.execute("CREATE TABLE half (done TEXT)")
file.executemany("INSERT INTO half VALUES (?)", [("x" * 1000,)] * 2000)
os._exit(9)
"""
"""A writer that ends in the middle of its transaction, with more than fits into its memory."""


def test_the_tables_of_somebody_else_on_a_server_are_left_alone(empty_server_place):
    on_server(empty_server_place, "CREATE TABLE muistiot (id int)")

    assert problem_in(create, empty_server_place).code == "exists"


# Bringing up to date


@pytest.fixture
def older(tmp_path):
    """A file of ours with no migration in it yet, as a crash in the middle of making one leaves it."""
    path = tmp_path / "vanha.db"
    create_file(path, version=0)
    return path


def test_an_older_file_is_brought_up_to_date_after_a_copy_of_it(older):
    done = upgrade(str(older))

    assert done == Upgraded(0, SCHEMA, older.with_name("vanha.db.v0.backup"))
    assert check(str(older)) == []
    assert version_of(done.backup) == 0


def test_a_copy_of_an_earlier_upgrade_is_kept_too(older):
    earlier = older.with_name("vanha.db.v0.backup")
    earlier.write_bytes(b"the earlier copy")

    done = upgrade(str(older))

    assert done.backup == older.with_name("vanha.db.v0-2.backup")
    assert earlier.read_bytes() == b"the earlier copy"


def test_what_is_up_to_date_is_left_as_it_is(place):
    assert upgrade(place) == Upgraded(SCHEMA, SCHEMA)


def test_an_upgrade_that_fails_on_its_way_changes_nothing(older):
    by_hand(older, "CREATE TABLE themes (something)")  # in the way of the migration, after it has made other tables
    before = older.read_bytes()

    with pytest.raises(OperationalError, match="table themes already exists"):
        upgrade(str(older))

    assert version_of(older) == 0
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("themes",)]
    assert len(older.read_bytes()) == len(before)


def test_a_newer_file_is_not_touched_by_an_upgrade(file_place):
    by_hand(file_place, "PRAGMA user_version = 99")

    assert problem_in(upgrade, file_place).code == "newer"
    assert [each.name for each in Path(file_place).parent.iterdir()] == ["pöytä.db"]


def test_a_newer_database_on_a_server_is_not_touched_by_an_upgrade(server_place):
    on_server(server_place, "UPDATE alembic_version SET version_num = '0099'")

    assert problem_in(upgrade, server_place).code == "newer"


# Looking


def test_a_database_in_use_is_whole(place):
    write_to(place)

    assert check(place) == []


TAMPERED = {
    "a trigger taken away": (["DROP TRIGGER poyta_themes_ways"], [("schema_missing", "trigger poyta_themes_ways")]),
    "a view of somebody's own": (["CREATE VIEW oma AS SELECT 1"], [("schema_unknown", "view oma")]),
    "a trigger made harmless": (
        [
            "DROP TRIGGER poyta_themes_kept",
            "CREATE TRIGGER poyta_themes_kept BEFORE DELETE ON themes BEGIN SELECT 1; END",
        ],
        [("schema_changed", "trigger poyta_themes_kept")],
    ),
    "somebody at nobody's": (
        ["INSERT INTO people (name, pseudonym, organisation_id, forgotten) VALUES ('Öhman', 'x', 77, 0)"],
        [("points_nowhere", "people 1")],
    ),
    "the work of a newer program": (["PRAGMA user_version = 99"], [("newer", None)]),
}


@pytest.mark.parametrize(("statements", "found"), TAMPERED.values(), ids=TAMPERED)
def test_whatever_is_not_as_it_should_be_in_a_file_is_found(file_place, statements, found):
    by_hand(file_place, *statements)

    findings = check(file_place)

    assert [(each.code, each.where) for each in findings] == [(code, where or file_place) for code, where in found]


def test_an_older_file_is_found_to_be_older(older):
    assert check(str(older)) == [Finding("older", str(older), "0")]


def test_a_damaged_file_is_found_to_be_so(file_place):
    write_to(file_place)
    damage = bytearray(Path(file_place).read_bytes())
    for page in range(2, 40):
        damage[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    Path(file_place).write_bytes(damage)

    assert {each.code for each in check(file_place)} >= {"damaged"}


def test_what_is_no_database_of_ours_can_not_be_looked_through(tmp_path):
    (tmp_path / "muistio.txt").write_text("Keuruun muistio", encoding="utf-8")

    assert problem_in(check, str(tmp_path / "muistio.txt")).code == "not_ours"
    assert problem_in(check, str(tmp_path / "ei.db")).code == "missing"


TAMPERED_ON_SERVER = {
    "a view taken away": (
        ["DROP VIEW v_house_rules"],
        {("schema_missing", "view v_house_rules"), ("schema_missing", "column v_house_rules.code")},
    ),
    "a column of somebody's own": (["ALTER TABLE themes ADD oma int"], {("schema_unknown", "column themes.oma")}),
    "a constraint taken away": (
        ["ALTER TABLE themes DROP CONSTRAINT ck_themes_state"],
        {("schema_missing", "constraint themes.ck_themes_state")},
    ),
    "an index made anew on something else": (
        ["DROP INDEX ix_themes_table_id", "CREATE INDEX ix_themes_table_id ON themes (title)"],
        {("schema_changed", "index ix_themes_table_id")},
    ),
    "the work of a newer program": (["UPDATE alembic_version SET version_num = '0099'"], {("newer", None)}),
}


@pytest.mark.parametrize(("statements", "found"), TAMPERED_ON_SERVER.values(), ids=TAMPERED_ON_SERVER)
def test_whatever_is_not_as_it_should_be_on_a_server_is_found(server_place, statements, found):
    on_server(server_place, *statements)

    findings = {(each.code, each.where if each.code != "newer" else None) for each in check(server_place)}

    assert findings >= found
    assert {code for code, _ in findings} == {code for code, _ in found}


def test_looking_at_a_server_leaves_nothing_behind(server_place):
    check(server_place)

    with server_engine(server_place).connect() as connection:
        left = connection.exec_driver_sql("SELECT relname FROM pg_class WHERE relpersistence = 't'").all()
    assert left == []


# Copying


def test_a_copy_holds_what_the_file_held(file_place, tmp_path):
    write_to(file_place)

    copy = backup(file_place, tmp_path / "kopio.db").path

    assert names_in(copy) == ["Äijälän kyläyhdistys"]
    assert check(str(copy)) == []
    assert copy.stat().st_mode & 0o077 == 0


def test_a_copy_is_never_made_over_something(file_place, tmp_path):
    (tmp_path / "kopio.db").write_bytes(b"the earlier copy")

    problem = problem_in(backup, file_place, tmp_path / "kopio.db")

    assert (problem.code, problem.facts) == ("exists", {"place": str(tmp_path / "kopio.db")})
    assert (tmp_path / "kopio.db").read_bytes() == b"the earlier copy"


def test_a_copy_of_nothing_is_not_made(tmp_path):
    assert problem_in(backup, str(tmp_path / "ei.db"), tmp_path / "kopio.db").code == "missing"
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_fails_leaves_no_half_of_it(file_place, tmp_path):
    damage = bytearray(Path(file_place).read_bytes())
    damage[4096 * 5 :] = b"\xff" * len(damage[4096 * 5 :])
    Path(file_place).write_bytes(damage)

    assert problem_in(backup, file_place, tmp_path / "kopio.db").code == "unreadable"
    assert not (tmp_path / "kopio.db").exists()


def test_a_server_is_copied_by_its_own_means():
    problem = problem_in(backup, "postgresql://aino:salainen@palvelin/keuruu", Path("kopio.db"))

    assert (problem.code, problem.facts) == ("backup_of_server", {"place": "postgresql://aino:***@palvelin/keuruu"})
