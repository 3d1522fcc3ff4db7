"""The history alone tells where everything stands, now and on any day of the past."""

import json
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select

from cli.main import run
from models.database import Database
from models.moments import written
from models.people import Person
from models.reading import open_reader
from tests.figures import SIZE, tell
from tests.workflow.exchange.test_any_history import Spring
from workflow.audit.replaying import Standing, Stood, standings
from workflow.audit.verifying import verify
from workflow.exchange.book import Book, Thing
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.moments import day_of
from workflow.exchange.reading import read_books
from workflow.finding import STATEFUL
from workflow.references import reference
from workflow.work import Work

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
TODAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAYS = 3 * SIZE
"""On so many days of each example it is asked how everything stood."""
MEMORY = "/dev/shm"  # noqa: S108  # a name of its own is made in it
How = tuple[str, str, str]
"""How something stands: its kind, its state, and since when."""
WALKS, STEPS = 8 * SIZE, 60
SPRINGS = 8
"""One of so many takes back what matters."""


def rebuilt(place: str) -> Mapping[str, Stood]:
    """Where everything stands, as the history tells."""
    with open_reader(place) as reader:
        return standings(row for row in reader.rows("v_history", order="id") if row["table_ref"])


def kept(place: str) -> Mapping[str, Stood]:
    """Where everything stands, as it is kept."""
    with closing(Database(place)) as database, database.reading() as session:
        rows = [row for model in STATEFUL.values() for row in session.scalars(select(model))]
        return {row.stream: Stood(row.state, row.came_from, written(row.state_since)) for row in rows}


@pytest.fixture(scope="module")
def quick_folder() -> Iterator[Path]:
    """A folder in memory, where there is room: nothing here needs a real disk."""
    with tempfile.TemporaryDirectory(prefix="poyta-", dir=MEMORY if Path(MEMORY).is_dir() else None) as name:
        yield Path(name)


# Now


def test_every_state_of_the_examples_follows_from_their_history(place):
    with closing(Database(place)) as database, database.writing() as session:
        carry_out(Work(session, Person(name=""), TODAY), read_books(EXAMPLES))

    assert rebuilt(place) == kept(place)


@settings(
    max_examples=WALKS,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(chance=st.randoms(use_true_random=False))
def test_every_state_follows_from_the_history_whatever_happens(template_file, quick_folder, chance):
    place = str(shutil.copy(template_file, quick_folder / "pöytä.db"))
    with closing(Database(place)) as database:
        spring = Spring(database, seed=0)
        spring.chance = chance
        for _ in range(STEPS):
            spring.go_on()

    verdict = verify(place)
    tell("replay of a walk", entries=verdict.size)
    assert rebuilt(place) == kept(place)
    assert verdict.findings == ()


def test_a_replay_that_does_not_know_what_was_taken_back_is_found_out(template_file, quick_folder, monkeypatch):
    walks = (walked(shutil.copy(template_file, quick_folder / f"{seed}.db"), seed) for seed in range(SPRINGS))

    assert any(is_found_out(place, monkeypatch) for place in walks)


def walked(place: Path, seed: int) -> str:
    """A file in which a spring went by, in one of many ways."""
    with closing(Database(str(place))) as database:
        spring = Spring(database, seed)
        for _ in range(STEPS):
            spring.go_on()
    return str(place)


def is_found_out(place: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether this replay comes to something else: where what was taken back was never told anew."""
    assert rebuilt(place) == kept(place)
    with monkeypatch.context() as patch:
        patch.setattr(Standing, "hear", only_moves)
        return rebuilt(place) != kept(place)


def only_moves(self: Standing, move: str, source: str | None, to: str, happened_at: str, facts: str) -> None:
    if source != to:
        self._entered.append(Stood(to, source, happened_at))


# On any day of the past


def read_in(place: str, book: Book, things: Iterable[Thing]) -> list[tuple[str, How]]:
    """Read a book into a database. Answers what some of its things are called there, and how they stand."""
    with closing(Database(place)) as database, database.writing() as session:
        carry_out(Work(session, Person(name=""), TODAY), [book])
        rows = [thing.row for thing in things]
        return [(reference(row), (row.kind, row.state, written(row.state_since))) for row in rows]


def begun(thing: Thing) -> date:
    """The day of its beginning, in a book that was read in."""
    assert thing.beginning is not None
    return day_of(thing.beginning.on)


def cut_off(book: Book, whole: Iterable[Thing], day: date) -> list[Thing | None]:
    """Take out of a book whatever happened after a day. Answers its things, and nothing for those taken out."""
    pairs = list(zip(book.things(), whole, strict=True))
    begun_by_then = {id(thing) for thing, was in pairs if begun(was) <= day}
    there = {id(thing) for thing, _ in pairs if all(id(above) in begun_by_then for above in thing.line)}
    for thing, was in pairs:
        for deed, done in zip(thing.deeds, was.deeds, strict=True):
            deed.on = done.on
        thing.deeds = [deed for deed in thing.deeds if day_of(deed.on) <= day]
        thing.children = [child for child in thing.children if id(child) in there]
    book.tables = [table for table in book.tables if id(table) in there]
    return [thing if id(thing) in there else None for thing, _ in pairs]


@pytest.fixture
def as_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, How]]:
    """What `poyta history --at` answers, by what things are called."""
    monkeypatch.setenv("XDG_CONFIG_HOME", os.devnull)
    monkeypatch.setenv("POYTA_STATE", os.devnull)

    def ask(place: str, day: date) -> dict[str, How]:
        assert run(["history", "--at", day.isoformat(), "--json", "--db", place]) == 0
        items = json.loads(capsys.readouterr().out)["items"]
        return {item["ref"]: (item["kind"], item["state"], item["state_since"]) for item in items}

    return ask


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_on_any_day_it_stood_as_a_book_of_that_day_tells(as_of, template_file, quick_folder, file):
    place, then = (str(quick_folder / name) for name in ("whole.db", "then.db"))
    shutil.copy(template_file, place)
    [book] = read_books([file])
    things = list(book.things())
    names = [name for name, _ in read_in(place, book, things)]
    days = sorted({day_of(deed.on) for deed in book.deeds()})

    tell("replay of an example", book=file.stem, things=len(things), days=min(DAYS, len(days)))
    for day in random.Random(file.stem).sample(days, min(DAYS, len(days))):  # noqa: S311  # the same days each time
        shutil.copy(template_file, then)
        [shorter] = read_books([file])
        there = cut_off(shorter, things, day)
        stood = read_in(then, shorter, [thing for thing in there if thing is not None])

        answered = as_of(place, day)

        told = [name for name, thing in zip(names, there, strict=True) if thing is not None]
        assert {name: answered[name] for name in told} == dict(zip(told, (how for _, how in stood), strict=True))
        assert Counter(answered.values()) == Counter(everything_in(then))


def everything_in(place: str) -> Iterator[How]:
    """How everything stands, also what the program made by itself."""
    for stream, stood in kept(place).items():
        yield stream.partition(":")[0], stood.state, stood.since
