from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import Database


@pytest.fixture
def file(file_place: str) -> Iterator[Database]:
    """A new SQLite file, where the kind of database makes no difference."""
    opened = Database(file_place)
    yield opened
    opened.close()


@pytest.fixture
def copy(template_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Another new SQLite file, to read a book in again."""
    place = tmp_path / "kopio.db"
    place.write_bytes(template_file.read_bytes())
    opened = Database(str(place))
    yield opened
    opened.close()
