"""The causes of stalling as a table for people: what each is, when it is found, whose turn it then is."""

from collections.abc import Iterable, Sequence

from models.states import Role
from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.stalled.causes import BODY, CAUSES, OFFICE, Cause
from workflow.stalled.clock import Season
from workflow.stalled.watching import Unit

COUNTED = {
    Unit.DAYS: N_("calendar days"),
    Unit.WORKING_DAYS: N_("working days"),
    Unit.AT_ONCE: N_("at once"),
    Unit.DAYS_AHEAD: N_("days ahead"),
}
STOPPED = {
    Season.SUMMER: N_("June to August"),
    Season.CHRISTMAS: N_("20 December to 6 January"),
    "suspended": N_("being suspended"),
    "waiting": N_("waiting for a body"),
    "dormant": N_("the rest of the table"),
}


def headings(speech: Speech) -> Sequence[str]:
    """What each column tells."""
    say = speech.say
    return (say("Code"), say("Cause"), say("Days"), say("Counted"), say("Whose turn"), say("What stops the clock"))


def rows(speech: Speech) -> Iterable[Sequence[str]]:
    """A row for each cause, in the order of its page."""
    for code, cause in CAUSES.items():
        what = speech.promise(cause.finds)
        yield (
            code,
            what,
            _limit(cause, speech),
            speech.say(COUNTED[cause.unit]),
            _turn(cause, speech),
            _stops(cause, speech),
        )


def _limit(cause: Cause, speech: Speech) -> str:
    if isinstance(cause.limit, int):
        return "" if cause.unit is Unit.AT_ONCE else str(cause.limit)
    return "; ".join(f"{speech.word(rhythm)}: {days}" for rhythm, days in cause.limit.items())


def _turn(cause: Cause, speech: Speech) -> str:
    if cause.holder == OFFICE:
        return speech.who((Role.CONVENER, Role.SECRETARY, Role.CHAIR))
    return speech.say("the body that was asked") if cause.holder == BODY else speech.role(cause.holder)


def _stops(cause: Cause, speech: Speech) -> str:
    waits = {"both": ("suspended", "waiting"), "": ()}.get(cause.waits, (cause.waits,))
    stops = [season for season in Season if season in cause.pauses]
    return "; ".join(speech.say(STOPPED[each]) for each in (*stops, *waits))
