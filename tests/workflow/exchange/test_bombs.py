"""Files made to do harm: each is refused with its code and line, in little memory, and leaves nothing behind."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.figures import tell
from tests.workflow.exchange.bombs.explode import small
from tests.workflow.exchange.bombs.made import MADE
from workflow.exchange import nodes
from workflow.exchange.problems import MOST, BookRefused
from workflow.exchange.reading import read_books
from workflow.exchange.sources import Source, source_of, sources_of

ROOT = Path(__file__).parents[3]
MOST_MEGABYTES = 300
LONGEST_SENTENCE = 1000

# fmt: off
EXPECTED: dict[str, list[tuple[int, str]]] = {
    "alias.yaml":                           [(2, "yaml_alias")],
    "anchor-of-itself.yaml":                [(2, "yaml_anchor")],
    "anchored-key.yaml":                    [(2, "yaml_anchor")],
    "billion-laughs.yaml":                  [(2, "yaml_anchor")],
    "carriage-return.yaml":                 [(3, "control_character")],
    "day-far-away.yaml":                    [(5, "missing"), (9, "date_not_a_date")],
    "day-of-4000-digits.yaml":              [(5, "missing"), (9, "date_not_a_date")],
    "doctype.yaml":                         [(1, "not_a_book")],
    "document-after-its-end.yaml":          [(3, "not_yaml")],
    "everything-in-the-wrong-place.yaml":   [(2, "not_a_list"), (3, "not_a_list"), (4, "not_named_parts")],
    "format-is-a-list.yaml":                [(1, "not_this_format")],
    "half-an-escape.yaml":                  [(3, "not_yaml")],
    "half-of-a-pair.json":                  [(2, "not_yaml")],
    "key-is-a-map.json":                    [(2, "key_not_text")],
    "key-of-several.yaml":                  [(2, "key_not_text")],
    "key-twice-in-disguise.json":           [(3, "key_repeated")],
    "key-twice.json":                       [(2, "key_repeated")],
    "key-twice.yaml":                       [(3, "key_repeated")],
    "merge-key.yaml":                       [(3, "unknown_key")],
    "merged-alias.yaml":                    [(3, "yaml_alias")],
    "not-a-book.json":                      [(1, "not_a_book")],
    "nul-by-its-number.json":               [(2, "control_character")],
    "nul-by-its-number.yaml":               [(3, "control_character")],
    "number-of-4000-digits.json":           [(1, "missing"), (2, "not_a_number")],
    "number-of-4000-digits.yaml":           [(10, "not_a_number")],
    "number-that-is-none.json":             [(1, "missing"), *[(2, "not_a_number")] * 3],
    "numbers-in-a-circle.yaml":             [(5, "order_contradicts")],
    "other-format.yaml":                    [(1, "not_this_format")],
    "other-yaml.yaml":                      [(1, "not_yaml")],
    "pair-the-wrong-way.json":              [(2, "not_yaml")],
    "ref-is-a-path.yaml":                   [(2, "not_a_ref")],
    "refs-in-a-circle.yaml":                [(5, "nobody_to_act"), (14, "no_carried_from"), (16, "no_carried_from")],
    "several-documents.yaml":               [(2, "yaml_several_documents")],
    "short-is-a-command.yaml":              [(5, "not_a_short_name")],
    "short-is-a-path.yaml":                 [(5, "not_a_short_name")],
    "short-is-an-option.yaml":              [(5, "not_a_short_name")],
    "tabs.yaml":                            [(3, "not_yaml")],
    "tag-directive.yaml":                   [(1, "yaml_tag")],
    "tag-of-python.yaml":                   [(2, "yaml_tag")],
    "tag-on-a-key.yaml":                    [(2, "yaml_tag")],
    "tag-on-a-value.yaml":                  [(3, "yaml_tag")],
    "terminal-by-its-number.yaml":          [(3, "control_character")],
    "terminal-in-a-key.yaml":               [(2, "unknown_key")],
    "two-values.json":                      [(2, "not_yaml")],
    "unclosed.json":                        [(2, "not_yaml")],
    "unclosed.yaml":                        [(3, "not_yaml")],
    # made
    "too-large.yaml":                       [(1, "file_too_large")],
    "deep-lists.yaml":                      [(2, "too_deep")],
    "deep-lists-closed.yaml":               [(2, "too_deep")],
    "deep-maps.yaml":                       [(2, "too_deep")],
    "deep-lines.yaml":                      [(32, "too_deep")],
    "deep-dashes.yaml":                     [(3, "too_deep")],
    "deep-questions.yaml":                  [(2, "key_not_text")],
    "deep.json":                            [(1, "too_deep")],
    "long-value.yaml":                      [(2, "too_long")],
    "long-lines.yaml":                      [(3, "too_long")],
    "long-name-of-a-part.yaml":             [(2, "too_long")],
    "long-anchor.yaml":                     [(2, "yaml_anchor")],
    "long-tag.yaml":                        [(2, "yaml_tag")],
    "long-and-unclosed.yaml":               [(2, "not_yaml")],
    "long-backslashes.json":                [(1, "too_long")],
    "long-pairs.json":                      [(1, "too_long")],
    "many-parts.yaml":                      [(499998, "too_many_parts")],
    "many-parts-on-one-line.yaml":          [(2, "too_many_parts")],
    "many-maps.yaml":                       [(2, "too_many_parts")],
    "many-names-of-parts.yaml":             [(250000, "too_many_parts")],
    "many-people.yaml":                     [(2, "too_many_rows")],
    "many-themes.yaml":                     [(5, "too_many_rows")],
    "many-steps.yaml":                      [(5, "too_many_steps")],
    "many-commas.yaml":                     [(55, "too_many_parts")],
    "many-letters-beyond.yaml":             [(2, "not_named_parts")] * MOST,
    "many-unknown-names.yaml":              [(2, "not_found")] * MOST,
    "marks-upon-marks.yaml":                [(2, "control_character")],
    "spaces-before-a-comma.yaml":           [(line, "too_long") for line in range(5, 5 + MOST)],
    "nothing-but-lines.yaml":               [(1, "file_empty")],
    "nothing-but-spaces.yaml":              [(1, "file_empty")],
    "nul-at-the-end.yaml":                  [(2, "control_character")],
    "nothing-but-nul.yaml":                 [(1, "control_character")],
    "utf-16.yaml":                          [(1, "not_utf8")],
    "utf-16-without-its-mark.yaml":         [(1, "control_character")],
    "utf-32.yaml":                          [(1, "not_utf8")],
    "latin-1.yaml":                         [(2, "not_utf8")],
    "letter-of-too-many-bytes.yaml":        [(2, "not_utf8")],
    "half-a-pair-in-bytes.yaml":            [(2, "not_utf8")],
    "half-a-letter.yaml":                   [(2, "not_utf8")],
    "mark-in-the-middle.yaml":              [(2, "control_character")],
    "terminal.yaml":                        [(2, "control_character")],
    "terminal-of-one-byte.yaml":            [(2, "control_character")],
    "a-zip.yaml":                           [(0, "workbook_broken")],
    "a-database.yaml":                      [(1, "control_character")],
    # workbooks
    "swells.xlsx":                          [(0, "workbook_swells")],
    "swells-within-the-limit.xlsx":         [],
    "far-away.xlsx":                        [(1048576, "sheet_too_large")],
    "far-to-the-right.xlsx":                [(1, "sheet_too_large")],
    "many-rows.xlsx":                       [(10001, "sheet_too_large")],
    "many-cells.xlsx":                      [(4001, "sheet_too_large")],
    "says-it-is-large.xlsx":                [],
    "one-word-in-many-cells.xlsx":          [(0, "workbook_swells_with_words")],
    "many-words.xlsx":                      [(0, "workbook_swells_with_words")],
    "deep.xlsx":                            [],
    "laughs.xlsx":                          [(0, "workbook_broken")],
    "in-utf-16.xlsx":                       [(0, "workbook_broken")],
    "hidden-sheet.xlsx":                    [(0, "workbook_broken")],
    "two-lists-of-words.xlsx":              [(0, "workbook_broken")],
    "sheet-of-another-name.xlsx":           [(0, "workbook_empty")],
    "macros.xlsm":                          [(0, "workbook_macros")],
    "macros-in-disguise.xlsx":              [(0, "workbook_macros")],
    "binary.xlsb":                          [(0, "workbook_other")],
    "open-document.ods":                    [(0, "workbook_other")],
    "old.xls":                              [(0, "workbook_old")],
    "locked.xlsx":                          [(0, "workbook_locked")],
    "locked-within.xlsx":                   [(0, "workbook_locked")],
    "large.xlsx":                           [(0, "file_too_large")],
    "many-files.xlsx":                      [(0, "workbook_broken")],
    "packed-otherwise.xlsx":                [(0, "workbook_broken")],
    "twice.xlsx":                           [(0, "workbook_broken")],
    "lying.xlsx":                           [(0, "workbook_broken")],
    "half.xlsx":                            [(0, "workbook_broken")],
    "no-workbook.xlsx":                     [(0, "workbook_broken")],
    "only-a-zip.xlsx":                      [(0, "workbook_broken")],
    "spoilt-xml.xlsx":                      [(0, "workbook_broken")],
    "strange-cell.xlsx":                    [(0, "workbook_broken")],
    "row-of-4000-digits.xlsx":              [(0, "workbook_broken")],
    "column-before-the-first.xlsx":         [(0, "workbook_broken")],
    "word-that-is-not-there.xlsx":          [(0, "workbook_broken")],
    "terminal.xlsx":                        [(2, "control_character")],
    "many-wrong-cells.xlsx":                [(line, "not_found") for line in range(2, 2 + MOST)],
    "errors-everywhere.xlsx":               [(1, "cell_in_error")] * 20,
}
# fmt: on
"""By the name of the bomb, what is told of it first: the lines and codes. A book that is one can have more wrong."""


def exploded(*bombs: str) -> dict[str, dict[str, Any]]:
    """What became of bombs, by their names."""
    command = [sys.executable, "-m", "tests.workflow.exchange.bombs.explode", *bombs]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8")
    return {answer.pop("bomb"): answer for answer in map(json.loads, done.stdout.splitlines())}


def harm(name: str, answer: dict[str, Any]) -> dict[str, Any]:
    """What a bomb did that it should not: nothing."""
    if "fault" in answer:
        return answer
    wanted = EXPECTED[name]
    found = [(line, code) for line, code in answer["errors"]][: len(wanted)]
    return {
        what: answer.get(what, found)
        for what, harmless in {
            "errors": found == wanted,
            "changed": not answer["changed"],
            "megabytes": answer["megabytes"] < MOST_MEGABYTES,
            "longest": answer["longest"] < LONGEST_SENTENCE,
        }.items()
        if not harmless
    }


def test_every_bomb_has_its_answer():
    assert set(EXPECTED) == {*small(), *MADE}
    assert len(EXPECTED) > 25


def test_no_bomb_does_any_harm():
    answers = exploded()

    assert {name: harm(name, answer) for name, answer in answers.items()} == {name: {} for name in EXPECTED}
    tell("importers", bombs=len(answers), megabytes_at_most=max(each["megabytes"] for each in answers.values()))


FOUND_BY = {
    "yaml_alias": "alias.yaml",
    "yaml_anchor": "billion-laughs.yaml",
    "yaml_tag": "tag-of-python.yaml",
    "yaml_several_documents": "several-documents.yaml",
    "key_repeated": "key-twice-in-disguise.json",
    "key_not_text": "key-of-several.yaml",
    "control_character": "terminal.yaml",
    "not_utf8": "latin-1.yaml",
    "file_empty": "nothing-but-lines.yaml",
    "file_too_large": "too-large.yaml",
    "too_deep": "deep-lines.yaml",
    "too_long": "long-name-of-a-part.yaml",
    "too_many_parts": "many-commas.yaml",
    "too_many_rows": "many-themes.yaml",
    "too_many_steps": "many-steps.yaml",
    "workbook_swells": "swells.xlsx",
    "workbook_swells_with_words": "one-word-in-many-cells.xlsx",
    "sheet_too_large": "far-away.xlsx",
    "workbook_broken": "hidden-sheet.xlsx",
    "workbook_macros": "macros-in-disguise.xlsx",
    "workbook_locked": "locked.xlsx",
}


def test_a_refusal_that_is_taken_out_would_be_found():
    answers = exploded(*(f"{name}={code}" for code, name in FOUND_BY.items()))

    assert {name for name, answer in answers.items() if harm(name, answer)} == set(FOUND_BY.values())


# What is no file


def codes_of(*names: Path) -> list[str]:
    with pytest.raises(BookRefused) as refused:
        sources_of(map(str, names))
    return [error.code for error in refused.value.errors]


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that nobody writes to: whoever opens it waits forever."""
    os.mkfifo(tmp_path / "pipe.yaml")
    return tmp_path / "pipe.yaml"


def test_a_pipe_is_not_waited_for(pipe):
    assert codes_of(pipe) == ["file_not_ordinary"]


def test_a_device_is_not_read():
    assert codes_of(Path("/dev/zero"), Path("/dev/tty")) == ["file_not_ordinary"] * 2


def test_a_link_that_leads_to_itself_is_not_followed_forever(tmp_path):
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")

    assert codes_of(tmp_path / "loop.yaml") == ["file_unreadable"]


def test_a_link_to_a_pipe_is_not_waited_for(pipe, tmp_path):
    (tmp_path / "book.yaml").symlink_to(pipe)

    assert codes_of(tmp_path / "book.yaml") == ["file_not_ordinary"]


@pytest.mark.parametrize("name", ["", ".", "ei/ole.yaml", "x" * 5000, "a\0b"])
def test_what_names_no_file_is_told(name):
    with pytest.raises(BookRefused) as refused:
        sources_of([name])

    assert {error.code for error in refused.value.errors} <= {"file_missing", "file_is_folder", "file_unreadable"}


def test_a_file_that_has_no_end_is_read_to_the_limit_only(tmp_path):
    endless = tmp_path / "endless.yaml"
    endless.touch()
    os.truncate(endless, 2**40)

    assert codes_of(endless) == ["file_too_large"]


def test_files_that_are_too_much_together_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(nodes, "MOST_BYTES", 100)
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text("x" * 40, encoding="utf-8")

    assert codes_of(*(tmp_path / name for name in ("a", "b", "c"))) == ["file_too_large"]


def test_books_that_are_too_much_together_are_told(monkeypatch):
    monkeypatch.setattr("workflow.exchange.parts.MOST_ROWS", 3)
    data = b"poyta: table-book/1\npeople: [{name: Aino}, {name: Pekka}]\n"

    with pytest.raises(BookRefused) as refused:
        read_books([Source("a.yaml", data), Source("b.yaml", data)])

    assert [(error.file, error.code) for error in refused.value.errors] == [("b.yaml", "too_many_rows")]


def test_a_file_is_read_as_it_was_when_it_was_opened(tmp_path):
    book = tmp_path / "book.yaml"
    book.write_text("first", encoding="utf-8")

    source = source_of(book)
    book.write_text("second", encoding="utf-8")

    assert source.data == b"first"
