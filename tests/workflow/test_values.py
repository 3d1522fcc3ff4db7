"""Every kind of value: wrong ones are refused where they enter, with the field named; right ones are read as meant."""

from datetime import UTC, date, datetime, time

import pytest

from models.states import Origin, Sector
from tests.builders import keuruu, person
from workflow.errors import Ambiguous, BadValue, NotFound
from workflow.values import (
    Choice,
    Day,
    Euros,
    Flag,
    Kind,
    Many,
    Number,
    Pair,
    Short,
    Span,
    Text,
    Thing,
    TimeOfDay,
    When,
    Word,
)

on_a_file = pytest.mark.parametrize("system", ["sqlite"], indirect=True)

WRONG = [
    (Text(), "", "empty"),
    (Text(), " \t\n", "empty"),
    (Text(5), "kuusi!", "too_long"),
    (Text(), "a\x00b", "control_character"),
    (Text(), "a\x1b[31mb", "control_character"),
    (Text(), "a\x85b", "control_character"),
    (Text(), "a\ud800b", "control_character"),
    (Text(), ["a"], "not_text"),
    (Text(), True, "not_text"),
    (Word(3), "neljä", "too_long"),
    (Short(), "Äijälä", "not_a_short_name"),
    (Short(), "t3", "not_a_short_name"),
    (Short(), "keuruu-", "not_a_short_name"),
    (Short(), "../keuruu", "not_a_short_name"),
    (Number(), "monta", "not_a_number"),
    (Number(), "1.5", "not_a_number"),
    (Number(), True, "not_a_number"),
    (Number(), "9" * 20, "not_a_number"),
    (Number(1, 9), 0, "out_of_range"),
    (Number(1, 9), "10", "out_of_range"),
    (Number(1, 9), -1, "out_of_range"),
    (Euros(), "12,50", "not_whole_euros"),
    (Euros(), "-5", "not_whole_euros"),
    (Euros(), "5 00", "not_whole_euros"),
    (Euros(), True, "not_whole_euros"),
    (Flag(), "ehkä", "not_yes_or_no"),
    (Flag(), 1, "not_yes_or_no"),
    (Choice(Origin), "kahvi", "not_a_choice"),
    (Choice(Origin), 3, "not_a_choice"),
    (Day(), "31.2.2016", "date_no_such_day"),
    (Day(), "ensi viikolla", "date_not_a_date"),
    (Day(), "3/7/2016", "date_ambiguous"),
    (When(), "7.3.2016", "no_time"),
    (When(), "31.2.2016 klo 9", "date_no_such_day"),
    (TimeOfDay(), "25.70", "not_a_time"),
    (TimeOfDay(), "24:00", "not_a_time"),
    (TimeOfDay(), "iltapäivä", "not_a_time"),
    (Pair(Choice(Sector), Number()), "village", "not_a_pair"),
    (Pair(Choice(Sector), Number()), "kylä=3", "not_a_choice"),
    (Pair(Choice(Sector), Number()), "village=monta", "not_a_number"),
    (Many(Choice(Origin)), "village,kahvi", "not_a_choice"),
    (Many(Choice(Origin)), ["village", "kahvi"], "not_a_choice"),
]


@pytest.mark.parametrize(("kind", "value", "code"), WRONG, ids=lambda each: repr(each)[:30])
def test_a_wrong_value_is_refused_with_its_field(kind, value, code):
    with pytest.raises(BadValue) as error:
        kind.read(value, "kenttä", None)

    assert (error.value.code, error.value.field, error.value.facts["field"]) == (code, "kenttä", "kenttä")


def test_every_kind_of_value_has_been_tried():
    tried = {type(kind) for kind, _, _ in WRONG} | {Thing}

    assert tried == set(kinds_under(Kind))


def kinds_under(kind):
    for each in kind.__subclasses__():
        yield each
        yield from kinds_under(each)


RIGHT = [
    (Text(), "  Aino A\u0308ija\u0308la\u0308 ", "Aino Äijälä"),
    (Text(), "a\nb\tc", "a\nb\tc"),
    (Text(), 7, "7"),
    (Short(), "keuruu-2016", "keuruu-2016"),
    (Number(), " 12 ", 12),
    (Euros(), 5000, 5000),
    (Euros(), "5 000 €", 5000),
    (Euros(), "1\u00a0250\u202f000 euroa", 1250000),
    (Euros(), "600,00", 600),
    (Flag(), True, True),
    (Choice(Origin), " Follow-Up ", Origin.FOLLOW_UP),
    (Day(), "7.3.2016", date(2016, 3, 7)),
    (Day(), date(2016, 3, 7), date(2016, 3, 7)),
    (When(), "7.3.2016 klo 17", Span(datetime(2016, 3, 7, 15, tzinfo=UTC), None)),
    (
        When(),
        "2016-06-07 17:00-18:30",
        Span(datetime(2016, 6, 7, 14, tzinfo=UTC), datetime(2016, 6, 7, 15, 30, tzinfo=UTC)),
    ),
    (TimeOfDay(), "17", time(17)),
    (TimeOfDay(), "9.05", time(9, 5)),
    (TimeOfDay(), 17 * 60 + 30, time(17, 30)),
    (Pair(Choice(Sector), Number(0)), "village=21", (Sector.VILLAGE, 21)),
    (Many(Choice(Origin)), "village, resident,village", [Origin.VILLAGE, Origin.RESIDENT]),
    (Many(Choice(Origin)), ("village,resident", "other"), [Origin.VILLAGE, Origin.RESIDENT, Origin.OTHER]),
    (Many(Text()), ["Kyydit, kahvit"], ["Kyydit, kahvit"]),
]


@pytest.mark.parametrize(("kind", "value", "read"), RIGHT, ids=lambda each: repr(each)[:30])
def test_a_right_value_is_read_as_meant(kind, value, read):
    assert kind.read(value, "kenttä", None) == read


# Things that go by a name


@on_a_file
@pytest.mark.parametrize("typed", ["Aino Äijälä", "aino äijälä", "Aino", "aino aijala", "Aino A\u0308ij", "P1"])
def test_a_person_is_found_by_the_beginning_of_the_name_and_without_the_dots(work, typed):
    assert Thing("person").read(typed, "kenttä", work) is person(work, "Aino Äijälä")


@on_a_file
@pytest.mark.parametrize("typed", ["Ei ole", "T99", "M1/1", "keuruu"])
def test_what_is_not_there_is_not_found(work, typed):
    keuruu(work)

    with pytest.raises(NotFound):
        Thing("person", "organisation", "theme", "item").read(typed, "kenttä", work)


@on_a_file
def test_a_name_that_several_have_is_ambiguous_and_says_whose(work):
    with pytest.raises(Ambiguous) as error:
        Thing("organisation").read("Keuruun", "kenttä", work)

    assert error.value.facts["candidates"] == ["Keuruun 4H-yhdistys", "Keuruun kaupunki", "Keuruun seurakunta"]
