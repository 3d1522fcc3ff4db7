"""The commands of the partnership table."""

from collections import defaultdict
from typing import TYPE_CHECKING

from cli.app import app
from cli.bulletin import command as bulletin
from cli.commands import Argument, Command, Group
from cli.looking import add_looking, the_one
from cli.moves import add_moves
from cli.output import line, write_json
from cli.papers import export_command
from models.states import Sector
from workflow.language.letters import in_order
from workflow.language.words import N_

if TYPE_CHECKING:
    from cli.papers import Make

command = Group("table", help=N_("The partnership table: who sits there, and its rules."))
add_looking(command, "table")
add_moves(command, "table")


@command.command(
    "map",
    cls=Command,
    params=[Argument(["ref"], metavar=N_("TABLE"))],
    help=N_("Who is around the table, by sector, and which sectors are missing."),
)
def map_(ref: str) -> None:
    """Show the parties by sector, the sub-forums' too (S8, S10)."""
    run = app()
    with run.reader() as reader:
        table = the_one(reader, "table", ref)
        refs = [table["ref"], *(row["ref"] for row in reader.rows("v_tables", parent_ref=table["ref"]))]
        seats = [row for each in refs for row in reader.rows("v_seats", order="id", table_ref=each)]
    around = defaultdict(list)
    for seat in seats:
        if seat["until"] is None or seat["until"] >= run.now.date().isoformat():
            around[seat["sector"]].append(seat["organisation"] or seat["person"])
    if run.json:
        by_sector = {sector.value: in_order(set(around[sector.value])) for sector in Sector}
        write_json({"ok": True, "item": {"ref": table["ref"], "kind": "table", "sectors": by_sector}})
        return
    line(str(table["title"]))
    for sector in Sector:
        if who := in_order(set(around[sector.value])):
            line(f"  {run.speech.word(sector)}: {', '.join(who)}")
    if around[None]:
        line("  " + run.speech.say("Without an organisation: {who}", who=", ".join(in_order(set(around[None])))))
    if missing := [sector for sector in Sector if not around[sector.value] and sector is not Sector.OTHER]:
        line("  " + run.speech.say("Nobody yet from: {sectors}", sectors=missing))


def _table_card() -> "Make":
    from workflow.documents.table_card import table_card

    return table_card


command.add_command(
    export_command(
        "table",
        _table_card,
        N_("The card of a table as a document on one page: text here, or a file to send, print or publish."),
    )
)
command.add_command(bulletin)
