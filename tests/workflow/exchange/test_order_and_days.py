"""In what order a book happens, and on what days where it does not say."""

from datetime import date

import pytest
from sqlalchemy import select

from models.history import HistoryEntry
from tests.workflow.exchange.books import errors_of, example, read_in, reading, sources, told, without
from workflow.days import local_day
from workflow.exchange.ordering import RANKS, in_order
from workflow.exchange.problems import Problems
from workflow.exchange.reading import read_book
from workflow.exchange.timing import fill_days
from workflow.lifecycles import PAGE

EVERY_MOVE = [
    f"{life.kind} {move.name}" for life in PAGE.lifecycles.values() for move in life.moves.values() if not move.follows
]


def days_of(text: str) -> dict[str, list[date]]:
    """The days of everything that a book tells, by kind and move."""
    book = read_book(*sources(text))
    fill_days([book], Problems())
    days: dict[str, list[date]] = {}
    for deed in book.deeds():
        days.setdefault(deed.code, []).append(deed.on)
    return days


def order_of(text: str) -> list[str]:
    """Everything that a book tells, in the order in which it is carried out."""
    book = read_book(*sources(text))
    fill_days([book], Problems())
    return [deed.code for deed in in_order([book], Problems())]


@pytest.mark.parametrize("code", EVERY_MOVE)
def test_every_move_has_a_place_in_the_course_of_a_day(code):
    assert code in RANKS


# Days


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("table seat", date(2015, 1, 10)),
        ("theme tell_proposer", date(2016, 6, 1)),
        ("series plan", date(2016, 1, 12)),
        ("meeting plan", date(2016, 1, 12)),
        ("meeting hold", date(2016, 2, 10)),
        ("meeting assign_actions", date(2016, 2, 10)),
        ("item submit", date(2016, 2, 1)),
        ("item accept", date(2016, 2, 1)),
        ("item settle", date(2016, 2, 10)),
        ("action assign", date(2016, 2, 10)),
    ],
)
def test_what_has_no_day_has_that_of_what_it_goes_with(code, day):
    assert set(days_of(example())[code]) == {day}


def test_a_thing_does_not_begin_after_its_first_step():
    days = days_of(example(("- accept\n", "- accept: 2016-01-25\n")))

    assert days["item submit"] == [date(2016, 1, 25)]


def test_a_matter_accepted_to_a_meeting_is_settled_when_that_was_held(database):
    waiting = """
        items:
          - title: Kyydit
            origin: village
            on: 2016-01-14
            steps: [{accept: {meeting: m1, on: 2016-01-30}}, {settle: {outcome: noted}}]
        results:
"""

    read_in(database, example(("\n        results:\n", waiting)))

    with reading(database) as work:
        settled = work.session.scalars(select(HistoryEntry.happened_at).where(HistoryEntry.move == "settle"))
        assert {local_day(moment) for moment in settled} == {date(2016, 2, 10)}


def test_a_meeting_moved_to_another_day_is_held_on_that():
    moved = "- reschedule: {on: 2016-02-05, when: 11.2.2016 klo 17-18.30, reason: Myrsky}\n                  - hold:"

    assert days_of(example(("- hold:", moved)))["meeting hold"] == [date(2016, 2, 11)]


def test_a_table_needs_a_day(database):
    (error,) = errors_of(database, without(example(), "    on: 2015-01-10"))

    assert told(error)[1:] == ("on", "missing")


# Order


def test_what_happened_on_one_day_happens_in_its_natural_order():
    text = example()
    for day in ("2015-02-01", "2016-01-12", "2016-01-20", "2016-02-01", "2016-02-20", "2016-03-10", "2016-03-20"):
        text = text.replace(day, "2015-01-10")
    text = text.replace("2016-05-20", "2015-01-10").replace("2016-06-01", "2015-01-10")
    for day in ("2016-02-10", "2016-02-11", "2016-02-12", "2016-02-19"):
        text = text.replace(day, "2015-01-10")
    text = text.replace("10.2.2016", "10.1.2015")

    order = [code for code in dict.fromkeys(order_of(text)) if code != "table translate"]

    assert order == [
        "table add",
        "table seat",
        "table found",
        "theme propose",
        "series plan",
        "meeting plan",
        "meeting convene",
        "item submit",
        "item accept",
        "meeting set_agenda",
        "meeting hold",
        "theme goal",
        "item settle",
        "action assign",
        "action report_done",
        "action close",
        "meeting assign_actions",
        "memo draft",
        "memo edit",
        "memo circulate",
        "memo confirm",
        "meeting complete",
        "result add",
        "theme evaluate",
        "theme tell_proposer",
        "series reach_results",
    ]


def test_a_thing_keeps_its_own_steps_in_their_order():
    text = example(("- tell_proposer\n", "- describe: 2016-01-13\n"))

    order = order_of(text)

    assert order.index("theme evaluate") < order.index("theme describe")


def test_nothing_happens_before_the_beginning_of_what_it_names(database):
    described = "- describe: {on: 2016-02-01, actions: [a1]}"
    text = example(("kind: event, on: 2016-05-20", f"kind: event, on: 2016-02-01, steps: [{described[2:]}]"))
    text = text.replace("- what: Ensimmäinen", "- ref: a1\n                        what: Ensimmäinen")

    read_in(database, text)

    with reading(database) as work:
        streams = work.session.scalars(select(HistoryEntry.stream).order_by(HistoryEntry.id)).all()
        described_at = len(streams) - 1 - streams[::-1].index("result:1")
    assert streams.index("action:1") < described_at


def test_numbers_decide_where_the_days_would_tell_another_order(database):
    text = example(
        ("- complete: 2016-02-20", "- complete: {on: 2016-02-20, number: 2}"),
        ("- reach_results: 2016-06-01", "- reach_results: {on: 2016-06-01, number: 3}"),
        ("kind: event, on: 2016-05-20", "kind: event, on: 2016-05-20, number: 1"),
    )

    read_in(database, text)

    with reading(database) as work:
        moves = work.session.scalars(select(HistoryEntry.move).order_by(HistoryEntry.id)).all()
    assert moves.index("add", 1) < moves.index("complete") < moves.index("reach_results")


def test_numbers_that_contradict_the_order_of_steps_are_told(database):
    text = example(
        ("- complete: 2016-02-20", "- complete: {on: 2016-02-20, number: 1}"),
        ("- set_agenda: 2016-02-01", "- set_agenda: {on: 2016-02-01, number: 2}"),
    )

    assert "order_contradicts" in [error.code for error in errors_of(database, text)]


def test_the_same_number_twice_is_told(database):
    text = example(
        ("- complete: 2016-02-20", "- complete: {on: 2016-02-20, number: 1}"),
        ("- set_agenda: 2016-02-01", "- set_agenda: {on: 2016-02-01, number: 1}"),
    )

    assert "number_repeated" in [error.code for error in errors_of(database, text)]


def test_history_has_the_days_of_the_book(database):
    read_in(database, example())

    with reading(database) as work:
        days = {entry.move: local_day(entry.happened_at) for entry in work.session.scalars(select(HistoryEntry))}
    assert (days["found"], days["convene"], days["close"]) == (date(2015, 2, 1), date(2016, 1, 20), date(2016, 3, 20))
