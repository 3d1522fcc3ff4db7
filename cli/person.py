"""The commands of people: beside what all parties have, their right to be forgotten and to see what is kept of them."""

import json
from datetime import datetime
from typing import Any

from cli.action_lists import action_list_command
from cli.app import app
from cli.calendars import calendar_command
from cli.commands import Argument, Command
from cli.forgetting import command as forget
from cli.known import command as export
from cli.looking import show_lines, the_one
from cli.output import line, write_json
from cli.parties import party_group
from models.states import ErasureGround
from workflow.days import local_day
from workflow.language.words import N_

command = party_group("person", "person", N_("The people."))
command.add_command(forget)
command.add_command(export)
command.add_command(action_list_command("person"))
command.add_command(calendar_command("person"))


@command.command("show", cls=Command, params=[Argument(["ref"], metavar=N_("REF"))], help=N_("Show one."))
def show(ref: str) -> None:
    """A person; of one who was forgotten, when and why."""
    run = app()
    with run.reader() as reader:
        row = the_one(reader, "person", ref)
        erased = _erased(reader, row)
    if run.json:
        write_json({"ok": True, "item": {**row, **({"erased": erased} if erased else {})}})
        return
    show_lines(run, "person", row)
    if erased:
        day, ground = local_day(datetime.fromisoformat(erased["on"])), ErasureGround(erased["ground"])
        line(run.speech.say("The name was erased on {day}. Ground: {ground}.", day=day, ground=ground))


def _erased(reader: Any, row: dict[str, Any]) -> dict[str, Any] | None:
    """The erasure of a name, as the history tells it."""
    for entry in reader.rows("v_history", stream=f"person:{row['id']}", move="forget"):
        return {
            "on": entry["happened_at"],
            "history": entry["number"],
            "ground": dict(json.loads(entry["facts"]))["ground"],
        }
    return None
