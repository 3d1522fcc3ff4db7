"""The heat map of what stands still: tables down, causes across, and in each cell the days."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workflow.language.cause_names import cause_name
from workflow.language.speech import Speech
from workflow.pictures.canvas import MARGIN, SMALL, TEXT, WIDTH, Canvas, haloed, label
from workflow.pictures.elements import Element, element
from workflow.pictures.palette import FAINT, INK, PAPER, Pattern
from workflow.pictures.told import cut


@dataclass(frozen=True)
class StandingStill:
    """What stands still at one table: by the code of the cause, how many days the longest has lasted."""

    table: str
    days: Mapping[str, int] = field(default_factory=dict)
    things: int = 0
    """How many of its themes stand still, and the table itself if it does."""


@dataclass(frozen=True)
class StalledTables:
    """Everything that stands still on a day, table by table, those with nothing left out."""

    day: date
    tables: tuple[StandingStill, ...] = ()
    of: int = 0
    """How many tables were looked at."""

    @property
    def causes(self) -> tuple[str, ...]:
        """The causes that were found, first those found at most tables."""
        found = Counter(code for table in self.tables for code in table.days)
        return tuple(sorted(found, key=lambda code: (-found[code], code)))


def heat_map(stalled: StalledTables, language: str) -> str:
    """The picture of what stands still, as SVG."""
    canvas = Canvas("stalled", stalled, language)
    speech = canvas.speech
    canvas.heading(speech.say("What stands still"), speech.say("As it stands on {day}.", day=stalled.day))
    if stalled.tables:
        _grid(canvas, stalled)
        _key(canvas, stalled)
    else:
        canvas.words(speech.say("Nothing stands still on {day}.", day=stalled.day))
    title = speech.say("What stands still at the tables on {day}, in days.", day=stalled.day)
    return canvas.svg(title, _sentences(stalled, speech))


# The grid

MOST_NAMES = 250
ACROSS, HIGH = 40, 40
MOST_CAUSES, MOST_TABLES = 7, 60
"""What there is room for; the causes found at the fewest tables share the last column."""

HEAT: Sequence[tuple[int, Pattern]] = ((30, "level"), (90, "dots"), (180, "upright"))
HOTTEST: Pattern = "cross"


def _grid(canvas: Canvas, stalled: StalledTables) -> None:
    columns = _columns(stalled)
    left = MARGIN + min(MOST_NAMES, WIDTH - 2 * MARGIN - len(columns) * ACROSS)
    canvas.y += 22
    for place, (letter, _) in enumerate(columns):
        middle = left + place * ACROSS + ACROSS / 2
        canvas.add(label(letter, middle, canvas.y - 6, bold=True, text_anchor="middle"))
    for table in stalled.tables[:MOST_TABLES]:
        _row(canvas, table, [codes for _, codes in columns], left)
    if len(stalled.tables) > MOST_TABLES:
        canvas.words(canvas.speech.say("And {n} more.", n=len(stalled.tables) - MOST_TABLES), size=SMALL)


def _columns(stalled: StalledTables) -> list[tuple[str, tuple[str, ...]]]:
    """The letter of each column, and the causes that are in it."""
    causes = stalled.causes
    alone = MOST_CAUSES if len(causes) <= MOST_CAUSES else MOST_CAUSES - 1
    columns = [causes[place : place + 1] for place in range(min(alone, len(causes)))]
    if causes[alone:]:
        columns.append(causes[alone:])
    return [(chr(ord("A") + place), codes) for place, codes in enumerate(columns)]


def _row(canvas: Canvas, table: StandingStill, columns: Sequence[tuple[str, ...]], left: float) -> None:
    middle = canvas.y + HIGH / 2
    canvas.block(cut(table.table), MARGIN, middle, width=left - MARGIN - 6, size=SMALL, lines=2, anchor="start")
    for place, codes in enumerate(columns):
        days = max((table.days[code] for code in codes if code in table.days), default=None)
        _cell(canvas, left + place * ACROSS, middle, days)
    canvas.y += HIGH


def _cell(canvas: Canvas, left: float, middle: float, days: int | None) -> None:
    fill = PAPER if days is None else canvas.fill(_heat(days))
    place = {"x": left, "y": middle - HIGH / 2, "width": ACROSS, "height": HIGH}
    canvas.add(element("rect", **place, fill=fill, stroke=INK if days is not None else FAINT, stroke_width=1))
    if days is not None:
        size = TEXT if days < 1000 else SMALL if days < 10_000 else 10
        canvas.add(haloed(str(days), left + ACROSS / 2, middle, size=size))


def _heat(days: int) -> Pattern:
    return next((pattern for most, pattern in HEAT if days <= most), HOTTEST)


# The key to it


def _key(canvas: Canvas, stalled: StalledTables) -> None:
    canvas.y += 10
    for letter, codes in _columns(stalled):
        canvas.words(_column_told(letter, codes, stalled, canvas.speech), size=SMALL, lines=3)
    canvas.y += 6
    canvas.words(canvas.speech.say("The number tells the days; the pattern tells the same:"), size=SMALL)
    for pattern, words in _bands(canvas.speech):
        canvas.y += 3
        canvas.add(_swatch(canvas, pattern))
        canvas.words(words, x=MARGIN + 34, size=SMALL, lines=1)


def _column_told(letter: str, codes: Sequence[str], stalled: StalledTables, speech: Speech) -> str:
    names = [cause_name(speech, code) for code in codes]
    if len(names) == 1:
        tables = sum(codes[0] in table.days for table in stalled.tables)
        return speech.say_many(
            "{letter}: {cause} ({n} table)",
            "{letter}: {cause} ({n} tables)",
            tables,
            letter=letter,
            cause=names[0],
        )
    return speech.say("{letter}: the longest of these: {causes}", letter=letter, causes="; ".join(names))


def _bands(speech: Speech) -> Iterator[tuple[Pattern, str]]:
    least = 0
    for most, pattern in HEAT:
        yield pattern, speech.say("{least}–{most} days", least=least, most=most)
        least = most + 1
    yield HOTTEST, speech.say("{least} days or more", least=least)


def _swatch(canvas: Canvas, pattern: Pattern) -> Element:
    return element("rect", x=MARGIN, y=canvas.y + 1, width=26, height=16, fill=canvas.fill(pattern), stroke=INK)


# For whoever does not see it


def _sentences(stalled: StalledTables, speech: Speech) -> Iterator[str]:
    yield speech.say_many(
        "On {day}, something stands still at {n} table of {of}.",
        "On {day}, something stands still at {n} tables of {of}.",
        len(stalled.tables),
        day=stalled.day,
        of=stalled.of,
    )
    for table in stalled.tables:
        causes = [_days_of(code, days, speech) for code, days in table.days.items()]
        yield speech.say("{table}: {causes}.", table=cut(table.table), causes="; ".join(causes))


def _days_of(code: str, days: int, speech: Speech) -> str:
    return speech.say_many("{cause}, {n} day", "{cause}, {n} days", days, cause=cause_name(speech, code))
