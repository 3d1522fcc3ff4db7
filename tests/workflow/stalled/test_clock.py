"""The clock of the causes: which days count, over holidays, pauses and what was set aside."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from workflow.stalled.clock import Calendar, Season, merged, next_working_day, number_of

YEAR = [Season.SUMMER, Season.CHRISTMAS]
DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31)).map(date.toordinal)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("calendar", "after", "until", "days"),
    [
        (Calendar(), "2016-01-01", "2016-01-31", 30),
        (Calendar(), "2016-01-31", "2016-01-31", 0),
        (Calendar(), "2016-02-01", "2016-01-31", 0),
        (Calendar([Season.SUMMER]), "2016-05-31", "2016-08-31", 0),
        (Calendar([Season.SUMMER]), "2016-05-30", "2016-09-01", 2),
        (Calendar([Season.SUMMER]), "2016-07-01", "2016-09-10", 10),
        (Calendar([Season.CHRISTMAS]), "2016-12-19", "2017-01-06", 0),
        (Calendar([Season.CHRISTMAS]), "2016-12-18", "2017-01-07", 2),
        (Calendar([Season.SUMMER]), "2016-12-19", "2017-01-06", 18),
        (Calendar(YEAR), "2015-12-31", "2016-12-31", 366 - 92 - 6 - 12),
        (Calendar(YEAR), "2014-12-31", "2017-12-31", 1096 - 3 * (92 + 6 + 12)),
        (Calendar(working=True), "2016-06-23", "2016-06-27", 1),  # Midsummer Eve, Midsummer Day, Sunday, Monday
        (Calendar(working=True), "2016-01-29", "2016-02-02", 2),
        (Calendar(working=True), "2016-12-23", "2016-12-27", 1),  # Christmas over a weekend
        (Calendar(working=True), "2016-03-24", "2016-03-29", 1),  # Easter
        (Calendar(YEAR, working=True), "2016-05-31", "2016-09-01", 1),
    ],
)
def test_the_days_that_count(calendar, after, until, days):
    assert calendar.between(day(after), day(until)) == days


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([("2016-02-01", "2016-02-11")], 20),
        ([("2016-01-11", "2016-01-31")], 20),
        ([("2015-01-01", "2015-01-11")], 30),
        ([("2016-02-01", "2016-02-11"), ("2016-02-05", "2016-02-16")], 15),
        ([("2016-02-05", "2016-02-16"), ("2016-02-01", "2016-02-06"), ("2016-02-16", "2016-02-17")], 14),
        ([("2016-01-01", "2017-01-01")], 0),
    ],
)
def test_what_was_set_aside_is_taken_off_once(spans, days):
    aside = [(day(begins), day(ends)) for begins, ends in spans]

    assert Calendar().elapsed(day("2016-01-21"), day("2016-02-20"), aside) == days


@given(DAYS, DAYS, DAYS, st.sets(st.sampled_from(YEAR)), st.booleans())
def test_a_span_is_the_sum_of_its_parts(one, other, third, seasons, working):
    first, middle, last = sorted((one, other, third))
    calendar = Calendar(seasons, working=working)

    assert calendar.between(first, last) == calendar.between(first, middle) + calendar.between(middle, last)


@given(DAYS, st.integers(0, 500), st.sets(st.sampled_from(YEAR)), st.booleans())
def test_a_span_counts_its_days_one_by_one(after, length, seasons, working):
    calendar = Calendar(seasons, working=working)
    counted = sum(calendar.counts(date.fromordinal(after + nth)) for nth in range(1, length + 1))

    assert calendar.between(after, after + length) == counted


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: tuple(sorted(pair)))))
def test_spans_that_overlap_become_one(spans):
    covered = {day for begins, ends in spans for day in range(begins + 1, ends + 1)}

    apart = merged(spans)

    assert [day for begins, ends in apart for day in range(begins + 1, ends + 1)] == sorted(covered)


@pytest.mark.parametrize(
    ("due", "done_by"),
    [
        ("2016-06-24", "2016-06-27"),  # Midsummer Eve
        ("2016-12-24", "2016-12-27"),  # Christmas Eve, a Saturday
        ("2016-12-06", "2016-12-07"),  # Independence Day
        ("2016-02-27", "2016-02-29"),  # a Saturday
        ("2016-03-01", "2016-03-01"),
    ],
)
def test_what_is_due_when_nobody_is_at_work_is_due_on_the_next_working_day(due, done_by):
    assert next_working_day(day(due)) == day(done_by)


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("2016-06-24", "2016-06-24"),
        ("2016-06-24T20:59:59.999999Z", "2016-06-24"),
        ("2016-06-24T21:00:00.000000Z", "2016-06-25"),  # midnight in Finland, in summer
        ("2016-01-24T21:59:59.000000Z", "2016-01-24"),
        ("2016-01-24T22:00:00.000000Z", "2016-01-25"),  # and in winter
    ],
)
def test_a_day_is_a_day_in_finland(kept, told):
    assert number_of(kept) == day(told)
