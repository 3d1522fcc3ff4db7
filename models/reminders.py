"""What people were reminded of: the letters that were made, and what each of them said for the first time."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, one_of
from models.people import Organisation, Person
from models.states import ReminderStage


class ReminderLetter(Base):
    """A letter to one party. Its text is kept only until it is handed out."""

    __tablename__ = "reminder_letters"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="one_party"),
        CheckConstraint("(written_at IS NULL) = (text IS NOT NULL)", name="text_until_written"),
        Index(None, "written_at"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    made_at: Mapped[datetime]
    written_at: Mapped[datetime | None]
    text: Mapped[str | None]
    """Whom it is to and what it says, as JSON."""
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    reminders: Mapped[list["Reminder"]] = relationship(back_populates="letter", order_by="Reminder.id")


class Reminder(Base):
    """What a letter said for the first time: of which thing, given to somebody when, by when, at which stage.

    These, with the party that the letter went to, make the reminder what it is: it is never sent again. Work that is
    given to somebody anew, or by another day, is another matter.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        one_of("stage", ReminderStage),
        Index(None, "letter_id"),
        Index(None, "stream"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("reminder_letters.id"))
    stream: Mapped[str]
    given_on: Mapped[date]
    due_on: Mapped[date | None]
    stage: Mapped[ReminderStage] = mapped_column(Code(ReminderStage))
    letter: Mapped[ReminderLetter] = relationship(back_populates="reminders")
