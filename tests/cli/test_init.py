"""Beginning: a database, a table, its people and a theme, by options or by answers."""

import pytest

WORDS = (
    "init",
    "--municipality",
    "Äänekoski",
    "--person",
    "Aino Äijälä",
    "--partner",
    "Äänekosken kylät ry",
    "--no-input",
)


def test_init_makes_a_table_that_can_go_on(nowhere, tmp_path):
    begun = nowhere(*WORDS, "--partner-sector", "village", "--theme", "Kyydit", "--json")

    assert begun.status == 0, begun.err
    assert begun.json["table"] == "aanekoski"
    themes = nowhere("theme", "list", "--json").json["items"]
    assert [(theme["title"], theme["table_ref"]) for theme in themes] == [("Kyydit", "aanekoski")]
    assert nowhere("theme", "convene", "T1", "--yes").status == 0


def test_init_remembers_who_began_it(nowhere, tmp_path):
    nowhere(*WORDS)

    settings = (tmp_path / "data" / "poyta" / "poyta.toml").read_text(encoding="utf-8")
    assert 'as = "Aino Äijälä"' in settings


def test_init_never_writes_over_a_database(nowhere):
    nowhere(*WORDS)

    again = nowhere(*WORDS, "--json")

    assert (again.status, again.json["code"]) == (6, "exists")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("init", "--no-input", "--municipality", "Keuruu"), "person"),
        (("init", "--no-input", "--person", "Aino"), "municipality"),
        ((*WORDS, "--sector", "kirkko"), "sector"),
        ((*WORDS, "--short", "Ä ä"), "short"),
        ((*WORDS, "--kind", "pyöreä"), "kind"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_made(nowhere, tmp_path, words, field):
    answer = nowhere(*words, "--json")

    assert (answer.status, answer.json["facts"]["field"]) == (2, field)
    assert not (tmp_path / "data").exists()
