"""The cards that are dealt to made-up tables: what becomes of each, in the proportions of real ones (domain.md 2-4)."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.states import Rhythm, TableKind

PROPOSALS, THEMES = 18, 24
"""How many themes of a table are never taken up, and how many it has: many are proposed and few chosen."""
PEOPLE = 6

GAPS = {
    Rhythm.MONTHLY: 28,
    Rhythm.THEMATIC: 28,
    Rhythm.SEASONAL: 91,
    Rhythm.HALF_YEARLY: 182,
    Rhythm.YEARLY: 365,
}
"""Days from a meeting to the next, by how often a table means to meet."""


@dataclass(frozen=True)
class Plan:
    """What is to become of a table."""

    kind: str = TableKind.NETWORK
    rhythm: Rhythm = Rhythm.MONTHLY
    language: str = "fi"
    end: str = "active"
    quirk: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing of it goes on, so that it may as well have been years ago."""
        return self.end != "active"


PROPOSED = {"declined": 10, "unanswered": 2, "returned": 1, "discontinued_early": 4, "only_planned": 1}
ENDED = {
    "results_one": 4,
    "results_three": 4,
    "results_early": 2,
    "results_five": 1,
    "discontinued": 3,
    "resumed": 1,
    "reopened": 1,
}
STALLED = ENDED | {
    "convened": 1,
    "agenda_set": 2,
    "held": 2,
    "assigned": 1,
    "later_held": 1,
    "no_next_date": 2,
    "called_off": 1,
    "going_on": 2,
    "overdue": 2,
    "untouched": 1,
    "waiting": 2,
    "unowned": 1,
    "not_closed": 1,
    "used_up": 2,
    "extended": 1,
    "nothing_agreed": 1,
    "falling": 1,
    "no_result": 1,
    "suspended": 2,
}
"""What becomes of themes, and of how many: few end by themselves, and each way of stalling is there (domain.md 4)."""

ROUNDS = {"results_one": 1, "reopened": 1, "results_five": 5, "results_early": 5, "only_planned": 1, "called_off": 1}
"""How many meetings are planned, where not three."""

ACTIONS = {
    "closed": 8,
    "reported": 5,
    "late": 2,
    "dropped": 1,
    "passed_on": 1,
    "waited": 1,
    "overdue": 1,
    "untouched": 1,
}
"""What becomes of actions."""

REFERRALS = {
    "reported": 4,
    "rejected": 1,
    "comes_back": 1,
    "sent": 1,
    "pending": 2,
    "drafted": 2,
    "unreported": 2,
    "withdrawn": 1,
}
"""What becomes of referrals: that the table hears of them is the step that people miss most (domain.md 3)."""

MEMOS = {"none": 1, "draft": 1, "circulated": 2, "objected": 1}
"""What becomes of the memos of meetings that are not completed."""

QUIRKS = (
    *("rules", "hand_over", "new_term", "role_ends", "project_ends"),
    *("required", "seat_empty", "secretary_gone", "convener_gone"),
)
"""What a table may have beside its themes."""


class Deck:
    """Cards that are dealt by chance, but each as often as it is in the deck."""

    def __init__(self, cards: Mapping[str, int], rng: random.Random) -> None:
        self._all = [card for card, times in cards.items() for _ in range(times)]
        self._rng = rng
        self._left: list[str] = []

    def draw(self) -> str:
        """The next card."""
        if not self._left:
            self._left = self._rng.sample(self._all, len(self._all))
        return self._left.pop()


class Decks:
    """What becomes of proposals, themes, matters, actions, memos and results, in the proportions of real tables."""

    def __init__(self, rng: random.Random) -> None:
        self.proposals = Deck(PROPOSED, rng)
        self.stalled = Deck(STALLED, rng)
        self.ended = Deck(ENDED, rng)
        self.outcomes = Deck({"agreed": 6, "noted": 2, "referred": 3, "carried_over": 1}, rng)
        self.actions = Deck(ACTIONS, rng)
        self.referrals = Deck(REFERRALS, rng)
        self.memos = Deck(MEMOS, rng)
        self.results = Deck({"recorded": 3, "confirmed": 3, "checked": 3}, rng)


def plans(rng: random.Random) -> Iterator[Plan]:
    """Tables that live, one after another, of every kind and rhythm; each eighth in Swedish."""
    quirks = Deck(dict.fromkeys(QUIRKS, 1) | {"": 6}, rng)
    kinds = Deck({"thematic": 3, "area": 3, "network": 4, "appointed": 2, "networking": 1}, rng)
    rhythms = Deck({"monthly": 4, "thematic": 3, "seasonal": 3, "half_yearly": 2, "yearly": 1}, rng)
    ends = Deck({"active": 6, "dormant": 1, "ended": 1}, rng)
    languages = Deck({"fi": 7, "sv": 1}, rng)
    while True:
        end = ends.draw()
        quirk = "" if end != "active" else quirks.draw()
        yield Plan(kinds.draw(), Rhythm(rhythms.draw()), languages.draw(), end, quirk)


UNBORN = tuple(Plan(end=end) for end in ("proposed", "returned", "declined"))
"""Tables that have not been founded, or never will be."""


def rounds(fate: str, gap: int) -> int:
    """How many meetings a theme has: 1, 3 or 5, or fewer where the table seldom meets."""
    most = 5 if gap < 60 else 3 if gap < 120 else 1
    return min(ROUNDS.get(fate, 3), most)
