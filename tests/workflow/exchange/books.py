"""Books for the tests: the example of the documentation, with something changed in it, and what becomes of them."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from models.database import Database
from models.people import Person
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.nodes import Mapping, Node, Scalar, tree_of
from workflow.exchange.problems import BookError, BookRefused
from workflow.exchange.reading import read_books
from workflow.exchange.reference import EXAMPLE
from workflow.exchange.sources import Source
from workflow.exchange.summary import Summary
from workflow.exchange.writing import write_book
from workflow.work import Work

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def example(*changes: tuple[str, str]) -> str:
    """The example, with words changed that are in it."""
    text = EXAMPLE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def line_of(text: str, words: str) -> int:
    """The line in which words stand first."""
    return text[: text.index(words)].count("\n") + 1


def without(text: str, words: str) -> str:
    """The text without the lines in which the words stand."""
    assert words in text, words
    return "".join(line for line in text.splitlines(keepends=True) if words not in line)


def data_of(text: str) -> Any:
    """A book as an editor sees it, which knows YAML 1.2."""
    return _plain(tree_of(text.encode(), "book.yaml"))


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {name: _plain(part) for name, part in node.items.items()}
    if not isinstance(node, Scalar):
        return [_plain(part) for part in node.items]
    if node.empty:
        return None
    if node.plain and re.fullmatch(r"true|false|-?\d+|-?\d+\.\d+", node.text):
        return json.loads(node.text)
    return node.text


def sources(*texts: str) -> list[Source]:
    """Books as they come from files."""
    return [Source(f"book{number}.yaml", text.encode()) for number, text in enumerate(texts, 1)]


def read_in(database: Database, *texts: str, now: datetime = NOW, actor: str = "", keep: bool = True) -> Summary:
    """Read books in."""
    with database.writing(keep=keep) as session:
        return carry_out(Work(session, Person(name=actor), now), read_books(sources(*texts)))


def errors_of(database: Database, *texts: str, now: datetime = NOW) -> tuple[BookError, ...]:
    """Everything that is wrong with books that are refused."""
    try:
        read_in(database, *texts, now=now)
    except BookRefused as refused:
        return refused.errors
    raise AssertionError("the book was read in")


def told(error: BookError) -> tuple[int, str, str]:
    """Line, last part of the field, and code."""
    return error.line, error.field.rpartition("/")[2], error.code


def reasons(error: BookError) -> list[str]:
    """The codes of the reasons of a refused step."""
    assert error.refused is not None, error
    return [reason.code for reason in error.refused.reasons]


def written(database: Database, *tables: str, **how: Any) -> str:
    """What is in the database, as a book."""
    with database.reading() as session:
        return write_book(session, tables, **how)


@contextmanager
def reading(database: Database) -> Iterator[Work]:
    """A look into the database."""
    with database.reading() as session:
        yield Work(session, Person(name=""), NOW)
