"""The edge cases of the work at a table that have to do with standing still, each by its number (`domain.md` 9)."""

from datetime import date

from models.reading import open_reader
from workflow.stalled.verdicts import Wanted, verdicts


def found(place, table, day):
    """What is found at a table on a day: each cause with the thing that it is about."""
    with open_reader(place) as reader:
        (row,) = reader.rows("v_tables", ref=table)
        told = list(verdicts(reader, date.fromisoformat(day), past=True, wanted=Wanted(table=row["id"])))
    return {(sign.code, sign.about[:1] if sign.about != table else table) for each in told for sign in each.signs}


def test_case_13_the_end_of_a_project_is_told_before_it_comes_with_the_end_of_the_secretary(told):
    table = "case-thirteen"

    assert {("project_ends", table), ("role_ends_soon", table)} <= found(told, table, "2016-02-15")
    assert {("project_ends", table), ("no_secretary", table)} <= found(told, table, "2016-05-01")


def test_case_15_three_of_three_meetings_are_held_and_there_is_no_result(told):
    assert ("meetings_used_up", "S") not in found(told, "case-fifteen", "2016-04-04")
    assert ("meetings_used_up", "S") in found(told, "case-fifteen", "2016-04-06")


def test_case_22_work_due_on_midsummer_eve_is_late_when_the_monday_after_it_is_over(told):
    days = [day for day in range(23, 31) if ("action_overdue", "A") in found(told, "case-twenty-two", f"2016-06-{day}")]

    assert days == [28, 29, 30]


def test_case_23_the_summer_does_not_count_as_standing_still(told):
    assert found(told, "case-twenty-three", "2016-05-31") == set()
    assert ("no_meeting_dated", "S") not in found(told, "case-twenty-three", "2016-08-31")
    assert ("no_meeting_dated", "S") not in found(told, "case-twenty-three", "2016-10-08")
    assert ("no_meeting_dated", "S") in found(told, "case-twenty-three", "2016-10-09")


def test_case_24_work_of_those_who_left_with_their_term_is_nobodys_and_that_of_the_others_theirs(told):
    with open_reader(told) as reader:
        (row,) = reader.rows("v_tables", ref="case-twenty-four")
        signs = [
            sign
            for each in verdicts(reader, date(2016, 5, 1), past=True, wanted=Wanted(table=row["id"]))
            for sign in each.signs
            if sign.code == "action_unowned"
        ]

    assert [sign.facts["who"] for sign in signs] == ["Äijälän kyläyhdistys"]
