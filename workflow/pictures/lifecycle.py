"""The lifecycle of one thing: the path of the page, where it stands on it, and what stands before the next state."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from models.states import Level
from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.lifecycles import PAGE
from workflow.pictures.canvas import MARGIN, SMALL, TEXT, WIDTH, Canvas, label
from workflow.pictures.elements import Element, element
from workflow.pictures.lettering import width_of
from workflow.pictures.palette import BLUE, FAINT, INK, PALE, PAPER
from workflow.pictures.told import capital, cut


@dataclass(frozen=True)
class Before:
    """A reason why the next state can't be entered, or be asked about: its code and facts, as `why` tells them."""

    code: str
    facts: Mapping[str, object]
    level: Level = Level.REFUSE


@dataclass(frozen=True)
class Standing:
    """Where a thing stands on its path, when it came to each state, and what stands before the next one."""

    kind: str
    ref: str
    title: str
    state: str
    since: date
    day: date
    reached: Mapping[str, date] = field(default_factory=dict)
    """The days on which it came to the states of its path, as far as they are known."""
    left: str | None = None
    """The state of the path that it was in before it was set aside or ended."""
    ahead: str | None = None
    """The state that comes next, if any does."""
    follows: tuple[str, str] | None = None
    """The meeting with which it comes to the next state, where it does not move by itself, and the meeting's state."""
    lacks: str | None = None
    """What it waits for that is not there: a `series` of meetings, or a `meeting`."""
    before: tuple[Before, ...] = ()
    """The reasons why it can't go on now; where it follows a meeting, why the meeting can't."""

    @property
    def path(self) -> tuple[str, ...]:
        """The states of the main path, from the page."""
        return tuple(state.value for state in PAGE[self.kind].path)

    @property
    def beside(self) -> tuple[str, ...]:
        """The other states of the page, in which a thing is set aside or ended."""
        return tuple(state.value for state in PAGE[self.kind].states if state not in PAGE[self.kind].path)

    @property
    def last(self) -> int:
        """How far on its path it is, or was when it left it: the place of the state."""
        here = self.left if self.state in self.beside else self.state
        return self.path.index(here) if here in self.path else 0


def lifecycle(standing: Standing, language: str) -> str:
    """The picture of where a thing stands, as SVG."""
    canvas = Canvas("lifecycle", standing, language)
    speech = canvas.speech
    heading = speech.say("{ref} {title}", ref=standing.ref, title=cut(standing.title))
    canvas.heading(heading, speech.say("As it stands on {day}.", day=standing.day))
    _path(canvas, standing)
    title = speech.say("{ref} {title}: where it stands.", ref=standing.ref, title=cut(standing.title))
    return canvas.svg(title, _sentences(standing, speech))


# The path

RAIL, WORDS = MARGIN + 14, MARGIN + 40
"""How far from the left the path runs, and the words beside it."""


def _path(canvas: Canvas, standing: Standing) -> None:
    middles = [_stop(canvas, standing, place, state) for place, state in enumerate(standing.path)]
    for place, (above, below) in enumerate(pairwise(middles)):
        canvas.under(_rail(above, below, walked=place < standing.last))
    _beside(canvas, standing)


def _rail(above: float, below: float, *, walked: bool) -> Element:
    line = f"M{RAIL} {above:.1f}V{below:.1f}"
    if walked:
        return element("path", d=line, stroke=INK, stroke_width=4)
    return element("path", d=line, stroke=FAINT, stroke_width=2, stroke_dasharray="3 5")


def _stop(canvas: Canvas, standing: Standing, place: int, state: str) -> float:
    """One state of the path, with what stands there; answers how far down its middle is."""
    present = state == standing.state
    middle = canvas.y + 17
    if present:
        _here(canvas, canvas.speech.state(standing.kind, state), middle)
    else:
        canvas.add(*_marker(middle, reached=place <= standing.last))
        words = capital(canvas.speech.state(standing.kind, state))
        canvas.add(label(words, WORDS, middle + 5, fill=INK))
    canvas.y = middle + 12
    _when(canvas, standing, state, present=present)
    if standing.state in standing.beside and place == standing.last:
        _aside(canvas, standing)
    if place == standing.last and not _at_the_end(standing):
        _hindrances(canvas, standing)
    canvas.y += 14
    return middle


def _marker(middle: float, *, reached: bool) -> Sequence[Element]:
    if not reached:
        return [_circle(middle, 9, fill=PAPER, stroke=FAINT, stroke_width=2, stroke_dasharray="4 3")]
    tick = f"M{RAIL - 5} {middle:.1f}l4 4l6 -8"
    return [
        _circle(middle, 11, fill=INK),
        element("path", d=tick, stroke=PAPER, stroke_width=2.5, fill="none"),
    ]


def _here(canvas: Canvas, word: str, middle: float) -> None:
    """The present state: a ring in a ring, and a frame with the word and "now"."""
    words = canvas.speech.say("Now: {state}", state=word)
    across = min(width_of(words, TEXT + 1, bold=True) + 16, WIDTH - MARGIN - WORDS + 6)
    frame = {"x": WORDS - 8, "y": middle - 15, "width": across, "height": 30, "rx": 6}
    canvas.add(
        _circle(middle, 13, fill=PAPER, stroke=INK, stroke_width=3),
        _circle(middle, 6, fill=BLUE, stroke=INK),
        element("rect", **frame, fill=PAPER, stroke=INK, stroke_width=3),
        label(words, WORDS, middle + 5, size=TEXT + 1, bold=True),
    )


def _circle(middle: float, radius: float, **more: str | float) -> Element:
    return element("circle", cx=RAIL, cy=middle, r=radius, **more)


def _when(canvas: Canvas, standing: Standing, state: str, *, present: bool) -> None:
    day = standing.since if present else standing.reached.get(state)
    if day is None:
        return
    canvas.y += 4 if present else -2
    words = canvas.speech.say("since {day}", day=day) if present else canvas.speech.tell(day)
    canvas.words(words, x=WORDS, size=SMALL, lines=1)


def _aside(canvas: Canvas, standing: Standing) -> None:
    """A thing that has left its path stands beside it."""
    canvas.y += 4
    middle = canvas.y + 15
    _here(canvas, canvas.speech.state(standing.kind, standing.state), middle)
    canvas.y = middle + 16
    canvas.words(canvas.speech.say("since {day}", day=standing.since), x=WORDS, size=SMALL, lines=1)


def _at_the_end(standing: Standing) -> bool:
    return standing.ahead is None


# What stands before the next state

SIDE = 10


def _hindrances(canvas: Canvas, standing: Standing) -> None:
    speech = canvas.speech
    canvas.y += 8
    top, left = canvas.y, WORDS - 8
    canvas.y += 4
    for size, bold, words in _written(standing, speech):
        canvas.y += 3
        canvas.words(words, x=left + SIDE, width=WIDTH - MARGIN - left - 2 * SIDE, size=size, bold=bold, lines=6)
    canvas.y += 8
    frame = {"x": left, "y": top, "width": WIDTH - MARGIN - left, "height": canvas.y - top, "rx": 6}
    canvas.under(element("rect", **frame, fill=PALE, stroke=INK, stroke_width=1))


def _written(standing: Standing, speech: Speech) -> Iterator[tuple[float, bool, str]]:
    """What the frame says, each with the size of its letters and whether they are bold."""
    yield SMALL + 1, True, _heading(standing, speech)
    yield from ((SMALL, False, words) for words in _way(standing, speech))
    for number, each in enumerate(standing.before[:LONGEST], start=1):
        yield SMALL + 1, False, speech.say("{number}. {what}", number=number, what=_reason(each, speech))
    if len(standing.before) > LONGEST:
        yield SMALL, False, speech.say("And {n} more.", n=len(standing.before) - LONGEST)


LONGEST = 8
"""How many reasons are drawn; the description has them all."""


def _heading(standing: Standing, speech: Speech) -> str:
    return speech.say("The next state is: {state}.", state=speech.state(standing.kind, standing.ahead or ""))


def _way(standing: Standing, speech: Speech) -> Iterator[str]:
    """How it comes to the next state, and whether anything is in the way."""
    if standing.lacks:
        yield speech.say(LACKS[standing.lacks])
        return
    count = len(standing.before)
    if standing.follows is None:
        yield _hindered(speech, count)
        return
    ref, state = standing.follows
    yield speech.say(
        "It comes there with meeting {ref}, which is now: {state}.", ref=ref, state=speech.state("meeting", state)
    )
    if count == 0:
        yield speech.say("Nothing stands before the next step of the meeting.")
    else:
        yield speech.say_many(
            "{n} thing stands before the next step of the meeting.",
            "{n} things stand before the next step of the meeting.",
            count,
        )


LACKS = {
    "series": N_("No series of meetings goes on for it."),
    "meeting": N_("No meeting of it is under way."),
}


def _hindered(speech: Speech, count: int) -> str:
    if count == 0:
        return speech.say("Nothing stands before it.")
    return speech.say_many("{n} thing stands before it.", "{n} things stand before it.", count)


def _reason(before: Before, speech: Speech) -> str:
    from workflow.language.sentences import SENTENCES

    what = cut(speech.one_of(SENTENCES[before.code], before.facts))
    return speech.say("Are you sure? {what}", what=what) if before.level is Level.WARN else what


# Beside the path


def _beside(canvas: Canvas, standing: Standing) -> None:
    if not standing.beside:
        return
    canvas.words(_others(standing, canvas.speech), size=SMALL, lines=3)


def _others(standing: Standing, speech: Speech) -> str:
    states = [speech.state(standing.kind, state) for state in standing.beside]
    return speech.say("Beside the path: {states}.", states=states)


# For whoever does not see it


def _sentences(standing: Standing, speech: Speech) -> Iterator[str]:
    states = [speech.state(standing.kind, state) for state in standing.path]
    yield speech.say("The path is: {states}.", states=states)
    yield _others(standing, speech) if standing.beside else ""
    state = speech.state(standing.kind, standing.state)
    yield speech.say(
        "{ref} has been in the state “{state}” since {day}.", ref=standing.ref, state=state, day=standing.since
    )
    for state, day in standing.reached.items():
        if state != standing.state:
            yield speech.say("Reached on {day}: {state}.", day=day, state=speech.state(standing.kind, state))
    if standing.ahead is None:
        yield speech.say("No state comes next.")
        return
    yield _heading(standing, speech)
    yield from _way(standing, speech)
    yield from (_reason(each, speech) for each in standing.before)
