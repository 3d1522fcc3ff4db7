"""What it costs to ask what can be done now and why not the rest, for few things and for many."""

import tempfile
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from benchmarks.tables import NOW, some_tables
from models.database import Database
from models.people import Person
from workflow.asking import every_row, ways_out
from workflow.work import Work


def per_thing(themes: int) -> float:
    """Seconds a theme for every move out of it, with every reason."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "bench.db"
        some_tables(place, themes)
        database = Database(str(place))
        begun = perf_counter()
        with database.reading() as session:
            work = Work(session, session.scalars(select(Person).limit(1)).one(), NOW)
            asked = [list(ways_out(work, row)) for row in every_row(work, "theme")]
        taken = perf_counter() - begun
        database.close()
        assert len(asked) == themes
        return taken / themes
