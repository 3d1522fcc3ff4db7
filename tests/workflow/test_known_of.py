"""What is kept about a person: all of it, in plain words, for themselves and for those who look after the register."""

import json

import pytest
from sqlalchemy import select

from models.base import Base
from models.history import RefusedAttempt
from models.invitations import InvitationAnswer
from models.reminders import ReminderLetter
from models.states import ActionState, Answer, ErasureGround, ItemState, MeetingState
from tests.builders import PEOPLE, acting, action_at, item_at, keuruu, new, person, step
from tests.conftest import NOW
from tests.looking import codes, failure
from tests.spring import a_theme, hold, meeting_on, now
from workflow.errors import NotAllowed
from workflow.forgetting import forget
from workflow.known_of import CALLED, known_of
from workflow.merging import merge
from workflow.outcomes import How
from workflow.parties import add_party


@pytest.fixture
def busy(work):
    """Göran has to do with everything that a person can have to do with."""
    theme = a_theme(work)
    step(work, theme.table, "describe", {"responsible": "Göran"})
    step(work, theme, "describe", {"responsible": "Göran", "why_together": "Göran Öhmanin mukaan"})
    new(work, "theme", theme.table, {"title": "Kyydit", "proposer": "Göran"})
    meeting = meeting_on(
        work, new(work, "series", theme, {"planned_meetings": 3}), "19.4.2016", MeetingState.AGENDA_SET
    )
    step(work, meeting, "prepare", {"chair": "Göran", "secretary": "Göran"})
    hold(work, meeting, present={"present": ["Göran", "Aino", "Sirkka"], "deputy": ["Sirkka=Göran"]})
    now(work, new(work, "memo", meeting), "edit", {"text": "Keskusteltiin kyydeistä."}, who="Göran")
    item_at(work, theme, ItemState.SUBMITTED, submitter="Göran", presenter="Göran")
    action = action_at(work, theme, ActionState.ASSIGNED, to="Göran")
    action_at(work, theme, ActionState.ASSIGNED, to="Pekka", shared_with=["Göran"])
    now(work, action, "report_done", who="Göran")
    table = new(acting(work, "Göran"), "table", None, {"name": "Kirkko", "short": "kirkko", "kind": "network"})
    assert table.founder_id == 2
    answered = {"answer": Answer.ACCEPTED, "answered_at": work.now, "sequence": 0}
    work.session.add(InvitationAnswer(meeting_id=meeting.id, person_id=2, **answered))
    work.session.add(ReminderLetter(person_id=2, made_at=work.now, written_at=work.now))
    work.session.flush()
    return work


def the_document(work, name="Göran", by="Kerttu"):
    """As it would be written."""
    return known_of(acting(work, by), person(work, name))


def naming():
    """Every column that names a person, but where one person is found to be another."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if table.name != "people" and any(key.column.table.name == "people" for key in column.foreign_keys):
                yield table, column


def test_every_row_that_names_them_is_there(busy):
    document = the_document(busy)

    for table, column in naming():
        rows = busy.session.execute(select(table).where(column == 2)).all()
        told = [row for row in document[CALLED.get(table.name, table.name)] if column.name[:-3] in row["as"]]
        assert len(told) == len(rows) > 0, column


def test_the_register_is_told_in_plain_words(busy):
    person(busy, "Göran").email = "goran@seurakunta.fi"

    told = the_document(busy)["person"]

    assert told == {
        "ref": "P2",
        "name": "Göran Öhman",
        "email": "goran@seurakunta.fi",
        "organisation": "Keuruun seurakunta",
        "state": "known",
        "pseudonyms": ["person-2"],
        "merged": [],
    }


def test_a_row_tells_what_it_is_about_without_what_is_the_program_s_own(busy):
    [action] = [each for each in the_document(busy)["actions"] if "responsible_person" in each["as"]]

    assert (action["ref"], action["what"], action["theme"], action["state"]) == (
        "A1",
        "Kootaan kyytirinki",
        "T1",
        ActionState.REPORTED_DONE,
    )
    assert action["as"] == ["responsible_person", "reported_by"]
    assert not action.keys() & {"id", "version", "entries"}


def test_what_they_did_and_where_they_are_named_is_told_from_the_history(busy):
    entries = the_document(busy)["history"]

    acted = [(each["ref"], each["move"]) for each in entries if each["acted"]]
    named = [(each["ref"], each["move"]) for each in entries if not each["acted"]]
    assert acted == [("D1", "edit"), ("A1", "report_done"), ("kirkko", "add")]
    assert {("keuruu", "seat"), ("M1", "prepare"), ("A1", "assign"), ("A2", "assign")} <= set(named)
    prepared = next(each for each in entries if each["move"] == "prepare")
    assert prepared["facts"] == [["chair", "P2"], ["secretary", "P2"]]
    assert prepared["words"] == {}


def test_the_words_that_they_said_themselves_are_theirs(busy):
    entries = the_document(busy)["history"]

    assert entries[-1]["words"] == {"name": "Kirkko"}


def test_texts_that_name_them_are_there_as_they_are(busy):
    texts = the_document(busy)["texts"]

    assert texts == [
        {"where": "T1", "field": "why_together", "text": "Göran Öhmanin mukaan"},
        {"where": texts[1]["where"], "field": "why_together", "text": "Göran Öhmanin mukaan"},
    ]


def test_what_was_said_of_their_presence_is_there(busy):
    meeting = meeting_on(busy, busy.find("S1", "series"), "17.5.2016")
    step(busy, meeting, "attend", {"only_for": ["Göran=asia 2"]})

    entry = the_document(busy)["history"][-1]

    assert (entry["move"], entry["acted"], entry["words"]) == ("attend", False, {"only_for": "P2=asia 2"})


def test_what_they_tried_and_was_refused_is_there(busy):
    tried = {"recorded_at": NOW, "actor": "person-2", "stream": "table:1", "move": "end", "reasons": "role_missing,x"}
    busy.session.add(RefusedAttempt(**tried))
    busy.session.flush()

    assert the_document(busy)["refused_attempts"] == [
        {"ref": "keuruu", "kind": "table", "move": "end", "reasons": ["role_missing", "x"], "recorded_at": NOW}
    ]


def test_others_are_there_by_reference_only(busy):
    written = json.dumps(the_document(busy), default=str, ensure_ascii=False)

    assert [name for name in PEOPLE if name in written] == ["Göran Öhman"]
    assert "person-1" not in written


def test_whoever_was_found_to_be_the_same_is_told_with_them(busy):
    add_party(busy, "person", {"name": "G. Öhman", "email": "g@ohman.fi"})
    merge(acting(busy, "Kerttu"), person(busy, "G. Öhman"), person(busy, "Göran Öhman"), How())

    told = the_document(busy, "G. Öhman")

    assert told["person"]["merged"] == [{"ref": "P7", "name": "G. Öhman", "email": "g@ohman.fi"}]
    assert ("P7", "merge") in [(each["ref"], each["move"]) for each in told["history"]]


def test_of_somebody_forgotten_what_is_left_is_told(work):
    keuruu(work)
    forget(acting(work, "Kerttu"), person(work, "Sirkka"), ErasureGround.OBJECTED, How())

    told = the_document(work, "P4")

    assert (told["person"]["name"], told["person"]["state"], told["texts"]) == ("P4", "forgotten", [])
    assert [each["move"] for each in told["history"]] == ["add", "forget"]


def test_only_themselves_and_keepers_of_the_register_see_it(busy):
    stranger = failure(busy, lambda: the_document(busy, by="Väinö"))

    assert (type(stranger), codes(stranger)) == (NotAllowed, ["role_missing"])
    assert the_document(busy, "Väinö", by="Väinö")["person"]["name"] == "Väinö Vieras"


def test_of_somebody_who_was_only_added_little_is_told(work):
    keuruu(work)

    told = the_document(work, "Väinö")

    assert set(told) == {"person", "history", "refused_attempts", "texts"}
    assert ([each["move"] for each in told["history"]], told["texts"]) == (["add"], [])


def test_every_part_of_the_document_has_a_heading():
    from cli.known import HEADINGS

    tables = {CALLED.get(table.name, table.name) for table, _ in naming()}

    assert tables | {"person", "history", "refused_attempts", "texts"} == HEADINGS.keys()
