"""Each cause of stalling: where it is found, where it nearly would be, and where a pause or waiting stops its clock."""

from datetime import date

import pytest

from models.reading import open_reader
from tests.builders import first_people
from tests.workflow.stalled.scenes import CASES, LATER, Case, short
from workflow.stalled import watches
from workflow.stalled.causes import CAUSES
from workflow.stalled.verdicts import Verdict, Wanted, verdicts
from workflow.work import Work


def looked_at(place: str, case: Case, **how: object) -> list[Verdict]:
    with open_reader(place) as reader:
        (table,) = reader.rows("v_tables", ref=short(case))
        return list(verdicts(reader, date.fromisoformat(case.day), past=True, wanted=Wanted(table=table["id"], **how)))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_cause_is_found_where_it_is_and_nowhere_else(told, case):
    found = {sign.code for verdict in looked_at(told, case) for sign in verdict.signs}

    assert (case.cause in found) is case.found


def test_every_cause_is_found_somewhere_and_somewhere_nearly():
    known = {(case.cause, case.found) for case in CASES}

    assert known == {(code, found) for code in CAUSES for found in (True, False)}


def test_asking_for_a_cause_answers_it_alone(told):
    for case in CASES:
        found = {
            sign.code for verdict in looked_at(told, case, causes=frozenset([case.cause])) for sign in verdict.signs
        }

        assert found == ({case.cause} if case.found else set()), case.name


def test_now_and_the_same_day_told_by_the_history_are_one(told):
    with open_reader(told) as reader:
        now = list(verdicts(reader, LATER.date()))
        told_again = list(verdicts(reader, LATER.date(), past=True))

    assert len(now) > 40
    assert now == told_again


def test_a_clock_that_forgets_the_summer_would_be_noticed(told, monkeypatch):
    case = next(case for case in CASES if case.name == "proposal_unanswered: a proposal in the summer")
    monkeypatch.setattr(watches, "PAUSES", {})
    watches._watches.cache_clear()

    found = {sign.code for verdict in looked_at(told, case) for sign in verdict.signs}
    watches._watches.cache_clear()

    assert (case.cause in found) is not case.found


CAUSES_ON_BOTH = (
    "held_work_not_divided: fifteen days",
    "action_overdue: gone on with since yesterday after waiting",
    "action_unowned: whose party has left",
    "attendance_falling: one sector twice",
    "required_seat_missing: twice",
    "project_ends: in ninety days",
    "result_not_checked: the day after",
    "waiting_too_long: ninety-one days",
)


def test_either_database_finds_the_same_now_and_from_the_history(database):
    cases = [case for case in CASES if case.name in CAUSES_ON_BOTH]
    with database.writing() as session:
        work = Work(session, first_people(session), LATER)
        for case in cases:
            case.scene(work, short(case))

    found = [{sign.code for verdict in looked_at(database.place, case) for sign in verdict.signs} for case in cases]
    with open_reader(database.place) as reader:
        now, past = (list(verdicts(reader, LATER.date(), past=past)) for past in (False, True))

    assert all(case.cause in codes for case, codes in zip(cases, found, strict=True))
    assert now == past
