"""Lists as files for a spreadsheet: a workbook with --xlsx, or rows of words with --csv."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from cli.app import App
from cli.commands import Option
from cli.files import write_bytes
from cli.output import line, write_json
from workflow.errors import Usage
from workflow.language.words import N_

if TYPE_CHECKING:
    from workflow.spreadsheets.sheet import Sheet

HERE = "-"
"""Where rows go if no file is named."""


def sheet_options() -> list[click.Parameter]:
    """The options that make a file of a list."""
    return [
        Option(
            ["--xlsx"], metavar=N_("FILE"), help=N_("Write it as a workbook (.xlsx), with real dates and with filters.")
        ),
        Option(
            ["--csv"],
            is_flag=False,
            flag_value=HERE,
            metavar=N_("FILE"),
            help=N_("Write it as CSV for Excel: into a file, or to the terminal if none is named."),
        ),
    ]


def write_sheets(run: App, title: str, sheets: "Sequence[Sheet]", xlsx: str | None, csv: str | None) -> None:
    """Write the sheets into a workbook, and the first of them as CSV. Raises Usage where a file is there already."""
    from cli.exporting_history import write_pieces  # which looks things up, as the lists do that are written here
    from workflow.spreadsheets.sheet import as_csv
    from workflow.spreadsheets.xlsx import as_workbook

    if run.json and csv == HERE:
        raise Usage("json_needs_file_named")
    if xlsx is not None and csv is not None:
        sheets = [each._replace(rows=list(each.rows)) for each in sheets]  # else the rows pass by one at a time
    over = bool(run.shared.get("yes"))
    if xlsx is not None:
        write_bytes(xlsx, as_workbook(title, run.speech.language, sheets, run.now), over=over)
    if csv == HERE:
        write_pieces(as_csv(sheets[0]))
    elif csv is not None:
        write_bytes(csv, "".join(as_csv(sheets[0])).encode(), over=over)
    tell_written(run, [place for place in (xlsx, csv) if place not in (None, HERE)])


def tell_written(run: App, places: Sequence[str | None]) -> None:
    """Say which files were written."""
    if run.json:
        write_json({"ok": True, "places": list(places)})
        return
    for place in places:
        line(run.speech.say("Written: {place}", place=place), error=True)
