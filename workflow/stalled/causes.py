"""THE CAUSES: why a theme or a table stands still, after how long, and who then holds the ball.

Read a row aloud: for this cause, more than so many days are too many; they are counted so; this one holds the ball;
and these stop the clock. The limits are those of lifecycles.md 6; a table's house rules may change each of them
(`poyta table rules T --code CODE --days N`) or let a cause sleep (`--level off`). How each cause is found is the
function of its name in `workflow.stalled.signs`.

Counted: DAYS are calendar days, WORKING_DAYS leave out weekends and Finnish holidays, AT_ONCE is from the first day on,
and DAYS_AHEAD is a warning so many days before. RHYTHM is one and a half times the days between two meetings.
"""

from collections.abc import Mapping
from typing import NamedTuple

from models.states import Rhythm, TableKind
from workflow.stalled import signs, table_signs
from workflow.stalled.clock import Season
from workflow.stalled.watching import Finds, Unit

DAYS, WORKING_DAYS, AT_ONCE, DAYS_AHEAD = Unit.DAYS, Unit.WORKING_DAYS, Unit.AT_ONCE, Unit.DAYS_AHEAD

# Between two meetings

BETWEEN = {Rhythm.THEMATIC: 30, Rhythm.MONTHLY: 30, Rhythm.SEASONAL: 91, Rhythm.HALF_YEARLY: 182, Rhythm.YEARLY: 365}
RHYTHM = {rhythm: days * 3 // 2 for rhythm, days in BETWEEN.items()}
LONGER = {rhythm: max(90, days) for rhythm, days in RHYTHM.items()}
"""The fall-back speaks no sooner than a next meeting is due."""

RESTS_IN_ITS_RHYTHM = frozenset({Rhythm.HALF_YEARLY, Rhythm.YEARLY})
"""A table that meets so seldom has the summer and Christmas in its rhythm already: nothing is taken off twice."""

# What stops a clock

YEAR = frozenset(Season)
NEVER: frozenset[Season] = frozenset()

# Who holds the ball

CONVENER, SECRETARY, OFFICE, COORDINATOR, RESPONSIBLE = "convener", "secretary", "office", "coordinator", "responsible"
BODY = "body"


class Cause(NamedTuple):
    """One row of the page."""

    finds: Finds
    limit: int | Mapping[Rhythm, int]
    unit: Unit
    holder: str
    pauses: frozenset[Season]
    """The times of the year that stop its clock, where the table rests in them."""
    waits: str = "suspended"
    """What else stops it: being suspended; both that and waiting for a body; the rest of a table; or nothing."""
    off_for: frozenset[TableKind] = frozenset()
    name: str = ""

    @property
    def code(self) -> str:
        """The stable name of the cause."""
        return self.name or self.finds.__name__

    def limit_at(self, rhythm: str) -> int:
        """The limit at a table of that rhythm."""
        return self.limit if isinstance(self.limit, int) else self.limit[Rhythm(rhythm)]


# fmt: off
OF_THEMES: Mapping[str, tuple[Cause, ...]] = {
    #     found by                        limit    counted       holds the ball  the year's pauses  what else stops it
    "row": (
        Cause(signs.proposal_unanswered,    30,     DAYS,         OFFICE,         YEAR),
        Cause(signs.no_meeting_dated,       RHYTHM, DAYS,         CONVENER,       YEAR),
    ),
    "meetings": (
        Cause(signs.agenda_not_set,         7,      DAYS_AHEAD,   OFFICE,         NEVER),
        Cause(signs.date_passed_not_held,   1,      WORKING_DAYS, CONVENER,       NEVER),
        Cause(signs.held_work_not_divided,  14,     DAYS,         SECRETARY,      YEAR),
        Cause(signs.memo_not_circulated,    7,      DAYS,         SECRETARY,      YEAR),
        Cause(signs.memo_not_confirmed,     14,     DAYS,         SECRETARY,      YEAR),
        Cause(signs.meetings_used_up,       0,      AT_ONCE,      CONVENER,       NEVER),
        Cause(signs.nothing_agreed_twice,   0,      AT_ONCE,      CONVENER,       NEVER),
        Cause(signs.attendance_falling,     0,      AT_ONCE,      CONVENER,       NEVER),
        Cause(signs.required_seat_missing,  0,      AT_ONCE,      CONVENER,       NEVER),
    ),
    "actions": (
        Cause(signs.action_overdue,         0,      DAYS,         RESPONSIBLE,    NEVER,             "both"),
        Cause(signs.action_unowned,         0,      AT_ONCE,      OFFICE,         NEVER),
        Cause(signs.reported_not_closed,    14,     DAYS,         SECRETARY,      YEAR),
        Cause(signs.waiting_too_long,       90,     DAYS,         BODY,           YEAR),
        Cause(signs.actions_done_no_result, 60,     DAYS,         CONVENER,       YEAR),
    ),
}
"""By what of a theme they are looked for in: its own row, its meetings, its actions. Of none nothing can be wrong."""

OF_ENDED_TOO: Mapping[str, tuple[Cause, ...]] = {
    "results": (
        Cause(signs.result_not_checked,     0,      DAYS,         CONVENER,       NEVER,             ""),
    ),
    "referrals": (
        Cause(signs.referral_not_sent,      14,     DAYS,         OFFICE,         YEAR),
        Cause(signs.referral_undecided,     90,     DAYS,         OFFICE,         YEAR),
        Cause(signs.not_reported_back,      0,      DAYS,         OFFICE,         NEVER),
    ),
}
"""These are looked for whatever the state of the theme."""

OF_TABLES = (
    Cause(table_signs.no_convener,        0,       AT_ONCE,      COORDINATOR,    NEVER,             "dormant"),
    Cause(table_signs.no_secretary,       0,       AT_ONCE,      COORDINATOR,    NEVER,             "dormant"),
    Cause(table_signs.role_ends_soon,     90,      DAYS_AHEAD,   COORDINATOR,    NEVER,             ""),
    Cause(table_signs.project_ends,       90,      DAYS_AHEAD,   COORDINATOR,    NEVER,             ""),
)

FALL_BACK = Cause(signs.time_in_state,    LONGER,  DAYS,         OFFICE,         YEAR)
"""Looked for only where nothing above was found."""
FOUNDING  = Cause(table_signs.founding_stuck, 90,  DAYS,         COORDINATOR,   YEAR,  "",   name="time_in_state")
# fmt: on

OF_EVERY_THEME = [cause for groups in (OF_THEMES, OF_ENDED_TOO) for group in groups.values() for cause in group]
EVERY = (*OF_EVERY_THEME, *OF_TABLES, FALL_BACK)
CAUSES: Mapping[str, Cause] = {each.code: each for each in EVERY}
"""Every cause by its code."""

PAUSES: Mapping[str, Season] = {season.value: season for season in Season}
"""The house rules that say whether a table rests at that time of the year. It does, unless they are set to `off`."""
