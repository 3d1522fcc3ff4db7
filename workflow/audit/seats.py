"""The seats and the house rules of every table are those that its history tells of: whoever has a role has got it so.

Seats over a project or an area are of no table, and no history tells of them: they are not looked at.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models.archive import Archive
from models.states import Level, Role
from workflow.audit.findings import Findings
from workflow.audit.parties import Merged, Parties, facts_in
from workflow.days import local_day

Facts = Mapping[str, str]
Rule = tuple[str, int | None]
"""A level, and the days of a limit."""


@dataclass
class Held:
    """A seat as the history tells of it, or as it is kept. Its days are ISO texts, which sort as days do."""

    role: str
    person: int | None
    organisation: int | None
    since: str
    until: str | None = None
    required: bool = False
    deputy_for: int | None = None
    """The place, among the seats of the table, of the seat whose deputy it is."""


class Seats:
    """A look at the seats and the house rules, from the entries that tell of them."""

    def __init__(self, archive: Archive, parties: Parties, findings: Findings) -> None:
        self.archive = archive
        self.parties = parties
        self.findings = findings
        self.held: dict[int, list[Held]] = {}
        """The seats of each table, as they were told."""
        self._rules: dict[int, dict[str, Rule]] = {}

    def look_at_seats(self) -> None:
        """Every seat is one that was given, and ends as was told; every house rule is one that was made."""
        self._hear_all()
        for code, told, kept in (
            ("seats_differ", self.held, self._seats_kept()),
            ("house_rules_differ", self._rules, self._rules_kept()),
        ):
            for table in sorted(told.keys() | kept.keys()):
                if told.get(table) != kept.get(table):
                    self.findings.add(code, f"table:{table}")

    # As they are told

    def _hear_all(self) -> None:
        """What was told of seats, in its order. A merge comes between, for it gives seats to somebody else."""
        told: list[tuple[Any, ...]] = [(each.place, each) for each in self.parties.merged]
        told += self.archive.rows(_TOLD)
        for _, what, *entry in sorted(told, key=lambda each: int(each[0])):
            if isinstance(what, Merged):
                self._merge(what)
            else:
                table, happened_at, facts = entry
                self.hear(what, table, happened_at, facts)

    def hear(self, move: str, table: int, happened_at: str, text: str) -> None:
        """One more entry that tells of seats or rules."""
        day, facts = _day_of(happened_at), facts_in(text)
        if move == "rules":
            hear_rule(self._rules.setdefault(table, {}), facts)
            return
        held = self.held.setdefault(table, [])
        if move == "seat":
            held.append(self._taken(held, day, facts))
        elif move == "unseat":
            last = facts.get("until", day)
            for each in _ending(self._theirs(held, facts), last):
                each.until = max(last, each.since)
        else:
            self._hand_over(held, facts.get("since", day), facts.get("to", ""))

    def _taken(self, held: list[Held], day: str, facts: Facts) -> Held:
        taken = Held(facts.get("role", Role.MEMBER), None, None, facts.get("since", day), facts.get("until"))
        taken.person, taken.organisation = self._party(facts, "person"), self._party(facts, "organisation")
        taken.required = facts.get("required") == "True"
        if "deputy_for" in facts:
            deputised = self._party(facts, "deputy_for")
            endless = (nth for nth, each in enumerate(held) if each.person == deputised and each.until is None)
            taken.deputy_for = next(endless, None)
        return taken

    def _hand_over(self, held: list[Held], since: str, to: str) -> None:
        for each in held:
            if each.role == Role.CONVENER and each.since <= since and (each.until is None or since <= each.until):
                each.until = max(each.since, _day_before(since))
        held.append(Held(Role.CONVENER, self.parties.named(to)[1], None, since))

    def _theirs(self, held: list[Held], facts: Facts) -> list[Held]:
        return [
            each
            for each in held
            if ("person" not in facts or each.person == self._party(facts, "person"))
            and ("organisation" not in facts or each.organisation == self._party(facts, "organisation"))
            and ("role" not in facts or each.role == facts["role"])
        ]

    def _party(self, facts: Facts, name: str) -> int | None:
        return self.parties.named(facts[name])[1] if name in facts else None

    def _merge(self, merged: Merged) -> None:
        for each in (each for held in self.held.values() for each in held):
            if getattr(each, merged.kind, None) == merged.duplicate:
                setattr(each, merged.kind, merged.into)

    # As they are kept

    def _seats_kept(self) -> dict[int, list[Held]]:
        kept: dict[int, list[Held]] = {}
        places: dict[int, tuple[int, int]] = {}
        deputies: list[tuple[int, Held, int]] = []
        for number, table, deputy_for, *told, required in self.archive.rows(_SEATS):
            of_table = kept.setdefault(table, [])
            places[number] = table, len(of_table)
            role, person, organisation, since, until = told
            of_table.append(Held(role, person, organisation, since, until, bool(required)))
            if deputy_for is not None:
                deputies.append((table, of_table[-1], deputy_for))
        for table, held, number in deputies:
            of_which, held.deputy_for = places.get(number, (0, -1))
            if of_which != table:
                held.deputy_for = -1  # a seat of no table, or of another: no entry can have told of that
        return kept

    def _rules_kept(self) -> dict[int, dict[str, Rule]]:
        kept: dict[int, dict[str, Rule]] = {}
        for table, code, level, days in self.archive.rows("SELECT table_id, code, level, days FROM house_rules"):
            kept.setdefault(table, {})[code] = level, days
        return kept


def hear_rule(rules: dict[str, Rule], facts: Facts) -> None:
    """One more house rule: what it does not tell stays as it was."""
    level, days = rules.get(facts.get("code", ""), (Level.WARN.value, None))
    told = facts.get("days", "")
    rules[facts.get("code", "")] = facts.get("level", level), int(told) if told.isdecimal() else days


def _ending(theirs: list[Held], last: str) -> Iterator[Held]:
    """Seats without an end; where there are none, those whose end is known but now comes sooner."""
    endless = [each for each in theirs if each.until is None]
    yield from endless or (each for each in theirs if each.until is not None and max(last, each.since) < each.until)


def _day_of(moment: str) -> str:
    with suppress(ValueError, OverflowError):  # by other hands: it is told of elsewhere
        return local_day(datetime.fromisoformat(moment)).isoformat()
    return ""


def _day_before(day: str) -> str:
    with suppress(ValueError, OverflowError):
        return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    return ""


_TOLD = """
    SELECT h.id, h.move, t.id, h.happened_at, h.facts
    FROM partnership_tables t JOIN history h ON h.stream = 'table:' || t.id
    WHERE h.move IN ('seat', 'unseat', 'hand_over', 'rules')"""
_SEATS = """
    SELECT id, table_id, deputy_for_id, role, person_id, organisation_id, since, until, required
    FROM seats WHERE table_id IS NOT NULL ORDER BY id"""
