"""The edge cases of the work at a table, each by its number in the design (`domain.md` 9).

Cases 9, 18, 20 and 21 are about referrals, memos and erased people, which are not there yet.
"""

from datetime import date

import pytest

from models.people import Project, Seat
from models.states import (
    ActionState,
    ItemState,
    Lateness,
    MeetingState,
    Mode,
    Presence,
    ResultState,
    Role,
    Sector,
    SeriesState,
    TableState,
    ThemeState,
)
from tests.builders import (
    acting,
    action_at,
    complete,
    item_at,
    keuruu,
    new,
    person,
    result_at,
    series_at,
    step,
    table_at,
    theme_at,
)
from tests.looking import codes, history_of, moves_of, refused
from tests.spring import SURE, a_series, a_theme, day, divide, hold, meeting_on, now
from tests.workflow.broken.tables import DECIDED, PROPOSED
from workflow.asking import ways_out
from workflow.days import holiday_at
from workflow.engine import make_move
from workflow.errors import NotAllowed
from workflow.outcomes import How

DONE = {"outcome": "Kyytirinki ajaa joka tiistai"}


def test_case_1_one_person_convenes_chairs_writes_and_closes_her_own_action(work):
    table = new(work, "table", None, PROPOSED | {"responsible": "Aino"})
    for role in (Role.CONVENER, Role.CHAIR, Role.SECRETARY):
        step(work, table, "seat", {"person": "Aino", "role": role})
    for body in ("Äijälän kyläyhdistys", "Keuruun seurakunta"):
        step(work, table, "seat", {"organisation": body})
    step(work, table, "found", DECIDED)
    meeting = meeting_on(
        work, series_at(work, theme_at(work, table, ThemeState.PROPOSED), SeriesState.PLANNED), "2.2.2016"
    )
    item_at(work, meeting, ItemState.ACCEPTED)
    step(work, meeting, "set_agenda")
    action = action_at(work, meeting, ActionState.ASSIGNED, to="Aino Äijälä")

    now(work, action, "report_done")
    now(work, action, "close", DONE)

    assert [entry.role for entry in history_of(work, action)[1:]] == ["responsible", "secretary"]


def test_case_2_an_organisation_alone_is_responsible_and_anybody_of_it_reports(work):
    action = action_at(work, a_theme(work), ActionState.ASSIGNED, to="Äijälän kyläyhdistys")

    now(work, action, "start", who="Sirkka")

    assert (action.responsible_person, action.responsible.name) == (None, "Äijälän kyläyhdistys")
    assert history_of(work, action)[-1].role == "responsible"
    assert isinstance(refused(acting(work, "Väinö"), action, "report_done"), NotAllowed)


def test_case_3_an_open_meeting_counts_seventy_one_people_without_a_name(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET)

    hold(work, meeting, present={"count": "residents=50,association=21"})

    assert meeting.attendance == []
    assert sum(count.people for count in meeting.head_counts) == 71


def test_case_4_a_meeting_without_any_work_says_why(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)
    told = {"goal": "Kukaan ei jää yksin", "agreed_in": f"M{meeting.id}", "parties": "Keuruun kaupunki"}
    step(work, meeting.series.theme, "goal", told)
    step(work, meeting.items[0], "settle", {"outcome": "noted"})

    assert codes(refused(work, meeting, "assign_actions", None, SURE)) == ["no_actions_explained"]
    now(work, meeting, "assign_actions", {"no_actions_because": "Kuultiin ELYn vastaus"})
    assert meeting.no_actions_because == "Kuultiin ELYn vastaus"


def test_case_5_a_meeting_moves_to_teams_two_days_before(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET)
    told = {"mode": "remote", "link": "https://teams.example/keuruu"}

    make_move(work, meeting, "change_mode", told, How(on=date(2016, 1, 31)))

    assert (meeting.mode, meeting.link, meeting.state) == (Mode.REMOTE, told["link"], MeetingState.AGENDA_SET)
    assert meeting.begins_at == day(2, 2, 15)


def test_case_6_a_round_is_cancelled_at_four_of_five_tables(work):
    towns = ("keuruu", "multia", "joutsa", "toivakka", "luhanka")
    meetings = [meeting_on(work, a_series(work, town), "2.2.2016") for town in towns]

    for meeting in meetings[1:]:
        make_move(work, meeting, "cancel", None, How(on=date(2016, 1, 30), reason="Korona"))

    states = [(meeting.state, meeting.series.state) for meeting in meetings]
    assert states == [("convened", "convened"), *[("cancelled", "planned")] * 4]
    assert {words.text for meeting in meetings[1:] for words in history_of(work, meeting)[-1].words} == {"Korona"}


def test_case_7_a_matter_is_added_during_the_meeting(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)

    item = item_at(work, meeting, ItemState.SETTLED, "Lisäys listalle")

    assert (item.position, item.lateness, item.state) == (2, Lateness.DURING_MEETING, ItemState.SETTLED)


def test_case_8_people_leave_early_send_word_send_a_deputy_or_come_for_one_matter(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET)

    hold(
        work,
        meeting,
        present={
            "present": ["Aino"],
            "left": "Aino=18.05",
            "arrived": "Göran=17.20",
            "excused": "Pekka",
            "deputy": "Sirkka=Pekka",
            "only_for": "Möksyn Leipä Oy=asia 2",
        },
    )

    told = {(one.person or one.organisation).name: one for one in meeting.attendance}
    assert f"{told['Aino Äijälä'].left:%H.%M} {told['Göran Öhman'].arrived:%H.%M}" == "18.05 17.20"
    assert told["Pekka Näätänen"].presence is Presence.EXCUSED
    assert told["Sirkka Möttönen"].deputy_for is told["Pekka Näätänen"].person
    assert told["Möksyn Leipä Oy"].only_for == "asia 2"


def test_case_8_a_deputy_fills_the_seat_that_must_be_filled(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET)
    step(work, meeting.table, "seat", {"person": "Pekka", "required": True})
    present = {"present": "Aino,Sirkka"}

    error = refused(work, meeting, "hold", present, SURE._replace(on=meeting.begins_at))
    hold(work, meeting, present=present | {"deputy": "Sirkka=Pekka"})

    assert codes(error) == ["required_seats_present"]
    assert meeting.state is MeetingState.HELD


def test_case_10_what_is_to_be_done_changes_while_it_waits(work):
    action = action_at(work, a_theme(work), ActionState.WAITING, "Sauna rantaan")

    now(work, action, "describe", {"what": "Sauna uimalan viereen"})

    assert (action.state, action.what, action.waiting_for) == (
        ActionState.WAITING,
        "Sauna uimalan viereen",
        "ELY-keskus",
    )


def test_case_11_a_founding_is_returned_and_submitted_again(work):
    table = table_at(work, TableState.RETURNED)

    now(work, table, "resubmit")
    now(work, table, "found", DECIDED)

    moves = [move for move in moves_of(work, table) if move != "seat"]
    assert moves == ["add", "return", "resubmit", "found"]
    assert table.state is TableState.ACTIVE


def test_case_12_the_convener_is_handed_to_another_organisation_in_mid_series(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET)

    make_move(acting(work, "Kerttu"), meeting.table, "hand_over", {"to": "Sirkka", "since": "1.3.2016"}, SURE)

    told = {"when": "7.6.2016 klo 17-18.30"}
    assert codes(refused(work, meeting, "reschedule", told, SURE)) == ["role_missing"]
    now(work, meeting, "reschedule", told, who="Sirkka")
    held = [seat for seat in meeting.table.seats if seat.role is Role.CONVENER]
    assert [(seat.person.name, seat.until) for seat in held] == [
        ("Aino Äijälä", date(2016, 2, 29)),
        ("Sirkka Möttönen", None),
    ]


def test_case_13_a_secretary_whose_project_ends_leaves_open_work_that_the_next_one_closes(work):
    action = action_at(work, a_theme(work), ActionState.REPORTED_DONE)
    table = action.table
    step(work, table, "unseat", {"person": "Pekka", "until": "30.4.2016"})

    error = refused(acting(work, "Pekka"), action, "close", DONE)
    now(work, table, "seat", {"person": "Sirkka", "role": "secretary", "since": "1.5.2016"}, who="Kerttu")
    now(work, action, "close", DONE, who="Sirkka")

    assert codes(error) == ["role_missing"]
    assert action.state is ActionState.CLOSED


@pytest.mark.parametrize(("last", "may"), [(date(2016, 4, 30), False), (date(2016, 5, 31), True)])
def test_case_13_the_coordinator_of_a_project_seats_a_new_secretary_only_while_it_lasts(work, last, may):
    table = keuruu(work)
    work.session.add(project := Project(name="Kehitytään kimpassa", funder="RAY"))
    work.session.flush()
    now(work, table, "describe", {"project": project.name})
    seat = Seat(role=Role.COORDINATOR, since=date(2016, 1, 1), until=last, project_id=project.id)
    seat.person_id = person(work, "Väinö").id
    work.session.add(seat)
    work.session.flush()

    ways = {way.move.name: [reason.code for reason in way.reasons] for way in ways_out(acting(work, "Väinö"), table)}

    assert ways["seat"] == ([] if may else ["role_missing"])


def test_case_14_the_goal_is_sharpened_in_the_second_meeting(work):
    series = a_series(work)
    first = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    divide(work, first)
    second = meeting_on(work, series, "8.3.2016", MeetingState.HELD)
    sharper = {"goal": "Kyyti joka kylästä", "agreed_in": f"M{second.id}", "parties": "Keuruun kaupunki"}

    step(work, series.theme, "goal", sharper)

    told = [{words.field: words.text for words in entry.words} for entry in history_of(work, series.theme)]
    assert [each["goal"] for each in told if "goal" in each] == ["Kukaan ei jää yksin", "Kyyti joka kylästä"]
    assert (series.theme.goal_agreed_in, series.theme.goal_agreed_on) == (second, date(2016, 3, 8))


def test_case_15_three_meetings_were_planned_and_there_are_no_results_yet(work):
    series = a_series(work)
    for when in ("2.2.2016", "1.3.2016", "5.4.2016"):
        meeting = meeting_on(work, series, when, MeetingState.HELD)
        divide(work, meeting)
        complete(work, meeting)

    error = refused(work, series, "reach_results", None, SURE)
    now(work, series, "extend", {"planned_meetings": 5})
    meeting_on(work, series, "17.5.2016")

    assert codes(error) == ["result_recorded"]
    assert (series.planned_meetings, series.state) == (5, SeriesState.CONVENED)


def test_case_16_results_are_reached_after_the_first_meeting(work):
    series = a_series(work)
    meeting = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    divide(work, meeting)
    complete(work, meeting)
    result_at(work, series.theme, ResultState.RECORDED)
    step(work, series.theme, "evaluate", {"evaluation": "Kerta riitti"})
    step(work, series.theme, "tell_proposer")

    outcome = now(work, series, "reach_results")

    assert [(told.kind, told.to) for told in outcome.followed] == [("theme", ThemeState.RESULTS_REACHED)]


def test_case_17_two_tables_meet_together_and_the_office_of_either_may_act(work):
    ours, theirs = a_series(work), a_series(work, "multia")
    now(work, theirs.table, "seat", {"person": "Väinö", "role": "chair", "since": "1.2.2016"})
    meeting = new(work, "meeting", ours)
    error = refused(acting(work, "Väinö"), meeting, "prepare", {"place": "Multian koulu"})

    step(work, meeting, "join", {"series": f"S{theirs.id}"})
    now(work, meeting, "prepare", {"place": "Multian koulu"}, who="Väinö")

    assert isinstance(error, NotAllowed)
    assert meeting.place == "Multian koulu"


def test_case_19_open_work_of_somebody_who_leaves_is_given_to_another(work):
    action = action_at(work, a_theme(work), ActionState.IN_PROGRESS, to="Väinö Vieras")

    now(work, action, "reassign", {"to": "Möksyn Leipä Oy"})

    assert (action.state, action.responsible.name) == (ActionState.ASSIGNED, "Möksyn Leipä Oy")
    assert isinstance(refused(acting(work, "Väinö"), action, "start"), NotAllowed)


def test_case_22_work_may_be_due_on_midsummer_eve_but_a_meeting_then_is_warned_of(work):
    eve = date(2016, 6, 24)
    action = action_at(work, a_theme(work), ActionState.ASSIGNED, due="24.6.2016")
    meeting = new(work, "meeting", series_at(work, action.theme, SeriesState.PLANNED))
    told = {"when": "24.6.2016 klo 17-18.30", "place": "Ranta", "channel": "open_call"}

    error = refused(work, meeting, "convene", told)

    assert (action.due_on, action.by_next_meeting) == (eve, False)
    assert codes(error) == ["not_a_holiday"]
    assert error.reasons[0].facts == {"day": eve, "holiday": holiday_at(eve)}


def test_case_24_a_term_is_renewed_with_half_of_the_members_new(work):
    table = keuruu(work)
    theme = theme_at(work, table, ThemeState.PROPOSED)
    make_move(work, table, "new_term", {"begins": "1.5.2016", "ends": "30.4.2018"}, SURE)
    for body in ("Äijälän kyläyhdistys", "Möksyn Leipä Oy"):
        step(work, table, "unseat", {"organisation": body, "until": "30.4.2016"})
    for body in ("Keuruun seurakunta", "Keuruun 4H-yhdistys"):
        step(work, table, "seat", {"organisation": body, "since": "1.5.2016"})

    error = refused(acting(work, "Sirkka"), theme, "goal", {"goal": "Toinen"})

    bodies = [{seat.organisation.name for seat in table.seated(on) if seat.organisation} for on in DAYS]
    assert bodies == [{"Äijälän kyläyhdistys", "Möksyn Leipä Oy"}, {"Keuruun seurakunta", "Keuruun 4H-yhdistys"}]
    assert (table.term_begins, table.term_ends) == (date(2016, 5, 1), date(2018, 4, 30))
    assert isinstance(error, NotAllowed)


DAYS = date(2016, 4, 30), date(2016, 5, 1)


def test_case_25_the_groups_that_were_counted_need_not_make_up_the_whole(work):
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.AGENDA_SET)

    hold(work, meeting, present={"count": "residents=38,association=21,municipality=11", "total": 71})

    counted = {count.sector: count.people for count in meeting.head_counts}
    assert counted == {Sector.RESIDENTS: 38, Sector.ASSOCIATION: 21, Sector.MUNICIPALITY: 11, None: 71}
