"""Two entries for one party become one, and whatever named the one that went means the one that stayed."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from models.history import HistoryEntry
from models.invitations import InvitationAnswer
from models.people import Seat
from models.states import ActionState, Answer, MeetingState, ThemeState
from tests.builders import action_at, first_people, keuruu, meeting_at, person, step, theme_at
from tests.conftest import NOW
from tests.workflow.exchange.books import written
from workflow.engine import make_move
from workflow.errors import NotAllowed, Usage
from workflow.merging import merge
from workflow.outcomes import How
from workflow.parties import add_party
from workflow.undoing import undo
from workflow.work import Work

HOW = How(reason="Sama taho")


@pytest.fixture
def parish_twice(work):
    """The parish of Keuruu, and the same under another name, which has agreed to a goal and taken work."""
    table = keuruu(work)
    twice = add_party(work, "organisation", {"name": "Keuruun srk", "sector": "parish"})
    theme = theme_at(work, table, ThemeState.HELD)
    meeting = theme.series[0].meetings[0]
    goal = {"goal": "Yhdessä", "agreed_in": f"M{meeting.id}", "parties": ["Keuruun srk", "Keuruun seurakunta"]}
    step(work, theme, "goal", goal)
    action = action_at(work, meeting, ActionState.ASSIGNED)
    step(work, action, "reassign", {"to": "Keuruun srk"})
    work.session.flush()
    return twice


def test_what_was_the_duplicates_is_the_others(work, parish_twice):
    stays = work.find("Keuruun seurakunta", "organisation")

    merge(work, parish_twice, stays, HOW)

    action = work.find("A1", "action")
    assert action.responsible_organisation is stays
    assert work.find("T1", "theme").goal_parties == [stays]
    assert parish_twice.merged_into is stays


def test_the_old_name_and_number_mean_the_one_that_stays(work, parish_twice):
    stays = work.find("Keuruun seurakunta", "organisation")

    merge(work, parish_twice, stays, HOW)

    assert work.find("Keuruun srk", "organisation") is stays
    assert work.find(f"G{parish_twice.id}", "organisation") is stays


def test_a_merge_is_history_with_its_reason(work, parish_twice):
    stays = work.find("Keuruun seurakunta", "organisation")

    merge(work, parish_twice, stays, HOW)

    wanted = select(HistoryEntry).filter_by(stream=parish_twice.stream).order_by(HistoryEntry.version.desc())
    entry = work.session.scalars(wanted).first()
    assert (entry.move, entry.from_state, entry.to_state) == ("merge", "known", "merged")
    assert entry.told == [("into", stays.stream)]
    assert [words.text for words in entry.words] == ["Sama taho"]


def test_whoever_has_looked_at_a_thing_sees_that_it_was_changed(work, parish_twice):
    action = work.find("A1", "action")
    before = action.version

    merge(work, parish_twice, work.find("Keuruun seurakunta", "organisation"), HOW)

    assert work.find("A1", "action").version == before + 1


def test_nobody_is_present_twice(work):
    table = keuruu(work)
    add_party(work, "person", {"name": "Aino Äijäla", "email": "aino@example.org"})
    meeting = meeting_at(work, theme_at(work, table, ThemeState.AGENDA_SET).series[0], MeetingState.AGENDA_SET)
    step(work, meeting, "attend", {"present": ["Aino Äijälä", "Aino Äijäla", "Göran Öhman"]})

    merge(work, work.find("Aino Äijäla", "person"), person(work, "Aino Äijälä"), HOW)

    work.session.refresh(meeting)
    assert sorted(each.person.name for each in meeting.attendance) == ["Aino Äijälä", "Göran Öhman"]
    assert person(work, "Aino Äijälä").email == "aino@example.org"


def test_nobody_answers_twice(work):
    add_party(work, "person", {"name": "Aino Äijäla"})
    meeting = meeting_at(work, theme_at(work, keuruu(work), ThemeState.CONVENED).series[0], MeetingState.CONVENED)
    for name, answer in (("Aino Äijälä", Answer.ACCEPTED), ("Aino Äijäla", Answer.DECLINED)):
        told = {"meeting_id": meeting.id, "answer": answer, "answered_at": NOW, "sequence": 0}
        work.session.add(InvitationAnswer(person=work.find(name, "person"), **told))
    work.session.flush()

    merge(work, work.find("Aino Äijäla", "person"), person(work, "Aino Äijälä"), HOW)

    (left,) = work.session.scalars(select(InvitationAnswer))
    assert (left.person.name, left.answer) == ("Aino Äijälä", Answer.ACCEPTED)


def test_a_merged_person_keeps_the_seats_of_both(work):
    table = keuruu(work)
    add_party(work, "person", {"name": "Pekka Naatanen"})
    step(work, table, "seat", {"person": "Pekka Naatanen", "role": "member"})

    merge(work, work.find("Pekka Naatanen", "person"), person(work, "Pekka Näätänen"), HOW)

    pekka = person(work, "Pekka Näätänen")
    roles = work.session.scalars(select(Seat.role).where(Seat.person_id == pekka.id, Seat.table_id == table.id)).all()
    assert sorted(roles) == ["member", "secretary"]


def test_merging_goes_on_to_the_one_that_stays_at_last(work):
    keuruu(work)
    first, second = (
        add_party(work, "organisation", {"name": name, "sector": "parish"}) for name in ("Srk", "Seurakunta")
    )
    last = work.find("Keuruun seurakunta", "organisation")

    merge(work, first, second, HOW)
    merge(work, work.find("Seurakunta", "organisation"), last, HOW)

    assert work.find("Srk", "organisation") is last


@pytest.mark.parametrize(
    ("into", "code"), [("Keuruun srk", "merge_with_itself"), ("Keuruun kaupunki", "merge_of_sectors")]
)
def test_what_can_t_be_the_same_is_not_made_one(work, parish_twice, into, code):
    with pytest.raises(Usage) as refused:
        merge(work, parish_twice, work.find(into, "organisation"), HOW)

    assert refused.value.code == code
    assert parish_twice.merged_into_id is None


def test_who_has_no_office_merges_nobody(work, parish_twice):
    work.actor = person(work, "Väinö Vieras")

    with pytest.raises(NotAllowed) as refused:
        merge(work, parish_twice, work.find("Keuruun seurakunta", "organisation"), HOW)

    assert [reason.code for reason in refused.value.reasons] == ["role_missing"]


def test_a_command_sent_twice_merges_once(work, parish_twice):
    how, stays = How(command=uuid4()), work.find("Keuruun seurakunta", "organisation")

    merge(work, parish_twice, stays, how)
    merge(work, parish_twice, stays, how)

    merged = work.session.scalars(select(HistoryEntry).filter_by(stream=parish_twice.stream, move="merge")).all()
    assert len(merged) == 1


def test_what_is_read_back_after_a_merge_undone_moves_included(work, parish_twice):
    action = work.find("A1", "action")
    step(work, action, "reassign", {"to": "Keuruun 4H-yhdistys"})
    merge(work, parish_twice, work.find("Keuruun seurakunta", "organisation"), HOW)

    undo(work, work.find("A1", "action"), How(reason="Erehdys"))

    assert work.find("A1", "action").responsible_organisation.name == "Keuruun seurakunta"


def test_a_book_names_the_one_that_stays(database):
    with database.writing() as session:
        work = Work(session, first_people(session), NOW)
        table = keuruu(work)
        add_party(work, "organisation", {"name": "Keuruun srk", "sector": "parish"})
        theme = theme_at(work, table, ThemeState.PROPOSED)
        make_move(work, theme, "goal", {"goal": "Yhdessä", "parties": ["Keuruun srk"]}, How(confirmed=True))
        stays = work.find("Keuruun seurakunta", "organisation")
        merge(work, work.find("Keuruun srk", "organisation"), stays, HOW)

    book = written(database)

    assert "Keuruun srk" not in book
    assert "parties: [Keuruun seurakunta]" in book
