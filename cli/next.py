"""What the one who asks can do now, and what is in the way of the next step of each thing."""

from typing import TYPE_CHECKING, Any

from cli.answers import reason_document, reason_lines
from cli.app import App, app
from cli.commands import Command
from cli.output import line, write_json
from workflow.language.words import N_
from workflow.references import reference

if TYPE_CHECKING:
    from workflow.asking import NextStep


def _act() -> None:
    from workflow.asking import next_steps

    run = app()
    with run.asking() as work:
        found = list(next_steps(work))
        if run.json:
            write_json({"ok": True, "items": [_document(run, step) for step in found]})
            return
        if not found:
            line(run.speech.say("There is nothing for you to do now, {name}.", name=work.actor.name))
        for step in found:
            _tell(run, step)


command = Command("next", callback=_act, help=N_("What you can do now, and what is in the way."))


def _document(run: App, step: "NextStep") -> dict[str, Any]:
    row = step.row
    return {
        "ref": reference(row),
        "kind": row.kind,
        "state": row.state,
        "state_since": row.state_since,
        "title": row.title,
        "move": step.move.name,
        "command": step.command,
        "allowed": not step.reasons,
        "reasons": [reason_document(run.speech, reason) for reason in step.reasons],
    }


def _tell(run: App, step: "NextStep") -> None:
    speech, row = run.speech, step.row
    state = speech.state(row.kind, row.state)
    facts = {"ref": reference(row), "title": row.title, "state": state, "move": speech.move(step.kind, step.move.name)}
    if step.move.creates:
        facts["noun"] = speech.noun(step.kind)
        line(speech.say("{ref} {title}: {state}. Next: {noun}, {move}", **facts))
    else:
        line(speech.say("{ref} {title}: {state}. Next: {move}", **facts))
    if not step.reasons:
        line(f"     {step.command}")
    for each in reason_lines(speech, step.reasons):
        line("    " + each)
