"""The names of a person as they may stand in what people wrote, and what was written without them."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate

from workflow.language.inflected import forms
from workflow.language.visible import hides

MASK = "…"
"""What stands where a name stood."""


class Mask:
    """What takes a person's names and addresses out of texts, in any case, with or without diacritics and endings.

    A name of one word, and the single words of a name, may mean somebody else or a village: those stay, unless
    they are told as `alone`. So do longer names of `others` who go on being known.
    """

    def __init__(
        self, names: Iterable[str], addresses: Iterable[str] = (), alone: Iterable[str] = (), others: Iterable[str] = ()
    ) -> None:
        self._names, told_alone = list(_told(names)), list(_told(alone))
        whole = [words for words in self._names if len(words) > 1] + told_alone
        single = dict.fromkeys(word for words in [*self._names, *told_alone] for word in words)
        self._own = _any_of([*map(_address, addresses), *map(_whole, whole)])
        self._single = _any_of(map(forms, single))
        others = list(others)
        longer = [words_of(each) for each in others if self._own.search(_folded(each)) and not self.is_called(each)]
        akin = [words for words in _told(others) if len(words) > 1 and set(words) & single.keys()]
        self._own_or_longer = re.compile(f"(?P<kept>{_any_of(map(_whole, longer)).pattern})|{self._own.pattern}")
        self._akin = _any_of(map(_whole, akin))

    def is_called(self, name: str) -> bool:
        """Whether somebody of that name can't be told from the person."""
        return words_of(name) in self._names

    def names(self, text: str) -> bool:
        """Whether the person is named in it."""
        return any(_is_own(each) for each in self._own_or_longer.finditer(_folded(text)))

    def without(self, text: str) -> str:
        """The text with a mark in place of every name."""
        return _replaced(self._own_or_longer, text, MASK)

    def perhaps(self, text: str) -> bool:
        """Whether it still has a word of the name, with a capital, that may mean the person or somebody else."""
        rest = _replaced(self._akin, self.without(text), MASK)
        return any(rest[begin].isupper() for begin, _ in _spans(self._single, rest))


def _told(names: Iterable[str]) -> Iterator[Sequence[str]]:
    return (words for words in map(words_of, names) if words)


def words_of(name: str) -> Sequence[str]:
    """The words of a name as they are compared; what stands in brackets is no name."""
    return tuple(re.findall(r"[^\W_]+", _folded(re.sub(r"\([^)]*\)", " ", name))))


# Patterns for text without capitals and diacritics

_BETWEEN = r"(?:\s{1,3}|[._'’-])"
_ON_ONE_LINE = r"(?:[^\S\n]{1,2}|[._'’-])"
_BEGINS, _ENDS = r"(?<![^\W_])", r"(?![^\W_])"
_NOT_AFTER_ANOTHER_NAME = r"(?<![^\W_] )"
_NEVER = "(?!)"


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"{_BEGINS}(?:{each}){_ENDS}" for each in patterns) or _NEVER)


def _whole(words: Sequence[str]) -> str:
    """All words of a name one after another; or the last ones first, as registers have it: Äijälä, Aino."""
    inflected = [forms(word) for word in words]
    orders = [_BETWEEN.join(inflected)]
    for place in range(1, len(words)):
        last, first = _ON_ONE_LINE.join(inflected[place:]), _ON_ONE_LINE.join(inflected[:place])
        orders += [f"{last}{_ON_ONE_LINE}{first}", f"{_NOT_AFTER_ANOTHER_NAME}{last}, ?{first}"]
    return f"(?:{'|'.join(orders)})"


def _address(address: str) -> str:
    return rf"(?<![.+-]){re.escape(_folded(address))}(?!-)"


# Finding them in text as it was written


def _replaced(pattern: re.Pattern[str], text: str, mark: str) -> str:
    parts, end = [], 0
    for begin, after in _spans(pattern, text):
        parts += [text[end:begin], mark]
        end = after
    return "".join([*parts, text[end:]])


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where in the text it is found: its letters and all marks upon them."""
    folded = _folded(text)
    found = [each.span() for each in pattern.finditer(folded) if _is_own(each)]
    if not found:
        return
    begins = [0, *accumulate(len(_bare(letter)) for letter in text)][:-1]
    for begin, after in found:
        yield bisect_right(begins, begin) - 1, len(text) if after == len(folded) else bisect_right(begins, after) - 1


def _is_own(found: re.Match[str]) -> bool:
    return found.lastgroup != "kept"


def _folded(text: str) -> str:
    return "".join(map(_bare, text))


@cache
def _bare(letter: str) -> str:
    """A letter without capitals and marks; and of what can't be seen, as a soft hyphen, nothing."""
    parts = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(each for each in parts if unicodedata.category(each) not in ("Mn", "Cf") and not hides(each))
