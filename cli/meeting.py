"""The commands of the meeting."""

from typing import TYPE_CHECKING

from cli.attendance import add_attendance
from cli.commands import Group
from cli.inviting import add_inviting
from cli.looking import add_looking
from cli.moves import add_moves
from cli.papers import export_command
from workflow.language.words import N_

if TYPE_CHECKING:
    from cli.papers import Make

command = Group("meeting", help=N_("One meeting, from its planning to its end."))
add_looking(command, "meeting")
add_moves(command, "meeting")
add_attendance(command)
add_inviting(command)


def _invitation() -> "Make":
    from workflow.documents.invitation import invitation

    return invitation


command.add_command(
    export_command(
        "meeting", _invitation, N_("The invitation to a meeting as a document: text here, or a file to send or print.")
    )
)
