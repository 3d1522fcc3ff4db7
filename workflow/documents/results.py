"""The results of a theme (tuloskooste): what was reached and how, and who takes what forward."""

from collections.abc import Iterator, Sequence

from models.reading import Reader, any_of
from models.states import (
    ActionState,
    Extent,
    ItemOutcome,
    Lasting,
    ResultKind,
    ResultState,
    RotaState,
    ThemeOutcome,
    ThemeState,
)
from workflow.documents.content import Block, Document, Grid, Head, Line, Pairs, Part, Words
from workflow.documents.gathering import Gathered, Reading, Row
from workflow.documents.meeting import DONE, decision_of, told, work_grid
from workflow.guards import TOOK_PLACE
from workflow.language.words import N_

FINISHED = frozenset({ActionState.REPORTED_DONE, ActionState.CLOSED})


def results(reader: Reader, ref: str, reading: Reading) -> Document:
    """The results of the theme of that reference. Where none are reached yet, it says how it stands."""
    gathered = Gathered(reader, reading)
    theme = gathered.only("theme", "v_themes", ref=ref)
    table = gathered.only("table", "v_tables", ref=theme["table_ref"])
    meetings = _meetings(gathered, ref)
    reached = gathered.rows("result", "v_results", order="id", theme_ref=ref)
    actions = gathered.rows("action", "v_actions", order="id", theme_ref=ref)
    return Document(
        gathered.language,
        gathered.said(theme, "title"),
        Head(gathered.said(table, "name"), gathered.say(N_("Results")), gathered.on(gathered.day)),
        [
            *_standing(gathered, theme),
            *_goal(gathered, theme),
            *_reached(gathered, reached),
            *_held(gathered, meetings),
            *_agreed(gathered, ref, meetings),
            *_done(gathered, actions),
            *_referrals(gathered, ref),
            *_forward(gathered, ref, actions, reached),
            *_looking_back(gathered, theme),
        ],
        gathered.foot(ref),
    )


def _standing(gathered: Gathered, theme: Row) -> Iterator[Block]:
    """Where the theme has not come to results: where it is, and if it has ended, why."""
    state = gathered.speech.state("theme", str(theme["state"]))
    if theme["ended_as"]:
        why = gathered.word(ThemeOutcome, theme["ended_as"])
        yield Line(gathered.say(N_("The theme has ended: {state}, {why}."), state=state, why=why))
    elif theme["state"] != ThemeState.RESULTS_REACHED:
        yield Line(gathered.say(N_("The theme has not been brought to its end. It stands so: {state}."), state=state))


def _goal(gathered: Gathered, theme: Row) -> Iterator[Block]:
    say = gathered.say
    agreed = gathered.reader.rows("v_goal_parties", theme_ref=theme["ref"])
    pairs: list[tuple[str, Words]] = [
        (say(N_("Goal")), gathered.said(theme, "goal")),
        (say(N_("Goal agreed on")), gathered.on(theme["goal_agreed_on"])),
        (say(N_("Goal agreed by")), gathered.speech.tell([row["organisation"] for row in agreed])),
        (say(N_("Why together")), gathered.said(theme, "why_together")),
        (say(N_("Proposed by")), gathered.who(theme, "proposer")),
    ]
    if known := told(pairs):
        yield Part(say(N_("What we aimed at")), [Pairs(known)])


# What was reached


def _reached(gathered: Gathered, reached: Sequence[Row]) -> Iterator[Block]:
    if reached:
        parts = [Part(gathered.said(each, "title"), [Pairs(_of_result(gathered, each))]) for each in reached]
        yield Part(gathered.say(N_("What was reached")), parts)


def _of_result(gathered: Gathered, result: Row) -> list[tuple[str, Words]]:
    """Of what kind a result is, how much came true, by what it is seen, and who did it."""
    say = gathered.say
    return told(
        [
            (say(N_("Kind")), gathered.word(ResultKind, result["kind_of_result"])),
            (say(N_("Came true")), gathered.word(Extent, result["extent"])),
            (say(N_("Evidence")), gathered.said(result, "evidence")),
            (say(N_("Done by")), gathered.speech.tell(doers(gathered, result))),
            (say(N_("State")), gathered.speech.state("result", str(result["state"]))),
            (say(N_("What is left")), gathered.word(Lasting, result["lasting"])),
        ]
    )


def doers(gathered: Gathered, result: Row) -> list[str]:
    """The parties whose work led to a result, each once. Work that is still under way has done nothing yet."""
    links = gathered.reader.rows("v_result_actions", result_ref=result["ref"])
    work = gathered.reader.rows("v_actions", order="id", ref=any_of(row["action_ref"] for row in links))
    named = (gathered.who(action, "responsible") for action in work if action["state"] in FINISHED)
    return list(dict.fromkeys(name for name in named if name))


# How it was reached


def _meetings(gathered: Gathered, ref: str) -> list[Row]:
    """The meetings about a theme that took place, in their order; the joint ones too."""
    joint = gathered.reader.rows("v_joint_meetings", theme_ref=ref)
    own = gathered.rows("meeting", "v_meetings", theme_ref=ref)
    found = {str(row["ref"]): row for row in own}
    found |= gathered.by_ref("meeting", "v_meetings", (row["meeting_ref"] for row in joint))
    held = [row for row in found.values() if row["state"] in TOOK_PLACE]
    return sorted(held, key=lambda row: (str(row["begins_at"] or "9"), row["id"]))


def _held(gathered: Gathered, meetings: Sequence[Row]) -> Iterator[Block]:
    if not meetings:
        return
    say = gathered.say
    rows = [
        (gathered.when(row) or str(row["ref"]), str(row["place"] or ""), str(row["present_count"] or ""))
        for row in meetings
    ]
    columns = (say(N_("Time")), say(N_("Place")), say(N_("Present")))
    yield Part(say(N_("Meetings")), [Grid("", columns, rows)])


def _agreed(gathered: Gathered, ref: str, meetings: Sequence[Row]) -> Iterator[Block]:
    """What was agreed, matter by matter, in the order of the meetings."""
    days = {str(row["ref"]): row["day"] for row in meetings}
    items = gathered.rows("item", "v_items", order="position", theme_ref=ref, outcome=ItemOutcome.AGREED)
    rows = [
        (gathered.said(item, "title"), gathered.said(item, "agreed"), gathered.on(days.get(str(item["meeting_ref"]))))
        for item in sorted(
            items, key=lambda item: list(days).index(item["meeting_ref"]) if item["meeting_ref"] in days else 0
        )
        if item["agreed"]
    ]
    if rows:
        columns = (gathered.say(N_("Matter")), gathered.say(N_("Agreed")), gathered.say(N_("Day")))
        yield Part(gathered.say(N_("What was agreed")), [Grid("", columns, rows)])


def _done(gathered: Gathered, actions: Sequence[Row]) -> Iterator[Block]:
    """The work that has come to its end. How it ended is told where some of it was dropped."""
    say = gathered.say
    ended = [action for action in actions if action["state"] in DONE]
    dropped = any(action["state"] == ActionState.DROPPED for action in ended)
    columns = [say(N_("What")), say(N_("Who")), say(N_("What came of it")), *([say(N_("State"))] if dropped else [])]
    rows = []
    for action in ended:
        state = [gathered.speech.state("action", str(action["state"]))] if dropped else []
        told = (gathered.said(action, "what"), gathered.who(action, "responsible"), gathered.said(action, "outcome"))
        rows.append([*told, *state])
    if rows:
        yield Part(say(N_("What was done")), [Grid("", columns, rows)])


def _referrals(gathered: Gathered, ref: str) -> Iterator[Block]:
    """What was asked of bodies with the power to decide, what they said, and when the table heard of it."""
    say = gathered.say
    parts: list[Block] = []
    for referral in gathered.rows("referral", "v_referrals", order="id", theme_ref=ref):
        heard = gathered.by_ref("meeting", "v_meetings", [referral["reported_in_ref"]])
        pairs: list[tuple[str, Words]] = [
            (say(N_("Euros asked for")), str(referral["asked"] or "")),
            (say(N_("Euros granted")), "" if referral["granted"] is None else str(referral["granted"])),
            (say(N_("Grounds")), gathered.said(referral, "grounds")),
            (say(N_("The table heard of it")), gathered.on(next((row["day"] for row in heard.values()), None))),
        ]
        known = told(pairs)
        blocks: list[Block] = [decision_of(gathered, referral), *([Pairs(known)] if known else [])]
        parts.append(Part(gathered.said(referral, "title"), blocks))
    if parts:
        yield Part(say(N_("What others decided")), parts)


# What comes then


def _forward(gathered: Gathered, ref: str, actions: Sequence[Row], reached: Sequence[Row]) -> Iterator[Block]:
    """Who takes what forward: open work, activities that go on, and when it is seen what is left of the results."""
    say = gathered.say
    blocks = work_grid(gathered, say(N_("Work that goes on")), [each for each in actions if each["state"] not in DONE])
    rotas = gathered.rows("rota", "v_rotas", order="id", theme_ref=ref, state=RotaState.RUNNING)
    blocks += [
        Pairs([(say(N_("Activity in turns")), gathered.said(rota, "title")), *_turns(gathered, rota)]) for rota in rotas
    ]
    checks = [
        (gathered.said(each, "title"), gathered.on(each["check_on"]))
        for each in reached
        if each["check_on"] and each["state"] != ResultState.CHECKED
    ]
    if checks:
        blocks.append(Grid(say(N_("When we look again")), (say(N_("Result")), say(N_("Check on"))), checks))
    if blocks:
        yield Part(say(N_("Who takes what forward")), blocks)


def _turns(gathered: Gathered, rota: Row) -> Iterator[tuple[str, Words]]:
    places = gathered.reader.rows("v_rota_places", order="position", rota_ref=rota["ref"])
    yield gathered.say(N_("Taking turns")), gathered.speech.tell([row["organisation"] for row in places])
    yield gathered.say(N_("Whose turn")), gathered.who(rota, "in_turn")


def _looking_back(gathered: Gathered, theme: Row) -> Iterator[Block]:
    if theme["evaluation"]:
        yield Part(gathered.say(N_("Looking back")), [Line(gathered.said(theme, "evaluation"))])
