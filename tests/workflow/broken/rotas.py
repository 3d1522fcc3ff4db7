"""What a rota can't promise."""

from models.states import RotaState, ThemeState
from tests.builders import keuruu, theme_at
from tests.workflow.broken.case import Broken, Try, breaks
from workflow.work import Work

TURNS: dict[str, object] = {"title": "Kahvia", "parties": ["Keuruun kaupunki", "Keuruun seurakunta"]}


@breaks("rota", RotaState.RUNNING, "theme_open")
def it_is_begun_for_a_theme_that_ended(work: Work) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.DISCONTINUED)
    return Broken(Try(theme, "add", TURNS, new="rota"), [Try(theme, "reopen")])


@breaks("rota", RotaState.RUNNING, "turns_shared")
def one_party_alone_takes_no_turns(work: Work) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)
    alone = TURNS | {"parties": ["Keuruun kaupunki"]}
    return Broken(Try(theme, "add", alone, new="rota"), then=Try(theme, "add", TURNS, new="rota"))
