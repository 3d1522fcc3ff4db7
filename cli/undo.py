"""Taking the newest move of a thing back."""

from cli.app import app
from cli.commands import Argument, Moving
from cli.moves import carry_out
from workflow.language.words import N_


def _act(ref: str) -> None:
    from workflow.undoing import undo

    carry_out(app(), lambda work, how: undo(work, work.find(ref), how))


command = Moving(
    "undo",
    callback=_act,
    params=[Argument(["ref"], metavar=N_("REF"))],
    help=N_("Take back the newest move of a thing, with all that followed from it. The history keeps both."),
)
