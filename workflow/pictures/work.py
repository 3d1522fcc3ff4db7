"""The actions of each party: a bar for each, with how many are open, overdue, waiting and done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.pictures.canvas import MARGIN, SMALL, TEXT, WIDTH, Canvas, label
from workflow.pictures.elements import element
from workflow.pictures.palette import INK, PAPER, Pattern
from workflow.pictures.told import cut


@dataclass(frozen=True)
class WorkOf:
    """How many actions a party has: open, open although the day has passed, waiting for a body, and done."""

    party: str | None
    """Nobody in particular, where it is missing."""
    open: int = 0
    overdue: int = 0
    waiting: int = 0
    done: int = 0

    @property
    def total(self) -> int:
        """How many in all."""
        return self.open + self.overdue + self.waiting + self.done


@dataclass(frozen=True)
class WorkDivided:
    """The work as it is divided on a day, of one table or of all, in the order in which it is drawn."""

    day: date
    parties: tuple[WorkOf, ...] = ()
    table: str | None = None


def actions_by_party(divided: WorkDivided, language: str) -> str:
    """The picture of who has how much work, as SVG."""
    canvas = Canvas("actions", divided, language)
    speech = canvas.speech
    canvas.heading(_title(divided, speech), speech.say("As it stands on {day}.", day=divided.day))
    most = max((each.total for each in divided.parties), default=0)
    for each in divided.parties[:LONGEST]:
        _party(canvas, each, most)
    if len(divided.parties) > LONGEST:
        canvas.words(speech.say("And {n} more.", n=len(divided.parties) - LONGEST), size=SMALL)
    if not divided.parties:
        canvas.words(speech.say("No work has been divided yet."))
    return canvas.svg(_title(divided, speech), _sentences(divided, speech))


LONGEST = 40
"""How many parties are drawn; the description has them all."""


def _title(divided: WorkDivided, speech: Speech) -> str:
    if divided.table is None:
        return speech.say("Actions by party")
    return speech.say("Actions by party: {table}", table=cut(divided.table))


# The bars

PARTS: Sequence[tuple[str, Pattern, str]] = (
    ("overdue", "cross", N_("overdue {n}")),
    ("open", "stripes", N_("open {n}")),
    ("waiting", "dots", N_("waiting {n}")),
    ("done", "plain", N_("done {n}")),
)
"""The parts of a bar from the left: what they count, what they look like, and how they are told."""

HIGH = 20
SWATCH = 14


def _party(canvas: Canvas, work: WorkOf, most: int) -> None:
    canvas.y += 6
    canvas.words(_named(work, canvas.speech), size=TEXT, bold=True, lines=2)
    canvas.y += 4
    _bar(canvas, work, (WIDTH - 2 * MARGIN) / most)
    canvas.y += HIGH
    _numbers(canvas, work)


def _named(work: WorkOf, speech: Speech) -> str:
    return speech.say("nobody in particular") if work.party is None else cut(work.party)


def _bar(canvas: Canvas, work: WorkOf, unit: float) -> None:
    left = float(MARGIN)
    for name, pattern, _ in PARTS:
        across = getattr(work, name) * unit
        if across:
            place = {"x": left, "y": canvas.y, "width": across, "height": HIGH}
            canvas.add(element("rect", **place, fill=canvas.fill(pattern), stroke=INK, stroke_width=1.5))
        left += across


def _numbers(canvas: Canvas, work: WorkOf) -> None:
    """Each part in words, beside a sample of what it looks like."""
    for place, (name, pattern, words) in enumerate(PARTS):
        count = getattr(work, name)
        left = MARGIN + (place) * COLUMN
        sample = {"x": left, "y": canvas.y + 6, "width": SWATCH, "height": SWATCH}
        fill = canvas.fill(pattern) if count else PAPER
        text = canvas.speech.say(words, n=count)
        canvas.add(
            element("rect", **sample, fill=fill, stroke=INK), label(text, left + SWATCH + 5, canvas.y + 18, size=SMALL)
        )
    canvas.y += 26


COLUMN = (WIDTH - 2 * MARGIN) / 4


# For whoever does not see it


def _sentences(divided: WorkDivided, speech: Speech) -> Iterator[str]:
    total = sum(each.total for each in divided.parties)
    yield speech.say_many(
        "On {day}, {n} action has been divided: open {open}, overdue {overdue}, waiting {waiting}, done {done}.",
        "On {day}, {n} actions have been divided: open {open}, overdue {overdue}, waiting {waiting}, done {done}.",
        total,
        day=divided.day,
        **{name: sum(getattr(each, name) for each in divided.parties) for name, *_ in PARTS},
    )
    for each in divided.parties:
        yield speech.say(
            "{party}: open {open}, overdue {overdue}, waiting {waiting}, done {done}.",
            party=_named(each, speech),
            **{name: getattr(each, name) for name, *_ in PARTS},
        )
