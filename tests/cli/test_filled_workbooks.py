"""A workbook that the program writes, filled in by a person and read in: `poyta import --template`, `poyta import`."""

from datetime import date

import pytest

from models.database import Database
from models.states import ThemeState as T
from tests.builders import first_people, keuruu, theme_at
from tests.cli.conftest import NOW, Answer, Poyta
from tests.workflow.exchange.filled import filled, sheets_in, workbook_of
from workflow.language.speech import speech
from workflow.work import Work

WORDS = {"fi": ("kylä", "yritys"), "sv": ("by", "företag"), "en": ("village", "company")}


@pytest.fixture
def at_table(poyta: Poyta, place: str) -> Poyta:
    """The command line on a database of either kind, with a table that has held a meeting."""
    return begun(poyta, place)


@pytest.fixture
def here(on_file: Poyta, file_place: str) -> Poyta:
    """The same on a file, where the kind of database makes no difference."""
    return begun(on_file, file_place)


def begun(poyta: Poyta, place: str) -> Poyta:
    with Database(place).writing() as session:
        work = Work(session, first_people(session), NOW)
        theme_at(work, keuruu(work), T.HELD)
    return poyta


def template(poyta, folder, language="fi"):
    place = folder / "malli.xlsx"
    answer = poyta("import", "--template", str(place), "--lang", language)
    assert answer.status == 0, answer.err
    return place.read_bytes()


def read_in(poyta, folder, data, *words, actor="Aino") -> Answer:
    place = folder / "täytetty.xlsx"
    place.write_bytes(data)
    return poyta("import", str(place), "--as", actor, "--json", *words)


def listed(poyta, noun):
    return poyta(noun, "list", "--json").json["items"]


ORGANISATIONS = [["Multian Öljy Oy  ", "{company}"], [], ["", ""], ["Åbäckens byaförening", "{village}"]]
PEOPLE = [[" Örjan Åström ", "multian öljy oy", "orjan@example.fi"], ["Äiti Ålander", None, None]]
ACTIONS = [
    ["T1 Yksinäisyys", "Kahvit kylätalolla ", "Örjan Åström", date(2016, 6, 7), "Möksyn Leipä Oy; Äiti Ålander"],
    [None, "   "],
    ["m1", "Käydään läpi kyydit", "ÅBÄCKENS BYAFÖRENING", "7.6.2016", None, "2.5.2016"],
]


def filled_in(data, language):
    village, company = WORDS[language]
    organisations = [[str(cell).format(village=village, company=company) for cell in row] for row in ORGANISATIONS]
    return filled(data, {1: organisations, 2: PEOPLE, 3: ACTIONS})


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_template_that_was_filled_in_is_read_in(at_table, tmp_path, language):
    data = filled_in(template(at_table, tmp_path, language), language)

    answer = read_in(at_table, tmp_path, data)

    assert answer.status == 0, answer.out
    known = {each["name"]: each for each in [*listed(at_table, "org"), *listed(at_table, "person")]}
    assert known["Multian Öljy Oy"]["sector"] == "company"
    assert known["Åbäckens byaförening"]["sector"] == "village"
    assert (known["Örjan Åström"]["organisation"], known["Örjan Åström"]["email"]) == (
        "Multian Öljy Oy",
        "orjan@example.fi",
    )
    actions = {each["what"]: each for each in listed(at_table, "action")}
    kahvit, kyydit = actions["Kahvit kylätalolla"], actions["Käydään läpi kyydit"]
    assert (kahvit["theme_ref"], kahvit["responsible"], kahvit["due"]) == ("T1", "Örjan Åström", "2016-06-07")
    assert (kyydit["meeting_ref"], kyydit["responsible"], kyydit["due"]) == (
        "M1",
        "Åbäckens byaförening",
        "2016-06-07",
    )
    shares = at_table("action", "show", kahvit["ref"], "--json").json["item"]["shares"]
    assert [each["party"] for each in shares] == ["Möksyn Leipä Oy", "Äiti Ålander"]


def test_the_history_says_who_read_it_in_and_when_it_was_agreed(at_table, tmp_path):
    read_in(at_table, tmp_path, filled_in(template(at_table, tmp_path), "fi"), actor="Göran")

    ref = next(each["ref"] for each in listed(at_table, "action") if each["meeting_ref"])
    (entry,) = at_table("history", ref, "--json").json["items"]

    assert (entry["actor"], entry["role"], entry["happened_at"][:10]) == ("Göran Öhman", "chair", "2016-05-02")
    assert at_table("audit", "verify").status == 0


def test_a_dry_run_tells_and_changes_nothing(here, tmp_path):
    before = here("export").out

    answer = read_in(here, tmp_path, filled_in(template(here, tmp_path), "fi"), "--dry-run")

    assert answer.json["parties"] == {"organisation": 2, "person": 2}
    assert answer.json["moves"] == {"action assign": 2}
    assert here("export").out == before


def test_who_has_no_right_to_divide_the_work_is_refused_row_by_row(here, tmp_path):
    data = filled_in(template(here, tmp_path), "fi")

    answer = read_in(here, tmp_path, data, actor="Väinö")

    assert answer.status == 6
    assert [(each["sheet"], each["line"], each["code"]) for each in answer.json["errors"]] == [
        ("Toimenpiteet", 2, "refused"),
        ("Toimenpiteet", 4, "refused"),
    ]
    assert {reason["code"] for each in answer.json["errors"] for reason in each["reasons"]} == {"role_missing"}
    assert listed(here, "action") == []


def test_whoever_adds_to_what_is_here_must_be_somebody(here, tmp_path):
    (tmp_path / "x.xlsx").write_bytes(filled_in(template(here, tmp_path), "fi"))

    assert here("import", str(tmp_path / "x.xlsx"), "--json").json["code"] == "who_are_you"


def test_the_same_work_is_not_read_in_twice(here, tmp_path):
    data = filled_in(template(here, tmp_path), "fi")
    read_in(here, tmp_path, data)

    answer = read_in(here, tmp_path, data)

    assert [(each["line"], each["column"], each["code"]) for each in answer.json["errors"]] == [
        (2, "B", "action_known"),
        (4, "B", "action_known"),
    ]


def test_a_theme_of_another_database_is_not_taken_for_one_of_this(here, tmp_path):
    data = filled(template(here, tmp_path), {3: [["T1 Kyydit", "Kahvit"]]})

    (error,) = read_in(here, tmp_path, data, "--lang", "en").json["errors"]

    assert (error["column"], error["code"]) == ("A", "differs")
    assert "“T1 Kyydit” differs from what is known here already: “T1 Yksinäisyys”" in error["message"]


# Each kind of error

WRONG = {
    "Tahot": [
        ["Nimi *", "Sektori *"],
        ["Kahvila", "kahvila"],
        ["Möksyn Leipä Oy", "kylä"],
        ["Uusi Oy", "yritys"],
        [],
        ["UUSI OY", "yritys"],
        [None, "kunta"],
        ["=1+1", ("=NA()", "#N/A")],
    ],
    "Henkilöt": [["Nimi *", "Taho"], ["Elli", "Ei ole"], ["x" * 301, None], ["a\x07b", None], ["Ulla", None, "yli"]],
    "Toimenpiteet": [
        ["Teema tai tapaaminen", "Mitä", "Vastuussa", "Määräaika", "Mukana työssä", "Sovittu"],
        ["T99", "Ei missään"],
        ["Kahvit", "Ei missään"],
        [None, "Ei missään"],
        ["T1", None, "Elli Eiole"],
        ["T1", "Kahvit", "Aino Äijälä", "7.3.", "Pekka Näätänen;Ei kukaan", date(2040, 1, 1)],
        ["T1", "Leivät", "Aino Äijälä", 46000],
        ["T1", "Pullat", "Aino Äijälä"],
        ["M1", "pullat ", "aino äijälä"],
    ],
    "Muistiinpanot": [["tärkeää"]],
}
"""A workbook in which everything is wrong."""

EXPECTED = [
    ("Tahot", 2, "B", "not_a_choice"),
    ("Tahot", 3, "B", "differs"),
    ("Tahot", 6, "A", "name_repeated"),
    ("Tahot", 7, "A", "missing"),
    ("Tahot", 8, "B", "cell_in_error"),
    ("Henkilöt", 2, "B", "not_found"),
    ("Henkilöt", 3, "A", "too_long"),
    ("Henkilöt", 4, "A", "control_character"),
    ("Henkilöt", 5, "C", "without_heading"),
    ("Toimenpiteet", 2, "A", "not_found"),
    ("Toimenpiteet", 3, "A", "not_found"),
    ("Toimenpiteet", 4, "A", "missing"),
    ("Toimenpiteet", 5, "B", "missing"),
    ("Toimenpiteet", 5, "C", "not_found"),
    ("Toimenpiteet", 6, "D", "date_ambiguous"),
    ("Toimenpiteet", 6, "E", "not_found"),
    ("Toimenpiteet", 6, "F", "in_the_future"),
    ("Toimenpiteet", 7, "D", "date_not_a_date"),
    ("Toimenpiteet", 9, "B", "action_repeated"),
    ("Muistiinpanot", 0, None, "sheet_unknown"),
]


def places(answer):
    return [(each["sheet"], each["line"], each["column"], each["code"]) for each in answer.json["errors"]]


def test_everything_that_is_wrong_is_told_by_sheet_row_and_column_and_nothing_is_read_in(here, tmp_path):
    before = here("export").out

    answer = read_in(here, tmp_path, workbook_of(WRONG))

    assert places(answer) == EXPECTED
    assert here("export").out == before


def test_a_place_that_is_told_wrong_would_be_found(here, tmp_path, monkeypatch):
    monkeypatch.setattr("workflow.exchange.filling.letters_of", lambda column: "A")

    assert places(read_in(here, tmp_path, workbook_of(WRONG))) != EXPECTED


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "fi",
            [
                "välilehti ”Tahot”, rivi 2, sarake B: Sektori: ”kahvila” ei ole mikään vaihtoehdoista: kunta,",
                "välilehti ”Henkilöt”, rivi 2, sarake B: Nimellä ”Ei ole” ei löydy mitään. Haettiin: taho.",
                "välilehti ”Tahot”, rivi 3, sarake B: Sektori: ”kylä” poikkeaa siitä, mitä täällä jo",
                "välilehti ”Toimenpiteet”, rivi 6, sarake D: Määräaika: ”7.3.”",
                "välilehti ”Muistiinpanot”: Tätä välilehteä ei tunneta tässä.",
            ],
        ),
        (
            "sv",
            [
                "bladet ”Tahot”, rad 2, kolumn B: Sektori: ”kahvila”",
                "bladet ”Toimenpiteet”, rad 6, kolumn D: Määräaika: ”7.3.”",
                "bladet ”Muistiinpanot”: Det här bladet är inte känt här.",
            ],
        ),
        (
            "en",
            [
                "sheet “Tahot”, row 2, column B: Sektori: “kahvila” is none of the choices: municipality,",
                "sheet “Toimenpiteet”, row 6, column D: Määräaika: “7.3.” can be read in more than one way.",
                "sheet “Muistiinpanot”: This sheet is not known here.",
            ],
        ),
    ],
)
def test_what_is_wrong_is_told_in_the_language_of_the_reader(here, tmp_path, language, sentences):
    (tmp_path / "x.xlsx").write_bytes(workbook_of(WRONG))

    answer = here("import", str(tmp_path / "x.xlsx"), "--as", "Aino", "--lang", language)

    assert answer.status == 6
    for sentence in sentences:
        assert f"{tmp_path / 'x.xlsx'}, {sentence}" in answer.err, answer.err


# Sheets and headings


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"Henkilöt": [["Nimi", "Tahoo"]]}, ("Henkilöt", 1, "B", "heading_unknown")),
        ({"Henkilöt": [["Nimi", "NIMI *"]]}, ("Henkilöt", 1, "B", "heading_repeated")),
        ({"Tahot": [[], ["Nimi"], ["Kahvila"]]}, ("Tahot", 2, None, "heading_missing")),
        ({"Henkilot": [["Nimi"], ["Elli"]], "Tahot": []}, ("Henkilot", 0, None, "sheet_unknown")),
        ({"Taulukko1": [["Nimi"], ["Elli"]]}, (None, 0, None, "workbook_empty")),
    ],
)
def test_a_sheet_or_heading_that_is_not_known_is_told(here, tmp_path, sheets, expected):
    answer = read_in(here, tmp_path, workbook_of(sheets))

    assert places(answer) == [expected]


def test_headings_of_any_language_in_any_order_do(here, tmp_path):
    sheets = {
        "henkilöt": [["E-post", "Organisation", "NAME"], ["a@example.fi", "Kunta", "Elli"]],
        "ORGANISATIONS": [[], [], ["sector", "Namn *"], ["wellbeing-county", "Alue"], ["Kommun", "Kunta"]],
        "Ohje": [["Kirjoita tähän mitä vain"]],
        "Taulukko1": [],
    }

    answer = read_in(here, tmp_path, workbook_of(sheets))

    assert answer.json["parties"] == {"organisation": 2, "person": 1}
    assert [each["sector"] for each in listed(here, "org")][-2:] == ["wellbeing_county", "municipality"]


# Values


def test_numbers_formulas_and_quoted_words_are_read_as_a_person_sees_them(here, tmp_path):
    rows = [
        ["Theme or meeting", "What", "Due", "Agreed on"],
        ["T1", 2016, ("=DATE(2016,6,7)", "7.6.2016"), date(2016, 5, 1)],
        ["T1", ('="Kah"&"vit"', "Kahvit"), "tiistaina 7.6.2016", "2016-05-01"],
        ["T1", "'=1+1", None, None],
        ["T1", "''=1+1", None, None],
        ["T1", "'lainausmerkki'", None, None],
        ["T1", "=2+2", None, None],
    ]

    answer = read_in(here, tmp_path, workbook_of({"Actions": rows}))

    assert answer.status == 0, answer.out
    found = {each["what"]: each["due"] for each in listed(here, "action")}
    assert found["2016"] == found["Kahvit"] == "2016-06-07"
    assert set(found) == {"2016", "Kahvit", "=1+1", "'=1+1", "'lainausmerkki'", "=2+2"}


def test_a_name_with_a_comma_is_one_party_where_semicolons_part(here, tmp_path):
    sheets = {
        "Organisations": [["Name", "Sector"], ["Kahvila, Keuruu", "company"]],
        "Actions": [
            ["Theme or meeting", "What", "Shared with"],
            ["T1", "Kahvit", "Kahvila, Keuruu;"],
            ["T1", "Leivät", "Möksyn Leipä Oy, Keuruun seurakunta"],
            ["T1", "Pullat", "Möksyn Leipä Oy\nKahvila, Keuruu"],
        ],
    }

    answer = read_in(here, tmp_path, workbook_of(sheets))

    assert answer.status == 0, answer.out
    shares = {
        each["what"]: [share["party"] for share in here("action", "show", each["ref"], "--json").json["item"]["shares"]]
        for each in listed(here, "action")
    }
    assert shares == {
        "Kahvit": ["Kahvila, Keuruu"],
        "Leivät": ["Möksyn Leipä Oy", "Keuruun seurakunta"],
        "Pullat": ["Möksyn Leipä Oy", "Kahvila, Keuruu"],
    }


# The template


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_template_speaks_one_language_and_lists_the_themes_here(here, tmp_path, language):
    found = sheets_in(template(here, tmp_path, language))

    say = speech(language).say
    assert list(found) == [say(each) for each in ("Guide", "Organisations", "People", "Actions")]
    assert found[say("Organisations")] == [[f"{say('Name')} *", f"{say('Sector')} *"]]
    guide = [row[0] for row in found[say("Guide")]]
    assert {"T1 Yksinäisyys", "M1 Yksinäisyys"} <= set(guide)
    assert all("{" not in str(cell) for rows in found.values() for row in rows for cell in row)


def test_an_empty_template_reads_in_as_nothing(here, tmp_path):
    answer = read_in(here, tmp_path, template(here, tmp_path))

    assert (answer.status, answer.json["parties"], answer.json["moves"]) == (0, {}, {})


def test_a_template_is_never_written_over_a_file(here, tmp_path):
    (tmp_path / "malli.xlsx").write_text("tärkeää", encoding="utf-8")

    answer = here("import", "--template", str(tmp_path / "malli.xlsx"), "--json")

    assert (answer.status, answer.json["code"]) == (2, "file_exists")
    assert (tmp_path / "malli.xlsx").read_text(encoding="utf-8") == "tärkeää"


@pytest.mark.parametrize("words", [("import",), ("import", "--template", "a.xlsx", "b.xlsx")])
def test_either_a_template_is_written_or_something_is_read_in(here, words):
    assert here(*words, "--json").json["error"] == "usage"


def test_a_workbook_and_a_book_are_read_in_as_one(here, tmp_path):
    (tmp_path / "a.yaml").write_text(
        "poyta: table-book/1\norganisations: [{name: Kahvila, sector: company}]\n", encoding="utf-8"
    )
    (tmp_path / "b.xlsx").write_bytes(workbook_of({"People": [["Name", "Organisation"], ["Elli", "Kahvila"]]}))

    answer = here("import", str(tmp_path / "a.yaml"), str(tmp_path / "b.xlsx"), "--json")

    assert answer.json["parties"] == {"organisation": 1, "person": 1}
