"""A database is opened safely, loses nothing to two at once, and says plainly what is wrong with it."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from threading import Barrier

import pytest
from sqlalchemy import create_engine, update
from sqlalchemy.orm import Session

from models.copies import backup
from models.database import Database, connect, create_file, server_engine
from models.people import Organisation, Project
from models.place import DatabaseProblem, address, check_header, is_server, problem_of, shown
from models.reading import open_reader
from models.schema import create, upgrade

SAFE = {
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "synchronous": 3,
    "journal_mode": "delete",
    "busy_timeout": 10_000,
}


def pragmas(connection):
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in SAFE}


# Opened safely


def test_a_file_is_opened_by_the_recipe(file_place):
    with closing(connect(Path(file_place))) as connection:
        assert pragmas(connection) == SAFE


def test_a_session_stands_on_the_same_recipe(file_place):
    with Database(file_place).writing() as session:
        assert pragmas(session.connection().connection.driver_connection) == SAFE


def test_the_other_journal_is_there_for_who_asks(file_place, monkeypatch):
    monkeypatch.setenv("POYTA_JOURNAL", "WAL")

    with closing(connect(Path(file_place))) as connection:
        assert pragmas(connection) == {**SAFE, "journal_mode": "wal", "synchronous": 2}


def test_every_table_is_strict(file_place):
    with closing(sqlite3.connect(file_place)) as connection:
        kinds = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()

    assert {name for name, strict in kinds if not strict} <= {"alembic_version", "sqlite_schema", "sqlite_temp_schema"}


def test_a_new_file_is_for_its_owner_only(tmp_path):
    create(str(tmp_path / "uusi" / "pöytä.db"))

    assert (tmp_path / "uusi" / "pöytä.db").stat().st_mode & 0o077 == 0


def test_a_place_is_shown_without_its_password():
    assert shown("postgresql://aino:salainen@palvelin/keuruu") == "postgresql://aino:***@palvelin/keuruu"


def test_a_file_is_called_by_its_whole_path_wherever_it_is():
    assert address(PurePosixPath("/koti/pöytä #1.db")) == "file:///koti/p%C3%B6yt%C3%A4%20%231.db?mode=rw"
    assert address(PureWindowsPath("C:\\pöydät\\k.db")) == "file:///C:/p%C3%B6yd%C3%A4t/k.db?mode=rw"
    assert address(PureWindowsPath("\\\\kunta\\jako\\k.db")) == "file:////kunta/jako/k.db?mode=rw"


def test_only_an_address_with_a_scheme_is_a_server():
    assert is_server("postgresql://palvelin/keuruu")
    assert not is_server("C:\\pöydät\\keuruu.db")


def test_another_kind_of_database_is_refused_by_name():
    with pytest.raises(DatabaseProblem) as problem:
        Database("sqlite:///keuruu.db")

    assert (problem.value.code, problem.value.facts) == ("unknown_kind", {"place": "sqlite:///keuruu.db"})


# Kept or not


def test_what_ends_in_an_error_is_not_kept(database):
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        session.add(Organisation(name="Äijälän kyläyhdistys", sector="village"))
        session.flush()
        _ = 1 / 0

    with database.reading() as session:
        assert session.query(Organisation).all() == []


def test_nothing_is_kept_that_was_not_to_be(database):
    with database.writing(keep=False) as session:
        session.add(Organisation(name="Äijälän kyläyhdistys", sector="village"))

    with database.reading() as session:
        assert session.query(Organisation).all() == []


def test_letters_come_back_as_they_were_written(database):
    with database.writing() as session:
        session.add(Organisation(name="Äijälän kyläyhdistys, Öhman & Ångström", sector="village"))

    with database.reading() as session:
        assert session.query(Organisation).one().name == "Äijälän kyläyhdistys, Öhman & Ångström"


# Two at once


TURNS = 15


def raise_a_number(open_session):
    """One reads a number, thinks, and writes one more. Whether that was acknowledged."""
    with open_session() as session:
        project = session.query(Project).one()
        project.funder = str(int(project.funder) + 1)


def test_of_two_who_write_at_once_neither_loses_a_change(database):
    with database.writing() as session:
        session.add(Project(name="Kehitytään kimpassa", funder="0"))
    together = Barrier(2)

    def write(_):
        together.wait()
        done = 0
        while done < TURNS:
            try:
                raise_a_number(database.writing)
            except DatabaseProblem as problem:
                assert problem.code == "changed_meanwhile"  # a server tells the slower one so; a file lets it wait
                continue
            done += 1
        return done

    with ThreadPoolExecutor(2) as two:
        acknowledged = sum(two.map(write, range(2)))

    with database.reading() as session:
        assert session.query(Project).one().funder == str(acknowledged) == str(2 * TURNS)


def test_the_library_alone_would_lose_one(file_place):
    """The seeded fault: with SQLAlchemy's own transactions on SQLite both are acknowledged, and one is gone."""
    engine = create_engine(f"sqlite:///{file_place}")
    with Session(engine) as session:
        session.add(Project(name="Kehitytään kimpassa", funder="0"))
        session.commit()

    with Session(engine) as one, Session(engine) as other:
        read = {session: int(session.query(Project).one().funder) for session in (one, other)}
        for session, number in read.items():
            session.execute(update(Project).values(funder=str(number + 1)))
            session.commit()

    with Session(engine) as session:
        assert session.query(Project).one().funder == "1"
    engine.dispose()


def test_one_who_finds_a_file_locked_is_told_so(file_place, monkeypatch):
    monkeypatch.setattr("models.database.BUSY_SECONDS", 0)

    with closing(sqlite3.connect(file_place, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseProblem) as problem, Database(file_place).writing():
            pass

    assert (problem.value.code, problem.value.facts) == ("locked", {"place": file_place})


# What a crash left


CRASH = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN IMMEDIATE")
for number in range(500):
    connection.execute("INSERT INTO organisations (name, sector) VALUES (?, 'other')", [f"Taho {number} " * 20])
os._exit(9)
"""


def test_what_a_crash_left_half_written_is_gone_for_the_next_reader(file_place):
    subprocess.run([sys.executable, "-c", CRASH, file_place], check=False)
    assert Path(f"{file_place}-journal").stat().st_size > 0

    with open_reader(file_place) as reader:
        assert reader.rows("v_organisations") == []


# What can be wrong


def problem_in(action, *arguments):
    with pytest.raises(DatabaseProblem) as problem:
        action(*arguments)
    return problem.value


def write_to(place, name="Äijälän kyläyhdistys"):
    with Database(place).writing() as session:
        session.add(Organisation(name=name, sector="village"))


def read_from(place):
    with open_reader(place) as reader:
        return reader.rows("v_organisations")


def newer(place):
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA user_version = 99")
    return place


def test_a_file_that_is_not_there_is_missing(tmp_path):
    for action in (write_to, read_from, upgrade):
        assert problem_in(action, str(tmp_path / "ei.db")).code == "missing"

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"Keuruun muistio", b"SQLite format 3\x00" + bytes(84)])
def test_a_file_of_something_else_is_not_ours_and_stays_as_it_is(tmp_path, content):
    path = tmp_path / "muistio.txt"
    path.write_bytes(content)

    for action in (write_to, read_from, upgrade):
        assert problem_in(action, str(path)).code == "not_ours"

    assert path.read_bytes() == content


def test_a_folder_is_unreadable(tmp_path):
    assert problem_in(read_from, str(tmp_path)).code == "unreadable"


def test_a_newer_file_is_read_but_not_written(file_place):
    write_to(file_place)
    newer(file_place)

    assert [row["name"] for row in read_from(file_place)] == ["Äijälän kyläyhdistys"]
    problem = problem_in(write_to, file_place)
    assert (problem.code, problem.facts["version"], problem.facts["known"]) == ("newer", 99, 1)


def test_a_newer_file_whose_views_have_changed_says_that_it_is_newer(file_place):
    with closing(sqlite3.connect(file_place)) as connection:
        connection.execute("DROP VIEW v_organisations")
    newer(file_place)

    assert problem_in(read_from, file_place).code == "newer"


def test_an_older_file_is_neither_read_nor_written(tmp_path):
    path = tmp_path / "vanha.db"
    create_file(path, version=0)

    for action in (write_to, read_from):
        assert problem_in(action, str(path)).code == "older"


def test_a_file_without_one_of_its_watchmen_is_read_but_not_written(file_place):
    with closing(sqlite3.connect(file_place)) as connection:
        connection.execute("DROP TRIGGER poyta_themes_ways")

    assert read_from(file_place) == []
    assert problem_in(write_to, file_place).code == "schema_changed"


def test_a_full_disk_is_told_and_nothing_is_half_written(file_place):
    def fill():
        with Database(file_place).writing() as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
            session.add_all(Organisation(name=f"Taho {number}" * 100, sector="other") for number in range(100))

    problem = problem_in(fill)

    assert (problem.code, problem.facts) == ("disk_full", {"place": file_place})
    assert read_from(file_place) == []


def test_what_is_no_complaint_of_a_database_is_no_problem_of_one():
    assert problem_of(ValueError("muuta")) is None
    assert problem_of(sqlite3.IntegrityError("poyta: a theme has no such move")) is None


# Where nothing may be written


@contextmanager
def nobody():
    """Somebody without rights: the folders of root are open to root whatever their mode says."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shut_folder(template_file):
    """A folder with a database, in which nobody else may write."""
    with tempfile.TemporaryDirectory(prefix="poyta-") as name:
        folder = Path(name)
        (folder / "pöytä.db").write_bytes(template_file.read_bytes())
        write_to(str(folder / "pöytä.db"))
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


@pytest.mark.parametrize("mode", [0o444, 0o666], ids=["a read-only file", "a read-only folder"])
def test_where_nothing_may_be_written_reading_goes_on_and_writing_says_why(shut_folder, mode):
    path = shut_folder / "pöytä.db"
    path.chmod(mode)

    with nobody():
        found = read_from(str(path))
        problem = problem_in(write_to, str(path), "Möksyn Leipä Oy")

    assert [row["name"] for row in found] == ["Äijälän kyläyhdistys"]
    assert (problem.code, problem.facts) == ("read_only", {"place": str(path)})


def test_no_file_is_made_or_copied_to_where_nothing_may_be_written(shut_folder):
    path = shut_folder / "pöytä.db"
    path.chmod(0o444)

    with nobody():
        problems = [
            problem_in(create, str(shut_folder / "uusi.db")),
            problem_in(create, str(shut_folder / "kansio" / "uusi.db")),
            problem_in(backup, str(path), shut_folder / "kopio.db"),
        ]

    assert [problem.code for problem in problems] == ["read_only"] * 3
    assert [each.name for each in shut_folder.iterdir()] == ["pöytä.db"]


def test_a_file_that_may_not_be_read_is_unreadable(shut_folder):
    path = shut_folder / "pöytä.db"
    path.chmod(0o000)

    with nobody():
        problem = problem_in(check_header, path)

    assert problem.code == "unreadable"


# A server


def test_a_server_that_does_not_answer_is_unreachable():
    problem = problem_in(write_to, "postgresql://aino:salainen@127.0.0.1:1/keuruu")

    assert (problem.code, problem.facts) == ("unreachable", {"place": "postgresql://aino:***@127.0.0.1:1/keuruu"})


def test_a_database_that_a_server_does_not_have_is_missing(server):
    for action in (write_to, read_from, create):
        assert problem_in(action, server.format(name="ei_ole")).code == "missing"


def test_an_empty_database_on_a_server_is_missing_and_one_of_something_else_not_ours(empty_server_place):
    assert problem_in(write_to, empty_server_place).code == "missing"

    execute(empty_server_place, "CREATE TABLE muistiot (id int)")

    for action in (write_to, read_from, upgrade):
        assert problem_in(action, empty_server_place).code == "not_ours"


def test_a_newer_database_on_a_server_is_read_but_not_written(server_place):
    write_to(server_place)
    execute(server_place, "UPDATE alembic_version SET version_num = '0099'")

    assert [row["name"] for row in read_from(server_place)] == ["Äijälän kyläyhdistys"]
    assert problem_in(write_to, server_place).code == "newer"


def execute(place, statement):
    with server_engine(place).begin() as connection:
        connection.exec_driver_sql(statement)
