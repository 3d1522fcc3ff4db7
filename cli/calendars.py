"""Calendars as files: the meetings of a series, and the days by which a party has promised its work."""

from collections.abc import Callable
from typing import Any

import click

from cli.app import App, app
from cli.commands import Argument, Command, Option
from cli.files import write_bytes
from cli.looking import the_one
from cli.output import line, write_json
from workflow.language.words import N_

Made = tuple[bytes, list[str], list[str]]
"""The file, what is in it, and what has no day yet."""


def calendar_command(kind: str) -> click.Command:
    """The `calendar` of a noun."""

    def act(ref: str, file: str) -> None:
        run = app()
        with run.reader() as reader:
            row = the_one(reader, kind, ref)
            data, inside, undated = MADE[kind](run, reader, row)
        write_bytes(file, data, over=bool(run.shared.get("yes")))
        if run.json:
            write_json({"ok": True, "ref": row["ref"], "place": file, "entries": inside, "undated": undated})
            return
        line(run.speech.say("Written: {place}", place=file))
        said = run.speech.say_many("There is {n} entry in it.", "There are {n} entries in it.", len(inside))
        line(said)
        if undated:
            line(run.speech.say("Left out, since no day is known: {refs}.", refs=undated))

    params: list[click.Parameter] = [
        Argument(["ref"], metavar=N_("REF")),
        Option(["--ics", "file"], required=True, metavar=N_("FILE"), help=N_("The file to write, in iCalendar.")),
    ]
    return Command("calendar", callback=act, params=params, help=HELP[kind])


def _of_series(run: App, reader: Any, row: dict[str, Any]) -> Made:
    from workflow.calendar.series import series_calendar

    return series_calendar(reader, row, run.now)


def _of_party(run: App, reader: Any, row: dict[str, Any]) -> Made:
    from workflow.calendar.due_days import due_days

    return due_days(reader, row, run.speech, run.now)


MADE: dict[str, Callable[[App, Any, dict[str, Any]], Made]] = {
    "series": _of_series,
    "organisation": _of_party,
    "person": _of_party,
}

PROMISED = N_("The days of the work that is promised and not done yet, as a calendar.")
HELP = {
    "series": N_("All meetings of the series as one calendar, without anybody's name."),
    "organisation": PROMISED,
    "person": PROMISED,
}
