"""`poyta audit export`: what is written where, and what is refused."""

import csv
import errno
import io
import json
from contextlib import closing
from pathlib import Path

import pytest

from models.database import Database
from models.states import MeetingState
from tests.cli.conftest import PEOPLE, TABLE, set_up
from tests.looking import at_work
from tests.spring import a_series, meeting_on

FORMS = ["ocel", "xes", "csv", "json"]


@pytest.fixture(scope="module")
def held(tmp_path_factory, template_file):
    """A file in which a meeting was held."""
    place = tmp_path_factory.mktemp("held") / "pöytä.db"
    place.write_bytes(template_file.read_bytes())
    with closing(Database(str(place))) as database, at_work(database) as work:
        meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)
    return place


@pytest.fixture
def filled(on_file, file_place, held):
    """The command line on such a file."""
    Path(file_place).write_bytes(held.read_bytes())
    return on_file


@pytest.mark.parametrize("form", FORMS)
def test_an_export_goes_to_the_terminal_or_to_a_file_byte_for_byte(filled, tmp_path, form):
    shown = filled("audit", "export", form)
    kept = filled("audit", "export", form, "--to", str(tmp_path / "historia"))

    assert (shown.status, shown.err, kept.status, kept.out) == (0, "", 0, "")
    assert (tmp_path / "historia").read_bytes() == shown.out.encode()
    assert str(tmp_path / "historia") in kept.err


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_ever_written_over(filled, tmp_path, form):
    place = tmp_path / "historia"
    place.write_text("tärkeää", encoding="utf-8")

    answer = filled("audit", "export", form, "--to", str(place), "--yes")

    assert answer.status == 2
    assert place.read_text(encoding="utf-8") == "tärkeää"


def test_nothing_is_written_through_a_link(filled, tmp_path):
    (tmp_path / "linkki").symlink_to(tmp_path / "muualla")

    answer = filled("audit", "export", "csv", "--to", str(tmp_path / "linkki"))

    assert answer.status == 2
    assert not (tmp_path / "muualla").exists()


@pytest.mark.parametrize("place", ["ei/ole/kansiota.csv", "."])
def test_a_file_that_cannot_be_written_is_an_answer_not_a_fault(filled, tmp_path, place):
    answer = filled("audit", "export", "csv", "--to", str(tmp_path / place), "--json")

    assert answer.status == 2
    assert answer.json["code"] in ("file_unwritable", "file_exists")


@pytest.mark.parametrize(("problem", "status"), [(OSError(errno.ENOSPC, "No space left"), 2), (AssertionError(), 1)])
def test_half_a_file_is_taken_away_again(filled, tmp_path, monkeypatch, problem, status):
    def broken(history):
        yield "alku"
        raise problem

    monkeypatch.setattr("workflow.exchange.tabular.write_csv", broken)

    answer = filled("audit", "export", "csv", "--to", str(tmp_path / "historia.csv"))

    assert (answer.status, list(tmp_path.glob("historia*"))) == (status, [])


def test_only_the_table_that_was_asked_for_is_told_of(filled):
    set_up(filled, (("table", "add", "--name", "Multian pöytä", "--short", "multia", "--kind", "network"),))

    answer = filled("audit", "export", "json", "--table", "keur")

    assert {item["table"] for item in answer.json["items"]} == {"keuruu"}


def test_a_table_that_is_not_there_is_not_found(filled, tmp_path):
    answer = filled("audit", "export", "csv", "--table", "keuri", "--to", str(tmp_path / "historia.csv"), "--json")

    assert (answer.status, answer.json["error"]) == (4, "not_found")
    assert list(tmp_path.glob("historia*")) == []


def test_words_are_told_only_where_they_are_asked_for(filled):
    without, with_words = (filled("audit", "export", "json", *words).out for words in ((), ("--words",)))

    assert "Yksinäisyys" not in without
    assert "Yksinäisyys" in with_words
    assert "Aino" not in with_words


@pytest.mark.parametrize("form", FORMS)
def test_a_program_gets_one_json_document_about_a_file(filled, tmp_path, form):
    answer = filled("audit", "export", form, "--to", str(tmp_path / "historia"), "--json")

    assert (answer.status, answer.json["ok"], answer.json["place"]) == (0, True, str(tmp_path / "historia"))


@pytest.mark.parametrize("form", ["xes", "csv"])
def test_a_program_that_wants_json_gets_nothing_else(filled, form):
    answer = filled("audit", "export", form, "--json")

    assert (answer.status, answer.json["code"]) == (2, "json_needs_file")


@pytest.mark.parametrize("form", ["ocel", "json"])
def test_json_is_json_asked_for_twice(filled, form):
    assert filled("audit", "export", form, "--json").out == filled("audit", "export", form).out


def test_without_a_database_there_is_nothing_to_export(nowhere):
    assert nowhere("audit", "export", "csv").status == 4


def test_a_server_tells_the_same(poyta):
    set_up(poyta, PEOPLE, TABLE)

    answer = poyta("audit", "export", "csv")

    rows = list(csv.DictReader(io.StringIO(answer.out.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [row["move"] for row in rows][-1] == "found"
    assert len(rows) == len(PEOPLE) + len(TABLE)


def test_on_a_terminal_nothing_steers_it(filled, monkeypatch):
    words = ("table", "describe", "keuruu", "--name", "a\u202eb", "--as", "Aino", "--yes", "--on", "2016-02-10")
    assert filled(*words).status == 0
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    told = [filled("audit", "export", form, "--words").out for form in FORMS]

    assert [text for text in told if any(hidden in text for hidden in ("\ufeff", "\r", "\u202e"))] == []


def test_exporting_loads_nothing_heavy(filled, file_place, tmp_path):
    from tests.cli.test_starting import HEAVY, loaded_by

    for form in FORMS:
        assert loaded_by(file_place, "audit", "export", form, "--to", str(tmp_path / form)) & HEAVY == set()
        assert (tmp_path / form).stat().st_size > 0


def test_the_documents_are_json(filled):
    assert {"events", "objects"} < set(json.loads(filled("audit", "export", "ocel").out))
