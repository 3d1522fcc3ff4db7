"""Where books come from: files and the standard input, taken in as bytes, with a limit."""

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from workflow.exchange import nodes
from workflow.exchange.problems import BookError, BookRefused, Place, wrong

STANDARD_INPUT: Final = "-"
_WITHOUT_WAITING: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that nobody writes to, or somebody's terminal, must not be waited for before it is known what it is."""


class Source(NamedTuple):
    """The bytes of a book, and the name of where they come from."""

    name: str
    data: bytes


def sources_of(names: Iterable[str]) -> list[Source]:
    """The bytes of all these files. Raises BookRefused for those that can't be read, or are too much together."""
    found: list[Source] = []
    errors: list[BookError] = []
    for name in names:
        try:
            found.append(source_of(Path(name), nodes.MOST_BYTES - sum(len(each.data) for each in found)))
        except BookRefused as refused:
            errors += refused.errors
    if errors:
        raise BookRefused(errors)
    return found


def source_of(path: Path, most: int | None = None) -> Source:
    """The file's bytes, or those of the standard input for `-`. Raises BookRefused."""
    place = Place(str(path), 1)
    most = nodes.MOST_BYTES if most is None else most
    try:
        with _opened(path, place) as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        wrong(place, "file_missing")
    except (OSError, ValueError):
        wrong(place, "file_unreadable")
    if len(data) > most:
        wrong(place, "file_too_large", most=nodes.MOST_BYTES)
    return Source(str(path), data)


def _opened(path: Path, place: Place) -> BinaryIO:
    if str(path) == STANDARD_INPUT:
        if sys.stdin is None:
            wrong(place, "file_unreadable")
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    _must_be_a_file(path.stat().st_mode, place)  # before it is opened, for with some devices that does something
    file = os.fdopen(os.open(path, os.O_RDONLY | _WITHOUT_WAITING), "rb")
    try:
        _must_be_a_file(os.fstat(file.fileno()).st_mode, place)
    except BookRefused:
        file.close()
        raise
    return file


def _must_be_a_file(mode: int, place: Place) -> None:
    if stat.S_ISDIR(mode):
        wrong(place, "file_is_folder")
    if not stat.S_ISREG(mode):
        wrong(place, "file_not_ordinary")
