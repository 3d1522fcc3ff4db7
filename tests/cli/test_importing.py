"""Reading books in and writing them out, at the command line."""

import json
import subprocess
import sys

import pytest

BOOK = """\
poyta: table-book/1
organisations:
  - {name: Keuruun kaupunki, sector: municipality}
  - {name: Äijälän kyläyhdistys, sector: village}
people:
  - {name: Aino Äijälä, organisation: Keuruun kaupunki}
tables:
  - short: keuruu
    name: Keuruun kumppanuuspöytä
    kind: network
    responsible: Aino Äijälä
    on: 2016-01-10
    steps:
      - seat: {on: 2016-01-10, person: Aino Äijälä, role: convener}
      - seat: {on: 2016-01-10, person: Aino Äijälä, role: secretary}
      - seat: {on: 2016-01-10, organisation: Äijälän kyläyhdistys}
      - found: 2016-01-20
    themes:
      - title: Kyydit
        on: 2016-02-01
        steps:
          - convene: 2016-02-02
"""


@pytest.fixture
def book(tmp_path):
    file = tmp_path / "keuruu.yaml"
    file.write_text(BOOK, encoding="utf-8")
    return file


def test_a_book_is_read_in_with_its_own_dates(poyta, book):
    answer = poyta("import", str(book), "--json")

    assert answer.status == 0, answer.err
    theme = poyta("theme", "show", "T1", "--json").json["item"]
    assert (theme["state"], theme["state_since"][:10]) == ("convened", "2016-02-02")


def test_a_dry_run_says_what_it_would_do_and_does_nothing(on_file, book):
    answer = on_file("import", str(book), "--dry-run")

    assert answer.status == 0
    assert "nothing was changed" in answer.out
    assert on_file("table", "list", "--json").json["items"] == []


def test_a_book_that_breaks_a_promise_is_refused_with_file_line_and_reason(on_file, book):
    book.write_text(
        BOOK.replace("      - seat: {on: 2016-01-10, organisation: Äijälän kyläyhdistys}\n", ""), encoding="utf-8"
    )

    answer = on_file("import", str(book), "--json")

    assert (answer.status, answer.json["error"]) == (6, "check_failed")
    error = answer.json["errors"][0]
    assert (error["file"], error["line"]) == (str(book), 21)
    assert "two_sectors_seated" in answer.out
    assert on_file("table", "list", "--json").json["items"] == []


def test_an_export_reads_back_in_to_the_same(on_file, book, tmp_path):
    on_file("import", str(book))
    first, copy = on_file("export").out, tmp_path / "kopio.db"
    (tmp_path / "vihko.yaml").write_text(first, encoding="utf-8")

    assert on_file("db", "upgrade", "--db", str(copy)).status == 0
    assert on_file("import", str(tmp_path / "vihko.yaml"), "--db", str(copy)).status == 0
    assert on_file("export", "--db", str(copy)).out == first


def test_an_export_never_writes_over_a_file(on_file, book, tmp_path):
    on_file("import", str(book))
    to = tmp_path / "muistio.txt"
    to.write_text("tärkeää", encoding="utf-8")

    answer = on_file("export", "--to", str(to), "--json")

    assert (answer.status, answer.json["code"]) == (2, "file_exists")
    assert to.read_text(encoding="utf-8") == "tärkeää"


def test_several_books_are_read_in_as_one(on_file, book, tmp_path):
    other = tmp_path / "ihmiset.yaml"
    other.write_text("poyta: table-book/1\npeople: [{name: Väinö Öhman}]\n", encoding="utf-8")

    assert on_file("import", str(book), str(other)).status == 0
    assert len(on_file("person", "list", "--json").json["items"]) == 2


def test_what_another_program_writes_is_read_in(file_place, environment):
    environment.setenv("POYTA_DB", file_place)
    command = [sys.executable, "-m", "cli.main", "import", "-", "--json"]

    done = subprocess.run(command, input=BOOK.encode(), capture_output=True, check=False)

    assert (done.returncode, json.loads(done.stdout)["tables"]) == (0, ["keuruu"]), done.stderr


def test_what_is_read_in_is_what_was_asked_about(on_file, book, monkeypatch):
    def answer(*_: object, **__: object) -> str:
        book.write_text("another book", encoding="utf-8")  # somebody changes the file while the question is open
        return "y"

    monkeypatch.setattr("cli.app.App.asks", True)
    monkeypatch.setattr("click.prompt", answer)

    assert on_file("import", str(book)).status == 0
    assert [item["ref"] for item in on_file("table", "list", "--json").json["items"]] == ["keuruu"]
