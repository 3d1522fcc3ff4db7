"""The promises of the states. A guard returns nothing, or what is missing and which command would help.

Each asks a row and an attempt, never the database, so its test needs none. The name of the function is the
stable code of the promise; `workflow.language.sentences` says it to people.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from models.states import (
    ActionState,
    ItemOutcome,
    ItemState,
    MeetingState,
    MemoState,
    Presence,
    ReferralState,
    Role,
    Sector,
    SeriesState,
    TableState,
    ThemeState,
)
from workflow.attempt import Attempt
from workflow.language.letters import in_order
from workflow.lifecycle import Refusal
from workflow.pasting import typed, typed_name
from workflow.publishing import A_YEAR, command_for, lacking, residents_of, texts_of_memo, words_of_memo
from workflow.references import reference

if TYPE_CHECKING:
    from models.actions import Action, Referral, Result, Rota
    from models.meetings import AgendaItem, Meeting, MeetingSeries, Memo
    from models.people import Seat
    from models.tables import PartnershipTable, Theme

ENDED_THEME = frozenset({ThemeState.RESULTS_REACHED, ThemeState.DECLINED, ThemeState.DISCONTINUED})
ENDED_SERIES = frozenset({SeriesState.RESULTS_REACHED, SeriesState.DISCONTINUED})
CLOSED_MEETING = frozenset({MeetingState.COMPLETED, MeetingState.CANCELLED})
TOOK_PLACE = frozenset({MeetingState.HELD, MeetingState.ACTIONS_ASSIGNED, MeetingState.COMPLETED})
SETTLED_ACTION = frozenset({ActionState.CLOSED, ActionState.DROPPED})
SETTLED_REFERRAL = frozenset({ReferralState.REPORTED_BACK, ReferralState.WITHDRAWN})
PENDING_REFERRAL = frozenset({ReferralState.SENT, ReferralState.UNDER_CONSIDERATION})
CONFIRMED_MEMO = frozenset({MemoState.CONFIRMED, MemoState.PUBLISHED, MemoState.WITHDRAWN})
LIVE_ITEM = frozenset({ItemState.ACCEPTED, ItemState.SETTLED})
CITIZENS = frozenset({Sector.ASSOCIATION, Sector.VILLAGE, Sector.RESIDENTS})


# The table


def responsible_person_named(row: "PartnershipTable | Theme", attempt: Attempt) -> Refusal | None:
    """A person is named who answers for it (domain.md 3, step 3)."""
    if row.responsible_person_id or row.table.responsible_person_id:
        return None
    return Refusal({"ref": reference(row)}, [f"poyta {row.kind} describe {typed(row)} --responsible PERSON"])


def founding_decision_told(table: "PartnershipTable", attempt: Attempt) -> Refusal | None:
    """The body that decided to found the table is named (domain.md 3, step 2)."""
    if table.founded_by:
        return None
    verb = "found" if table.state is TableState.PROPOSED else "describe"
    return Refusal({"ref": table.slug}, [f"poyta table {verb} {typed(table)} --decided-by BODY --paragraph TEXT"])


def no_theme_under_way(table: "PartnershipTable", attempt: Attempt) -> Refusal | None:
    """Every theme of the table has come to an end."""
    open_themes = [theme for theme in table.themes if attempt.state_of(theme) not in ENDED_THEME]
    if not open_themes:
        return None
    return Refusal(
        {"themes": references(open_themes)},
        [f"poyta theme discontinue {reference(theme)} --outcome OUTCOME --reason TEXT" for theme in open_themes],
    )


# The theme


def table_active(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """The table has been founded and is not dormant or ended."""
    table = theme.table
    if attempt.state_of(table) is TableState.ACTIVE:
        return None
    verb = "wake" if table.state is TableState.DORMANT else "found"
    return Refusal({"table": table.name, "state": table.state}, [f"poyta table {verb} {typed(table)}"])


def convener_seated(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """The table has a convener."""
    return _seated(theme, attempt, Role.CONVENER)


def secretary_seated(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """The table has a secretary."""
    return _seated(theme, attempt, Role.SECRETARY)


def two_sectors_seated(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """Parties of at least two sectors sit at the table: it is cross-sector by definition (domain.md 1.1)."""
    sectors = _sectors_seated(theme, attempt)
    if len(sectors) >= 2:
        return None
    return Refusal({"sectors": sorted(sectors)}, [f"poyta table seat {typed(theme.table)} --organisation ORGANISATION"])


def residents_or_associations_seated(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """Residents, villages or associations sit at the table."""
    if _sectors_seated(theme, attempt) & CITIZENS:
        return None
    return Refusal({}, [f"poyta table seat {typed(theme.table)} --organisation ORGANISATION"])


def size_5_to_20(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """Five to twenty sit at the table (domain.md 3, step 5)."""
    seats = {(seat.person_id, seat.organisation_id) for seat in theme.table.seated(attempt.day)}
    people = {person for person, _ in seats if person is not None}
    bodies = {body for person, body in seats if person is None}
    size = len(people) + len(bodies)
    if 5 <= size <= 20:
        return None
    verb = "seat" if size < 5 else "unseat"
    return Refusal({"size": size}, [f"poyta table {verb} {typed(theme.table)} --organisation ORGANISATION"])


def planned_meetings_stated(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """It is said from the start how many meetings there will be (domain.md 1.5)."""
    if any(series.planned_meetings for series in theme.series):
        return None
    if theme.series:
        return Refusal({}, [f"poyta series extend {reference(theme.series[-1])} --planned-meetings 3 --reason TEXT"])
    return Refusal({}, [f"poyta series plan {reference(theme)} --planned-meetings 3"])


def goal_drafted(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """The theme has a goal, if only a draft of it."""
    if theme.goal:
        return None
    return Refusal({}, [f"poyta theme goal {reference(theme)} --goal TEXT"])


def goal_agreed(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """The goal was agreed on together, in a meeting that was held, by named parties (domain.md 1.3)."""
    meeting = theme.goal_agreed_in
    if theme.goal and theme.goal_parties and meeting and attempt.state_of(meeting) in TOOK_PLACE:
        return None
    return Refusal(
        {},
        [f"poyta theme goal {reference(theme)} --goal TEXT --agreed-in MEETING --parties ORGANISATION,..."],
    )


def result_recorded(row: "Theme | MeetingSeries", attempt: Attempt) -> Refusal | None:
    """Something came of it and is written down, even if it is that nothing did (features 76)."""
    theme = _theme_of(row)
    if any(result.life == theme.life for result in theme.results):
        return None
    return Refusal({}, [f"poyta result add {reference(theme)} --title TEXT --kind KIND"])


def actions_settled(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """Every action of the theme is closed or dropped."""
    unsettled = [action for action in theme.actions if attempt.state_of(action) not in SETTLED_ACTION]
    if not unsettled:
        return None
    return Refusal(
        {"actions": references(unsettled)},
        [f"poyta action close {reference(action)} --outcome TEXT" for action in unsettled],
    )


def referrals_settled(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """Whatever was referred was decided and told at the table, or a named body has it before it."""
    states = {referral: attempt.state_of(referral) for referral in theme.referrals}
    unsettled = {each: state for each, state in states.items() if state not in SETTLED_REFERRAL | PENDING_REFERRAL}
    if not unsettled:
        return None
    remedies = [
        f"poyta referral report-back {reference(each)} --meeting MEETING"
        if state is ReferralState.DECIDED
        else f"poyta referral send {reference(each)} --body BODY"
        for each, state in unsettled.items()
    ]
    return Refusal({"referrals": references(unsettled)}, remedies)


def series_ended(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """Every series of meetings around the theme has come to an end."""
    going_on = [series for series in theme.series if attempt.state_of(series) not in ENDED_SERIES]
    if not going_on:
        return None
    return Refusal(
        {"series": references(going_on)},
        [
            f"poyta series reach-results {reference(series)}"
            if series.state is SeriesState.ACTIONS_ASSIGNED
            else f"poyta series discontinue {reference(series)} --reason TEXT"
            for series in going_on
        ],
    )


def evaluated(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """The partners have looked back at how it went (domain.md 3, step 14)."""
    return None if theme.evaluation else Refusal({}, [f"poyta theme evaluate {reference(theme)} --evaluation TEXT"])


def proposer_told(theme: "Theme", attempt: Attempt) -> Refusal | None:
    """Whoever proposed the theme has heard what came of it (domain.md 8.1)."""
    if theme.proposer_told_on or not (theme.proposer_id or theme.proposing_organisation_id):
        return None
    return Refusal({}, [f"poyta theme tell-proposer {reference(theme)}"])


# The series


def theme_open(row: "MeetingSeries | Action | AgendaItem | Rota | Referral", attempt: Attempt) -> Refusal | None:
    """Its theme has not come to an end."""
    theme = row.theme
    if attempt.state_of(theme) not in ENDED_THEME:
        return None
    return Refusal(
        {"theme": reference(theme), "state": theme.state},
        [f"poyta theme reopen {reference(theme)} --reason TEXT"],
    )


def theme_under_way(series: "MeetingSeries", attempt: Attempt) -> Refusal | None:
    """Its theme is neither ended nor suspended."""
    return _under_way(series.theme, attempt, ENDED_THEME, ThemeState.SUSPENDED)


def no_meeting_open(series: "MeetingSeries", attempt: Attempt) -> Refusal | None:
    """Every meeting of the series is completed or cancelled."""
    return _meetings_done(
        [meeting for meeting in series.meetings if attempt.state_of(meeting) not in CLOSED_MEETING], attempt
    )


def held_meetings_completed(series: "MeetingSeries", attempt: Attempt) -> Refusal | None:
    """What was agreed in its held meetings is written down before the series ends."""
    return _meetings_done(
        [
            meeting
            for meeting in series.meetings
            if attempt.state_of(meeting) in TOOK_PLACE and attempt.state_of(meeting) not in CLOSED_MEETING
        ],
        attempt,
    )


# The meeting


def under_way(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """Its series and theme are neither ended nor suspended."""
    for series in meeting.all_series:
        if series is not meeting.series and attempt.state_of(series) in ENDED_SERIES:
            continue  # a joint meeting goes on for the others
        stopped = _under_way(series, attempt, ENDED_SERIES, SeriesState.SUSPENDED) or _under_way(
            series.theme, attempt, ENDED_THEME, ThemeState.SUSPENDED
        )
        if stopped:
            return stopped
    return None


def dated(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """The meeting has a date and a time."""
    if meeting.begins_at:
        return None
    return Refusal({}, [f"poyta meeting reschedule {reference(meeting)} --when DATE --reason TEXT"])


def place_or_link(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """People know where to go, or which link to open."""
    if meeting.place or meeting.link:
        return None
    return Refusal({}, [f"poyta meeting prepare {reference(meeting)} --place TEXT"])


def duration_60_to_90(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """The meeting takes 60 to 90 minutes (domain.md 1.2)."""
    minutes = _minutes(meeting)
    if minutes is not None and 60 <= minutes <= 90:
        return None
    remedy = f"poyta meeting reschedule {reference(meeting)} --when DATE --reason TEXT"
    return Refusal({"minutes": minutes or 0}, [remedy])


def notice_14_days(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """People hear of the meeting at least 14 days ahead."""
    if meeting.begins_at is None or _day(meeting) - attempt.day >= timedelta(days=14):
        return None
    remedy = f"poyta meeting reschedule {reference(meeting)} --when DATE --reason TEXT"
    return Refusal({"days": max(0, (_day(meeting) - attempt.day).days)}, [remedy])


def not_a_holiday(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """The meeting is not on a Finnish public holiday or its eve (domain.md 7.11)."""
    from workflow.days import holiday_at

    if meeting.begins_at is None or not (holiday := holiday_at(_day(meeting))):
        return None
    remedy = f"poyta meeting reschedule {reference(meeting)} --when DATE --reason TEXT"
    return Refusal({"day": _day(meeting), "holiday": holiday}, [remedy])


def invitation_channel(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """It is known how people are invited (domain.md 3, step 4)."""
    if meeting.channels:
        return None
    return Refusal({}, [f"poyta meeting invite {reference(meeting)} --channel open_call|personal|email_list"])


def agenda_not_empty(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """Something is on the agenda, or waits to be put there."""
    if _agenda(meeting, attempt) or carried_over_to(meeting) or work_to_follow_up(meeting):
        return None
    ref = reference(meeting)
    proposed = [reference(item) for item in meeting.items if item.state is ItemState.SUBMITTED]
    remedies = [f"poyta agenda accept {item}" for item in proposed]
    return Refusal({}, remedies or [f"poyta agenda submit {ref} --title TEXT --origin ORIGIN"])


def carried_over_to(meeting: "Meeting") -> "list[AgendaItem]":
    """The matters carried over from earlier meetings of the theme that wait for an agenda."""
    return [
        item
        for item in meeting.series.theme.items
        if item.carried_from_id and item.meeting_id is None and item.state is ItemState.SUBMITTED
    ]


def work_to_follow_up(meeting: "Meeting") -> "list[Action | Referral]":
    """The work and referrals open from earlier meetings, which the program puts on the agenda (domain.md 3, step 8)."""
    theme = meeting.series.theme
    referrals = (each for each in theme.referrals if each.state not in SETTLED_REFERRAL)
    return [*_work_open_from_earlier(meeting), *(each for each in referrals if each.meeting_id != meeting.id)]


def _work_open_from_earlier(meeting: "Meeting") -> "list[Action]":
    return [
        action
        for action in meeting.series.theme.actions
        if action.state not in SETTLED_ACTION
        and action.state is not ActionState.REFUSED
        and action.meeting_id not in (None, meeting.id)
    ]


def items_have_origin(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """Of each matter it is known where it comes from (S6)."""
    unknown = [item for item in _agenda_as_set(meeting, attempt) if item.origin is None]
    if not unknown:
        return None
    return Refusal(
        {"items": references(unknown)},
        [f"poyta agenda describe {reference(item)} --origin ORIGIN" for item in unknown],
    )


def chair_named(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """It is known who leads the discussion: somebody named for the meeting, or the table's chair."""
    return _named(meeting, attempt, meeting.chair_id, Role.CHAIR)


def secretary_named(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """It is known who writes the memo: somebody named for the meeting, or the table's secretary."""
    return _named(meeting, attempt, meeting.secretary_id, Role.SECRETARY)


def agenda_fits_the_time(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """The minutes planned for the matters fit the time of the meeting."""
    planned = sum(item.minutes or 0 for item in _agenda_as_set(meeting, attempt))
    available = _minutes(meeting)
    if available is None or planned <= available:
        return None
    ref = reference(meeting)
    remedy = f"poyta meeting reschedule {ref} --when DATE --reason TEXT"
    return Refusal({"planned": planned, "available": available}, [remedy])


def call_for_items_closed(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """The time for bringing matters to the agenda is over."""
    if meeting.items_by is None or meeting.items_by <= attempt.day:
        return None
    return Refusal({"day": meeting.items_by})


def has_begun(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """The meeting's time has come: a held meeting lies in the past."""
    if meeting.begins_at is not None and meeting.begins_at <= attempt.happened_at:
        return None
    remedy = f"poyta meeting reschedule {reference(meeting)} --when DATE --reason TEXT"
    return Refusal({"when": meeting.begins_at or ""}, [remedy])


def attendance_recorded(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """It is known who was there: by name, or a head-count by sector for an open meeting."""
    if meeting.head_counts or _present(meeting):
        return None
    ref = reference(meeting)
    return Refusal(
        {}, [f"poyta meeting attend {ref} --present NAME,...", f"poyta meeting attend {ref} --count SECTOR=N"]
    )


def required_seats_present(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """Those whose seats must be filled for the meeting to count were there, or their deputies (S6)."""
    missing = [
        seat
        for seat in meeting.table.seats
        if seat.required and seat.held_on(_day(meeting, attempt)) and not _filled(seat, meeting)
    ]
    if not missing:
        return None
    holders = [holder for seat in missing if (holder := seat.person or seat.organisation)]
    return Refusal(
        {"seats": [holder.name for holder in holders]},
        [f"poyta meeting attend {reference(meeting)} --present {typed_name(holder)}" for holder in holders],
    )


def two_sectors_present(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """Parties of at least two sectors were there."""
    sectors = {one.party.sector for one in _present(meeting) if one.party}
    sectors |= {count.sector for count in meeting.head_counts if count.sector and count.people}
    if len(sectors) >= 2:
        return None
    ref = reference(meeting)
    return Refusal({"sectors": sorted(sectors)}, [f"poyta meeting attend {ref} --present NAME,..."])


def items_settled(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """Every item on the agenda has an outcome."""
    unsettled = [item for item in meeting.items if attempt.state_of(item) is ItemState.ACCEPTED]
    if not unsettled:
        return None
    return Refusal(
        {"items": references(unsettled)},
        [f"poyta agenda settle {reference(item)} --outcome agreed|noted|referred|carried_over" for item in unsettled],
    )


def work_divided(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """Every agreed matter has an action with a responsible party and a due date, or is marked as needing none."""
    undivided = [item for item in _agreed(meeting) if not (item.needs_no_action or item.actions)]
    unowned = [action for item in _agreed(meeting) for action in item.actions if not _owned(action)]
    if not (undivided or unowned):
        return None
    remedies = [
        *(f"poyta action assign {reference(item)} --what TEXT --to PARTY" for item in undivided),
        *(f"poyta action reassign {reference(action)} --to PARTY --reason TEXT" for action in unowned),
    ]
    return Refusal({"things": references([*undivided, *unowned])}, remedies)


def something_agreed(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """The meeting agreed on something: these are not coffee meetings (domain.md 1.3)."""
    if _agreed(meeting):
        return None
    return Refusal({}, [f"poyta agenda submit {reference(meeting)} --title TEXT --origin ORIGIN"])


def no_actions_explained(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """Where no work was divided, it is said why (domain.md 9, case 4)."""
    if meeting.no_actions_because or any(item.actions for item in meeting.items):
        return None
    return Refusal({}, [f"poyta meeting assign-actions {reference(meeting)} --no-actions-because TEXT"])


def every_party_has_a_part(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """The work is divided among all who were there (domain.md 1.4)."""
    busy = {party for item in meeting.items for action in item.actions for party in _parties(action)}
    idle = in_order({one.party.name for one in _present(meeting) if one.party and one.party.id not in busy})
    if not busy or not idle:
        return None
    return Refusal({"parties": idle}, [f"poyta action assign {reference(meeting)}/1 --what TEXT --to PARTY"])


def memo_confirmed(meeting: "Meeting", attempt: Attempt) -> Refusal | None:
    """What was written down of the meeting was sent to the others, and confirmed."""
    ref = reference(meeting)
    memo = next(iter(meeting.memos), None)
    if memo is None:
        return Refusal({}, [f"poyta memo draft {ref}"])
    state = attempt.state_of(memo)
    if state in CONFIRMED_MEMO:
        return None
    verb = {MemoState.DRAFT: "circulate", MemoState.OBJECTED: "revise"}.get(state, "confirm")
    return Refusal({"memo": reference(memo), "state": state}, [f"poyta memo {verb} {ref}"])


# The memo


def meeting_took_place(memo: "Memo", attempt: Attempt) -> Refusal | None:
    """A memo tells of a meeting that was held."""
    meeting = memo.meeting
    if attempt.state_of(meeting) in TOOK_PLACE:
        return None
    return Refusal({"meeting": reference(meeting)}, [f"poyta meeting hold {reference(meeting)}"])


def memo_written(memo: "Memo", attempt: Attempt) -> Refusal | None:
    """Something is written in it."""
    if memo.entries_written:
        return None
    return Refusal({}, [f"poyta memo edit {reference(memo)} --text TEXT"])


def silence_or_meeting(memo: "Memo", attempt: Attempt) -> Refusal | None:
    """Nobody objected for so many days, or the next meeting confirmed it (lifecycles.md 2.6)."""
    from workflow.days import local_day

    meeting = memo.confirmed_in
    if meeting is not None and attempt.state_of(meeting) in TOOK_PLACE and _later(meeting, memo.meeting):
        return None
    until = memo.silent_until or local_day(memo.state_since) + SILENCE
    if attempt.day > until:
        return None
    return Refusal({"until": until}, [f"poyta memo confirm {reference(memo)} --meeting MEETING"])


def _later(meeting: "Meeting", other: "Meeting") -> bool:
    return bool(meeting.begins_at and other.begins_at and meeting.begins_at > other.begins_at)


SILENCE = timedelta(days=14)
"""How long the others have for objecting, where no other day was told."""


def until_told(memo: "Memo", attempt: Attempt) -> Refusal | None:
    """It is said until when it stays on the web: that is no archive, so for a year at most (domain.md 7.4)."""
    until, remedy = memo.published_until, f"poyta memo publish {reference(memo)} --until DATE"
    if until is None:
        return Refusal({}, [remedy])
    return None if attempt.day <= until <= attempt.day + A_YEAR else Refusal({"until": until}, [remedy])


def residents_not_named(memo: "Memo", attempt: Attempt) -> Refusal | None:
    """What goes on the web in the table's own words names nobody who speaks for no organisation (domain.md 7.4)."""
    if not (people := residents_of(memo)):
        return None
    from workflow.masking import Mask

    words = list(words_of_memo(memo))
    named = [each for each in people if any(map(Mask([each.name]).names, words))]
    return Refusal({"people": in_order({each.name for each in named})}) if named else None


def translated(memo: "Memo", attempt: Attempt) -> Refusal | None:
    """Every text of it is there in all languages of the table (domain.md 7.8). Only a house rule asks for this."""
    missing = list(lacking(texts_of_memo(memo), memo.table.languages))
    if not missing:
        return None
    things = dict.fromkeys(reference(row) for row, _, _ in missing)
    remedies = [command_for(row, field, language) for row, field, language in missing]
    return Refusal({"things": list(things)}, remedies)


def agenda_open(item: "AgendaItem", attempt: Attempt) -> Refusal | None:
    """The meeting that the matter is brought to has not been written up yet."""
    meeting = item.meeting
    if meeting is None:
        return theme_open(item, attempt)
    state = attempt.state_of(meeting)
    if state is MeetingState.CANCELLED and item.state is ItemState.ACCEPTED:
        return None  # it is on its way back to its theme
    if state not in CLOSED_MEETING and state is not MeetingState.ACTIONS_ASSIGNED:
        return None
    remedy = f"poyta agenda submit {reference(item.theme)} --title TEXT --origin ORIGIN"
    return Refusal({"meeting": reference(meeting), "state": state}, [remedy])


def on_an_agenda(item: "AgendaItem", attempt: Attempt) -> Refusal | None:
    """An accepted matter is on the agenda of a meeting."""
    if item.meeting_id is not None or item.meeting is not None or _comes_with_agenda(item, attempt):
        return None
    return Refusal({}, [f"poyta agenda accept {reference(item)} --meeting MEETING"])


def outcome_given(item: "AgendaItem", attempt: Attempt) -> Refusal | None:
    """It is said how the matter was settled."""
    if item.outcome:
        return None
    remedy = f"poyta agenda settle {reference(item)} --outcome agreed|noted|referred|carried_over"
    return Refusal({}, [remedy])


def discussed(item: "AgendaItem", attempt: Attempt) -> Refusal | None:
    """A matter is settled in a meeting that was held; only carrying it over may come before."""
    meeting = item.meeting
    if item.outcome is ItemOutcome.CARRIED_OVER or meeting is None or attempt.state_of(meeting) in TOOK_PLACE:
        return None
    return Refusal({"meeting": reference(meeting)}, [f"poyta meeting hold {reference(meeting)}"])


# The action


def body_named(action: "Action", attempt: Attempt) -> Refusal | None:
    """It is known whose answer the action waits for."""
    return None if action.waiting_for else Refusal({}, [f"poyta action wait {reference(action)} --for BODY"])


def outcome_told(action: "Action", attempt: Attempt) -> Refusal | None:
    """It is said what came of the action."""
    return None if action.outcome else Refusal({}, [f"poyta action close {reference(action)} --outcome TEXT"])


def closed_by_another(action: "Action", attempt: Attempt) -> Refusal | None:
    """Somebody else closes the action than who reported it done. Only a house rule asks for this."""
    if action.reported_by_id is None or action.reported_by_id != attempt.actor_id:
        return None
    return Refusal({"action": reference(action)})


# The rota


def turns_shared(rota: "Rota", attempt: Attempt) -> Refusal | None:
    """At least two parties take turns (S3)."""
    if len(rota.places) >= 2:
        return None
    return Refusal({}, [f"poyta rota add {reference(rota.theme)} --title TEXT --parties ORGANISATION,ORGANISATION"])


# The referral


def receiver_named(referral: "Referral", attempt: Attempt) -> Refusal | None:
    """The body is named that has the power to decide."""
    return None if referral.body else Refusal({}, [f"poyta referral send {reference(referral)} --body BODY"])


def decision_told(referral: "Referral", attempt: Attempt) -> Refusal | None:
    """It is said what the body decided."""
    if referral.decision:
        return None
    return Refusal(
        {}, [f"poyta referral decide {reference(referral)} --decision approved|partly_approved|rejected|noted"]
    )


def heard_at_the_table(referral: "Referral", attempt: Attempt) -> Refusal | None:
    """The table heard of the decision in a meeting that was held."""
    meeting = referral.reported_in
    if meeting is None:
        return Refusal({}, [f"poyta referral report-back {reference(referral)} --meeting MEETING"])
    if attempt.state_of(meeting) in TOOK_PLACE:
        return None
    return Refusal({"meeting": reference(meeting)}, [f"poyta meeting hold {reference(meeting)}"])


# The result


def lasting_told(result: "Result", attempt: Attempt) -> Refusal | None:
    """It is said how much of the result is left."""
    if result.lasting:
        return None
    return Refusal({}, [f"poyta result check {reference(result)} --lasting lasting|partly|faded"])


# What several of them need


def _theme_of(row: Any) -> "Theme":
    theme: Theme = row if row.kind == "theme" else row.theme
    return theme


def references(rows: Iterable[Any]) -> list[str]:
    """The names of several things."""
    return [reference(row) for row in rows]


def _seated(theme: "Theme", attempt: Attempt, role: Role) -> Refusal | None:
    if any(seat.role is role for seat in theme.table.seats if seat.held_on(attempt.day)):
        return None
    return Refusal({"role": role}, [f"poyta table seat {typed(theme.table)} --role {role} --person PERSON"])


def _sectors_seated(theme: "Theme", attempt: Attempt) -> set[Sector]:
    return {seat.party.sector for seat in theme.table.seated(attempt.day) if seat.party}


def _under_way(row: Any, attempt: Attempt, ended: frozenset[Any], suspended: Any) -> Refusal | None:
    state = attempt.state_of(row)
    if state in ended:
        if row.kind == "theme":
            remedies = [f"poyta theme reopen {reference(row)} --reason TEXT"]
        else:
            remedies = [f"poyta series plan {reference(row.theme)}"]
        return Refusal({"ref": reference(row), "state": state}, remedies)
    if state is suspended:
        return Refusal({"ref": reference(row), "state": state}, [f"poyta {row.kind} resume {reference(row)}"])
    return None


def _meetings_done(unfinished: "list[Meeting]", attempt: Attempt) -> Refusal | None:
    if not unfinished:
        return None
    remedies = [
        f"poyta meeting advance {reference(meeting)}"
        if attempt.state_of(meeting) in TOOK_PLACE
        else f"poyta meeting cancel {reference(meeting)} --reason TEXT"
        for meeting in unfinished
    ]
    return Refusal({"meetings": references(unfinished)}, remedies)


def _day(meeting: "Meeting", attempt: Attempt | None = None) -> Any:
    from workflow.days import local_day

    if meeting.begins_at is None:
        assert attempt is not None
        return attempt.day
    return local_day(meeting.begins_at)


def _minutes(meeting: "Meeting") -> int | None:
    if meeting.begins_at is None or meeting.ends_at is None:
        return None
    return int((meeting.ends_at - meeting.begins_at).total_seconds() // 60)


def _agenda(meeting: "Meeting", attempt: Attempt) -> "list[AgendaItem]":
    return [item for item in meeting.items if attempt.state_of(item) in LIVE_ITEM]


def _agenda_as_set(meeting: "Meeting", attempt: Attempt) -> "list[AgendaItem]":
    """The agenda, with the matters that come onto it as it is set."""
    return [*_agenda(meeting, attempt), *(carried_over_to(meeting) if meeting.state is MeetingState.CONVENED else ())]


def _comes_with_agenda(item: "AgendaItem", attempt: Attempt) -> bool:
    """Whether a matter carried over comes onto the agenda that is being set just now."""
    return item.carried_from_id is not None and any(
        attempt.state_of(meeting) is MeetingState.AGENDA_SET and meeting.state is MeetingState.CONVENED
        for series in item.theme.series
        for meeting in series.meetings
    )


def _named(meeting: "Meeting", attempt: Attempt, person_id: int | None, role: Role) -> Refusal | None:
    day = _day(meeting, attempt)
    if person_id or any(seat.role is role and seat.held_on(day) for seat in meeting.table.seats):
        return None
    return Refusal({"role": role}, [f"poyta meeting prepare {reference(meeting)} --{role} PERSON"])


def _present(meeting: "Meeting") -> list[Any]:
    return [one for one in meeting.attendance if one.presence is Presence.PRESENT]


def _filled(seat: "Seat", meeting: "Meeting") -> bool:
    for one in _present(meeting):
        if seat.person_id is not None and seat.person_id in (one.person_id, one.deputy_for_id):
            return True
        if seat.person_id is None and one.party and one.party.id == seat.organisation_id:
            return True
    return False


def _agreed(meeting: "Meeting") -> "list[AgendaItem]":
    return [item for item in meeting.items if item.outcome is ItemOutcome.AGREED]


def _owned(action: "Action") -> bool:
    return action.responsible is not None and (action.due_on is not None or action.by_next_meeting)


def _parties(action: "Action") -> Iterable[int | None]:
    person = action.responsible_person
    yield action.responsible_organisation_id
    yield person.organisation_id if person else None
    for share in action.shares:
        yield share.organisation_id
        yield share.person.organisation_id if share.person else None
