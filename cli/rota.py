"""The commands of the rota."""

from cli.commands import Group
from cli.looking import add_looking
from cli.moves import add_moves
from workflow.language.words import N_

command = Group("rota", help=N_("The activities in which parties take turns."))
add_looking(command, "rota")
add_moves(command, "rota")
