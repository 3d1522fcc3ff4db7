"""The verbs that move things, made from the page: one command a move, with the details it takes as options."""

from collections.abc import Callable
from enum import StrEnum
from random import random
from time import sleep
from typing import Any

import click

from cli.answers import answer_outcome
from cli.app import App, app
from cli.asking import confirm
from cli.commands import Argument, Group, Moving, Option, told
from cli.language import spoken
from cli.output import bullets, line
from models.place import DatabaseProblem
from models.states import Level
from workflow.belonging import PARENTS
from workflow.details import Detail, details_of
from workflow.errors import Refused
from workflow.language.speech import speech
from workflow.language.verbs import VERBS
from workflow.language.words import N_
from workflow.lifecycle import Lifecycle, Move, Promise
from workflow.lifecycles import PAGE
from workflow.values import Flag, Many

PARENT_NAMES = {
    "table": N_("TABLE"),
    "theme": N_("THEME"),
    "series": N_("SERIES"),
    "item": N_("MATTER"),
    "meeting": N_("MEETING"),
    "rota": N_("ROTA"),
}


class Verb(Moving):
    """A move as a command. Its help says what must be true of the state that it leads to, and who may make it."""

    def __init__(
        self, life: Lifecycle, made: Move, callback: Callable[..., Any], params: list[click.Parameter]
    ) -> None:
        name, help = made.name.replace("_", "-"), VERBS[f"{life.kind} {made.name}"]
        super().__init__(name, callback=callback, params=params, help=help)
        self.life = life
        self.made = made

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Who may, and the promises of the state."""
        if self.made.by:
            with formatter.section(told(N_("Who can"))):
                formatter.write_text(speech(spoken()).who(self.made.by))
        promises = self.life.promises.get(self.made.to, ()) if isinstance(self.made.to, StrEnum) else ()
        if promises:
            with formatter.section(told(N_("What must be true then"))):
                formatter.write_dl([(each.code, _promised(each)) for each in promises])


def _promised(promise: Promise) -> str:
    """A promise as a sentence, with how strict it is."""
    said, level = speech(spoken()), promise.level
    if promise.fixed:
        return said.say("{what} (fixed)", what=said.promise(promise.guard))
    return said.say("{what} ({level})", what=said.promise(promise.guard), level=level)


def add_moves(group: Group, kind: str) -> None:
    """Give a noun every verb that its lifecycle has, and `advance`."""
    life = PAGE[kind]
    for made in life.moves.values():
        group.add_command(_create(life, made) if made.creates else _move(life, made))
    group.add_command(_advance(life))


def carry_out(run: App, make: Callable[[Any, Any], Any], tell: Callable[[App, Any], None] | None = None) -> None:
    """Make one move in one unit of work and tell of it; ask at the terminal when only a warning is in the way."""
    tell = tell or _tell
    try:
        _once(run, make, tell)
    except Refused as refused:
        if not (run.asks and refused.reasons and all(each.level is Level.WARN for each in refused.reasons)):
            raise
        line(run.speech.refused(refused), error=True)
        for reason in refused.reasons:
            bullets([run.speech.reason(reason)])
        if not confirm(run, run.speech.say("Go on all the same?")):
            raise
        run.shared["yes"] = True
        _once(run, make, tell)


def _once(run: App, make: Callable[[Any, Any], Any], tell: Callable[[App, Any], None]) -> None:
    tell(run, _kept(run, make))


def _tell(run: App, outcome: Any) -> None:
    answer_outcome(run, outcome, happened=outcome.happened_at)


def _kept(run: App, make: Callable[[Any, Any], Any], tries: int = 10) -> Any:
    """What was done. On a server others may be faster: then it is asked anew, from what they have left."""
    for left in reversed(range(tries)):
        try:
            with run.work() as work:
                return make(work, run.how())
        except DatabaseProblem as problem:
            if problem.code != "changed_meanwhile" or not left:
                raise
            sleep(random() / 20)  # noqa: S311  # so that two do not meet again and again
    raise AssertionError("the last try raises or returns")


def _move(life: Lifecycle, made: Move) -> click.Command:
    def act(ref: str, **given: Any) -> None:
        from workflow.engine import make_move

        said = _said(life, made, given)
        carry_out(app(), lambda work, how: make_move(work, work.find(ref, life.kind), made.name, said, how))

    return Verb(life, made, act, [Argument(["ref"], metavar=N_("REF")), *_options(life, made)])


def _create(life: Lifecycle, made: Move) -> click.Command:
    parents = PARENTS[life.kind]

    def act(parent: str | None = None, **given: Any) -> None:
        from workflow.engine import make_new

        said = _said(life, made, given)
        carry_out(
            app(),
            lambda work, how: make_new(work, life.kind, parent and work.find(parent, *parents), said, how),
        )

    argument = [Argument(["parent"], metavar="|".join(PARENT_NAMES[each] for each in parents))] if parents else []
    return Verb(life, made, act, [*argument, *_options(life, made)])


def _advance(life: Lifecycle) -> click.Command:
    def act(ref: str) -> None:
        from workflow.engine import advance

        carry_out(app(), lambda work, how: advance(work, work.find(ref, life.kind), how))

    return Moving(
        "advance",
        callback=act,
        params=[Argument(["ref"], metavar=N_("REF"))],
        help=N_("Make the one forward move there is."),
    )


def _options(life: Lifecycle, made: Move) -> list[click.Parameter]:
    return [option_of(each) for each in details_of(life, made).values()]


def option_of(detail: Detail) -> Option:
    """A detail as an option."""
    if isinstance(detail.kind, Flag):
        return Option([detail.option, detail.name], is_flag=True, default=None, help=detail.help)
    return Option(
        [detail.option, detail.name],
        metavar=detail.kind.metavar,
        required=detail.required,
        multiple=isinstance(detail.kind, Many),
        help=detail.help,
    )


def _said(life: Lifecycle, made: Move, given: dict[str, Any]) -> dict[str, object]:
    """What was said, without what was not."""
    details = details_of(life, made)
    return {name: value for name, value in given.items() if name in details and value not in (None, ())}
