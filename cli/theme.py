"""The commands of the theme."""

from typing import TYPE_CHECKING

from cli.commands import Group
from cli.looking import add_looking
from cli.moves import add_moves
from cli.papers import export_command
from workflow.language.words import N_

if TYPE_CHECKING:
    from cli.papers import Make

command = Group("theme", help=N_("What the table works on, from proposal to results."))
add_looking(command, "theme")
add_moves(command, "theme")


def _results() -> "Make":
    from workflow.documents.results import results

    return results


command.add_command(
    export_command(
        "theme", _results, N_("What a theme came to as a document: text here, or a file to send, print or publish.")
    )
)
