"""The text of a book as a tree in which everything knows its line. Every value stays text, so `no` is not false.

YAML and JSON are read by the same road: every JSON text is a YAML text. Nothing is trusted: no tag makes an object, no
alias multiplies, and size, depth, number of parts and the length of each have a limit.
"""

import re
from typing import Any, Final, NoReturn

import yaml

from workflow.exchange.problems import Place, wrong
from workflow.language.letters import unfit

MOST_BYTES: Final = 16 * 1024 * 1024
MOST_DEPTH: Final = 30
MOST_PARTS: Final = 500_000
MOST_LETTERS: Final = 20_000
"""In one value: the longest text has 4,000, and a line may name many people."""
MOST_LETTERS_OF_A_NAME: Final = 400

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C where there is one: twenty times as fast. Only its events are used, so it makes no objects."""

_TOO_DEEP_FOR_YAML = "while increasing flow level"
"""The loader looks ahead, and since PyYAML 6.0.4 it has a limit of its own (1,000), which it may meet before ours."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar:
    """One value, as it is written."""

    __slots__ = ("line", "plain", "text")

    def __init__(self, text: str, line: int, plain: bool) -> None:
        self.text, self.line, self.plain = text, line, plain

    @property
    def empty(self) -> bool:
        """Whether nothing is said: an empty place, or null without quotes."""
        return self.plain and self.text in _EMPTY


class Sequence:
    """Several parts, one after another."""

    __slots__ = ("items", "line")

    def __init__(self, line: int) -> None:
        self.line = line
        self.items: list[Node] = []


class Mapping:
    """Parts by name. The line of each part is that of its name."""

    __slots__ = ("items", "line")

    def __init__(self, line: int) -> None:
        self.line = line
        self.items: dict[str, Node] = {}


Node = Scalar | Sequence | Mapping


def tree_of(data: bytes, file: str) -> Node:
    """The one tree that the text describes. Raises BookRefused with the line."""
    text = _decoded(data, file)
    if not text.strip():
        wrong(Place(file, 1), "file_empty")
    if file.lower().endswith(".json") or text.lstrip()[:1] == "{":
        text = _joined_surrogates(text)
    tree = _Growing(file)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            tree.grow(event)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else tree.line
        if problem.context == _TOO_DEEP_FOR_YAML:
            wrong(Place(file, line), "too_deep", most=MOST_DEPTH)
        wrong(Place(file, line), "not_yaml", problem=str(problem.problem or problem.context))
    except yaml.YAMLError as problem:  # the reader's own, which know no line
        wrong(Place(file, tree.line), "not_yaml", problem=str(problem).partition("\n")[0])
    if tree.root is None:
        wrong(Place(file, 1), "file_empty")
    return tree.root


def _decoded(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        wrong(Place(file, line), "not_utf8", byte=f"0x{data[problem.start]:02X}")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        wrong(Place(file, line), "control_character", character=f"U+{ord(found[0]):04X}")
    return text


def _joined_surrogates(text: str) -> str:
    """JSON writes what is beyond U+FFFF as two halves; YAML knows no halves."""

    def joined(found: re.Match[str]) -> str:
        high, low = int(found[2], 16), int(found[3], 16)
        return found[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    halves = r"(?<!\\)((?:\\\\)*+)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
    return re.sub(halves, joined, text)


class _Growing:
    """A tree that grows event by event, without recursion: no depth of text can exhaust the stack."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.line = 1
        self.parts = 0
        self.documents = 0
        self.open: list[tuple[Sequence | Mapping, list[tuple[str, int]]]] = []
        """What has begun and not ended, each with the name, if any, that waits for its part."""

    def grow(self, event: Any) -> None:
        """Take in one event. Raises BookRefused."""
        self.line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self._check(event)
            self._check_letters(event.value)
            self._add(Scalar(event.value, self.line, plain=not event.style))
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._check(event)
            self._begin(Mapping(self.line) if isinstance(event, yaml.MappingStartEvent) else Sequence(self.line))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse("yaml_alias", name=event.anchor)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._begin_document(event)

    def _begin_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse("yaml_several_documents")
        if event.tags:
            self._refuse("yaml_tag", name=next(iter(event.tags)))

    def _check(self, event: Any) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS:
            self._refuse("too_many_parts", most=MOST_PARTS)
        if event.anchor is not None:
            self._refuse("yaml_anchor", name=event.anchor)
        if event.tag is not None:
            self._refuse("yaml_tag", name=event.tag)

    def _check_letters(self, text: str) -> None:
        if len(text) > MOST_LETTERS:
            self._refuse("too_long", length=len(text), most=MOST_LETTERS)
        if bad := unfit(text):
            self._refuse("control_character", character=f"U+{ord(bad):04X}")

    def _begin(self, node: Sequence | Mapping) -> None:
        self._add(node)
        self.open.append((node, []))
        if len(self.open) > MOST_DEPTH:
            self._refuse("too_deep", most=MOST_DEPTH)

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent, waiting = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif not waiting:
            waiting.append((self._key(parent, node), node.line))
        else:
            name, node.line = waiting.pop()
            parent.items[name] = node

    def _key(self, parent: Mapping, node: Node) -> str:
        if not isinstance(node, Scalar):
            self._refuse("key_not_text")
        if len(node.text) > MOST_LETTERS_OF_A_NAME:
            self._refuse("too_long", length=len(node.text), most=MOST_LETTERS_OF_A_NAME)
        if node.text in parent.items:
            self._refuse("key_repeated", key=node.text, first=parent.items[node.text].line)
        return node.text

    def _refuse(self, code: str, **facts: Any) -> NoReturn:
        wrong(Place(self.file, self.line), code, **facts)
