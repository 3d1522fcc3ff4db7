"""Whatever stands in a file, reading it in gives what the book tells, or our own errors and nothing else."""

import copy
import json
import random
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as some

from models.database import Database
from tests.looking import everything
from tests.workflow.exchange.books import NOW, data_of, read_in, written
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.problems import BookRefused
from workflow.exchange.reading import read_books
from workflow.exchange.reference import EXAMPLE
from workflow.exchange.shape import (
    AUTOMATIC,
    CHILDREN,
    HOW,
    NTH,
    PARTIES,
    PLURALS,
    UNDO,
    creation_of,
    details_at,
    steps_of,
)
from workflow.exchange.sources import Source

SLOW = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
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


def below(kind: str):
    """At most one thing of a kind."""
    return some.lists(some.deferred(lambda: THINGS[kind]), max_size=1)


def things(kind: str):
    """A thing, mostly in its shape, with things under it."""
    told = some.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys((*details_at(kind, creation_of(kind)), *HOW, *AUTOMATIC, NTH, "ref"), SCALARS | ANYTHING),
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


@pytest.mark.parametrize("seed", range(40))
def test_the_example_with_anything_changed_in_it_is_read_in_or_refused_and_leaves_nothing_half_done(file, seed):
    book = data_of(EXAMPLE)
    chance = random.Random(seed)  # noqa: S311  # the same chances every time
    for _ in range(chance.randint(1, 4)):
        change(book, chance)
    with file.reading() as session:
        before = everything(session)

    try:
        read_in(file, json.dumps(book))
    except BookRefused:
        with file.reading() as session:
            assert everything(session) == before
    else:
        assert written(file)


def change(book: Any, chance: random.Random) -> None:
    """Leave a part out, put another in its place, move it, or give it another day."""
    places = [place for place in places_in(book) if place]
    *way, last = chance.choice(places)
    whole, other = part_at(book, way), part_at(book, chance.choice(places))
    kind = chance.choice(["drop", "put", "shuffle", "day"])
    day = f"20{chance.randint(14, 16)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    if kind == "drop":
        del whole[last]
    elif kind == "put":
        whole[last] = copy.deepcopy(other)
    elif kind == "shuffle" and isinstance(whole, list):
        chance.shuffle(whole)
    elif isinstance(whole[last], dict):
        whole[last]["on"] = day
    elif str(whole[last]).startswith("20"):
        whole[last] = day


def places_in(part: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every part of a tree."""
    yield way
    names = part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    for name in names:
        yield from places_in(part[name], (*way, name))


def part_at(book: Any, way: Iterable[Any]) -> Any:
    for name in way:
        book = book[name]
    return book
