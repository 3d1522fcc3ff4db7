"""Actions and meetings as sheets: a row for each, with more of it than a terminal has room for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from models import states
from models.kept import code_of
from models.reading import Reader
from workflow.exchange.spreadsheet import Value
from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.spreadsheets.sheet import Sheet, clock_in, day_in
from workflow.translated import Translations

Row = Mapping[str, Any]


def titles_of(reader: Reader, language: str) -> dict[str, str]:
    """What each theme is called, by its reference."""
    rows = Translations(reader, language).of("theme", reader.rows("v_themes"))
    return {str(row["ref"]): str(row["title"]) for row in rows}


def actions(reader: Reader, speech: Speech, rows: Iterable[Row]) -> Sheet:
    """Actions: what is to be done, whose it is, by when, and how it stands."""
    themes, shares = titles_of(reader, speech.language), _shares(reader)
    told = (_action(speech, row, themes, shares) for row in rows)
    return Sheet(speech.say("Actions"), [speech.say(each) for each in OF_ACTION], told)


OF_ACTION = (
    *(N_("Reference"), N_("Table"), N_("Theme"), N_("Title of the theme"), N_("What"), N_("State"), N_("Since")),
    *(N_("Responsible"), N_("Shared with"), N_("Due"), N_("By the next meeting"), N_("Times postponed")),
    *(N_("Waiting for"), N_("Meeting"), N_("Matter"), N_("Outcome")),
)


def _action(
    speech: Speech, row: Row, themes: Mapping[str, str], shares: Mapping[str, Sequence[str]]
) -> Sequence[Value]:
    return [
        row["ref"],
        row["table_ref"],
        row["theme_ref"],
        themes.get(row["theme_ref"]),
        row["what"],
        speech.state("action", row["state"]),
        day_in(row["state_since"]),
        row["responsible"],
        "; ".join(shares.get(row["ref"], ())),
        day_in(row["due"]),
        _yes_or_no(speech, row["by_next_meeting"] and not row["due_on"]),
        row["postponements"],
        row["waiting_for"],
        row["meeting_ref"],
        row["item_ref"],
        row["outcome"],
    ]


def _shares(reader: Reader) -> dict[str, list[str]]:
    shares: dict[str, list[str]] = {}
    for row in reader.rows("v_shares", order="id"):
        shares.setdefault(row["action_ref"], []).append(row["party"])
    return shares


def _yes_or_no(speech: Speech, said: object) -> str:
    return speech.say("yes") if said else speech.say("no")


def meetings(reader: Reader, speech: Speech, rows: Iterable[Row]) -> Sheet:
    """Meetings: when and where, what became of them, and how many came."""
    themes = titles_of(reader, speech.language)
    return Sheet(
        speech.say("Meetings"),
        [speech.say(each) for each in OF_MEETING],
        (list(_meeting(speech, row, themes)) for row in rows),
    )


OF_MEETING = (
    *(N_("Reference"), N_("Table"), N_("Theme"), N_("Title of the theme"), N_("Number"), N_("Day"), N_("Begins")),
    *(N_("Ends"), N_("State"), N_("Place"), N_("Link"), N_("Mode"), N_("Chair"), N_("Secretary"), N_("Present")),
    N_("Times moved"),
)
HELD = ("held", "actions_assigned", "completed")


def _meeting(speech: Speech, row: Row, themes: Mapping[str, str]) -> Iterator[Value]:
    yield from (row["ref"], row["table_ref"], row["theme_ref"], themes.get(row["theme_ref"]), row["number"])
    yield from (day_in(row["begins_at"]), clock_in(row["begins_at"]), clock_in(row["ends_at"]))
    yield speech.state("meeting", row["state"])
    yield from (row["place"], row["link"])
    yield speech.word(code_of(states.Mode, row["mode"])) if row["mode"] else None
    yield from (row["chair"], row["secretary"])
    yield row["present_count"] if row["state"] in HELD else None
    yield row["reschedules"]
