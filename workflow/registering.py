"""What can happen to people, organisations and projects, and to the database itself: the ways that no lifecycle tells.

They are part of the rules that each entry of the history names (`workflow.declaring`).
"""

from collections.abc import Mapping
from typing import NamedTuple

from models.states import DatabaseState, RegisterState


class Way(NamedTuple):
    """From what state to what state an entry leads."""

    source: str | None
    to: str


_ADDED = Way(None, RegisterState.KNOWN)
_EVENT = Way(RegisterState.KNOWN, RegisterState.KNOWN)
_MERGED = Way(RegisterState.KNOWN, RegisterState.MERGED)
_OF_THE_DATABASE = Way(DatabaseState.KEPT, DatabaseState.KEPT)

REGISTER: Mapping[str, Mapping[str, Way]] = {
    "person": {
        "add": _ADDED,
        "merge": _MERGED,
        "forget": Way(RegisterState.KNOWN, RegisterState.FORGOTTEN),
        "keep": _EVENT,
    },
    "organisation": {"add": _ADDED, "merge": _MERGED},
    "project": {"add": _ADDED},
    "database": {"upgrade": _OF_THE_DATABASE, "restore": _OF_THE_DATABASE, "accept": _OF_THE_DATABASE},
}
"""What can happen, by kind and move. `keep` is an erasure that was asked for and refused."""
