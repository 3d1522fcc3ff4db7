"""What is typed, in the environment or in the settings is refused where it is no text, and repeated without harm."""

import re

import pytest

from tests.cli.hostile import CLEAR, TITLE, TURNED, harm, strange

TYPED = f"x{CLEAR}{TITLE}{TURNED}\r\nFORGED"


@pytest.mark.parametrize(
    "words",
    [
        (TYPED,),
        ("theme", TYPED),
        ("theme", "list", f"--{TYPED}"),
        ("theme", "list", "--state", TYPED),
        ("theme", "show", TYPED),
        ("theme", "show", "T1", TYPED),
        ("theme", "list", "--lang", TYPED),
        ("theme", "convene", "T1", "--if-version", TYPED),
        ("theme", "convene", "T1", "--command-id", TYPED),
        ("theme", "convene", "T1", "--on", TYPED),
        ("theme", "convene", "T1", "--override", TYPED, "--reason", "x"),
        ("theme", "convene", "T1", "--reason", TYPED),
        ("status", "--db", TYPED),
        ("status", "--db", f"postgresql://{TYPED}"),
        ("status", "--db", f"foo://{TYPED}"),
        ("next", "--as", TYPED),
        ("why", TYPED),
        ("why", "--all", TYPED),
        ("history", TYPED),
        ("history", "--at", TYPED),
        ("lifecycle", TYPED),
        ("import", TYPED),
        ("export", TYPED),
        ("export", "--to", f"{TYPED}/x"),
        ("org", "add", TYPED, "--sector", TYPED),
        ("org", "add", TYPED, "--sector", "village"),
        ("init", "--municipality", TYPED, "--person", "x", "--db", f"{TYPED}/x"),
    ],
    ids=lambda words: re.sub(r"[^\w -]", ".", " ".join(words))[:40],
)
def test_what_was_typed_is_repeated_without_harm(full, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)

    for more in ((), ("--json",)):
        answer = full(*words, *more)

        assert answer.status in (2, 4, 6)
        assert harm(answer) == {}


def test_the_trace_of_a_fault_is_shown_without_harm(full, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError(TYPED)

    monkeypatch.setattr("cli.status._tell", fail)

    answer = full("status")

    assert answer.status == 1
    assert "RuntimeError: x␛[2J" in answer.err
    assert not strange(answer.err)


@pytest.mark.parametrize("word", ["\udcff", "x\ud800", "a\0b", "a" + "\u0301" * 31])
@pytest.mark.parametrize(
    "words",
    [("person", "show", "{}"), ("org", "add", "{}", "--sector", "village"), ("next", "--as", "{}"), ("{}",)],
    ids=lambda words: words[0],
)
def test_what_no_text_has_is_refused_wherever_it_is_typed(on_file, words, word):
    answer = on_file(*(each.format(word) for each in words))

    assert (answer.status, answer.out) == (2, "")
    assert "has a character that can't be shown (U+" in answer.err


def test_what_no_text_has_is_refused_in_the_environment_and_in_the_settings(on_file, environment, tmp_path):
    environment.setenv("POYTA_AS", "\udcff")
    assert on_file("status").status == 2
    environment.delenv("POYTA_AS")

    (tmp_path / "poyta.toml").write_text('as = "a\\u0000b"\n', encoding="utf-8")
    answer = on_file("next", "--json")
    assert (answer.status, answer.json["code"]) == (2, "settings_unreadable")


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "as = 'x'\n" + "#" * 20_000 + "\x01", "\x00", "as = "])
def test_settings_that_do_harm_are_told(on_file, tmp_path, text):
    (tmp_path / "poyta.toml").write_text(text, encoding="utf-8")

    answer = on_file("next", "--json")

    assert (answer.status, answer.json["code"]) in [(2, "settings_unreadable"), (2, "nobody_yet")]


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("postgresql://u:secret@127.0.0.1:1/db", "postgresql://u:***@127.0.0.1:1/db"),
        ("postgresql://u:sec/ret@127.0.0.1:1/db", "postgresql://u:***@"),
        ("postgresql://u:s@ecret@127.0.0.1:1/db", "postgresql://u:***@127.0.0.1:1/db"),
        ("postgresql://127.0.0.1:1/db?password=secret", "postgresql://127.0.0.1:1/db?password=***"),
        ("postgresql://u:secret@[::1", "postgresql://u:***@"),
        ("oracle://u:secret@h/db", "oracle://u:***@h/db"),
    ],
)
@pytest.mark.parametrize("words", [("status",), ("next",), ("db", "check"), ("doctor",), ("theme", "list", "--json")])
def test_no_password_is_shown(nowhere, words, place, shown):
    answer = nowhere(*words, "--db", place)

    assert answer.status == 6
    assert shown in answer.out + answer.err
    assert "secret" not in answer.out + answer.err and "ret@" not in answer.out + answer.err
