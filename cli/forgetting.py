"""Erasing a person's name, or saying why that is refused: `poyta person forget`."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.app import App, app
from cli.asking import confirm
from cli.commands import EVERYWHERE, MOVING, Argument, Command, Option
from cli.output import line, write_json
from models.place import DatabaseProblem, is_server
from models.states import ErasureGround, KeepingGround, RegisterState
from workflow.days import local_day
from workflow.errors import Refused, Usage
from workflow.language.dates import say_understood
from workflow.language.words import N_
from workflow.values import Choice

if TYPE_CHECKING:
    from workflow.forgetting import Erasure
    from workflow.searching import Found, Traces

SHOWN = 20
"""How many texts of a sort are told one by one; a program gets them all."""


class _Forgetting(Command):
    """It takes no other day than today, and nobody overrides what is in the way."""

    shared = (*(each for each in MOVING if each.name in ("_reason", "_dry_run", "_command_id")), *EVERYWHERE)


def _act(ref: str, ground: str | None, refuse: str | None, also: tuple[str, ...]) -> int:
    if (ground is None) is (refuse is None):
        raise Usage("forget_or_keep")
    if refuse is not None:
        _keep(app(), ref, refuse)
        return 0
    return _forget(app(), ref, str(ground), also)


def _codes(grounds: type[StrEnum]) -> str:
    return "|".join(grounds)


command = _Forgetting(
    "forget",
    callback=_act,
    params=[
        Argument(["ref"], metavar=N_("REF")),
        Option(["--ground"], metavar=_codes(ErasureGround), help=N_("Why the name is erased (GDPR, Article 17(1)).")),
        Option(
            ["--refuse"],
            metavar=_codes(KeepingGround),
            help=N_("Why it is not, although that was asked for (Article 17(3)). Needs a reason."),
        ),
        Option(["--also"], multiple=True, metavar=N_("NAME"), help=N_("Another name that the person goes by.")),
    ],
    help=N_(
        "Erase the name of a person from every row, text and word of the history. Their number stays, and what was "
        "done under it. It can't be undone."
    ),
)


# Erasing


def _forget(run: App, ref: str, ground: str, also: tuple[str, ...]) -> int:
    from workflow.forgetting import forget

    if run.asks and not run.dry_run and not _is_sure(run, ref, also):
        raise click.Abort
    with run.work() as work:
        chosen = Choice(ErasureGround).read(ground, "ground", work)
        erasure = forget(work, work.find(ref, "person"), ErasureGround(chosen), run.how(), also)
    problem = None if run.dry_run else _swept(run)
    if run.json:
        write_json(_document(run, erasure, problem))
    else:
        for sentence in _lines(run, erasure, problem):
            line(sentence)
    return 6 if problem else 0


def _is_sure(run: App, ref: str, also: tuple[str, ...]) -> bool:
    """Show what would be erased, and ask. What is in the way is said by the erasure itself."""
    from workflow.forgetting import foresee
    from workflow.references import reference

    try:
        with run.asking() as work:
            person = work.find(ref, "person")
            traces, name, known = foresee(work, person, also), person.name, reference(person)
    except Refused:
        return True
    if traces is None:
        return True
    for sentence in _traces(run, traces):
        line(sentence, error=True)
    return confirm(run, run.speech.say("Erase the name of {ref} {name}? It can't be undone.", ref=known, name=name))


def _swept(run: App) -> DatabaseProblem | None:
    """Leave nothing of it between the rows of the file; or what kept us from it."""
    from models.sweeping import sweep

    try:
        sweep(run.place)
    except DatabaseProblem as problem:
        return problem
    return None


def _lines(run: App, erasure: "Erasure", problem: DatabaseProblem | None) -> Iterator[str]:
    say, ground = run.speech.say, run.speech.word(ErasureGround(erasure.ground))
    if erasure.repeated:
        yield say("The name of {ref} had been erased before. Ground: {ground}.", ref=erasure.ref, ground=ground)
    else:
        yield say("The name of {ref} is erased. Ground: {ground}.", ref=erasure.ref, ground=ground)
    yield from _traces(run, erasure.traces)
    if run.dry_run:
        yield say("This was a dry run: nothing was changed.")
        return
    if not erasure.repeated:
        day = local_day(run.now)
        yield say("Date: {day}.", day=say_understood(day, run.speech.language))
        yield say("This can't be undone.")
    yield from _elsewhere(run)
    if problem is not None:
        yield say("Something of it may be left in the file between the rows: {what}", what=run.speech.error(problem))
        yield say("Please give the same command again when that is over.")


def _traces(run: App, traces: "Traces") -> Iterator[str]:
    say = run.speech.say
    if traces.named:
        yield say("The name is taken out of these texts ({n}):", n=len(traces.named))
        yield from _texts(run, traces.named)
    if traces.namesakes:
        yield say("Others of the same name can't be told from them in texts: {refs}.", refs=list(traces.namesakes))
    if traces.perhaps:
        yield say(
            "Please look at these ({n}): a part of the name stays in them, for it may mean somebody else.",
            n=len(traces.perhaps),
        )
        yield from _texts(run, traces.perhaps)


def _texts(run: App, found: "Iterable[Found]") -> Iterator[str]:
    found = list(found)
    for each in found[:SHOWN]:
        yield "  " + run.speech.say("{where}, {field}: {text}", **each._asdict())
    if (more := len(found) - SHOWN) > 0:
        yield "  " + run.speech.say("and {n} more", n=more)


def _elsewhere(run: App) -> Iterator[str]:
    """What the name is still in, which nobody but its keeper can change."""
    say = run.speech.say
    if is_server(run.place):
        yield say("The name is still in the server's own backups and logs, and in what was written out before.")
    elif backups := _backups(run.place):
        yield say(
            "The name is still in backups, and in what was written out before. Seen here: {files}.", files=backups
        )
    else:
        yield say("The name is still in backups, if there are any, and in what was written out before.")


def _backups(place: str) -> list[str]:
    """The names of the backups that lie beside the file."""
    if is_server(place):
        return []
    return sorted(each.name for each in Path(place).absolute().parent.glob("*.backup"))


def _document(run: App, erasure: "Erasure", problem: DatabaseProblem | None) -> dict[str, Any]:
    return {
        "ok": problem is None,
        **({"error": "check_failed", "message": run.speech.error(problem)} if problem else {}),
        "ref": erasure.ref,
        "kind": "person",
        "move": "forget",
        "from": RegisterState.KNOWN,
        "to": RegisterState.FORGOTTEN,
        "history": erasure.number,
        "ground": erasure.ground,
        "masked": [each._asdict() for each in erasure.traces.named],
        "perhaps": [each._asdict() for each in erasure.traces.perhaps],
        "namesakes": erasure.traces.namesakes,
        "backups": _backups(run.place),
        "swept": problem is None and not run.dry_run,
        "repeated": erasure.repeated,
        "dry_run": run.dry_run,
    }


# Refusing to


def _keep(run: App, ref: str, refuse: str) -> None:
    from workflow.forgetting import keep
    from workflow.references import reference

    with run.work() as work:
        person = work.find(ref, "person")
        ground = KeepingGround(Choice(KeepingGround).read(refuse, "refuse", work))
        number, known = keep(work, person, ground, run.how()), reference(person)
    if run.json:
        told = {"ref": known, "kind": "person", "move": "keep", "from": RegisterState.KNOWN, "to": RegisterState.KNOWN}
        write_json({"ok": True, **told, "history": number, "ground": ground, "dry_run": run.dry_run})
        return
    say = run.speech.say
    line(say("It is written down that the name of {ref} is not erased. Ground: {ground}.", ref=known, ground=ground))
    line(say("Date: {day}.", day=say_understood(local_day(run.now), run.speech.language)))
