"""Pictures of the table's work: drawn as SVG, also in pixels, with what they show told in words."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from cli.app import App, app
from cli.commands import Argument, Command, Group, Option
from cli.files import write_bytes, write_file
from cli.looking import the_one
from cli.output import line, page, write_json
from cli.stalled import day_meant
from workflow.days import local_day
from workflow.language.words import N_
from workflow.translated import Translations

if TYPE_CHECKING:
    from models.reading import Reader
    from workflow.pictures.gathering import Texts

command = Group("picture", help=N_("Pictures: who sits around, where it stands, what stands still."))

FILES = (
    Option(["--svg"], metavar=N_("FILE"), help=N_("Write the picture here, as SVG.")),
    Option(["--png"], metavar=N_("FILE"), help=N_("Write the picture here in pixels, as PNG.")),
)


def _add(name: str, act: Callable[..., None], help: str, *params: click.Parameter) -> None:
    command.add_command(Command(name, callback=act, params=[*params, *FILES], help=help))


def _around(ref: str, theme: str | None, svg: str | None, png: str | None) -> None:
    from workflow.pictures.gathering import table_around
    from workflow.pictures.round_table import round_table

    run = app()
    with run.reader() as reader:
        table = str(the_one(reader, "table", ref)["ref"])
        chosen = _ref(reader, "theme", theme)
        around = table_around(reader, table, local_day(run.now), theme=chosen, texts=_texts(run, reader))
    _answer(run, around, round_table(around, run.speech.language), svg, png)


def _lifecycle(ref: str, svg: str | None, png: str | None) -> None:
    from workflow.finding import find
    from workflow.lifecycles import PAGE
    from workflow.pictures.lifecycle import lifecycle
    from workflow.pictures.standing import standing
    from workflow.references import reference
    from workflow.reminding.ledger import reader_of

    run = app()
    with run.looking() as session:
        row = find(session, ref, *PAGE.lifecycles)
        with reader_of(session) as reader:
            found = the_one(reader, row.kind, reference(row))
            title = str(_texts(run, reader)(row.kind, [found])[0]["title"])
        shown = standing(session, row, run.now, title=title)
        _answer(run, shown, lifecycle(shown, run.speech.language), svg, png)


def _timeline(ref: str, svg: str | None, png: str | None) -> None:
    from workflow.pictures.gathering import series_over_time
    from workflow.pictures.timeline import timeline

    run = app()
    with run.reader() as reader:
        series = str(the_one(reader, "series", ref)["ref"])
        shown = series_over_time(reader, series, local_day(run.now), texts=_texts(run, reader))
    _answer(run, shown, timeline(shown, run.speech.language), svg, png)


def _stalled(at: str | None, area: str | None, project: str | None, svg: str | None, png: str | None) -> None:
    from workflow.pictures.gathering import stalled_tables
    from workflow.pictures.heat_map import heat_map
    from workflow.stalled.verdicts import Wanted

    run = app()
    day = day_meant(run, at)
    with run.reader() as reader:
        number = int(the_one(reader, "project", project)["id"]) if project else None
        wanted = Wanted(area=area, project=number)
        shown = stalled_tables(reader, day, past=at is not None, wanted=wanted, texts=_texts(run, reader))
    _answer(run, shown, heat_map(shown, run.speech.language), svg, png)


def _actions(table: str | None, theme: str | None, svg: str | None, png: str | None) -> None:
    from workflow.pictures.gathering import work_divided
    from workflow.pictures.work import actions_by_party

    run = app()
    with run.reader() as reader:
        only = {"table": _ref(reader, "table", table), "theme": _ref(reader, "theme", theme)}
        shown = work_divided(reader, local_day(run.now), **only, texts=_texts(run, reader))
    _answer(run, shown, actions_by_party(shown, run.speech.language), svg, png)


_add(
    "table",
    _around,
    N_("The round table: a seat for each sector around the shared goal, empty where nobody is there yet."),
    Argument(["ref"], metavar=N_("TABLE")),
    Option(["--theme"], metavar=N_("THEME"), help=N_("Only with the goal and the work of this theme.")),
)
_add(
    "lifecycle",
    _lifecycle,
    N_("Where a theme, a series or a meeting stands, and what stands before its next state."),
    Argument(["ref"], metavar=N_("REF")),
)
_add(
    "timeline",
    _timeline,
    N_("The meetings of a series, past and ahead."),
    Argument(["ref"], metavar=N_("SERIES")),
)
_add(
    "stalled",
    _stalled,
    N_("What stands still, table by table: why, and for how many days."),
    Option(["--area"], metavar=N_("AREA"), help=N_("Only at the tables of this area.")),
    Option(["--project"], metavar=N_("PROJECT"), help=N_("Only at the tables that this project supports.")),
    Option(["--at"], metavar=N_("DATE"), help=N_("How it stood at the end of that day.")),
)
_add(
    "actions",
    _actions,
    N_("How many actions each party has: open, overdue, waiting and done."),
    Option(["--table"], metavar=N_("TABLE"), help=N_("Only of this table.")),
    Option(["--theme"], metavar=N_("THEME"), help=N_("Only of this theme.")),
)


def _ref(reader: "Reader", kind: str, typed: str | None) -> str | None:
    return str(the_one(reader, kind, typed)["ref"]) if typed else None


def _texts(run: App, reader: "Reader") -> "Texts":
    return Translations(reader, run.speech.language).of


def _answer(run: App, shown: Any, drawn: str, svg: str | None, png: str | None) -> None:
    """Write the picture where it was asked for; both forms are made before either is written."""
    pixels = _pixels(drawn) if png else b""
    over = bool(run.shared.get("yes"))
    if svg:
        write_file(svg, drawn, over=over)
    if png:
        write_bytes(png, pixels, over=over)
    places = [place for place in (svg, png) if place]
    if run.json:
        write_json({"ok": True, "item": asdict(shown), "places": places})
    elif places:
        for place in places:
            line(run.speech.say("Written: {place}", place=place), error=True)
    else:
        page(drawn.removesuffix("\n"))


def _pixels(drawn: str) -> bytes:
    from workflow.pictures.png import png

    return png(drawn)
