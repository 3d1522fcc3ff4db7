"""Where a person is named: in every text as it is now, in the words of the history, and in what is never changed."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Person
from workflow.masking import Mask
from workflow.references import reference
from workflow.texts import Kept, Told, facts_of_history, texts_of, where, words_of_history


class Found(NamedTuple):
    """A text, where it is, and how it reads without the name."""

    where: str
    field: str
    text: str


class Traces(NamedTuple):
    """What texts tell of a person: where they are named, and where a word of the name may mean them."""

    named: tuple[Found, ...] = ()
    perhaps: tuple[Found, ...] = ()
    namesakes: tuple[str, ...] = ()
    """Others of the very same name: texts don't tell them apart."""


class Search:
    """A look through everything for one person. Changes nothing."""

    def __init__(self, session: Session, person: Person, also: Iterable[str] = ()) -> None:
        self.session = session
        self.own = all_of(session, person)
        self.others = _others(session, self.own)
        self.mask = _mask(self.own, self.others, also)
        self.kept: list[Kept] = []
        self.told: list[Told] = []
        self._perhaps: list[Found] = []
        for kept in texts_of(session):
            if self.mask.names(kept.text):
                self.kept.append(kept)
            if self.mask.perhaps(kept.text):
                self._perhaps.append(self._found(kept))
        for told in words_of_history(session):
            if self.mask.names(told.text):
                self.told.append(told)
            if self.mask.perhaps(told.text):
                self._perhaps.append(self._found(told))

    def traces(self) -> Traces:
        """What there is to be told of it."""
        namesakes = (reference(each) for each in self.others if self.mask.is_called(each.name))
        named = (*map(self._found, self.kept), *map(self._found, self.told))
        return Traces(named, tuple(self._perhaps), tuple(namesakes))

    def entries_for_good(self) -> list[str]:
        """The entries that name the person in their facts, which nobody can change."""
        return [place for place, facts in facts_of_history(self.session) if self.mask.names(facts)]

    def where(self, text: Kept | Told) -> str:
        """The thing or the entry that has the text."""
        return text.place if isinstance(text, Told) else where(self.session, text)

    def _found(self, text: Kept | Told) -> Found:
        return Found(self.where(text), text.field, self.mask.without(text.text))


def all_of(session: Session, person: Person) -> list[Person]:
    """The person, and whoever was found to be the same."""
    merged = select(Person).where(Person.merged_into_id == person.id).order_by(Person.id)
    return [person, *session.scalars(merged)]


def _others(session: Session, own: Sequence[Person]) -> list[Person]:
    numbers = [each.id for each in own]
    people = session.scalars(select(Person).where(Person.id.not_in(numbers)).order_by(Person.id))
    return [each for each in people if not each.forgotten]


def _mask(own: Sequence[Person], others: Iterable[Person], also: Iterable[str]) -> Mask:
    names = [each.name for each in own if not each.forgotten]
    return Mask(names, [each.email for each in own if each.email], also, [each.name for each in others])
