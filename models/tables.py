"""The partnership table and its themes."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Stateful, one_of
from models.people import Organisation, Person, Project, Seat
from models.states import (
    Content,
    Level,
    Rhythm,
    TableKind,
    TableState,
    ThemeOutcome,
    ThemeState,
)

if TYPE_CHECKING:
    from models.actions import Action, Referral, Result, Rota
    from models.meetings import AgendaItem, Meeting, MeetingSeries, Memo


class PartnershipTable(Stateful, Base):
    """A goal-directed discussion forum that several sectors share as equals."""

    __tablename__ = "partnership_tables"
    __table_args__ = (
        one_of("state", TableState),
        one_of("kind_of_table", TableKind),
        one_of("rhythm", Rhythm),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_forum"),
        {"sqlite_strict": True},
    )
    kind = "table"
    states = TableState

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind_of_table: Mapped[TableKind] = mapped_column(Code(TableKind))
    area: Mapped[str | None]
    rhythm: Mapped[Rhythm] = mapped_column(Code(Rhythm), default=Rhythm.THEMATIC)
    languages: Mapped[str] = mapped_column(default="fi")
    term_begins: Mapped[date | None]
    term_ends: Mapped[date | None]
    founded_by: Mapped[str | None]
    founded_paragraph: Mapped[str | None]
    founding_decision: Mapped[str | None]
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_tables.id"))
    founder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    responsible_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    project: Mapped[Project | None] = relationship()
    parent: Mapped["PartnershipTable | None"] = relationship(remote_side="PartnershipTable.id", back_populates="forums")
    forums: Mapped[list["PartnershipTable"]] = relationship(back_populates="parent")
    founder: Mapped[Person | None] = relationship(foreign_keys=founder_id)
    responsible_person: Mapped[Person | None] = relationship(foreign_keys=responsible_person_id)
    seats: Mapped[list[Seat]] = relationship(back_populates="table", order_by=Seat.id)
    themes: Mapped[list["Theme"]] = relationship(viewonly=True, order_by="Theme.id")
    house_rules: Mapped[list["HouseRule"]] = relationship(order_by="HouseRule.code", cascade="all, delete-orphan")

    @property
    def table(self) -> "PartnershipTable":
        """Itself."""
        return self

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name

    def seated(self, day: date) -> list[Seat]:
        """The seats held at this table on that day, its sub-forums' included."""
        own = [seat for seat in self.seats if seat.held_on(day)]
        return own + [seat for forum in self.forums for seat in forum.seated(day)]


class HouseRule(Base):
    """The level that one table gives to one promise, or to one cause of stalling; or the limit, in days, of a cause."""

    __tablename__ = "house_rules"
    __table_args__ = (
        one_of("level", Level),
        CheckConstraint("days IS NULL OR days >= 0", name="days"),
        {"sqlite_strict": True},
    )

    table_id: Mapped[int] = mapped_column(ForeignKey("partnership_tables.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[Level] = mapped_column(Code(Level))
    days: Mapped[int | None]


theme_goal_parties = Table(
    "theme_goal_parties",
    Base.metadata,
    Column("theme_id", ForeignKey("themes.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisations.id"), primary_key=True),
    sqlite_strict=True,
)
"""The parties that agreed on the goal of a theme."""


class ThemeContent(Base):
    """One of the things that the partners of a theme share (S9)."""

    __tablename__ = "theme_contents"
    __table_args__ = (one_of("content", Content), {"sqlite_strict": True})

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), primary_key=True)
    content: Mapped[Content] = mapped_column(Code(Content), primary_key=True)


class Theme(Stateful, Base):
    """A shared concern that partners take forward together. Its state says how far it has ever come."""

    __tablename__ = "themes"
    __table_args__ = (
        one_of("state", ThemeState),
        one_of("ended_as", ThemeOutcome),
        Index(None, "table_id"),
        {"sqlite_strict": True},
    )
    kind = "theme"
    states = ThemeState

    table_id: Mapped[int] = mapped_column(ForeignKey("partnership_tables.id"))
    title: Mapped[str]
    why_together: Mapped[str | None]
    life: Mapped[int] = mapped_column(default=1)
    """Which life of milestones this is: a reopened theme starts another."""
    goal: Mapped[str | None]
    goal_agreed_on: Mapped[date | None]
    goal_agreed_in_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", use_alter=True))
    evaluation: Mapped[str | None]
    proposer_told_on: Mapped[date | None]
    revisit_on: Mapped[date | None]
    ended_as: Mapped[ThemeOutcome | None] = mapped_column(Code(ThemeOutcome))
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposing_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    responsible_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    table: Mapped[PartnershipTable] = relationship()
    proposer: Mapped[Person | None] = relationship(foreign_keys=proposer_id)
    proposing_organisation: Mapped[Organisation | None] = relationship()
    responsible_person: Mapped[Person | None] = relationship(foreign_keys=responsible_person_id)
    goal_agreed_in: Mapped["Meeting | None"] = relationship(foreign_keys=goal_agreed_in_id)
    goal_parties: Mapped[list[Organisation]] = relationship(secondary=theme_goal_parties, order_by=Organisation.id)
    contents: Mapped[list[ThemeContent]] = relationship(cascade="all, delete-orphan", order_by=ThemeContent.content)
    series: Mapped[list["MeetingSeries"]] = relationship(back_populates="theme", order_by="MeetingSeries.id")
    items: Mapped[list["AgendaItem"]] = relationship(back_populates="theme", order_by="AgendaItem.id")
    actions: Mapped[list["Action"]] = relationship(back_populates="theme", order_by="Action.id")
    memos: Mapped[list["Memo"]] = relationship(back_populates="theme", order_by="Memo.id")
    rotas: Mapped[list["Rota"]] = relationship(back_populates="theme", order_by="Rota.id")
    referrals: Mapped[list["Referral"]] = relationship(back_populates="theme", order_by="Referral.id")
    results: Mapped[list["Result"]] = relationship(back_populates="theme", order_by="Result.id")

    @property
    def table_number(self) -> int:
        """The id of its table."""
        return self.table_id


class Translation(Base):
    """A title, goal or agreed text in another of the table's languages (Language Act, domain.md 7.8)."""

    __tablename__ = "translations"
    __table_args__ = (
        UniqueConstraint("kind", "thing_id", "field", "language"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    thing_id: Mapped[int]
    field: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]


class OfTheme(Stateful):
    """A thing that belongs to a theme, and perhaps to a meeting."""

    if TYPE_CHECKING:
        theme_id: Mapped[int]
        theme: Mapped[Theme]

    @property
    def wholes(self) -> list[tuple[str, int]]:
        """Its meeting if it has one, and its theme: the promises of both ask for it."""
        meeting = getattr(self, "meeting_id", None)
        return [*([("meeting", meeting)] if meeting else []), ("theme", self.theme_id)]

    @property
    def table_number(self) -> int:
        """The id of the table of its theme."""
        return self.theme.table_id

    @property
    def table(self) -> PartnershipTable:
        """The table of its theme."""
        return self.theme.table
