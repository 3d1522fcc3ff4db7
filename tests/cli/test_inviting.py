"""Inviting from the command line: files for calendar and e-mail, the answers read back, and calendars of several."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import MEETING, PEOPLE, TABLE, set_up
from tests.cli.hostile import CALLED, HOSTILE, harm, read_in

ADDRESSES = (
    ("person", "add", "Göran Öhman", "--email", "goran@seurakunta.fi"),
    ("person", "add", "Sirkka Möttönen", "--email", "sirkka@aijala.fi"),
)
SEATS = (
    ("table", "seat", "keuruu", "--person", "Göran"),
    ("table", "seat", "keuruu", "--person", "Sirkka", "--role", "secretary"),
)
CONVENED = (
    *MEETING[:2],
    ("meeting", "plan", "S1", "--when", "10.3.2030 klo 17-18.30", "--place", "Kirjasto"),
    ("meeting", "convene", "M1", "--channel", "open_call"),
)
REPLY = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20300310T150000Z
DTSTAMP:20160301T100000Z
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN=Göran:mailto:{address}
SEQUENCE:0
COMMENT:{comment}
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def at_table(poyta):
    """A meeting to come on either database; the secretary and one member have addresses."""
    set_up(poyta, PEOPLE, TABLE, ADDRESSES, SEATS, CONVENED)
    return poyta


@pytest.fixture
def on_one_file(on_file):
    """The same on a file."""
    set_up(on_file, PEOPLE, TABLE, ADDRESSES, SEATS, CONVENED)
    return on_file


def invite(poyta, folder, *more):
    return poyta("meeting", "invite", "M1", "--write", str(folder), "--as", "Aino", *more)


def written(folder, name, uid, answer="ACCEPTED", address="goran@seurakunta.fi", comment=""):
    """An answer as a file, and its place."""
    told = REPLY.format(uid=uid, answer=answer, address=address, comment=comment)
    path = folder / name
    path.write_bytes(told.replace("\n", "\r\n").encode())
    return str(path)


def uid_of(poyta, tmp_path):
    return invite(poyta, tmp_path, "--dry-run", "--json").json["uid"]


# Inviting


def test_an_invitation_is_written_and_who_gets_none_is_told(on_one_file, tmp_path):
    folder = tmp_path / "kutsut" / "kevät"

    answer = invite(on_one_file, folder, "--lang", "en")

    assert answer.status == 0
    assert sorted(path.name for path in folder.iterdir()) == ["M1-keuruu.eml", "M1-keuruu.ics"]
    assert f"Written: {folder / 'M1-keuruu.ics'}" in answer.out
    assert "Answers go to Sirkka Möttönen." in answer.out
    assert "The letter is addressed to: Göran Öhman." in answer.out
    assert "tell them in another way: Aino Äijälä, Väinö Öhman and Keuruun seurakunta." in answer.out


def test_a_program_is_told_what_was_written(on_one_file, tmp_path):
    told = invite(on_one_file, tmp_path, "--json").json

    assert (told["ref"], told["method"], told["sequence"], told["dry_run"]) == ("M1", "REQUEST", 0, False)
    assert told["organiser"] == {"ref": "P5", "name": "Sirkka Möttönen", "email": "sirkka@aijala.fi"}
    assert [each["name"] for each in told["invited"] if each["email"]] == ["Göran Öhman"]
    assert told["written"] == [str(tmp_path / "M1-keuruu.ics"), str(tmp_path / "M1-keuruu.eml")]


def test_writing_changes_nothing_that_is_kept(on_one_file, tmp_path):
    before = on_one_file("history", "M1", "--json").out

    invite(on_one_file, tmp_path)

    assert on_one_file("history", "M1", "--json").out == before


def test_the_channel_and_the_files_go_together_or_not_at_all(at_table, tmp_path):
    (tmp_path / "M1-keuruu.eml").write_text("omat muutokset", encoding="utf-8")

    refused = invite(at_table, tmp_path, "--channel", "personal", "--json")

    assert (refused.status, refused.json["code"]) == (2, "file_exists")
    assert [path.name for path in tmp_path.glob("M1*")] == ["M1-keuruu.eml"]
    assert (tmp_path / "M1-keuruu.eml").read_text(encoding="utf-8") == "omat muutokset"
    channels = at_table("meeting", "show", "M1", "--json").json["item"]["channels"]
    assert [each["channel"] for each in channels] == ["open_call"]

    done = invite(at_table, tmp_path / "toinen", "--channel", "personal", "--json")

    assert (done.json["move"], len(done.json["written"])) == ("invite", 2)
    channels = at_table("meeting", "show", "M1", "--json").json["item"]["channels"]
    assert [each["channel"] for each in channels] == ["personal"]


def test_a_file_is_replaced_only_when_that_is_asked_for(on_one_file, tmp_path):
    answers = [invite(on_one_file, tmp_path), invite(on_one_file, tmp_path), invite(on_one_file, tmp_path, "--yes")]

    assert [answer.status for answer in answers] == [0, 2, 0]


def test_a_dry_run_writes_nothing(on_one_file, tmp_path):
    answers = [
        invite(on_one_file, tmp_path / "ei", "--dry-run", "--lang", "en"),
        invite(on_one_file, tmp_path / "ei", "--dry-run", "--channel", "personal", "--lang", "en"),
    ]

    assert all(f"This would be written: {tmp_path / 'ei' / 'M1-keuruu.ics'}" in answer.out for answer in answers)
    assert not (tmp_path / "ei").exists()


def test_it_needs_to_know_what_to_do(on_one_file):
    answer = on_one_file("meeting", "invite", "M1", "--json")

    assert (answer.status, answer.json["code"]) == (2, "channel_or_write")


def test_every_change_has_files_of_its_own_and_the_last_takes_it_back(on_one_file, tmp_path):
    invite(on_one_file, tmp_path)
    change = ("--as", "Aino", "--reason", "Sali on varattu", "--yes")
    on_one_file("meeting", "reschedule", "M1", "--when", "4.7.2030 klo 17-18", *change)
    invite(on_one_file, tmp_path)
    on_one_file("meeting", "cancel", "M1", *change)
    invite(on_one_file, tmp_path)

    told = [
        [
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith(("METHOD", "DTSTART", "SEQ"))
        ]
        for path in sorted(tmp_path.glob("M1*.ics"))
    ]
    assert sorted(told) == [
        ["METHOD:CANCEL", "DTSTART:20300704T140000Z", "SEQUENCE:2"],
        ["METHOD:REQUEST", "DTSTART:20300310T150000Z", "SEQUENCE:0"],
        ["METHOD:REQUEST", "DTSTART:20300704T140000Z", "SEQUENCE:1"],
    ]


# Answers


def test_answers_are_read_back_on_either_database(at_table, tmp_path):
    uid = uid_of(at_table, tmp_path)
    files = [
        written(tmp_path, "a.ics", uid, comment="Tulen bussilla"),
        written(tmp_path, "b.ics", uid, address="evil@example.com"),
        written(tmp_path, "c.ics", uid.replace("M1", "M2")),
    ]

    told = at_table("meeting", "replies", "M1", *files, "--as", "Aino", "--json").json

    assert [(each["taken"], each["ref"]) for each in told["items"]] == [
        ("remembered", "P4"),
        ("not_invited", None),
        ("other_meeting", None),
    ]
    (answer,) = at_table("meeting", "show", "M1", "--json").json["item"]["answers"]
    assert (answer["person"], answer["answer"], answer["answer_to"]) == ("Göran Öhman", "accepted", "now")
    assert at_table("audit", "verify", "--json").status == 0


def test_what_was_made_of_each_answer_is_said(on_one_file, tmp_path):
    uid = uid_of(on_one_file, tmp_path)
    files = [written(tmp_path, "a.ics", uid, "DECLINED", comment="Olen matkalla"), written(tmp_path, "b.ics", "muu")]

    answer = on_one_file("meeting", "replies", "M1", *files, "--as", "Aino", "--lang", "en")

    assert answer.out.splitlines() == [
        "Göran Öhman: does not come. They write: Olen matkalla",
        f"{files[1]} answers the invitation to another meeting. It was left as it is.",
    ]


def test_without_a_file_it_tells_who_has_answered_what(on_one_file, tmp_path):
    file = written(tmp_path, "a.ics", uid_of(on_one_file, tmp_path))
    on_one_file("meeting", "replies", "M1", file, "--as", "Aino")
    change = ("--as", "Aino", "--reason", "Sali on varattu", "--yes")
    on_one_file("meeting", "reschedule", "M1", "--when", "4.7.2030 klo 17-18", *change)

    answer = on_one_file("meeting", "replies", "M1", "--lang", "en")

    assert answer.out.splitlines() == [
        "  Aino Äijälä: no e-mail address.",
        "  Väinö Öhman: no e-mail address.",
        "  Keuruun seurakunta: no e-mail address.",
        "  Göran Öhman: comes. This answers an earlier invitation, of which something has changed since.",
    ]
    shown = on_one_file("meeting", "show", "M1", "--lang", "en").out
    assert "  Göran Öhman, comes, 1 March 2016, 12:00, to an earlier invitation" in shown


def test_a_dry_run_of_answers_keeps_nothing(on_one_file, tmp_path):
    file = written(tmp_path, "a.ics", uid_of(on_one_file, tmp_path))

    answer = on_one_file("meeting", "replies", "M1", file, "--as", "Aino", "--dry-run", "--json")

    assert [each["taken"] for each in answer.json["items"]] == ["remembered"]
    assert on_one_file("meeting", "show", "M1", "--json").json["item"]["answers"] == []


def test_of_several_files_all_are_read_or_none(on_one_file, tmp_path):
    good = written(tmp_path, "a.ics", uid_of(on_one_file, tmp_path))
    (tmp_path / "b.txt").write_text("En tule", encoding="utf-8")

    answer = on_one_file("meeting", "replies", "M1", good, str(tmp_path / "b.txt"), "--as", "Aino", "--json")

    assert (answer.status, [each["code"] for each in answer.json["errors"]]) == (6, ["no_reply"])
    assert on_one_file("meeting", "show", "M1", "--json").json["item"]["answers"] == []


def test_who_has_no_office_reads_no_answers_in(on_one_file, tmp_path):
    file = written(tmp_path, "a.ics", uid_of(on_one_file, tmp_path))

    answer = on_one_file("meeting", "replies", "M1", file, "--as", "Matti", "--json")

    assert (answer.status, answer.json["error"]) == (3, "not_allowed")


def test_what_people_write_in_an_answer_steers_no_terminal(on_one_file, tmp_path):
    uid = uid_of(on_one_file, tmp_path)
    words = HOSTILE.replace("\n", "\\n").replace("\r", "").replace("\u2028", "")
    file = written(tmp_path, "a.ics", uid, address="x\x1b[2J@x.fi", comment=words)

    answers = [
        on_one_file("meeting", "replies", "M1", file, "--as", "Aino", "--lang", "en"),
        on_one_file("meeting", "replies", "M1", file, "--as", "Aino", "--json"),
    ]

    assert [answer.status for answer in answers] == [0, 0]
    assert [harm(answer) for answer in answers] == [{}, {}]


# Calendars of several


def test_a_series_and_a_party_have_calendars(on_one_file, tmp_path):
    set_up(on_one_file, (("action", "assign", "T1", "--what", "Kyydit", "--to", "Äijälän", "--due", "2030-03-01"),))

    answers = [
        on_one_file("series", "calendar", "S1", "--ics", str(tmp_path / "s.ics"), "--json"),
        on_one_file("org", "calendar", "Äijälän", "--ics", str(tmp_path / "o.ics"), "--json"),
        on_one_file("person", "calendar", "Göran", "--ics", str(tmp_path / "p.ics"), "--json"),
    ]

    assert [answer.json["entries"] for answer in answers] == [["M1"], ["A1"], []]
    assert "DTSTART;VALUE=DATE:20300301" in (tmp_path / "o.ics").read_text(encoding="utf-8")
    again = on_one_file("series", "calendar", "S1", "--ics", str(tmp_path / "s.ics"), "--json")
    assert (again.status, again.json["code"]) == (2, "file_exists")


def test_work_without_a_day_is_told(on_one_file, tmp_path):
    set_up(on_one_file, (("action", "assign", "T1", "--what", "Kyydit", "--to", "Äijälän"),))
    on_one_file("meeting", "cancel", "M1", "--as", "Aino", "--reason", "Peruttu", "--yes")

    answer = on_one_file("org", "calendar", "Äijälän", "--ics", str(tmp_path / "o.ics"), "--lang", "en")

    assert "There are 0 entries in it." in answer.out
    assert "Left out, since no day is known: A1." in answer.out


def test_a_name_from_other_hands_leads_out_of_no_folder(on_file, file_place, template_file, tmp_path):
    read_in(CALLED, template_file, Path(file_place))
    with closing(sqlite3.connect(file_place)) as connection, connection:
        connection.execute("UPDATE partnership_tables SET slug = '../../päällä/' || id")
        connection.execute("UPDATE meetings SET begins_at = '2030-03-10T15:00:00.000000Z', ends_at = NULL")

    on_file("meeting", "invite", "M1", "--write", str(tmp_path / "kutsut"))

    assert sorted(path.name for path in (tmp_path / "kutsut").iterdir()) == ["M1-paalla-2.eml", "M1-paalla-2.ics"]
