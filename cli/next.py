"""What the one who asks can do now, and what is in the way of the next step of each thing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cli.answers import reason_document, reason_lines
from cli.app import App, app
from cli.commands import Command
from cli.output import line, write_json
from workflow.language.words import N_
from workflow.references import reference

if TYPE_CHECKING:
    from workflow.asking import Way
    from workflow.work import Work


def _act() -> None:
    run = app()
    with run.asking() as work:
        found = list(_next_steps(work))
        if run.json:
            write_json({"ok": True, "items": [_document(run, row, way) for row, way in found]})
            return
        if not found:
            line(run.speech.say("There is nothing for you to do now, {name}.", name=work.actor.name))
        for row, way in found:
            _tell(run, row, way)


command = Command("next", callback=_act, help=N_("What you can do now, and what is in the way."))


def _next_steps(work: "Work") -> "Iterator[tuple[Any, Way]]":
    from workflow.asking import next_steps

    return next_steps(work)


def command_of(row: Any, way: "Way") -> str:
    """The command that makes the move."""
    noun = {"item": "agenda"}.get(row.kind, row.kind)
    return f"poyta {noun} {way.move.name.replace('_', '-')} {reference(row)}"


def _document(run: App, row: Any, way: "Way") -> dict[str, Any]:
    return {
        "ref": reference(row),
        "kind": row.kind,
        "state": row.state,
        "state_since": row.state_since,
        "title": row.title,
        "move": way.move.name,
        "command": command_of(row, way),
        "allowed": not way.reasons,
        "reasons": [reason_document(run.speech, reason) for reason in way.reasons],
    }


def _tell(run: App, row: Any, way: "Way") -> None:
    speech = run.speech
    line(
        speech.say(
            "{ref} {title}: {state}. Next: {move}",
            ref=reference(row),
            title=row.title,
            state=speech.state(row.kind, row.state),
            move=speech.move(row.kind, way.move.name),
        )
    )
    if way.reasons:
        for each in reason_lines(speech, way.reasons):
            line("    " + each)
    else:
        line(f"     {command_of(row, way)}")
