"""The ledger of reminders: what has been said to whom is never said again, and no letter is lost on its way.

First the letters of a run are noted with their texts, in one transaction. Then each is handed out in a transaction of
its own: it is marked as written, the file is written, and only then is the mark kept. Whatever is broken off in between
leaves the letter unmarked, and the next run writes the very same file. Once it is written, its text is forgotten.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from models.reading import Reader, reader_on
from models.recording import origin_of
from models.reminders import Reminder, ReminderLetter
from workflow.days import local_day
from workflow.reminding.planning import Letter, letters
from workflow.reminding.wording import Directory, Mail, file_name, finished, keeping, mail_kept, mail_of

Write = Callable[[str, str], None]
"""What writes a file of that name with that text, or finds it there already."""


def note_letters(session: Session, now: datetime) -> list[int]:
    """Note everything that is to be said now. Answers the numbers of the letters."""
    with reader_of(session) as reader:
        directory = Directory(reader)
        planned = [(letter, mail_of(letter, reader, directory)) for letter in letters(reader, local_day(now))]
    return [_note(session, letter, mail, now) for letter, mail in planned]


def waiting(session: Session) -> list[int]:
    """The numbers of the letters that are not written yet, be it from a run that was broken off."""
    unwritten = select(ReminderLetter.id).where(ReminderLetter.written_at.is_(None))
    return list(session.scalars(unwritten.order_by(ReminderLetter.id)))


def hand_out(session: Session, number: int, now: datetime, write: Write) -> str | None:
    """Write a letter, in a transaction that is kept only if that went well. Answers the name of its file.

    Nothing, if somebody else has just done so, or if it is to somebody who was forgotten meanwhile.
    """
    letter = session.get_one(ReminderLetter, number)
    text, made_at, gone = letter.text, letter.made_at, letter.person is not None and letter.person.forgotten
    unwritten = update(ReminderLetter).where(ReminderLetter.id == number, ReminderLetter.written_at.is_(None))
    done: Any = session.execute(unwritten.values(written_at=now, text=None))
    if done.rowcount != 1 or text is None or gone:
        return None
    mail = mail_kept(text)
    name = file_name(mail, local_day(made_at), number)
    write(name, finished(mail, made_at, f"{origin_of(session.connection())}-{number}"))
    return name


def reader_of(session: Session) -> Reader:
    """The views within the transaction of a session."""
    connection = session.connection()
    return reader_on(lambda statement, values: connection.execute(text(statement), dict(values)))


def _note(session: Session, letter: Letter, mail: Mail, now: datetime) -> int:
    to = {"P": "person_id", "G": "organisation_id"}[letter.party[0]]
    row = ReminderLetter(made_at=now, text=keeping(mail), **{to: int(letter.party[1:])})
    row.reminders = [
        Reminder(stream=duty.stream, given_on=duty.given_on, due_on=duty.due_on, stage=stage.code)
        for duty, stage in letter.sayings
    ]
    session.add(row)
    session.flush()
    return row.id
