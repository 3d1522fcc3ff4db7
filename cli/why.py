"""Why something can or can't be done now: every way out, with each reason and what would help."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cli.answers import reason_document, reason_lines
from cli.app import App, app
from cli.commands import Argument, Command, Option
from cli.output import line, write_json
from workflow.errors import NotFound, Usage
from workflow.language.words import N_
from workflow.references import reference

if TYPE_CHECKING:
    from workflow.asking import Way


def _act(refs: tuple[str, ...], every: str | None) -> None:
    from workflow.asking import every_row, ways_out
    from workflow.lifecycles import PAGE

    run = app()
    move, refs = _move_of(refs)
    if not refs and not every:
        raise Usage("nothing_to_ask")
    with run.asking() as work:
        rows = [work.find(ref, *PAGE.lifecycles) for ref in refs] if refs else every_row(work, str(every))
        answers = [(row, list(ways_out(work, row, move))) for row in rows]
        for row, ways in answers:
            if move is not None and not ways:
                raise NotFound("no_such_move", reference=move, close=sorted(_moves(row)))
        if run.json:
            write_json({"ok": True, "items": [_document(run, row, ways) for row, ways in answers]})
        else:
            for row, ways in answers:
                _tell(run, row, ways)


command = Command(
    "why",
    callback=_act,
    params=[
        Argument(["refs"], nargs=-1, metavar=N_("REF [MOVE]")),
        Option(["--all", "every"], metavar=N_("KIND"), help=N_("Every thing of a kind, for example meeting.")),
    ],
    help=N_("Say of every move out of here whether it is possible now, or each reason why not. Changes nothing."),
)


def _move_of(words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The move, when the last word is one, and the references before it."""
    from workflow.lifecycles import PAGE

    names = {name for life in PAGE.lifecycles.values() for name in life.moves}
    if words and (last := words[-1].replace("-", "_").lower()) in names:
        return last, words[:-1]
    return None, words


def _moves(row: Any) -> Iterable[str]:
    from workflow.lifecycles import PAGE

    return PAGE[row.kind].moves


def _document(run: App, row: Any, ways: "list[Way]") -> dict[str, Any]:
    return {
        "ref": reference(row),
        "kind": row.kind,
        "state": row.state,
        "state_since": row.state_since,
        "version": row.version,
        "moves": [
            {
                "move": way.move.name,
                "to": way.to,
                "allowed": not way.reasons,
                "reasons": [reason_document(run.speech, reason) for reason in way.reasons],
                "warnings": [reason_document(run.speech, reason) for reason in way.warnings],
                "follows": [{"ref": reference(step.row), "move": step.move.name} for step in way.follows],
            }
            for way in ways
        ],
    }


def _tell(run: App, row: Any, ways: "list[Way]") -> None:
    speech = run.speech
    state = speech.state(row.kind, row.state)
    line(speech.say("{ref} ({noun}): {state}.", ref=reference(row), noun=speech.noun(row.kind), state=state))
    for way in ways:
        name = speech.move(row.kind, way.move.name)
        if way.reasons:
            line("  " + speech.say("{move} ({code}): not now.", move=name, code=way.move.name.replace("_", "-")))
            for each in reason_lines(speech, way.reasons):
                line("    " + each)
        else:
            line("  " + speech.say("{move} ({code}): possible.", move=name, code=way.move.name.replace("_", "-")))
            for each in reason_lines(speech, way.warnings):
                line("    " + each)
