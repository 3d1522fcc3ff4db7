"""Where the harnesses work, and what they start from."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture.deeds import beginning


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of its own, in memory where there is room: what is tried here does not need a real disk."""
    memory = Path("/dev/shm")  # noqa: S108  # a name of its own is made in it
    with tempfile.TemporaryDirectory(prefix="poyta-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def beginning_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the harnesses start from, to be copied."""
    path = tmp_path_factory.mktemp("torture") / "poyta.db"
    beginning(str(path))
    return path


@pytest.fixture
def begun(beginning_file: Path, folder: Path) -> Path:
    """A file of its own in which a table has begun its work."""
    return Path(shutil.copy(beginning_file, folder / "pöytä.db"))


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the person who runs the tests: no settings, no language, no database."""
    for name in ("POYTA_DB", "POYTA_AS", "POYTA_LANG", "POYTA_JOURNAL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("POYTA_STATE", os.devnull)  # files are put back to what they were, which it would notice
