"""What a partnership table can't promise."""

from models.people import Person
from models.states import Role, TableState, ThemeState
from models.tables import PartnershipTable
from tests.builders import REASON, keuruu, later, new, step, table_at, theme_at
from tests.workflow.broken.case import Broken, Try, breaks
from workflow.engine import make_move
from workflow.outcomes import How
from workflow.work import Work

PROPOSED = {"name": "Joutsan kumppanuuspöytä", "short": "joutsa", "kind": "network", "rhythm": "monthly"}
DECIDED = {"decided_by": "kunnanhallitus"}


@breaks("table", TableState.ACTIVE, "responsible_person_named")
def nobody_answers_for_a_table_that_is_founded(work: Work) -> Broken:
    table = new(work, "table", None, PROPOSED)
    return Broken(Try(table, "found", DECIDED), [Try(table, "describe", {"responsible": "Aino"})])


@breaks("table", TableState.ACTIVE, "responsible_person_named")
def nobody_answers_for_a_table_that_wakes(work: Work) -> Broken:
    table = with_nobody_responsible(work)
    step(work, table, "rest")
    return Broken(Try(table, "wake"), [Try(table, "describe", {"responsible": "Aino"})])


@breaks("table", TableState.ACTIVE, "founding_decision_told")
def nobody_says_who_founded_it(work: Work) -> Broken:
    table = table_at(work, TableState.PROPOSED)
    return Broken(Try(table, "found"), then=Try(table, "found", DECIDED))


@breaks("table", TableState.ENDED, "no_theme_under_way")
def a_theme_goes_on_at_a_table_that_ends(work: Work) -> Broken:
    table = keuruu(work)
    theme = theme_at(work, table, ThemeState.PROPOSED)
    return Broken(Try(table, "end"), [Try(theme, "discontinue", {"outcome": "merged"})])


# Tables of another making


def with_nobody_responsible(work: Work) -> PartnershipTable:
    """A table of five that was founded over a promise: nobody answers for it."""
    table: PartnershipTable = new(work, "table", None, PROPOSED)
    seat(work, table, "Aino", "Pekka", "Göran", "Äijälän kyläyhdistys", "Möksyn Leipä Oy")
    how = How(later(work, table), REASON, overrides=("responsible_person_named",))
    make_move(work, table, "found", DECIDED, how)
    return table


def table_of(work: Work, *parties: str, kind: str = "network") -> PartnershipTable:
    """A table at which only those people and organisations sit; the first convenes, the second writes the memos."""
    table: PartnershipTable = new(work, "table", None, PROPOSED | {"kind": kind, "responsible": "Aino"})
    seat(work, table, *parties)
    step(work, table, "found", DECIDED)
    return table


def seat(work: Work, table: PartnershipTable, convener: str, secretary: str, *others: str) -> None:
    """Let them sit down."""
    step(work, table, "seat", {"person": convener, "role": Role.CONVENER})
    step(work, table, "seat", {"person": secretary, "role": Role.SECRETARY})
    for party in others:
        step(work, table, "seat", {work.find(party, "organisation", "person").kind: party})


def townspeople(work: Work, *names: str) -> list[str]:
    """More people of the town."""
    town = work.find("Keuruun kaupunki", "organisation")
    work.session.add_all(Person(name=name, pseudonym=f"town-{name}", organisation=town) for name in names)
    work.session.flush()
    return list(names)
