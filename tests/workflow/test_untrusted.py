"""What comes in from outside: each letter in one form, none that no text has, nothing that takes long to look at."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as some

from models import kept
from models.people import Organisation, Person
from models.place import DatabaseProblem, shown
from models.states import Sector
from models.tables import PartnershipTable
from workflow.errors import LONGEST_FACT, BadValue, NotFound
from workflow.language.dates import UnreadableDate, read_when
from workflow.language.letters import MOST_MARKS, composed, in_order, unfit
from workflow.naming import close_to, fold, like, matching
from workflow.parties import add_party
from workflow.pasting import typed, typed_name, typed_path, typed_short
from workflow.values import Choice, Day, Many, Number, Short, Text, Thing, TimeOfDay, Typed, When, clean_text

PILE = "a" + "\u0301\u0323" * 500_000
"""Two marks in the wrong order, very often: to put them in order is the work of minutes."""
MILLION = "x" * 1_000_000


# Letters


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udcff", PILE, "a" + "\u0301" * (MOST_MARKS + 1)])
def test_what_no_text_has_is_found(text):
    assert unfit(text) in ("\0", "\ud800", "\udcff", "\u0301", "\u0323")


@pytest.mark.parametrize(
    "text", ["", "Äijälä", "A\u0308ija\u0308la\u0308", "a" + "\u0301" * MOST_MARKS, "漢字" * 50, "👩\u200d🌾"]
)
def test_what_texts_have_is_let_in(text):
    assert unfit(text) is None


@given(some.text())
def test_what_is_let_in_has_one_form(text):
    if unfit(text) is None:
        assert composed(text) == unicodedata.normalize("NFC", text)


def test_names_are_put_in_finnish_order():
    names = [
        "Öhman",
        "Åbo",
        "Äijälä",
        "zeta",
        "Aino",
        "Ärlig",
        "Élan",
        "Eerola",
        "Wirta",
        "Vaara",
        "Ålander",
        "Ümit",
        "Ylä",
    ]

    assert in_order(names) == [
        *("Aino", "Eerola", "Élan", "Vaara", "Wirta", "Ylä", "Ümit", "zeta"),
        *("Åbo", "Ålander", "Äijälä", "Ärlig", "Öhman"),
    ]


@given(some.lists(some.text()))
def test_any_names_have_one_order(names):
    assert in_order(reversed(in_order(names))) == in_order(names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Äijälä", "A\u0308ija\u0308la\u0308"),
        ("KEURUUN KAUPUNKI", "Keuruun kaupunki"),
        ("ﬁlmi", "film\u0069"),
        ("Ｋｅｕｒｕｕ", "keuruu"),
        ("Straße", "STRASSE"),
        ("K", "\u212a"),
    ],
)
def test_two_ways_of_writing_a_name_are_one_name(one, other):
    assert like(one) == like(other)
    assert matching(other, [(one, object())])


def test_a_letter_of_its_own_is_another_letter():
    assert len({like(name) for name in ("Sara", "Särä", "Sårå")}) == 3


# Values


class Nobody:
    """A work in which nobody is looked for."""

    def find(self, reference: str, *kinds: str) -> object:
        raise AssertionError(reference[:100])


@pytest.mark.parametrize(
    "kind", [Text(2000), Short(), Number(), Choice(Sector), Day(), When(), TimeOfDay(), Thing("person")]
)
@pytest.mark.parametrize("value", [MILLION, PILE, "9" * 4000, "1." * 500_000, "a-" * 500_000])
def test_a_value_without_measure_is_refused_with_its_field(kind, value):
    with pytest.raises(BadValue) as bad:
        kind.read(value, "field", Nobody())

    assert bad.value.field == "field"
    assert all(len(fact) <= LONGEST_FACT + 1 for fact in bad.value.facts.values() if isinstance(fact, str))


def test_several_values_with_nothing_but_spaces_between_are_taken_apart():
    assert Many(Number(0)).read(Typed("1" + " " * 500_000 + "," + " " * 500_000 + "2"), "field", None) == [1, 2]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("x" * 11, "too_long"),
        ("a\rb", "control_character"),
        ("\x9b2J", "control_character"),
    ],
)
def test_words_that_can_not_be_kept_are_refused(text, code):
    with pytest.raises(BadValue) as bad:
        clean_text(text, "field", 10)

    assert bad.value.code == code


def test_words_are_kept_in_one_form_with_the_line_ends_of_unix():
    assert clean_text(" A\u0308\r\nb\tc ", "field", 10) == "Ä\nb\tc"


def test_words_are_measured_as_they_are_kept():
    assert clean_text("A\u0308" * 10, "field", 10) == "Ä" * 10


@pytest.mark.parametrize(
    "text", [MILLION, PILE, "1" * 1_000_000, "ma " * 300_000, "7.3.2023 klo " + "1" * 500_000, " " * 1_000_000]
)
def test_a_date_without_measure_is_none(text):
    with pytest.raises(UnreadableDate) as unreadable:
        read_when(text)

    assert unreadable.value.reason == "not_a_date"


# Names


@pytest.mark.parametrize("typed", [MILLION, PILE])
def test_a_name_without_measure_is_nobodys(typed):
    names = [("Aino", 1), ("x" * 300, 2)]

    assert matching(typed, names) == []
    assert close_to(typed, (name for name, _ in names)) == []


def test_only_so_many_names_are_guessed_at():
    names = [*(f"Henkilö {number:06}" for number in range(100_000)), "Aino Äijälä"]

    assert close_to("Aino Äijäl", names) == []
    assert close_to("Aino Äijäl", names[-1000:]) == ["Aino Äijälä"]


def test_an_organisation_is_known_however_its_name_is_written(work):
    with pytest.raises(BadValue) as bad:
        add_party(work, "organisation", {"name": "KEURUUN KAUPUNKI", "sector": "municipality"})

    assert bad.value.code == "exists_already"


def test_what_was_looked_for_is_repeated_as_far_as_anybody_reads(work):
    with pytest.raises(NotFound) as missing:
        work.find(MILLION, "person")

    assert len(str(missing.value.facts["reference"])) == LONGEST_FACT + 1


# Commands that are shown to be pasted


@pytest.mark.parametrize(
    "name", ["Aino Äijälä", "Keuruun 4H-yhdistys ry", "O'Brien (Åbo), jr.", "Muisti / Keuruu & co"]
)
def test_a_plain_name_is_typed_in_quotes(name):
    assert typed_name(Person(id=7, name=name)) == f'"{name}"'


@pytest.mark.parametrize(
    "name",
    ['a"b', "$(id)", "`id`", "-x", "a\nb", "%PATH%", "a!b", "a\\", "a;b", "“a”", "a\u202eb", "a|b", "", "a\u3164"],
)
def test_a_name_that_quotes_might_not_hold_is_typed_by_its_reference(name):
    assert typed_name(Person(id=7, name=name)) == "P7"
    assert typed_name(Organisation(id=4, name=name)) == "G4"


def test_a_short_name_of_other_hands_is_left_to_the_reader():
    assert typed(PartnershipTable(slug="keuruu-2")) == "keuruu-2"
    assert [typed(PartnershipTable(slug=slug)) for slug in ("a;b", "$(id)", "--yes", "", "a b", "pöytä\n")] == [
        "TABLE"
    ] * 6
    assert typed_short("M12/2") == "M12/2"


def test_a_path_is_typed_as_one_word():
    assert typed_path("/home/aino/poyta.db") == "/home/aino/poyta.db"
    assert typed_path("/home/aino/it's $(id).db") == "'/home/aino/it'\\''s $(id).db'"


# What a database may hold


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (kept.moment_of, "eilen"),
        (kept.moment_of, "2016-01-01T10:00:00"),
        (kept.day_of, "2016-02-30"),
        (kept.clock_of, "25:00"),
        (lambda text: kept.code_of(Sector, text), "ufo"),
        (kept.pairs_of, "[" * 100_000),
        (kept.pairs_of, "[[1, 2]]"),
        (kept.pairs_of, "[1]"),
        (kept.pairs_of, '{"a": "b"}'),
        (kept.pairs_of, "null"),
    ],
)
def test_what_poyta_does_not_write_is_a_problem_of_the_database(read, text):
    with pytest.raises(DatabaseProblem) as strange:
        read(text)

    assert strange.value.code == "strange_value"
    assert len(str(strange.value.facts["value"])) <= kept.LONGEST + 1


def test_what_poyta_writes_is_read_back():
    assert kept.moment_of("2016-05-20T12:00:00.000000Z") == datetime(2016, 5, 20, 12, tzinfo=UTC)
    assert kept.day_of("2016-05-20") == date(2016, 5, 20)
    assert kept.pairs_of('[["a", "b"], ["a", "c"]]') == [("a", "b"), ("a", "c")]


@pytest.mark.parametrize(
    ("place", "without"),
    [
        ("/srv/a:b@c.db", "/srv/a:b@c.db"),
        ("postgresql://u:p@h/db", "postgresql://u:***@h/db"),
        ("postgresql://u:p:q@r/s?t#v@h/db", "postgresql://u:***@h/db"),
        ("postgresql://u@h/db", "postgresql://u@h/db"),
        ("postgresql://h/db?a=1&password=p&sslpassword=q", "postgresql://h/db?a=1&password=***&sslpassword=***"),
    ],
)
def test_an_address_is_shown_without_its_password(place, without):
    assert shown(place) == without


def test_folding_takes_a_name_of_any_length_in_one_go():
    assert fold(MILLION) == MILLION
