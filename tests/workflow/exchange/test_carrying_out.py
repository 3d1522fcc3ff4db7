"""Books carried out: everything passes the gate, all or nothing, and every error is told with its line."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from models.actions import Action
from models.history import HistoryEntry
from models.meetings import AgendaItem, Meeting
from models.people import Organisation, Person, Seat
from models.tables import PartnershipTable, Theme, Translation
from tests.looking import everything
from tests.workflow.exchange.books import errors_of, example, line_of, read_in, reading, reasons, told, without
from workflow.exchange.problems import BookRefused

PEOPLE = """\
poyta: table-book/1
people: [{name: Aino}, {name: Aino}]
"""


# What comes of it


def test_everything_in_a_book_comes_about_through_the_gate(database):
    summary = read_in(database, example())

    with reading(database) as work:
        theme = work.session.scalars(select(Theme)).one()
        assert (theme.state, theme.goal_agreed_in.place) == ("results_reached", "Keuruun kirjasto")
        assert {entry.auth for entry in work.session.scalars(select(HistoryEntry))} == {"book"}
    assert summary.moves["meeting", "hold"] == 1
    assert summary.followed["theme", "reach_results"] == 1
    assert summary.warnings == {"size_5_to_20": 1, "goal_drafted": 1, "every_party_has_a_part": 1}
    assert (str(summary.first), str(summary.last)) == ("2015-01-10", "2016-06-01")
    assert summary.document()["tables"] == ["keuruu"]


def test_a_dry_run_counts_the_same_and_changes_nothing(database):
    with database.reading() as session:
        before = everything(session)

    summary = read_in(database, example(), keep=False)

    with database.reading() as session:
        assert everything(session) == before
    assert summary.things["meeting"] == 1


def test_progress_is_told_up_to_the_end(database):
    from tests.workflow.exchange.books import NOW, sources
    from workflow.exchange.carrying_out import carry_out
    from workflow.exchange.reading import read_books
    from workflow.work import Work

    steps = []

    with database.writing(keep=False) as session:
        carry_out(Work(session, Person(name=""), NOW), read_books(sources(example())), lambda *at: steps.append(at))

    assert [done for done, _ in steps] == list(range(1, len(steps) + 1))
    assert {total for _, total in steps} == {len(steps)}


def test_warnings_that_the_book_knows_of_are_counted_apart(database):
    summary = read_in(database, example(("channel: open_call", "channel: open_call, confirm: size_5_to_20")))

    assert (summary.confirmed["size_5_to_20"], summary.warnings["size_5_to_20"]) == (1, 0)


def test_a_promise_is_overridden_by_the_convener_with_a_reason(database):
    alone = "present: [Kirjastotoimenjohtaja], override: two_sectors_present, reason: Muut olivat sairaina"

    summary = read_in(database, example((f"- hold:\n                      {THERE}", f"- hold: {{{alone}}}")))

    assert summary.overrides == {"two_sectors_present": 1}


# What is wrong


def test_an_error_in_line_two_hundred_is_told_with_file_line_and_field(database):
    text = example().replace("tables:\n", "\n" * 140 + "tables:\n")
    text = text.replace("due: 2016-03-15", "due: 31.2.2016")
    assert line_of(text, "31.2.2016") > 190

    (error,) = errors_of(database, text)

    assert (error.file, error.line, error.code) == ("book1.yaml", line_of(text, "31.2.2016"), "date_no_such_day")
    assert error.field == "tables/keuruu/themes[0]/series[0]/meetings[0]/items[0]/actions[0]/due"


SEATED = "- seat: {organisation: Keuruun seurakunta}"
THERE = """present: [Kirjastotoimenjohtaja, Keuruun seurakunta]
                      arrived: {Keuruun seurakunta: 17.15}
                      count: {association: 12, residents: 5}"""

REFUSED = {
    "place_or_link": ("place: Keuruun kirjasto", "mode: on_site", "- convene:"),
    "dated": ("when: 10.2.2016 klo 17-18.30", "mode: on_site", "- convene:"),
    "two_sectors_seated": (SEATED, "- unseat: {person: Yhdistyksen sihteeri}", "- convene:"),
    "convener_seated": ("role: convener", "role: convener, until: 2015-12-31", "- convene:"),
    "secretary_seated": ("role: secretary", "role: member", "- convene:"),
    "table_active": ("- found:", "- describe # ", "- convene:"),
    "agenda_not_empty": ("- accept\n", "- describe\n", "- set_agenda:"),
    "items_have_origin": ("origin: association\n", "minutes: 10\n", "- set_agenda:"),
    "chair_named": ("role: chair", "role: member", "- set_agenda:"),
    "attendance_recorded": (THERE, "began: 17.05", "- hold:"),
    "two_sectors_present": (THERE, "present: [Kirjastotoimenjohtaja]", "- hold:"),
    "has_begun": ("- hold:\n", "- hold:\n                      on: 2016-02-09\n", "- hold:"),
    "items_settled": ("- settle:", "- describe # ", "- assign_actions"),
    "goal_agreed": ("agreed_in: m1,\n", "\n", "- assign_actions"),
    "outcome_told": (", outcome: Paikalla oli 31 ihmistä.", "", "- close:"),
    "result_recorded": ("kind: event, on: 2016-05-20", "kind: event, on: 2016-06-02", "- reach_results:"),
    "reason_missing": ("- tell_proposer\n", "- suspend: {on: 2016-02-11, revisit: 1.9.2016}\n", "- suspend:"),
    "before_the_previous": ("- complete: 2016-02-20", "- complete: 2016-01-20", "- complete:"),
    "wrong_state": ("- complete: 2016-02-20", "- convene: 2016-02-20", "- convene: 2016-02-20"),
    "role_missing": ("- complete: 2016-02-20", "- complete: {by: Vieras, on: 2016-02-20}", "- complete:"),
}


@pytest.mark.parametrize(("code", "old", "new", "where"), [(code, *rest) for code, rest in REFUSED.items()])
def test_a_step_that_the_gate_refuses_is_told_with_its_reasons_and_its_line(file, code, old, new, where):
    text = example((old, new), ("people:\n", "people:\n  - {name: Vieras}\n"))

    errors = errors_of(file, text)

    at = [error for error in errors if error.line == line_of(text, where)]
    assert at, [told(error) for error in errors]
    assert code in reasons(at[0])
    with reading(file) as work:
        assert work.session.scalar(select(func.count(HistoryEntry.id))) == 0


def test_what_builds_on_a_refused_step_is_not_told_again(database):
    text = example(("place: Keuruun kirjasto\n", "mode: on_site\n"))

    (error,) = errors_of(database, text)

    assert reasons(error) == ["place_or_link"]


def test_other_things_go_on_after_an_error_so_that_all_errors_are_told_at_once(database):
    second = example(("short: keuruu", "short: multia"), ("role: secretary", "role: member"))

    errors = errors_of(database, example(("place: Keuruun kirjasto\n", "mode: on_site\n")), second)

    assert [(error.file, reasons(error)) for error in errors] == [
        ("book1.yaml", ["place_or_link"]),
        ("book2.yaml", ["secretary_seated"]),
    ]


def test_a_value_that_cannot_be_read_is_told_together_with_refused_steps_elsewhere(database):
    text = example(("kind: event, on:", "kind: evnt, on:"), ("place: Keuruun kirjasto\n", "mode: on_site\n"))

    errors = errors_of(database, text)

    assert [(told(error)[1:]) for error in errors] == [("convene", "refused"), ("kind", "not_a_choice")]


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        (
            "Kirjastotoimenjohtaja, Keuruun",
            "Kirjastotoimenjohtaja, Keuruu",
            "present[1]",
            "not_found",
        ),
        ("agreed_in: m1", "agreed_in: m2", "agreed_in", "not_found"),
        ("agreed_in: m1", "agreed_in: M1", "agreed_in", "not_found"),
        ("project: Kehitytään kimpassa", "project: Kehitetään", "project", "not_found"),
        ("sector: parish", "sector: church", "sector", "not_a_choice"),
        ("arrived: {Keuruun seurakunta: 17.15}", "arrived: {Keuruun seurakunta: 25.15}", "arrived[0]", "not_a_time"),
        ("count: {association: 12, residents: 5}", "count: {association: monta}", "count[0]", "not_a_number"),
        ("planned_meetings: 1", "planned_meetings: 0", "planned_meetings", "out_of_range"),
        ("title: Ikäihmisten yksinäisyys", "why_together: Kukaan ei yksin pysty", "title", "missing"),
        ("- tell_proposer\n", "- tell_proposer: {by: Nobody}\n", "by", "not_found"),
        ("- tell_proposer\n", "- tell_proposer: {override: [all]}\n", "override", "no_such_promise"),
        ("- tell_proposer\n", '- tell_proposer: {reason: "a\\x07"}\n', "reason", "control_character"),
        ("goal: Kukaan ei jää yksin,", f"goal: {'pitkä ' * 400},", "goal", "too_long"),
        ("    on: 2015-01-10\n", "", "on", "missing"),
        ("short: keuruu", "short: M12", "short", "not_a_short_name"),
        ("role: chair", "role: founder", "role", "not_a_seat"),
        ("- complete: 2016-02-20", "- complete: 2027-01-01", "on", "in_the_future"),
        ("- complete: 2016-02-20", "- complete: {on: 2016-02-20, told: 2027-01-01}", "told", "in_the_future"),
        (
            "organisation: Keuruun kaupunki",
            "organisation: Kaupunki",
            "organisation",
            "not_found",
        ),
        ("begins: 2014-01-01", "begins: 2014-01-01, ends: 2013-01-01", "ends", "ends_before_it_begins"),
    ],
)
def test_a_value_that_cannot_be_taken_is_told_with_its_field(file, old, new, field, code):
    text = example((old, new))

    errors = errors_of(file, text)

    assert (field, code) in [told(error)[1:] for error in errors]


def test_an_error_leaves_nothing_half_written(database):
    with database.reading() as session:
        before = everything(session)

    errors_of(database, example(("- reach_results: 2016-06-01", "- reach_results: 2016-02-01")))

    with database.reading() as session:
        assert everything(session) == before


# Names


def test_parties_that_are_known_by_the_same_name_are_the_same(database):
    read_in(database, example())

    summary = read_in(database, example(("short: keuruu", "short: multia")))

    assert sum(summary.parties.values()) == 0
    with reading(database) as work:
        assert work.session.scalar(select(func.count(Organisation.id))) == 3
        assert work.session.scalar(select(func.count(PartnershipTable.id))) == 2


def test_a_table_that_is_there_already_is_refused(database):
    read_in(database, example())

    errors = errors_of(database, example())

    assert [told(error) for error in errors] == [(line_of(example(), "- short:"), "short", "exists_already")]


def test_an_organisation_of_another_sector_is_refused(database):
    read_in(database, example())

    errors = errors_of(database, "poyta: table-book/1\norganisations:\n- {name: Keuruun kaupunki, sector: company}\n")

    assert [(told(error), error.facts["known"]) for error in errors] == [((3, "sector", "differs"), "municipality")]


def test_what_was_not_known_of_a_person_is_added(database):
    read_in(database, "poyta: table-book/1\npeople: [{name: Kirjastotoimenjohtaja}]\n")

    read_in(database, example())

    with reading(database) as work:
        person = work.session.scalars(select(Person).filter_by(name="Kirjastotoimenjohtaja")).one()
        assert person.organisation.name == "Keuruun kaupunki"


def test_two_people_of_one_name_are_two_only_with_handles_of_their_own(database):
    assert [told(error) for error in errors_of(database, PEOPLE)] == [(2, "name", "name_repeated")]

    read_in(database, PEOPLE.replace("{name: Aino}, {name: Aino}", "{name: Aino, ref: a1}, {name: Aino, ref: a2}"))

    with reading(database) as work:
        assert work.session.scalar(select(func.count(Person.id))) == 2


def test_a_name_that_two_people_share_cannot_be_used(database):
    people = "people:\n  - {name: Aino, ref: a1}\n  - {name: Aino, ref: a2}\n"
    text = example(("people:\n", people), ("- tell_proposer\n", "- tell_proposer: {by: Aino}\n"))

    errors = errors_of(database, text)

    assert [told(error)[1:] for error in errors] == [("by", "ambiguous")]


def test_a_handle_means_one_of_two_people_of_the_same_name(database):
    people = "people:\n  - {name: Aino, ref: a1}\n  - {name: Aino, ref: a2}\n"

    read_in(database, example(("people:\n", people), (SEATED, "- seat: {person: a2}")))

    with reading(database) as work:
        seated = [seat.person for seat in work.session.scalars(select(Seat)) if seat.role == "member"]
        assert [(person.name, person.id) for person in seated] == [("Aino", 2)]


def test_the_same_handle_twice_is_refused(database):
    text = example(("- what: Ensimmäinen kahvihetki\n", "- ref: m1\n                        what: Kahvihetki\n"))

    assert [told(error)[1:] for error in errors_of(database, text)] == [("ref", "ref_repeated")]


def test_a_name_in_a_list_may_have_a_comma(database):
    text = example(("Keurusseudun sydänyhdistys", '"Keuruun Ystävät, Multian osasto"'))

    read_in(database, text)

    with reading(database) as work:
        theme = work.session.scalars(select(Theme)).one()
        assert "Keuruun Ystävät, Multian osasto" in [party.name for party in theme.goal_parties]


# Several books


def test_several_books_are_one_import_and_may_name_each_other(database):
    text = example()
    first, rest = text[: text.index("projects:")], text[text.index("projects:") :]

    summary = read_in(database, "poyta: table-book/1\n" + rest, first)

    assert summary.things["theme"] == 1


def test_a_joint_meeting_is_told_in_the_book_of_one_table_and_joined_by_another(database):
    other = example(("short: keuruu", "short: multia"), ("ref: m1", "ref: m9"), ("agreed_in: m1", "agreed_in: m9"))
    other = other.replace("- planned_meetings: 1", "- ref: toinen\n            planned_meetings: 1")
    join = "- join: {on: 2016-01-21, series: [toinen]}\n                  - set_agenda: 2016-02-01"

    read_in(database, example(("- set_agenda: 2016-02-01", join)), other)

    with reading(database) as work:
        joint = [meeting for meeting in work.session.scalars(select(Meeting)) if meeting.joined_by]
        assert [series.table.slug for meeting in joint for series in meeting.joined_by] == ["multia"]


def test_a_forum_of_a_table_may_be_told_before_it(database):
    forum = without(example(("short: keuruu", "short: multia\n    parent: keuruu")), "ref: m1")
    forum = forum[: forum.index("    themes:")]

    read_in(database, forum, example())

    with reading(database) as work:
        assert work.find("multia", "table").parent.slug == "keuruu"


def test_tables_that_are_each_others_forum_contradict_each_other(database):
    short = example()[: example().index("    themes:")]
    first = short.replace("short: keuruu", "short: keuruu\n    parent: multia")
    second = short.replace("short: keuruu", "short: multia\n    parent: keuruu")

    errors = errors_of(database, first, second)

    assert "order_contradicts" in [error.code for error in errors]


# Who did it


def test_without_a_word_whoever_held_the_role_did_it(database):
    read_in(database, example())

    with reading(database) as work:
        names = {person.pseudonym: person.name for person in work.session.scalars(select(Person))}
        at_the_table = select(HistoryEntry).where(HistoryEntry.table_id.is_not(None))
        did = {entry.move: names[entry.actor] for entry in work.session.scalars(at_the_table)}
    assert did["add"] == "Kirjastotoimenjohtaja"
    assert did["close"] == "Yhdistyksen sihteeri"
    assert did["convene"] == "Kirjastotoimenjohtaja"


def test_roles_are_those_of_the_day(database):
    handed = "      - hand_over: {on: 2016-02-15, to: Yhdistyksen sihteeri, reason: Uusi kausi}\n    themes:\n"

    read_in(database, example(("    themes:\n", handed)))

    with reading(database) as work:
        names = {person.pseudonym: person.name for person in work.session.scalars(select(Person))}
        did = work.session.scalars(select(HistoryEntry.actor).where(HistoryEntry.stream == "series:1")).all()
    assert [names[actor] for actor in dict.fromkeys(did)] == ["Kirjastotoimenjohtaja", "Yhdistyksen sihteeri"]


def test_a_table_that_nobody_convenes_yet_is_added_by_whoever_imports(database):
    text = "poyta: table-book/1\ntables:\n- {short: keuruu, name: Keuruu, kind: network, on: 2016-01-10}\n"

    assert [error.code for error in errors_of(database, text)] == ["nobody_to_act"]

    read_in(database, text, actor="Aino")

    with reading(database) as work:
        assert work.find("keuruu", "table").founder.name == "Aino"


def test_a_coordinator_of_the_project_seats_people_at_its_tables(database):
    text = example(
        ("tables:\n", "coordinators: [{person: Yhdistyksen sihteeri, project: Kehitytään kimpassa}]\ntables:\n")
    )

    read_in(database, text)

    with reading(database) as work:
        roles = work.session.scalars(select(HistoryEntry.role).where(HistoryEntry.move == "seat")).all()
    assert set(roles) == {"coordinator"}


@pytest.mark.parametrize(
    ("coordinator", "field", "code"),
    [
        ("{person: Yhdistyksen sihteeri}", "project", "project_or_area"),
        ("{project: Kehitytään kimpassa}", "person", "missing"),
        ("{person: Yhdistyksen sihteeri, area: Keuruu}", "since", "missing"),
        ("{person: Kukaan, area: Keuruu, since: 2015-01-01}", "person", "not_found"),
        (
            "{person: Kirjastotoimenjohtaja, area: K, since: 1.1.2015, until: 1.1.2014}",
            "until",
            "ends_before_it_begins",
        ),
        ("{person: Yhdistyksen sihteeri, place: Keuruu}", "place", "unknown_key"),
    ],
)
def test_a_coordinator_has_a_person_a_project_or_an_area_and_a_first_day(file, coordinator, field, code):
    errors = errors_of(file, example(("tables:\n", f"coordinators: [{coordinator}]\ntables:\n")))

    assert (field, code) in [told(error)[1:] for error in errors]


# Matters that the program makes by itself


NEXT = """
              - ref: m2
                when: 10.3.2016 klo 17-18.30
                place: Keuruun kirjasto
                steps:
                  - convene: 2016-02-22
                  - set_agenda: 2016-03-01
                  - hold: {present: [Kirjastotoimenjohtaja, Keuruun seurakunta]}
                  - assign_actions: {no_actions_because: Seurattiin entisiä}
                  - complete: 2016-04-01
                memos:
                  - steps:
                      - edit: {text: Kyytirinki}
                      - circulate: {silent_until: 2016-03-31}
                      - confirm: 2016-04-01
                items:
                  - follow_up: true
                    steps: [{settle: {outcome: noted}}]
                  - carried_from: kyydit
                    steps: [{settle: {outcome: agreed, agreed: Kyytirinki, no_action: yes}}]
        results:
"""
CARRIED = """
                items:
                  - title: Kyydit
                    ref: kyydit
                    origin: village
                    steps: [accept, {settle: {outcome: carried_over}}]
"""


def two_meetings() -> str:
    return example(("\n                items:\n", CARRIED), ("\n        results:\n", NEXT))


def test_matters_that_the_program_makes_are_named_by_what_they_come_of(database):
    read_in(database, two_meetings())

    with reading(database) as work:
        second = work.session.get_one(Meeting, 2)
        assert sorted((item.title, item.outcome) for item in second.items) == [("A1", "noted"), ("Kyydit", "agreed")]


def test_an_unsettled_matter_of_the_program_is_missed_like_any_other(database):
    text = two_meetings().replace("                    steps: [{settle: {outcome: noted}}]\n", "")

    (error,) = errors_of(database, text)

    assert (error.line, reasons(error)) == (line_of(text, "no_actions_because"), ["items_settled"])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("carried_from: kyydit", "carried_from: kyyti", "not_found"),
        ("{settle: {outcome: carried_over}}", "{settle: {outcome: noted}}", "no_carried_from"),
        ("- report_done: 2016-03-10\n", "- drop: {reason: Ei}\n", "no_follow_up"),
        ("                  - carried_from: kyydit\n", "                  - follow_up: yes\n", "key_repeated"),
        ("follow_up: true", "follow_up: no", "not_a_choice"),
        ("    ref: kyydit\n", "    carried_from: kyydit\n                    ref: kyydit\n", "no_carried_from"),
    ],
)
def test_a_matter_that_the_program_never_makes_is_told(file, old, new, code):
    text = two_meetings()
    assert old in text

    errors = errors_of(file, text.replace(old, new))

    assert code in [error.code for error in errors]


# Languages


def test_a_text_in_two_languages_is_told_and_translated(database):
    read_in(database, example(("title: Kahvia ja kohtaamisia\n", "title: {fi: Kahvia, sv: Kaffe}\n")))

    with reading(database) as work:
        assert {(each.kind, each.language, each.text) for each in work.session.scalars(select(Translation))} == {
            ("table", "sv", "Keuru partnerskapsbord"),
            ("item", "sv", "Kaffe"),
        }
        assert work.find("keuruu", "table").name == "Keuruun kumppanuuspöytä"


# Time


def test_the_same_day_as_today_is_not_in_the_future(database):
    now = datetime(2016, 6, 1, 6, tzinfo=UTC)

    read_in(database, example(), now=now)

    with reading(database) as work:
        assert work.session.scalars(select(Theme)).one().state_since == now


def test_what_was_written_down_later_is_judged_by_the_roles_of_that_day(database):
    seats = "      - seat: {person: Uusi sihteeri, role: secretary, since: 2016-05-01}\n    themes:\n"
    text = example(("people:\n", "people:\n  - {name: Uusi sihteeri}\n"), ("    themes:\n", seats))
    close = "close: {on: 2016-03-20, by: Uusi sihteeri,"

    errors = errors_of(database, text.replace("close: {on: 2016-03-20,", close))
    read_in(database, text.replace("close: {on: 2016-03-20,", close + " told: 2016-05-02,"))

    assert [reasons(error) for error in errors] == [["role_missing"]]
    with reading(database) as work:
        assert work.session.scalars(select(Action)).one().state == "closed"


def test_a_moment_may_be_told_instead_of_a_day(database):
    read_in(database, example(("- complete: 2016-02-20", '- complete: "2016-02-20T19:05:01.5+02:00"')))

    with reading(database) as work:
        done = work.session.scalars(select(Meeting)).one().state_since
    assert done == datetime(2016, 2, 20, 17, 5, 1, 500000, tzinfo=UTC)


def test_the_newest_move_may_be_taken_back(database):
    undone = ["- accept\n", "- undo: {reason: Väärä asia}\n", "- accept\n"]
    text = example(("- accept\n", (" " * 22).join(undone)))

    read_in(database, text)

    with reading(database) as work:
        moves = work.session.scalars(select(HistoryEntry.move).where(HistoryEntry.stream == "item:1")).all()
        assert work.session.scalars(select(AgendaItem)).one().state == "settled"
    assert moves == ["submit", "accept", "undo", "accept", "settle"]


def test_an_error_is_one_of_ours_with_its_exit_status(database):
    with pytest.raises(BookRefused) as refused:
        read_in(database, example(("sector: parish", "sector: church")))

    assert (refused.value.exit_status, refused.value.code, refused.value.error) == (6, "book_errors", "check_failed")
