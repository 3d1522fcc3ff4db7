"""What the audit said on a day is what the history tells of that day ever after, whatever happens later."""

from datetime import date, datetime

from models.people import Person
from models.reading import open_reader
from models.states import ActionState, ItemState, SeriesState, ThemeState
from tests.builders import (
    action_at,
    as_one_of,
    first_people,
    item_at,
    keuruu,
    new,
    series_at,
    step,
    theme_at,
)
from tests.workflow.stalled.scenes import on
from workflow.engine import make_new
from workflow.lifecycles import PAGE
from workflow.outcomes import How
from workflow.stalled.verdicts import verdicts
from workflow.undoing import undo
from workflow.work import Work

DATED = {"place": "Kirjasto", "channel": "open_call"}
HELD = {"present": ["Aino Äijälä", "Göran Öhman", "Pekka Näätänen"]}


class Year:
    """A year at a table, told day by day; the audit is asked at the end of each of those days."""

    def __init__(self, database):
        self.database = database
        self.said = {}

    def on(self, day, act):
        now = datetime.fromisoformat(f"{day}T18:00:00+00:00")
        with self.database.writing() as session:
            people = session.query(Person).order_by(Person.id).first() or first_people(session)
            act(Work(session, people, now))
        self.said[day] = self.asked(day, past=False)

    def asked(self, day, *, past):
        with open_reader(self.database.place) as reader:
            return list(verdicts(reader, date.fromisoformat(day), past=past))


def do(kind, number, move, day, **told):
    """One move of one thing."""

    def act(work):
        step(work, work.find(f"{number}", kind), move, told or None, on=on(day))

    return act


def take_back(kind, ref):
    def act(work):
        row = work.find(ref, kind)
        worker = as_one_of(work, row, {role for move in PAGE[kind].moves.values() for role in move.by})
        undo(worker, row, How(reason="Ei sittenkään"))

    return act


def write_result(work):
    theme = work.find("T1", "theme")
    told = {"title": "Kyytirinki", "kind": "own_work", "check_on": "1.5.2016"}
    make_new(as_one_of(work, theme, PAGE["result"].creation.by), "result", theme, told, How(on=work.now))


def begin_memo(work):
    meeting = work.find("M1", "meeting")
    make_new(as_one_of(work, meeting, PAGE["memo"].creation.by), "memo", meeting, None, How(on=work.now))


def nothing(work):
    pass


def begin(work):
    table = keuruu(work)
    theme = theme_at(work, table, ThemeState.PROPOSED)
    series_at(work, theme, SeriesState.PLANNED)
    theme_at(work, table, ThemeState.PROPOSED, "Kyläilta")


def test_what_was_said_on_each_day_is_told_of_it_at_the_end(database):
    year = Year(database)

    year.on("2016-01-12", begin)
    year.on("2016-01-13", lambda work: new(work, "meeting", work.find("S1", "series")))
    year.on("2016-01-20", do("meeting", "M1", "convene", "2016-01-20", when="9.2.2016 klo 17-18.30", **DATED))
    year.on("2016-02-05", do("meeting", "M1", "reschedule", "2016-02-05", when="16.2.2016 klo 17-18.30"))
    year.on("2016-02-06", lambda work: item_at(work, work.find("M1", "meeting"), ItemState.ACCEPTED))
    year.on("2016-02-12", nothing)
    year.on("2016-02-15", do("meeting", "M1", "set_agenda", "2016-02-15"))
    year.on("2016-02-20", do("meeting", "M1", "hold", "2016-02-17", **HELD))
    year.on("2016-03-10", take_back("meeting", "M1"))
    year.on("2016-03-11", do("meeting", "M1", "hold", "2016-03-11", **HELD))
    year.on("2016-03-12", do("theme", "T1", "goal", "2016-03-12", goal="Yhdessä", agreed_in="M1", parties="G1"))
    year.on("2016-03-13", do("item", "M1/1", "settle", "2016-03-13", outcome="agreed", agreed="Kokeillaan"))
    year.on(
        "2016-03-14", lambda work: action_at(work, work.find("M1/1", "item"), ActionState.ASSIGNED, due="15.4.2016")
    )
    year.on("2016-03-30", nothing)
    year.on("2016-04-01", do("meeting", "M1", "assign_actions", "2016-04-01"))
    year.on("2016-04-20", do("action", "A1", "wait", "2016-04-20", **{"for": "ELY-keskus"}))
    year.on("2016-05-20", take_back("action", "A1"))
    year.on("2016-05-21", do("action", "A1", "postpone", "2016-05-21"))
    year.on("2016-05-22", do("action", "A1", "reassign", "2016-05-22", to="Keuruun seurakunta", due="1.6.2016"))
    year.on("2016-06-10", do("theme", "T1", "suspend", "2016-06-10", revisit="1.9.2016"))
    year.on("2016-09-01", do("theme", "T1", "resume", "2016-09-01"))
    year.on("2016-09-02", do("table", "keuruu", "rules", "2016-09-02", code="summer_pause", level="off"))
    year.on("2016-09-20", do("action", "A1", "report_done", "2016-09-20"))
    year.on("2016-10-10", nothing)
    year.on("2016-10-20", do("action", "A1", "close", "2016-10-20", outcome="Tehty"))
    year.on("2016-10-21", write_result)
    year.on("2016-11-01", do("result", "O1", "describe", "2016-11-01", check_on="1.12.2016"))
    year.on("2016-12-05", do("result", "O1", "confirm", "2016-12-05"))
    year.on("2016-12-06", do("result", "O1", "check", "2016-12-06", lasting="partly", check_on="1.2.2017"))
    year.on("2016-12-07", do("table", "keuruu", "unseat", "2016-12-07", person="Pekka Näätänen", until="31.1.2017"))
    year.on("2017-02-02", do("table", "keuruu", "hand_over", "2017-02-02", to="Göran Öhman"))
    year.on("2017-02-03", do("theme", "T2", "return", "2017-02-03"))
    year.on("2017-02-04", begin_memo)
    year.on("2017-02-05", do("memo", "M1", "edit", "2017-02-05", text="Kokeillaan kyytirinkiä."))
    year.on("2017-02-06", do("memo", "M1", "circulate", "2017-02-06"))
    year.on("2017-03-18", do("memo", "M1", "confirm", "2017-03-18"))
    year.on("2017-03-19", do("meeting", "M1", "complete", "2017-03-19"))
    year.on("2017-03-20", do("theme", "T1", "discontinue", "2017-03-20", outcome="no_resources"))

    told = {day: year.asked(day, past=True) for day in year.said}
    assert told == year.said
    assert {sign.code for found in told.values() for verdict in found for sign in verdict.signs} > {
        "agenda_not_set",
        "date_passed_not_held",
        "held_work_not_divided",
        "action_overdue",
        "reported_not_closed",
        "result_not_checked",
        "role_ends_soon",
        "no_secretary",
        "proposal_unanswered",
    }
