"""What bringing a database up to date changes, told to people and to programs."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cli.app import App
from cli.output import line, write_json
from models.states import Level
from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.lifecycles import PAGE
from workflow.rulebooks import name_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from workflow.lifecycle import Promise
    from workflow.rulebooks.differences import Difference
    from workflow.upgrading import Disallowed, Stranded, Unkept, Upgrade
    from workflow.work import Work

AT_MOST = 20
"""How many lines of one sort are shown; a program gets all."""

DIFFERENCES: Mapping[str, str] = {
    "kind_added": N_("{Kind}: this kind of thing is new."),
    "kind_removed": N_("{Kind}: there is no such kind of thing any more."),
    "state_added": N_("{Kind}: there is a new state, “{state}”."),
    "state_removed": N_("{Kind}: there is no state “{state}” any more."),
    "move_added": N_("{Kind}: there is a new move, “{move}”."),
    "move_removed": N_("{Kind}: there is no move “{move}” any more."),
    "role_added": N_("{Kind}: “{move}” is now also for this role: {role}."),
    "role_removed": N_("{Kind}: “{move}” is no longer for this role: {role}."),
    "reason_added": N_("{Kind}: “{move}” now needs a reason."),
    "reason_removed": N_("{Kind}: “{move}” no longer needs a reason."),
    "final_added": N_("{Kind}: “{move}” can no longer be undone."),
    "final_removed": N_("{Kind}: “{move}” can now be undone."),
    "way_added": N_("{Kind}: “{move}” now also leads this way: {state} → {to}."),
    "way_removed": N_("{Kind}: “{move}” no longer leads this way: {state} → {to}."),
    "promise_added": N_("{Kind}, {state}: this is newly promised ({promise}): {what}"),
    "promise_removed": N_("{Kind}, {state}: this is no longer promised: {promise}."),
    "promise_changed": N_("{Kind}, {state}: this is promised otherwise ({promise}): {what} {level}"),
    "consequence_added": N_("{Kind}: when “{move}” is made, this now follows: {after}."),
    "consequence_removed": N_("{Kind}: when “{move}” is made, this no longer follows: {after}."),
    "otherwise": N_("They differ only in what has no name of its own, such as the order in which they are told."),
}
"""What is said of each difference between two sets of rules."""

DISALLOWED: Mapping[str, str] = {
    "way_unknown": N_("{Kind}, “{move}”: there is no such way ({n})."),
    "role_unknown": N_("{Kind}, “{move}”: not in that role ({n})."),
}


def upgrade(run: App, *, dry_run: bool) -> int:
    """Bring the database up to date, or only say what that would change. Answers the exit status."""
    from workflow.upgrading import InTheWay, upgrade

    try:
        found = upgrade(run.place, _work_in(run), keep=not dry_run)
    except InTheWay as in_the_way:
        _answer_in_the_way(run, in_the_way)
        return in_the_way.exit_status
    if not dry_run:
        with run.looking():  # which warns, and remembers the entry that tells of it
            pass
    if run.json:
        done = ["upgraded"] if found.anything and not dry_run else []
        write_json({"ok": True, "place": run.shown_place, "done": done, "dry_run": dry_run, **_document(found)})
        return 0
    if dry_run and found.anything:
        line(run.speech.say("The database is not up to date: {place}", place=run.shown_place))
    else:
        line(run.speech.say("The database is up to date: {place}", place=run.shown_place))
    _tell(run.speech, found)
    if found.backup:
        line(run.speech.say("The old one is kept here: {place}", place=str(found.backup)))
    if dry_run:
        line(run.speech.say("This was a dry run: nothing was changed."))
    return 0


def make(run: App, *, dry_run: bool) -> int:
    """Make a database where there is none, or only say so. Answers the exit status."""
    from cli.seen import begin
    from models.schema import making

    if not dry_run:
        with making(run.place):
            begin(run)
    if run.json:
        done = [] if dry_run else ["created"]
        write_json({"ok": True, "place": run.shown_place, "done": done, "dry_run": dry_run, "backup": None})
    elif dry_run:
        line(run.speech.say("There is no database yet, and one would be made: {place}", place=run.shown_place))
    else:
        line(run.speech.say("The database is up to date: {place}", place=run.shown_place))
    return 0


def _work_in(run: App) -> "Callable[[Session], Work]":
    from workflow.work import Work

    return lambda session: Work(session, run.actor_or_nobody(session), run.now)


def _answer_in_the_way(run: App, problem: Any) -> None:
    found: Upgrade = problem.found
    message = run.speech.error(problem)
    if run.json:
        told = {"code": problem.code, "message": message, "changed": False}
        write_json({"ok": False, "error": problem.error, **told, "place": run.shown_place, **_document(found)})
        return
    line(message, error=True)
    _bullets([_stranded(run.speech, each) for each in found.stranded], run.speech, error=True)
    line(run.speech.say("Move them on with the poyta that made the database, and then try again."), error=True)
    _tell(run.speech, found, error=True)


# To people


def _tell(speech: Speech, found: "Upgrade", *, error: bool = False) -> None:
    if found.new_schema:
        before, after = found.schema_before, found.schema_after
        line(speech.say("Version of the tables: {before} → {after}", before=before, after=after), error=error)
    if found.new_rules:
        old, new = name_of(found.rules_before or ""), name_of(found.rules_after)
        line(speech.say("Version of the rules: {before} → {after}", before=old, after=new), error=error)
        _bullets([difference_line(speech, each) for each in found.differences], speech, error=error)
    if found.disallowed:
        sentence = N_("The new rules would not have allowed this. It stays as it is: the past keeps its own rules.")
        line(speech.say(sentence), error=error)
        _bullets([_disallowed(speech, each) for each in found.disallowed], speech, error=error)
    if found.unkept:
        line(speech.say("The new rules promise this, and it is not so yet. It stops nobody:"), error=error)
        _bullets([_unkept(speech, each) for each in found.unkept], speech, error=error)


def difference_line(speech: Speech, each: "Difference") -> str:
    """One thing that the new rules say otherwise."""
    kind = each.kind or ""
    facts: dict[str, object] = {"kind": speech.noun(kind) if kind else ""}
    for name in ("state", "to"):
        if (state := getattr(each, name)) is not None:
            facts[name] = speech.state(kind, state)
    if each.move is not None:
        facts["move"] = speech.move(kind, each.move)
    if each.role is not None:
        facts["role"] = speech.role(each.role)
    if each.promise is not None:
        facts |= {"promise": each.promise, **_promised(speech, each)}
    if each.code.startswith("consequence"):
        other, _, then = (each.after or "").partition(" ")
        facts["after"] = f"{speech.noun(other)}, {speech.move(other, then)}"
    return speech.say(DIFFERENCES[each.code], **facts)


def _promised(speech: Speech, each: "Difference") -> dict[str, object]:
    """What is promised, and what it means where it does not hold, as far as the rules of today know it."""
    from workflow.explain.words import level

    if each.code == "promise_removed":
        return {}
    promise = _promise(each.kind or "", each.state or "", each.promise or "")
    return {"what": speech.promise(promise.guard), "level": level(promise, speech)}


def _promise(kind: str, state: str, code: str) -> "Promise":
    """What the page of today promises under that name."""
    made = next(made for known, made in PAGE[kind].promises.items() if known == state)
    return next(each for each in made if each.code == code)


def _stranded(speech: Speech, each: "Stranded") -> str:
    facts = {"ref": each.ref, "state": speech.state(each.kind, each.state)}
    if each.aside:
        return speech.say("{ref} would go back to this state: {state}", **facts)
    return speech.say("{ref} is in this state: {state}", **facts)


def _disallowed(speech: Speech, each: "Disallowed") -> str:
    facts = {"kind": speech.noun(each.kind), "move": speech.move(each.kind, each.move), "n": each.entries}
    return speech.say(DISALLOWED[each.code], **facts)


def _unkept(speech: Speech, each: "Unkept") -> str:
    promise = _promise(each.kind, each.state, each.promise)
    facts = {"ref": each.ref, "state": speech.state(each.kind, each.state), "what": speech.promise(promise.guard)}
    if each.level is Level.WARN:
        return speech.say("{ref}, {state}: {what} (only a warning)", **facts)
    return speech.say("{ref}, {state}: {what}", **facts)


def _bullets(lines: Sequence[str], speech: Speech, *, error: bool) -> None:
    for each in lines[:AT_MOST]:
        line("  " + each, error=error)
    if (more := len(lines) - AT_MOST) > 0:
        line("  " + speech.say("and {n} more", n=more), error=error)


# To programs


def _document(found: "Upgrade") -> dict[str, Any]:
    return {
        "backup": found.backup,
        "tables": {"before": found.schema_before, "after": found.schema_after},
        "rules": {"before": found.rules_before, "after": found.rules_after},
        "differences": [_plain(each) for each in found.differences],
        "stranded": [_plain(each) for each in found.stranded],
        "would_not_be_allowed": [_plain(each) for each in found.disallowed],
        "would_not_hold": [_plain(each) for each in found.unkept],
    }


def _plain(each: Any) -> dict[str, object]:
    return {name: value for name, value in each._asdict().items() if value is not None}
