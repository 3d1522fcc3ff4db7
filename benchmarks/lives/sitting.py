"""A made-up table from its first day to today: who sits at it, its themes one by one, and what is peculiar to it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from benchmarks.lives.dealing import ENDED, PROPOSALS, PROPOSED, THEMES, rounds
from benchmarks.lives.fates import themes_life
from benchmarks.lives.living import TODAY, Life, Lived
from benchmarks.lives.wording import PARTIES
from models.people import Person
from models.states import MeetingState, Role
from workflow.days import local_day
from workflow.guards import ENDED_THEME
from workflow.parties import add_party
from workflow.references import reference
from workflow.work import Work


def live(lived: Lived) -> None:
    """From its first day to today."""
    lived.begin(_table(lived), lived.begun)
    lived.go_on()


def _table(lived: Lived) -> Life:
    _register(lived)
    plan, rng = lived.plan, lived.rng
    told = {"area": lived.say("{name}"), "rhythm": plan.rhythm, "languages": plan.language}
    if plan.quirk == "project_ends":
        told["project"] = f"H{_project(lived).id}"
    responsible = f"P{lived.convener.id}"
    named = {"name": lived.text("table"), "short": lived.say("{slug}"), "kind": plan.kind}
    lived.table = lived.new("table", None, responsible=responsible, **named, **told)
    for seat in _seats(lived):
        lived.do(lived.table, "seat", **seat)
    if plan.end in ("proposed", "returned", "declined"):
        yield from _never_founded(lived)
        return
    yield lived.some(20, 60)
    if rng.random() < 0.1:
        lived.do(lived.table, "return", why="prepare")
        yield lived.some(30, 90)
        lived.do(lived.table, "resubmit")
        yield lived.some(20, 60)
    paragraph = f"§ {rng.randint(10, 300)}"
    lived.do(lived.table, "found", decided_by=lived.text("body"), paragraph=paragraph)
    _theme_by_theme(lived)
    if plan.quirk in PECULIAR:
        yield from PECULIAR[plan.quirk](lived)
    yield from _ending(lived)


def _register(lived: Lived) -> None:
    nobody = Work(lived.session, Person(name=""), lived.now)
    patterns = PARTIES[lived.plan.language]
    patterns = (*patterns[:5], *lived.rng.sample(patterns[5:], lived.rng.randint(1, len(patterns) - 5)))
    lived.parties = [
        add_party(nobody, "organisation", {"name": lived.say(name), "sector": sector}, is_new=True)
        for name, sector in patterns
    ]
    speaking = [lived.parties[nth] for nth in (0, 0, 2, 3, 1, 4)]
    lived.people = [
        add_party(nobody, "person", {"name": lived.say(f"{{p{nth}}}"), "organisation": f"G{of.id}"}, is_new=True)
        for nth, of in enumerate(speaking, start=1)
    ]
    lived.convener, lived.secretary, lived.chair = lived.rng.choice(
        [(lived.people[0], lived.people[0], lived.people[2]), tuple(lived.people[:3])]
    )


def _project(lived: Lived) -> Any:
    ends = local_day(TODAY) + timedelta(days=45)
    told = {"name": lived.text("project"), "funder": "STEA", "begins": local_day(lived.now), "ends": ends}
    return add_party(Work(lived.session, lived.convener, lived.now), "project", told, is_new=True)


def _seats(lived: Lived) -> Iterable[Mapping[str, Any]]:
    yield {"person": f"P{lived.convener.id}", "role": Role.CONVENER}
    until = {"until": local_day(TODAY) + timedelta(days=40)} if lived.plan.quirk == "role_ends" else {}
    yield {"person": f"P{lived.secretary.id}", "role": Role.SECRETARY, **until}
    yield {"person": f"P{lived.chair.id}", "role": Role.CHAIR}
    speaking = {lived.convener.organisation_id, lived.secretary.organisation_id, lived.chair.organisation_id}
    for party in lived.parties:
        if party.id not in speaking:
            required = lived.plan.quirk in ("required", "seat_empty") and party is lived.parties[1]
            yield {"organisation": f"G{party.id}", **({"required": True} if required else {})}


def _never_founded(lived: Lived) -> Life:
    yield lived.some(20, 60)
    if lived.plan.end != "proposed":
        lived.do(lived.table, "return" if lived.plan.end == "returned" else "decline", why="prepare")


def _theme_by_theme(lived: Lived) -> None:
    fates = [lived.decks.proposals.draw() for _ in range(PROPOSALS)]
    deck = lived.decks.ended if lived.plan.over else lived.decks.stalled
    fates += [deck.draw() for _ in range(THEMES - PROPOSALS)]
    lived.rng.shuffle(fates)
    for nth, fate in enumerate(fates, start=1):
        lived.begin(themes_life(lived, nth, fate), _first_day(lived, fate))


def _first_day(lived: Lived, fate: str) -> datetime:
    """What ends has had its time; what is under way began not long ago."""
    takes = rounds(fate, lived.gap) * (lived.gap + 14)
    if fate in ENDED or fate in PROPOSED:
        last = max(100, lived.days_left - takes - 300)
        return lived.some(10, last) if fate in ENDED or lived.rng.random() < 0.8 or lived.plan.over else _lately(lived)
    ago = min(takes + lived.rng.randint(100, 200), lived.days_left - 20)
    return lived.at_work(lived.days_left - ago)


def _lately(lived: Lived) -> datetime:
    return lived.at_work(lived.days_left - lived.rng.randint(5, 120))


def _ending(lived: Lived) -> Life:
    if lived.plan.end not in ("dormant", "ended"):
        return
    yield TODAY - timedelta(days=lived.rng.randint(20, 60))
    if lived.plan.end == "dormant":
        lived.do(lived.table, "rest", why="rests")
        return
    while _amid(lived):
        yield lived.some(3, 5)
    for theme in lived.table.themes:
        if theme.state not in ENDED_THEME:
            lived.do(theme, "discontinue", why="over", outcome="no_participants")
    lived.do(lived.table, "end", why="over")


def _amid(lived: Lived) -> bool:
    """Whether some meeting has been held and is not yet written up."""
    meetings = (meeting for theme in lived.table.themes for series in theme.series for meeting in series.meetings)
    return any(meeting.state in (MeetingState.HELD, MeetingState.ACTIONS_ASSIGNED) for meeting in meetings)


# What is peculiar to a table


def _rules(lived: Lived) -> Life:
    yield lived.some(10, 30)
    lived.do(lived.table, "rules", why="rule", code="duration_60_to_90", level="off")


def _hand_over(lived: Lived) -> Life:
    yield lived.some(400, 700)
    new = lived.people[4]
    lived.do(lived.table, "hand_over", why="new_convener", to=reference(new))
    lived.convener = new


def _new_term(lived: Lived) -> Life:
    for years in (0, 2):
        begins = local_day(lived.begun).replace(month=1, day=1)
        begins = begins.replace(year=begins.year + 1 + years)
        yield lived.some(300, 400)
        ends = begins.replace(year=begins.year + 2) - timedelta(days=1)
        lived.do(lived.table, "new_term", begins=begins, ends=ends)


def _goes(role: Role) -> Callable[[Lived], Life]:
    """Whoever held the role leaves, and nobody comes."""

    def life(lived: Lived) -> Life:
        yield TODAY - timedelta(days=lived.rng.randint(15, 40))
        who = lived.convener if role is Role.CONVENER else lived.secretary
        lived.do(lived.table, "unseat", person=reference(who), role=role)
        yield TODAY

    return life


PECULIAR: Mapping[str, Callable[[Lived], Life]] = {
    "rules": _rules,
    "hand_over": _hand_over,
    "new_term": _new_term,
    "secretary_gone": _goes(Role.SECRETARY),
    "convener_gone": _goes(Role.CONVENER),
}
"""What a table goes through beside its themes. Other quirks are there from its first day."""
