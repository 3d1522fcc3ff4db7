"""Invitations as calendars get them: read back by another parser, in winter and summer time, changed and called off."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.invitations import InvitationAnswer
from models.states import Answer, MeetingState
from tests.builders import DAY, action_at, new, person, step
from tests.conftest import NOW
from tests.looking import failure
from tests.spring import a_series, a_theme, hold, meeting_on
from tests.workflow.calendar.strict import entries, faults
from workflow.addresses import mail_address
from workflow.calendar.due_days import due_days
from workflow.calendar.entries import Entry, Guest, Method, as_ical
from workflow.calendar.invitations import invitation
from workflow.calendar.series import series_calendar
from workflow.language.speech import speech
from workflow.reminding.ledger import reader_of

ADDRESSES = {"Aino": "aino@keuruu.fi", "Göran": "goran.ohman@seurakunta.fi", "Pekka": "pekka@4h.fi"}


@pytest.fixture
def reachable(work):
    """The office has addresses."""
    for name, address in ADDRESSES.items():
        person(work, name).email = address
    work.session.flush()
    return work


def row_of(work, meeting):
    work.session.flush()
    with reader_of(work.session) as reader:
        return reader.rows("v_meetings", ref=f"M{meeting.id}")[0]


def sent(work, meeting, now=NOW):
    """The invitation as it would be written now."""
    row = row_of(work, meeting)
    with reader_of(work.session) as reader:
        return invitation(reader, row, now)


def ics(made):
    return made.files()[f"{made.name}.ics"]


def letter(made):
    return email.message_from_bytes(made.files()[f"{made.name}.eml"], policy=email.policy.default)


def calendar_of(work, series):
    work.session.flush()
    with reader_of(work.session) as reader:
        return series_calendar(reader, reader.rows("v_series", ref=f"S{series.id}")[0], NOW)


# One invitation


def test_another_parser_reads_what_was_written(reachable):
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")

    made = sent(reachable, meeting)

    (entry,) = entries(ics(made))
    assert faults(ics(made)) == []
    assert entry.dtstart.value == datetime(2016, 5, 24, 14, tzinfo=UTC)
    assert entry.dtend.value == datetime(2016, 5, 24, 15, 30, tzinfo=UTC)
    assert entry.summary.value == "Yksinäisyys – Keuruun kumppanuuspöytä"
    assert entry.location.value == "Kirjasto"
    assert (entry.sequence.value, entry.status.value) == ("1", "CONFIRMED")
    assert entry.organizer.value == "mailto:aino@keuruu.fi"


def test_everybody_with_an_address_is_asked_to_answer_and_the_others_are_named(reachable):
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")

    made = sent(reachable, meeting)

    (entry,) = entries(ics(made))
    asked = [(each.value, each.params["PARTSTAT"]) for each in entry.attendee_list]
    assert asked == [("mailto:goran.ohman@seurakunta.fi", ["NEEDS-ACTION"]), ("mailto:pekka@4h.fi", ["NEEDS-ACTION"])]
    assert made.method is Method.REQUEST
    unreachable = ["Äijälän kyläyhdistys", "Möksyn Leipä Oy", "Kerttu Sjöström"]
    assert [each.name for each in made.guests.unreachable] == unreachable
    assert all(name in entry.description.value for name in ("Aino Äijälä", *unreachable))


def test_clocks_in_finland_decide_in_winter_and_in_summer(reachable):
    series = a_series(reachable)
    for day in ("26.3.2016", "27.3.2016", "28.3.2016", "29.10.2016", "30.10.2016"):
        new(reachable, "meeting", series, {"when": f"{day} klo 17-18.30"})

    begin = [each.dtstart.value for each in entries(calendar_of(reachable, series)[0])]

    assert [(each.tzinfo.utcoffset(each), each.hour) for each in begin] == [
        (timedelta(0), hour) for hour in (15, 14, 14, 14, 15)
    ]


def test_an_entry_keeps_its_name_and_its_number_only_rises(reachable):
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")
    told = [sent(reachable, meeting)]

    for move, given in (
        ("prepare", {"chair": "Göran"}),
        ("prepare", {"place": "Kaupungintalo"}),
        ("reschedule", {"when": "26.5.2016 klo 17-18"}),
        ("change_mode", {"mode": "remote", "link": "https://etä.example/1"}),
        ("invite", {"channel": "personal"}),
        ("cancel", None),
    ):
        step(reachable, meeting, move, given)
        told.append(sent(reachable, meeting))

    assert [each.entry.sequence for each in told] == [1, 1, 2, 3, 4, 4, 5]
    assert len({each.entry.uid for each in told}) == 1
    assert len({each.name for each in told}) == 5, "a change has files of its own"


def test_a_new_title_is_a_change_and_one_from_before_the_meeting_is_not(reachable):
    series = a_series(reachable)
    step(reachable, series.theme, "describe", {"title": "Kukaan ei jää yksin"})
    meeting = new(reachable, "meeting", series, {"when": "24.5.2016 klo 17-18"})

    before = sent(reachable, meeting).entry.sequence
    step(reachable, series.theme, "describe", {"why_together": "Siksi"})
    meanwhile = sent(reachable, meeting).entry.sequence
    step(reachable, series.theme, "describe", {"title": "Yhdessä"})
    after = sent(reachable, meeting).entry

    assert (before, meanwhile, after.sequence) == (0, 0, 1)
    assert after.title.startswith("Yhdessä")


def test_a_meeting_that_is_called_off_is_taken_back(reachable):
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")
    asked = sent(reachable, meeting).entry
    step(reachable, meeting, "cancel")

    made = sent(reachable, meeting)

    (entry,) = entries(ics(made))
    assert faults(ics(made)) == []
    assert b"METHOD:CANCEL\r\n" in ics(made)
    assert (entry.status.value, entry.uid.value, entry.transp.value) == ("CANCELLED", asked.uid, "TRANSPARENT")
    assert int(entry.sequence.value) > asked.sequence
    assert len(entry.attendee_list) == 2


def test_a_meeting_that_is_only_planned_is_not_certain(reachable):
    meeting = new(reachable, "meeting", a_series(reachable), {"when": "24.5.2016 klo 17-18"})

    (entry,) = entries(ics(sent(reachable, meeting)))

    assert entry.status.value == "TENTATIVE"


def test_nobody_is_invited_without_a_time_or_to_what_was_held(reachable):
    series = a_series(reachable)
    held = meeting_on(reachable, series, "26.4.2016", MeetingState.HELD)
    timeless = new(reachable, "meeting", series)

    problems = [failure(reachable, lambda each=each: sent(reachable, each)) for each in (held, timeless)]

    assert [problem.code for problem in problems] == ["invitation_too_late", "meeting_without_time"]


def test_where_nobody_can_answer_it_is_no_request(work):
    meeting = meeting_on(work, a_series(work), "24.5.2016")

    made = sent(work, meeting)

    (entry,) = entries(ics(made))
    assert made.method is Method.PUBLISH
    assert not hasattr(entry, "organizer")
    assert not hasattr(entry, "attendee")
    assert letter(made)["To"] is None


def test_where_the_convener_has_no_address_the_secretary_gets_the_answers(reachable):
    person(reachable, "Aino").email = None
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")

    made = sent(reachable, meeting)

    assert made.guests.organiser.address == "pekka@4h.fi"
    assert "Aino Äijälä" in [each.name for each in made.guests.unreachable]


def test_an_answer_to_what_still_holds_is_not_asked_for_again(reachable):
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")
    answered = {"answer": Answer.ACCEPTED, "answered_at": NOW, "sequence": 1}
    reachable.session.add(InvitationAnswer(meeting_id=meeting.id, person_id=person(reachable, "Göran").id, **answered))

    before = [each.answer for each in sent(reachable, meeting).guests.reachable]
    step(reachable, meeting, "reschedule", {"when": "26.5.2016 klo 17-18"})
    after = [each.answer for each in sent(reachable, meeting).guests.reachable]

    assert (before, after) == (["ACCEPTED", "NEEDS-ACTION"], ["NEEDS-ACTION", "NEEDS-ACTION"])


def test_seats_of_the_day_are_invited_and_those_of_other_tables_that_take_part(reachable):
    series, other = a_series(reachable), a_series(reachable, "multia")
    step(reachable, other.theme.table, "seat", {"person": "Sirkka"})
    step(reachable, series.theme.table, "seat", {"person": "Väinö", "until": "1.5.2016"})
    meeting = meeting_on(reachable, series, "24.5.2016")
    alone = {each.name for each in sent(reachable, meeting).guests.invited}
    step(reachable, meeting, "join", {"series": f"S{other.id}"})

    together = {each.name for each in sent(reachable, meeting).guests.invited}

    assert together - alone == {"Sirkka Möttönen"}
    assert "Väinö Vieras" not in together


def test_whoever_presents_a_matter_is_invited_too(reachable):
    person(reachable, "Väinö").email = "vaino@ely.fi"
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")
    new(reachable, "item", meeting, {"title": "Linja-autot", "origin": "department", "presenter": "Väinö"})

    made = sent(reachable, meeting)

    (last,) = [each for each in made.guests.reachable if each.name == "Väinö Vieras"]
    assert last.optional
    assert b"OPT-PARTICIPANT" in ics(made).replace(b"\r\n ", b"")


# The letter


def test_the_draft_has_the_text_the_invitation_and_the_file(reachable):
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")
    made = sent(reachable, meeting)

    draft = letter(made)

    kinds = [part.get_content_type() for part in draft.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics"]
    assert draft["X-Unsent"] == "1"
    assert [each.addr_spec for each in draft["To"].addresses] == ["goran.ohman@seurakunta.fi", "pekka@4h.fi"]
    offered, attached = list(draft.walk())[3:]
    assert offered.get_param("method") == "REQUEST"
    assert offered.get_payload(decode=True).rstrip() == attached.get_payload(decode=True).rstrip() == ics(made).rstrip()
    assert draft.get_body(("plain",)).get_content().splitlines() == made.entry.text.splitlines()


def test_a_table_of_two_languages_says_everything_in_both(reachable):
    theme = a_theme(reachable)
    step(reachable, theme.table, "describe", {"languages": "fi,sv"})
    step(reachable, theme.table, "translate", {"field": "name", "language": "sv", "text": "Keuru partnerskapsbord"})
    step(reachable, theme, "translate", {"field": "title", "language": "sv", "text": "Ensamhet"})
    meeting = meeting_on(reachable, new(reachable, "series", theme, {"planned_meetings": 3}), "24.5.2016")

    made = sent(reachable, meeting)

    assert made.entry.title == "Yksinäisyys / Ensamhet – Keuruun kumppanuuspöytä / Keuru partnerskapsbord"
    finnish, swedish = made.entry.text.split("\n\n* * *\n\n")
    assert "tiistai 24.5.2016 klo 17–18.30" in finnish
    assert "Yksinäisyys" in finnish
    assert "tisdag 24.5.2016 kl. 17–18.30" in swedish
    assert "Ensamhet" in swedish
    assert "tiistai 24.5.2016" in made.head
    assert "tisdag 24.5.2016" in made.head


ENGLISH = """\
Welcome to a meeting of this table: Keuruun kumppanuuspöytä.

Theme: Yksinäisyys
Meeting 1 of 3
Time: Tuesday 24 May 2016, 17:00–18:30
Place: Kirjasto

On the agenda:
– Kyydit kirkonkylälle

Invited:
– Aino Äijälä
– Göran Öhman
– Pekka Näätänen
– Äijälän kyläyhdistys
– Möksyn Leipä Oy
– Kerttu Sjöström

Please answer in your calendar whether you come, or write to Aino Äijälä."""


def test_the_whole_text_in_english(reachable):
    series = a_series(reachable)
    step(reachable, series.theme.table, "describe", {"languages": "en"})
    meeting = meeting_on(reachable, series, "24.5.2016", MeetingState.AGENDA_SET)

    assert sent(reachable, meeting).entry.text == ENGLISH


# Several entries


def test_a_series_is_one_calendar_without_a_name_in_it(reachable):
    series = a_series(reachable)
    meeting_on(reachable, series, "26.4.2016", MeetingState.HELD)
    off = meeting_on(reachable, series, "24.5.2016")
    step(reachable, off, "cancel")
    meeting_on(reachable, series, "31.5.2016")
    new(reachable, "meeting", series)

    file, inside, undated = calendar_of(reachable, series)

    assert faults(file) == []
    assert (inside, undated) == (["M1", "M2", "M3"], ["M4"])
    read = entries(file)
    assert [each.status.value for each in read] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert read[2].uid.value == sent(reachable, reachable.find("M3")).entry.uid
    assert not [name for name in (*ADDRESSES, "@keuruu.fi", "@4h.fi") if name.encode() in file.replace(b"\r\n ", b"")]


def test_a_joint_meeting_is_in_the_calendar_of_each_series(reachable):
    series, other = a_series(reachable), a_series(reachable, "multia")
    meeting = meeting_on(reachable, series, "24.5.2016")
    step(reachable, meeting, "join", {"series": f"S{other.id}"})

    assert calendar_of(reachable, other)[1] == ["M1"]


def test_an_empty_series_is_an_empty_calendar(reachable):
    file, inside, _ = calendar_of(reachable, a_series(reachable))

    assert (faults(file), entries(file), inside) == ([], [], [])


def of_party(work, ref, language="en"):
    work.session.flush()
    with reader_of(work.session) as reader:
        view = "v_people" if ref[0] == "P" else "v_organisations"
        return due_days(reader, reader.rows(view, ref=ref)[0], speech(language), NOW)


def test_promised_work_is_an_entry_for_the_whole_day(work):
    theme = a_theme(work)
    for state, due in (("assigned", "30.6.2016"), ("waiting", "1.6.2016"), ("closed", "2.6.2016")):
        action_at(work, theme, state, what=f"Työ {state}", due=due)
    action_at(work, theme, "assigned", what="Joskus")
    action_at(
        work, theme, "assigned", what="Yhteinen", to="Keuruun seurakunta", due="3.6.2016", shared_with=["Äijälän"]
    )

    file, inside, undated = of_party(work, "G2")

    assert faults(file) == []
    assert (inside, undated) == (["A2", "A5", "A1"], ["A4"])
    first = entries(file)[0]
    assert (str(first.dtstart.value), str(first.dtend.value)) == ("2016-06-01", "2016-06-02")
    assert first.transp.value == "TRANSPARENT", "it takes nobody's time"
    assert first.summary.value == "Työ waiting"


def test_work_that_is_put_off_is_the_same_entry_with_a_higher_number(work):
    action = action_at(work, a_theme(work), "assigned", due="30.6.2016")
    before = entries(of_party(work, "G2")[0])[0]
    step(work, action, "postpone", {"due": "31.7.2016"})

    after = entries(of_party(work, "G2")[0])[0]

    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert str(after.dtstart.value) == "2016-07-31"


# Hostile words

HOSTILE = (
    'Aa"; \\,:\r\nATTENDEE:mailto:evil@example.com\nBEGIN:VEVENT\x1b[2J\x00\x07\x85\u202egnorw\u2066\u200b\u2028'
    + "ä" * 300
    + "🙂"
)


def hostile_entry(**more):
    guest = Guest("P1", HOSTILE, ['a;b,c:d"e@example.com', "\nX: 1"][0])
    told = {"title": HOSTILE, "text": HOSTILE, "place": HOSTILE, "organiser": guest, "guests": (guest,)} | more
    return Entry("uid", 0, NOW, NOW + DAY, **told)


def test_hostile_words_stay_words():
    file = as_ical([hostile_entry()], Method.REQUEST, NOW, HOSTILE)

    (entry,) = entries(file)
    found = [each for each in faults(file) if not each.startswith("no address")]
    assert found == []
    assert len(entry.attendee_list) == 1
    assert "evil@example.com" in entry.summary.value, "what people wrote is there, on one line"
    assert "\n" not in entry.summary.value


def test_hostile_words_reach_no_header_of_the_letter(reachable):
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")
    for name, words in (("Göran", 'Bcc: evil@example.com\r\nX: "'), ("Pekka", "p\u202e<evil@example.com>,")):
        person(reachable, name).name = words
    meeting.place = meeting.series.theme.title = HOSTILE.replace("\0", "")
    reachable.session.flush()
    made = sent(reachable, meeting)

    draft = letter(made)

    assert faults(ics(made)) == []
    assert draft["Bcc"] is None
    assert draft["X"] is None
    assert [each.addr_spec for each in draft["To"].addresses] == ["goran.ohman@seurakunta.fi", "pekka@4h.fi"]
    assert not any(hidden in str(draft["Subject"]) for hidden in "\x1b\x00\u202e\u2066")
    raw = made.files()[f"{made.name}.eml"]
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


NO_ADDRESSES = "|ei|a@|@b|a@b\r\nBcc: evil@x.fi|Aino <a@b.fi>|a@b.fi, c@d.fi|ä@b.fi|a b@c.fi|a@b.fi;x"


@pytest.mark.parametrize("address", [None, *NO_ADDRESSES.split("|")])
def test_what_is_no_address_is_nobody_s(address):
    assert mail_address("Göran Öhman", address) is None


def test_whose_address_is_none_is_told_in_another_way(reachable):
    person(reachable, "Göran").email = "a@b.fi\r\nBcc: evil@x.fi"
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")

    made = sent(reachable, meeting)

    assert "Göran Öhman" in [each.name for each in made.guests.unreachable]
    assert b"evil" not in ics(made)


# The strict look itself


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        (b"\r\nUID:", b"\r\nX-LONG:" + b"x" * 80 + b"\r\nUID:", "87 octets in a line"),
        (b"\r\nUID:", b"\nUID:", "a bare line end"),
        (b"SUMMARY:", b"SUMMARY:\x1b[2J", "a character that hides something: '\\x1b'"),
        (b"\r\nSUMMARY:", b"\r\nATTENDEE:evil\r\nSUMMARY:", "no address: ATTENDEE:evil"),
        (b"\r\nSEQUENCE:0", b"", "SEQUENCE 0 times"),
        (b"\r\nSEQUENCE:0", b"\r\nSEQUENCE:0\r\nSEQUENCE:1", "SEQUENCE 2 times"),
        (
            b"DTSTART:20160520T120000Z",
            b"DTSTART;TZID=FLE:20160520T120000",
            "not in UTC: DTSTART;TZID=FLE:20160520T120000",
        ),
        (b"METHOD:REQUEST\r\n", b"", "not one method"),
        (b"END:VEVENT\r\n", b"", "ends what has not begun"),
        ("ä".encode(), b"\xc3\r\n \xa4", "a letter broken by the fold"),
    ],
)
def test_a_planted_fault_is_found(good, bad, fault):
    file = as_ical([Entry("uid", 0, NOW, None, "ä", "teksti")], Method.REQUEST, NOW)
    assert faults(file) == []

    assert fault in faults(file.replace(good, bad, 1))


def test_what_is_written_says_when(reachable):
    meeting = meeting_on(reachable, a_series(reachable), "24.5.2016")
    later = replace(reachable, now=NOW + DAY)

    first, second = sent(reachable, meeting), sent(later, meeting, later.now)

    stamps = [entries(ics(each))[0].dtstamp.value for each in (first, second)]
    assert stamps == [NOW, NOW + DAY]
    assert first.entry == second.entry


def test_what_was_held_is_not_forgotten_in_the_series(reachable):
    series = a_series(reachable)
    meeting = meeting_on(reachable, series, "26.4.2016", MeetingState.AGENDA_SET)
    hold(reachable, meeting)

    assert calendar_of(reachable, series)[1] == ["M1"]
