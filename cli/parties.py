"""The commands of people, organisations and projects: adding, listing, showing."""

from typing import Any

import click

from cli.app import app
from cli.commands import Argument, Group, Moving
from cli.looking import add_looking
from cli.moves import option_of
from cli.output import line, write_json
from workflow.details import PARTY_TAKES
from workflow.language.words import N_

HELP = {
    "organisation": N_("Add an organisation."),
    "person": N_("Add a person."),
    "project": N_("Add a project."),
}


def party_group(name: str, kind: str, help: str) -> Group:
    """The commands of one kind of party."""
    group = Group(name, help=help)
    add_looking(group, kind)
    group.add_command(_add(kind))
    return group


def _add(kind: str) -> click.Command:
    def act(**given: Any) -> None:
        from workflow.parties import add_party
        from workflow.references import reference

        run = app()
        with run.founding() as work:
            row = add_party(work, kind, given)
            document = {"ref": reference(row) if kind != "project" else row.name, "kind": kind, "name": row.name}
        if run.json:
            write_json({"ok": True, **document, "dry_run": run.dry_run})
        else:
            line(run.speech.say("Added: {ref} {name}.", **document))

    takes = [each for each in PARTY_TAKES[kind] if each.name != "name"]
    params: list[click.Parameter] = [Argument(["name"], metavar=N_("NAME")), *(option_of(each) for each in takes)]
    return Moving("add", callback=act, params=params, help=HELP[kind])
