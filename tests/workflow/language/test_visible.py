"""What people wrote can't steer the terminal, nor hide or reorder what is read."""

import json
import unicodedata
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given, strategies as st

from workflow.language.visible import escaped_in_json, escaped_in_xml, escaped_in_yaml, hides, visible

MARKED = [
    ("\x1b[2J", "␛[2J"),
    ("a\rb", "a␍b"),
    ("a\x00b", "a␀b"),
    ("a\x7fb", "a␡b"),
    ("a\x9b2Jb", "a\\u{9b}2Jb"),
    ("a\u202eb", "a\\u{202e}b"),
    ("a\u2066b", "a\\u{2066}b"),
    ("a\u200bb", "a\\u{200b}b"),
    ("a\u2028b", "a\\u{2028}b"),
    ("a\ud800b", "a\\u{d800}b"),
    ("a\U000e0041b", "a\\u{e0041}b"),
    ("ad\u00admin", "ad\\u{ad}min"),
    ("a\u3164b", "a\\u{3164}b"),
    ("a\ufe00b", "a\\u{fe00}b"),
    ("a\u200db", "a\\u{200d}b"),
    ("a\u200c", "a\\u{200c}"),
    ("\u200d", "\\u{200d}"),
    ("👩\u200d\u200d🌾", "👩\\u{200d}\\u{200d}🌾"),
]


@pytest.mark.parametrize(("text", "shown"), MARKED)
def test_what_can_not_be_seen_is_marked(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["", "Keuruun pöytä", "Åbo – ”möte” 5 €", "väli\u00a0sana", "👩\u200d🌾", "☀️"])
def test_what_can_be_seen_is_left_as_it_is(text):
    assert visible(text, lines=False) == text


def test_lines_and_tabs_are_kept_where_text_may_have_lines():
    assert visible("yksi\n\tkaksi") == "yksi\n\tkaksi"


def test_a_line_stays_one_line_where_it_must():
    assert visible("yksi\n\tkaksi", lines=False) == "yksi␊␉kaksi"


@given(st.text())
def test_no_text_keeps_a_control_character(text):
    shown = visible(text, lines=False)

    assert not [letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")]
    assert visible(shown, lines=False) == shown


@given(st.text())
def test_json_with_numbers_says_the_same_and_hides_nothing(text):
    written = escaped_in_json(json.dumps(text, ensure_ascii=False))

    assert json.loads(written) == text
    assert not hides(written)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_yaml_with_numbers_says_the_same_and_hides_nothing(text):
    written = escaped_in_yaml(yaml.safe_dump(text, allow_unicode=True, default_style='"'))

    assert yaml.safe_load(written) == text
    assert not hides(written)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&\ufffe\uffff")))
def test_xml_with_numbers_says_the_same_and_hides_nothing(text):
    written = escaped_in_xml(text)

    assert ElementTree.fromstring(f"<a>{written}</a>").text == (text or None)  # noqa: S314  # of our own making
    assert not hides(written)


@given(st.text())
def test_what_hides_nothing_is_shown_as_it_is(text):
    assert hides(text) == (visible(text) != text)
