"""What a checkpoint says, how it is kept and read aloud, and what is remembered of one."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random

import pytest

from models.checkpoints import (
    Checkpoint,
    Short,
    asking,
    checkpoint_at,
    checkpoint_in,
    parse_checkpoint,
    parse_short,
    unlike,
)
from models.database import Database
from models.doubts import Doubt, doubt
from models.memory import AT_ONCE, KEPT, Memory, Receipt, Seen
from models.moments import written
from models.place import DatabaseProblem
from models.recording import Happening, write_entry
from models.sealing import entry_hash
from models.tree import EMPTY
from tests import forger
from tests.builders import first_people
from workflow.references import DATABASE

DAY = datetime(2016, 5, 20, 12, tzinfo=UTC)
ROOT = "223494947927b466a19a99357ad9797f497edabcaa41264a7f5215f6c4a097a7"
ONE = Checkpoint("poyta/0a1b", 812, ROOT)


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder for what is passing is not the one that the tests run in, wherever that is."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))


STREAMS = count(1000)


def add(place, entries, move="add", **facts):
    """So many entries more."""
    with Database(str(place)).writing() as session:
        for _ in range(entries):
            stream = DATABASE if move == "restore" else f"organisation:{next(STREAMS)}"
            told = (None, stream, 1, None, None, DAY, DAY, "nobody", "claimed", "", move, None, "known", "x")
            write_entry(session.connection(), Happening(*told, tuple(facts.items()), {}))


def checkpoint_of(place, size=None):
    with asking(Path(place)) as ask:
        return checkpoint_in(ask) if size is None else checkpoint_at(ask, size)


def unlike_in(place, kept):
    with asking(Path(place)) as ask:
        return unlike(ask, kept)


# Its text


def test_a_checkpoint_is_three_lines_of_text():
    assert ONE.text == "poyta/0a1b\n812\nIjSUlHkntGahmpk1etl5f0l+2ryqQSZKf1IV9sSgl6c=\n"


@pytest.mark.parametrize("after", ["", "\n— poyta AAAA\n", "of somebody's own\n\n— a b\n— c d\n"])
def test_it_is_read_whatever_follows_it(after):
    assert parse_checkpoint(ONE.text + after) == ONE
    assert parse_checkpoint((ONE.text + after).replace("\n", "\r\n")) == ONE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "poyta/0a1b\n812\n",
        ONE.text.replace("812", "-1"),
        ONE.text.replace("812", "0812"),
        ONE.text.replace("812", "8" * 30),
        ONE.text.replace("812", "٨١٢"),
        ONE.text.replace("IjSU", "Ij U"),
        ONE.text.replace("IjSU", "IjSUIjSU"),
        ONE.text.replace("IjSU", "Ij√U"),
        ONE.text.replace("poyta/0a1b", ""),
    ],
)
def test_what_is_no_checkpoint_is_not_taken_for_one(text):
    assert parse_checkpoint(text) is None


def test_its_short_form_can_be_read_aloud_and_typed_again():
    assert ONE.short == "812·48t9-953s"
    for typed in ("812·48t9-953s", " 812.48T9 953S", "812-48t9953s", "812: 48t9-953s"):
        assert parse_short(typed) == Short(812, "48t9-953s")
        assert parse_short(typed).fits(ONE)


def test_letters_that_look_like_digits_are_taken_for_them():
    assert parse_short("7·oil0-0000") == Short(7, "0110-0000")


@pytest.mark.parametrize("typed", ["", "812", "812·48t9", "48t9-953s", "812·48t9-953s-0000", "k/812·48t9-953s"])
def test_what_is_no_short_form_is_not_taken_for_one(typed):
    assert parse_short(typed) is None


def test_short_forms_differ_where_checkpoints_do():
    random = Random(1)  # noqa: S311  # the same course each time
    others = [Checkpoint("o", 812, random.randbytes(32).hex()) for _ in range(10_000)]

    assert len({each.short for each in others}) == len(others)
    assert not any(parse_short(ONE.short).fits(each) for each in [*others, ONE._replace(size=811)])


# In a file


def test_a_history_without_entries_has_the_root_of_nothing(file_place):
    found = checkpoint_of(file_place)

    assert (found.size, found.root) == (0, EMPTY.hex())


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600])
def test_a_history_that_has_grown_contains_what_it_was(file_place, size):
    add(file_place, size)
    then = checkpoint_of(file_place)
    add(file_place, 300)

    assert unlike_in(file_place, then) is None
    assert checkpoint_of(file_place, size) == then
    assert checkpoint_of(file_place).size == size + 300


FORGERIES = {
    "the newest entries cut off": (lambda place: by_hand(place, "DELETE FROM history WHERE id > 590"), "shorter"),
    "an entry rewritten, and all after it": (lambda place: forger.rewrite(place, 17), "otherwise"),
    "the newest entry rewritten": (lambda place: forger.rewrite(place, 600), "otherwise"),
    "two that change places": (lambda place: forger.swap(place, 100, 101), "otherwise"),
    "the name of another": (lambda place: forger.name_origin(place, "poyta/another"), "another"),
    "a part of the tree changed": (lambda place: by_hand(place, "UPDATE history_tiles SET hash = prev"), "otherwise"),
}


def by_hand(place, statement):
    with forger.unwatched(place) as file:
        file.execute(statement.replace("prev", f"'{ROOT}'"))


@pytest.mark.parametrize(("forge", "found"), FORGERIES.values(), ids=FORGERIES)
def test_whatever_was_done_to_what_was_seen_is_found(file_place, forge, found):
    with Database(file_place).writing() as session:
        first_people(session)
    add(file_place, 600)
    then = checkpoint_of(file_place)

    forge(file_place)

    assert unlike_in(file_place, then) == found


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM history WHERE id = 290", "DELETE FROM history_tiles", "UPDATE history SET hash = 'ä' WHERE id = 300"],
)
def test_there_is_no_checkpoint_of_a_history_with_gaps(file_place, change):
    add(file_place, 300)
    by_hand(file_place, change)

    with pytest.raises(DatabaseProblem, match="history_has_gaps"):
        checkpoint_of(file_place)


# What is remembered


@pytest.fixture
def memory(tmp_path):
    return Memory(str(tmp_path / "state" / "poyta"))


def at(size, root=ROOT):
    return Seen(Checkpoint("poyta/0a1b", size, root), DAY.replace(minute=size % 60))


def test_nothing_is_remembered_of_what_was_never_seen(memory):
    assert (memory.of("k.db"), memory.every("k.db"), memory.every_receipt("k.db")) == (None, [], [])
    assert not memory.path.exists()


def test_what_was_seen_last_is_remembered_with_what_was_acknowledged(memory):
    memory.remember("k.db", None, at(7))
    memory.remember("k.db", written(at(7).at), at(9), [Receipt(8, "aa"), Receipt(9, "bb")])

    assert memory.of("k.db") == (written(at(7).at), at(9), (Receipt(9, "bb"), Receipt(8, "aa")))
    assert memory.every("k.db") == [at(7), at(9)]
    assert memory.of("other.db") is None


def test_a_file_is_the_same_by_any_of_its_names(memory, tmp_path, monkeypatch):
    (tmp_path / "k.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "k.db")
    monkeypatch.chdir(tmp_path)

    memory.remember("k.db", None, at(7))

    for name in (tmp_path / "k.db", tmp_path / "link.db", "./k.db"):
        assert memory.of(str(name)).newest == at(7)


def test_only_its_owner_can_read_it(memory):
    memory.remember("k.db", None, at(7))

    assert memory.path.stat().st_mode & 0o077 == 0
    assert memory.path.parent.stat().st_mode & 0o077 == 0


def test_only_the_newest_are_kept(memory):
    receipts = [Receipt(number, f"{number:x}") for number in range(1, KEPT + 11)]

    memory.remember("k.db", None, at(KEPT + 10), receipts)
    memory.remember("other.db", None, at(3), receipts[:3])

    assert memory.every_receipt("k.db") == receipts[10:]
    assert memory.of("k.db").receipts == tuple(receipts[::-1][:AT_ONCE])
    assert memory.every_receipt("other.db") == receipts[:3]


def test_what_was_seen_of_a_database_that_was_replaced_meanwhile_is_not_kept(memory):
    memory.remember("k.db", None, at(812))
    begun = memory.of("k.db").begun
    memory.remember("k.db", None, at(641), anew=True)

    memory.remember("k.db", begun, at(813), [Receipt(813, "aa")])

    assert memory.every("k.db") == [at(641)]
    assert memory.every_receipt("k.db") == []


def test_databases_that_were_thrown_away_are_forgotten(memory, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    (tmp_path / "passing").mkdir()
    gone, there, elsewhere = tmp_path / "passing" / "a.db", tmp_path / "passing" / "b.db", tmp_path / "c.db"
    there.touch()
    for each in (gone, there, elsewhere):
        memory.remember(str(each), None, at(7))

    memory.remember("k.db", None, at(7))

    assert memory.of(str(gone)) is None
    assert memory.of(str(there)) is not None
    assert memory.of(str(elsewhere)) is not None  # its disk may only be away


# What is not as it was seen


def doubt_in(place, memory, *seen, receipts=()):
    """Remember these, and look again."""
    for each in seen:
        known = memory.of(place)
        memory.remember(place, known and known.begun, each, receipts)
    with asking(Path(place)) as ask:
        return doubt(place, ask, memory.of(place), lambda: memory.every(place))


def seen_of(place, size):
    return Seen(checkpoint_of(place, size), DAY.replace(minute=size % 60))


def test_what_is_as_it_was_seen_is_in_no_doubt(file_place, memory):
    add(file_place, 5)
    with asking(Path(file_place)) as ask:
        receipts = [Receipt(*row) for row in ask("SELECT id, hash FROM history")]

    assert doubt_in(file_place, memory, seen_of(file_place, 3), seen_of(file_place, 5), receipts=receipts) is None


def test_it_is_told_until_when_it_was_as_it_was_seen(file_place, memory):
    with Database(file_place).writing() as session:
        first_people(session)
    add(file_place, 300)
    seen = [seen_of(file_place, size) for size in range(200, 300, 7)]

    forger.rewrite(file_place, 250)
    found = doubt_in(file_place, memory, *seen)

    assert found.code == "history_otherwise"
    assert (found.facts["seen"], found.facts["fits"]) == (298, 249)
    assert found.facts["fits_on"] == DAY.replace(minute=249 % 60)


def test_an_entry_of_ones_own_is_missed_also_where_the_tree_was_left_as_it_was(file_place, memory):
    add(file_place, 300)
    with asking(Path(file_place)) as ask:
        receipts = [Receipt(*row) for row in ask("SELECT id, hash FROM history WHERE id BETWEEN 40 AND 45")]
    seen = seen_of(file_place, 300)

    by_hand(file_place, f"UPDATE history SET hash = '{entry_hash('o', ['x'])}' WHERE id = 42")
    found = doubt_in(file_place, memory, seen, receipts=receipts)

    assert (found.code, found.facts["number"]) == ("history_lacks_own", 42)


def restored(place, **facts):
    """A history of ten entries that goes on from its sixth, and what was seen of it before."""
    add(place, 10)
    seen = [seen_of(place, 4), seen_of(place, 10)]
    by_hand(place, "DELETE FROM history WHERE id > 6")
    add(place, 1, "restore", **{name: str(value).format(root=seen[1].checkpoint.root) for name, value in facts.items()})
    add(place, 9)
    return seen


@pytest.mark.parametrize(
    "facts",
    [
        {},  # what was replaced could not be read
        {"replaced_size": 10, "replaced_root": "{root}"},
        {"replaced_size": 12, "replaced_root": "ab"},
    ],
)
def test_a_restoring_is_told_by_the_entry_that_tells_of_it(file_place, memory, facts):
    found = doubt_in(file_place, memory, *restored(file_place, **facts))

    assert found.code == "history_restored"
    assert (found.facts["restored"], found.facts["fits"], found.facts["who"]) == (6, 4, None)
    assert found.facts["restored_on"] == DAY


@pytest.mark.parametrize(
    "facts",
    [
        {"replaced_size": 9, "replaced_root": "ab"},
        {"replaced_size": 10, "replaced_root": "ab"},
        {"replaced_size": "no number"},
    ],
)
def test_an_entry_that_tells_of_another_restoring_explains_nothing(file_place, memory, facts):
    assert doubt_in(file_place, memory, *restored(file_place, **facts)).code == "history_otherwise"


def test_a_doubt_that_can_not_be_told_apart_is_still_one():
    assert issubclass(Doubt, DatabaseProblem)  # so that whoever does not know of it stops all the same


def test_it_is_looked_at_without_changing_anything(file_place):
    before = Path(file_place).read_bytes()

    with asking(Path(file_place)) as ask, pytest.raises(sqlite3.OperationalError):
        ask("DELETE FROM origin")

    assert Path(file_place).read_bytes() == before
    with closing(sqlite3.connect(file_place)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
