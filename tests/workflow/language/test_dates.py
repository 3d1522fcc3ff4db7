"""Dates are read as people type them, said back in three languages, and never guessed."""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

import pytest
from babel import Locale
from hypothesis import assume, example, given, strategies as st

from workflow.language import dates
from workflow.language.dates import (
    HELSINKI,
    UnreadableDate,
    When,
    moment,
    read_when,
    say_day,
    say_moment,
    say_span,
    say_understood,
)

LANGUAGES = ("fi", "sv", "en")
TUESDAY = date(2023, 3, 7)
JUST_THE_DAY = When(TUESDAY, None, None)
AT_FIVE = When(TUESDAY, time(17), None)
FIVE_TO_HALF_PAST_SIX = When(TUESDAY, time(17), time(18, 30))

ACCEPTED = {
    "2023-03-07": JUST_THE_DAY,
    "7.3.2023": JUST_THE_DAY,
    "07.03.2023": JUST_THE_DAY,
    "7. 3. 2023": JUST_THE_DAY,
    "7. maaliskuuta 2023": JUST_THE_DAY,
    "7 mars 2023": JUST_THE_DAY,
    "7 March 2023": JUST_THE_DAY,
    "7 Mar 2023": JUST_THE_DAY,
    "7 mar. 2023": JUST_THE_DAY,
    "ti 7.3.2023": JUST_THE_DAY,
    "tiistai 7.3.2023": JUST_THE_DAY,
    "tiistaina 7.3.2023": JUST_THE_DAY,
    "tis 7.3.2023": JUST_THE_DAY,
    "Tisdag 7 mars 2023": JUST_THE_DAY,
    "Tuesday, 7 March 2023": JUST_THE_DAY,
    "Tue 2023-03-07": JUST_THE_DAY,
    "ti 7.3.2023, viikko 10": JUST_THE_DAY,
    "7.3.2023, vecka 10": JUST_THE_DAY,
    "2023-03-07T17:00": AT_FIVE,
    "2023-03-07 17:00": AT_FIVE,
    "2023-03-07T17:00:00": AT_FIVE,
    "2023-03-07T17:00:30": When(TUESDAY, time(17, 0, 30), None),
    "2023-03-07T15:00Z": AT_FIVE,
    "2023-03-07T15:00:00z": AT_FIVE,
    "2023-03-07T17:00:00+02:00": AT_FIVE,
    "2023-03-07 17:00:00+0200": AT_FIVE,
    "2023-03-07T10:00-05": AT_FIVE,
    "2023-03-06T23:30Z": When(TUESDAY, time(1, 30), None),
    "7.3.2023 klo 17": AT_FIVE,
    "7.3.2023 klo 17.00": AT_FIVE,
    "7.3.2023 klo 17:00": AT_FIVE,
    "7.3.2023, klo 17": AT_FIVE,
    "7.3.2023 17.00": AT_FIVE,
    "7. maaliskuuta 2023 klo 17": AT_FIVE,
    "7.3.2023 kl 17": AT_FIVE,
    "7.3.2023 kl. 17": AT_FIVE,
    "7 Mar 2023 17:00": AT_FIVE,
    "7.3.2023 klo 0": When(TUESDAY, time(0), None),
    "7.3.2023 klo 7.05": When(TUESDAY, time(7, 5), None),
    "2023-03-07 17:00-18:30": FIVE_TO_HALF_PAST_SIX,
    "7.3.2023 klo 17-18.30": FIVE_TO_HALF_PAST_SIX,
    "7.3.2023 klo 17.00–18.30": FIVE_TO_HALF_PAST_SIX,
    "7.3.2023 klo 17 – 18.30": FIVE_TO_HALF_PAST_SIX,
    "7.3.2023 kl. 17-18.30": FIVE_TO_HALF_PAST_SIX,
    "7 mars 2023 kl. 17-18.30": FIVE_TO_HALF_PAST_SIX,
    "7 March 2023, 17:00-18:30": FIVE_TO_HALF_PAST_SIX,
    "2023-03-07 07:00-08:00": When(TUESDAY, time(7), time(8)),
    "29.2.2024": When(date(2024, 2, 29), None, None),
    "29.3.2026 klo 2-5": When(date(2026, 3, 29), time(2), time(5)),
    "25.10.2026 klo 2.59": When(date(2026, 10, 25), time(2, 59), None),
    "25.10.2026 klo 4": When(date(2026, 10, 25), time(4), None),
}

REFUSED = {
    "": "not_a_date",
    "soon": "not_a_date",
    "tiistai": "not_a_date",
    "klo 17": "not_a_date",
    "7 apples 2023": "not_a_date",
    "7.3.2023 or so": "not_a_date",
    "7.3.2023 klo": "not_a_date",
    "7.3.2023 17": "not_a_date",
    "7.3.2023 klo 17.5": "not_a_date",
    "7.3.2023 klo 17-18-19": "not_a_date",
    "7.3.-8.3.2023": "not_a_date",
    "7.3.12023": "not_a_date",
    "7.3.٢٠٢٣": "not_a_date",
    "2023-W10-2": "not_a_date",
    "2023-03-07T17:00+02:75": "not_a_date",
    "31.2.2023": "no_such_day",
    "29.2.2023": "no_such_day",
    "0.3.2023": "no_such_day",
    "7.13.2023": "no_such_day",
    "2023-02-31": "no_such_day",
    "31 juni 2023": "no_such_day",
    "1.1.0000": "no_such_day",
    "1.1.0001 klo 0": "no_such_day",
    "0001-01-01T00:00+14:00": "no_such_day",
    "3/7/2023": "ambiguous",
    "3/7/2023 17:00": "ambiguous",
    "3/7": "ambiguous",
    "2023/3/7": "ambiguous",
    "03-07-2023": "ambiguous",
    "23-03-07": "ambiguous",
    "7.3.23": "ambiguous",
    "7.3.23 klo 17": "ambiguous",
    "7 March 23": "ambiguous",
    "7.3.": "ambiguous",
    "7.3": "ambiguous",
    "ti 7.3. klo 17": "ambiguous",
    "7. maaliskuuta": "ambiguous",
    "7 mars kl. 17": "ambiguous",
    "2023-03-07T17:00-18:30": "ambiguous",
    "2023-03-07 17:00-18": "ambiguous",
    "2023-03-07 17:00:00-05:00": "ambiguous",
    "7.3.2023 klo 25": "no_such_time",
    "7.3.2023 klo 24": "no_such_time",
    "7.3.2023 klo 17.60": "no_such_time",
    "7.3.2023 klo 22-24": "no_such_time",
    "2023-03-07T25:00": "no_such_time",
    "2023-03-07T24:00Z": "no_such_time",
    "29.3.2026 klo 3.30": "no_such_time",
    "29.3.2026 klo 2-3.30": "no_such_time",
    "2026-03-29T03:00": "no_such_time",
    "25.10.2026 klo 3.30": "twice_that_night",
    "25.10.2026 klo 2-3": "twice_that_night",
    "2026-10-25T03:30": "twice_that_night",
    "7.3.2023 klo 18-17": "ends_before_it_begins",
    "7.3.2023 klo 17-17.00": "ends_before_it_begins",
    "7.3.2023 klo 22-1": "ends_before_it_begins",
    "2023-03-07 17:00-05:00": "ends_before_it_begins",
    "ma 7.3.2023": "wrong_weekday",
    "keskiviikkona 7.3.2023 klo 17": "wrong_weekday",
    "onsdag 7 mars 2023": "wrong_weekday",
    "Wed 2023-03-07": "wrong_weekday",
    "tiistai 7.3.2023, viikko 11": "wrong_weekday",
}

# Summer time has followed one rule since 1981; before 1921 Helsinki was 1 h 39 min 49 s ahead.
moments = st.datetimes(datetime(1981, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
languages = st.sampled_from(LANGUAGES)


def to_the_minute(local):
    return local.time().replace(second=0, microsecond=0)


def told_once(at):
    """Whether clocks in Helsinki show this time once that night."""
    local = at.astimezone(HELSINKI)
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


@pytest.mark.parametrize(("text", "when"), ACCEPTED.items())
def test_a_date_is_read_as_people_type_it(text, when):
    assert read_when(text) == when


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_what_is_not_one_certain_date_is_refused_with_its_reason(text, reason):
    with pytest.raises(UnreadableDate) as refused:
        read_when(text)

    assert (refused.value.text, refused.value.reason) == (text, reason)


def test_every_reason_is_met_above():
    assert set(REFUSED.values()) == set(get_args(dates.Reason))


@pytest.mark.parametrize(("text", "when"), ACCEPTED.items())
def test_case_and_width_of_space_do_not_matter(text, when):
    typed = "\u00a0 " + text.upper().replace(" ", " \u00a0\t") + "\n"

    assert read_when(typed) == when


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_may_come_composed_or_in_parts(form):
    typed = unicodedata.normalize(form, "lördag 7. heinäkuuta 2029")

    assert read_when(typed).day == date(2029, 7, 7)


def test_what_was_typed_is_kept_as_typed():
    with pytest.raises(UnreadableDate) as refused:
        read_when("  31.2.2023\u00a0KLO 17 ")

    assert refused.value.text == "  31.2.2023\u00a0KLO 17 "


@given(st.text() | st.text("0123456789.:-–/ tzklo", max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        when = read_when(text)
    except UnreadableDate as refused:
        assert refused.text == text
    else:
        assert isinstance(when, When)


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (TUESDAY, time(17), datetime(2023, 3, 7, 15, tzinfo=UTC)),
        (date(2023, 7, 1), time(1), datetime(2023, 6, 30, 22, tzinfo=UTC)),
    ],
)
def test_a_moment_is_kept_in_utc(day, clock, utc):
    at = moment(day, clock)

    assert (at, at.tzinfo) == (utc, UTC)


@given(moments)
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
def test_an_iso_moment_is_read_back_even_in_the_doubled_hour(at):
    at = at.replace(microsecond=0)

    when = read_when(at.isoformat())

    assert moment(when.day, when.begins) == at


@pytest.mark.parametrize(("language", "said"), [("fi", "7.3.2023"), ("sv", "7.3.2023"), ("en", "7 March 2023")])
def test_a_day_is_said(language, said):
    assert say_day(TUESDAY, language) == said


@pytest.mark.parametrize(
    ("language", "clock", "said"),
    [
        ("fi", time(17), "7.3.2023 klo 17"),
        ("fi", time(17, 5), "7.3.2023 klo 17.05"),
        ("sv", time(17), "7.3.2023 kl. 17"),
        ("sv", time(9, 5), "7.3.2023 kl. 9.05"),
        ("en", time(17), "7 March 2023, 17:00"),
        ("en", time(9, 5), "7 March 2023, 09:05"),
    ],
)
def test_a_moment_is_said_in_helsinki_time(language, clock, said):
    assert say_moment(moment(TUESDAY, clock), language) == said


def test_a_moment_without_a_zone_is_a_broken_promise():
    with pytest.raises(AssertionError):
        say_moment(datetime(2023, 3, 7, 17), "fi")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "7.3.2023 klo 17–18.30"),
        ("sv", "7.3.2023 kl. 17–18.30"),
        ("en", "7 March 2023, 17:00–18:30"),
    ],
)
def test_a_span_says_its_day_once(language, said):
    assert say_span(moment(TUESDAY, time(17)), moment(TUESDAY, time(18, 30)), language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "7.3.2023 klo 22 – 8.3.2023 klo 0.30"),
        ("sv", "7.3.2023 kl. 22 – 8.3.2023 kl. 0.30"),
        ("en", "7 March 2023, 22:00 – 8 March 2023, 00:30"),
    ],
)
def test_a_span_over_midnight_says_both_ends_whole(language, said):
    assert say_span(moment(TUESDAY, time(22)), moment(date(2023, 3, 8), time(0, 30)), language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "tiistai 7.3.2023, viikko 10"),
        ("sv", "tisdag 7.3.2023, vecka 10"),
        ("en", "Tuesday 7 March 2023, week 10"),
    ],
)
def test_a_day_is_echoed_with_weekday_and_week(language, said):
    assert say_understood(TUESDAY, language) == said


def test_the_week_of_new_year_may_belong_to_the_old_year():
    assert say_understood(date(2027, 1, 1), "fi") == "perjantai 1.1.2027, viikko 53"


@given(st.dates(), languages)
def test_a_day_said_is_read_back(day, language):
    assert read_when(say_day(day, language)) == When(day, None, None)


@given(st.dates(), languages)
def test_an_echo_is_read_back(day, language):
    assert read_when(say_understood(day, language)) == When(day, None, None)


@given(moments, languages)
def test_a_moment_said_is_read_back(at, language):
    assume(told_once(at))
    local = at.astimezone(HELSINKI)

    assert read_when(say_moment(at, language)) == When(local.date(), to_the_minute(local), None)


@given(moments, st.timedeltas(timedelta(minutes=1), timedelta(hours=23)), languages)
def test_a_span_said_within_one_day_is_read_back(begins, length, language):
    ends = begins + length
    first, last = begins.astimezone(HELSINKI), ends.astimezone(HELSINKI)
    assume(first.date() == last.date() and told_once(begins) and told_once(ends))

    when = read_when(say_span(begins, ends, language))

    assert when == When(first.date(), to_the_minute(first), to_the_minute(last))


def test_a_span_of_no_length_is_said_as_a_moment():
    at = moment(TUESDAY, time(17))

    assert say_span(at, at, "fi") == "7.3.2023 klo 17"


@pytest.mark.parametrize("said", ["25.10.2026 klo 3.30", "25.10.2026 kl. 3.30", "25 October 2026, 03:30"])
def test_the_doubled_hour_as_said_is_refused(said):
    with pytest.raises(UnreadableDate, match="twice_that_night"):
        read_when(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_month_names_are_those_of_cldr(language):
    cldr = Locale(language).months["format"]["wide"]

    assert dates.MONTHS[language] == tuple(cldr[number] for number in range(1, 13))


@pytest.mark.parametrize("language", dates.SHORT_MONTHS)
def test_short_month_names_are_those_of_cldr(language):
    cldr = Locale(language).months["format"]["abbreviated"]

    assert dates.SHORT_MONTHS[language] == tuple(cldr[number].rstrip(".") for number in range(1, 13))


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekday_names_are_those_of_cldr(language):
    cldr = Locale(language).days["stand-alone"]["wide"]

    assert dates.WEEKDAYS[language] == tuple(cldr[number] for number in range(7))


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_weekday_names_are_those_of_cldr(language):
    cldr = Locale(language).days["format"]["abbreviated"]

    assert dates.SHORT_WEEKDAYS[language] == tuple(cldr[number] for number in range(7))


@pytest.mark.parametrize("number", range(7))
def test_finnish_weekdays_are_read_as_cldr_inflects_them(number):
    day = TUESDAY + timedelta(days=number - TUESDAY.weekday())
    on_that_weekday = Locale("fi").days["format"]["wide"][number]

    assert read_when(f"{on_that_weekday} {say_day(day, 'fi')}").day == day


@pytest.mark.parametrize(
    "tables",
    [(dates.MONTHS, dates.SHORT_MONTHS), (dates.WEEKDAYS, dates.SHORT_WEEKDAYS)],
    ids=["months", "weekdays"],
)
def test_no_name_means_two_things_in_two_languages(tables):
    meanings = {}
    for table in tables:
        for names in table.values():
            for number, name in enumerate(names):
                meanings.setdefault(name.casefold(), set()).add(number)

    assert all(len(numbers) == 1 for numbers in meanings.values())
