"""Who comes to the meetings, by sector: `poyta meeting attendance`."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from cli.app import App, app
from cli.commands import Command, Option
from cli.looking import the_one
from cli.output import line, table, write_json
from cli.sheets import sheet_options, write_sheets
from workflow.days import local_day
from workflow.language.dates import say_day
from workflow.language.words import N_

if TYPE_CHECKING:
    from models.reading import Reader
    from workflow.exchange.spreadsheet import Value
    from workflow.spreadsheets.attendance import Came, Trend
    from workflow.spreadsheets.sheet import Sheet


def add_attendance(group: click.Group) -> None:
    """Give the meeting its `attendance`."""
    group.add_command(command)


def _act(table_ref: str | None, theme: str | None, xlsx: str | None, csv: str | None) -> None:
    from workflow.spreadsheets.attendance import attendance, attendance_sheet, trend_sheet, trends

    run = app()
    with run.reader() as reader:
        came = attendance(reader, **_wanted(reader, table_ref, theme))
        found = trends(came, local_day(run.now))
        sheet = attendance_sheet(reader, run.speech, came)
    if xlsx or csv:
        write_sheets(run, run.speech.say("Attendance by sector"), [sheet, trend_sheet(run.speech, found)], xlsx, csv)
    elif run.json:
        write_json({"ok": True, "items": [_document(each) for each in came], "trends": list(map(_trend, found))})
    else:
        _tell(run, sheet, trend_sheet(run.speech, found))


command = Command(
    "attendance",
    callback=_act,
    params=[
        Option(["--table", "table_ref"], metavar=N_("TABLE"), help=N_("Only of this table.")),
        Option(["--theme"], metavar=N_("THEME"), help=N_("Only of this theme.")),
        *sheet_options(),
    ],
    help=N_("Who comes: how many of each sector at every meeting that was held, and whether they grow more or fewer."),
)


def _wanted(reader: "Reader", table_ref: str | None, theme: str | None) -> Mapping[str, str]:
    wanted = {"table_ref": table_ref and the_one(reader, "table", table_ref)["ref"]}
    wanted["theme_ref"] = theme and the_one(reader, "theme", theme)["ref"]
    return {column: ref for column, ref in wanted.items() if ref}


def _document(came: "Came") -> dict[str, Any]:
    meeting = came.meeting
    known = {name: meeting[name] for name in ("ref", "kind", "state", "state_since", "table_ref", "theme_ref", "day")}
    return {**known, "sectors": dict(came.sectors), "sector_not_known": came.unknown, "present": came.people}


def _trend(one: "Trend") -> dict[str, Any]:
    return {"table": one.table, "sector": one.sector, **one.people._asdict(), "trend": one.people.trend}


# For people


def _tell(run: App, came: "Sheet", trend: "Sheet") -> None:
    rows = list(came.rows)
    if not rows:
        line(run.speech.say("There are none."))
        return
    for sheet in (came._replace(rows=rows), trend):
        line(sheet.title + ":")
        cells = [[_said(run, value) for value in row] for row in sheet.rows]
        table(list(sheet.headings), cells, accessible=bool(run.shared.get("accessible")))
        line()


def _said(run: App, value: "Value") -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if run.speech.language == "en" else f"{value:g}".replace(".", ",")
    return say_day(value, run.speech.language) if isinstance(value, date) else str(value)
