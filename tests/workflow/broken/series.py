"""What a series of meetings can't promise."""

from models.meetings import Meeting
from models.states import MeetingState, MemoState, ResultState, SeriesState, ThemeState
from tests.builders import keuruu, meeting_at, memo_at, result_at, series_at, step, theme_at
from tests.workflow.broken.case import Broken, Try, breaks
from tests.workflow.broken.meetings import GOOD, first_meeting
from workflow.work import Work

REVISIT = {"revisit": "1.9.2016"}


@breaks("series", SeriesState.PLANNED, "theme_open")
def it_is_planned_for_a_theme_that_ended(work: Work) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.DISCONTINUED)
    return Broken(Try(theme, "plan", new="series"), [Try(theme, "reopen")])


@breaks("series", SeriesState.CONVENED, "theme_under_way", at=MeetingState.CONVENED)
@breaks("series", SeriesState.AGENDA_SET, "theme_under_way", at=MeetingState.AGENDA_SET)
@breaks("series", SeriesState.HELD, "theme_under_way", at=MeetingState.HELD)
@breaks("series", SeriesState.ACTIONS_ASSIGNED, "theme_under_way", at=MeetingState.ACTIONS_ASSIGNED)
def it_goes_on_before_its_theme_does(work: Work, at: MeetingState) -> Broken:
    series = first_meeting(work, at, goal="Kukaan ei jää yksin").series
    step(work, series, "suspend", REVISIT)
    step(work, series.theme, "suspend", REVISIT)
    return Broken(Try(series, "resume"), [Try(series.theme, "resume")])


@breaks("series", SeriesState.CONVENED, "theme_under_way")
def it_begins_while_its_theme_is_suspended(work: Work) -> Broken:
    theme = first_meeting(work, MeetingState.CONVENED).series.theme
    meeting = meeting_at(work, series_at(work, theme, SeriesState.PLANNED), MeetingState.PLANNED)
    step(work, theme, "suspend", REVISIT)
    return Broken(Try(meeting, "convene", GOOD), [Try(theme, "resume")], beside=["under_way"])


@breaks("series", SeriesState.RESULTS_REACHED, "result_recorded")
def nothing_is_written_down_of_what_came_of_it(work: Work) -> Broken:
    series = first_meeting(work, MeetingState.COMPLETED).series
    added = Try(series.theme, "add", {"title": "Rinki", "kind": "model"}, new="result")
    return Broken(Try(series, "reach_results"), [added])


def all_but_completed(work: Work) -> Meeting:
    """A meeting that only has to be completed: its memo is confirmed."""
    meeting = first_meeting(work, MeetingState.ACTIONS_ASSIGNED)
    memo_at(work, meeting, MemoState.CONFIRMED)
    return meeting


@breaks("series", SeriesState.RESULTS_REACHED, "no_meeting_open")
def its_meeting_is_not_written_up(work: Work) -> Broken:
    meeting = all_but_completed(work)
    result_at(work, meeting.series.theme, ResultState.RECORDED)
    return Broken(Try(meeting.series, "reach_results"), [Try(meeting, "complete")])


@breaks("series", SeriesState.RESULTS_REACHED, "no_meeting_open")
def another_meeting_is_still_planned(work: Work) -> Broken:
    series = first_meeting(work, MeetingState.COMPLETED).series
    result_at(work, series.theme, ResultState.RECORDED)
    ahead = meeting_at(work, series, MeetingState.PLANNED)
    return Broken(Try(series, "reach_results"), [Try(ahead, "cancel")])


@breaks("series", SeriesState.DISCONTINUED, "held_meetings_completed")
def what_was_agreed_is_not_written_up(work: Work) -> Broken:
    meeting = all_but_completed(work)
    return Broken(Try(meeting.series, "discontinue"), [Try(meeting, "complete")])


@breaks("series", SeriesState.DISCONTINUED, "held_meetings_completed")
def its_theme_ends_before_what_was_agreed_is_written_up(work: Work) -> Broken:
    meeting = all_but_completed(work)
    return Broken(Try(meeting.series.theme, "discontinue", {"outcome": "merged"}), [Try(meeting, "complete")])
