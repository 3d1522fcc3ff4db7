"""What text, tables and diagrams share: the words for what the page declares, each with the code that people type."""

from collections.abc import Iterable

from models.states import Level
from workflow.language.speech import Speech, speech
from workflow.lifecycle import FollowOn, Lifecycle, Move, Page, Promise, State

ENGLISH = speech("en")


def coded(word: str, code: str) -> str:
    """A word with its code, or the code alone where the word is no other."""
    return code if word == code else f"{word} ({code})"


def noun(kind: str, speech: Speech) -> str:
    """A kind of thing."""
    return coded(speech.noun(kind), kind)


def state(life: Lifecycle, code: State, speech: Speech) -> str:
    """A state."""
    return coded(speech.state(life.kind, code), code)


def states(life: Lifecycle, codes: Iterable[State], speech: Speech) -> list[str]:
    """Several states, in the order of the page."""
    named = set(codes)
    return [state(life, each, speech) for each in life.states if each in named]


def move(life: Lifecycle, made: Move, speech: Speech) -> str:
    """A move or an event."""
    return coded(speech.move(life.kind, made.name), made.name)


def level(promise: Promise, speech: Speech) -> str:
    """What it means that a promise does not hold, in a sentence."""
    if promise.fixed:
        return speech.say("Nobody can waive it.")
    if promise.level is Level.OFF:
        return speech.say("It is asked only where a house rule says so.")
    if promise.level is Level.REFUSE:
        return speech.say("The convener can override it, with a reason.")
    if promise.off_for:
        kinds = sorted(promise.off_for)
        return speech.say("It is only a warning, which can be confirmed, and is not asked of: {kinds}.", kinds=kinds)
    return speech.say("It is only a warning, which can be confirmed.")


def notes(made: Move, speech: Speech) -> list[str]:
    """What else is to be known of a move, in sentences."""
    needed = [speech.say("A reason is needed.")] if made.reason else []
    return [*needed, speech.say("It can't be undone.")] if made.final else needed


def follow_ons(page: Page, kind: str | None) -> list[FollowOn]:
    """What follows what, where a kind of thing drives or is driven; without a kind, all of it."""
    return [each for each in page.follow_ons if kind is None or kind in (each.kind, each.cause.split()[0])]
