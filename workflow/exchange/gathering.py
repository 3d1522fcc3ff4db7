"""The people, organisations and projects of a book: those that are known by the same name, and those that are new."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import select

from models.people import Organisation, Person, Project, Seat
from models.states import Role
from workflow.details import PARTY_TAKES
from workflow.errors import BadValue, PoytaError
from workflow.exchange.book import Book, Party
from workflow.exchange.bookwork import BookWork
from workflow.exchange.names import Names, like
from workflow.exchange.problems import Place, Problems
from workflow.exchange.shape import COORDINATES
from workflow.parties import add_party
from workflow.work import Work


class Gathering:
    """Brings the parties of all books together, before anything happens."""

    def __init__(self, work: Work, names: Names, problems: Problems) -> None:
        self.work = BookWork(work, work.actor, names)
        self.names, self.problems = names, problems
        self.new: Counter[str] = Counter()
        self.seats: list[Seat] = []

    def gather(self, books: Iterable[Book]) -> list[Seat]:
        """Organisations first, for people and projects name them; then whoever coordinates. Answers those seats."""
        books = list(books)
        self.seats = list(self.work.session.scalars(select(Seat).where(Seat.table_id.is_(None)).order_by(Seat.id)))
        for kind in PARTY_TAKES:
            for book in books:
                self._join_all(kind, [party for party in book.parties if party.kind == kind])
        for book in books:
            for each in book.coordinators:
                self._try(self._coordinate, each)
        self.work.session.flush()
        return self.seats

    def _try(self, act: Callable[[Party], None], party: Party) -> None:
        self.work.file = party.place.file
        try:
            act(party)
        except BadValue as bad:
            self.problems.note(_at(party, bad.field), bad)
        except PoytaError as error:
            said = error.facts.get("reference")
            field = next((name for name, value in party.given.items() if value == said), "name")
            self.problems.note(_at(party, field), error)

    # People, organisations, projects

    def _join_all(self, kind: str, parties: list[Party]) -> None:
        """Two of the same name in one file are two people only if each has a handle of its own."""
        first: dict[str, Party] = {}
        for party in parties:
            name = _name(party)
            namesake = first.setdefault(name, party)
            if name and namesake is not party and not (kind == "person" and party.ref and namesake.ref):
                facts = {"name": str(party.given["name"]), "first": namesake.place.line}
                self.problems.add(_at(party, "name"), "name_repeated", **facts)
        repeated = Counter(_name(party) for party in parties)
        known = [self.names.called(kind, _name(party)) if _name(party) else [] for party in parties]
        for party, alike in zip(parties, known, strict=True):
            alone = not _name(party) or repeated[_name(party)] == 1
            self._try(partial(self._join, known=alike, alone=alone), party)

    def _join(self, party: Party, *, known: list[Any], alone: bool) -> None:
        if len(known) > 1 or (known and not alone):
            raise BadValue("ambiguous_name", "name", name=str(party.given["name"]))
        if known:
            party.row = known[0]
            self._complete(party)
        elif alone or party.kind == "person":
            party.row = add_party(self.work, party.kind, party.given, is_new=True)
            self.names.add(party.kind, party.row.name, party.row)
            self.new[party.kind] += 1
        if party.ref and party.row is not None and not self.names.add_handle(party.place.file, party.ref, party.row):
            raise BadValue("ref_repeated", "ref", value=party.ref)

    def _complete(self, party: Party) -> None:
        """What was not known of it yet is added; what was known stays as it is."""
        for detail in PARTY_TAKES[party.kind]:
            if detail.name == "name" or detail.name not in party.given:
                continue
            said = detail.kind.read(party.given[detail.name], detail.name, self.work)
            known = getattr(party.row, detail.name)
            if known is None:
                detail.put(party.row, said)
            elif known != said:
                value, known = _differing(party.given[detail.name], known)
                raise BadValue("differs", detail.name, value=value, known=known)

    # Coordinators

    def _coordinate(self, party: Party) -> None:
        told = {name: COORDINATES[name].read(said, name, self.work) for name, said in party.given.items()}
        person, project, area = told.get("person"), told.get("project"), told.get("area")
        if person is None:
            raise BadValue("missing", "person")
        if (project is None) is (area is None):
            raise BadValue("project_or_area", "project")
        since, until = told.get("since") or _beginning(project), told.get("until")
        if since is None:
            raise BadValue("missing", "since")
        if until is not None and until < since:
            raise BadValue("ends_before_it_begins", "until", value=until)
        if not any(_is(seat, person, project, area) for seat in self.seats):
            self._seat(person, project, area, since, until)

    def _seat(self, person: Person, project: Project | None, area: str | None, since: date, until: date | None) -> None:
        seat = Seat(role=Role.COORDINATOR, person=person, area=area, since=since, until=until)
        seat.person_id, seat.project_id = person.id, project.id if project else None
        self.work.session.add(seat)
        self.seats.append(seat)
        self.new["coordinator"] += 1


def _name(party: Party) -> str:
    return like(str(party.given.get("name", "")))


def _differing(told: Any, known: Any) -> tuple[object, object]:
    """What is told, and what is known: codes by their words, where they were told by their words."""
    if isinstance(told, StrEnum):
        return told, known
    return str(told), known.name if isinstance(known, Organisation) else str(known)


def _at(party: Party, field: str) -> Place:
    return party.place.at(field, getattr(party.given.get(field), "line", None))


def _beginning(project: Project | None) -> date | None:
    return project.begins if project else None


def _is(seat: Seat, person: Person, project: Project | None, area: str | None) -> bool:
    return (seat.person_id, seat.project_id, seat.area) == (person.id, project.id if project else None, area)
