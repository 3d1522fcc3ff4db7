"""How a book looks on paper: the order of its keys, and its text in YAML or JSON."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

import yaml

from workflow.exchange.book import Book, Deed, Party, Thing
from workflow.exchange.moments import write_moment
from workflow.exchange.shape import CARRIED_FROM, CHILDREN, FORMAT, NTH, PARTIES, PLURALS
from workflow.language.visible import escaped_in_json, escaped_in_yaml, hides

LONGEST_LINE: Final = 100
"""What is longer than this is not written on one line."""

DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def lay_out(book: Book, *, as_json: bool = False) -> str:
    """The text of a book. What can't be seen is told by its number, so that nobody is misled who looks at it."""
    tree = _book(book)
    if as_json:
        return escaped_in_json(json.dumps(tree, ensure_ascii=False, indent=2, default=write_moment)) + "\n"
    text = str(yaml.serialize(_node(tree), Dumper=DUMPER, allow_unicode=True, width=LONGEST_LINE + 20))
    return escaped_in_yaml(text)


# What stands where


def _book(book: Book) -> dict[str, Any]:
    tree: dict[str, Any] = {"poyta": FORMAT}
    for key, kind in PARTIES.items():
        tree[key] = [_party(party) for party in book.parties if party.kind == kind]
    tree["coordinators"] = [_party(party) for party in book.coordinators]
    tree["tables"] = [_thing(table) for table in book.tables]
    return {key: value for key, value in tree.items() if value}


def _party(party: Party) -> dict[str, Any]:
    return {**({"ref": party.ref} if party.ref else {}), **_given(party.given)}


def _thing(thing: Thing) -> dict[str, Any]:
    tree: dict[str, Any] = {"ref": thing.ref} if thing.ref else {}
    steps = thing.deeds
    if thing.automatic:
        origin = thing.origin if thing.automatic == CARRIED_FROM else None
        tree[thing.automatic] = True if origin is None else origin.ref
        if thing.nth > 1:
            tree[NTH] = thing.nth
    else:
        tree |= _deed(steps[0])
        steps = steps[1:]
    if steps:
        tree["steps"] = [{step.move: _deed(step)} for step in steps]
    for kind in CHILDREN[thing.kind].values():
        if children := [_thing(child) for child in thing.children if child.kind == kind]:
            tree[PLURALS[kind]] = children
    return tree


def _deed(deed: Deed) -> dict[str, Any]:
    how = {
        "number": deed.number,
        "on": deed.on,
        "told": deed.told,
        "by": None if deed.by is None else _value(deed.by),
        "reason": deed.reason,
        "override": list(deed.overrides),
    }
    return {**_given(deed.given), **{name: value for name, value in how.items() if value not in (None, [])}}


def _given(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in given.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Party):
        return value.ref or value.given["name"]
    if isinstance(value, Thing):
        return value.ref
    if isinstance(value, list):
        return _pairs(value) if value and isinstance(value[0], tuple) else [_value(each) for each in value]
    return value


def _pairs(pairs: Iterable[tuple[Any, Any]]) -> Any:
    told = [(_value(left), _value(right)) for left, right in pairs]
    names = dict(told)
    return names if len(names) == len(told) else [{left: right} for left, right in told]


# YAML


def _node(value: Any) -> yaml.Node:
    if isinstance(value, dict):
        parts = [(_key(name), _node(part)) for name, part in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", parts, flow_style=_fits(value))
    if isinstance(value, list):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(part) for part in value], flow_style=_fits(value))
    if isinstance(value, datetime):
        return _text(write_moment(value))  # its colons need quotes on one line with others
    if isinstance(value, bool):
        return _plain("bool", "true" if value else "false")
    if isinstance(value, int):
        return _plain("int", str(value))
    return _plain("timestamp", value.isoformat()) if isinstance(value, date) else _text(value)


def _key(name: str) -> yaml.Node:
    """A key. To old YAML, `on` is a word for true; ours needs no quotes around it."""
    return _plain("bool", name) if name == "on" else _text(name)


def _plain(kind: str, text: str) -> yaml.Node:
    return yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", text)


def _text(value: str) -> yaml.Node:
    """Words: in quotes, where they could be taken for something else, or have in them what can't be seen."""
    quoted = "\n" in value or hides(value)
    return yaml.ScalarNode("tag:yaml.org,2002:str", value, style='"' if quoted else None)


def _fits(value: Any) -> bool:
    """Whether it is written on one line: it is short, and neither a step nor a list of more than values."""
    parts = value if isinstance(value, list) else list(value.values())
    if any(isinstance(part, dict) for part in parts) and (isinstance(value, list) or len(value) == 1):
        return False
    if isinstance(value, dict) and any(key in value for key in ("poyta", "steps", *PLURALS.values())):
        return False
    return len(json.dumps(value, ensure_ascii=False, default=write_moment)) <= LONGEST_LINE
