"""The memo of a meeting (muistio): who was there, what was agreed, and who does what by when (domain.md 6)."""

from collections.abc import Iterator, Sequence

from models.kept import code_of
from models.reading import Reader
from models.states import Entry, ItemOutcome, MemoState, Presence, Sector
from workflow.documents.content import Block, Document, Line, Listed, Pairs, Part
from workflow.documents.gathering import Gathered, Reading, Row
from workflow.documents.meeting import (
    Meeting,
    circumstances,
    decision_of,
    head_of,
    heading_of,
    meeting_in,
    origin_of,
    title_of,
    told,
    work_grid,
)
from workflow.language.words import N_

ENTRIES = {
    Entry.DISCUSSED: N_("Discussed: {text}"),
    Entry.AGREED: N_("Agreed: {text}"),
    Entry.NOTED: N_("Noted: {text}"),
    Entry.ACTION: N_("Work: {text}"),
    Entry.REFERRED: N_("Referred: {text}"),
}
"""How a text of the memo begins, by what it tells of."""

STANDING = {
    MemoState.DRAFT: N_("This is a draft that may still change."),
    MemoState.CIRCULATED: N_("Sent to all. Objections by {day}."),
    MemoState.OBJECTED: N_("Somebody objected to this memo: it will be written anew."),
    MemoState.CONFIRMED: N_("Confirmed."),
    MemoState.PUBLISHED: N_("Confirmed and published."),
    MemoState.WITHDRAWN: N_("Confirmed. It is no longer published."),
}
"""What a memo says of itself, by where it stands."""


def memo(reader: Reader, ref: str, reading: Reading) -> Document:
    """The memo of the meeting of that reference. It is there also before anybody began one: then it is a draft."""
    gathered = Gathered(reader, reading)
    meeting = meeting_in(gathered, ref)
    kept = next(iter(gathered.rows("memo", "v_memos", meeting_ref=ref)), None)
    entries = gathered.rows("memo", "v_memo_entries", order="revision", memo_ref=kept["ref"], current=1) if kept else []
    return Document(
        gathered.language,
        gathered.said(meeting.row, "title"),
        head_of(gathered, meeting, gathered.say(N_("Memo")), str(kept["register_number"] or "") if kept else ""),
        [
            Line(_standing(gathered, kept)),
            circumstances(gathered, meeting),
            *_present(gathered, meeting),
            *_matters(gathered, meeting, entries),
            *_other_work(gathered, meeting),
            *_next(gathered, meeting),
            *_distribution(gathered, meeting),
        ],
        gathered.foot(ref),
    )


def _standing(gathered: Gathered, kept: Row | None) -> str:
    if kept is None:
        return gathered.say(STANDING[MemoState.DRAFT])
    day = gathered.on(kept["silent_until"])
    state = code_of(MemoState, str(kept["state"]))
    if state is MemoState.CIRCULATED and not day:
        return gathered.say(N_("Sent to all. The next meeting confirms it."))
    return gathered.say(STANDING[state], day=day)


# Who was there


def _present(gathered: Gathered, meeting: Meeting) -> Iterator[Block]:
    rows = gathered.rows("attendance", "v_attendance", order="id", meeting_ref=meeting.ref)
    here = [row for row in rows if row["presence"] == Presence.PRESENT]
    counts = gathered.rows("count", "v_head_counts", order="id", meeting_ref=meeting.ref)
    blocks: list[Block] = []
    if here:
        names = [_with_times(gathered, row) for row in here]
        blocks.append(Listed(list(dict.fromkeys(names)) if gathered.public else names))
    if counts:
        blocks.append(Pairs([(_sector(gathered, row), str(row["people"])) for row in counts]))
    if blocks:
        yield Part(gathered.say(N_("Present")), blocks)
    if excused := [row for row in rows if row["presence"] == Presence.EXCUSED]:
        yield Part(gathered.say(N_("Excused")), [Listed([gathered.seated(row) for row in excused])])


def _with_times(gathered: Gathered, row: Row) -> str:
    """Who was there, with what is to be known of it: from when, until when, in whose place, for what."""
    who = gathered.seated(row)
    if gathered.public:
        return who
    notes = [
        gathered.say(N_("from {time}"), time=_clock(gathered, row["arrived"])) if row["arrived"] else "",
        gathered.say(N_("left at {time}"), time=_clock(gathered, row["left"])) if row["left"] else "",
        gathered.say(N_("for {person}"), person=row["deputy_for"]) if row["deputy_for"] else "",
        gathered.say(N_("only for {matter}"), matter=row["only_for"]) if row["only_for"] else "",
    ]
    known = ", ".join(note for note in notes if note)
    return gathered.say(N_("{who}, {notes}"), who=who, notes=known) if known else who


def _clock(gathered: Gathered, kept: object) -> str:
    hour, minute = str(kept).split(":")[:2]
    return f"{int(hour)}.{minute}" if gathered.language in ("fi", "sv") else f"{hour}:{minute}"


def _sector(gathered: Gathered, row: Row) -> str:
    return gathered.word(Sector, row["sector"]) or gathered.say(N_("In all"))


# What was agreed


def _matters(gathered: Gathered, meeting: Meeting, entries: Sequence[Row]) -> Iterator[Block]:
    """The meeting in its own words first, then each matter."""
    if general := [_entry(gathered, meeting, each) for each in entries if each["item_ref"] is None]:
        yield Part(gathered.say(N_("The meeting")), general)
    actions = gathered.rows("action", "v_actions", order="id", meeting_ref=meeting.ref)
    referrals = gathered.rows("referral", "v_referrals", order="id", meeting_ref=meeting.ref)
    for item in meeting.items:
        mine = [each for each in entries if each["item_ref"] == item["ref"]]
        blocks: list[Block] = []
        if origin := told(origin_of(gathered, item)):
            blocks.append(Pairs(origin))
        blocks += [_entry(gathered, meeting, each) for each in mine]
        blocks += _outcome(gathered, item, mine)
        blocks += [decision_of(gathered, each) for each in referrals if each["item_ref"] == item["ref"]]
        work = [each for each in actions if each["item_ref"] == item["ref"]]
        title = heading_of(item, title_of(gathered, item))
        yield Part(title, blocks + work_grid(gathered, gathered.say(N_("Who does what by when")), work))


def _entry(gathered: Gathered, meeting: Meeting, entry: Row) -> Line:
    """A text of the memo. It is written once, in the language of the table."""
    what = gathered.say(ENTRIES[code_of(Entry, str(entry["entry"]))], text="").strip()
    return Line(gathered.as_written(str(meeting.row["table_ref"]), str(entry["text"])), what)


def _outcome(gathered: Gathered, item: Row, entries: Sequence[Row]) -> Iterator[Block]:
    """What was agreed, where the memo does not say it in words of its own."""
    said = any(each["entry"] == Entry.AGREED for each in entries)
    if item["agreed"] and not said:
        yield Pairs([(gathered.say(N_("Agreed")), gathered.said(item, "agreed"))])
    elif item["outcome"] and not (said and item["outcome"] == ItemOutcome.AGREED):
        outcome = gathered.word(ItemOutcome, item["outcome"])
        yield Pairs([(gathered.say(N_("Outcome")), outcome)])


def _other_work(gathered: Gathered, meeting: Meeting) -> Iterator[Block]:
    rows = gathered.rows("action", "v_actions", order="id", meeting_ref=meeting.ref, item_ref=None)
    grid = work_grid(gathered, gathered.say(N_("Who does what by when")), rows)
    if grid:
        yield Part(gathered.say(N_("Other work")), grid)
    elif meeting.row["no_actions_because"]:
        words = gathered.said(meeting.row, "no_actions_because")
        yield Part(gathered.say(N_("Other work")), [Pairs([(gathered.say(N_("No work divided, because")), words)])])


# What comes then


def _next(gathered: Gathered, meeting: Meeting) -> Iterator[Block]:
    """The next meeting of the series, where one is dated."""
    begins = meeting.row["begins_at"]
    rows = gathered.rows("meeting", "v_meetings", order="begins_at", series_ref=meeting.row["series_ref"])
    ahead = [row for row in rows if begins and row["begins_at"] and row["begins_at"] > begins]
    ahead = [row for row in ahead if row["state"] != "cancelled"]
    if ahead:
        place = str(ahead[0]["place"] or "")
        pairs = told([(gathered.say(N_("Time")), gathered.when(ahead[0])), (gathered.say(N_("Place")), place)])
        yield Part(gathered.say(N_("Next meeting")), [Pairs(pairs)])


def _distribution(gathered: Gathered, meeting: Meeting) -> Iterator[Block]:
    """Everybody at the table on that day, once for each organisation."""
    day = meeting.row["day"] or gathered.day.isoformat()
    seats = gathered.rows("seat", "v_seats", order="id", table_ref=meeting.row["table_ref"])
    held = [row for row in seats if row["since"] <= day and (row["until"] is None or day <= row["until"])]
    parties = [gathered.speech.tell(row["party"]) if row["party"] else gathered.seated(row) for row in held]
    if parties:
        yield Part(gathered.say(N_("Distribution")), [Listed(list(dict.fromkeys(parties)))])
