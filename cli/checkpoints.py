"""Checkpoints of the history: printed to be kept elsewhere, compared with what was kept, and gone on from."""

from contextlib import closing
from pathlib import Path
from typing import Any

from cli.app import App, app
from cli.commands import Command, Group, Moving, Option
from cli.files import write_file
from cli.output import line, page, write_json
from cli.seen import Witness, asks, warn
from models.checkpoints import (
    LONGEST,
    Checkpoint,
    Short,
    asking,
    checkpoint_at,
    checkpoint_in,
    parse_checkpoint,
    parse_short,
    unlike,
)
from models.fingerprint import Ask
from models.place import DatabaseProblem, check_header, is_server, problems, shown
from workflow.errors import BadValue, CheckFailed, Usage
from workflow.language.words import N_


def add_checkpoints(group: Group) -> None:
    """Give a group the commands of checkpoints."""
    group.add_command(CHECKPOINT)
    group.add_command(ACCEPT)


# Printing and comparing


def _checkpoint(file: str | None, against: str | None) -> None:
    run = app()
    kept = None if against is None else _kept(against)
    place = _place_of_file(run)
    check_header(Path(place), newer_too=True)
    with problems(place), asking(Path(place)) as ask:
        warn(run, ask)
        now = checkpoint_in(ask)
        if kept is not None:
            _compare(ask, kept, now, place)
    if file is not None:
        _write(run, now, file)
    if run.json:
        contains = {} if kept is None else {"contains": document_of(kept)}
        write_json({"ok": True, **document_of(now), **contains})
    elif kept is not None:
        sentence = N_("The history contains what the checkpoint saw, up to entry {seen}. It is at entry {found} now.")
        line(run.speech.say(sentence, seen=kept.size, found=now.size))
    elif file is None:
        page(now.text.rstrip("\n"))


CHECKPOINT = Command(
    "checkpoint",
    callback=_checkpoint,
    params=[
        Option(["--to", "file"], metavar=N_("FILE"), help=N_("The file to write, instead of the terminal.")),
        Option(
            ["--against"],
            metavar=N_("FILE"),
            help=N_("Compare with a checkpoint that was kept, or with the short root in the foot of a document."),
        ),
    ],
    help=N_("Print a checkpoint of the history, to be kept elsewhere; or compare one that was kept."),
)


def document_of(checkpoint: Checkpoint | Short) -> dict[str, Any]:
    """A checkpoint as programs get it."""
    if isinstance(checkpoint, Short):
        return {"size": checkpoint.size, "short": checkpoint.text}
    return {**checkpoint._asdict(), "short": checkpoint.short}


def _kept(said: str) -> Checkpoint | Short:
    """What was kept: in a file, or on paper."""
    path = Path(said)
    if not path.is_file():
        kept: Checkpoint | Short | None = parse_short(said)
    else:
        try:
            with path.open("rb") as file:
                kept = parse_checkpoint(file.read(LONGEST).decode("utf-8-sig", errors="replace"))
        except OSError:
            kept = None
    if kept is None:
        raise Usage("not_a_checkpoint", value=said)
    return kept


def _compare(ask: Ask, kept: Checkpoint | Short, now: Checkpoint, place: str) -> None:
    """Raises CheckFailed where the history does not contain it."""
    if isinstance(kept, Checkpoint):
        code = unlike(ask, kept)
    elif kept.size > now.size:
        code = "shorter"
    else:
        then = checkpoint_at(ask, kept.size)
        code = None if then is not None and kept.fits(then) else "otherwise"
    facts = {"seen": kept.size, "found": now.size, "place": place}
    if code == "another":
        raise CheckFailed("checkpoint_another", (), **facts)
    if code == "shorter":
        raise CheckFailed("checkpoint_shorter", (), **facts)
    if code == "otherwise":
        raise CheckFailed("checkpoint_otherwise", (), **facts)


def _write(run: App, now: Checkpoint, file: str) -> None:
    write_file(file, now.text, over=bool(run.shared.get("yes")))
    line(run.speech.say("Written: {place}", place=file), error=True)


# Going on


def _accept() -> None:
    from models.database import Database

    run = app()
    if (reason := run.reason) is None:
        raise BadValue("missing", "reason")
    witness = Witness(run)
    # Not `run.database()`, which would have older rules brought up to date first, in a history that is in doubt.
    with closing(Database(_place_of_file(run))) as database, database.writing(keep=not run.dry_run) as session:
        accepted = _accepted(run, witness, session, reason)
    if accepted is not None and not run.dry_run:
        witness.remember()
    _answer_accepted(run, accepted)


ACCEPT = Moving(
    "accept",
    callback=_accept,
    help=N_(
        "Go on from the history as it is, although it is not what was seen of it. The history remembers who said so,"
        " and why."
    ),
)


def _accepted(run: App, witness: Witness, session: Any, reason: str) -> dict[str, Any] | None:
    """Write down that somebody goes on from here; nothing, where there is no doubt."""
    from workflow.accepting import accept
    from workflow.work import Work

    if witness.doubt(asks(session)) is None or witness.remembered is None:
        return None
    seen, found = witness.remembered.newest.checkpoint, checkpoint_in(asks(session))
    work = Work(session, run.actor_or_nobody(session), run.now)
    number = accept(work, seen, found, reason, run.how())
    witness.see(asks(session), anew=True)
    return {"seen": document_of(seen), "found": document_of(found), "history": number}


def _answer_accepted(run: App, accepted: dict[str, Any] | None) -> None:
    if run.json:
        done = {"done": ["accepted"] if accepted else [], **(accepted or {})}
        write_json({"ok": True, **done, "dry_run": run.dry_run})
    elif accepted is None:
        line(run.speech.say("There is nothing to accept: the history is what was seen of it."))
    else:
        found = accepted["found"]["short"]
        sentence = N_("From here on the history counts as it is ({short}). It remembers that, as poyta {number}.")
        line(run.speech.say(sentence, short=found, number=accepted["history"]))
        if run.dry_run:
            line(run.speech.say("This was a dry run: nothing was changed."))


def _place_of_file(run: App) -> str:
    """Where the database is, if it is a file. Raises DatabaseProblem."""
    place = run.place
    if is_server(place):
        raise DatabaseProblem("checkpoint_of_server", place=shown(place))
    return place
