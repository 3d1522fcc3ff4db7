"""What happened: one row a move, only ever added, each bound by its hash to the one before it (trust.md 2)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.kept import pairs_of

ASIDE = "(to_state IN ('suspended', 'waiting', 'dormant') OR from_state IN ('suspended', 'waiting', 'dormant'))"
"""The entries by which something is set aside, or goes on: few, and the audit asks every theme for its own."""


class HistoryEntry(Base):
    """One move, creation or event. It names no person and holds no free words: those can be erased, it can't."""

    __tablename__ = "history"
    __table_args__ = (
        UniqueConstraint("stream", "version"),
        UniqueConstraint("table_id", "number"),
        Index(
            "uq_history_number_of_no_table",
            "number",
            unique=True,
            sqlite_where=text("table_id IS NULL"),
            postgresql_where=text("table_id IS NULL"),
        ),
        Index(None, "cause_id"),
        Index("ix_history_aside", "stream", "version", sqlite_where=text(ASIDE), postgresql_where=text(ASIDE)),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    """On a file also its place among all entries, without gaps."""
    table_id: Mapped[int | None] = mapped_column(
        ForeignKey("partnership_tables.id", deferrable=True, initially="DEFERRED")
    )
    """Nothing, where it tells of people, organisations, projects or the database itself."""
    number: Mapped[int]
    """Its gap-free number within the table, or among the entries without one."""
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
    commitment: Mapped[str | None]
    """The hash of its words and their salts, which stays when those are erased."""
    prev: Mapped[str]
    """The hash of the entry before it in its stream; nothing in the first."""
    hash: Mapped[str]
    """Over everything above but the id, with the origin of the database (`models.sealing`)."""

    @property
    def told(self) -> list[tuple[str, str]]:
        """The facts as pairs."""
        return pairs_of(self.facts)

    words: Mapped[list["HistoryWords"]] = relationship(order_by="HistoryWords.id")


class HistoryWords(Base):
    """What people wrote: reasons, goals, outcomes. Kept apart from the entry, so that it can be erased."""

    __tablename__ = "history_words"
    __table_args__ = (Index(None, "entry_id"), {"sqlite_strict": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("history.id"))
    salt: Mapped[str]
    """Random, so that nobody can guess erased words from the commitment."""
    field: Mapped[str]
    text: Mapped[str]


class HistoryTile(Base):
    """The hash of 256 to the power of `level` entries that follow each other: a part of the tree over all entries."""

    __tablename__ = "history_tiles"
    __table_args__ = ({"sqlite_strict": True},)

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3 ... within its level."""
    hash: Mapped[str]


class Origin(Base):
    """What makes this database itself and no other: its name is part of every hash."""

    __tablename__ = "origin"
    __table_args__ = (CheckConstraint("id = 1", name="one"), {"sqlite_strict": True})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]


class RefusedAttempt(Base):
    """A move that was tried and refused: kept apart from what happened, since nothing did."""

    __tablename__ = "refused_attempts"
    __table_args__ = ({"sqlite_strict": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_tables.id"))
    recorded_at: Mapped[datetime]
    actor: Mapped[str]
    stream: Mapped[str]
    move: Mapped[str]
    reasons: Mapped[str]
    """The codes of the reasons, with commas between."""
