"""When things happened where a book does not say: the days that follow from other days."""

from collections.abc import Iterable
from datetime import date, datetime

from workflow.exchange.book import Book, Deed, Thing
from workflow.exchange.moments import day_of
from workflow.exchange.problems import Problems
from workflow.language.dates import UnreadableDate, read_when


def fill_days(books: Iterable[Book], problems: Problems) -> None:
    """Give every deed its day. A step has the day of the one before it, a thing that of what it is under."""
    things = [thing for book in books for thing in book.things()]
    of_program = [thing for thing in things if any(each.automatic for each in thing.line)]
    known = {id(thing) for thing in of_program}
    for thing in [*(thing for thing in things if id(thing) not in known), *_each_after_its_origin(of_program)]:
        _fill(thing, problems)


def _each_after_its_origin(things: list[Thing]) -> Iterable[Thing]:
    waiting = {id(thing): thing for thing in things}
    for thing in things:
        chain: list[Thing] = []
        each: Thing | None = thing
        while each is not None and waiting.pop(id(each), None) is not None:
            chain.append(each)
            each = each.origin if each.automatic else each.parent
        yield from reversed(chain)


def _fill(thing: Thing, problems: Problems) -> None:
    before = thing.birth.on if thing.birth else None
    meeting = thing.under("meeting")
    called: str | None = None
    for deed in thing.deeds:
        if deed.on is None:
            deed.on = _begins(thing) if deed is thing.beginning else _next(deed, before, meeting, called)
        if deed.on is None:
            _cannot_tell(deed, problems)
            return
        before = deed.on
        called = str(deed.given.get("when", called or "")) or None
        meeting = next((each for each in deed.refers if deed.move == "accept" and each.kind == "meeting"), meeting)


def _cannot_tell(deed: Deed, problems: Problems) -> None:
    """Only a table needs a day of its own; elsewhere it is missing where something above is wrong already."""
    if not any(each.failed for each in deed.thing.line):
        problems.add(deed.place.at("on"), "missing")
    deed.thing.failed = True


def _begins(thing: Thing) -> date | None:
    """A matter comes with the agenda, an action with the meeting; other things with what they are under."""
    above = thing.parent_beginning
    day = _with_meeting(thing) or (_day(above.on) if above is not None else None)
    dated = next((deed.on for deed in thing.deeds if deed.on is not None), None)
    return day if dated is None or day is None else min(day, day_of(dated))


def _with_meeting(thing: Thing) -> date | None:
    meeting = thing.under("meeting")
    if meeting is None:
        return None
    if thing.kind == "item":
        return _day(next((deed.on for deed in meeting.deeds if deed.move == "set_agenda"), None))
    return _held(meeting) if thing.kind in ("memo", "action", "referral") else None


def _next(deed: Deed, before: date | datetime | None, meeting: Thing | None, called: str | None) -> date | None:
    """The day of the step before; but a meeting is held, and a matter settled, on the day of the meeting."""
    meant: date | None = None
    if deed.code == "meeting hold":
        meant = _called_for(called)
    elif deed.code == "item settle" and meeting is not None:
        meant = _held(meeting)
    day = _day(before)
    return max(day, meant) if day and meant else day or meant


def _held(meeting: Thing) -> date | None:
    """The day on which a meeting was held, or for which it was called."""
    called: str | None = None
    for deed in meeting.deeds:
        if deed.move == "hold":
            return _day(deed.on) or _called_for(called)
        called = str(deed.given.get("when", called or "")) or None
    return None


def _called_for(when: str | None) -> date | None:
    try:
        return read_when(when).day if when else None
    except UnreadableDate:
        return None


def _day(on: date | datetime | None) -> date | None:
    return None if on is None else day_of(on)
