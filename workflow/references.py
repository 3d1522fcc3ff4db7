"""How things are called on paper and at the keyboard: T3, S2, M12, M12/2, A7, O5, keuruu."""

from typing import Any

from models.states import LETTERS

DATABASE = "database:1"
"""The stream of what happened to the database itself."""

NOBODY = "nobody"
"""Who acts in the history before anybody is known."""


def reference(row: Any) -> str:
    """The name that a thing goes by: never reused, never renumbered (cli.md 1)."""
    if row.kind == "table":
        return str(row.slug)
    if row.kind == "database":
        return "poyta"
    if row.kind == "item":
        if row.meeting_id is not None:
            return f"M{row.meeting_id}/{row.position}"
        return f"T{row.theme_id}/{row.number}"
    return f"{LETTERS[row.kind]}{row.id}"
