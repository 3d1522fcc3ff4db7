"""`poyta picture`: drawn to the terminal, into files, and told to programs."""

import shutil
from pathlib import Path

import pytest

from models.database import Database
from models.states import ThemeState
from tests.builders import first_people, keuruu, theme_at
from tests.cli.conftest import NOW, Poyta
from tests.cli.hostile import HOSTILE, rewrite, strange, text_of
from tests.workflow.pictures.seen import faults, read, told
from workflow.work import Work

WORDS = {
    "table": ("table", "keuruu"),
    "lifecycle": ("lifecycle", "T1"),
    "of a series": ("lifecycle", "S1"),
    "of a meeting": ("lifecycle", "M1"),
    "timeline": ("timeline", "S1"),
    "stalled": ("stalled", "--at", "1.5.2016"),
    "actions": ("actions", "--table", "keuruu"),
}


def meet(place: str) -> None:
    """A table that has met once, and has not divided the work yet."""
    with Database(place).writing() as session:
        work = Work(session, first_people(session), NOW)
        theme_at(work, keuruu(work), ThemeState.HELD)


@pytest.fixture
def met(poyta: Poyta, place: str) -> Poyta:
    """The command line on that table, on either database."""
    meet(place)
    return poyta


@pytest.fixture(scope="module")
def met_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(template_file, tmp_path_factory.mktemp("met") / "poyta.db"))
    meet(str(path))
    return path


@pytest.fixture
def on_one(on_file: Poyta, file_place: str, met_file: Path) -> Poyta:
    """The same on a file."""
    shutil.copy(met_file, file_place)
    return on_file


def test_each_picture_is_drawn_on_either_database(met):
    answers = {name: met("picture", *words, "--lang", "sv") for name, words in WORDS.items()}

    assert {name: answer.err for name, answer in answers.items() if answer.status != 0} == {}
    assert {name: found for name, answer in answers.items() if (found := faults(answer.out))} == {}
    assert {read(answer.out).get("lang") for answer in answers.values()} == {"sv"}


def test_it_says_what_the_database_holds(on_one):
    around = told(on_one("picture", "table", "keuruu", "--lang", "en").out)[1]
    stands = told(on_one("picture", "lifecycle", "T1", "--lang", "en").out)[1]
    series = told(on_one("picture", "timeline", "S1", "--lang", "en").out)[1]

    assert "“Keuruun kumppanuuspöytä”, 5 sectors of 9 have a seat." in around
    assert "T1 has been in the state “held” since 26 January 2016." in stands
    assert "meeting M1, which is now: held." in stands
    assert "Meeting M1, 26 January 2016: held; present: 5." in series


def test_what_stands_before_it_is_what_why_tells(on_one):
    shown = on_one("picture", "lifecycle", "M1", "--json", "--lang", "en").json["item"]
    (move,) = on_one("why", "M1", "assign-actions", "--as", "Aino", "--json", "--lang", "en").json["items"][0]["moves"]

    assert {each["code"] for each in shown["before"]} == {
        each["code"] for each in (*move["reasons"], *move["warnings"]) if each["code"] != "role_missing"
    }
    assert (shown["state"], shown["ahead"]) == ("held", "actions_assigned")


@pytest.mark.parametrize("name", ["kuva", "bild", "picture"])
def test_a_picture_goes_by_its_finnish_and_swedish_name(on_one, name):
    assert on_one(name, "stalled").status == 0


def test_pictures_are_written_to_files_and_over_none_unasked(on_one, away):
    words = ("picture", "table", "keuruu", "--svg", "a.svg", "--png", "a.png")

    first, again, over = on_one(*words, "--lang", "en"), on_one(*words), on_one(*words, "--yes", "--json")

    assert (first.status, first.out, first.err) == (0, "", "Written: a.svg\nWritten: a.png\n")
    assert (away / "a.svg").read_text(encoding="utf-8") == on_one("picture", "table", "keuruu").out
    assert (away / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (again.status, over.status, over.json["places"]) == (2, 0, ["a.svg", "a.png"])
    assert sorted(each.name for each in away.iterdir()) == ["a.png", "a.svg"]


def test_where_no_words_can_be_written_neither_file_is(on_one, away, monkeypatch):
    monkeypatch.setattr("workflow.pictures.png.WITHOUT_FONTS", True)

    answer = on_one("picture", "table", "keuruu", "--svg", "a.svg", "--png", "a.png", "--json")

    assert (answer.status, answer.json["code"]) == (2, "no_font")
    assert list(away.iterdir()) == []


def test_a_program_is_told_what_is_drawn(on_one):
    around = on_one("picture", "table", "keuruu", "--json").json
    series = on_one("picture", "timeline", "S1", "--json").json
    work = on_one("picture", "actions", "--json").json

    assert around["item"]["seats"][0] == {"sector": "municipality", "parties": ["Keuruun kaupunki"]}
    assert series["item"]["meetings"][0]["state"] == "held"
    assert work["item"] == {"day": work["item"]["day"], "parties": [], "table": None}
    assert around["places"] == []


@pytest.mark.parametrize(
    "words", [("table", "nowhere"), ("lifecycle", "T99"), ("timeline", "S99"), ("actions", "--table", "nowhere")]
)
def test_what_is_not_there_is_not_drawn(on_one, words):
    assert on_one("picture", *words).status == 4


def test_hostile_names_are_drawn_harmlessly(on_one, file_place):
    name = f"{HOSTILE}<script>{'x' * 300}"
    rewrite(file_place, [f"UPDATE {table} SET {column} = {text_of(name)} || id" for table, column in PLACES])

    answers = [on_one("picture", *words) for words in WORDS.values()]

    assert [answer.status for answer in answers] == [0] * len(WORDS)
    assert [fault for answer in answers for fault in faults(answer.out)] == []
    assert [strange(answer.out) for answer in answers] == [set()] * len(WORDS)


PLACES = (
    ("partnership_tables", "name"),
    ("themes", "title"),
    ("themes", "goal"),
    ("organisations", "name"),
    ("meetings", "place"),
)


def test_titles_are_in_the_language_of_the_reader(on_one):
    for field, text in (("title", "Ensamhet"), ("goal", "Ingen är ensam")):
        words = ("theme", "translate", "T1", "--language", "sv", "--field", field, "--text", text)
        if field == "goal":
            on_one("theme", "goal", "T1", "--goal", "Kukaan ei ole yksin", "--as", "Aino", "--yes")
        assert on_one(*words, "--as", "Aino", "--yes").status == 0

    assert "T1 Ensamhet" in on_one("picture", "lifecycle", "T1", "--lang", "sv").out
    assert "S1 Ensamhet" in on_one("picture", "timeline", "S1", "--lang", "sv").out
    assert "Ingen är ensam" in on_one("picture", "table", "keuruu", "--lang", "sv").out
    assert "T1 Yksinäisyys" in on_one("picture", "lifecycle", "T1", "--lang", "fi").out
