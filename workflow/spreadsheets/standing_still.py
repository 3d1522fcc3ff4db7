"""What stands still as a sheet: a row for each cause, to be filtered by whose turn it is."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from workflow.exchange.spreadsheet import Value
from workflow.language.causes import called, how_long, why
from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.spreadsheets.sheet import Sheet, day_in
from workflow.stalled.verdicts import Verdict
from workflow.stalled.watching import Sign


def stalled_sheet(speech: Speech, found: Iterable[Verdict], title: Callable[[Verdict], str]) -> Sheet:
    """A row for each cause of each verdict. `title` answers what the theme or table is called in the language."""
    rows = (list(_row(speech, each, sign, title(each))) for each in found for sign in each.signs)
    return Sheet(speech.say("What stands still"), [speech.say(each) for each in OF_CAUSE], rows)


OF_CAUSE = (
    *(N_("Table"), N_("Reference"), N_("Kind"), N_("Title"), N_("State"), N_("In this state since")),
    *(N_("Why it stands still"), N_("Stands still since"), N_("Days"), N_("How long"), N_("Whose turn")),
    *(N_("What would help"), N_("Cause")),
)


def _row(speech: Speech, verdict: Verdict, sign: Sign, title: str) -> Iterator[Value]:
    yield from (verdict.table, verdict.ref, speech.noun(verdict.kind), title)
    yield from (speech.state(verdict.kind, verdict.state), day_in(verdict.since))
    yield from (why(speech, sign), date.fromordinal(sign.since), sign.days, how_long(speech, sign))
    yield from (called(speech, sign.holder), "\n".join(sign.remedies), sign.code)
