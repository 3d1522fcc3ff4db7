"""Who takes part: people, the organisations they speak for, projects, and the seats they hold at tables."""

import secrets
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, one_of
from models.states import Role, Sector

if TYPE_CHECKING:
    from models.tables import PartnershipTable


def new_pseudonym() -> str:
    """A name for the history that says nothing of the person."""
    return secrets.token_hex(8)


class Party:
    """What people, organisations and projects share: a number, and a history under it."""

    kind: ClassVar[str]
    if TYPE_CHECKING:
        id: Mapped[int]

    @property
    def stream(self) -> str:
        """The name of its history: kind and number."""
        return f"{self.kind}:{self.id}"


class Organisation(Party, Base):
    """A party: a municipality, an association, a village, a parish, a company, or a body of one."""

    __tablename__ = "organisations"
    __table_args__ = (one_of("sector", Sector), {"sqlite_strict": True})
    kind = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    sector: Mapped[Sector] = mapped_column(Code(Sector))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    """The one that was meant all along: whoever asks for this one finds that one."""
    merged_into: Mapped["Organisation | None"] = relationship(remote_side=id)


class Person(Party, Base):
    """A human being, or an office that a source names without its holder. Names stand here and nowhere else."""

    __tablename__ = "people"
    __table_args__ = ({"sqlite_strict": True},)
    kind = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    pseudonym: Mapped[str] = mapped_column(unique=True, default=new_pseudonym)
    email: Mapped[str | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The one who was meant all along: whoever asks for this one finds that one."""
    forgotten: Mapped[bool] = mapped_column(default=False)
    """Whether the name was erased; the number stands in its place."""
    organisation: Mapped[Organisation | None] = relationship()
    merged_into: Mapped["Person | None"] = relationship(remote_side=id)


class Project(Party, Base):
    """A funded undertaking that supports tables, with its funder and dates (S2, S10)."""

    __tablename__ = "projects"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR begins IS NULL OR begins <= ends", name="dates"),
        {"sqlite_strict": True},
    )
    kind = "project"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    funder: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    begins: Mapped[date | None]
    ends: Mapped[date | None]
    owner: Mapped[Organisation | None] = relationship()


class Seat(Base):
    """Who sits at a table, in what role and when; or who coordinates a project or an area with all its tables."""

    __tablename__ = "seats"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(r.value) for r in list(Role)[:5])})", name="role"),
        CheckConstraint("person_id IS NOT NULL OR organisation_id IS NOT NULL", name="somebody"),
        CheckConstraint(
            "CASE WHEN table_id IS NULL THEN 0 ELSE 1 END + CASE WHEN project_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN area IS NULL THEN 0 ELSE 1 END = 1",
            name="one_place",
        ),
        CheckConstraint("until IS NULL OR since <= until", name="dates"),
        Index(None, "table_id"),
        Index(None, "person_id"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(Code(Role))
    since: Mapped[date]
    until: Mapped[date | None]
    required: Mapped[bool] = mapped_column(default=False)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_tables.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"))
    area: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id"))
    table: Mapped["PartnershipTable | None"] = relationship(back_populates="seats")
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    deputy_for: Mapped["Seat | None"] = relationship(remote_side=id)

    def held_on(self, day: date) -> bool:
        """Whether the seat was somebody's on that day; the last day counts."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def party(self) -> Organisation | None:
        """The organisation that speaks from this seat: the seat's own, else the person's."""
        return self.organisation or (self.person.organisation if self.person else None)
