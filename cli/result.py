"""The commands of the result."""

from cli.commands import Group
from cli.looking import add_looking
from cli.moves import add_moves
from workflow.language.words import N_

command = Group("result", help=N_("What came of it."))
add_looking(command, "result")
add_moves(command, "result")
