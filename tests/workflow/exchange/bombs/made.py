"""Bombs too large for files, or no text that an editor would save, made as they are needed."""

from collections.abc import Callable, Mapping

from tests.workflow.exchange.bombs.workbooks import WORKBOOKS
from workflow.exchange.nodes import MOST_BYTES, MOST_LETTERS, MOST_PARTS
from workflow.exchange.parts import MOST_ROWS, MOST_STEPS

TOP = "poyta: table-book/1\n"
PEOPLE = "organisations: [{name: Kunta, sector: municipality}]\npeople: [{name: Aino, organisation: Kunta}]\n"
TABLE = "tables:\n- {short: keuruu, name: Keuruu, kind: network, on: 2016-01-10, responsible: Aino, "
FULL = MOST_BYTES - 1000
"""As much as is read at all."""

STEPS = f"{TOP}{PEOPLE}{TABLE}steps: ["
ATTEND = f"{TOP}{PEOPLE}{TABLE}themes: [{{title: a, series: [{{meetings: [{{when: 2016-02-02 17.00-18.00, steps: ["

MADE: Mapping[str, Callable[[], str | bytes]] = {
    "too-large.yaml": lambda: TOP.encode() + b"#" * (MOST_BYTES + 1),
    "deep-lists.yaml": lambda: TOP + "a: " + "[" * FULL,
    "deep-lists-closed.yaml": lambda: TOP + "a: " + "[" * 1_000_000 + "]" * 1_000_000,
    "deep-maps.yaml": lambda: TOP + "a: " + "{a: " * 1_000_000,
    "deep-lines.yaml": lambda: TOP + "\n".join(f"{' ' * depth}a:" for depth in range(3000)),
    "deep-dashes.yaml": lambda: TOP + "a:\n" + "- " * 5_000_000,
    "deep-questions.yaml": lambda: TOP + "? " * 5_000_000,
    "deep.json": lambda: b'{"poyta": "table-book/1", "tables": ' + b'[{"themes": ' * 1_000_000,
    "long-value.yaml": lambda: TOP + "people: [{name: " + "x" * FULL + "}]",
    "long-lines.yaml": lambda: TOP + "people:\n- name: |\n" + "    x\n" * (FULL // 6),
    "long-name-of-a-part.yaml": lambda: TOP + '? "' + "x" * (FULL - 100) + '"\n: 1',
    "long-anchor.yaml": lambda: TOP + "people: &" + "x" * FULL + " []",
    "long-tag.yaml": lambda: TOP + "people: !" + "x" * FULL + " []",
    "long-and-unclosed.yaml": lambda: TOP + 'people: "' + "x" * FULL,
    "long-backslashes.json": lambda: b'{"poyta": "' + b"\\" * FULL + b'"}',
    "long-pairs.json": lambda: b'{"poyta": "' + rb"\ud83d\ude00" * (FULL // 12) + b'"}',
    "many-parts.yaml": lambda: TOP + "people:\n" + "- a\n" * (FULL // 4),
    "many-parts-on-one-line.yaml": lambda: TOP + "people: [" + "a," * (FULL // 2) + "]",
    "many-maps.yaml": lambda: TOP + "people: [" + "{}," * (FULL // 3) + "]",
    "many-names-of-parts.yaml": lambda: TOP + "".join(f"k{n}: 1\n" for n in range(MOST_PARTS)),
    "many-people.yaml": lambda: TOP + "people: [" + "{name: a}," * (MOST_ROWS + 1) + "]",
    "many-themes.yaml": lambda: TOP + PEOPLE + TABLE + "themes: [" + "{}," * (MOST_ROWS + 1) + "]}",
    "many-steps.yaml": lambda: STEPS + "rest," * (MOST_STEPS + 1) + "]}",
    "many-commas.yaml": lambda: (
        ATTEND + ("attend: {present: '" + "a," * (MOST_LETTERS // 2 - 1) + "'},\n") * 700 + "]}]}]}]}"
    ),
    "many-letters-beyond.yaml": lambda: TOP + "people: [" + "[😀]," * 240_000 + "]",
    "many-unknown-names.yaml": lambda: (
        TOP
        + "people: ["
        + "".join(f"{{name: Henkilö {n:05} Virtanen}}," for n in range(3000))
        + "".join(f"{{name: H{n}, organisation: Henkilö {n} Virtanen {'n' * 80}}}," for n in range(300))
        + "]"
    ),
    "marks-upon-marks.yaml": lambda: TOP + "people: [{name: a" + "\u0301\u0323" * (MOST_LETTERS // 2 - 5) + "}]",
    "spaces-before-a-comma.yaml": lambda: (
        ATTEND + ("attend: {present: 'a" + " " * (MOST_LETTERS - 10) + "b'},\n") * 500 + "]}]}]}]}"
    ),
    "nothing-but-lines.yaml": lambda: b"\n" * FULL,
    "nothing-but-spaces.yaml": lambda: b" " * FULL,
    "nul-at-the-end.yaml": lambda: TOP + "#" * FULL + "\0",
    "nothing-but-nul.yaml": lambda: b"\0" * FULL,
    "utf-16.yaml": lambda: TOP.encode("utf-16"),
    "utf-16-without-its-mark.yaml": lambda: TOP.encode("utf-16-le"),
    "utf-32.yaml": lambda: TOP.encode("utf-32"),
    "latin-1.yaml": lambda: f"{TOP}people: [{{name: Äijälä}}]\n".encode("latin-1"),
    "letter-of-too-many-bytes.yaml": lambda: TOP.encode() + b"people: [\xc0\x80]\n",
    "half-a-pair-in-bytes.yaml": lambda: TOP.encode() + b"people: [\xed\xa0\x80]\n",
    "half-a-letter.yaml": lambda: TOP.encode() + "ä".encode()[:1],
    "mark-in-the-middle.yaml": lambda: f"{TOP}\ufeffpeople: []\n",
    "terminal.yaml": lambda: TOP.encode() + b"people: [\x1b]0;owned\x07]\n",
    "terminal-of-one-byte.yaml": lambda: f"{TOP}people: [\x9b2J]\n",
    "a-zip.yaml": lambda: b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)) * 100,
    "a-database.yaml": lambda: b"SQLite format 3\x00" + b"\x00" * 4096,
    **WORKBOOKS,
}
"""By the name of the bomb."""


def made(name: str) -> bytes:
    """The bytes of a bomb."""
    bomb = MADE[name]()
    return bomb if isinstance(bomb, bytes) else bomb.encode()
