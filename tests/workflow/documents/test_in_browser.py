"""Papers as the eye and the screen reader find them, in a real browser: against WCAG 2.1 AA, on a telephone, as PDF."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest

from tests.workflow.documents.browser import needs_axe, needs_browser, violations, wider_than_the_screen
from workflow.documents.html import as_html
from workflow.documents.pdf import as_pdf

pytestmark = needs_browser


@needs_axe
@pytest.mark.parametrize(("name", "width"), [("memo", 1200), ("memo", 390), ("agenda", 1200)])
def test_a_paper_in_two_languages_breaks_no_rule_of_accessibility(papers, tmp_path, name, width):
    page = as_html(papers(name, "fi", "sv"))

    assert violations(page, tmp_path, width=width) == []


FAULTS = {
    "html-has-lang": ('<html lang="fi">', "<html>"),
    "document-title": ("<title>Yksinäisyys kylillä</title>", "<title></title>"),
    "valid-lang": ('<article lang="fi">', '<article lang="suomi">'),
    "color-contrast": ("color: #444", "color: #aaa"),
}


@needs_axe
def test_a_page_that_breaks_rules_would_be_found(papers, tmp_path):
    page = as_html(papers("memo", "fi"))
    for whole, broken in FAULTS.values():
        assert whole in page
        page = page.replace(whole, broken)

    found = {each.split(":")[0] for each in violations(page, tmp_path)}

    assert found == set(FAULTS)


def test_nobody_scrolls_sideways_on_a_telephone(papers, tmp_path):
    page = as_html(papers("memo", "fi", "sv"))

    assert wider_than_the_screen(page, tmp_path, width=390) == "0"
    assert wider_than_the_screen(page.replace("</h1>", "</h1><hr style='width:800px'>", 1), tmp_path, width=390) != "0"


def test_a_pdf_is_tagged_and_has_its_title_languages_headings_and_table_headers(papers):
    pdf = pypdf.PdfReader(io.BytesIO(as_pdf(as_html(papers("memo", "fi", "sv")).encode())))

    root: Any = pdf.trailer["/Root"]
    kinds, languages = _structure(root)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fi"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Yksinäisyys kylillä · Ensamhet i byarna"
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD"} <= set(kinds)
    assert kinds.count("/H1") == 2
    assert "sv" in languages
    assert "Yksinäisyys kylillä" in _titles(pdf.outline)
    assert len(pdf.pages) == 4
    assert {tuple(round(each) for each in page.mediabox[2:]) for page in pdf.pages} == {(595, 842)}


def test_a_pdf_without_marks_would_be_found(papers, monkeypatch):
    monkeypatch.setattr("workflow.documents.pdf.PRINTING", ("--no-pdf-header-footer", "--disable-pdf-tagging"))

    pdf = pypdf.PdfReader(io.BytesIO(as_pdf(as_html(papers("memo", "fi")).encode())))

    assert pdf.outline == []
    assert "/StructTreeRoot" not in pdf.trailer["/Root"]  # type: ignore[operator]  # a dictionary


def _structure(root: Any) -> tuple[list[str], set[str]]:
    nodes = list(_nodes(root["/StructTreeRoot"]["/K"]))
    return [str(node["/S"]) for node in nodes if "/S" in node], {
        str(node["/Lang"]) for node in nodes if "/Lang" in node
    }


def _nodes(node: Any) -> Iterator[Any]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _nodes(each)
    elif isinstance(node, dict):
        yield node
        yield from _nodes(node.get("/K", []))


def _titles(outline: Any) -> list[str]:
    return [title for each in outline for title in (_titles(each) if isinstance(each, list) else [str(each.title)])]
