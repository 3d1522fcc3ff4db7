"""Whether what several at once were told can be true: as if all had been done in single moments, one after another.

The history gives the order. It has to hold every acknowledged command once and no other, without gaps; each move was
made from what was seen; nobody was told of a later one before an earlier one had begun; and nobody saw what was older
than what had been acknowledged.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import Action
from models.database import Database
from models.history import HistoryEntry
from models.tables import Theme
from tests.torture.crowd import Told

OURS = {"done", "repeated", "stale", "changed_meanwhile", "locked"}
"""What somebody may be told. Whatever is not done leaves no trace."""


def contradictions(place: str, log: Sequence[Told]) -> Counter[str]:
    """What can't be true of what they were told, counted by kind."""
    database = Database(place)
    with database.reading() as session:
        found = Counter(
            [
                *_answers(log),
                *_history(session),
                *_winners(session, log),
                *_commands(session, log),
                *_changes(session),
                *_order(log),
                *_sights(log),
            ]
        )
    database.close()
    return found


def _answers(log: Iterable[Told]) -> Iterator[str]:
    for told in log:
        if told.what != "saw" and told.answer not in OURS:
            yield told.answer


def _history(session: Session) -> Iterator[str]:
    """Entries are numbered without gaps in their table and in their stream, and each leads on from the one before."""
    entries = session.scalars(select(HistoryEntry).order_by(HistoryEntry.table_id, HistoryEntry.number)).all()
    numbers: dict[object, list[int]] = defaultdict(list)
    streams: dict[str, list[HistoryEntry]] = defaultdict(list)
    for entry in entries:
        numbers[entry.table_id].append(entry.number)
        streams[entry.stream].append(entry)
    for found in numbers.values():
        if found != list(range(1, len(found) + 1)):
            yield "a gap in a table"
    for told in streams.values():
        if [entry.version for entry in told] != list(range(1, len(told) + 1)):
            yield "a gap in a stream"
        for one, next_one in pairwise(told):
            if one.to_state != next_one.from_state or next_one.prev != one.hash:
                yield "a move from elsewhere"
    for row in [*session.scalars(select(Action)), *session.scalars(select(Theme))]:
        if (row.state.value, row.entries) != (streams[row.stream][-1].to_state, len(streams[row.stream])):
            yield "a state without its history"


def _winners(session: Session, log: Iterable[Told]) -> Iterator[str]:
    """Of all who had seen the same version one won, each time until the last."""
    won: dict[str, list[int]] = defaultdict(list)
    for told in log:
        if told.what == "move" and told.answer == "done":
            won[told.thing].append(told.seen)
    for thing, versions in won.items():
        yield from ["two from the same version"] * (len(versions) - len(set(versions)))
        if thing.startswith("A"):  # the theme's version rises with every action
            now = session.get_one(Action, int(thing[1:])).version
            if set(range(min(versions), now)) != set(versions):
                yield "a version that nobody made"


def _commands(session: Session, log: Iterable[Told]) -> Iterator[str]:
    """Whatever was acknowledged is there once; what was not, is not."""
    given = {told.command for told in log if told.command}
    known = session.scalars(select(HistoryEntry.cmd_id).where(HistoryEntry.cmd_id.in_(given))).all()
    done = Counter(told.command for told in log if told.answer == "done")
    if max(done.values(), default=0) > 1 or len(known) != len(set(known)):
        yield "a command done twice"
    if done.keys() - set(known):
        yield "an acknowledged command that is lost"
    if set(known) - done.keys():
        yield "a command done that was refused"
    names = Counter(session.scalars(select(Action.what).where(Action.what.startswith("Kaksonen"))))
    if max(names.values(), default=0) > 1:
        yield "a thing made twice"


def _changes(session: Session) -> Iterator[str]:
    """What is counted was counted each time."""
    for action in session.scalars(select(Action)):
        told = select(HistoryEntry).filter_by(stream=action.stream, move="postpone")
        if action.postponements != len(session.scalars(told).all()):
            yield "a change that is lost"


def _order(log: Iterable[Told]) -> Iterator[str]:
    """Nothing that was over before another began comes after it in the history."""
    latest = 0.0
    for told in sorted((told for told in log if told.answer == "done"), key=lambda told: told.number):
        if told.ended < latest:
            yield "a history in another order"
        latest = max(latest, told.begun)


def _sights(log: Iterable[Told]) -> Iterator[str]:
    """Whoever looks sees at least what was acknowledged before."""
    known: dict[str, int] = defaultdict(int)
    moments = [(told.ended, 0, told) for told in log if told.answer == "done" and told.what == "move"]
    moments += [(told.begun, 1, told) for told in log if told.what == "saw"]
    for _, looks, told in sorted(moments, key=lambda moment: moment[:2]):
        if not looks:
            known[told.thing] = max(known[told.thing], told.version)
        elif told.version < known[told.thing]:
            yield "an old sight"
