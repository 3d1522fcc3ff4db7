"""How a name may stand in a sentence: Finnish puts endings to it and changes letters before them, Swedish adds an s.

Words come here without capitals and diacritics (`workflow.naming.fold`), and go as patterns for such text.
"""

import re
from collections.abc import Iterator

_CASES = "n|t|a|ta|[aeiouy]n|h[aeiouy]n|seen|ssa|sta|lla|lta|lle|na|ksi|tta|ien|jen|iden|ia|ja"
_PARTICLES = "kin|kaan|han|ko|pa"
_ENDING = f"(?:(?:{_CASES})(?:{_PARTICLES})?|{_PARTICLES})"
_AFTER_ANY = f"['’]?s|[:'’][a-z]{{1,5}}|{_PARTICLES}"
"""Swedish and English put an s to it; Finnish puts a colon before the ending where the word is foreign."""

_VOWELS = "aeiouy"
_WEAKER = {
    "kk": "k",
    "pp": "p",
    "tt": "t",
    "mp": "mm",
    "nt": "nn",
    "nk": "ng",
    "lt": "ll",
    "rt": "rr",
    "lk": "l",
    "rk": "r",
    "hk": "h",
    "lp": "lv",
    "rp": "rv",
    "t": "d",
    "p": "v",
}
"""What the consonants before the last vowel become when an ending closes the syllable: Pekka, Pekan. Longest first."""
_STRONGER = {weak: strong for strong, weak in _WEAKER.items() if len(weak) > 1}
"""The other way round, in words that end in e or as: Rinne, Rinteen."""


def forms(word: str) -> str:
    """A pattern for a word of a name, in whatever case it stands."""
    stems = "|".join(map(re.escape, sorted(set(_stems(word)))))
    bare = re.escape(word)
    own = f"{_ENDING}|{_AFTER_ANY}" if word[-1] in _VOWELS else _AFTER_ANY
    return f"(?:{bare}(?:{own})?|(?:{stems}){_ENDING})" if stems else f"{bare}(?:{own})?"


def _stems(word: str) -> Iterator[str]:
    """What the endings are put to, where that is not the word itself."""
    if word.endswith("nen"):
        yield from (f"{word[:-3]}{end}" for end in ("s", "se", "si"))
    elif word.endswith("i"):
        open_stem = f"{word[:-1]}e"
        yield from (open_stem, *_weakened(word), *_weakened(open_stem), *_without_k(open_stem))
    elif word.endswith("e"):
        yield from (f"{each}e" for each in (word, *_strengthened(word)))
    elif word[-1] in _VOWELS:
        yield from _weakened(word)
    else:
        yield f"{word}i"
        yield from _before_s(word)


def _before_s(word: str) -> Iterator[str]:
    if len(word) > 2 and word[-1] == "s" and word[-2] in _VOWELS:
        yield f"{word[:-1]}kse"
        if word.endswith("as"):
            yield from (f"{each}a" for each in (word[:-1], *_strengthened(word[:-1])))


def _weakened(word: str) -> Iterator[str]:
    yield from _changed(word, _WEAKER)


def _strengthened(word: str) -> Iterator[str]:
    yield from _changed(word, _STRONGER)


def _changed(word: str, change: dict[str, str]) -> Iterator[str]:
    """The word with the consonants before its last vowel changed, where they change at all."""
    before, last = word[:-1], word[-1:]
    found = next((each for each in change if before.endswith(each)), None)
    if found is not None and len(before) > len(found):
        yield f"{before[: -len(found)]}{change[found]}{last}"


def _without_k(stem: str) -> Iterator[str]:
    """Mäki, mäen; särki, särjen."""
    if stem.endswith("ke") and len(stem) > 3:
        yield f"{stem[:-2]}{'je' if stem[-3] in 'lrh' else 'e'}"
