"""Real books with anything changed in them, by chance: letters, lines, parts of other books, and what does harm."""

import random
from collections.abc import Callable, Sequence

NASTY: Sequence[bytes] = (
    *(b"&a ", b"*a ", b"!!python/none ", b"!x ", b"<<: ", b"? ", b"--- \n", b"...\n", b"%YAML 1.2\n", b"|\n", b">-\n"),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b"'",
        b'"',
        b"#",
        b": ",
        b"- ",
        b",",
        b"=",
        b"@",
        b"`",
        b"~",
        b"null",
        b"\t",
        b"\r",
        b"\n",
    ),
    *(b"\x00", b"\x1b[2J", b"\x7f", b"\xc2\x85", b"\xc2\x9b", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xef\xbb\xbf"),
    *(b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"a" + b"\xcc\x81" * 40, b'"\\ud800"', b'"\\0"'),
    *(
        b"9" * 400,
        b"-1",
        b"1e999",
        b"0x1F",
        b"1_000",
        b"17:30",
        b"2016-02-30",
        b"0000-00-00",
        b"9999-12-31",
        b"31.12.9999",
    ),
    *(b"0001-01-01", b"29.10.2023 klo 3.30", b"1.1.1 klo 0-24", b"true", b"no", b"NaN", b"carried_over", b"undo"),
    *(
        b"../../x",
        b"--yes",
        b"$(id)",
        b"'; DROP TABLE themes; --",
        b"%s%n{0}{field}",
        b"x" * 3000,
        b"[" * 40,
        b"{a: " * 40,
    ),
)


def mutated(book: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The book with a few things changed in it."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        book = chance.choice(WAYS)(book, chance.choice(others), chance)
    return book


def _somewhere(book: bytes, chance: random.Random) -> int:
    return chance.randrange(len(book) + 1)


def _flip(book: bytes, other: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(book) or 1)
    return (
        book[:place] + bytes(each ^ (1 << chance.randrange(8)) for each in book[place : place + 1]) + book[place + 1 :]
    )


def _put(book: bytes, other: bytes, chance: random.Random) -> bytes:
    place = _somewhere(book, chance)
    return book[:place] + chance.choice(NASTY) + book[place:]


def _instead(book: bytes, other: bytes, chance: random.Random) -> bytes:
    """Something nasty as the value of a part."""
    colons = [place for place in range(len(book)) if book.startswith(b": ", place)]
    if not colons:
        return book
    begins = chance.choice(colons) + 2
    ends = min((found for sign in b",}\n" if (found := book.find(bytes([sign]), begins)) >= 0), default=len(book))
    return book[:begins] + chance.choice(NASTY) + book[ends:]


def _drop(book: bytes, other: bytes, chance: random.Random) -> bytes:
    place = _somewhere(book, chance)
    return book[:place] + book[place + chance.choice((1, 1, 5, 50, 500)) :]


def _line(act: Callable[[list[bytes], list[bytes], random.Random], None]) -> Callable[..., bytes]:
    def way(book: bytes, other: bytes, chance: random.Random) -> bytes:
        lines = book.splitlines(keepends=True) or [b""]
        act(lines, other.splitlines(keepends=True) or [b""], chance)
        return b"".join(lines)

    return way


@_line
def _drop_lines(lines: list[bytes], others: list[bytes], chance: random.Random) -> None:
    place = chance.randrange(len(lines))
    del lines[place : place + chance.choice((1, 1, 2, 10))]


@_line
def _twice(lines: list[bytes], others: list[bytes], chance: random.Random) -> None:
    place = chance.randrange(len(lines))
    lines[place:place] = lines[place : place + chance.choice((1, 1, 5, 20))]


@_line
def _swap(lines: list[bytes], others: list[bytes], chance: random.Random) -> None:
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]


@_line
def _from_another(lines: list[bytes], others: list[bytes], chance: random.Random) -> None:
    place, taken = chance.randrange(len(lines)), chance.randrange(len(others))
    lines[place:place] = others[taken : taken + chance.choice((1, 3, 30))]


@_line
def _further_in(lines: list[bytes], others: list[bytes], chance: random.Random) -> None:
    place = chance.randrange(len(lines))
    lines[place] = (
        b" " * chance.choice((1, 2, 4)) + lines[place] if chance.random() < 0.5 else lines[place].lstrip(b" ")
    )


def _cut_off(book: bytes, other: bytes, chance: random.Random) -> bytes:
    return book[: _somewhere(book, chance)]


WAYS = (
    *(_flip, _put, _instead, _instead, _instead, _drop, _drop_lines, _drop_lines),
    *(_twice, _swap, _from_another, _further_in, _cut_off),
)
"""What is done to a book, the more telling more often."""
