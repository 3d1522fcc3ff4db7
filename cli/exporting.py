"""Writing a table book out, which reads back in to the same content."""

import click

from cli.app import app
from cli.commands import Argument, Command, Option
from cli.files import write_file
from cli.output import line
from workflow.language.words import N_


def _act(tables: tuple[str, ...], file: str | None, email: bool) -> None:
    from workflow.exchange.writing import write_book

    run = app()
    with run.looking() as session:
        text = write_book(session, tables, as_json=run.json, email=email)
    if file is None:
        click.echo(text, nl=False)
        return
    write_file(file, text, over=bool(run.shared.get("yes")))
    line(run.speech.say("Written: {place}", place=file), error=True)


command = Command(
    "export",
    callback=_act,
    params=[
        Argument(["tables"], nargs=-1, required=False, metavar=N_("TABLE")),
        Option(["--to", "file"], metavar=N_("FILE"), help=N_("The file to write, instead of the terminal.")),
        Option(["--email"], is_flag=True, help=N_("With the people's e-mail addresses.")),
    ],
    help=N_("Write tables as a table book, in YAML, or in JSON with --json."),
)
