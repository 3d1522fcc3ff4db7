"""Papers from the command line: in every form, on the table's own templates, over nothing changed by hand."""

import zipfile
from pathlib import Path

import docx
import pytest

FORMS = ("html", "docx", "text")


@pytest.mark.parametrize("form", FORMS)
def test_a_memo_is_written_and_written_anew(full, away, form):
    first = full("memo", "export", "M1", f"--{form}", "memo")
    written = (away / "memo").read_bytes()

    again = full("memo", "export", "M1", f"--{form}", "memo")

    assert (first.status, again.status) == (0, 0)
    assert (away / "memo").read_bytes() == written


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_was_changed_by_hand_is_kept(full, away, form):
    full("memo", "export", "M1", f"--{form}", "memo")
    by_hand = (away / "memo").read_bytes() + b"!"
    (away / "memo").write_bytes(by_hand)

    answer = full("memo", "export", "M1", f"--{form}", "memo", "--json")

    assert (answer.status, answer.json["code"]) == (2, "file_changed")
    assert (away / "memo").read_bytes() == by_hand


def test_a_file_of_somebody_else_is_kept(full, away):
    (away / "memo.docx").write_bytes(b"mine")

    answer = full("memo", "export", "M1", "--docx", "memo.docx", "--json")

    assert (answer.status, answer.json["code"]) == (2, "file_exists")
    assert (away / "memo.docx").read_bytes() == b"mine"


def test_the_tables_own_templates_lie_beside_the_database(full, away, file_place):
    own = Path(file_place).parent / "templates"
    own.mkdir()
    (own / "style.css").write_text("body { color: #123456 }", encoding="utf-8")
    paper = docx.Document()
    paper.sections[0].header.paragraphs[0].text = "Mallilan kunta"
    paper.save(own / "document.docx")

    answer = full("agenda", "export", "M1", "--html", "agenda.html", "--docx", "agenda.docx")

    assert answer.status == 0
    assert "color: #123456" in (away / "agenda.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(away / "agenda.docx") as file:
        assert any(b"Mallilan kunta" in file.read(name) for name in file.namelist() if "header" in name)


def test_where_one_form_can_not_be_made_none_is_written(full, away, environment):
    environment.setenv("POYTA_BROWSER", str(away / "browser"))

    answer = full("memo", "export", "M1", "--html", "memo.html", "--pdf", "memo.pdf", "--json")

    assert (answer.status, answer.json["code"]) == (2, "no_browser")
    assert answer.json["facts"] == {"place": str(away / "browser")}
    assert list(away.iterdir()) == []


@pytest.mark.parametrize(("language", "word"), [("fi", "selain"), ("sv", "webbläsare"), ("en", "browser")])
def test_it_is_said_what_to_do_without_a_browser(full, away, environment, language, word):
    environment.setenv("PATH", "")

    answer = full("memo", "export", "M1", "--pdf", "memo.pdf", "--lang", language)

    assert answer.status == 2
    assert word in answer.err.lower()
    assert "--html" in answer.err
