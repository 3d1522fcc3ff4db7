"""The right to be forgotten: the name goes out of everything, the history holds, and nobody's work is left hanging."""

from datetime import date
from uuid import UUID

from sqlalchemy import Text, select, text

from models.actions import Action
from models.base import Base
from models.database import Database
from models.history import HistoryEntry, HistoryWords
from models.invitations import InvitationAnswer
from models.people import Organisation, Person, Project, Seat
from models.sealing import commitment
from models.states import (
    ActionState,
    Answer,
    ErasureGround,
    ItemState,
    KeepingGround,
    MeetingState,
    Role,
    Sector,
    TableState,
)
from tests.builders import MEMBERS, acting, action_at, item_at, keuruu, new, person, step, table_at
from tests.looking import all_of, at_work, codes, everything, failure, history_of
from tests.spring import SURE, a_series, a_theme, hold, meeting_on, now
from tests.workflow.exchange.books import read_in, written
from workflow.audit.verifying import verify
from workflow.errors import BadValue, NotAllowed, Refused, Usage, WrongState
from workflow.forgetting import covered, foresee, forget, keep
from workflow.merging import merge
from workflow.naming import fold
from workflow.outcomes import How
from workflow.parties import add_party
from workflow.searching import Found
from workflow.texts import APART, KIND_OF, PART_OF
from workflow.undoing import undo

GROUND = ErasureGround.CONSENT_WITHDRAWN
NOTHING = How()

NAMED = "Sirkka Möttönen"
"""Who is forgotten here: somebody without a seat, who brings matters and whom texts name."""


def forgotten(work, name=NAMED, by="Kerttu", **told):
    """Forget somebody; Kerttu, who coordinates, decides."""
    return forget(acting(work, by), person(work, name), GROUND, told.pop("how", NOTHING), **told)


def why_not(work, name=NAMED, by="Kerttu"):
    """Every reason for not forgetting somebody."""
    error = failure(work, lambda: forgotten(work, name, by))
    assert isinstance(error, Refused), error
    return error


def remains(rows, *names):
    """Every value in which one of the names is left, in any case and with or without diacritics."""
    wanted = [fold(each) for name in names for each in (name, " ".join(reversed(name.split())))]
    return [
        (table, value)
        for table, found in rows.items()
        for row in found
        for value in row
        if isinstance(value, str) and any(each in fold(value) for each in wanted)
    ]


def a_written_theme(work):
    """A theme with matters, work and a result in which Sirkka is named, also in other languages."""
    theme = a_theme(work)
    step(work, theme.table, "describe", {"name": "Sirkka Möttösen pöytä", "decided_by": "Möttönen Sirkka"})
    item_at(work, theme, ItemState.SUBMITTED, title="Sirkka Möttösen kyydit", presenter=NAMED)
    action = action_at(work, theme, ActionState.CLOSED, what="SIRKKA MOTTONEN soittaa", to="Pekka")
    now(work, action, "translate", {"field": "what", "language": "sv", "text": "Sirkka Möttönens samtal"})
    return theme


# Nothing is left


def test_the_name_is_left_in_no_row_of_any_table(database):
    with at_work(database) as work:
        a_written_theme(work)
        person(work, NAMED).email = "sirkka.mottonen@keuruu.fi"

    with at_work(database) as work:
        forgotten(work, how=How(reason="Sirkka Möttönen pyysi sitä"))

    assert remains(all_of(database), NAMED, "sirkka.mottonen") == []


def test_a_word_of_the_history_that_is_left_would_be_found(database):
    with at_work(database) as work:
        theme = a_written_theme(work)
        forgotten(work)
        entry = history_of(work, theme)[0]
        work.session.add(HistoryWords(entry_id=entry.id, salt="", field="reason", text="Sirkka Möttönen"))

    assert [table for table, _ in remains(all_of(database), NAMED)] == ["history_words"]


def test_the_row_stays_with_its_number_and_pseudonym(work):
    known = person(work, NAMED)
    number, pseudonym, home = known.id, known.pseudonym, known.organisation_id
    keuruu(work)

    erasure = forgotten(work)

    row = work.session.get_one(Person, number)
    assert (row.name, row.email, row.forgotten, row.pseudonym) == (f"P{number}", None, True, pseudonym)
    assert row.organisation_id == home
    assert (erasure.ref, erasure.ground, erasure.repeated) == (f"P{number}", "consent_withdrawn", False)


def test_everything_that_was_hers_is_under_her_number_still(work):
    theme = a_written_theme(work)

    forgotten(work)

    [item] = theme.items
    assert item.presenter.name == f"P{item.presenter_id}"
    assert item.title == "… kyydit"


def test_what_they_answered_to_invitations_is_gone_and_who_came_stays(work):
    series = a_series(work)
    meeting = meeting_on(work, series, "19.4.2016", MeetingState.AGENDA_SET)
    hold(work, meeting, present={"present": ["Aino", "Göran", NAMED]})
    told = {"meeting_id": meeting.id, "answer": Answer.ACCEPTED, "answered_at": meeting.state_since, "sequence": 0}
    for name in (NAMED, "Göran"):
        work.session.add(InvitationAnswer(person_id=person(work, name).id, **told))
    number = person(work, NAMED).id

    forgotten(work)

    assert work.session.scalars(select(InvitationAnswer.person_id)).all() == [person(work, "Göran").id]
    assert number in [each.person_id for each in meeting.attendance]


def test_whatever_was_written_is_said_with_its_place(work):
    a_written_theme(work)
    foreseen = foresee(acting(work, "Kerttu"), person(work, NAMED))

    erasure = forgotten(work)

    assert erasure.traces == foreseen
    assert erasure.traces.named == (
        Found("A1", "what", "… samtal"),
        Found("keuruu", "name", "… pöytä"),
        Found("keuruu", "founded_by", "…"),
        Found("T1/1", "title", "… kyydit"),
        Found("A1", "what", "… soittaa"),
        Found("keuruu 10", "name", "… pöytä"),
        Found("keuruu 10", "decided_by", "…"),
        Found("keuruu 11", "title", "… kyydit"),
        Found("keuruu 12", "what", "… soittaa"),
        Found("keuruu 16", "text", "… samtal"),
    )


def test_of_every_text_that_can_be_written_it_is_known_whose_it_is(work):
    written = {table for table in Base.metadata.sorted_tables if any(type(each.type) is Text for each in table.columns)}

    assert {table.name for table in written} == {*KIND_OF, *PART_OF, "translations", *APART} - {"meeting_series"}


def test_foreseeing_changes_nothing(database):
    with at_work(database) as work:
        a_written_theme(work)
    before = all_of(database)

    with at_work(database) as work:
        foresee(acting(work, "Kerttu"), person(work, NAMED))

    assert all_of(database) == before


def test_single_words_of_the_name_are_left_and_pointed_at(work):
    theme = a_theme(work)
    action_at(work, theme, ActionState.CLOSED, what="Möttösen talon katto", to="Pekka")

    traces = forgotten(work).traces

    assert traces.named == ()
    assert ("A1", "what", "Möttösen talon katto") in traces.perhaps
    assert work.session.get_one(Action, 1).what == "Möttösen talon katto"


def test_other_names_are_taken_out_when_they_are_told(work):
    theme = a_theme(work)
    action_at(work, theme, ActionState.CLOSED, what="Sirpa soittaa, entinen Sirpa Kettunen", to="Pekka")

    forgotten(work, also=["Sirpa Kettunen", "Sirpa"])

    assert work.session.get_one(Action, 1).what == "… soittaa, entinen …"


def test_whoever_was_found_to_be_the_same_is_forgotten_too(work):
    theme = a_theme(work)
    add_party(work, "person", {"name": "Sirkka Mottola", "email": "sirkka@kyla.fi"})
    action_at(work, theme, ActionState.CLOSED, what="Sirkka Mottola / sirkka@kyla.fi", to="Pekka")
    merge(acting(work, "Kerttu"), person(work, "Sirkka Mottola"), person(work, NAMED), NOTHING)

    erasure = forgotten(work)

    rows = [each for each in work.session.scalars(select(Person).order_by(Person.id)) if each.forgotten]
    assert [(row.name, row.email) for row in rows] == [(f"P{row.id}", None) for row in rows]
    assert len(rows) == 2
    assert work.session.get_one(Action, 1).what == "… / …"
    assert ("of", "P7") in history_of(work, rows[0])[-1].told
    assert erasure.ref == "P4"


def test_somebody_of_the_same_name_keeps_it(work):
    keuruu(work)
    namesake = add_party(work, "person", {"name": NAMED})

    traces = forgotten(work, "P4").traces

    assert traces.namesakes == (f"P{namesake.id}",)
    assert namesake.name == NAMED


def test_whoever_comes_later_with_the_same_name_is_somebody_else(work):
    keuruu(work)
    forgotten(work)

    later = add_party(work, "person", {"name": NAMED})

    assert (later.id, work.find(NAMED, "person")) == (7, later)


def test_two_names_that_read_alike_without_hers_are_still_two(work):
    keuruu(work)
    for name in ("Tmi Sirkka Möttönen", "Tmi Möttönen Sirkka"):
        add_party(work, "organisation", {"name": name, "sector": "company"})

    forgotten(work)

    names = work.session.scalars(select(Organisation.name).where(Organisation.sector == Sector.COMPANY))
    assert {each for each in names if each.startswith("Tmi")} == {"Tmi …", "Tmi … 2"}


def test_whoever_has_looked_at_a_text_is_told_that_it_changed(work):
    theme = a_written_theme(work)
    seen = {row: row.version for row in (theme.table, theme.actions[0], theme.items[0])}

    forgotten(work)

    assert all(row.version > version for row, version in seen.items())


# The history holds


def test_an_entry_stays_as_it_is_and_the_erasure_answers_for_its_words(work):
    theme = a_written_theme(work)
    entries = {each.id: (each.hash, each.commitment) for each in work.session.scalars(select(HistoryEntry))}

    forgotten(work)

    *_, erasure = work.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)).all()
    now_so = {each.id: (each.hash, each.commitment) for each in work.session.scalars(select(HistoryEntry))}
    assert entries.items() <= now_so.items()
    assert (erasure.move, erasure.from_state, erasure.to_state) == ("forget", "known", "forgotten")
    assert (erasure.table_id, erasure.told[0]) == (None, ("ground", "consent_withdrawn"))
    changed = covered(erasure.told)
    assert changed == {number: told_now(work, number) for number in changed}
    assert all(f"{number}:{entries[number][1]}:" in erasure.facts for number in changed)
    assert all(entries[number][1] != left for number, left in changed.items())
    assert theme.items[0].entries == 1


def told_now(work, number):
    """What the words of an entry commit to as they are."""
    words = work.session.scalars(select(HistoryWords).filter_by(entry_id=number).order_by(HistoryWords.id))
    return commitment((each.salt, each.field, each.text) for each in words)


def test_words_go_with_their_salt(work):
    a_written_theme(work)
    before = {
        each.salt for each in work.session.scalars(select(HistoryWords).where(HistoryWords.text.contains("irkk")))
    }

    forgotten(work)

    assert before
    assert before.isdisjoint(work.session.scalars(select(HistoryWords.salt)))


def test_of_two_erasures_of_the_same_words_the_newer_says_what_holds(database):
    with at_work(database) as work:
        theme = a_theme(work)
        action_at(work, theme, ActionState.CLOSED, what="Sirkka Möttönen ja Väinö Vieras", to="Pekka")
        forgotten(work)

    with at_work(database) as work:
        forgotten(work, "Väinö")

    with at_work(database) as work:
        first, second = work.session.scalars(
            select(HistoryEntry).filter_by(move="forget").order_by(HistoryEntry.id)
        ).all()
        [entry] = covered(first.told).keys() & covered(second.told).keys()
        assert covered(second.told)[entry] == told_now(work, entry) != covered(first.told)[entry]
        assert work.session.get_one(Action, 1).what == "… ja …"
    assert verify(database.place).findings == ()


def test_who_checks_the_history_finds_it_whole_and_hears_of_the_erasure(database):
    with at_work(database) as work:
        a_written_theme(work)
        number = forgotten(work).number

    verdict = verify(database.place)

    assert verdict.findings == ()
    assert verdict.erased == {f"poyta {number}": 4}


def test_words_that_others_change_are_still_found(database):
    with at_work(database) as work:
        a_written_theme(work)
        forgotten(work)
        masked = work.session.scalars(select(HistoryWords).where(HistoryWords.text.contains("…"))).first()
        work.session.execute(text("DELETE FROM history_words WHERE id = :id"), {"id": masked.id})

    assert {each.code for each in verify(database.place).findings} & {"words_changed", "words_missing"}


def test_forgetting_again_changes_nothing(work):
    keuruu(work)
    first = forgotten(work)
    before = everything(work.session)

    again = forgotten(work, "P4", how=How(reason="Vielä kerran"))

    assert (again.repeated, again.number, again.ground) == (True, first.number, "consent_withdrawn")
    assert everything(work.session) == before


def test_a_book_written_afterwards_knows_a_number_and_reads_back(database, template_file, tmp_path):
    with at_work(database) as work:
        a_written_theme(work)
        meeting_on(work, a_series(work, "multia"), "19.4.2016", MeetingState.HELD)
        step(work, work.find("keuruu", "table"), "unseat", {"person": "Göran"})
        step(work, work.find("multia", "table"), "unseat", {"person": "Göran"})
        forgotten(work, "Göran")
        forgotten(work)
    elsewhere = tmp_path / "kopio.db"
    elsewhere.write_bytes(template_file.read_bytes())

    book = written(database)

    copy = Database(str(elsewhere))
    read_in(copy, book)
    assert written(copy) == book
    copy.close()
    assert "P2" in book
    assert "ohman" not in fold(book)
    assert "sirkka" not in fold(book)


# What must be put in order first


def test_every_duty_is_told_at_once_with_what_helps(work):
    theme = a_theme(work)
    series = new(work, "series", theme, {"planned_meetings": 3})
    work.session.expire_all()
    table = theme.table
    meeting = meeting_on(work, series, "7.6.2016")
    step(work, meeting, "prepare", {"chair": "Göran", "secretary": "Göran"})
    step(work, theme, "describe", {"responsible": "Göran"})
    step(work, table, "describe", {"responsible": "Göran"})
    action_at(work, theme, ActionState.IN_PROGRESS, to="Göran")
    action_at(work, theme, ActionState.ASSIGNED, to="Pekka", shared_with=["Göran"])
    action_at(work, theme, ActionState.CLOSED, to="Göran")

    error = why_not(work, "Göran")

    assert codes(error) == [
        "forget_responsible",
        "forget_sharing",
        "forget_seated",
        "forget_answering",
        "forget_as_chair",
        "forget_as_secretary",
    ]
    assert (error.row.id, error.move, error.state) == (2, "forget", "known")
    assert [remedy for reason in error.reasons for remedy in reason.remedies] == [
        "poyta action reassign A1 --to PARTY --reason TEXT",
        "poyta action share A2 --shared-with PARTY",
        "poyta table unseat keuruu --person P2",
        "poyta table describe keuruu --responsible PERSON",
        "poyta theme describe T1 --responsible PERSON",
        "poyta meeting prepare M1 --chair PERSON",
        "poyta meeting prepare M1 --secretary PERSON",
    ]


def test_what_the_remedies_say_is_enough(work):
    theme = a_theme(work)
    meeting = meeting_on(work, new(work, "series", theme, {"planned_meetings": 3}), "7.6.2016")
    step(work, meeting, "prepare", {"chair": "Göran", "secretary": "Göran"})
    step(work, theme, "describe", {"responsible": "Göran"})
    mine = action_at(work, theme, ActionState.IN_PROGRESS, to="Göran")
    shared = action_at(work, theme, ActionState.ASSIGNED, to="Pekka", shared_with=["Göran"])

    now(work, mine, "reassign", {"to": "Pekka"})
    now(work, shared, "share", {"shared_with": "Sirkka"})
    now(work, theme.table, "unseat", {"person": "P2"})
    now(work, theme, "describe", {"responsible": "Aino"})
    now(work, meeting, "prepare", {"chair": "Aino", "secretary": "Pekka"})

    assert forgotten(work, "Göran").ref == "P2"


def test_work_under_an_ended_theme_can_only_be_dropped(work):
    theme = a_theme(work)
    action_at(work, theme, ActionState.IN_PROGRESS, to="Göran")
    step(work, theme, "discontinue", {"outcome": "no_resources"})

    [reason] = [each for each in why_not(work, "Göran").reasons if each.code == "forget_responsible"]

    assert reason.remedies == ("poyta action drop A1 --reason TEXT",)


def test_a_table_that_is_not_founded_is_in_the_hands_of_who_proposed_it(work):
    table = table_at(work, TableState.PROPOSED)
    now(work, table, "unseat", {"person": "Aino"})
    now(work, table, "describe", {"responsible": "Göran"})

    assert codes(why_not(work, "Aino")) == ["forget_founding"]


def test_what_has_passed_is_no_duty(work):
    theme = a_theme(work)
    meeting = meeting_on(
        work, new(work, "series", theme, {"planned_meetings": 1}), "19.4.2016", MeetingState.AGENDA_SET
    )
    hold(work, meeting, present={"present": list(MEMBERS), "chair": "Göran"})
    action_at(work, theme, ActionState.CLOSED, to="Göran")
    step(work, theme.table, "unseat", {"person": "Göran", "until": "20.5.2016"})

    assert forgotten(work, "Göran").ref == "P2"


def test_a_seat_whose_end_is_known_can_end_sooner(work):
    table = keuruu(work)
    now(work, table, "seat", {"person": "Väinö", "until": "31.12.2016"})

    refused = why_not(work, "Väinö")
    now(work, table, "unseat", {"person": "Väinö"})

    assert codes(refused) == ["forget_seated"]
    assert forgotten(work, "Väinö").ref == "P6"


def test_a_seat_to_come_can_be_taken_back(work):
    table = keuruu(work)
    now(work, table, "seat", {"person": "Väinö", "since": "1.8.2016"})

    refused = why_not(work, "Väinö")
    now(work, table, "unseat", {"person": "Väinö"})

    assert codes(refused) == ["forget_seated"]
    assert forgotten(work, "Väinö").ref == "P6"


def test_a_seat_at_a_table_that_has_ended_is_no_duty(work):
    table_at(work, TableState.ENDED)

    keuruu(work, "multia")
    now(work, work.find("multia", "table"), "unseat", {"person": "Göran"})

    assert forgotten(work, "Göran").ref == "P2"


def test_coordinating_a_project_ends_with_the_name(work):
    keuruu(work)
    project = Project(name="Kehitytään kimpassa")
    work.session.add(project)
    work.session.flush()
    seat = Seat(role=Role.COORDINATOR, since=date(2016, 1, 1), person_id=6, project_id=project.id)
    work.session.add(seat)
    work.session.flush()

    forgotten(work, "Väinö")

    assert seat.until == date(2016, 5, 20)


def test_a_name_in_what_is_never_changed_is_told_with_the_entry(work):
    new(work, "table", None, {"name": "Kylä", "short": "sirkka-mottonen", "kind": "network", "area": "Keuruu"})
    keuruu(work)

    [reason] = why_not(work).reasons

    assert (reason.code, dict(reason.facts)) == ("forget_in_facts", {"entries": ["sirkka-mottonen 1"]})


def test_what_people_write_never_goes_into_what_is_never_changed(work):
    series = a_series(work)
    step(work, series.table, "describe", {"decided_by": "Sirkka Möttönen"})
    meeting = meeting_on(work, series, "19.4.2016", MeetingState.AGENDA_SET)

    step(work, meeting, "attend", {"present": ["Aino"], "only_for": ["Göran=Sirkka Möttösen asia"]})

    told = history_of(work, meeting)[-1]
    assert "only_for" not in dict(told.told)
    assert [(each.field, each.text) for each in told.words] == [("only_for", "person:person-2=Sirkka Möttösen asia")]
    assert remains({"facts": [(each.facts,) for each in work.session.scalars(select(HistoryEntry))]}, NAMED) == []


# Who may


def test_only_keepers_of_the_register_erase_a_name_or_refuse_to(work):
    keuruu(work)
    stranger = acting(work, "Väinö")

    erasing = failure(work, lambda: forget(stranger, person(work, NAMED), GROUND, NOTHING))
    keeping = failure(work, lambda: keep(stranger, person(work, NAMED), KeepingGround.ARCHIVING, SURE))

    assert [(type(each), codes(each)) for each in (erasing, keeping)] == [(NotAllowed, ["role_missing"])] * 2


def test_nobody_erases_their_own_name(work):
    keuruu(work)
    work.session.add(Seat(role=Role.COORDINATOR, since=date(2016, 1, 1), person_id=6, area="Keuruu"))
    work.session.flush()

    assert codes(why_not(work, "Väinö", by="Väinö")) == ["forget_oneself"]


# Afterwards


def test_nothing_new_can_be_theirs(work):
    theme = a_theme(work)
    forgotten(work)

    error = failure(work, lambda: action_at(work, theme, ActionState.ASSIGNED, to="P4"))

    assert (type(error), error.code, error.field) == (BadValue, "forgotten", "to")


def test_undoing_does_not_give_them_work_again(work):
    theme = a_theme(work)
    action = action_at(work, theme, ActionState.IN_PROGRESS, to="Väinö")
    now(work, action, "reassign", {"to": "Pekka"})
    forgotten(work, "Väinö")

    error = failure(work, lambda: undo(work, action, SURE))

    assert (type(error), error.code) == (BadValue, "forgotten")


def test_an_undone_move_brings_no_word_of_it_back(work):
    theme = a_theme(work)
    action = action_at(work, theme, ActionState.REPORTED_DONE, to="Pekka")
    now(work, action, "close", {"outcome": "Sirkka Möttönen hoiti sen"}, who="Pekka")
    forgotten(work)

    undo(acting(work, "Pekka"), action, SURE)

    assert remains(everything(work.session), NAMED) == []


# Refusing to


def test_refusing_to_erase_is_written_down_with_its_ground(work):
    keuruu(work)
    known = person(work, NAMED)

    number = keep(acting(work, "Kerttu"), known, KeepingGround.ARCHIVING, How(reason="Kuntalain mukaan"))

    entry = history_of(work, known)[-1]
    assert (entry.number, entry.move, entry.from_state, entry.to_state) == (number, "keep", "known", "known")
    assert (entry.told, [each.text for each in entry.words]) == ([("ground", "archiving")], ["Kuntalain mukaan"])
    assert (known.name, known.forgotten) == (NAMED, False)


def test_refusing_needs_a_reason(work):
    keuruu(work)

    error = failure(work, lambda: keep(acting(work, "Kerttu"), person(work, NAMED), KeepingGround.ARCHIVING, NOTHING))

    assert codes(error) == ["reason_missing"]


def test_what_was_erased_is_not_kept(work):
    keuruu(work)
    forgotten(work)

    error = failure(work, lambda: keep(acting(work, "Kerttu"), person(work, "P4"), KeepingGround.ARCHIVING, SURE))

    assert (type(error), codes(error)) == (WrongState, ["wrong_state"])


def test_what_was_kept_may_be_erased_later(work):
    keuruu(work)
    keep(acting(work, "Kerttu"), person(work, NAMED), KeepingGround.LEGAL_CLAIMS, SURE)

    forgotten(work)

    assert [each.move for each in history_of(work, person(work, "P4"))][-2:] == ["keep", "forget"]


def test_a_command_sent_twice_is_done_once(work):
    keuruu(work)
    keeper, known = acting(work, "Kerttu"), person(work, NAMED)
    how = How(reason="Laki", command=UUID("7a9d1c1e-57a5-4b61-9a43-0f6e0f4d8a11"))

    first, second = (keep(keeper, known, KeepingGround.ARCHIVING, how) for _ in range(2))
    other = failure(work, lambda: keep(keeper, person(work, "Göran"), KeepingGround.ARCHIVING, how))

    assert first == second
    assert (type(other), other.code) == (Usage, "command_used")
