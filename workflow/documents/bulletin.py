"""The bulletin for every household (tiedote): what was done together, what is to come, and how to take part.

It is always the public version. A resident reads it: plain words, no references, nobody's name.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from models.kept import code_of
from models.reading import Reader, any_of
from models.states import ActionState, Channel, Extent, ResultState, RotaState
from workflow.documents.coming import coming_meetings
from workflow.documents.content import Block, Document, Grid, Head, Line, Listed, Pairs, Part, Words
from workflow.documents.gathering import Gathered, Reading, Row
from workflow.documents.meeting import told
from workflow.documents.results import doers
from workflow.documents.seats import contact, parties, seats_at
from workflow.language.words import N_
from workflow.reminding.held import Look

LATEST = 5
"""How many results are told of where none were chosen."""

UNDER_WAY = (ActionState.ASSIGNED, ActionState.IN_PROGRESS, ActionState.WAITING)

EXTENTS = {
    Extent.WHOLLY: N_("What we aimed at came true."),
    Extent.PARTLY: N_("What we aimed at came true in part."),
    Extent.NONE: N_("What we aimed at has not come true."),
}
"""How much of a result came true, as neighbours say it to each other."""


class Issue(NamedTuple):
    """What one bulletin tells of: the results chosen, and the days from and to which things are to come."""

    since: date
    until: date | None = None
    results: Sequence[str] = ()
    """Their references; without any, the newest are told of."""


def bulletin(reader: Reader, ref: str, reading: Reading, issue: Issue) -> Document:
    """The bulletin of the table of that short name."""
    gathered = Gathered(reader, reading._replace(public=True))
    table = gathered.only("table", "v_tables", ref=ref)
    seats = seats_at(gathered, [ref], gathered.day.isoformat())
    return Document(
        gathered.language,
        gathered.say(N_("{table}: what we do together"), table=table["name"]),
        Head(gathered.said(table, "name"), gathered.say(N_("Bulletin")), gathered.on(gathered.day)),
        [
            *_around(gathered, seats),
            *_results(gathered, ref, issue),
            *_meetings(gathered, ref, issue),
            *_activities(gathered, ref, issue),
            *_under_way(gathered, ref, issue),
            *_contact(gathered, seats),
        ],
        gathered.foot(ref),
        look="bulletin",
    )


def _around(gathered: Gathered, seats: Sequence[Row]) -> Iterator[Block]:
    if seats:
        yield Line(gathered.say(N_("Around the same table, as equals: {parties}."), parties=parties(gathered, seats)))


# What was done


def _results(gathered: Gathered, ref: str, issue: Issue) -> Iterator[Block]:
    chosen = _chosen(gathered, ref, issue)
    if chosen:
        parts = [Part(gathered.said(each, "title"), list(_of_result(gathered, each))) for each in chosen]
        yield Part(gathered.say(N_("What has been done")), parts)


def _chosen(gathered: Gathered, ref: str, issue: Issue) -> list[Row]:
    """The results in the order in which they were asked for; else the newest of those of which something came."""
    if issue.results:
        rows = gathered.by_ref("result", "v_results", issue.results)
        return [rows[each] for each in dict.fromkeys(issue.results)]
    rows_of_table = gathered.rows("result", "v_results", order="-id", table_ref=ref)
    return [row for row in rows_of_table if row["extent"] != Extent.NONE][:LATEST]


def _of_result(gathered: Gathered, result: Row) -> Iterator[Block]:
    if result["extent"]:
        yield Line(gathered.say(EXTENTS[code_of(Extent, str(result["extent"]))]))
    if result["evidence"]:
        yield Line(gathered.said(result, "evidence"))
    if names := doers(gathered, result):
        yield Line(gathered.say(N_("Done by: {parties}."), parties=names))
    if result["check_on"] and result["state"] != ResultState.CHECKED:
        yield Line(gathered.say(N_("We look at it again together: {day}."), day=gathered.on(result["check_on"])))


# What is to come


def _meetings(gathered: Gathered, ref: str, issue: Issue) -> Iterator[Block]:
    until = issue.until.isoformat() if issue.until else "9"
    parts = [
        Part(_with_capital(gathered.invited_for(each)), list(_of_meeting(gathered, each)))
        for each in coming_meetings(gathered, ref, issue.since.isoformat(), until)
    ]
    if parts:
        yield Part(gathered.say(N_("When we meet")), parts)


def _with_capital(words: str) -> str:
    """As a heading begins."""
    return words[:1].upper() + words[1:]


def _of_meeting(gathered: Gathered, meeting: Row) -> Iterator[Block]:
    say = gathered.say
    pairs: list[tuple[str, Words]] = [
        (say(N_("About")), gathered.said(meeting, "title")),
        (say(N_("Place")), str(meeting["place"] or "")),
        (say(N_("Matters by")), gathered.on_weekday(_still_open(gathered, meeting))),
    ]
    yield Pairs(told(pairs))
    channels = {row["channel"] for row in gathered.reader.rows("v_channels", meeting_ref=meeting["ref"])}
    if Channel.OPEN_CALL in channels:
        yield Line(say(N_("Everybody is welcome.")))


def _still_open(gathered: Gathered, meeting: Row) -> str | None:
    closing = meeting["items_by"]
    return str(closing) if closing and str(closing) >= gathered.day.isoformat() else None


def _activities(gathered: Gathered, ref: str, issue: Issue) -> Iterator[Block]:
    """The activities in which parties take turns: when, and whose turn it is; else only who is next."""
    for rota in gathered.rows("rota", "v_rotas", order="id", table_ref=ref, state=RotaState.RUNNING):
        turns = gathered.rows("action", "v_actions", order="due_on", rota_ref=rota["ref"])
        coming = [turn for turn in turns if turn["state"] != ActionState.DROPPED and _within(turn["due"], issue)]
        blocks = list(_turns(gathered, rota, coming)) if coming else list(_next_turn(gathered, rota))
        if blocks:
            yield Part(gathered.said(rota, "title"), blocks)


def _within(day: object, issue: Issue) -> bool:
    until = issue.until.isoformat() if issue.until else "9"
    return day is not None and issue.since.isoformat() <= str(day) <= until


def _turns(gathered: Gathered, rota: Row, turns: Sequence[Row]) -> Iterator[Block]:
    """What is the same for every turn is told once, above them."""
    say = gathered.say
    shared = Counter(str(turn["due"]) for turn in turns)
    what = list(dict.fromkeys(gathered.said(turn, "what") for turn in turns))
    if len(what) == 1 and what[0] != gathered.said(rota, "title"):
        yield Line(what[0])
    columns = [say(N_("When")), say(N_("Whose turn")), *([say(N_("What"))] if len(what) > 1 else [])]
    rows = []
    for turn in turns:
        day = _day_of_turn(gathered, turn["due"], together=shared[str(turn["due"])] > 1)
        more = [gathered.said(turn, "what")] if len(what) > 1 else []
        rows.append([day, gathered.who(turn, "responsible"), *more])
    yield Grid("", columns, rows)


def _day_of_turn(gathered: Gathered, day: object, *, together: bool) -> str:
    """A turn has a day of its own. Where several have the same one, it is the last day for all of them."""
    return gathered.say(N_("by {day}"), day=gathered.on(day)) if together else gathered.on_weekday(day)


def _next_turn(gathered: Gathered, rota: Row) -> Iterator[Block]:
    if rota["in_turn"]:
        yield Line(gathered.say(N_("Whose turn is next: {party}."), party=gathered.who(rota, "in_turn")))


def _under_way(gathered: Gathered, ref: str, issue: Issue) -> Iterator[Block]:
    """Work that somebody is doing, but for the turns, that is to be done before the last day told of."""
    say = gathered.say
    work = gathered.rows("action", "v_actions", order="due", table_ref=ref, state=any_of(UNDER_WAY), rota_ref=None)
    last, today = issue.until.isoformat() if issue.until else "9", gathered.day.isoformat()
    items = [
        (
            gathered.said(each, "what"),
            gathered.who(each, "responsible"),
            gathered.on(each["due"]) if str(each["due"] or "") >= today else "",  # a day gone by helps no resident
        )
        for each in Look(gathered.reader, gathered.day).under_way(map(dict, work))
        if str(each["due"] or "0") <= last
    ]
    if items:
        dated = 3 if any(day for *_, day in items) else 2  # the last column is told of where it says something
        columns = (say(N_("What")), say(N_("Who")), say(N_("Ready by")))[:dated]
        yield Part(say(N_("What is being done now")), [Grid("", columns, [each[:dated] for each in items])])


# How to take part


def _contact(gathered: Gathered, seats: Sequence[Row]) -> Iterator[Block]:
    if who := contact(gathered, seats):
        asked = N_("Tell it at the table. You can ask more, or bring a matter of your own, here:")
        heading = gathered.say(N_("Do you have something to say or to propose?"))
        yield Part(heading, [Line(gathered.say(asked)), Listed(who)])
