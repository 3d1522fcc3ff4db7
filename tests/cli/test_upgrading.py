"""`poyta db upgrade` in words: what it would change, what is in its way, what it did."""

import pytest

from cli.upgrading import DIFFERENCES, difference_line
from models.states import ActionState, ThemeState
from tests.cli.conftest import MEETING, PEOPLE, TABLE, Poyta, set_up
from tests.newer import otherwise, page_with, promising, rows
from workflow import guards
from workflow.language.speech import speech
from workflow.lifecycle import event, refuse
from workflow.lifecycles import CONVENER, OFFICE, PAGE
from workflow.rulebooks.differences import Difference

WORK = (
    ("action", "assign", "M1", "--what", "Kootaan kyytirinki", "--to", "Äijälän kyläyhdistys"),
    ("theme", "suspend", "T1", "--reason", "Kesätauko", "--revisit", "1.9.2016", "--as", "Väinö"),
)
PROPOSE = ("theme", "propose", "keuruu", "--title", "Kyydit", "--as", "Aino", "--yes")


@pytest.fixture
def table(on_file: Poyta) -> Poyta:
    set_up(on_file, PEOPLE, TABLE, MEETING, WORK[:1])
    assert on_file(*WORK[1], "--on", "2016-02-11", "--yes").status == 0
    return on_file


def another_page():
    moves = PAGE["theme"].moves
    changed = {
        "suspend": moves["suspend"]._replace(by=CONVENER),
        "praise": event("praise", ThemeState.HELD, by=OFFICE),
    }
    promised = promising("theme", ThemeState.SUSPENDED, refuse(guards.goal_drafted))
    return otherwise("theme", moves=rows("theme", **changed), promises=promised)


def test_whoever_writes_by_other_rules_is_told_to_bring_the_database_up_to_date_first(table):
    with page_with(another_page()):
        writing, reading = table(*PROPOSE, "--json"), table("theme", "list", "--json")

    assert (writing.status, writing.json["code"]) == (6, "older_rules")
    assert writing.json["remedies"] == ["poyta db upgrade --dry-run", "poyta db upgrade"]
    assert (reading.status, reading.json["items"][0]["ref"]) == (0, "T1")


def test_a_dry_run_says_in_words_what_would_change(table):
    with page_with(another_page()):
        answer = table("db", "upgrade", "--dry-run")

    assert answer.status == 0, answer.err
    told = answer.out.splitlines()
    assert "  Theme: there is a new move, “praise”." in told
    assert "  Theme: “suspend” is no longer for this role: secretary." in told
    assert any(line.startswith("  Theme, suspended: this is newly promised (goal_drafted): ") for line in told)
    assert "  Theme, “suspend”: not in that role (1)." in told
    assert "  T1, suspended: The theme has a goal, if only a draft of it." in told
    assert told[-1] == "This was a dry run: nothing was changed."
    assert table(*PROPOSE).status == 0


def test_a_program_gets_the_same_by_codes(table):
    with page_with(another_page()):
        dry, done = (
            table("db", "upgrade", "--dry-run", "--json").json,
            table("db", "upgrade", "--as", "Aino", "--json").json,
        )

    told = {"code": "role_removed", "kind": "theme", "move": "suspend", "role": "secretary"}
    assert told in dry["differences"]
    assert dry["would_not_be_allowed"] == [{"code": "role_unknown", "kind": "theme", "move": "suspend", "entries": 1}]
    assert [(each["ref"], each["promise"]) for each in dry["would_not_hold"]] == [("T1", "goal_drafted")]
    assert (dry["done"], dry["dry_run"], dry["backup"]) == ([], True, None)
    assert (done["done"], done["dry_run"]) == (["upgraded"], False)
    assert done["backup"].endswith(".v1.backup")
    assert {name: dry[name] for name in ("rules", "tables", "differences")} == {
        name: done[name] for name in ("rules", "tables", "differences")
    }


def test_an_upgrade_says_who_did_it_in_the_history(table):
    with page_with(another_page()):
        upgraded = table("db", "upgrade", "--as", "Aino")
        history = table("history", "--json").json["items"][-1]
        again = table("db", "upgrade", "--as", "Aino", "--json")
        written = table(*PROPOSE)

    assert "The old one is kept here: " in upgraded.out
    assert (history["ref"], history["move"], history["actor"]) == ("poyta", "upgrade", "Aino Äijälä")
    assert again.json["done"] == []
    assert written.status == 0


def test_where_several_could_have_done_it_somebody_says_who_it_is(table):
    with page_with(another_page()):
        answer = table("db", "upgrade", "--json")

        assert (answer.status, answer.json["code"]) == (2, "who_are_you")
        assert table(*PROPOSE, "--json").json["code"] == "older_rules"


def test_what_is_in_the_way_is_listed_and_nothing_is_changed(table):
    assert table("theme", "resume", "T1", "--as", "Aino", "--yes").status == 0
    set_up(table, (("action", "wait", "A1", "--for", "ELY-keskus", "--as", "Aino"),), on="2016-02-12")
    moves = [each._replace(sources=each.sources - {ActionState.WAITING}) for each in rows("action", "wait", "resume")]
    states = [state for state in ActionState if state is not ActionState.WAITING]
    promises = {state: PAGE["action"].promises[state] for state in states}

    with page_with(otherwise("action", states=states, moves=moves, promises=promises)):
        told, dry = table("db", "upgrade", "--as", "Aino"), table("db", "upgrade", "--dry-run", "--json")

    assert told.status == 6
    assert "  A1 is in this state: waiting for an answer" in told.err.splitlines()
    assert (dry.status, dry.json["ok"], dry.json["code"], dry.json["changed"]) == (6, False, "stranded", False)
    assert dry.json["stranded"] == [{"ref": "A1", "kind": "action", "state": "waiting", "aside": False}]
    assert table(*PROPOSE).status == 0


def test_a_database_that_would_be_made_is_not_made_by_a_dry_run(nowhere, environment, tmp_path):
    place = tmp_path / "uusi.db"
    environment.setenv("POYTA_DB", str(place))

    told, dry = nowhere("db", "upgrade", "--dry-run"), nowhere("db", "upgrade", "--dry-run", "--json")

    assert (told.status, dry.json["done"], dry.json["dry_run"]) == (0, [], True)
    assert str(place) in told.out
    assert not place.exists()


def test_a_dry_run_of_what_is_up_to_date_says_so(table, file_place):
    answer = table("db", "upgrade", "--dry-run")

    assert answer.out.splitlines() == [
        f"The database is up to date: {file_place}",
        "This was a dry run: nothing was changed.",
    ]


TOLD = (
    Difference("kind_added", "memo"),
    Difference("kind_removed", "result"),
    Difference("state_added", "theme", "shelved"),
    Difference("state_removed", "theme", "suspended"),
    Difference("move_added", "theme", move="praise"),
    Difference("move_removed", "theme", move="goal"),
    Difference("role_added", "theme", move="goal", role="member"),
    Difference("role_removed", "theme", move="goal", role="elder"),
    Difference("reason_added", "theme", move="goal"),
    Difference("reason_removed", "theme", move="goal"),
    Difference("final_added", "theme", move="hold"),
    Difference("final_removed", "theme", move="hold"),
    Difference("way_added", "theme", "proposed", "hold", "held"),
    Difference("way_removed", "theme", "agenda_set", "hold", "held"),
    Difference("promise_added", "theme", "agenda_set", promise="goal_drafted"),
    Difference("promise_removed", "theme", "agenda_set", promise="goal_sung"),
    Difference("promise_changed", "theme", "agenda_set", promise="goal_drafted", before="refuse", after="warn"),
    Difference("consequence_added", "theme", move="suspend", after="series suspend"),
    Difference("consequence_removed", "theme", move="suspend", after="series sleep"),
    Difference("otherwise"),
)


def test_every_difference_there_can_be_is_told_in_words():
    english = [difference_line(speech("en"), each) for each in TOLD]

    assert {each.code for each in TOLD} == set(DIFFERENCES)
    assert english[2] == "Theme: there is a new state, “shelved”."
    assert english[16] == (
        "Theme, agenda set: this is promised otherwise (goal_drafted): The theme has a goal, if only a draft of it. "
        "It is only a warning, which can be confirmed."
    )
    assert english[18] == "Theme: when “suspend” is made, this no longer follows: meeting series, sleep."
