"""Who comes: the people of each sector at each meeting that was held, and whether they grow more or fewer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from models import states
from models.kept import code_of
from models.reading import Reader, any_of
from workflow.comparing import YEAR, Sector
from workflow.exchange.events import parts
from workflow.exchange.spreadsheet import Value
from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.spreadsheets.lists import HELD, titles_of
from workflow.spreadsheets.sheet import Sheet, day_in
from workflow.stalled.verdicts import end_of


class Came(NamedTuple):
    """A meeting that was held, and how many came of each sector.

    A head-count by sector counts everybody; where there is none, it is those named who are counted.
    """

    meeting: Mapping[str, Any]
    sectors: Mapping[str, int]
    unknown: int
    """How many came of whom no sector is known."""

    @property
    def people(self) -> int:
        """How many came in all: as they were counted, where they were."""
        return int(self.meeting["present_count"])


class Trend(NamedTuple):
    """How many people of a sector came to a meeting of a table on the average."""

    table: str
    sector: str
    people: Sector


def attendance(reader: Reader, **wanted: Any) -> list[Came]:
    """Every meeting that was held, the first first. `wanted`: columns of `v_meetings`."""
    meetings = reader.rows("v_meetings", order="begins_at", state=any_of(HELD), **wanted)
    named: dict[str, Counter[str]] = {str(row["ref"]): Counter() for row in meetings}
    counted: dict[str, Counter[str]] = {ref: Counter() for ref in named}
    for some in parts(list(named)):
        chosen = any_of(some)
        for row in reader.rows("v_attendance", presence=states.Presence.PRESENT, meeting_ref=chosen):
            named[row["meeting_ref"]][row["sector"] or ""] += 1
        for row in reader.rows("v_head_counts", meeting_ref=chosen):
            counted[row["meeting_ref"]][row["sector"] or ""] += row["people"]
    return [_came(row, counted[str(row["ref"])], named[str(row["ref"])]) for row in meetings]


def _came(meeting: Mapping[str, Any], counted: Counter[str], named: Counter[str]) -> Came:
    told = counted if any(counted[each] for each in states.Sector) else named
    sectors = {each.value: told[each] for each in states.Sector if told[each]}
    return Came(meeting, sectors, max(0, int(meeting["present_count"]) - sum(sectors.values())))


def trends(came: Iterable[Came], day: date) -> list[Trend]:
    """How many came in the twelve months up to the day, and in the twelve before those, where anybody did."""
    year_ago, two_ago, now = end_of(day - YEAR), end_of(day - 2 * YEAR), end_of(day)
    meetings: Counter[tuple[str, bool]] = Counter()
    people: Counter[tuple[str, str, bool]] = Counter()
    for each in came:
        begins, table = str(each.meeting["begins_at"] or ""), str(each.meeting["table_ref"])
        if two_ago < begins <= now:
            meetings[table, begins > year_ago] += 1
            for sector, number in each.sectors.items():
                people[table, sector, begins > year_ago] += number
    found = dict.fromkeys((table, sector) for table, sector, _ in people)
    return [
        Trend(table, sector, Sector(*(_each(people[table, sector, newer], meetings[table, newer]) for newer in NEWER)))
        for table, sector in found
    ]


NEWER = (True, False)


def _each(people: int, meetings: int) -> float | None:
    return round(people / meetings, 1) if meetings else None


def sectors_of(came: Iterable[Came]) -> list[states.Sector]:
    """The sectors of whom anybody came, in their order."""
    found = {sector for each in came for sector in each.sectors}
    return [each for each in states.Sector if each.value in found]


def attendance_sheet(reader: Reader, speech: Speech, came: Sequence[Came]) -> Sheet:
    """A row for each meeting, and a column for each sector."""
    sectors, themes = sectors_of(came), titles_of(reader, speech.language)
    before = (N_("Meeting"), N_("Table"), N_("Theme"), N_("Title of the theme"), N_("Day"))
    headings = [speech.say(each) for each in before]
    headings += [_capital(speech.word(each)) for each in sectors]
    headings += [speech.say("Sector not known"), speech.say("Present")]
    return Sheet(speech.say("Attendance"), headings, (list(_row(each, sectors, themes)) for each in came))


def _row(came: Came, sectors: Iterable[states.Sector], themes: Mapping[str, str]) -> Iterator[Value]:
    meeting = came.meeting
    yield from (meeting["ref"], meeting["table_ref"], meeting["theme_ref"], themes.get(meeting["theme_ref"]))
    yield day_in(meeting["begins_at"])
    yield from (came.sectors.get(each.value, 0) for each in sectors)
    yield from (came.unknown, came.people)


def trend_sheet(speech: Speech, found: Iterable[Trend]) -> Sheet:
    """A row for each sector of a table."""
    headings = [speech.say(each) for each in OF_TREND]
    return Sheet(speech.say("Trend"), headings, (_trend(speech, each) for each in found))


OF_TREND = (
    *(N_("Table"), N_("Sector"), N_("People at a meeting, last twelve months"), N_("People at a meeting before that")),
    N_("Change"),
)


def _trend(speech: Speech, each: Trend) -> Sequence[Value]:
    word = speech.word(code_of(states.Sector, each.sector))
    return [each.table, word, each.people.last, each.people.before, each.people.trend]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
