"""Where books come from: files, taken in as bytes, with a limit."""

from pathlib import Path
from typing import NamedTuple

from workflow.exchange import nodes
from workflow.exchange.problems import Place, wrong


class Source(NamedTuple):
    """The bytes of a book, and the name of where they come from."""

    name: str
    data: bytes


def source_of(path: Path) -> Source:
    """The file's bytes. Raises BookRefused."""
    place = Place(str(path), 1)
    try:
        with path.open("rb") as file:
            data = file.read(nodes.MOST_BYTES + 1)
    except FileNotFoundError:
        wrong(place, "file_missing")
    except IsADirectoryError:
        wrong(place, "file_is_folder")
    except (OSError, ValueError):
        wrong(place, "file_unreadable")
    if len(data) > nodes.MOST_BYTES:
        wrong(place, "file_too_large", most=nodes.MOST_BYTES)
    return Source(str(path), data)
