"""What lies on the trail of a thing, both ways, and where it breaks off before its end.

Read from the views, so that no name is told that nothing else tells. What leads to what is data (`models.trail`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from models.reading import Reader, Row, any_of
from models.trail import KINDS, Edge, Node, backward, forward
from workflow.trails.loose_ends import LooseEnd, loose_end

CARRIED_OVER, FOLLOWED_UP = "carried_over", "followed_up"
"""The ways by which a matter comes onto another agenda: as a copy of its own, or because work of it is still open."""

DATED = frozenset({"referral"})
TOLD_IN: Mapping[str, str] = {"referral": "reported_in_ref"}
"""What names the meeting of a thing, where that is not `meeting_ref`."""

PLACES = ("theme", "meeting")
"""The kinds of thing under which there are matters. Every other on a trail is a step of one."""


class Stop(NamedTuple):
    """A thing on the trail, and how it came there."""

    node: Node
    row: Row
    began: str
    raised_by: str | None
    meeting: Row | None
    """The meeting on whose agenda it is, or in which it was told."""
    days: Mapping[str, str]
    """When each move was last made, of the kinds of which that is told (`DATED`)."""
    loose_end: LooseEnd | None = None

    @property
    def ref(self) -> str:
        """What it goes by."""
        return str(self.row["ref"])


class Step(NamedTuple):
    """A step of a matter: how deep it lies, what it came of directly, and how."""

    stop: Stop
    depth: int
    came_of: Sequence[Stop]
    ways: frozenset[str]


class Trail(NamedTuple):
    """Everything on the way to a thing, and everything that came of it."""

    start: Node
    stops: Mapping[Node, Stop]
    before: Sequence[Edge]
    after: Sequence[Edge]

    @property
    def edges(self) -> Sequence[Edge]:
        """Every link, each once."""
        return list(dict.fromkeys((*self.before, *self.after)))

    @property
    def led_here(self) -> list[Stop]:
        """What led to the thing, in the order in which it began."""
        return self._told({edge.source for edge in self.before} - {self.start})

    @property
    def came_of_it(self) -> list[Stop]:
        """What the thing led to, in the order in which it began."""
        return self._told({edge.target for edge in self.after} - {self.start})

    @property
    def matters(self) -> list[list[Step]]:
        """The matters, each from what nothing else led to."""
        return list(_matters(self))

    def _told(self, nodes: Iterable[Node]) -> list[Stop]:
        return sorted((self.stops[node] for node in nodes if node in self.stops), key=_order)


def trail_of(reader: Reader, kind: str, number: int) -> Trail:
    """The trail of a thing."""
    start = Node(kind, number)
    before, after = backward(reader, start), forward(reader, start)
    nodes = {start, *(node for edge in (*before, *after) for node in (edge.source, edge.target))}
    stops = _stops(reader, nodes)
    ahead = {start, *(edge.target for edge in after)}
    loose = {node: loose_end(node, stops, after) for node in ahead if node in stops}
    return Trail(start, {node: stop._replace(loose_end=loose.get(node)) for node, stop in stops.items()}, before, after)


# What is told of each thing


def _stops(reader: Reader, nodes: Iterable[Node]) -> dict[Node, Stop]:
    by_kind: dict[str, list[int]] = {}
    for node in sorted(nodes):
        by_kind.setdefault(node.kind, []).append(node.id)
    rows = {
        Node(kind, row["id"]): row for kind, ids in by_kind.items() for row in _rows(reader, f"v_{kind}s", "id", ids)
    }
    entries = _first_entries(reader, rows)
    meetings, days = _meetings_of(reader, rows), _days_of(reader, rows)
    return {node: _stop(node, row, entries.get(node, {}), meetings, days.get(node, {})) for node, row in rows.items()}


def _stop(node: Node, row: Row, entry: Row, meetings: Mapping[str, Row], days: Mapping[str, str]) -> Stop:
    raised_by = row.get("submitter") or row.get("proposer") or entry.get("actor_name")
    began = entry.get("happened_at") or str(row["state_since"])
    return Stop(node, row, began, raised_by, meetings.get(_meeting_of(node, row)), days)


def _meeting_of(node: Node, row: Row) -> str:
    return "" if node.kind in PLACES else str(row.get(TOLD_IN.get(node.kind, "meeting_ref")) or "")


def _first_entries(reader: Reader, nodes: Iterable[Node]) -> dict[Node, Row]:
    """How each thing came to be, as the history tells it."""
    by_stream = {f"{node.kind}:{node.id}": node for node in nodes}
    return {by_stream[row["stream"]]: row for row in _rows(reader, "v_history", "stream", sorted(by_stream), version=1)}


def _days_of(reader: Reader, nodes: Iterable[Node]) -> dict[Node, dict[str, str]]:
    by_stream = {f"{node.kind}:{node.id}": node for node in nodes if node.kind in DATED}
    days: dict[Node, dict[str, str]] = {}
    for row in sorted(_rows(reader, "v_history", "stream", sorted(by_stream)), key=lambda row: int(row["version"])):
        days.setdefault(by_stream[row["stream"]], {})[row["move"]] = row["happened_at"]
    return days


def _meetings_of(reader: Reader, rows: Mapping[Node, Row]) -> dict[str, Row]:
    named = {int(ref[1:]) for node, row in rows.items() if (ref := _meeting_of(node, row))}
    return {row["ref"]: row for row in _rows(reader, "v_meetings", "id", sorted(named))}


AT_ONCE = 500


def _rows(reader: Reader, view: str, column: str, values: Sequence[Any], **only: Any) -> Iterator[Row]:
    for begin in range(0, len(values), AT_ONCE):
        wanted: dict[str, Any] = {column: any_of(values[begin : begin + AT_ONCE]), **only}
        yield from reader.rows(view, **wanted)


# One matter after another


def _matters(trail: Trail) -> Iterator[list[Step]]:
    steps = {node: stop for node, stop in trail.stops.items() if node.kind not in PLACES}
    ways = [edge for edge in trail.edges if edge.source in steps and edge.target in steps]
    inside = _Inside(steps, ways)
    in_order = [stop.node for stop in sorted(steps.values(), key=_order)]
    roots = [node for node in in_order if not inside.led_to[node]]
    for node in (*roots, *in_order):  # the latter for what other hands have tied into a ring
        if node not in inside.told:
            yield inside.matter(node)


class _Inside:
    """The steps with the ways between them. Each is told once: after the last of all that led to it.

    But that the table heard of work is told of every piece of work that it heard of.
    """

    def __init__(self, steps: Mapping[Node, Stop], ways: Iterable[Edge]) -> None:
        self.steps = steps
        self.told: set[Node] = set()
        self.led_to: dict[Node, list[Edge]] = {node: [] for node in steps}
        self.led_from: dict[Node, list[Edge]] = {node: [] for node in steps}
        for edge in ways:
            self.led_to[edge.target].append(edge)
            self.led_from[edge.source].append(edge)

    def matter(self, root: Node) -> list[Step]:
        """A step, and all that can be told after it."""
        found, ahead = [], [(root, 0)]
        while ahead:
            node, depth = ahead.pop()
            again = node in self.told
            if not again or FOLLOWED_UP in self._ways(node):
                found.append(self._step(node, depth))
            if again:
                continue
            self.told.add(node)
            ahead += sorted(self._next(node, depth), key=lambda each: _order(self.steps[each[0]]), reverse=True)
        return found

    def _step(self, node: Node, depth: int) -> Step:
        came_of = sorted((self.steps[edge.source] for edge in self.led_to[node]), key=_order)
        return Step(self.steps[node], depth, came_of, self._ways(node))

    def _ways(self, node: Node) -> frozenset[str]:
        return frozenset(edge.code for edge in self.led_to[node])

    def _next(self, node: Node, depth: int) -> Iterator[tuple[Node, int]]:
        for edge in self.led_from[node]:
            if edge.code in (FOLLOWED_UP, CARRIED_OVER):
                yield edge.target, depth + (edge.code == FOLLOWED_UP)
            elif all(each.source in self.told for each in self.led_to[edge.target]):
                yield edge.target, 1 if len(self.led_to[edge.target]) > 1 else depth + 1


def _order(stop: Stop) -> tuple[str, int, int]:
    """What began at one moment, in the order in which one kind of thing leads to another."""
    return stop.began, KINDS.index(stop.node.kind), stop.node.id
