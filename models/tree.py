"""The tree over all entries: one hash, its root, stands for everything that has ever been written (RFC 9162).

Leaves are the hashes of the entries in the order in which they were added. The hash of each full 256 of them is kept
(`history_tiles`), of each full 256 of those too, and so on: so the root of the history as it was at any size is found
by reading a few hundred hashes, however long the history has grown.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from models.fingerprint import Ask

NODE = b"\x01"
LEVEL = 8
TILE = 1 << LEVEL
"""How many hashes are put together into one that is kept."""

EMPTY = hashlib.sha256(b"").digest()
"""The root of no entries."""


class Frontier:
    """The right edge of a tree that grows: what is needed to add to it and to know its root, and no more."""

    def __init__(self) -> None:
        self._edge: list[tuple[int, bytes]] = []

    def add(self, subtree: bytes, level: int = 0) -> None:
        """Add a leaf; or a subtree of two to the power of `level` leaves, after whole ones of at least its size."""
        while self._edge and self._edge[-1][0] == level:
            _, left = self._edge.pop()
            subtree, level = _node(left, subtree), level + 1
        self._edge.append((level, subtree))

    def root(self) -> bytes:
        """The root of all that was added."""
        if not self._edge:
            return EMPTY
        _, root = self._edge[-1]
        for _, left in reversed(self._edge[:-1]):
            root = _node(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of these leaves: two and two are put together, and one that is left over goes up as it is."""
    level = list(leaves) or [EMPTY]
    while len(level) > 1:
        over = level[-1:] if len(level) % 2 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [hashlib.sha256(NODE + left + right).digest() for left, right in pairs] + over
    return level[0]


def root_at(ask: Ask, size: int) -> bytes | None:
    """The root of the history in a file when it had `size` entries; nothing, where it has not so many."""
    frontier, begun = Frontier(), 0
    for level, several in _blocks(size):
        hashes = list(_kept(ask, level, begun, several))
        if len(hashes) != several:
            return None
        for each in hashes:
            frontier.add(each, level * LEVEL)
        begun = (begun + several) * TILE
    return frontier.root()


def full_tiles(ask: Ask, size: int) -> Iterator[tuple[int, int, str]]:
    """The tiles that became full with the newest entry: their level, place and hash, each from those under it."""
    level, full = 1, size
    under: str | None = None
    while full and full % TILE == 0:
        full //= TILE
        hashes = list(_kept(ask, level - 1, (full - 1) * TILE, TILE - (under is not None)))
        under = root_of([*hashes, *([bytes.fromhex(under)] if under else [])]).hex()
        yield level, full, under
        level += 1


def _blocks(size: int) -> list[tuple[int, int]]:
    """The levels of whole tiles, the largest first, and how many of each make up a tree of that size."""
    found, level = [], 0
    while size:
        size, several = divmod(size, TILE)
        found.append((level, several))
        level += 1
    return found[::-1]


def _kept(ask: Ask, level: int, after: int, several: int) -> Iterator[bytes]:
    """So many hashes of one level that come after a place."""
    wanted = (
        f"id > {after} AND id <= {after + several} ORDER BY id"
        if level == 0
        else (f"level = {level} AND place > {after} AND place <= {after + several} ORDER BY place")
    )
    table = "history" if level == 0 else "history_tiles"
    found: Iterable[Any] = ask(f"SELECT hash FROM {table} WHERE {wanted}")  # noqa: S608  # of our own words and numbers
    return (bytes.fromhex(row[0]) for row in found)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()
