"""The help: every command has it, in three languages, and the verbs are those of the page."""

import click
import pytest

from cli.commands import EVERYWHERE, Command
from cli.labels import LABELS
from cli.looking import COLUMNS, PART_COLUMNS, PART_NAMES, PARTS
from cli.main import all_commands, run
from cli.nouns import BY_NAME, NOUNS
from models.views import VIEWS
from workflow.lifecycles import PAGE

NOUN_OF = {"item": "agenda"}


def verbs_of(noun: str) -> set[str]:
    return {path[1] for path, _ in all_commands() if len(path) == 2 and path[0] == noun}


@pytest.mark.parametrize("kind", PAGE.lifecycles)
def test_every_move_of_the_page_is_a_verb(kind):
    moves = {name.replace("_", "-") for name in PAGE[kind].moves}

    assert moves <= verbs_of(NOUN_OF.get(kind, kind))


@pytest.mark.parametrize("kind", PAGE.lifecycles)
def test_every_noun_lists_shows_and_advances(kind):
    assert {"list", "show", "advance"} <= verbs_of(NOUN_OF.get(kind, kind))


@pytest.mark.parametrize("path", [path for path, _ in all_commands()], ids=" ".join)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_command_has_help(path, language, environment, capsys):
    status = run([*path, "--help", "--lang", language])

    out = capsys.readouterr().out
    assert status == 0
    headings = {"fi": ("Käyttö:", "Valinnat:"), "sv": ("Användning:", "Alternativ:"), "en": ("Usage:", "Options:")}
    assert all(heading in out for heading in headings[language])


def test_every_command_takes_the_options_that_all_share():
    names = {option.name for option in EVERYWHERE}

    for path, command in all_commands():
        if isinstance(command, Command):
            assert names <= {param.name for param in command.params}, path


def test_no_two_options_of_a_command_have_one_name():
    for path, command in all_commands():
        spelled = [name for param in command.params if isinstance(param, click.Option) for name in param.opts]
        assert len(spelled) == len(set(spelled)), path


def test_a_noun_goes_by_its_finnish_and_swedish_names(on_file):
    for name in ("pöytä", "poyta", "bord", "table"):
        assert on_file(name, "list").status == 0


def test_no_name_means_two_nouns():
    names = [name for noun in NOUNS for name in (noun.name, *noun.aliases)]

    assert len(names) == len(set(names)) == len(BY_NAME)


@pytest.mark.parametrize(("typed", "meant"), [("teme", "theme"), ("metting", "meeting")])
def test_a_mistyped_noun_is_answered_with_the_closest(nowhere, typed, meant):
    answer = nowhere(typed, "list")

    assert answer.status == 2
    assert meant in answer.err


def test_a_mistyped_state_and_move_are_answered_with_the_closest(on_file):
    assert "convened" in on_file("theme", "list", "--state", "convend").err
    assert "set-agenda" in on_file("meeting", "set-agend", "M1").err


def test_everything_that_is_shown_has_a_label():
    for kind, columns in COLUMNS.items():
        assert set(columns) <= set(LABELS), kind
    for parts in PARTS.values():
        for name, view, column, _ in parts:
            assert name in PART_NAMES
            assert column in VIEWS[view].columns
            assert set(PART_COLUMNS.get(name, ())) <= set(VIEWS[view].columns)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_heading_of_a_help_is_left_in_english(on_file, language):
    headings = [
        [text for text in on_file("memo", "publish", "--help", "--lang", each).out.splitlines() if text.endswith(":")]
        for each in ("en", language)
    ]

    english, told = headings
    assert len(english) == len(told) >= 3
    assert not {text for text in told if text in english and not text.startswith(" ")}
