"""The catalogues: everything that poyta says, collected from the code, with its Finnish and Swedish.

`python -m scripts.catalogues` brings them up to date: what is new is added without a translation, what nobody says any
more is taken out. With `--check` nothing is written, and whatever is wrong is listed.
"""

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from workflow.language.glossary import every_word
from workflow.language.sentences import promised
from workflow.lifecycles import PAGE
from workflow.registering import REGISTER
from workflow.stalled.causes import CAUSES

HOUSE = Path(__file__).parent.parent
LOCALE = HOUSE / "workflow" / "language" / "locale"
ROOMS = ("models", "workflow", "cli")
LANGUAGES = ("fi", "sv")
"""English needs no catalogue: the sentences in the code are English."""

MARKS = {"_": 1, "N_": 1, "say": 1, "say_many": 2, "ngettext": 2, "counted": 2}
"""The functions whose first words are to be translated, and how many of them: two are a singular and a plural."""

FILLED = {"say": 1, "say_many": 3}
"""The functions that fill in facts, and how many words come before the facts."""

HEADERS = (
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
)


class Said(NamedTuple):
    """Something that poyta says: a sentence, a sentence with its plural, or a word with whose word it is."""

    one: str
    many: str | None = None
    context: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        """As the catalogue knows it."""
        return self.one if self.many is None else (self.one, self.many)


class Book(Catalog):
    """A catalogue whose header says the language and its plurals, and nothing that changes from day to day."""

    mime_headers = property(lambda self: [("Language", str(self.locale)), *HEADERS])


# What is said


def collect(house: Path = HOUSE) -> list[Said]:
    """Everything that is to be translated, in the order of the catalogues."""
    found = {*_said_in_code(house), *_said_of_codes(), *_said_in_help()}
    counted = {(each.one, each.context) for each in found if each.many is not None}
    found = {each for each in found if each.many is not None or (each.one, each.context) not in counted}
    return sorted(found, key=lambda each: (each.one.casefold(), each.one, each.context or "", each.many or ""))


def _said_in_code(house: Path) -> Iterator[Said]:
    for _, call in _marked_calls(house):
        words = _literals(call)
        if len(words) == MARKS[_name(call)] and words[0]:
            yield Said(*words)


def _said_of_codes() -> Iterator[Said]:
    moves = [(life.kind, name) for life in PAGE.lifecycles.values() for name in life.moves]
    moves += [(kind, name) for kind, ways in REGISTER.items() for name in ways]
    yield from (Said(word.english, context=word.context) for word in every_word(moves))
    for life in PAGE.lifecycles.values():
        yield from (Said(promised(each.guard)) for made in life.promises.values() for each in made)
    yield from (Said(promised(each.of)) for each in PAGE.follow_ons)
    yield from (Said(promised(each.finds)) for each in CAUSES.values())


def _said_in_help() -> Iterator[Said]:
    """The help of every command, without what Click says by itself and translates by its own catalogue."""
    from cli.main import all_commands

    with (LOCALE / "fi" / "LC_MESSAGES" / "click.po").open("rb") as file:
        clicks_own = {message.id for message in read_po(file)}
    for _, command in all_commands():
        texts = [command.help, command.short_help, command.epilog]
        texts += [getattr(each, "help", None) for each in command.params]
        texts += [_name_of_value(each.metavar) for each in command.params]
        texts += [command.options_metavar, getattr(command, "subcommand_metavar", None)]
        yield from (Said(text) for text in texts if text and text not in clicks_own)


def _name_of_value(metavar: str | None) -> str | None:
    """What stands for a value in help, where it is a word to translate and not a choice of codes."""
    return metavar if metavar and re.search(r"[A-ZÅÄÖ]{2}", metavar) else None


# What the code does wrong


def faults_of_code(house: Path = HOUSE) -> Iterator[str]:
    """Sentences that can't be translated, for they are put together as they are said; and facts that are not given."""
    for place, call in _marked_calls(house):
        if any(isinstance(word, ast.JoinedStr | ast.BinOp) for word in call.args[: MARKS[_name(call)]]):
            yield f"{place}: a sentence that is put together can't be translated"
        if missing := _facts_not_given(call):
            yield f"{place}: these facts are named but not given: {', '.join(sorted(missing))}"


def _facts_not_given(call: ast.Call) -> set[str]:
    before = FILLED.get(_name(call))
    if before is None or any(given.arg is None for given in call.keywords):
        return set()
    named = {name for words in _literals(call) for name in placeholders(words)}
    given = {str(given.arg) for given in call.keywords} | ({"n"} if before == 3 else set())
    return named - given if given else set()  # without any fact, the braces are said as they are


def _marked_calls(house: Path) -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(file for room in ROOMS for file in (house / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Call) and _name(node) in MARKS and node.args:
                yield f"{file.relative_to(house).as_posix()}:{node.lineno}", node


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "id", "") or getattr(call.func, "attr", ""))


def _literals(call: ast.Call) -> list[str]:
    words = call.args[: MARKS[_name(call)]]
    return [word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)]


# The catalogues


def po_file(language: str, locale: Path = LOCALE) -> Path:
    """Where the translations of a language are written down."""
    return locale / language / "LC_MESSAGES" / "poyta.po"


def read(language: str, locale: Path = LOCALE) -> Catalog:
    """The translations as they are written down, or an empty catalogue."""
    file = po_file(language, locale)
    return read_po(BytesIO(file.read_bytes()), abort_invalid=True) if file.exists() else Catalog()


def renewed(language: str, written: Catalog, said: Iterable[Said]) -> Book:
    """A catalogue of just what is said, with the translations there are."""
    book = Book(locale=language, fuzzy=False)
    for each in said:
        known = written.get(each.id, each.context)
        if known is None or isinstance(known.id, str) != (each.many is None):
            book.add(each.id, context=each.context)
        else:
            flags = known.flags & {"fuzzy"}
            book.add(each.id, known.string, flags=flags, user_comments=known.user_comments, context=each.context)
    return book


def as_po(book: Book) -> bytes:
    """The catalogue for people."""
    text = BytesIO()
    write_po(text, book, width=0, omit_header=True)
    header = "".join(f'"{name}: {value}\\n"\n' for name, value in book.mime_headers)
    return f'msgid ""\nmsgstr ""\n{header}\n'.encode() + text.getvalue().rstrip() + b"\n"


def as_mo(book: Book) -> bytes:
    """The catalogue for the program: the same bytes for the same translations."""
    compiled = BytesIO()
    write_mo(compiled, book)
    return compiled.getvalue()


def faults_of(language: str, said: list[Said], locale: Path = LOCALE) -> Iterator[str]:
    """What is wrong with the catalogue of a language."""
    written = read(language, locale)
    book = renewed(language, written, said)
    for message in book:
        if message.id:
            yield from (f"{language}: {fault}: {_shown(message)}" for fault in _faults_of_message(message))
    file = po_file(language, locale)
    if not file.exists() or file.read_bytes() != as_po(book):
        yield f"{language}: poyta.po is not up to date with the code"
    compiled = file.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != as_mo(book):
        yield f"{language}: poyta.mo is not up to date with poyta.po"


def _faults_of_message(message: Message) -> Iterator[str]:
    originals, translations = _forms(message.id), _forms(message.string)
    if not _translated(message):
        yield "not translated"
        return
    if message.fuzzy:
        yield "only a guess"
    for original, translation in zip(originals, translations, strict=True):
        if set(placeholders(original)) != set(placeholders(translation)):
            yield "the facts differ"
        if _ends(original) != _ends(translation):
            yield "begins or ends with other white space"
        if _typed(original) != _typed(translation):
            yield "what is to be typed differs"


def _translated(message: Message) -> bool:
    translations = _forms(message.string)
    return len(translations) == len(_forms(message.id)) and all(translations)


def placeholders(text: str) -> list[str]:
    """The names of the facts in a sentence. A capital only makes the fact begin with one."""
    names = re.findall(r"\{(\w+)[^{}]*\}", text)
    return [name[0].lower() + name[1:] for name in names]


def _typed(text: str) -> Counter[str]:
    """Commands between backquotes, and the marks by which Click keeps lines as they are."""
    return Counter(re.findall(r"`[^`]*`|\x08|\f|\n\n", text))


def _ends(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _forms(words: str | Iterable[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def _shown(message: Message) -> str:
    whose = f" ({message.context})" if message.context else ""
    return repr(_forms(message.id)[0]) + whose


# Doing it


def check(house: Path = HOUSE, locale: Path = LOCALE) -> list[str]:
    """Everything that is wrong with what poyta says."""
    said = collect(house)
    return [*faults_of_code(house), *(fault for language in LANGUAGES for fault in faults_of(language, said, locale))]


def write(house: Path = HOUSE, locale: Path = LOCALE) -> None:
    """Bring both catalogues up to date."""
    said = collect(house)
    for language in LANGUAGES:
        book = renewed(language, read(language, locale), said)
        file = po_file(language, locale)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_po(book))
        file.with_suffix(".mo").write_bytes(as_mo(book))
        missing = sum(1 for message in book if message.id and not _translated(message))
        print(f"{language}: {len(book)} messages, {missing} not translated")


def main() -> int:
    """Write, or only check."""
    parser = argparse.ArgumentParser(prog="python -m scripts.catalogues", description="Keep the catalogues.")
    parser.add_argument("--check", action="store_true", help="change nothing; list what is wrong")
    if not parser.parse_args().check:
        write()
        return 0
    faults = check()
    print("\n".join(faults) or "The catalogues are complete.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
