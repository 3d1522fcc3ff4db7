"""What becomes of the themes of a made-up table: each ends in its way, or stalls in one (lifecycles.md 6)."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from benchmarks.lives.acting import acts, assigned, settle_all
from benchmarks.lives.dealing import rounds
from benchmarks.lives.gathering import convened, meets
from benchmarks.lives.living import Life, Lived
from benchmarks.lives.referring import settle_referrals
from models.states import ThemeState
from workflow.days import local_day
from workflow.references import reference

Fate = Callable[[Lived, Any], Life]
CONTENTS = ("discussion", "planning", "development", "activity", "services", "budget", "premises")


def themes_life(lived: Lived, nth: int, fate: str) -> Life:
    """A theme of the table from its proposal on."""
    if lived.table.state != "active":
        return
    party, proposer = lived.rng.choice(lived.parties[1:]), lived.rng.choice(lived.people)
    told = {"title": lived.say(f"{{t{nth}}}"), "why_together": lived.text("why"), "proposer": reference(party)}
    by = proposer if lived.sits(proposer) else lived.chair
    yield from FATES[fate](lived, lived.new("theme", lived.table, by, content=[lived.rng.choice(CONTENTS)], **told))


def _series(lived: Lived, theme: Any, fate: str) -> Any:
    """The meetings around a theme, of which it is said how many there will be."""
    return lived.new("series", theme, planned_meetings=_rounds(lived, fate))


def _rounds(lived: Lived, fate: str) -> int:
    return rounds(fate, lived.gap)


# What becomes of a theme that is never taken up


def _unanswered(lived: Lived, theme: Any) -> Life:
    yield from ()


def _declined(lived: Lived, theme: Any) -> Life:
    yield lived.some(10, 60)
    lived.do(theme, "decline", why="why_not")


def _returned(lived: Lived, theme: Any) -> Life:
    yield lived.some(10, 40)
    lived.do(theme, "return", lived.chair, "prepare")


def _discontinued_early(lived: Lived, theme: Any) -> Life:
    yield lived.some(20, 90)
    outcome = lived.rng.choice(("no_resources", "no_longer_needed", "merged", "handed_over"))
    lived.do(theme, "discontinue", why="why_not", outcome=outcome)


def _only_planned(lived: Lived, theme: Any) -> Life:
    yield lived.some(10, 40)
    series = _series(lived, theme, "only_planned")
    lived.new("meeting", series, lived.secretary)
    lived.new("item", theme, lived.chair, title=lived.text("item"), origin="resident")


# What becomes of one that is


def _reached(lived: Lived, theme: Any, series: Any) -> Life:
    """The last actions are closed, and what came of it is written down; later it is looked at again."""
    yield lived.some(10, 25)
    settle_all(lived, theme)
    settle_referrals(lived, theme)
    result = _result(lived, theme)
    if lived.rng.random() < 0.6:
        lived.do(theme, "evaluate", lived.secretary, evaluation=lived.text("evaluation"))
        lived.do(theme, "tell_proposer", lived.secretary)
    lived.do(series, "reach_results")
    if theme.state is not ThemeState.RESULTS_REACHED:
        lived.do(theme, "reach_results")
    became = lived.decks.results.draw()
    yield lived.some(20, 40)
    if became != "recorded":
        lived.do(result, "confirm", lived.secretary)
        yield lived.some(150, 250)
    if became == "checked":
        lived.do(result, "check", lived.secretary, lasting=lived.rng.choice(("lasting", "partly", "faded")))


def _result(lived: Lived, theme: Any) -> Any:
    """What came of a theme."""
    kind = lived.rng.choice(("own_work", "funded", "decided", "event", "place", "model", "statement"))
    told = {"kind": kind, "extent": lived.rng.choice(("wholly", "partly")), "evidence": lived.text("evidence")}
    actions = [reference(action) for action in theme.actions][:3]
    check_on = local_day(lived.now) + timedelta(days=180)
    return lived.new(
        "result", theme, lived.secretary, title=lived.text("result"), actions=actions, check_on=check_on, **told
    )


def _round_after_round(lived: Lived, series: Any, rounds: int, **how: Any) -> Life:
    """So many whole meetings, one after another in the rhythm of the table."""
    for nth in range(rounds):
        if nth:
            yield lived.some(max(1, lived.gap - 45), max(2, lived.gap - 20))
        yield from meets(lived, series, **how)


def _results(fate: str) -> Fate:
    def life(lived: Lived, theme: Any) -> Life:
        yield lived.some(5, 30)
        series = _series(lived, theme, fate)
        enough = min(3, _rounds(lived, fate)) if fate == "results_early" else _rounds(lived, fate)
        yield from _round_after_round(lived, series, enough)
        yield from _reached(lived, theme, series)

    return life


def _stops_at(stop: str, whole: int = 0) -> Fate:
    """After so many whole meetings, one that stops short."""

    def life(lived: Lived, theme: Any) -> Life:
        yield lived.some(5, 20)
        series = _series(lived, theme, stop)
        yield from _round_after_round(lived, series, min(whole, _rounds(lived, "") - 1))
        yield from meets(lived, series, stop=stop)

    return life


def _no_next_date(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, _series(lived, theme, "no_next_date"), 1)


def _called_off(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    meeting = convened(lived, _series(lived, theme, "called_off"))
    yield lived.some(3, 10)
    lived.do(meeting, "cancel", why="called_off")


def _going_on(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = _series(lived, theme, "going_on")
    yield from _round_after_round(lived, series, max(1, _rounds(lived, "going_on") - 1))
    convened(lived, series, within=max(16, lived.days_left + lived.rng.randint(2, 9)))


def _actions_stall(fate: str) -> Fate:
    """Work was divided, and one action of it does not go on."""

    def life(lived: Lived, theme: Any) -> Life:
        yield lived.some(5, 20)
        yield from _round_after_round(lived, _series(lived, theme, fate), 1)
        yield from acts(lived, assigned(lived, theme, to=lived.parties[0]), fate)

    return life


def _used_up(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, _series(lived, theme, "used_up"), _rounds(lived, "used_up"))


def _extended(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = _series(lived, theme, "extended")
    yield from _round_after_round(lived, series, 1)
    lived.do(series, "extend", why="longer", planned_meetings=5)


def _nothing_agreed(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, _series(lived, theme, "nothing_agreed"), 2, agree=False)


def _falling(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = _series(lived, theme, "falling")
    for share in (1.0, 0.5, 0.1)[: _rounds(lived, "falling")]:
        yield from meets(lived, series, share=share)
        yield lived.some(5, 15)


def _no_result(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, _series(lived, theme, "no_result"), _rounds(lived, "no_result"))
    yield lived.some(8, 15)
    settle_all(lived, theme)


def _suspended(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    yield from _round_after_round(lived, _series(lived, theme, "suspended"), 1)
    yield lived.some(5, 15)
    lived.do(theme, "suspend", why="rests", revisit=local_day(lived.now) + timedelta(days=lived.rng.randint(60, 200)))


def _resumed(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = _series(lived, theme, "resumed")
    yield from _round_after_round(lived, series, 1)
    lived.do(theme, "suspend", why="rests", revisit=local_day(lived.now) + timedelta(days=60))
    yield lived.some(50, 80)
    lived.do(theme, "resume")
    yield from _round_after_round(lived, series, 1)
    yield from _reached(lived, theme, series)


def _discontinued(lived: Lived, theme: Any) -> Life:
    yield lived.some(5, 20)
    series = _series(lived, theme, "discontinued")
    yield from _round_after_round(lived, series, 1)
    convened(lived, series)
    yield lived.some(3, 10)
    outcome = lived.rng.choice(("no_resources", "no_participants", "handed_over", "other"))
    lived.do(theme, "discontinue", why="stops", outcome=outcome)


def _reopened(lived: Lived, theme: Any) -> Life:
    yield from _declined(lived, theme)
    yield lived.some(60, 200)
    lived.do(theme, "reopen", why="again")
    yield from _results("results_one")(lived, theme)


FATES: Mapping[str, Fate] = {
    "unanswered": _unanswered,
    "declined": _declined,
    "returned": _returned,
    "discontinued_early": _discontinued_early,
    "only_planned": _only_planned,
    **{fate: _results(fate) for fate in ("results_one", "results_three", "results_early", "results_five")},
    **{stop: _stops_at(stop) for stop in ("convened", "agenda_set", "held", "assigned")},
    "later_held": _stops_at("held", whole=1),
    "no_next_date": _no_next_date,
    "called_off": _called_off,
    "going_on": _going_on,
    **{fate: _actions_stall(fate) for fate in ("overdue", "untouched", "waiting", "unowned", "not_closed")},
    "used_up": _used_up,
    "extended": _extended,
    "nothing_agreed": _nothing_agreed,
    "falling": _falling,
    "no_result": _no_result,
    "suspended": _suspended,
    "resumed": _resumed,
    "discontinued": _discontinued,
    "reopened": _reopened,
}
