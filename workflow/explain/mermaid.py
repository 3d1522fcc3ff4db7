"""The page as Mermaid diagrams: one of each lifecycle, and one of how the lifecycles drive each other.

What leaves a state as it is stands inside the state, under its name. An arrow is one edge of the page.
"""

from collections.abc import Iterable

from workflow.explain.words import ENGLISH, move, noun, state
from workflow.language.speech import Speech
from workflow.lifecycle import FollowOn, Lifecycle, Page


def as_mermaid(page: Page, kind: str | None = None, speech: Speech = ENGLISH) -> str:
    """The diagram of one kind of thing; without a kind, of what follows what between them."""
    return "\n".join(_states(page[kind], speech) if kind else _what_follows(page, speech))


def _states(life: Lifecycle, speech: Speech) -> Iterable[str]:
    yield "stateDiagram-v2"
    for each in life.states:
        yield f"    {each} : {state(life, each, speech)}"
        yield from (f"    {each} : {move(life, made, speech)}" for made in life.moves_from(each) if made.to is None)
    for edge in life.edges:
        if edge.move.to is not None:
            yield f"    {edge.source or '[*]'} --> {edge.to} : {move(life, edge.move, speech)}"
    for each in life.states:
        if each in life.ends:
            yield f"    {each} --> [*]"


def _what_follows(page: Page, speech: Speech) -> Iterable[str]:
    named = {name for each in page.follow_ons for name in (each.cause, each.then)}
    yield "flowchart LR"
    for life in page.lifecycles.values():
        moves = [made for made in life.moves.values() if f"{life.kind} {made.name}" in named]
        if moves:
            yield f'    subgraph {life.kind} ["{noun(life.kind, speech)}"]'
            yield from (f'        {life.kind}_{made.name}["{move(life, made, speech)}"]' for made in moves)
            yield "    end"
    for each in page.follow_ons:
        yield f"    {_node(each.cause)} {_arrow(each, speech)} {_node(each.then)}"


def _node(name: str) -> str:
    return name.replace(" ", "_")


def _arrow(follow: FollowOn, speech: Speech) -> str:
    if follow.creates:
        return f'==>|"{speech.say("something new")}"|'
    if follow.if_promises_hold:
        return f'-.->|"{speech.say("if its promises hold")}"|'
    return "-->"
