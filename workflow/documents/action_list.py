"""The action list of one party (toimenpidelista): what it holds over all its tables, what is due first before all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from models.reading import Reader, any_of
from models.states import ActionState, ItemState, Role, RotaState
from workflow.documents.coming import AHEAD
from workflow.documents.content import Block, Document, Grid, Head, Line, Pairs, Part, Words, plain
from workflow.documents.gathering import Gathered, Reading, Row
from workflow.documents.meeting import due_of, shares_of, told
from workflow.documents.seats import holders, seats_at
from workflow.language.words import N_
from workflow.reminding.held import Look

HELD = (ActionState.ASSIGNED, ActionState.IN_PROGRESS, ActionState.WAITING, ActionState.REPORTED_DONE)
"""The states in which work is in somebody's hands. What was refused is in nobody's."""


class Column(NamedTuple):
    """What a column is called, and what it tells of a row."""

    heading: str
    cell: Callable[[Row], Words]


def action_list(reader: Reader, ref: str, reading: Reading) -> Document:
    """What the person or the organisation of that reference holds, shares and is to prepare."""
    gathered = Gathered(reader, reading)
    hands = Hands(gathered, ref)
    title = gathered.say(N_("What we agreed on: {party}"), party=hands.name)
    parts = [*_own(gathered, hands), *_others(gathered, hands)]
    nothing = Line(gathered.say(N_("There is nothing in your hands now. Thank you for being at the table.")))
    return Document(
        gathered.language,
        title,
        Head(_sender(gathered, hands), gathered.say(N_("Action list")), gathered.on(gathered.day)),
        [*parts, _reporting(gathered, hands)] if parts else [nothing],
        gathered.foot(ref),
    )


class Hands:
    """What is in the hands of one party, each kind of thing read once."""

    def __init__(self, gathered: Gathered, ref: str) -> None:
        self.gathered, self.ref = gathered, ref
        view = "v_people" if ref.startswith("P") else "v_organisations"
        (row,) = gathered.reader.rows(view, ref=ref)
        self.name = gathered.who({"party": row["name"], "party_ref": ref}, "party")

    @cached_property
    def own(self) -> list[Row]:
        """The work that it is responsible for."""
        return self._work(responsible_ref=self.ref)

    @cached_property
    def shared(self) -> list[Row]:
        """The work of others in which it has a share. What its own people do is told of with them."""
        shares = self.gathered.reader.rows("v_shares", party_ref=self.ref)
        own = {self.ref, *(each["responsible_ref"] for each in self.of_people)}
        work = self._work(ref=any_of(each["action_ref"] for each in shares))
        return [each for each in work if each["responsible_ref"] not in own]

    @cached_property
    def of_people(self) -> list[Row]:
        """The work of the people who speak for it."""
        people = self.gathered.reader.rows("v_people", organisation_ref=self.ref)
        return self._work(responsible_ref=any_of(each["ref"] for each in people))

    @cached_property
    def matters(self) -> list[Row]:
        """What it presents in meetings that are still to come, each with the day of its meeting as when it is due."""
        days = {row["ref"]: row["day"] for row in self.gathered.reader.rows("v_meetings", state=any_of(AHEAD))}
        state = any_of((ItemState.SUBMITTED, ItemState.ACCEPTED))
        rows = self.gathered.rows("item", "v_items", order="id", presenter_ref=self.ref, state=state)
        dated = [{**row, "due": days.get(row["meeting_ref"])} for row in rows]
        return [row for row in _by_due(dated) if row["due"] and row["due"] >= self.gathered.day.isoformat()]

    @cached_property
    def turns(self) -> list[Row]:
        """The activities in which its turn is next."""
        return self.gathered.rows("rota", "v_rotas", order="id", in_turn_ref=self.ref, state=RotaState.RUNNING)

    @cached_property
    def tables(self) -> Mapping[str, Row]:
        """Every table that any of this belongs to."""
        found = (*self.own, *self.shared, *self.of_people, *self.matters, *self.turns)
        rows = self.gathered.by_ref("table", "v_tables", (each["table_ref"] for each in found))
        return dict(sorted(rows.items(), key=lambda one: int(one[1]["id"])))

    def _work(self, **which: Any) -> list[Row]:
        return _by_due(self.gathered.rows("action", "v_actions", order="id", state=any_of(HELD), **which))


def _by_due(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (str(row["due"] or "9"), int(row["id"])))


# What it holds itself


def _own(gathered: Gathered, hands: Hands) -> Iterator[Block]:
    """Its own work: what is late is said kindly, what rests presses nobody."""
    say, today = gathered.say, gathered.day.isoformat()
    under_way = {each["ref"] for each in Look(gathered.reader, gathered.day).under_way(map(dict, hands.own))}
    active = [each for each in hands.own if each["ref"] in under_way]
    doing = [each for each in active if each["state"] in (ActionState.ASSIGNED, ActionState.IN_PROGRESS)]
    late = [each for each in doing if each["due"] and str(each["due"]) < today]
    columns = [_what(gathered), _due(gathered), _with(gathered, hands.own), *_table(gathered, hands)]
    yield from _part(say(N_("The agreed day has gone by")), late, columns, say(LATE))
    yield from _part(say(N_("To be done")), [each for each in doing if each not in late], columns)
    waiting = [each for each in active if each["state"] == ActionState.WAITING]
    yield from _part(say(N_("Waiting for an answer")), waiting, [*columns, _waiting_for(gathered)])
    done = [each for each in active if each["state"] == ActionState.REPORTED_DONE]
    yield from _part(say(N_("Already told as done")), done, columns, say(N_("Thank you!")))
    resting = [each for each in hands.own if each["ref"] not in under_way]
    yield from _part(say(N_("At rest")), resting, columns, say(RESTING))


LATE = N_(
    "If it is done, just tell the secretary. If something is in the way, tell that too: a new day can be agreed on, or "
    "help found."
)
RESTING = N_("The theme or the table has ended or rests. Nobody is waiting for these now.")


# What it does with others


def _others(gathered: Gathered, hands: Hands) -> Iterator[Block]:
    say, where = gathered.say, _table(gathered, hands)
    who = Column(say(N_("Who")), lambda row: gathered.who(row, "responsible"))
    presenting = [Column(say(N_("Matter")), _named(gathered, "title")), _meeting(gathered), *where]
    work = [_what(gathered), who, _due(gathered), *where]
    turn = [Column(say(N_("Activity")), _named(gathered, "title")), *where]
    yield from _part(say(N_("You present in a meeting")), hands.matters, presenting)
    yield from _part(say(N_("Your turn is next")), hands.turns, turn)
    yield from _part(say(N_("You share the work of others")), hands.shared, work)
    yield from _part(say(N_("In the hands of people who speak for you")), hands.of_people, work)


def _part(heading: str, rows: Sequence[Row], columns: Sequence[Column], word: str = "") -> Iterator[Block]:
    """A part with a grid of rows. A column that says nothing of any of them is left out."""
    if rows:
        cells = [[each.cell(row) for row in rows] for each in columns]
        kept = [(each.heading, told) for each, told in zip(columns, cells, strict=True) if any(map(plain, told))]
        lines = list(zip(*(told for _, told in kept), strict=True))
        grid = Grid("", [name for name, _ in kept], lines)
        yield Part(heading, [Line(word), grid] if word else [grid])


def _named(gathered: Gathered, column: str) -> Callable[[Row], Words]:
    """What a thing is called, with the reference by which one speaks of it."""

    def cell(row: Row) -> Words:
        words, ref = gathered.said(row, column), f" ({row['ref']})"
        return words + ref if isinstance(words, str) else words._replace(text=words.text + ref)

    return cell


def _what(gathered: Gathered) -> Column:
    return Column(gathered.say(N_("What")), _named(gathered, "what"))


def _due(gathered: Gathered) -> Column:
    return Column(gathered.say(N_("Due")), lambda row: due_of(gathered, row))


def _meeting(gathered: Gathered) -> Column:
    return Column(gathered.say(N_("Day")), lambda row: gathered.on_weekday(row["due"]))


def _with(gathered: Gathered, actions: Sequence[Row]) -> Column:
    shares = shares_of(gathered, actions)
    return Column(gathered.say(N_("Shared with")), lambda row: gathered.speech.tell(shares.get(str(row["ref"]), [])))


def _waiting_for(gathered: Gathered) -> Column:
    return Column(gathered.say(N_("Waiting for")), lambda row: str(row["waiting_for"] or ""))


def _table(gathered: Gathered, hands: Hands) -> list[Column]:
    """At which table, where there are several."""
    if len(hands.tables) < 2:
        return []
    return [Column(gathered.say(N_("Table")), lambda row: gathered.said(hands.tables[str(row["table_ref"])], "name"))]


# From whom, and how to answer


def _sender(gathered: Gathered, hands: Hands) -> Words:
    names = [gathered.said(table, "name") for table in hands.tables.values()]
    return names[0] if len(names) == 1 else gathered.speech.tell([plain(each) for each in names])


def _reporting(gathered: Gathered, hands: Hands) -> Part:
    """Whom to tell at each table, and how to say which piece of work is meant."""
    say, today = gathered.say, gathered.day.isoformat()
    pairs = []
    for ref, table in hands.tables.items():
        seats = seats_at(gathered, [ref], today)
        secretary = holders(gathered, seats, Role.SECRETARY) or holders(gathered, seats, Role.CONVENER)
        pairs.append((plain(gathered.said(table, "name")), gathered.speech.tell(secretary)))
    known = told(pairs)
    return Part(say(N_("How to tell how it goes")), [Line(say(TELL)), *([Pairs(known)] if known else [])])


TELL = N_(
    "A message or a call is enough: what is done, or what is in the way. The sign in brackets says which one you mean."
)
