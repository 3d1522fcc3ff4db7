"""Reminders: a letter to each party that holds something, with what it holds and until when."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.app import App, app
from cli.commands import Command, Option
from cli.output import line, page, write_json
from models.kept import moment_of
from models.place import DatabaseProblem
from workflow.days import local_day
from workflow.errors import Usage
from workflow.language.words import N_

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.database import Database


def _act(dry_run: bool, folder: str | None) -> None:
    if dry_run == (folder is not None):
        raise Usage("dry_run_or_write")
    run = app()
    if folder is None:
        _foresee(run)
    else:
        _write(run, Path(folder))


command = Command(
    "remind",
    callback=_act,
    params=[
        Option(["--dry-run"], is_flag=True, help=N_("Only say what would be sent.")),
        Option(["--write", "folder"], metavar=N_("DIR"), help=N_("Write each letter into this folder, and note it.")),
    ],
    help=N_(
        "Reminders, ready for e-mail: what each party holds and until when. Nothing is sent twice, and what a missed "
        "run left unsaid is said by the next one."
    ),
)


# Saying what would be sent


def _foresee(run: App) -> None:
    from workflow.reminding.planning import letters
    from workflow.reminding.wording import Directory, as_text, mail_of

    with run.reader() as reader:
        directory = Directory(reader)
        planned = letters(reader, local_day(run.now))
        mails = [mail_of(letter, reader, directory) for letter in planned]
        waiting = reader.rows("v_letters", written_at=None, order="id")
        unwritten = [_file_of(row) for row in waiting]
    if run.json:
        items = [
            {
                "ref": letter.party,
                "name": mail.name,
                "language": letter.language,
                "by": "email" if mail.addresses else "paper",
                "subject": mail.subject,
                "text": mail.body,
                "reminders": [_reminder(each) for each in letter.sayings],
            }
            for letter, mail in zip(planned, mails, strict=True)
        ]
        write_json({"ok": True, "dry_run": True, "items": items, "unwritten": unwritten})
        return
    if not mails and not unwritten:
        line(run.speech.say("There is nothing to remind anybody of now."))
    for mail in mails:
        how = N_("By e-mail, to {name}:") if mail.addresses else N_("On paper, to {name}:")
        line(run.speech.say(how, name=mail.name))
        page("".join(f"    {each}\n" for each in as_text(mail).splitlines()))
    for name in unwritten:
        line(run.speech.say("From a run that was broken off: {file}", file=name))
    line(run.speech.say("This was a dry run: nothing was changed."))


def _file_of(letter: Mapping[str, Any]) -> str:
    from workflow.reminding.wording import file_name, mail_kept

    return file_name(mail_kept(letter["text"]), local_day(moment_of(letter["made_at"])), letter["id"])


def _reminder(saying: Any) -> Mapping[str, Any]:
    duty, stage = saying.duty, saying.stage
    return {
        "ref": duty.ref,
        "title": duty.title,
        "stage": stage.code,
        "holder": duty.holder,
        "given_on": duty.given_on,
        "due": duty.due_on,
    }


# Writing it


def _write(run: App, folder: Path) -> None:
    from workflow.reminding.ledger import note_letters, waiting

    database = run.database()
    try:
        _see_folder(folder)
        with _at_work(run, database) as session:
            unfinished = waiting(session)
            new = note_letters(session, run.now)
        written = list(_hand_out(run, database, folder, [*unfinished, *new]))
    finally:
        database.close()
    if run.json:
        write_json({"ok": True, "dry_run": False, "folder": str(folder), "written": written})
        return
    if not written:
        line(run.speech.say("There is nothing to remind anybody of now."))
    for name in written:
        line(run.speech.say("Written: {place}", place=str(folder / name)))


def _hand_out(run: App, database: "Database", folder: Path, numbers: Iterable[int]) -> Iterator[str]:
    """Each letter in a transaction of its own, so that at most one is in doubt if all ends here."""
    from workflow.reminding.ledger import hand_out

    for number in numbers:
        with _at_work(run, database) as session:
            name = hand_out(session, number, run.now, lambda name, text: write_letter(folder, name, text))
        if name is not None:
            yield name


@contextmanager
def _at_work(run: App, database: "Database") -> "Iterator[Session]":
    from cli.seen import writing

    with writing(run, database, keep=True) as session:
        yield session


def _see_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Usage("file_unwritable", place=str(folder), problem=problem.strerror or "") from None


def write_letter(folder: Path, name: str, text: str) -> None:
    """Write a letter that only its owner can read; or find it there already, word for word. Raises Usage."""
    from models.files import give_new_name, passing

    path, data = folder / name, text.encode("utf-8")
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        with passing(path, "part") as part:
            part.write_bytes(data)
            give_new_name(part, path)
    except DatabaseProblem as problem:
        if problem.code == "exists":
            raise Usage("letter_taken", place=str(path)) from None
        raise Usage("file_unwritable", place=str(path), problem="") from None
    except OSError as problem:
        raise Usage("file_unwritable", place=str(path), problem=problem.strerror or "") from None
