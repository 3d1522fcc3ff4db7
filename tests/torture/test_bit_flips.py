"""One bit of the file is turned over, wherever it is: that is found, or nothing that anybody can read has changed.

What is not held against the history is listed below, column by column: there a changed value may stay unseen, as it
would in any other program. What stands in an index too is found even there.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from models.database import Database
from models.place import DatabaseProblem
from tests.figures import SIZE, tell as tell_figures
from tests.torture.deeds import ROUND, beginning, errands, tell
from workflow.audit.chains import Entries
from workflow.audit.rows import Rows
from workflow.audit.verifying import verify

FLIPS = 10_000 * SIZE
PARTS = 8
"""In so many tests, for so many processors."""

OF_EVERY_THING = "id state came_from state_since entries"
VOUCHED_FOR = {
    "origin": "name",
    "history": "id table_id number stream version cmd_id cause_id recorded_at happened_at actor auth role move"
    " from_state to_state rules facts commitment prev hash",
    "history_words": "entry_id salt field text",
    "history_tiles": "level place hash",
    "people": "id forgotten merged_into_id",
    "organisations": "id merged_into_id",
    "projects": "id",
    "partnership_tables": OF_EVERY_THING + " slug name kind_of_table",
    "themes": OF_EVERY_THING + " title",
    "meeting_series": OF_EVERY_THING,
    "meetings": OF_EVERY_THING,
    "agenda_items": OF_EVERY_THING,
    "actions": OF_EVERY_THING + " what",
    "results": OF_EVERY_THING + " title kind_of_result",
    "memos": OF_EVERY_THING,
    "rotas": OF_EVERY_THING,
    "referrals": OF_EVERY_THING,
    "seats": "role since until required table_id project_id area person_id organisation_id deputy_for_id",
    "house_rules": "table_id code level days",
}
"""What the history holds every value against. Seats over projects and areas, of which none tells, are not here."""
NOT_VOUCHED_FOR = {
    "alembic_version": "version_num",
    "origin": "id",
    "history_words": "id",
    "refused_attempts": "id table_id recorded_at actor stream move reasons",
    "people": "name pseudonym email organisation_id",
    "organisations": "name sector",
    "projects": "name funder owner_id begins ends",
    "seats": "id",
    "partnership_tables": "area rhythm languages term_begins term_ends founded_by founded_paragraph founding_decision"
    " project_id parent_id founder_id responsible_person_id version",
    "themes": "table_id why_together life goal goal_agreed_on goal_agreed_in_id evaluation"
    " proposer_told_on revisit_on ended_as proposer_id proposing_organisation_id responsible_person_id version",
    "theme_contents": "theme_id content",
    "theme_goal_parties": "theme_id organisation_id",
    "translations": "id kind thing_id field language text",
    "meeting_series": "theme_id planned_meetings revisit_on suspended_with_theme version",
    "meetings": "series_id begins_at ends_at began_at ended_at place link mode items_by reschedules agenda_places"
    " no_actions_because chair_id secretary_id version",
    "meeting_channels": "meeting_id channel",
    "joint_meetings": "meeting_id series_id",
    "attendance": "id meeting_id presence arrived left only_for person_id organisation_id deputy_for_id",
    "head_counts": "id meeting_id sector people",
    "agenda_items": "theme_id number meeting_id position title origin origin_detail kind_of_item minutes lateness"
    " outcome agreed needs_no_action precedes confidential submitter_id presenter_id presenting_organisation_id"
    " carried_from_id version",
    "actions": "theme_id meeting_id item_id rota_id due_on by_next_meeting postponements waiting_for outcome"
    " responsible_person_id responsible_organisation_id reported_by_id version",
    "action_shares": "id action_id person_id organisation_id part",
    "memos": "theme_id meeting_id silent_until confirmed_in_id link published_until register_number version",
    "memo_entries": "id memo_id revision item_id entry text author_id written_at",
    "rotas": "theme_id title rhythm turn version",
    "rota_places": "rota_id position organisation_id",
    "referrals": "theme_id meeting_id item_id title body register_number asked granted decision decided_by"
    " decided_on paragraph grounds reported_in_id again_of_id version",
    "invitation_answers": "id meeting_id person_id answer answered_at sequence",
    "reminders": "id letter_id stream given_on due_on stage",
    "reminder_letters": "id person_id organisation_id made_at written_at text",
    "results": "theme_id meeting_id life extent evidence check_on lasting version",
    "result_actions": "result_id action_id",
}
"""What is not held against the history, or only where it was told."""

SCHEMA = "schema"
"""What the definitions go by, among the tables."""
_DEFINITIONS = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
"""All but that of the table which another tool keeps for itself, and nobody reads."""


class Flip(NamedTuple):
    """A bit of the file."""

    byte: int
    bit: int


class Tried(NamedTuple):
    """What came of turning a bit over: whether it was found, and else the columns that it changed."""

    flip: Flip
    found: bool
    columns: frozenset[str] = frozenset()

    @property
    def unseen(self) -> frozenset[str]:
        """What it changed of what the history vouches for."""
        return self.columns - columns_of(NOT_VOUCHED_FOR)


class Contents(NamedTuple):
    """Every value that can be read from a file: the rows of each table in their order, and the names of its columns."""

    columns: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, list[tuple[str, ...]]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small file in which much has happened: the same each time, down to its salts."""
    place, chance = tmp_path_factory.mktemp("flips") / "poyta.db", Random(0)  # noqa: S311  # no secret
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secrets.token_hex", lambda size: chance.randbytes(size).hex())
        beginning(str(place))
        with closing(Database(str(place))) as database, database.writing() as session:
            for command in [*ROUND, *islice(errands(2), 60)]:
                tell(session, command)
    return place.read_bytes()


def contents(place: Path) -> Contents | None:
    """Everything that can be read from a file, if it can be read."""
    try:
        with closing(sqlite3.connect(place)) as file:
            file.text_factory = bytes  # a text that is none has changed, too
            names = [name.decode() for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            tables = {table: file.execute(f'SELECT * FROM "{table}" ORDER BY rowid') for table in names}
            tables[SCHEMA] = file.execute(_DEFINITIONS)
            columns = {table: tuple(name for name, *_ in found.description) for table, found in tables.items()}
            return Contents(columns, {table: [tuple(map(repr, row)) for row in tables[table]] for table in tables})
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def changed(one: Contents, other: Contents | None) -> frozenset[str]:
    """The columns in which two files differ, as `table.column`; the whole table, where rows came or went."""
    if other is None or one.columns != other.columns:
        return frozenset(["everything"])
    found: set[str] = set()
    for table, rows in one.rows.items():
        if len(rows) != len(other.rows[table]):
            found.add(table)
        for row, row_then in zip(rows, other.rows[table], strict=False):
            differing = (number for number, value in enumerate(row) if value != row_then[number])
            found |= {f"{table}.{one.columns[table][number]}" for number in differing}
    return frozenset(found)


def found(place: Path) -> bool:
    """Whether `audit verify` finds anything. It tells of what is wrong, and never fails by itself."""
    try:
        return bool(verify(str(place)).findings)
    except DatabaseProblem:
        return True


def bits(content: bytes, seed: int) -> Iterator[Flip]:
    """Bits without end, of all bytes but those that nobody has ever written to."""
    random = Random(seed)  # noqa: S311  # the same bits each time
    empty = {byte for found in re.finditer(rb"\0{16,}", content) for byte in range(*found.span())}
    used = [byte for byte in range(len(content)) if byte not in empty]
    while True:
        yield Flip(random.choice(used), random.randrange(8))


def turn_over(place: Path, content: bytes, flips: Iterable[Flip]) -> Iterator[Tried]:
    """Turn one bit over after another, each in a whole file."""
    place.write_bytes(content)
    before = contents(place)
    assert before is not None
    assert not found(place)
    with place.open("r+b", buffering=0) as file:
        for flip in flips:
            _write(file, flip.byte, content[flip.byte] ^ 1 << flip.bit)
            yield Tried(flip, found=True) if found(place) else Tried(flip, False, changed(before, contents(place)))
            _write(file, flip.byte, content[flip.byte])
    assert place.read_bytes() == content


def _write(file: Any, place: int, byte: int) -> None:
    file.seek(place)
    file.write(bytes([byte]))


def columns_of(listed: Mapping[str, str]) -> set[str]:
    return {f"{table}.{column}" for table, columns in listed.items() for column in columns.split()}


def test_of_every_column_it_is_said_whether_the_history_vouches_for_it(whole, folder):
    place = folder / "pöytä.db"
    place.write_bytes(whole)

    with closing(sqlite3.connect(place)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        there = {f"{table}.{row[1]}" for (table,) in tables for row in file.execute(f"PRAGMA table_info({table})")}

    assert columns_of(VOUCHED_FOR) | columns_of(NOT_VOUCHED_FOR) == there
    assert columns_of(VOUCHED_FOR) & columns_of(NOT_VOUCHED_FOR) == set()


@pytest.mark.parametrize("part", range(PARTS))
def test_no_bit_changes_a_value_unseen(whole, folder, part):
    flips = islice(bits(whole, part), FLIPS // PARTS)

    tried = list(turn_over(folder / "pöytä.db", whole, flips))

    counted = {
        "flips": len(tried),
        "found": sum(each.found for each in tried),
        "nothing_changed": sum(not each.found and not each.columns for each in tried),
        **Counter(column for each in tried for column in each.columns),
    }
    tell_figures("bit flips", part=part, **counted)
    assert [each for each in tried if each.unseen] == []


# Seeded faults: what verify asks, it must ask


def nothing(*_: object) -> Iterator[str]:
    return iter(())


def somewhere_in(content: bytes, words: bytes) -> list[Flip]:
    """The lowest bit of each byte of the last place where words stand."""
    begin = content.rindex(words)
    return [Flip(byte, 0) for byte in range(begin, begin + len(words))]


FAULTS = {
    Entries._wrong: b"person-1claimed",
    Rows.look_at_words: "Näin sovittiin".encode(),
    Rows.look_at_standing: b"droppedassigned",
}
"""What is left out of the audit, and words of the file that it looks at."""


@pytest.mark.parametrize("left_out", FAULTS, ids=lambda each: each.__name__)
def test_what_the_audit_leaves_out_changes_unseen(whole, folder, monkeypatch, left_out):
    monkeypatch.setattr(f"{left_out.__module__}.{left_out.__qualname__}", nothing)

    tried = list(turn_over(folder / "pöytä.db", whole, somewhere_in(whole, FAULTS[left_out])))

    assert any(each.unseen for each in tried)
