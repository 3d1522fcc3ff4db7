"""The bytes of an entry and the hashes over them: the same on every database (trust.md 2).

Every field is a netstring (`5:aalto,`), its length counted in bytes of UTF-8; what is absent is the empty one. An
entry's hash is also its leaf in the tree over all entries (`models.tree`), so each entry is hashed once.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence

SEALED = (
    "stream",
    "version",
    "cmd_id",
    "cause_id",
    "recorded_at",
    "happened_at",
    "actor",
    "auth",
    "role",
    "move",
    "from_state",
    "to_state",
    "rules",
    "facts",
    "table_id",
    "number",
    "commitment",
    "prev",
)
"""The columns that an entry's hash is made of, in this order, after the origin of the database."""

LEAF = b"\x00"
"""What a leaf of the tree begins with, so that no node can be taken for one (RFC 9162, 2.1.1)."""


def netstrings(fields: Iterable[object]) -> bytes:
    """The fields one after another, each with its length, so that none can be moved into its neighbour."""
    told = [b"" if field is None else str(field).encode() for field in fields]
    return b"".join(b"%d:%s," % (len(each), each) for each in told)


def entry_hash(origin: str, sealed: Iterable[object]) -> str:
    """The hash of an entry, from its fields in the order of `SEALED`."""
    return hashlib.sha256(LEAF + netstrings([origin, *sealed])).hexdigest()


def commitment(words: Iterable[tuple[str, str, str]]) -> str | None:
    """What an entry says of its words: nothing can be guessed from it, and other words don't fit it.

    `words`: salt, field and text of each, in the order in which they were written. Nothing, where there are none.
    """
    told = [part for each in words for part in each]
    return commitment_to(netstrings(told)) if told else None


def commitment_to(said: bytes) -> str:
    """The commitment to words whose netstrings are there already."""
    return hashlib.sha256(said).hexdigest()


def new_salt() -> str:
    """Sixteen random bytes. Erased with the words, they leave a commitment that says nothing."""
    return secrets.token_hex(16)


def new_origin() -> str:
    """A name for a new database that no other has: the same entry in another database has another hash."""
    return f"poyta/{secrets.token_hex(16)}"


def sealed_on_file() -> str:
    """The SQL by which SQLite makes the bytes of an entry, but for the origin: much quicker than row by row here."""
    return netstrings_on_file(SEALED)


def netstrings_on_file(columns: Sequence[str]) -> str:
    """The SQL by which SQLite makes `netstrings` of columns."""
    pattern = "%d:%s," * len(columns)
    # The length of a blob is that of all its bytes; that of a text would end at a NUL that other hands put there.
    # What is absent has no length, which printf tells as 0.
    told = ", ".join(f"length(CAST({column} AS BLOB)), {column}" for column in columns)
    return f"CAST(printf('{pattern}', {told}) AS BLOB)"
