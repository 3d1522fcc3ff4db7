"""Writing a file anew from its rows, so that nothing of what was erased is left between them.

SQLite overwrites what is deleted (`secure_delete`), but not the copies that it leaves in a page when it moves rows to
another: of files that grow and change, about one in ten keeps some (`tests/models/test_sweeping.py`).
"""

from contextlib import closing
from pathlib import Path

from models.place import DatabaseProblem, is_server, problems


def sweep(place: str) -> None:
    """Write the file anew. A server does so by itself, in its own time. Raises DatabaseProblem."""
    from models.database import connect

    if is_server(place):
        return
    with problems(place), closing(connect(Path(place))) as connection:
        connection.execute("VACUUM")
        in_the_way, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if in_the_way:
            raise DatabaseProblem("locked", place=place)
