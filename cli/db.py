"""Looking after the database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cli.app import app
from cli.checkpoints import document_of
from cli.commands import Argument, Command, Group, Option
from cli.output import line, write_json
from cli.restoring import RESTORE
from workflow.language.speech import Speech
from workflow.language.words import N_

if TYPE_CHECKING:
    from models.copies import Backup
    from models.schema import Finding

FINDINGS = {
    "damaged": N_("The file is damaged: {says}"),
    "points_nowhere": N_("{where} points to something in {says} that is not there."),
    "newer": N_("It was made by a newer poyta (version {says})."),
    "older": N_("It was made by an older poyta (version {says}): poyta db upgrade"),
    "schema_missing": N_("This is missing, which poyta made: {where}"),
    "schema_unknown": N_("This was added by other hands: {where}"),
    "schema_changed": N_("This was changed by other hands: {where}"),
}
"""What is said of each finding."""


def finding_line(speech: Speech, finding: "Finding") -> str:
    """What is wrong, and where."""
    return speech.say(FINDINGS[finding.code], where=finding.where, says=finding.says)


command = Group("db", help=N_("The database: upgrade, check, backup, restore."))


@command.command(
    "upgrade",
    cls=Command,
    params=[Option(["--dry-run"], is_flag=True, help=N_("Only say what would change."))],
    help=N_("Bring the database up to date, after a backup. Makes it if there is none."),
)
def upgrade(dry_run: bool) -> int:
    """Bring it up to date."""
    from cli.upgrading import make, upgrade
    from models.place import DatabaseProblem

    run = app()
    try:
        return upgrade(run, dry_run=dry_run)
    except DatabaseProblem as problem:
        if problem.code != "missing":
            raise
        return make(run, dry_run=dry_run)


@command.command("check", cls=Command, help=N_("Look whether the database is whole and as poyta made it."))
def check() -> int:
    """Look for what is wrong."""
    from models.schema import check

    run = app()
    findings = check(run.place)
    if run.json:
        write_json(
            {
                "ok": not findings,
                "error": "check_failed" if findings else None,
                "findings": [finding._asdict() for finding in findings],
            }
        )
    elif findings:
        line(run.speech.say("Something is wrong with the database {place}:", place=run.shown_place), error=True)
        for finding in findings:
            line("  " + finding_line(run.speech, finding), error=True)
    else:
        line(run.speech.say("The database is in order: {place}", place=run.shown_place))
    return 6 if findings else 0


@command.command(
    "backup",
    cls=Command,
    params=[Argument(["file"], required=False, metavar=N_("FILE"))],
    help=N_("Copy the database as it is at this moment, with its checkpoint. Never writes over anything."),
)
def backup(file: str | None) -> int:
    """Copy it."""
    from models.copies import backup, checkpoint_beside

    run = app()
    to = Path(file) if file else Path(f"{run.place}.{datetime.now(UTC):%Y-%m-%d-%H%M%S}.backup")
    made = backup(run.place, to)
    if run.json:
        _answer_backup(made)
        return 6 if made.findings else 0
    line(run.speech.say("Copied: {place}", place=str(to)))
    if made.checkpoint:
        beside = str(checkpoint_beside(to))
        line(run.speech.say("Its checkpoint: {place} ({short})", place=beside, short=made.checkpoint.short))
    if made.findings:
        sentence = N_("The copy is not whole, for the database is not. As it is, it can't be restored:")
        line(run.speech.say(sentence), error=True)
        for finding in made.findings:
            line("  " + finding_line(run.speech, finding), error=True)
    return 6 if made.findings else 0


def _answer_backup(made: "Backup") -> None:
    write_json(
        {
            "ok": not made.findings,
            "error": "check_failed" if made.findings else None,
            "place": str(made.path),
            "checkpoint": made.checkpoint and document_of(made.checkpoint),
            "findings": [finding._asdict() for finding in made.findings],
        }
    )


command.add_command(RESTORE)
