"""A power loss: the files of a recorded course as they could be found at any moment of it, and what they hold."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from models.place import DatabaseProblem
from models.sealing import netstrings
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


def became_of(now: str, held: list[str], acknowledged: int) -> str:
    """What became of the commands: `whole`, or one was lost, is there by halves, or the file is damaged."""
    if now == DAMAGED:
        return DAMAGED
    if now in held[acknowledged : acknowledged + 2]:
        return "whole"
    return "lost" if now in held else "half"


DAMAGED = "damaged"


def held_by(place: Path) -> str:
    """What a file holds after it was mended, or that it can't be."""
    try:
        return contents(place)
    except (AssertionError, sqlite3.DatabaseError, DatabaseProblem):
        return DAMAGED


def lose_power(recording: Recording, points: int, seed: int = 1) -> Counter[str]:
    """What was found after so many power losses."""
    looks, found = Looks(Path(recording.place)), Counter(dict.fromkeys(("whole", "lost", "half", DAMAGED), 0))
    for number, (image, acknowledged, random) in enumerate(crashes(recording, points, seed)):
        again = number % 5 == 0
        now = looks.held_by(looks.interrupted(image, random) if again else image)
        found[became_of(now, recording.held, acknowledged)] += 1
    return found


class Looks:
    """Opens files as they could be found, each once: the same files hold the same, and are mended in the same way."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.held: dict[str, str] = {}
        self.mending: dict[str, list[Call]] = {}

    def held_by(self, image: Image) -> str:
        """What the file holds."""
        if (name := name_of(image)) not in self.held:
            put_back(image, self.place)
            self.held[name] = held_by(self.place)
        return self.held[name]

    def interrupted(self, image: Image, random: Random) -> Image:
        """The files as they could be found where the power fails again while they are being mended."""
        if (name := name_of(image)) not in self.mending:
            put_back(image, self.place)
            recorder = Recorder()
            with watched(recorder):
                self.held[name] = held_by(self.place)
            self.mending[name] = recorder.calls
        disk, calls = Disk(image), self.mending[name]
        for call in calls[: random.randint(0, len(calls))]:
            disk.do(call)
        return disk.crash(random)


def name_of(image: Image) -> str:
    """Files in a word: equal only for equal files."""
    told = hashlib.sha256()
    for name, content in sorted(image.items()):
        told.update(netstrings([name, hashlib.sha256(content).hexdigest()]))
    return told.hexdigest()
