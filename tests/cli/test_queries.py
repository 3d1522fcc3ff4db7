"""No word changes a query: bound parameters only, in every command and in every place where a word may stand."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import click

from cli.main import all_commands
from models import reading
from tests.cli.conftest import Poyta
from tests.figures import SIZE

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
