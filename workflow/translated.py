"""Titles and texts in the reader's language, where a table has given them in several (domain.md 7.8)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

TEXTS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "table": {"name": ("title", "name")},
    "theme": {"title": ("title",), "goal": ("goal",), "why_together": ("why_together",)},
    "item": {"title": ("title",), "agreed": ("agreed",)},
    "action": {"what": ("title", "what"), "outcome": ("outcome",)},
    "rota": {"title": ("title",)},
    "referral": {"title": ("title",), "grounds": ("grounds",)},
    "result": {"title": ("title",), "evidence": ("evidence",)},
}
"""By kind: each text that can be translated, and the columns of the read model that show it."""


class Translations:
    """What there is in one language, read once."""

    def __init__(self, reader: Any, language: str) -> None:
        self.texts = {
            (row["kind"], row["thing_id"], row["field"]): row["text"]
            for row in reader.rows("v_translations", language=language)
        }

    def of(self, kind: str, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The rows with their texts in the language, as far as there are any. A meeting goes by its theme's title."""
        return [{**row, **self._texts_of(kind, row)} for row in rows]

    def _texts_of(self, kind: str, row: Mapping[str, Any]) -> dict[str, str]:
        if not self.texts:
            return {}
        if kind in ("series", "meeting"):
            title = self.texts.get(("theme", int(str(row["theme_ref"])[1:]), "title"))
            return {"title": title} if title else {}
        return {
            column: text
            for field, columns in TEXTS.get(kind, {}).items()
            if (text := self.texts.get((kind, row["id"], field)))
            for column in columns
        }
