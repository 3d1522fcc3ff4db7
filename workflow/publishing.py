"""What goes on the web with a memo: the words it is made of, who is not to be named there, and what lacks translation.

It asks rows and what they are related to, never the database, so that promises can be made of it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from models.states import ItemState
from workflow.language.languages import LANGUAGES
from workflow.pasting import typed
from workflow.translated import TEXTS

if TYPE_CHECKING:
    from models.meetings import AgendaItem, Memo
    from models.people import Person

LEFT_OUT = frozenset({ItemState.DECLINED, ItemState.WITHDRAWN})
FIELDS = {"table": ("name",), "theme": ("title", "goal"), "item": ("title", "agreed"), "action": ("what",)}
"""The texts that a memo shows of each kind of thing, beside those that were written in it."""
A_YEAR = timedelta(days=366)
"""How long a memo is on the web at most: to the same day of the next year, whatever year it is."""
NOUNS = {"item": "agenda"}
"""What a kind is called on the command line, where that is not its own name."""


def words_of_memo(memo: "Memo") -> Iterator[str]:
    """Everything that people wrote and everybody can read once it is published. What is confidential stays out."""
    for row, field in texts_of_memo(memo):
        yield getattr(row, field)
    items = {item.id for item in public_items(memo)}
    latest = {(entry.item_id, entry.entry): entry.text for entry in memo.entries_written}
    yield from (text for (item, _), text in latest.items() if item is None or item in items)
    yield from (item.precedes for item in public_items(memo) if item.precedes)
    if memo.meeting.no_actions_because:
        yield memo.meeting.no_actions_because


def texts_of_memo(memo: "Memo") -> Iterator[tuple[Any, str]]:
    """Each text of it that may be given in several languages: the thing, and what the text is called there."""
    items = public_items(memo)
    shown = {item.id for item in items}
    work = [each for each in memo.theme.actions if each.meeting_id == memo.meeting_id]
    public_work = [each for each in work if each.item_id is None or each.item_id in shown]
    shown_things: list[Any] = [memo.table, memo.theme, *items, *public_work]
    for row in shown_things:
        yield from ((row, field) for field in FIELDS[row.kind] if getattr(row, field))


def names_things_only(text: str) -> bool:
    """Whether there is nothing in it to be translated: a standing matter goes by A7, R3."""
    return re.fullmatch(r"[A-Z]\d+(, [A-Z]\d+)*", text) is not None


def public_items(memo: "Memo") -> "list[AgendaItem]":
    """The matters of its meeting that the public may read."""
    return [item for item in memo.meeting.items if not item.confidential and item.state not in LEFT_OUT]


def residents_of(memo: "Memo") -> "list[Person]":
    """Everybody around the table who speaks for no organisation, as far as the memo has to do with them."""
    people = [seat.person for seat in memo.table.seats]
    people += [person for one in memo.meeting.attendance for person in (one.person, one.deputy_for)]
    people += [person for item in memo.meeting.items for person in (item.submitter, item.presenter)]
    for action in memo.theme.actions:
        people += [action.responsible_person, *(share.person for share in action.shares)]
    people += [memo.theme.proposer, memo.meeting.chair, memo.meeting.secretary]
    found = {person.id: person for person in people if person is not None}
    return [each for each in found.values() if each.organisation_id is None and not each.forgotten]


def lacking(texts: "Iterable[tuple[Any, str]]", languages: str) -> Iterator[tuple[Any, str, str]]:
    """Each text that is not there in one of the languages of its table: the thing, which text, which language."""
    others = other_languages(languages)
    for row, field in texts if others else ():
        if names_things_only(getattr(row, field)):
            continue
        given = {each.language for each in row.translations if each.field == field}
        yield from ((row, field, language) for language in others if language not in given)


def other_languages(languages: str) -> list[str]:
    """The languages of a table beside the first, in which everything is written: those of `fi,sv` are Swedish."""
    _, *others = [each for name in languages.split(",") if (each := name.strip()) in LANGUAGES]
    return list(dict.fromkeys(others))


def command_for(row: Any, field: str, language: str) -> str:
    """The command that gives a text in a language."""
    return translating(row.kind, typed(row), field, language)


def translating(kind: str, ref: str, field: str, language: str) -> str:
    """The same of a thing that is known by its reference."""
    assert field in TEXTS[kind], field
    return f"poyta {NOUNS.get(kind, kind)} translate {ref} --field {field} --language {language} --text TEXT"
