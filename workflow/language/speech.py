"""What poyta says to people, in Finnish, Swedish or English: whole sentences with their facts filled in.

The sentences in the code are English; the catalogues have the others. A fact is told as people say it: a date as a
date, a code by its word, several as "A, B and C". What people wrote is shown, never read as a sentence of ours.
"""

import gettext
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from workflow.language.visible import visible

if TYPE_CHECKING:
    from models.states import Role
    from workflow.attempt import Reason
    from workflow.errors import PoytaError, Refused
    from workflow.exchange.problems import BookError
    from workflow.language.glossary import Word
    from workflow.language.sentences import Sentence, Sentences

LOCALE = os.path.join(os.path.dirname(__file__), "locale")  # pathlib would take longer to load than all of this
AND = {"fi": "ja", "sv": "och", "en": "and"}


class Problem(Protocol):
    """What has a code and facts: an error of ours, or of the database."""

    code: str
    facts: dict[str, object]


@cache
def speech(language: str) -> "Speech":
    """The speech of one of the languages of `workflow.language.languages`, made once."""
    return Speech(language)


class Speech:
    """What is said in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def say(self, sentence: str, /, **facts: object) -> str:
        """The sentence in this language. `{name}` becomes the fact of that name, `{Name}` with a capital letter.

        A sentence without facts is said as it is, braces and all.
        """
        return self._fill(self._catalogue.gettext(sentence) if sentence else "", facts)

    def say_many(self, one: str, many: str, n: int, /, **facts: object) -> str:
        """The sentence for one or the sentence for more; `{n}` becomes the number."""
        return self._fill(self._catalogue.ngettext(one, many, n), {"n": n, **facts})

    def tell(self, fact: object) -> str:
        """A fact as people are told it."""
        if isinstance(fact, StrEnum):
            return self.word(fact)
        if isinstance(fact, date):
            return self._tell_date(fact)
        if isinstance(fact, list | tuple):
            return self._listed([self.tell(each) for each in fact])
        return visible(str(fact), lines=False)

    # The words for the codes

    def word(self, code: StrEnum) -> str:
        """The word for a code."""
        from workflow.language.glossary import word_of

        return self._word(word_of(code))

    def state(self, kind: str, code: str) -> str:
        """The word for a state of a kind of thing; one that no longer exists is shown by its code."""
        from workflow.language.glossary import STATES

        try:
            return self.word(STATES[kind](code))
        except (KeyError, ValueError):
            return visible(code, lines=False)

    def move(self, kind: str, name: str) -> str:
        """The word for a move or an event."""
        from workflow.language.glossary import move_of

        return self._word(move_of(kind, name))

    def noun(self, kind: str) -> str:
        """The word for a kind of thing."""
        from workflow.language.glossary import noun_of

        return self._word(noun_of(kind))

    def role(self, code: str) -> str:
        """The word for a role; one that no longer exists is shown by its code."""
        from models.states import Role

        try:
            return self.word(Role(code))
        except ValueError:
            return visible(code, lines=False)

    def who(self, roles: "Iterable[Role]") -> str:
        """Those who may do something, with the three roles of the office as one."""
        from workflow.language.glossary import OFFICE, OFFICE_WORD

        named = list(roles)
        if not set(named) >= OFFICE:
            return self.tell(named)
        others = [self.word(role) for role in named if role not in OFFICE]
        return self._listed([self._word(OFFICE_WORD), *others])

    def promise(self, guard: Callable[..., Any]) -> str:
        """What a promise promises: a sentence of what is then true."""
        from workflow.language.sentences import promised

        return self.say(promised(guard))

    def verb(self, kind: str, move: str) -> str:
        """What a move does, as help tells it."""
        from workflow.language.verbs import VERBS

        return self.say(VERBS[f"{kind} {move}"])

    # Why not

    def reason(self, reason: "Reason") -> str:
        """One reason why a move is not made, or what a warning warns of."""
        return self._by_code(reason.code, {**_ref(reason.row), **reason.facts})

    def refused(self, refused: "Refused") -> str:
        """The first line of a no: you may not, it is not the time, something is missing, or: are you sure."""
        from workflow.lifecycle import Back
        from workflow.lifecycles import PAGE

        row = refused.row
        life = PAGE.lifecycles.get(row.kind)  # people, organisations and the database have none
        move = life and life.moves.get(refused.move)
        to = row.came_from if move and isinstance(move.to, Back) else move and move.to
        facts = {"kind": row.kind, "move": refused.move, "state": to, "n": len(refused.reasons), **_ref(row)}
        return self._by_code(_head(refused), facts)

    def error(self, problem: "PoytaError | Problem", **told: object) -> str:
        """What is wrong, and mostly what to do about it. `told` tells a fact in another way: `field="--due"`."""
        from workflow.errors import Refused

        if isinstance(problem, Refused):
            return self.refused(problem)
        return self._by_code(problem.code, {**problem.facts, **told})

    def book_error(self, error: "BookError") -> str:
        """An error in a table book: the file, the line and what is wrong there; of a refused step, every reason.

        In a workbook: the sheet, the row and the column, and a field by what is written over its column.
        """
        of_sheet, column = error.place.of_sheet, error.place.column
        sheet = {} if of_sheet is None else {"sheet": of_sheet.sheet, "column": column and column.letter}
        field = column.heading if column and column.heading else error.field
        if error.refused is not None:
            what = " ".join([self.refused(error.refused), *map(self.reason, error.refused.reasons)])
        else:
            what = self._by_code(error.code, {"field": field, **sheet, **error.facts})
        return self._by_code("book_error", {"file": error.file, "line": error.line, **sheet, "what": what})

    def _by_code(self, code: str, facts: Mapping[str, object]) -> str:
        from workflow.language.sentences import SENTENCES

        return self.one_of(SENTENCES[code], facts)

    def one_of(self, sentences: "Sentences", facts: Mapping[str, object]) -> str:
        """The one of several sentences that fits the facts, for one or for more."""
        from workflow.language.sentences import Counted

        chosen = fitting(sentences, facts)
        named = self._named(facts)
        if isinstance(chosen, Counted):
            return self.say_many(chosen.one, chosen.many, _number(facts[chosen.by]), **named)
        return self.say(chosen, **named)

    def _named(self, facts: Mapping[str, object]) -> dict[str, object]:
        """The facts whose name tells what they are, for their type does not: kinds, moves and holidays."""
        told = dict(facts)
        match facts:
            case {"kind": str(kind), "move": str(move)}:
                told |= {"kind": self.noun(kind), "move": self.move(kind, move)}
            case {"kind": str(kind)}:
                told["kind"] = self.noun(kind)
        for name in ("kinds", "parents"):
            if name in facts:
                told[name] = [self.noun(each) for each in facts[name]]  # type: ignore[attr-defined]  # a list of kinds
        if isinstance(day := facts.get("holiday"), date):
            from workflow.days import holiday_name

            told["holiday"] = holiday_name(day, self.language)
        return told

    def _word(self, word: "Word") -> str:
        said: str = self._catalogue.pgettext(word.context, word.english)
        return visible(said, lines=False)

    def _tell_date(self, day: date) -> str:
        from workflow.language.dates import say_day, say_moment

        return say_moment(day, self.language) if isinstance(day, datetime) else say_day(day, self.language)

    def _listed(self, words: Sequence[str]) -> str:
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {AND[self.language]} {words[-1]}"

    def _fill(self, sentence: str, facts: Mapping[str, object]) -> str:
        if not facts:
            return sentence
        told = {name: self.tell(fact) for name, fact in facts.items()}
        capital = {_capital(name): _capital(words) for name, words in told.items()}
        return sentence.format_map({**told, **capital})


def fitting(sentences: "Sentences", facts: Mapping[str, object]) -> "Sentence":
    """The first of the sentences whose facts are all there and not empty, else the last."""
    from workflow.language.sentences import Counted

    if isinstance(sentences, str | Counted):
        return sentences
    return next((each for each in sentences if all(facts.get(name) for name in facts_of(each))), sentences[-1])


def facts_of(sentence: "Sentence") -> frozenset[str]:
    """The names of the facts that a sentence tells."""
    from string import Formatter

    texts = (sentence,) if isinstance(sentence, str) else (sentence.one, sentence.many)
    names = (name for text in texts for _, name, _, _ in Formatter().parse(text) if name)
    return frozenset(name[0].lower() + name[1:] for name in names)


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with open(os.path.join(LOCALE, language, "LC_MESSAGES", "poyta.mo"), "rb") as file:
        return gettext.GNUTranslations(file)


def _head(refused: "Refused") -> str:
    from models.states import Level

    if refused.error != "refused":
        return f"head_{refused.error}"
    warned = all(reason.level is Level.WARN for reason in refused.reasons)
    return "head_warned" if warned else "head_refused"


def _ref(row: Any) -> dict[str, object]:
    """What a thing goes by. Something new goes by nothing yet."""
    from workflow.references import reference

    return {"ref": reference(row)} if row is not None and row.id is not None else {}


def _number(fact: object) -> int:
    return fact if isinstance(fact, int) else len(fact)  # type: ignore[arg-type]  # a number or a list


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
