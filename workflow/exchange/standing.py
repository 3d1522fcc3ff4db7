"""What a book tells of that is in the database already: found there, so that what is new can be put under it."""

from collections.abc import Iterable
from typing import Any

from workflow.errors import NotFound
from workflow.exchange.book import Book, Deed, Thing
from workflow.exchange.problems import Problems
from workflow.finding import find
from workflow.language.visible import visible
from workflow.naming import like
from workflow.references import reference
from workflow.work import Work

Same = tuple[int, str, str]
"""What makes two actions the same: the theme, what is to be done, and whose it is."""


def find_standing(work: Work, books: Iterable[Book], problems: Problems) -> None:
    """Find each, and see that nothing is put under it twice. What is new under it happened today, if no day is told."""
    seen: dict[Same, int] = {}
    for thing in (thing for book in books for thing in book.standing):
        if not thing.failed:
            _find(work, thing, problems)
        for deed in (deed for child in thing.children for deed in child.deeds):
            deed.on = deed.on or work.today
            if not thing.failed:
                _only_once(thing, deed, seen, problems)


def _find(work: Work, thing: Thing, problems: Problems) -> None:
    """Find it by its reference; where its title was written beside that, both must mean the same."""
    try:
        thing.row = find(work.session, thing.stands or "", thing.kind)
    except NotFound as missing:
        problems.note(thing.place, missing)
        thing.failed = True
        return
    known = title_of(thing.row)
    if thing.called is not None and _tidy(thing.called) != _tidy(known):
        told = {"value": f"{thing.stands} {thing.called}", "known": f"{thing.stands} {known}"}
        problems.add(thing.place, "differs", **told)
        thing.failed = True


def title_of(row: Any) -> str:
    """What a theme or matter is called; a meeting goes by its theme."""
    title = row.series.theme.title if row.kind == "meeting" else row.title
    return visible(title, lines=False)


def _only_once(thing: Thing, deed: Deed, seen: dict[Same, int], problems: Problems) -> None:
    theme = _theme(thing.row)
    same = (theme.id, _tidy(str(deed.given.get("what", ""))), _tidy(str(deed.given.get("to", ""))))
    if same in seen:
        problems.add(deed.place.at("what"), "action_repeated", first=seen[same])
        deed.wrong = True
    seen.setdefault(same, deed.place.line)
    for action in theme.actions:
        if same[1:] == (_tidy(action.what), _tidy(action.responsible.name if action.responsible else "")):
            problems.add(deed.place.at("what"), "action_known", action=reference(action))
            deed.wrong = True
            return


def _theme(row: Any) -> Any:
    if row.kind == "theme":
        return row
    return row.series.theme if row.kind == "meeting" else row.theme


def _tidy(words: str) -> str:
    return " ".join(like(words).split())
