"""The disk fails at any moment: the program says so in its own words, nothing is half-written, and the next try works.

Each command is given once for every single thing that it asks of the disk, with just that failing: once only, or from
then on; before it was done, or when it had been done.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

import models.database
from cli.main import run
from models.database import Database
from models.people import Project
from models.place import DatabaseProblem
from tests.figures import SIZE, tell
from tests.torture.deeds import ROUND, command_id, contents, give
from tests.torture.troubles import (
    EVERY,
    FULL,
    READING,
    Answer,
    Deed,
    Do,
    Failing,
    Fault,
    faults_in,
    try_with,
)
from tests.torture.vfs import Watch, reachable, watched

pytestmark = pytest.mark.skipif(not reachable(), reason="the SQLite of this Python hides its symbols")


@pytest.fixture(autouse=True)
def one_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """One engine for all tries, with no connection kept between them: statements are compiled once, not each time."""
    make = models.database.file_engine
    known = cache(make)

    def engine(path: Path, *, any_version: bool = False) -> Engine:
        return make(path, any_version=True) if any_version else known(path)

    monkeypatch.setattr(models.database, "file_engine", engine)


# What is done

MOVE = ("meeting", "convene", "M1", "--when", "9.2.2016 klo 17-18.30", "--place", "Keuruun kirjasto")
MATTER = ("agenda", "submit", "M1", "--title", "Kyydit", "--origin", "village")
ACTING = ("--as", "Aino", "--yes", "--on", "2016-01-20", "--command-id", str(command_id(1)))
BEGIN = ("init", "--municipality", "Keuruu", "--person", "Aino", "--on", "2016-01-20", "--no-input")
BOOK = str(Path(__file__).parents[2] / "examples" / "viitasaari.yaml")
NEW = ("--db", "{folder}/new.db")


def typed(*words: str) -> Deed:
    """A command as it is typed; `{folder}` stands for the folder of the file."""

    @contextmanager
    def deed(place: Path) -> Iterator[Do]:
        said, complained = StringIO(), StringIO()
        told = [word.format(folder=place.parent) for word in words]
        where = () if "--db" in told else ("--db", str(place))

        def do() -> Answer:
            said.truncate(said.seek(0))
            with redirect_stdout(said), redirect_stderr(complained):
                status = run([*told, "--json", *where])
            assert "Traceback" not in complained.getvalue()
            return Answer(status, codes_of(said.getvalue()) if status else ())

        yield do

    return Deed(deed)


def codes_of(said: str) -> tuple[str, ...]:
    """What a program is told is wrong."""
    document = json.loads(said)
    findings = [finding["code"] for finding in document.get("findings", ())]
    return tuple([document["code"]] if "code" in document else findings)


def at_the_gate(*pragmas: str, second: bool = False) -> Deed:
    """A move in a file that stays open; with a `second` transaction, for a program that does not do it in one."""

    @contextmanager
    def deed(place: Path) -> Iterator[Do]:
        database = Database(str(place))

        def do() -> Answer:
            try:
                with database.reading() as session:
                    for pragma in pragmas:
                        session.connection().exec_driver_sql(pragma)
                give(database, ROUND[0], command_id(1))
                if second:
                    with database.writing() as session:
                        session.query(Project).delete()
                        session.add(Project(name="Hanke"))
            except DatabaseProblem as problem:
                assert problem.facts["place"] == str(place)
                return Answer(6, (problem.code,))
            return Answer(0)

        yield do
        database.close()

    return Deed(deed, stays=True)


# How it goes


@pytest.mark.parametrize(
    ("deed", "troubles"),
    [
        pytest.param(typed(*MOVE, *ACTING), EVERY, id="a move"),
        pytest.param(at_the_gate(), EVERY, id="a move in a file that stays open"),
        pytest.param(at_the_gate("PRAGMA cache_size=12"), EVERY, id="a move with little memory"),
        pytest.param(typed(*MATTER, *ACTING), EVERY, id="a new matter"),
        pytest.param(typed("import", BOOK), EVERY, id="a book"),
        pytest.param(typed("db", "backup", "{folder}/copy.db"), EVERY, id="a backup"),
        pytest.param(typed("status"), READING, id="a look"),
    ],
)
def test_whatever_fails_is_told_and_leaves_nothing_half_written(begun, environment, request, deed, troubles):
    faults, tries = faults_in(deed, begun, troubles)

    assert faults == []
    assert tries > 0
    tell("disk errors", deed=request.node.callspec.id, tries=tries, **counted(faults))


def counted(faults: list[Fault]) -> dict[str, int]:
    """How many faults there were of each sort."""
    sorts = {"not told": "not_told", "half-written": "half_written", "in the way of the next try": "in_the_way"}
    return {name: sum(fault.what == sort for fault in faults) for sort, name in sorts.items()}


@pytest.mark.parametrize(
    ("deed", "troubles"),
    [
        pytest.param(typed("db", "upgrade", *NEW), EVERY, id="a new file"),
        pytest.param(typed(*BEGIN, *NEW), EVERY, id="a new table"),
    ],
)
def test_whatever_fails_leaves_nothing_in_the_way(begun, environment, request, deed, troubles):
    faults, tries = faults_in(deed, begun, troubles)

    assert faults == []
    assert tries > 0
    tell("disk errors", deed=request.node.callspec.id, tries=tries, **counted(faults))


def test_what_the_program_remembers_elsewhere_stops_no_work(begun, environment, monkeypatch, tmp_path):
    """What was seen of the database is kept in another file: where that can't be, the move is made all the same."""
    memory = tmp_path / "memory"
    monkeypatch.setenv("POYTA_STATE", str(memory))
    first, tries = begun.read_bytes(), 0

    def watch_for(name: str, nth: int) -> Failing:
        for path in memory.glob("*"):
            path.unlink()
        return Failing(EVERY[name], nth, within=memory)

    done = try_with(typed(*MOVE, *ACTING), begun, first, Watch()).then

    for name in EVERY:
        for nth in count(1, max(1, 5 // SIZE)):
            watch = watch_for(name, nth)
            course = try_with(typed(*MOVE, *ACTING), begun, first, watch)
            if not watch.failed:
                break
            tries += 1
            assert (course.told, course.then, course.at_last) == (Answer(0), done, done)

    assert tries > 0
    tell("disk errors", deed="a memory that fails", tries=tries)


@pytest.mark.parametrize("nth", [1, 20, 40])
def test_a_person_is_told_in_a_sentence(begun, environment, capsys, nth):
    before = contents(begun)

    with watched(Failing(EVERY[FULL], nth)):
        status = run([*MOVE, *ACTING, "--db", str(begun), "--lang", "fi"])

    assert status == 6
    assert capsys.readouterr().err.startswith(f"Levyllä ei ole enää tilaa: {begun}")
    assert contents(begun) == before


# The fault on purpose


def test_what_is_done_in_two_transactions_is_found_out(begun):
    """A program that writes the second half of a move after the first was kept."""
    faults, tries = faults_in(at_the_gate(second=True), begun)

    assert counted(faults)["half_written"] > 0
    tell("disk errors", deed="two transactions", tries=tries, **counted(faults))
