"""The commands of people, organisations and projects: adding, listing, showing."""

from typing import Any

import click

from cli.app import app
from cli.commands import Argument, Group, Moving, Option
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

MERGE_HELP = {
    "organisation": N_("Make one of two entries for the same organisation. Its old name goes on meaning it."),
    "person": N_("Make one of two entries for the same person. The old name goes on meaning them."),
}


def party_group(name: str, kind: str, help: str) -> Group:
    """The commands of one kind of party."""
    group = Group(name, help=help)
    add_looking(group, kind)
    group.add_command(_add(kind))
    if kind in MERGE_HELP:
        group.add_command(_merge(kind))
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


def _merge(kind: str) -> click.Command:
    def act(ref: str, into: str) -> None:
        from workflow.merging import merge
        from workflow.references import reference

        run = app()
        with run.work() as work:
            duplicate, stays = work.find(ref, kind), work.find(into, kind)
            names = {"ref": reference(duplicate), "name": duplicate.name}
            told = {"stays": reference(stays), "into": stays.name}
            merge(work, duplicate, stays, run.how())
        if run.json:
            write_json({"ok": True, "kind": kind, "merged": names, "into": told, "dry_run": run.dry_run})
        else:
            line(run.speech.say("{ref} {name} is now the same as {stays} {into}.", **names, **told))

    params: list[click.Parameter] = [
        Argument(["ref"], metavar=N_("REF")),
        Option(["--into"], required=True, metavar=N_("REF"), help=N_("the entry that stays")),
    ]
    return Moving("merge", callback=act, params=params, help=MERGE_HELP[kind])
