"""What reading in a book did, or would do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.states import Level
from workflow.attempt import Reason
from workflow.days import local_day
from workflow.exchange.book import Deed
from workflow.outcomes import Outcome


@dataclass
class Summary:
    """Counts of everything that happened in the books."""

    parties: Counter[str] = field(default_factory=Counter)
    """New people, organisations, projects and coordinators, by kind."""
    things: Counter[str] = field(default_factory=Counter)
    """New things, by kind."""
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What was done, by kind and move."""
    followed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What followed by itself, by kind and move."""
    warnings: Counter[str] = field(default_factory=Counter)
    """Warnings that are confirmed by reading the book in, by code."""
    confirmed: Counter[str] = field(default_factory=Counter)
    """Warnings that the book itself confirms, by code."""
    overrides: Counter[str] = field(default_factory=Counter)
    """Promises that the convener overrode, by code."""
    tables: list[str] = field(default_factory=list)
    """The short names of the new tables."""
    first: date | None = None
    last: date | None = None

    def count(self, deed: Deed, outcome: Outcome) -> None:
        """Take in what came of one deed."""
        made = outcome.made
        self.moves[made.kind, made.move] += 1
        for told in outcome.followed:
            self.followed[told.kind, told.move] += 1
        for told in (made, *outcome.followed):
            self.things[told.kind] += told.source is None
        self._waived(outcome.waived, deed.confirms)
        if made.kind == "table" and made.source is None:
            self.tables.append(made.row.slug)
        day = local_day(outcome.happened_at)
        self.first = min(self.first or day, day)
        self.last = max(self.last or day, day)

    def document(self) -> dict[str, Any]:
        """The same for programs."""
        counts = ("parties", "things", "moves", "followed", "warnings", "confirmed", "overrides")
        days = {"first": self.first, "last": self.last}
        return {
            "tables": self.tables,
            **{name: day.isoformat() if day else None for name, day in days.items()},
            **{name: {_key(key): n for key, n in sorted(getattr(self, name).items()) if n} for name in counts},
        }

    def _waived(self, reasons: Iterable[Reason], confirms: Iterable[str]) -> None:
        for reason in reasons:
            if reason.level is not Level.WARN:
                self.overrides[reason.code] += 1
            elif reason.code in confirms:
                self.confirmed[reason.code] += 1
            else:
                self.warnings[reason.code] += 1


def _key(key: str | tuple[str, str]) -> str:
    return key if isinstance(key, str) else " ".join(key)
