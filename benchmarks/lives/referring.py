"""What a made-up table takes to those who have the power to decide, and whether it ever hears of it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from benchmarks.lives.living import Life, Lived
from models.states import ReferralState
from workflow.days import local_day
from workflow.guards import ENDED_THEME, TOOK_PLACE
from workflow.references import reference

DECISIONS = ("approved", "approved", "partly_approved", "noted")


def refers(lived: Lived, referral: Any, fate: str) -> Life:
    """A referral from its draft on, until the table has heard of it, or as far as it comes."""
    yield lived.some(3, 10)
    if fate == "drafted" or referral.state is not ReferralState.DRAFTED or referral.theme.state in ENDED_THEME:
        return
    if fate == "withdrawn":
        lived.do(referral, "withdraw", lived.secretary, "why_not")
        return
    if lived.rng.random() < 0.4:
        lived.do(referral, "describe", lived.secretary, asked=lived.rng.randint(3, 60) * 100)
    number = f"Dno {lived.rng.randint(1, 900)}/{local_day(lived.now).year}"
    lived.do(referral, "send", lived.secretary, body=lived.text("waits"), register_number=number)
    yield from _considered(lived, referral, fate)


def _considered(lived: Lived, referral: Any, fate: str) -> Life:
    """The body has it before it."""
    if fate == "sent":
        return
    yield lived.some(20, 40)
    lived.do(referral, "take_up", lived.secretary)
    if fate == "pending":
        return
    yield lived.some(20, 70)
    _decided(lived, referral, "rejected" if fate in ("rejected", "comes_back") else lived.rng.choice(DECISIONS))
    if fate == "unreported":
        return
    for _ in range(6):
        yield lived.some(20, 30)
        if _told_in_the_last(lived, referral, timedelta(days=30)):
            break
    if fate == "comes_back" and referral.theme.state not in ENDED_THEME:
        again = lived.new("referral", referral.theme, title=referral.title, again=reference(referral))
        lived.begin(refers(lived, again, "pending"))


def _decided(lived: Lived, referral: Any, decision: str) -> None:
    told: dict[str, Any] = {"decision": decision, "paragraph": f"§ {lived.rng.randint(10, 300)}"}
    if referral.asked and decision != "rejected":
        told["granted"] = lived.rng.randint(1, 20) * 50
    if decision == "rejected":
        told["grounds"] = lived.text("why_not")
    lived.do(referral, "decide", lived.secretary, **told)


def _told_in_the_last(lived: Lived, referral: Any, ago: timedelta) -> bool:
    """Whether the table heard of a decision in a meeting that was held lately."""
    meeting = _last_held(referral.theme)
    if referral.state is not ReferralState.DECIDED or meeting is None or meeting.begins_at < lived.now - ago:
        return False
    lived.do(referral, "report_back", lived.secretary, meeting=reference(meeting))
    return True


def settle_referrals(lived: Lived, theme: Any) -> None:
    """What was never sent is taken back, and of what was decided the table hears at last."""
    for referral in theme.referrals:
        if referral.state is ReferralState.DRAFTED:
            lived.do(referral, "withdraw", lived.secretary, "why_not")
        _told_in_the_last(lived, referral, timedelta(days=3650))


def _last_held(theme: Any) -> Any:
    return max(_held(theme), key=lambda meeting: meeting.begins_at, default=None)


def _held(theme: Any) -> Iterable[Any]:
    return (meeting for series in theme.series for meeting in series.meetings if meeting.state in TOOK_PLACE)
