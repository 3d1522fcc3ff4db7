"""Reminders on fixed dates: everybody hears what they hold, once; what was missed is caught up; nothing is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from email import message_from_string, policy
from pathlib import Path

import pytest
from sqlalchemy import select

from cli.remind import write_letter
from models.database import Database
from models.people import Seat
from models.place import DatabaseProblem
from models.reminders import Reminder, ReminderLetter
from models.states import ActionState, ErasureGround, ItemState, MeetingState, SeriesState, TableState, ThemeState
from tests.builders import acting, action_at, item_at, keuruu, meeting_at, person, series_at, step, table_at, theme_at
from tests.looking import at_work
from workflow.days import noon
from workflow.errors import Usage
from workflow.forgetting import forget
from workflow.language.languages import LANGUAGES
from workflow.outcomes import How
from workflow.reminding.held import Duty
from workflow.reminding.ledger import hand_out, note_letters, reader_of, waiting
from workflow.reminding.planning import Letter, Saying, language_of, letters
from workflow.reminding.stages import ESCALATION, GIVEN, LATE, SOON
from workflow.reminding.wording import Directory, Mail, as_email, as_text, mail_kept, mail_of

LETTERS = Path(__file__).parent / "letters"
FIRST, DUE = date(2016, 2, 20), date(2016, 3, 1)


class Killed(BaseException):
    """The computer went dark."""


@contextmanager
def work_given(database: Database, **told: str) -> Iterator[object]:
    """Kyytirinki, given to the village association in January by the first of March, or as told."""
    with at_work(database) as work:
        theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
        yield action_at(work, theme, ActionState.ASSIGNED, **({"due": "1.3.2016"} | told))


@pytest.fixture
def on_file(file_place):
    """What every database of today takes is asked of a file; the ledger itself of both (`either`)."""
    opened = Database(file_place)
    yield opened
    opened.close()


@pytest.fixture
def either(database):
    with work_given(database):
        pass
    return database


@pytest.fixture
def kept(on_file):
    with work_given(on_file):
        pass
    return on_file


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "letters"
    made.mkdir()
    return made


def remind(database: Database, day: date, folder: Path, write: Callable[[str, str], None] | None = None) -> list[str]:
    """One run, as the command makes it: note the letters, then hand out each."""
    now = noon(day)
    with database.writing() as session:
        numbers = [*waiting(session), *note_letters(session, now)]
    written = []
    for number in numbers:
        with database.writing() as session:
            written.append(
                hand_out(session, number, now, write or (lambda name, text: write_letter(folder, name, text)))
            )
    return [name for name in written if name]


def into(folder: Path) -> Callable[[str, str], None]:
    return lambda name, text: write_letter(folder, name, text)


def told(database: Database) -> list[tuple[str, str, str]]:
    """Every reminder in the ledger: its day, its stage, and who was told."""
    with database.reading() as session:
        wanted = select(Reminder).order_by(Reminder.id)
        return [
            (
                each.letter.made_at.date().isoformat(),
                each.stage.value,
                (each.letter.person or each.letter.organisation).name,
            )
            for each in session.scalars(wanted)
        ]


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def around(*days: str) -> list[date]:
    """Each of these days, and those before and after it."""
    told = (date.fromisoformat(day) for day in days)
    return sorted({day + timedelta(days=number) for day in told for number in (-1, 0, 1)})


def planned(database: Database, day: date) -> list[Letter]:
    with database.reading() as session, reader_of(session) as reader:
        return letters(reader, day)


# Step by step


STEPS = [
    ("2016-02-20", "given", "Äijälän kyläyhdistys"),
    ("2016-02-23", "soon", "Äijälän kyläyhdistys"),
    ("2016-03-02", "late", "Äijälän kyläyhdistys"),
    ("2016-03-09", "secretary_told", "Pekka Näätänen"),
    ("2016-03-16", "convener_told", "Aino Äijälä"),
    ("2016-03-30", "coordinator_told", "Kerttu Sjöström"),
]


SPRING = [FIRST, *around(*(day for day, _, _ in STEPS[1:])), date(2016, 4, 20)]


def test_lateness_is_told_step_by_step(either, folder):
    for day in SPRING:
        remind(either, day, folder)

    assert told(either) == STEPS
    assert len(list(folder.iterdir())) == len(STEPS)


def test_what_is_over_or_waits_is_left_in_peace(on_file, folder):
    with at_work(on_file) as work:
        theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
        for state in ActionState:
            action_at(work, theme, state, due="1.3.2016")

    remind(on_file, date(2016, 6, 1), folder)

    assert [(stage, who) for _, stage, who in told(on_file)] == [("late", "Äijälän kyläyhdistys")] * 2


@pytest.mark.parametrize("state", [ThemeState.SUSPENDED, ThemeState.DISCONTINUED])
def test_nobody_is_pressed_for_a_theme_that_rests(on_file, folder, state):
    with work_given(on_file):
        pass
    with at_work(on_file) as work:
        theme = work.find("T1")
        series_at(work, theme, SeriesState.CONVENED)
        step(work, theme, {"suspended": "suspend", "discontinued": "discontinue"}[state], _ENDING[state])

    assert remind(on_file, date(2016, 6, 1), folder) == []


_ENDING = {ThemeState.SUSPENDED: {"revisit": "1.9.2016"}, ThemeState.DISCONTINUED: {"outcome": "no_resources"}}


def test_nobody_hears_of_their_own_lateness_as_the_secretary(on_file, folder):
    with work_given(on_file, to="Pekka Näätänen"):
        pass

    for day in SPRING:
        remind(on_file, day, folder)

    assert [(day, stage) for day, stage, _ in told(on_file)] == [
        ("2016-02-20", "given"),
        ("2016-02-23", "soon"),
        ("2016-03-02", "late"),
        ("2016-03-16", "convener_told"),
        ("2016-03-30", "coordinator_told"),
    ]


def test_where_nobody_holds_a_role_the_next_one_is_told(kept, folder):
    with at_work(kept) as work:
        for seat in work.session.scalars(select(Seat).where(Seat.role.in_(["secretary", "convener"]))):
            seat.until = date(2016, 2, 1)

    for day in SPRING:
        remind(kept, day, folder)

    assert told(kept)[3:] == [("2016-03-30", "coordinator_told", "Kerttu Sjöström")]


def test_a_coordinator_of_the_area_is_told_too(kept, folder):
    with at_work(kept) as work:
        seat = work.session.scalars(select(Seat).where(Seat.role == "coordinator")).one()
        seat.table_id, seat.area = None, "Keuruu"

    for day in SPRING:
        remind(kept, day, folder)

    assert told(kept)[-1] == ("2016-03-30", "coordinator_told", "Kerttu Sjöström")


# Missed runs


def test_a_missed_run_is_caught_up(kept, folder):
    for day in SPRING:
        if day.isoformat() not in ("2016-02-23", "2016-03-09"):
            remind(kept, day, folder)

    assert told(kept)[:4] == [
        STEPS[0],
        ("2016-02-24", *STEPS[1][1:]),
        STEPS[2],
        ("2016-03-10", *STEPS[3][1:]),
    ]


def test_after_a_long_silence_whoever_is_late_hears_first_and_once(either, folder):
    for day in (date(2016, 4, 1), *around("2016-04-08", "2016-04-15", "2016-04-29")):
        remind(either, day, folder)

    assert told(either) == [
        ("2016-04-01", "late", "Äijälän kyläyhdistys"),
        ("2016-04-08", "secretary_told", "Pekka Näätänen"),
        ("2016-04-15", "convener_told", "Aino Äijälä"),
        ("2016-04-29", "coordinator_told", "Kerttu Sjöström"),
    ]


def test_the_same_run_twice_sends_once(either, folder):
    first, again = remind(either, FIRST, folder), remind(either, FIRST, folder)

    assert (len(first), again) == (1, [])


@pytest.mark.parametrize("move", [("postpone", {"due": "1.4.2016"}), ("reassign", {"to": "Möksyn Leipä Oy"})])
def test_what_is_agreed_anew_is_told_anew(kept, folder, move):
    for day in (FIRST, date(2016, 3, 2)):
        remind(kept, day, folder)
    with at_work(kept) as work:
        step(work, work.find("A1"), move[0], move[1], on=noon(date(2016, 3, 3)))

    written = [remind(kept, day, folder) for day in every_day(date(2016, 3, 3), date(2016, 3, 5))]

    assert [len(each) for each in written] == [1, 0, 0]


# What is killed halfway


def test_a_kill_before_the_files_are_written_loses_nothing(kept, folder):
    with kept.writing() as session:
        note_letters(session, noon(FIRST))

    written = remind(kept, date(2016, 2, 22), folder)

    assert written == ["2016-02-20-aijalan-kylayhdistys-1.txt"]
    assert [path.name for path in folder.iterdir()] == written


def test_a_kill_between_a_file_and_the_ledger_writes_nothing_twice(either, folder):
    def write_and_die(name: str, text: str) -> None:
        write_letter(folder, name, text)
        raise Killed

    with pytest.raises(Killed):
        remind(either, FIRST, folder, write_and_die)
    (before,) = folder.iterdir()
    text = before.read_bytes()

    remind(either, date(2016, 2, 22), folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {before.name: text}
    assert told(either) == [STEPS[0]]


def test_a_kill_before_the_letters_are_noted_leaves_nothing(kept, folder):
    with pytest.raises(Killed), kept.writing() as session:
        note_letters(session, noon(FIRST))
        raise Killed

    assert (told(kept), len(remind(kept, FIRST, folder)), told(kept)) == ([], 1, [STEPS[0]])


def test_a_letter_that_is_out_leaves_no_text_behind(kept, folder):
    remind(kept, FIRST, folder)

    with kept.reading() as session:
        (letter,) = session.scalars(select(ReminderLetter))
        assert (letter.text, letter.written_at) == (None, noon(FIRST))


@pytest.mark.parametrize(("to", "files"), [("Pekka Näätänen", 0), ("Keuruun 4H-yhdistys", 1)])
def test_a_letter_on_its_way_does_not_name_somebody_who_is_forgotten(on_file, folder, to, files):
    with work_given(on_file, to=to):
        pass
    with at_work(on_file) as work:
        person(work, "Pekka").email = "pekka@nelja-h.fi"
        work.session.flush()
        (number,) = note_letters(work.session, noon(FIRST))
        step(work, work.find("A1"), "reassign", {"to": "Möksyn Leipä Oy"})
        step(work, work.find("keuruu"), "unseat", {"person": "Pekka", "role": "secretary"})
        forget(acting(work, "Kerttu"), person(work, "Pekka"), ErasureGround.NOT_NEEDED, How(), ["Pekka"])

    with on_file.writing() as session:
        hand_out(session, number, noon(FIRST), into(folder))

    written = [path.read_text(encoding="utf-8") + path.name for path in folder.iterdir()]
    assert [text for text in written if "pekka" in text.casefold()] == []
    assert len(written) == files


def test_a_letter_handed_out_by_somebody_else_is_not_handed_out_again(either, folder):
    with either.writing() as session:
        (number,) = note_letters(session, noon(FIRST))
    remind(either, FIRST, folder)

    with either.writing() as session:
        assert hand_out(session, number, noon(FIRST), lambda name, text: pytest.fail(name)) is None


def test_a_file_of_somebody_else_is_never_written_over(kept, folder):
    taken = folder / "2016-02-20-aijalan-kylayhdistys-1.txt"
    taken.write_text("Jotain muuta", encoding="utf-8")

    with pytest.raises(Usage) as refused:
        remind(kept, FIRST, folder)

    assert (refused.value.code, taken.read_text(encoding="utf-8")) == ("letter_taken", "Jotain muuta")
    taken.unlink()
    assert remind(kept, FIRST, folder) == [taken.name]


# Who gets what


def test_a_matter_is_prepared_by_whoever_presents_it(on_file, folder):
    with at_work(on_file) as work:
        series = series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED)
        meeting = meeting_at(work, series, MeetingState.CONVENED)
        item_at(work, meeting, ItemState.ACCEPTED, presenter="Göran")
        day = meeting.begins_at.date()

    for each in [day + timedelta(days=number) for number in (-10, -8, -7, -6, 0, 1, 30)]:
        remind(on_file, each, folder)

    assert told(on_file) == [
        ((day - timedelta(days=10)).isoformat(), "given", "Göran Öhman"),
        ((day - timedelta(days=7)).isoformat(), "soon", "Göran Öhman"),
    ]


def test_whoever_takes_part_hears_of_it_but_is_not_asked_when_it_is_late(on_file, folder):
    with work_given(on_file, shared_with="Keuruun seurakunta"):
        pass

    for day in SPRING:
        remind(on_file, day, folder)

    taking_part = [each for each in told(on_file) if each[2] == "Keuruun seurakunta"]
    assert taking_part == [
        ("2016-02-20", "given", "Keuruun seurakunta"),
        ("2016-02-23", "soon", "Keuruun seurakunta"),
    ]
    assert [each for each in told(on_file) if each not in taking_part] == STEPS


def test_whoever_takes_part_is_told_who_has_the_main_responsibility(on_file, folder):
    with work_given(on_file, shared_with="Keuruun seurakunta"):
        pass

    _, letter = sorted(remind(on_file, FIRST, folder))

    text = " ".join((folder / letter).read_text(encoding="utf-8").split())
    assert "Kootaan kyytirinki (A1)" in text
    assert "päävastuu: Äijälän kyläyhdistys" in text


def test_a_party_gets_one_letter_with_all_that_it_holds(kept):
    with at_work(kept) as work:
        action_at(work, work.find("T1"), ActionState.IN_PROGRESS, "Kerätään toiveet", due="1.9.2016")

    (letter,) = planned(kept, FIRST)

    assert ([each.duty.ref for each in letter.sayings], letter.also) == (["A1", "A2"], [])


def test_what_was_told_before_is_told_along(kept, folder):
    with at_work(kept) as work:
        action_at(work, work.find("T1"), ActionState.IN_PROGRESS, "Kerätään toiveet", due="1.9.2016")
    remind(kept, FIRST, folder)

    (letter,) = planned(kept, date(2016, 2, 23))

    assert ([each.duty.ref for each in letter.sayings], [each.ref for each in letter.also]) == (["A1"], ["A2"])


def test_a_person_is_written_to_and_whoever_has_no_address_gets_paper(on_file, folder):
    with work_given(on_file, to="Pekka Näätänen"):
        pass
    with at_work(on_file) as work:
        person(work, "Pekka").email = "pekka@nelja-h.fi"
        action_at(work, work.find("T1"), ActionState.ASSIGNED, to="Aino Äijälä")

    paper, mail = sorted(remind(on_file, FIRST, folder))

    message = message_from_string((folder / mail).read_text(encoding="utf-8"), policy=policy.default)
    assert (paper, mail) == ("2016-02-20-aino-aijala-1.txt", "2016-02-20-pekka-naatanen-2.eml")
    assert str(message["To"]) == "Pekka Näätänen <pekka@nelja-h.fi>"
    assert message["X-Unsent"] == "1"
    assert "Kootaan kyytirinki (A1)" in message.get_content()
    assert "Annettavaksi: Aino Äijälä" in (folder / paper).read_text(encoding="utf-8")


def test_an_organisation_is_written_to_by_those_of_its_people_who_sit_at_the_table(on_file):
    with work_given(on_file, to="Keuruun seurakunta"):
        pass
    with at_work(on_file) as work:
        person(work, "Göran").email = "goran@seurakunta.fi"
        person(work, "Sirkka").email = "sirkka@kyla.fi"

    with on_file.reading() as session, reader_of(session) as reader:
        (letter,) = letters(reader, FIRST)
        mail = mail_of(letter, reader, Directory(reader))

    assert mail.addresses == [("Göran Öhman", "goran@seurakunta.fi")]


@pytest.mark.parametrize("address", ["", "ei ole", "a@b\r\nBcc: c@d", "ä@ö.fi", "@", "<a@b.fi>"])
def test_an_address_that_is_none_is_paper(kept, address):
    with at_work(kept) as work:
        person(work, "Sirkka").email = address
        step(work, work.find("A1"), "reassign", {"to": "Sirkka Möttönen"})

    with kept.reading() as session, reader_of(session) as reader:
        (letter,) = letters(reader, FIRST)

        assert mail_of(letter, reader, Directory(reader)).addresses == []


def test_no_name_adds_anything_to_an_email():
    evil = "Aino\r\nBcc: kaikki@maailma.fi\x1b[2J"
    mail = Mail("P1", evil, [(evil, "aino@keuruu.fi")], f"Hei\n{evil}", evil, "fi")

    message = message_from_string(as_email(mail, noon(FIRST), "1"), policy=policy.default)

    assert sorted(message.keys()) == sorted(
        ["Subject", "To", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
    )


@pytest.mark.parametrize("text", ["", "Hei", "[]", "{}", '{"party": 1}', "[" * 100_000])
def test_a_letter_that_other_hands_have_kept_is_told_of(text):
    with pytest.raises(DatabaseProblem) as told_of:
        mail_kept(text)

    assert told_of.value.code == "strange_value"


def test_the_stages_come_one_after_another():
    days = [SOON.after, LATE.after, *(stage.after for stage in ESCALATION)]

    assert (GIVEN.after, days) == (None, sorted(set(days)))


# In what words


@pytest.mark.parametrize(("languages", "spoken"), [("sv,fi", "sv"), ("fi, sv", "fi"), ("se,en", "en"), ("", "fi")])
def test_a_party_is_written_to_in_the_language_of_the_table(languages, spoken):
    assert language_of({"languages": languages}) == spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_reads_so(file_place, language):
    """Word by word. It holds something of every stage, of two tables."""
    database = Database(file_place)
    with at_work(database) as work:
        keuruu(work)
        table_at(work, TableState.ACTIVE, "multia")
    duty = Duty("action", 1, "A1", "Kootaan kyytirinki", "keuruu", "P3", date(2016, 1, 12), DUE)
    item = Duty("item", 2, "M1/2", "Kyydit kirkonkylälle", "keuruu", "P3", date(2016, 1, 12), date(2016, 3, 8))
    others = duty._replace(holder="G2", ref="A4", title="Kerätään toiveet kylältä")
    sayings = [
        Saying(duty, LATE),
        Saying(item, SOON),
        Saying(duty._replace(ref="A2", title="Kirjoitetaan lehteen", due_on=None, table_ref="multia"), GIVEN),
        *(Saying(others, stage) for stage in ESCALATION),
    ]
    letter = Letter("P3", language, sayings, [duty._replace(ref="A3", title="Varataan sali", due_on=date(2016, 9, 1))])

    with database.reading() as session, reader_of(session) as reader:
        text = as_text(mail_of(letter, reader, Directory(reader)))
    database.close()

    assert text == (LETTERS / f"letter.{language}.txt").read_text(encoding="utf-8")
