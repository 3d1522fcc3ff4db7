"""A trail as a Mermaid flowchart. No letter that people wrote can mean anything to the diagram."""

from collections.abc import Iterator
from itertools import chain

from models.kept import day_of
from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.trails.gathering import Stop, Trail

LONGEST = 60
PLAIN = frozenset(" .,:/()-–—…")
"""What stands for itself within quotes, beside letters and digits."""

LINKS = {
    "met": N_("meeting"),
    "raised": N_("brought up"),
    "on_agenda": N_("on the agenda"),
    "carried_over": N_("carried over"),
    "divided": N_("work"),
    "remembered": N_("memo"),
    "takes_turns": N_("rota"),
    "turn": N_("turn"),
    "followed_up": N_("followed up"),
    "referred": N_("taken to a body"),
    "came_again": N_("came back"),
    "led_to": N_("led to"),
    "heard": N_("heard in"),
}
"""What each way from one thing to another is called on its arrow."""


def diagram(trail: Trail, speech: Speech) -> str:
    """The diagram, as text."""
    return "\n".join(_lines(trail, speech))


def _lines(trail: Trail, speech: Speech) -> Iterator[str]:
    yield "flowchart TD"
    for stop in chain(trail.led_here, [trail.stops[trail.start]], trail.came_of_it):
        yield f'    {_name(stop)}["{_label(stop, speech)}"]'
    for edge in trail.edges:
        source, target = trail.stops.get(edge.source), trail.stops.get(edge.target)
        if source and target:
            yield f'    {_name(source)} -->|"{escaped(speech.say(LINKS.get(edge.code, edge.code)))}"| {_name(target)}'
    yield f"    style {_name(trail.stops[trail.start])} stroke-width:4px"


def _name(stop: Stop) -> str:
    return f"{stop.node.kind}_{stop.node.id}"


def _label(stop: Stop, speech: Speech) -> str:
    """What it goes by: its title, of a meeting its day."""
    day = stop.row["day"] if stop.node.kind == "meeting" else None
    title = speech.tell(day_of(day) if day else str(stop.row["title"]))
    short = title if len(title) <= LONGEST else f"{title[:LONGEST]}…"
    return escaped(f"{stop.ref}: {short} ({speech.state(stop.node.kind, stop.row['state'])})")


def escaped(text: str) -> str:
    """The text with every sign by its number that could mean something to Mermaid or to HTML."""
    return "".join(each if each.isalnum() or each in PLAIN else f"#{ord(each)};" for each in text)
