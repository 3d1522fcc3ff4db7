"""Words that others wrote steer no terminal, hide nothing and forge no line, wherever they are shown."""

import json

import pytest
import yaml

from cli.output import SCHEMA
from tests.cli.conftest import Poyta
from tests.cli.hostile import EMPTY, HIDDEN, HOSTILE, TURNED, WORDS, harm, harms, rewrite, strange, text_of


@pytest.fixture
def hostile(full: Poyta, file_place: str) -> Poyta:
    """The same, after somebody has put something else in the place of all words."""
    rewrite(
        file_place,
        [
            f"UPDATE {table} SET {column} = {text_of(HOSTILE)} || rowid WHERE {column} IS NOT NULL"
            for table, columns in WORDS.items()
            for column in columns
        ],
    )
    return full


@pytest.mark.parametrize("more", [(), ("--json",), ("--accessible",)], ids=["lines", "json", "accessible"])
def test_no_word_steers_the_terminal_or_forges_a_line(hostile, more):
    assert harms(hostile, *more) == {}


@pytest.mark.parametrize("form", ["csv", "json", "ocel", "xes"])
def test_a_history_that_is_written_out_hides_nothing(hostile, form):
    answer = hostile("audit", "export", form, "--words")

    assert answer.status == 0
    assert "T9 results reached" in answer.out
    assert not strange(answer.out.removeprefix("\ufeff").replace("\r\n", "\n"))


def test_a_table_wider_than_the_terminal_is_shown_without_harm(hostile, environment):
    environment.setenv("COLUMNS", "60")

    assert harm(hostile("theme", "list")) == harm(hostile("person", "list")) == {}


@pytest.mark.parametrize("place", ["visible", "_under_itself"])
def test_a_word_that_is_shown_as_it_is_would_be_found(hostile, monkeypatch, place):
    monkeypatch.setattr(f"cli.output.{place}", lambda text, **how: text)

    assert harms(hostile)


def test_json_that_is_written_as_it_is_would_be_found(hostile, monkeypatch):
    monkeypatch.setattr("cli.output.escaped_in_json", lambda text: text)

    assert harms(hostile, "--json")


def test_a_program_gets_the_words_as_they_are(hostile):
    answer = hostile("person", "list", "--json")

    assert answer.json["items"][0]["name"] == f"{HOSTILE}1"
    assert answer.json["schema"] == SCHEMA


def test_a_book_says_the_same_without_showing_what_is_hidden(hostile, file_place):
    hidden = f"Aa{TURNED}{HIDDEN}{EMPTY}\u2028\U000e0041ö"
    rewrite(file_place, [f"UPDATE people SET name = {text_of(hidden)} || rowid"])

    for read, more in ((yaml.safe_load, ()), (json.loads, ("--json",))):
        book = hostile("export", *more).out

        assert not strange(book)
        assert read(book)["people"][0]["name"] == f"{hidden}1"


# What others have put in the place of what poyta writes

STRANGE = {
    "bytes that are no letters": "UPDATE themes SET title = CAST(x'41ff42' AS TEXT)",
    "half of a pair": "UPDATE people SET name = CAST(x'eda080' AS TEXT)",
    "a moment that is none": "UPDATE meetings SET begins_at = 'eilen'",
    "a moment without a zone": "UPDATE themes SET state_since = '2016-01-01T10:00:00'",
    "a day that is none": "UPDATE partnership_tables SET term_begins = '2016-99-99'",
    "a state that is none": "UPDATE themes SET state = 'flying'",
    "a kind that is none": "UPDATE partnership_tables SET kind_of_table = 'ufo'",
    "a sector that is none": "UPDATE organisations SET sector = 'ufo'",
    "facts that are no JSON": "UPDATE history SET facts = '[1, {'",
    "facts of another shape": "UPDATE history SET facts = '[[[]]]'",
    "facts without an end": f"UPDATE history SET facts = '{'[' * 100_000}'",
    "an entry of no day": "UPDATE history SET happened_at = 'zz'",
    "a number in the place of a word": "UPDATE themes SET title = 12345678901234567890",
    "a word with a NUL": "UPDATE themes SET title = 'a' || char(0) || 'b'",
    "a move that is none": "UPDATE history SET move = 'fly' WHERE from_state IS NOT NULL",
    "an entry that causes itself": "UPDATE history SET cause_id = id WHERE from_state IS NOT NULL",
    "a thing without a beginning": "DELETE FROM history WHERE from_state IS NULL AND stream LIKE 'theme:%'",
    "a role that is none": "UPDATE history SET role = char(27) || '[2J'",
}


@pytest.mark.parametrize("statement", STRANGE.values(), ids=STRANGE)
def test_what_poyta_does_not_write_is_no_fault_of_ours(full, file_place, statement):
    rewrite(file_place, [statement])

    assert harms(full) == {}


def test_an_event_that_is_only_tried_is_told(full):
    answer = full("theme", "evaluate", "T1", "--evaluation", "Hyvin meni", "--as", "P1", "--dry-run")

    assert answer.status in (0, 3)
    assert "DetachedInstanceError" not in answer.err


def test_a_meeting_that_is_over_has_no_next_step(full):
    answer = full("meeting", "advance", "M1", "--as", "P1", "--json")

    assert (answer.status, answer.json["error"]) == (3, "wrong_state")
