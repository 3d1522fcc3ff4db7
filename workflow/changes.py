"""What a move changes in its own thing beside the state and the details it was told."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models.meetings import MemoEntry
from models.people import Seat
from models.states import Entry, Lateness, Level, MeetingState, Role
from models.tables import HouseRule, PartnershipTable, Translation
from workflow import putting
from workflow.days import local_day
from workflow.errors import BadValue, NotFound
from workflow.language.languages import LANGUAGES
from workflow.references import reference

if TYPE_CHECKING:
    from models.actions import Action, Referral, Rota
    from models.history import HistoryEntry
    from models.meetings import AgendaItem, Meeting, MeetingSeries
    from models.tables import Theme
    from workflow.attempt import Step
    from workflow.work import Work


def remember_founder(step: "Step", work: "Work") -> None:
    """Whoever adds a table may seat people at it until it is founded. Its short name is its own."""
    step.row.founder_id = work.actor.id
    if work.session.scalars(select(PartnershipTable.id).filter_by(slug=step.row.slug)).first() is not None:
        raise BadValue("exists_already", "short", value=step.row.slug)


def seat(step: "Step", work: "Work") -> None:
    """Somebody takes a seat."""
    given, table = step.attempt.given, step.row
    person, organisation = given.get("person"), given.get("organisation")
    if person is None and organisation is None:
        raise BadValue("missing", "person")
    role = given.get("role", Role.MEMBER)
    if role not in (Role.CONVENER, Role.CHAIR, Role.SECRETARY, Role.COORDINATOR, Role.MEMBER):
        raise BadValue("not_a_seat", "role", value=role)
    if person is None and role is not Role.MEMBER:
        raise BadValue("role_needs_person", "person", value=role)
    since = given.get("since", step.attempt.day)
    until = given.get("until")
    if until is not None and until < since:
        raise BadValue("ends_before_it_begins", "until", value=until)
    taken = Seat(role=role, since=since, until=until, required=given.get("required", False))
    taken.person, taken.organisation = person, organisation
    taken.person_id = person.id if person else None
    taken.organisation_id = organisation.id if organisation else None
    if deputised := given.get("deputy_for"):
        taken.deputy_for = _seats(table, person=deputised)[0]
    table.seats.append(taken)


def unseat(step: "Step", work: "Work") -> None:
    """A seat ends; the past keeps it."""
    given = step.attempt.given
    if given.get("person") is None and given.get("organisation") is None:
        raise BadValue("missing", "person")
    last = given.get("until", step.attempt.day)
    for held in _seats(step.row, given.get("person"), given.get("organisation"), given.get("role"), after=last):
        held.until = max(last, held.since)


def hand_over(step: "Step", work: "Work") -> None:
    """The convener changes; the old one's seat ends the day before."""
    given, table = step.attempt.given, step.row
    since = given.get("since", step.attempt.day)
    for held in table.seats:
        if held.role is Role.CONVENER and held.held_on(since):
            held.until = max(held.since, since - timedelta(days=1))
    table.seats.append(Seat(role=Role.CONVENER, since=since, person=given["to"], person_id=given["to"].id))


def set_rule(step: "Step", work: "Work") -> None:
    """The table gives a promise a level of its own, or a cause of stalling a limit."""
    given, table = step.attempt.given, step.row
    code = given["code"]
    known = next((rule for rule in table.house_rules if rule.code == code), None)
    _check_rule(code, given)
    if known is None:
        known = HouseRule(code=code, level=Level.WARN)
        table.house_rules.append(known)
    known.level = given.get("level", known.level)
    known.days = given.get("days", known.days)


def _check_rule(code: str, given: Mapping[str, Any]) -> None:
    """A promise has a level, and a cause of stalling a limit, or sleeps."""
    from workflow.lifecycles import PAGE
    from workflow.stalled.causes import CAUSES, PAUSES

    promise = next((found for life in PAGE.lifecycles.values() if (found := life.promise(code))), None)
    if promise is None and code not in CAUSES and code not in PAUSES:
        raise BadValue("no_such_promise", "code", value=code)
    if promise is not None and promise.fixed:
        raise BadValue("promise_is_fixed", "code", value=code)
    if "days" in given and code not in CAUSES:
        raise BadValue("no_limit_in_days", "days", value=code)
    if "level" not in given and "days" not in given:
        raise BadValue("missing", "level")
    if promise is None and given.get("level") is Level.REFUSE:
        raise BadValue("not_a_choice", "level", value=Level.REFUSE, choices=[Level.WARN.value, Level.OFF.value])


def start_new_life(step: "Step", work: "Work") -> None:
    """A reopened theme has its milestones, its goal's agreement and its results before it again."""
    theme: Theme = step.row
    theme.life += 1
    theme.goal_agreed_in = theme.goal_agreed_in_id = theme.goal_agreed_on = None
    theme.evaluation = theme.proposer_told_on = theme.ended_as = None


def note_agreement(step: "Step", work: "Work") -> None:
    """A goal agreed in a meeting is agreed on the day of that meeting."""
    meeting = step.attempt.given.get("agreed_in")
    if meeting is not None:
        _own(meeting, step, "agreed_in")
        step.row.goal_agreed_on = local_day(meeting.begins_at) if meeting.begins_at else step.attempt.day


def tell_proposer(step: "Step", work: "Work") -> None:
    """The proposer has heard."""
    step.row.proposer_told_on = step.attempt.day


def note_why_suspended(step: "Step", work: "Work") -> None:
    """A series that its theme took along is resumed with it; one suspended on its own is not."""
    step.row.suspended_with_theme = step.cause is not None


def forget_suspension(step: "Step", work: "Work") -> None:
    """It goes on."""
    step.row.suspended_with_theme = False


def count_reschedule(step: "Step", work: "Work") -> None:
    """Every change of time is counted."""
    step.row.reschedules += 1


def join_others(step: "Step", work: "Work") -> None:
    """A joint meeting is joined by others than its own series."""
    if step.row.series in step.attempt.given["series"]:
        raise BadValue("own_series", "series", value=reference(step.row.series))


def begin_memo(step: "Step", work: "Work") -> None:
    """A meeting has one memo."""
    known = [memo for memo in step.row.meeting.memos if memo is not step.row]
    if known:
        raise BadValue("exists_already", "meeting", value=reference(known[0]))


def write_entry(step: "Step", work: "Work") -> None:
    """Somebody writes: what was written before it stays as it was."""
    given, memo = step.attempt.given, step.row
    item = given.get("item")
    if item is not None and item.meeting_id != memo.meeting_id:
        raise BadValue("other_meeting", "item", value=reference(item))
    revision = 1 + len(memo.entries_written)
    entry = given.get("entry", Entry.DISCUSSED)
    told = {"text": given["text"], "author_id": work.actor.id, "written_at": step.happened_at}
    written = MemoEntry(memo_id=memo.id, revision=revision, item_id=item.id if item else None, entry=entry, **told)
    memo.entries_written.append(written)


def begin_silence(step: "Step", work: "Work") -> None:
    """A memo that is sent anew may be objected to anew: the day that was told before is over."""
    step.row.silent_until = step.attempt.given.get("silent_until")


def note_confirmation(step: "Step", work: "Work") -> None:
    """A memo is confirmed in a later meeting of its own table."""
    if (meeting := step.row.confirmed_in) is not None:
        _own(meeting, step, "meeting")


def place_item(step: "Step", work: "Work") -> None:
    """A new matter gets its number, its place on the agenda, and word of when it came."""
    item: AgendaItem = step.row
    item.number = 1 + max((other.number for other in item.theme.items if other.number), default=0)
    if item.submitter_id is None and step.cause is None:
        item.submitter_id = work.actor.id
    if (meeting := item.meeting) is not None:
        meeting.agenda_places += 1
        item.position = meeting.agenda_places
        item.lateness = _lateness(meeting, step)


def join_agenda(step: "Step", work: "Work") -> None:
    """A matter comes onto an agenda of its own table; one carried over onto that of the meeting that sets it."""
    if meeting := step.attempt.given.get("meeting") if step.cause is None else None:
        _own(meeting, step, "meeting")
    if step.row.meeting is None and step.cause is not None:
        putting.meeting(step.row, step.cause.row)


def back_to_theme(step: "Step", work: "Work") -> None:
    """The matter waits in its theme again; its place on the old agenda is not given out anew."""
    _leave_agenda(step.row)


def disclose(step: "Step", work: "Work") -> None:
    """It is as public as any other matter."""
    step.row.confidential = None


def share_the_turns(step: "Step", work: "Work") -> None:
    """Turns are still shared by two parties or more, as its state promises."""
    if len(step.row.places) < 2:
        raise BadValue("too_few_parties", "parties")


def pass_the_turn(step: "Step", work: "Work") -> None:
    """It is the next party's turn."""
    step.row.turn = step.row.turn % len(step.row.places) + 1


def swap_turns(step: "Step", work: "Work") -> None:
    """Two parties take each other's place in the order."""
    rota: Rota = step.row
    other, mine = step.attempt.given["with"], rota.in_turn
    theirs = next((place for place in rota.places if place.organisation_id == other.id), None)
    if theirs is None or theirs is mine:
        raise BadValue("takes_no_other_turn", "with", value=other.name)
    theirs.organisation, mine.organisation = mine.organisation, other
    theirs.organisation_id, mine.organisation_id = theirs.organisation.id, other.id


def count_postponement(step: "Step", work: "Work") -> None:
    """Every postponement is counted; with no day told, the action waits for the next meeting."""
    action: Action = step.row
    action.postponements += 1
    if "due" not in step.attempt.given:
        action.due_on, action.by_next_meeting = None, True


def note_reporter(step: "Step", work: "Work") -> None:
    """Who says that it is done."""
    step.row.reported_by_id = work.actor.id


def note_what_came_before(step: "Step", work: "Work") -> None:
    """A matter comes back to the table that it belongs to."""
    first = step.row.again_of
    if first is not None and first.table is not step.row.table:
        raise BadValue("other_table", "again", value=reference(first))


def note_decision_day(step: "Step", work: "Work") -> None:
    """The day on which the body decided."""
    step.row.decided_on = step.attempt.day


def note_hearing(step: "Step", work: "Work") -> None:
    """The table hears of a decision in a meeting of its own."""
    if (meeting := step.row.reported_in) is not None:
        _own(meeting, step, "meeting")


def note_life(step: "Step", work: "Work") -> None:
    """A result belongs to the life of the theme in which it came."""
    step.row.life = step.row.theme.life


def translate(step: "Step", work: "Work") -> None:
    """A text is there in another of the table's languages."""
    given, row = step.attempt.given, step.row
    if given["language"] not in LANGUAGES:
        raise BadValue("not_a_choice", "language", value=given["language"], choices=list(LANGUAGES))
    if given["field"] not in TRANSLATED[row.kind]:
        raise BadValue("not_a_choice", "field", value=given["field"], choices=list(TRANSLATED[row.kind]))
    key = {"kind": row.kind, "thing_id": row.id, "field": given["field"], "language": given["language"]}
    known = work.session.query(Translation).filter_by(**key).one_or_none()
    if known is None:
        work.session.add(Translation(**key, text=given["text"]))
        work.session.expire(row, ["translations"])
    else:
        known.text = given["text"]


TRANSLATED: Mapping[str, tuple[str, ...]] = {
    "table": ("name",),
    "theme": ("title", "goal", "why_together"),
    "item": ("title", "agreed"),
    "rota": ("title",),
    "action": ("what", "outcome"),
    "referral": ("title", "grounds"),
    "result": ("title", "evidence"),
}
"""The texts that may be given in several languages."""

CHANGES: Mapping[str, Callable[["Step", "Work"], None]] = {
    "table add": remember_founder,
    "table seat": seat,
    "table unseat": unseat,
    "table hand_over": hand_over,
    "table rules": set_rule,
    "table translate": translate,
    "theme reopen": start_new_life,
    "theme goal": note_agreement,
    "theme tell_proposer": tell_proposer,
    "theme translate": translate,
    "series suspend": note_why_suspended,
    "series resume": forget_suspension,
    "meeting reschedule": count_reschedule,
    "meeting join": join_others,
    "memo draft": begin_memo,
    "memo edit": write_entry,
    "memo circulate": begin_silence,
    "memo confirm": note_confirmation,
    "item submit": place_item,
    "item accept": join_agenda,
    "item release": back_to_theme,
    "item disclose": disclose,
    "item translate": translate,
    "rota describe": share_the_turns,
    "rota turn": pass_the_turn,
    "rota skip": pass_the_turn,
    "rota swap": swap_turns,
    "rota translate": translate,
    "action postpone": count_postponement,
    "action report_done": note_reporter,
    "action translate": translate,
    "referral add": note_what_came_before,
    "referral decide": note_decision_day,
    "referral report_back": note_hearing,
    "referral translate": translate,
    "result add": note_life,
    "result translate": translate,
}
"""By `kind move`. A move that is not here changes only its state and what it was told."""


def leave_agenda_again(item: "AgendaItem", entry: "HistoryEntry") -> None:
    """A matter that was accepted to a meeting, or carried over to it, waits in its theme again."""
    if "meeting" in dict(entry.told) or item.carried_from_id is not None:
        _leave_agenda(item)


def may_need_action_again(item: "AgendaItem", entry: "HistoryEntry") -> None:
    """Nothing is said of it any more."""
    item.needs_no_action = False


def forget_reporter(action: "Action", entry: "HistoryEntry") -> None:
    """Nobody has reported it done."""
    action.reported_by_id = None


def undecided_again(referral: "Referral", entry: "HistoryEntry") -> None:
    """Nothing has been decided yet."""
    referral.decided_on = None


def suspended_again(series: "MeetingSeries", entry: "HistoryEntry") -> None:
    """It is suspended together with its theme, if it was resumed with it, or on its own."""
    series.suspended_with_theme = entry.cause_id is not None


def going_on_again(series: "MeetingSeries", entry: "HistoryEntry") -> None:
    """It was not suspended."""
    series.suspended_with_theme = False


UNDOING: Mapping[str, Callable[[Any, "HistoryEntry"], None]] = {
    "item accept": leave_agenda_again,
    "item settle": may_need_action_again,
    "action report_done": forget_reporter,
    "referral decide": undecided_again,
    "series resume": suspended_again,
    "series suspend": going_on_again,
}
"""What is changed back when such a move is undone, beside its details. Takes the thing and the entry."""


def _own(meeting: "Meeting", step: "Step", field: str) -> None:
    """Nobody reaches into the meetings of a table that theirs does not meet with."""
    if step.row.table not in [series.table for series in meeting.all_series]:
        raise BadValue("other_table", field, value=reference(meeting))


def _leave_agenda(item: "AgendaItem") -> None:
    item.meeting = item.meeting_id = item.position = None


def _seats(
    table: "PartnershipTable",
    person: Any = None,
    organisation: Any = None,
    role: Any = None,
    *,
    after: date | None = None,
) -> list[Seat]:
    """Somebody's seats without an end; where there are none, those whose end is known but could still come sooner."""
    theirs = [
        held
        for held in table.seats
        if (person is None or held.person_id == person.id)
        and (organisation is None or held.organisation_id == organisation.id)
        and (role is None or held.role is role)
    ]
    endless = [held for held in theirs if held.until is None]
    ending = [held for held in theirs if after and held.until and max(after, held.since) < held.until]
    if not (endless or ending):
        raise NotFound("no_such_seat", table=table.slug)
    return endless or ending


def _lateness(meeting: "Meeting", step: "Step") -> Lateness:
    if step.attempt.state_of(meeting) is MeetingState.HELD:
        return Lateness.DURING_MEETING
    if meeting.items_by is not None and step.attempt.day > meeting.items_by and step.cause is None:
        return Lateness.AFTER_CLOSING
    return Lateness.ON_TIME
