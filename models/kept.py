"""Values as the database keeps them, read back. One that poyta does not write is a problem of the database."""

import json
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from models.place import DatabaseProblem

Codes = TypeVar("Codes", bound=StrEnum)
LONGEST = 80
"""How much of a strange value is repeated."""


def moment_of(text: str) -> datetime:
    """A moment. Raises DatabaseProblem."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise strange(text) from None
    if moment.tzinfo is None:
        raise strange(text)
    return moment


def day_of(text: str) -> date:
    """A day. Raises DatabaseProblem."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise strange(text) from None


def clock_of(text: str) -> time:
    """A time of day. Raises DatabaseProblem."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise strange(text) from None


def code_of(codes: type[Codes], text: str) -> Codes:
    """One of the codes. Raises DatabaseProblem."""
    try:
        return codes(text)
    except ValueError:
        raise strange(text) from None


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The facts of an entry of the history: pairs of text. Raises DatabaseProblem."""
    try:
        facts = [(name, value) for name, value in json.loads(text)]
    except (ValueError, TypeError, RecursionError):
        raise strange(text) from None
    if not all(isinstance(each, str) for fact in facts for each in fact):
        raise strange(text)
    return facts


def strange(value: str) -> DatabaseProblem:
    """What is said of it."""
    return DatabaseProblem("strange_value", value=value if len(value) <= LONGEST else f"{value[:LONGEST]}…")
