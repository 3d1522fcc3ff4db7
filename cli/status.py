"""How things stand: every table with its themes, the meetings ahead, the work that is open."""

from collections.abc import Mapping, Sequence
from typing import Any

from cli.app import App, app
from cli.commands import Command
from cli.looking import cell
from cli.output import line, write_json
from models.place import DatabaseProblem
from models.states import ActionState, MeetingState, TableState
from workflow.language.words import N_
from workflow.pasting import typed_short
from workflow.translated import Translations

AHEAD = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.AGENDA_SET)
SETTLED = (ActionState.CLOSED, ActionState.DROPPED)


def _act() -> None:
    run = app()
    try:
        with run.reader() as reader:
            found = {
                "tables": reader.rows("v_tables", order="id"),
                "themes": reader.rows("v_themes", order="id"),
                "meetings": [row for row in reader.rows("v_meetings", order="begins_at") if row["state"] in AHEAD],
                "actions": [row for row in reader.rows("v_actions", order="due") if row["state"] not in SETTLED],
            }
            if not run.json:
                translations = Translations(reader, run.speech.language)
                found = {name: translations.of(name.removesuffix("s"), rows) for name, rows in found.items()}
    except DatabaseProblem as problem:
        if problem.code != "missing" or run.json or run.shared.get("place"):
            raise
        _welcome(run)
        return
    if run.json:
        write_json({"ok": True, **{name: [dict(row) for row in rows] for name, rows in found.items()}})
    else:
        _tell(run, found)


command = Command("status", callback=_act, help=N_("How things stand at your tables."))


def _welcome(run: App) -> None:
    line(run.speech.say("There is no database yet."))
    line(run.speech.say("See poyta at work: {command}", command="poyta demo"))
    line(run.speech.say("Begin your own: {command}", command="poyta init"))


def _tell(run: App, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    speech = run.speech
    if not found["tables"]:
        line(speech.say("There are no tables yet. Add one: {command}", command="poyta init"))
    for table in found["tables"]:
        line(f"{table['title']} ({table['ref']}): {speech.state('table', table['state'])}")
        themes = [theme for theme in found["themes"] if theme["table_ref"] == table["ref"]]
        for theme in themes:
            line(
                "  "
                + speech.say(
                    "{ref} {title}: {state}, since {since}",
                    ref=theme["ref"],
                    title=theme["title"],
                    state=speech.state("theme", theme["state"]),
                    since=cell(run, "theme", "state_since", theme),
                )
            )
        if not themes and table["state"] == TableState.ACTIVE:
            line(
                "  "
                + speech.say(
                    "No themes yet. Propose one: {command}",
                    command=f"poyta theme propose {typed_short(table['ref'])} --title TEXT",
                )
            )
    _section(run, N_("Meetings ahead:"), "meeting", ("ref", "when", "state", "title", "place"), found["meetings"])
    _section(run, N_("Open work:"), "action", ("ref", "title", "state", "responsible", "due"), found["actions"])


def _section(run: App, heading: str, kind: str, columns: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        line(run.speech.say(heading))
    for row in rows[:LONGEST]:
        line("  " + ", ".join(text for column in columns if (text := cell(run, kind, column, row))))
    if len(rows) > LONGEST:
        line("  " + run.speech.say("... and {n} more: {command}", n=len(rows) - LONGEST, command=f"poyta {kind} list"))


LONGEST = 15
