"""Whatever becomes of a real book, reading it in ends in our own words, and nothing is half done."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from models.database import Database
from models.people import Person
from tests.figures import SIZE, tell
from tests.workflow.exchange.books import NOW
from tests.workflow.exchange.mutations import mutated
from workflow.errors import BadValue
from workflow.exchange import parts
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.problems import BookRefused
from workflow.exchange.reading import read_books
from workflow.exchange.sources import Source
from workflow.language.speech import speech
from workflow.language.visible import visible
from workflow.work import Work

EXAMPLES = sorted(Path(__file__).parents[3].joinpath("examples").glob("*.yaml"))
ROUNDS, OF_EACH = 10, 60 * SIZE
"""Each round changes a book of its own many times: all of them, and a few once more."""


def read_in(database: Database, data: bytes) -> str:
    """Read a book in and take it back. Answers what is said of it, in words that may be shown as they are."""
    try:
        with database.writing(keep=False) as session:
            carry_out(Work(session, Person(name=""), NOW), read_books([Source("book.yaml", data)]))
    except BookRefused as refused:
        assert all(error.line >= 1 and error.code for error in refused.errors)
        said = "\n".join(speech(language).book_error(each) for language in ("fi", "sv") for each in refused.errors)
        assert said == visible(said)
        return said
    return ""


def changed(number: int, books: Sequence[bytes]) -> bytes:
    """A book with something changed in it: always the same for one number."""
    chance = random.Random(number)  # noqa: S311  # the same chances every time
    return mutated(chance.choice(books), books, chance)


@pytest.fixture(scope="module")
def books() -> list[bytes]:
    return [each.read_bytes() for each in EXAMPLES]


@pytest.mark.parametrize("round", range(ROUNDS))
def test_a_book_with_anything_changed_in_it_is_read_in_or_refused(file, books, round):
    answers = {read_in(file, changed(round * OF_EACH + number, books)) for number in range(OF_EACH)}

    assert len(answers) > OF_EACH / 4  # they did differ
    if round == 0:
        tell("mutated_books", books=ROUNDS * OF_EACH, errors_not_ours=0)


def test_a_fault_of_ours_would_be_found(file, books, monkeypatch):
    def hasty(node: object, place: object) -> None:
        raise BadValue("not_a_choice", "field", value="", choices=[])  # an error that nobody catches here

    monkeypatch.setattr(parts.Parts, "one", lambda self, node, place: hasty(node, place))

    with pytest.raises(BadValue):
        for number in range(OF_EACH):
            read_in(file, changed(number, books))
