"""Somebody who can write to the file and knows how poyta makes its hashes; and the files such hands get hold of."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from models.checkpoints import Checkpoint
from models.database import Database
from models.history import RefusedAttempt
from models.sealing import SEALED, commitment, entry_hash, new_salt
from models.states import ErasureGround
from models.tree import TILE, full_tiles
from tests.builders import step
from tests.torture.deeds import NOW, ROUND, Command, beginning, errands, first_of, give, tell
from workflow.audit.rows import TABLES
from workflow.audit.verifying import verify
from workflow.forgetting import forget
from workflow.lifecycles import PAGE
from workflow.merging import merge
from workflow.outcomes import How
from workflow.parties import add_party
from workflow.rulebooks.shelf import file_name
from workflow.work import Work

SIZE = 300
"""So many entries, or a few more: they fill the first tile of the tree, and the last of them are in none yet."""
TOLD = [
    Command("T1", "describe", {"why_together": "Kukaan ei pysty siihen yksin, sanoi Väinö Vieras"}),
    Command("T1", "evaluate", {"evaluation": "Väinö Vieras: hyvin meni"}),
]
"""What names somebody who is forgotten later."""


SHELF = "rules"
"""The folder in which the rules of an older poyta are kept."""


class Files(NamedTuple):
    """A database, a backup of it from an earlier day, another in which the same was done, and what was seen of it."""

    now: Path
    earlier: Path
    another: Path
    seen: Checkpoint
    older_rules: str
    """The version of the rules of a poyta that came before: they knew no postponing of actions."""


def files_in(folder: Path) -> Files:
    """Databases with all that somebody may want to change: words, house rules, merged and forgotten people."""
    now, earlier, another = (folder / f"{name}.db" for name in ("now", "earlier", "another"))
    _begin(now)
    shutil.copy(now, earlier)
    _go_on(now)
    _begin(another)
    _go_on(another)
    return Files(now, earlier, another, seen_in(now), _older_rules(folder / SHELF))


def _older_rules(shelf: Path) -> str:
    text = "".join(f"{line}\n" for line in PAGE.text.splitlines() if "action postpone" not in line)
    version = hashlib.sha256(text.encode()).hexdigest()
    shelf.mkdir()
    (shelf / file_name("0.0.1", version)).write_text(text, encoding="utf-8", newline="\n")
    return version


def seen_in(place: Path) -> Checkpoint:
    """What somebody remembers who has looked at the file."""
    verdict = verify(str(place))
    assert verdict.findings == ()
    with closing(sqlite3.connect(place)) as file:
        return Checkpoint(origin_in(file), verdict.size, verdict.root)


def origin_in(file: sqlite3.Connection) -> str:
    """The name of the database."""
    ((origin,),) = file.execute("SELECT name FROM origin")
    return str(origin)


def _begin(place: Path) -> None:
    beginning(str(place))
    with closing(Database(str(place))) as database:
        with database.writing() as session:
            work = Work(session, first_of(session), NOW)
            add_party(work, "person", {"name": "Aino Aijala"})
            add_party(work, "person", {"name": "Liisa Lauri"})
        for command in [*ROUND, *TOLD]:
            give(database, command)


def _go_on(place: Path) -> None:
    """A house rule is set, two become one, somebody is forgotten, something is refused; and then work goes on."""
    with closing(Database(str(place))) as database, database.writing() as session:
        work = Work(session, first_of(session), NOW)
        step(work, work.find("keuruu"), "rules", {"code": "goal_agreed", "level": "warn"}, on=NOW)
        merge(work, work.find("Aino Aijala", "person"), work.actor, How(reason="Sama ihminen"))
        forget(work, work.find("Väinö Vieras", "person"), ErasureGround.NOT_NEEDED, How(reason="Pyydettiin"))
        attempt = {"actor": "person-1", "stream": "theme:1", "move": "reach_results", "reasons": "result_recorded"}
        session.add(RefusedAttempt(recorded_at=NOW, table_id=1, **attempt))
        for command in errands(2):
            outcome = tell(session, command)
            if command.move == "start" and outcome.made.number > SIZE:
                return


class Hand:
    """A connection past everything that poyta says, with what is needed to make a history fit again."""

    def __init__(self, files: Files, file: sqlite3.Connection) -> None:
        self.files = files
        self.file = file
        self.do = file.execute
        self.triggers = dict(file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())

    def one(self, query: str, *values: object) -> Any:
        """The first value of the first row."""
        return self.do(query, values).fetchone()[0]

    def entry(self, place: int) -> dict[str, Any]:
        """An entry."""
        found = self.do("SELECT * FROM history WHERE id = ?", (place,))
        return dict(zip([column for column, *_ in found.description], found.fetchone(), strict=True))

    def last(self, condition: str) -> int:
        """The place of the newest entry of a kind."""
        return int(self.one(f"SELECT MAX(id) FROM history WHERE {condition}"))

    def change(self, place: int, **columns: object) -> None:
        """Write something else into an entry."""
        told = ", ".join(f"{column} = :{column}" for column in columns)
        self.do(f"UPDATE history SET {told} WHERE id = :place", {**columns, "place": place})

    def define(self, change: str, *values: object) -> None:
        """Write to the definitions themselves, which then are read anew."""
        self.do("PRAGMA writable_schema = 1")
        self.do(change, values)
        self.do("PRAGMA writable_schema = RESET")

    def swap_in_definition(self, table: str, old: str, new: str) -> None:
        """Change the definition of a table where it stands."""
        self.define("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?", old, new, table)

    # Hashes

    def seal(self, places: Iterable[int] | None = None) -> None:
        """Make entries follow each other and fit their hashes; all of them, if none are named."""
        chosen = set(places) if places is not None else None
        newest: dict[str, str] = {}
        for place, stream in self.do("SELECT id, stream FROM history ORDER BY id").fetchall():
            if chosen is None or place in chosen:
                self.change(place, prev=newest.get(stream, ""))
                entry = self.entry(place)
                self.change(place, hash=entry_hash(origin_in(self.file), [entry[column] for column in SEALED]))
            newest[stream] = self.entry(place)["hash"]

    def seal_stream(self, stream: str) -> None:
        """The same for the entries of one thing."""
        self.seal([place for (place,) in self.do("SELECT id FROM history WHERE stream = ?", (stream,)).fetchall()])

    def seal_everything(self) -> None:
        """All entries, and the tree over them."""
        self.seal()
        self.do("DELETE FROM history_tiles")
        for size in range(TILE, self.one("SELECT COUNT(*) FROM history") + 1, TILE):
            for tile in list(full_tiles(self.do, size)):
                self.do("INSERT INTO history_tiles VALUES (?, ?, ?)", tile)

    # Adding and taking away

    def add(self, stream: str, move: str, to: str, *, sealed: bool = True, **columns: object) -> int:
        """An entry more at the end, like the newest of its thing but for what is said."""
        newest = self.entry(self.last(f"stream = '{stream}'"))
        place = self.one("SELECT MAX(id) + 1 FROM history")
        number = self.one("SELECT MAX(number) + 1 FROM history WHERE table_id IS ?", newest["table_id"])
        told = {
            **newest,
            "id": place,
            "number": number,
            "version": newest["version"] + 1,
            "prev": newest["hash"],
            "cmd_id": None,
            "cause_id": None,
            "commitment": None,
            "facts": "[]",
            "move": move,
            "from_state": newest["to_state"],
            "to_state": to,
            **columns,
        }
        self.do(f"INSERT INTO history ({', '.join(told)}) VALUES ({', '.join('?' * len(told))})", list(told.values()))
        if sealed:
            self.seal([place])
        return int(place)

    def stand(self, stream: str) -> None:
        """Let a thing stand where the newest entry of its history says."""
        kind, _, number = stream.partition(":")
        newest = self.entry(self.last(f"stream = '{stream}'"))
        moved = self.entry(self.last(f"stream = '{stream}' AND from_state IS NOT to_state"))
        told = (newest["to_state"], newest["version"], moved["from_state"], moved["happened_at"], number)
        self.do(
            f"UPDATE {TABLES[kind]} SET state = ?, entries = ?, came_from = ?, state_since = ?, version = version + 1"
            " WHERE id = ?",
            told,
        )

    def take_away(self, places: Iterable[int]) -> None:
        """Entries with their words."""
        for place in places:
            self.do("DELETE FROM history_words WHERE entry_id = ?", (place,))
            self.do("DELETE FROM history WHERE id = ?", (place,))

    def close_ranks(self) -> None:
        """Number all entries anew, so that none is missing, and let everything fit that."""
        self._number("id", "1")
        self._number("number", "table_id")
        self._number("version", "stream")
        self.seal_everything()

    def _number(self, column: str, within: str) -> None:
        """Numbers without gaps, in the order of the entries; less than nothing first, so that none is in the way."""
        names = _NAMED_BY_ID if column == "id" else [("history", column)]
        ranks = f"SELECT {column}, {within}, ROW_NUMBER() OVER (PARTITION BY {within} ORDER BY id) FROM history"
        for old, group, new in self.do(ranks).fetchall():
            for table, name in names:
                which = "" if column == "id" else f"AND {within} IS :group"
                told = {"old": old, "new": -new, "group": group}
                self.do(f"UPDATE {table} SET {name} = :new WHERE {name} = :old {which}", told)
        for table, name in names:
            self.do(f"UPDATE {table} SET {name} = -{name} WHERE {name} < 0")

    def say(self, entry: int, text: str) -> str:
        """Other words for an entry; answers what they commit to."""
        words = [(new_salt(), "reason", text)]
        self.do("DELETE FROM history_words WHERE entry_id = ?", (entry,))
        for word in words:
            self.do("INSERT INTO history_words (entry_id, salt, field, text) VALUES (?, ?, ?, ?)", (entry, *word))
        return str(commitment(words))


_NAMED_BY_ID = [("history", "id"), ("history", "cause_id"), ("history_words", "entry_id")]


@contextmanager
def hand_on(files: Files) -> Iterator[Hand]:
    """A hand on the file. Every trigger is away while it works, and put back as the hand then knows it."""
    with closing(sqlite3.connect(files.now, isolation_level=None)) as file:
        hand = Hand(files, file)
        hand.do("PRAGMA synchronous = OFF")
        for name in hand.triggers:
            hand.do(f"DROP TRIGGER {name}")
        yield hand
        for definition in hand.triggers.values():
            hand.do(definition)
