"""The words for the codes: states, roles, kinds, moves. English here, Finnish and Swedish through the catalogue.

The English word for a code is the code itself with spaces, unless it is listed here. The catalogue tells words of one
spelling apart by whose they are: a meeting that is held and a theme that is held differ in Finnish.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from models import states
from models.states import Role


class Word(NamedTuple):
    """An English word, and whose it is: what gettext calls its context."""

    context: str
    english: str


STATES: Mapping[str, type[StrEnum]] = {
    "table": states.TableState,
    "theme": states.ThemeState,
    "series": states.SeriesState,
    "meeting": states.MeetingState,
    "memo": states.MemoState,
    "item": states.ItemState,
    "rota": states.RotaState,
    "action": states.ActionState,
    "referral": states.ReferralState,
    "result": states.ResultState,
    "person": states.RegisterState,
    "organisation": states.RegisterState,
    "project": states.RegisterState,
    "database": states.DatabaseState,
}
"""Whose the states are, by kind of thing."""

NOUNS: Mapping[str, str] = {
    "table": "table",
    "theme": "theme",
    "series": "meeting series",
    "meeting": "meeting",
    "memo": "memo",
    "item": "agenda item",
    "rota": "rota",
    "action": "action",
    "referral": "referral",
    "result": "result",
    "person": "person",
    "organisation": "organisation",
    "project": "project",
    "database": "database",
}
"""What each kind of thing is called."""

CODES: Mapping[type[StrEnum], Mapping[str, str]] = {
    states.TableState: {"returned": "returned for preparation"},
    states.ActionState: {"waiting": "waiting for an answer"},
    states.Role: {
        "founder": "proposer of the table",
        "responsible": "responsible party",
        "submitter": "submitter of the matter",
    },
    states.TableKind: {
        "area": "area table",
        "thematic": "thematic table",
        "network": "standing network",
        "appointed": "table with appointed members",
        "networking": "networking table without residents",
    },
    states.Rhythm: {
        "thematic": "as the theme needs",
        "seasonal": "every season",
        "half_yearly": "every half-year",
        "yearly": "every year",
        "monthly": "every month",
    },
    states.Sector: {"wellbeing_county": "wellbeing services county"},
    states.Content: {
        "discussion": "joint discussion",
        "services": "arranging services",
        "budget": "budget partnership",
        "premises": "premises partnership",
    },
    states.Channel: {"personal": "personal invitation", "email_list": "e-mail list", "other": "another way"},
    states.Answer: {"accepted": "comes", "tentative": "may come", "declined": "does not come"},
    states.AnswerTo: {"now": "to the invitation as it is", "former": "to an earlier invitation"},
    states.Origin: {"department": "municipal department", "follow_up": "follow-up"},
    states.ItemKind: {"follow_up": "follow-up", "to_agree": "matter to agree on"},
    states.Entry: {"action": "work"},
    states.ItemOutcome: {"referred": "referred to a body with the power"},
    states.Lateness: {"after_closing": "after the closing date", "during_meeting": "during the meeting"},
    states.ThemeOutcome: {"merged": "merged with another theme", "other": "another reason"},
    states.ResultKind: {"own_work": "done by ourselves", "model": "way of working"},
    states.Extent: {"none": "not at all"},
    states.ErasureGround: {
        "not_needed": "no longer needed",
        "objected": "the person objected",
        "unlawful": "kept against the law",
        "legal_duty": "the law demands it",
    },
    states.KeepingGround: {
        "expression": "freedom of expression and information",
        "legal_obligation": "the law demands that it is kept",
        "public_interest": "a task in the public interest",
        "archiving": "archiving in the public interest",
    },
}
"""The English words that differ from their codes."""

MOVES: Mapping[str, Mapping[str, str]] = {
    "": {"undo": "undo", "advance": "go forward", "export": "write out"},
    "table": {
        "return": "return for preparation",
        "rest": "let rest",
        "new_term": "begin a new term",
        "rules": "set a house rule",
    },
    "theme": {
        "return": "return for preparation",
        "set_agenda": "set the agenda",
        "goal": "set the goal",
        "evaluate": "look back",
        "tell_proposer": "tell the proposer",
    },
    "series": {
        "set_agenda": "set the agenda",
        "fall_back": "wait for the next meeting",
        "call_off": "wait for a new date",
    },
    "meeting": {
        "set_agenda": "set the agenda",
        "join": "join with other tables",
        "attend": "record who was there",
    },
    "memo": {"draft": "begin", "edit": "write", "revise": "take up again"},
    "item": {"release": "give back to the theme", "restrict": "keep from the public", "disclose": "make public"},
    "action": {"wait": "wait for an answer"},
    "rota": {"turn": "give the turn", "skip": "skip a turn", "swap": "swap turns"},
    "referral": {"take_up": "take up", "report_back": "report back"},
    "person": {"forget": "erase the name", "keep": "refuse to erase the name", "merge": "make one of two"},
    "organisation": {"merge": "make one of two"},
    "database": {
        "upgrade": "bring up to date",
        "restore": "put a backup in its place",
        "accept": "go on from the history as it is",
    },
}
"""The English words for moves that differ from their names, by kind of thing; without a kind, those of all."""

OFFICE = frozenset({Role.CONVENER, Role.CHAIR, Role.SECRETARY})
"""The roles that together are the office of a table (lifecycles.md 4)."""

OFFICE_WORD = Word("Role", "office (convener, chair, secretary)")


def word_of(code: StrEnum) -> Word:
    """The word for a code."""
    owner = type(code)
    return Word(owner.__name__, CODES.get(owner, {}).get(code.value) or _spaced(code.value))


def noun_of(kind: str) -> Word:
    """The word for a kind of thing."""
    return Word("kind", NOUNS.get(kind) or _spaced(kind))


def move_of(kind: str, name: str) -> Word:
    """The word for a move."""
    if name in MOVES[""]:
        return Word("move", MOVES[""][name])
    return Word(f"{kind} move", MOVES.get(kind, {}).get(name) or _spaced(name))


def every_word(moves: Iterable[tuple[str, str]]) -> Iterable[Word]:
    """Every word that the catalogues hold. `moves`: the kind and name of each move on the page."""
    for owner in vars(states).values():
        if isinstance(owner, type) and issubclass(owner, StrEnum):
            yield from (word_of(code) for code in owner)
    yield OFFICE_WORD
    yield from (noun_of(kind) for kind in NOUNS)
    yield from (move_of("", name) for name in MOVES[""])
    yield from (move_of(kind, name) for kind, name in moves)


def _spaced(code: str) -> str:
    return code.replace("_", " ")
