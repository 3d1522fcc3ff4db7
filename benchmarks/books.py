"""What a theme of a book costs to read in, for books of any length."""

import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.tables import book, read_in
from models.schema import create


def per_theme(themes: int) -> float:
    """Seconds a theme, reading in a book of that many with five meetings each."""
    with tempfile.TemporaryDirectory() as folder:
        place, file = Path(folder) / "bench.db", Path(folder) / "book.yaml"
        create(str(place))
        file.write_text(book(themes), encoding="utf-8")
        begun = perf_counter()
        read_in(place, file)
        return (perf_counter() - begun) / themes
