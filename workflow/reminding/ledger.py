"""The ledger of reminders: what has been said to whom is never said again, and no letter is lost on its way.

First the letters of a run are noted with their texts, in one transaction. Then each is handed out in a transaction of
its own: it is marked as written, the file is written, and only then is the mark kept. Whatever is broken off in between
leaves the letter unmarked, and the next run writes the very same file. Once it is written, its text is forgotten.
"""

import re
import unicodedata
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
from workflow.reminding.wording import Directory, Mail, as_email, as_text, mail_of

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
    """Write a letter, in a transaction that is kept only if that went well; nothing, if somebody else just did."""
    found = session.get_one(ReminderLetter, number)
    name, said = found.file, found.text
    unwritten = update(ReminderLetter).where(ReminderLetter.id == number, ReminderLetter.written_at.is_(None))
    done: Any = session.execute(unwritten.values(written_at=now, file=None, text=None))
    if done.rowcount != 1 or name is None or said is None:
        return None
    write(name, said)
    return name


def reader_of(session: Session) -> Reader:
    """The views within the transaction of a session."""
    connection = session.connection()
    return reader_on(lambda statement, values: connection.execute(text(statement), dict(values)).mappings())


def file_name(mail: Mail, day: str, number: int | str) -> str:
    """What the file of a letter is called: its day, for whom it is, and its number."""
    plain = unicodedata.normalize("NFKD", mail.name.casefold()).encode("ascii", "ignore").decode()
    short = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or mail.party.lower()
    return f"{day}-{short}-{number}.{'eml' if mail.addresses else 'txt'}"


def _note(session: Session, letter: Letter, mail: Mail, now: datetime) -> int:
    to = {"P": "person_id", "G": "organisation_id"}[letter.party[0]]
    row = ReminderLetter(made_at=now, file="", text="", **{to: int(letter.party[1:])})
    row.reminders = [
        Reminder(stream=duty.stream, given_on=duty.given_on, due_on=duty.due_on, stage=stage.code)
        for duty, stage in letter.sayings
    ]
    session.add(row)
    session.flush()
    number = f"{origin_of(session.connection())}-{row.id}"
    row.file = file_name(mail, local_day(now).isoformat(), row.id)
    row.text = as_email(mail, now, number) if mail.addresses else as_text(mail)
    session.flush()
    return row.id
