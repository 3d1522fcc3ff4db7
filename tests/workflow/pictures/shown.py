"""What the tests draw: one of every picture, with everything in it that a picture can show."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from models.states import Level, MeetingState, Sector
from workflow.pictures.heat_map import StalledTables, StandingStill, heat_map
from workflow.pictures.lifecycle import Before, Standing, lifecycle
from workflow.pictures.round_table import EVERY, Agreed, Seats, TableAround, round_table
from workflow.pictures.timeline import Gathering, SeriesOverTime, timeline
from workflow.pictures.work import WorkDivided, WorkOf, actions_by_party

DAY = date(2016, 5, 20)

PARTIES = {
    Sector.MUNICIPALITY: ("Keuruun kirjastotoimi", "Keuruun Vanhusneuvosto"),
    Sector.ASSOCIATION: ("Keurusseudun sydänyhdistys", "Keuruun Ystäväntupa"),
    Sector.PARISH: ("Keuruun seurakunta",),
}

AROUND = TableAround(
    "Keuruun kumppanuuspöytä",
    DAY,
    tuple(Seats(sector, PARTIES.get(sector, ())) for sector in EVERY),
    unattached=1,
    goals=("Vähennetään yksinäisyyttä.", "Kyyti kaikille kyliltä"),
    actions=(Agreed("Kahvihetki", "Keuruun seurakunta", done=True), Agreed("Kyydit", None)),
)

STANDING = Standing(
    "theme",
    "T3",
    "Kyydit kyliltä",
    "convened",
    date(2016, 2, 1),
    DAY,
    reached={"proposed": date(2016, 1, 11), "convened": date(2016, 2, 1)},
    ahead="agenda_set",
    follows=("M7", "convened"),
    before=(
        Before("agenda_not_empty", {"ref": "M7"}),
        Before("goal_drafted", {"ref": "T3"}, Level.WARN),
    ),
)

ASIDE = Standing(
    "theme",
    "T4",
    "Kirjasto",
    "suspended",
    date(2016, 3, 1),
    DAY,
    reached={"proposed": date(2016, 1, 11), "convened": date(2016, 2, 1)},
    left="convened",
    ahead="convened",
)

OVER_TIME = SeriesOverTime(
    "S2",
    "Kyydit kyliltä",
    DAY,
    (
        Gathering("M4", MeetingState.COMPLETED, date(2016, 2, 10), 1, "Kirjasto", 12),
        Gathering("M5", MeetingState.CANCELLED, date(2016, 3, 9)),
        Gathering("M6", MeetingState.HELD, date(2016, 5, 20), 2),
        Gathering("M7", MeetingState.CONVENED, date(2016, 6, 14), 3, "Seurakuntatalo"),
        Gathering("M8", MeetingState.PLANNED, None, 4),
    ),
    planned=5,
)

STALLED = StalledTables(
    DAY,
    (
        StandingStill(
            "Keuruun kumppanuuspöytä", {"no_convener": 200, "action_overdue": 45, "memo_not_circulated": 9}, 3
        ),
        StandingStill("Multian pöytä", {"action_overdue": 100}, 1),
    ),
    of=5,
)

DIVIDED = WorkDivided(
    DAY,
    (
        WorkOf("Keurusseudun sydänyhdistys", open=2, overdue=3, waiting=1, done=4),
        WorkOf("Keuruun seurakunta", done=2),
        WorkOf(None, open=1),
    ),
    "Keuruun kumppanuuspöytä",
)

PICTURES: Mapping[str, Callable[[str], str]] = {
    "round_table": lambda language: round_table(AROUND, language),
    "lifecycle": lambda language: lifecycle(STANDING, language),
    "set_aside": lambda language: lifecycle(ASIDE, language),
    "timeline": lambda language: timeline(OVER_TIME, language),
    "stalled": lambda language: heat_map(STALLED, language),
    "actions": lambda language: actions_by_party(DIVIDED, language),
}


def named(word: str) -> Mapping[str, Callable[[str], str]]:
    """Every picture of things that all go by one word."""
    told: dict[str, tuple[Callable[[Any, str], str], Any]] = {
        "round_table": (
            round_table,
            TableAround(word, DAY, (Seats(Sector.STATE, (word, word)),), goals=(word,), actions=(Agreed(word, word),)),
        ),
        "lifecycle": (
            lifecycle,
            Standing("theme", "T1", word, "proposed", DAY, DAY, ahead="convened", before=(_not_left(word),)),
        ),
        "timeline": (timeline, SeriesOverTime("S1", word, DAY, (Gathering("M1", MeetingState.HELD, DAY, 1, word, 3),))),
        "stalled": (heat_map, StalledTables(DAY, (StandingStill(word, {word: 4, "action_overdue": 99_999}),), 1)),
        "actions": (actions_by_party, WorkDivided(DAY, (WorkOf(word, open=100_000, done=1),), word)),
    }
    return {
        name: (lambda language, draw=draw, shown=shown: draw(shown, language)) for name, (draw, shown) in told.items()
    }


def _not_left(word: str) -> Before:
    return Before("required_seats_present", {"ref": "M1", "seats": [word]})
