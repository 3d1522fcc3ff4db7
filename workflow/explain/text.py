"""The page as plain lines, each of which says all of its meaning: for a terminal, and for a screen reader."""

from collections.abc import Iterable

from workflow.explain.words import ENGLISH, coded, follow_ons, level, move, notes, noun, state, states
from workflow.language.speech import Speech
from workflow.lifecycle import Back, FollowOn, Lifecycle, Move, Page, Promise, State


def as_text(page: Page, kind: str | None = None, speech: Speech = ENGLISH) -> str:
    """The lifecycle of one kind of thing with what it drives and what drives it; without a kind, all of the page."""
    lives = [page[kind]] if kind else page.lifecycles.values()
    parts = [part for life in lives for part in _life(life, speech)]
    parts.append(_what_follows(follow_ons(page, kind), speech))
    return "\n\n".join("\n".join(part) for part in parts if part)


def _life(life: Lifecycle, speech: Speech) -> Iterable[list[str]]:
    yield [speech.say("Lifecycle: {kind}", kind=noun(life.kind, speech))]
    for each in life.states:
        yield [_state(life, each, speech), *(_promise(each, made, speech) for made in life.promises[each])]
    yield [_move(life, made, speech) for made in life.moves.values()]


def _state(life: Lifecycle, code: State, speech: Speech) -> str:
    told = state(life, code, speech)
    if code is life.starts:
        return speech.say("State: {state}. A new one begins here.", state=told)
    if code in life.ends:
        return speech.say("State: {state}. It ends here.", state=told)
    return speech.say("State: {state}.", state=told)


def _promise(code: State, made: Promise, speech: Speech) -> str:
    promised = speech.say("Promise of “{state}”: {promise}", state=code, promise=speech.promise(made.guard))
    return f"  {promised} {level(made, speech)} {speech.say('Its code: {code}.', code=made.code)}"


def _move(life: Lifecycle, made: Move, speech: Speech) -> str:
    return " ".join([_way(life, made, speech), _who(made, speech), *notes(made, speech)])


def _way(life: Lifecycle, made: Move, speech: Speech) -> str:
    told, sources = move(life, made, speech), states(life, made.sources, speech)
    if made.to is None:
        return speech.say("Event: {move}. In {states}; the state stays as it is.", move=told, states=sources)
    if isinstance(made.to, Back):
        return speech.say("Move: {move}. From {states} back to where it was.", move=told, states=sources)
    to = state(life, made.to, speech)
    if made.creates:
        return speech.say("Move: {move}. It brings a new one into being: {to}.", move=told, to=to)
    return speech.say("Move: {move}. From {states} to {to}.", move=told, states=sources, to=to)


def _who(made: Move, speech: Speech) -> str:
    if made.follows:
        return speech.say("Nobody makes it by hand: it follows another move.")
    return speech.say("Who may: {who}.", who=speech.who(made.by))


def _what_follows(rows: Iterable[FollowOn], speech: Speech) -> list[str]:
    told = [f"{_following(each, speech)} {speech.promise(each.of)}" for each in rows]
    head = speech.say("What follows what, in the same moment, where the one that follows can make the move:")
    return [head, *told] if told else []


def _following(follow: FollowOn, speech: Speech) -> str:
    when, then = _named(follow.cause, speech), _named(follow.then, speech)
    if follow.creates:
        return speech.say("When: {when}. Then something new: {then}.", when=when, then=then)
    if follow.if_promises_hold:
        return speech.say("When: {when}. Then, if its promises hold: {then}.", when=when, then=then)
    return speech.say("When: {when}. Then: {then}.", when=when, then=then)


def _named(name: str, speech: Speech) -> str:
    kind, made = name.split()
    return coded(f"{speech.noun(kind)}, {speech.move(kind, made)}", name)
