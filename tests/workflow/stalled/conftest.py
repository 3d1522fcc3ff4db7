from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import Database
from tests.builders import first_people
from tests.workflow.stalled.scenes import CASES, LATER, NUMBERED, short
from workflow.work import Work


@pytest.fixture(scope="session")
def told(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Every scene at a table of its own, in one file."""
    place = tmp_path_factory.mktemp("scenes") / "poyta.db"
    place.write_bytes(template_file.read_bytes())
    database = Database(str(place))
    with database.writing() as session:
        work = Work(session, first_people(session), LATER)
        for case in CASES:
            case.scene(work, short(case))
        for name, scene in NUMBERED.items():
            scene(work, name)
    database.close()
    yield str(place)
