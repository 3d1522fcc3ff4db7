"""Databases and books to measure with: one table, any number of themes, five meetings each."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from models.database import Database
from models.people import Person
from models.schema import create
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.reading import read_books
from workflow.work import Work

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

HEAD = """\
poyta: table-book/1
organisations:
  - {name: Keuruun kaupunki, sector: municipality}
  - {name: Keuruun seurakunta, sector: parish}
  - {name: Keurusseudun sydänyhdistys, sector: association}
people:
  - {name: Aino Äijälä, organisation: Keuruun kaupunki}
tables:
  - short: keuruu
    name: Keuruun kumppanuuspöytä
    kind: network
    rhythm: monthly
    responsible: Aino Äijälä
    on: 2015-01-10
    steps:
      - seat: {on: 2015-01-10, person: Aino Äijälä, role: convener}
      - seat: {on: 2015-01-10, person: Aino Äijälä, role: secretary}
      - seat: {on: 2015-01-10, person: Aino Äijälä, role: chair}
      - seat: {on: 2015-01-10, organisation: Keuruun seurakunta}
      - seat: {on: 2015-01-10, organisation: Keurusseudun sydänyhdistys}
      - found: {on: 2015-01-20, decided_by: Kunnanhallitus}
    themes:
"""

THEME = """\
      - title: Teema {theme}
        on: 2015-02-01
        steps:
          - goal: {{on: {goal}, goal: Kukaan ei ole yksin, agreed_in: m{theme}x1, parties: [Keuruun seurakunta]}}
        series:
          - planned_meetings: 5
            on: 2015-02-01
            meetings:
"""

MEETING = """\
              - ref: m{theme}x{number}
                when: {day} 17:00-18:30
                place: Kirjasto
                on: 2015-02-01
                steps:
                  - convene: {convene}
                  - set_agenda: {convene}
                  - hold: {{on: {day}, present: [Aino Äijälä, Keuruun seurakunta]}}
                  - assign_actions: {day}
                  - complete: {confirmed}
                memos:
                  - on: {day}
                    steps:
                      - edit: {{on: {day}, text: Tehdään}}
                      - circulate: {{on: {day}, silent_until: {day}}}
                      - confirm: {confirmed}
                items:
                  - title: Asia
                    origin: resident
                    on: {convene}
                    steps:
                      - accept: {convene}
                      - settle: {{on: {day}, outcome: agreed, agreed: Tehdään}}
                    actions:
                      - what: Tehdään
                        to: Keuruun kaupunki
                        on: {day}
{end}"""

CLOSED = """\
                        steps:
                          - close: {{on: {day}, outcome: Tehty}}
"""


def book(themes: int, *, open_work: bool = False) -> str:
    """A table book of that many themes with five meetings each."""
    return HEAD + "".join(_theme(number, open_work=open_work) for number in range(1, themes + 1))


def some_tables(place: Path, themes: int) -> None:
    """A database with a book of that many themes read in; the last action of each is open."""
    create(str(place))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "book.yaml"
        file.write_text(book(themes, open_work=True), encoding="utf-8")
        read_in(place, file)


def read_in(place: Path, file: Path) -> None:
    """Read a book into a database."""
    database = Database(str(place))
    with database.writing() as session:
        carry_out(Work(session, Person(name=""), NOW), read_books([file]))
    database.close()


def _theme(theme: int, *, open_work: bool) -> str:
    first = date(2015, 3, 3)
    return THEME.format(theme=theme, goal=first) + "".join(_meetings(theme, first, open_work=open_work))


def _meetings(theme: int, first: date, *, open_work: bool) -> Iterator[str]:
    for number in range(1, 6):
        day = first + timedelta(days=28 * (number - 1))
        end = "" if open_work and number == 5 else CLOSED.format(day=day)
        days = {"day": day, "convene": day - timedelta(days=20), "confirmed": day + timedelta(days=1)}
        yield MEETING.format(theme=theme, number=number, end=end, **days)
