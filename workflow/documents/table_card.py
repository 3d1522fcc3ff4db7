"""The card of a table (pöytäkortti): on one page what table it is, who is around it and what it works on."""

from collections.abc import Iterator, Sequence

from models.kept import code_of
from models.reading import Reader
from models.states import Rhythm, Role, RotaState, Sector, TableKind, ThemeState
from workflow.documents.coming import coming_meetings
from workflow.documents.content import Block, Document, Grid, Head, Line, Pairs, Part, Words
from workflow.documents.gathering import Gathered, Reading, Row
from workflow.documents.meeting import told
from workflow.documents.seats import by_sector, holders, seats_at
from workflow.language.words import N_

ORDER = list(ThemeState)


def table_card(reader: Reader, ref: str, reading: Reading) -> Document:
    """The card of the table of that short name, as it is on the day of reading."""
    gathered = Gathered(reader, reading)
    table = gathered.only("table", "v_tables", ref=ref)
    forums = [str(row["ref"]) for row in reader.rows("v_tables", parent_ref=ref)]
    day = gathered.day.isoformat()
    seats = seats_at(gathered, [ref], day)
    return Document(
        gathered.language,
        gathered.said(table, "name"),
        Head(gathered.said(table, "name"), gathered.say(N_("Table card")), gathered.on(day)),
        [
            _what(gathered, table),
            *_founding(gathered, table),
            *_around(gathered, seats_at(gathered, [ref, *forums], day)),
            *_themes(gathered, ref),
            *_next_meeting(gathered, ref),
            *_rotas(gathered, ref),
            *_contact(gathered, table, seats),
        ],
        gathered.foot(ref),
        look="table_card",
    )


def _what(gathered: Gathered, table: Row) -> Pairs:
    say, speech = gathered.say, gathered.speech
    above = gathered.by_ref("table", "v_tables", [table["parent_ref"]]) if table["parent_ref"] else {}
    pairs: list[tuple[str, Words]] = [
        (say(N_("Kind")), gathered.word(TableKind, table["kind_of_table"])),
        (say(N_("State")), speech.state("table", str(table["state"]))),
        (say(N_("Area")), str(table["area"] or "")),
        (say(N_("Rhythm")), gathered.word(Rhythm, table["rhythm"])),
        (say(N_("Forum of")), speech.tell([str(row["name"]) for row in above.values()])),
        (say(N_("Term begins")), gathered.on(table["term_begins"])),
        (say(N_("Term ends")), gathered.on(table["term_ends"])),
        (say(N_("Project")), str(table["project"] or "")),
        *_supported(gathered, table),
    ]
    return Pairs(told(pairs))


def _supported(gathered: Gathered, table: Row) -> Iterator[tuple[str, Words]]:
    """Who pays for the project, whose it is, and until when: what ends with it is seen in time."""
    for project in gathered.reader.rows("v_projects", name=table["project"]) if table["project"] else ():
        yield gathered.say(N_("Funder")), str(project["funder"] or "")
        yield gathered.say(N_("Owner of the project")), gathered.who(project, "owner")
        yield gathered.say(N_("The project ends")), gathered.on(project["ends"])


def _founding(gathered: Gathered, table: Row) -> Iterator[Block]:
    say = gathered.say
    pairs = told(
        [
            (say(N_("Founded by")), str(table["founded_by"] or "")),
            (say(N_("Paragraph")), str(table["founded_paragraph"] or "")),
            (say(N_("Decision")), gathered.said(table, "founding_decision")),
        ]
    )
    if pairs:
        yield Part(say(N_("How it was founded")), [Pairs(pairs)])


def _around(gathered: Gathered, seats: Sequence[Row]) -> Iterator[Block]:
    """Who is at the table or its forums, by sector, and the sectors from which there is nobody."""
    if not seats:
        return
    say, speech = gathered.say, gathered.speech
    around = by_sector(gathered, seats)
    rows = [(speech.word(sector), speech.tell(who)) for sector, who in around.items() if sector]
    if None in around:
        rows.append((say(N_("Without an organisation")), speech.tell(around[None])))
    blocks: list[Block] = [Pairs(rows)]
    if missing := [sector for sector in Sector if sector not in around and sector is not Sector.OTHER]:
        blocks.append(Line(say(N_("Nobody yet from: {sectors}"), sectors=missing)))
    yield Part(say(N_("Who is at the table")), blocks)


def _themes(gathered: Gathered, ref: str) -> Iterator[Block]:
    """The themes with how far each has come and what it aims at, in the order of their states."""
    rows = gathered.rows("theme", "v_themes", order="id", table_ref=ref)
    if not rows:
        return
    say = gathered.say
    cells = [
        (
            gathered.said(theme, "title"),
            gathered.speech.state("theme", str(theme["state"])),
            gathered.said(theme, "goal"),
        )
        for theme in sorted(rows, key=lambda theme: ORDER.index(code_of(ThemeState, str(theme["state"]))))
    ]
    columns = (say(N_("Theme")), say(N_("State")), say(N_("Goal")))
    yield Part(say(N_("Themes")), [Grid("", columns, cells)])


def _next_meeting(gathered: Gathered, ref: str) -> Iterator[Block]:
    if meeting := next(iter(coming_meetings(gathered, ref, gathered.day.isoformat())), None):
        say = gathered.say
        pairs: list[tuple[str, Words]] = [
            (say(N_("Time")), gathered.invited_for(meeting)),
            (say(N_("Place")), str(meeting["place"] or "")),
            (say(N_("Theme")), gathered.said(meeting, "title")),
        ]
        yield Part(say(N_("Next meeting")), [Pairs(told(pairs))])


def _rotas(gathered: Gathered, ref: str) -> Iterator[Block]:
    """The activities in which parties take turns: in which order, and whose turn it is."""
    for rota in gathered.rows("rota", "v_rotas", order="id", table_ref=ref, state=RotaState.RUNNING):
        places = gathered.reader.rows("v_rota_places", order="position", rota_ref=rota["ref"])
        turns = [gathered.who(place, "organisation") for place in places]
        pairs = [
            (gathered.say(N_("Whose turn")), gathered.who(rota, "in_turn")),
            (gathered.say(N_("Taking turns")), gathered.speech.tell(turns)),
        ]
        yield Part(gathered.said(rota, "title"), [Pairs(told(pairs))])


def _contact(gathered: Gathered, table: Row, seats: Sequence[Row]) -> Iterator[Block]:
    """Who answers for the table, calls it together, leads and writes: each named once, with all that they do."""
    duties: dict[str, list[str]] = {}
    for role in (Role.CONVENER, Role.CHAIR, Role.SECRETARY):
        for name in holders(gathered, seats, role):
            duties.setdefault(name, []).append(gathered.speech.word(role))
    own = [row for row in seats if row["person_ref"] and row["person_ref"] == table["responsible_ref"]]
    if responsible := (gathered.seated(own[0]) if own else gathered.who(table, "responsible")):
        duties.setdefault(responsible, []).append(gathered.say(N_("responsible person")))
    if duties:
        pairs = [(name, gathered.speech.tell(does)) for name, does in duties.items()]
        yield Part(gathered.say(N_("Contact")), [Pairs(pairs)])
