"""Where a matter stops before its end: what is missing, since when, and the command that would go on."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.states import ActionState, ItemOutcome, ItemState, ReferralState
from models.trail import Edge, Node
from workflow.guards import ENDED_THEME
from workflow.pasting import typed_short

if TYPE_CHECKING:
    from workflow.trails.gathering import Stop

DECISIONS = "approved|partly_approved|rejected|noted"
OUTCOMES = "agreed|noted|referred|carried_over"


class LooseEnd(NamedTuple):
    """What is missing, by its code; since when; and the command that would go on."""

    code: str
    since: str
    command: str


class At(NamedTuple):
    """A thing on the trail, with what it led to and whether its theme has come to an end."""

    stop: "Stop"
    led_to: frozenset[str]
    theme_ended: bool

    def missing(self, code: str, command: str) -> LooseEnd:
        """The loose end there; the command takes what the thing goes by."""
        return LooseEnd(code, self.stop.row["state_since"], f"poyta {command.format(typed_short(self.stop.ref))}")


def loose_end(node: Node, stops: "Mapping[Node, Stop]", after: Sequence[Edge]) -> LooseEnd | None:
    """Why the trail stops at a thing, if it stops there too early."""
    stop = stops[node]
    led_to = frozenset(edge.target.kind for edge in after if edge.source == node)
    theme = stops.get(Node("theme", int(str(stop.row["theme_ref"])[1:])))
    asked = LOOSE_ENDS.get(node.kind)
    return asked(At(stop, led_to, theme is not None and theme.row["state"] in ENDED_THEME)) if asked else None


def _of_theme(at: At) -> LooseEnd | None:
    if at.led_to - {"meeting"} or at.theme_ended:
        return None
    return at.missing("nothing_raised", "agenda submit {} --title TEXT --origin ORIGIN")


def _of_item(at: At) -> LooseEnd | None:
    row = at.stop.row
    if row["state"] == ItemState.SUBMITTED:
        on_agenda = row["meeting_ref"] is not None
        code, command = ("not_accepted", "") if on_agenda else ("waits_for_an_agenda", " --meeting MEETING")
        return at.missing(code, f"agenda accept {{}}{command}")
    if row["state"] == ItemState.ACCEPTED:
        return at.missing("not_settled", f"agenda settle {{}} --outcome {OUTCOMES}")
    return _of_settled(at) if row["state"] == ItemState.SETTLED and not at.led_to else None


def _of_settled(at: At) -> LooseEnd | None:
    if at.stop.row["outcome"] == ItemOutcome.REFERRED:
        return at.missing("referred_only", _ASSIGN)
    if at.stop.row["outcome"] == ItemOutcome.AGREED and not at.stop.row["needs_no_action"]:
        return at.missing("not_divided", _ASSIGN)
    return None


def _of_referral(at: At) -> LooseEnd | None:
    state = at.stop.row["state"]
    if state == ReferralState.DRAFTED:
        return at.missing("not_sent", "referral send {}" if at.stop.row["body"] else "referral send {} --body BODY")
    if state in (ReferralState.SENT, ReferralState.UNDER_CONSIDERATION):
        return at.missing("undecided", f"referral decide {{}} --decision {DECISIONS}")
    if state == ReferralState.DECIDED:
        return at.missing("not_heard", "referral report-back {} --meeting MEETING")
    return None


def _of_action(at: At) -> LooseEnd | None:
    state, has_result = at.stop.row["state"], "result" in at.led_to
    if state in _STOPPED:
        code, command = _STOPPED[state]
        return at.missing("still_open" if has_result and code in _NOTHING_YET else code, command)
    if state == ActionState.CLOSED and not has_result and not at.theme_ended:
        command = f"result add {typed_short(at.stop.row['theme_ref'])} --title TEXT --kind KIND --actions {{}}"
        return at.missing("no_result", command)
    return None


_ASSIGN = "action assign {} --what TEXT --to PARTY"

_STOPPED: Mapping[str, tuple[str, str]] = {
    ActionState.ASSIGNED: ("not_begun", "action close {} --outcome TEXT"),
    ActionState.IN_PROGRESS: ("not_done", "action close {} --outcome TEXT"),
    ActionState.WAITING: ("waiting", "action resume {}"),
    ActionState.REPORTED_DONE: ("not_closed", "action close {} --outcome TEXT"),
    ActionState.REFUSED: ("refused", "action reassign {} --to PARTY --reason TEXT"),
}
"""What an action in each open state lacks, and what would go on."""

_NOTHING_YET = ("not_begun", "not_done")

LOOSE_ENDS: Mapping[str, Callable[[At], LooseEnd | None]] = {
    "theme": _of_theme,
    "item": _of_item,
    "referral": _of_referral,
    "action": _of_action,
}
"""By kind of thing. What is not here is an end."""
