"""Commands as poyta has them: in the reader's language, loaded when called, each with the options that all share."""

from collections.abc import Sequence
from gettext import gettext
from importlib import import_module
from typing import Any, cast

import click

from cli.nouns import BY_NAME, NOUNS
from workflow.language.languages import LANGUAGES
from workflow.language.words import N_


def told(sentence: str, **facts: object) -> str:
    """A sentence in the language that the process speaks."""
    from cli.language import spoken
    from workflow.language.speech import speech

    return speech(spoken()).say(sentence, **facts)


class Option(click.Option):
    """An option whose help is told in the reader's language."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help."""
        original, self.help = self.help, told(self.help) if self.help else self.help
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = original

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for the value."""
        return told(self.metavar) if self.metavar else super().make_metavar(ctx)


class Argument(click.Argument):
    """An argument whose name is told in the reader's language."""

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for the value."""
        name = told(self.metavar or self.name.upper())
        many = "..." if self.nargs == -1 else ""
        return f"{name}{many}" if self.required else f"[{name}]{many}"


class _Told:
    """What commands and groups share: help in the reader's language."""

    help: str | None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's own option for help, which keeps the words that it had first: here it says them anew."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]  # a mixin over Click's command
        if option is not None:
            option.help = gettext("Show this message and exit.")
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help."""
        return told(self.help or "").strip().partition("\n")[0][: max(limit, 200)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help."""
        original, self.help = self.help, told(self.help or "")
        try:
            click.Command.format_help_text(cast(click.Command, self), ctx, formatter)
        finally:
            self.help = original

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The words after the command in its usage line."""
        pieces = super().collect_usage_pieces(ctx)  # type: ignore[misc]  # a mixin over Click's command
        return [told(piece) for piece in pieces]


def _keep(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    """Put a shared option aside for `cli.app`: it may stand before the noun or after the verb."""
    if value not in (None, False, ()):
        ctx.ensure_object(dict)[str(option.name).removeprefix("_")] = value


def _shared(*names: str, help: str, **more: Any) -> Option:
    return Option(names, help=help, expose_value=False, is_eager=True, callback=_keep, **more)


EVERYWHERE = (
    _shared("--json", "_as_json", is_flag=True, help=N_("Answer as one JSON document.")),
    _shared("--lang", "_lang", type=click.Choice(LANGUAGES), help=N_("The language: Finnish, Swedish or English.")),
    _shared("--as", "_actor", metavar=N_("PERSON"), help=N_("Who is acting.")),
    _shared("--db", "_place", metavar=N_("PLACE"), help=N_("The database: a file, or the address of a server.")),
    _shared("--yes", "_yes", is_flag=True, help=N_("Answer yes to every question, and confirm every warning.")),
    _shared("--no-input", "_no_input", is_flag=True, help=N_("Never ask anything.")),
    _shared("--accessible", "_accessible", is_flag=True, help=N_("Plain lines without boxes, for a screen reader.")),
)
"""The options of every command."""

MOVING = (
    _shared("--on", "_on", metavar=N_("DATE"), help=N_("When it happened, if not now.")),
    _shared("--reason", "_reason", metavar=N_("TEXT"), help=N_("Why.")),
    _shared("--override", "_overrides", multiple=True, metavar=N_("CODE"), help=N_("Go on although this is missing.")),
    _shared("--dry-run", "_dry_run", is_flag=True, help=N_("Only say what would happen.")),
    _shared("--if-version", "_version", type=click.INT, metavar="N", help=N_("Only if nobody has changed it since.")),
    _shared("--command-id", "_command_id", metavar="UUID", help=N_("An id of your own: sent twice, it is done once.")),
)
"""The options of every command that changes something."""


def _show_version(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"poyta {version('poyta')}")
        ctx.exit()


VERSION = Option(
    ["--version"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help=N_("The version of poyta."),
)


class Command(_Told, click.Command):
    """A command, with the options that every command has."""

    shared: tuple[Option, ...] = EVERYWHERE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += self.shared


class Moving(Command):
    """A command that changes something: it also takes a date, a reason and the rest."""

    shared = (*MOVING, *EVERYWHERE)


class Group(_Told, click.Group):
    """A noun with its verbs. An unknown verb is answered with those that are close."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += EVERYWHERE

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, or an error that names the closest ones."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from difflib import get_close_matches  # here, since it is large and few mistype

            close = get_close_matches(name, self.list_commands(ctx), n=3)
            raise UnknownCommand(name, close, ctx)
        return super().resolve_command(ctx, args)


class LazyGroup(Group):
    """The root: each noun is loaded when it is called, so that a start costs little."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(VERSION)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every noun, in the order of the table."""
        return [noun.name for noun in NOUNS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command behind a noun, by any of its names."""
        noun = BY_NAME.get(cmd_name.lower())
        if noun is None:
            return None
        command: click.Command = import_module(noun.module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The nouns with what each is for, without loading them."""
        from gettext import gettext

        with formatter.section(gettext("Commands")):
            formatter.write_dl([(noun.name, told(noun.help)) for noun in NOUNS])


class UnknownCommand(click.UsageError):
    """No command goes by that name."""

    def __init__(self, name: str, close: Sequence[str], ctx: click.Context) -> None:
        super().__init__(name, ctx)
        self.name = name
        self.close = tuple(close)
