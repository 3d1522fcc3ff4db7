"""House rules: a table gives a promise a level of its own, and no other table hears of it."""

import pytest

from models.states import ActionState, Level, MeetingState, SeriesState, TableState, ThemeState
from tests.builders import acting, action_at, keuruu, meeting_at, new, series_at, table_at, theme_at
from tests.looking import codes, facts_of, failure, history_of, refused
from tests.spring import SURE, a_series, now
from tests.workflow.broken.tables import table_of
from workflow.engine import make_move
from workflow.errors import BadValue, NotAllowed
from workflow.outcomes import How

PLACELESS = {"when": "7.6.2016 klo 17-18.30", "channel": "open_call"}
HASTY = {"when": "24.5.2016 klo 17-18.30", "place": "Kirjasto", "channel": "open_call"}


def a_meeting(work, *rules, short="keuruu"):
    """A planned meeting of a table with these rules."""
    series = a_series(work, short)
    for code, level in rules:
        now(work, series.table, "rules", {"code": code, "level": level})
    return new(work, "meeting", series)


@pytest.mark.parametrize("level", [Level.REFUSE, Level.WARN])
def test_a_rule_makes_a_refusal_milder_or_a_warning_stricter(work, level):
    meeting = a_meeting(work, ("place_or_link", level), ("notice_14_days", level))

    told = [*refused(work, meeting, "convene", PLACELESS).reasons, *refused(work, meeting, "convene", HASTY).reasons]

    assert [(reason.code, reason.level) for reason in told] == [("place_or_link", level), ("notice_14_days", level)]


@pytest.mark.parametrize(("code", "given"), [("place_or_link", PLACELESS), ("notice_14_days", HASTY)])
def test_a_rule_lets_a_promise_sleep(work, code, given):
    meeting = a_meeting(work, (code, "off"))

    outcome = make_move(work, meeting, "convene", given)

    assert (meeting.state, outcome.waived) == (MeetingState.CONVENED, ())


def test_a_stricter_rule_is_not_confirmed_away_but_overridden(work):
    meeting = a_meeting(work, ("notice_14_days", "refuse"))

    assert codes(refused(work, meeting, "convene", HASTY, SURE)) == ["notice_14_days"]
    make_move(work, meeting, "convene", HASTY, SURE._replace(overrides=("notice_14_days",)))
    assert facts_of(history_of(work, meeting)[-1], "overridden") == ["notice_14_days"]


def test_a_milder_rule_is_confirmed(work):
    meeting = a_meeting(work, ("place_or_link", "warn"))

    make_move(work, meeting, "convene", PLACELESS, SURE)

    assert facts_of(history_of(work, meeting)[-1], "confirmed") == ["place_or_link"]


def test_a_rule_may_be_changed_again(work):
    meeting = a_meeting(work, ("place_or_link", "off"), ("place_or_link", "refuse"))

    assert codes(refused(work, meeting, "convene", PLACELESS)) == ["place_or_link"]
    assert len(meeting.table.house_rules) == 1


def test_the_rules_of_one_table_are_not_those_of_another(work):
    a_meeting(work, ("place_or_link", "off"))
    elsewhere = a_meeting(work, short="multia")

    assert codes(refused(work, elsewhere, "convene", PLACELESS)) == ["place_or_link"]


def test_a_rule_wakes_a_promise_that_sleeps(work):
    done = {"outcome": "Tehty"}
    actions = [action_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), ActionState.IN_PROGRESS)]
    actions.append(action_at(work, actions[0].theme, ActionState.IN_PROGRESS))
    for action in actions:
        now(work, action, "report_done", who="Pekka")
    now(work, actions[0], "close", done, who="Pekka")

    now(work, actions[0].table, "rules", {"code": "closed_by_another", "level": "refuse"})

    error = refused(acting(work, "Pekka"), actions[1], "close", done)
    assert [(reason.code, reason.level, reason.fixed) for reason in error.reasons] == [
        ("closed_by_another", Level.REFUSE, False)
    ]


@pytest.mark.parametrize(
    ("told", "field", "code"),
    [
        ({"code": "table_active", "level": "off"}, "code", "promise_is_fixed"),
        ({"code": "dated", "level": "warn"}, "code", "promise_is_fixed"),
        ({"code": "kahvi", "level": "off"}, "code", "no_such_promise"),
        ({"code": "place_or_link", "level": "maybe"}, "level", "not_a_choice"),
    ],
)
def test_no_rule_touches_what_is_fixed_or_unknown(work, told, field, code):
    error = failure(work, lambda: now(work, keuruu(work), "rules", told))

    assert (type(error), error.field, error.code) == (BadValue, field, code)


def test_the_convener_makes_the_rules_with_a_reason(work):
    table = keuruu(work)
    told = {"code": "place_or_link", "level": "off"}

    assert codes(refused(work, table, "rules", told)) == ["reason_missing"]
    assert isinstance(refused(acting(work, "Pekka"), table, "rules", told, How(reason="Näin")), NotAllowed)


def test_the_history_knows_every_rule(work):
    table = table_at(work, TableState.ACTIVE)

    now(work, table, "rules", {"code": "place_or_link", "level": "off"})

    assert history_of(work, table)[-1].told == [("code", "place_or_link"), ("level", "off")]


def test_a_networking_table_is_not_asked_for_residents_unless_its_rules_say_so(work):
    parties = ("Aino", "Göran", "Keuruun kaupunki", "Keuruun seurakunta", "Möksyn Leipä Oy")
    theme = theme_at(work, table_of(work, *parties, kind="networking"), ThemeState.PROPOSED)
    series_at(work, theme, SeriesState.PLANNED)
    asked = "residents_or_associations_seated"

    before = codes(refused(acting(work, "Göran"), theme, "convene"))
    now(work, theme.table, "rules", {"code": asked, "level": "warn"})

    assert (asked in before, codes(refused(work, theme, "convene"))) == (False, [asked])


def test_a_rule_holds_for_what_was_there_before_it(work):
    meeting = meeting_at(work, a_series(work), MeetingState.CONVENED)
    now(work, meeting.table, "rules", {"code": "agenda_not_empty", "level": "off"})

    make_move(work, meeting, "set_agenda", None, SURE)

    assert meeting.state is MeetingState.AGENDA_SET
