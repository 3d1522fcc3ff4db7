"""What may stand where in a table book. All of it follows from the page and from what each move may be told."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from models.states import Role
from workflow.belonging import PARENTS
from workflow.details import PERSON, PROJECT, Detail, details_of
from workflow.lifecycle import Move
from workflow.lifecycles import PAGE
from workflow.values import Choice, Day, Kind, Word

FORMAT = "table-book/1"
"""What the key `poyta` at the top of a book says."""

PLURALS: Mapping[str, str] = {
    "table": "tables",
    "theme": "themes",
    "series": "series",
    "meeting": "meetings",
    "memo": "memos",
    "item": "items",
    "rota": "rotas",
    "action": "actions",
    "referral": "referrals",
    "result": "results",
}
"""The key under which the things of a kind are listed."""

CHILDREN: Mapping[str, Mapping[str, str]] = {
    parent: {PLURALS[kind]: kind for kind, parents in PARENTS.items() if parent in parents} for parent in PLURALS
}
"""What each kind of thing has under it: the kind, by the key of its list."""

PARTIES: Mapping[str, str] = {"organisations": "organisation", "people": "person", "projects": "project"}
"""The lists of those who take part, and the kind that each holds."""

COORDINATES: Mapping[str, Kind] = {
    "person": PERSON,
    "project": PROJECT,
    "area": Word(200),
    "since": Day(),
    "until": Day(),
}
"""What is told of somebody who coordinates all tables of a project, or of an area."""

AT_THE_TOP = ("poyta", *PARTIES, "coordinators", "tables")

HOW: Mapping[str, str] = {
    "on": "the day on which it happened, or the moment",
    "by": "who did it; without it, whoever held the role on that day",
    "reason": "why, where the move asks for a reason or a promise is overridden",
    "override": "the promises that the convener overrides, by their codes",
    "confirm": "the warnings that were known, by their codes",
    "told": "the day on which it was written down, if later: then the role of that day counts",
    "number": "its place in the order of everything in the file, where the dates alone don't tell it",
}
"""What may be said of every thing and every step beside the details of its move."""

FOLLOW_UP, CARRIED_FROM, DRAFTED, TURN, NTH = (
    "follow_up",
    "carried_from",
    "drafted",
    "turn",
    "nth",
)
AUTOMATIC: Mapping[str, str] = {
    FOLLOW_UP: "true: the matter about open work that the program itself puts on the agenda",
    CARRIED_FROM: "the handle of the matter of which this is the copy for a later meeting",
    DRAFTED: "true: the referral that the program itself drafts when the matter is settled as referred",
    TURN: "true: the work that a turn of the rota brings to the party whose turn it is",
}
"""What names a thing that the program makes by itself. It has no details of its own, only steps."""

_AUTOMATIC_OF: Mapping[str, tuple[str, ...]] = {
    "item": (FOLLOW_UP, CARRIED_FROM),
    "referral": (DRAFTED,),
    "action": (TURN,),
}

WHICH: Mapping[str, str] = {NTH: "2, 3 ...: which one it is, where the first was undone and another has been made"}
"""What may be said of it besides."""

UNDO = "undo"
UNDOING = ("on", "by", "reason", "told", "number")
"""What may be said of the step that takes back the newest move of a thing with all that followed."""


def made_by_program(kind: str) -> tuple[str, ...]:
    """The keys that name a thing of this kind which the program makes by itself."""
    return _AUTOMATIC_OF.get(kind, ())


@cache
def details_at(kind: str, move: str) -> Mapping[str, Detail]:
    """What a step may be told, by name."""
    life = PAGE[kind]
    return {} if move == UNDO else details_of(life, life.moves[move])


@cache
def steps_of(kind: str) -> Mapping[str, Move]:
    """The moves and events that a book may name as a step of such a thing, in the order of the page."""
    return {name: each for name, each in PAGE[kind].moves.items() if not (each.creates or each.follows)}


def creation_of(kind: str) -> str:
    """The move that brings such a thing into being."""
    return PAGE[kind].creation.name


def choices_of(kind: Choice) -> list[StrEnum]:
    """The codes that may be chosen. Nobody is seated in a role that follows from the matter at hand."""
    return [code for code in kind.codes if not isinstance(code, Role) or code in PAGE["theme"].roles]
