"""What is written of the meetings of a made-up table: sent round, objected to at times, and confirmed or forgotten."""

from datetime import timedelta
from typing import Any

from benchmarks.lives.living import Life, Lived
from workflow.days import local_day

SILENCE = 5
"""How many days the others have for objecting."""
ON_THE_WEB = timedelta(days=365)
"""How long a memo is meant to be read by everybody."""


def written_up(lived: Lived, meeting: Any, fate: str = "confirmed") -> Life:
    """The memo of a meeting, until it is confirmed or as far as it comes."""
    if fate == "none":
        return
    yield lived.some(1, 3)
    memo = lived.new("memo", meeting, lived.secretary)
    lived.do(memo, "edit", lived.secretary, entry="discussed", text=lived.text("memo"))
    if fate == "draft":
        return
    _sent(lived, memo)
    if fate == "objected" or (fate == "confirmed" and lived.rng.random() < 0.06):
        yield lived.some(1, 2)
        lived.do(memo, "object", lived.chair, "objects")
        if fate == "objected":
            return
        yield lived.some(1, 2)
        lived.do(memo, "revise", lived.secretary)
        lived.do(memo, "edit", lived.secretary, entry="discussed", text=lived.text("memo"))
        _sent(lived, memo)
    if fate == "circulated":
        return
    yield lived.at_work(SILENCE + 1)
    lived.do(memo, "confirm", lived.secretary)
    if lived.rng.random() < 0.15:
        lived.begin(_published(lived, memo))


def _sent(lived: Lived, memo: Any) -> None:
    lived.do(memo, "circulate", lived.secretary, silent_until=local_day(lived.now) + timedelta(days=SILENCE))


def _published(lived: Lived, memo: Any) -> Life:
    """It can be read by everybody, mostly for as long as anybody looks."""
    yield lived.some(1, 9)
    until = local_day(lived.now) + ON_THE_WEB
    lived.do(memo, "publish", lived.secretary, link="https://example.org/muistio", until=until)
    if lived.rng.random() < 0.3:
        yield lived.some(200, 380)
        lived.do(memo, "withdraw", lived.secretary)
