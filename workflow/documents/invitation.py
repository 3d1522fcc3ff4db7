"""The invitation to a meeting (kutsu): when, where and what for, and how to bring a matter of one's own."""

from collections.abc import Iterator, Mapping, Sequence

from models.kept import code_of, moment_of
from models.reading import Reader
from models.states import Channel, ItemState, MeetingState, Mode
from workflow.documents.content import Block, Document, Grid, Line, Listed, Pairs, Part, Words
from workflow.documents.gathering import Gathered, Reading, Row
from workflow.documents.meeting import Meeting, head_of, heading_of, meeting_in, told
from workflow.documents.seats import contact, parties, seats_at
from workflow.language.words import N_

UNSETTLED = frozenset({MeetingState.PLANNED, MeetingState.CONVENED})
"""The states in which there is no agenda yet, only what was brought."""

AGREED_ON = frozenset({ItemState.ACCEPTED, ItemState.SETTLED})

WAYS: Mapping[Mode, str] = {
    Mode.ON_SITE: N_("on site"),
    Mode.REMOTE: N_("remotely, over a link"),
    Mode.HYBRID: N_("on site, or remotely over a link"),
}
"""How one takes part."""


def invitation(reader: Reader, ref: str, reading: Reading) -> Document:
    """The invitation to the meeting of that reference. What is not known yet is not told of."""
    gathered = Gathered(reader, reading)
    meeting = meeting_in(gathered, ref)
    seats = seats_at(gathered, [meeting.row["table_ref"]], meeting.row["day"] or gathered.day.isoformat())
    return Document(
        gathered.language,
        gathered.said(meeting.row, "title"),
        head_of(gathered, meeting, gathered.say(N_("Invitation"))),
        [
            Line(_welcome(gathered, meeting)),
            _circumstances(gathered, meeting),
            *_purpose(gathered, meeting),
            *_agenda(gathered, meeting),
            *_call_for_matters(gathered, meeting, seats),
            *_invited(gathered, meeting, seats),
            *_unable(gathered, meeting, seats),
        ],
        gathered.foot(ref),
    )


def _welcome(gathered: Gathered, meeting: Meeting) -> str:
    table = gathered.speech.tell(meeting.table["name"])
    if meeting.row["state"] == MeetingState.CANCELLED:
        return gathered.say(N_("This meeting has been cancelled."))
    return gathered.say(
        N_("Welcome! {table} meets, and everybody around it is equal: what you know is needed."), table=table
    )


def _circumstances(gathered: Gathered, meeting: Meeting) -> Pairs:
    row, say = meeting.row, gathered.say
    pairs: list[tuple[str, Words]] = [
        (say(N_("Time")), gathered.invited_for(row) or say(N_("not agreed on yet"))),
        (say(N_("How long")), _length(gathered, row)),
        (say(N_("Place")), str(row["place"] or "")),
        (say(N_("How to take part")), say(WAYS[code_of(Mode, str(row["mode"]))])),
        (say(N_("Link")), "" if gathered.public else str(row["link"] or "")),
        (say(N_("Chair")), gathered.who(row, "chair")),
        (say(N_("Secretary")), gathered.who(row, "secretary")),
        (say(N_("Together with")), gathered.speech.tell(_other_tables(gathered, meeting))),
    ]
    return Pairs(told(pairs))


def _length(gathered: Gathered, row: Row) -> str:
    if not row["begins_at"] or not row["ends_at"]:
        return ""
    length = moment_of(str(row["ends_at"])) - moment_of(str(row["begins_at"]))
    return gathered.speech.say_many("{n} minute", "{n} minutes", int(length.total_seconds()) // 60)


def _other_tables(gathered: Gathered, meeting: Meeting) -> list[str]:
    joined = gathered.reader.rows("v_joint_meetings", meeting_ref=meeting.ref)
    tables = gathered.by_ref("table", "v_tables", (row["table_ref"] for row in joined))
    return [str(row["name"]) for ref, row in tables.items() if ref != meeting.row["table_ref"]]


def _purpose(gathered: Gathered, meeting: Meeting) -> Iterator[Block]:
    say, theme = gathered.say, meeting.theme
    pairs = told([(say(N_("Goal")), gathered.said(theme, "goal")), (say(N_("Why together")), _why(gathered, theme))])
    if pairs:
        yield Part(say(N_("What it is about")), [Pairs(pairs)])


def _why(gathered: Gathered, theme: Row) -> Words:
    return gathered.said(theme, "why_together")


def _agenda(gathered: Gathered, meeting: Meeting) -> Iterator[Block]:
    """The matters, once it is settled what is on the agenda."""
    items = [item for item in meeting.items if item["state"] in AGREED_ON]
    if meeting.row["state"] in UNSETTLED or not items:
        return
    say = gathered.say
    rows = [
        (
            heading_of(item, gathered.said(item, "title")),
            gathered.who(item, "presenter"),
            str(item["minutes"] or ""),
        )
        for item in items
    ]
    columns = (say(N_("Matter")), say(N_("Presented by")), say(N_("Minutes")))
    yield Part(say(N_("What we talk about")), [Grid("", columns, rows)])


def _call_for_matters(gathered: Gathered, meeting: Meeting, seats: Sequence[Row]) -> Iterator[Block]:
    """Until when a matter can be brought and to whom, as long as it can."""
    closing = meeting.row["items_by"]
    if not closing or str(closing) < gathered.day.isoformat() or meeting.row["state"] not in UNSETTLED:
        return
    say = gathered.say
    pairs = [(say(N_("At the latest")), gathered.on_weekday(closing)), (say(N_("To whom")), _contact(gathered, seats))]
    asked = Line(say(N_("Is there something that we should talk about? Anybody may bring a matter to the agenda.")))
    yield Part(say(N_("Bring a matter of your own")), [asked, Pairs(told(pairs))])


def _contact(gathered: Gathered, seats: Sequence[Row]) -> str:
    return gathered.speech.tell(contact(gathered, seats))


def _invited(gathered: Gathered, meeting: Meeting, seats: Sequence[Row]) -> Iterator[Block]:
    channels = {row["channel"] for row in gathered.reader.rows("v_channels", meeting_ref=meeting.ref)}
    blocks: list[Block] = []
    if Channel.OPEN_CALL in channels:
        blocks.append(Line(gathered.say(N_("Everybody is welcome, also without a seat at the table."))))
    if seats:
        blocks.append(Listed(parties(gathered, seats)))
    if blocks:
        yield Part(gathered.say(N_("Who is invited")), blocks)


def _unable(gathered: Gathered, meeting: Meeting, seats: Sequence[Row]) -> Iterator[Block]:
    who = _contact(gathered, seats)
    if who and meeting.row["state"] != MeetingState.CANCELLED:
        yield Part(gathered.say(N_("If you can't come")), [Pairs([(gathered.say(N_("Please tell")), who)])])
