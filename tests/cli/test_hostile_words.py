"""Words that others wrote, shown and looked for: they steer no terminal, forge no line, start no command."""

import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import yaml

from cli.main import all_commands
from cli.output import SCHEMA
from models import reading
from models.database import Database
from models.people import Person
from tests.cli.conftest import Answer, Poyta
from tests.figures import SIZE
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.reading import read_books
from workflow.exchange.sources import Source
from workflow.work import Work

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[2] / "examples" / "toimintamalli.yaml"

CALLED = """\
poyta: table-book/1
organisations: [{name: Keuruun kaupunki, sector: municipality}, {name: Äijälän kyläyhdistys, sector: village}]
people: [{name: Aino Äijälä, organisation: Keuruun kaupunki}]
tables:
  - {short: aloittava, name: Aloittava, kind: network, on: 2016-01-10, by: Aino Äijälä}
  - short: keuruu
    name: Keuruun kumppanuuspöytä
    kind: network
    responsible: Aino Äijälä
    on: 2016-01-10
    steps:
      - seat: {person: Aino Äijälä, role: convener, required: true}
      - seat: {person: Aino Äijälä, role: secretary}
      - seat: {person: Aino Äijälä, role: chair}
      - seat: {organisation: Äijälän kyläyhdistys, required: true}
      - found: 2016-01-20
    themes:
      - title: Kyydit
        series:
          - planned_meetings: 3
            meetings:
              - when: 2016-03-10 17:00-18:30
                place: Kirjasto
                steps: [convene: 2016-02-10, set_agenda: 2016-02-11]
                items: [{title: Kyydit, origin: resident, on: 2016-02-10, steps: [accept: 2016-02-10]}]
"""
"""A table with a meeting before it is held."""

CLEAR, TITLE, NEWER = "\x1b[2J\x1b[H", "\x1b]0;owned\x07", "\x9b31m"
TURNED, HIDDEN, EMPTY = "\u202egnorw\u2066", "\u200b\u00ad\u2060", "\u3164\u115f"
HOSTILE = f"Aa{CLEAR}{TITLE}{NEWER}{TURNED}{HIDDEN}{EMPTY}\r\x7f\u2028\nFORGED: T9 results reached"
"""Everything that a terminal would obey or that hides something, and a second line that looks like one of ours."""

WORDS = {
    "organisations": ["name"],
    "people": ["name", "email"],
    "projects": ["name", "funder"],
    "partnership_tables": ["name", "area", "founded_by", "founded_paragraph", "founding_decision"],
    "themes": ["title", "why_together", "goal", "evaluation"],
    "translations": ["text"],
    "history_words": ["text"],
    "seats": ["area"],
    "meetings": ["place", "link", "no_actions_because"],
    "agenda_items": ["title", "origin_detail", "agreed", "precedes"],
    "attendance": ["only_for"],
    "results": ["title", "evidence"],
    "actions": ["what", "waiting_for", "outcome"],
    "action_shares": ["part"],
}
"""Where free words are kept."""

LOOKING = """
status | next --as P1 | next --as P2 | history | history T1 | history M1 | history toimintamalli --at 2016-05-01
table list | table show toimintamalli | table map toimintamalli | theme list | theme show T1
series list | series show S1 | lifecycle | lifecycle theme
meeting list | meeting show M1 | meeting show M2 | agenda list | agenda show M1/1 | action list | action show A1
result list | result show O1 | person list | person show P1 | org list | org show G1 | project list | project show H1
why T1 --as P1 | why M1 M2 S1 A1 O1 toimintamalli --as P1 | why --all meeting --as P1 | why --all theme --as P2
export | export toimintamalli --email | audit log | audit verify | db check | doctor
theme evaluate T1 --as P1 --evaluation x | meeting reschedule M2 --as P1 | undo T1 --as P1 --reason x
table rules toimintamalli --as P1 --code x --level off | table seat toimintamalli --person Aa
theme show nobody | person show Aa
"""


def strange(text: str) -> set[str]:
    """The characters in it that can't be seen, but for the ends of lines. Found in another way than `visible` does."""
    hiding = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return {f"U+{ord(each):04X}" for each in text if unicodedata.category(each) in hiding and each != "\n"} | {
        f"U+{ord(each):04X}" for each in text if each in EMPTY
    }


def harm(answer: Answer) -> dict[str, object]:
    """What an answer does that it should not."""
    text = answer.out + answer.err
    found = {
        "strange": strange(text),
        "forged": [line for line in text.split("\n") if re.match(" {0,3}FORGED", line)],
        "fault": answer.err[-300:] if answer.status == 1 else "",
    }
    return {what: which for what, which in found.items() if which}


def rewrite(place: str, statements: list[str]) -> None:
    """What others may do to a file, who don't ask poyta."""
    with closing(sqlite3.connect(place)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA ignore_check_constraints=1")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def text_of(word: str) -> str:
    """A word as SQL, bytes and all."""
    return f"CAST(x'{word.encode().hex()}' AS TEXT)"


@pytest.fixture(scope="module")
def full_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which a table has seen everything, to be copied."""
    return read_in(EXAMPLE.read_text(encoding="utf-8"), template_file, tmp_path_factory.mktemp("full") / "poyta.db")


@pytest.fixture(scope="module")
def called_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which a meeting can't be held before those are there whose seats must be filled, to be copied."""
    return read_in(CALLED, template_file, tmp_path_factory.mktemp("called") / "poyta.db")


def read_in(book: str, template: Path, place: Path) -> Path:
    shutil.copy(template, place)
    database = Database(str(place))
    with database.writing() as session:
        carry_out(Work(session, Person(name=""), NOW), read_books([Source("book.yaml", book.encode())]))
    database.close()
    return place


@pytest.fixture
def full(on_file: Poyta, file_place: str, full_file: Path, environment: pytest.MonkeyPatch) -> Poyta:
    """The command line on a table that has seen everything."""
    environment.setenv("COLUMNS", "500")
    shutil.copy(full_file, file_place)
    return on_file


@pytest.fixture
def called(on_file: Poyta, file_place: str, called_file: Path) -> Poyta:
    """The command line on a meeting that can't be held yet."""
    shutil.copy(called_file, file_place)
    return on_file


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    return tmp_path / "away"


@pytest.fixture
def hostile(full: Poyta, file_place: str) -> Poyta:
    """The same, after somebody has put something else in the place of all words."""
    rewrite(
        file_place,
        [
            f"UPDATE {table} SET {column} = {text_of(HOSTILE)} || rowid WHERE {column} IS NOT NULL"
            for table, columns in WORDS.items()
            for column in columns
        ],
    )
    return full


def commands() -> Iterator[list[str]]:
    for text in filter(None, re.split(r"[|\n]", LOOKING)):
        if words := shlex.split(text):
            yield words


def harms(poyta: Poyta, *more: str) -> dict[str, dict[str, object]]:
    done = {" ".join(words): harm(poyta(*words, *more)) for words in commands()}
    return {command: found for command, found in done.items() if found}


@pytest.mark.parametrize("more", [(), ("--json",), ("--accessible",)], ids=["lines", "json", "accessible"])
def test_no_word_steers_the_terminal_or_forges_a_line(hostile, more):
    assert harms(hostile, *more) == {}


@pytest.mark.parametrize("form", ["csv", "json", "ocel", "xes"])
def test_a_history_that_is_written_out_hides_nothing(hostile, form):
    answer = hostile("audit", "export", form, "--words")

    assert answer.status == 0
    assert "T9 results reached" in answer.out
    assert not strange(answer.out.removeprefix("\ufeff").replace("\r\n", "\n"))


def test_a_table_wider_than_the_terminal_is_shown_without_harm(hostile, environment):
    environment.setenv("COLUMNS", "60")

    assert harm(hostile("theme", "list")) == harm(hostile("person", "list")) == {}


@pytest.mark.parametrize("place", ["visible", "_under_itself"])
def test_a_word_that_is_shown_as_it_is_would_be_found(hostile, monkeypatch, place):
    monkeypatch.setattr(f"cli.output.{place}", lambda text, **how: text)

    assert harms(hostile)


def test_json_that_is_written_as_it_is_would_be_found(hostile, monkeypatch):
    monkeypatch.setattr("cli.output.escaped_in_json", lambda text: text)

    assert harms(hostile, "--json")


def test_a_program_gets_the_words_as_they_are(hostile):
    answer = hostile("person", "list", "--json")

    assert answer.json["items"][0]["name"] == f"{HOSTILE}1"
    assert answer.json["schema"] == SCHEMA


def test_a_book_says_the_same_without_showing_what_is_hidden(hostile, file_place):
    hidden = f"Aa{TURNED}{HIDDEN}{EMPTY}\u2028\U000e0041ö"
    rewrite(file_place, [f"UPDATE people SET name = {text_of(hidden)} || rowid"])

    for read, more in ((yaml.safe_load, ()), (json.loads, ("--json",))):
        book = hostile("export", *more).out

        assert not strange(book)
        assert read(book)["people"][0]["name"] == f"{hidden}1"


# Errors: Click's own, faults, names of files

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


# What others have put into the database

STRANGE = {
    "bytes that are no letters": "UPDATE themes SET title = CAST(x'41ff42' AS TEXT)",
    "half of a pair": "UPDATE people SET name = CAST(x'eda080' AS TEXT)",
    "a moment that is none": "UPDATE meetings SET begins_at = 'eilen'",
    "a moment without a zone": "UPDATE themes SET state_since = '2016-01-01T10:00:00'",
    "a day that is none": "UPDATE partnership_tables SET term_begins = '2016-99-99'",
    "a state that is none": "UPDATE themes SET state = 'flying'",
    "a kind that is none": "UPDATE partnership_tables SET kind_of_table = 'ufo'",
    "a sector that is none": "UPDATE organisations SET sector = 'ufo'",
    "facts that are no JSON": "UPDATE history SET facts = '[1, {'",
    "facts of another shape": "UPDATE history SET facts = '[[[]]]'",
    "facts without an end": f"UPDATE history SET facts = '{'[' * 100_000}'",
    "an entry of no day": "UPDATE history SET happened_at = 'zz'",
    "a number in the place of a word": "UPDATE themes SET title = 12345678901234567890",
    "a word with a NUL": "UPDATE themes SET title = 'a' || char(0) || 'b'",
    "a move that is none": "UPDATE history SET move = 'fly' WHERE from_state IS NOT NULL",
    "an entry that causes itself": "UPDATE history SET cause_id = id WHERE from_state IS NOT NULL",
    "a thing without a beginning": "DELETE FROM history WHERE from_state IS NULL AND stream LIKE 'theme:%'",
    "a role that is none": "UPDATE history SET role = char(27) || '[2J'",
}


@pytest.mark.parametrize("statement", STRANGE.values(), ids=STRANGE)
def test_what_poyta_does_not_write_is_no_fault_of_ours(full, file_place, statement):
    rewrite(file_place, [statement])

    assert harms(full) == {}


# Commands that are shown to be pasted

NAMES = (
    'a"; touch pwned; echo "',
    "$(touch pwned)",
    "`touch pwned`",
    "a' ; touch pwned ; '",
    "a\n touch pwned\n",
    "-rf",
    "--yes",
    "a & touch pwned",
    "a|touch pwned",
    "a>pwned",
    "%PATH%",
    "!!",
    "a\\",
    "”; touch pwned; “",
    "#",
    "~",
    "*",
)


ASKING = [["status"], ["next"], ["why", "M1", "S1", "T1"], ["why", "--all", "table"], ["undo", "M1", "--reason", "x"]]


def shown_commands(answer: Answer) -> list[str]:
    """The commands that are shown, with the first of the words where one is to be chosen (agreed|noted|referred)."""
    found = re.findall(r"^ +(poyta .*)$", answer.out + answer.err, re.MULTILINE)
    return [re.sub(r"\b([a-z_]+)(\|[a-z_]+)+$", r"\1", each) for each in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_command_that_is_pasted_does_nothing_but_its_own(called, file_place, away, name):
    rewrite(
        file_place, [f"UPDATE {table} SET name = {text_of(name)} || rowid" for table in ("people", "organisations")]
    )
    rewrite(file_place, [f"UPDATE partnership_tables SET slug = {text_of(name)} || rowid"])
    shell = away / "poyta"
    shell.write_text('#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n', encoding="utf-8")
    shell.chmod(0o700)
    before = sorted(away.iterdir())

    found = [each for words in ASKING for each in shown_commands(called(*words, "--as", "P1"))]

    assert any("--present" in each for each in found)
    for each in set(found):
        pasted = subprocess.run(
            ["sh", "-c", each], env={"PATH": f"{away}:/bin:/usr/bin"}, capture_output=True, text=True, check=True
        )
        assert pasted.stderr == ""
        assert pasted.stdout.splitlines() == shlex.split(each)[1:]
    assert sorted(away.iterdir()) == before


def test_a_name_that_is_plain_stands_in_the_command_as_people_write_it(called):
    found = shown_commands(called("why", "M1", "--as", "P1"))

    assert 'poyta meeting attend M1 --present "Aino Äijälä"' in found
    assert "poyta table describe aloittava --responsible PERSON" in shown_commands(called("next", "--as", "P1"))


def test_a_name_that_is_put_into_a_command_as_it_is_would_be_found(called, file_place, monkeypatch):
    monkeypatch.setattr("workflow.guards.typed_name", lambda row: f'"{row.name}"')
    rewrite(file_place, [f"UPDATE people SET name = {text_of(NAMES[0])}"])

    assert any("touch" in each for each in shown_commands(called("why", "M1", "--as", "P1")))


# Queries

INJECTIONS = (
    "'; DROP TABLE themes; --",
    '"; DROP TABLE themes; --',
    "' OR '1'='1",
    "%",
    "_",
    "\\",
    "a') UNION SELECT * FROM people --",
    ":p0",
    "?1",
    "%(p0)s",
    "{0.__class__}",
    "T1' --",
)
TORTURED = INJECTIONS if SIZE > 1 else (f'{INJECTIONS[0]} " % _ \\ :p0 ? %(x)s {{field}}', "%", "' OR '1'='1")
SKIPPED = frozenset({"init", "demo", "db backup", "db restore", "db upgrade", "import"})
"""What takes no names of things, but of files."""


class Asking(NamedTuple):
    """A command and a place in it where a word may stand: its arguments, or an option."""

    path: tuple[str, ...]
    command: click.Command
    option: str | None = None

    @property
    def names_things(self) -> bool:
        """Whether the arguments of the command name what is there, not what is new or another word."""
        arguments = [each for each in self.command.params if isinstance(each, click.Argument)]
        return bool(arguments) and self.path[-1] != "add"

    def typed(self, word: str) -> list[str]:
        """The command, with the word in its place and whatever else it can't do without, changing nothing."""
        words, options = [*self.path], [] if self.option is None else [self.option, word]
        for each in self.command.params:
            if isinstance(each, click.Argument):
                words.append(word if self.option is None else REFS.get(self.path[0], "T1"))
            elif each.required and each.opts[0] != self.option:
                options += [each.opts[0], "x"]
            elif "--dry-run" in each.opts:
                options.append("--dry-run")
        return [*words, *options, *([] if self.option == "--as" else ["--as", "P1"])]


def askings() -> Iterator[Asking]:
    for path, command in all_commands():
        if isinstance(command, click.Group) or " ".join(path) in SKIPPED:
            continue
        yield Asking(path, command)
        for each in command.params:
            if isinstance(each, click.Option) and not each.is_flag and each.metavar not in ("FILE", "PLACE", None):
                yield Asking(path, command, each.opts[0])


REFS = {
    "table": "toimintamalli",
    "series": "S1",
    "meeting": "M1",
    "agenda": "M1/1",
    "action": "A1",
    "result": "O1",
    "person": "P1",
    "org": "G1",
    "project": "H1",
    "export": "toimintamalli",
}


def state(place: str) -> list[str]:
    """Everything in the file but refused attempts."""
    with closing(sqlite3.connect(place)) as connection:
        return [line for line in connection.iterdump() if '"refused_attempts"' not in line]


def injected(poyta: Poyta) -> Iterator[tuple[str, str]]:
    """The commands in which a word did something, or was taken for something else than a word."""
    for asking in askings():
        for word in TORTURED if asking.option is None else TORTURED[:1]:
            answer = poyta(*asking.typed(word))
            if answer.status == 1 or (answer.status == 0 and asking.option is None and asking.names_things):
                yield " ".join(asking.typed(word)), (answer.out + answer.err)[-200:]


def test_no_word_changes_a_query(full, file_place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = state(file_place)

    assert dict(injected(full)) == {}
    assert state(file_place) == before


def test_a_word_that_is_put_into_a_query_would_be_found(full, monkeypatch):
    monkeypatch.setattr(reading, "_condition", lambda column, value, parameters: f"{column} = '{value}'")

    assert next(injected(full), None)


STORED = (
    "Robert'); DROP TABLE organisations;--",
    '"Lainaus" ry',
    "100% ry",
    "100_ ry",
    "C:\\temp\\ ry",
    "%s %(name)s {0} :name ?",
    "' OR ''='",
)


def test_a_name_with_any_sign_in_it_is_a_name(poyta, tmp_path):
    for name in STORED:
        assert poyta("org", "add", name, "--sector", "association").status == 0

    for number, name in enumerate(STORED, 1):
        assert poyta("org", "show", name, "--json").json["item"]["ref"] == f"G{number}"
        added = poyta("person", "add", f"{name} {number}", "--organisation", name, "--json")
        assert added.json["name"] == f"{name} {number}"
    assert poyta("org", "show", "100", "--json").json["error"] == "ambiguous"
    assert [poyta("org", "show", word).status for word in ("%%", "_", "1%", "1_", "\\")] == [4, 4, 4, 4, 4]
    assert [item["name"] for item in poyta("org", "list", "--json").json["items"]] == list(STORED)
    assert poyta("org", "add", STORED[0].upper(), "--sector", "association", "--json").json["code"] == "exists_already"


# Files that are written


@pytest.mark.parametrize("more", [(), ("--yes",)])
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "nowhere", "device"])
def test_what_is_no_file_is_never_written_to(at_keuruu, away, kind, more):
    place = away / "book.yaml"
    {
        "folder": place.mkdir,
        "pipe": lambda: os.mkfifo(place),
        "loop": lambda: place.symlink_to(place),
        "nowhere": lambda: place.symlink_to(away / "target.yaml"),
        "device": lambda: place.symlink_to("/dev/full"),
    }[kind]()

    answer = at_keuruu("export", "--to", str(place), "--json", *more)

    assert (answer.status, answer.json["code"]) == (2, "file_exists")
    assert list(away.iterdir()) == [away / "book.yaml"]


@pytest.mark.parametrize("place", ["ei/ole/book.yaml", "x" * 300, "/proc/book.yaml"])
def test_a_file_that_can_not_be_written_is_told(at_keuruu, away, place):
    answer = at_keuruu("export", "--to", place, "--json")

    assert (answer.status, answer.json["code"]) == (2, "file_unwritable")
    assert list(away.iterdir()) == []


def test_a_file_is_replaced_only_by_whoever_says_so_and_only_whole(at_keuruu, away):
    file = away / "book.yaml"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)

    assert at_keuruu("export", "--to", str(file)).status == 2
    assert file.read_text(encoding="utf-8") == "old"

    assert at_keuruu("export", "--to", str(file), "--yes").status == 0
    assert file.read_text(encoding="utf-8") == at_keuruu("export").out
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(away.iterdir()) == [away / "book.yaml"]


# What hostile words have brought to light


def test_an_event_that_is_only_tried_is_told(full):
    answer = full("theme", "evaluate", "T1", "--evaluation", "Hyvin meni", "--as", "P1", "--dry-run")

    assert answer.status in (0, 3)
    assert "DetachedInstanceError" not in answer.err


def test_a_meeting_that_is_over_has_no_next_step(full):
    answer = full("meeting", "advance", "M1", "--as", "P1", "--json")

    assert (answer.status, answer.json["error"]) == (3, "wrong_state")
