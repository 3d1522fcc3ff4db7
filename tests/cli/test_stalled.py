"""`poyta audit stalled`: a list to be worked through, for people, for programs and for spreadsheets."""

import csv
import io

import pytest

from models.database import Database
from models.people import Project
from tests.builders import first_people, keuruu, step, theme_at
from tests.cli.conftest import Poyta
from tests.workflow.stalled.scenes import CASES, LATER, MEETING, T, days_after
from workflow.work import Work

SPRING = days_after(MEETING, 60)
"""A Saturday in March, two months after the meetings."""


def scene(name):
    return next(case.scene for case in CASES if case.name == name)


@pytest.fixture
def in_spring(on_file: Poyta, file_place: str) -> Poyta:
    """Two tables: one with work that was not divided and a proposal without an answer, one with work that is late."""
    with Database(file_place).writing() as session:
        work = Work(session, first_people(session), LATER)
        session.add(Project(name="Kehitytään kimpassa"))
        session.flush()
        table = keuruu(work)
        step(work, table, "describe", {"project": "Kehitytään kimpassa"})
        theme_at(work, table, T.HELD)
        theme_at(work, table, T.PROPOSED, "Kyläilta")
        scene("action_overdue: the day after it was due")(work, "multia")
    return on_file


def verdicts(poyta, *words, at=SPRING):
    answer = poyta("audit", "stalled", "--at", at, "--json", "--lang", "en", *words)
    assert answer.status == 0, answer.out
    return answer.json


def found(document):
    return {each["ref"]: [cause["code"] for cause in each["causes"]] for each in document["items"]}


def test_every_theme_is_told_with_all_its_causes_the_longest_first(in_spring):
    document = verdicts(in_spring)

    assert found(document) == {
        "T2": ["proposal_unanswered"],
        "T1": ["held_work_not_divided", "memo_not_circulated", "no_meeting_dated"],
        "T3": ["no_meeting_dated", "date_passed_not_held", "action_overdue"],
    }
    assert [each["days"] for each in document["items"]] == [75, 60, 60]
    assert (document["schema"], document["ok"], document["at"]) == ("poyta/1", True, SPRING)


def test_a_verdict_says_why_since_when_whose_turn_it_is_and_what_would_help(in_spring):
    (theme,) = verdicts(in_spring, "--cause", "held-work-not-divided")["items"]

    assert {key: theme[key] for key in ("ref", "kind", "title", "table", "state")} == {
        "ref": "T1",
        "kind": "theme",
        "title": "Yksinäisyys",
        "table": "keuruu",
        "state": "held",
    }
    assert theme["state_since"].startswith(MEETING)
    assert theme["causes"] == [
        {
            "code": "held_work_not_divided",
            "about": "M1",
            "since": MEETING,
            "days": 60,
            "counted": "days",
            "limit": 14,
            "holder": {"kind": "person", "name": "Pekka Näätänen", "ref": "P3", "role": "secretary"},
            "facts": {"meeting": "M1", "day": MEETING},
            "message": "Meeting M1 was held on 26 January 2016, and its work has not been divided.",
            "remedies": ["poyta meeting assign-actions M1", "poyta why M1"],
        }
    ]


@pytest.mark.parametrize(
    ("chosen", "themes"),
    [
        (("--table", "multia"), {"T3"}),
        (("--area", "Keuruu"), {"T1", "T2", "T3"}),
        (("--area", "Multia"), set()),
        (("--project", "Kehitytään"), {"T1", "T2"}),
        (("--convener", "Aino"), {"T1", "T2", "T3"}),
        (("--convener", "Pekka"), set()),
        (("--cause", "action_overdue"), {"T3"}),
        (("--cause", "action_overdue", "--cause", "proposal_unanswered"), {"T2", "T3"}),
        (("--table", "keuruu", "--cause", "action_overdue"), set()),
    ],
)
def test_what_is_told_can_be_chosen(in_spring, chosen, themes):
    assert set(found(verdicts(in_spring, *chosen))) == themes


def test_the_past_does_not_know_the_future(in_spring):
    assert found(verdicts(in_spring, at="2016-01-20")) == {"T3": ["agenda_not_set"]}
    assert found(verdicts(in_spring, at="2015-12-31")) == {}


def test_people_read_it_as_a_list_to_be_worked_through(in_spring):
    answer = in_spring("audit", "stalled", "--table", "keuruu", "--at", SPRING, "--lang", "en")

    assert answer.out == TOLD


TOLD = """\
What stands still on 26 March 2016, the longest first:

1. T2 Kyläilta (keuruu): proposed, since 11 January 2016
   - Nobody has answered the proposal since 11 January 2016.
     75 days since 11 January 2016; more than 30 is too long.
     It is the turn of: Aino Äijälä, Pekka Näätänen, Göran Öhman, office (convener, chair, secretary).
       poyta theme convene T2
       poyta theme return T2 --reason TEXT
       poyta theme decline T2 --reason TEXT

2. T1 Yksinäisyys (keuruu): held, since 26 January 2016
   - Meeting M1 was held on 26 January 2016, and its work has not been divided.
     60 days since 26 January 2016; more than 14 is too long.
     It is the turn of: Pekka Näätänen, secretary.
       poyta meeting assign-actions M1
       poyta why M1
   - Meeting M1 was held on 26 January 2016, and its memo has not been sent out.
     60 days since 26 January 2016; more than 7 is too long.
     It is the turn of: Pekka Näätänen, secretary.
       poyta memo draft M1
   - No meeting lies ahead; the last one, M1, was dated 26 January 2016.
     60 days since 26 January 2016; more than 45 is too long.
     It is the turn of: Aino Äijälä, convener.
       poyta meeting plan S1 --when DATE --place PLACE
"""


def test_where_nothing_stands_still_that_is_said(in_spring):
    answer = in_spring("audit", "stalled", "--at", "2016-01-12", "--lang", "en")

    assert answer.out == "Nothing stands still on 12 January 2016.\n"


def test_a_spreadsheet_has_a_row_for_each_cause(in_spring):
    answer = in_spring("audit", "stalled", "--at", SPRING, "--csv", "--lang", "en")

    rows = list(csv.DictReader(io.StringIO(answer.out.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["Reference"], row["Cause"], row["Days"]) for row in rows][:2] == [
        ("T2", "proposal_unanswered", "75"),
        ("T1", "held_work_not_divided", "60"),
    ]
    assert len(rows) == 7


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--cause", "kahvi"), "not_a_choice"),
        (("--at", "3.4."), "date_ambiguous"),
        (("--table", "kahvila"), "not_found"),
    ],
)
def test_what_can_not_be_meant_is_refused(in_spring, words, code):
    answer = in_spring("audit", "stalled", "--json", *words)

    assert (answer.status in (2, 4), answer.json["code"]) == (True, code)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (("--code", "held_work_not_divided", "--days", "30"), None),
        (("--code", "summer_pause", "--level", "off"), None),
        (("--code", "summer_pause", "--days", "30"), "no_limit_in_days"),
        (("--code", "goal_agreed", "--days", "30"), "no_limit_in_days"),
        (("--code", "held_work_not_divided", "--level", "refuse"), "not_a_choice"),
        (("--code", "held_work_not_divided"), "missing"),
        (("--code", "goal_agreed"), "missing"),
        (("--code", "kahvi", "--days", "30"), "no_such_promise"),
    ],
)
def test_a_table_has_limits_of_its_own(in_spring, told, code):
    answer = in_spring("table", "rules", "keuruu", *told, "--as", "Aino", "--reason", "Sovittu", "--json")

    assert answer.json.get("code") == code
    assert answer.json["ok"] is (code is None)


def test_a_limit_of_ones_own_is_shown_and_vouched_for_by_the_history(in_spring):
    rule = ("table", "rules", "keuruu", "--as", "Aino", "--reason", "Sovittu", "--code", "held_work_not_divided")
    in_spring(*rule, "--days", "30")
    in_spring(*rule, "--level", "off")

    shown = in_spring("table", "show", "keuruu", "--json").json["item"]["house_rules"]
    findings = in_spring("audit", "verify", "--json").json["findings"]

    assert shown == [{"table_ref": "keuruu", "code": "held_work_not_divided", "level": "off", "days": 30}]
    assert "house_rules_differ" not in {each["code"] for each in findings}
