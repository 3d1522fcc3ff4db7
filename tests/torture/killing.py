"""A process that makes moves is killed at random moments, again and again: what it left is held against what it said.

Run as a program of its own: it forks each process from one that has warmed up, so that a kill costs a few hundredths of
a second, and with no connection open, which would not survive that.

    python -m tests.torture.killing FILE KILLS SEED MOMENT PROGRAM
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import BinaryIO

from models.database import Database
from models.people import Project
from tests.torture.deeds import ROUND, Command, command_id, contents, errands, give, tell
from tests.torture.vfs import Call, Watch, watched
from workflow.errors import Refused

COMMANDS = [*ROUND, *islice(errands(2), 105)]
MOST = 6
"""So many commands are acknowledged before the kill, at most."""
ENOUGH = 15
"""So many are given, at most."""
BLINK = 0.008
"""The kill comes so many seconds later, at most: longer than a command takes."""

Acknowledge = Callable[[], None]


# Programs


def careful(database: Database, command: Command, number: int, acknowledge: Acknowledge) -> None:
    """Each command has its id, and is acknowledged when it is kept."""
    give(database, command, command_id(number))
    acknowledge()


def anonymous(database: Database, command: Command, number: int, acknowledge: Acknowledge) -> None:
    """The first fault on purpose: nobody can tell a command that is sent again from a new one."""
    give(database, command)
    acknowledge()


def hasty(database: Database, command: Command, number: int, acknowledge: Acknowledge) -> None:
    """The second: it is acknowledged before it is kept."""
    with database.writing() as session:
        tell(session, command, command_id(number))
        acknowledge()


def halving(database: Database, command: Command, number: int, acknowledge: Acknowledge) -> None:
    """The third: it is kept in two parts."""
    give(database, command, command_id(number))
    with database.writing() as session:
        session.query(Project).delete()
        session.add(Project(name=f"Hanke {number}"))
    acknowledge()


Program = Callable[[Database, Command, int, Acknowledge], None]
PROGRAMS: dict[str, Program] = {each.__name__: each for each in (careful, anonymous, hasty, halving)}


# Killing


Start = Callable[[int], None]
"""What the process does, given where it acknowledges."""
Moment = Callable[[Start, Random], bytes]
"""Starts the process and kills it at a random moment; answers what it acknowledged."""


def by_the_clock(start: Start, random: Random) -> bytes:
    """A little after it has acknowledged some commands, whatever it is doing."""
    child, acknowledged = start_process(start)
    with acknowledged:
        told = acknowledged.read(random.randint(0, MOST))
        time.sleep(random.uniform(0, BLINK))  # the only thing that is waited for: the moment is to be a random one
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return told + acknowledged.read()


def at_the_disk(start: Start, random: Random) -> bytes:
    """Just before or after something that it asks of the disk."""
    kind, most = random.choice(ASKED)
    watch = KillingWatch(kind, random.randint(1, most), late=random.random() < 0.5)

    def start_watched(writing: int) -> None:
        with watched(watch):
            start(writing)

    child, acknowledged = start_process(start_watched)
    with acknowledged:
        os.waitpid(child, 0)
        return acknowledged.read()


MOMENTS: dict[str, Moment] = {each.__name__: each for each in (by_the_clock, at_the_disk)}
ASKED = [("open", 8), ("write", 200), ("sync", 12), ("delete", 4)]
"""How often a few commands ask for it."""


class KillingWatch(Watch):
    """Kills its own process at one call."""

    def __init__(self, kind: str, nth: int, *, late: bool) -> None:
        self.kinds = frozenset({kind})
        self.nth, self.late = nth, late

    def before(self, call: Call) -> int:
        self.nth -= 1
        return 0 if self.late else self.kill()

    def after(self, call: Call) -> int:
        return self.kill() if self.late else 0

    def kill(self) -> int:
        if self.nth == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


def start_process(start: Start) -> tuple[int, BinaryIO]:
    """Fork, and let the new process do it; answers its number and where its acknowledgements come in."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        start(writing)
    os.close(writing)
    return child, os.fdopen(reading, "rb")


def work_on(program: Program, database: Database, done: int, acknowledged: int) -> None:
    """Give some commands one after another and acknowledge each, until killed; at the end by itself."""
    try:
        for number, command in enumerate(COMMANDS[done : done + ENOUGH], start=done + 1):
            program(database, command, number, lambda: assert_written(os.write(acknowledged, b".")))
    finally:
        os.kill(os.getpid(), signal.SIGKILL)


def assert_written(length: int) -> None:
    assert length == 1


def course_of(program: Program, database: Database, place: Path) -> list[str]:
    """What the file holds after each command, if nobody is killed."""
    held = [contents(place)]
    for number, command in enumerate(COMMANDS, start=1):
        program(database, command, number, lambda: None)
        held.append(contents(place))
    database.close()
    return held


def kill_often(place: Path, kills: int, random: Random, moment: Moment, program: Program) -> dict[str, int]:
    """What was found after so many kills. Ends early when a fault was found."""
    first, database = place.read_bytes(), Database(str(place))
    held = course_of(program, database, place)
    journal = place.with_name(f"{place.name}-journal")
    found = dict.fromkeys(("kills", "acknowledged", "interrupted", "unanswered", *FAULTS), 0)
    done = len(COMMANDS)
    while found["kills"] < kills and not any(found[fault] for fault in FAULTS):
        if done + ENOUGH >= len(COMMANDS):
            place.write_bytes(first)
            done = 0
        acknowledged = len(moment(partial(work_on, program, database, done), random))
        done += acknowledged
        found["kills"] += 1
        found["acknowledged"] += acknowledged
        found["interrupted"] += journal.exists() and journal.stat().st_size > 0
        if left := what_was_left(place, held, done):
            found[left] += 1
        send_again(program, database, done)
        done += 1
        found["doubled"] += contents(place) != held[done] and left in ("", "unanswered")
    return found


FAULTS = ("lost", "half_done", "doubled")


def what_was_left(place: Path, held: Sequence[str], acknowledged: int) -> str:
    """Whether a command is there that nobody knows of, or what is wrong: nothing, where it is as was acknowledged."""
    now = contents(place)
    if now == held[acknowledged]:
        return ""
    if now == held[acknowledged + 1]:
        return "unanswered"
    return "lost" if now in held else "half_done"


def send_again(program: Program, database: Database, done: int) -> None:
    """Whoever got no answer sends the command again."""
    try:
        program(database, COMMANDS[done], done + 1, lambda: None)
    except Refused:
        pass  # what was done can't be done again: as good as an answer
    finally:
        database.close()


if __name__ == "__main__":
    file, kills, seed, moment, program = sys.argv[1:]
    found = kill_often(Path(file), int(kills), Random(int(seed)), MOMENTS[moment], PROGRAMS[program])  # noqa: S311  # no secret
    json.dump(found, sys.stdout)
