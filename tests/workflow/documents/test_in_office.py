"""Word files open in LibreOffice, where it is here, and keep their headings, lists, languages and table headers."""

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.workflow.documents import word_seen
from workflow.documents.word import as_docx

OFFICE = shutil.which("soffice")
WRITER = Path(OFFICE).resolve().with_name("libswlo.so") if OFFICE else None

pytestmark = pytest.mark.skipif(WRITER is None or not WRITER.is_file(), reason="there is no LibreOffice Writer here")

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.fixture(scope="module")
def opened(papers, tmp_path_factory):
    """The memo in two languages, as an office has it."""
    return in_office(as_docx(papers("memo", "fi", "sv")), tmp_path_factory.mktemp("office"))


def in_office(data, folder):
    """A Word file that was opened and saved in the office's own format."""
    (folder / "memo.docx").write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    subprocess.run(
        [OFFICE, "--headless", home, "--convert-to", "odt", "--outdir", folder, folder / "memo.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with ZipFile(folder / "memo.odt") as file:
        return ElementTree.fromstring(file.read("content.xml"))  # noqa: S314  # made of our own


def test_an_office_keeps_the_headings(opened, papers):
    kept = ["".join(each.itertext()) for each in opened.iter(f"{TEXT}h")]

    told = [text for style, text in word_seen.headings(as_docx(papers("memo", "fi", "sv"))) if style != "Title"]
    assert kept == told
    assert len(kept) > 10


def test_an_office_repeats_the_names_of_columns(opened):
    tables = list(opened.iter(f"{TABLE}table"))

    headers = ["".join(each.itertext()) for each in opened.iter(f"{TABLE}table-header-rows")]
    assert len(headers) == len(tables) == 2
    assert headers[0] == "MitäKukaMääräaikaTila"


def test_an_office_keeps_lists_and_languages(opened):
    everything = ElementTree.tostring(opened, encoding="unicode")

    assert len(list(opened.iter(f"{TEXT}list-item"))) > 10
    assert 'language="sv"' in everything
    assert 'country="FI"' in everything


def test_names_of_columns_that_are_not_repeated_would_be_found(papers, tmp_path, monkeypatch):
    monkeypatch.setattr("workflow.documents.word._name_columns", lambda table, caption: None)

    found = in_office(as_docx(papers("memo", "fi")), tmp_path)

    assert list(found.iter(f"{TABLE}table-header-rows")) == []
