"""The signs of the causes: each function takes what is known of a theme and the watch of its cause, and finds it there.

The name of the function is the stable code of the cause; `workflow.language.causes` says it to people.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from models.states import Role
from workflow.pasting import typed_short
from workflow.stalled.clock import next_working_day, number_of
from workflow.stalled.known import (
    TO_COME,
    ActionRow,
    Holder,
    KnownTheme,
    MeetingRow,
    ResultRow,
    SeatRow,
    SeriesRow,
)
from workflow.stalled.watching import Sign, Watch

UNDER_WAY = frozenset({"convened", "agenda_set", "held", "actions_assigned"})
"""A theme or a series in the middle of its way."""
ENDED_SERIES = frozenset({"results_reached", "discontinued"})
TO_DO = frozenset({"assigned", "in_progress"})
SETTLED = frozenset({"closed", "dropped"})


def iso(day: int) -> str:
    """A day as it is kept."""
    return date.fromordinal(day).isoformat()


# Proposals


def proposal_unanswered(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A theme was proposed, and nobody has convened, declined or returned it."""
    if theme.row.state != "proposed" or theme.table.row.state != "active":
        return
    since = number_of(theme.row.returned or theme.row.entered)
    if (days := watch(since, theme.aside)) is not None:
        ways = [
            f"poyta theme convene {theme.ref}",
            f"poyta theme return {theme.ref} --reason TEXT",
            f"poyta theme decline {theme.ref} --reason TEXT",
        ]
        yield watch.sign(theme.table, theme.ref, since, days, facts={"day": iso(since)}, remedies=ways)


# Meetings


def no_meeting_dated(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A theme under way has no meeting ahead, and by the rhythm of its table it should have met again."""
    if theme.row.state not in UNDER_WAY:
        return
    going_on = [series for series in theme.series if series.state not in ENDED_SERIES]
    for series in going_on:
        if series.state != "suspended" and not _used_up(theme, series) and not theme.ahead(series.id):
            yield from _no_meeting(theme, series, watch)
    if not going_on:
        yield from _no_meeting(theme, None, watch)


def _no_meeting(theme: KnownTheme, series: SeriesRow | None, watch: Watch) -> Iterator[Sign]:
    dated = [each for each in theme.meetings_of(series and series.id) if each.begins_at and each.state != "cancelled"]
    last = dated[-1] if dated else None
    since = number_of(last.begins_at) if last and last.begins_at else number_of((series or theme.row).entered)
    since = max(since, number_of(theme.row.life_began or theme.row.entered) if theme.row.life > 1 else since)
    aside = theme.around(series) if series else theme.aside
    if (days := watch(since, aside)) is not None:
        about = f"S{series.id}" if series else theme.ref
        facts = {"last": f"M{last.id}", "day": iso(since)} if last else {"day": iso(since)}
        yield watch.sign(theme.table, about, since, days, facts=facts, remedies=_ways_to_meet(theme, series))


def _ways_to_meet(theme: KnownTheme, series: SeriesRow | None) -> Sequence[str]:
    if series is None:
        return [f"poyta series plan {theme.ref} --planned-meetings N"]
    for each in theme.meetings_of(series.id):
        if each.state in TO_COME:
            return [
                f"poyta meeting convene M{each.id} --when DATE --place PLACE"
                if each.state == "planned"
                else f"poyta meeting reschedule M{each.id} --when DATE --reason TEXT"
            ]
    return [f"poyta meeting plan S{series.id} --when DATE --place PLACE"]


def agenda_not_set(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A meeting is near, and its agenda is not set."""
    for each in theme.meetings:
        if each.state not in ("planned", "convened") or each.begins_at is None or _apart(theme, each):
            continue
        begins = number_of(each.begins_at)
        if theme.today <= begins and (since := watch.ahead(begins)) is not None:
            convene = [f"poyta meeting convene M{each.id}"] if each.state == "planned" else []
            ways = [*convene, f"poyta meeting set-agenda M{each.id}", f"poyta why M{each.id}"]
            facts = {"meeting": f"M{each.id}", "day": iso(begins)}
            yield watch.sign(theme.table, f"M{each.id}", since, theme.today - since, facts=facts, remedies=ways)


def date_passed_not_held(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """The day of a meeting is past, and it was neither held, moved nor cancelled."""
    for each in theme.meetings:
        if each.state not in TO_COME or each.begins_at is None or _apart(theme, each):
            continue
        since = number_of(each.begins_at)
        if (days := watch(since, theme.aside)) is not None:
            hold = [f"poyta meeting hold M{each.id} --present NAME,..."] if each.state == "agenda_set" else []
            move = [f"poyta meeting reschedule M{each.id} --when DATE --reason TEXT"]
            ways = [*hold, *move, f"poyta meeting cancel M{each.id} --reason TEXT"]
            facts = {"meeting": f"M{each.id}", "day": iso(since)}
            yield watch.sign(theme.table, f"M{each.id}", since, days, facts=facts, remedies=ways)


def held_work_not_divided(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A meeting was held, and the work was not divided."""
    for each in theme.meetings:
        if each.state != "held":
            continue
        since = number_of(each.since)
        if (days := watch(since, theme.aside)) is not None:
            ways = [f"poyta meeting assign-actions M{each.id}", f"poyta why M{each.id}"]
            facts = {"meeting": f"M{each.id}", "day": iso(since)}
            yield watch.sign(theme.table, f"M{each.id}", since, days, facts=facts, remedies=ways)


def memo_not_circulated(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A meeting was held, and those who were there have not been sent its memo."""
    memos = {memo.meeting: memo for memo in theme.memos}
    for each in theme.meetings:
        memo = memos.get(each.id)
        if each.state not in WRITTEN_UP_NEXT or (memo is not None and memo.state not in BEING_WRITTEN):
            continue
        since = number_of(each.begins_at or each.since)
        if (days := watch(since, theme.aside)) is not None:
            step = "draft" if memo is None else BEING_WRITTEN[memo.state]
            facts = {"meeting": f"M{each.id}", "day": iso(since)}
            ways = [f"poyta memo {step} M{each.id}"]
            yield watch.sign(theme.table, f"M{each.id}", since, days, facts=facts, remedies=ways)


WRITTEN_UP_NEXT = frozenset({"held", "actions_assigned"})
"""The states in which a meeting waits for its memo."""
BEING_WRITTEN = {"draft": "circulate", "objected": "revise"}
"""The states of a memo that is not sent out yet, and the step that comes next."""


def memo_not_confirmed(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A memo was sent out, nobody objects any more, and it is not confirmed."""
    for each in theme.memos:
        if each.state != "circulated":
            continue
        since = number_of(each.since)
        if (days := watch(since, theme.aside)) is not None:
            facts = {"memo": f"D{each.id}", "meeting": f"M{each.meeting}", "day": iso(since)}
            ways = [f"poyta memo confirm D{each.id}"]
            yield watch.sign(theme.table, f"D{each.id}", since, days, facts=facts, remedies=ways)


def meetings_used_up(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """As many meetings were held as were planned, and there is no result (domain.md 9, case 15)."""
    for series in theme.series:
        if not _used_up(theme, series):
            continue
        held = theme.held(series.id)
        since = number_of(held[-1].begins_at or held[-1].since)
        if (days := watch(since, theme.around(series))) is not None:
            ways = [
                f"poyta series extend S{series.id} --planned-meetings {len(held) + 1} --reason TEXT",
                f"poyta result add {theme.ref} --title TEXT --kind KIND",
                f"poyta theme discontinue {theme.ref} --outcome OUTCOME --reason TEXT",
            ]
            facts = {"series": f"S{series.id}", "planned": series.planned, "held": len(held), "day": iso(since)}
            yield watch.sign(theme.table, f"S{series.id}", since, days, facts=facts, remedies=ways)


def _used_up(theme: KnownTheme, series: SeriesRow) -> bool:
    if not series.planned or series.state in ENDED_SERIES or series.state == "suspended" or _has_result(theme):
        return False
    return len(theme.held(series.id)) >= series.planned and not theme.ahead(series.id)


def nothing_agreed_twice(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """Two meetings running of a series have come to no agreement: a bulletin hour (domain.md 4, row 4)."""
    for series, before, last in _last_two(theme, divided=True):
        if before.agreed or last.agreed:
            continue
        since = number_of(last.begins_at or last.since)
        if (days := watch(since, theme.around(series))) is not None:
            ways = [
                f"poyta agenda submit {theme.ref} --title TEXT --kind to-agree",
                f"poyta theme goal {theme.ref} --goal TEXT",
                f"poyta theme discontinue {theme.ref} --outcome OUTCOME --reason TEXT",
            ]
            facts = {"meetings": [f"M{before.id}", f"M{last.id}"], "day": iso(since)}
            yield watch.sign(theme.table, f"S{series.id}", since, days, facts=facts, remedies=ways)


def attendance_falling(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """Fewer than half of the first meeting come, or twice running those of fewer than two sectors."""
    for series, before, last in _last_two(theme):
        first = theme.held(series.id)[0]
        facts: dict[str, object]
        if first.present and last.present is not None and last.present * 2 < first.present:
            facts = {"why": "half", "last": f"M{last.id}", "present": last.present}
            facts |= {"first": f"M{first.id}", "were": first.present}
        elif _of_one_sector(before) and _of_one_sector(last):
            facts = {"why": "sectors", "meetings": [f"M{before.id}", f"M{last.id}"]}
        else:
            continue
        since = number_of(last.begins_at or last.since)
        if (days := watch(since, theme.around(series))) is not None:
            ahead = theme.ahead(series.id)
            invite = [f"poyta meeting invite M{ahead[0].id} --channel personal"] if ahead else []
            ways = [f"poyta table map {theme.table.typed}", *invite]
            yield watch.sign(
                theme.table, f"S{series.id}", since, days, facts=facts | {"day": iso(since)}, remedies=ways
            )


def _of_one_sector(meeting: MeetingRow) -> bool:
    return meeting.sectors is not None and meeting.sectors < 2


def required_seat_missing(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A seat that must be filled was empty in two meetings running."""
    if not any(seat.required for seat in theme.table.seats):
        return
    for series, before, last in _last_two(theme):
        since = number_of(last.begins_at or last.since)
        if (days := watch(since, theme.around(series))) is None:
            continue
        for seat in theme.table.seats:
            if seat.required and all(_empty(theme, seat, each) for each in (before, last)):
                ways = [
                    f"poyta table seat {theme.table.typed} --person PERSON --required",
                    f"poyta table unseat {theme.table.typed} {_by_ref(seat)}",
                ]
                facts = {"seat": seat.name, "meetings": [f"M{before.id}", f"M{last.id}"], "day": iso(since)}
                yield watch.sign(theme.table, f"S{series.id}", since, days, facts=facts, remedies=ways)


def _by_ref(seat: SeatRow) -> str:
    return f"--person {seat.ref}" if seat.person is not None else f"--organisation {seat.ref}"


def _empty(theme: KnownTheme, seat: SeatRow, meeting: MeetingRow) -> bool:
    if not seat.held_on(iso(number_of(meeting.begins_at or meeting.since))):
        return False
    there = (each for each in theme.present if each.meeting == meeting.id)
    if seat.person is not None:
        return not any(seat.person in (each.person, each.deputy_for) for each in there)
    return not any(seat.organisation == each.organisation for each in there)


def _last_two(theme: KnownTheme, *, divided: bool = False) -> Iterator[tuple[SeriesRow, MeetingRow, MeetingRow]]:
    """The last two meetings that were held of every series that goes on, where there are two."""
    for series in theme.series:
        if series.state in ENDED_SERIES or series.state == "suspended":
            continue
        held = [each for each in theme.held(series.id) if not divided or each.state != "held"]
        if len(held) > 1:
            yield series, held[-2], held[-1]


def _apart(theme: KnownTheme, meeting: MeetingRow) -> bool:
    """Whether the series of a meeting is set aside."""
    return any(series.id == meeting.series and series.state == "suspended" for series in theme.series)


# Actions


def action_overdue(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """The day is past on which work was to be done, and nobody says that it is."""
    for each in theme.actions:
        if each.state not in TO_DO or (due := _due(theme, each)) is None:
            continue
        if theme.today > due and (days := watch(next_working_day(due), theme.waited(each))) is not None:
            ways = [
                f"poyta action report-done A{each.id}",
                f"poyta action postpone A{each.id} --due DATE --reason TEXT",
                f"poyta action reassign A{each.id} --to ORGANISATION --reason TEXT",
            ]
            facts = {"action": f"A{each.id}", "what": each.what, "due": iso(due)}
            holder = _responsible(each)
            yield watch.sign(
                theme.table, f"A{each.id}", next_working_day(due), days, facts=facts, remedies=ways, holder=holder
            )


def _due(theme: KnownTheme, action: ActionRow) -> int | None:
    """The day told, else the day of the next meeting, which follows that meeting when it moves."""
    if action.due_on is not None:
        return number_of(action.due_on)
    if not action.by_next_meeting or action.reckoned_from is None:
        return None
    for each in theme.meetings_of(action.series):
        if each.state != "cancelled" and each.begins_at is not None and each.begins_at > action.reckoned_from:
            return number_of(each.begins_at)
    return None


def _responsible(action: ActionRow) -> Holder | None:
    if action.person is not None:
        return Holder("person", action.person_name, f"P{action.person}", "responsible")
    if action.organisation is not None:
        return Holder("organisation", action.organisation_name, f"G{action.organisation}", "responsible")
    return None


def action_unowned(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """Work that has to be done is nobody's: it was refused, or whoever had it has left or was erased."""
    for each in theme.actions:
        found = _unowned(theme, each) if each.state in TO_DO or each.state in ("waiting", "refused") else None
        if found is not None and (days := watch(found[0], theme.aside)) is not None:
            since, why = found
            facts = {"action": f"A{each.id}", "what": each.what, "why": why, "day": iso(since)}
            party = _responsible(each)
            if party is not None and why in ("refused", "left"):
                facts["who"] = party.name or ""
            ways = [
                f"poyta action reassign A{each.id} --to ORGANISATION --reason TEXT",
                f"poyta action drop A{each.id} --reason TEXT",
            ]
            yield watch.sign(theme.table, f"A{each.id}", since, days, facts=facts, remedies=ways)


def _unowned(theme: KnownTheme, action: ActionRow) -> tuple[int, str] | None:
    if action.state == "refused":
        return number_of(action.since), "refused"
    if action.person is None and action.organisation is None:
        return number_of(action.since), "nobody"
    if action.forgotten is not None:
        return number_of(action.forgotten), "erased"
    left = _left(theme, action)
    return None if left is None else (left, "left")


def _left(theme: KnownTheme, action: ActionRow) -> int | None:
    """The day after a party's last seat at the table. Who never sat there has not left."""
    theirs = [
        seat
        for seat in theme.table.seats
        if (seat.person == action.person if action.person is not None else _speaks_for(seat, action.organisation))
    ]
    day = theme.table.day
    begun = [seat for seat in theirs if seat.since <= day]
    if not begun or any(seat.until is None or seat.until >= day for seat in begun):
        return None
    return number_of(max(seat.until or "" for seat in begun)) + 1


def _speaks_for(seat: SeatRow, organisation: int | None) -> bool:
    return organisation in (seat.organisation, seat.home)


def reported_not_closed(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """Work is reported done, and the secretary has not closed it."""
    for each in theme.actions:
        if each.state != "reported_done":
            continue
        since = number_of(each.since)
        if (days := watch(since, theme.aside)) is not None:
            facts = {"action": f"A{each.id}", "what": each.what, "day": iso(since)}
            ways = [f"poyta action close A{each.id} --outcome TEXT"]
            yield watch.sign(theme.table, f"A{each.id}", since, days, facts=facts, remedies=ways)


def waiting_too_long(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """Work waits for a body that does not answer."""
    for each in theme.actions:
        if each.state != "waiting":
            continue
        since = number_of(each.since)
        if (days := watch(since, theme.aside)) is not None:
            body = each.waiting_for or ""
            facts = {"action": f"A{each.id}", "what": each.what, "body": body, "day": iso(since)}
            ways = [
                f"poyta action resume A{each.id}",
                f"poyta action close A{each.id} --outcome TEXT",
                f"poyta action drop A{each.id} --reason TEXT",
            ]
            yield watch.sign(
                theme.table, f"A{each.id}", since, days, facts=facts, remedies=ways, holder=Holder("body", body)
            )


# Results


def actions_done_no_result(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """All work is done, and nobody has written down what came of it."""
    if theme.row.state != "actions_assigned" or _has_result(theme) or not theme.actions:
        return
    if any(each.state not in SETTLED for each in theme.actions):
        return
    closed = [each.since for each in theme.actions if each.state == "closed"]
    if not closed or (last := max(closed)) < (theme.row.life_began or ""):
        return
    since = number_of(last)
    if (days := watch(since, theme.aside)) is not None:
        ways = [
            f"poyta result add {theme.ref} --title TEXT --kind KIND",
            f"poyta action assign {theme.ref} --what TEXT --to ORGANISATION",
        ]
        yield watch.sign(
            theme.table, theme.ref, since, days, facts={"done": len(closed), "day": iso(since)}, remedies=ways
        )


def result_not_checked(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """The day has passed on which it was to be seen what is left of a result."""
    for each in theme.results:
        if each.check_on is None or (each.checked and number_of(each.checked) >= number_of(each.check_on)):
            continue
        since = number_of(each.check_on)
        if (days := watch(since)) is not None:
            facts = {"result": f"O{each.id}", "title": each.title, "day": iso(since)}
            yield watch.sign(theme.table, f"O{each.id}", since, days, facts=facts, remedies=_ways_to_check(each))


def _ways_to_check(result: ResultRow) -> Sequence[str]:
    confirm = [f"poyta result confirm O{result.id}"] if result.state == "recorded" else []
    return [*confirm, f"poyta result check O{result.id} --lasting LASTING"]


def _has_result(theme: KnownTheme) -> bool:
    return any(each.life == theme.row.life for each in theme.results)


# Referrals


def referral_not_sent(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A matter is to go to a body with the power, and was not sent."""
    for each in theme.referrals:
        if each.state != "drafted":
            continue
        since = number_of(each.since)
        if (days := watch(since, theme.aside)) is not None:
            facts = {"referral": f"R{each.id}", "title": each.title, "day": iso(since)}
            ways = [f"poyta referral send R{each.id} --body BODY", f"poyta referral withdraw R{each.id} --reason TEXT"]
            yield watch.sign(theme.table, f"R{each.id}", since, days, facts=facts, remedies=ways)


def referral_undecided(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A body with the power has had a matter before it for long."""
    for each in theme.referrals:
        if each.sent is None:
            continue
        since = number_of(each.sent)
        if (days := watch(since, theme.aside)) is not None:
            facts = {"referral": f"R{each.id}", "title": each.title, "body": each.body or "", "day": iso(since)}
            ways = [
                f"poyta referral decide R{each.id} --decision DECISION",
                f"poyta referral withdraw R{each.id} --reason TEXT",
            ]
            yield watch.sign(theme.table, f"R{each.id}", since, days, facts=facts, remedies=ways)


def not_reported_back(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """A body has decided, and the table has met since without hearing of it."""
    for each in theme.referrals:
        if each.state != "decided":
            continue
        met = [meeting for meeting in theme.held(None) if (meeting.begins_at or "") > each.since]
        if not met:
            continue
        since = number_of(met[0].begins_at or "")
        if (days := watch(since, theme.aside)) is not None:
            facts = {"referral": f"R{each.id}", "title": each.title, "meeting": f"M{met[0].id}", "day": iso(since)}
            ways = [f"poyta referral report-back R{each.id} --meeting MEETING"]
            yield watch.sign(theme.table, f"R{each.id}", since, days, facts=facts, remedies=ways)


# The fall-back


def time_in_state(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """Something has stood in its state for long, and no other cause says why."""
    yield from _meetings_in_state(theme, watch)
    yield from _items_in_state(theme, watch)
    yield from _actions_in_state(theme, watch)
    yield from _series_in_state(theme, watch)


def _series_in_state(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    """The theme stands where its series stand; one without any stands by itself."""
    if theme.row.state not in UNDER_WAY:
        return
    going_on = [series for series in theme.series if series.state not in ENDED_SERIES]
    for series in going_on:
        since = max(number_of(series.entered), *(number_of(each.since) for each in theme.held(series.id)), 0)
        if series.state != "suspended" and not theme.ahead(series.id):
            yield from _in_state(theme, watch, Standing(f"S{series.id}", "series", series.state), since)
    if not going_on:
        yield from _in_state(theme, watch, Standing(theme.ref, "theme", theme.row.state), theme.row.entered)


def _meetings_in_state(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    for each in theme.meetings:
        if each.state == "actions_assigned":
            thing = Standing(f"M{each.id}", "meeting", each.state)
            yield from _in_state(theme, watch, thing, each.since, theme.table.holder(Role.SECRETARY))


def _items_in_state(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    for each in theme.items:
        ref = f"T{theme.row.id}/{each.number}" if each.meeting is None else f"M{each.meeting}/{each.position}"
        yield from _in_state(theme, watch, Standing(ref, "item", "submitted"), each.since)


def _actions_in_state(theme: KnownTheme, watch: Watch) -> Iterator[Sign]:
    for each in theme.actions:
        due = _due(theme, each) if each.state in TO_DO else None
        if each.state in TO_DO and due is None:
            thing = Standing(f"A{each.id}", "action", each.state)
            yield from _in_state(theme, watch, thing, each.since, _responsible(each))


def _in_state(
    theme: KnownTheme, watch: Watch, thing: "Standing", since: str | int, holder: Holder | None = None
) -> Iterator[Sign]:
    begun = number_of(since) if isinstance(since, str) else since
    if (days := watch(begun, theme.aside)) is not None:
        facts = {**thing._asdict(), "day": iso(begun)}
        ways = [f"poyta why {typed_short(thing.ref)}"]
        yield watch.sign(theme.table, thing.ref, begun, days, facts=facts, remedies=ways, holder=holder)


class Standing(NamedTuple):
    """A thing and the state in which it stands."""

    ref: str
    kind: str
    state: str
