"""Lists that leave for a spreadsheet, read back by another reader: words stay words, days are days."""

import csv
import io
import re
from datetime import date, datetime, time
from pathlib import Path
from zipfile import ZipFile

import pytest

from models.database import Database
from models.people import Person
from models.reading import open_reader
from models.states import ThemeState as T
from tests.builders import MEMBERS, first_people, keuruu, new, step, theme_at
from tests.cli.conftest import NOW, Poyta
from tests.cli.hostile import HOSTILE, WORDS, rewrite, strange, text_of
from tests.workflow.exchange.filled import sheets_in
from workflow.comparing import Sector
from workflow.language.speech import speech
from workflow.spreadsheets.attendance import Trend, attendance, trend_sheet, trends
from workflow.spreadsheets.sheet import as_csv
from workflow.work import Work

FORMULA = '=HYPERLINK("http://paha.example";"Lue")'


@pytest.fixture
def at_table(poyta: Poyta, place: str) -> Poyta:
    """The command line on a database of either kind, in which work has been divided at one table."""
    with Database(place).writing() as session:
        work = Work(session, first_people(session), NOW)
        theme = theme_at(work, keuruu(work), T.HELD)
        told = {"what": FORMULA, "to": "Möksyn Leipä Oy", "due": "24.6.2016", "shared_with": ["Keuruun seurakunta"]}
        new(work, "action", theme, told)
        new(work, "action", theme, {"what": "Käydään läpi kyydit å ä ö", "to": "Aino Äijälä"})
    return poyta


def written(poyta, folder, *words, language="en") -> bytes:
    place = folder / "lista.xlsx"
    answer = poyta(*words, "--xlsx", str(place), "--lang", language)
    assert answer.status == 0, answer.err
    return place.read_bytes()


def only_sheet(data: bytes) -> list[dict[str, object]]:
    """The rows of the first sheet, by their headings."""
    headings, *rows = next(iter(sheets_in(data).values()))
    return [dict(zip(headings, row, strict=True)) for row in rows]


def parts_of(data: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))}


def harm(data: bytes) -> set[str]:
    """What a workbook does that it should not: a formula, a link, a word that would be one, what can't be seen."""
    parts = parts_of(data)
    found = {
        tag for tag in ("<f>", "<f ", "<hyperlink", "externalLink", "TargetMode") if tag in "".join(parts.values())
    }
    cells = [cell for rows in sheets_in(data).values() for row in rows for cell in row if isinstance(cell, str)]
    found |= {cell[:20] for cell in cells if cell.startswith(tuple("=+-@\t\r"))}
    return found | strange("".join(cells))


# Actions and meetings


def test_actions_are_written_with_real_days_and_their_words_as_words(at_table, tmp_path):
    data = written(at_table, tmp_path, "action", "list")

    first, second = only_sheet(data)
    assert first["What"] == f"'{FORMULA}"
    assert (first["Due"], first["Since"]) == (date(2016, 6, 24), date(2016, 1, 26))
    assert (first["Responsible"], first["Shared with"]) == ("Möksyn Leipä Oy", "Keuruun seurakunta")
    assert (first["Times postponed"], first["By the next meeting"]) == (0, "no")
    assert (second["Due"], second["By the next meeting"]) == ("", "yes")
    assert harm(data) == set()


def test_a_word_that_is_written_as_it_is_would_be_found(at_table, tmp_path, monkeypatch):
    monkeypatch.setattr("workflow.spreadsheets.xlsx.cell", lambda text: text)

    assert harm(written(at_table, tmp_path, "action", "list")) == {FORMULA[:20]}


def test_meetings_are_written_with_their_day_and_hours(at_table, tmp_path):
    (meeting,) = only_sheet(written(at_table, tmp_path, "meeting", "list"))

    assert (meeting["Day"], meeting["Begins"], meeting["Ends"]) == (date(2016, 1, 26), time(17), time(18, 30))
    assert (meeting["State"], meeting["Present"], meeting["Title of the theme"]) == ("held", 5, "Yksinäisyys")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("action", "list"), "Actions"),
        (("meeting", "list"), "Meetings"),
        (("audit", "stalled"), "What stands still"),
        (("meeting", "attendance"), "Attendance"),
    ],
)
def test_a_workbook_has_a_title_a_language_filters_and_headings_that_stay(at_keuruu, tmp_path, words, title, language):
    data = written(at_keuruu, tmp_path, *words, language=language)

    parts = parts_of(data)
    say = speech(language).say
    (heading, *_), *_ = sheets_in(data).values()
    assert next(iter(sheets_in(data))) == say(title)
    assert f"<dc:language>{language}-" in parts["docProps/core.xml"]
    assert re.search(r"<dc:title>[^<]+</dc:title>", parts["docProps/core.xml"])
    assert 'state="frozen"' in parts["xl/worksheets/sheet1.xml"]
    assert "<autoFilter" in parts["xl/tables/table1.xml"]
    assert len(set(heading)) == len(heading)
    assert all(heading)


def test_a_list_for_a_spreadsheet_can_be_chosen(at_table, tmp_path):
    new_table = written(at_table, tmp_path, "action", "list", "--state", "closed")

    assert only_sheet(new_table) == []


def test_csv_opens_in_excel_as_it_is_set_up_in_finland(at_table):
    answer = at_table("action", "list", "--csv", "--lang", "fi")

    assert answer.out.startswith("\ufeffTunnus;Pöytä;")
    first, second = csv.DictReader(io.StringIO(answer.out.removeprefix("\ufeff")), delimiter=";")
    assert (first["Mitä"], first["Määräaika"]) == (f"'{FORMULA}", "2016-06-24")
    assert second["Mitä"] == "Käydään läpi kyydit å ä ö"


def test_csv_and_a_workbook_are_written_in_one_go(at_table, tmp_path):
    places = [str(tmp_path / name) for name in ("a.xlsx", "a.csv")]

    answer = at_table("action", "list", "--xlsx", places[0], "--csv", places[1], "--json")

    assert answer.json == {"schema": "poyta/1", "ok": True, "places": places}
    assert Path(places[1]).read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(only_sheet(Path(places[0]).read_bytes())) == 2


@pytest.mark.parametrize("option", ["--xlsx", "--csv"])
def test_a_list_is_never_written_over_a_file_without_being_asked(at_keuruu, tmp_path, option):
    place = tmp_path / "tärkeä"
    place.write_text("tärkeää", encoding="utf-8")

    refused = at_keuruu("action", "list", option, str(place), "--json")
    assert (refused.status, refused.json["code"]) == (2, "file_exists")
    assert place.read_text(encoding="utf-8") == "tärkeää"

    assert at_keuruu("action", "list", option, str(place), "--yes").status == 0
    assert place.read_bytes()[:3] in (b"PK\x03", b"\xef\xbb\xbf")


def test_a_program_gets_json_alone_on_the_terminal(at_keuruu):
    answer = at_keuruu("action", "list", "--csv", "--json")

    assert (answer.status, answer.json["code"]) == (2, "json_needs_file_named")


# What stands still


def test_what_stands_still_has_a_row_for_each_cause(at_table, tmp_path):
    rows = only_sheet(written(at_table, tmp_path, "audit", "stalled", "--at", "26.3.2016"))

    late = next(row for row in rows if row["Cause"] == "held_work_not_divided")
    assert (late["Reference"], late["Kind"], late["State"]) == ("T1", "theme", "held")
    assert (late["Stands still since"], late["Days"]) == (date(2016, 1, 26), 60)
    assert late["Whose turn"] == "Pekka Näätänen, secretary"
    assert late["What would help"].startswith("poyta meeting assign-actions M1")


# Attendance


@pytest.fixture
def attended(at_table: Poyta, place: str) -> Poyta:
    """The same, with an open meeting at another table, in which heads were counted."""
    with Database(place).writing() as session:
        work = Work(session, session.get_one(Person, 1), NOW)
        theme = theme_at(work, keuruu(work, "multia"), T.AGENDA_SET, "Kyläilta")
        told = {"present": list(MEMBERS), "count": ["municipality=3", "village=12", "residents=9"]}
        meeting = theme.series[0].meetings[0]
        step(work, meeting, "hold", told, on=meeting.begins_at)
    return at_table


def test_attendance_has_a_column_for_each_sector(attended, tmp_path):
    named, counted = only_sheet(written(attended, tmp_path, "meeting", "attendance"))

    assert (named["Municipality"], named["Village"], named["Parish"], named["Company"]) == (1, 1, 1, 1)
    assert (named["Present"], named["Sector not known"], named["Residents"]) == (5, 0, 0)
    assert (counted["Municipality"], counted["Village"], counted["Residents"], counted["Parish"]) == (3, 12, 9, 0)
    assert (counted["Present"], counted["Sector not known"]) == (24, 0)
    assert counted["Day"] == date(2016, 1, 26)


def test_attendance_is_told_to_programs_and_of_one_table(attended):
    document = attended("meeting", "attendance", "--table", "multia", "--json").json

    (meeting,) = document["items"]
    assert (meeting["table_ref"], meeting["present"]) == ("multia", 24)
    assert meeting["sectors"] == {"municipality": 3, "village": 12, "residents": 9}


def test_attendance_is_told_to_people(attended):
    answer = attended("meeting", "attendance", "--lang", "fi", "--accessible")

    assert (
        "Tapaaminen: M1; Pöytä: keuruu; Teema: T1; Teeman nimi: Yksinäisyys; Päivä: 26.1.2016; Kunta: 1" in answer.out
    )


def test_a_year_is_set_beside_the_one_before(attended, place):
    with open_reader(place) as reader:
        came = attendance(reader, table_ref="multia")

    people = [Sector(3.0, None), Sector(12.0, None), Sector(9.0, None)]
    assert [each.people for each in trends(came, date(2016, 1, 25))] == []
    assert [each.people for each in trends(came, date(2016, 1, 26))] == people
    assert [each.people for each in trends(came, date(2017, 1, 25))] == [Sector(None, each.last) for each in people]
    assert [each.people for each in trends(came, date(2018, 1, 25))] == []


def test_how_many_more_come_has_a_sheet_of_its_own(attended, tmp_path):
    data = written(attended, tmp_path, "meeting", "attendance")

    assert list(sheets_in(data)) == ["Attendance", "Trend"]
    trend = [Trend("keuruu", "village", Sector(6.5, 8.0))]
    sheet = trend_sheet(speech("fi"), trend)
    assert list(as_csv(sheet))[1] == "keuruu;kylä;6,5;8;-1,5\r\n"


def test_where_nobody_has_met_that_is_said(at_keuruu):
    assert at_keuruu("meeting", "attendance", "--lang", "en").out == "There are none.\n"


# Hostile words


@pytest.fixture
def hostile(full: Poyta, file_place: str) -> Poyta:
    """A table that has seen everything, after somebody has put something else in the place of all words."""
    words = f"{FORMULA}{HOSTILE}_x0041_&lt;</t>"
    rewrite(
        file_place,
        [
            f"UPDATE {table} SET {column} = {text_of(words)} || rowid WHERE {column} IS NOT NULL"
            for table, columns in WORDS.items()
            for column in columns
        ],
    )
    return full


@pytest.mark.parametrize(
    "words",
    [("action", "list"), ("meeting", "list"), ("audit", "stalled"), ("meeting", "attendance")],
    ids=" ".join,
)
def test_no_word_does_any_harm_in_a_workbook(hostile, tmp_path, words):
    data = written(hostile, tmp_path, *words)

    assert harm(data) == set()
    cells = [str(cell) for row in only_sheet(data) for cell in row.values()]
    assert words == ("audit", "stalled") or any("_x0041_&lt;</t>" in cell for cell in cells)


def test_no_word_does_any_harm_in_a_template(hostile, tmp_path):
    assert hostile("import", "--template", str(tmp_path / "malli.xlsx")).status == 0

    assert harm((tmp_path / "malli.xlsx").read_bytes()) == set()


def test_a_very_long_word_is_cut_where_a_cell_ends(full, file_place, tmp_path):
    rewrite(file_place, [f"UPDATE actions SET what = {text_of('ä' * 40_000)}"])

    (first, *_) = only_sheet(written(full, tmp_path, "action", "list"))

    assert first["What"] == "ä" * 32_766 + "…"


def test_a_day_before_those_that_excel_knows_is_written_as_words(full, file_place, tmp_path):
    rewrite(file_place, ["UPDATE actions SET due_on = '1899-12-31'"])

    (first, *_) = only_sheet(written(full, tmp_path, "action", "list"))

    assert first["Due"] == "1899-12-31"
    assert not isinstance(first["Since"], datetime)
