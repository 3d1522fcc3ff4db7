"""Papers: an agenda, a memo or another document as text here, or as files to be sent, printed and published."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.app import App, app
from cli.commands import Argument, Command, Option
from cli.looking import the_one
from cli.output import line, page, write_json
from cli.written import write_again
from workflow.days import local_day
from workflow.language.words import N_

if TYPE_CHECKING:
    from models.reading import Reader
    from workflow.documents.content import Document
    from workflow.documents.gathering import Reading

    Make = Callable[[Reader, str, Reading], Document]
    Find = Callable[[Reader, str], Mapping[str, Any]]

LANGUAGES = ("fi", "sv", "en")


def export_command(find: "str | Find", make: "Callable[[], Make]", help: str, name: str = "export") -> Command:
    """A command that makes a paper of a thing of a kind, or of what `find` finds.

    `make` brings what makes it, loaded when it is asked for.
    """

    def act(ref: str, languages: tuple[str, ...], public: bool, **files: str | None) -> None:
        write_paper(app(), documents_of(find, ref, languages, make(), public=public), files)

    return Command(name, callback=act, params=[*options(), PUBLIC], help=help)


def options() -> list[click.Parameter]:
    """What every paper of one thing is asked: of what, in which forms and in which languages."""
    return [Argument(["ref"], metavar=N_("REF")), *forms()]


def forms() -> list[click.Parameter]:
    """In which forms and in which languages."""
    return [
        *(Option([f"--{form}"], metavar=N_("FILE"), help=what) for form, what in HELP.items()),
        Option(
            ["--in", "languages"],
            multiple=True,
            type=click.Choice(LANGUAGES),
            help=N_("The language of the document; given twice, both are in one. Else the table's own."),
        ),
    ]


PUBLIC = Option(["--public"], is_flag=True, help=N_("For everybody to read: organisations and roles instead of names."))


def write_paper(run: App, documents: "Sequence[Document]", files: Mapping[str, str | None]) -> None:
    """Write a paper into the files that were asked for, by their forms; without any, as text here."""
    own = _own_templates(run)
    made = [(place, FORMS[form](documents, own)) for form, place in files.items() if place is not None]
    for place, data in made:  # each was made before the first is written
        write_again(place, data)
    _answer(run, documents, [place for place, _ in made])


def documents_of(
    find: "str | Find", ref: str, languages: Sequence[str], make: "Make", *, public: bool
) -> "list[Document]":
    """The paper of what goes by a reference, once in each language that was asked for."""
    from workflow.documents.gathering import Reading

    run = app()
    with run.reader() as reader:
        row = the_one(reader, find, ref) if isinstance(find, str) else find(reader, ref)
        wanted = languages or _languages_of(run, reader, row)
        day = local_day(run.now)
        return [make(reader, str(row["ref"]), Reading(each, day, public)) for each in dict.fromkeys(wanted)]


def _languages_of(run: App, reader: "Reader", row: Any) -> Sequence[str]:
    """The languages of the table it belongs to; that of the reader, where it belongs to none."""
    tables = reader.rows("v_tables", ref=row["table_ref"]) if "table_ref" in row else []
    told = [each for table in tables for each in str(table["languages"]).split(",") if each in LANGUAGES]
    return told or [run.speech.language]


def _own_templates(run: App) -> Path | None:
    """The folder `templates` beside the database, where a table keeps its own."""
    folder = Path(run.place).parent / "templates"
    return folder if "://" not in run.place and folder.is_dir() else None


def _answer(run: App, documents: "Sequence[Document]", places: Sequence[str]) -> None:
    from workflow.documents.content import plain
    from workflow.documents.text import as_text

    if run.json:
        items = [{"language": each.language, "title": plain(each.title), "text": as_text([each])} for each in documents]
        write_json({"ok": True, "places": list(places), "items": items})
    elif places:
        for place in places:
            line(run.speech.say("Written: {place}", place=place))
    else:
        page(as_text(documents))


def _html(documents: "Sequence[Document]", own: Path | None) -> bytes:
    from workflow.documents.html import as_html

    return as_html(documents, own).encode()


def _text(documents: "Sequence[Document]", _own: Path | None) -> bytes:
    from workflow.documents.text import as_text

    return as_text(documents).encode()


def _docx(documents: "Sequence[Document]", own: Path | None) -> bytes:
    from workflow.documents.word import as_docx

    return as_docx(documents, own)


def _pdf(documents: "Sequence[Document]", own: Path | None) -> bytes:
    from workflow.documents.pdf import as_pdf

    return as_pdf(_html(documents, own), os.environ.get("POYTA_BROWSER"))


FORMS: "dict[str, Callable[[Sequence[Document], Path | None], bytes]]" = {
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "text": _text,
}
"""How a paper is written, by the option that asks for it."""

HELP = {
    "html": N_("A web page that needs nothing beside itself, and prints well."),
    "docx": N_("A Word document, to work on."),
    "pdf": N_("A PDF with headings and columns that can be read aloud, made by the browser that is here."),
    "text": N_("Plain text, for e-mail."),
}
