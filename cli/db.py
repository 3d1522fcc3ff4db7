"""Looking after the database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cli.app import app
from cli.commands import Argument, Command, Group
from cli.output import line, write_json
from workflow.language.speech import Speech
from workflow.language.words import N_

if TYPE_CHECKING:
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


command = Group("db", help=N_("The database: upgrade, check, backup."))


@command.command(
    "upgrade", cls=Command, help=N_("Bring the database up to date, after a backup. Makes it if there is none.")
)
def upgrade() -> None:
    """Bring it up to date."""
    from models.place import DatabaseProblem
    from models.schema import create, upgrade

    run = app()
    try:
        upgraded = upgrade(run.place)
        done = ["upgraded"] if upgraded.before != upgraded.after else []
        backup = upgraded.backup
    except DatabaseProblem as problem:
        if problem.code != "missing":
            raise
        create(run.place)
        done, backup = ["created"], None
    if run.json:
        write_json({"ok": True, "place": run.place, "done": done, "backup": backup})
        return
    line(run.speech.say("The database is up to date: {place}", place=run.place))
    if backup:
        line(run.speech.say("The old one is kept here: {place}", place=str(backup)))


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
        line(run.speech.say("Something is wrong with the database {place}:", place=run.place), error=True)
        for finding in findings:
            line("  " + finding_line(run.speech, finding), error=True)
    else:
        line(run.speech.say("The database is in order: {place}", place=run.place))
    return 6 if findings else 0


@command.command(
    "backup",
    cls=Command,
    params=[Argument(["file"], required=False, metavar=N_("FILE"))],
    help=N_("Copy the database as it is at this moment. Never writes over anything."),
)
def backup(file: str | None) -> None:
    """Copy it."""
    from models.schema import backup

    run = app()
    to = Path(file) if file else Path(f"{run.place}.{datetime.now(UTC):%Y-%m-%d-%H%M%S}.backup")
    backup(run.place, to)
    if run.json:
        write_json({"ok": True, "place": str(to)})
    else:
        line(run.speech.say("Copied: {place}", place=str(to)))
