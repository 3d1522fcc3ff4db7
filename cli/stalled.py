"""Which themes and tables stand still: a list to be worked through, with the reasons."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from cli.app import App, app
from cli.commands import Command, Option
from cli.looking import the_one
from cli.output import line, lines, write_json_items
from cli.sheets import sheet_options, write_sheets
from models.kept import moment_of
from workflow.days import local_day
from workflow.errors import BadValue
from workflow.language.causes import how_long, whose_turn, why
from workflow.language.dates import UnreadableDate, read_when, say_day
from workflow.language.words import N_
from workflow.stalled.causes import CAUSES
from workflow.stalled.sorting import longest_first
from workflow.stalled.verdicts import Verdict, Wanted, verdicts
from workflow.stalled.watching import Sign
from workflow.translated import Translations


def _act(at: str | None, csv: str | None, xlsx: str | None, **only: Any) -> None:
    run = app()
    day = day_meant(run, at)
    with run.reader() as reader:
        found = longest_first(verdicts(reader, day, past=at is not None, wanted=_wanted(reader, only)))
        if csv or xlsx:
            _write(run, found, Translations(reader, run.speech.language), csv=csv, xlsx=xlsx)
        elif run.json:
            write_json_items((_document(run, each) for each in found), ok=True, at=day)
        else:
            _tell(run, found, day, Translations(reader, run.speech.language))


command = Command(
    "stalled",
    callback=_act,
    params=[
        Option(["--table"], metavar=N_("TABLE"), help=N_("Only at this table.")),
        Option(["--area"], metavar=N_("AREA"), help=N_("Only at the tables of this area.")),
        Option(["--project"], metavar=N_("PROJECT"), help=N_("Only at the tables that this project supports.")),
        Option(["--convener"], metavar=N_("PERSON"), help=N_("Only at the tables that this person convenes.")),
        Option(
            ["--cause", "causes"],
            multiple=True,
            metavar=N_("CODE"),
            help=N_("Only for this cause; several may be given."),
        ),
        Option(["--at"], metavar=N_("DATE"), help=N_("How it stood at the end of that day.")),
        *sheet_options(),
    ],
    help=N_("Which themes and tables stand still, why, whose turn it is, and what would move them on."),
)


def day_meant(run: App, text: str | None) -> date:
    """The day that was said, or today. Raises BadValue."""
    if text is None:
        return local_day(run.now)
    try:
        day: date = read_when(text).day
    except UnreadableDate as problem:
        raise BadValue(f"date_{problem.reason}", "at", value=text) from None
    return day


def _wanted(reader: Any, said: Mapping[str, Any]) -> Wanted:
    codes = [each.strip().lower().replace("-", "_") for each in said["causes"]]
    if strange := next((each for each in codes if each not in CAUSES), None):
        raise BadValue("not_a_choice", "cause", value=strange, choices=list(CAUSES))
    kinds = {"table": "table", "project": "project", "convener": "person"}
    found = {name: int(the_one(reader, kind, said[name])["id"]) for name, kind in kinds.items() if said[name]}
    return Wanted(**found, area=said["area"], causes=frozenset(codes))


# As a list to be worked through


def _tell(run: App, found: Iterator[Verdict], day: date, translations: Translations) -> None:
    first = next(found, None)
    if first is None:
        line(run.speech.say("Nothing stands still on {day}.", day=day))
        return
    line(run.speech.say("What stands still on {day}, the longest first:", day=day))
    for number, verdict in enumerate(_again(first, found), start=1):
        signs = (told for sign in verdict.signs for told in _sign_lines(run, sign))
        lines(["", _heading(run, number, verdict, translations), *signs])


def _again(first: Verdict, others: Iterator[Verdict]) -> Iterator[Verdict]:
    yield first
    yield from others


def _heading(run: App, number: int, verdict: Verdict, translations: Translations) -> str:
    facts = {
        "number": number,
        "ref": verdict.ref,
        "title": _title(verdict, translations),
        "table": verdict.table,
        "state": run.speech.state(verdict.kind, verdict.state),
        "since": say_day(local_day(moment_of(verdict.since)), run.speech.language),
    }
    if verdict.kind == "table":
        return run.speech.say("{number}. {title} ({ref}): {state}, since {since}", **facts)
    return run.speech.say("{number}. {ref} {title} ({table}): {state}, since {since}", **facts)


def _title(verdict: Verdict, translations: Translations) -> str:
    if verdict.kind != "theme":
        return verdict.title
    return str(translations.texts.get(("theme", int(verdict.ref[1:]), "title"), verdict.title))


def _sign_lines(run: App, sign: Sign) -> Iterator[str]:
    yield "   - " + why(run.speech, sign)
    yield "     " + how_long(run.speech, sign)
    yield "     " + whose_turn(run.speech, sign.holder)
    yield from (f"       {each}" for each in sign.remedies)


# For spreadsheets


def _write(run: App, found: Iterable[Verdict], translations: Translations, **files: str | None) -> None:
    from workflow.spreadsheets.standing_still import stalled_sheet

    sheet = stalled_sheet(run.speech, found, lambda verdict: _title(verdict, translations))
    write_sheets(run, sheet.title, [sheet], **files)


# For programs


def _document(run: App, verdict: Verdict) -> dict[str, Any]:
    return {
        "ref": verdict.ref,
        "kind": verdict.kind,
        "title": verdict.title,
        "table": verdict.table,
        "state": verdict.state,
        "state_since": verdict.since,
        "days": verdict.days,
        "causes": [_cause(run, sign) for sign in verdict.signs],
    }


def _cause(run: App, sign: Sign) -> dict[str, Any]:
    return {
        "code": sign.code,
        "about": sign.about,
        "since": date.fromordinal(sign.since).isoformat(),
        "days": sign.days,
        "counted": CAUSES[sign.code].unit,
        "limit": sign.limit,
        "holder": sign.holder._asdict(),
        "facts": sign.facts,
        "message": why(run.speech, sign),
        "remedies": sign.remedies,
    }
