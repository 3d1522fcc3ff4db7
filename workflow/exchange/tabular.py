"""The history entry by entry: as rows for a spreadsheet (CSV), or as one JSON document."""

import csv
import json
from collections.abc import Iterable, Iterator

from workflow.exchange.cells import cell
from workflow.exchange.events import Event, History
from workflow.language.visible import escaped_in_json, visible

# For Excel as it is set up in Finland, in Finnish and in Swedish: the decimal sign there is the comma, so its list
# separator is the semicolon, and a file with commas opens with everything in one column. Without the mark at the
# beginning Excel takes UTF-8 for the old Windows code page, and ä and ö come out as two signs each.
SEPARATOR = ";"
MARK = "\ufeff"


class _Row:
    """Where the writer of rows leaves one."""

    def write(self, text: str) -> str:
        """Answer it instead of keeping it, so that nothing grows with the history."""
        return text


def write_csv(history: History) -> Iterator[str]:
    """A row for each entry under a row of headings, beginning with the mark of UTF-8."""
    writer = csv.writer(_Row(), delimiter=SEPARATOR)
    yield MARK + writer.writerow([*COLUMNS, *(WORDS if history.with_words else ())])
    for page in history.pages():
        for event in page:
            yield writer.writerow([cell(visible(each)) for each in _cells(event, history.with_words)])


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
