"""A checkpoint: how many entries the history of a database had, and the root of the tree over them (trust.md 2).

Its text is that of a C2SP tlog-checkpoint: origin, size and root, a line each. Whoever keeps one can tell later whether
the history still begins as it was, however coherent in itself it has been made anew.
"""

import re
from binascii import Error as NotBase64, a2b_base64, b2a_base64
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from models.fingerprint import Ask
from models.place import DatabaseProblem, open_for_reading
from models.tree import root_at

LONGEST = 10_000
"""How much of a file is read as a checkpoint: signatures may follow it."""
ALOUD = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's 32 letters and digits: none is taken for another, in writing or on the telephone."""


class Checkpoint(NamedTuple):
    """The history of a database at one moment: whose it is, how many entries, and their root in hexadecimal."""

    origin: str
    size: int
    root: str

    @property
    def text(self) -> str:
        """As it is kept in a file."""
        return f"{self.origin}\n{self.size}\n{b2a_base64(bytes.fromhex(self.root)).decode()}"

    @property
    def short(self) -> str:
        """For the foot of a document: the size, and 40 bits of the root that can be read aloud, as `812·k3f9-7qwz`.

        Enough to see that two are not the same; who needs to prove it keeps the whole.
        """
        return Short(self.size, _aloud(self.root)).text


class Short(NamedTuple):
    """What the foot of a document says."""

    size: int
    beginning: str

    @property
    def text(self) -> str:
        """As it stands there."""
        return f"{self.size}·{self.beginning}"

    def fits(self, checkpoint: Checkpoint) -> bool:
        """Whether it is the short form of this one."""
        return (self.size, self.beginning) == (checkpoint.size, _aloud(checkpoint.root))


def parse_checkpoint(text: str) -> Checkpoint | None:
    """The checkpoint that a file holds; signatures or anything else after its three lines are left to others."""
    lines = text.splitlines()
    if len(lines) < 3 or not lines[0] or not re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[1]):
        return None
    try:
        root = a2b_base64(lines[2], strict_mode=True)
    except (NotBase64, ValueError):
        return None
    return Checkpoint(lines[0], int(lines[1]), root.hex()) if len(root) == 32 else None


def parse_short(text: str) -> Short | None:
    """What was read in the foot of a document, as people type it: `812.K3F9 7QWZ` will do."""
    found = re.fullmatch(r"\s*([0-9]{1,18})[\s·•.,:*-]+([0-9a-z]{4})[\s-]*([0-9a-z]{4})\s*", text.lower())
    if found is None:
        return None
    typed = (found[2] + found[3]).translate(str.maketrans("oil", "011"))
    return Short(int(found[1]), f"{typed[:4]}-{typed[4:]}")


def checkpoint_in(ask: Ask) -> Checkpoint:
    """The newest checkpoint of a file. Raises DatabaseProblem where entries are missing."""
    ((size,),) = ask("SELECT COALESCE(MAX(id), 0) FROM history")
    found = checkpoint_at(ask, size)
    if found is None:
        raise DatabaseProblem("history_has_gaps")
    return found


def checkpoint_at(ask: Ask, size: int) -> Checkpoint | None:
    """The checkpoint of a file when its history had `size` entries; nothing, where it has not so many."""
    origin = _origin(ask)
    try:
        root = root_at(ask, size)
    except ValueError:  # by other hands: what stands there is no hash
        return None
    return None if root is None else Checkpoint(origin, size, root.hex())


def unlike(ask: Ask, kept: Checkpoint) -> str | None:
    """Why the history does not begin with what a checkpoint saw: `another`, `shorter` or `otherwise`; or that it does.

    Without hashing anything twice it is found by one look at the edge of the tree at that size.
    """
    origin = _origin(ask)
    if origin != kept.origin:
        return "another"
    ((size,),) = ask("SELECT COALESCE(MAX(id), 0) FROM history")
    if size < kept.size:
        return "shorter"
    return None if checkpoint_at(ask, kept.size) == kept else "otherwise"


def _origin(ask: Ask) -> str:
    """The name of the database. By other hands, it may have none or several."""
    names = [name for (name,) in ask("SELECT name FROM origin")]
    return names[0] if len(names) == 1 else ""


@contextmanager
def asking(path: Path) -> Iterator[Ask]:
    """What answers queries of a file as it is at one moment, without anything that only writing needs."""
    with closing(open_for_reading(path)) as connection:
        connection.execute("BEGIN")
        yield connection.execute


def _aloud(root: str) -> str:
    number = int(root[:10], 16)
    said = "".join(ALOUD[number >> 5 * place & 31] for place in reversed(range(8)))
    return f"{said[:4]}-{said[4:]}"
