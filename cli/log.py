"""What happened over all tables, and what was tried and refused: with filters."""

from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from typing import Any, NamedTuple

from cli.app import App, app
from cli.commands import Command, Option
from cli.history import answer_history
from cli.looking import the_one
from cli.output import line, write_json
from models.kept import moment_of, pairs_of
from models.reading import Range, between
from workflow.days import local_day
from workflow.errors import BadValue
from workflow.language.dates import UnreadableDate, moment, read_when, say_day
from workflow.language.words import N_


class Filter(NamedTuple):
    """Which entries are wanted."""

    who: str | None
    table: str | None
    kind: str | None
    move: str | None
    since: str | None
    until: str | None
    refused: bool
    overridden: bool
    confirmed: bool


def _act(**chosen: Any) -> None:
    run, only = app(), Filter(**chosen)
    with run.reader() as reader:
        wanted = _wanted(reader, only)
        rows = reader.rows("v_refused" if only.refused else "v_history", order="id", **wanted)
    if only.refused:
        _answer_refused(run, rows)
    else:
        answer_history(run, [row for row in rows if _noted(row, only)])


command = Command(
    "log",
    callback=_act,
    params=[
        Option(["--who"], metavar=N_("PERSON"), help=N_("Only what this person did.")),
        Option(["--table"], metavar=N_("TABLE"), help=N_("Only of this table.")),
        Option(["--kind"], metavar=N_("KIND"), help=N_("Only of this kind of thing, for example meeting.")),
        Option(["--move"], metavar=N_("MOVE"), help=N_("Only this move, for example set-agenda.")),
        Option(["--since"], metavar=N_("DATE"), help=N_("Only what happened on this day or later.")),
        Option(["--until"], metavar=N_("DATE"), help=N_("Only what happened on this day or earlier.")),
        Option(["--refused"], is_flag=True, help=N_("What was tried and refused, which is kept apart.")),
        Option(["--overridden"], is_flag=True, help=N_("Only where somebody went on although something was missing.")),
        Option(["--confirmed"], is_flag=True, help=N_("Only where somebody confirmed a warning.")),
    ],
    help=N_("What happened at all tables, with filters; and what was tried and refused."),
)


def _wanted(reader: Any, only: Filter) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if only.who:
        wanted["actor_ref"] = the_one(reader, "person", only.who)["ref"]
    if only.table:
        wanted["table_ref"] = the_one(reader, "table", only.table)["ref"]
    if only.kind:
        wanted["kind"] = only.kind
    if only.move:
        wanted["move"] = only.move.replace("-", "_")
    if only.since or only.until:
        wanted["recorded_at" if only.refused else "happened_at"] = _days(only)
    return wanted


def _days(only: Filter) -> Range:
    """From the beginning of one day to the end of another, in Finland."""
    least = moment(_day(only.since, "since"), time(0)) if only.since else None
    most = moment(_day(only.until, "until") + timedelta(days=1), time(0)) if only.until else None
    return between(least, most and most - timedelta(microseconds=1))


def _day(text: str, field: str) -> Any:
    try:
        return read_when(text).day
    except UnreadableDate as problem:
        raise BadValue(f"date_{problem.reason}", field, value=text) from None


def _noted(row: Mapping[str, Any], only: Filter) -> bool:
    """Whether the entry keeps what is asked for; an entry may have several such facts."""
    names = {name for name, _ in pairs_of(row["facts"])}
    asked = {"overridden": only.overridden, "confirmed": only.confirmed}
    return all(name in names for name, wanted in asked.items() if wanted)


def _answer_refused(run: App, rows: Iterable[Mapping[str, Any]]) -> None:
    rows = list(rows)
    if run.json:
        write_json({"ok": True, "items": [_document(row) for row in rows]})
        return
    if not rows:
        line(run.speech.say("Nothing was refused."))
    for row in rows:
        facts = {
            "day": say_day(local_day(moment_of(row["recorded_at"])), run.speech.language),
            "ref": row["ref"] or row["stream"],
            "move": run.speech.move(str(row["kind"]), row["move"]),
            "who": row["actor_name"] or row["actor"],
            "codes": row["reasons"].replace(",", ", "),
        }
        line(run.speech.say("{day} {ref}: {move} was refused ({who}): {codes}", **facts))


def _document(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ref": row["ref"],
        "kind": row["kind"],
        "table": row["table_ref"],
        "move": row["move"],
        "actor": row["actor_name"] or row["actor"],
        "recorded_at": row["recorded_at"],
        "reasons": row["reasons"].split(","),
    }
