"""Where the rule books are kept: each in a file that no release ever changes, for its name holds the hash of its text.

The page of today is among them under its own version, whether its file is there yet or not (`scripts.rulebooks`).
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from workflow.errors import CheckFailed
from workflow.lifecycles import PAGE
from workflow.rulebooks.book import Rulebook

SHELF = Path(__file__).with_name("released")
"""A file for each page that a release ever had: the release that had it first, and the hash of its text."""


def rulebook(version: str) -> Rulebook | None:
    """The rules of that version; nothing, where this poyta does not know them. Raises CheckFailed."""
    return _read(PAGE.text) if version == PAGE.version else _kept(SHELF, version)


def name_of(version: str) -> str:
    """The release that had these rules first, or the beginning of their hash where there was none."""
    file = _file(SHELF, version)
    return version[:8] if file is None else file.name.partition("-")[0]


def file_name(release: str, version: str) -> str:
    """What the file of a rule book is called."""
    return f"{release}-{version}.txt"


def _file(shelf: Path, version: str) -> Path | None:
    return next((file for file in shelf.glob("*.txt") if file.name.endswith(f"-{version}.txt")), None)


@lru_cache(maxsize=100)  # what a database names may be anything
def _kept(shelf: Path, version: str) -> Rulebook | None:
    file = _file(shelf, version)
    if file is None:
        return None
    text = file.read_text(encoding="utf-8", errors="replace")  # whatever line ends its way here gave it
    if hashlib.sha256(text.encode()).hexdigest() != version:
        raise CheckFailed("rulebook_changed", file=file.name)
    return Rulebook(text)


@lru_cache(maxsize=1)
def _read(text: str) -> Rulebook:
    return Rulebook(text)
