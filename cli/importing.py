"""Reading in table books and filled-in workbooks: first what it would do, then all of it or nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.app import App, app
from cli.asking import confirm
from cli.commands import Argument, Moving, Option
from cli.files import write_bytes
from cli.output import bullets, line, write_json
from cli.sheets import tell_written
from models.states import Role
from workflow.errors import Usage
from workflow.language.speech import Speech
from workflow.language.words import N_

if TYPE_CHECKING:
    from workflow.exchange.sources import Source
    from workflow.exchange.summary import Summary


def _act(files: tuple[str, ...], template: str | None) -> None:
    from workflow.exchange.sources import sources_of

    run = app()
    if template is not None:
        if files:
            raise Usage("template_alone")
        _write_template(run, template)
        return
    if not files:
        raise click.MissingParameter(ctx=click.get_current_context(), param=command.params[0])
    asks = run.asks and not run.dry_run
    sources = sources_of(files)  # once, so that what is read in is what was asked about
    summary = _carry_out(run, sources, keep=not asks)
    if run.json:
        write_json({"ok": True, "dry_run": run.dry_run, **summary.document()})
        return
    tell_summary(run, summary)
    if run.dry_run:
        line(run.speech.say("This was a dry run: nothing was changed."))
        return
    if asks:
        if not confirm(run, run.speech.say("Read it in?")):
            raise click.Abort
        _carry_out(run, sources, keep=True)
    line(run.speech.say("All of it was read in."))


command = Moving(
    "import",
    callback=_act,
    params=[
        Argument(["files"], nargs=-1, required=False, metavar=N_("FILE")),
        Option(
            ["--template"],
            metavar=N_("FILE"),
            help=N_("Write a workbook (.xlsx) to be filled in with organisations, people and actions."),
        ),
    ],
    help=N_(
        "Read in table books, in YAML or JSON, or workbooks that were filled in. Every step goes through the same "
        "rules as one typed by hand."
    ),
)


def _write_template(run: App, place: str) -> None:
    from workflow.spreadsheets.template import template

    with run.reader() as reader:
        data = template(reader, run.speech.language, run.now, Path(place).name)
    write_bytes(place, data, over=bool(run.shared.get("yes")))
    tell_written(run, [place])


def _carry_out(run: App, sources: "list[Source]", *, keep: bool) -> "Summary":
    from workflow.exchange.carrying_out import carry_out
    from workflow.exchange.reading import read_books

    books = read_books(sources)
    with run.founding(keep=keep) as work, run.progress(N_("Reading in")) as progress:
        if any(book.standing for book in books):
            work.actor = run.actor(work.session)  # who adds to what is here already must be somebody
        return carry_out(work, books, progress)


def tell_summary(run: App, summary: "Summary") -> None:
    """What a book does, in a few lines."""
    speech = run.speech
    if summary.first is None or summary.last is None:
        line(speech.say("This is what the book does:"))
    else:
        line(speech.say("This is what the book does, from {first} to {last}:", first=summary.first, last=summary.last))
    bullets(speech.say("new, {kind}: {n}", kind=_party(speech, kind), n=n) for kind, n in summary.parties.items())
    bullets(
        speech.say("{kind}, {move}: {n}", kind=speech.noun(kind), move=speech.move(kind, move), n=n)
        for (kind, move), n in summary.moves.items()
    )
    if summary.warnings:
        line(speech.say("These warnings are confirmed by reading it in:"))
        bullets(speech.say("{code}: {n}", code=code, n=n) for code, n in summary.warnings.items())
    if summary.overrides:
        line(speech.say("These promises are overridden, with the reasons that the book gives:"))
        bullets(speech.say("{code}: {n}", code=code, n=n) for code, n in summary.overrides.items())


def _party(speech: Speech, kind: str) -> str:
    return speech.role(Role.COORDINATOR) if kind == Role.COORDINATOR else speech.noun(kind)
