"""Whatever is done to a file by hand is found, by whom and as what is said beforehand; or it is said that it is not."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from models.checkpoints import Checkpoint
from models.database import Database
from models.place import DatabaseProblem
from models.tree import root_of
from tests.figures import tell
from tests.torture.hand import SHELF, Files, files_in
from tests.torture.tampering import ATTACKS, MEMORY, NOT_FOUND, OPENING, VERIFY, FoundBy, table
from workflow.audit.verifying import verify

Outcome = tuple[FoundBy | None, tuple[str, ...]]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files]:
    """The files before anybody laid hands on them, and the rules of an older poyta on the shelf."""
    folder = tmp_path_factory.mktemp("tampering")
    files = files_in(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workflow.rulebooks.shelf.SHELF", folder / SHELF)
        yield files


@pytest.fixture
def files(untouched: Files, folder: Path) -> Files:
    """A copy of the file that is to be tampered with."""
    return untouched._replace(now=Path(shutil.copy(untouched.now, folder / "pöytä.db")))


def outcome(files: Files) -> Outcome:
    """Who finds something first, if anybody does, and what."""
    alone, remembering = findings(files.now), findings(files.now, files.seen)
    if not can_be_written_to(files.now):
        return OPENING, alone
    if alone:
        return VERIFY, alone
    return (MEMORY if remembering else None), remembering


def can_be_written_to(place: Path) -> bool:
    try:
        with closing(Database(str(place))) as database, database.writing(keep=False):
            return True
    except DatabaseProblem:
        return False


def findings(place: Path, *seen: Checkpoint) -> tuple[str, ...]:
    try:
        return tuple(sorted({found.code for found in verify(str(place), seen).findings}))
    except DatabaseProblem as problem:
        return (problem.code,)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_found_as_is_said(files, attack):
    attack.act(files)

    expected = None if attack.found_by in NOT_FOUND else attack.found_by
    assert outcome(files) == (expected, attack.codes)


def test_attacks_enough_are_tried_and_it_is_said_what_is_not_found():
    found_by = Counter(attack.found_by for attack in ATTACKS)

    tell("tampering", attacks=len(ATTACKS), **{each.name.lower(): found_by[each] for each in FoundBy})
    assert len(ATTACKS) >= 25
    assert len({attack.done for attack in ATTACKS}) == len(ATTACKS) == len(table().splitlines()) - 2
    assert all(found_by[each] for each in FoundBy)
    assert all(bool(attack.codes) is (attack.found_by not in NOT_FOUND) for attack in ATTACKS)


# Seeded faults: what verify asks, it must ask


def nothing(*_: object) -> Iterator[str]:
    return iter(())


LEFT_OUT: list[tuple[Mapping[str, Callable[..., object]], str]] = [
    ({"chains.Entries._wrong": nothing}, "change an actor"),
    (
        {
            "chains.Entries._full": lambda self, level, hashes: root_of(hashes),
            "chains.Entries._look_for_more_tiles": nothing,
        },
        "make a chain anew",
    ),
    ({"rows.Rows.look_at_words": nothing}, "change words"),
    ({"rows.Rows.look_at_things": nothing}, "move a thing"),
    ({"rows.Rows.look_at_standing": nothing}, "change where a thing came from"),
    ({"seats.Seats.look_at_seats": nothing}, "add a seat"),
    ({"details.Details.look_at_details": nothing}, "change a title"),
    ({"details.Details.look_at_merged": nothing}, "make another of one"),
    ({"verifying.check": nothing}, "put bytes that are no text"),
    ({"verifying._compare": nothing}, "make everything anew"),
]
"""What is left out of the audit, and an attack that nobody finds then."""


@pytest.mark.parametrize(("left_out", "name"), LEFT_OUT, ids=[name for _, name in LEFT_OUT])
def test_what_the_audit_leaves_out_is_let_through(files, monkeypatch, left_out, name):
    attack = next(each for each in ATTACKS if each.name == name)
    for part, instead in left_out.items():
        monkeypatch.setattr(f"workflow.audit.{part}", instead)

    attack.act(files)

    assert outcome(files) != (attack.found_by, attack.codes)
