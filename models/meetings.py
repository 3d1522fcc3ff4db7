"""The meetings around a theme: their series, agenda and attendance."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.actions import Action, Referral
from models.base import Base, Code, Stateful, one_of
from models.people import Organisation, Person
from models.states import (
    Channel,
    Entry,
    ItemKind,
    ItemOutcome,
    ItemState,
    Lateness,
    MeetingState,
    MemoState,
    Mode,
    Origin,
    Presence,
    Sector,
    SeriesState,
)
from models.tables import OfTheme, PartnershipTable, Theme


class MeetingSeries(OfTheme, Base):
    """The meetings around a theme: 1, 3, 5, or as many as it takes. Its state says where the present round is."""

    __tablename__ = "meeting_series"
    __table_args__ = (
        one_of("state", SeriesState),
        CheckConstraint("planned_meetings IS NULL OR planned_meetings > 0", name="planned_meetings"),
        Index(None, "theme_id"),
        {"sqlite_strict": True},
    )
    kind = "series"
    states = SeriesState

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    planned_meetings: Mapped[int | None]
    revisit_on: Mapped[date | None]
    suspended_with_theme: Mapped[bool] = mapped_column(default=False)

    theme: Mapped[Theme] = relationship(back_populates="series", lazy="joined", innerjoin=True)
    meetings: Mapped[list["Meeting"]] = relationship(back_populates="series", order_by="Meeting.id")
    shared_meetings: Mapped[list["Meeting"]] = relationship(secondary="joint_meetings", back_populates="joined_by")

    @property
    def title(self) -> str:
        """What people call it: the theme's title."""
        return self.theme.title

    @property
    def all_meetings(self) -> list["Meeting"]:
        """Its own meetings, and the joint ones it takes part in."""
        return [*self.meetings, *self.shared_meetings]


joint_meetings = Table(
    "joint_meetings",
    Base.metadata,
    Column("meeting_id", ForeignKey("meetings.id"), primary_key=True),
    Column("series_id", ForeignKey("meeting_series.id"), primary_key=True, index=True),
    sqlite_strict=True,
)
"""The series of other tables that a joint meeting also belongs to."""


class MeetingChannel(Base):
    """One of the ways in which people were invited to a meeting."""

    __tablename__ = "meeting_channels"
    __table_args__ = (one_of("channel", Channel), {"sqlite_strict": True})

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(Code(Channel), primary_key=True)


class Meeting(Stateful, Base):
    """One gathering of the partners, from its planning to its last agreed word."""

    __tablename__ = "meetings"
    __table_args__ = (
        one_of("state", MeetingState),
        one_of("mode", Mode),
        CheckConstraint("begins_at IS NULL OR ends_at IS NULL OR begins_at < ends_at", name="times"),
        Index(None, "series_id"),
        {"sqlite_strict": True},
    )
    kind = "meeting"
    states = MeetingState

    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"))
    begins_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    place: Mapped[str | None]
    link: Mapped[str | None]
    mode: Mapped[Mode] = mapped_column(Code(Mode), default=Mode.ON_SITE)
    items_by: Mapped[date | None]
    reschedules: Mapped[int] = mapped_column(default=0)
    agenda_places: Mapped[int] = mapped_column(default=0)
    """How many places its agenda has given out: none is ever used twice."""
    no_actions_because: Mapped[str | None]
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    series: Mapped[MeetingSeries] = relationship(back_populates="meetings", lazy="joined", innerjoin=True)
    joined_by: Mapped[list[MeetingSeries]] = relationship(
        secondary=joint_meetings, back_populates="shared_meetings", order_by=MeetingSeries.id
    )
    chair: Mapped[Person | None] = relationship(foreign_keys=chair_id)
    secretary: Mapped[Person | None] = relationship(foreign_keys=secretary_id)
    channels: Mapped[list[MeetingChannel]] = relationship(cascade="all, delete-orphan", order_by=MeetingChannel.channel)
    items: Mapped[list["AgendaItem"]] = relationship(back_populates="meeting", order_by="AgendaItem.position")
    memos: Mapped[list["Memo"]] = relationship(back_populates="meeting", foreign_keys="Memo.meeting_id")
    """One, when it has been begun."""
    attendance: Mapped[list["Attendance"]] = relationship(cascade="all, delete-orphan", order_by="Attendance.id")
    head_counts: Mapped[list["HeadCount"]] = relationship(cascade="all, delete-orphan", order_by="HeadCount.id")

    @property
    def wholes(self) -> list[tuple[str, int]]:
        """Its series, and those of the other tables at a joint meeting."""
        return [("series", series.id) for series in self.all_series]

    @property
    def table(self) -> PartnershipTable:
        """The table of its own series."""
        return self.series.theme.table

    @property
    def title(self) -> str:
        """What people call it: the theme's title."""
        return self.series.theme.title

    @property
    def all_series(self) -> list[MeetingSeries]:
        """Its own series, and those of the other tables at a joint meeting."""
        return [self.series, *self.joined_by]


class AgendaItem(OfTheme, Base):
    """A matter that somebody brings to a meeting of the table."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        one_of("state", ItemState),
        one_of("origin", Origin),
        one_of("kind_of_item", ItemKind),
        one_of("outcome", ItemOutcome),
        one_of("lateness", Lateness),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        UniqueConstraint("theme_id", "number"),
        UniqueConstraint("meeting_id", "position"),
        Index(None, "carried_from_id"),
        {"sqlite_strict": True},
    )
    kind = "item"
    states = ItemState

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    number: Mapped[int]
    """Its number among the matters of its theme: T3/1 for as long as it is on no agenda."""
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int | None]
    title: Mapped[str]
    origin: Mapped[Origin | None] = mapped_column(Code(Origin))
    origin_detail: Mapped[str | None]
    kind_of_item: Mapped[ItemKind] = mapped_column(Code(ItemKind), default=ItemKind.DISCUSSION)
    minutes: Mapped[int | None]
    lateness: Mapped[Lateness] = mapped_column(Code(Lateness), default=Lateness.ON_TIME)
    outcome: Mapped[ItemOutcome | None] = mapped_column(Code(ItemOutcome))
    agreed: Mapped[str | None]
    needs_no_action: Mapped[bool] = mapped_column(default=False)
    precedes: Mapped[str | None]
    confidential: Mapped[str | None]
    """The ground in law on which it is not public (Openness Act 621/1999, section 24); nothing where it is."""
    submitter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    presenter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    presenting_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))

    theme: Mapped[Theme] = relationship(back_populates="items", lazy="joined", innerjoin=True)
    meeting: Mapped[Meeting | None] = relationship(back_populates="items")
    submitter: Mapped[Person | None] = relationship(foreign_keys=submitter_id)
    presenter: Mapped[Person | None] = relationship(foreign_keys=presenter_id)
    presenting_organisation: Mapped[Organisation | None] = relationship()
    carried_from: Mapped["AgendaItem | None"] = relationship(remote_side="AgendaItem.id")
    actions: Mapped[list[Action]] = relationship(back_populates="item", order_by=Action.id)
    referrals: Mapped[list[Referral]] = relationship(back_populates="item", order_by=Referral.id)


class MemoEntry(Base):
    """One text of a memo, as somebody wrote it at some time. What was written before it stays."""

    __tablename__ = "memo_entries"
    __table_args__ = (
        one_of("entry", Entry),
        UniqueConstraint("memo_id", "revision"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    memo_id: Mapped[int] = mapped_column(ForeignKey("memos.id"))
    revision: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    entry: Mapped[Entry] = mapped_column(Code(Entry))
    text: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]
    item: Mapped[AgendaItem | None] = relationship()
    author: Mapped[Person] = relationship()


class Memo(OfTheme, Base):
    """What is remembered of a meeting in words: sent to all, and confirmed by silence or by the next meeting."""

    __tablename__ = "memos"
    __table_args__ = (
        one_of("state", MemoState),
        UniqueConstraint("meeting_id"),
        Index(None, "theme_id"),
        {"sqlite_strict": True},
    )
    kind = "memo"
    states = MemoState

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    silent_until: Mapped[date | None]
    confirmed_in_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    link: Mapped[str | None]
    published_until: Mapped[date | None]
    register_number: Mapped[str | None]

    theme: Mapped[Theme] = relationship(back_populates="memos", lazy="joined", innerjoin=True)
    meeting: Mapped[Meeting] = relationship(back_populates="memos", foreign_keys=meeting_id)
    confirmed_in: Mapped[Meeting | None] = relationship(foreign_keys=confirmed_in_id)
    entries_written: Mapped[list[MemoEntry]] = relationship(cascade="all, delete-orphan", order_by=MemoEntry.revision)

    @property
    def title(self) -> str:
        """What people call it: the theme's title."""
        return self.theme.title


class Attendance(Base):
    """One party's presence at a meeting: who, from when to when, in whose place."""

    __tablename__ = "attendance"
    __table_args__ = (
        one_of("presence", Presence),
        CheckConstraint("person_id IS NOT NULL OR organisation_id IS NOT NULL", name="somebody"),
        Index(None, "meeting_id"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    presence: Mapped[Presence] = mapped_column(Code(Presence), default=Presence.PRESENT)
    arrived: Mapped[time | None]
    left: Mapped[time | None]
    only_for: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    organisation: Mapped[Organisation | None] = relationship()
    deputy_for: Mapped[Person | None] = relationship(foreign_keys=deputy_for_id)

    @property
    def party(self) -> Organisation | None:
        """The organisation that was present."""
        return self.organisation or (self.person.organisation if self.person else None)


class HeadCount(Base):
    """How many people of one sector came to an open meeting, or how many in all, as counted.

    The groups need not make up the total: people are counted as they come (domain.md 9, case 25).
    """

    __tablename__ = "head_counts"
    __table_args__ = (
        one_of("sector", Sector),
        CheckConstraint("people >= 0", name="people"),
        UniqueConstraint("meeting_id", "sector"),
        {"sqlite_strict": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    sector: Mapped[Sector | None] = mapped_column(Code(Sector))
    people: Mapped[int]
