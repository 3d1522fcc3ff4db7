"""The meetings of a made-up table: called, prepared, held and written up, or stopping short of it."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from benchmarks.lives.acting import acts, assigned
from benchmarks.lives.living import Life, Lived
from benchmarks.lives.referring import refers
from benchmarks.lives.remembering import written_up
from models.states import ItemState, Role
from workflow.days import local_day
from workflow.language.dates import moment
from workflow.references import reference


def meets(lived: Lived, series: Any, *, stop: str = "", share: float = 0.8, agree: bool = True) -> Life:
    """One meeting, from its date to its last word; it stops short where it is told to."""
    meeting = convened(lived, series)
    if stop == "convened":
        return
    yield from _before(lived, meeting, stop)
    if stop == "agenda_set":
        return
    yield _morning_after(lived, meeting)
    _held(lived, meeting, share, agree=agree)
    if stop == "held":
        yield from written_up(lived, meeting, lived.decks.memos.draw())
        return
    yield lived.some(0, 6)
    _settled(lived, meeting, agree=agree)
    if stop == "assigned":
        yield from written_up(lived, meeting, lived.decks.memos.draw())
        return
    yield from written_up(lived, meeting)
    lived.do(meeting, "complete", lived.secretary)


def convened(lived: Lived, series: Any, within: int = 0) -> Any:
    """A meeting with a date to come, to which people are invited."""
    day = lived.day_for_meeting(within or lived.rng.randint(16, max(17, lived.gap - 8)))
    begins = lived.rng.choice(("17:00", "17:30", "18:00", "13:00"))
    ends = {"17:00": "18:30", "17:30": "19:00", "18:00": "19:00", "13:00": "14:30"}[begins]
    told = {"when": f"{day} {begins}-{ends}", "place": lived.text("place")}
    meeting = lived.new("meeting", series, items_by=day - timedelta(days=9), **told)
    lived.do(meeting, "convene", channel=[lived.rng.choice(("open_call", "personal", "email_list"))])
    return meeting


def _before(lived: Lived, meeting: Any, stop: str) -> Life:
    yield max(lived.some(1, 4), _days_before(meeting, 15))
    if lived.rng.random() < 0.08:
        lived.do(meeting, "change_mode", mode="hybrid", link="https://example.org/huone")
    if lived.rng.random() < 0.06 and stop != "agenda_set":
        day = lived.day_for_meeting((local_day(meeting.begins_at) - local_day(lived.now)).days + 7)
        lived.do(meeting, "reschedule", why="moves", when=f"{day} 17:00-18:30")
    yield max(lived.now, _days_before(meeting, 10))
    for _ in range(lived.rng.choice((1, 1, 2, 2, 3))):
        _brought(lived, meeting)
    yield _days_before(meeting, 7)
    lived.do(meeting, "set_agenda", lived.secretary)


def _brought(lived: Lived, meeting: Any) -> None:
    by = lived.rng.choice([each for each in lived.people if lived.sits(each)])
    origin = lived.rng.choice(("department", "village", "association", "resident"))
    told = {"title": lived.text("item"), "origin": origin, "minutes": 20, "presenter": f"P{by.id}"}
    item = lived.new("item", meeting, by, kind=lived.rng.choice(("discussion", "to_agree", "information")), **told)
    chance = lived.rng.random()
    if chance < 0.93 or len(meeting.items) == 1:
        lived.do(item, "accept", lived.secretary)
    elif chance < 0.97:
        lived.do(item, "decline", why="why_not")
    else:
        lived.do(item, "withdraw", by)


def _morning_after(lived: Lived, meeting: Any) -> datetime:
    return moment(local_day(meeting.begins_at) + timedelta(days=1), time(9, lived.rng.randint(0, 59)))


def _held(lived: Lived, meeting: Any, share: float, *, agree: bool) -> None:
    empty = lived.plan.quirk == "seat_empty"
    seats = [seat for seat in lived.table.seats if seat.held_on(local_day(meeting.begins_at))]
    seats = [seat for seat in seats if not (empty and seat.required)]
    always = [seat for seat in seats if seat.required or seat.role in (Role.CONVENER, Role.CHAIR)]
    others = [seat for seat in seats if seat not in always]
    came = [*always, *(seat for seat in others if lived.rng.random() < share)]
    told: dict[str, Any] = {"present": _parties_of(came)}
    excused = [each for each in _parties_of(others) if each not in told["present"]]
    if excused:
        told["excused"] = excused[:2]
    if not agree:
        told |= {"count": ["residents=20", "municipality=3"], "total": 24}
    if empty:
        lived.do(meeting, "hold", why="seat_empty", overriding="required_seats_present", **told)
    else:
        lived.do(meeting, "hold", lived.secretary, **told)


def _settled(lived: Lived, meeting: Any, *, agree: bool) -> None:
    theme = meeting.series.theme
    if theme.goal_agreed_in is None:
        parties = [f"G{party.id}" for party in lived.parties[:3]]
        lived.do(theme, "goal", goal=lived.text("goal"), agreed_in=reference(meeting), parties=parties)
    to_settle = [item for item in meeting.items if item.state is ItemState.ACCEPTED]
    divided = [
        _settle(lived, item, _outcome(lived, item, agree=agree, first=not nth)) for nth, item in enumerate(to_settle)
    ]
    why = {} if any(divided) else {"no_actions_because": lived.text("no_work")}
    lived.do(meeting, "assign_actions", lived.secretary, **why)


def _outcome(lived: Lived, item: Any, *, agree: bool, first: bool) -> str:
    if item.kind_of_item == "follow_up" or not agree:
        return "noted"
    return "agreed" if first else lived.decks.outcomes.draw()


def _settle(lived: Lived, item: Any, outcome: str) -> int:
    """A matter is settled, and what was agreed is divided. How many actions came of it."""
    idle = outcome == "agreed" and lived.rng.random() < 0.1
    told: dict[str, Any] = {"agreed": lived.text("agreed")} if outcome == "agreed" else {}
    if idle:
        told["no_action"] = True
    lived.do(item, "settle", lived.secretary, outcome=outcome, **told)
    if outcome == "referred":
        lived.begin(refers(lived, item.referrals[-1], lived.decks.referrals.draw()))
    if outcome != "agreed" or idle:
        return 0
    several = lived.rng.choice((1, 1, 2, 3))
    for _ in range(several):
        lived.begin(acts(lived, assigned(lived, item), lived.decks.actions.draw()))
    return several


def _days_before(meeting: Any, days: int) -> datetime:
    return moment(local_day(meeting.begins_at) - timedelta(days=days), time(10))


def _parties_of(seats: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(f"P{seat.person_id}" if seat.person_id else f"G{seat.organisation_id}" for seat in seats))
