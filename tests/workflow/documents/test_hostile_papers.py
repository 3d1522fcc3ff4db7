"""Words that do harm, put into the database by other hands, stay words in a page, in plain text and in a Word file."""

import shutil

import pytest

from models.reading import open_reader
from tests.cli.hostile import HOSTILE, WORDS, rewrite, strange, text_of
from tests.workflow.documents import page_seen, word_seen
from tests.workflow.documents.conftest import DAY, MADE
from workflow.documents.content import Document, Head, Line, Part, plain
from workflow.documents.gathering import Reading
from workflow.documents.html import as_html
from workflow.documents.text import as_text
from workflow.documents.word import as_docx

TAGS = "\"'><script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>]]>--><!--"
TEMPLATE = "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}${7*7}"
FORMULA = '=cmd|"/c calc"!A1'
FIELD = '{ HYPERLINK "https://example.org" }{ INCLUDETEXT "/etc/passwd" }<w:hyperlink r:id="rId1"/>'

EVIL = {
    "steering": HOSTILE.replace("\r", ""),
    "script": TAGS + TEMPLATE,
    "formula": FORMULA + FIELD,
    "control": "".join(map(chr, range(1, 32))) + "\x7f\x85\ufffe\uffff\ufdd0",
    "long": "ä" * 5000,
    "right to left": "\u202eאבג\u2067 ועד הכפר\u200f",
}


@pytest.fixture(params=EVIL, ids=lambda name: name.replace(" ", "-"))
def evil(request, mallila_file, tmp_path):
    """The papers of the table after somebody has put this in the place of all words."""
    place = shutil.copy(mallila_file, tmp_path / "poyta.db")
    word = text_of(EVIL[request.param])
    kept = {**WORDS, "memo_entries": ["text"]}
    rewrite(
        str(place),
        [
            f"UPDATE {table} SET {column} = {word} || rowid WHERE {column} IS NOT NULL"
            for table, columns in kept.items()
            for column in columns
        ],
    )
    with open_reader(str(place)) as reader:
        papers = [make(reader, ref, Reading(each, DAY)) for make, ref in MADE.values() for each in ("fi", "sv")]
    assert all(EVIL[request.param] in plain(each.title) for each in papers)
    return papers


def test_no_word_becomes_more_than_a_word(evil):
    page, text, word = as_html(evil), as_text(evil), as_docx(evil)

    assert page_seen.harm_in(page) == []
    assert word_seen.harm_in(word) == []
    told = [text, page_seen.words_in(page), "".join(each.text for each in word_seen.paragraphs(word))]
    assert [strange(each.replace("\t", "")) for each in told] == [set(), set(), set()]


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", "{{ 7*7 }}", "=cmd|", "{ HYPERLINK"])
def test_what_was_written_can_be_read(word):
    paper = [Document("fi", word, Head(word, "Muistio"), [Part(word, [Line(word)])])]

    told = as_text(paper), page_seen.words_in(as_html(paper)), str(word_seen.paragraphs(as_docx(paper)))

    assert all(each.count(word) >= 3 for each in told)


@pytest.mark.parametrize(
    "page",
    [
        "<p onclick=x>",
        "<script>x</script>",
        "<a href='https://example.org'>x</a>",
        "<img src=x>",
        "<style>@import 'x'</style>",
    ],
)
def test_a_page_that_does_harm_would_be_found(page):
    assert page_seen.harm_in(page)


def test_a_template_that_writes_words_as_they_are_would_be_found(tmp_path):
    (tmp_path / "document.html").write_text("<p>{{ documents[0].title | safe }}</p>", encoding="utf-8")

    page = as_html([Document("fi", TAGS, Head("Pöytä", "Muistio"), [])], tmp_path)

    assert page_seen.harm_in(page)


def test_a_word_file_that_leads_elsewhere_would_be_found(monkeypatch):
    def link(document, name):
        document.part.relate_to("https://example.org", "hyperlink", is_external=True)
        document.paragraphs[0]._p.append(document.element.makeelement(f"{word_seen.W}hyperlink"))
        return styled(document, name)

    from workflow.documents import word

    styled = word.style_of
    monkeypatch.setattr(word, "style_of", link)

    found = word_seen.harm_in(as_docx([Document("fi", "Kahvia", Head("Pöytä", "Muistio"), [])]))

    assert "word/document.xml: hyperlink" in found
    assert "word/_rels/document.xml.rels: leads out of the file" in found
