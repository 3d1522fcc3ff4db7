"""What can go wrong with a disk, and what is done while it does: told, left as it was, and done at the next try."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import NamedTuple

from models.place import DatabaseProblem
from tests.figures import SIZE
from tests.torture.deeds import contents
from tests.torture.vfs import Call, Watch, watched


class Trouble(NamedTuple):
    """What goes wrong: at what, with which error of SQLite, and what we then call it."""

    at: str
    error: int
    code: str
    lasting: bool = False
    """Whether everything of that kind fails from then on."""
    late: bool = False
    """Whether it was done all the same."""

    @property
    def unsure(self) -> bool:
        """Whether a move may be there after all: it is kept when the journal is deleted, even if that then fails."""
        return self.at == "delete" and self.late


FULL = "a full disk"
WRITING = {
    FULL: Trouble("write", sqlite3.SQLITE_FULL, "disk_full", lasting=True),
    "a disk full for a moment": Trouble("write", sqlite3.SQLITE_FULL, "disk_full", late=True),
    "a write that fails": Trouble("write", sqlite3.SQLITE_IOERR_WRITE, "unreadable"),
    "writes that fail": Trouble("write", sqlite3.SQLITE_IOERR_WRITE, "unreadable", lasting=True, late=True),
    "a sync that fails": Trouble("sync", sqlite3.SQLITE_IOERR_FSYNC, "unreadable"),
    "syncs that fail": Trouble("sync", sqlite3.SQLITE_IOERR_FSYNC, "unreadable", lasting=True),
    "cuts that fail": Trouble("truncate", sqlite3.SQLITE_IOERR_TRUNCATE, "unreadable", lasting=True),
    "a folder that may not be written": Trouble("open", sqlite3.SQLITE_CANTOPEN, "read_only", lasting=True),
    "a journal that stays": Trouble("delete", sqlite3.SQLITE_IOERR_DELETE, "unreadable", lasting=True),
    "a journal that may come back": Trouble("delete", sqlite3.SQLITE_IOERR_DIR_FSYNC, "unreadable", late=True),
}
READING = {
    "an opening that fails": Trouble("open", sqlite3.SQLITE_IOERR, "unreadable"),
    "a read that fails": Trouble("read", sqlite3.SQLITE_IOERR_READ, "unreadable"),
    "reads that fail": Trouble("read", sqlite3.SQLITE_IOERR_READ, "unreadable", lasting=True),
    "a lock that fails": Trouble("lock", sqlite3.SQLITE_IOERR_LOCK, "unreadable"),
}
EVERY = {**WRITING, **READING}


class Failing(Watch):
    """Lets one call of a kind fail, or all from that one on; only those for files `within` a folder, if one is told."""

    def __init__(self, trouble: Trouble, nth: int, within: Path | None = None) -> None:
        self.kinds = frozenset({trouble.at})
        self.trouble, self.nth, self.within = trouble, nth, within
        self.seen = self.failed = 0

    def before(self, call: Call) -> int:
        return 0 if self.trouble.late else self._fail(call)

    def after(self, call: Call) -> int:
        return self._fail(call) if self.trouble.late and call.kind in self.kinds else 0

    def _fail(self, call: Call) -> int:
        if self.within is not None and self.within not in Path(call.name).parents:
            return 0
        self.seen += 1
        if self.seen == self.nth or (self.trouble.lasting and self.seen > self.nth):
            self.failed += 1
            return self.trouble.error
        return 0


MUCH = 5


# What is done


class Answer(NamedTuple):
    """An exit status, and the codes of whatever is told with it."""

    status: int
    codes: tuple[str, ...] = ()


Do = Callable[[], Answer]


class Deed(NamedTuple):
    """Something to do with a file, and to do again."""

    begin: Callable[[Path], AbstractContextManager[Do]]
    stays: bool = False
    """Whether the program goes on running, and may remember what failed."""


class Course(NamedTuple):
    """What was answered while the disk failed, what was there then, what the next try answered, and what was there."""

    told: Answer
    then: Mapping[str, str]
    again: Answer
    at_last: Mapping[str, str]


class Start(NamedTuple):
    """What there is before every try, and how it goes from there when nothing fails."""

    held: Mapping[str, str]
    whole: Course


class Fault(NamedTuple):
    """What did not go as it should, with which trouble at which call."""

    what: str
    trouble: str
    nth: int
    course: Course


def try_with(deed: Deed, place: Path, first: bytes, watch: Watch, start: Start | None = None) -> Course:
    """Do it while a watch stands by, and once more without.

    Where all is as it was at the `start`, to the last byte, a program that is started again does the same again.
    """
    for old in place.parent.iterdir():
        old.unlink()
    place.write_bytes(first)
    with deed.begin(place) as do:
        with watched(watch):
            told = do()
        if start is not None and not deed.stays and is_alone(place, first):
            return Course(told, start.held, start.whole.told, start.whole.then)
        then = found_in(place.parent)
        again = do()
    return Course(told, then, again, found_in(place.parent))


def is_alone(place: Path, content: bytes) -> bool:
    """Whether there is this file with that content, and nothing beside it."""
    return [*place.parent.iterdir()] == [place] and place.read_bytes() == content


def found_in(folder: Path) -> dict[str, str]:
    """Every file of a folder, and what it holds."""
    return {path.name: held_by(path) if path.suffix == ".db" else "" for path in sorted(folder.iterdir())}


def held_by(path: Path) -> str:
    """What a file holds, or what is wrong with it."""
    try:
        return contents(path)
    except (AssertionError, sqlite3.Error, DatabaseProblem) as fault:
        return f"damaged: {fault!r}"


def faults_in(
    deed: Deed, place: Path, troubles: Mapping[str, Trouble] = EVERY, each: Iterable[str] = (FULL,)
) -> tuple[list[Fault], int]:
    """Whatever does not go as it should while the disk fails, and how often it was let fail.

    `each` are tried at every single call in every run; the others at every third, unless more is asked for. It ends
    early when much was found.
    """
    first, before = place.read_bytes(), found_in(place.parent)
    start = Start(before, try_with(deed, place, first, Watch()))
    faults: list[Fault] = []
    tries = 0
    for name, trouble in troubles.items():
        for nth in count(1, 1 if name in each else max(1, 3 // SIZE)):
            watch = Failing(trouble, nth)
            course = try_with(deed, place, first, watch, start)
            if not watch.failed:
                break
            tries += 1
            if what := fault_in(trouble, course, before, start.whole.then):
                faults.append(Fault(what, name, nth, course))
        if len(faults) > MUCH:
            break
    return faults, tries


def fault_in(trouble: Trouble, course: Course, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Whether it was not told, left something half-written, or went wrong the next time: nothing, if all is well."""
    then = {name: held for name, held in course.then.items() if not name.endswith("-journal")}
    done = trouble.unsure and then == after
    looked = before == after and course.told == Answer(0)  # who only looks may look again
    if course.told != Answer(6, (trouble.code,)) and not looked:
        return "not told"
    if then != before and not done:
        return "half-written"
    if course.at_last != after or (course.again != Answer(0) and not done):  # what is done may be told so
        return "in the way of the next try"
    return ""
