"""What leads to what: the links between things as data, and the walk along them in either direction."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from models.reading import Reader


class Node(NamedTuple):
    """A thing on the trail of a matter."""

    kind: str
    id: int


class Link(NamedTuple):
    """How things of one kind lead to things of another, and the query of the pairs.

    `onward` off: what is led to is told, but the trail does not go on from there. A meeting that only heard of a
    matter has other matters of its own.
    """

    source: str
    target: str
    code: str
    pairs: str
    onward: bool = True


class Edge(NamedTuple):
    """One thing led to another."""

    source: Node
    target: Node
    code: str


LINKS: Sequence[Link] = (
    Link(
        "theme",
        "meeting",
        "met",
        "SELECT s.theme_id AS source, m.id AS target FROM meetings m JOIN meeting_series s ON s.id = m.series_id",
    ),
    Link(
        "theme",
        "meeting",
        "met",
        "SELECT s.theme_id AS source, j.meeting_id AS target"
        " FROM joint_meetings j JOIN meeting_series s ON s.id = j.series_id",
    ),
    Link("theme", "item", "raised", "SELECT theme_id AS source, id AS target FROM agenda_items"),
    Link("meeting", "item", "on_agenda", "SELECT meeting_id AS source, id AS target FROM agenda_items"),
    Link("item", "item", "carried_over", "SELECT carried_from_id AS source, id AS target FROM agenda_items"),
    Link("item", "action", "divided", "SELECT item_id AS source, id AS target FROM actions"),
    Link(
        "meeting", "action", "divided", "SELECT meeting_id AS source, id AS target FROM actions WHERE item_id IS NULL"
    ),
    Link(
        "theme",
        "action",
        "divided",
        "SELECT theme_id AS source, id AS target FROM actions WHERE item_id IS NULL AND rota_id IS NULL",
    ),
    Link("meeting", "memo", "remembered", "SELECT meeting_id AS source, id AS target FROM memos"),
    Link("theme", "rota", "takes_turns", "SELECT theme_id AS source, id AS target FROM rotas"),
    Link("rota", "action", "turn", "SELECT rota_id AS source, id AS target FROM actions"),
    Link(
        "action",
        "item",
        "followed_up",
        "SELECT a.id AS source, i.id AS target FROM actions a JOIN agenda_items i ON i.theme_id = a.theme_id"
        " WHERE i.origin = 'follow_up' AND i.submitter_id IS NULL"
        " AND ', ' || i.title || ',' LIKE '%, A' || a.id || ',%'",
    ),
    Link("item", "referral", "referred", "SELECT item_id AS source, id AS target FROM referrals"),
    Link(
        "theme", "referral", "referred", "SELECT theme_id AS source, id AS target FROM referrals WHERE item_id IS NULL"
    ),
    Link("referral", "referral", "came_again", "SELECT again_of_id AS source, id AS target FROM referrals"),
    Link(
        "referral",
        "item",
        "followed_up",
        "SELECT r.id AS source, i.id AS target FROM referrals r JOIN agenda_items i ON i.theme_id = r.theme_id"
        " WHERE i.origin = 'follow_up' AND i.submitter_id IS NULL"
        " AND ', ' || i.title || ',' LIKE '%, R' || r.id || ',%'",
    ),
    Link(
        "referral",
        "meeting",
        "heard",
        "SELECT id AS source, reported_in_id AS target FROM referrals",
        onward=False,
    ),
    Link("action", "result", "led_to", "SELECT action_id AS source, result_id AS target FROM result_actions"),
    Link("theme", "result", "led_to", "SELECT theme_id AS source, id AS target FROM results"),
    Link("result", "meeting", "heard", "SELECT id AS source, meeting_id AS target FROM results", onward=False),
)
"""Every way in which one thing leads to another. The standing matter of a meeting names what it follows up.

A new kind of thing is a row for each of its links, beside its view. What is said of it stands in `workflow.trails`.
"""

KINDS = tuple(dict.fromkeys(kind for link in LINKS for kind in (link.source, link.target)))
"""The kinds of thing that have a trail, as one leads to another."""


def forward(reader: Reader, start: Node, links: Iterable[Link] = LINKS) -> list[Edge]:
    """Everything that a thing led to, link by link."""
    return _walk(reader, start, tuple(links), ahead=True)


def backward(reader: Reader, start: Node, links: Iterable[Link] = LINKS) -> list[Edge]:
    """Everything that led to a thing, link by link."""
    return _walk(reader, start, tuple(links), ahead=False)


def _walk(reader: Reader, start: Node, links: Sequence[Link], *, ahead: bool) -> list[Edge]:
    """Each thing is gone on from once, however many ways lead there.

    A link that is not onward is the last of its way: ahead, nothing goes on from its end; back, it is only the first.
    """
    found: dict[Edge, None] = {}
    seen, fresh = {start}, {start}
    while fresh:
        reached: set[Node] = set()
        for link in links:
            if not ahead and not link.onward and start not in fresh:
                continue
            for edge in _edges(reader, link, fresh, ahead=ahead):
                found[edge] = None
                if link.onward or not ahead:
                    reached.add(edge.target if ahead else edge.source)
        fresh = reached - seen
        seen |= fresh
    return list(found)


AT_ONCE = 500
"""How many things one query asks for."""


def _edges(reader: Reader, link: Link, nodes: Iterable[Node], *, ahead: bool) -> Iterator[Edge]:
    own = link.source if ahead else link.target
    numbers = sorted(node.id for node in nodes if node.kind == own)
    for begin in range(0, len(numbers), AT_ONCE):
        among = ", ".join(str(int(number)) for number in numbers[begin : begin + AT_ONCE])
        column = "source" if ahead else "target"
        query = (
            f"SELECT source, target FROM ({link.pairs}) AS pairs"  # noqa: S608  # of our own words and numbers only
            f" WHERE {column} IN ({among}) AND source IS NOT NULL AND target IS NOT NULL ORDER BY source, target"
        )
        for row in reader.ask(query):
            yield Edge(Node(link.source, row["source"]), Node(link.target, row["target"]), link.code)
