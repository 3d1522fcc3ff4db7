"""The commands of the memo. It goes by its own reference or by that of its meeting."""

from cli.commands import Group
from cli.looking import add_looking
from cli.moves import add_moves
from workflow.language.words import N_

command = Group("memo", help=N_("What is remembered of a meeting in words."))
add_looking(command, "memo")
add_moves(command, "memo")
