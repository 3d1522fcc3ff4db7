"""The coordinator's report: one page over many tables, whole without any script."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from workflow.language.languages import LANGUAGES

THE_TABLES = ("examples/keuruu.yaml", "examples/toivakka.yaml", "examples/kaksineuvoinen.yaml")


@pytest.fixture
def tables(poyta):
    for book in THE_TABLES:
        assert poyta("import", book).status == 0
    return poyta


class Page(HTMLParser):
    """What stands in a page: its elements, its headings and its words."""

    def __init__(self, text):
        super().__init__()
        self.found, self.headings, self.words = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_one_page_in_the_readers_language(tables, tmp_path, language):
    answer = tables("audit", "report", "--html", str(tmp_path / "report.html"), "--lang", language)

    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert answer.status == 0
    assert ("html", {"lang": language}) in page.found
    assert {tag for tag, _ in page.found} >= {"svg", "table", "caption", "script"}
    assert not [each for _, each in page.found if each.get("src") or "onclick" in each]


def test_headings_follow_one_another_without_a_gap(tables, tmp_path):
    tables("audit", "report", "--html", str(tmp_path / "report.html"))

    headings = Page((tmp_path / "report.html").read_text(encoding="utf-8")).headings
    assert headings[0] == 1 and headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(headings))


def test_the_report_tells_each_cause_with_what_would_move_it_on(tables):
    told = tables("audit", "stalled", "--json", "--lang", "en").json["items"]

    text = " ".join(tables("audit", "report", "--lang", "en").out.split())

    assert told
    for cause in (cause for each in told for cause in each["causes"]):
        assert cause["message"] in text
        assert all(" ".join(remedy.split()) in text for remedy in cause["remedies"])


def test_of_one_area_only_its_tables_are_told(tables):
    text = tables("audit", "report", "--area", "Keuruu", "--lang", "en").out

    assert "Keuruun kumppanuuspöytä" in text
    assert "Toivakan kumppanuuspöytä" not in text


def test_a_database_without_tables_gives_a_report_too(poyta):
    answer = poyta("audit", "report", "--lang", "en")

    assert answer.status == 0
    assert "Tables: 0" in answer.out


def test_a_page_that_somebody_changed_is_not_written_over(tables, tmp_path):
    place = tmp_path / "report.html"
    tables("audit", "report", "--html", str(place))
    assert tables("audit", "report", "--html", str(place)).status == 0
    place.write_text("mine", encoding="utf-8")

    answer = tables("audit", "report", "--html", str(place), "--json")

    assert (answer.status, answer.json["code"]) == (2, "file_changed")
    assert place.read_text(encoding="utf-8") == "mine"
