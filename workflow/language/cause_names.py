"""A few words for each cause for which something stands still: for pictures and tables, where no sentence has room."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workflow.language.words import N_

if TYPE_CHECKING:
    from workflow.language.speech import Speech

NAMES: Mapping[str, str] = {
    "proposal_unanswered": N_("a proposal is not answered"),
    "no_meeting_dated": N_("no meeting lies ahead"),
    "agenda_not_set": N_("an agenda is not set"),
    "date_passed_not_held": N_("a meeting's day has passed, and it was not held"),
    "held_work_not_divided": N_("the work of a meeting is not divided"),
    "memo_not_circulated": N_("a memo is not sent out"),
    "memo_not_confirmed": N_("a memo is not confirmed"),
    "meetings_used_up": N_("the planned meetings were held without a result"),
    "nothing_agreed_twice": N_("nothing was agreed on in two meetings running"),
    "attendance_falling": N_("fewer come than before"),
    "required_seat_missing": N_("a seat that must be filled stays empty"),
    "action_overdue": N_("work is overdue"),
    "action_unowned": N_("work is nobody's"),
    "reported_not_closed": N_("work is done and not closed"),
    "waiting_too_long": N_("work waits long for an answer"),
    "actions_done_no_result": N_("work is done and no result written down"),
    "result_not_checked": N_("a result is not checked"),
    "referral_not_sent": N_("a referral is not sent"),
    "referral_undecided": N_("a referral is not decided"),
    "not_reported_back": N_("a decision was not told to the table"),
    "no_convener": N_("there is no convener"),
    "no_secretary": N_("there is no secretary"),
    "role_ends_soon": N_("a role ends soon, with nobody to follow"),
    "project_ends": N_("the project ends, with nobody to convene after it"),
    "time_in_state": N_("something has stood long in one state"),
}
"""By the code of the cause."""


def cause_name(speech: "Speech", code: str) -> str:
    """The words for a cause; one that no longer exists is shown by its code."""
    return speech.say(NAMES[code]) if code in NAMES else speech.tell(code)
