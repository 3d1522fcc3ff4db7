"""The command line's front door: it finds the command, and turns our errors into sentences and exit statuses."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import NoReturn

import click

from cli.columns import columns
from cli.commands import Group, LazyGroup
from cli.language import choose_language, speak_click
from workflow.errors import Usage
from workflow.language.letters import unfit
from workflow.language.words import N_

ROOT_HELP = N_(
    "The life of a partnership table (kumppanuuspöytä), step by step.\n\n"
    "A theme goes from proposed to results reached through meetings in which people agree who does what. "
    "Each step is written down; one that is not ready is refused, with every reason and what would help.\n\n"
    "Begin with `poyta demo`, or with `poyta init`."
)


def root() -> LazyGroup:
    """The whole command line. Sub-commands are loaded when they are called."""
    return LazyGroup(
        name="poyta",
        help=ROOT_HELP,
        invoke_without_command=True,
        callback=_start,
        context_settings={"terminal_width": min(80, columns()) - 2},
    )


@click.pass_context
def _start(ctx: click.Context) -> None:
    """Without a command, show how things stand."""
    if ctx.invoked_subcommand is None:
        from cli.status import command

        ctx.invoke(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command. Ends the process with the exit status that cli.md promises."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a redirected Windows console would choke on ä
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")  # what is typed wrongly is refused where it is asked
    sys.exit(run(arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command and answer its exit status."""
    language = choose_language(arguments, os.environ)
    speak_click(language)
    try:
        _check_letters([*arguments, *(value for name, value in os.environ.items() if name.startswith("POYTA_"))])
        status = root().main(list(arguments), prog_name="poyta", standalone_mode=False)
    except BrokenPipeError:
        _silence_output()
        return 0
    except Exception as error:
        from cli.answers import answer_error  # here, since a good command needs none of it

        return answer_error(error, arguments, language)
    return status if isinstance(status, int) else 0


def _check_letters(words: Sequence[str]) -> None:
    """Refuse what no text has: bytes that are not in the encoding of the terminal come as halves of letters."""
    for word in words:
        if bad := unfit(word):
            raise Usage("control_character", character=f"U+{ord(bad):04X}")


def all_commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its path, for the documentation and the catalogues."""
    yield from _walk((), root())


def _walk(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, Group | LazyGroup):
        context = click.Context(command, info_name="poyta")
        for name in command.list_commands(context):
            if (found := command.get_command(context, name)) is not None:
                yield from _walk((*path, name), found)


def _silence_output() -> None:
    """The reader of our output has gone; the interpreter must not complain about it when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
