"""The commands of the matters on the agendas."""

from cli.app import app
from cli.commands import Argument, Group, Moving
from cli.looking import add_looking
from cli.moves import add_moves, carry_out
from workflow.language.words import N_

command = Group("agenda", help=N_("The matters on the agendas."))
add_looking(command, "item")
add_moves(command, "item")


@command.command(
    "carry-over",
    cls=Moving,
    params=[Argument(["ref"], metavar=N_("REF"))],
    help=N_("Carry a matter over to the next agenda: a linked copy waits for it."),
)
def carry_over(ref: str) -> None:
    """Settle a matter by carrying it over."""
    from workflow.engine import make_move

    outcome = {"outcome": "carried_over"}
    carry_out(app(), lambda work, how: make_move(work, work.find(ref, "item"), "settle", outcome, how))
