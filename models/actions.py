"""The work that the partners divide among themselves, and what comes of it."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, one_of
from models.people import Organisation, Person
from models.states import (
    ActionState,
    Decision,
    Extent,
    Lasting,
    ReferralState,
    ResultKind,
    ResultState,
    Rhythm,
    RotaState,
)
from models.tables import OfTheme, Theme

if TYPE_CHECKING:
    from models.meetings import AgendaItem, Meeting


class ActionShare(Base):
    """A party that shares an action with the responsible one, and its part."""

    __tablename__ = "action_shares"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR organisation_id IS NOT NULL", name="somebody"),
        Index(None, "action_id"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    part: Mapped[str | None]
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class RotaPlace(Base):
    """A place in the order in which parties take turns."""

    __tablename__ = "rota_places"
    __table_args__ = ({"sqlite_strict": True},)

    rota_id: Mapped[int] = mapped_column(ForeignKey("rotas.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    organisation: Mapped[Organisation] = relationship()


class Rota(OfTheme, Base):
    """An activity of the table in which parties have the main responsibility in turn (domain.md 3, step 11)."""

    __tablename__ = "rotas"
    __table_args__ = (
        one_of("state", RotaState),
        one_of("rhythm", Rhythm),
        Index(None, "theme_id"),
        {"sqlite_strict": True},
    )
    kind = "rota"
    states = RotaState

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    title: Mapped[str]
    rhythm: Mapped[Rhythm | None] = mapped_column(Code(Rhythm))
    turn: Mapped[int] = mapped_column(default=1)
    """The place whose turn it is."""

    theme: Mapped[Theme] = relationship(back_populates="rotas", lazy="joined", innerjoin=True)
    places: Mapped[list[RotaPlace]] = relationship(cascade="all, delete-orphan", order_by=RotaPlace.position)
    actions: Mapped[list["Action"]] = relationship(back_populates="rota", order_by="Action.id")

    @property
    def in_turn(self) -> RotaPlace:
        """Whose turn it is."""
        return self.places[self.turn - 1]


class Action(OfTheme, Base):
    """A piece of agreed work, with a responsible organisation or person and a due date."""

    __tablename__ = "actions"
    __table_args__ = (
        one_of("state", ActionState),
        CheckConstraint("responsible_person_id IS NULL OR responsible_organisation_id IS NULL", name="one_responsible"),
        Index(None, "theme_id"),
        Index(None, "meeting_id"),
        Index(None, "item_id"),
        Index(None, "rota_id"),
        {"sqlite_strict": True},
    )
    kind = "action"
    states = ActionState

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    rota_id: Mapped[int | None] = mapped_column(ForeignKey("rotas.id"))
    what: Mapped[str]
    due_on: Mapped[date | None]
    by_next_meeting: Mapped[bool] = mapped_column(default=True)
    postponements: Mapped[int] = mapped_column(default=0)
    waiting_for: Mapped[str | None]
    outcome: Mapped[str | None]
    responsible_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    responsible_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    theme: Mapped[Theme] = relationship(back_populates="actions", lazy="joined", innerjoin=True)
    meeting: Mapped["Meeting | None"] = relationship()
    item: Mapped["AgendaItem | None"] = relationship(back_populates="actions")
    rota: Mapped[Rota | None] = relationship(back_populates="actions")
    responsible_person: Mapped[Person | None] = relationship(foreign_keys=responsible_person_id)
    responsible_organisation: Mapped[Organisation | None] = relationship()
    reported_by: Mapped[Person | None] = relationship(foreign_keys=reported_by_id)
    shares: Mapped[list[ActionShare]] = relationship(cascade="all, delete-orphan", order_by=ActionShare.id)

    @property
    def title(self) -> str:
        """What is to be done."""
        return self.what

    @property
    def responsible(self) -> Person | Organisation | None:
        """The one party that answers for it."""
        return self.responsible_person or self.responsible_organisation


class Referral(OfTheme, Base):
    """A matter taken to a body that has the power to decide on it: what was asked, and what became of it."""

    __tablename__ = "referrals"
    __table_args__ = (
        one_of("state", ReferralState),
        one_of("decision", Decision),
        Index(None, "theme_id"),
        Index(None, "item_id"),
        Index(None, "again_of_id"),
        {"sqlite_strict": True},
    )
    kind = "referral"
    states = ReferralState

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    title: Mapped[str]
    body: Mapped[str | None]
    register_number: Mapped[str | None]
    asked: Mapped[int | None]
    granted: Mapped[int | None]
    """Whole euros, both."""
    decision: Mapped[Decision | None] = mapped_column(Code(Decision))
    decided_by: Mapped[str | None]
    decided_on: Mapped[date | None]
    paragraph: Mapped[str | None]
    grounds: Mapped[str | None]
    reported_in_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    again_of_id: Mapped[int | None] = mapped_column(ForeignKey("referrals.id"))

    theme: Mapped[Theme] = relationship(back_populates="referrals", lazy="joined", innerjoin=True)
    meeting: Mapped["Meeting | None"] = relationship(foreign_keys=meeting_id)
    item: Mapped["AgendaItem | None"] = relationship(back_populates="referrals")
    reported_in: Mapped["Meeting | None"] = relationship(foreign_keys=reported_in_id)
    again_of: Mapped["Referral | None"] = relationship(remote_side="Referral.id")


result_actions = Table(
    "result_actions",
    Base.metadata,
    Column("result_id", ForeignKey("results.id"), primary_key=True),
    Column("action_id", ForeignKey("actions.id"), primary_key=True, index=True),
    sqlite_strict=True,
)
"""The actions that led to a result."""


class Result(OfTheme, Base):
    """What came of it: something that is there now and was not before."""

    __tablename__ = "results"
    __table_args__ = (
        one_of("state", ResultState),
        one_of("kind_of_result", ResultKind),
        one_of("extent", Extent),
        one_of("lasting", Lasting),
        Index(None, "theme_id"),
        Index(None, "meeting_id"),
        {"sqlite_strict": True},
    )
    kind = "result"
    states = ResultState

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    life: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    kind_of_result: Mapped[ResultKind] = mapped_column(Code(ResultKind))
    extent: Mapped[Extent | None] = mapped_column(Code(Extent))
    evidence: Mapped[str | None]
    check_on: Mapped[date | None]
    lasting: Mapped[Lasting | None] = mapped_column(Code(Lasting))

    theme: Mapped[Theme] = relationship(back_populates="results", lazy="joined", innerjoin=True)
    meeting: Mapped["Meeting | None"] = relationship()
    actions: Mapped[list[Action]] = relationship(secondary=result_actions, order_by=Action.id)
