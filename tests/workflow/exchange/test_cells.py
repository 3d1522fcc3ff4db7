"""A spreadsheet takes no word for a formula, and every word comes back as it was."""

import csv
import io

import pytest
from hypothesis import given, strategies as some

from workflow.exchange.cells import cell, uncell

FORMULAS = [
    "=1+1",
    "=HYPERLINK(A1)",
    "+358 40 123",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "=cmd|' /C calc'!A0",
]
PLAIN = ["", "Keuruu", "'Aino'", "a=1", "1-2", " =1", "5 €", "''", "’=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_reckoned_is_quoted_once(text):
    assert cell(text) == f"'{text}"
    assert uncell(cell(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_what_would_not_be_reckoned_is_left_as_it_is(text):
    assert cell(text) == uncell(text) == text


def test_exactly_one_apostrophe_is_taken_off():
    assert uncell("''=1") == "'=1"
    assert uncell("'=1") == "=1"
    assert uncell("=1") == "=1"


@given(some.text(alphabet=some.sampled_from("'=+-@\t\r\n a1＝"), max_size=6) | some.text(max_size=20))
def test_any_word_comes_back_and_none_is_a_formula(text):
    assert uncell(cell(text)) == text
    assert cell(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")


@given(some.lists(some.text(alphabet=some.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1))
def test_rows_with_any_words_come_back(words):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerow(map(cell, words))
    file.seek(0)

    (row,) = csv.reader(file, delimiter=";")

    assert [uncell(each) for each in row] == words
