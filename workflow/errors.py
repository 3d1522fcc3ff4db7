"""What can go wrong, for the user to put right.

    PoytaError
    ├── Usage            2  a word, value or option that can't be used
    │   └── BadValue        ... with the field named
    ├── Refused          3  a promise does not hold
    │   ├── NotAllowed      ... or the actor may not
    │   └── WrongState      ... or it is not the time
    ├── NotFound         4
    │   └── Ambiguous
    ├── Conflict         5  somebody else changed it meanwhile
    └── CheckFailed      6  a book, a database or a history is not as it should be

An error carries a code and facts; the sentence is made at the edge, in the reader's language. A broken promise of
ours is an AssertionError and a traceback.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from workflow.attempt import Reason


LONGEST_FACT = 500
"""How much of what somebody wrote is repeated when it can't be taken. No name is as long."""


def shortened(fact: object) -> object:
    """A fact; of a text that is too long to be repeated, the beginning."""
    return f"{fact[:LONGEST_FACT]}…" if isinstance(fact, str) and len(fact) > LONGEST_FACT else fact


class PoytaError(Exception):
    """Something that the user can put right."""

    exit_status: ClassVar[int] = 1
    error: ClassVar[str] = "fault"

    def __init__(self, code: str, remedies: Sequence[str] = (), **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = {name: shortened(fact) for name, fact in facts.items()}
        self.remedies = tuple(remedies)


class Usage(PoytaError):
    """A word, value or option that can't be used."""

    exit_status = 2
    error = "usage"


class BadValue(Usage):
    """A value that can't be taken, with the field it was given for."""

    def __init__(self, code: str, field: str, **facts: object) -> None:
        super().__init__(code, (), field=field, **facts)
        self.field = field


class Refused(PoytaError):
    """A move that was not made, with every reason. Nothing was changed."""

    exit_status = 3
    error = "refused"

    def __init__(self, row: Any, move: str, state: Any, reasons: "Sequence[Reason]", allowed: Sequence[str]) -> None:
        super().__init__("refused")
        self.row = row
        self.move = move
        self.state = state
        self.reasons = tuple(reasons)
        self.allowed = tuple(allowed)


class NotAllowed(Refused):
    """The actor lacks the role."""

    error = "not_allowed"


class WrongState(Refused):
    """The move does not lead out of the state that the thing is in."""

    error = "wrong_state"


class NotFound(PoytaError):
    """Nothing goes by that name."""

    exit_status = 4
    error = "not_found"


class Ambiguous(NotFound):
    """Several things go by that name."""

    error = "ambiguous"


class Conflict(PoytaError):
    """Somebody else changed the thing after it was shown. Nothing was changed."""

    exit_status = 5
    error = "conflict"


class CheckFailed(PoytaError):
    """A book, a database or a history is not as it should be."""

    exit_status = 6
    error = "check_failed"
