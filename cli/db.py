"""Looking after the database."""

from datetime import UTC, datetime
from pathlib import Path

from cli.app import app
from cli.commands import Argument, Command, Group
from cli.output import line, write_json
from workflow.language.words import N_

command = Group("db", help=N_("The database: upgrade, check, backup."))


@command.command(
    "upgrade", cls=Command, help=N_("Bring the database up to date, after a backup. Makes it if there is none.")
)
def upgrade() -> None:
    """Bring it up to date."""
    from models.schema import create, upgrade

    from models.place import is_server

    run = app()
    if not is_server(run.place) and not Path(run.place).exists():
        create(run.place)
        done, backup = ["created"], None
    else:
        done, backup = upgrade(run.place)
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
        write_json({"ok": not findings, "error": "check_failed" if findings else None, "findings": findings})
    elif findings:
        line(run.speech.say("Something is wrong with the database {place}:", place=run.place), error=True)
        for finding in findings:
            line(f"  {finding}", error=True)
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
