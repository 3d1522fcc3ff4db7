"""What a move may be told beside its name: the options of the command line and the fields of the table book.

One table, `TAKES`, lists them by move. Each detail knows how it is read (`workflow.values`) and what it is put into.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from models.states import (
    Channel,
    Content,
    Decision,
    Entry,
    Extent,
    ItemKind,
    ItemOutcome,
    Lasting,
    Level,
    Mode,
    Origin,
    ResultKind,
    Rhythm,
    Role,
    Sector,
    TableKind,
    ThemeOutcome,
)
from workflow import putting
from workflow.language.words import N_
from workflow.lifecycle import Lifecycle, Move
from workflow.values import (
    Choice,
    Day,
    Euros,
    Flag,
    Kind,
    Many,
    Number,
    Pair,
    Short,
    Text,
    Thing,
    TimeOfDay,
    When,
    Word,
)

Put = Callable[[Any, Any], None]


class Detail(NamedTuple):
    """One thing that a move may be told."""

    name: str
    kind: Kind
    help: str
    put: Put
    required: bool = False

    @property
    def personal(self) -> bool:
        """Whether history keeps it among the words that can be erased."""
        return self.kind.personal

    @property
    def option(self) -> str:
        """Its name on the command line."""
        return "--" + self.name.replace("_", "-")


def detail(name: str, kind: Kind, help: str, into: str | Put | None = None, *, required: bool = False) -> Detail:
    """A detail that goes into the column of its own name, or `into` another, or is put by a function."""
    put = into if callable(into) else putting.Column(into or name)
    return Detail(name, kind, help, put, required)


PERSON, ORGANISATION, PARTY = Thing("person"), Thing("organisation"), Thing("organisation", "person")
MEETING, SERIES, TABLE, PROJECT, ACTION, REFERRAL = (
    Thing("meeting"),
    Thing("series"),
    Thing("table"),
    Thing("project"),
    Thing("action"),
    Thing("referral"),
)

TITLE = detail("title", Text(300), N_("what it is called"))
GIVEN_TITLE = TITLE._replace(required=True)
RESPONSIBLE = detail("responsible", PERSON, N_("the person who answers for it"), putting.Relation("responsible_person"))
REVISIT = detail("revisit", Day(), N_("the day to look at it again"), "revisit_on")
WHEN = detail("when", When(), N_("the date and time, for example 7.3.2023 klo 17-18.30"), putting.span)
PLACE = detail("place", Text(300), N_("where people meet"))
LINK = detail("link", Text(500), N_("the link for taking part from afar"))
MODE = detail("mode", Choice(Mode), N_("on site, remote or hybrid"))
CHAIR = detail("chair", PERSON, N_("who leads the discussion"), putting.Relation("chair"))
SECRETARY = detail("secretary", PERSON, N_("who writes down what is agreed"), putting.Relation("secretary"))
ITEMS_BY = detail("items_by", Day(), N_("the last day for bringing matters to the agenda"))
CHANNEL = detail("channel", Many(Choice(Channel)), N_("how people are invited"), putting.channels)
ORIGIN = detail("origin", Choice(Origin), N_("where the matter comes from"))
ORIGIN_DETAIL = detail("origin_detail", Text(300), N_("which department, village or association"))
ITEM_KIND = detail("kind", Choice(ItemKind), N_("what the table is asked to do with it"), "kind_of_item")
MINUTES = detail("minutes", Number(1, 600), N_("how many minutes it is given"))
PRESENTER = detail("presenter", PARTY, N_("who presents it"), putting.Either("presenter", "presenting_organisation"))
CONFIDENTIAL = detail(
    "confidential",
    Text(200),
    N_("the ground in law on which it is not public, as it may stand in public: Openness Act § 24(1)(32)"),
)
PRECEDES = detail("precedes", Text(300), N_("the decision that the matter is to be heard before"))
RESPONSIBLE_PARTY = detail(
    "to",
    PARTY,
    N_("the organisation or person responsible"),
    putting.Either("responsible_person", "responsible_organisation"),
)
DUE = detail("due", Day(), N_("the day it is to be done by; without it, by the next meeting"), putting.Due())
EXTENT = detail("extent", Choice(Extent), N_("how much of it came true"))
EVIDENCE = detail("evidence", Text(2000), N_("how it can be seen"))
CHECK_ON = detail("check_on", Day(), N_("the day to see what is left of it"))
OUTCOME = detail("outcome", Text(2000), N_("what came of it"))
BODY = detail("body", Text(200), N_("the body that has the power to decide"))
REGISTER_NUMBER = detail("register_number", Word(100), N_("the number under which the body keeps the matter"))
OWN_NUMBER = REGISTER_NUMBER._replace(help=N_("the number under which it is kept in the register of its owner"))
ASKED = detail("asked", Euros(), N_("how many euros are asked for"))
ATTENDANCE = (
    detail("present", Many(PARTY), N_("people or organisations who were there"), putting.present),
    detail(
        "excused",
        Many(PARTY),
        N_("people or organisations who sent word that they can't come"),
        putting.excused,
    ),
    detail("absent", Many(PARTY), N_("people or organisations who did not come"), putting.absent),
    detail("arrived", Many(Pair(PARTY, TimeOfDay())), N_("who came later, and when"), putting.arrived),
    detail("left", Many(Pair(PARTY, TimeOfDay())), N_("who left earlier, and when"), putting.left),
    detail("deputy", Many(Pair(PERSON, PERSON)), N_("who came in whose place"), putting.deputies),
    detail("only_for", Many(Pair(PARTY, Text(100))), N_("who was there for some matters only"), putting.only_for),
    detail("count", Many(Pair(Choice(Sector), Number(0))), N_("how many came of each sector"), putting.counts),
    detail("total", Number(0), N_("how many came in all, as counted"), putting.total),
)
TRANSLATION = (
    detail("field", Word(40), N_("which text"), putting.nowhere, required=True),
    detail(
        "language",
        Word(2),
        N_("the language of the translation: fi, sv or en"),
        putting.nowhere,
        required=True,
    ),
    detail("text", Text(2000), N_("the text in that language"), putting.nowhere, required=True),
)

DECIDED = (
    detail("decided_by", Text(200), N_("the body that decided to found it"), "founded_by"),
    detail("paragraph", Word(100), N_("the paragraph of the decision"), "founded_paragraph"),
    detail("decision", Text(2000), N_("what was decided"), "founding_decision"),
)
RHYTHM = detail("rhythm", Choice(Rhythm), N_("how often a turn comes"))
PARTIES_IN_TURN = detail(
    "parties", Many(ORGANISATION), N_("the parties that take turns, in their order"), putting.places
)
TABLE_SETTINGS = (
    detail("area", Word(200), N_("the municipality, village or region it serves")),
    RHYTHM._replace(help=N_("how often the table means to meet")),
    detail("languages", Word(20), N_("its languages, for example fi,sv")),
    detail("project", PROJECT, N_("the project that supports it"), putting.Relation("project")),
    RESPONSIBLE,
)

TAKES: Mapping[str, tuple[Detail, ...]] = {
    "table add": (
        detail("name", Text(200), N_("the full name of the table"), required=True),
        detail("short", Short(), N_("its short name, for example keuruu"), "slug", required=True),
        detail("kind", Choice(TableKind), N_("what kind of table it is"), "kind_of_table", required=True),
        *TABLE_SETTINGS,
        detail("parent", TABLE, N_("the table whose forum it is"), putting.Relation("parent")),
    ),
    "table describe": (detail("name", Text(200), N_("the full name of the table")), *TABLE_SETTINGS, *DECIDED),
    "table found": DECIDED,
    "table seat": (
        detail("person", PERSON, N_("who takes the seat"), putting.nowhere),
        detail("organisation", ORGANISATION, N_("whom the seat speaks for"), putting.nowhere),
        detail("role", Choice(Role), N_("in what role; a member, if nothing is said"), putting.nowhere),
        detail("since", Day(), N_("the first day of the seat"), putting.nowhere),
        detail("until", Day(), N_("the last day of the seat"), putting.nowhere),
        detail("required", Flag(), N_("the meeting counts only when this seat is filled"), putting.nowhere),
        detail("deputy_for", PERSON, N_("whose deputy the person is"), putting.nowhere),
    ),
    "table unseat": (
        detail("person", PERSON, N_("whose seat ends"), putting.nowhere),
        detail("organisation", ORGANISATION, N_("the organisation whose seat ends"), putting.nowhere),
        detail("role", Choice(Role), N_("only the seat in this role"), putting.nowhere),
        detail("until", Day(), N_("the last day of the seat"), putting.nowhere),
    ),
    "table hand_over": (
        detail("to", PERSON, N_("the new convener"), putting.nowhere, required=True),
        detail("since", Day(), N_("the new convener's first day"), putting.nowhere),
    ),
    "table new_term": (
        detail("begins", Day(), N_("the first day of the term"), "term_begins", required=True),
        detail("ends", Day(), N_("the last day of the term"), "term_ends"),
    ),
    "table rules": (
        detail("code", Word(60), N_("which promise, or which cause of stalling"), putting.nowhere, required=True),
        detail("level", Choice(Level), N_("refuse, warn or off; of a cause, warn or off"), putting.nowhere),
        detail("days", Number(0, 3650), N_("how many days are not too many: the limit of a cause"), putting.nowhere),
    ),
    "theme propose": (
        GIVEN_TITLE,
        detail("why_together", Text(2000), N_("why the municipality can't solve it alone")),
        detail(
            "proposer",
            PARTY,
            N_("who proposed it"),
            putting.Either("proposer", "proposing_organisation"),
        ),
        detail("content", Many(Choice(Content)), N_("what the partners share"), putting.contents),
        RESPONSIBLE,
    ),
    "theme describe": (
        TITLE,
        detail("why_together", Text(2000), N_("why the municipality can't solve it alone")),
        detail("content", Many(Choice(Content)), N_("what the partners share"), putting.contents),
        RESPONSIBLE,
    ),
    "theme goal": (
        detail("goal", Text(2000), N_("what the partners want to reach together")),
        detail("agreed_in", MEETING, N_("the meeting in which it was agreed"), putting.Relation("goal_agreed_in")),
        detail("parties", Many(ORGANISATION), N_("the organisations that agreed"), "goal_parties"),
    ),
    "theme evaluate": (detail("evaluation", Text(4000), N_("how the partners look back at it"), required=True),),
    "theme suspend": (REVISIT._replace(required=True),),
    "theme discontinue": (detail("outcome", Choice(ThemeOutcome), N_("how it ended"), "ended_as", required=True),),
    "series plan": (detail("planned_meetings", Number(1, 99), N_("how many meetings there will be")),),
    "series extend": (detail("planned_meetings", Number(1, 99), N_("how many meetings there will be"), required=True),),
    "series suspend": (REVISIT._replace(required=True),),
    "meeting plan": (WHEN, PLACE, LINK, MODE, CHAIR, SECRETARY, ITEMS_BY),
    "meeting convene": (WHEN, PLACE, LINK, MODE, CHAIR, SECRETARY, ITEMS_BY, CHANNEL),
    "meeting set_agenda": (CHAIR, SECRETARY),
    "meeting hold": (
        detail("began", TimeOfDay(), N_("when it really began"), putting.began),
        detail("ended", TimeOfDay(), N_("when it really ended"), putting.ended),
        CHAIR,
        SECRETARY,
        *ATTENDANCE,
    ),
    "meeting assign_actions": (detail("no_actions_because", Text(2000), N_("why no work was divided")),),
    "meeting reschedule": (WHEN._replace(required=True), PLACE, LINK),
    "meeting change_mode": (MODE._replace(required=True), PLACE, LINK),
    "meeting prepare": (PLACE, LINK, CHAIR, SECRETARY, ITEMS_BY),
    "meeting invite": (CHANNEL._replace(required=True),),
    "meeting join": (
        detail(
            "series",
            Many(SERIES),
            N_("the series of other tables that take part"),
            "joined_by",
            required=True,
        ),
    ),
    "meeting attend": ATTENDANCE,
    "memo draft": (OWN_NUMBER,),
    "memo describe": (OWN_NUMBER._replace(required=True),),
    "memo edit": (
        detail("item", Thing("item"), N_("the matter that it is about"), putting.nowhere),
        detail("entry", Choice(Entry), N_("discussed, agreed, noted, action or referred"), putting.nowhere),
        detail("text", Text(4000), N_("what is written"), putting.nowhere, required=True),
    ),
    "memo circulate": (
        detail("silent_until", Day(), N_("the day until which the others may object; without it, for 14 days")),
    ),
    "memo confirm": (
        detail("meeting", MEETING, N_("the meeting that confirmed it"), putting.Relation("confirmed_in")),
    ),
    "memo publish": (
        LINK._replace(help=N_("where it can be read")),
        detail("until", Day(), N_("the day on which it is taken off the web"), "published_until"),
    ),
    "item submit": (
        GIVEN_TITLE,
        ORIGIN,
        ORIGIN_DETAIL,
        ITEM_KIND,
        MINUTES,
        PRESENTER,
        PRECEDES,
        CONFIDENTIAL,
        detail("submitter", PERSON, N_("who brings the matter"), putting.Relation("submitter")),
    ),
    "item accept": (
        detail("meeting", MEETING, N_("the meeting whose agenda it goes on"), putting.meeting),
        MINUTES,
        ORIGIN,
        CONFIDENTIAL,
    ),
    "item settle": (
        detail("outcome", Choice(ItemOutcome), N_("agreed, noted, referred or carried over")),
        detail("agreed", Text(4000), N_("what was agreed, in the table's own words")),
        BODY._replace(put=putting.nowhere, help=N_("the body that a referred matter is taken to")),
        detail("no_action", Flag(), N_("what was agreed needs no action"), "needs_no_action"),
    ),
    "item restrict": (CONFIDENTIAL._replace(required=True),),
    "item describe": (TITLE, ORIGIN, ORIGIN_DETAIL, ITEM_KIND, MINUTES, PRESENTER, PRECEDES),
    "rota add": (GIVEN_TITLE, PARTIES_IN_TURN._replace(required=True), RHYTHM),
    "rota describe": (TITLE, PARTIES_IN_TURN, RHYTHM),
    "rota turn": (
        detail("due", Day(), N_("the day of the turn"), putting.nowhere, required=True),
        detail("what", Text(500), N_("what is to be done, if not what the rota is called"), putting.nowhere),
    ),
    "rota swap": (
        detail("with", ORGANISATION, N_("the party that takes the turn instead"), putting.nowhere, required=True),
    ),
    "action assign": (
        detail("what", Text(500), N_("what is to be done"), required=True),
        RESPONSIBLE_PARTY,
        DUE,
        detail("shared_with", Many(PARTY), N_("who shares the work"), putting.shares),
    ),
    "action describe": (detail("what", Text(500), N_("what is to be done")),),
    "action wait": (detail("for", Text(300), N_("the body whose answer it waits for"), "waiting_for"),),
    "action report_done": (OUTCOME,),
    "action close": (OUTCOME,),
    "action reassign": (RESPONSIBLE_PARTY._replace(required=True), DUE),
    "action postpone": (DUE,),
    "action share": (detail("shared_with", Many(PARTY), N_("who shares the work"), putting.shares, required=True),),
    "referral add": (
        GIVEN_TITLE,
        BODY,
        ASKED,
        detail(
            "again",
            REFERRAL,
            N_("the referral that was decided before and now comes back"),
            putting.Relation("again_of"),
        ),
    ),
    "referral describe": (TITLE, BODY, ASKED, REGISTER_NUMBER),
    "referral send": (BODY, REGISTER_NUMBER),
    "referral take_up": (BODY, REGISTER_NUMBER),
    "referral decide": (
        detail("decision", Choice(Decision), N_("approved, partly approved, rejected or noted")),
        detail("decided_by", Text(200), N_("the body that decided, if not the one that was asked")),
        detail("paragraph", Word(100), N_("the paragraph of the decision")),
        REGISTER_NUMBER,
        detail("granted", Euros(), N_("how many euros were granted")),
        detail("grounds", Text(2000), N_("why it was decided so")),
    ),
    "referral report_back": (
        detail("meeting", MEETING, N_("the meeting in which the table heard of it"), putting.Relation("reported_in")),
    ),
    "result add": (
        GIVEN_TITLE,
        detail("kind", Choice(ResultKind), N_("what sort of thing it is"), "kind_of_result", required=True),
        EXTENT,
        EVIDENCE,
        detail("meeting", MEETING, N_("the meeting in which it was told"), putting.Relation("meeting")),
        detail("actions", Many(ACTION), N_("the actions that led to it")),
        CHECK_ON,
    ),
    "result describe": (
        TITLE,
        detail("kind", Choice(ResultKind), N_("what sort of thing it is"), "kind_of_result"),
        EXTENT,
        EVIDENCE,
        detail("actions", Many(ACTION), N_("the actions that led to it")),
        CHECK_ON,
    ),
    "result confirm": (EVIDENCE,),
    "result check": (
        detail("lasting", Choice(Lasting), N_("how much of it is left")),
        EVIDENCE,
        CHECK_ON,
    ),
}
"""The details of each move, by `kind move`."""


NAME = detail("name", Text(300), N_("the full name"), required=True)

PARTY_TAKES: Mapping[str, tuple[Detail, ...]] = {
    "organisation": (NAME, detail("sector", Choice(Sector), N_("which sector it belongs to"), required=True)),
    "person": (
        NAME,
        detail(
            "organisation",
            ORGANISATION,
            N_("the organisation that the person speaks for"),
            putting.Relation("organisation"),
        ),
        detail("email", Word(254), N_("the e-mail address, if it is needed")),
    ),
    "project": (
        NAME,
        detail("funder", Text(200), N_("who funds it")),
        detail("owner", ORGANISATION, N_("the organisation that runs it"), putting.Relation("owner")),
        detail("begins", Day(), N_("its first day")),
        detail("ends", Day(), N_("its last day")),
    ),
}
"""The details of a new person, organisation or project."""


@cache
def details_of(life: Lifecycle, made: Move) -> dict[str, Detail]:
    """The details that a move takes, by name."""
    takes = TRANSLATION if made.name == "translate" else TAKES.get(f"{life.kind} {made.name}", ())
    return {each.name: each for each in takes}
