"""Putting a backup in the place of the database, and telling what was done."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.app import App, app
from cli.asking import confirm
from cli.checkpoints import document_of
from cli.commands import Argument, Moving, Option
from cli.output import line, write_json
from cli.seen import begin
from workflow.language.words import N_

if TYPE_CHECKING:
    from workflow.restoring import NotWhole, Restored


def _act(file: str, another: bool) -> int:
    from workflow.restoring import NotWhole

    run = app()
    try:
        restored = _restore(run, Path(file), another=another)
    except NotWhole as problem:
        _answer_not_whole(run, problem)
        return problem.exit_status
    if run.json:
        _answer_json(run, restored)
    else:
        _tell(run, restored)
    return 0


RESTORE = Moving(
    "restore",
    callback=_act,
    params=[
        Argument(["file"], metavar=N_("FILE")),
        Option(
            ["--another"],
            is_flag=True,
            help=N_("The backup is not of the database that is here now, and is meant to take its place."),
        ),
    ],
    help=N_(
        "Put a backup in the place of the database, after looking through all of it. What is there now is kept, and the"
        " history remembers who did it."
    ),
)


def _restore(run: App, file: Path, *, another: bool) -> "Restored":
    from workflow.restoring import restore

    def put(*, keep: bool) -> "Restored":
        with run.progress(N_("Looking through the backup")) as progress:
            return restore(run.place, file, _work_in(run), run.how(), another=another, keep=keep, progress=progress)

    if run.asks and not run.dry_run:
        _tell_what(run, put(keep=False))
        if not confirm(run, run.speech.say("Put it in its place?")):
            raise click.Abort
    restored = put(keep=not run.dry_run)
    if not run.dry_run:
        begin(run)
    return restored


def _work_in(run: App) -> Callable[[Any], Any]:
    from workflow.work import Work

    return lambda session: Work(session, run.actor_or_nobody(session), run.now)


def _tell_what(run: App, restored: "Restored") -> None:
    say = run.speech.say
    if restored.recorded is None:
        line(say("The backup has a history without entries."))
    else:
        size, when = restored.restored.size, datetime.fromisoformat(restored.recorded)
        line(say("The backup has {size} entries; the newest was recorded on {when}.", size=size, when=when))
    if restored.replaced is not None:
        line(say("The database that it replaces has {size} entries.", size=restored.replaced.size))


def _tell(run: App, restored: "Restored") -> None:
    _tell_what(run, restored)
    say = run.speech.say
    if run.dry_run:
        line(say("This was a dry run: nothing was changed."))
        return
    line(say("Restored: {place}", place=run.shown_place))
    if restored.kept is not None:
        line(say("What was there before is kept here: {place}", place=str(restored.kept)))
    if restored.forgotten_since:
        sentence = N_("Since the backup these were erased, and their names are back: {people}. Erase them again.")
        line(say(sentence, people=list(restored.forgotten_since)), error=True)
        for ref in restored.forgotten_since:
            line(f"     poyta person forget {ref}", error=True)
    line(say("Whoever has seen more of the history than that is told when they open it next."))


def _answer_json(run: App, restored: "Restored") -> None:
    write_json(
        {
            "ok": True,
            "place": run.shown_place,
            "restored": document_of(restored.restored),
            "replaced": restored.replaced and document_of(restored.replaced),
            "kept": restored.kept and str(restored.kept),
            "history": restored.number,
            "forgotten_since": list(restored.forgotten_since),
            "dry_run": run.dry_run,
        }
    )


def _answer_not_whole(run: App, problem: "NotWhole") -> None:
    from cli.verify import finding_line

    told = [(each, finding_line(run, each)) for each in problem.findings]
    message = run.speech.error(problem)
    if run.json:
        findings = [
            {"code": each.code, "where": each.where, "since": each.since, "message": said} for each, said in told
        ]
        document = {"ok": False, "error": problem.error, "code": problem.code, "message": message, "changed": False}
        write_json({**document, "findings": findings})
        return
    line(message, error=True)
    for _, said in told:
        line("  " + said, error=True)
