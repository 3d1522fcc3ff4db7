"""What is wrong with a database: what, where, since when. Of many alike the first are told, and all are counted."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

AT_MOST = 20
"""How many findings of one kind are told one by one."""


class Finding(NamedTuple):
    """One thing that is not as it should be."""

    code: str
    where: str = ""
    """The entry (`keuruu 17`, or `poyta 3` for one of no table) or the thing (`theme:3`)."""
    since: str | None = None
    """When the entry was recorded that shows it first; a claim of some computer's clock."""
    facts: Mapping[str, object] = {}


class Findings:
    """Everything that was found."""

    def __init__(self) -> None:
        self.told: list[Finding] = []
        self.counted: Counter[str] = Counter()

    def add(self, code: str, where: str = "", since: str | None = None, **facts: object) -> None:
        """Something more."""
        self.counted[code] += 1
        if self.counted[code] <= AT_MOST:
            self.told.append(Finding(code, where, since, facts))

    @property
    def untold(self) -> dict[str, int]:
        """How many more there are of each kind."""
        return {code: number - AT_MOST for code, number in self.counted.items() if number > AT_MOST}
