"""A power loss: the files of a recorded course as they could be found at any moment of it, and what they hold."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from models.place import DatabaseProblem
from tests.torture.deeds import contents
from tests.torture.disk import Disk, Image, Recorder
from tests.torture.vfs import Call, watched


class Recording(NamedTuple):
    """What was asked of the disk, and what the file held after each command."""

    place: str
    first: Image
    course: list[Call | int]
    """Calls, and after those of each command its number: then it was acknowledged."""
    held: list[str]


def crashes(recording: Recording, points: int, seed: int) -> Iterator[tuple[Image, int, Random]]:
    """The files as they could be found after so many power losses, and how many commands were acknowledged before."""
    random = Random(seed)  # noqa: S311  # the same course each time
    disk, acknowledged = Disk(recording.first), 0
    moments = Counter(random.randrange(len(recording.course) + 1) for _ in range(points))
    for moment, what in enumerate([*recording.course, None]):
        for _ in range(moments[moment]):
            yield disk.crash(random), acknowledged, random
        if isinstance(what, int):
            acknowledged = what
        elif what is not None:
            disk.do(what)


def put_back(image: Image, place: Path) -> None:
    """Let the folder hold these files and no others."""
    for old in place.parent.iterdir():
        old.unlink()
    for name, content in image.items():
        Path(name).write_bytes(content)


def found_again(place: Path, held: list[str], acknowledged: int) -> str:
    """What became of the commands: `whole`, or one was lost, is there by halves, or the file is damaged."""
    try:
        now = contents(place)
    except (AssertionError, sqlite3.DatabaseError, DatabaseProblem):
        return "damaged"
    if now in held[acknowledged : acknowledged + 2]:
        return "whole"
    return "lost" if now in held else "half"


def lose_power(recording: Recording, points: int, seed: int = 1) -> Counter[str]:
    """What was found after so many power losses."""
    place, found = Path(recording.place), Counter(dict.fromkeys(("whole", "lost", "half", "damaged"), 0))
    for number, (image, acknowledged, random) in enumerate(crashes(recording, points, seed)):
        put_back(image, place)
        if number % 5 == 0:  # and the power fails again while the file is being mended
            recorder = Recorder()
            with watched(recorder):
                found_again(place, recording.held, acknowledged)
            disk = Disk(image)
            for call in recorder.calls[: random.randint(0, len(recorder.calls))]:
                disk.do(call)
            put_back(disk.crash(random), place)
        found[found_again(place, recording.held, acknowledged)] += 1
    return found
