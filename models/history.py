"""What happened: one row a move, only ever added, in the shape of trust.md section 2."""

import json
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base


class HistoryEntry(Base):
    """One move, creation or event. It names no person and holds no free words: those can be erased, it can't."""

    __tablename__ = "history"
    __table_args__ = (
        UniqueConstraint("stream", "version"),
        UniqueConstraint("table_id", "number"),
        Index(None, "cause_id"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("partnership_tables.id", deferrable=True, initially="DEFERRED"))
    number: Mapped[int]
    """Its gap-free number within the table."""
    stream: Mapped[str]
    """The thing it tells of, as `kind:id`."""
    version: Mapped[int]
    """1, 2, 3 ... within the stream."""
    cmd_id: Mapped[str | None] = mapped_column(unique=True)
    """The command that was given; what followed from it has a cause instead."""
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("history.id"))
    recorded_at: Mapped[datetime]
    """A claim of this computer's clock, never used for order."""
    happened_at: Mapped[datetime]
    actor: Mapped[str]
    """A person's pseudonym."""
    auth: Mapped[str]
    """How the actor's identity is known: `claimed` on one's own file."""
    role: Mapped[str]
    move: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    rules: Mapped[str]
    """The version of the page in force (`workflow.lifecycles.PAGE.version`)."""
    facts: Mapped[str]
    """An ordered list of pairs of text, as JSON. Nothing personal."""

    @property
    def told(self) -> list[tuple[str, str]]:
        """The facts as pairs."""
        return [(name, value) for name, value in json.loads(self.facts)]

    words: Mapped[list["HistoryWords"]] = relationship(order_by="HistoryWords.id")


class HistoryWords(Base):
    """What people wrote: reasons, goals, outcomes. Kept apart from the entry, so that it can be erased."""

    __tablename__ = "history_words"
    __table_args__ = (Index(None, "entry_id"), {"sqlite_strict": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("history.id"))
    field: Mapped[str]
    text: Mapped[str]


class RefusedAttempt(Base):
    """A move that was tried and refused: kept apart from what happened, since nothing did."""

    __tablename__ = "refused_attempts"
    __table_args__ = ({"sqlite_strict": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime]
    actor: Mapped[str]
    stream: Mapped[str]
    move: Mapped[str]
    reasons: Mapped[str]
    """The codes of the reasons, with commas between."""
