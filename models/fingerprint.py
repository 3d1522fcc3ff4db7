"""What the schema of a database looks like, so that it can be seen whether somebody changed it."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

Ask = Callable[[str], Iterable[Any]]
"""What answers a query with its rows."""

Schema = Mapping[str, str]
"""Each part of a schema by its kind and name, and how it is defined."""

KNOWN = Path(__file__).with_name("migrations") / "fingerprint.txt"
"""The fingerprint of an SQLite file with every migration of this program (`scripts.migration` writes it)."""


def file_schema(ask: Ask) -> Schema:
    """Everything that an SQLite file defines."""
    found = ask(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        " AND NOT (type = 'table' AND (name = 'alembic_version' OR substr(name, 1, 7) = 'sqlite_'))"
    )
    return {f"{kind} {name}": _plain(str(definition)) for kind, name, definition in found}


def server_schema(ask: Ask, namespace: str) -> Schema:
    """Everything that a namespace of a server defines, as the server itself tells it."""
    schema = {}
    for query in _SERVER_QUERIES:
        for kind, name, definition in ask(query.format(namespace=namespace)):
            schema[f"{kind} {name}"] = _plain(str(definition))
    return schema


def fingerprint(schema: Schema) -> str:
    """A schema in one word: equal for equal schemas only."""
    lines = sorted(f"{part}\0{definition}" for part, definition in schema.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@cache
def known_fingerprint() -> str:
    """What the fingerprint of an SQLite file of ours must be."""
    return KNOWN.read_text(encoding="ascii").strip()


@cache
def _plain(definition: str) -> str:
    """A definition with one blank for any, and without the quotation marks that a name does not need.

    Versions of SQLite differ in where they leave these when a table is altered. Nothing else may be overlooked: a
    whole condition in quotation marks is a text, which is never true, and so is a trigger that never speaks.
    """
    return _SPELLED.sub(_one_way, definition).strip()


_SPELLED = re.compile(r"""'[^']*'|"([a-z_][a-z0-9_]*)"| \s+|[^\S ]\s*""")
"""What may be spelled in another way; not the one blank, which is nearly everywhere and stays as it is."""


def _one_way(found: re.Match[str]) -> str:
    if found[0].startswith("'"):
        return found[0]
    return found[1] or " "


_SERVER_QUERIES = (
    """SELECT 'column', c.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN 'NOT NULL' END, pg_get_expr(d.adbin, d.adrelid))
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'v') AND c.relnamespace = {namespace}""",
    """SELECT 'constraint', c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = {namespace}""",
    """SELECT 'index', c.relname, regexp_replace(pg_get_indexdef(c.oid), ' ON [^ ]+[.]', ' ON ')
    FROM pg_class c WHERE c.relkind = 'i' AND c.relnamespace = {namespace}""",
    """SELECT 'view', c.relname, pg_get_viewdef(c.oid)
    FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace = {namespace}""",
    """SELECT 'trigger', c.relname || '.' || t.tgname, regexp_replace(pg_get_triggerdef(t.oid), ' ON [^ ]+[.]', ' ON ')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = {namespace}""",
)
