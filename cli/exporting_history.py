"""Writing the history out for other programs: `poyta audit export`."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from cli.app import App, app
from cli.commands import Command, Group, Option
from cli.looking import the_one
from cli.output import line, write_json
from workflow.errors import Usage
from workflow.language.visible import visible
from workflow.language.words import N_

if TYPE_CHECKING:
    from workflow.exchange.events import History

Write = Callable[["History"], Iterable[str]]


def add_exports(group: click.Group) -> None:
    """Give the audit its `export`, with a command for each form."""
    export = Group("export", help=N_("Write the history for other programs, without anybody's name in it."))
    for name, (write, help) in FORMS.items():
        export.add_command(_command(name, write, help))
    group.add_command(export)


def _ocel(history: "History") -> Iterable[str]:
    from workflow.exchange.ocel import write_ocel

    return write_ocel(history)


def _xes(history: "History") -> Iterable[str]:
    from workflow.exchange.xes import write_xes

    return write_xes(history)


def _csv(history: "History") -> Iterable[str]:
    from workflow.exchange.tabular import write_csv

    return write_csv(history)


def _json(history: "History") -> Iterable[str]:
    from workflow.exchange.tabular import write_json

    return write_json(history)


FORMS: dict[str, tuple[Write, str]] = {
    "ocel": (_ocel, N_("For process mining, by everything that moves: OCEL 2.0, in JSON.")),
    "xes": (_xes, N_("For process mining, theme by theme: XES. What belongs to no theme is left out.")),
    "csv": (_csv, N_("For a spreadsheet: a row for each entry, with semicolons between.")),
    "json": (_json, N_("For any program: one JSON document with each entry and its hash.")),
}
"""How each form is written, and what it is for."""

SPEAKS_JSON = frozenset({"ocel", "json"})


def _command(name: str, write: Write, help: str) -> click.Command:
    def act(tables: tuple[str, ...], words: bool, file: str | None) -> None:
        from workflow.exchange.events import History

        run = app()
        if run.json and file is None and name not in SPEAKS_JSON:
            raise Usage("json_needs_file")
        with run.reader() as reader, _telling(run, file) as told:
            refs = [str(the_one(reader, "table", table)["ref"]) for table in tables]
            history = History(reader, list(dict.fromkeys(refs)), words=words, told=told)
            write_pieces(write(history), file)
        if file is not None:
            _answer(run, file)

    return Command(name, callback=act, params=_options(), help=help)


def _options() -> list[click.Parameter]:
    return [
        Option(
            ["--table", "tables"],
            multiple=True,
            metavar=N_("TABLE"),
            help=N_("Only what happened at this table; several may be given."),
        ),
        Option(
            ["--words"],
            is_flag=True,
            help=N_("With titles and all that people wrote, in which anybody may be named."),
        ),
        Option(["--to", "file"], metavar=N_("FILE"), help=N_("The file to write, instead of the terminal.")),
    ]


def write_pieces(pieces: Iterable[str], file: str | None = None) -> None:
    """Write the pieces as they come. As bytes: the same on every system, with the line ends that the form has."""
    if file is not None:
        with _new_file(Path(file)) as written:
            written.writelines(piece.encode() for piece in pieces)
    elif sys.stdout.isatty():
        for piece in pieces:
            click.echo(visible(piece.removeprefix("\ufeff").replace("\r\n", "\n")), nl=False)
    else:
        sys.stdout.buffer.writelines(piece.encode() for piece in pieces)
        sys.stdout.buffer.flush()


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that was not there before, and is not there after a failure. Raises Usage."""
    try:
        written = path.open("xb")
    except FileExistsError:
        raise Usage("file_exists", place=str(path)) from None
    except (OSError, ValueError) as problem:
        raise _unwritable(path, problem) from None
    try:
        yield written
        written.flush()
        os.fsync(written.fileno())
        written.close()
    except BaseException as error:
        with suppress(OSError):  # a full disk complains once more
            written.close()
        path.unlink()
        if isinstance(error, OSError):
            raise _unwritable(path, error) from None
        raise


def _unwritable(path: Path, problem: Exception) -> Usage:
    return Usage("file_unwritable", place=str(path), problem=getattr(problem, "strerror", None) or "")


def _telling(run: App, file: str | None) -> AbstractContextManager[Callable[[int, int], None] | None]:
    """A bar, where the terminal is free for one."""
    return nullcontext() if file is None else run.progress(N_("Writing"))


def _answer(run: App, file: str) -> None:
    if run.json:
        write_json({"ok": True, "place": file})
    else:
        line(run.speech.say("Written: {place}", place=file), error=True)
