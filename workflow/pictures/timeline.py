"""The timeline of a series: its meetings one below the other, how many days lie between them, and today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from models.states import MeetingState
from workflow.language.speech import Speech
from workflow.pictures.canvas import MARGIN, SMALL, TEXT, WIDTH, Canvas, label
from workflow.pictures.elements import Element, element
from workflow.pictures.lettering import width_of
from workflow.pictures.palette import BLUE, FAINT, INK, PAPER, VERMILLION
from workflow.pictures.told import capital, cut

HELD = (MeetingState.HELD, MeetingState.ACTIONS_ASSIGNED, MeetingState.COMPLETED)
AHEAD = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.AGENDA_SET)


@dataclass(frozen=True)
class Gathering:
    """A meeting on the line: its day, if it has one, its place among the meetings, and how many came."""

    ref: str
    state: MeetingState
    day: date | None = None
    number: int | None = None
    place: str | None = None
    present: int | None = None


@dataclass(frozen=True)
class SeriesOverTime:
    """A series with its meetings in the order of their days, those without one last."""

    ref: str
    title: str
    day: date
    meetings: tuple[Gathering, ...] = ()
    planned: int | None = None
    """How many meetings are meant to be held."""

    @property
    def unplanned(self) -> int:
        """How many of the meetings that are meant are not on the line yet."""
        counted = sum(each.state is not MeetingState.CANCELLED for each in self.meetings)
        return max(0, (self.planned or 0) - counted)


def timeline(series: SeriesOverTime, language: str) -> str:
    """The picture of a series over time, as SVG."""
    canvas = Canvas("timeline", series, language)
    speech = canvas.speech
    heading = speech.say("{ref} {title}", ref=series.ref, title=cut(series.title))
    canvas.heading(heading, speech.say("The meetings of the series, as it stands on {day}.", day=series.day))
    _line(canvas, series)
    title = speech.say("{ref} {title}: its meetings over time.", ref=series.ref, title=cut(series.title))
    return canvas.svg(title, _sentences(series, speech))


# The line

RAIL, WORDS = MARGIN + 16, MARGIN + 44
STEP = 16
"""Between a meeting and the next: more, the more days lie between them, but never out of sight."""


def _line(canvas: Canvas, series: SeriesOverTime) -> None:
    stops = _stops(series)
    middles = [_stop(canvas, series, stop, after) for stop, after in zip(stops, [*stops[1:], None], strict=True)]
    for _ in range(min(series.unplanned, LONGEST)):
        middles.append(_empty(canvas))
    if series.unplanned > LONGEST:
        canvas.words(canvas.speech.say("And {n} more.", n=series.unplanned - LONGEST), x=WORDS, size=SMALL)
    if len(middles) > 1:
        canvas.under(element("path", d=f"M{RAIL} {middles[0]:.1f}V{middles[-1]:.1f}", stroke=INK, stroke_width=2))


LONGEST = 10
"""How many empty places are drawn."""

Stop = Gathering | date
"""A meeting, or today."""


def _stops(series: SeriesOverTime) -> list[Stop]:
    past = [each for each in series.meetings if _is_past(each, series.day)]
    return [*past, series.day, *(each for each in series.meetings if each not in past)]


def _is_past(meeting: Gathering, today: date) -> bool:
    """Whether it stands above today: what was held today, too."""
    if meeting.day is None:
        return False
    return meeting.day < today or (meeting.day == today and meeting.state in HELD)


def _stop(canvas: Canvas, series: SeriesOverTime, stop: Stop, after: Stop | None) -> float:
    middle = canvas.y + 14
    if isinstance(stop, Gathering):
        _meeting(canvas, series, stop, middle)
    else:
        _today(canvas, stop, middle)
    _gap(canvas, _day_of(stop), None if after is None else _day_of(after))
    return middle


def _day_of(stop: Stop) -> date | None:
    return stop.day if isinstance(stop, Gathering) else stop


def _meeting(canvas: Canvas, series: SeriesOverTime, meeting: Gathering, middle: float) -> None:
    canvas.add(*_marker(meeting.state, middle))
    canvas.y = middle - 15
    canvas.words(_when(meeting, canvas.speech), x=WORDS, bold=True, lines=2)
    canvas.words(_what(meeting, series.planned, canvas.speech), x=WORDS, size=SMALL + 1, lines=2)
    if meeting.present is not None and meeting.state in HELD:
        canvas.words(canvas.speech.say("Present: {n}", n=meeting.present), x=WORDS, size=SMALL, lines=1)
    if meeting.place:
        canvas.words(cut(meeting.place), x=WORDS, size=SMALL, lines=2)


def _marker(state: MeetingState, middle: float) -> list[Element]:
    """Held: full. Ahead: a ring. Cancelled: crossed out."""
    if state in HELD:
        return [element("circle", cx=RAIL, cy=middle, r=10, fill=BLUE, stroke=INK, stroke_width=2)]
    if state is MeetingState.CANCELLED:
        cross = f"M{RAIL - 7} {middle - 7:.1f}l14 14m0 -14l-14 14"
        ground = element("rect", x=RAIL - 10, y=middle - 10, width=20, height=20, fill=PAPER)
        return [ground, element("path", d=cross, stroke=INK, stroke_width=3)]
    return [element("circle", cx=RAIL, cy=middle, r=10, fill=PAPER, stroke=INK, stroke_width=3)]


def _today(canvas: Canvas, day: date, middle: float) -> None:
    diamond = f"M{RAIL - 11} {middle:.1f}l11 -11l11 11l-11 11z"
    words = canvas.speech.say("Today, {day}", day=day)
    across = width_of(words, TEXT, bold=True) + 8
    canvas.add(
        element(
            "path",
            d=f"M{MARGIN} {middle:.1f}H{WIDTH - MARGIN}",
            stroke=VERMILLION,
            stroke_width=2,
            stroke_dasharray="7 4",
        ),
        element("path", d=diamond, fill=VERMILLION, stroke=INK, stroke_width=1.5),
        element("rect", x=WORDS - 4, y=middle - 12, width=across, height=24, fill=PAPER),
        label(words, WORDS, middle + 5, bold=True),
    )
    canvas.y = middle + 14


def _empty(canvas: Canvas) -> float:
    """The place of a meeting that is meant, but not planned yet."""
    middle = canvas.y + 14
    ring = element("circle", cx=RAIL, cy=middle, r=10, fill=PAPER, stroke=FAINT, stroke_width=2, stroke_dasharray="4 3")
    canvas.add(ring)
    canvas.add(label(canvas.speech.say("a meeting that is not planned yet"), WORDS, middle + 5))
    canvas.y = middle + 20
    return middle


def _gap(canvas: Canvas, day: date | None, after: date | None) -> None:
    if day is None or after is None or after <= day:
        canvas.y += STEP
        return
    days = (after - day).days
    tall = STEP + min(60, days / 3)
    words = canvas.speech.say_many("{n} day", "{n} days", days)
    canvas.add(label(words, WORDS, canvas.y + tall / 2 + 8, size=SMALL, fill=FAINT))
    canvas.y += tall + 10


def _when(meeting: Gathering, speech: Speech) -> str:
    return speech.tell(meeting.day) if meeting.day else speech.say("no day yet")


def _what(meeting: Gathering, planned: int | None, speech: Speech) -> str:
    facts = {"ref": meeting.ref, "state": capital(speech.word(meeting.state)), "number": meeting.number}
    if meeting.number is not None and planned:
        return speech.say("{state} ({ref}), meeting {number} of {planned}", **facts, planned=planned)
    return speech.say("{state} ({ref})", **facts)


# For whoever does not see it


def _sentences(series: SeriesOverTime, speech: Speech) -> Iterator[str]:
    held = sum(each.state in HELD for each in series.meetings)
    ahead = sum(each.state in AHEAD for each in series.meetings)
    yield speech.say("On {day}, meetings held: {held}; ahead: {ahead}.", day=series.day, held=held, ahead=ahead)
    if series.planned:
        yield speech.say("Meetings meant in all: {planned}.", planned=series.planned)
    for each in series.meetings:
        yield _told(each, speech)
    days = [each.day for each in series.meetings if each.day]
    if between := [(after - day).days for day, after in pairwise(days)]:
        yield speech.say("The days between them: {days}.", days=between)


def _told(meeting: Gathering, speech: Speech) -> str:
    facts = {"ref": meeting.ref, "when": _when(meeting, speech), "state": speech.word(meeting.state)}
    if meeting.present is not None and meeting.state in HELD:
        return speech.say("Meeting {ref}, {when}: {state}; present: {n}.", **facts, n=meeting.present)
    return speech.say("Meeting {ref}, {when}: {state}.", **facts)
