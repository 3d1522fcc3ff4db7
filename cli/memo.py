"""The commands of the memo. It goes by its own reference or by that of its meeting."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cli.commands import Group
from cli.looking import add_looking, the_one
from cli.moves import add_moves
from cli.papers import export_command
from workflow.language.words import N_

if TYPE_CHECKING:
    from cli.papers import Make
    from models.reading import Reader

command = Group("memo", help=N_("What is remembered of a meeting in words."))
add_looking(command, "memo")
add_moves(command, "memo")


def _its_meeting(reader: "Reader", typed: str) -> Mapping[str, Any]:
    """The meeting that a memo is of. There need be no memo yet: what is in the database makes a draft."""
    memos = reader.rows("v_memos", ref=typed.strip().upper())
    return the_one(reader, "meeting", str(memos[0]["meeting_ref"]) if memos else typed)


def _memo() -> "Make":
    from workflow.documents.memo import memo

    return memo


command.add_command(
    export_command(_its_meeting, _memo, N_("The memo as a document: text here, or a file to send, print or publish."))
)
