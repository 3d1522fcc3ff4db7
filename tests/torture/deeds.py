"""What the harnesses have the program do: commands from the life of a table, and what must be in the file after each.

`beginning` makes the file that all of them start from; `give` gives one command in a transaction of its own. `contents`
tells everything that a file holds, so that a command is seen to be there whole, or not at all: there is no third way.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from models.database import Database
from models.place import check_header, open_for_reading
from models.schema import create
from models.sealing import SEALED, commitment, entry_hash
from models.states import ItemState, MeetingState, SeriesState, ThemeState
from tests.builders import (
    MEMBERS,
    PARTIES,
    REASON,
    as_one_of,
    first_people,
    item_at,
    keuruu,
    later,
    meeting_at,
    series_at,
    theme_at,
)
from workflow.engine import make_move, make_new
from workflow.lifecycles import PAGE
from workflow.outcomes import How, Outcome
from workflow.work import Work

NOW = datetime(2017, 12, 1, 9, tzinfo=UTC)
"""When everything is written down: late enough for every command of the longest run."""
COMMANDS = UUID("00000000-0000-4000-8000-706f79746100")
"""What the ids of the commands are made from."""


class Command(NamedTuple):
    """What is told to the gate: a move of a thing, or a new thing of a `kind` under it."""

    ref: str
    move: str
    given: Mapping[str, Any] = {}
    kind: str | None = None


def beginning(place: str) -> None:
    """A new file with a table, a theme, a series, and a meeting that is planned and has one matter on its agenda."""
    create(place)
    begin_in(place)


def begin_in(place: str) -> None:
    """The same in a database that is there already."""
    database = Database(place)
    with database.writing() as session:
        work = Work(session, first_people(session), NOW)
        theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
        meeting = meeting_at(work, series_at(work, theme, SeriesState.PLANNED), MeetingState.PLANNED)
        item_at(work, meeting, ItemState.ACCEPTED)
    database.close()


ROUND = (
    Command("M1", "convene", {"when": "9.2.2016 klo 17-18.30", "place": "Keuruun kirjasto", "channel": "open_call"}),
    Command("M1", "submit", {"title": "Kesätapahtuma", "origin": "association"}, "item"),
    Command("M1/2", "accept"),
    Command("M1", "set_agenda"),
    Command("M1", "hold", {"present": list(MEMBERS)}),
    Command("T1", "goal", {"goal": "Kukaan ei jää yksin", "agreed_in": "M1", "parties": list(PARTIES)}),
    Command("M1/1", "settle", {"outcome": "agreed", "agreed": "Kokeillaan kyytirinkiä"}),
    Command("M1/1", "assign", {"what": "Kootaan kyytirinki", "to": "Äijälän kyläyhdistys"}, "action"),
    Command("M1/2", "settle", {"outcome": "carried_over"}),
    Command("M1", "assign_actions"),
    Command("A1", "start"),
    Command("A1", "postpone"),
    Command("T1", "suspend", {"revisit": "1.9.2016"}),
    Command("T1", "resume"),
    Command("A1", "close", {"outcome": "Kyytirinki ajaa joka tiistai, ja kirkonkylälle pääsee perjantaisin"}),
)
"""One meeting and what comes of it: moves with words, with others that follow from them, and new things."""


def errands(first: int = 1) -> Iterator[Command]:
    """Actions without end, each given, begun, put off, done, taken up again and dropped; when the round is over."""
    for number in count(first):
        ref = f"A{number}"
        yield Command("T1", "assign", {"what": f"Asia {number}", "to": "Möksyn Leipä Oy"}, "action")
        yield Command(ref, "start")
        yield Command(ref, "postpone")
        yield Command(ref, "close", {"outcome": f"Asia {number} on hoidettu"})
        yield Command(ref, "reopen")
        yield Command(ref, "drop")


def command_id(number: int) -> UUID:
    """The id of the command of that number."""
    return uuid5(COMMANDS, str(number))


def give(database: Database, command: Command, id: UUID | None = None) -> Outcome:
    """Give one command, as somebody who may, in one transaction."""
    with database.writing() as session:
        return tell(session, command, id)


def tell(session: Any, command: Command, id: UUID | None = None) -> Outcome:
    """Give one command within a transaction of somebody else."""
    work = Work(session, first_of(session), NOW)
    row = work.find(command.ref)
    life = PAGE[command.kind or row.kind]
    move = life.moves[command.move]
    on = row.begins_at if command.move == "hold" else later(work, row)
    how = How(on, REASON if move.reason else None, confirmed=True, command=id)
    worker = as_one_of(work, row, move.by)
    if command.kind:
        return make_new(worker, command.kind, row, command.given, how)
    return make_move(worker, row, command.move, command.given, how)


def first_of(session: Any) -> Any:
    """Aino, the convener."""
    from models.people import Person

    return session.get(Person, 1)


# What a file holds

BY_CHANCE = {"salt", "commitment", "prev", "hash"}
"""Columns that differ each time that the same is done."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


def contents(place: str | Path) -> str:
    """Everything that a file holds, in a word: equal only where all of it is equal, but for what comes by chance.

    It is opened as the program opens it, after whatever happened to it. Fails where the file is damaged or its chains
    don't hold.
    """
    check_header(Path(place))
    with closing(open_for_reading(Path(place))) as connection:
        connection.execute("BEGIN")  # one moment: somebody may be writing
        assert [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert broken_links(connection) == []
        told = hashlib.sha256()
        for line in _lines(connection):
            told.update(line.encode())
        return told.hexdigest()


def _lines(connection: sqlite3.Connection) -> Iterable[str]:
    people = connection.execute("SELECT pseudonym, 'person ' || id FROM people").fetchall()
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'origin' ORDER BY name"
    )
    for (table,) in tables.fetchall():
        rows = connection.execute(f'SELECT * FROM "{table}"')
        kept = [number for number, column in enumerate(rows.description) if column[0] not in BY_CHANCE]
        yield f"{table}\n"
        yield from sorted(_known("\x1f".join(str(row[number]) for number in kept), people) + "\n" for row in rows)


def _known(line: str, people: Iterable[tuple[str, str]]) -> str:
    """A line in which people are told by their numbers, and no hour is told: those come by chance too."""
    for pseudonym, number in people:
        line = line.replace(pseudonym, number)
    return MOMENT.sub("once", line)


def broken_links(connection: sqlite3.Connection) -> list[int]:
    """The entries whose hash or commitment does not fit them: written by halves, or not by us."""
    (origin,) = connection.execute("SELECT name FROM origin").fetchone()
    words: dict[int, list[tuple[str, str, str]]] = {}
    for entry, *told in connection.execute("SELECT entry_id, salt, field, text FROM history_words ORDER BY id"):
        words.setdefault(entry, []).append((told[0], told[1], told[2]))
    newest: dict[str, str] = {}
    broken = []
    for row in connection.execute("SELECT * FROM history ORDER BY id").fetchall():
        fits = row["hash"] == entry_hash(origin, [row[column] for column in SEALED])
        fits &= row["commitment"] == commitment(words.get(row["id"], ()))
        fits &= row["prev"] == newest.get(row["stream"], "")
        newest[row["stream"]] = row["hash"]
        if not fits:
            broken.append(row["id"])
    return broken
