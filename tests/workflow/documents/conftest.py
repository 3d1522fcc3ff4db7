"""A table in two languages, made up in Mallila, and its papers."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from models.reading import Reader, open_reader
from tests.cli.hostile import read_in
from workflow.documents.agenda import agenda
from workflow.documents.content import Document
from workflow.documents.gathering import Reading
from workflow.documents.memo import memo

DAY = date(2024, 3, 4)
MADE = {"memo": (memo, "M1"), "agenda": (agenda, "M2")}

Papers = Callable[..., Sequence[Document]]


@pytest.fixture(scope="session")
def mallila_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table's file: a meeting was held, and the next one has its agenda."""
    book = Path(__file__).with_name("mallila.yaml").read_text(encoding="utf-8")
    return read_in(book, template_file, tmp_path_factory.mktemp("mallila") / "poyta.db")


@pytest.fixture(scope="session")
def reader(mallila_file: Path) -> Iterator[Reader]:
    with open_reader(str(mallila_file)) as opened:
        yield opened


@pytest.fixture(scope="session")
def papers(reader: Reader) -> Papers:
    """A paper in each of the languages: `papers("memo", "fi", "sv")`."""

    def papers(name: str, *languages: str, public: bool = False) -> Sequence[Document]:
        make, ref = MADE[name]
        return [make(reader, ref, Reading(each, DAY, public)) for each in languages]

    return papers
