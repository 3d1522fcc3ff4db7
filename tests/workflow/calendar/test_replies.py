"""Answers as Outlook, Exchange, Google and Apple write them, and everything that only looks like one."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from sqlalchemy import select

from models.invitations import InvitationAnswer
from models.states import Answer
from tests.builders import acting, person, step
from tests.looking import failure
from tests.spring import a_series, meeting_on
from workflow.calendar.answers import Taken, remember
from workflow.calendar.entries import uid_of
from workflow.calendar.replies import MOST_OF_A_CALENDAR, MOST_OF_A_FILE, OUTLOOK_S_OWN, Reply, replies_in
from workflow.errors import NotAllowed
from workflow.exchange.problems import BookRefused
from workflow.exchange.sources import Source
from workflow.reminding.ledger import reader_of

SAMPLES = Path(__file__).parent / "replies"
UID = "abc-M1@poyta.invalid"
MAY = datetime(2016, 5, 16, 9, tzinfo=UTC)


def sample(name, uid=UID, **changed):
    """What a program wrote, with the meeting filled in; `changed` says by what its words are replaced."""
    text = (SAMPLES / name).read_bytes().decode().replace("{uid}", uid)
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def mailed(calendar, *, method="REPLY"):
    """An e-mail as Exchange sends an answer: text, HTML and the calendar in base64."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "Göran Öhman <goran.ohman@seurakunta.fi>", "aino@keuruu.fi"
    message["Subject"] = "Alustava: Yksinäisyys"
    message.set_content("Voin tulla, jos bussi kulkee.\n")
    message.add_alternative("<html><body>Voin tulla, jos bussi kulkee.</body></html>", subtype="html")
    message.add_alternative(calendar.decode(), subtype="calendar", params={"method": method}, cte="base64")
    return message.as_bytes()


def read(data, name="vastaus.ics"):
    return replies_in([Source(name, data)])


def problem(data):
    with pytest.raises(BookRefused) as refused:
        read(data)
    (error,) = refused.value.errors
    return error.code


# Reading them


@pytest.mark.parametrize(
    ("name", "address", "answer", "stamp"),
    [
        ("outlook.ics", "Goran.Ohman@seurakunta.fi", Answer.ACCEPTED, "2016-05-12T08:15:00+00:00"),
        ("exchange.ics", "goran.ohman@seurakunta.fi", Answer.TENTATIVE, "2016-05-13T06:02:10+00:00"),
        ("google.ics", "pekka@4h.fi", Answer.DECLINED, "2016-05-14T19:00:11+00:00"),
        ("apple.ics", "goran.ohman@seurakunta.fi", Answer.ACCEPTED, "2016-05-15T05:00:00+00:00"),
    ],
)
def test_what_calendars_send_is_understood(name, address, answer, stamp):
    (reply,) = read(sample(name))

    assert (reply.uid, reply.address, reply.answer, reply.sequence) == (UID, address, answer, 1)
    assert reply.answered_at.isoformat() == stamp


def test_an_answer_within_an_e_mail_is_found_with_its_comment():
    (reply,) = read(mailed(sample("exchange.ics")), "vastaus.eml")

    assert (reply.name, reply.answer) == ("Göran Öhman", Answer.TENTATIVE)
    assert reply.comment.strip() == "Voin tulla, jos bussi kulkee."


def test_an_answer_that_is_there_as_part_and_as_file_is_one():
    message = EmailMessage(policy=SMTP)
    message.set_content("Hei")
    for _ in range(2):
        message.add_attachment(sample("google.ics"), maintype="application", subtype="octet-stream", filename="a.ICS")

    assert len(read(message.as_bytes())) == 1


def test_a_mail_within_a_mail_is_looked_into():
    inner = EmailMessage(policy=SMTP)
    inner.set_content("Hei")
    inner.add_attachment(sample("google.ics"), maintype="text", subtype="calendar", filename="a.ics")
    outer = EmailMessage(policy=SMTP)
    outer.set_content("Tässä")
    outer.add_attachment(inner)

    assert [reply.answer for reply in read(outer.as_bytes())] == [Answer.DECLINED]


def test_another_time_that_is_asked_for_is_told():
    asked = {"METHOD:REPLY": "METHOD:COUNTER", '"FLE Standard Time":20160524T17': '"FLE Standard Time":20160525T18'}

    (reply,) = read(sample("outlook.ics", **asked))

    assert reply.proposed == datetime(2016, 5, 25, 15, tzinfo=UTC)


@pytest.mark.parametrize("other", ["DELEGATED", "NEEDS-ACTION", "X-KENTIES", ""])
def test_neither_yes_nor_no_nor_perhaps_is_no_answer(other):
    (reply,) = read(sample("google.ics", **{"PARTSTAT=DECLINED": f"PARTSTAT={other}"}))

    assert reply.answer is None


NESTED = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + b"BEGIN:VEVENT\r\n" * 3000 + b"END:VEVENT\r\n" * 3000 + b"END:VCALENDAR"
)
PILED = b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n' + b"".join(
    b'--%s\r\nContent-Type: multipart/mixed; boundary="%sa"\r\n\r\n' % (b"a" * each, b"a" * each)
    for each in range(1, 900)
)
MANY = b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n' + b"--a\r\n\r\nx\r\n" * 1000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \r\n", "file_empty"),
        (OUTLOOK_S_OWN + b"\0" * 500, "reply_in_outlook_form"),
        (b"Terve, en tule.\n", "no_reply"),
        (b"\xff\xfe\0\x01" * 100, "no_reply"),
        (sample("google.ics", **{"METHOD:REPLY": "METHOD:REQUEST"}), "no_reply"),
        (sample("google.ics", **{"DTSTAMP:20160514T190011Z": "X-STAMP:1"}), "no_reply"),
        (sample("google.ics", **{"DTSTAMP:20160514T190011Z": "DTSTAMP:eilen"}), "reply_unreadable"),
        (sample("google.ics", **{"UID:abc-M1@poyta.invalid": "X-UID:1"}), "no_reply"),
        (sample("google.ics", **{"mailto:\r\n pekka": "urn:uuid:\r\n pekka"}), "no_reply"),
        (sample("google.ics", **{"END:VCALENDAR": ""}), "no_reply"),
        (sample("google.ics", **{"DTSTAMP:20160514T190011Z": "DTSTAMP:00010101T000000"}), None),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * MOST_OF_A_CALENDAR, "file_too_large"),
        (b"BEGIN:VCALENDAR\r\n\xff\xff\r\nEND:VCALENDAR", "reply_unreadable"),
        (NESTED, "no_reply"),
        (PILED, "too_many_parts"),
        (MANY, "too_many_parts"),
        (b"BEGIN:VCALENDAR\r\n" + b" \r\n" * MOST_OF_A_FILE, "file_too_large"),
        (
            b'Content-Type: text/calendar; charset="ei-ole"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!',
            "no_reply",
        ),
    ],
)
def test_what_is_no_answer_is_told_by_what_it_is(data, code):
    if code is None:
        assert len(read(data)) == 1
    else:
        assert problem(data) == code


def test_every_file_that_is_wrong_is_told_at_once():
    sources = [Source("a.txt", b"Hei"), Source("b.ics", sample("google.ics")), Source("c.msg", OUTLOOK_S_OWN)]

    with pytest.raises(BookRefused) as refused:
        replies_in(sources)

    assert [(each.file, each.code) for each in refused.value.errors] == [
        ("a.txt", "no_reply"),
        ("c.msg", "reply_in_outlook_form"),
    ]


# Remembering them


@pytest.fixture
def invited(work):
    """A meeting to which Göran and Pekka are invited by e-mail, and Aino invites."""
    for name, address in (("Aino", "aino@keuruu.fi"), ("Göran", "goran.ohman@seurakunta.fi"), ("Pekka", "pekka@4h.fi")):
        person(work, name).email = address
    meeting = meeting_on(work, a_series(work), "24.5.2016")
    work.session.flush()
    return meeting


def uid(work):
    with reader_of(work.session) as reader:
        return uid_of(reader, "M1")


def reply(work, **told):
    usual = Reply("a.ics", uid(work), "goran.ohman@seurakunta.fi", "", Answer.ACCEPTED, MAY, 1)
    return usual._replace(**told)


def take(work, meeting, *replies, by="Aino"):
    worker = acting(work, by)
    work.session.flush()
    with reader_of(work.session) as reader:
        (row,) = reader.rows("v_meetings", ref=f"M{meeting.id}")
        return remember(worker, reader, meeting, row, replies)


def known(work):
    work.session.flush()
    rows = work.session.scalars(select(InvitationAnswer).order_by(InvitationAnswer.person_id))
    return [(each.person.name.split()[0], each.answer.value) for each in rows]


def test_what_each_program_wrote_is_remembered(work, invited):
    told = []
    for name in ("outlook.ics", "exchange.ics", "google.ics", "apple.ics"):
        told += take(work, invited, *read(sample(name, uid(work))))

    assert [each.taken for each in told] == [Taken.REMEMBERED] * 4
    assert known(work) == [("Göran", "accepted"), ("Pekka", "declined")]


def test_the_newest_holds_in_whatever_order_they_come(work, invited):
    older, newer = reply(work), reply(work, answer=Answer.DECLINED, answered_at=MAY + timedelta(hours=1))

    first = take(work, invited, newer, older)
    again = take(work, invited, older)
    repeated = take(work, invited, newer)

    assert [each.taken for each in (*first, *again, *repeated)] == [
        Taken.REMEMBERED, Taken.REMEMBERED, Taken.OLDER, Taken.AS_BEFORE,
    ]  # fmt: skip
    assert known(work) == [("Göran", "declined")]


def test_an_answer_to_an_earlier_time_is_told_and_gives_way_to_one_to_the_later(work, invited):
    now = take(work, invited, reply(work))
    step(work, invited, "reschedule", {"when": "31.5.2016 klo 17-18"})
    later = take(work, invited, reply(work, answer=Answer.DECLINED, sequence=2))
    late = take(work, invited, reply(work, answered_at=MAY + timedelta(days=1)))
    pekka = take(work, invited, reply(work, address="pekka@4h.fi"))

    assert [each.former for each in (*now, *later, *late, *pekka)] == [False, False, True, True]
    assert late[0].taken is Taken.OLDER, "what was said of the new time holds"
    assert known(work) == [("Göran", "declined"), ("Pekka", "accepted")]


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ({"address": "evil@example.com"}, Taken.NOT_INVITED),
        ({"address": ""}, Taken.NOT_INVITED),
        ({"uid": "abc-M2@poyta.invalid"}, Taken.OTHER_MEETING),
        ({"answer": None}, Taken.NO_ANSWER),
        ({"proposed": MAY}, Taken.OTHER_TIME),
        ({"address": "GORAN.OHMAN@SEURAKUNTA.FI"}, Taken.REMEMBERED),
    ],
)
def test_what_can_t_be_taken_is_told_and_leaves_no_trace(work, invited, told, taken):
    (said,) = take(work, invited, reply(work, **told))

    assert said.taken is taken
    assert bool(known(work)) == (taken is Taken.REMEMBERED)


def test_an_address_of_two_is_told_apart_by_the_name_or_not_at_all(work, invited):
    person(work, "Pekka").email = "goran.ohman@seurakunta.fi"

    told = take(work, invited, reply(work), reply(work, name="PEKKA NÄÄTÄNEN"), reply(work, name="Seurakunta"))

    assert [each.taken for each in told] == [Taken.SEVERAL, Taken.REMEMBERED, Taken.SEVERAL]
    assert known(work) == [("Pekka", "accepted")]


def test_neither_a_clock_ahead_nor_a_huge_number_stands_in_the_way_of_later_answers(work, invited):
    take(work, invited, reply(work, answered_at=datetime(2999, 1, 1, tzinfo=UTC), sequence=10**30))

    (told,) = take(work, invited, reply(work, answer=Answer.DECLINED, answered_at=work.now + timedelta(days=9)))

    assert told.taken is Taken.REMEMBERED
    assert known(work) == [("Göran", "declined")]


def test_only_the_office_remembers_answers(work, invited):
    error = failure(work, lambda: take(work, invited, reply(work), by="Väinö"))

    assert isinstance(error, NotAllowed)
    assert [each.code for each in error.reasons] == ["role_missing"]
