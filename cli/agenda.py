"""The commands of the matters on the agendas."""

from typing import TYPE_CHECKING

from cli.app import app
from cli.commands import Argument, Group, Moving
from cli.looking import add_looking
from cli.moves import add_moves, carry_out
from cli.papers import export_command
from workflow.language.words import N_

if TYPE_CHECKING:
    from cli.papers import Make

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


def _agenda() -> "Make":
    from workflow.documents.agenda import agenda

    return agenda


command.add_command(
    export_command("meeting", _agenda, N_("The agenda as a document: text here, or a file to send or print."))
)
