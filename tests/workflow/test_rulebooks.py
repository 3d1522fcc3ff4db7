"""The rules of every release are kept, can't be changed quietly, and judge what was done under them."""

import hashlib
import shutil

import pytest
from sqlalchemy import select

from models.database import Database
from models.history import HistoryEntry
from models.states import ActionState, ItemState, MeetingState, Role, ThemeState
from scripts import rulebooks as writing
from tests.builders import action_at, first_people, item_at, keuruu, meeting_at, step, theme_at, thing_at
from tests.conftest import NOW
from tests.newer import nobody_refuses, otherwise, page_with, promising, rows
from tests.spring import a_series, meeting_on, take_back
from workflow import guards
from workflow.edges import edges_of
from workflow.errors import CheckFailed
from workflow.lifecycle import event, move, refuse, warn
from workflow.lifecycles import CONVENER, OFFICE, PAGE
from workflow.registering import REGISTER
from workflow.rulebooks import Entry, Rulebook, name_of, rulebook, shelf
from workflow.rulebooks.differences import Difference, differences
from workflow.work import Work

PUT_IT_THERE = "the page has changed: run `python -m scripts.rulebooks`"
BOOKS = sorted(shelf.SHELF.iterdir())


@pytest.fixture
def work(file_place):
    """One unit of work on a file: rules are the same on every database."""
    database = Database(file_place)
    with database.writing(keep=False) as session:
        yield Work(session, first_people(session), NOW)
    database.close()


# Keeping them


def test_the_rule_book_of_the_release_that_is_being_made_is_on_its_shelf():
    same = [file.read_text(encoding="utf-8") for file in BOOKS if file.name.endswith(f"-{PAGE.version}.txt")]

    assert same == [PAGE.text], PUT_IT_THERE


@pytest.mark.parametrize("file", BOOKS, ids=lambda file: file.name[:20])
def test_each_file_on_the_shelf_is_named_by_its_hash_and_can_be_read(file):
    release, _, version = file.stem.rpartition("-")

    text = file.read_text(encoding="utf-8")

    assert hashlib.sha256(text.encode()).hexdigest() == version
    assert name_of(version) == release
    assert rulebook(version).lines == Rulebook(text).lines


@pytest.mark.parametrize("file", BOOKS, ids=lambda file: file.name[:20])
def test_what_ended_once_has_ended_under_the_rules_of_today_too(file):
    """Nothing could be done about a thing that ended in a state which is no more: see `workflow.upgrading`."""
    ends = Rulebook(file.read_text(encoding="utf-8")).ends

    assert {(kind, state) for kind, state in ends if state not in PAGE[kind].states} == set()


@pytest.fixture
def own_shelf(monkeypatch, tmp_path):
    """A shelf of our own, with the books there are."""
    folder = tmp_path / "released"
    shutil.copytree(shelf.SHELF, folder)
    monkeypatch.setattr(shelf, "SHELF", folder)
    monkeypatch.setattr(writing, "SHELF", folder)
    monkeypatch.setattr(writing, "HOUSE", tmp_path)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.9.0"\n', encoding="utf-8")
    return folder


def test_a_rule_book_that_was_changed_quietly_is_not_believed(own_shelf):
    book = next(own_shelf.iterdir())
    book.write_bytes(book.read_bytes().replace(b"move action close secretary", b"move action close convener"))

    with page_with(otherwise("table", roles=[*PAGE["table"].roles, Role.SUBMITTER])), pytest.raises(CheckFailed) as no:
        rulebook(book.stem.rpartition("-")[2])

    assert (no.value.code, no.value.facts) == ("rulebook_changed", {"file": book.name})


def test_a_rule_book_with_the_line_ends_of_windows_is_the_same(own_shelf):
    book = next(own_shelf.iterdir())
    book.write_bytes(book.read_bytes().replace(b"\n", b"\r\n"))

    with page_with(otherwise("table", roles=[*PAGE["table"].roles, Role.SUBMITTER])):
        assert rulebook(book.stem.rpartition("-")[2]).states["action"] == PAGE["action"].states


def test_rules_that_no_release_ever_had_are_unknown():
    assert rulebook("0" * 64) is None
    assert name_of("0123456789abcdef") == "01234567"


def test_a_name_from_a_database_finds_nothing_outside_the_shelf(own_shelf):
    text = b"rules 1\n"
    (own_shelf.parent / f"x-{hashlib.sha256(text).hexdigest()}.txt").write_bytes(text)

    assert rulebook(hashlib.sha256(text).hexdigest()) is None
    assert rulebook("../x") is rulebook("*") is rulebook("") is None


def test_a_page_that_is_still_being_written_has_its_rule_book_too():
    with page_with(otherwise("table", roles=[*PAGE["table"].roles, Role.SUBMITTER])):
        assert rulebook(PAGE.version).lines == Rulebook(PAGE.text).lines
        assert name_of(PAGE.version) == PAGE.version[:8]


def test_putting_a_page_on_the_shelf_takes_the_place_of_an_earlier_one_of_the_same_release(own_shelf, capsys):
    before = {file.name for file in own_shelf.iterdir()}
    kept = []
    for role in (Role.SUBMITTER, Role.RESPONSIBLE):
        with page_with(otherwise("table", roles=[*PAGE["table"].roles, role])):
            writing.main()
            writing.main()
            kept.append(({file.name for file in own_shelf.iterdir()} - before, {f"0.9.0-{PAGE.version}.txt"}))

    writing.main()

    assert [found == wanted for found, wanted in kept] == [True, True]
    assert {file.name for file in own_shelf.iterdir()} == before


def test_the_rules_of_the_past_are_read_without_those_of_today():
    then = PAGE.version
    ways, roles = rulebook(then).ways, rulebook(then).roles

    with page_with(
        otherwise("theme", moves=[each for each in PAGE["theme"].moves.values() if each.name != "evaluate"])
    ):
        assert (rulebook(then).ways, rulebook(then).roles) == (ways, roles)
        assert rulebook(PAGE.version).ways < ways


# What they say


def test_a_rule_book_has_the_ways_that_the_database_watches_over():
    told = {
        (kind, source, to) for kind, _, source, to in rulebook(PAGE.version).ways if kind not in REGISTER and source
    }
    watched = {(edges.kind, source, to) for edges in edges_of(PAGE) for source, to in edges.ways}

    assert told == watched


def test_a_rule_book_has_every_move_with_those_who_make_it():
    book = rulebook(PAGE.version)

    assert book.moves == {
        (life.kind, each.name): each.by for life in PAGE.lifecycles.values() for each in life.moves.values()
    }
    assert book.states == {life.kind: life.states for life in PAGE.lifecycles.values()}
    assert book.ends == {(life.kind, state) for life in PAGE.lifecycles.values() for state in life.ends}


def test_a_text_in_a_form_that_is_not_known_is_not_read():
    with pytest.raises(ValueError, match="rules in a form that is not known: rules 2"):
        Rulebook("rules 2\nstate theme proposed\n")


def history_of(work):
    """Every entry there is, as rules judge it."""
    for entry in work.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)):
        kind = entry.stream.partition(":")[0]
        told = (kind, entry.move, entry.from_state, entry.to_state, entry.role, entry.cause_id is not None)
        yield entry.rules, Entry(*told)


def wrong_in(work):
    """What the rules that each entry names say against it."""
    return [(code, entry) for rules, entry in history_of(work) if (code := rulebook(rules).wrong_with(entry))]


STAGES = [(life.kind, state) for life in PAGE.lifecycles.values() for state in life.states]


@pytest.mark.parametrize(("kind", "state"), STAGES, ids=[f"{kind} {state}" for kind, state in STAGES])
def test_whatever_went_through_the_gate_is_allowed_by_its_rules(work, kind, state):
    thing_at(work, kind, state)

    assert wrong_in(work) == []


def test_whatever_was_undone_is_allowed_by_its_rules(work):
    series = a_series(work)
    meeting = meeting_on(work, series, "9.2.2016", MeetingState.HELD)
    action = action_at(work, meeting, ActionState.WAITING)
    closed = action_at(work, meeting, ActionState.CLOSED)
    take_back(work, action)
    take_back(work, closed, "Pekka")
    take_back(work, item_at(work, meeting, ItemState.ACCEPTED))
    later = meeting_at(work, series, MeetingState.CONVENED)
    step(work, later, "set_agenda")
    take_back(work, later)

    made = {(entry.kind, entry.move) for _, entry in history_of(work)}

    assert {("action", "undo"), ("item", "undo"), ("meeting", "undo"), ("item", "withdraw")} <= made
    assert wrong_in(work) == []


def test_a_theme_set_aside_and_taken_back_is_allowed_by_its_rules(work):
    theme = theme_at(work, keuruu(work), ThemeState.CONVENED)
    step(work, theme, "suspend", {"revisit": "1.9.2016"})
    step(work, theme, "resume")
    take_back(work, theme)

    assert wrong_in(work) == []


FORGED = {
    "a milestone left out": (Entry("theme", "hold", "convened", "held", "convener", True), "way_unknown"),
    "a state that is none": (Entry("theme", "convene", "proposed", "shelved", "convener"), "way_unknown"),
    "a kind that is none": (Entry("memo", "add", None, "draft", "secretary"), "way_unknown"),
    "out of nothing into the middle": (Entry("theme", "propose", None, "held", "convener"), "way_unknown"),
    "an event that moves": (Entry("theme", "goal", "proposed", "convened", "convener"), "way_unknown"),
    "undoing what is final": (Entry("theme", "undo", "convened", "proposed", "convener"), "way_unknown"),
    "closed by a member": (Entry("action", "close", "assigned", "closed", "member"), "role_unknown"),
    "a follow-on by hand": (Entry("theme", "hold", "agenda_set", "held", "convener"), "role_unknown"),
    "in no role": (Entry("meeting", "convene", "planned", "convened", ""), "role_unknown"),
    "undone by a member": (Entry("theme", "undo", "suspended", "convened", "member"), "role_unknown"),
    "undone by a member, as what follows": (
        Entry("theme", "undo", "held", "agenda_set", "member", True),
        "role_unknown",
    ),
}


@pytest.mark.parametrize(("entry", "code"), FORGED.values(), ids=FORGED)
def test_what_the_rules_do_not_allow_is_found(entry, code):
    assert rulebook(PAGE.version).wrong_with(entry) == code


RIGHT = {
    "in the role of its cause": Entry("theme", "hold", "agenda_set", "held", "chair", True),
    "taken along in no role": Entry("theme", "undo", "held", "agenda_set", "", True),
    "an event": Entry("theme", "goal", "held", "held", "chair"),
    "back to where it was": Entry("theme", "resume", "suspended", "held", "chair"),
    "of the register, in any role": Entry("person", "merge", "known", "merged", "coordinator"),
    "of the database, by nobody": Entry("database", "upgrade", "kept", "kept", ""),
}


@pytest.mark.parametrize("entry", RIGHT.values(), ids=RIGHT)
def test_what_they_allow_is_not(entry):
    assert rulebook(PAGE.version).wrong_with(entry) is None


# Two of them side by side


T, A = ThemeState, ActionState
SAID_OTHERWISE = {
    "a move less": (
        lambda: otherwise("theme", moves=rows("theme", "evaluate")),
        [Difference("move_removed", "theme", move="evaluate")],
    ),
    "a move more": (
        lambda: otherwise("theme", moves=rows("theme", praise=event("praise", T.HELD, by=OFFICE))),
        [Difference("move_added", "theme", move="praise")],
    ),
    "other roles": (
        lambda: otherwise("action", moves=rows("action", close=PAGE["action"].moves["close"]._replace(by=CONVENER))),
        [
            Difference("role_added", "action", move="close", role="convener"),
            Difference("role_removed", "action", move="close", role="secretary"),
        ],
    ),
    "a state less": (
        nobody_refuses,
        [Difference("state_removed", "action", "refused"), Difference("move_removed", "action", move="refuse")],
    ),
    "a shorter way": (
        lambda: otherwise(
            "action", moves=rows("action", drop=move("drop", A.ASSIGNED, A.DROPPED, by=OFFICE, reason=True))
        ),
        [
            Difference("way_removed", "action", state, "drop", "dropped")
            for state in ("in_progress", "waiting", "reported_done", "refused")
        ],
    ),
    "a reason, and no way back": (
        lambda: otherwise(
            "result", moves=rows("result", confirm=PAGE["result"].moves["confirm"]._replace(reason=True, final=True))
        ),
        [Difference("reason_added", "result", move="confirm"), Difference("final_added", "result", move="confirm")],
    ),
    "a promise more": (
        lambda: otherwise("theme", promises=promising("theme", T.DISCONTINUED, warn(guards.proposer_told))),
        [Difference("promise_added", "theme", "discontinued", promise="proposer_told")],
    ),
    "a promise less": (
        lambda: otherwise("theme", promises=promising("theme", T.AGENDA_SET)),
        [Difference("promise_removed", "theme", "agenda_set", promise="goal_drafted")],
    ),
    "a stricter promise": (
        lambda: otherwise("theme", promises=promising("theme", T.AGENDA_SET, refuse(guards.goal_drafted))),
        [Difference("promise_changed", "theme", "agenda_set", promise="goal_drafted", before="warn", after="refuse")],
    ),
    "in another order": (
        lambda: otherwise("result", moves=list(reversed(rows("result")))),
        [Difference("otherwise")],
    ),
}


@pytest.mark.parametrize(("page", "found"), SAID_OTHERWISE.values(), ids=SAID_OTHERWISE)
def test_what_another_page_says_otherwise_is_named(page, found):
    old = rulebook(PAGE.version)

    with page_with(page()):
        new = rulebook(PAGE.version)

    assert differences(old, new) == found


def test_what_follows_otherwise_is_named(monkeypatch):
    old = Rulebook(PAGE.text)
    new = Rulebook(PAGE.text.replace("follow theme suspend series suspend", "follow theme suspend series discontinue"))

    found = differences(old, new)

    assert found == [
        Difference("consequence_added", "theme", move="suspend", after="series discontinue"),
        Difference("consequence_removed", "theme", move="suspend", after="series suspend"),
    ]


def test_a_kind_of_thing_more_is_named_without_all_that_is_its_own():
    old = Rulebook(PAGE.text)
    new = Rulebook(f"{PAGE.text}state letter draft\nmove letter add secretary creates\nway letter add - draft\n")

    assert differences(old, new) == [Difference("kind_added", "letter")]
    assert differences(new, old) == [Difference("kind_removed", "letter")]
    assert differences(old, old) == []
