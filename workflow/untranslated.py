"""The texts that a table of several languages has in its first one only (Language Act, domain.md 7.8)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from models.reading import Reader, Row, any_of
from workflow.pasting import typed_short
from workflow.publishing import names_things_only, other_languages, translating
from workflow.translated import TEXTS

VIEWS: Mapping[str, str] = {
    "table": "v_tables",
    "theme": "v_themes",
    "item": "v_items",
    "action": "v_actions",
    "rota": "v_rotas",
    "referral": "v_referrals",
    "result": "v_results",
}
"""Where the things are read whose texts can be translated, in the order in which they are told of."""

LEFT_OUT = frozenset({"declined", "withdrawn"})
"""The states in which a thing is no longer spoken of."""


class Untranslated(NamedTuple):
    """One text that is not there in one of the languages of its table."""

    table: str
    language: str
    kind: str
    ref: str
    field: str
    text: str

    @property
    def remedies(self) -> list[str]:
        """What gives it."""
        return [translating(self.kind, typed_short(self.ref), self.field, self.language)]


def untranslated(reader: Reader, tables: Sequence[int] | None = None) -> Iterator[Untranslated]:
    """Every text that lacks translation, by table and language. `tables`: only theirs, by their ids."""
    only: dict[str, Any] = {} if tables is None else {"id": any_of(tables)}
    for table in reader.rows("v_tables", order="id", **only):
        if others := other_languages(str(table["languages"])):
            texts = list(_texts_of(reader, str(table["ref"])))
            for language in others:
                given = _given(reader, language)
                yield from (
                    Untranslated(str(table["ref"]), language, kind, str(row["ref"]), field, text)
                    for kind, row, field, text in texts
                    if (kind, row["id"], field) not in given
                )


def _texts_of(reader: Reader, table: str) -> Iterator[tuple[str, Row, str, str]]:
    """Everything in words that a table has: the kind, the thing, which text, and the text."""
    for kind, view in VIEWS.items():
        of_table: dict[str, Any] = {"ref": table} if kind == "table" else {"table_ref": table}
        for row in reader.rows(view, order="id", **of_table):
            if row["state"] in LEFT_OUT:
                continue
            for field, (*_, column) in TEXTS[kind].items():
                text = str(row[column] or "")
                if text and not names_things_only(text):
                    yield kind, row, field, text


def _given(reader: Reader, language: str) -> set[tuple[str, int, str]]:
    rows = reader.rows("v_translations", language=language)
    return {(str(row["kind"]), int(row["thing_id"]), str(row["field"])) for row in rows}
