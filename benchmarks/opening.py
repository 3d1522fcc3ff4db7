"""What it costs on every opening to hold the history against what was seen of it, however long it has grown."""

import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.tables import NOW
from models.checkpoints import asking, checkpoint_at, checkpoint_in
from models.database import Database
from models.doubts import doubt
from models.fingerprint import Ask
from models.memory import KEPT, Memory, Receipt, Seen
from models.recording import Happening, write_entry
from models.schema import create


def per_opening(entries: int, rounds: int = 51) -> float:
    """Seconds for the look into the memory and into the history, where entries have been added since the last."""
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "bench.db")
        _long_history(place, entries)
        memory = Memory(folder)
        with asking(Path(place)) as ask:
            _remember(memory, place, ask, entries)
            return median(_look(memory, place, ask) for _ in range(rounds))


def _look(memory: Memory, place: str, ask: Ask) -> float:
    begun = perf_counter()
    remembered = memory.of(place)
    assert remembered is not None
    assert doubt(place, ask, remembered, lambda: memory.every(place)) is None
    checkpoint_in(ask)
    return perf_counter() - begun


def _remember(memory: Memory, place: str, ask: Ask, entries: int) -> None:
    receipts = [Receipt(*row) for row in ask(f"SELECT id, hash FROM history WHERE id > {entries - KEPT}")]
    seen = checkpoint_at(ask, entries - 3)
    assert seen is not None
    memory.remember(place, None, Seen(seen, NOW), receipts)


def _long_history(place: str, entries: int) -> None:
    create(place)
    with Database(place).writing() as session:
        connection = session.connection()
        for number in range(1, entries + 1):
            told = (None, f"organisation:{number}", 1, None, None, NOW, NOW, "nobody", "claimed", "", "add", None)
            write_entry(connection, Happening(*told, "known", "bench", (), {}))
