"""Write down the first migration anew from the models, the views and the page: `python -m scripts.migration`.

Only while no version of poyta has been released. After that a database with the old schema may be anywhere, the files
of a migration never change again, and a change of the models, the views or the page is a new file in
`models/migrations/versions`. Then this script writes nothing but the fingerprint that the new schema has.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Dialect, create_mock_engine
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable, ExecutableDDLElement, sort_tables_and_constraints

import models.actions
import models.history
import models.invitations
import models.meetings
import models.people
import models.reminders
import models.tables  # noqa: F401  # each room adds its tables to the metadata
from models.base import Base
from models.fingerprint import KNOWN, fingerprint
from models.schema import MIGRATIONS, file_as_made
from models.triggers import sqlite_triggers
from models.views import create_views
from workflow.edges import edges_of
from workflow.lifecycles import PAGE

FROZEN = MIGRATIONS / "versions" / "0001_beginning"
DIALECTS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}


def statements(dialect: str) -> Iterator[str]:
    """Everything that makes a database, as the code says it today."""
    yield from tables(dialect)
    yield from create_views(dialect)
    if dialect == "sqlite":
        yield from sqlite_triggers(edges_of(PAGE))


def tables(dialect: str) -> Iterator[str]:
    """The tables with their constraints, then their indexes, each in an order that is always the same."""
    compiler = create_mock_engine(DIALECTS[dialect], print).dialect
    by_name = [Base.metadata.tables[name] for name in sorted(Base.metadata.tables)]
    for table, keys in sort_tables_and_constraints(by_name):  # type: ignore[no-untyped-call]  # the library has no types for it
        if table is not None:
            inside = keys if compiler.supports_alter else None
            yield _tidy(CreateTable(table, include_foreign_key_constraints=inside), compiler)
        elif compiler.supports_alter:  # the keys of tables that point at each other
            yield from (_tidy(AddConstraint(key, isolate_from_table=False), compiler) for key in keys)
    yield from sorted(_tidy(CreateIndex(index), compiler) for table in by_name for index in table.indexes)


def frozen_text(dialect: str) -> str:
    """The file beside the first migration."""
    return "".join(f"{each};\n\n" for each in statements(dialect)).rstrip("\n") + "\n"


def main() -> None:
    """Write the files."""
    for dialect in DIALECTS:
        _write(FROZEN / f"{dialect}.sql", frozen_text(dialect))
    _write(KNOWN, fingerprint(file_as_made()) + "\n")


def _tidy(statement: ExecutableDDLElement, dialect: Dialect) -> str:
    lines = (line.expandtabs(4).rstrip() for line in str(statement.compile(dialect=dialect)).strip().splitlines())
    return "\n".join(line for line in lines if line)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(path.relative_to(Path.cwd()))


if __name__ == "__main__":
    main()
