"""A start costs little: what is loaded is asserted, not how long it takes."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "sqlalchemy",
    "alembic",
    "rich",
    "yaml",
    "holidays",
    "babel",
    "psycopg",
    "platformdirs",
    "transitions",
    "resvg_py",
    "docx",
    "lxml",
    "xlsxwriter",
    "python_calamine",
}

PROGRAM = """
import sys
from cli.main import run
status = run(sys.argv[1:])
print("LOADED", status, *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded_by(place: str, *words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env={
            "POYTA_DB": place,
            "POYTA_AS": "Aino",
            "POYTA_STATE": str(Path(place).with_name("state")),
            "PATH": "",
            "HOME": "/nonexistent",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    last = done.stdout.splitlines()[-1].split()
    assert last[:2] == ["LOADED", "0"], done.stdout + done.stderr
    return set(last[2:])


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("status",),
        ("theme", "list"),
        ("theme", "show", "T1"),
        ("history", "T1"),
        ("trace", "T1"),
        ("remind", "--dry-run"),
        ("audit", "stalled"),
        ("picture", "table", "keuruu"),
        ("picture", "stalled"),
        ("picture", "actions"),
        ("action", "list", "--csv"),
        ("meeting", "attendance"),
    ],
    ids=" ".join,
)
def test_help_and_short_reads_load_nothing_heavy(on_file, file_place, words):
    from tests.cli.conftest import MEETING, PEOPLE, TABLE, set_up

    set_up(on_file, PEOPLE, TABLE, MEETING[:1])

    assert loaded_by(file_place, *words) & HEAVY == set()


def test_the_list_of_heavy_things_would_find_them(on_file, file_place):
    assert "sqlalchemy" in loaded_by(file_place, "export")


@pytest.mark.parametrize("room", ["workflow.lifecycles", "workflow.language.speech", "models.states", "models.reading"])
def test_the_page_and_the_reading_rooms_need_no_database(room):
    program = f"import sys, {room}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert not set(done.stdout.split()) & (HEAVY - {"transitions"})
