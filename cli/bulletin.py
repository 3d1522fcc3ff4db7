"""The bulletin of a table: the paper that every household gets, with what it is to tell of."""

from math import ceil
from typing import TYPE_CHECKING, Any

from cli.app import App, app
from cli.commands import Command, Option
from cli.looking import the_one
from cli.output import line
from cli.papers import documents_of, options, write_paper
from workflow.days import local_day
from workflow.errors import BadValue, NotFound
from workflow.language.dates import UnreadableDate, read_when
from workflow.language.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cli.papers import Make
    from models.reading import Reader
    from workflow.documents.bulletin import Issue
    from workflow.documents.content import Document

SHEET = 2
"""How many pages there are on one sheet of paper."""


def _act(
    ref: str,
    languages: tuple[str, ...],
    since: str | None,
    until: str | None,
    results: tuple[str, ...],
    **files: str | None,
) -> None:
    run = app()
    issue = _issue(run, ref, since, until, results)
    documents = documents_of("table", ref, languages, _made_of(issue), public=True)
    write_paper(run, documents, files)
    _say_how_long(run, documents)


def _issue(run: App, ref: str, since: str | None, until: str | None, results: "Sequence[str]") -> "Issue":
    from workflow.documents.bulletin import Issue

    first = _day(since, "from") or local_day(run.now)
    last = _day(until, "to")
    if last is not None and last < first:
        raise BadValue("ends_before_it_begins", "to", value=last)
    with run.reader() as reader:
        table = the_one(reader, "table", ref)["ref"]
        return Issue(first, last, [_result_of(reader, str(table), each) for each in results])


def _result_of(reader: "Reader", table: str, typed: str) -> str:
    """The reference of a result of that table that is public. Raises NotFound: another's are another's to tell."""
    from workflow.documents.confidential import confidential_in

    ref, secret = str(the_one(reader, "result", typed)["ref"]), confidential_in(reader).results
    own = [str(each["ref"]) for each in reader.rows("v_results", order="id", table_ref=table)]
    to_tell = [each for each in own if each not in secret]
    if ref in to_tell:
        return ref
    raise NotFound("not_found", reference=typed, kinds=["result"], close=to_tell[:5])


def _day(typed: str | None, option: str) -> "date | None":
    try:
        return read_when(typed).day if typed is not None else None
    except UnreadableDate as problem:
        raise BadValue(f"date_{problem.reason}", option, value=typed) from None


def _made_of(issue: "Issue") -> "Make":
    from workflow.documents.bulletin import bulletin

    return lambda reader, ref, reading: bulletin(reader, ref, reading, issue)


def _say_how_long(run: App, documents: "Sequence[Document]") -> None:
    """A bulletin that would not fit on one sheet is still written: only whoever made it knows what to leave out."""
    from workflow.documents.length import pages

    longest = max(map(pages, documents))
    if longest > SHEET and not run.json:
        told = run.speech.say(
            "This is about {pages} pages: more than one sheet. Choose what it tells of with --result and --to.",
            pages=ceil(longest),
        )
        line(told, error=True)


def _also() -> "list[Any]":
    return [
        Option(
            ["--from", "since"], metavar=N_("DATE"), help=N_("From when it tells what is to come; else from today.")
        ),
        Option(["--to", "until"], metavar=N_("DATE"), help=N_("Until when it tells what is to come.")),
        Option(
            ["--result", "results"],
            multiple=True,
            metavar=N_("RESULT"),
            help=N_("A result that it tells of; several may be given. Else the newest."),
        ),
    ]


command = Command(
    "bulletin",
    callback=_act,
    params=[*options(), *_also()],
    help=N_("The bulletin for every household, for everybody to read: what was done together and what is to come."),
)
