"""The commands of the referral."""

from cli.commands import Group
from cli.looking import add_looking
from cli.moves import add_moves
from workflow.language.words import N_

command = Group("referral", help=N_("What was asked of those who have the power to decide."))
add_looking(command, "referral")
add_moves(command, "referral")
