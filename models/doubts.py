"""Whether the history of a file still is what was seen of it; if not, what differs, and since when."""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from models.checkpoints import Checkpoint, unlike
from models.fingerprint import Ask
from models.memory import Receipt, Remembered, Seen
from models.place import DatabaseProblem


class Doubt(DatabaseProblem):
    """What speaks against going on from a history."""


class Restored(NamedTuple):
    """What the history says of an older state that was put in its place: who, when, and how many entries it had."""

    who: str | None
    when: datetime
    size: int


def doubt(place: str, ask: Ask, remembered: Remembered, earlier: Callable[[], Sequence[Seen]]) -> Doubt | None:
    """What is not as it was seen at a place. `earlier` answers everything that was seen there, the oldest first."""
    newest = remembered.newest
    code = unlike(ask, newest.checkpoint)
    if code is None:
        lost = _first_lost(ask, remembered.receipts)
        return Doubt("history_lacks_own", number=lost, place=place) if lost else None
    ((found,),) = ask("SELECT COALESCE(MAX(id), 0) FROM history")
    facts = {"seen": newest.checkpoint.size, "seen_on": newest.at, "found": found, "place": place}
    if code == "another":
        return Doubt("history_of_another", **facts)
    if (fits := _newest_that_fits(ask, earlier())) is not None:
        facts |= {"fits": fits.checkpoint.size, "fits_on": fits.at}
    if (restored := _restored(ask, newest, fits.checkpoint.size if fits else 0)) is not None:
        told = {"who": restored.who, "restored_on": restored.when, "restored": restored.size}
        return Doubt("history_restored", **facts, **told)
    if code == "shorter":
        return Doubt("history_shorter", **facts)
    return Doubt("history_otherwise", **facts)


def _first_lost(ask: Ask, receipts: Iterable[Receipt]) -> int | None:
    """The first entry that was acknowledged and is not there as it was."""
    wanted = dict(receipts)
    places = ", ".join(map(str, wanted))
    found = dict(map(tuple, ask(f"SELECT id, hash FROM history WHERE id IN ({places})")))  # noqa: S608  # numbers
    return next((place for place, hash in wanted.items() if found.get(place) != hash), None)


def _newest_that_fits(ask: Ask, earlier: Sequence[Seen]) -> Seen | None:
    """A history that fits one checkpoint fits all that were seen before it."""
    fitting = bisect_left(earlier, True, key=lambda seen: unlike(ask, seen.checkpoint) is not None)
    return earlier[fitting - 1] if fitting else None


def _restored(ask: Ask, newest: Seen, after: int) -> Restored | None:
    """The entry that tells of a restoring, where it tells of just what was seen. It may have been forged like any."""
    for place, when, facts, who in ask(_RESTORED.format(after=after, upto=newest.checkpoint.size)):
        with suppress(ValueError, TypeError):  # by other hands
            if _tells_of(dict(json.loads(facts)), newest.checkpoint):
                return Restored(who, datetime.fromisoformat(when), place - 1)
    return None


_RESTORED = (
    "SELECT h.id, h.recorded_at, h.facts, p.name FROM history h LEFT JOIN people p ON p.pseudonym = h.actor"
    " WHERE h.stream = 'database:1' AND h.move = 'restore' AND h.id > {after} AND h.id <= {upto} ORDER BY h.id DESC"
)


def _tells_of(told: dict[str, str], seen: Checkpoint) -> bool:
    if "replaced_size" not in told:  # what was replaced could not be read any more
        return True
    size = int(told["replaced_size"])
    return size > seen.size or (size == seen.size and told.get("replaced_root") == seen.root)
