"""What no scene can bring about through the gate: work of somebody who was erased, or of nobody."""

from datetime import date

import pytest

from workflow.stalled.clock import Calendar
from workflow.stalled.known import ActionRow, Holder, KnownTable, KnownTheme, TableRow, ThemeRow
from workflow.stalled.signs import action_unowned
from workflow.stalled.watching import Unit, Watch

TODAY = date(2016, 3, 1)
BEGAN = "2016-01-11T12:00:00.000000Z"
TABLE = TableRow(1, "keuruu", "Keuru", "active", BEGAN, "network", None, "monthly", *[None] * 5)
THEME = ThemeRow(1, 1, "Yksinäisyys", "convened", BEGAN, BEGAN, 1, None, None)
ACTION = ActionRow(1, 1, 7, "Kyyti", "assigned", BEGAN, "2016-09-01", *[None] * 9)


def found(action):
    theme = KnownTheme(KnownTable(TABLE, [], {}, TODAY.toordinal(), TODAY.isoformat()), THEME)
    theme.actions = [action]
    watch = Watch("action_unowned", 0, Unit.AT_ONCE, holder="office", calendar=Calendar(), today=theme.today)
    return list(action_unowned(theme, watch))


@pytest.mark.parametrize(
    ("action", "why", "days"),
    [
        (ACTION, "nobody", 50),
        (ACTION._replace(person=3, person_name="osallistuja 3", forgotten="2016-02-28T12:00:00.000000Z"), "erased", 2),
    ],
)
def test_work_of_nobody_is_the_offices(action, why, days):
    (sign,) = found(action)

    assert (sign.facts["why"], sign.days, sign.holder) == (why, days, Holder("role", None, None, "office"))


@pytest.mark.parametrize(
    "action", [ACTION._replace(person=3), ACTION._replace(state="closed"), ACTION._replace(organisation=1)]
)
def test_work_of_somebody_or_done_is_not(action):
    assert found(action) == []
