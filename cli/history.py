"""What has happened to a thing, and how it stood on a day: read from the history alone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from cli.app import App, app
from cli.commands import Argument, Command, Option
from cli.looking import VIEWS, the_one
from cli.output import line, write_json
from models.kept import moment_of, pairs_of
from models.states import LETTERS
from workflow.audit.replaying import standings
from workflow.days import local_day
from workflow.errors import BadValue, NotFound
from workflow.language.dates import UnreadableDate, moment, read_when, say_day
from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.references import NOBODY


def _act(ref: str | None, at: str | None) -> None:
    run = app()
    with run.reader() as reader:
        rows = reader.rows("v_history", order="id", **_wanted(reader, ref))
    if at is None:
        answer_history(run, rows)
    else:
        answer_as_of(run, rows if ref else [row for row in rows if row["table_ref"]], _end_of(at))


command = Command(
    "history",
    callback=_act,
    params=[
        Argument(["ref"], required=False, metavar=N_("REF")),
        Option(["--at"], metavar=N_("DATE"), help=N_("How it stood at the end of that day.")),
    ],
    help=N_("What has happened: to one thing, to a table with all that is its own, or to everything."),
)


def answer_history(run: App, rows: Iterable[Mapping[str, Any]]) -> None:
    """The entries, oldest first."""
    rows = list(rows)
    if run.json:
        write_json({"ok": True, "items": [_document(row) for row in rows]})
        return
    if not rows:
        line(run.speech.say("Nothing has happened yet."))
    for row in rows:
        line(entry_line(run, row))
        if row["reason"]:
            line("      " + run.speech.say("Reason: {reason}", reason=row["reason"]))
        for name, code in pairs_of(row["facts"]):
            if name in ("confirmed", "overridden"):
                sentence = N_("Confirmed: {code}") if name == "confirmed" else N_("Overridden: {code}")
                line("      " + run.speech.say(sentence, code=code))


def entry_line(run: App, row: Mapping[str, Any]) -> str:
    """One entry: number, day, thing, move, states, who in what role."""
    speech, kind = run.speech, str(row["kind"])
    facts = {
        "number": row["number"],
        "day": say_day(local_day(moment_of(row["happened_at"])), speech.language),
        "ref": row["ref"],
        "move": speech.move(kind, row["move"]),
        "to": speech.state(kind, row["to_state"]),
        "who": _who(speech, row),
    }
    if row["from_state"] in (None, row["to_state"]):
        return speech.say("{number}. {day} {ref}: {move} ({who})", **facts)
    facts["source"] = speech.state(kind, row["from_state"])
    return speech.say("{number}. {day} {ref}: {move}, {source} → {to} ({who})", **facts)


def _who(speech: Speech, row: Mapping[str, Any]) -> str:
    """Who acted, and in what role if in any."""
    if row["actor"] == NOBODY:
        return speech.say("before anybody was known")
    name = row["actor_name"] or row["actor"]
    return f"{name}, {speech.role(row['role'])}" if row["role"] else str(name)


def answer_as_of(run: App, rows: Iterable[Mapping[str, Any]], end: datetime) -> None:
    """How everything stood at a moment, from what had happened by then."""
    told = [row for row in rows if moment_of(row["happened_at"]) <= end]
    last = {row["stream"]: row for row in told}
    stood = [(last[stream], standing) for stream, standing in standings(told).items()]
    day = local_day(end - timedelta(seconds=1))
    if run.json:
        items = [
            {"ref": row["ref"], "kind": row["kind"], "state": standing.state, "state_since": standing.since}
            for row, standing in stood
        ]
        write_json({"ok": True, "at": day.isoformat(), "items": items})
        return
    if not stood:
        line(run.speech.say("On {day} there was nothing yet.", day=day))
        return
    line(run.speech.say("So it stood on {day}:", day=day))
    for row, standing in stood:
        state = run.speech.state(str(row["kind"]), standing.state)
        line(
            "  "
            + run.speech.say(
                "{ref} ({noun}): {state}", ref=row["ref"], noun=run.speech.noun(str(row["kind"])), state=state
            )
        )


def _wanted(reader: Any, ref: str | None) -> dict[str, Any]:
    """Which entries are asked for. A table's are those of everything at it."""
    if ref is None:
        return {}
    upper = ref.upper()
    kinds = {letter: kind for kind, letter in LETTERS.items()}
    kind = "item" if "/" in ref else kinds.get(upper[:1]) if upper[1:].isdigit() else "table"
    if kind is None or kind not in VIEWS:
        raise NotFound("not_found", reference=ref, kinds=[], close=[])
    row = the_one(reader, kind, ref)
    return {"table_ref": row["ref"]} if kind == "table" else {"stream": f"{kind}:{row['id']}"}


def _end_of(text: str) -> datetime:
    try:
        day: date = read_when(text).day
    except UnreadableDate as problem:
        raise BadValue(f"date_{problem.reason}", "at", value=text) from None
    return moment(day + timedelta(days=1), time(0))


def _document(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"],
        "ref": row["ref"],
        "kind": row["kind"],
        "move": row["move"],
        "from": row["from_state"],
        "to": row["to_state"],
        "actor": row["actor_name"] or row["actor"],
        "role": row["role"],
        "happened_at": row["happened_at"],
        "recorded_at": row["recorded_at"],
        "reason": row["reason"],
        "facts": dict(pairs_of(row["facts"])),
        "cause": row["cause_number"],
    }
