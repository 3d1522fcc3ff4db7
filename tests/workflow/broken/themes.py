"""What a theme can't promise."""

from models.states import ItemState, MeetingState, ReferralState, ResultState, SeriesState, ThemeState
from models.tables import PartnershipTable, Theme
from tests.builders import (
    complete,
    item_at,
    keuruu,
    later,
    meeting_at,
    new,
    referral_at,
    result_at,
    series_at,
    step,
    theme_at,
)
from tests.workflow.broken.case import Broken, Try, breaks, day
from tests.workflow.broken.meetings import agreed, first_meeting, held_and_agreed, held_and_divided
from tests.workflow.broken.tables import table_of, townspeople, with_nobody_responsible
from workflow.work import Work

# It is convened


def to_convene(work: Work, table: PartnershipTable) -> Theme:
    """A proposed theme with a series of three meetings planned."""
    theme = theme_at(work, table, ThemeState.PROPOSED)
    series_at(work, theme, SeriesState.PLANNED)
    return theme


@breaks("theme", ThemeState.CONVENED, "table_active")
def its_table_is_dormant(work: Work) -> Broken:
    table = keuruu(work)
    theme = to_convene(work, table)
    step(work, table, "rest")
    return Broken(Try(theme, "convene", on=work.now), [Try(table, "wake")])


@breaks("theme", ThemeState.CONVENED, "convener_seated")
def nobody_was_convener_on_that_day(work: Work) -> Broken:
    table = keuruu(work)
    theme = to_convene(work, table)
    step(work, table, "hand_over", {"to": "Göran", "since": "1.4.2016"})
    step(work, table, "unseat", {"person": "Göran", "role": "convener", "until": "2.4.2016"})
    step(work, table, "seat", {"person": "Aino", "role": "convener", "since": "1.5.2016"})
    between = {"person": "Göran", "role": "convener", "since": "3.4.2016", "until": "30.4.2016"}
    return Broken(Try(theme, "convene", on=day(4, 10)), [Try(table, "seat", between)])


@breaks("theme", ThemeState.CONVENED, "secretary_seated")
def its_secretary_has_gone(work: Work) -> Broken:
    table = keuruu(work)
    theme = to_convene(work, table)
    step(work, table, "unseat", {"person": "Pekka", "until": "31.3.2016"})
    again = {"person": "Pekka", "role": "secretary", "since": "1.4.2016"}
    return Broken(Try(theme, "convene", on=day(4, 10)), [Try(table, "seat", again)])


@breaks("theme", ThemeState.CONVENED, "two_sectors_seated")
def only_the_town_sits_at_its_table(work: Work) -> Broken:
    table = table_of(work, "Aino", *townspeople(work, "Elsa", "Olavi", "Rauha", "Urho"), kind="networking")
    theme = to_convene(work, table)
    return Broken(Try(theme, "convene"), [Try(table, "seat", {"organisation": "Keuruun seurakunta"})])


@breaks("theme", ThemeState.CONVENED, "responsible_person_named")
def nobody_answers_for_it(work: Work) -> Broken:
    theme = to_convene(work, with_nobody_responsible(work))
    return Broken(Try(theme, "convene"), [Try(theme, "describe", {"responsible": "Göran"})])


@breaks("theme", ThemeState.CONVENED, "residents_or_associations_seated")
def no_association_sits_at_its_table(work: Work) -> Broken:
    table = table_of(work, "Aino", "Göran", "Keuruun kaupunki", "Keuruun seurakunta", "Möksyn Leipä Oy")
    theme = to_convene(work, table)
    return Broken(Try(theme, "convene"), [Try(table, "seat", {"organisation": "Äijälän kyläyhdistys"})])


@breaks("theme", ThemeState.CONVENED, "size_5_to_20")
def four_sit_at_its_table(work: Work) -> Broken:
    table = table_of(work, "Aino", "Göran", "Äijälän kyläyhdistys", "Möksyn Leipä Oy")
    theme = to_convene(work, table)
    return Broken(Try(theme, "convene"), [Try(table, "seat", {"organisation": "Keuruun 4H-yhdistys"})])


@breaks("theme", ThemeState.CONVENED, "size_5_to_20")
def twenty_one_sit_at_its_table(work: Work) -> Broken:
    crowd = townspeople(work, *(f"Kyläläinen {number}" for number in range(19)))
    table = table_of(work, "Aino", *crowd, "Äijälän kyläyhdistys")
    theme = to_convene(work, table)
    leaving = Try(table, "unseat", {"person": crowd[-1], "until": "1.2.2016"})
    return Broken(Try(theme, "convene", on=day(2, 10)), [leaving])


@breaks("theme", ThemeState.CONVENED, "planned_meetings_stated")
def nobody_says_how_many_meetings_there_will_be(work: Work) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
    series = new(work, "series", theme)
    return Broken(Try(theme, "convene"), [Try(series, "extend", {"planned_meetings": 3})])


@breaks("theme", ThemeState.CONVENED, "planned_meetings_stated")
def it_has_no_series(work: Work) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
    return Broken(Try(theme, "convene"), [Try(theme, "plan", {"planned_meetings": 3}, new="series")])


# It goes on with the first of its series

GOAL = {"goal": "Kukaan ei jää yksin"}


@breaks("theme", ThemeState.AGENDA_SET, "goal_drafted")
def nobody_drafted_its_goal(work: Work) -> Broken:
    meeting = first_meeting(work, MeetingState.CONVENED)
    item_at(work, meeting, ItemState.ACCEPTED)
    return Broken(Try(meeting, "set_agenda"), [Try(meeting.series.theme, "goal", GOAL)])


@breaks("theme", ThemeState.AGENDA_SET, "goal_drafted")
def it_goes_on_where_nobody_had_drafted_a_goal(work: Work) -> Broken:
    theme = first_meeting(work, MeetingState.AGENDA_SET).series.theme
    step(work, theme, "suspend", {"revisit": "1.9.2016"})
    return Broken(Try(theme, "resume"), [Try(theme, "goal", GOAL)])


@breaks("theme", ThemeState.ACTIONS_ASSIGNED, "goal_agreed")
def its_goal_was_never_agreed_on(work: Work) -> Broken:
    meeting = held_and_divided(work)
    return Broken(Try(meeting, "assign_actions"), [Try(meeting.series.theme, "goal", agreed(meeting))])


@breaks("theme", ThemeState.ACTIONS_ASSIGNED, "goal_agreed")
def its_goal_is_to_be_agreed_on_in_a_meeting_to_come(work: Work) -> Broken:
    meeting = held_and_divided(work)
    ahead = meeting_at(work, meeting.series, MeetingState.CONVENED)
    step(work, meeting.series.theme, "goal", agreed(ahead))
    return Broken(Try(meeting, "assign_actions"), [Try(meeting.series.theme, "goal", agreed(meeting))])


@breaks("theme", ThemeState.ACTIONS_ASSIGNED, "goal_agreed")
def nobody_in_particular_agreed_on_its_goal(work: Work) -> Broken:
    meeting = held_and_divided(work)
    step(work, meeting.series.theme, "goal", GOAL | {"agreed_in": f"M{meeting.id}"})
    return Broken(Try(meeting, "assign_actions"), [Try(meeting.series.theme, "goal", agreed(meeting))])


# It reaches results


def all_but_the_end(work: Work, *left_out: str) -> Theme:
    """A theme that could reach results, but for what is left out. Its series has ended."""
    meeting = held_and_agreed(work)
    step(work, meeting, "assign_actions")
    complete(work, meeting)
    theme = meeting.series.theme
    if "result" not in left_out:
        result_at(work, theme, ResultState.RECORDED)
    step(work, meeting.series, "discontinue")
    if "evaluation" not in left_out:
        step(work, theme, "evaluate", {"evaluation": "Kannatti"})
    if "telling" not in left_out:
        step(work, theme, "tell_proposer")
    if "actions" not in left_out:
        step(work, theme.actions[0], "close", {"outcome": "Kyytirinki ajaa"})
    return theme


@breaks("theme", ThemeState.RESULTS_REACHED, "result_recorded")
def nothing_is_written_down_of_what_came_of_it(work: Work) -> Broken:
    theme = all_but_the_end(work, "result")
    nothing = {"title": "Ei tullut mitään", "kind": "other", "extent": "none"}
    return Broken(Try(theme, "reach_results"), [Try(theme, "add", nothing, new="result")])


@breaks("theme", ThemeState.RESULTS_REACHED, "result_recorded")
def only_its_earlier_life_had_a_result(work: Work) -> Broken:
    theme = all_but_the_end(work)
    step(work, theme, "reach_results")
    step(work, theme, "reopen")
    again(work, theme)
    added = Try(theme, "add", {"title": "Toinen rinki", "kind": "model"}, new="result")
    return Broken(Try(theme, "reach_results"), [added])


def again(work: Work, theme: Theme) -> None:
    """A reopened theme comes to all but the end once more."""
    series = new(work, "series", theme, {"planned_meetings": 1})
    meeting = meeting_at(work, series, MeetingState.COMPLETED)
    step(work, series, "discontinue", on=later(work, meeting))
    step(work, theme, "evaluate", {"evaluation": "Kannatti taas"})
    step(work, theme, "tell_proposer")
    step(work, theme.actions[-1], "close", {"outcome": "Tehty"})


@breaks("theme", ThemeState.RESULTS_REACHED, "actions_settled")
def work_is_left_to_do(work: Work) -> Broken:
    theme = all_but_the_end(work, "actions")
    return Broken(Try(theme, "reach_results"), [Try(theme.actions[0], "close", {"outcome": "Tehty"})])


@breaks("theme", ThemeState.RESULTS_REACHED, "referrals_settled")
def a_referral_was_never_sent(work: Work) -> Broken:
    theme = all_but_the_end(work)
    referral = referral_at(work, theme, ReferralState.DRAFTED)
    return Broken(Try(theme, "reach_results"), [Try(referral, "send")])


@breaks("theme", ThemeState.RESULTS_REACHED, "referrals_settled")
def the_table_has_not_heard_what_was_decided(work: Work) -> Broken:
    theme = all_but_the_end(work)
    referral = referral_at(work, theme, ReferralState.DECIDED)
    return Broken(Try(theme, "reach_results"), [Try(referral, "report_back", {"meeting": "M1"})])


@breaks("theme", ThemeState.RESULTS_REACHED, "series_ended")
def another_series_goes_on(work: Work) -> Broken:
    theme = all_but_the_end(work, "evaluation")
    series = new(work, "series", theme)
    meeting = meeting_at(work, series, MeetingState.COMPLETED)
    step(work, theme.actions[-1], "close", {"outcome": "Tehty"})
    step(work, theme, "evaluate", {"evaluation": "Kannatti"})
    on = later(work, meeting)
    return Broken(Try(theme, "reach_results", on=on), then=Try(series, "reach_results", on=on))


@breaks("theme", ThemeState.RESULTS_REACHED, "evaluated")
def nobody_looked_back_at_it(work: Work) -> Broken:
    theme = all_but_the_end(work, "evaluation")
    return Broken(Try(theme, "reach_results"), [Try(theme, "evaluate", {"evaluation": "Kannatti"})])


@breaks("theme", ThemeState.RESULTS_REACHED, "proposer_told")
def its_proposer_has_heard_nothing(work: Work) -> Broken:
    theme = all_but_the_end(work, "telling")
    return Broken(Try(theme, "reach_results"), [Try(theme, "tell_proposer")])
