"""Words that do harm, put into a database by other hands, and what an answer does that it should not."""

import re
import shlex
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.database import Database
from models.people import Person
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.reading import read_books
from workflow.exchange.sources import Source
from workflow.work import Work

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Poyta

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[2] / "examples" / "toimintamalli.yaml"

CALLED = """\
poyta: table-book/1
organisations: [{name: Keuruun kaupunki, sector: municipality}, {name: Äijälän kyläyhdistys, sector: village}]
people: [{name: Aino Äijälä, organisation: Keuruun kaupunki}]
tables:
  - {short: aloittava, name: Aloittava, kind: network, on: 2016-01-10, by: Aino Äijälä}
  - short: keuruu
    name: Keuruun kumppanuuspöytä
    kind: network
    responsible: Aino Äijälä
    on: 2016-01-10
    steps:
      - seat: {person: Aino Äijälä, role: convener, required: true}
      - seat: {person: Aino Äijälä, role: secretary}
      - seat: {person: Aino Äijälä, role: chair}
      - seat: {organisation: Äijälän kyläyhdistys, required: true}
      - found: 2016-01-20
    themes:
      - title: Kyydit
        series:
          - planned_meetings: 3
            meetings:
              - when: 2016-03-10 17:00-18:30
                place: Kirjasto
                steps: [convene: 2016-02-10, set_agenda: 2016-02-11]
                items: [{title: Kyydit, origin: resident, on: 2016-02-10, steps: [accept: 2016-02-10]}]
"""
"""A table with a meeting before it is held."""

CLEAR, TITLE, NEWER = "\x1b[2J\x1b[H", "\x1b]0;owned\x07", "\x9b31m"
TURNED, HIDDEN, EMPTY = "\u202egnorw\u2066", "\u200b\u00ad\u2060", "\u3164\u115f"
HOSTILE = f"Aa{CLEAR}{TITLE}{NEWER}{TURNED}{HIDDEN}{EMPTY}\r\x7f\u2028\nFORGED: T9 results reached"
"""Everything that a terminal would obey or that hides something, and a second line that looks like one of ours."""

WORDS = {
    "organisations": ["name"],
    "people": ["name", "email"],
    "projects": ["name", "funder"],
    "partnership_tables": ["name", "area", "founded_by", "founded_paragraph", "founding_decision"],
    "themes": ["title", "why_together", "goal", "evaluation"],
    "translations": ["text"],
    "history_words": ["text"],
    "seats": ["area"],
    "meetings": ["place", "link", "no_actions_because"],
    "agenda_items": ["title", "origin_detail", "agreed", "precedes", "confidential"],
    "memos": ["link", "register_number"],
    "attendance": ["only_for"],
    "results": ["title", "evidence"],
    "actions": ["what", "waiting_for", "outcome"],
    "action_shares": ["part"],
}
"""Where free words are kept."""

LOOKING = """
status | next --as P1 | next --as P2 | history | history T1 | history M1 | history toimintamalli --at 2016-05-01
table list | table show toimintamalli | table map toimintamalli | theme list | theme show T1
series list | series show S1 | lifecycle | lifecycle theme
meeting list | meeting show M1 | meeting show M2 | agenda list | agenda show M1/1 | action list | action show A1
meeting replies M2
result list | result show O1 | person list | person show P1 | org list | org show G1 | project list | project show H1
why T1 --as P1 | why M1 M2 S1 A1 O1 toimintamalli --as P1 | why --all meeting --as P1 | why --all theme --as P2
memo list | memo show M1 | audit published --at 2024-06-01 | audit translations
export | export toimintamalli --email | audit log | audit verify | db check | doctor
theme evaluate T1 --as P1 --evaluation x | meeting reschedule M2 --as P1 | undo T1 --as P1 --reason x
table rules toimintamalli --as P1 --code x --level off | table seat toimintamalli --person Aa
meeting export M1 | agenda export M1 | memo export M1 | theme export T1 | result export O1 | table export mallila
table bulletin mallila | org actions G1 | person actions P1 | person actions P2 --public
theme show nobody | person show Aa | trace T1 | trace M1/1 | trace A1 | trace O1 | trace T1 --mermaid | trace M2 --json
picture table mallila | picture lifecycle T1 | picture timeline S1 | picture stalled | picture actions --json
"""


def strange(text: str) -> set[str]:
    """The characters in it that can't be seen, but for the ends of lines. Found in another way than `visible` does."""
    hiding = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return {f"U+{ord(each):04X}" for each in text if unicodedata.category(each) in hiding and each != "\n"} | {
        f"U+{ord(each):04X}" for each in text if each in EMPTY
    }


def harm(answer: "Answer") -> dict[str, object]:
    """What an answer does that it should not."""
    text = answer.out + answer.err
    found = {
        "strange": strange(text),
        "forged": [line for line in text.split("\n") if re.match(" {0,3}FORGED", line)],
        "fault": answer.err[-300:] if answer.status == 1 else "",
    }
    return {what: which for what, which in found.items() if which}


def rewrite(place: str, statements: list[str]) -> None:
    """What others may do to a file, who don't ask poyta."""
    with closing(sqlite3.connect(place)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA ignore_check_constraints=1")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def text_of(word: str) -> str:
    """A word as SQL, bytes and all."""
    return f"CAST(x'{word.encode().hex()}' AS TEXT)"


def read_in(book: str, template: Path, place: Path) -> Path:
    shutil.copy(template, place)
    database = Database(str(place))
    with database.writing() as session:
        carry_out(Work(session, Person(name=""), NOW), read_books([Source("book.yaml", book.encode())]))
    database.close()
    return place


def commands() -> Iterator[list[str]]:
    for text in filter(None, re.split(r"[|\n]", LOOKING)):
        if words := shlex.split(text):
            yield words


def harms(poyta: "Poyta", *more: str) -> dict[str, dict[str, object]]:
    done = {" ".join(words): harm(poyta(*words, *more)) for words in commands()}
    return {command: found for command, found in done.items() if found}
