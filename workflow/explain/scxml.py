"""A lifecycle as W3C SCXML, so that other programs can run it: each edge of the page is one transition.

Each promise is a datum: true while it holds or was waived, false while it stands in the way. A transition names the
promises of the state that it enters; one that leaves the state as it is asks nothing. What was set aside goes back
to where it `came_from`, which the states that it may have come from write down as they are left.
"""

from xml.etree import ElementTree as Xml

from models.states import Level
from workflow.language.sentences import promised
from workflow.lifecycle import Back, Edge, Lifecycle, Page, Promise, State

NAMESPACE = "http://www.w3.org/2005/07/scxml"


def as_scxml(page: Page, kind: str) -> str:
    """The state machine of one kind of thing."""
    life = page[kind]
    about = {"version": "1.0", "datamodel": "ecmascript", "name": kind, "initial": life.starts.value}
    root = Xml.Element("scxml", {"xmlns": NAMESPACE} | about)
    root.append(Xml.Comment(f" Made from the page of lifecycles, version {page.version}. "))
    _add_data(root, life)
    for state in life.states:
        _add_state(root, life, state)
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _add_data(root: Xml.Element, life: Lifecycle) -> None:
    data = Xml.SubElement(root, "datamodel")
    if _set_aside_from(life):
        Xml.SubElement(data, "data", {"id": "came_from", "expr": "''"})
    for promise in _awake(life):
        data.append(Xml.Comment(f" {promised(promise.guard)} "))
        Xml.SubElement(data, "data", {"id": promise.code}).text = "true"


def _awake(life: Lifecycle) -> list[Promise]:
    """Every promise that is asked where no house rule says otherwise, once."""
    named = {each.code: each for made in life.promises.values() for each in made if each.level is not Level.OFF}
    return list(named.values())


def _add_state(root: Xml.Element, life: Lifecycle, state: State) -> None:
    leaving = [edge for edge in life.edges if edge.source is state]
    if not leaving:
        Xml.SubElement(root, "final", {"id": state.value})
        return
    element = Xml.SubElement(root, "state", {"id": state.value})
    if state in _set_aside_from(life):
        left = Xml.SubElement(element, "onexit")
        Xml.SubElement(left, "assign", {"location": "came_from", "expr": f"'{state.value}'"})
    for edge in leaving:
        Xml.SubElement(element, "transition", _transition(life, edge))


def _transition(life: Lifecycle, edge: Edge) -> dict[str, str]:
    event = {"event": f"{life.kind}.{edge.move.name}"}
    if edge.move.to is None:
        return event
    asked = [f"came_from == '{edge.to.value}'"] if isinstance(edge.move.to, Back) else []
    if edge.to is not edge.source:
        asked += [each.code for each in life.promises[edge.to] if each.level is not Level.OFF]
    condition = {"cond": " && ".join(asked)} if asked else {}
    return event | {"target": edge.to.value} | condition


def _set_aside_from(life: Lifecycle) -> frozenset[State]:
    return frozenset(edge.to for edge in life.edges if isinstance(edge.move.to, Back))
