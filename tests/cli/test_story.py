"""The demo and the README's tour are run as they stand."""

import pytest

from scripts.tour import PAGES, with_answers
from tests.cli.conftest import MEETING, PEOPLE, TABLE, set_up


@pytest.mark.parametrize(
    ("language", "reached", "refused"),
    [
        ("fi", "tuloksiin päästy", "3 syytä. Mitään ei muutettu."),
        ("sv", "resultat uppnådda", "3 skäl. Inget ändrades."),
        ("en", "results reached", "3 reasons. Nothing was changed."),
    ],
)
def test_the_demo_tells_its_story_to_the_end(nowhere, tmp_path, language, reached, refused):
    told = nowhere("demo", "--lang", language)

    assert told.status == 0, told.err
    assert refused in told.out
    assert reached in told.out
    assert told.err == ""
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_a_page_shows_what_the_program_really_answers(file):
    page = file.read_text(encoding="utf-8")

    assert with_answers(page) == page


def test_a_readme_that_shows_something_else_would_be_found():
    page = "```console\n$ poyta --version\npoyta 99\n```"

    assert with_answers(page) != page


def test_next_tells_the_step_after_this_one(on_file):
    set_up(on_file, PEOPLE, TABLE, MEETING[:1])

    proposed = on_file("next", "--as", "Aino", "--json").json["items"]
    set_up(on_file, (("theme", "convene", "T1"),))
    convened = on_file("next", "--as", "Aino", "--json").json["items"]

    assert [(step["ref"], step["command"]) for step in proposed] == [("T1", "poyta theme convene T1")]
    assert [(step["ref"], step["command"]) for step in convened] == [("T1", "poyta series plan T1")]


def test_next_tells_nobody_what_is_not_theirs_to_do(on_file):
    set_up(on_file, PEOPLE, TABLE, MEETING[:1])

    assert on_file("next", "--as", "Matti", "--json").json["items"] == []


def test_advance_makes_the_one_forward_move_there_is(on_file):
    set_up(on_file, PEOPLE, TABLE, MEETING[:3], on="2016-01-20")

    answer = on_file("meeting", "advance", "M1", "--as", "Aino", "--on", "2016-02-01", "--yes", "--json")

    assert (answer.status, answer.json["to"]) == (0, "convened")


def test_what_only_follows_is_not_advanced_and_says_what_to_advance(on_file):
    set_up(on_file, PEOPLE, TABLE, MEETING)

    answer = on_file("series", "advance", "S1", "--as", "Aino", "--json")

    assert (answer.status, answer.json["error"]) == (3, "wrong_state")
    assert answer.json["reasons"][0]["remedies"] == ["poyta meeting advance M1"]
