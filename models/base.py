"""What every table of the database shares: its types, the names of its constraints, and how a thing has a state."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import CheckConstraint, Dialect, Integer as SqlInteger, MetaData, Text, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, Session, declared_attr, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from models.kept import clock_of, code_of, day_of, moment_of
from models.moments import written

if TYPE_CHECKING:
    from models.tables import PartnershipTable


class StateIsReadOnly(AttributeError):
    """Somebody assigned a state. Only the gate moves a thing (`workflow.engine.make_move`)."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC to the microsecond, written so that the text sorts as the time does."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write an aware moment; a naive one is a mistake of ours."""
        if value is None:
            return None
        assert value.tzinfo is not None, "a moment without a zone"
        return written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read it back, aware."""
        return None if value is None else moment_of(value)


class Day(TypeDecorator[date]):
    """A calendar day as ISO 8601."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write a day."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Read it back."""
        return None if value is None else day_of(value)


class Clock(TypeDecorator[time]):
    """A time of day, hours and minutes, as the people at the meeting read it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:
        """Write a time."""
        return None if value is None else value.strftime("%H:%M")

    def process_result_value(self, value: str | None, dialect: Dialect) -> time | None:
        """Read it back."""
        return None if value is None else clock_of(value)


class YesNo(TypeDecorator[bool]):
    """Yes or no as 1 or 0, which a STRICT table takes."""

    impl = SqlInteger
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Write 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Read it back."""
        return None if value is None else bool(value)


class Code(TypeDecorator[StrEnum]):
    """A member of an enumeration, by its stable code."""

    impl = Text
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        super().__init__()
        self.codes = codes

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Write the code; a word that is none of the codes is a mistake of ours."""
        return None if value is None else self.codes(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Read it back."""
        return None if value is None else code_of(self.codes, value)


def one_of(column: str, codes: type[StrEnum]) -> CheckConstraint:
    """A constraint that a column holds one of the codes."""
    listed = ", ".join(f"'{code.value}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Base(DeclarativeBase):
    """The root of all rows."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: SqlInteger,
        bool: YesNo,
        datetime: Moment,
        date: Day,
        time: Clock,
    }


class Stateful:
    """A thing with a state, which only the gate moves, and a version, which tells if it was changed meanwhile."""

    kind: ClassVar[str]
    states: ClassVar[type[StrEnum]]
    if TYPE_CHECKING:
        __tablename__: str

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state_since: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    """Raised by every change of the thing or of its parts: what was shown is compared with what is written."""
    entries: Mapped[int] = mapped_column(default=1)
    """How many rows its history has: the place of the newest one in its own stream."""

    @declared_attr
    def state(cls) -> Mapped[Any]:
        """Where the thing stands. Read only."""
        return mapped_column(Code(cls.states))

    @declared_attr
    def came_from(cls) -> Mapped[Any]:
        """Where the thing stood before; what was set aside goes back there."""
        return mapped_column(Code(cls.states), nullable=True)

    @declared_attr
    def translations(cls) -> Mapped[list[Any]]:
        """Its texts in other languages of its table. They are given by themselves (`workflow.changes.translate`)."""
        own = "and_(foreign(Translation.thing_id) == {0}.c.id, Translation.kind == '{1}')"
        return relationship("Translation", primaryjoin=own.format(cls.__tablename__, cls.kind), viewonly=True)

    @property
    def stream(self) -> str:
        """The name of its history: kind and number."""
        return f"{self.kind}:{self.id}"

    @property
    def wholes(self) -> list[tuple[str, int]]:
        """The things it is a part of, by kind and id: who looks at them looks at this too, so their version rises."""
        return []

    @property
    def table_number(self) -> int:
        """The id of its table, where the table itself need not be known."""
        return self.table.id

    @property
    def table(self) -> "PartnershipTable":
        """The partnership table it belongs to."""
        raise AssertionError(f"{type(self).__name__} does not say which table it belongs to")


@event.listens_for(Stateful, "attribute_instrument", propagate=True)
def _make_state_read_only(owner: type[Stateful], key: str, attribute: Any) -> None:
    if key == "state" and isinstance(owner, type) and issubclass(owner, Stateful):

        @event.listens_for(attribute, "set")
        def refuse(row: Stateful, *_: Any) -> None:
            raise StateIsReadOnly(f"{row.kind}.state is moved by workflow.engine.make_move, never assigned")


@event.listens_for(Session, "do_orm_execute")
def _no_bulk_change_of_state(call: ORMExecuteState) -> None:
    mapper = call.bind_mapper
    if not (call.is_update or call.is_insert) or mapper is None or not issubclass(mapper.class_, Stateful):
        return
    raise StateIsReadOnly(f"{mapper.class_.kind} rows are made and moved by workflow.engine, never in bulk")


def adopt(row: Stateful, name: str, parent: Stateful | None) -> None:
    """Let a row that is not written yet know its parent, without the parent knowing it."""
    set_committed_value(row, name, parent)
    setattr(row, f"{name}_id", None if parent is None else parent.id)


def join(row: Stateful, parent: Stateful, collection: str) -> None:
    """Let a parent know a row that was just written, if it has its collection in memory."""
    if collection in parent.__dict__:
        set_committed_value(parent, collection, [*getattr(parent, collection), row])


def settle_in(row: Stateful, **columns: Any) -> None:
    """Let a row in memory know what was just written of it, without marking it as changed."""
    for name, value in columns.items():
        set_committed_value(row, name, value)
