"""Made-up databases are as whole as real ones, of their shape, and the same for the same seed."""

import random
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.copying import Template
from benchmarks.filling import Filling
from benchmarks.generating import Towns, generate, generate_in_bulk, lived_templates
from benchmarks.lives.living import TODAY
from benchmarks.shape import shape
from benchmarks.stores import COLUMNS, Store, opened
from benchmarks.varying import Row, Shift, Values
from models.archive import open_archive
from models.database import Database
from models.moments import written
from models.schema import create
from models.states import Role
from models.tables import PartnershipTable
from workflow.audit.rows import TABLES
from workflow.audit.verifying import verify
from workflow.days import holiday_at, local_day
from workflow.engine import make_new
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.parties import add_party
from workflow.work import Work

TABLES_MADE = 97
SMALL = {"tables": 6, "templates": 1}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Some two thousand themes, written in bulk."""
    place = str(tmp_path_factory.mktemp("made") / "made.db")
    generate_in_bulk(place, TABLES_MADE, seed=1, templates=10)
    return place


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """One table that was lived."""
    return next(iter(lived_templates(tmp_path_factory.mktemp("lived"), 1, random.Random(1))))  # noqa: S311  # the same table each time


def told(place: str, query: str) -> list[Any]:
    """What a query of a database answers."""
    with open_archive(place) as archive:
        return [tuple(row) for row in archive.rows(query)]


# Through the gate


def test_tables_lived_through_the_gate_are_whole(tmp_path):
    place = str(tmp_path / "lived.db")

    generate(place, tables=3)

    assert verify(place).findings == ()
    assert told(place, "SELECT COUNT(*) FROM themes") == [(3 * 24,)]


# In bulk


def test_a_database_written_in_bulk_is_whole(made):
    verdict = verify(made)

    assert verdict.findings == ()
    assert verdict.checked["entries"] > 20_000
    assert told(made, "SELECT COUNT(*) FROM themes WHERE id > 2000") != [(0,)]


KINDS = ("table", "theme", "series", "meeting", "memo", "item", "action", "referral", "result")


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_of_the_page_occurs(made, kind):
    found = {state for (state,) in told(made, f"SELECT DISTINCT state FROM {TABLES[kind]}")}

    assert found == {state.value for state in PAGE[kind].states}


RANGES = {
    "share of themes taken up": (0.15, 0.5),  # many proposals, few chosen (domain.md 3, step 1)
    "meetings of a theme taken up": (1, 5),  # 1, 3, 5 or as many as it takes (domain.md 1.5)
    "actions of a meeting with its work divided": (1, 4),  # divided among all (domain.md 1.4)
    "matters of a meeting held": (1, 4),  # in an hour or an hour and a half (domain.md 1.2)
    "seats at a table": (5, 20),  # what suits (domain.md 3, step 5)
    "present at a meeting held": (5, 20),
    "share of themes results_reached": (0.03, 0.3),
    "share of themes declined": (0.2, 0.5),
    "share of themes proposed": (0.1, 0.4),
    "share of themes discontinued": (0.05, 0.3),
    "share of themes actions_assigned": (0.02, 0.2),
    "share of themes suspended": (0.002, 0.05),
}


def test_its_shape_is_that_of_real_tables(made):
    figures = shape(made)

    assert {name: figures[name] for name, (least, most) in RANGES.items() if not least <= figures[name] <= most} == {}


def test_meetings_take_an_hour_or_an_hour_and_a_half(made):
    spans = told(made, "SELECT begins_at, ends_at FROM meetings WHERE begins_at IS NOT NULL")

    minutes = {(datetime.fromisoformat(end) - datetime.fromisoformat(begin)).seconds // 60 for begin, end in spans}

    assert minutes == {60, 90}


def test_no_meeting_is_on_a_holiday_of_which_nobody_was_warned(made):
    begins = {begin for (begin,) in told(made, "SELECT begins_at FROM meetings WHERE begins_at IS NOT NULL")}

    assert not [begin for begin in begins if holiday_at(local_day(datetime.fromisoformat(begin)))]


def test_nothing_has_happened_later_than_today(made):
    newest = told(made, "SELECT MAX(recorded_at) FROM history WHERE happened_at <= recorded_at")

    assert newest <= [(written(TODAY),)]
    assert told(made, "SELECT COUNT(*) FROM history WHERE happened_at > recorded_at") == [(0,)]


def test_no_sign_of_a_template_is_left(made):
    with closing(sqlite3.connect(made)) as connection:
        rows = [line for line in connection.iterdump() if line.startswith("INSERT")]

    assert [row for row in rows if "{" in row or "malli-" in row] == []


@pytest.mark.parametrize("pseudonym", ["1234567890123456", "12345678901234ab", "ab34567890123456", "0123456789012345"])
def test_a_pseudonym_is_known_whatever_digits_it_has(pseudonym):
    values = Values([pseudonym], "malli")
    place = values.text(f"person:{pseudonym} G3 {pseudonym}")

    told = values.new(Shift({"organisations": 100}, 0, {}, ["new"]))[place]

    assert told == "person:new G103 new"


def test_names_differ_from_table_to_table(made):
    assert told(made, "SELECT COUNT(DISTINCT name) FROM partnership_tables") == [(TABLES_MADE,)]
    assert told(made, "SELECT COUNT(DISTINCT name) > 400 FROM people") == [(1,)]


def test_the_history_is_written_in_the_order_of_the_clock_across_tables(made):
    neighbours = told(made, "SELECT table_id, recorded_at FROM history WHERE id BETWEEN 1000 AND 3000 ORDER BY id")

    assert len({table for table, _ in neighbours}) > 10
    assert [at for _, at in neighbours] == sorted(at for _, at in neighbours)


MUST_DIFFER = {"hash", "prev"}  # the name of a database is in every hash


@pytest.fixture(scope="module")
def seventh(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small one from the seed 7."""
    place = str(tmp_path_factory.mktemp("seventh") / "made.db")
    generate_in_bulk(place, seed=7, **SMALL)
    return place


def test_the_same_seed_makes_the_same_database(tmp_path, seventh):
    again = str(tmp_path / "again.db")

    generate_in_bulk(again, seed=7, **SMALL)

    for table, columns in COLUMNS.items():
        listed = ", ".join(f'"{each}"' for each in columns if each not in MUST_DIFFER)
        assert told(again, f"SELECT {listed} FROM {table}") == told(seventh, f"SELECT {listed} FROM {table}")


def test_another_seed_makes_another(tmp_path, seventh):
    other = str(tmp_path / "other.db")

    generate_in_bulk(other, seed=8, **SMALL)

    names = "SELECT name FROM partnership_tables ORDER BY id"
    assert told(other, names) != told(seventh, names)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where nothing is yet, once of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "new.db")
    return str(request.getfixturevalue("empty_server_place"))


def test_the_gate_goes_on_where_the_writer_ended(new_place):
    generate_in_bulk(new_place, seed=2, **SMALL)
    database = Database(new_place)

    with database.writing() as session:
        table = session.get(PartnershipTable, 1)
        convener = next(seat.person for seat in table.seats if seat.role is Role.CONVENER and seat.until is None)
        work = Work(session, convener, TODAY)
        add_party(work, "person", {"name": "Uusi Ihminen"})
        theme = make_new(work, "theme", table, {"title": "Uusi", "proposer": "G1"}, How(confirmed=True)).made.row
    database.close()

    assert theme.id == told(new_place, "SELECT COUNT(*) FROM themes")[0][0]
    assert verify(new_place).findings == ()


# Faults in the writer are found


class Faulty:
    """Hands on rows, with a mistake in one table."""

    def __init__(self, store: Store, table: str, mistake: Callable[[list[Row]], list[Row]]) -> None:
        self.store, self.table, self.mistake = store, table, mistake
        self.origin, self.on_file = store.origin, store.on_file

    def add(self, table: str, rows: Sequence[Row]) -> None:
        self.store.add(table, self.mistake(list(rows)) if table == self.table else rows)


def changed(column: str, value: object, table: str) -> Callable[[list[Row]], list[Row]]:
    """One row with something else in a column."""
    place = COLUMNS[table].index(column)
    return lambda rows: [*rows[:2], (*rows[2][:place], value, *rows[2][place + 1 :]), *rows[3:]]


FAULTS: Mapping[str, tuple[str, Callable[[list[Row]], list[Row]], set[str]]] = {
    "a wrong hash": ("history", changed("hash", "0" * 64, "history"), {"entry_changed"}),
    "a gap": ("history", lambda rows: [*rows[:20], *rows[21:]], {"place_missing"}),
    "a wrong number": ("history", changed("number", 99_999, "history"), {"entry_changed", "entry_missing"}),
    "other words": ("history_words", changed("text", "muuta", "history_words"), {"words_changed"}),
    "a wrong tile": ("history_tiles", lambda rows: [(*rows[0][:2], "0" * 64), *rows[1:]], {"tile_differs"}),
    "another state": ("actions", changed("state", "refused", "actions"), {"state_differs"}),
    "another day": ("meetings", changed("items_by", "2020-02-02", "meetings"), {"detail_differs"}),
    "another seat": ("seats", changed("since", "2001-01-01", "seats"), {"seats_differ"}),
    "a number of nothing": ("results", changed("theme_id", 99_999, "results"), {"points_nowhere"}),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_writer_is_found(tmp_path, template, name):
    place, rng = str(tmp_path / "faulty.db"), random.Random(1)  # noqa: S311  # the same copy each time
    table, mistake, found = FAULTS[name]
    create(place)

    with opened(place) as store:
        filling = Filling(Faulty(store, table, mistake), rng)
        filling.add([(template, 0, Towns(rng).next(template.language))])

    assert found <= {each.code for each in verify(place).findings}
