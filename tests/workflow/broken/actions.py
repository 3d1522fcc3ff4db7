"""What an action, or a result, can't promise."""

from models.actions import Action
from models.states import ActionState, ResultState, ThemeState
from tests.builders import action_at, keuruu, result_at, step, theme_at
from tests.workflow.broken.case import Broken, Try, breaks
from workflow.work import Work

TO_DO = {"what": "Vaihdetaan lamput", "to": "Keuruun kaupunki"}
DONE = {"outcome": "Lamput vaihdettiin"}
ENDED = {"outcome": "no_resources"}


@breaks("action", ActionState.ASSIGNED, "theme_open", at=ActionState.CLOSED, move="reopen")
@breaks("action", ActionState.ASSIGNED, "theme_open", at=ActionState.REFUSED, move="reassign")
@breaks("action", ActionState.ASSIGNED, "theme_open", at=ActionState.WAITING, move="reassign")
@breaks("action", ActionState.IN_PROGRESS, "theme_open", at=ActionState.WAITING, move="resume")
@breaks("action", ActionState.IN_PROGRESS, "theme_open", at=ActionState.ASSIGNED, move="start")
@breaks("action", ActionState.WAITING, "theme_open", at=ActionState.IN_PROGRESS, move="wait")
@breaks("action", ActionState.REPORTED_DONE, "theme_open", at=ActionState.ASSIGNED, move="report_done")
@breaks("action", ActionState.REFUSED, "theme_open", at=ActionState.ASSIGNED, move="refuse")
def its_theme_has_ended(work: Work, at: ActionState, move: str) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
    action = action_at(work, theme, at)
    step(work, theme, "discontinue", ENDED)
    told: dict[str, dict[str, object]] = {"reassign": {"to": "Möksyn Leipä Oy"}, "wait": {"for": "ELY-keskus"}}
    who = "Sirkka" if move == "refuse" else ""
    return Broken(Try(action, move, told.get(move, {}), who=who, on=work.now), [Try(theme, "reopen")])


@breaks("action", ActionState.ASSIGNED, "theme_open")
def it_is_assigned_for_a_theme_that_ended(work: Work) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.DISCONTINUED)
    return Broken(Try(theme, "assign", TO_DO, new="action"), [Try(theme, "reopen")])


@breaks("action", ActionState.ASSIGNED, "theme_open")
def it_is_assigned_again_when_the_wait_is_over(work: Work) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
    action = action_at(work, theme, ActionState.ASSIGNED)
    step(work, action, "wait", {"for": "ELY-keskus"})
    step(work, theme, "discontinue", ENDED)
    return Broken(Try(action, "resume", on=work.now), [Try(theme, "reopen")])


@breaks("action", ActionState.WAITING, "body_named")
def nobody_says_whose_answer_it_waits_for(work: Work) -> Broken:
    action = an_action(work, ActionState.IN_PROGRESS)
    return Broken(Try(action, "wait"), then=Try(action, "wait", {"for": "ELY-keskus"}))


@breaks("action", ActionState.CLOSED, "outcome_told", at=ActionState.ASSIGNED)
@breaks("action", ActionState.CLOSED, "outcome_told", at=ActionState.REPORTED_DONE)
def nobody_says_what_came_of_it(work: Work, at: ActionState) -> Broken:
    action = an_action(work, at)
    return Broken(Try(action, "close"), then=Try(action, "close", DONE))


@breaks("action", ActionState.CLOSED, "closed_by_another")
def who_reported_it_done_closes_it_where_the_house_asks_for_another(work: Work) -> Broken:
    action = an_action(work, ActionState.IN_PROGRESS)
    step(work, action.table, "rules", {"code": "closed_by_another", "level": "refuse"})
    step(work, action.table, "seat", {"person": "Göran", "role": "secretary"})
    Try(action, "report_done", who="Pekka").make(work)
    return Broken(Try(action, "close", DONE, who="Pekka"), then=Try(action, "close", DONE, who="Göran"))


def an_action(work: Work, state: ActionState) -> Action:
    """A piece of work of Keuruu's table."""
    return action_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), state)


@breaks("result", ResultState.CHECKED, "lasting_told")
def nobody_says_what_is_left_of_it(work: Work) -> Broken:
    result = result_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), ResultState.CONFIRMED)
    return Broken(Try(result, "check"), then=Try(result, "check", {"lasting": "lasting"}))
