"""What cli.md promises to programs: shapes, error words, exit statuses."""

import pytest

from tests.cli.conftest import MEETING, PEOPLE, TABLE, Poyta, set_up

BY_AINO = ("--as", "Aino", "--on", "2016-02-10", "--yes", "--json")


@pytest.fixture
def table(poyta: Poyta) -> Poyta:
    set_up(poyta, PEOPLE, TABLE)
    return poyta


@pytest.fixture
def meeting(on_file: Poyta) -> Poyta:
    set_up(on_file, PEOPLE, TABLE, MEETING)
    return on_file


def test_a_move_answers_what_was_done_and_what_followed(table):
    set_up(table, MEETING[:3])

    answer = table("meeting", "convene", "M1", "--channel", "open_call", *BY_AINO)

    assert answer.status == 0
    told = answer.json
    assert (told["schema"], told["ok"]) == ("poyta/1", True)
    assert (told["ref"], told["kind"], told["move"]) == ("M1", "meeting", "convene")
    assert (told["from"], told["to"]) == ("planned", "convened")
    assert [(each["ref"], each["to"]) for each in told["followed"]] == [("S1", "convened"), ("T1", "convened")]
    assert [each["history"] for each in told["followed"]] == [told["history"] + 1, told["history"] + 2]


def test_a_refusal_answers_every_reason_with_its_remedy_and_changes_nothing(meeting):
    before = meeting("history", "keuruu", "--json").out

    answer = meeting("meeting", "assign-actions", "M1", *BY_AINO)

    assert answer.status == 3
    told = answer.json
    assert (told["ok"], told["error"], told["changed"]) == (False, "refused", False)
    assert (told["ref"], told["move"], told["state"]) == ("M1", "assign_actions", "held")
    codes = [reason["code"] for reason in told["reasons"]]
    assert codes == ["items_settled", "no_actions_explained", "goal_agreed"]
    settle = "poyta agenda settle M1/1 --outcome agreed|noted|referred|carried_over"
    assert told["reasons"][0]["remedies"] == [settle]
    assert told["reasons"][0]["facts"] == {"items": ["M1/1"]}
    assert meeting("history", "keuruu", "--json").out == before


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        (("theme", "propose", "keuruu", "--title", "Kyydit", "--as", "Matti"), 3, "not_allowed"),
        (("meeting", "convene", "M1", "--as", "Aino"), 3, "wrong_state"),
        (("meeting", "assign-actions", "M1", "--as", "Väinö"), 3, "refused"),
        (("meeting", "hold", "M9", "--as", "Aino"), 4, "not_found"),
        (("table", "seat", "keuruu", "--organisation", "Keuruun", "--as", "Aino"), 4, "ambiguous"),
        (("theme", "describe", "T1", "--title", "x", "--if-version", "1", "--as", "Aino"), 5, "conflict"),
        (("theme", "propose", "keuruu", "--as", "Aino"), 2, "usage"),
        (("theme", "propose", "keuruu", "--title", "  ", "--as", "Aino"), 2, "usage"),
        (("theme", "evaluate", "T1", "--evaluation", "x", "--on", "31.2.2016", "--as", "Aino"), 2, "usage"),
        (("theme", "bogus", "T1"), 2, "usage"),
        (("theme", "describe", "T1", "--title", "x"), 2, "usage"),
        (
            ("table", "rules", "keuruu", "--code", "bogus", "--level", "off", "--reason", "x", "--as", "Aino"),
            2,
            "usage",
        ),
    ],
)
def test_each_kind_of_no_has_its_word_and_status(meeting, words, status, error):
    answer = meeting(*words, "--json")

    assert (answer.status, answer.json["error"], answer.json["ok"]) == (status, error, False)
    assert answer.json["schema"] == "poyta/1"
    assert "Traceback" not in answer.err


def test_a_date_in_the_future_is_refused(meeting):
    answer = meeting(
        "theme", "evaluate", "T1", "--evaluation", "Hyvin meni", "--on", "1.1.2100", "--as", "Aino", "--json"
    )

    assert (answer.status, [reason["code"] for reason in answer.json["reasons"]]) == (3, ["in_the_future"])


def test_an_unconfirmed_warning_refuses_and_yes_confirms_it(on_file):
    set_up(on_file, PEOPLE, TABLE, MEETING[:1])

    careful = on_file("theme", "convene", "T1", "--as", "Aino", "--json")
    sure = on_file("theme", "convene", "T1", "--as", "Aino", "--json", "--yes")

    assert careful.status == 3
    assert {reason["level"] for reason in careful.json["reasons"]} == {"warn"}
    assert sure.status == 0
    assert {reason["code"] for reason in sure.json["warnings"]} == {
        reason["code"] for reason in careful.json["reasons"]
    }


def test_an_override_needs_the_convener_and_is_told_in_the_history(meeting):
    codes = ("items_settled", "no_actions_explained", "goal_agreed")
    override = [word for code in codes for word in ("--override", code)]

    by_secretary = meeting(
        "meeting", "assign-actions", "M1", *override, "--reason", "Kiire", "--as", "Väinö", "--yes", "--json"
    )
    by_convener = meeting("meeting", "assign-actions", "M1", *override, "--reason", "Kiire", *BY_AINO)

    assert by_secretary.status == 3
    assert (by_convener.status, by_convener.json["overridden"]) == (0, list(codes))
    last = meeting("history", "M1", "--json").json["items"][-1]
    assert last["reason"] == "Kiire"
    assert last["facts"] == {"overridden": "no_actions_explained"} or "overridden" in last["facts"]


def test_a_dry_run_tells_and_keeps_nothing(table):
    answer = table("theme", "propose", "keuruu", "--title", "Kyydit", "--dry-run", *BY_AINO)

    assert (answer.status, answer.json["dry_run"], answer.json["ref"]) == (0, True, "T1")
    assert table("theme", "list", "--json").json["items"] == []


def test_a_command_sent_twice_is_done_once(table):
    words = ("theme", "propose", "keuruu", "--title", "Kyydit", *BY_AINO)
    command = ("--command-id", "7a9d1c1e-57a5-4b61-9a43-0f6e0f4d8a11")

    first, second = table(*words, *command), table(*words, *command)

    assert (first.status, second.status) == (0, 0)
    assert (first.json["ref"], second.json["ref"], second.json["repeated"]) == ("T1", "T1", True)
    assert len(table("theme", "list", "--json").json["items"]) == 1


def test_lists_and_shows_tell_what_and_in_what_state(table):
    set_up(table, MEETING)

    themes, meeting = (
        table("theme", "list", "--json").json["items"],
        table("meeting", "show", "m1", "--json").json["item"],
    )

    assert [(each["ref"], each["kind"], each["state"]) for each in themes] == [("T1", "theme", "held")]
    assert themes[0]["state_since"] == "2016-02-10T12:00:00.000000Z"
    assert (meeting["ref"], meeting["state"], meeting["place"]) == ("M1", "held", "Kirjasto")
    assert [item["ref"] for item in meeting["items"]] == ["M1/1"]
    assert [one["person"] for one in meeting["attendance"]] == ["Aino Äijälä", "Väinö Öhman"]


def test_history_tells_who_did_what_when_and_how_it_stood(table):
    set_up(table, MEETING)

    told = table("history", "M1", "--json").json["items"]
    stood = table("history", "keuruu", "--at", "9.2.2016", "--json").json["items"]

    assert [each["move"] for each in told] == ["plan", "convene", "set_agenda", "hold"]
    assert {each["actor"] for each in told} == {"Aino Äijälä"}
    assert stood == []
    assert told[1]["from"] == "planned"


def test_why_tells_every_way_out_and_changes_nothing(meeting):
    before = meeting("history", "--json").out

    told = meeting("why", "M1", "--as", "Aino", "--json").json["items"][0]

    ways = {way["move"]: way for way in told["moves"]}
    assert set(ways) == {"assign_actions"}
    assert [reason["code"] for reason in ways["assign_actions"]["reasons"]][:1] == ["items_settled"]
    assert meeting("history", "--json").out == before


def test_undo_takes_the_newest_move_back_with_all_that_followed(meeting):
    answer = meeting("undo", "M1", "--reason", "Väärä päivä", *("--as", "Aino", "--json"))

    assert answer.status == 0
    assert {(each["ref"], each["to"]) for each in [answer.json, *answer.json["followed"]]} == {
        ("M1", "agenda_set"),
        ("S1", "agenda_set"),
        ("T1", "agenda_set"),
    }


def test_a_refused_attempt_is_noted_apart_from_the_history(meeting, file_place):
    import sqlite3

    meeting("meeting", "assign-actions", "M1", *BY_AINO)

    noted = sqlite3.connect(file_place).execute("SELECT stream, move, reasons FROM refused_attempts").fetchall()
    assert noted[-1] == ("meeting:1", "assign_actions", "items_settled,no_actions_explained,goal_agreed")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_text_answers_name_the_day_as_understood_and_the_way_back(meeting, language):
    answer = meeting(
        "agenda", "settle", "M1/1", "--outcome", "noted", "--as", "Aino", "--on", "10.2.2016", "--lang", language
    )

    day = {
        "fi": "keskiviikko 10.2.2016, viikko 6",
        "sv": "onsdag 10.2.2016, vecka 6",
        "en": "Wednesday 10 February 2016, week 6",
    }
    assert day[language] in answer.out
    assert "poyta undo M1/1" in answer.out


def test_what_people_wrote_cannot_steer_the_terminal(table):
    table("theme", "propose", "keuruu", "--title", "Kyydit \u202e ja \x9b muut", *BY_AINO)

    answer = table("theme", "list")

    assert "\u202e" not in answer.out
    assert "\x9b" not in answer.out
