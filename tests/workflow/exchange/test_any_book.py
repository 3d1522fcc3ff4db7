"""Whatever stands in a file, reading it in gives what the book tells, or our own errors and nothing else."""

import json
import random
import string

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from models.database import Database
from tests.looking import everything
from tests.workflow.exchange.books import NOW, read_in, written
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.problems import BookRefused
from workflow.exchange.reading import read_books
from workflow.exchange.reference import EXAMPLE
from workflow.exchange.shape import AUTOMATIC, CHILDREN, HOW, PARTIES, PLURALS, UNDO, creation_of, details_at, steps_of
from workflow.exchange.sources import Source

SLOW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

WORDS = (
    "Aino",
    "Keuruu",
    "m1",
    "2016-02-10",
    "10.2.2016 klo 17-18.30",
    "17.15",
    "municipality",
    "convener",
    "true",
    "",
)
SCALARS = some.one_of(some.sampled_from(WORDS), some.integers(), some.booleans(), some.none(), some.text(max_size=8))
ANYTHING = some.recursive(
    SCALARS, lambda parts: some.lists(parts, max_size=3) | some.dictionaries(some.text(max_size=5), parts, max_size=3)
)


def likely(kind: str, move: str):
    """What a step may be told, mostly in its place."""
    keys = [*details_at(kind, move), *HOW]
    return some.dictionaries(some.sampled_from(keys), SCALARS | some.lists(SCALARS, max_size=2) | ANYTHING, max_size=4)


def steps(kind: str):
    """Steps of such a thing, mostly by their names."""
    moves = some.sampled_from([*steps_of(kind), UNDO])
    return some.lists(moves | moves.flatmap(lambda move: likely(kind, move).map(lambda told: {move: told})), max_size=3)


def things(kind: str):
    """A thing, mostly in its shape, with things under it."""
    told = some.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys((*details_at(kind, creation_of(kind)), *HOW, *AUTOMATIC, "ref"), SCALARS | ANYTHING),
            "steps": steps(kind) | ANYTHING,
            **{
                key: some.lists(some.deferred(lambda child=child: THINGS[child]), max_size=1)
                for key, child in CHILDREN[kind].items()
            },
        },
    )
    return told | ANYTHING


THINGS = {kind: things(kind) for kind in PLURALS}
PARTY = some.dictionaries(some.sampled_from(["name", "ref", "sector", "organisation", "owner"]), SCALARS, max_size=4)
BOOKS = some.fixed_dictionaries(
    {"poyta": some.just("table-book/1")},
    optional={
        **{key: some.lists(PARTY | ANYTHING, max_size=3) | ANYTHING for key in (*PARTIES, "coordinators")},
        "tables": some.lists(THINGS["table"], max_size=2) | ANYTHING,
    },
)


def try_to_read(database: Database, data: bytes, name: str = "book.yaml") -> None:
    """Read a book in and take it back; our own refusal is an answer, too."""
    from models.people import Person
    from workflow.work import Work

    with database.writing(keep=False) as session:
        try:
            carry_out(Work(session, Person(name="Aino"), NOW), read_books([Source(name, data)]))
        except BookRefused as refused:
            assert all(error.line >= 1 and error.code for error in refused.errors)


@pytest.fixture
def file(file_place):
    opened = Database(file_place)
    yield opened
    opened.close()


@SLOW
@given(book=BOOKS)
def test_any_tree_is_read_in_or_refused(file, book):
    try_to_read(file, json.dumps(book).encode(), "book.json")


@SLOW
@given(book=BOOKS)
def test_any_tree_in_yaml_is_read_in_or_refused(file, book):
    try_to_read(file, yaml.safe_dump(book, allow_unicode=True).encode())


@SLOW
@given(data=some.binary(max_size=200) | some.text(max_size=200).map(str.encode))
def test_any_bytes_are_refused(file, data):
    try_to_read(file, b"poyta: table-book/1\n" + data)


@pytest.mark.parametrize("seed", range(60))
def test_the_example_with_anything_changed_in_it_is_read_in_or_refused_and_leaves_nothing_half_done(file, seed):
    chance = random.Random(seed)  # noqa: S311
    lines = EXAMPLE.splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        number = chance.randrange(len(lines))
        change = chance.choice(["drop", "double", "swap", "letter"])
        if change == "drop":
            lines[number] = ""
        elif change == "double":
            lines[number] *= 2
        elif change == "swap":
            other = chance.randrange(len(lines))
            lines[number], lines[other] = lines[other], lines[number]
        else:
            at = chance.randrange(len(lines[number]) or 1)
            lines[number] = lines[number][:at] + chance.choice(string.printable) + lines[number][at + 1 :]
    with file.reading() as session:
        before = everything(session)

    try:
        read_in(file, "".join(lines))
    except BookRefused:
        with file.reading() as session:
            assert everything(session) == before
    else:
        assert written(file)
