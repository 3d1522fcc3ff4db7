"""Where no browser can make a PDF, it is said what to do instead; where one can, it is kept apart."""

import os
import sys

import pytest

from workflow.documents.pdf import as_pdf, browser_here, started
from workflow.errors import Usage


def program(folder, text):
    """A program that is taken for a browser."""
    place = folder / "browser"
    place.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    place.chmod(0o755)
    return str(place)


def refusal(*asked):
    with pytest.raises(Usage) as refused:
        as_pdf(b"<!doctype html>", *asked)
    return refused.value


def test_without_a_browser_it_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("workflow.documents.pdf.PLACES", {})

    assert (refusal().code, refusal().facts) == ("no_browser", {})


def test_a_browser_that_is_named_and_is_not_there_is_told(tmp_path):
    missing = refusal(str(tmp_path / "browser"))

    assert (missing.code, missing.facts) == ("no_browser", {"place": str(tmp_path / "browser")})


def test_the_browser_that_is_named_comes_first(tmp_path):
    assert browser_here(program(tmp_path, "exit 0")) == str(tmp_path / "browser")


def test_a_browser_is_found_where_it_usually_is(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    monkeypatch.setattr("workflow.documents.pdf.PLACES", {sys.platform: ["/nowhere/chrome", "$ProgramFiles/browser"]})
    program(tmp_path, "exit 0")

    assert browser_here() == str(tmp_path / "browser")


def test_a_browser_that_fails_is_told(tmp_path):
    failed = refusal(program(tmp_path, "exit 7"))

    assert (failed.code, failed.facts["problem"]) == ("browser_failed", "exit 7")


def test_a_file_that_can_not_be_run_is_told(tmp_path):
    place = program(tmp_path, "")
    (tmp_path / "browser").write_bytes(b"\x7fELF nothing")

    assert refusal(place).code == "browser_failed"


def test_a_browser_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr("workflow.documents.pdf.LONGEST", 0.2)

    stopped = refusal(program(tmp_path, "exec tail -f /dev/null"))

    assert (stopped.code, stopped.facts["problem"]) == ("browser_failed", "> 0.2 s")


def test_a_browser_gets_the_page_alone_and_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    told = tmp_path / "told"
    copy = (
        f'for each; do echo "$each"; done > {told}\n'
        'for each; do case "$each" in --print-to-pdf=*) echo PDF > "${each#*=}";; esac; done'
    )

    made = as_pdf(b"<!doctype html>", program(tmp_path, copy))

    words = told.read_text(encoding="utf-8").split("\n")
    assert made == b"PDF\n"
    assert {"--headless", "--disable-sync", "--no-pdf-header-footer", "--export-tagged-pdf"} <= set(words)
    assert [each for each in words if each.startswith(f"--user-data-dir={tmp_path / 'temp'}")]
    assert list((tmp_path / "temp").iterdir()) == []


@pytest.mark.parametrize(("user", "walls"), [(0, False), (1000, True)])
def test_only_an_administrator_of_linux_goes_without_the_walls_of_the_browser(monkeypatch, user, walls):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: user)

    assert ("--no-sandbox" not in started("browser", "folder")) is walls
