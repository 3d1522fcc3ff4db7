"""The agenda of a meeting (asialista): what became of last time's matters, then each matter. It decides nothing."""

from collections.abc import Iterator

from models.reading import Reader
from models.states import ItemKind, Origin
from workflow.documents.content import Block, Document, Line, Pairs, Part, Words
from workflow.documents.gathering import Gathered, Reading, Row
from workflow.documents.meeting import (
    DONE,
    TOLD,
    Meeting,
    circumstances,
    decision_of,
    head_of,
    heading_of,
    meeting_in,
    origin_of,
    told,
    work_grid,
)
from workflow.language.words import N_


def agenda(reader: Reader, ref: str, reading: Reading) -> Document:
    """The agenda of the meeting of that reference, with no decision made ready (domain.md 3, step 8)."""
    gathered = Gathered(reader, reading)
    meeting = meeting_in(gathered, ref)
    return Document(
        gathered.language,
        gathered.said(meeting.row, "title"),
        head_of(gathered, meeting, gathered.say(N_("Agenda"))),
        [circumstances(gathered, meeting), *_last_time(gathered, meeting), *_matters(gathered, meeting)],
        gathered.foot(ref),
    )


def _last_time(gathered: Gathered, meeting: Meeting) -> Iterator[Block]:
    """What is open of what was agreed before: work, and matters at bodies that have the power."""
    blocks: list[Block] = []
    blocks += [_matter(gathered, item) for item in meeting.items if _is_follow_up(item)]
    actions = gathered.rows("action", "v_actions", order="id", theme_ref=meeting.row["theme_ref"])
    earlier = [each for each in actions if each["state"] not in DONE and each["meeting_ref"] != meeting.ref]
    blocks += work_grid(gathered, gathered.say(N_("Work that was promised")), earlier)
    referrals = gathered.rows("referral", "v_referrals", order="id", theme_ref=meeting.row["theme_ref"])
    for each in referrals:
        if each["state"] not in TOLD:
            blocks.append(Part(gathered.said(each, "title"), [decision_of(gathered, each)]))
    if blocks:
        yield Part(gathered.say(N_("What became of last time's matters")), blocks)


def _matters(gathered: Gathered, meeting: Meeting) -> Iterator[Block]:
    matters = [_matter(gathered, item) for item in meeting.items if not _is_follow_up(item)]
    yield Part(gathered.say(N_("Matters")), matters or [Line(gathered.say(N_("There are no matters yet.")))])


def _matter(gathered: Gathered, item: Row) -> Part:
    say = gathered.say
    kind = gathered.speech.word(ItemKind(str(item["kind_of_item"]))) if item["kind_of_item"] else ""
    minutes = gathered.speech.say_many("{n} minute", "{n} minutes", int(item["minutes"])) if item["minutes"] else ""
    pairs: list[tuple[str, Words]] = [
        *origin_of(gathered, item),
        (say(N_("Kind")), kind),
        (say(N_("Time needed")), minutes),
        (say(N_("Before the decision")), gathered.said(item, "precedes")),
        (say(N_("Carried over from")), str(item["carried_from_ref"] or "")),
    ]
    return Part(heading_of(item, gathered.said(item, "title")), [Pairs(told(pairs))])


def _is_follow_up(item: Row) -> bool:
    return item["origin"] == Origin.FOLLOW_UP or item["carried_from_ref"] is not None
