"""Inviting: how people are invited, the invitation as files for calendar and e-mail, and the answers that come back."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.answers import answer_outcome
from cli.app import App, app
from cli.commands import Argument, Command, Group, Option
from cli.files import write_into
from cli.looking import the_one
from cli.moves import Verb, carry_out, option_of
from cli.output import bullets, line, write_json
from models.states import Answer
from workflow.details import details_of
from workflow.errors import Usage
from workflow.language.words import N_
from workflow.lifecycles import PAGE

if TYPE_CHECKING:
    from models.reading import Reader
    from workflow.calendar.answers import Told
    from workflow.calendar.entries import Guest
    from workflow.calendar.invitations import Invitation


def add_inviting(group: Group) -> None:
    """Give the meeting its `invite`, which also writes files, and its `replies`."""
    life = PAGE["meeting"]
    made = life.moves["invite"]
    channel = option_of(details_of(life, made)["channel"]._replace(required=False))
    group.add_command(Verb(life, made, _invite, [Argument(["ref"], metavar=N_("REF")), channel, WRITE]))
    group.add_command(REPLIES)


WRITE = Option(
    ["--write", "folder"],
    metavar=N_("DIR"),
    help=N_("Write the invitation into this folder, for calendars (.ics) and as a draft of an e-mail (.eml)."),
)


# The invitation


def _invite(ref: str, channel: tuple[str, ...], folder: str | None) -> None:
    run = app()
    if channel:
        _note_and_write(run, ref, channel, Path(folder) if folder else None)
    elif folder is None:
        raise Usage("channel_or_write")
    else:
        with run.reader() as reader:
            made, written = _written(run, reader, the_one(reader, "meeting", ref), Path(folder))
        if run.json:
            write_json({"ok": True, "ref": made.ref, "kind": "meeting", "dry_run": run.dry_run, **_told(made, written)})
        else:
            _tell(run, made, written)


def _note_and_write(run: App, ref: str, channel: tuple[str, ...], folder: Path | None) -> None:
    """How people are invited is kept only if the files could be written."""
    done: list[tuple[Invitation, list[str]]] = []

    def make(work: Any, how: Any) -> Any:
        from workflow.engine import make_move
        from workflow.reminding.ledger import reader_of

        meeting = work.find(ref, "meeting")
        outcome = make_move(work, meeting, "invite", {"channel": channel}, how)
        if folder is not None:
            work.session.flush()
            with reader_of(work.session) as reader:
                done[:] = [_written(run, reader, the_one(reader, "meeting", f"M{meeting.id}"), folder)]
        return outcome

    def tell(run: App, outcome: Any) -> None:
        more = _told(*done[0]) if done else {}
        answer_outcome(run, outcome, happened=outcome.happened_at, **more)
        if done and not run.json:
            _tell(run, *done[0])

    carry_out(run, make, tell)


def _written(run: App, reader: "Reader", meeting: dict[str, Any], folder: Path) -> "tuple[Invitation, list[str]]":
    from workflow.calendar.invitations import invitation

    made = invitation(reader, meeting, run.now)
    files = made.files()
    if run.dry_run:
        return made, [str(folder / name) for name in files]
    return made, write_into(folder, files, over=bool(run.shared.get("yes")))


def _tell(run: App, made: "Invitation", written: Iterable[str]) -> None:
    say = run.speech.say
    for place in written:
        line(
            say("This would be written: {place}", place=place) if run.dry_run else say("Written: {place}", place=place)
        )
    if made.guests.organiser is None:
        line(say("No e-mail address is known of the convener or the secretary, so nobody can answer by calendar."))
    else:
        line(say("Answers go to {name}.", name=made.guests.organiser.name))
    if names := [each.name for each in made.guests.reachable]:
        line(say("The letter is addressed to: {names}.", names=names))
    if names := [each.name for each in made.guests.unreachable]:
        line(say("No e-mail address is known, so please tell them in another way: {names}.", names=names))


def _told(made: "Invitation", written: list[str]) -> Mapping[str, Any]:
    """The invitation as programs get it."""
    organiser = made.guests.organiser
    return {
        "method": made.method,
        "uid": made.entry.uid,
        "sequence": made.entry.sequence,
        "organiser": _guest(organiser) if organiser else None,
        "invited": [_guest(each) for each in made.guests.invited],
        "written": written,
    }


def _guest(guest: "Guest") -> Mapping[str, Any]:
    return {"ref": guest.ref, "name": guest.name, "email": guest.address}


# The answers


def _replies(ref: str, files: tuple[str, ...], dry_run: bool) -> None:
    run = app()
    if dry_run:
        run.shared["dry_run"] = True
    if files:
        told = _read(run, ref, files)
        if run.json:
            write_json(
                {"ok": True, "ref": told[0], "dry_run": run.dry_run, "items": [_reply(each) for each in told[1]]}
            )
            return
        for each in told[1]:
            line(sentence_of(run, each))
        if run.dry_run:
            line(run.speech.say("This was a dry run: nothing was changed."))
    else:
        _show(run, ref)


REPLIES = Command(
    "replies",
    callback=_replies,
    params=[
        Argument(["ref"], metavar=N_("REF")),
        Argument(["files"], nargs=-1, required=False, metavar=N_("FILE")),
        Option(["--dry-run"], is_flag=True, help=N_("Only say what would happen.")),
    ],
    help=N_(
        "Read in the answers to an invitation, as calendars send them (.ics, .eml), and remember the newest of each. "
        "Without a file: who has answered what."
    ),
)


def _read(run: App, ref: str, files: tuple[str, ...]) -> "tuple[str, list[Told]]":
    from workflow.calendar.answers import remember
    from workflow.calendar.replies import replies_in
    from workflow.exchange.sources import sources_of
    from workflow.reminding.ledger import reader_of

    replies = replies_in(sources_of(files))
    with run.work() as work:
        meeting = work.find(ref, "meeting")
        with reader_of(work.session) as reader:
            row = the_one(reader, "meeting", f"M{meeting.id}")
            return row["ref"], remember(work, reader, meeting, row, replies)


def sentence_of(run: App, told: "Told") -> str:
    """What was made of a reply, in a sentence that says whose it is."""
    reply = told.reply
    facts = {
        "name": told.name or reply.name or reply.address,
        "address": reply.address,
        "answer": reply.answer,
        "when": reply.proposed,
        "file": reply.file,
    }
    said = run.speech.say(SENTENCES["former" if _of_former(told) else told.taken.value], **facts)
    if reply.comment:
        from workflow.errors import shortened

        return f"{said} {run.speech.say('They write: {comment}', comment=shortened(reply.comment))}"
    return said


def _of_former(told: "Told") -> bool:
    return told.former and told.taken.value == "remembered"


SENTENCES: Mapping[str, str] = {
    "remembered": N_("{name}: {answer}."),
    "former": N_("{name}: {answer}. This answers an earlier invitation, of which something has changed since."),
    "as_before": N_("{name}: {answer}. This was known already."),
    "older": N_("{name}: {answer}. This is older than the answer that is known, which stays."),
    "other_meeting": N_("{file} answers the invitation to another meeting. It was left as it is."),
    "not_invited": N_("{name} ({address}) is not among those who were invited. The answer was left as it is."),
    "several": N_("{address} belongs to several of those who were invited. The answer was left as it is."),
    "no_answer": N_("{name}: neither yes nor no nor perhaps. The answer was left as it is."),
    "other_time": N_("{name} asks for another time: {when}. Nobody has agreed to it."),
}
"""What is said of each reply, by what was made of it."""


def _reply(told: "Told") -> Mapping[str, Any]:
    reply = told.reply
    return {
        "file": reply.file,
        "taken": told.taken,
        "ref": told.ref,
        "name": told.name or reply.name,
        "email": reply.address,
        "answer": reply.answer,
        "answered_at": reply.answered_at,
        "sequence": reply.sequence,
        "former": told.former,
        "comment": reply.comment,
        "proposed": reply.proposed,
    }


def _show(run: App, ref: str) -> None:
    """Everybody who is invited, with the newest answer."""
    from models.kept import moment_of
    from workflow.calendar.guests import guests_of
    from workflow.days import local_day

    with run.reader() as reader:
        row = the_one(reader, "meeting", ref)
        day = local_day(moment_of(row["begins_at"])) if row["begins_at"] else local_day(run.now)
        guests = guests_of(reader, row, day)
        answers = {each["person_ref"]: each for each in reader.rows("v_answers", meeting_ref=row["ref"])}
    items = [{**_guest(each), **_answered(answers.get(each.ref))} for each in guests.invited]
    if run.json:
        write_json({"ok": True, "ref": row["ref"], "items": items})
    elif not items:
        line(run.speech.say("There are none."))
    else:
        bullets(_line(run, each) for each in items)


def _answered(row: Mapping[str, Any] | None) -> Mapping[str, Any]:
    return {name: row and row[name] for name in ("answer", "answered_at", "sequence", "answer_to")}


def _line(run: App, item: Mapping[str, Any]) -> str:
    if item["answer"] is not None:
        sentence = SENTENCES["former" if item["answer_to"] == "former" else "remembered"]
        return run.speech.say(sentence, name=item["name"], answer=Answer(item["answer"]))
    if item["email"] is None:
        return run.speech.say("{name}: no e-mail address.", name=item["name"])
    return run.speech.say("{name}: no answer yet.", name=item["name"])
