"""The page loads only where it agrees with itself, and it says what the specification says."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

import pytest

from models.states import Level, MeetingState, Role, TableKind
from workflow.lifecycle import (
    BACK,
    NOTHING,
    Back,
    FollowOn,
    Lifecycle,
    Move,
    Page,
    PageError,
    Promise,
    event,
    fixed,
    move,
    off,
    refuse,
    warn,
)
from workflow.lifecycles import PAGE

# A small page of our own: a lamp that is made, lit and broken


class Lamp(StrEnum):
    DARK = "dark"
    LIT = "lit"
    BROKEN = "broken"


def has_a_bulb(lamp: Any, attempt: Any) -> None:
    """There is a bulb in it."""


def has_no_words(lamp: Any, attempt: Any) -> None:
    pass


def its_neighbours(step: Any) -> list[Any]:
    """The lamps beside it."""
    return []


MAKE = move("make", NOTHING, Lamp.DARK, by=[Role.MEMBER])
LIGHT = move("light", Lamp.DARK, Lamp.LIT, by=[Role.MEMBER])
SNUFF = move("snuff", Lamp.LIT, Lamp.DARK, by=[Role.MEMBER])
SMASH = move("smash", [Lamp.DARK, Lamp.LIT], Lamp.BROKEN, by=[Role.MEMBER])
ROWS = [MAKE, LIGHT, SNUFF, SMASH]


def lamp(kind: str = "lamp", **changes: Any) -> Lifecycle:
    """The life of a lamp, with something changed."""
    declared: dict[str, Any] = {
        "path": [Lamp.DARK, Lamp.LIT],
        "ends": [Lamp.BROKEN],
        "roles": [Role.MEMBER],
        "moves": ROWS,
        "promises": {Lamp.LIT: [fixed(has_a_bulb)]},
    }
    return Lifecycle(kind, Lamp, **(declared | changes))


def test_a_page_that_agrees_with_itself_loads():
    page = Page([lamp()], [FollowOn("lamp light", "lamp snuff", its_neighbours)])

    assert page["lamp"].creation is MAKE


FAULTY_LIVES = {
    "a state that nothing leads to": (
        {"moves": [MAKE, SMASH], "path": [Lamp.DARK]},
        "lamp: 'lit' cannot be reached",
    ),
    "a dead end that is no end": (
        {"ends": []},
        "lamp: 'broken' is a dead end, but not among its ends",
    ),
    "an end that is not the end": (
        {"ends": [Lamp.BROKEN, Lamp.LIT]},
        "lamp: 'lit' is among its ends, but a move leads out of it",
    ),
    "a move from a state of another kind": (
        {"moves": [*ROWS, move("hold", MeetingState.HELD, Lamp.DARK, by=[Role.MEMBER])]},
        "lamp: the move 'hold' names 'held', which is not one of its states",
    ),
    "a move to a state of another kind": (
        {"moves": [*ROWS, move("hold", Lamp.DARK, MeetingState.HELD, by=[Role.MEMBER])]},
        "lamp: the move 'hold' names 'held', which is not one of its states",
    ),
    "a path through a state of another kind": (
        {"path": [Lamp.DARK, MeetingState.HELD]},
        "lamp: its path names 'held', which is not one of its states",
    ),
    "an end of another kind": (
        {"ends": [Lamp.BROKEN, MeetingState.HELD]},
        "lamp: it ends in 'held', which is not one of its states",
    ),
    "a promise of a state of another kind": (
        {"promises": {MeetingState.HELD: [fixed(has_a_bulb)]}},
        "lamp: something is promised of 'held', which is not one of its states",
    ),
    "a promise of several states, one of another kind": (
        {"promises": {(Lamp.LIT, MeetingState.HELD): [fixed(has_a_bulb)]}},
        "lamp: something is promised of 'held', which is not one of its states",
    ),
    "a role that nobody can hold": (
        {"roles": [Role.CHAIR]},
        "lamp: the move 'make' is for member, a role that nobody can hold here",
    ),
    "a promise that does not say what it promises": (
        {"promises": {Lamp.LIT: [fixed(has_no_words)]}},
        "lamp: the promise 'has_no_words' does not say what it promises (its docstring is empty)",
    ),
    "a fixed promise that is off": (
        {"promises": {Lamp.LIT: [Promise(has_a_bulb, Level.OFF, fixed=True)]}},
        "lamp: the promise 'has_a_bulb' of 'lit' is fixed, but would not always be asked",
    ),
    "a fixed promise that is only a warning": (
        {"promises": {Lamp.LIT: [Promise(has_a_bulb, Level.WARN, fixed=True)]}},
        "lamp: the promise 'has_a_bulb' of 'lit' is fixed, but would not always be asked",
    ),
    "a fixed promise that is off for some tables": (
        {"promises": {Lamp.LIT: [Promise(has_a_bulb, Level.REFUSE, True, frozenset([TableKind.AREA]))]}},
        "lamp: the promise 'has_a_bulb' of 'lit' is fixed, but would not always be asked",
    ),
    "a promise made twice of one state": (
        {"promises": {Lamp.LIT: [fixed(has_a_bulb)], (Lamp.DARK, Lamp.LIT): [warn(has_a_bulb)]}},
        "lamp: the promise 'has_a_bulb' is made twice of 'lit'",
    ),
    "two creations": (
        {"moves": [*ROWS, move("find", NOTHING, Lamp.DARK, by=[Role.MEMBER])]},
        "lamp: exactly one move must create it",
    ),
    "no creation": (
        {"moves": [LIGHT, SNUFF, SMASH]},
        "lamp: exactly one move must create it",
    ),
    "a creation that is not at the start of the path": (
        {"moves": [move("make", NOTHING, Lamp.LIT, by=[Role.MEMBER]), LIGHT, SNUFF, SMASH]},
        "lamp: it is created as 'lit', but its path starts at 'dark'",
    ),
    "no path": (
        {"path": []},
        "lamp: it has no path",
    ),
    "a path that no move takes": (
        {"path": [Lamp.DARK, Lamp.BROKEN, Lamp.LIT]},
        "lamp: its path goes from 'broken' to 'lit', but no move does",
    ),
    "a name that two moves share": (
        {"moves": [*ROWS, move("light", Lamp.BROKEN, Lamp.LIT, by=[Role.MEMBER])]},
        "lamp: two of its moves are called 'light'",
    ),
    "a way back to where it never was": (
        {"moves": [MAKE, LIGHT, SMASH, move("mend", Lamp.DARK, BACK, by=[Role.MEMBER])]},
        "lamp: the move 'mend' goes back to where it was before 'dark', but it was nowhere",
    ),
}


@pytest.mark.parametrize(("changes", "words"), FAULTY_LIVES.values(), ids=FAULTY_LIVES.keys())
def test_a_lifecycle_that_contradicts_itself_does_not_load_and_says_why(changes, words):
    with pytest.raises(PageError) as fault:
        lamp(**changes)

    assert _as_read(fault.value) == words


def _as_read(message: object) -> str:
    """The message, with members of enumerations told by their value."""
    words = str(message)
    for state in (*Lamp, MeetingState.HELD):
        words = words.replace(repr(state), repr(state.value))
    return words


FAULTY_PAGES = {
    "a follow-on of an unknown move": (
        [FollowOn("lamp dim", "lamp snuff", its_neighbours)],
        "what follows what: 'lamp dim' > 'lamp snuff' names 'lamp dim', but no lifecycle has that move",
    ),
    "a follow-on to an unknown move": (
        [FollowOn("lamp light", "lamp dim", its_neighbours)],
        "what follows what: 'lamp light' > 'lamp dim' names 'lamp dim', but no lifecycle has that move",
    ),
    "a follow-on of an unknown kind": (
        [FollowOn("candle light", "lamp light", its_neighbours)],
        "what follows what: 'candle light' > 'lamp light' names 'candle light', but no lifecycle has that move",
    ),
    "something new by a move that makes nothing": (
        [FollowOn("lamp light", "lamp snuff", its_neighbours, creates=True)],
        "what follows what: 'lamp light' > 'lamp snuff' is not of one mind whether something new comes into being",
    ),
    "a creation of what is there already": (
        [FollowOn("lamp smash", "lamp make", its_neighbours)],
        "what follows what: 'lamp smash' > 'lamp make' is not of one mind whether something new comes into being",
    ),
    "a move that causes itself": (
        [FollowOn("lamp light", "lamp light", its_neighbours)],
        "what follows what: it could go on for ever: lamp light > lamp light",
    ),
    "moves that cause each other without end": (
        [
            FollowOn("lamp make", "lamp light", its_neighbours),
            FollowOn("lamp light", "lamp snuff", its_neighbours),
            FollowOn("lamp snuff", "lamp light", its_neighbours, if_promises_hold=True),
        ],
        "what follows what: it could go on for ever: lamp light > lamp snuff > lamp light",
    ),
}


@pytest.mark.parametrize(("follow_ons", "words"), FAULTY_PAGES.values(), ids=FAULTY_PAGES.keys())
def test_follow_ons_that_contradict_the_page_do_not_load_and_say_why(follow_ons, words):
    with pytest.raises(PageError) as fault:
        Page([lamp()], follow_ons)

    assert str(fault.value) == words


def test_a_move_that_is_nobodys_and_follows_nothing_does_not_load():
    glow = event("glow", Lamp.LIT)

    with pytest.raises(PageError) as fault:
        Page([lamp(moves=[*ROWS, glow])], [])

    assert str(fault.value) == "what follows what: nobody makes the move 'lamp glow', and it follows no other"


# The version of the page


class Change(NamedTuple):
    """One thing on the page that is declared otherwise."""

    what: str
    page: Callable[[], Page]


def changes_of_the_page() -> Iterator[Change]:
    """Every move, promise, role and follow-on of the page taken out in turn, and every other word of it changed."""
    for life in PAGE.lifecycles.values():
        for what, changed in _changes_of(life):
            yield Change(f"{life.kind}: {what}", lambda life=life, changed=changed: _with(life, **changed))
    for row in PAGE.follow_ons:
        others = [each for each in PAGE.follow_ons if each is not row]
        name = f"{row.cause} > {row.then}"
        yield Change(f"without {name}", lambda others=others: Page(PAGE.lifecycles.values(), others))
        for what, changed in _changes_of_follow_on(row):
            rows = [changed if each is row else each for each in PAGE.follow_ons]
            yield Change(f"{name}: {what}", lambda rows=rows: Page(PAGE.lifecycles.values(), rows))


def _changes_of(life: Lifecycle) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = list(life.moves.values())
    for at, row in enumerate(rows):
        yield f"without {row.name}", {"moves": [*rows[:at], *rows[at + 1 :]]}
        for what, changed in _changes_of_move(life, row):
            yield f"{row.name} {what}", {"moves": [*rows[:at], changed, *rows[at + 1 :]]}
    for what, changed in _changes_of_promises(life):
        yield what, {"promises": life.promises | changed}
    for role in life.roles:
        yield f"nobody is {role}", {"roles": life.roles - {role}}
    for state in life.states:
        yield f"ends otherwise at {state}", {"ends": life.ends ^ {state}}
    yield "a shorter path", {"path": life.path[:-1]}


def _changes_of_move(life: Lifecycle, row: Move) -> Iterator[tuple[str, Move]]:
    for source in sorted(row.sources):
        yield f"not from {source}", row._replace(sources=row.sources - {source})
    for role in row.by:
        yield f"not by {role}", row._replace(by=tuple(each for each in row.by if each is not role))
    for to in (*life.states, BACK, None):
        if to is not row.to:
            yield f"to {to}", row._replace(to=to)
    yield "by others first", row._replace(by=tuple(reversed(row.by)) if len(row.by) > 1 else (Role.CHAIR,))
    yield "with another name", row._replace(name="another")
    yield "reason or none", row._replace(reason=not row.reason)
    yield "final or not", row._replace(final=not row.final)


def _changes_of_promises(life: Lifecycle) -> Iterator[tuple[str, dict[Any, Any]]]:
    for state, made in life.promises.items():
        yield f"{state} promises more", {state: [*made, warn(has_a_bulb)]}
        for at, promise in enumerate(made):
            before, after = made[:at], made[at + 1 :]
            yield f"{state} without {promise.code}", {state: [*before, *after]}
            for what, changed in _changes_of_promise(promise):
                yield f"{promise.code} of {state} {what}", {state: [*before, changed, *after]}
            for other in set(life.states) - {state}:
                moved = [*life.promises[other], promise]
                yield f"{promise.code} of {other} instead of {state}", {state: [*before, *after], other: moved}


def _changes_of_promise(promise: Promise) -> Iterator[tuple[str, Promise]]:
    for make in (fixed, refuse, warn, off):
        if (other := make(promise.guard)) != promise:
            yield f"as {make.__name__}", other
    kinds = promise.off_for ^ {TableKind.NETWORKING}
    yield "off for others", Promise(promise.guard, Level.WARN, off_for=frozenset(kinds))


def _changes_of_follow_on(row: FollowOn) -> Iterator[tuple[str, FollowOn]]:
    yield "of others", row._replace(of=its_neighbours)
    yield "if it can or not", row._replace(if_promises_hold=not row.if_promises_hold)
    yield "of itself", row._replace(then=row.cause)
    for name in PAGE[row.kind].moves:
        if name != row.move:
            yield f"then {name}", row._replace(then=f"{row.kind} {name}")


def _with(life: Lifecycle, **changed: Any) -> Page:
    declared = {name: getattr(life, name) for name in ("path", "ends", "roles", "promises")}
    declared["moves"] = life.moves.values()
    other = Lifecycle(life.kind, type(life.starts), **(declared | changed))
    return Page([other if each is life else each for each in PAGE.lifecycles.values()], PAGE.follow_ons)


def test_a_page_of_the_same_words_has_the_same_version():
    for life in PAGE.lifecycles.values():
        assert _with(life).version == PAGE.version


def test_whatever_changes_on_the_page_either_contradicts_it_or_changes_its_version():
    unnoticed, loaded, refused = [], 0, 0
    for change in changes_of_the_page():
        try:
            page = change.page()
        except PageError:
            refused += 1
            continue
        loaded += 1
        if page.version == PAGE.version:
            unnoticed.append(change.what)

    assert unnoticed == []
    assert loaded > refused > 0


# What the specification says (lifecycles.md 2.1-2.6 and 3), written down by hand from its tables


class Row(NamedTuple):
    """One row of a table of moves."""

    kind: str
    move: str
    sources: frozenset[str]
    to: str
    by: frozenset[str]
    reason: bool


WHO = {
    "anyone at the table": {"convener", "chair", "secretary", "member"},
    "office": {"convener", "chair", "secretary"},
    "the responsible party": {"responsible"},
    "the responsible party or the office": {"responsible", "convener", "chair", "secretary"},
    "the submitter": {"submitter"},
    "founders": {"coordinator", "convener", "founder"},
    "anybody": {"anybody"},
    "follows": set(),
}

STATES = {
    "table": "proposed returned declined active dormant ended",
    "theme": "proposed convened agenda_set held actions_assigned results_reached declined suspended discontinued",
    "series": "planned convened agenda_set held actions_assigned results_reached suspended discontinued",
    "meeting": "planned convened agenda_set held actions_assigned completed cancelled",
    "memo": "draft circulated objected confirmed published withdrawn",
    "item": "submitted accepted settled declined withdrawn",
    "action": "assigned in_progress waiting reported_done closed refused dropped",
    "rota": "running ended",
    "referral": "drafted sent under_consideration decided reported_back withdrawn",
    "result": "recorded confirmed checked",
}

MOVES = """
table   | add            |                                                            | proposed         | anybody
table   | return         | proposed                                                   | returned         | founders                            | reason
table   | resubmit       | returned                                                   | proposed         | founders
table   | decline        | proposed                                                   | declined         | founders                            | reason
table   | found          | proposed                                                   | active           | founders
table   | rest           | active                                                     | dormant          | convener                            | reason
table   | wake           | dormant                                                    | active           | convener
table   | end            | active dormant                                             | ended            | convener                            | reason
table   | hand_over      | active dormant                                             | same             | founders                            | reason
table   | new_term       | active dormant                                             | same             | founders

theme   | propose        |                                                            | proposed         | anyone at the table
theme   | return         | proposed                                                   | same             | office                              | reason
theme   | decline        | proposed                                                   | declined         | office                              | reason
theme   | convene        | proposed                                                   | convened         | convener
theme   | set_agenda     | convened                                                   | agenda_set       | follows
theme   | hold           | agenda_set                                                 | held             | follows
theme   | assign_actions | held                                                       | actions_assigned | follows
theme   | reach_results  | actions_assigned                                           | results_reached  | convener
theme   | suspend        | convened agenda_set held actions_assigned                  | suspended        | office                              | reason
theme   | resume         | suspended                                                  | back             | office
theme   | discontinue    | proposed convened agenda_set held actions_assigned suspended | discontinued   | convener                            | reason
theme   | reopen         | results_reached discontinued declined                      | proposed         | convener                            | reason

series  | plan           |                                                            | planned          | office
series  | convene        | planned actions_assigned                                   | convened         | follows
series  | set_agenda     | convened                                                   | agenda_set       | follows
series  | hold           | agenda_set                                                 | held             | follows
series  | assign_actions | held                                                       | actions_assigned | follows
series  | fall_back      | agenda_set                                                 | convened         | follows
series  | call_off       | convened agenda_set                                        | planned          | follows
series  | reach_results  | actions_assigned                                           | results_reached  | convener
series  | suspend        | convened agenda_set held actions_assigned                  | suspended        | office                              | reason
series  | resume         | suspended                                                  | back             | office
series  | discontinue    | planned convened agenda_set held actions_assigned suspended | discontinued    | convener                            | reason
series  | extend         | planned convened agenda_set held actions_assigned suspended | same            | office                              | reason

meeting | plan           |                                                            | planned          | office
meeting | convene        | planned                                                    | convened         | convener
meeting | set_agenda     | convened                                                   | agenda_set       | office
meeting | hold           | agenda_set                                                 | held             | office
meeting | assign_actions | held                                                       | actions_assigned | office
meeting | complete       | actions_assigned                                           | completed        | secretary convener
meeting | reschedule     | planned convened agenda_set                                | same             | convener                            | reason
meeting | change_mode    | planned convened agenda_set                                | same             | office
meeting | cancel         | planned convened agenda_set                                | cancelled        | convener                            | reason

memo    | draft          |                                                            | draft            | office
memo    | circulate      | draft                                                      | circulated       | office
memo    | object         | circulated                                                 | objected         | anyone at the table                 | reason
memo    | revise         | objected                                                   | draft            | office
memo    | confirm        | circulated                                                 | confirmed        | office
memo    | publish        | confirmed                                                  | published        | office
memo    | withdraw       | published                                                  | withdrawn        | office

item    | submit         |                                                            | submitted        | anyone at the table
item    | accept         | submitted                                                  | accepted         | office
item    | settle         | accepted                                                   | settled          | office
item    | decline        | submitted                                                  | declined         | office                              | reason
item    | withdraw       | submitted accepted                                         | withdrawn        | the submitter
item    | release        | submitted accepted                                         | submitted        | follows

action  | assign         |                                                            | assigned         | office
action  | start          | assigned                                                   | in_progress      | the responsible party or the office
action  | report_done    | assigned in_progress                                       | reported_done    | the responsible party or the office
action  | wait           | assigned in_progress                                       | waiting          | the responsible party or the office
action  | resume         | waiting                                                    | back             | the responsible party or the office
action  | close          | assigned in_progress waiting reported_done                 | closed           | secretary
action  | refuse         | assigned                                                   | refused          | the responsible party               | reason
action  | reassign       | assigned in_progress waiting reported_done refused         | assigned         | office                              | reason
action  | postpone       | assigned in_progress waiting reported_done refused         | same             | office                              | reason
action  | drop           | assigned in_progress waiting reported_done refused         | dropped          | office                              | reason
action  | reopen         | closed dropped                                             | assigned         | office                              | reason

rota    | add            |                                                            | running          | office
rota    | end            | running                                                    | ended            | office                              | reason

referral | add           |                                                            | drafted          | office
referral | send          | drafted                                                    | sent             | office
referral | take_up       | sent                                                       | under_consideration | office
referral | decide        | sent under_consideration                                   | decided          | office
referral | report_back   | decided                                                    | reported_back    | office
referral | withdraw      | drafted sent under_consideration                           | withdrawn        | office                              | reason

result  | add            |                                                            | recorded         | office
result  | confirm        | recorded                                                   | confirmed        | office
result  | check          | confirmed checked                                          | checked          | office
"""  # noqa: E501  # a row of the specification a line
"""Where the specification leaves it open: a table may end without resting first, and is declined as proposed, not as
returned; a result may be checked again."""

EVENTS_BESIDE = {
    "table": {"seat", "unseat", "rules", "describe", "translate"},
    "theme": {"goal", "describe", "evaluate", "tell_proposer", "translate"},
    "series": set(),
    "meeting": {"prepare", "invite", "join", "attend"},
    "memo": {"edit", "describe"},
    "item": {"describe", "restrict", "disclose", "translate"},
    "action": {"describe", "share", "translate"},
    "rota": {"turn", "skip", "swap", "describe", "translate"},
    "referral": {"describe", "translate"},
    "result": {"describe", "translate"},
}
"""What the page remembers beside the moves of the specification. None of it changes a state."""

PROMISES = """
table   | active           | responsible_person_named:R
theme   | convened         | table_active:F convener_seated:F secretary_seated:R two_sectors_seated:F responsible_person_named:R
theme   | convened         | residents_or_associations_seated:W size_5_to_20:W planned_meetings_stated:W
theme   | agenda_set       | goal_drafted:W
theme   | actions_assigned | goal_agreed:R
theme   | results_reached  | result_recorded:F actions_settled:R referrals_settled:R series_ended:F evaluated:W proposer_told:W
series  | results_reached  | result_recorded:F no_meeting_open:F
meeting | convened         | under_way:F dated:F place_or_link:R duration_60_to_90:W notice_14_days:W not_a_holiday:W invitation_channel:W
meeting | agenda_set       | under_way:F agenda_not_empty:R items_have_origin:R chair_named:R secretary_named:R agenda_fits_the_time:W call_for_items_closed:W
meeting | held             | under_way:F has_begun:F attendance_recorded:R required_seats_present:R two_sectors_present:R
meeting | actions_assigned | under_way:F items_settled:R work_divided:R something_agreed:W no_actions_explained:R every_party_has_a_part:W
meeting | completed        | under_way:F memo_confirmed:R
action  | closed           | outcome_told:F closed_by_another:off
"""  # noqa: E501  # a row of the specification a line

PROMISES_BESIDE = """
table   | active           | founding_decision_told:W
table   | ended            | no_theme_under_way:R
series  | planned          | theme_open:F
series  | convened         | theme_under_way:F
series  | agenda_set       | theme_under_way:F
series  | held             | theme_under_way:F
series  | actions_assigned | theme_under_way:F
series  | discontinued     | held_meetings_completed:F
meeting | planned          | under_way:F
memo    | draft            | meeting_took_place:F
memo    | circulated       | memo_written:R
memo    | confirmed        | silence_or_meeting:R
memo    | published        | until_told:W residents_not_named:W translated:off
item    | submitted        | agenda_open:F
item    | accepted         | on_an_agenda:F agenda_open:F
item    | settled          | outcome_given:F discussed:R
action  | assigned         | theme_open:F
action  | in_progress      | theme_open:F
action  | waiting          | theme_open:F body_named:F
action  | reported_done    | theme_open:F
action  | refused          | theme_open:F
rota    | running          | theme_open:F turns_shared:F
referral | drafted             | theme_open:F
referral | sent                | receiver_named:F
referral | decided             | decision_told:F
referral | reported_back       | heard_at_the_table:F
result  | checked          | lasting_told:F
"""

FOLLOW_ONS = """
meeting convene        > series convene
series convene         > theme convene
meeting set_agenda     > series set_agenda
meeting hold           > series hold
meeting assign_actions > series assign_actions
series set_agenda      > theme set_agenda
series hold            > theme hold
series assign_actions  > theme assign_actions
meeting cancel         > series fall_back
meeting cancel         > series call_off
meeting cancel         > item release
item settle            > new item submit
item settle            > new referral add
rota turn              > new action assign
series reach_results   > perhaps theme reach_results
series discontinue     > perhaps theme reach_results
theme suspend          > series suspend
theme resume           > series resume
theme discontinue      > series discontinue
series discontinue     > meeting cancel
meeting set_agenda     > item accept
meeting set_agenda     > new item submit
"""

FOLLOW_ONS_BESIDE = """
series assign_actions  > series convene
series convene         > series set_agenda
series set_agenda      > series hold
meeting cancel         > series set_agenda
meeting cancel         > series hold
meeting reschedule     > series fall_back
meeting reschedule     > series set_agenda
meeting reschedule     > series hold
meeting convene        > series fall_back
series resume          > series fall_back
series resume          > series call_off
series resume          > series set_agenda
series resume          > series hold
item submit            > item accept
theme decline          > series discontinue
"""
"""How the page keeps a series in step with a current meeting that is not the one it followed before."""


def specified_moves() -> Iterator[Row]:
    for line in _lines(MOVES):
        kind, name, sources, to, who, *reason = (cell.strip() for cell in line.split("|"))
        by = frozenset(WHO.get(who, who.split()))
        yield Row(kind, name, frozenset(sources.split()), to, by, reason == ["reason"])


def specified_promises(text: str) -> Iterator[tuple[str, str, str, str]]:
    for line in _lines(text):
        kind, state, made = (cell.strip() for cell in line.split("|"))
        for each in made.split():
            code, level = each.split(":")
            yield kind, state, code, level


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def moves_on_the_page() -> Iterator[Row]:
    for life in PAGE.lifecycles.values():
        for each in life.moves.values():
            to = "back" if isinstance(each.to, Back) else str(each.to or "same")
            yield Row(life.kind, each.name, frozenset(each.sources), to, frozenset(each.by), each.reason)


def promises_on_the_page() -> Iterator[tuple[str, str, str, str]]:
    letters = {Level.REFUSE: "R", Level.WARN: "W", Level.OFF: "off"}
    for life in PAGE.lifecycles.values():
        for state, made in life.promises.items():
            for each in made:
                yield life.kind, state, each.code, "F" if each.fixed else letters[each.level]


def follow_ons_on_the_page() -> Iterator[str]:
    for each in PAGE.follow_ons:
        how = "perhaps " if each.if_promises_hold else "new " if each.creates else ""
        yield f"{each.cause} > {how}{each.then}"


def _squeezed(lines: Iterable[str]) -> list[str]:
    return sorted(" ".join(line.split()) for line in lines)


def test_every_kind_of_the_specification_has_its_states_and_no_others():
    on_the_page = {life.kind: set(life.states) for life in PAGE.lifecycles.values()}

    assert on_the_page == {kind: set(states.split()) for kind, states in STATES.items()}


def test_every_move_of_the_specification_is_on_the_page_with_its_states_its_people_and_its_reason():
    beside = {(kind, name) for kind, names in EVENTS_BESIDE.items() for name in names}

    on_the_page = [row for row in moves_on_the_page() if (row.kind, row.move) not in beside]

    assert sorted(on_the_page) == sorted(specified_moves())


def test_what_the_page_remembers_beside_the_specification_changes_no_state():
    beside = {kind: PAGE[kind].moves[name].to for kind, names in EVENTS_BESIDE.items() for name in names}

    assert set(beside.values()) == {None}


def test_every_promise_of_the_specification_is_on_the_page_at_its_level():
    expected = [*specified_promises(PROMISES), *specified_promises(PROMISES_BESIDE)]

    assert sorted(promises_on_the_page()) == sorted(expected)


def test_only_residents_or_associations_may_be_missing_and_only_from_a_networking_table():
    off_for = {
        each.code: each.off_for
        for life in PAGE.lifecycles.values()
        for made in life.promises.values()
        for each in made
        if each.off_for
    }

    assert off_for == {"residents_or_associations_seated": {TableKind.NETWORKING}}


def test_every_follow_on_of_the_specification_is_on_the_page():
    expected = _lines(FOLLOW_ONS) + _lines(FOLLOW_ONS_BESIDE)

    assert _squeezed(follow_ons_on_the_page()) == _squeezed(expected)
