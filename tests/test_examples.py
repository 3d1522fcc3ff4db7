"""The books in examples/: they are read in, say what their sources say, and own up to what they assume."""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from models.database import Database
from models.people import Person
from models.reading import open_reader
from models.states import Content
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.reading import read_books
from workflow.exchange.schema import schema
from workflow.exchange.summary import Summary
from workflow.exchange.writing import write_book
from workflow.work import Work

EXAMPLES = Path(__file__).parents[1] / "examples"
BOOKS = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def read_in(place: str, *files: Path) -> Summary:
    """Read books into a database, as somebody who is none of their people."""
    with closing(Database(place)) as database, database.writing() as session:
        return carry_out(Work(session, Person(name=""), NOW), read_books(files))


def written_out(place: str) -> str:
    with closing(Database(place)) as database, database.reading() as session:
        return write_book(session)


def files_of(*books: str) -> list[Path]:
    return [EXAMPLES / f"{book}.yaml" for book in books]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, template_file: Path) -> Callable[[], str]:
    """New SQLite files."""

    def new_file() -> str:
        place = tmp_path_factory.mktemp("examples") / "pöytä.db"
        place.write_bytes(template_file.read_bytes())
        return str(place)

    return new_file


@pytest.fixture(scope="module")
def alone(empty: Callable[[], str]) -> Callable[[str], tuple[str, Summary]]:
    """A database with one book in it, and what reading it in did; each is made once."""

    @cache
    def read(book: str) -> tuple[str, Summary]:
        place = empty()
        return place, read_in(place, *files_of(book))

    return read


# Reading in


@pytest.mark.parametrize("book", BOOKS)
def test_a_book_is_read_into_an_empty_database(alone, book):
    _, summary = alone(book)

    assert sum(summary.parties.values()) > 0


@pytest.mark.parametrize("book", ["keuruu", "ita-uusimaa"])
def test_a_book_is_read_into_a_server(server_place, alone, book):
    summary = read_in(server_place, *files_of(book))

    assert summary == alone(book)[1]


def test_all_books_go_into_one_database_in_any_order(empty):
    at_once, forward, backward = empty(), empty(), empty()

    read_in(at_once, *files_of(*BOOKS))
    for book in BOOKS:
        read_in(forward, *files_of(book))
    for book in reversed(BOOKS):
        read_in(backward, *files_of(book))

    assert how_it_stands(at_once) == how_it_stands(forward) == how_it_stands(backward)


def how_it_stands(place: str) -> dict[str, Counter[tuple[str, ...]]]:
    """What is there and in which state, whatever numbers it was given."""
    columns = {
        "v_organisations": ("name", "sector"),
        "v_people": ("name", "organisation"),
        "v_projects": ("name", "funder", "owner"),
        "v_tables": ("ref", "state", "project"),
        "v_seats": ("table_ref", "area", "project", "role", "person", "organisation", "since", "until"),
        "v_themes": ("table_ref", "title", "state"),
        "v_meetings": ("table_ref", "begins_at", "state"),
        "v_actions": ("table_ref", "what", "responsible", "state"),
        "v_results": ("table_ref", "title", "state"),
    }
    with open_reader(place) as reader:
        return {
            view: Counter(tuple(row[name] for name in names) for row in reader.rows(view))
            for view, names in columns.items()
        }


# What the sources say


SIX_BODIES = [
    "Keurusseudun sydänyhdistys",
    "Keski-Suomen Muistiyhdistys / Keuruun alaosasto",
    "Keuruun kirjastotoimi",
    "Keuruun Ystäväntupa",
    "Keuruun Vanhusneuvosto",
    "Keuruun seurakunta",
]
VILLAGE_AGENT = "kyläasiamies, Pieksämäki"
JAPPILA, VIRTASALMI, COUNTRY = "pieksamaki-jappila", "pieksamaki-virtasalmi", "pieksamaki-maalaiskunta"
HEAD_OF_OLD_AGE_SERVICES = "vanhuspalvelujen johtaja, Pieksämäen kaupunki"
HEAD_OF_ADULT_EDUCATION = "kansalaisopiston rehtori, Pieksämäen kaupunki"
FORUMS = [f"etela-savo-{name}" for name in ("sote", "yritykset", "tutkimus", "tyohallinto", "elinkeino")]

# fmt: off
FACTS: list[tuple[str, str, dict[str, Any], str, list[Any]]] = [
    # S1: one theme, one, three, five meetings, or as many as it takes
    ("toimintamalli", "v_themes", {}, "state", ["results_reached"] * 3),
    ("toimintamalli", "v_themes", {}, "meetings_held", [1, 3, 5]),
    ("toimintamalli", "v_meetings", {}, "state", ["completed"] * 9),
    ("toimintamalli", "v_memos", {}, "state", ["confirmed"] * 8 + ["published"]),
    ("toimintamalli", "v_actions", {}, "state", ["closed"] * 12),
    # S2: a project with its funder, and its coordinator
    ("keski-suomi", "v_projects", {}, "funder", ["RAY"]),
    ("keski-suomi", "v_projects", {}, "owner", ["Keski-Suomen Sosiaaliturvayhdistys ry"]),
    ("keski-suomi", "v_seats", {"role": "coordinator"}, "project", ["Kehitytään kimpassa"]),
    ("pihtipudas", "v_tables", {}, "project", ["Kehitytään kimpassa"]),
    ("pihtipudas", "v_tables", {}, "state", ["active"]),
    ("pihtipudas", "v_themes", {}, "title", []),
    ("viitasaari", "v_tables", {}, "project", ["Kehitytään kimpassa"]),
    ("viitasaari", "v_tables", {}, "state", ["active"]),
    ("viitasaari", "v_themes", {}, "title", []),
    # S3: six bodies, each responsible in turn; no source says that the theme has come to its end
    ("keuruu", "v_actions", {"state": "closed"}, "responsible", SIX_BODIES),
    ("keuruu", "v_actions", {}, "due", ["2016-05-31"] * 6),
    ("keuruu", "v_results", {"kind_of_result": "event"}, "title", ["Kahvia ja kohtaamisia -tilaisuudet"]),
    ("keuruu", "v_themes", {}, "state", ["actions_assigned"]),
    # S4: events of the table's own, and a bulletin on its way to every household
    ("toivakka", "v_results", {}, "kind_of_result", ["event", "decided"]),
    ("toivakka", "v_actions", {"state": "in_progress"}, "responsible", ["Toivakan kunta"]),
    ("toivakka", "v_meetings", {}, "ref", []),
    # S5: a place that is looked at again later; a table whose leader changes twice
    ("joutsa", "v_results", {"kind_of_result": "place"}, "state", ["confirmed"]),
    ("joutsa", "v_results", {"kind_of_result": "place"}, "check_on", ["2019-12-31"]),
    ("joutsa", "v_seats", {"role": "convener"}, "since", ["2015-02-02", "2016-01-01", "2020-01-01"]),
    ("joutsa", "v_seats", {"role": "convener"}, "until", ["2015-12-31", "2019-12-31", None]),
    ("joutsa", "v_history", {"move": "hand_over"}, "ref", ["joutsa"] * 2),
    ("joutsa", "v_tables", {}, "rhythm", ["seasonal"]),
    ("joutsa", "v_channels", {}, "channel", ["email_list"]),
    # S6: three regional tables with three seats that must be filled, and matters of two kinds of origin
    ("pieksamaki", "v_tables", {"kind_of_table": "area"}, "ref", [JAPPILA, VIRTASALMI, COUNTRY]),
    ("pieksamaki", "v_seats", {"table_ref": JAPPILA, "required": 1}, "organisation",
     ["Jäppilän kylät ry", "Pieksämäen kaupunki", None]),
    ("pieksamaki", "v_seats", {"table_ref": VIRTASALMI, "required": 1}, "organisation",
     ["Virtasalmi-yhdistys", "Pieksämäen kaupunki", None]),
    ("pieksamaki", "v_seats", {"table_ref": COUNTRY, "required": 1}, "organisation",
     ["Pieksämäen kylät ry", "Pieksämäen kaupunki", None]),
    ("pieksamaki", "v_seats", {"required": 1, "organisation": None}, "person", [VILLAGE_AGENT] * 3),
    ("pieksamaki", "v_meetings", {}, "begins_at", ["2023-03-07T15:00:00.000000Z"]),
    ("pieksamaki", "v_meetings", {}, "ends_at", ["2023-03-07T16:30:00.000000Z"]),
    ("pieksamaki", "v_meetings", {}, "items_by", ["2023-02-15"]),
    ("pieksamaki", "v_meetings", {}, "state", ["agenda_set"]),
    ("pieksamaki", "v_items", {}, "origin", ["department", "village"]),
    ("pieksamaki", "v_projects", {}, "funder", ["Leader"]),
    ("pieksamaki", "v_projects", {}, "owner", ["Pieksämäen kylät ry"]),
    # S7: two tables without residents
    ("pieksamaki", "v_tables", {"kind_of_table": "networking"}, "ref",
     ["pieksamaki-palvelut", "pieksamaki-vapaaehtoiset"]),
    ("pieksamaki", "v_seats", {"table_ref": "pieksamaki-palvelut", "role": "convener"}, "person",
     [HEAD_OF_OLD_AGE_SERVICES]),
    ("pieksamaki", "v_seats", {"table_ref": "pieksamaki-vapaaehtoiset", "role": "convener"}, "person",
     [HEAD_OF_ADULT_EDUCATION]),
    # S10: a table with forums; its two themes could be convened, for the forums' sectors are its own
    ("etela-savo", "v_tables", {"parent_ref": "etela-savo"}, "ref", FORUMS),
    ("etela-savo", "v_organisations", {}, "sector",
     ["municipality", "company", "association", "education", "state", "municipality"]),
    ("etela-savo", "v_themes", {}, "state", ["convened"] * 2),
    # An appointed table, in two languages, founded in two rounds
    ("ita-uusimaa", "v_tables", {}, "state", ["active"]),
    ("ita-uusimaa", "v_tables", {}, "founded_paragraph", ["§ 137"]),
    ("ita-uusimaa", "v_tables", {}, "term_begins", ["2023-10-01"]),
    ("ita-uusimaa", "v_tables", {}, "term_ends", ["2025-09-30"]),
    ("ita-uusimaa", "v_history", {"ref": "ita-uusimaa", "move": "return"}, "to_state", ["returned"]),
    ("ita-uusimaa", "v_history", {"ref": "ita-uusimaa", "move": "resubmit"}, "to_state", ["proposed"]),
    ("ita-uusimaa", "v_translations", {"field": "name", "language": "sv"}, "text",
     ["Partnerskapsbordet vid Östra Nylands välfärdsområde"]),
    ("ita-uusimaa", "v_translations", {"kind": "theme"}, "language", ["sv"] * 5),
    ("ita-uusimaa", "v_meetings", {"state": "completed"}, "day", ["2024-02-13"]),
    # Others
    ("kaksineuvoinen", "v_meetings", {"state": "completed"}, "mode", ["remote"]),
    ("kaksineuvoinen", "v_items", {}, "outcome", ["noted", None]),
    ("janakkala", "v_tables", {}, "founded_by", ["Inno-ryhmä"]),
    ("janakkala", "v_results", {}, "kind_of_result", ["model"]),
    ("varkaus", "v_tables", {}, "area", ["Varkaus", "Kangaslampi", "Vanha Varkaus"]),
    ("varkaus", "v_actions", {}, "state", ["in_progress"]),
]
# fmt: on


@pytest.mark.parametrize(("book", "view", "chosen", "column", "expected"), FACTS)
def test_a_book_says_what_its_source_says(alone, book, view, chosen, column, expected):
    place, _ = alone(book)

    with open_reader(place) as reader:
        found = [row[column] for row in reader.rows(view, **chosen)]

    assert sorted(found, key=str) == sorted(expected, key=str)


def test_one_project_has_several_tables_under_one_coordinator(empty):
    place = empty()

    read_in(place, *files_of("keuruu", "toivakka", "joutsa", "pihtipudas", "viitasaari", "keski-suomi"))

    with open_reader(place) as reader:
        tables = [row["ref"] for row in reader.rows("v_tables", project="Kehitytään kimpassa")]
        coordinators = [row["person"] for row in reader.rows("v_seats", project="Kehitytään kimpassa")]
    assert sorted(tables) == ["keuruu", "pihtipudas", "toivakka", "viitasaari"]  # Joutsa's went on with another
    assert coordinators == ["koordinaattori, Kehitytään kimpassa"]


def test_all_that_partners_can_share_is_shared_at_the_table_of_the_model(alone):
    place, _ = alone("toimintamalli")

    with open_reader(place) as reader:
        shared = {row["content"] for row in reader.rows("v_contents")}

    assert shared == set(Content)


# Honesty


def test_the_model_keeps_every_promise(alone):
    _, summary = alone("toimintamalli")

    assert (summary.warnings, summary.overrides) == (Counter(), Counter())


@pytest.mark.parametrize("book", BOOKS)
def test_what_is_overridden_does_not_hold_and_the_reason_is_that_the_source_is_silent(alone, book):
    [told] = read_books(files_of(book))
    overriding = [deed for deed in told.deeds() if deed.overrides]

    assert Counter(code for deed in overriding for code in deed.overrides) == alone(book)[1].overrides
    assert [deed.reason for deed in overriding if "lähde" not in str(deed.reason).lower()] == []


@pytest.mark.parametrize("book", BOOKS)
def test_every_assumption_is_listed(book):
    text = (EXAMPLES / f"{book}.yaml").read_text(encoding="utf-8")

    assert len(re.findall(r"^ *# oletus: \S", text, re.M)) == sum(listed_for(book))
    assert len(re.findall(r"\boletus:", text)) == sum(listed_for(book))


def listed_for(book: str) -> list[int]:
    """In how many places each assumption is made that the README lists for a book."""
    _, _, after = README.partition(f"\n### {book}.yaml\n")
    assert after, f"{book} is not in the README"
    section = re.split(r"^#", after, maxsplit=1, flags=re.M)[0]
    return [places(point) for point in re.split(r"^- ", section, flags=re.M)[1:]]


def places(point: str) -> int:
    found = re.search(r"\((\d+)\s+places\)", point)
    return int(found[1]) if found else 1


def test_every_system_of_the_document_is_named_with_a_book_that_holds_it():
    rows = dict(re.findall(r"^\| (S\d+) \|(.*)\|$", README, re.M))

    assert list(rows) == [f"S{number}" for number in range(1, 11)]
    assert [row for row in rows.values() if not re.search(r"\]\([\w-]+\.yaml\)", row)] == []


def test_every_book_is_linked_and_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)]+)\)", README)

    assert {link for link in links if link.endswith(".yaml")} == {f"{book}.yaml" for book in BOOKS}
    assert [link for link in links if not (EXAMPLES / link).exists()] == []


# The format


class Plain(yaml.SafeLoader):
    """YAML as the book means it: days stay text, and `on` is a key."""


Plain.yaml_implicit_resolvers = {}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
Plain.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[0-9]+$"), list("0123456789"))
Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


@pytest.mark.parametrize("book", BOOKS)
def test_a_book_is_as_the_schema_says(book):
    tree = yaml.load((EXAMPLES / f"{book}.yaml").read_text(encoding="utf-8"), Plain)  # noqa: S506  # it is a safe one

    errors = jsonschema.Draft202012Validator(schema()).iter_errors(tree)

    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("book", BOOKS)
def test_what_is_written_out_reads_back_in(alone, empty, tmp_path, book):
    text = written_out(alone(book)[0])
    again = tmp_path / "again.yaml"
    again.write_text(text, encoding="utf-8")
    place = empty()

    read_in(place, again)

    assert written_out(place) == text


def test_all_books_together_are_written_out_and_read_back_in(empty, tmp_path):
    first, second = empty(), empty()
    read_in(first, *files_of(*BOOKS))
    again = tmp_path / "again.yaml"
    again.write_text(written_out(first), encoding="utf-8")

    read_in(second, again)

    assert written_out(second) == written_out(first)
