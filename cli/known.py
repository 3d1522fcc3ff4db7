"""Everything that is kept about a person, as one document: `poyta person export`."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cli.app import App, app
from cli.commands import Argument, Command, Option
from cli.labels import LABELS
from cli.output import SCHEMA, line, plain, write_json
from workflow.errors import Usage
from workflow.language.words import N_

HEADINGS: Mapping[str, str] = {
    "person": N_("In the register"),
    "seats": N_("Seats"),
    "tables": N_("Tables"),
    "themes": N_("Themes"),
    "meetings": N_("Meetings"),
    "attendance": N_("Attendance"),
    "answers": N_("Answers to invitations"),
    "items": N_("Matters"),
    "actions": N_("Actions"),
    "memo_entries": N_("What they wrote in memos"),
    "shares": N_("Shared work"),
    "letters": N_("Letters with reminders"),
    "history": N_("What they did, and where the history names them"),
    "refused_attempts": N_("What they tried and was refused"),
    "texts": N_("Texts that name them"),
}
"""What each part of the document is called."""

MORE_LABELS: Mapping[str, str] = {
    "acted": N_("Acted"),
    "action": N_("Action"),
    "answer": N_("Answer"),
    "answered_at": N_("Answered"),
    "as": N_("As"),
    "deputy_for": N_("Deputy for"),
    "entry": N_("Entry"),
    "facts": N_("Told"),
    "field": N_("Field"),
    "from": N_("State before"),
    "happened_at": N_("Happened"),
    "item": N_("Matter"),
    "kind": N_("Kind"),
    "made_at": N_("Made"),
    "meeting": N_("Meeting"),
    "memo": N_("Memo"),
    "merged": N_("Other entries"),
    "move": N_("What was done"),
    "only_for": N_("Only for"),
    "part": N_("Part"),
    "presence": N_("Presence"),
    "pseudonyms": N_("Pseudonyms"),
    "reasons": N_("Reasons"),
    "recorded_at": N_("Recorded"),
    "responsible_person": N_("Responsible"),
    "revision": N_("Revision"),
    "sequence": N_("Changes before"),
    "series": N_("Series"),
    "slug": N_("Short name"),
    "table": N_("Table"),
    "text": N_("Text"),
    "theme": N_("Theme"),
    "to": N_("State"),
    "where": N_("Where"),
    "words": N_("Words"),
    "written_at": N_("Written out"),
}
"""What facts are called that only stand here, beside those of `cli.labels`."""


def _act(ref: str, file: str | None) -> None:
    from workflow.known_of import known_of

    run = app()
    with run.asking() as work:
        document = known_of(work, work.find(ref, "person"))
    if file is not None:
        _write(run, Path(file), document)
    elif run.json:
        write_json({"ok": True, **document})
    else:
        for sentence in _lines(run, document):
            line(sentence)


command = Command(
    "export",
    callback=_act,
    params=[
        Argument(["ref"], metavar=N_("REF")),
        Option(["--to", "file"], metavar=N_("FILE"), help=N_("The file to write, instead of the terminal.")),
    ],
    help=N_("Everything that is kept about a person: to be read, or with --to or --json as one JSON document."),
)


def _write(run: App, path: Path, document: Mapping[str, Any]) -> None:
    """Into a new file that only its owner can read."""
    text = json.dumps({"schema": SCHEMA, **document}, ensure_ascii=False, indent=2, default=plain)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Usage("file_exists", place=str(path)) from None
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text + "\n")
    if run.json:
        write_json({"ok": True, "place": str(path)})
    else:
        line(run.speech.say("Written: {place}", place=str(path)))


def _lines(run: App, document: Mapping[str, Any]) -> Iterator[str]:
    for name, part in document.items():
        rows = [part] if isinstance(part, dict) else part
        if rows:
            yield run.speech.say(HEADINGS.get(name, name)) + ":"
            yield from (f"  {_row(run, row)}" for row in rows)


def _row(run: App, row: Mapping[str, Any]) -> str:
    """One row in one line: each fact with what it is called."""
    facts = ((name, _fact(run, row, name)) for name in row)
    return "; ".join(f"{_label(run, name)}: {said}" for name, said in facts if said)


def _fact(run: App, row: Mapping[str, Any], name: str) -> str:
    """A fact of a row; the codes of moves and states by the words that their kind of thing has for them."""
    value, kind = row[name], str(row.get("kind", ""))
    if name == "kind":
        return run.speech.noun(kind)
    if name == "move":
        return run.speech.move(kind, value)
    if name in ("from", "to") and value is not None:
        return run.speech.state(kind, value)
    if name == "as":
        return ", ".join(_label(run, each) for each in value)
    return _said(run, value)


def _label(run: App, name: str) -> str:
    return run.speech.say(MORE_LABELS.get(name) or LABELS.get(name) or name)


def _said(run: App, value: Any) -> str:
    if value is None or value in ("", [], {}, False):
        return ""
    if value is True:
        return run.speech.say("yes")
    if isinstance(value, StrEnum | date | datetime):
        return run.speech.tell(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_said(run, each)}" for name, each in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_said(run, each) for each in value)
    return str(value)
