"""The schema and the page about the table book: made from the program, and true of it."""

import json
import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.workflow.exchange.books import data_of, example, read_in, written
from workflow.details import TAKES
from workflow.exchange.reading import read_book
from workflow.exchange.reference import EXAMPLE, book_reference
from workflow.exchange.schema import schema
from workflow.exchange.shape import (
    AT_THE_TOP,
    AUTOMATIC,
    CHILDREN,
    HOW,
    PLURALS,
    WHICH,
    creation_of,
    details_at,
    steps_of,
)
from workflow.exchange.sources import Source

VALIDATOR = Draft202012Validator(schema())


def test_the_schema_is_one():
    Draft202012Validator.check_schema(schema())


def test_the_example_is_valid():
    VALIDATOR.validate(data_of(EXAMPLE))


def test_what_is_written_is_valid_in_yaml_and_in_json(database):
    read_in(database, example())

    VALIDATOR.validate(data_of(written(database)))
    VALIDATOR.validate(json.loads(written(database, as_json=True)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("table-book/1", "table-book/2"),
        ("rhythm: monthly", "rhythm: daily"),
        ("rhythm: monthly", "rytm: monthly"),
        ("role: chair", "role: founder"),
        ("planned_meetings: 1", "planned_meetings: 0"),
        ("- assign_actions\n", "- assign\n"),
        ("- assign_actions\n", "- settle\n"),
        ("- tell_proposer\n", "- reach_results: 2016-06-01\n            x: y\n"),
        ("    on: 2015-01-10\n", ""),
        ("count: {association: 12, residents: 5}", "count: {cats: 12}"),
        ("title: Ikäihmisten yksinäisyys", "why_together: Yksin ei pysty"),
    ],
)
def test_what_has_no_place_in_a_book_is_not_valid(old, new):
    assert list(VALIDATOR.iter_errors(data_of(example((old, new)))))


def test_a_key_of_a_book_never_means_two_things():
    around = {*HOW, *AUTOMATIC, *WHICH, "ref", "steps", "undo"}
    for kind in PLURALS:
        taken = {*around, *CHILDREN[kind]}
        for move in [creation_of(kind), *steps_of(kind)]:
            assert not {*details_at(kind, move)} & (taken if move == creation_of(kind) else around)


def test_the_page_tells_every_key_of_every_step():
    page = book_reference()

    for code, details in TAKES.items():
        for detail in details:
            assert f"| `{detail.name}`" in page, (code, detail.name)
    for key in (*AT_THE_TOP[1:], *HOW, *AUTOMATIC, *WHICH):
        assert f"`{key}`" in page
    assert EXAMPLE in page


def test_every_sample_in_the_page_is_yaml_that_has_a_place_in_a_book():
    samples = re.findall(r"```yaml\n(.*?)```", book_reference(), flags=re.DOTALL)

    assert read_book(Source("book.yaml", samples[0].encode())).problems.found == []
    assert [list(yaml.safe_load(sample)) for sample in samples[1:]] == [["steps"]]
