"""Whatever has happened at the tables reads back: the same things, states, details, days and moves."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.database import Database
from models.people import Person
from tests.builders import PARTIES, PEOPLE, first_people
from tests.workflow.exchange.test_writing_books import assert_reads_back
from workflow.details import details_of
from workflow.engine import make_move, make_new
from workflow.errors import NotFound, PoytaError
from workflow.finding import STATEFUL
from workflow.lifecycles import PAGE
from workflow.making import PARENTS
from workflow.outcomes import How
from workflow.references import reference
from workflow.undoing import undo
from workflow.work import Work

SEATS: tuple[Mapping[str, object], ...] = (
    {"person": "Aino", "role": "convener"},
    {"person": "Göran", "role": "chair"},
    {"person": "Pekka", "role": "secretary"},
    {"organisation": "Äijälän kyläyhdistys"},
)
OVERRIDDEN = (
    "agenda_not_empty",
    "goal_agreed",
    "items_settled",
    "work_divided",
    "no_actions_explained",
    "actions_settled",
    "memo_confirmed",
    "silence_or_meeting",
)
RARELY = ("end", "rest", "discontinue", "decline", "cancel", "suspend", "withdraw", "unseat", "hand_over", "rules")


class Spring:
    """A spring at a table in which anything may happen that the gate lets through, one command after another."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database = database
        self.chance = random.Random(seed)  # noqa: S311  # the same chances every time
        self.now = datetime(2016, 1, 11, 9, 30, 15, 123456, tzinfo=UTC)
        self.known: list[tuple[str, int]] = []
        with database.writing() as session:
            first_people(session)
        self.begin("keuruu")

    def begin(self, short: str) -> None:
        """A table that has been founded, with a theme."""
        table = {"name": "Kumppanuuspöytä", "short": short, "kind": "network", "responsible": "Aino"}
        self.command(lambda work: make_new(work, "table", None, table), by=1)
        key = self.known[-1]
        for seat in SEATS:
            self.command(lambda work, seat=seat: make_move(work, self.row(work, key), "seat", seat), by=1)
        self.command(lambda work: make_move(work, self.row(work, key), "found", {}, How(confirmed=True)), by=1)
        self.command(lambda work: make_new(work, "theme", self.row(work, key), {"title": "Kyydit: yhdessä"}), by=1)

    def go_on(self) -> None:
        """One command more."""
        self.now += timedelta(hours=self.chance.choice([0, 1, 5, 20]), seconds=self.chance.random() * 3000)
        kind, number = self.chance.choice(self.known[-12:] if self.chance.random() < 0.7 else self.known)
        luck = self.chance.random()
        if luck > 0.9:
            self.meet()
        elif luck < 0.05:
            self.command(lambda work: undo(work, self.row(work, (kind, number)), How(reason="Erehdys")))
        elif luck < 0.3:
            child = self.chance.choice([each for each, parents in PARENTS.items() if kind in parents] or ["theme"])
            self.command(lambda work: self.new(work, child, self.row(work, (kind, number))))
        else:
            self.command(lambda work: self.move(work, self.row(work, (kind, number))))

    def meet(self) -> None:
        """A meeting from its planning to its last word, as far as nothing is in the way."""
        known = [key for key in self.known if key[0] == "series"]
        if not known:
            theme = self.chance.choice([key for key in self.known if key[0] == "theme"])
            self.command(lambda work: make_new(work, "series", self.row(work, theme), {"planned_meetings": 3}))
            return
        series, when = self.chance.choice(known[-4:]), f"{self.now.date() + timedelta(days=1)} 08:00-09:00"
        told = {"when": when, "place": "Kirjasto"}
        before = len(self.known)
        self.command(lambda work: make_new(work, "meeting", self.row(work, series), told))
        for meeting in self.known[before:]:
            self.command(lambda work, meeting=meeting: self.new(work, "item", self.row(work, meeting)))
            self.go_through(meeting)

    def go_through(self, meeting: tuple[str, int]) -> None:
        """Every move of a meeting, with what is settled in it; now and then one is taken back and made again."""
        present = {"present": ["Aino", "Göran", "Äijälän kyläyhdistys"]}
        because = {"no_actions_because": "Seurattiin"}
        for move in ("convene", "set_agenda", "hold", "assign_actions", "complete"):
            self.make(meeting, move, {"hold": present, "assign_actions": because}.get(move, {}))
            if self.chance.random() < 0.2:
                self.command(lambda work: undo(work, self.row(work, meeting), How(reason="Erehdys")))
                self.make(meeting, move, {"hold": present, "assign_actions": because}.get(move, {}))
            self.now += timedelta(days=1 if move == "set_agenda" else 0, hours=2)
            for item in [key for key in self.known if key[0] == "item"][-6:]:
                outcome = self.chance.choice(["agreed", "noted", "carried_over"])
                told = {"convene": {}, "hold": {"outcome": outcome}}.get(move)
                if told is not None:
                    self.make(item, "settle" if told else "accept", told)

    def make(self, key: tuple[str, int], move: str, told: Mapping[str, object]) -> None:
        """A move with every warning confirmed."""
        how = How(confirmed=True, reason="Näin sovittiin", overrides=OVERRIDDEN)
        self.command(lambda work: make_move(work, self.row(work, key), move, told, how))

    def command(self, what: Any, by: int | None = None) -> None:
        """What the gate refuses has not happened."""
        try:
            with self.database.writing() as session:
                actor = session.get_one(Person, by or self.chance.choice([1, 1, 1, 2, 3]))
                outcome = what(Work(session, actor, self.now))
                told = [(each.kind, each.row.id) for each in (outcome.made, *outcome.followed)]
            self.known += [each for each in dict.fromkeys(told) if each not in self.known]
        except PoytaError:
            pass

    def new(self, work: Work, kind: str, parent: Any) -> Any:
        """A new thing under another."""
        if parent.kind not in PARENTS[kind]:
            parent = parent.table
        return make_new(work, kind, parent, self.told(work, kind, PAGE[kind].creation.name), self.how())

    def move(self, work: Work, row: Any) -> Any:
        """A move of a thing, mostly forward."""
        life = PAGE[row.kind]
        moves = [each for each in life.moves_from(row.state) if each.by]
        moves = [each for each in moves if each.name not in RARELY or self.chance.random() < 0.1] or moves
        if not moves:
            raise NotFound("nothing_to_do")
        forward = life.forward(row.state)
        move = forward if forward and self.chance.random() < 0.6 else self.chance.choice(moves)
        return make_move(work, row, move.name, self.told(work, row.kind, move.name), self.how())

    def how(self) -> How:
        """Now, on an earlier day, or today; with whatever has to be said."""
        day = (self.now - timedelta(days=self.chance.choice([0, 1, 3]))).date() if self.chance.random() < 0.3 else None
        return How(on=day, reason="Näin sovittiin", confirmed=self.chance.random() < 0.9, overrides=OVERRIDDEN)

    def told(self, work: Work, kind: str, move: str) -> dict[str, object]:
        """Something for each detail that is needed, and for some of the others."""
        details = details_of(PAGE[kind], PAGE[kind].moves[move])
        chosen = [each for each in details.values() if each.required or self.chance.random() < 0.6]
        said = {each.name: self.said(work, kind, each.name) for each in chosen}
        return {name: value for name, value in said.items() if value is not None}

    def said(self, work: Work, kind: str, name: str) -> object:
        """A value for a detail of that name."""
        day = self.now.date() + timedelta(days=self.chance.randint(-1, 3))
        values: list[tuple[str, list[object]]] = [
            ("title", ["Asia: yksi", "no", "17:30"]),
            ("when", [f"{day} 08:00-09:00"]),
            ("kind", ["event"] if kind == "result" else ["discussion", "to_agree"]),
            ("outcome", ["agreed", "noted", "carried_over"] if kind == "item" else ["no_resources"]),
            ("agreed_in meeting", self.references(work, "meeting")),
            ("series", [[each] for each in self.references(work, "series")]),
            ("actions", [[each] for each in self.references(work, "action")]),
            ("present", [["Aino", "Göran", "Äijälän kyläyhdistys"], ["Pekka", "Keuruun kaupunki"]]),
            ("only_for", [["Pekka=asiat 2, 3", "Göran=asia 1"]]),
            ("count", [["association=3", "village=1"]]),
            ("left", [["Pekka=8.30"]]),
            ("field", ["title", "name", "what"]),
            ("language", ["sv"]),
            ("person chair secretary responsible submitter", [*PEOPLE]),
            ("organisation proposer to presenter", [*PARTIES]),
            ("parties shared_with", [[*PARTIES][:2]]),
            ("due check_on revisit since begins", [day.isoformat()]),
            ("what goal agreed text for place no_actions_because evaluation", ["Yhdessä", "a\nb"]),
            ("origin", ["village", "resident"]),
            ("planned_meetings minutes", [3, 10]),
            ("lasting extent", ["partly"]),
            ("role", ["member", "secretary"]),
            ("mode", ["hybrid"]),
            ("channel", [["open_call", "personal"]]),
        ]
        chosen = next((found for names, found in values if name in names.split()), [])
        return self.chance.choice(chosen or [None])

    def references(self, work: Work, kind: str) -> list[object]:
        return [reference(self.row(work, each)) for each in self.known if each[0] == kind]

    def row(self, work: Work, key: tuple[str, int]) -> Any:
        return work.session.get_one(STATEFUL[key[0]], key[1])


@pytest.mark.parametrize("seed", range(5))
def test_any_history_reads_back(file, copy, seed):
    spring = Spring(file, seed)
    for number in range(120):
        spring.go_on()
        if number == 60:
            spring.begin("multia")

    assert_reads_back(file, copy)
