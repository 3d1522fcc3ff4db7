"""The days by which one party has promised its work, as a calendar: an entry for the whole day for each."""

from datetime import datetime, timedelta

from models.kept import day_of
from models.reading import Reader, Row, any_of
from models.states import ActionState
from workflow.calendar.entries import Entry, Method, as_ical, uid_of
from workflow.language.speech import Speech
from workflow.reminding.held import titles

OPEN = any_of((ActionState.ASSIGNED, ActionState.IN_PROGRESS, ActionState.WAITING))


def due_days(reader: Reader, party: Row, speech: Speech, now: datetime) -> tuple[bytes, list[str], list[str]]:
    """The file, the actions that are in it, and those that have no day. Shared work is in it too."""
    shared = {row["action_ref"] for row in reader.rows("v_shares", party_ref=party["ref"])}
    rows = reader.rows("v_actions", state=OPEN, responsible_ref=party["ref"])
    rows += [row for row in reader.rows("v_actions", state=OPEN, ref=any_of(shared)) if row not in rows]
    rows.sort(key=lambda row: (row["due"] or "", row["id"]))
    dated = [row for row in rows if row["due"]]
    tables = {row["ref"]: str(row["name"]) for row in reader.rows("v_tables")}
    said = titles(reader, speech.language)
    entries = [_entry(reader, row, speech, tables[row["table_ref"]], said.get(("action", row["id"]))) for row in dated]
    name = speech.say("Work promised: {name}", name=party["name"])
    file = as_ical(entries, Method.PUBLISH, now, name)
    return file, [row["ref"] for row in dated], [row["ref"] for row in rows if not row["due"]]


def _entry(reader: Reader, row: Row, speech: Speech, table: str, title: str | None) -> Entry:
    day = day_of(row["due"])
    told = [
        f"{title or row['title']} ({row['ref']})",
        speech.say("In the hands of: {who}", who=row["responsible"]),
        speech.say("Table: {table}.", table=table),
    ]
    return Entry(
        uid_of(reader, row["ref"]),
        row["entries"] - 1,
        day,
        day + timedelta(days=1),
        title or row["title"],
        "\n".join(told),
        takes_time=False,
    )
