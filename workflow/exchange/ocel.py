"""The history as an object-centric event log for process mining: OCEL 2.0 in its JSON form (ocel-standard.org).

Every value is text, as the published schema wants it; what type it has is declared. Events come first in the document,
then the objects, then the types that were seen: so nothing has to be read twice, whatever the size of the history.
"""

import json
from collections.abc import Iterable, Iterator

from workflow.exchange.events import Event, History
from workflow.exchange.objects import Object, Relations, objects_of
from workflow.language.visible import escaped_in_json

Types = dict[str, dict[str, str]]
"""The attributes of each type by name, with the type of each."""


def write_ocel(history: History) -> Iterator[str]:
    """The whole document, piece by piece."""
    relations = Relations(history.reader)
    event_types: Types = {}
    object_types: Types = {}
    mentioned: set[str] = set()
    yield '{\n"events": [\n'
    yield from _listed(_events(history, relations, event_types, mentioned))
    yield '\n],\n"objects": [\n'
    yield from _listed(_object(each, object_types) for each in objects_of(history, relations, mentioned))
    yield f'\n],\n"eventTypes": {_declared(event_types)},\n"objectTypes": {_declared(object_types)}\n}}\n'


def _events(history: History, relations: Relations, types: Types, mentioned: set[str]) -> Iterator[dict[str, object]]:
    for page in history.pages():
        wholes = relations.wholes_of(page)
        for event in page:
            yield _event(event, wholes.get(event.stream, ()), types, mentioned)


def _listed(documents: Iterable[dict[str, object]]) -> Iterator[str]:
    between = ""
    for document in documents:
        yield between + escaped_in_json(json.dumps(document, ensure_ascii=False))
        between = ",\n"


def _event(event: Event, under: Iterable[str], types: Types, mentioned: set[str]) -> dict[str, object]:
    attributes = list(event.attributes())
    types.setdefault(event.type, {}).update((name, type) for name, _, type in attributes)
    related = dict.fromkeys(_related(event, under))
    mentioned.update(thing for _, thing in related)
    return {
        "id": event.id,
        "type": event.type,
        "time": event.happened_at,
        "attributes": [{"name": name, "value": value} for name, value, _ in attributes],
        "relationships": [{"objectId": thing, "qualifier": qualifier} for qualifier, thing in related],
    }


def _related(event: Event, under: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The objects that an event has to do with, each with what it is to it."""
    yield "of", event.thing
    yield from (("under", whole) for whole in under)
    if event.actor:
        yield "by", event.actor
    if event.caused_by:
        yield "because_of", event.caused_by
    yield from ((fact.name, thing) for fact in event.facts for thing in fact.refers)


def _object(each: Object, types: Types) -> dict[str, object]:
    types.setdefault(each.type, {}).update((name, "string") for name, _, _ in each.attributes)
    return {
        "id": each.id,
        "type": each.type,
        "attributes": [{"name": name, "value": value, "time": time} for name, value, time in each.attributes],
        "relationships": [{"objectId": thing, "qualifier": qualifier} for qualifier, thing in each.relations],
    }


def _declared(types: Types) -> str:
    listed = [
        {"name": name, "attributes": [{"name": each, "type": type} for each, type in sorted(attributes.items())]}
        for name, attributes in sorted(types.items())
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1)
