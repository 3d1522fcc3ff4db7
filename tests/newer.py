"""The poyta of a made-up next release: a page that says something otherwise, and a migration that goes with it.

What is patched is what a release changes: the page, the migrations, the number and the fingerprint of the schema. The
program itself is the one that is tested.
"""

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from models import schema
from models.fingerprint import fingerprint, known_fingerprint
from models.states import ActionState
from models.triggers import sqlite_triggers
from models.views import create_views
from workflow.declaring import declared
from workflow.edges import edges_of
from workflow.lifecycle import Lifecycle, Move
from workflow.lifecycles import PAGE

# A page that says something otherwise


def otherwise(kind: str, **changed: Any) -> Lifecycle:
    """The lifecycle of a kind of thing, with something of it declared otherwise."""
    life = PAGE[kind]
    said = {name: getattr(life, name) for name in ("states", "path", "ends", "roles", "promises")}
    said["moves"] = life.moves.values()
    return Lifecycle(kind, **(said | changed))


def rows(kind: str, *without: str, **instead: Move) -> list[Move]:
    """The moves of a kind of thing, some left out, and others put in their place or added."""
    kept = [instead.pop(name, each) for name, each in PAGE[kind].moves.items() if name not in without]
    return [*kept, *instead.values()]


def promising(kind: str, state: Any, *promises: Any) -> Mapping[Any, Any]:
    """The promises of a kind of thing, with those of one state put in the place of its own."""
    return PAGE[kind].promises | {state: promises}


def nobody_refuses() -> Lifecycle:
    """The lifecycle of an action that nobody can refuse: a state less, and the move into it."""
    states = [state for state in ActionState if state is not ActionState.REFUSED]
    return otherwise(
        "action",
        states=states,
        moves=[each._replace(sources=each.sources & set(states)) for each in rows("action", "refuse")],
        promises={state: PAGE["action"].promises[state] for state in states},
    )


@contextmanager
def page_with(*lifecycles: Lifecycle) -> Iterator[None]:
    """For a while, the page has these lifecycles in the place of its own, and a version that says so."""
    before = (dict(PAGE.lifecycles), PAGE.text, PAGE.version)
    PAGE.lifecycles |= {each.kind: each for each in lifecycles}
    PAGE.text = declared(PAGE)
    PAGE.version = sha256(PAGE.text.encode()).hexdigest()
    try:
        yield
    finally:
        PAGE.lifecycles, PAGE.text, PAGE.version = before


# A release with a migration

MIGRATION = """
from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    connection = op.get_bind()
    frozen = Path(__file__).with_suffix("") / f"{connection.dialect.name}.sql"
    for statement in frozen.read_text(encoding="utf-8").strip().split(";\\n\\n"):
        connection.exec_driver_sql(statement)
"""


@contextmanager
def release_with(folder: Path, *lifecycles: Lifecycle, and_then: Iterable[str] = ()) -> Iterator[None]:
    """For a while, this is the next release: its migration makes the table of actions anew, as its page has them.

    `and_then`: what else the migration does.
    """
    migrations = folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    with page_with(*lifecycles), pytest.MonkeyPatch.context() as patch:
        statements = {"sqlite": _on_file(), "postgresql": _on_server()}
        (migrations / "versions" / "0002_next.py").write_text(MIGRATION, encoding="utf-8")
        for dialect, made in statements.items():
            file = migrations / "versions" / "0002_next" / f"{dialect}.sql"
            file.parent.mkdir(exist_ok=True)
            file.write_text(";\n\n".join([*made, *and_then]), encoding="utf-8")
        patch.setattr(schema, "MIGRATIONS", migrations)
        for module in [each for name, each in sys.modules.items() if name.startswith(("models.", "workflow.", "cli."))]:
            if getattr(module, "SCHEMA", None) == 1:
                patch.setattr(module, "SCHEMA", 2)
        patch.setattr("models.fingerprint.KNOWN", folder / "fingerprint.txt")
        _forget()
        try:
            if not and_then:
                (folder / "fingerprint.txt").write_text(fingerprint(schema.file_as_made()), encoding="ascii")
            yield
        finally:
            _forget()


def _forget() -> None:
    known_fingerprint.cache_clear()
    schema.file_as_made.cache_clear()


def _on_file() -> Iterator[str]:
    """SQLite can't alter a constraint: the table is made anew, and with it everything that looks at it."""
    parts = schema.file_as_made()
    made = next(text for text in _frozen("sqlite") if text.startswith("CREATE TABLE actions "))
    for kind in ("trigger", "view"):
        yield from (f"DROP {part}" for part in parts if part.startswith(f"{kind} "))
    yield _without_states_that_are_gone(made.replace("CREATE TABLE actions ", "CREATE TABLE actions_anew "))
    yield "INSERT INTO actions_anew SELECT * FROM actions"
    yield "DROP TABLE actions"
    yield "ALTER TABLE actions_anew RENAME TO actions"
    yield from (text for text in _frozen("sqlite") if re.match(r"CREATE (UNIQUE )?INDEX \w+ ON actions ", text))
    yield from create_views("sqlite")
    yield from sqlite_triggers(edges_of(PAGE))


def _on_server() -> Iterator[str]:
    made = next(text for text in _frozen("postgresql") if text.startswith("CREATE TABLE actions "))
    states = re.search(r"CONSTRAINT ck_actions_state CHECK \(.*\)", made)
    assert states is not None
    yield "ALTER TABLE actions DROP CONSTRAINT ck_actions_state"
    yield f"ALTER TABLE actions ADD {_without_states_that_are_gone(states[0])}"


def _frozen(dialect: str) -> list[str]:
    file = schema.MIGRATIONS / "versions" / "0001_beginning" / f"{dialect}.sql"
    return file.read_text(encoding="utf-8").strip().removesuffix(";").split(";\n\n")


def _without_states_that_are_gone(text: str) -> str:
    for gone in set(ActionState) - set(PAGE["action"].states):
        text = text.replace(f"'{gone}', ", "")
    return text
