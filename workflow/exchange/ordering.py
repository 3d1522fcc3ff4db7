"""In what order a book happened: by day, then as such things go on one day, and never a thing before its beginning."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import Final

from workflow.days import noon
from workflow.exchange.book import Book, Deed
from workflow.exchange.problems import Problems

# fmt: off
_ON_ONE_DAY: Final = """
    table add           table describe      table translate     table rules         table seat
    table hand_over     table new_term      table return        table resubmit      table found
    table wake
    theme propose       theme describe      theme translate     theme return        theme reopen
    theme resume
    series plan         series extend       series resume
    meeting plan        meeting reschedule  meeting change_mode meeting prepare     meeting invite
    meeting join        meeting convene     theme convene
    item submit         item describe       item translate      item accept         item decline
    item withdraw       item restrict       item disclose
    meeting set_agenda  meeting attend      meeting hold
    theme goal          item settle
    rota add            rota describe       rota translate      rota swap           rota skip           rota turn
    action assign       action translate    action share        action describe     action start        action wait
    action resume       action refuse       action reassign     action postpone     action report_done
    action close        action drop         action reopen
    referral add        referral describe   referral translate  referral send       referral take_up
    referral decide     referral report_back                    referral withdraw
    meeting assign_actions                  memo draft          memo edit           memo circulate
    memo object         memo revise         memo confirm        memo describe       meeting complete
    memo publish        memo withdraw
    result add          result describe     result translate    result confirm
    theme evaluate      theme tell_proposer
    series reach_results                    theme reach_results
    result check
    rota end
    meeting cancel      series suspend      theme suspend       series discontinue  theme discontinue
    theme decline
    table unseat        table rest          table decline       table end
"""
# fmt: on

RANKS: Final[Mapping[str, int]] = {
    f"{kind} {move}": place
    for words in [_ON_ONE_DAY.split()]
    for place, (kind, move) in enumerate(zip(words[::2], words[1::2], strict=True))
}
"""The place of each move in the course of one day."""


def in_order(books: Iterable[Book], problems: Problems) -> list[Deed]:
    """Every deed, each after what it needs. The numbers of a file, where it has them, are its order."""
    books = list(books)
    deeds = [deed for book in books for deed in book.deeds() if deed.on is not None]
    later: dict[int, list[int]] = {}
    waits = [0] * len(deeds)
    place = {id(deed): number for number, deed in enumerate(deeds)}
    for before, after in [*_needs(deeds), *(pair for book in books for pair in _numbered(book, problems))]:
        if id(before) in place and id(after) in place:
            later.setdefault(place[id(before)], []).append(place[id(after)])
            waits[place[id(after)]] += 1
    ordered = list(_taken(deeds, later, waits))
    if len(ordered) < len(deeds):
        stuck = deeds[next(number for number, count in enumerate(waits) if count)]
        problems.add(stuck.place, "order_contradicts")
    return ordered


def _taken(deeds: list[Deed], later: Mapping[int, list[int]], waits: list[int]) -> Iterator[Deed]:
    ready = [(*_when(deed), number) for number, deed in enumerate(deeds) if not waits[number]]
    heapify(ready)
    while ready:
        number = heappop(ready)[-1]
        yield deeds[number]
        for each in later.get(number, ()):
            waits[each] -= 1
            if not waits[each]:
                heappush(ready, (*_when(deeds[each]), each))


def _when(deed: Deed) -> tuple[datetime, int]:
    on: date | datetime | None = deed.on
    assert on is not None
    moment = on if isinstance(on, datetime) else noon(on)
    return moment, RANKS.get(deed.code, len(RANKS))


def _needs(deeds: list[Deed]) -> Iterator[tuple[Deed, Deed]]:
    """What must have happened before each: the step before it, and the beginning of whatever it builds on."""
    previous: dict[int, Deed] = {}
    for deed in deeds:
        thing = deed.thing
        if id(thing) in previous:
            yield previous[id(thing)], deed
        else:
            needed = thing.birth if thing.automatic else thing.parent_beginning
            if needed is not None:
                yield needed, deed
        for named in deed.refers:
            if named.beginning is not None and named is not thing:
                yield named.beginning, deed
        previous[id(thing)] = deed


def _numbered(book: Book, problems: Problems) -> Iterator[tuple[Deed, Deed]]:
    numbered: dict[int, Deed] = {}
    for deed in book.deeds():
        if deed.number is None:
            continue
        if deed.number in numbered:
            problems.add(deed.place.at("number"), "number_repeated", number=deed.number)
        numbered[deed.number] = deed
    ordered = [numbered[number] for number in sorted(numbered)]
    yield from pairwise(ordered)
