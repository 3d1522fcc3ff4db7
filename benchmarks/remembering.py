"""What it costs to ask what happened to one thing, while the history of all others grows."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.tables import some_tables
from benchmarks.verifying import lengthen
from models.reading import open_reader


def per_asking(entries: int) -> float:
    """Seconds for the history of one meeting in a file of so many entries, none of the later ones its own."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "long.db"
        some_tables(place, themes=5)
        lengthen(place, entries)
        return median(_asked(str(place)) for _ in range(25))


def _asked(place: str) -> float:
    begun = perf_counter()
    with open_reader(place) as reader:
        assert len(reader.rows("v_history", order="id", stream="meeting:1")) == 6
    return perf_counter() - begun
