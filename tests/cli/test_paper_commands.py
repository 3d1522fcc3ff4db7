"""The commands that make papers: which paper of what, in which forms and languages, and what is refused."""

from pathlib import Path

import pytest

from tests.cli.hostile import EXAMPLE

VALKAMA = Path(__file__).parents[1] / "workflow" / "documents" / "valkama.yaml"

PAPERS = {
    ("meeting", "export", "M2"): "Kutsu",
    ("theme", "export", "T1"): "Tulokset",
    ("result", "export", "O1"): "Tulokset",
    ("table", "export", "valkama"): "Pöytäkortti",
    ("table", "bulletin", "valkama"): "Tiedote",
    ("org", "actions", "Valkaman kaupunki"): "Toimenpidelista",
    ("person", "actions", "Aino"): "Toimenpidelista",
}
"""Each command, and what its paper calls itself."""


@pytest.fixture
def valkama(poyta):
    answer = poyta("import", str(VALKAMA))
    assert answer.status == 0, answer.err
    return poyta


@pytest.fixture
def on_valkama(on_file):
    answer = on_file("import", str(VALKAMA))
    assert answer.status == 0, answer.err
    return on_file


def test_each_paper_is_told_in_finnish_and_swedish_as_its_table_speaks(valkama):
    for command, kind in PAPERS.items():
        answer = valkama(*command)

        assert answer.status == 0, (command, answer.err)
        assert f"\n{kind}\n" in answer.out, command
        assert "Hamnskärs partnerskapsbord" in answer.out, command


@pytest.mark.parametrize("command", PAPERS)
def test_each_paper_is_written_as_a_page_and_as_text(on_valkama, tmp_path, command):
    page, words = tmp_path / "paperi.html", tmp_path / "paperi.txt"

    answer = on_valkama(*command, "--html", str(page), "--text", str(words), "--in", "sv", "--json")

    assert answer.json["places"] == [str(page), str(words)]
    assert '<html lang="sv">' in page.read_text(encoding="utf-8")
    assert answer.json["items"][0]["text"] == words.read_text(encoding="utf-8")


def test_a_bulletin_has_a_style_sheet_of_its_own(on_valkama, tmp_path):
    bulletin, invitation = tmp_path / "tiedote.html", tmp_path / "kutsu.html"

    on_valkama("table", "bulletin", "valkama", "--html", str(bulletin))
    on_valkama("meeting", "export", "M2", "--html", str(invitation))

    assert "columns: 2" in bulletin.read_text(encoding="utf-8")
    assert "columns: 2" not in invitation.read_text(encoding="utf-8")


def test_the_public_version_names_nobody(on_valkama):
    told = on_valkama("person", "actions", "Aino", "--public", "--in", "fi").out

    assert "Mistä on sovittu: Valkaman kaupunki" in told
    assert "Aino" not in told


def test_a_bulletin_has_no_other_version_than_the_public_one(on_valkama):
    assert "Aino" not in on_valkama("table", "bulletin", "valkama").out
    assert on_valkama("table", "bulletin", "valkama", "--public").status == 2


def test_a_bulletin_tells_of_the_chosen_days_and_results(on_valkama):
    chosen = ("--from", "1.6.2016", "--to", "5.6.2016", "--result", "O1", "--in", "fi")

    told = on_valkama("table", "bulletin", "valkama", *chosen).out

    assert "Torstai 2.6.2016" in told
    assert "7.6.2016" not in told
    assert "Iltavuoro kulkee" in told


def test_the_result_of_another_table_is_not_told_of(on_valkama):
    on_valkama("import", str(EXAMPLE.with_name("toivakka.yaml")))

    answer = on_valkama("table", "bulletin", "toivakka", "--result", "O1", "--json")

    assert answer.status == 4
    assert answer.json["error"] == "not_found"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--from", "1.6.2016", "--to", "31.5.2016"), "to"),
        (("--from", "joskus"), "from"),
        (("--to", "31.6.2016"), "to"),
    ],
)
def test_days_that_can_not_be_are_refused(on_valkama, words, told):
    answer = on_valkama("table", "bulletin", "valkama", *words, "--lang", "en")

    assert (answer.status, answer.out) == (2, "")
    assert f"--{told}" in answer.err or told in answer.err


def test_whoever_makes_too_long_a_bulletin_is_told_so(on_valkama):
    words = ("--kind", "event", "--evidence", "Sen näkee rannalta. " * 14, "--as", "Aino", "--yes")
    added = [on_valkama("result", "add", "T1", "--title", f"Tulos {number}", *words) for number in range(2, 20)]
    chosen = [each for number in range(2, 20) for each in ("--result", f"O{number}")]

    long = on_valkama("table", "bulletin", "valkama", *chosen, "--lang", "en")
    short = on_valkama("table", "bulletin", "valkama", "--result", "O1", "--lang", "en")

    assert [answer.err for answer in added if answer.status != 0] == []
    assert "more than one sheet" in long.err
    assert long.status == 0
    assert "sheet" not in short.err


def test_whoever_holds_nothing_gets_a_kind_word(on_valkama):
    told = on_valkama("person", "actions", "Väinö", "--in", "en").out

    assert "There is nothing in your hands now." in told
