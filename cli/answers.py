"""What the reader is told: what was done and what followed, or why not and what would help."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from cli.app import App
from cli.commands import UnknownCommand
from cli.output import line, page, write_json
from models.place import problem_of
from models.states import Level, Role
from workflow.days import local_day
from workflow.errors import CheckFailed, Conflict, PoytaError, Refused
from workflow.language.dates import say_understood
from workflow.language.speech import Speech, speech
from workflow.lifecycles import PAGE
from workflow.pasting import typed
from workflow.references import reference

if TYPE_CHECKING:
    from workflow.attempt import Reason
    from workflow.outcomes import Outcome, Told

# What was done


def answer_outcome(app: App, outcome: "Outcome", *, happened: Any = None, **more: Any) -> None:
    """Tell what a command did. `more`: what else a program is told of it."""
    if app.json:
        write_json({**outcome_document(app.speech, outcome, dry_run=app.dry_run), **more})
        return
    speech = app.speech
    for sentence in outcome_lines(speech, outcome):
        line(sentence)
    day = local_day(happened or app.now)
    line(speech.say("Date: {day}.", day=say_understood(day, speech.language)))
    if app.dry_run:
        line(speech.say("This was a dry run: nothing was changed."))
    elif outcome.repeated:
        line(speech.say("The command had been carried out before; nothing was done twice."))
    elif undoable(outcome):
        line(speech.say("To undo: {command}", command=f"poyta undo {typed(outcome.made.row)} --reason TEXT"))


def outcome_lines(speech: Speech, outcome: "Outcome") -> Iterable[str]:
    """The move, what followed, what was confirmed, and what did not follow."""
    yield told_line(speech, outcome.made)
    for each in outcome.followed:
        yield "  " + speech.say("Followed: {what}", what=told_line(speech, each))
    for reason in outcome.waived:
        if reason.level is Level.WARN:
            yield "  " + speech.say("Confirmed although: {what}", what=speech.reason(reason))
        else:
            yield "  " + speech.say("Overridden ({code}): {what}", code=reason.code, what=speech.reason(reason))
    for reason in outcome.missing:
        yield "  " + speech.say("Not yet, {ref}: {what}", ref=reference(reason.row), what=speech.reason(reason))


def told_line(speech: Speech, told: "Told") -> str:
    """One move as a line."""
    ref, noun = reference(told.row), speech.noun(told.kind)
    title = getattr(told.row, "title", "") or ""
    if told.source is None:
        return speech.say(
            "{ref} ({noun}) “{title}”: {state}.",
            ref=ref,
            noun=noun,
            title=title,
            state=speech.state(told.kind, told.to),
        )
    if told.source == told.to:
        return speech.say("{ref} ({noun}): {move}.", ref=ref, noun=noun, move=speech.move(told.kind, told.move))
    return speech.say(
        "{ref} ({noun}): {source} → {to}.",
        ref=ref,
        noun=noun,
        source=speech.state(told.kind, told.source),
        to=speech.state(told.kind, told.to),
    )


def undoable(outcome: "Outcome") -> bool:
    """Whether it makes sense to offer the way back."""
    move = PAGE[outcome.made.kind].moves.get(outcome.made.move)
    return move is not None and move.undoable


def outcome_document(speech: Speech, outcome: "Outcome", *, dry_run: bool) -> dict[str, Any]:
    """The answer as programs get it (cli.md 2)."""
    made = outcome.made
    return {
        "ok": True,
        **told_document(made),
        "version": made.row.version,
        "followed": [told_document(each) for each in outcome.followed],
        "warnings": [reason_document(speech, each) for each in outcome.waived if each.level is Level.WARN],
        "overridden": [each.code for each in outcome.waived if each.level is not Level.WARN],
        "not_followed": [reason_document(speech, each) for each in outcome.missing],
        "repeated": outcome.repeated,
        "dry_run": dry_run,
    }


def told_document(told: "Told") -> dict[str, Any]:
    """One move as programs get it."""
    return {
        "ref": reference(told.row),
        "kind": told.kind,
        "move": told.move,
        "from": told.source,
        "to": told.to,
        "history": told.number,
    }


# What was not done


def answer_error(error: Exception, arguments: Sequence[str], language: str) -> int:
    """Tell what went wrong, and answer the exit status for it."""
    as_json = "--json" in arguments
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return _answer_cancelled(as_json, speech(language))
    if isinstance(error, click.ClickException):
        return _answer_usage(error, as_json, speech(language))
    if isinstance(error, Refused):
        return _answer_refused(error, as_json, speech(language))
    problem = error if isinstance(error, PoytaError) else _database_problem(error)
    if problem is None:
        return _answer_fault(error, as_json, speech(language))
    return _answer_problem(problem, as_json, speech(language))


def reason_document(speech: Speech, reason: "Reason") -> dict[str, Any]:
    """One reason as programs get it."""
    return {
        "code": reason.code,
        "ref": reference(reason.row),
        "level": reason.level,
        "fixed": reason.fixed,
        "facts": reason.facts,
        "message": speech.reason(reason),
        "remedies": list(reason.remedies),
        "who": who_can(reason.remedies),
    }


def reason_lines(speech: Speech, reasons: Iterable["Reason"]) -> Iterable[str]:
    """Numbered reasons, each with the commands that would help and who may give them."""
    for number, reason in enumerate(reasons, start=1):
        what = speech.reason(reason)
        warned = reason.level is Level.WARN
        yield f"{number}. {speech.say('Are you sure? {what}', what=what) if warned else what}"
        yield from (f"     {remedy}" for remedy in reason.remedies)
        if who := who_can(reason.remedies):
            yield "     " + speech.say("Who can: {roles}", roles=speech.who(Role(role) for role in who))


def who_can(remedies: Iterable[str]) -> list[str]:
    """The roles that may give the first of these commands, from the page."""
    for remedy in remedies:
        words = remedy.split()
        kind = {"agenda": "item"}.get(words[1], words[1])
        if kind in PAGE.lifecycles and (move := PAGE[kind].moves.get(words[2].replace("-", "_"))):
            return [role.value for role in move.by]
    return []


def _answer_refused(refused: Refused, as_json: bool, speech: Speech) -> int:
    if as_json:
        write_json(
            {
                "ok": False,
                "error": refused.error,
                "ref": reference(refused.row) if refused.state is not None else None,
                "kind": refused.row.kind,
                "move": refused.move,
                "state": refused.state,
                "changed": False,
                "reasons": [reason_document(speech, each) for each in refused.reasons],
                "allowed": list(refused.allowed),
            }
        )
        return refused.exit_status
    line(speech.refused(refused), error=True)
    for each in reason_lines(speech, refused.reasons):
        line("  " + each, error=True)
    if all(reason.level is Level.WARN for reason in refused.reasons):
        line(speech.say("If you are sure, say so with --yes."), error=True)
    elif any(not reason.fixed for reason in refused.reasons):
        line(speech.say("The convener may go on all the same: --override CODE --reason TEXT"), error=True)
        codes = [reason.code for reason in refused.reasons if not reason.fixed and reason.level is Level.REFUSE]
        line(speech.say("Codes: {codes}", codes=", ".join(dict.fromkeys(codes))), error=True)
    if refused.error == "wrong_state" and refused.allowed:
        moves = [speech.move(refused.row.kind, each) for each in refused.allowed]
        line(speech.say("Possible now: {moves}", moves=moves), error=True)
    return refused.exit_status


def _answer_problem(problem: PoytaError, as_json: bool, speech: Speech) -> int:
    errors = getattr(problem, "errors", ())
    if as_json:
        write_json(
            {
                "ok": False,
                "error": problem.error,
                "code": problem.code,
                "facts": problem.facts,
                "message": speech.error(problem),
                "remedies": list(problem.remedies),
                "changed": False,
                "errors": [_book_error(speech, each) for each in errors],
            }
        )
        return problem.exit_status
    line(speech.error(problem), error=True)
    for each in errors:
        line("  " + speech.book_error(each), error=True)
        if each.refused is not None:
            for remedy in (remedy for reason in each.refused.reasons for remedy in reason.remedies):
                line(f"     {remedy}", error=True)
    for remedy in problem.remedies:
        line(f"     {remedy}", error=True)
    return problem.exit_status


def _book_error(speech: Speech, error: Any) -> dict[str, Any]:
    of_sheet, column = error.place.of_sheet, error.place.column
    return {
        "file": error.file,
        "sheet": of_sheet.sheet if of_sheet else None,
        "line": error.line,
        "column": column.letter if column else None,
        "field": error.field,
        "code": error.code,
        "message": speech.book_error(error),
        "reasons": [reason_document(speech, each) for each in error.refused.reasons] if error.refused else [],
    }


def _answer_usage(error: click.ClickException, as_json: bool, speech: Speech) -> int:
    message = error.format_message()
    close: Sequence[str] = ()
    if isinstance(error, UnknownCommand):
        message = speech.say("There is no command “{name}”.", name=error.name)
        close = error.close
    if as_json:
        document = {"ok": False, "error": "usage", "message": message, "close": list(close), "changed": False}
        write_json(document)
        return 2
    if isinstance(error, click.UsageError) and error.ctx is not None:
        page(error.ctx.get_usage(), error=True)
    line(message, error=True)
    if close:
        line(speech.say("Did you mean: {close}", close=list(close)), error=True)
    elif isinstance(error, click.UsageError) and error.ctx is not None:
        line(speech.say("Help: {command}", command=f"{error.ctx.command_path} --help"), error=True)
    return 2


def _answer_cancelled(as_json: bool, speech: Speech) -> int:
    if as_json:
        write_json({"ok": False, "error": "usage", "code": "cancelled", "changed": False})
    else:
        line(speech.say("Cancelled. Nothing was changed."), error=True)
    return 130


def _answer_fault(error: Exception, as_json: bool, speech: Speech) -> int:
    """A mistake of ours: the whole trace for the report, and the word that nothing was half-written."""
    import traceback

    message = speech.say(
        "This is a fault in poyta, not yours. Nothing was half-written. "
        "Please report it where you got poyta from, with the lines below."
    )
    if as_json:
        write_json({"ok": False, "error": "fault", "message": message, "changed": False})
    else:
        line(message, error=True)
    page("".join(traceback.format_exception(error)).rstrip(), error=True)
    return 1


def _database_problem(error: Exception) -> PoytaError | None:
    found = problem_of(error)
    if found is None:
        return None
    remedies = {
        "missing": ["poyta init"],
        "strange_value": ["poyta audit verify"],
        "older": ["poyta db upgrade"],
        "newer": ["uv tool upgrade poyta", "pipx upgrade poyta"],
        "older_rules": ["poyta db upgrade --dry-run", "poyta db upgrade"],
        "newer_rules": ["uv tool upgrade poyta", "pipx upgrade poyta"],
    }
    kind = {"missing": DatabaseMissing, "changed_meanwhile": Conflict}.get(found.code, CheckFailed)
    return kind(found.code, remedies.get(found.code, ()), **found.facts)


class DatabaseMissing(PoytaError):
    """There is no database where one was expected."""

    exit_status = 4
    error = "not_found"
