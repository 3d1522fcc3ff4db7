"""The rules as a text, one line for each thing declared: its hash is the version that each entry of the history names.

The ways are told in full, so that whoever judges an entry by this text later need not know what "back", "final" or
"undo" meant to the program of that day (`workflow.rulebooks` reads it).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workflow.registering import REGISTER

if TYPE_CHECKING:
    from workflow.lifecycle import FollowOn, Lifecycle, Move, Page, Promise, State

FORMAT = "rules 1"
"""What a text of this form begins with."""

UNDO, WITHDRAW = "undo", "withdraw"
"""What the entry of a move taken back is called, and that of a thing which had come into being by what is undone."""


def declared(page: "Page") -> str:
    """Everything that the page and the register declare."""
    lines = [FORMAT, *(line for life in page.lifecycles.values() for line in _life(page, life))]
    lines += (_follow_on(each) for each in page.follow_ons)
    lines += (_way(kind, name, way.source, way.to) for kind, ways in REGISTER.items() for name, way in ways.items())
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _life(page: "Page", life: "Lifecycle") -> Iterable[str]:
    yield from (f"state {life.kind} {state}" for state in life.states)
    yield f"path {life.kind} {_listed(life.path)}"
    yield f"ends {life.kind} {_listed(sorted(life.ends))}"
    yield f"roles {life.kind} {_listed(sorted(life.roles))}"
    for each in life.moves.values():
        yield _move(life, each)
        yield from (_way(life.kind, each.name, edge.source, edge.to) for edge in life.edges if edge.move is each)
    yield from _compensations(page, life)
    yield from (_promise(life, state, each) for state in life.states for each in life.promises[state])


def _move(life: "Lifecycle", each: "Move") -> str:
    said = {
        "creates": each.creates,
        "event": each.to is None,
        "back": each.goes_back,
        "reason": each.reason,
        "final": each.final,
    }
    return _joined("move", life.kind, each.name, _listed(each.by), *(word for word, true in said.items() if true))


def _compensations(page: "Page", life: "Lifecycle") -> Iterable[str]:
    """Who takes a move back, and between which states; and who takes along what had followed into being."""
    if undone := [edge for edge in life.edges if edge.move.undoable]:
        yield f"undo {life.kind} {UNDO} {_listed(_roles(edge.move for edge in undone))}"
        yield from (_way(life.kind, UNDO, edge.to, edge.source) for edge in undone)
    if any(follow.creates and follow.kind == life.kind for follow in page.follow_ons):
        yield f"undo {life.kind} {WITHDRAW} {_listed(_roles([life.creation]))}"


def _roles(moves: "Iterable[Move]") -> list[str]:
    return sorted({role for each in moves for role in each.by})


def _promise(life: "Lifecycle", state: "State", each: "Promise") -> str:
    said = ["fixed"] if each.fixed else []
    said += [f"off_for={_listed(sorted(each.off_for))}"] if each.off_for else []
    return _joined("promise", life.kind, state, each.code, each.level, *said)


def _follow_on(each: "FollowOn") -> str:
    said = {"if_promises_hold": each.if_promises_hold, "creates": each.creates}
    return _joined("follow", each.cause, each.then, each.of.__name__, *(word for word, true in said.items() if true))


def _way(kind: str, name: str, source: str | None, to: str | None) -> str:
    return _joined("way", kind, name, source or "-", to)


def _joined(*words: object) -> str:
    return " ".join(map(str, words))


def _listed(names: Iterable[str]) -> str:
    return ",".join(names) or "-"
