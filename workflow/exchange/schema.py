"""The JSON Schema of the table book, made from the page and from what each move may be told."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.states import Sector
from workflow.changes import TRANSLATED
from workflow.details import PARTY_TAKES, Detail
from workflow.exchange.shape import (
    AUTOMATIC,
    CARRIED_FROM,
    CHILDREN,
    COORDINATES,
    DRAFTED,
    FOLLOW_UP,
    FORMAT,
    HOW,
    NTH,
    PARTIES,
    PLURALS,
    TURN,
    UNDO,
    UNDOING,
    choices_of,
    creation_of,
    details_at,
    made_by_program,
    steps_of,
)
from workflow.language.languages import LANGUAGES
from workflow.values import Choice, Day, Flag, Kind, Many, Number, Pair, Text, When

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number"]}
CODES: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
DAY: Schema = {"type": "string", "description": "2023-03-07 or 7.3.2023"}
HANDLE: Schema = {"type": ["string", "integer"], "pattern": r"^\w[\w.-]{0,39}$"}

_HOW: Mapping[str, Schema] = {
    "on": {"type": "string"},
    "by": TEXT,
    "reason": TEXT,
    "override": CODES,
    "confirm": CODES,
    "told": DAY,
    "number": {"type": "integer", "minimum": 0},
}


def schema() -> Schema:
    """The whole schema, in the draft of 2020-12."""
    tops: Schema = {key: _list_of(_named(kind)) for key, kind in PARTIES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Table book",
        "description": "The life of partnership tables, for `poyta import` and `poyta export`.",
        "type": "object",
        "required": ["poyta"],
        "additionalProperties": False,
        "properties": {
            "poyta": {"const": FORMAT},
            **tops,
            "coordinators": _list_of(_named("coordinator")),
            "tables": _list_of(_named("table")),
        },
        "$defs": {
            **{kind: _party(kind) for kind in PARTIES.values()},
            "coordinator": _coordinator(),
            **{kind: _thing(kind) for kind in PLURALS},
            **{f"{kind}_step": _steps(kind) for kind in PLURALS},
            **{f"how_{name}": {**_HOW[name], "description": text} for name, text in HOW.items()},
        },
    }


# Who takes part


def _party(kind: str) -> Schema:
    return _object(PARTY_TAKES[kind], {"ref": HANDLE})


def _coordinator() -> Schema:
    return {
        "type": "object",
        "required": ["person"],
        "oneOf": [{"required": ["project"]}, {"required": ["area"]}],
        "additionalProperties": False,
        "properties": {name: _value(kind) for name, kind in COORDINATES.items()},
    }


# Things and steps


def _thing(kind: str) -> Schema:
    around: Schema = {"ref": HANDLE, "steps": _list_of(_named(f"{kind}_step"))}
    around |= {key: _list_of(_named(child)) for key, child in CHILDREN[kind].items()}
    told = _object(details_at(kind, creation_of(kind)).values(), {**_how(HOW), **around}, kind)
    if kind == "table":
        told["required"].append("on")
    if not made_by_program(kind):
        return told
    return {"anyOf": [told, *(_made_by_program(key, around) for key in made_by_program(kind))]}


def _made_by_program(key: str, around: Schema) -> Schema:
    said = {FOLLOW_UP: {"const": True}, DRAFTED: {"const": True}, TURN: {"const": True}, CARRIED_FROM: HANDLE}[key]
    properties = {key: {**said, "description": AUTOMATIC[key]}, NTH: {"type": "integer", "minimum": 1}, **around}
    return {"type": "object", "required": [key], "additionalProperties": False, "properties": properties}


def _steps(kind: str) -> Schema:
    moves = {name: _step(kind, name, HOW) for name in steps_of(kind)} | {UNDO: _step(kind, UNDO, UNDOING)}
    bare = [name for name, step in moves.items() if not step["anyOf"][-1]["required"]]
    one = {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": False}
    return {"anyOf": [{**one, "properties": moves}, {"enum": bare}]}


def _step(kind: str, move: str, how: Iterable[str]) -> Schema:
    """A date, nothing, or everything that is told."""
    return {"anyOf": [{"type": ["string", "null"]}, _object(details_at(kind, move).values(), _how(how), kind)]}


def _how(names: Iterable[str]) -> Schema:
    return {name: _named(f"how_{name}") for name in names}


# Values


def _object(takes: Iterable[Detail], others: Schema, kind: str = "") -> Schema:
    takes = list(takes)
    return {
        "type": "object",
        "required": [each.name for each in takes if each.required],
        "additionalProperties": False,
        "properties": {**{each.name: _detail(each, kind) for each in takes}, **others},
    }


def _detail(detail: Detail, kind: str) -> Schema:
    told = _value(detail.kind)
    if detail.name == "languages":
        told = {"anyOf": [told, _list_of({"enum": list(LANGUAGES)})]}
    if detail.name in TRANSLATED.get(kind, ()):
        told = {"anyOf": [told, _in_languages(told)]}
    return {**told, "description": detail.help}


def _in_languages(told: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(LANGUAGES, told)}


def _value(kind: Kind) -> Schema:
    if isinstance(kind, Many):
        return _several(kind.one)
    if isinstance(kind, Number):
        return dict(kind.schema)
    if isinstance(kind, Choice):
        return {"enum": [code.value for code in choices_of(kind)]}
    if isinstance(kind, Text):
        return {**TEXT, "maxLength": kind.longest}
    return next((dict(found) for each, found in VALUES if isinstance(kind, each)), TEXT)


VALUES: tuple[tuple[type[Kind], Schema], ...] = (
    (Flag, {"enum": [True, False, "yes", "no"]}),
    (Day, {"type": "string"}),
    (When, {"type": "string"}),
)


def _several(kind: Kind) -> Schema:
    """A list; what is short may stand on one line, with commas between."""
    if not isinstance(kind, Pair):
        return {"anyOf": [{"type": "string"}, _list_of(_value(kind))]}
    names = {"enum": [sector.value for sector in Sector]} if isinstance(kind.left, Choice) else {}
    mapping = {"type": "object", "propertyNames": names, "additionalProperties": _value(kind.right)}
    return {"anyOf": [mapping, {"type": "string"}, _list_of({"anyOf": [{"type": "string"}, mapping]})]}


def _list_of(what: Schema) -> Schema:
    return {"type": "array", "items": what}


def _named(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
