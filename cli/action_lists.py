"""The list of what one party has in hand, as a paper for whoever does not log in."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cli.commands import Command
from cli.looking import the_one
from cli.papers import export_command
from workflow.language.words import N_

if TYPE_CHECKING:
    from cli.papers import Make
    from models.reading import Reader


def action_list_command(kind: str) -> Command:
    """`actions`, of a person or an organisation."""

    def find(reader: "Reader", typed: str) -> Mapping[str, Any]:
        """The party, with the table whose languages its papers are written in: the first at which it sits."""
        party = the_one(reader, kind, typed)
        column = {"person": "person_ref", "organisation": "party_ref"}[kind]
        seats = reader.rows("v_seats", order="id", limit=1, **{column: party["ref"]})
        return {**party, "table_ref": seats[0]["table_ref"] if seats else None}

    return export_command(find, _action_list, HELP[kind], "actions")


def _action_list() -> "Make":
    from workflow.documents.action_list import action_list

    return action_list


HELP = {
    "person": N_("What somebody has in hand over all tables, as a document: text here, or a file to send or print."),
    "organisation": N_(
        "What an organisation has in hand over all its tables, as a document: text here, or a file to send or print."
    ),
}
