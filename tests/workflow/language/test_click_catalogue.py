"""Everything Click says by itself, it also says in Finnish and Swedish."""

import gettext
import re
from io import BytesIO
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from click.testing import CliRunner

import workflow.language

LOCALE = Path(workflow.language.__file__).with_name("locale")
LANGUAGES = ["fi", "sv"]


def catalogue_file(language, suffix):
    return LOCALE / language / "LC_MESSAGES" / f"click.{suffix}"


def said_by_click():
    """The messages in the source of the installed Click; one with a plural is a pair."""
    found = extract_from_dir(Path(click.__file__).parent)
    return {words if isinstance(words, str) else words[:2] for _, _, words, _, _ in found}


def as_tuple(words):
    return (words,) if isinstance(words, str) else tuple(words)


def translated(catalogue):
    """What is said, and what is said in its stead, without the header."""
    return {as_tuple(message.id): as_tuple(message.string) for message in catalogue if message.id}


def header_of(catalogue):
    return (
        str(catalogue.locale),
        catalogue.charset,
        catalogue.num_plurals,
        catalogue.plural_expr,
    )


def placeholders(text):
    """Every {name!r} and %(name)s of a sentence, as often as it occurs."""
    fields = [str(field) for _, *field in Formatter().parse(text) if field[0] is not None]
    return sorted(fields + re.findall(r"%(?:\(\w+\))?.", text))


def ends(text):
    """The white space a sentence begins and ends with."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def catalogue(language):
    with catalogue_file(language, "po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def test_the_catalogue_has_what_click_says_and_nothing_else(catalogue):
    in_catalogue = set(translated(catalogue))

    assert in_catalogue == {as_tuple(words) for words in said_by_click()}
    assert not catalogue.obsolete


def test_every_message_and_every_plural_is_translated(catalogue):
    unfinished = [
        original
        for original, translation in translated(catalogue).items()
        if len(translation) != len(original) or not all(translation)
    ]

    assert unfinished == []


def test_no_translation_is_a_guess(catalogue):
    guessed = [message.id for message in catalogue if message.fuzzy]

    assert guessed == []


def test_placeholders_are_those_of_the_original(catalogue):
    changed = [
        (original, translation)
        for originals, translations in translated(catalogue).items()
        for original, translation in zip(originals, translations, strict=True)
        if placeholders(original) != placeholders(translation)
    ]

    assert changed == []


def test_white_space_at_the_ends_is_that_of_the_original(catalogue):
    changed = [
        (original, translation)
        for originals, translations in translated(catalogue).items()
        for original, translation in zip(originals, translations, strict=True)
        if ends(original) != ends(translation)
    ]

    assert changed == []


def test_the_header_names_the_language_and_its_plurals(catalogue, language):
    plural = get_plural(language)

    assert header_of(catalogue) == (language, "utf-8", plural.num_plurals, plural.plural_expr)


def test_the_compiled_catalogue_is_up_to_date(catalogue, language):
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)

    with catalogue_file(language, "mo").open("rb") as file:
        committed = read_mo(file)

    # Babel stamps the header with the moment of compiling: compare what the headers mean.
    assert translated(committed) == translated(read_mo(buffer))
    assert header_of(committed) == header_of(catalogue)


@pytest.fixture
def speak(monkeypatch):
    """Let Click find its catalogue the way a running program does, in the language asked for."""
    domain, folder = gettext.textdomain(), gettext.bindtextdomain("click")
    gettext.bindtextdomain("click", str(LOCALE))
    gettext.textdomain("click")
    yield lambda language: monkeypatch.setenv("LANGUAGE", language)
    gettext.textdomain(domain)
    gettext.bindtextdomain("click", folder)


def answer(*words):
    """What a tiny program answers; made anew, as Click translates an option's help once."""

    @click.group(name="kokous")
    @click.version_option("1")
    def program():
        pass

    @program.command(options_metavar="")
    @click.argument("paikka", metavar="PAIKKA")
    @click.option("--kieli", type=click.Choice(["fi", "sv"]), required=True)
    def kutsu(paikka, kieli):
        pass

    return CliRunner().invoke(program, words, prog_name="kokous").output


HELP = {
    "fi": """\
Käyttö: kokous [OPTIONS] COMMAND [ARGS]...

Valinnat:
  --version  Näytä versio ja lopeta.
  --help     Näytä tämä ohje ja lopeta.

Komennot:
  kutsu
""",
    "sv": """\
Användning: kokous [OPTIONS] COMMAND [ARGS]...

Alternativ:
  --version  Visa versionen och avsluta.
  --help     Visa den här hjälptexten och avsluta.

Kommandon:
  kutsu
""",
}

MISSING_ARGUMENT = {
    "fi": """\
Käyttö: kokous kutsu PAIKKA
Kirjoita 'kokous kutsu --help', niin saat ohjeita.

Virhe: Komennosta puuttuu argumentti 'PAIKKA'.
""",
    "sv": """\
Användning: kokous kutsu PAIKKA
Skriv 'kokous kutsu --help' så får du hjälp.

Fel: Kommandot saknar argumentet 'PAIKKA'.
""",
}

LAST_LINE = [
    ("fi", "kutsi", "Virhe: Komentoa 'kutsi' ei ole. Tarkoititko tätä: 'kutsu'?"),
    ("sv", "kutsi", "Fel: Kommandot 'kutsi' finns inte. Menade du 'kutsu'?"),
    (
        "fi",
        "kutsu Salo --kieli de",
        "Virhe: Kohdan '--kieli' arvo ei kelpaa. 'de' ei ole mikään seuraavista: 'fi', 'sv'.",
    ),
    (
        "sv",
        "kutsu Salo --kieli de",
        "Fel: Värdet för '--kieli' kan inte användas. 'de' är inte något av följande: 'fi', 'sv'.",
    ),
    (
        "fi",
        "kutsu Salo --kieli fi yksi",
        "Virhe: Komennossa on ylimääräinen argumentti (yksi).",
    ),
    (
        "sv",
        "kutsu Salo --kieli fi en",
        "Fel: Kommandot innehåller ett överflödigt argument (en).",
    ),
    (
        "fi",
        "kutsu Salo --kieli fi yksi kaksi",
        "Virhe: Komennossa on ylimääräisiä argumentteja (yksi kaksi).",
    ),
    (
        "sv",
        "kutsu Salo --kieli fi en två",
        "Fel: Kommandot innehåller överflödiga argument (en två).",
    ),
]


def test_help_is_in_the_language_of_the_reader(speak, language):
    speak(language)

    assert answer("--help") == HELP[language]


def test_a_missing_argument_is_explained_in_the_language_of_the_reader(speak, language):
    speak(language)

    assert answer("kutsu", "--kieli", "fi") == MISSING_ARGUMENT[language]


@pytest.mark.parametrize(("language", "words", "last_line"), LAST_LINE)
def test_a_mistake_is_explained_in_whole_sentences(speak, language, words, last_line):
    speak(language)

    assert answer(*words.split()).splitlines()[-1] == last_line
