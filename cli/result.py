"""The commands of the result."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cli.commands import Group
from cli.looking import add_looking, the_one
from cli.moves import add_moves
from cli.papers import export_command
from workflow.language.words import N_

if TYPE_CHECKING:
    from cli.papers import Make
    from models.reading import Reader

command = Group("result", help=N_("What came of it."))
add_looking(command, "result")
add_moves(command, "result")


def _its_theme(reader: "Reader", typed: str) -> Mapping[str, Any]:
    """The theme that a result came of."""
    return the_one(reader, "theme", str(the_one(reader, "result", typed)["theme_ref"]))


def _results() -> "Make":
    from workflow.documents.results import results

    return results


command.add_command(
    export_command(
        _its_theme,
        _results,
        N_("What the theme of a result came to as a document: text here, or a file to send, print or publish."),
    )
)
