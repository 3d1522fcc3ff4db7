"""The history as other programs take it: valid by the published schema, without names, the same however it is read."""

import csv
import io
import json
import re
import tracemalloc
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema
import pytest

from models.database import Database
from models.history import HistoryEntry
from models.people import Person
from models.reading import open_reader
from models.states import ActionState, ErasureGround, ItemOutcome, ItemState, MeetingState, ThemeState
from tests.builders import PARTIES, PEOPLE, action_at, item_at, keuruu, new, step, theme_at
from tests.looking import at_work
from tests.spring import a_series, day, hold, meeting_on, now, take_back
from workflow.details import PARTY_TAKES, TAKES, TRANSLATION
from workflow.exchange.carrying_out import carry_out
from workflow.exchange.events import ROWS, History
from workflow.exchange.facts import facts_of
from workflow.exchange.ocel import write_ocel
from workflow.exchange.reading import read_books
from workflow.exchange.tabular import write_csv, write_json
from workflow.exchange.xes import write_xes
from workflow.forgetting import forget
from workflow.lifecycles import PAGE
from workflow.merging import merge
from workflow.outcomes import How
from workflow.references import DATABASE
from workflow.register import Noted, note
from workflow.registering import REGISTER
from workflow.work import Work

OCEL = json.loads((Path(__file__).parent / "ocel20-schema-json.json").read_text(encoding="utf-8"))
"""The published schema; where it is from is told beside it."""

EXAMPLES = Path(__file__).parents[3] / "examples"
LATER = datetime(2026, 11, 24, 10, tzinfo=UTC)

XES = {"": "http://www.xes-standard.org/"}
HOSTILE = '=cmd|"/C calc"!A0 & <b>"Kyydit"</b>;\u202e\n\tå'
"""A title that would do harm in a spreadsheet, in XML, or on a screen."""

Write = Callable[[History], Any]


def exported(place: str, write: Write, *tables: str, words: bool = False) -> str:
    with open_reader(place) as reader:
        return "".join(write(History(reader, tables, words=words)))


def ocel(place: str, *tables: str, words: bool = False) -> dict[str, Any]:
    return dict(json.loads(exported(place, write_ocel, *tables, words=words)))


def items(place: str, *tables: str, words: bool = False) -> list[dict[str, Any]]:
    return list(json.loads(exported(place, write_json, *tables, words=words))["items"])


def rows(place: str, *tables: str, words: bool = False) -> list[dict[str, str]]:
    text = exported(place, write_csv, *tables, words=words)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def traces(place: str, *tables: str, words: bool = False) -> dict[str, list[dict[str, str]]]:
    """The events of each trace, by the trace's name: what each attribute says by its key."""
    log = Xml.fromstring(exported(place, write_xes, *tables, words=words))  # noqa: S314  # our own words
    return {
        _keyed(trace)["concept:name"]: [_keyed(event) for event in trace.findall("event", XES)]
        for trace in log.findall("trace", XES)
    }


def _keyed(element: Xml.Element) -> dict[str, str]:
    keyed = [(each.get("key", ""), each.get("value", "")) for each in element if each.get("key")]
    assert len(dict(keyed)) == len(keyed), keyed
    return dict(keyed)


# What is wrong with a document


TIMES = jsonschema.FormatChecker(formats=[])


@TIMES.checks("date-time", raises=ValueError)
def _is_a_moment(value: object) -> bool:
    """To the millisecond or closer, in UTC. The library itself looks at no moment."""
    return (
        isinstance(value, str)
        and bool(re.fullmatch(r"[\d-]{10}T[\d:]{8}\.\d{3,6}Z", value))
        and bool(datetime.fromisoformat(value))
    )


def faults_by_the_schema(document: Any) -> list[str]:
    validator = jsonschema.Draft7Validator(OCEL, format_checker=TIMES)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


VALUES: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "time": datetime.fromisoformat,
}


def faults_by_the_specification(document: dict[str, Any]) -> list[str]:
    """What the text of the specification asks beyond the schema: its keys, and the types it declares (7.2, 8)."""
    faults = []
    declared = {}
    for types, things in (("eventTypes", "events"), ("objectTypes", "objects")):
        known = {each["name"]: {a["name"]: a["type"] for a in each["attributes"]} for each in document[types]}
        faults += _twice(types, (each["name"] for each in document[types]))
        faults += _twice(things, (each["id"] for each in document[things]))
        declared[things] = known
    objects = {each["id"] for each in document["objects"]}
    for things in ("events", "objects"):
        for each in document[things]:
            types = declared[things].get(each["type"])
            if types is None:
                faults.append(f"{each['id']} is of no type")
                continue
            for attribute in each["attributes"]:
                try:
                    VALUES[types[attribute["name"]]](attribute["value"])
                except (KeyError, ValueError):
                    faults.append(f"{each['id']}: {attribute}")
            faults += _twice(each["id"], ((a["name"], a.get("time")) for a in each["attributes"]))
            faults += _twice(each["id"], (tuple(relation.items()) for relation in each["relationships"]))
            gone = {relation["objectId"] for relation in each["relationships"]} - objects
            faults += [f"{each['id']} names {name}, which is not there" for name in sorted(gone)]
    return faults


def _twice(where: str, names: Any) -> list[str]:
    return [f"{where}: {name} twice" for name, count in Counter(names).items() if count > 1]


def faults_of(document: dict[str, Any]) -> list[str]:
    return faults_by_the_schema(document) or faults_by_the_specification(document)


# Histories to export


@pytest.fixture(scope="module")
def books(tmp_path_factory, template_file) -> str:
    """Every example book in one SQLite file."""
    place = tmp_path_factory.mktemp("books") / "pöytä.db"
    place.write_bytes(template_file.read_bytes())
    with closing(Database(str(place))) as database, database.writing() as session:
        carry_out(Work(session, Person(name=""), LATER), read_books(sorted(EXAMPLES.glob("*.yaml"))))
    return str(place)


def eventful(database: Database) -> None:
    """Two tables with all that is hard to tell: a joint meeting, matters carried over, steps taken back, an erasure."""
    with at_work(database) as work:
        ours, theirs = a_series(work), a_series(work, "multia")
        meeting = new(work, "meeting", ours)
        step(work, meeting, "join", {"series": f"S{theirs.id}"})
        step(work, meeting, "convene", {"when": "2.2.2016 klo 17-18.30", "place": "Kirjasto", "channel": "open_call"})
        item = item_at(work, meeting, ItemState.ACCEPTED, HOSTILE)
        step(work, meeting, "set_agenda")
        told = {"left": "Aino=18.05", "only_for": "Göran=asia 2", "count": ["village=21"], "total": 71}
        hold(work, meeting, present={"present": ["Aino", "Göran", "Pekka", "Äijälän kyläyhdistys"]} | told)
        step(work, item, "settle", {"outcome": ItemOutcome.CARRIED_OVER}, on=day(2, 2, 17))
        following = meeting_on(work, ours, "22.3.2016", MeetingState.AGENDA_SET)
        now(work, following, "cancel")
        undone_and_made_anew(work, ours.theme)
        step(work, ours.theme, "translate", {"field": "title", "language": "sv", "text": "Ensamhet"})
        step(work, ours.table, "seat", {"person": "Sirkka", "deputy_for": "Göran", "required": True})
        step(work, theirs.theme, "describe", {"content": ["discussion", "services"]})
        now(work, theirs.table, "rules", {"code": "place_or_link", "level": "off"})
        now(work, theirs.theme, "suspend", {"revisit": "1.9.2016"})
        merge(work, work.find("Väinö", "person"), work.find("Sirkka", "person"), How(reason="Sama ihminen"))
        now(work, ours.table, "unseat", {"person": "Sirkka"})
        forget(work, work.find("Sirkka", "person"), ErasureGround.OBJECTED, How(reason="Hän pyysi"))
        note(work, Noted(DATABASE, "restore"))


def undone_and_made_anew(work: Any, theme: Any) -> None:
    """A piece of work that was started, not started after all, and started earlier than was said at first."""
    action = action_at(work, theme, ActionState.ASSIGNED, HOSTILE, shared_with=["Göran", "Möksyn Leipä Oy"])
    step(work, action, "start", on=day(5, 2))
    take_back(work, action)
    step(work, action, "start", on=day(4, 4))


@pytest.fixture
def told(database: Database, place: str) -> str:
    """That history, once on each kind of database."""
    eventful(database)
    return place


@pytest.fixture(scope="module")
def on_file(tmp_path_factory, template_file) -> str:
    """That history in one SQLite file, which is only read."""
    place = tmp_path_factory.mktemp("eventful") / "pöytä.db"
    place.write_bytes(template_file.read_bytes())
    with closing(Database(str(place))) as database:
        eventful(database)
    return str(place)


# OCEL: the published schema and the specification


@pytest.mark.parametrize("words", [False, True])
def test_the_example_books_are_valid(books, words):
    document = ocel(books, words=words)

    assert faults_of(document) == []
    assert len(document["events"]) > 500


@pytest.mark.parametrize("words", [False, True])
def test_a_history_with_all_that_is_hard_to_tell_is_valid(told, words):
    assert faults_of(ocel(told, words=words)) == []


def test_a_history_in_which_nothing_happened_is_valid(file_place):
    assert faults_of(ocel(file_place)) == []


@pytest.mark.parametrize("table", ["keuruu", "etela-savo-sote", "ita-uusimaa"])
def test_the_history_of_one_table_is_valid_by_itself(books, table):
    document = ocel(books, table)

    assert faults_of(document) == []
    assert {value for event in document["events"] for value in _told(event, "entry_table")} == {table}


WRONG = {
    "a number for text": lambda document: document["events"][0]["attributes"][0].update(value=1),
    "an id that is no text": lambda document: document["events"][0].update(id=1),
    "no time": lambda document: document["events"][0].pop("time"),
    "a day for a moment": lambda document: document["events"][0].update(time="2016-05-20"),
    "a moment of no zone": lambda document: document["events"][0].update(time="2016-05-20T12:00:00.000000"),
    "a moment of no day": lambda document: document["events"][0].update(time="2016-02-30T12:00:00.000000Z"),
    "a relation to nothing": lambda document: document["events"][0]["relationships"][0].pop("objectId"),
    "a relation of no kind": lambda document: document["objects"][0]["relationships"].append({"objectId": "T1"}),
    "an object that is told of once": lambda document: document["objects"][0]["attributes"][0].pop("time"),
    "a type without attributes": lambda document: document["eventTypes"][0].pop("attributes"),
    "no types": lambda document: document.pop("objectTypes"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_document_that_is_wrong_by_the_schema_is_found_out(on_file, wrong):
    document = ocel(on_file)

    WRONG[wrong](document)

    assert faults_by_the_schema(document) != []


UNMEANT = {
    "a value of another type": lambda d: d["events"][0]["attributes"].append({"name": "entry_number", "value": "yksi"}),
    "an attribute nobody declared": lambda d: d["events"][0]["attributes"].append({"name": "colour", "value": "red"}),
    "two events of one name": lambda d: d["events"].append(d["events"][0]),
    "an object that is not there": lambda d: d["objects"].pop(),
    "a type that is not there": lambda d: d["eventTypes"].pop(),
    "two values at one moment": lambda d: d["objects"][0]["attributes"].append(d["objects"][0]["attributes"][0]),
}


@pytest.mark.parametrize("unmeant", UNMEANT)
def test_a_document_that_is_wrong_by_the_specification_is_found_out(on_file, unmeant):
    document = ocel(on_file)

    UNMEANT[unmeant](document)

    assert faults_by_the_schema(document) == []
    assert faults_by_the_specification(document) != []


# What it tells


def test_every_entry_is_an_event_and_every_thing_an_object(told, database):
    document = ocel(told)

    with database.reading() as session:
        entries = [(f"e{each.id}", each.stream.partition(":")[0], each.move) for each in session.query(HistoryEntry)]
    assert sorted((event["id"], *event["type"].split()) for event in document["events"]) == sorted(entries)
    streams = {event["relationships"][0]["objectId"] for event in document["events"]}
    assert streams <= {each["id"] for each in document["objects"]}


def test_an_event_names_the_thing_what_it_is_under_who_acted_and_what_it_follows(on_file):
    convened = _events(ocel(on_file), "series convene")[0]

    told = [(relation["qualifier"], relation["objectId"]) for relation in convened["relationships"]]

    assert told[:4] == [("of", "S1"), ("under", "T1"), ("by", "person:person-1"), ("because_of", "M1")]
    assert _told(convened, "because_of") == [_events(ocel(on_file), "meeting convene")[0]["id"]]


def test_an_event_names_what_its_facts_name(on_file):
    [seated] = [each for each in _events(ocel(on_file), "table seat") if _told(each, "required")]
    held = _events(ocel(on_file), "meeting hold")[0]

    assert _named(seated, "person") == ["person:person-4"]
    assert _named(seated, "deputy_for") == ["person:person-2"]
    assert _told(seated, "required") == ["true"]
    assert _named(held, "present") == ["person:person-1", "person:person-2", "person:person-3", "G2"]
    assert _named(held, "left") == ["person:person-1"]
    assert _told(held, "left") == ["person:person-1=18:05"]
    assert _told(held, "total") == ["71"]


def test_a_joint_meeting_is_under_the_series_and_themes_of_both_tables(on_file):
    document = ocel(on_file)

    assert _named(_events(document, "meeting hold")[0], "under") == ["S1", "T1", "S2", "T2"]
    assert _related(document, "M1", "under") == ["S1", "T1", "S2", "T2"]


def test_a_matter_carried_over_names_the_one_that_it_copies(on_file):
    document = ocel(on_file)

    assert _related(document, "item:2", "carried_from") == ["item:1"]


def test_a_state_changes_over_time_and_what_was_taken_back_is_no_state(on_file):
    document = ocel(on_file)

    assert _states(document, "M1") == ["planned", "convened", "agenda_set", "held"]
    assert _states(document, "A1") == ["assigned", "in_progress"]
    assert _attributes(document, "A1", "state")[-1][1].startswith("2016-04-04")
    assert len(_events(document, "action undo")) == 1


def test_of_two_people_who_are_one_each_keeps_a_pseudonym(on_file):
    document = ocel(on_file)

    assert _states(document, "person:person-6") == ["known", "merged"]
    assert _related(document, "person:person-6", "merged_into") == ["person:person-4"]
    assert _named(_events(document, "person merge")[0], "into") == ["person:person-4"]
    assert _named(_events(document, "person forget")[0], "of") == ["person:person-4", "person:person-6"]


def test_what_happened_to_the_database_itself_is_told(on_file):
    document = ocel(on_file)

    assert _named(_events(document, "database restore")[0], "of") == ["database:1"]
    assert _states(document, "database:1") == ["kept"]


def test_states_end_where_the_database_stands(books):
    document = ocel(books)

    with open_reader(books) as reader:
        views = ("v_tables", "v_themes", "v_series", "v_meetings", "v_actions", "v_results")
        stand = {row["ref"]: row["state"] for view in views for row in reader.rows(view)}
    last = {name: _states(document, name)[-1] for name in stand}
    assert last == stand


def test_nothing_that_every_event_says_is_called_as_a_detail_of_a_move():
    details = {each.name for takes in (*TAKES.values(), *PARTY_TAKES.values(), TRANSLATION) for each in takes}
    notes = {"under", "into", "confirmed", "overridden", "undoes", "told", "reason"}

    own = {"entry_number", "entry_table", "from_state", "to_state", "actor_role", "actor_known", "recorded_at", "rules"}

    assert own & (details | notes) == set()


def test_every_fact_that_is_told_is_understood(books):
    with open_reader(books) as reader:
        entries = reader.rows("v_history")
    told = [
        fact
        for entry in entries
        for fact in facts_of(entry["stream"].partition(":")[0], entry["move"], json.loads(entry["facts"]))
    ]

    assert {fact.name for fact in told if fact.typed} <= {"area", "paragraph", "register_number"}
    assert {fact.type for fact in told} == {"string", "integer", "boolean"}


@pytest.mark.parametrize("kind", [*PAGE.lifecycles, *REGISTER])
def test_a_fact_of_rules_that_are_no_more_is_left_out_if_people_may_have_typed_it(kind):
    [fact] = facts_of(kind, "celebrate", [("cake", "Ainon täytekakku")])

    assert fact.typed == (kind in PAGE.lifecycles)


# Names and words


SAID = {*PARTIES, *PEOPLE, "Kirjasto", "Keuruu", "Ensamhet", "Kukaan", "Näin sovittiin", "calc"}
SAID |= {"asia 2", "Sama ihminen", "Hän pyysi", "Ei sittenkään"}


@pytest.mark.parametrize("write", [write_ocel, write_xes, write_csv, write_json])
def test_nobodys_name_and_nobodys_words_are_in_an_export(on_file, write):
    text = exported(on_file, write)

    assert [each for each in SAID if each in text or json.dumps(each)[1:-1] in text] == []


@pytest.mark.parametrize("write", [write_ocel, write_xes, write_csv, write_json])
def test_words_come_where_they_are_asked_for_but_no_persons_name(on_file, write):
    text = exported(on_file, write, words=True)

    assert [name for name in PEOPLE if name in text] == []
    assert "Ei sittenkään" in text
    assert "Ensamhet" in text


@pytest.mark.parametrize("write", [write_ocel, write_xes, write_csv, write_json])
def test_nobodys_number_stands_beside_the_pseudonym(on_file, write):
    assert re.findall(r"\bP\d+\b|person:\d", exported(on_file, write)) == []


def test_titles_and_names_of_organisations_are_words(on_file):
    document = ocel(on_file, words=True)

    titles = [_attributes(document, name, "title") for name in ("T1", "G1", "person:person-1")]

    assert [[title for title, _ in each] for each in titles] == [["Yksinäisyys"], ["Keuruun kaupunki"], []]


# XES


def test_there_is_a_trace_for_each_theme_with_all_its_parts(told):
    found = traces(told)

    kinds = {event["concept:name"].split()[0] for event in found["T1"]}
    assert list(found) == ["T1", "T2"]
    assert kinds == {"theme", "series", "meeting", "item", "action"}
    assert [event["time:timestamp"] for event in found["T1"]] == sorted(e["time:timestamp"] for e in found["T1"])


def test_no_entry_of_a_theme_is_missing_from_its_trace_or_in_two(books):
    found = traces(books)

    entries = [event["entry_id"] for trace in found.values() for event in trace]
    of_themes = PAGE.lifecycles.keys() - {"table"}
    assert sorted(entries) == sorted(item["id"] for item in items(books) if item["kind"] in of_themes)


def test_the_traces_of_some_tables_are_theirs(books):
    document = Xml.fromstring(exported(books, write_xes, "keuruu", "toivakka"))  # noqa: S314  # our own words

    tables = {_keyed(trace)["table"] for trace in document.findall("trace", XES)}

    assert tables == {"keuruu", "toivakka"}


def test_words_of_any_sort_come_through_xml_whole(on_file):
    submitted = next(each for each in traces(on_file, words=True)["T1"] if each["concept:name"] == "item submit")

    assert submitted["title"] == HOSTILE


def test_what_xml_cannot_hold_is_not_written(file, file_place):
    with at_work(file) as work:
        theme_at(work, keuruu(work), ThemeState.PROPOSED, "Kellot")
    with file.writing() as session:
        run = session.connection().exec_driver_sql
        run("DROP TRIGGER poyta_history_words_unchanged")  # by a hand that knows no rules
        run("UPDATE history_words SET text = 'a' || char(7, 65535) || 'b' WHERE text = 'Kellot'")

    proposed = traces(file_place, words=True)["T1"][0]

    assert proposed["title"] == "a\ufffd\ufffdb"


# CSV and JSON


def test_a_row_is_an_entry(told):
    found, documents = rows(told), items(told)

    assert [row["id"] for row in found] == [f"e{number}" for number in range(1, len(found) + 1)]
    assert [(row["ref"], row["move"], row["to"]) for row in found] == [
        (i["ref"], i["move"], i["to"]) for i in documents
    ]


def test_a_matter_goes_by_the_place_that_people_know(on_file):
    assert [row["ref"] for row in rows(on_file) if row["move"] == "settle"] == ["M1/1"]


def test_a_spreadsheet_runs_nothing_that_people_wrote(on_file):
    text = exported(on_file, write_csv, words=True)

    cells = [value for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for value in row]
    assert [value for value in cells if value[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


def test_lines_end_as_spreadsheets_want(on_file):
    text = exported(on_file, write_csv)

    assert text.count("\r\n") == text.count("\n") == len(items(on_file)) + 1


def test_an_entry_has_the_hash_that_the_history_has(on_file):
    with open_reader(on_file) as reader:
        hashes = {f"e{row['id']}": row["hash"] for row in reader.rows("v_history")}

    assert {item["id"]: item["hash"] for item in items(on_file)} == hashes


def test_facts_are_told_in_full_and_in_order(on_file):
    convened = next(item for item in items(on_file) if (item["ref"], item["move"]) == ("M1", "convene"))

    assert [name for name, _ in convened["facts"]][:2] == ["when", "channel"]


# Any number of tables, any length


def test_several_tables_come_one_after_another(books):
    found = [item["table"] for item in items(books, "toivakka", "keuruu")]

    assert list(dict.fromkeys(found)) == ["toivakka", "keuruu"]
    assert Counter(found) == Counter(item["table"] for item in items(books) if item["table"] in ("toivakka", "keuruu"))


def test_everything_is_read_once_whatever_the_length(books):
    found = [item["id"] for item in items(books)]

    assert len(found) > ROWS
    assert found == list(dict.fromkeys(found))


def test_a_cause_on_an_earlier_page_is_known(books, monkeypatch):
    whole = exported(books, write_ocel)

    monkeypatch.setattr("workflow.exchange.events.ROWS", 3)

    assert json.loads(exported(books, write_ocel)) == json.loads(whole)


def test_progress_ends_at_the_end(books):
    seen: list[tuple[int, int]] = []

    with open_reader(books) as reader:
        count = sum(len(page) for page in History(reader, told=lambda *told: seen.append(told)).pages())

    assert seen[-1] == (count, count)
    assert len(seen) == -(-count // ROWS)


def test_rows_take_no_more_memory_for_a_longer_history(books):
    def peak(tables: list[str]) -> int:
        with open_reader(books) as reader:
            tracemalloc.start()
            for _ in write_csv(History(reader, tables)):
                pass
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    tables = sorted({item["table"] for item in items(books)} - {None})

    assert peak(tables * 10) < 1.5 * peak(tables)


def test_an_export_is_the_same_every_time(told):
    assert exported(told, write_ocel) == exported(told, write_ocel)


# Looking at a document


def _events(document: dict[str, Any], type: str) -> list[dict[str, Any]]:
    return [event for event in document["events"] if event["type"] == type]


def _told(event: dict[str, Any], name: str) -> list[str]:
    return [each["value"] for each in event["attributes"] if each["name"] == name]


def _named(each: dict[str, Any], qualifier: str) -> list[str]:
    return [relation["objectId"] for relation in each["relationships"] if relation["qualifier"] == qualifier]


def _object(document: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [each for each in document["objects"] if each["id"] == name]
    return found


def _related(document: dict[str, Any], name: str, qualifier: str) -> list[str]:
    return _named(_object(document, name), qualifier)


def _attributes(document: dict[str, Any], name: str, attribute: str) -> list[tuple[str, str]]:
    told = _object(document, name)["attributes"]
    return [(each["value"], each["time"]) for each in told if each["name"] == attribute]


def _states(document: dict[str, Any], name: str) -> list[str]:
    return [state for state, _ in _attributes(document, name, "state")]
