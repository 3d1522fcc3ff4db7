"""The migrations make what the models, the views and the page say, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from models.base import Base
from models.database import WRITES, create_file, file_engine, server_engine
from models.fingerprint import file_schema, fingerprint, known_fingerprint, server_schema
from models.place import SCHEMA
from models.schema import MIGRATIONS, file_as_made
from models.triggers import sqlite_triggers
from models.views import create_views
from scripts.migration import DIALECTS, FROZEN, frozen_text
from workflow.edges import edges_of
from workflow.lifecycles import PAGE

MAKE_IT_ANEW = "the models, the views or the page have changed: run `python -m scripts.migration`"
"""Once a version is released: "make a new migration" instead."""


@pytest.fixture
def file_from_models(tmp_path):
    path = tmp_path / "models.db"
    create_file(path)
    with file_engine(path).execution_options(**{WRITES: True}).begin() as connection:
        Base.metadata.create_all(connection)
        for statement in [*create_views("sqlite"), *sqlite_triggers(edges_of(PAGE))]:
            connection.exec_driver_sql(statement)
    return path


@pytest.fixture
def server_from_models(empty_server_place):
    copy = MetaData(naming_convention=Base.metadata.naming_convention)  # what is made by ALTER once, is so for ever
    for table in Base.metadata.tables.values():
        table.to_metadata(copy)
    with server_engine(empty_server_place).begin() as connection:
        copy.create_all(connection)
        for statement in create_views("postgresql"):
            connection.exec_driver_sql(statement)
    return empty_server_place


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_first_migration_is_what_the_code_says_today(dialect):
    kept = (FROZEN / f"{dialect}.sql").read_text(encoding="utf-8")

    assert kept == frozen_text(dialect), MAKE_IT_ANEW


def test_the_known_fingerprint_is_that_of_the_migrations():
    assert known_fingerprint() == fingerprint(file_as_made()), MAKE_IT_ANEW


def test_a_file_from_the_migrations_is_like_one_from_the_models(file_place, file_from_models):
    with file_engine(Path(file_place)).connect() as migrated, file_engine(file_from_models).connect() as modelled:
        assert file_schema(migrated.exec_driver_sql) == file_schema(modelled.exec_driver_sql)


def test_a_server_from_the_migrations_is_like_one_from_the_models(server_place, server_from_models):
    with server_engine(server_place).connect() as migrated, server_engine(server_from_models).connect() as modelled:
        parts = [server_schema(each.exec_driver_sql, "'public'::regnamespace") for each in (migrated, modelled)]

    assert {part: text for part, text in parts[0].items() if "alembic_version" not in part} == parts[1]


def test_a_comparison_from_outside_sees_no_difference_either(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_the_newest_migration_has_the_number_that_the_program_knows():
    heads = ScriptDirectory(str(MIGRATIONS)).get_heads()

    assert [int(head) for head in heads] == [SCHEMA]


def test_a_migration_knows_neither_the_models_nor_the_workflow():
    for migration in (MIGRATIONS / "versions").glob("*.py"):
        text = migration.read_text(encoding="utf-8")

        assert not [line for line in text.splitlines() if line.startswith(("from models", "from workflow"))]
        assert "import models" not in text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_frozen_statements_hold_nothing_that_a_driver_would_fill_in(dialect):
    assert "%" not in (FROZEN / f"{dialect}.sql").read_text(encoding="utf-8")
