"""The commands of the meeting."""

from cli.commands import Group
from cli.inviting import add_inviting
from cli.looking import add_looking
from cli.moves import add_moves
from workflow.language.words import N_

command = Group("meeting", help=N_("One meeting, from its planning to its end."))
add_looking(command, "meeting")
add_moves(command, "meeting")
add_inviting(command)
