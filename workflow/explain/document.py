"""The page as a document for other programs: codes only, never translated."""

from typing import Any

from workflow.explain.words import follow_ons
from workflow.lifecycle import Back, FollowOn, Lifecycle, Move, Page, Promise


def as_document(page: Page, kind: str | None = None) -> dict[str, Any]:
    """The lifecycle of one kind of thing with what it drives and what drives it; without a kind, all of the page."""
    lives = [page[kind]] if kind else list(page.lifecycles.values())
    return {
        "version": page.version,
        "lifecycles": [_life(life) for life in lives],
        "follow_ons": [_follow_on(each) for each in follow_ons(page, kind)],
    }


def _life(life: Lifecycle) -> dict[str, Any]:
    return {
        "kind": life.kind,
        "starts": life.starts.value,
        "path": [state.value for state in life.path],
        "ends": [state.value for state in life.states if state in life.ends],
        "states": [
            {"state": state.value, "promises": [_promise(made) for made in life.promises[state]]}
            for state in life.states
        ],
        "moves": [_move(life, made) for made in life.moves.values()],
    }


def _promise(made: Promise) -> dict[str, Any]:
    return {
        "code": made.code,
        "level": made.level.value,
        "fixed": made.fixed,
        "off_for": sorted(kind.value for kind in made.off_for),
    }


def _move(life: Lifecycle, made: Move) -> dict[str, Any]:
    back = isinstance(made.to, Back)
    return {
        "move": made.name,
        "from": [state.value for state in life.states if state in made.sources],
        "to": None if back or made.to is None else str(made.to),
        "back": back,
        "event": made.to is None,
        "creates": made.creates,
        "by": [role.value for role in made.by],
        "reason": made.reason,
        "final": made.final,
    }


def _follow_on(follow: FollowOn) -> dict[str, Any]:
    return {
        "when": follow.cause,
        "then": follow.then,
        "of": follow.of.__name__,
        "if_promises_hold": follow.if_promises_hold,
        "creates": follow.creates,
    }
