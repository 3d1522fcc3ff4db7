"""What people are told of each cause for which something stands still, of its clock, and of who holds the ball.

A cause that can have come about in several ways has a sentence for each: `action_unowned left`.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from workflow.language.sentences import Sentences, counted
from workflow.language.words import N_

if TYPE_CHECKING:
    from workflow.language.speech import Speech
    from workflow.stalled.known import Holder
    from workflow.stalled.watching import Sign

CAUSES: Mapping[str, Sentences] = {
    "proposal_unanswered": N_("Nobody has answered the proposal since {day}."),
    "no_meeting_dated": (
        N_("No meeting lies ahead; the last one, {last}, was dated {day}."),
        N_("No meeting lies ahead; this has been under way since {day}."),
    ),
    "agenda_not_set": N_("Meeting {meeting} is on {day}, and its agenda is not set."),
    "date_passed_not_held": N_("Meeting {meeting} was to be on {day}, and is neither held, moved nor cancelled."),
    "held_work_not_divided": N_("Meeting {meeting} was held on {day}, and its work has not been divided."),
    "action_overdue": N_("“{what}” ({action}) was to be done by {due}."),
    "action_unowned refused": N_("{who} has refused “{what}” ({action}), and nobody else has taken it."),
    "action_unowned left": N_("{who} has left the table, and nobody else has taken “{what}” ({action})."),
    "action_unowned erased": N_("Whoever was to do “{what}” ({action}) has been erased, and nobody else has taken it."),
    "action_unowned nobody": N_("Nobody answers for “{what}” ({action})."),
    "reported_not_closed": N_("“{what}” ({action}) was reported done on {day}, and is not closed."),
    "waiting_too_long": N_("“{what}” ({action}) has waited since {day} for an answer from elsewhere: {body}."),
    "meetings_used_up": counted(
        "The one planned meeting was held on {day} ({series}), and there is no result.",
        "All {planned} planned meetings were held by {day} ({series}), and there is no result.",
        by="planned",
    ),
    "nothing_agreed_twice": N_("Nothing was agreed on in two meetings running: {meetings}."),
    "memo_not_circulated": N_("Meeting {meeting} was held on {day}, and its memo has not been sent out."),
    "memo_not_confirmed": N_("The memo {memo} of meeting {meeting} was sent out on {day}, and is not confirmed."),
    "attendance_falling half": N_(
        "At the first meeting ({first}) there were {were}, at the last one ({last}) {present}."
    ),
    "attendance_falling sectors": N_("Fewer than two sectors came to two meetings running: {meetings}."),
    "required_seat_missing": N_("A seat that must be filled was empty in two meetings running: {seat}, {meetings}."),
    "no_convener": N_("The table has had no convener since {day}."),
    "no_secretary": N_("The table has had no secretary since {day}."),
    "role_ends_soon": N_("A role ends on {until}, and nobody is named to follow: {who}, {role}."),
    "project_ends": N_("The project “{project}” ends on {ends}, and nobody is named to convene the table after it."),
    "actions_done_no_result": N_("All work has been done since {day}, and no result is written down."),
    "result_not_checked": N_("It was to be seen on {day} what is left of “{title}” ({result}), and nobody has told."),
    "referral_not_sent": N_("“{title}” ({referral}) was drafted on {day}, and has not been sent."),
    "referral_undecided": N_("“{title}” ({referral}) was sent on {day}, and is not decided: {body}."),
    "not_reported_back": N_("“{title}” ({referral}) is decided, and the table has met on {day} without hearing of it."),
    "time_in_state": N_("{ref} has been in the state “{state}” since {day}."),
}
"""By the code of the cause, and where there are several ways, by the code and the way."""

MEANT: Mapping[str, Sentences] = {
    "days": counted(
        "{days} day since {since}; more than {limit} is too long.",
        "{days} days since {since}; more than {limit} is too long.",
        by="days",
    ),
    "working_days": counted(
        "{days} working day since {since}; more than {limit} is too long.",
        "{days} working days since {since}; more than {limit} is too long.",
        by="days",
    ),
    "at_once": counted("{days} day since {since}.", "{days} days since {since}.", by="days"),
    "days_ahead": counted(
        "This is to be seen to {limit} day ahead, which was on {since}.",
        "This is to be seen to {limit} days ahead, which was on {since}.",
        by="limit",
    ),
}
"""By how a limit is counted: how long it has been, and how long is meant."""

TURN = N_("It is the turn of: {who}.")
TURN_OF_BODY = N_("The answer lies with: {who}. The office of the table asks for it.")

DAYS = frozenset({"day", "due", "until", "ends"})
"""The facts that are days."""


def why(speech: "Speech", sign: "Sign") -> str:
    """Why something stands still, with the facts."""
    told = {name: date.fromisoformat(str(fact)) if name in DAYS else fact for name, fact in sign.facts.items()}
    if "state" in told:
        told["state"] = speech.state(str(told.pop("kind")), str(told["state"]))
    if "role" in told:
        told["role"] = speech.role(str(told["role"]))
    way = told.pop("why", None)
    return speech.one_of(CAUSES[f"{sign.code} {way}" if way else sign.code], told)


def how_long(speech: "Speech", sign: "Sign") -> str:
    """How long it has been by the clock of the cause, and how long is meant."""
    from workflow.stalled.causes import CAUSES as PAGE

    unit = PAGE[sign.code].unit
    if unit == "days" and sign.limit == 0:
        return speech.one_of(MEANT["at_once"], {"days": sign.days, "since": date.fromordinal(sign.since)})
    facts = {"days": sign.days, "since": date.fromordinal(sign.since), "limit": sign.limit}
    return speech.one_of(MEANT[unit], facts)


def whose_turn(speech: "Speech", holder: "Holder") -> str:
    """Who holds the ball."""
    return speech.say(TURN_OF_BODY if holder.kind == "body" else TURN, who=called(speech, holder))


def called(speech: "Speech", holder: "Holder") -> str:
    """Who somebody is, with the role where that says more."""
    from models.states import Role

    if holder.role is None or holder.role == Role.RESPONSIBLE:
        return speech.tell(holder.name or (speech.role(holder.role) if holder.role else ""))
    role = speech.who((Role.CONVENER, Role.SECRETARY, Role.CHAIR)) if holder.role == "office" else None
    role = role or speech.role(holder.role)
    return f"{speech.tell(holder.name)}, {role}" if holder.name else role
