"""The history entry by entry: as rows for a spreadsheet (CSV), or as one JSON document."""

import json
from collections.abc import Iterable, Iterator

from workflow.exchange.events import Event, History
from workflow.exchange.spreadsheet import csv_lines
from workflow.language.visible import escaped_in_json


def write_csv(history: History) -> Iterator[str]:
    """A row for each entry under a row of headings."""
    headings = [*COLUMNS, *(WORDS if history.with_words else ())]
    return csv_lines(headings, (_cells(event, history.with_words) for page in history.pages() for event in page))


COLUMNS = (
    *("id", "table", "number", "ref", "kind", "move", "from", "to", "actor", "role"),
    *("happened_at", "recorded_at", "cause_id", "facts"),
)
WORDS = ("reason", "words")


def _cells(event: Event, with_words: bool) -> Iterator[str]:
    told = _document(event)
    yield from (str(told[column] or "") for column in COLUMNS[:-1])
    yield _listed((fact.name, fact.value) for fact in event.facts)
    if with_words:
        yield _listed(("", text) for name, text in event.words if name == "reason")
        yield _listed((name, text) for name, text in event.words if name != "reason")


def _listed(told: Iterable[tuple[str, str]]) -> str:
    return " | ".join(f"{name}={value}" if name else value for name, value in told)


def write_json(history: History) -> Iterator[str]:
    """One document with an item for each entry."""
    yield '{"schema": "poyta/1", "ok": true, "items": ['
    between = "\n"
    for page in history.pages():
        for event in page:
            document = _document(event) | ({"words": event.words} if history.with_words else {})
            yield between + escaped_in_json(json.dumps(document, ensure_ascii=False))
            between = ",\n"
    yield "\n]}\n"


def _document(event: Event) -> dict[str, object]:
    """An entry as `poyta history --json` tells it, but by pseudonyms, and every fact in its place."""
    return {
        "id": event.id,
        "table": event.table,
        "number": event.number,
        "ref": event.ref,
        "kind": event.kind,
        "move": event.move,
        "from": event.source,
        "to": event.to,
        "actor": event.actor,
        "role": event.role,
        "auth": event.auth,
        "happened_at": event.happened_at,
        "recorded_at": event.recorded_at,
        "cause_id": event.cause,
        "facts": [(fact.name, fact.value) for fact in event.facts],
        "rules": event.rules,
        "hash": event.hash,
    }
