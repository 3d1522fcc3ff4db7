"""The commands of the theme."""

from cli.commands import Group
from cli.looking import add_looking
from cli.moves import add_moves
from workflow.language.words import N_

command = Group("theme", help=N_("What the table works on, from proposal to results."))
add_looking(command, "theme")
add_moves(command, "theme")
