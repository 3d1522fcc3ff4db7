"""The page as Markdown: a diagram and tables of each lifecycle, and of how the lifecycles drive each other."""

from collections.abc import Iterable, Sequence

from workflow.explain import causes
from workflow.explain.mermaid import as_mermaid
from workflow.explain.words import ENGLISH, level, notes
from workflow.language.speech import Speech
from workflow.lifecycle import Back, FollowOn, Lifecycle, Move, Page, State


def as_markdown(page: Page, speech: Speech = ENGLISH) -> str:
    """All of the page."""
    say = speech.say
    parts = [
        f"# {say('The lifecycles')}",
        say("A state is a promise: whatever is in it, all of this is true of it, whichever way it came there."),
        say("The version of these rules, which each row of the history names: {version}", version=_code(page.version)),
    ]
    for life in page.lifecycles.values():
        parts += _life(page, life, speech)
    return "\n\n".join([*parts, *_what_follows(page, speech), *_what_stands_still(speech)])


def _life(page: Page, life: Lifecycle, speech: Speech) -> Iterable[str]:
    say = speech.say
    promises: list[Sequence[str]] = [
        (say("State"), say("What is promised"), say("Code"), say("Where it does not hold"))
    ]
    promises += (row for each in life.states for row in _promises(life, each, speech))
    moves: list[Sequence[str]] = [(say("Move"), say("From"), say("To"), say("Who"), say("Notes"))]
    moves += (_move(life, made, speech) for made in life.moves.values())
    yield f"## {say('Lifecycle: {kind}', kind=_named(speech.noun(life.kind), life.kind))}"
    yield _diagram(as_mermaid(page, life.kind, speech))
    yield _table(promises)
    yield _table(moves)


def _promises(life: Lifecycle, code: State, speech: Speech) -> Iterable[Sequence[str]]:
    state = _state(life, code, speech)
    for made in life.promises[code]:
        yield state, speech.promise(made.guard), _code(made.code), level(made, speech)
    if not life.promises[code]:
        yield state, speech.say("Nothing of its own."), "", ""


def _move(life: Lifecycle, made: Move, speech: Speech) -> Sequence[str]:
    sources = [_state(life, each, speech) for each in life.states if each in made.sources]
    name = _named(speech.move(life.kind, made.name), made.name)
    who = speech.say("nobody by hand: it follows another move") if made.follows else speech.who(made.by)
    return name, ", ".join(sources), _to(life, made, speech), who, " ".join(notes(made, speech))


def _to(life: Lifecycle, made: Move, speech: Speech) -> str:
    if made.to is None:
        return speech.say("the state stays as it is")
    if isinstance(made.to, Back):
        return speech.say("back to where it was")
    return _state(life, made.to, speech)


def _what_follows(page: Page, speech: Speech) -> Iterable[str]:
    say = speech.say
    rows: list[Sequence[str]] = [(say("When"), say("Then"), say("Of which"), say("How"))]
    rows += (_follow_on(each, speech) for each in page.follow_ons)
    yield f"## {say('What follows what')}"
    yield say("All of it happens in the same moment or not at all, where the one that follows can make the move.")
    yield _diagram(as_mermaid(page, speech=speech))
    yield _table(rows)


def _what_stands_still(speech: Speech) -> Iterable[str]:
    say = speech.say
    yield f"## {say('What stands still, and why')}"
    yield say(
        "A cause is found when more days than these have counted. A house rule of a table may give another number"
        " (`poyta table rules TABLE --code CODE --days N`), let a cause sleep (`--level off`), or say that the table"
        " does not rest in summer or at Christmas (`--code summer_pause --level off`,"
        " `--code christmas_pause --level off`)."
    )
    yield say(
        "A table that meets every half-year or more seldom has the summer and Christmas in its rhythm already:"
        " there they stop neither `no_meeting_dated` nor `time_in_state`."
    )
    rows = [(_code(code), *cells) for code, *cells in causes.rows(speech)]
    yield _table([causes.headings(speech), *rows])


def _follow_on(follow: FollowOn, speech: Speech) -> Sequence[str]:
    how = speech.say("something new") if follow.creates else ""
    if follow.if_promises_hold:
        how = speech.say("if its promises hold")
    return _code(follow.cause), _code(follow.then), speech.promise(follow.of), how


def _state(life: Lifecycle, code: State, speech: Speech) -> str:
    return _named(speech.state(life.kind, code), code)


def _named(word: str, code: str) -> str:
    return _code(code) if word == code else f"{word} {_code(code)}"


def _code(code: str) -> str:
    return f"`{code}`"


def _diagram(mermaid: str) -> str:
    return f"```mermaid\n{mermaid}\n```"


def _table(rows: Sequence[Sequence[str]]) -> str:
    headings, *others = rows
    return "\n".join(_row(each) for each in (headings, ["---"] * len(headings), *others))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
