"""What people answered to the invitations to meetings: the newest answer of each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, one_of
from models.people import Person
from models.states import Answer


class InvitationAnswer(Base):
    """The newest answer of somebody who was invited to a meeting: what a calendar sent, and no promise to come."""

    __tablename__ = "invitation_answers"
    __table_args__ = (
        one_of("answer", Answer),
        CheckConstraint("sequence >= 0", name="sequence"),
        UniqueConstraint("meeting_id", "person_id"),
        Index(None, "person_id"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[Answer] = mapped_column(Code(Answer))
    answered_at: Mapped[datetime]
    """As the calendar of the one who answers tells it."""
    sequence: Mapped[int]
    """Which invitation was answered: how often the meeting had changed when it was written."""
    person: Mapped[Person] = relationship()
