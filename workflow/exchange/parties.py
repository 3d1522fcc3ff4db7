"""Who takes part in what is written out: people, organisations, projects, and whoever coordinates."""

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Organisation, Person, Project, Seat
from models.states import LETTERS
from workflow.exchange.book import Book, Party
from workflow.exchange.names import like
from workflow.exchange.problems import Place

NOWHERE = Place("", 0)


class Parties:
    """Everybody in the database; those whom the book names, or all, come into the book."""

    def __init__(self, session: Session, *, everybody: bool, email: bool) -> None:
        self.session, self.everybody, self.email = session, everybody, email
        self.known: dict[str, Party] = {}
        self.used: set[int] = set()
        for organisation in self._all(Organisation):
            self._add(organisation, sector=organisation.sector.value)
        for person in self._all(Person):
            told = {"email": person.email} if email else {}
            self._add(person, organisation=self._of("organisation", person.organisation_id), **told)
            self.known[f"person:{person.pseudonym}"] = self.known[f"{LETTERS['person']}{person.id}"]
        for merged in (*self._merged(Organisation), *self._merged(Person)):
            stays = self.known[f"{LETTERS[merged.kind]}{merged.merged_into_id}"]
            self.known[f"{LETTERS[merged.kind]}{merged.id}"] = stays
            if isinstance(merged, Person):
                self.known[f"person:{merged.pseudonym}"] = stays
        for project in self._all(Project):
            told = {"begins": project.begins, "ends": project.ends}
            self._add(project, funder=project.funder, owner=self._of("organisation", project.owner_id), **told)

    def named(self, reference: str) -> Party | None:
        """Whoever it is, who then comes into the book with those that belong to them."""
        party = self.known.get(reference)
        if party is not None and id(party) not in self.used:
            self.used.add(id(party))
            for other in party.given.values():
                if isinstance(other, Party):
                    self.used.add(id(other))
        return party

    def fill(self, book: Book) -> None:
        """Write them into the book."""
        self._coordinators(book)
        parties = {id(party): party for party in self.known.values()}
        book.parties = [party for key, party in parties.items() if self.everybody or key in self.used]
        self._tell_apart(book.parties)

    def _all(self, model: Any) -> Any:
        rows = self.session.scalars(select(model).order_by(model.id))
        return [row for row in rows if getattr(row, "merged_into_id", None) is None]

    def _merged(self, model: Any) -> Any:
        return self.session.scalars(select(model).where(model.merged_into_id.is_not(None)).order_by(model.id))

    def _of(self, kind: str, id: int | None) -> Party | None:
        return None if id is None else self.known[f"{LETTERS[kind]}{id}"]

    def _add(self, row: Any, **told: Any) -> None:
        given = {name: value for name, value in {"name": row.name, **told}.items() if value is not None}
        self.known[f"{LETTERS[row.kind]}{row.id}"] = Party(row.kind, NOWHERE, given)

    def _coordinators(self, book: Book) -> None:
        areas = {deed.given.get("area") for table in book.tables for deed in table.deeds}
        for seat in self.session.scalars(select(Seat).where(Seat.table_id.is_(None)).order_by(Seat.id)):
            project = self._of("project", seat.project_id)
            if self.everybody or id(project) in self.used or (seat.area is not None and seat.area in areas):
                person = self.named(f"{LETTERS['person']}{seat.person_id}")
                told = {"person": person, "project": project, "area": seat.area, "since": seat.since}
                given = {name: value for name, value in {**told, "until": seat.until}.items() if value is not None}
                book.coordinators.append(Party("coordinator", NOWHERE, given))

    def _tell_apart(self, parties: list[Party]) -> None:
        """Those who share a name get handles, by which the book then means them."""
        names = Counter(like(party.given["name"]) for party in parties if party.kind != "project")
        number = 0
        for party in parties:
            if party.kind == "project" or names[like(party.given["name"])] == 1:
                continue
            number += 1
            while f"p{number}" in names:
                number += 1
            party.ref = f"p{number}"
