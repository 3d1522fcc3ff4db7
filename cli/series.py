"""The commands of the series."""

from cli.calendars import calendar_command
from cli.commands import Group
from cli.looking import add_looking
from cli.moves import add_moves
from workflow.language.words import N_

command = Group("series", help=N_("The meetings around a theme."))
add_looking(command, "series")
add_moves(command, "series")
command.add_command(calendar_command("series"))
