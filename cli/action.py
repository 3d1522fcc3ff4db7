"""The commands of the action."""

from cli.commands import Group
from cli.looking import add_looking
from cli.moves import add_moves
from workflow.language.words import N_

command = Group("action", help=N_("The work that was divided."))
add_looking(command, "action")
add_moves(command, "action")
