"""How long a command takes to start, beside a bare Python."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.tables import some_tables


@contextmanager
def two(words: Sequence[str]) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """The command on a database with a few themes, and `python -c pass`."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "bench.db"
        some_tables(place, themes=5)
        environment = {**os.environ, "POYTA_DB": str(place), "POYTA_STATE": folder, "POYTA_LANG": "en"}
        poyta = str(Path(sys.executable).with_name("poyta"))

        def ours() -> None:
            subprocess.run([poyta, *words], env=environment, check=True, stdout=subprocess.DEVNULL)

        def bare() -> None:
            subprocess.run([sys.executable, "-c", "pass"], env=environment, check=True)

        yield ours, bare
