"""Invitation, action list, results, table card and bulletin: whole files in three languages, and each promise.

To make the files anew, delete those in `expected/` and run this twice; then read each of them as who gets it would.
"""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from models.reading import open_reader
from tests.cli.hostile import HOSTILE, WORDS, read_in, rewrite, strange, text_of
from tests.workflow.documents.papers import PAPERS, SPRING, hollow, paper, places
from workflow.documents.action_list import action_list
from workflow.documents.bulletin import Issue, bulletin
from workflow.documents.content import Document, Grid, Head, Line, Listed, Pairs, Part
from workflow.documents.gathering import Reading
from workflow.documents.html import as_html
from workflow.documents.invitation import invitation
from workflow.documents.length import pages
from workflow.documents.results import results
from workflow.documents.table_card import table_card
from workflow.documents.text import as_text
from workflow.documents.word import as_docx
from workflow.language.languages import LANGUAGES

EXPECTED = Path(__file__).parent / "expected"
NAMES = ("Aino", "Äijälä", "Göran", "Öhman", "Väinö", "Vieras")
"""What nobody who reads a public paper of Valkama is told."""
EMPTY = Document("fi", "Otsikko", Head("Pöytä", "Tiedote"), [])


@pytest.fixture(scope="module")
def at(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return places(template_file, tmp_path_factory.mktemp("papers"))


def text(document: Document) -> str:
    return as_text([document])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_as_it_was_looked_at(at, name, language):
    file = EXPECTED / f"{name}.{language}.txt"
    document = PAPERS[name](at, language, False)
    if not file.exists():
        file.write_text(text(document), encoding="utf-8", newline="\n")
        pytest.fail(f"written anew: read {file.name}")

    assert hollow(document) == []
    assert text(document) == file.read_text(encoding="utf-8")


# For everybody to read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in PAPERS if name.startswith("valkama")])
def test_a_public_paper_names_nobody(at, name, language):
    page = as_html([PAPERS[name](at, language, True)])

    assert [each for each in NAMES if each in page] == []
    assert "valkama.example" not in page


def test_the_other_version_names_them(at):
    """The fault that the test above is there to find."""
    assert {each for each in NAMES if each in text(PAPERS["valkama-invitation"](at, "fi", False))} == set(NAMES)


def test_a_bulletin_is_public_whatever_is_asked(at):
    assert PAPERS["valkama-bulletin"](at, "fi", False) == PAPERS["valkama-bulletin"](at, "fi", True)


def test_an_organisation_speaks_for_its_people_in_public(at):
    told = text(PAPERS["valkama-card"](at, "en", True))

    assert "Valkaman kaupunki: convener, chair and responsible person" in told


# Two languages in one


def test_finnish_and_swedish_stand_in_one_page_each_marked_with_its_language(at):
    make = PAPERS["valkama-invitation"]
    page = as_html([make(at, "fi", False), make(at, "sv", False)])

    assert '<article lang="fi" id="fi">' in page
    assert '<article lang="sv" id="sv">' in page
    assert ">Kutsu<" in page
    assert ">Inbjudan<" in page


def test_words_that_are_in_another_language_are_marked_with_it(at):
    page = as_html([PAPERS["valkama-invitation"](at, "sv", False)])

    assert '<span lang="fi">Laivat ovat yhtiön' in page
    assert "Skjutsar i skärgården" in page


# In Word


def test_a_grid_without_a_caption_goes_by_its_heading_in_word(at):
    word = docx.Document(BytesIO(as_docx([PAPERS["valkama-card"](at, "fi", False)])))

    assert [each.text for each in word.paragraphs if each.style.name == "Caption"] == []
    assert [each for table in word.tables for each in table._tbl.xpath("./w:tblPr/w:tblCaption/@w:val")] == ["Teemat"]


# What depends on the day


def test_matters_are_asked_for_until_the_closing_date_is_over(at):
    last, over = date(2016, 5, 25), date(2016, 5, 26)

    assert "Bring a matter" in text(paper("valkama", last, invitation, "M2")(at, "en", False))
    assert "Bring a matter" not in text(paper("valkama", over, invitation, "M2")(at, "en", False))


def test_what_was_brought_is_not_on_the_agenda_before_the_agenda_is_set(at):
    assert "Kesän aikataulu" not in text(PAPERS["valkama-invitation"](at, "fi", False))
    assert "Vuorot ja avaimet" in text(PAPERS["mallila-invitation"](at, "fi", False))


def test_work_is_late_on_the_day_after_the_agreed_one(at):
    on_the_day, after = date(2016, 5, 2), date(2016, 5, 3)

    assert "has gone by" not in text(paper("valkama", on_the_day, action_list, "P1")(at, "en", False))
    assert "has gone by" in text(paper("valkama", after, action_list, "P1")(at, "en", False))


def test_a_bulletin_tells_only_of_the_days_it_is_about(at):
    june = paper("valkama", SPRING, bulletin, "valkama", Issue(SPRING, date(2016, 6, 5)))
    july = paper("valkama", SPRING, bulletin, "valkama", Issue(date(2016, 6, 20), date(2016, 8, 31)))

    assert "2 June 2016" in text(june(at, "en", True))
    assert "7 June 2016" not in text(june(at, "en", True))
    assert "5 July 2016" in text(july(at, "en", True))
    assert "2 June 2016" not in text(july(at, "en", True))


def test_a_bulletin_tells_of_the_chosen_results_in_their_order(at):
    made = paper("toivakka", SPRING, bulletin, "toivakka", Issue(SPRING, None, ["O2"]))(at, "fi", True)

    assert "Kuntatiedote: pöydän aloite" in text(made)
    assert "Soppaa ja seurustelua" not in text(made)


def test_who_is_still_at_work_is_not_thanked_for_a_result(at):
    """The table's bulletin came of an action that the municipality has not finished."""
    assert "Done by" not in text(PAPERS["toivakka-bulletin"](at, "en", True))
    assert "Done by: Keurusseudun sydänyhdistys" in text(PAPERS["keuruu-bulletin"](at, "en", True))


# How long


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in PAPERS if name.endswith("bulletin")])
def test_a_bulletin_fits_on_one_sheet(at, name, language):
    assert pages(PAPERS[name](at, language, True)) <= 2


def test_a_bulletin_of_a_whole_year_does_not(at):
    """The fault that the measure is there to find."""
    short = PAPERS["valkama-bulletin"](at, "fi", True)
    long = replace(short, blocks=[*short.blocks * 3])

    assert pages(long) > 2


def test_every_word_counts_in_the_length():
    least = pages(EMPTY)

    for block in (
        Line("word " * 60),
        Listed(["word " * 60]),
        Pairs([("name", "word " * 60)]),
        Grid("", ["one", "two"], [["word", "word " * 60]]),
        Part("word " * 60, [Line("word")]),
    ):
        assert pages(replace(EMPTY, blocks=[block])) - least > 4 / 92, block


# Where there is nothing


NOTHING = """\
poyta: table-book/1
organisations: [{name: Kunta, sector: municipality}]
people: [{name: Yksin, organisation: Kunta}]
tables:
  - short: alku
    name: Alku
    kind: network
    on: 2016-01-10
    by: Yksin
    steps:
      - seat: {person: Yksin, role: convener}
      - found: {on: 2016-01-11, override: [responsible_person_named], reason: Vielä ei ole ketään.}
    themes:
      - title: Aihe
        series: [{meetings: [{}]}]
"""


@pytest.fixture(scope="module")
def nothing(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {"alku": str(read_in(NOTHING, template_file, tmp_path_factory.mktemp("alku") / "poyta.db"))}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("public", [False, True])
def test_where_there_is_nothing_a_paper_says_little_and_nothing_hollow(nothing, language, public):
    made = [
        paper("alku", SPRING, invitation, "M1"),
        paper("alku", SPRING, results, "T1"),
        paper("alku", SPRING, table_card, "alku"),
        paper("alku", SPRING, action_list, "P1"),
        paper("alku", SPRING, action_list, "G1"),
        paper("alku", SPRING, bulletin, "alku", Issue(SPRING)),
    ]

    documents = [make(nothing, language, public) for make in made]

    assert [fault for each in documents for fault in hollow(each)] == []
    assert all(each.blocks for each in documents)


def test_a_paper_with_an_empty_part_would_be_found():
    """The faults that `hollow` is there to find."""
    broken = [
        Part("Otsikko", []),
        Part(" ", [Line("x")]),
        Part("Otsikko", [Grid("", ["a", "b"], [])]),
        Part("Otsikko", [Grid("", ["a", "b"], [["x"]])]),
        Pairs([("a", "None")]),
        Pairs([]),
        Listed([]),
        Line("{table} kokoontuu"),
    ]

    assert [len(hollow(replace(EMPTY, blocks=[each]))) for each in broken] == [1] * len(broken)


# Other people's words


SCRIPT = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}' onload='x"


@pytest.fixture(scope="module")
def hostile(at: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Valkama, whose every free word is what no paper should obey."""
    place = tmp_path_factory.mktemp("hostile") / "poyta.db"
    shutil.copy(at["valkama"], place)
    with closing(sqlite3.connect(place)) as connection:
        views = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    word = text_of(HOSTILE + SCRIPT)
    extra = {"rotas": ["title"], "referrals": ["title", "body", "grounds", "paragraph"]}
    changed = {**WORDS, **extra}
    rewrite(
        str(place),
        [
            f"UPDATE {table} SET {column} = {word} || {'id' if column == 'name' else repr('')}"
            for table, columns in changed.items()
            if table in views
            for column in columns
            if (table, column) != ("projects", "name")
        ],
    )
    return {"valkama": str(place)}


@pytest.mark.parametrize("name", [name for name in PAPERS if name.startswith("valkama")])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_words_of_others_are_shown_and_never_obeyed(hostile, name, language):
    document = PAPERS[name](hostile, language, False)

    assert strange(text(document)) == set()
    page = as_html([document])
    assert "<script>alert" not in page
    assert "onload='x" not in page
    assert strange(page) == set()
    assert "{{ 7 * 7 }}" in page


# The foot


def test_a_paper_says_where_it_comes_from_and_how_much_history_there_was(at):
    with open_reader(at["valkama"]) as reader:
        foot = invitation(reader, "M2", Reading("en", SPRING)).foot

    assert foot[0] == "Made with poyta from M2 on 20 May 2016."
    assert foot[1].startswith("The history then: ")
