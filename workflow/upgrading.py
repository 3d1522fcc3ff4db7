"""Bringing a database up to date: its schema, and the rules it lives by.

What changes is told beforehand: what the new rules say otherwise, what they would have refused of the past (which is
still judged by its own), and what they promise of things as they stand that is not so. Things in a state that the new
rules don't have are in the way: nothing is migrated until somebody has moved them on with the older program. That it
was done is written into the history, in the same transaction.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from models.database import Database
from models.place import SCHEMA, DatabaseProblem, shown
from models.schema import upgrade as upgrade_schema
from models.states import Level
from workflow.attempt import Attempt, Step
from workflow.audit.replaying import standings
from workflow.days import local_day
from workflow.errors import CheckFailed
from workflow.finding import STATEFUL
from workflow.lifecycle import Lifecycle, Promise
from workflow.lifecycles import PAGE
from workflow.references import DATABASE, reference
from workflow.register import Noted, note
from workflow.rulebooks import Entry, Rulebook, name_of, rulebook
from workflow.rulebooks.differences import Difference, differences
from workflow.rulebooks.in_force import rules_in_force
from workflow.work import Work


class Stranded(NamedTuple):
    """A thing in a state that the new rules don't have, or set aside from one that they don't lead back to."""

    ref: str
    kind: str
    state: str
    aside: bool = False
    """Whether it is the state that it would go back to."""


class Disallowed(NamedTuple):
    """Entries of the past that the new rules would not have allowed: no such way, or not in that role."""

    code: str
    kind: str
    move: str
    entries: int


class Unkept(NamedTuple):
    """Something that the new rules promise of a state, and that does not hold of a thing in it."""

    ref: str
    kind: str
    state: str
    promise: str
    level: Level


class Upgrade(NamedTuple):
    """What bringing a database up to date changes, or changed."""

    schema_before: int
    schema_after: int
    rules_before: str | None
    rules_after: str
    differences: tuple[Difference, ...] = ()
    stranded: tuple[Stranded, ...] = ()
    disallowed: tuple[Disallowed, ...] = ()
    unkept: tuple[Unkept, ...] = ()
    backup: Path | None = None

    @property
    def new_schema(self) -> bool:
        """Whether the schema changes."""
        return self.schema_before != self.schema_after

    @property
    def new_rules(self) -> bool:
        """Whether the rules change. The first entry of all changes none."""
        return self.rules_before not in (None, self.rules_after)

    @property
    def anything(self) -> bool:
        """Whether there is anything to do."""
        return self.new_schema or self.new_rules


class InTheWay(CheckFailed):
    """Things in states that the new rules don't have. Nothing was migrated."""

    def __init__(self, found: Upgrade) -> None:
        super().__init__("stranded", things=[each.ref for each in found.stranded])
        self.found = found


def upgrade(place: str, work_in: Callable[[Session], Work], *, keep: bool = True) -> Upgrade:
    """Bring a database up to date; with `keep` off, only say what that would change.

    Raises InTheWay, and DatabaseProblem: missing, newer, newer_rules ...
    """
    if _is_current(place):
        return Upgrade(SCHEMA, SCHEMA, PAGE.version, PAGE.version)
    course = _Course(place, work_in, keep=keep)
    done = upgrade_schema(place, course.look, course.finish, keep=keep)
    return course.found._replace(backup=done.backup)


def _is_current(place: str) -> bool:
    database = Database(place)
    try:
        with database.reading() as session:
            return rules_in_force(session.connection()) in (None, PAGE.version)
    except DatabaseProblem as problem:
        if problem.code != "older":
            raise
        return False
    finally:
        database.close()


class _Course:
    """One upgrade on its way: what is seen before anything is changed, and what is done after the migrations."""

    def __init__(self, place: str, work_in: Callable[[Session], Work], *, keep: bool) -> None:
        self.place = place
        self.work_in = work_in
        self.keep = keep
        self.found = Upgrade(SCHEMA, SCHEMA, None, PAGE.version)
        self._books: tuple[Rulebook, Rulebook] | None = None

    def look(self, connection: Connection, before: int) -> None:
        """See what would change. Raises InTheWay, or DatabaseProblem: newer_rules."""
        rules = rules_in_force(connection) if before else None
        self.found = Upgrade(before, SCHEMA, rules, PAGE.version)
        if not self.found.new_rules or rules is None:
            return
        old, new = self._open(rules)
        self.found = self.found._replace(
            differences=tuple(differences(old, new)),
            stranded=tuple(_stranded(connection, old, new)),
            disallowed=tuple(_disallowed(connection, old, new)),
        )
        if self.found.stranded:
            raise InTheWay(self.found)

    def finish(self, connection: Connection, before: int) -> None:
        """Ask everything that is there for what the new rules promise of it, and write down that they are new."""
        with Session(connection, autoflush=False, expire_on_commit=False) as session:
            if self._books is not None:
                self.found = self.found._replace(unkept=tuple(_unkept(session, *self._books)))
            if self.keep and before and self.found.anything:
                note(self.work_in(session), Noted(DATABASE, "upgrade", tuple(_facts(self.found))))
                session.flush()

    def _open(self, rules: str) -> tuple[Rulebook, Rulebook]:
        old, new = rulebook(rules), rulebook(PAGE.version)
        if old is None:
            facts = {"rules": name_of(rules), "known": name_of(PAGE.version)}
            raise DatabaseProblem("newer_rules", place=shown(self.place), **facts)
        assert new is not None
        self._books = old, new
        return old, new


def _facts(found: Upgrade) -> Iterator[tuple[str, str]]:
    yield "schema_before", str(found.schema_before)
    yield "schema_after", str(found.schema_after)
    yield "rules_before", found.rules_before or ""
    yield "rules_after", found.rules_after


# What is in the way


def _stranded(connection: Connection, old: Rulebook, new: Rulebook) -> Iterator[Stranded]:
    """Things in a state that is no more, or set aside from where no way leads back to. The history tells of them."""
    gone = _all_states(old) - _all_states(new)
    aside = {(kind, state) for kind, state, _ in new.ways_back}
    no_way_back = {way for way in old.ways_back - new.ways_back if way[:2] in aside}
    for kind in sorted({kind for kind, *_ in gone | no_way_back}):
        for stream, stood in standings(_entries_of(connection, kind)).items():
            if (kind, stood.state) in gone:
                yield Stranded(_ref(connection, stream), kind, stood.state)
            elif stood.came_from is not None and (kind, stood.state, stood.came_from) in no_way_back:
                yield Stranded(_ref(connection, stream), kind, stood.came_from, aside=True)


def _entries_of(connection: Connection, kind: str) -> Iterator[dict[str, Any]]:
    wanted = text(
        "SELECT stream, move, from_state, to_state, happened_at, facts FROM history"
        " WHERE stream LIKE :streams ORDER BY id"
    )
    return (dict(entry) for entry in connection.execute(wanted, {"streams": f"{kind}:%"}).mappings())


def _all_states(book: Rulebook) -> set[tuple[str, str]]:
    return {(kind, state) for kind, states in book.states.items() for state in states}


def _ref(connection: Connection, stream: str) -> str:
    found = connection.execute(text("SELECT ref FROM v_history WHERE stream = :stream LIMIT 1"), {"stream": stream})
    return str(found.scalar_one())


# What the new rules say of the past


def _disallowed(connection: Connection, old: Rulebook, new: Rulebook) -> Iterator[Disallowed]:
    """What the rules in force allow of all that has happened, and the new ones would not have."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for kind, move, source, to, role, follows, number in connection.exec_driver_sql(_ALIKE):
        entry = Entry(kind, move, source, to, role, bool(follows))
        if (code := new.wrong_with(entry)) and not old.wrong_with(entry):
            counted[code, entry.kind, entry.move] += number
    yield from (Disallowed(*names, entries) for names, entries in counted.items())


_ALIKE = """
    SELECT kind, move, from_state, to_state, role, follows, COUNT(*) FROM (
        SELECT rtrim(stream, '0123456789:') AS kind, move, from_state, to_state, role, cause_id IS NOT NULL AS follows
        FROM history) alike
    GROUP BY kind, move, from_state, to_state, role, follows ORDER BY kind, move, from_state, to_state, role, follows"""
"""The entries of the past by what rules can judge of them, each with how many there are."""


# What they promise of the present


def _unkept(session: Session, old: Rulebook, new: Rulebook) -> Iterator[Unkept]:
    """What is newly promised of a state, or more strictly, and does not hold of things in it.

    What was promised before is left out: an upgrade changes nothing about it, and it may have been waived for good
    reasons. Each thing is asked for the day on which it came into its state, as the gate would have.
    """
    for life in PAGE.lifecycles.values():
        for state in (each for each in life.states if each not in life.ends):
            promises = [each for each in life.promises[state] if _is_new((life.kind, state, each.code), old, new)]
            if promises:
                model = STATEFUL[life.kind]
                for row in session.scalars(select(model).where(model.state == state).order_by(model.id)):
                    yield from _asked(life, row, promises)


def _asked(life: Lifecycle, row: object, promises: Iterable[Promise]) -> Iterator[Unkept]:
    since = row.state_since  # type: ignore[attr-defined]  # one of the things that move
    step = Step(life, row, life.creation, Attempt(since, local_day(since)))
    step.keeps(promises)
    for reason in step.reasons:
        yield Unkept(reference(row), life.kind, row.state, reason.code, reason.level)  # type: ignore[attr-defined]  # a thing that moves


def _is_new(promise: tuple[str, str, str], old: Rulebook, new: Rulebook) -> bool:
    return old.promises.get(promise) != new.promises[promise]
