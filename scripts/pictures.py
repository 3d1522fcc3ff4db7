"""The pictures that the README shows, drawn from the example tables as poyta draws them."""

import tempfile
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

from cli.main import run
from models.reading import open_reader
from models.schema import create
from scripts.tour import away
from workflow.pictures.gathering import series_over_time, table_around
from workflow.pictures.round_table import round_table
from workflow.pictures.timeline import timeline

EXAMPLES = Path(__file__).parent.parent / "examples"


def drawn() -> dict[str, str]:
    """Each picture as SVG, by the name of its file: Keuruu's table, and the meetings of the made-up Mallila."""
    with away(), tempfile.TemporaryDirectory() as folder:
        keuruu, mallila = (_read_in(Path(folder), name) for name in ("keuruu", "toimintamalli"))
        with open_reader(keuruu) as reader:
            around = table_around(reader, "keuruu", date(2016, 6, 1))
        with open_reader(mallila) as reader:
            meetings = series_over_time(reader, "S2", date(2024, 5, 2))
    return {
        "pictures/round-table.svg": round_table(around, "en"),
        "pictures/timeline.svg": timeline(meetings, "en"),
    }


def _read_in(folder: Path, name: str) -> str:
    place = str(folder / f"{name}.db")
    create(place)
    with redirect_stdout(StringIO()) as said:
        status = run(["import", str(EXAMPLES / f"{name}.yaml"), "--db", place, "--lang", "en"])
    assert status == 0, said.getvalue()
    return place
