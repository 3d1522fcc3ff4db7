"""What a book can name: people, organisations, projects and tables by their names, its own things by their handles."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables import PartnershipTable
from workflow import naming
from workflow.errors import Ambiguous, NotFound
from workflow.exchange.book import Thing
from workflow.finding import NAMED, meant
from workflow.language.letters import composed
from workflow.naming import close_to


class Names:
    """An index of all names, so that none is looked for twice.

    A name is given whole: a beginning that means one today may mean another tomorrow, and a book is read again. The
    references of a database (M12, A7) are no names, for a book comes from elsewhere.
    """

    def __init__(self, session: Session) -> None:
        self.names: dict[str, dict[str, list[tuple[str, Any]]]] = {kind: {} for kind in (*NAMED, "table")}
        self.handles: dict[str, dict[str, Any]] = {}
        self.everywhere: dict[str, list[Any]] = {}
        for kind, model in NAMED.items():
            for row in session.scalars(select(model)):
                self.add(kind, row.name, meant(row))
        for table in session.scalars(select(PartnershipTable)):
            self.add("table", table.slug, table)
            self.add("table", table.name, table)

    def add(self, kind: str, name: str, found: Any) -> None:
        """Something by its name."""
        self.names[kind].setdefault(like(name), []).append((name, found))

    def add_handle(self, file: str, handle: str, found: Any) -> bool:
        """Something by the handle that a file gives it. False where the file has given it already."""
        handles = self.handles.setdefault(file, {})
        if handle in handles:
            return False
        handles[handle] = found
        self.everywhere.setdefault(handle, []).append(found)
        return True

    def called(self, kind: str, name: str) -> list[Any]:
        """All of a kind that have this name."""
        return self._named(_tidy(name), [kind])

    def find(self, file: str, reference: str, *kinds: str) -> Any:
        """What a file means by a name or a handle. Raises NotFound, with what is close, or Ambiguous."""
        reference = _tidy(reference)
        found = self._handled(file, reference, kinds) or self._named(reference, kinds)
        if len(found) == 1:
            return found[0]
        if found:
            candidates = [f"{reference} ({_kind(each)})" for each in found]
            raise Ambiguous("ambiguous", reference=reference, candidates=candidates)
        raise NotFound("not_found", reference=reference, kinds=list(kinds), close=self._close(file, reference, kinds))

    def _handled(self, file: str, handle: str, kinds: Iterable[str]) -> list[Any]:
        """A file's own handle goes before the same one in another file."""
        own = self.handles.get(file, {}).get(handle)
        found = [own] if own is not None else self.everywhere.get(handle, [])
        return [each for each in found if _kind(each) in kinds]

    def _named(self, name: str, kinds: Iterable[str]) -> list[Any]:
        found = [each for kind in kinds if kind in self.names for each in self.names[kind].get(like(name), ())]
        exact = [row for known, row in found if _tidy(known) == name]
        return list({id(row): row for row in exact or [row for _, row in found]}.values())

    def _close(self, file: str, reference: str, kinds: Iterable[str]) -> list[str]:
        handles = (name for name, found in self.handles.get(file, {}).items() if _kind(found) in kinds)
        names = (name for kind in kinds for known in self.names.get(kind, {}).values() for name, _ in known)
        return close_to(reference, [*handles, *names])


def _kind(found: Any) -> str:
    return found.kind  # type: ignore[no-any-return]  # whatever was found has one


def _tidy(name: str) -> str:
    return composed(name).strip()


def like(name: str) -> str:
    """What is the same for names that are one name."""
    return naming.like(_tidy(name))


def row_of(found: Any) -> Any:
    """The row behind what was found: a thing of the book has one as soon as it has come into being."""
    return found.row if isinstance(found, Thing) else found
