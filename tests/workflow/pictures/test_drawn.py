"""Whole pictures of the example tables, compared as files in three languages.

To make them anew, delete those in `drawn/` and run this twice; then look at each of them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.database import Database
from models.reading import open_reader
from models.states import MeetingState
from tests.cli.hostile import EXAMPLE, read_in
from tests.workflow.pictures.seen import faults
from workflow.finding import find
from workflow.language.languages import LANGUAGES
from workflow.pictures.gathering import series_over_time, stalled_tables, table_around, work_divided
from workflow.pictures.heat_map import StalledTables, heat_map
from workflow.pictures.lifecycle import Standing, lifecycle
from workflow.pictures.round_table import TableAround, round_table
from workflow.pictures.standing import standing
from workflow.pictures.timeline import SeriesOverTime, timeline
from workflow.pictures.work import WorkDivided, actions_by_party

DRAWN = Path(__file__).parent / "drawn"
DAY = date(2023, 4, 3)
NOW = datetime(2023, 4, 3, 9, tzinfo=UTC)

Shown = TableAround | Standing | SeriesOverTime | StalledTables | WorkDivided


@pytest.fixture(scope="module")
def examples(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("drawn")
    names = ("keuruu", "pieksamaki", "toimintamalli")
    return {name: read_in(_book(name), template_file, folder / f"{name}.db") for name in names}


def _book(name: str) -> str:
    return EXAMPLE.with_name(f"{name}.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shown(examples: dict[str, Path]) -> dict[str, Callable[[str], str]]:
    """Each picture of an example, to be drawn in any language."""
    keuruu, pieksamaki, mallila = (str(path) for path in examples.values())
    with open_reader(keuruu) as reader:
        around = table_around(reader, "keuruu", date(2016, 5, 20))
    with open_reader(pieksamaki) as reader:
        stalled = stalled_tables(reader, DAY)
    with open_reader(mallila) as reader:
        series = series_over_time(reader, "S3", date(2024, 12, 2))
        work = work_divided(reader, date(2024, 12, 2), table="mallila")
    database = Database(pieksamaki)
    with database.reading() as session:
        where = standing(session, find(session, "T1"), NOW)
    database.close()
    return {
        "keuruu-around": lambda language: round_table(around, language),
        "pieksamaki-T1": lambda language: lifecycle(where, language),
        "pieksamaki-stalled": lambda language: heat_map(stalled, language),
        "mallila-S3": lambda language: timeline(series, language),
        "mallila-actions": lambda language: actions_by_party(work, language),
    }


NAMES = ("keuruu-around", "pieksamaki-T1", "pieksamaki-stalled", "mallila-S3", "mallila-actions")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_picture_of_an_example_is_as_it_was_looked_at(name, language, shown):
    file = DRAWN / f"{name}.{language}.svg"
    svg = shown[name](language)
    if not file.exists():
        file.write_text(svg, encoding="utf-8", newline="\n")
        pytest.fail(f"drawn anew: look at {file.name}")

    assert faults(svg) == []
    assert svg == file.read_text(encoding="utf-8")


def test_no_file_is_left_of_a_picture_that_is_no_more():
    assert {file.name for file in DRAWN.iterdir()} == {f"{name}.{each}.svg" for name in NAMES for each in LANGUAGES}


def test_a_meeting_told_otherwise_would_be_seen(examples):
    with open_reader(str(examples["toimintamalli"])) as reader:
        series = series_over_time(reader, "S3", date(2024, 12, 2))
    first, *others = series.meetings

    changed = replace(series, meetings=(replace(first, state=MeetingState.CANCELLED), *others))

    assert timeline(changed, "fi") != (DRAWN / "mallila-S3.fi.svg").read_text(encoding="utf-8")
