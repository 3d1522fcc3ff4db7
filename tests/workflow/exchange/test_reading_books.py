"""Files that are no books, or books with something in them that has no place there."""

import json

import pytest

from tests.workflow.exchange.books import example, line_of, sources
from workflow.exchange import nodes
from workflow.exchange.problems import BookRefused
from workflow.exchange.reading import read_book, read_books
from workflow.exchange.reference import EXAMPLE
from workflow.exchange.sources import Source

TOP = "poyta: table-book/1\n"


def wrong_with(data: bytes | str, name: str = "book.yaml") -> list[tuple[int, str]]:
    """The lines and codes of what is wrong with a file."""
    try:
        book = read_book(Source(name, data if isinstance(data, bytes) else data.encode()))
    except BookRefused as refused:
        return [(error.line, error.code) for error in refused.errors]
    return [(error.line, error.code) for error in book.problems.found]


HOSTILE = {
    "nothing": (b"", [(1, "file_empty")]),
    "only spaces": (b" \n\n ", [(1, "file_empty")]),
    "only a comment": (b"# hei\n", [(1, "file_empty")]),
    "another format": (b"poyta: table-book/9\n", [(1, "not_this_format")]),
    "a list": (b"- a\n- b\n", [(1, "not_a_book")]),
    "a word": (b"hei", [(1, "not_a_book")]),
    "Latin-1": ("poyta: table-book/1\nname: pöytä\n".encode("latin-1"), [(2, "not_utf8")]),
    "UTF-16": (EXAMPLE.encode("utf-16"), [(1, "not_utf8")]),
    "half a letter": (TOP.encode() + "ä".encode()[:1], [(2, "not_utf8")]),
    "NUL": (TOP.encode() + b"people: [\x00]\n", [(2, "control_character")]),
    "escape sequence": (TOP.encode() + b"# \x1b[2J\n", [(2, "control_character")]),
    "same key twice": (f"{TOP}people: []\npeople: []\n", [(3, "key_repeated")]),
    "same key twice below": (f"{TOP}people:\n- {{name: a, name: b}}\n", [(3, "key_repeated")]),
    "alias bomb": (f"{TOP}a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", [(2, "yaml_anchor")]),
    "alias": (f"{TOP}people: *a\n", [(2, "yaml_alias")]),
    "tag": (f"{TOP}people: !!python/object/apply:os.system [ls]\n", [(2, "yaml_tag")]),
    "small tag": (f"{TOP}people: !x []\n", [(2, "yaml_tag")]),
    "tag directive": (f"%TAG ! tag:example.org,2000:\n---\n{TOP}", [(1, "yaml_tag")]),
    "two documents": (f"{TOP}---\n{TOP}", [(2, "yaml_several_documents")]),
    "deep": (TOP + "tables: " + "[" * 40 + "]" * 40, [(2, "too_deep")]),
    "very deep": (b"[" * 10_000_000, [(1, "too_deep")]),
    "deep mappings": (b"{a: " * 1_000_000, [(1, "too_deep")]),
    "not closed": (f"{TOP}people: [a\n", [(3, "not_yaml")]),
    "tab": (f"{TOP}\tpeople: []\n", [(2, "not_yaml")]),
    "two colons": (f"{TOP}people: a: b\n", [(2, "not_yaml")]),
    "half an escape": (f'{TOP}people: ["\\ud800"]\n', [(2, "not_yaml")]),
    "key of several": (f"{TOP}? [a, b]\n: c\n", [(2, "key_not_text")]),
}


@pytest.mark.parametrize(("data", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_no_book_is_refused_with_its_line(data, expected):
    assert wrong_with(data) == expected


def test_a_file_with_too_many_parts_is_refused_where_they_are_too_many(monkeypatch):
    monkeypatch.setattr(nodes, "MOST_PARTS", 1000)

    assert wrong_with(TOP + "people:\n" + "- a\n" * 1000) == [(998, "too_many_parts")]


def test_a_json_text_with_something_after_it_is_refused_with_its_line():
    text = json.dumps({"poyta": "table-book/1", "people": []}, indent=1)

    assert wrong_with(text + "\n}", "book.json") == [(5, "not_yaml")]


def test_json_may_have_tabs_and_letters_in_halves():
    text = '{\n\t"poyta":"table-book/1",\n\t"people":[{"name":"\\u00c4iti \\ud83d\\ude00 \\\\ud83d"}]\n}'

    (book,) = read_books([Source("book.json", text.encode())])

    assert [party.given["name"] for party in book.parties] == ["Äiti 😀 \\ud83d"]


def test_a_byte_order_mark_is_no_trouble():
    assert wrong_with("\ufeff" + EXAMPLE) == []


def test_a_folder_a_missing_file_and_a_file_too_large_are_told_together(tmp_path, monkeypatch):
    monkeypatch.setattr(nodes, "MOST_BYTES", 100)
    (tmp_path / "suuri.yaml").write_text(EXAMPLE, encoding="utf-8")

    with pytest.raises(BookRefused) as refused:
        read_books([tmp_path, tmp_path / "ei.yaml", tmp_path / "suuri.yaml"])

    assert {error.code for error in refused.value.errors} == {"file_is_folder", "file_missing", "file_too_large"}
    assert refused.value.exit_status == 6


def test_a_value_is_what_is_written():
    text = f"{TOP}people:\n- name: no\n- name: 17:30\n- name: 1.10\n- name: 0x1F\n- name: 2016-01-01\n- name: ~a\n"

    book = read_book(Source("book.yaml", text.encode()))

    assert [party.given["name"] for party in book.parties] == ["no", "17:30", "1.10", "0x1F", "2016-01-01", "~a"]


def test_nothing_said_is_nothing_told():
    text = f"{TOP}people:\n- {{name: Aino, organisation: , email: null}}\n- {{name: ~, email: '~'}}\n"

    book = read_book(Source("book.yaml", text.encode()))

    assert [party.given for party in book.parties] == [{"name": "Aino"}, {"email": "~"}]


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "close"),
    [
        ("tables:", "tabels:", "unknown_key", "tabels", ["tables"]),
        (
            "{name: Kehitytään kimpassa, funder:",
            "{name: Kehitytään kimpassa, fundr:",
            "unknown_key",
            "fundr",
            ["funder"],
        ),
        ("rhythm:", "rythm:", "unknown_key", "rythm", ["rhythm"]),
        ("themes:", "thems:", "unknown_key", "thems", ["themes"]),
        ("agreed_in:", "agreedin:", "unknown_key", "agreedin", ["agreed_in"]),
        ("set_agenda:", "set-agenda:", "no_such_step", "set-agenda", ["set_agenda"]),
        ("- accept\n", "- acept\n", "no_such_step", "acept", ["accept"]),
    ],
)
def test_a_key_or_a_step_that_is_none_gets_those_that_were_perhaps_meant(old, new, code, field, close):
    text = example((old, new))

    book = read_book(*sources(text))

    (error,) = book.problems.found
    assert (error.line, error.code, error.field.rpartition("/")[2]) == (line_of(text, new), code, field)
    assert error.facts["close"][:1] == close


def test_a_field_is_told_by_its_way_from_the_table():
    book = read_book(*sources(example(("to: Keuruun seurakunta\n", "tu: Keuruun seurakunta\n"))))

    assert [error.field for error in book.problems.found] == [
        "tables/keuruu/themes[0]/series[0]/meetings[0]/items[0]/actions[0]/tu"
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("- tell_proposer\n", "- [tell_proposer]\n", "not_a_step"),
        ("- tell_proposer\n", "- {tell_proposer: , reach_results: }\n", "not_a_step"),
        ("- complete: 2016-02-20\n", "- complete: [2016-02-20]\n", "not_named_parts"),
        ("- complete: 2016-02-20\n", "- complete: 20/2/2016\n", "date_ambiguous"),
        ("- complete: 2016-02-20\n", "- complete: 31.2.2016\n", "date_no_such_day"),
        ("- complete: 2016-02-20\n", "- complete: klo 17-18.30\n", "date_not_a_date"),
        ("- complete: 2016-02-20\n", "- complete: {on: 2016-02-20, number: first}\n", "not_a_number"),
        ("- complete: 2016-02-20\n", "- complete\n          - hold: {series: s}\n", "not_yaml"),
        ("ref: m1\n", "ref: m 1\n", "not_a_ref"),
        ("place: Keuruun kirjasto\n", "place: [Keuruun kirjasto]\n", "not_one_value"),
        ("count: {association: 12, residents: 5}", "count: {association: }", "missing"),
        ("arrived: {Keuruun seurakunta: 17.15}", "arrived: {Keuruun seurakunta: a=b}", "not_a_pair"),
        ("name: {fi: Keuruun kumppanuuspöytä, sv:", "name: {fi: Keuruun kumppanuuspöytä, en:", "not_a_language_here"),
        ("name: {fi: Keuruun kumppanuuspöytä, sv:", "name: {sv:", "main_language_missing"),
        ("series:\n", "series: {}\n", "not_yaml"),
        ("results:\n", "results: none\n        x:\n", "not_a_list"),
        ("- planned_meetings: 1\n", "- convene\n          - planned_meetings: 1\n", "not_named_parts"),
        ("- reach_results: 2016-06-01\n", "- convene: 2016-06-01\n", "step_follows"),
    ],
)
def test_what_has_another_shape_than_it_should_is_told(old, new, code):
    assert code in {found for _, found in wrong_with(example((old, new)))}


def test_a_matter_of_the_program_has_no_details_of_its_own():
    text = example(("- title: Kahvia ja kohtaamisia\n", "- follow_up: true\n                    title: Muuta\n"))

    assert (line_of(text, "title: Muuta"), "key_not_of_automatic") in wrong_with(text)


def test_reading_stops_when_there_is_more_wrong_than_anybody_wants_to_read():
    text = TOP + "people:\n" + "- {nimi: Aino}\n" * 1000

    assert len(wrong_with(text)) == 200
