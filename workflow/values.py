"""How a value is read, whether typed or from a book, and how history tells of it. Wrong ones are refused by field."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from workflow.errors import BadValue, NotFound
from workflow.language.dates import UnreadableDate, moment, read_when
from workflow.language.letters import composed, unfit

if TYPE_CHECKING:
    from workflow.work import Work


class Span(NamedTuple):
    """From when to when; the end may be left open."""

    begins: datetime
    ends: datetime | None


class Kind:
    """A kind of value."""

    metavar = "TEXT"
    schema: Mapping[str, object] = MappingProxyType({"type": "string"})
    personal = False
    """Whether history keeps it among the words, which can be erased."""

    def read(self, value: object, field: str, work: "Work") -> Any:
        """The value itself. Raises BadValue, NotFound or Ambiguous."""
        raise AssertionError

    def tell(self, value: Any) -> str:
        """The value as history keeps it: codes, numbers and names of things, never of people."""
        return str(value)


class Text(Kind):
    """Words that people write, in one piece: NFC, without control characters."""

    personal = True

    def __init__(self, longest: int = 2000) -> None:
        self.longest = longest

    def read(self, value: object, field: str, work: "Work") -> str:
        """The words, tidied at both ends."""
        return clean_text(value, field, self.longest)


class Word(Text):
    """A short name that history may keep: a register paragraph, an area, a short name of a table."""

    personal = False


class Short(Word):
    """The short name of a table: small letters, digits and hyphens."""

    def read(self, value: object, field: str, work: "Work") -> str:
        """The short name."""
        text = clean_text(value, field, 40)
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", text) or re.fullmatch(r"[a-z]\d+", text):
            raise BadValue("not_a_short_name", field, value=text)
        return text


class Number(Kind):
    """A whole number."""

    metavar = "N"

    def __init__(self, least: int = 1, most: int = 10_000) -> None:
        self.least, self.most = least, most
        self.schema = {"type": "integer", "minimum": least, "maximum": most}

    def read(self, value: object, field: str, work: "Work") -> int:
        """The number, within its limits."""
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,6}", str(value).strip()):
            raise BadValue("not_a_number", field, value=str(value))
        number = int(str(value))
        if not self.least <= number <= self.most:
            raise BadValue("out_of_range", field, value=number, least=self.least, most=self.most)
        return number


class Euros(Number):
    """An amount in whole euros, as people write it: 5000, 5 000 €."""

    def __init__(self) -> None:
        super().__init__(0, 999_999_999)

    def read(self, value: object, field: str, work: "Work") -> int:
        """The number of euros."""
        found = re.fullmatch(r"(\d{1,3}(?: \d{3}){1,2}|\d{1,9})(?:[.,]00)?(?: ?(?:€|e|eur|euroa|euro))?", _plain(value))
        if isinstance(value, bool) or found is None:
            raise BadValue("not_whole_euros", field, value=str(value))
        return int(found[1].replace(" ", ""))


def _plain(value: object) -> str:
    """Without the spaces that keep the parts of a number together."""
    return str(value).strip().lower().replace("\u00a0", " ").replace("\u202f", " ")


class Flag(Kind):
    """Yes or no."""

    metavar = ""
    schema = MappingProxyType({"type": "boolean"})

    def read(self, value: object, field: str, work: "Work") -> bool:
        """True or false."""
        if not isinstance(value, bool):
            raise BadValue("not_yes_or_no", field, value=str(value))
        return value


class Choice(Kind):
    """One of a few codes."""

    def __init__(self, codes: type[StrEnum]) -> None:
        self.codes = codes
        self.metavar = "|".join(code.value for code in codes) if len(codes) < 5 else codes.__name__.upper()
        self.schema = {"enum": [code.value for code in codes]}

    def read(self, value: object, field: str, work: "Work") -> StrEnum:
        """The code; hyphens do for underscores."""
        word = str(value).strip().lower().replace("-", "_")
        try:
            return self.codes(word)
        except ValueError:
            raise BadValue(
                "not_a_choice", field, value=str(value), choices=[code.value for code in self.codes]
            ) from None


class Day(Kind):
    """A calendar day."""

    metavar = "DATE"
    schema = MappingProxyType({"type": "string", "description": "2023-03-07 or 7.3.2023"})

    def read(self, value: object, field: str, work: "Work") -> date:
        """The day, as people type it or as YAML knows it."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        day: date = _when(value, field).day
        return day


class When(Kind):
    """A time on a day, and mostly until when."""

    metavar = "DATE"
    schema = MappingProxyType({"type": "string", "description": "7.3.2023 klo 17-18.30 or 2023-03-07 17:00-18:30"})

    def read(self, value: object, field: str, work: "Work") -> Span:
        """When it begins and ends."""
        when = _when(value, field)
        if when.begins is None:
            raise BadValue("no_time", field, value=str(value))
        ends = None if when.ends is None else moment(when.day, when.ends)
        return Span(moment(when.day, when.begins), ends)

    def tell(self, value: Span) -> str:
        """Both ends in UTC."""
        from models.moments import written

        return written(value.begins) + ("/" + written(value.ends) if value.ends else "")


class TimeOfDay(Kind):
    """A time of day: 17, 17.30 or 17:30."""

    metavar = "TIME"

    def read(self, value: object, field: str, work: "Work") -> time:
        """Hours and minutes."""
        if isinstance(value, int) and not isinstance(value, bool) and value > 23:
            value = f"{value // 60}:{value % 60:02}"  # YAML 1.1 reads 17:30 as a number in base sixty
        found = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?", str(value).strip())
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise BadValue("not_a_time", field, value=str(value))
        return time(int(found[1]), int(found[2] or 0))

    def tell(self, value: time) -> str:
        """Hours and minutes."""
        return value.strftime("%H:%M")


class Thing(Kind):
    """Something that has a name in poyta: a person, an organisation, a meeting, an action."""

    metavar = "NAME"

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds
        self.metavar = "PARTY" if len(kinds) > 1 else kinds[0].upper()

    def read(self, value: object, field: str, work: "Work") -> Any:
        """The row that goes by the name."""
        found = work.find(clean_text(value, field, 300), *self.kinds)
        if getattr(found, "forgotten", False):
            raise BadValue("forgotten", field, reference=found.name)
        return found

    def tell(self, value: Any) -> str:
        """Its reference: a person's pseudonym, never a name."""
        from workflow.references import reference

        return f"person:{value.pseudonym}" if value.kind == "person" else reference(value)


class Pair(Kind):
    """A name and what is said of it: NAME=VALUE."""

    def __init__(self, left: Kind, right: Kind) -> None:
        self.left, self.right = left, right
        self.metavar = f"{left.metavar}={right.metavar}"
        self.personal = left.personal or right.personal

    def read(self, value: object, field: str, work: "Work") -> tuple[Any, Any]:
        """Both sides."""
        name, equals, said = str(value).rpartition("=")
        if not equals:
            raise BadValue("not_a_pair", field, value=str(value))
        return self.left.read(name, field, work), self.right.read(said, field, work)

    def tell(self, value: tuple[Any, Any]) -> str:
        """Both sides."""
        return f"{self.left.tell(value[0])}={self.right.tell(value[1])}"


class Many(Kind):
    """Several of a kind: repeated, or with commas between."""

    def __init__(self, kind: Kind) -> None:
        self.one = kind
        self.metavar = f"{kind.metavar},..."
        self.personal = kind.personal
        self.schema = {"type": "array", "items": kind.schema}

    def read(self, value: object, field: str, work: "Work") -> list[Any]:
        """Each of them, once."""
        return list(dict.fromkeys(one for each in _listed(value) for one in self._parts(each, field, work)))

    def _parts(self, value: object, field: str, work: "Work") -> Iterable[Any]:
        """What one word of the command line means: a name may have commas in it, several have commas between them."""
        if not isinstance(value, Typed):
            return [self.one.read(value, field, work)]
        if isinstance(self.one, Thing) and "," in value:
            with suppress(NotFound):
                return [self.one.read(str(value), field, work)]
        parts = (part.strip() for part in value.split(","))
        return [self.one.read(part, field, work) for part in parts if part]

    def tell(self, value: list[Any]) -> str:
        """Each of them."""
        return " ".join(self.one.tell(each) for each in value)


def clean_text(value: object, field: str, longest: int) -> str:
    """Words in NFC without control characters, or BadValue."""
    if not isinstance(value, (str, int, float, date)) or isinstance(value, bool):
        raise BadValue("not_text", field, value=type(value).__name__)
    text = str(value).replace("\r\n", "\n").strip()
    if len(text) > 4 * longest:  # before it is composed, which may be slow work and makes it shorter
        raise BadValue("too_long", field, length=len(text), most=longest)
    if bad := unfit(text) or next((each for each in text if _controls(each)), None):
        raise BadValue("control_character", field, character=f"U+{ord(bad):04X}")
    text = composed(text)
    if not text:
        raise BadValue("empty", field)
    if len(text) > longest:
        raise BadValue("too_long", field, length=len(text), most=longest)
    return text


def _controls(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" and letter not in "\n\t"


def _when(value: object, field: str) -> Any:
    try:
        return read_when(str(value))
    except UnreadableDate as why:
        raise BadValue(f"date_{why.reason}", field, value=str(value)) from None


class Typed(str):
    """A word from the command line, in which commas may part several values. A book has a list for those."""

    __slots__ = ()


def _listed(value: object) -> Iterable[object]:
    if isinstance(value, list):
        return value
    return [
        Typed(each) if isinstance(each, str) else each for each in (value if isinstance(value, tuple) else (value,))
    ]
