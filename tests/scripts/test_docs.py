"""The generated pages say what the code does, and one that no longer does is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import all_commands, run
from scripts.docs import DOCS, main, pages, stale, write

COMMANDS = [(), ("theme",), ("theme", "propose"), ("meeting", "set-agenda"), ("lifecycle",)]


@pytest.fixture(autouse=True)
def language_of_the_process(monkeypatch):
    """The command line speaks in the language of the process; each test gives it back as it was."""
    monkeypatch.setenv("LANGUAGE", "fi")


def test_every_generated_page_is_current():
    assert stale(DOCS, pages()) == []


def test_the_pages_are_the_same_whoever_makes_them_and_wherever(tmp_path):
    elsewhere = {"POYTA_LANG": "fi", "LC_ALL": "sv_SE.UTF-8", "COLUMNS": "200", "PYTHONHASHSEED": "7"}

    done = subprocess.run(
        [sys.executable, "-m", "scripts.docs", "--check"],
        cwd=tmp_path,
        env=os.environ | elsewhere | {"PYTHONPATH": str(DOCS.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_what_was_written_is_current(tmp_path):
    main([], tmp_path)

    assert main(["--check"], tmp_path) == 0


def test_each_stale_page_is_named_and_none_is_touched(tmp_path, capsys):
    main([], tmp_path)
    changed, missing = tmp_path / "lifecycles.md", tmp_path / "reference.md"
    changed.write_bytes(changed.read_bytes() + b"One word more.\n")
    missing.unlink()

    status = main(["--check"], tmp_path)

    assert status == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path.name}/lifecycles.md is stale: run python -m scripts.docs",
        f"{tmp_path.name}/reference.md is stale: run python -m scripts.docs",
    ]
    assert changed.read_bytes().endswith(b"One word more.\n")
    assert not missing.exists()


def test_other_line_ends_make_a_page_stale(tmp_path):
    write(tmp_path, pages())
    page = tmp_path / "lifecycles.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))

    assert stale(tmp_path, pages()) == ["lifecycles.md"]


def test_every_page_begins_with_how_it_is_made():
    for name, text in pages().items():
        beginning = "\n".join(text.splitlines()[:2])
        assert "Made by `python -m scripts.docs` from" in beginning, name


def test_no_page_names_a_place_on_this_machine():
    for name, text in pages().items():
        assert str(DOCS.parent) not in text, name
        assert str(Path.home()) + "/" not in text, name


def test_every_command_has_its_heading_once():
    headings = [line for line in pages()["reference.md"].splitlines() if line.startswith("##")]

    assert headings == [f"{'#' * (len(path) + 1)} {' '.join(['poyta', *path])}" for path, _ in all_commands() if path]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_reference_shows_the_help_as_it_is_printed(path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    run(["--lang", "en", *path, "--help"])

    assert f"```text\n{capsys.readouterr().out.rstrip()}\n```" in pages()["reference.md"]


def test_the_pages_are_english_whatever_was_spoken_before():
    run(["--lang", "fi", "theme", "--help"])

    assert stale(DOCS, pages()) == []
