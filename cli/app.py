"""What a command needs around it: the database, the language, who acts, and one unit of work."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from cli.language import spoken
from cli.settings import default_file, settings_of
from models.place import DatabaseProblem, is_server, shown
from workflow.errors import BadValue, NotFound, Refused, Usage
from workflow.language.dates import UnreadableDate, moment, read_when
from workflow.language.speech import Speech, speech

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from models.database import Database
    from models.people import Person
    from models.reading import Reader
    from workflow.outcomes import How
    from workflow.work import Work


class App:
    """One run of one command."""

    def __init__(self, shared: dict[str, Any], now: datetime | None = None) -> None:
        self.shared = shared
        self.now = now or datetime.now(UTC)

    @property
    def speech(self) -> Speech:
        """The reader's language."""
        return speech(spoken())

    @property
    def json(self) -> bool:
        """Whether a program reads the answer."""
        return bool(self.shared.get("as_json"))

    @property
    def place(self) -> str:
        """Where the database is."""
        said = self.shared.get("place") or os.environ.get("POYTA_DB") or settings_of(os.environ).get("db")
        return said or str(default_file(os.environ))

    @property
    def shown_place(self) -> str:
        """Where the database is, as it may be shown to anybody: without the password of a server."""
        return shown(self.place)

    @property
    def reason(self) -> str | None:
        """The reason that was said. Raises BadValue for what is no text."""
        from workflow.values import clean_text

        said = self.shared.get("reason")
        return clean_text(said, "reason", 2000) if said and said.strip() else None

    @property
    def asks(self) -> bool:
        """Whether a person sits at the terminal and may be asked."""
        if self.shared.get("no_input") or self.shared.get("yes") or self.json:
            return False
        return sys.stdin.isatty() and sys.stdout.isatty()

    @property
    def dry_run(self) -> bool:
        """Whether nothing is to be kept."""
        return bool(self.shared.get("dry_run"))

    @contextmanager
    def reader(self) -> "Iterator[Reader]":
        """The database to read from, without what only writing needs. Warns where it is not what was seen of it."""
        from cli.seen import warn
        from models.reading import open_reader

        with open_reader(self.place) as reader:
            warn(self, reader.ask)
            yield reader

    def database(self) -> "Database":
        """The database to write to."""
        from models.database import Database

        if not is_server(self.place) and not Path(self.place).exists():
            raise DatabaseProblem("missing", place=self.place)
        return Database(self.place, _keep_to_rules)

    @contextmanager
    def work(self, *, keep: bool = True) -> "Iterator[Work]":
        """One unit of work: all of it is kept, or nothing. A refused attempt is noted apart from the history."""
        from cli.seen import writing
        from workflow.work import Work

        database = self.database()
        try:
            with writing(self, database, keep=keep and not self.dry_run) as session:
                work = Work(session, self.actor(session), self.now)
                yield work
        except Refused as refused:
            if keep and not self.dry_run:
                _note_refused(database, work, refused)
            raise
        finally:
            database.close()

    @contextmanager
    def asking(self) -> "Iterator[Work]":
        """A look at the database that changes nothing."""
        from cli.seen import asks, warn
        from workflow.work import Work

        database = self.database()
        try:
            with database.reading() as session:
                warn(self, asks(session))
                yield Work(session, self.actor(session), self.now)
        finally:
            database.close()

    @contextmanager
    def looking(self) -> "Iterator[Session]":
        """A session for reading, where nobody need act."""
        from cli.seen import asks, warn

        database = self.database()
        try:
            with database.reading() as session:
                warn(self, asks(session))
                yield session
        finally:
            database.close()

    @contextmanager
    def progress(self, what: str) -> "Iterator[Callable[[int, int], None]]":
        """A bar on a terminal for what takes a while; silent elsewhere, and when all is over within a second."""
        if self.json or not sys.stderr.isatty():
            yield _silently
            return
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(self.speech.say(what), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    @contextmanager
    def founding(self, *, keep: bool = True) -> "Iterator[Work]":
        """A unit of work in which nobody need be known yet: for adding people, and for books."""
        from cli.seen import writing
        from models.people import Person
        from workflow.work import Work

        database = self.database()
        try:
            with writing(self, database, keep=keep and not self.dry_run) as session:
                known = None
                with suppress(NotFound):  # who adds themselves is not there yet
                    known = self.actor_if_said(session)
                yield Work(session, known or Person(name=""), self.now)
        finally:
            database.close()

    def actor_if_said(self, session: Any) -> "Person | None":
        """Who says that they act, if anybody does. Raises NotFound, Ambiguous, or Usage for one who was forgotten."""
        from workflow.finding import find

        said = self.shared.get("actor") or os.environ.get("POYTA_AS") or settings_of(os.environ).get("as")
        person = find(session, said, "person") if said else None
        if person is not None and person.forgotten:
            raise Usage("forgotten", reference=person.name)
        return person

    def actor_or_nobody(self, session: Any) -> "Person":
        """Who acts, where it may be that nobody is known yet."""
        from models.people import Person

        return self.actor(session) if session.query(Person).limit(1).first() else Person(name="")

    def actor(self, session: Any) -> "Person":
        """Who acts. Raises Usage when nobody says and more than one could be meant."""
        from models.people import Person

        if (said := self.actor_if_said(session)) is not None:
            return said
        known = session.query(Person).filter_by(merged_into_id=None).order_by(Person.forgotten).limit(2).all()
        people = [each for each in known if not each.forgotten]
        if len(people) == 1:
            only: Person = people[0]
            return only
        raise Usage("who_are_you" if people else "nobody_yet")

    def how(self) -> "How":
        """How the move is to be made, from the options that all moves share."""
        from workflow.outcomes import How

        return How(
            on=self.on(),
            reason=self.reason,
            confirmed=bool(self.shared.get("yes")),
            overrides=tuple(code.replace("-", "_") for code in self.shared.get("overrides", ())),
            version=self.shared.get("version"),
            command=_uuid(self.shared.get("command_id")),
        )

    def on(self) -> date | datetime | None:
        """When it happened, if that was said."""
        said = self.shared.get("on")
        if said is None:
            return None
        try:
            when = read_when(said)
        except UnreadableDate as problem:
            raise BadValue(f"date_{problem.reason}", "on", value=said) from None
        return when.day if when.begins is None else moment(when.day, when.begins)


def app() -> App:
    """The run that is going on."""
    return App(click.get_current_context().ensure_object(dict))


def _keep_to_rules(connection: "Connection", place: str) -> None:
    """Only whoever goes by the rules in force writes."""
    from workflow.rulebooks.in_force import check_rules

    check_rules(connection, place)


def _silently(done: int, total: int) -> None:
    """Show nothing."""


def _uuid(text: str | None) -> UUID | None:
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise BadValue("not_a_uuid", "command_id", value=text) from None


def _note_refused(database: "Database", work: "Work", refused: Refused) -> None:
    from models.history import RefusedAttempt

    if refused.row is None or refused.row.id is None:
        return
    codes = ",".join(dict.fromkeys(reason.code for reason in refused.reasons))
    with database.writing() as session:
        row = session.get_one(type(refused.row), refused.row.id)  # what it belongs to may not have been asked before
        session.add(
            RefusedAttempt(
                table_id=getattr(row, "table_number", None),
                recorded_at=work.now,
                actor=work.actor.pseudonym,
                stream=refused.row.stream,
                move=refused.move,
                reasons=codes,
            )
        )
