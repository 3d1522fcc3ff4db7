"""What the papers of one meeting have in common: when and where, who leads, what is on the agenda and what is open."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from models.reading import any_of
from models.states import ActionState, Decision, Mode, Origin, ReferralState
from workflow.documents.content import Block, Grid, Head, Line, Pairs, Words, plain
from workflow.documents.gathering import Gathered, Row
from workflow.language.words import N_

OPEN_WORK = N_("Work and matters that are open")
DONE = frozenset({ActionState.CLOSED, ActionState.DROPPED})
TOLD = frozenset({ReferralState.REPORTED_BACK, ReferralState.WITHDRAWN})


class Meeting(NamedTuple):
    """One meeting, with what belongs to it."""

    row: Row
    table: Row
    theme: Row
    items: Sequence[Row]

    @property
    def ref(self) -> str:
        """What it goes by."""
        return str(self.row["ref"])


def meeting_in(gathered: Gathered, ref: str) -> Meeting:
    """The meeting of that reference."""
    row = gathered.only("meeting", "v_meetings", ref=ref)
    return Meeting(
        row,
        gathered.only("table", "v_tables", ref=row["table_ref"]),
        gathered.only("theme", "v_themes", ref=row["theme_ref"]),
        gathered.rows("item", "v_items", order="position", meeting_ref=ref),
    )


def head_of(gathered: Gathered, meeting: Meeting, kind: str, register: str = "") -> Head:
    """Who, what, when, which: the identification data at the top of a paper."""
    number = gathered.number(meeting.row)
    return Head(gathered.said(meeting.table, "name"), kind, gathered.on(meeting.row["day"]), number, register)


def circumstances(gathered: Gathered, meeting: Meeting) -> Pairs:
    """When and where, and who leads."""
    row, say = meeting.row, gathered.say
    pairs: list[tuple[str, Words]] = [
        (say(N_("Time")), gathered.when(row)),
        (say(N_("Place")), str(row["place"] or "")),
        (say(N_("Mode")), gathered.word(Mode, row["mode"])),
        (say(N_("Link")), "" if gathered.public else str(row["link"] or "")),
        (say(N_("Chair")), gathered.who(row, "chair")),
        (say(N_("Secretary")), gathered.who(row, "secretary")),
        (say(N_("Goal")), gathered.said(meeting.theme, "goal")),
    ]
    return Pairs(told(pairs))


def told(pairs: Iterable[tuple[str, Words]]) -> list[tuple[str, Words]]:
    """Those of which there is something to say."""
    return [(name, words) for name, words in pairs if plain(words)]


def heading_of(item: Row, title: Words) -> Words:
    """The number and the title of a matter. The number is the one that people refer to: 2 in M12/2."""
    number = f"{item['position']}. "
    return number + title if isinstance(title, str) else title._replace(text=number + title.text)


def title_of(gathered: Gathered, item: Row) -> Words:
    """What a matter is called. What the program itself puts on an agenda has only references for a title."""
    ours = item["origin"] == Origin.FOLLOW_UP and item["submitter"] is None and item["carried_from_ref"] is None
    return gathered.say(OPEN_WORK) if ours else gathered.said(item, "title")


def origin_of(gathered: Gathered, item: Row) -> Iterator[tuple[str, Words]]:
    """Where a matter comes from and who presents it; and that it is confidential, for those who may read it."""
    say = gathered.say
    origin = gathered.word(Origin, item["origin"])
    detail = str(item["origin_detail"] or "")
    yield say(N_("Origin")), f"{origin}: {detail}" if detail and not gathered.public else origin
    yield say(N_("Presented by")), gathered.who(item, "presenter")
    yield say(N_("Confidential")), str(item["confidential"] or "")


def work_grid(gathered: Gathered, caption: str, actions: Sequence[Row]) -> list[Block]:
    """Who does what by when."""
    if not actions:
        return []
    say = gathered.say
    shares = shares_of(gathered, actions)
    rows = [
        (
            gathered.said(action, "what"),
            gathered.speech.tell(_all_of(gathered, action, shares.get(str(action["ref"]), []))),
            due_of(gathered, action),
            gathered.speech.state("action", str(action["state"])),
        )
        for action in actions
    ]
    return [Grid(caption, (say(N_("What")), say(N_("Who")), say(N_("Due")), say(N_("State"))), rows)]


def shares_of(gathered: Gathered, actions: Iterable[Row]) -> dict[str, list[str]]:
    """By action: the parties that share it."""
    shares: dict[str, list[str]] = {}
    for row in gathered.reader.rows("v_shares", order="id", action_ref=any_of(each["ref"] for each in actions)):
        shares.setdefault(str(row["action_ref"]), []).append(gathered.who(row, "party"))
    return shares


def _all_of(gathered: Gathered, action: Row, shares: Sequence[str]) -> list[str]:
    """Who is responsible, then those that share it."""
    responsible = gathered.who(action, "responsible") or gathered.say(N_("nobody yet"))
    return [responsible, *(each for each in shares if each != responsible)]


def due_of(gathered: Gathered, action: Row) -> str:
    """By when: a day, or the next meeting, with its day where there is one."""
    if not action["by_next_meeting"] or action["due_on"]:
        return gathered.on(action["due"])
    if action["due"]:
        return gathered.say(N_("the next meeting, {day}"), day=gathered.on(action["due"]))
    return gathered.say(N_("the next meeting"))


def decision_of(gathered: Gathered, referral: Row) -> Line:
    """What became of a referral, as far as it is known."""
    facts = {name: referral[name] for name in ("body", "paragraph", "register_number") if referral[name]}
    facts |= {"state": gathered.speech.state("referral", str(referral["state"]))}
    if referral["decided_on"]:
        facts |= {"body": referral["decided_by"] or referral["body"], "day": gathered.on(referral["decided_on"])}
        facts |= {"decision": gathered.word(Decision, referral["decision"])}
    return Line(gathered.speech.one_of(DECIDED, facts))


DECIDED = (
    N_("Referred to {body}: {decision} on {day}, {paragraph}."),
    N_("Referred to {body}: {decision} on {day}."),
    N_("Referred to {body}: {state}."),
    N_("Referred: {state}."),
)
"""How the fate of a referral is told, by what is known of it."""
