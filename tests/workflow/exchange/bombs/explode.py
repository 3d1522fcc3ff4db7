"""Reads bombs in, each in a process of its own, and tells of each as a line of JSON what came of it.

    python -m tests.workflow.exchange.bombs.explode [BOMB[=CODE] ...]

A code takes the refusal of that code out for the bomb: whoever looks at the answer must then see it.
"""

import json
import os
import resource
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from models.database import Database
from models.people import Person
from models.schema import create
from tests.looking import everything
from tests.workflow.exchange.bombs.made import MADE, made
from workflow.exchange import filling, measured, nodes, packed, parts, sources, things, workbook
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.problems import BookRefused
from workflow.exchange.reading import read_books
from workflow.exchange.sources import sources_of
from workflow.language.speech import speech
from workflow.work import Work

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of addresses, so that a bomb that goes off harms nobody else."""


def small() -> list[str]:
    """The bombs that are files."""
    return sorted(each.name for each in FOLDER.iterdir() if each.suffix in (".yaml", ".json"))


def explode(name: str, template: Path, without: str) -> dict[str, Any]:
    """What became of a bomb."""
    with tempfile.TemporaryDirectory() as folder:
        file, place = Path(folder) / name, Path(folder) / "poyta.db"
        shutil.copy(template, place)
        if name in MADE:
            in_child(lambda: file.write_bytes(made(name)))  # what it takes to make it counts for nothing
        else:
            shutil.copy(FOLDER / name, file)
        return {"bomb": name, "bytes": file.stat().st_size, **in_child(lambda: read_in(file, place, without))}


def read_in(file: Path, place: Path, without: str) -> dict[str, Any]:
    """Read a file in as the command line does, and tell what is wrong with it in words."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    if without:
        never_refuse(without)
    database = Database(str(place))
    before, begun, errors = looked(database), perf_counter(), []
    try:
        books = read_books(sources_of([str(file)]))
        with database.writing() as session:
            carry_out(Work(session, Person(name=""), NOW), books)
    except BookRefused as refused:
        errors = [(each.line, each.code) for each in refused.errors]
        words = [speech(language).book_error(each) for language in ("fi", "sv", "en") for each in refused.errors]
        longest = max(map(len, words))
    except BaseException as error:
        return {"fault": f"{type(error).__name__}: {error}"[:500]}
    else:
        longest = 0
    return {
        "errors": errors,
        "longest": longest,
        "changed": looked(database) != before,
        "seconds": round(perf_counter() - begun, 2),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def looked(database: Database) -> Any:
    with database.reading() as session:
        return everything(session)


def never_refuse(code: str) -> None:
    """The seeded fault: nothing is refused with that code while a book is read."""
    refuse = nodes.wrong

    def wrong(place: Any, said: str, **facts: Any) -> None:
        if said != code:
            refuse(place, said, **facts)

    for module in (nodes, parts, sources, things, packed, measured, workbook, filling):
        module.wrong = wrong  # type: ignore[attr-defined]  # a fault is planted


def in_child(act: Callable[[], Any]) -> dict[str, Any]:
    """What a child process answers. One that is killed answers that."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        answer = act()
        with os.fdopen(writing, "w") as pipe:
            json.dump(answer if isinstance(answer, dict) else {}, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(said) if said and status == 0 else {"fault": f"ended with status {status}"}


def main(words: Iterable[str]) -> None:
    """Explode those named, or all."""
    parser = ArgumentParser()
    parser.add_argument("bombs", nargs="*")
    asked = parser.parse_args(list(words))
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        in_child(lambda: create(str(template)))
        for bomb in asked.bombs or [*small(), *MADE]:
            name, _, without = bomb.partition("=")
            sys.stdout.write(json.dumps(explode(name, template, without)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
