"""The catalogues hold all that is said, in every language; and the tool that keeps them sees what is wrong."""

import gettext
import shutil
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from scripts import catalogues
from scripts.catalogues import LANGUAGES, LOCALE, Said, as_mo, as_po, faults_of, po_file, read, renewed

SAID = [
    Said("held", context="MeetingState"),
    Said("held", context="ThemeState"),
    Said("Meeting {ref} was held."),
    Said("{n} reason: {what}", "{n} reasons: {what}"),
    Said("Are you sure? "),
    Said("Begin with `poyta demo`.\n\nThe rest follows."),
]

FINNISH = {
    ("held", "MeetingState"): "pidetty",
    ("held", "ThemeState"): "kokoontunut",
    ("Meeting {ref} was held.", None): "Tapaaminen {ref} pidettiin.",
    (("{n} reason: {what}", "{n} reasons: {what}"), None): ("{n} syy: {what}", "{n} syytä: {what}"),
    ("Are you sure? ", None): "Oletko varma? ",
    ("Begin with `poyta demo`.\n\nThe rest follows.", None): "Aloita: `poyta demo`.\n\nLoput seuraavat.",
}


@pytest.fixture
def book():
    made = renewed("fi", catalogues.Catalog(), SAID)
    for (words, context), translation in FINNISH.items():
        made.get(words, context).string = translation
    return made


@pytest.fixture
def written(tmp_path):
    """Puts a catalogue where catalogues are kept, and answers what is wrong with it."""

    def write(book, compiled=None):
        file = po_file("fi", tmp_path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_po(book))
        file.with_suffix(".mo").write_bytes(as_mo(book if compiled is None else compiled))
        return list(faults_of("fi", SAID, tmp_path))

    return write


@pytest.fixture
def house(tmp_path):
    """A house with one module in it, of which only the code is looked at."""

    def build(code):
        (tmp_path / "cli").mkdir()
        (tmp_path / "cli" / "spoken.py").write_text(code, encoding="utf-8")
        return tmp_path

    return build


# The catalogues of the house


def test_all_that_is_said_is_translated_and_compiled():
    assert catalogues.check() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_names_no_place_and_no_day(language):
    text = po_file(language).read_text(encoding="utf-8")

    assert "#:" not in text
    assert "Date" not in text.split("\n\n", maxsplit=1)[0]
    assert text.startswith(f'msgid ""\nmsgstr ""\n"Language: {language}\\n"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_writing_them_again_changes_nothing(language, tmp_path):
    shutil.copytree(LOCALE, tmp_path / "locale")

    catalogues.write(locale=tmp_path / "locale")

    for suffix in (".po", ".mo"):
        kept, made = (po_file(language, place).with_suffix(suffix) for place in (LOCALE, tmp_path / "locale"))
        assert made.read_bytes() == kept.read_bytes()


def test_help_of_commands_is_among_what_is_said():
    said = {each.one for each in catalogues.collect()}

    assert "Call the partners together around the theme." in said
    assert "where people meet" in said
    assert "Show this message and exit." not in said  # Click's own, from Click's catalogue


# What the tool does


def test_a_good_catalogue_has_no_faults(book, written):
    assert written(book) == []


def test_a_missing_translation_is_seen(book, written):
    book.get("held", "ThemeState").string = ""

    assert written(book) == ["fi: not translated: 'held' (ThemeState)"]


def test_a_missing_plural_is_seen(book, written):
    book.get(SAID[3].id).string = ("{n} syy: {what}", "")

    assert written(book) == ["fi: not translated: '{n} reason: {what}'"]


def test_a_guess_is_no_translation(book, written):
    book.get(SAID[2].id).flags.add("fuzzy")

    assert "fi: only a guess: 'Meeting {ref} was held.'" in written(book)


@pytest.mark.parametrize("wrong", ["Tapaaminen pidettiin.", "Tapaaminen {reff} pidettiin.", "{ref} {ref} {kind}"])
def test_facts_that_differ_are_seen(book, written, wrong):
    book.get(SAID[2].id).string = wrong

    assert written(book) == ["fi: the facts differ: 'Meeting {ref} was held.'"]


def test_a_fact_may_begin_with_a_capital_in_one_language_only(book, written):
    book.get(SAID[2].id).string = "{Ref}: pidetty."

    assert written(book) == []


def test_white_space_at_the_ends_is_kept(book, written):
    book.get("Are you sure? ").string = "Oletko varma?"

    assert written(book) == ["fi: begins or ends with other white space: 'Are you sure? '"]


def test_what_is_to_be_typed_is_never_translated(book, written):
    book.get(SAID[5].id).string = "Aloita: `pöytä esittely`.\n\nLoput seuraavat."

    assert "fi: what is to be typed differs" in written(book)[0]


def test_what_nobody_says_any_more_is_seen(book, written):
    book.add("Farewell", "Hyvästi")

    assert written(book) == [
        "fi: poyta.po is not up to date with the code",
        "fi: poyta.mo is not up to date with poyta.po",
    ]


def test_a_compiled_catalogue_of_yesterday_is_seen(book, written):
    yesterday = renewed("fi", book, SAID)
    yesterday.get(SAID[2].id).string = "Tapaaminen {ref} oli."

    assert written(book, yesterday) == ["fi: poyta.mo is not up to date with poyta.po"]


def test_a_catalogue_that_is_not_there_is_seen(tmp_path):
    faults = list(faults_of("fi", SAID, tmp_path))

    assert faults[-2:] == [
        "fi: poyta.po is not up to date with the code",
        "fi: poyta.mo is not up to date with poyta.po",
    ]


def test_renewing_keeps_translations_adds_the_new_empty_and_drops_the_old(book):
    later = [*SAID[1:], Said("Something new")]

    made = renewed("fi", read_po(BytesIO(as_po(book))), later)

    assert made.get("held", "ThemeState").string == "kokoontunut"
    assert not made.get("Something new").string
    assert made.get("held", "MeetingState") is None


def test_the_program_reads_what_is_written(book):
    spoken = gettext.GNUTranslations(BytesIO(as_mo(book)))

    assert spoken.pgettext("ThemeState", "held") == "kokoontunut"
    assert spoken.ngettext("{n} reason: {what}", "{n} reasons: {what}", 2) == "{n} syytä: {what}"
    assert spoken.gettext("Unknown") == "Unknown"


def test_every_mark_is_found(house):
    code = """
speech.say("One {ref}", ref=1)
N_("Two " "halves")
speech.say_many("{n} thing", "{n} things", 2)
counted("a", "b", by="n")
say(N_("inside") if x else N_("or this"))
say(variable)
"""

    found = {each for each in catalogues.collect(house(code)) if each.context is None}

    assert found >= {
        Said("One {ref}"),
        Said("Two halves"),
        Said("{n} thing", "{n} things"),
        Said("a", "b"),
        Said("inside"),
        Said("or this"),
    }


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ('speech.say(f"Meeting {ref}")', "cli/spoken.py:1: a sentence that is put together can't be translated"),
        ('speech.say("Meeting " + ref)', "cli/spoken.py:1: a sentence that is put together can't be translated"),
        ('speech.say("{a} {b}", a=1)', "cli/spoken.py:1: these facts are named but not given: b"),
        ('speech.say_many("{n} of {a}", "{n}", 1, b=1)', "cli/spoken.py:1: these facts are named but not given: a"),
    ],
)
def test_a_sentence_that_can_not_be_said_is_seen(house, code, fault):
    assert list(catalogues.faults_of_code(house(code))) == [fault]


@pytest.mark.parametrize("code", ['say("{Kind}", kind=1)', "say(x, **facts)", 'say("{a}", **facts)', 'say("{braces}")'])
def test_a_sentence_that_can_be_said_is_left_alone(house, code):
    assert list(catalogues.faults_of_code(house(code))) == []


def test_the_catalogue_of_the_house_reads_back(tmp_path):
    for language in LANGUAGES:
        assert len(read(language)) == len(catalogues.collect())
