"""A database of an older poyta: what a newer one says of it beforehand, what is in its way, and what it writes down."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from models.actions import Action
from models.database import Database
from models.history import HistoryEntry
from models.place import DatabaseProblem, version_of
from models.schema import check
from models.states import ActionState, Level, MeetingState, ThemeState
from models.tables import HouseRule, PartnershipTable
from tests.builders import action_at, first_people, keuruu, person, theme_at
from tests.conftest import NOW
from tests.newer import nobody_refuses, otherwise, page_with, promising, release_with, rows
from tests.spring import a_series, meeting_on
from workflow import guards
from workflow.audit.verifying import verify
from workflow.engine import make_move
from workflow.lifecycle import refuse, warn
from workflow.lifecycles import CONVENER, PAGE
from workflow.outcomes import How
from workflow.references import DATABASE
from workflow.register import Noted, note
from workflow.rulebooks.differences import Difference
from workflow.rulebooks.in_force import check_rules
from workflow.upgrading import Disallowed, InTheWay, Stranded, Unkept, upgrade
from workflow.work import Work

T, A = ThemeState, ActionState
LATER = NOW + timedelta(days=1)


def work_in(session):
    return Work(session, person(Work(session, None, LATER), "Aino"), LATER)


def spring(place, tell=lambda work: None):
    """Keep what is told to have happened at Keuruu before the upgrade."""
    with closing(Database(place)) as database, database.writing() as session:
        work = Work(session, first_people(session), NOW)
        tell(work)


def a_held_meeting(work):
    """A theme in the middle of its life, with an action that was refused and one that waits."""
    theme = theme_at(work, keuruu(work), T.HELD)
    meeting = theme.series[0].meetings[0]
    action_at(work, meeting, A.REFUSED)
    action_at(work, meeting, A.WAITING, shared_with="Möksyn Leipä Oy")
    action_at(work, meeting, A.CLOSED)


@pytest.fixture
def older(place):
    """A database of the release before."""
    spring(place, a_held_meeting)
    return place


def entries(place, **wanted):
    with closing(Database(place)) as database, database.reading() as session:
        found = session.scalars(select(HistoryEntry).filter_by(**wanted).order_by(HistoryEntry.id)).all()
        session.expunge_all()
        return found


def number_of_entries(place):
    with closing(Database(place)) as database, database.reading() as session:
        return session.scalar(select(func.count()).select_from(HistoryEntry))


def write_to(place):
    """What every command does that writes."""
    with closing(Database(place, check_rules)) as database, database.writing() as session:
        theme = session.scalars(select(PartnershipTable)).one().themes[0]
        make_move(work_in(session), theme, "describe", {"why_together": "Yhdessä"})


def problem_in(action, *arguments):
    with pytest.raises(DatabaseProblem) as problem:
        action(*arguments)
    return problem.value.code


def other_rules():
    """A page whose states and ways are the same, and who may do what is not."""
    return otherwise("theme", moves=rows("theme", suspend=PAGE["theme"].moves["suspend"]._replace(by=CONVENER)))


# Rules that are not ours


def test_a_program_with_other_rules_reads_but_does_not_write(older):
    before = number_of_entries(older)

    with page_with(other_rules()):
        assert problem_in(write_to, older) == "older_rules"
        assert entries(older, move="propose") != []

    assert number_of_entries(older) == before


def test_whoever_has_looked_first_is_stopped_all_the_same(older):
    with page_with(other_rules()), closing(Database(older, check_rules)) as database:
        with database.reading():
            pass

        with pytest.raises(DatabaseProblem, match="older_rules"), database.writing():
            pass


def test_after_an_upgrade_it_writes_and_the_older_program_does_not(older):
    with page_with(other_rules()):
        upgrade(older, work_in)
        write_to(older)

    assert problem_in(write_to, older) == "newer_rules"
    assert problem_in(upgrade, older, work_in) == "newer_rules"


def test_an_upgrade_is_itself_history(older):
    before = PAGE.version

    with page_with(other_rules()):
        done = upgrade(older, work_in)
        (entry,) = entries(older, stream=DATABASE)
        verdict = verify(older)

        assert (entry.move, entry.version, entry.rules, entry.actor) == ("upgrade", 1, PAGE.version, "person-1")
        assert dict(entry.told) == {
            "schema_before": "1",
            "schema_after": "1",
            "rules_before": before,
            "rules_after": PAGE.version,
        }
        assert (done.new_rules, done.new_schema) == (True, False)
        assert verdict.findings == ()


def test_a_file_is_copied_before_its_rules_change(file_place):
    spring(file_place, a_held_meeting)

    with page_with(other_rules()):
        done = upgrade(file_place, work_in)

    assert done.backup == Path(file_place).with_name("pöytä.db.v1.backup")
    assert entries(str(done.backup), stream=DATABASE) == []
    assert number_of_entries(file_place) == number_of_entries(str(done.backup)) + 1


def test_what_is_up_to_date_is_left_as_it_is(older):
    before = number_of_entries(older)

    done = upgrade(older, work_in)

    assert not done.anything
    assert number_of_entries(older) == before


def test_a_database_in_which_nothing_has_happened_has_no_rules_yet(place):
    with page_with(other_rules()):
        done = upgrade(place, work_in)
        spring(place, a_held_meeting)
        write_to(place)

    assert not done.anything


def test_what_else_happens_to_the_database_changes_no_rules(older):
    with page_with(other_rules()):
        with closing(Database(older)) as database, database.writing() as session:
            note(work_in(session), Noted(DATABASE, "restore"))

        assert problem_in(write_to, older) == "older_rules"

    write_to(older)


def test_of_two_upgrades_at_once_one_is_written_down(file_place):
    spring(file_place, a_held_meeting)
    with page_with(other_rules()):
        both = [Thread(target=upgrade, args=(file_place, work_in)) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()

        assert len(entries(file_place, stream=DATABASE)) == 1
        assert verify(file_place).findings == ()


# What is said beforehand


def test_a_dry_run_says_everything_and_changes_nothing(older):
    before = number_of_entries(older)

    with page_with(other_rules()):
        found = upgrade(older, work_in, keep=False)

    assert found.differences == (
        Difference("role_removed", "theme", move="suspend", role="secretary"),
        Difference("role_removed", "theme", move="suspend", role="chair"),
    )
    assert found.backup is None
    assert number_of_entries(older) == before
    write_to(older)


def test_what_the_new_rules_would_not_have_allowed_is_counted_and_stays(older):
    """Closing is for the convener now, and nobody refuses what they have not begun with."""
    only_convener = PAGE["action"].moves["close"]._replace(by=CONVENER)
    once_refused = PAGE["action"].moves["refuse"]._replace(sources=frozenset({A.IN_PROGRESS}))

    with page_with(otherwise("action", moves=rows("action", close=only_convener, refuse=once_refused))):
        found = upgrade(older, work_in)
        verdict = verify(older)

    assert found.disallowed == (
        Disallowed("role_unknown", "action", "close", 1),
        Disallowed("way_unknown", "action", "refuse", 1),
    )
    assert verdict.findings == ()


def test_what_is_newly_promised_and_does_not_hold_is_told_and_stops_nobody(older):
    promised = promising(
        "theme", T.HELD, refuse(guards.goal_drafted), warn(guards.proposer_told), refuse(guards.table_active)
    )

    with page_with(otherwise("theme", promises=promised)):
        found = upgrade(older, work_in)
        write_to(older)

    assert found.unkept == (
        Unkept("T1", "theme", T.HELD, "goal_drafted", Level.REFUSE),
        Unkept("T1", "theme", T.HELD, "proposer_told", Level.WARN),
    )


def test_what_was_promised_before_is_not_told_again(place):
    def somebody_overrides(work):
        theme = theme_at(work, keuruu(work), T.AGENDA_SET)
        assert not theme.goal

    spring(place, somebody_overrides)
    with page_with(other_rules()):
        loose = upgrade(place, work_in, keep=False)
    with page_with(otherwise("theme", promises=promising("theme", T.AGENDA_SET, refuse(guards.goal_drafted)))):
        strict = upgrade(place, work_in, keep=False)

    assert loose.unkept == ()
    assert strict.unkept == (Unkept("T1", "theme", T.AGENDA_SET, "goal_drafted", Level.REFUSE),)


def test_a_house_rule_counts_for_what_is_newly_promised(older):
    with closing(Database(older)) as database, database.writing() as session:
        table = session.scalars(select(PartnershipTable)).one()
        table.house_rules.append(HouseRule(code="goal_drafted", level="off"))

    with page_with(otherwise("theme", promises=promising("theme", T.HELD, refuse(guards.goal_drafted)))):
        found = upgrade(older, work_in, keep=False)

    assert found.unkept == ()


def test_things_are_asked_for_the_day_on_which_they_came_into_their_state(place):
    """The notice was long enough when the meeting was convened; today it would be too short."""

    def a_convened_meeting(work):
        meeting_on(work, a_series(work), "17.5.2016")

    spring(place, a_convened_meeting)
    promised = promising(
        "meeting", MeetingState.CONVENED, refuse(guards.notice_14_days), refuse(guards.agenda_not_empty)
    )

    with page_with(otherwise("meeting", promises=promised)):
        found = upgrade(place, work_in, keep=False)

    assert [each.promise for each in found.unkept] == ["agenda_not_empty"]


# What is in the way


def test_things_whose_state_is_no_more_are_in_the_way(older):
    before = number_of_entries(older)

    with page_with(nobody_refuses()):
        for keep in (True, False):
            with pytest.raises(InTheWay) as no:
                upgrade(older, work_in, keep=keep)
            assert no.value.found.stranded == (Stranded("A1", "action", "refused"),)
            assert (no.value.code, no.value.facts) == ("stranded", {"things": ["A1"]})
            assert Difference("state_removed", "action", "refused") in no.value.found.differences

    assert number_of_entries(older) == before


def test_what_is_in_the_way_leaves_no_copy_behind(file_place):
    spring(file_place, a_held_meeting)

    with page_with(nobody_refuses()), pytest.raises(InTheWay):
        upgrade(file_place, work_in)

    assert [each.name for each in Path(file_place).parent.iterdir()] == [Path(file_place).name]


def test_once_they_have_been_moved_on_nothing_is_in_the_way(older):
    with closing(Database(older)) as database, database.writing() as session:
        how = How(reason="Annetaan toiselle", confirmed=True)
        make_move(work_in(session), session.get(Action, 1), "reassign", {"to": "Keuruun seurakunta"}, how)

    with page_with(nobody_refuses()):
        done = upgrade(older, work_in)
        verdict = verify(older)

    assert Disallowed("way_unknown", "action", "refuse", 1) in done.disallowed
    assert Disallowed("way_unknown", "action", "reassign", 1) in done.disallowed
    assert verdict.findings == ()


def test_a_thing_set_aside_from_where_no_way_leads_back_to_is_in_the_way(older):
    """Waiting is for what nobody has begun with: the action that waits could never be resumed."""
    at_once = PAGE["action"].moves["wait"]._replace(sources=frozenset({A.ASSIGNED}))

    with page_with(otherwise("action", moves=rows("action", wait=at_once))), pytest.raises(InTheWay) as no:
        upgrade(older, work_in)

    assert no.value.found.stranded == (Stranded("A2", "action", "in_progress", aside=True),)


def test_a_thing_set_aside_from_a_state_that_is_no_more_is_in_the_way(older):
    """The waiting action would go back to being in progress."""
    moves = PAGE["action"].moves
    states = [state for state in A if state is not A.IN_PROGRESS]
    life = otherwise(
        "action",
        states=states,
        path=[A.ASSIGNED, A.REPORTED_DONE, A.CLOSED],
        moves=[each._replace(sources=each.sources & set(states)) for each in moves.values() if each.name != "start"],
        promises={state: PAGE["action"].promises[state] for state in states},
    )

    with page_with(life), pytest.raises(InTheWay) as no:
        upgrade(older, work_in)

    assert no.value.found.stranded == (Stranded("A2", "action", "in_progress", aside=True),)


# With a migration


@pytest.fixture
def next_release(tmp_path):
    folder = tmp_path / "next"
    folder.mkdir()
    return folder


def move_on(place):
    with closing(Database(place)) as database, database.writing() as session:
        how = How(reason="Annetaan toiselle", confirmed=True)
        make_move(work_in(session), session.get(Action, 1), "reassign", {"to": "Keuruun seurakunta"}, how)


def test_the_schema_and_the_rules_change_together_and_are_written_down_once(older, next_release):
    move_on(older)
    rules = PAGE.version

    with release_with(next_release, nobody_refuses()):
        assert problem_in(write_to, older) == "older"
        done = upgrade(older, work_in)
        write_to(older)
        (entry,) = entries(older, stream=DATABASE)

        assert (done.schema_before, done.schema_after, done.rules_before) == (1, 2, rules)
        assert dict(entry.told) == {
            "schema_before": "1",
            "schema_after": "2",
            "rules_before": rules,
            "rules_after": PAGE.version,
        }
        assert check(older) == []
        assert verify(older).findings == ()

    assert problem_in(write_to, older) == "newer"


def test_a_dry_run_of_a_migration_leaves_everything_as_it_was(older, next_release):
    move_on(older)
    before = number_of_entries(older)

    with release_with(next_release, nobody_refuses()):
        found = upgrade(older, work_in, keep=False)

    assert (found.schema_before, found.schema_after) == (1, 2)
    assert number_of_entries(older) == before
    assert check(older) == []
    write_to(older)


def test_what_is_in_the_way_is_told_before_anything_is_migrated(older, next_release):
    with release_with(next_release, nobody_refuses()), pytest.raises(InTheWay):
        upgrade(older, work_in)

    assert check(older) == []
    assert entries(older, stream=DATABASE) == []


def test_a_migration_that_fails_leaves_neither_a_new_schema_nor_an_entry(older, next_release):
    move_on(older)

    with (
        release_with(next_release, nobody_refuses(), and_then=["INSERT INTO nowhere VALUES (1)"]),
        pytest.raises(DBAPIError),
    ):
        upgrade(older, work_in)

    assert check(older) == []
    assert entries(older, stream=DATABASE) == []
    write_to(older)


def test_a_migration_that_lets_something_point_nowhere_is_taken_back(file_place, next_release):
    spring(file_place, a_held_meeting)
    move_on(file_place)

    with release_with(next_release, nobody_refuses(), and_then=["DELETE FROM organisations WHERE id = 1"]):
        assert problem_in(upgrade, file_place, work_in) == "points_nowhere"

    assert check(file_place) == []
    assert entries(file_place, stream=DATABASE) == []


def test_a_file_left_half_made_by_a_crash_is_made_and_has_nothing_to_tell(tmp_path):
    from models.database import create_file

    path = tmp_path / "kesken.db"
    create_file(path, version=0)

    done = upgrade(str(path), work_in)
    spring(str(path), a_held_meeting)

    assert (done.schema_before, done.new_rules) == (0, False)
    assert entries(str(path), stream=DATABASE) == []
    assert version_of(path) == 1
    assert verify(str(path)).findings == ()
