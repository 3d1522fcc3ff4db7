"""The round table: equal seats by sector around the shared goal, and an empty seat for whoever is missing.

After the figure of the source document: "keitä kuntayhteisön toimijoita tulisi kutsua yhteiseen kumppanuuspöytään".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, hypot, pi, sin

from models.states import Sector
from workflow.language.speech import Speech
from workflow.pictures.canvas import HEADING, MARGIN, SMALL, TEXT, WIDTH, Canvas, haloed
from workflow.pictures.elements import Element, element
from workflow.pictures.lettering import wrapped
from workflow.pictures.palette import FAINT, INK, PALE, PAPER, SKY
from workflow.pictures.told import capital, cut


@dataclass(frozen=True)
class Seats:
    """A sector, and its parties at the table in the order in which they are named. Without any, its seat is empty."""

    sector: Sector
    parties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreed:
    """An action that was agreed on together: what, by whom, and whether it is done."""

    what: str
    party: str | None = None
    done: bool = False


@dataclass(frozen=True)
class TableAround:
    """A table: every sector that has or should have a seat, what it aims at, and what was agreed on."""

    table: str
    day: date
    seats: tuple[Seats, ...]
    unattached: int = 0
    """How many people sit there for no organisation."""
    goals: tuple[str, ...] = ()
    actions: tuple[Agreed, ...] = ()


def round_table(around: TableAround, language: str) -> str:
    """The picture of a table, as SVG."""
    canvas = Canvas("round-table", around, language)
    speech = canvas.speech
    canvas.heading(cut(around.table), speech.say("As it stands on {day}.", day=around.day))
    _table(canvas, around)
    _lists(canvas, around)
    return canvas.svg(speech.say("Around the table: {table}.", table=cut(around.table)), _sentences(around, speech))


# The table and its seats

ACROSS, HIGH = 100, 76
SIDEWAYS, UPWARDS = WIDTH / 2 - ACROSS / 2 - 3, 232
TABLE = (106, 138)
"""Half of the table, across and down: as far as its edge is from its middle."""


def places(count: int) -> list[tuple[float, float]]:
    """The middles of so many equal places around the table, from the top clockwise."""
    steps = 3600
    points = [(SIDEWAYS * sin(2 * pi * each / steps), -UPWARDS * cos(2 * pi * each / steps)) for each in range(steps)]
    lengths = [0.0]
    for (x, y), (before_x, before_y) in zip(points[1:], points, strict=False):
        lengths.append(lengths[-1] + hypot(x - before_x, y - before_y))
    whole = lengths[-1] + hypot(points[0][0] - points[-1][0], points[0][1] - points[-1][1])
    wanted = [whole * each / count for each in range(count)]
    return [points[next((at for at, length in enumerate(lengths) if length >= far), -1)] for far in wanted]


def _table(canvas: Canvas, around: TableAround) -> None:
    middle = canvas.y + UPWARDS + HIGH / 2 + 14
    canvas.add(
        element("ellipse", cx=WIDTH / 2, cy=middle, rx=TABLE[0], ry=TABLE[1], fill=PALE, stroke=INK, stroke_width=2)
    )
    _goal(canvas, around, middle)
    for seat, (x, y) in zip(around.seats, places(len(around.seats)), strict=True):
        _seat(canvas, seat, WIDTH / 2 + x, middle + y)
    canvas.y = middle + UPWARDS + HIGH / 2 + 4


def _seat(canvas: Canvas, seat: Seats, x: float, y: float) -> None:
    canvas.add(_frame(x, y, taken=bool(seat.parties)))
    name = capital(canvas.speech.word(seat.sector))
    size = SMALL + 1 if len(wrapped(name, ACROSS - 8, SMALL + 1)) < 3 else SMALL
    if seat.parties:
        canvas.block(name, x, y + 2, width=ACROSS - 8, size=size)
        canvas.add(element("circle", cx=x, cy=y - HIGH / 2, r=12, fill=SKY, stroke=INK))
        canvas.add(haloed(str(len(seat.parties)), x, y - HIGH / 2, size=SMALL))
    else:
        canvas.block(name, x, y - 10, width=ACROSS - 8, size=size)
        canvas.block(canvas.speech.say("missing"), x, y + 26, width=ACROSS - 8, size=SMALL, bold=True, lines=1)


def _frame(x: float, y: float, *, taken: bool) -> Element:
    place = {"x": x - ACROSS / 2, "y": y - HIGH / 2, "width": ACROSS, "height": HIGH, "rx": 14}
    if taken:
        return element("rect", **place, fill=PAPER, stroke=INK, stroke_width=2)
    return element("rect", **place, fill=PAPER, stroke=FAINT, stroke_width=2, stroke_dasharray="6 5")


GOAL_ACROSS = 180


def _goal(canvas: Canvas, around: TableAround, middle: float) -> None:
    speech, x = canvas.speech, WIDTH / 2
    goal = cut(around.goals[0]) if around.goals else speech.say("not agreed on yet")
    lines = wrapped(goal, GOAL_ACROSS, TEXT - 1, lines=6)
    top = middle - 30 - len(lines) * 9
    canvas.block(speech.say("Shared goal"), x, top - 10, width=130, size=SMALL, bold=True, lines=1)
    canvas.block(goal, x, middle - 20, width=GOAL_ACROSS, size=TEXT - 1, lines=6)
    count = len(around.actions)
    canvas.add(haloed(str(count), x, middle + 72, size=HEADING))
    agreed = speech.say_many("jointly agreed action", "jointly agreed actions", count)
    canvas.block(agreed, x, middle + 99, width=126, size=SMALL, lines=2)


# In words below it


def _lists(canvas: Canvas, around: TableAround) -> None:
    speech = canvas.speech
    for words in _who(around, speech):
        canvas.y += 3
        canvas.words(words, size=SMALL + 1, lines=8)
    for goal in around.goals[1:LONGEST]:
        canvas.y += 3
        canvas.words(speech.say("The shared goal: “{goal}”.", goal=cut(goal).rstrip(".")), size=SMALL + 1, lines=4)
    if around.actions:
        canvas.y += 6
        canvas.words(speech.say("Agreed on together:"), bold=True, lines=1)
    for action in around.actions[:LONGEST]:
        _action(canvas, action)
    if len(around.actions) > LONGEST:
        canvas.y += 4
        canvas.words(speech.say("And {n} more.", n=len(around.actions) - LONGEST), size=SMALL)


LONGEST = 6
"""How many actions are named; the description tells how many there are."""


def _action(canvas: Canvas, action: Agreed) -> None:
    canvas.y += 4
    top, size = canvas.y + 4, 13
    canvas.add(element("rect", x=MARGIN, y=top, width=size, height=size, fill=PAPER, stroke=INK, stroke_width=1.5))
    if action.done:
        tick = f"M{MARGIN + 3} {top + 7:.1f}l3 4l5 -8"
        canvas.add(element("path", d=tick, fill="none", stroke=INK, stroke_width=2))
    words = cut(action.what) if action.party is None else _by(canvas.speech, action)
    canvas.words(words, x=MARGIN + 21, size=SMALL + 1, lines=3)


def _by(speech: Speech, action: Agreed) -> str:
    return speech.say("{what} ({party})", what=cut(action.what), party=cut(action.party or ""))


# For whoever does not see it


def _sentences(around: TableAround, speech: Speech) -> Iterator[str]:
    taken = [seat for seat in around.seats if seat.parties]
    missing = [seat.sector for seat in around.seats if not seat.parties]
    yield speech.say_many(
        "At the table “{table}”, {n} sector of {of} has a seat.",
        "At the table “{table}”, {n} sectors of {of} have a seat.",
        len(taken),
        table=cut(around.table),
        of=len(around.seats),
    )
    yield from _who(around, speech)
    if missing:
        yield speech.say("Nobody yet from: {sectors}.", sectors=missing)
    yield from _aims(around.goals, speech)
    yield _work(around.actions, speech)


def _who(around: TableAround, speech: Speech) -> Iterator[str]:
    for seat in around.seats:
        if seat.parties:
            parties = [cut(each) for each in seat.parties]
            yield speech.say("{Sector}: {parties}.", sector=seat.sector, parties=parties)
    if around.unattached:
        yield speech.say("Without an organisation: {n}.", n=around.unattached)


def _aims(goals: Sequence[str], speech: Speech) -> Iterator[str]:
    if not goals:
        yield speech.say("No shared goal has been agreed on yet.")
    for goal in goals:
        yield speech.say("The shared goal: “{goal}”.", goal=cut(goal).rstrip("."))


def _work(actions: Sequence[Agreed], speech: Speech) -> str:
    return speech.say_many(
        "{n} action has been agreed on together; done: {done}.",
        "{n} actions have been agreed on together; done: {done}.",
        len(actions),
        done=sum(each.done for each in actions),
    )


EVERY = tuple(sector for sector in Sector if sector is not Sector.OTHER)
"""The sectors that a municipality should think of, in their order."""
