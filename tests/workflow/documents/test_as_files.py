"""Whole papers of an example meeting, compared as files: web pages, text and Word, in three languages and in two.

To make them anew, delete those in `expected/` and run this twice; then look at each of them.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.workflow.documents import word_seen
from workflow.documents.content import Document
from workflow.documents.html import as_html
from workflow.documents.text import as_text
from workflow.documents.word import as_docx

EXPECTED = Path(__file__).parent / "expected"


def _page(documents: Sequence[Document]) -> str:
    return re.sub(r"<style>.*?</style>", "<style></style>", as_html(documents), flags=re.DOTALL)


FORMS: dict[str, Callable[[Sequence[Document]], str]] = {
    "html": _page,
    "txt": as_text,
    "docx.xml": lambda documents: word_seen.whole(as_docx(documents)),
}

PAPERS = [
    ("memo", ("fi",), ("html", "txt")),
    ("memo", ("sv",), ("html", "txt")),
    ("memo", ("en",), ("html", "txt", "docx.xml")),
    ("memo", ("fi", "sv"), ("html", "txt", "docx.xml")),
    ("agenda", ("en",), ("txt",)),
    ("agenda", ("fi", "sv"), ("html", "txt", "docx.xml")),
]


@pytest.mark.parametrize(
    ("name", "languages", "form"),
    [(name, languages, form) for name, languages, forms in PAPERS for form in forms],
    ids=lambda each: each if isinstance(each, str) else "+".join(each),
)
def test_a_paper_is_as_it_was_looked_at(papers, name, languages, form):
    file = EXPECTED / f"{name}.{'+'.join(languages)}.{form}"
    told = FORMS[form](papers(name, *languages))
    told = re.sub(r"\d+·[0-9a-z]{4}-[0-9a-z]{4}", "{history}", told)  # another with every change of the tables

    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8", newline="\n")
        pytest.fail(f"made anew: look at {file.name}")
    assert told == file.read_text(encoding="utf-8")


NAMES = ("Aino", "Äijälä", "Göran", "Öhman", "Pekka", "Näätänen", "Kerttu", "Sjöström")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["memo", "agenda"])
def test_the_public_version_names_nobody_that_poyta_knows(papers, name, form):
    told = FORMS[form](papers(name, "fi", "sv", "en", public=True))
    own_words = "Göran Öhman toivotti"  # which the secretary wrote, and masks by hand

    assert [each for each in NAMES if each in told.replace(own_words, "")] == []


@pytest.mark.parametrize("form", FORMS)
def test_whoever_was_named_would_be_found(papers, form):
    told = FORMS[form](papers("memo", "fi"))

    assert all(each in told for each in NAMES)
