"""Several at once make moves of the same few things for a while, each from what it has just seen, and keep a log.

Run as a program of its own, since it forks; `tests.torture.linear` says whether what they were told can be true.

    python -m tests.torture.crowd PLACE SECONDS WAY
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any, NamedTuple
from uuid import uuid5

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

import models.database
from models.database import Database, connect
from models.place import DatabaseProblem, problems
from tests.builders import REASON, as_one_of
from tests.torture.deeds import COMMANDS, NOW, first_of
from workflow.engine import make_move, make_new
from workflow.errors import Conflict
from workflow.lifecycles import PAGE
from workflow.outcomes import How, Outcome
from workflow.work import Work

PEOPLE = 4
THINGS = ("A1", "A2", "A3", "T1")
MOVES = {
    "assigned": ("start", "postpone"),
    "in_progress": ("report_done", "postpone", "drop"),
    "reported_done": ("close",),
    "closed": ("reopen",),
    "dropped": ("reopen",),
}
"""What is done with an action that stands there; of the theme it is only told that its proposer has heard."""


class Told(NamedTuple):
    """What one of them did and was told: between two moments, by everybody's clock."""

    what: str
    """`saw`, `move`, or `new`."""
    thing: str
    command: str
    seen: int
    answer: str
    """`done`, `repeated`, or the code of the error; for what was seen, nothing."""
    version: int
    number: int
    """The number of the entry in the history of the table."""
    begun: float
    ended: float


class Way(NamedTuple):
    """How a program goes about it."""

    database: Callable[[str], Database] = Database
    tells_version: bool = True
    looks: float = 0.8
    """How often it looks again before it moves, and does not go by what it saw last time."""


# Ways that are faults on purpose


class Unhurried(Database):
    """Begins to write without taking the lock, and takes it when there is something to write."""

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[Session]:
        with problems(self.place), Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            yield session
            if keep:
                session.commit()


def without_begin(place: str) -> Database:
    """Never begins a transaction: each statement is one."""
    models.database.file_engine = lambda path: create_engine(
        "sqlite://", creator=lambda: connect(path), poolclass=QueuePool, pool_size=1
    )
    return Database(place)


WAYS = {
    "as it is": Way(),
    "without versions": Way(tells_version=False, looks=0.4),
    "with a plain begin": Way(Unhurried),
    "without a begin": Way(without_begin),
}


# One of them


def work_for(seconds: float, database: Database, way: Way, random: Random) -> list[Told]:
    """Look at something and move it on, until the time is over."""
    log: list[Told] = []
    sights: dict[str, tuple[Told, str]] = {}
    twins = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if random.random() < 0.15:  # everybody gives these same commands, each with the same id, at about the same time
            log.append(give(database, twins, "new", "T1", partial(new_action, number=twins)))
            twins += log[-1].answer in ("done", "repeated")
            continue
        thing = random.choice(THINGS)
        if thing not in sights or random.random() < way.looks:
            sights[thing] = look(database, thing, random)
            log.append(sights[thing][0])
        seen, move = sights[thing]
        version = seen.version if way.tells_version else None
        told = give(database, random.getrandbits(64), "move", seen.thing, partial(move_on, move=move, version=version))
        log.append(told._replace(seen=seen.version))
    database.close()
    return log


def look(database: Database, thing: str, random: Random) -> tuple[Told, str]:
    """See how something stands, and choose what to do."""
    begun = time.monotonic()
    while True:
        try:
            with database.reading() as session:
                row = Work(session, first_of(session), NOW).find(thing)
                move = "tell_proposer" if row.kind == "theme" else random.choice(MOVES[row.state.value])
                return Told("saw", thing, "", row.version, "", row.version, 0, begun, time.monotonic()), move
        except DatabaseProblem as problem:
            assert problem.code == "changed_meanwhile"


def give(database: Database, command: int, what: str, thing: str, do: "Callable[[Work, How, str], Outcome]") -> Told:
    """Do something with a thing, and note what was told."""
    how = How(reason=REASON, confirmed=True, command=uuid5(COMMANDS, f"{what} {command}"))
    begun = time.monotonic()
    version = number = 0
    try:
        with database.writing() as session:
            outcome = do(Work(session, first_of(session), NOW), how, thing)
            version, number = outcome.made.row.version, outcome.made.number
        answer = "repeated" if outcome.repeated else "done"
    except (Conflict, DatabaseProblem) as problem:
        answer = problem.code
    except Exception as fault:  # whatever it is, the one who judges has to hear of it
        answer = f"fault: {fault!r}"[:200]
    return Told(what, thing, str(how.command), 0, answer, version, number, begun, time.monotonic())


def move_on(work: Work, how: How, thing: str, *, move: str, version: int | None) -> Outcome:
    """Move a thing as somebody who may, if it is as it was seen."""
    row = work.find(thing)
    given = {"outcome": "Hoidettu"} if move == "close" else None
    return make_move(
        as_one_of(work, row, PAGE[row.kind].moves[move].by), row, move, given, how._replace(version=version)
    )


def new_action(work: Work, how: How, thing: str, *, number: int) -> Outcome:
    """Give somebody a piece of work."""
    row: Any = work.find(thing)
    worker = as_one_of(work, row, PAGE["action"].creation.by)
    return make_new(worker, "action", row, {"what": f"Kaksonen {number}", "to": "Möksyn Leipä Oy"}, how)


# All of them


def work_together(place: str, seconds: float, way: Way) -> list[Told]:
    """What they did, and were told."""
    database, outputs = way.database(place), []
    warm_up(database)
    for number in range(PEOPLE):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            with os.fdopen(writing, "w") as output:
                json.dump(work_for(seconds, database, way, Random(number)), output)  # noqa: S311  # no secret
            os._exit(0)
        os.close(writing)
        outputs.append(os.fdopen(reading))
    return [Told(*told) for output in outputs for told in json.load(output)]


def warm_up(database: Database) -> None:
    """Let the program load and put into SQL what it will need, and leave no connection open for the others to share."""
    with database.writing(keep=False) as session:
        work = Work(session, first_of(session), NOW)
        for thing in THINGS:
            move = "tell_proposer" if thing == "T1" else MOVES[work.find(thing).state.value][0]
            move_on(work, How(reason=REASON, confirmed=True), thing, move=move, version=None)
        new_action(work, How(confirmed=True), "T1", number=0)
    database.close()


if __name__ == "__main__":
    place, seconds, way = sys.argv[1:]
    json.dump(work_together(place, float(seconds), WAYS[way]), sys.stdout)
