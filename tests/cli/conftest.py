import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cli.main import run
from models.database import Database
from tests.builders import first_people, keuruu
from tests.cli.hostile import CALLED, EXAMPLE, read_in
from workflow.work import Work

NOW = datetime(2016, 5, 20, 12, tzinfo=UTC)


class Answer(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Poyta = Callable[..., Answer]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Nothing of the person who runs the tests: no settings, no language, no database."""
    ours = ("POYTA_DB", "POYTA_AS", "POYTA_LANG", "POYTA_STATE")
    for name in (*ours, "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return monkeypatch


@pytest.fixture
def poyta(environment: pytest.MonkeyPatch, place: str, capsys: pytest.CaptureFixture[str]) -> Poyta:
    """The command line on a database, SQLite and PostgreSQL in turn."""
    environment.setenv("POYTA_DB", place)
    return _runner(capsys)


@pytest.fixture
def on_file(environment: pytest.MonkeyPatch, file_place: str, capsys: pytest.CaptureFixture[str]) -> Poyta:
    """The command line on one SQLite file."""
    environment.setenv("POYTA_DB", file_place)
    return _runner(capsys)


@pytest.fixture
def at_keuruu(on_file: Poyta, file_place: str) -> Poyta:
    """The command line on a file in which a table has begun its work, of which nothing was seen from here yet."""
    with Database(file_place).writing() as session:
        keuruu(Work(session, first_people(session), NOW))
    return on_file


@pytest.fixture(scope="module")
def full_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which a table has seen everything, to be copied."""
    return read_in(EXAMPLE.read_text(encoding="utf-8"), template_file, tmp_path_factory.mktemp("full") / "poyta.db")


@pytest.fixture(scope="module")
def called_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which a meeting can't be held before those are there whose seats must be filled, to be copied."""
    return read_in(CALLED, template_file, tmp_path_factory.mktemp("called") / "poyta.db")


@pytest.fixture
def full(on_file: Poyta, file_place: str, full_file: Path, environment: pytest.MonkeyPatch) -> Poyta:
    """The command line on a table that has seen everything."""
    environment.setenv("COLUMNS", "500")
    shutil.copy(full_file, file_place)
    return on_file


@pytest.fixture
def called(on_file: Poyta, file_place: str, called_file: Path) -> Poyta:
    """The command line on a meeting that can't be held yet."""
    shutil.copy(called_file, file_place)
    return on_file


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    return tmp_path / "away"


@pytest.fixture
def nowhere(environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Poyta:
    """The command line with no database anywhere."""
    return _runner(capsys)


def _runner(capsys: pytest.CaptureFixture[str]) -> Poyta:
    def poyta(*words: str) -> Answer:
        capsys.readouterr()
        status = run(list(words))
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return poyta


PEOPLE = (
    ("org", "add", "Keuruun kirjastotoimi", "--sector", "municipality"),
    ("org", "add", "Keuruun seurakunta", "--sector", "parish"),
    ("org", "add", "Äijälän kyläyhdistys", "--sector", "village"),
    ("person", "add", "Aino Äijälä", "--organisation", "Äijälän"),
    ("person", "add", "Väinö Öhman", "--organisation", "Keuruun kirjasto"),
    ("person", "add", "Matti Kävijä"),
)

TABLE = (
    ("table", "add", "--name", "Keuruun pöytä", "--short", "keuruu", "--kind", "network", "--responsible", "Aino"),
    ("table", "seat", "keuruu", "--person", "Aino", "--role", "convener"),
    ("table", "seat", "keuruu", "--person", "Väinö", "--role", "secretary"),
    ("table", "seat", "keuruu", "--person", "Väinö", "--role", "chair"),
    ("table", "seat", "keuruu", "--organisation", "Keuruun seurakunta"),
    ("table", "found", "keuruu", "--decided-by", "Kunnanhallitus"),
)

MEETING = (
    ("theme", "propose", "keuruu", "--title", "Yksinäisyys"),
    ("series", "plan", "T1", "--planned-meetings", "3"),
    ("meeting", "plan", "S1", "--when", "10.2.2016 klo 14-15.30", "--place", "Kirjasto"),
    ("meeting", "convene", "M1", "--channel", "open_call"),
    ("agenda", "submit", "M1", "--title", "Kyydit", "--origin", "resident"),
    ("agenda", "accept", "M1/1"),
    ("meeting", "set-agenda", "M1"),
    ("meeting", "hold", "M1", "--present", "Aino,Väinö"),
)


def set_up(poyta: Poyta, *parts: tuple[tuple[str, ...], ...], on: str = "2016-02-10") -> None:
    """Type commands one after another; each must succeed."""
    for part in parts:
        for words in part:
            moves = words[0] not in ("org", "person")
            answer = poyta(*words, *(("--on", on, "--as", "Aino", "--yes") if moves else ()))
            assert answer.status == 0, (words, answer.err)
