"""The bytes of an entry, its hash, and the tree over all entries: the same by whatever way they are made."""

import hashlib
import sqlite3

import pytest
from hypothesis import given, settings, strategies as st

from models.sealing import SEALED, commitment, entry_hash, netstrings, sealed_on_file
from models.tree import EMPTY, TILE, Frontier, full_tiles, root_at, root_of

WORDS = st.one_of(st.none(), st.integers(0, 10**9), st.text(st.characters(exclude_categories=["Cs"])))


def test_a_field_has_its_length_in_bytes_before_it():
    assert netstrings(["aalto", "ä", None, 12]) == b"5:aalto,2:\xc3\xa4,0:,2:12,"


def test_no_field_can_be_moved_into_its_neighbour():
    assert netstrings(["ab", "c"]) != netstrings(["a", "bc"])


def test_the_same_entry_in_another_database_has_another_hash():
    fields = ["theme:1"] * len(SEALED)

    assert entry_hash("poyta/one", fields) != entry_hash("poyta/other", fields)


def test_the_hash_of_an_entry_is_a_leaf_of_the_tree():
    assert entry_hash("o", ["x"]) == hashlib.sha256(b"\x00" + b"1:o,1:x,").hexdigest()


def test_words_without_their_salt_are_not_what_was_committed_to():
    said = commitment([("salt", "reason", "Näin sovittiin")])

    assert said != commitment([("tlas", "reason", "Näin sovittiin")])
    assert said != commitment([("salt", "reason", "Toisin sovittiin")])
    assert commitment([]) is None


@settings(deadline=None, max_examples=200)
@given(st.lists(WORDS, min_size=len(SEALED), max_size=len(SEALED)))
def test_the_database_makes_the_same_bytes(values):
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE history ({', '.join(f'{name} ANY' for name in SEALED)}) STRICT")
    connection.execute(f"INSERT INTO history VALUES ({', '.join('?' * len(SEALED))})", values)

    ((made,),) = connection.execute(f"SELECT {sealed_on_file()} FROM history")

    if any(isinstance(value, str) and "\0" in value for value in values):
        assert made != netstrings(values)  # what nobody can write through the gate is at least never taken for true
    else:
        assert made == netstrings(values)


# The tree


def leaves(size):
    return [hashlib.sha256(b"\x00%d" % number).digest() for number in range(size)]


def by_the_book(hashes):
    """RFC 9162, 2.1.1, word by word."""
    if len(hashes) < 2:
        return hashes[0] if hashes else EMPTY
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + by_the_book(hashes[:split]) + by_the_book(hashes[split:])).digest()


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33, 100, 255, 256, 257, 1000])
def test_the_root_is_that_of_the_standard(size):
    assert root_of(leaves(size)) == by_the_book(leaves(size))


def test_whole_subtrees_may_be_added_at_once():
    frontier = Frontier()
    for begin in (0, 256, 512):
        frontier.add(root_of(leaves(768)[begin : begin + 256]), 8)
    frontier.add(leaves(769)[768])

    assert frontier.root() == by_the_book(leaves(769))


@pytest.fixture(scope="module")
def long_history():
    """A history of more than 256 tiles, as the recording would have kept it."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE history (id INTEGER PRIMARY KEY, hash TEXT)")
    connection.execute("CREATE TABLE history_tiles (level, place, hash, PRIMARY KEY (level, place))")
    for number, leaf in enumerate(leaves(TILE * TILE + TILE + 3), start=1):
        connection.execute("INSERT INTO history VALUES (?, ?)", (number, leaf.hex()))
        if number % TILE == 0:
            connection.executemany("INSERT INTO history_tiles VALUES (?, ?, ?)", full_tiles(connection.execute, number))
    return connection


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 5000, TILE * TILE - 1, TILE * TILE, TILE * TILE + TILE + 3])
def test_the_root_at_any_size_is_found_from_what_is_kept(long_history, size):
    assert root_at(long_history.execute, size) == root_of(leaves(size))


def test_there_is_no_root_of_more_entries_than_there_are(long_history):
    assert root_at(long_history.execute, TILE * TILE + TILE + 4) is None
    assert root_at(long_history.execute, 2 * TILE * TILE) is None
