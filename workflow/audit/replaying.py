"""Where a thing stands, from its history alone: now, or at any moment of the past."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

COMPENSATING = "undoes"
"""The fact by which an entry says that it takes another back."""


class Stood(NamedTuple):
    """A state, where the thing had come from, and since when it stood there."""

    state: str
    came_from: str | None
    since: str


class Standing:
    """One thing as its entries tell of it, one after another."""

    def __init__(self) -> None:
        self._entered: list[Stood] = []

    @property
    def now(self) -> Stood | None:
        """Where it stands, if it is there at all."""
        return self._entered[-1] if self._entered else None

    def hear(self, move: str, source: str | None, to: str, happened_at: str, facts: str) -> None:
        """One more entry. What is taken back is as if it had not been; an event leaves the state as it is."""
        if move == "undo":
            del self._entered[-1:]  # nothing, where other hands have taken away what was undone
        elif source != to:
            withdrawn = f'["{COMPENSATING}"' in facts
            self._entered.append(Stood(to, None if withdrawn else source, happened_at))


def standings(entries: Iterable[Mapping[str, Any]]) -> dict[str, Stood]:
    """Where everything stands that these entries tell of, by stream. They are in the order in which they were added."""
    heard: dict[str, Standing] = {}
    for entry in entries:
        told = (entry["move"], entry["from_state"], entry["to_state"], entry["happened_at"], entry["facts"])
        heard.setdefault(entry["stream"], Standing()).hear(*told)
    return {stream: standing.now for stream, standing in heard.items() if standing.now is not None}
