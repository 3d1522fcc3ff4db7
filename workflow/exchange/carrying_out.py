"""Carrying out table books: everything in them passes the one gate, in the order in which it happened."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm.attributes import set_committed_value

from models.people import Person
from workflow.engine import make_move, make_new
from workflow.errors import NotFound, PoytaError, Refused
from workflow.exchange.acting import Acting
from workflow.exchange.automatic import Births, tie_births
from workflow.exchange.book import Book, Deed, Thing
from workflow.exchange.bookwork import BookWork
from workflow.exchange.checking import Checking
from workflow.exchange.gathering import Gathering
from workflow.exchange.moments import day_of
from workflow.exchange.names import Names
from workflow.exchange.ordering import in_order
from workflow.exchange.problems import Problems
from workflow.exchange.shape import UNDO, made_by_program
from workflow.exchange.standing import find_standing
from workflow.exchange.summary import Summary
from workflow.exchange.timing import fill_days
from workflow.lifecycle import Move
from workflow.lifecycles import PAGE
from workflow.outcomes import How, Outcome
from workflow.undoing import undo
from workflow.work import Work

Progress = Callable[[int, int], None]


def carry_out(work: Work, books: Iterable[Book], progress: Progress | None = None) -> Summary:
    """Do everything that the books tell, in the session of the work. Answers what was done.

    Raises BookRefused with everything that is wrong. The session is then of no use: all or nothing is kept, and
    whoever began the transaction takes it back. The work's actor did what nobody else can have done; one that has
    neither a name nor a row is nobody.
    """
    books = list(books)
    problems = Problems()
    for book in books:
        problems.found += book.problems.found
    names = Names(work.session)
    _let_in(work, names)
    gathering = Gathering(work, names, problems)
    seats = gathering.gather(books)
    deeds = _prepared(work, books, names, problems)
    importing = work.actor if work.actor.id is not None else None
    births = Births((thing for book in books for thing in book.things()), problems)
    carrying = _Carrying(work, names, Acting(names, seats, importing), births, problems)
    carrying.summary.parties = gathering.new
    carrying.all(deeds, progress or _silently)
    problems.tell()
    return carrying.summary


def _let_in(work: Work, names: Names) -> None:
    """Whoever imports may be new, too."""
    if work.actor.id is None and work.actor.name:
        known = names.called("person", work.actor.name)
        if known:
            work.actor = known[0]
        else:
            work.session.add(work.actor)
            work.session.flush()
            names.add("person", work.actor.name, work.actor)


def _prepared(work: Work, books: list[Book], names: Names, problems: Problems) -> list[Deed]:
    checking = Checking(work, names, problems)
    checking.name_things(books)
    find_standing(work, books, problems)
    for book in books:
        for deed in book.deeds():
            checking.check(deed)
    tie_births(books, names, problems)
    fill_days(books, problems)
    return in_order(books, problems)


class _Carrying:
    """One deed after another, through the gate."""

    def __init__(self, work: Work, names: Names, acting: Acting, births: Births, problems: Problems) -> None:
        self.work, self.names, self.acting, self.problems = work, names, acting, problems
        self.summary = Summary()
        self.works: dict[int, BookWork] = {}
        self.births = births

    def all(self, deeds: list[Deed], progress: Progress) -> None:
        """Carry them out; what builds on something that went wrong is left out."""
        for number, deed in enumerate(deeds, 1):
            if _builds_on_failure(deed):
                deed.thing.failed = True
            else:
                self._try(deed)
            progress(number, len(deeds))

    def _try(self, deed: Deed) -> None:
        try:
            self._carry_out(deed)
        except PoytaError as error:
            deed.thing.failed = True
            if not (isinstance(error, Refused) and _something_failed_below(deed.thing)):
                self._note(deed, error)
            for row in list(self.work.session.dirty):  # what a refused move has put into its thing goes no further
                self.work.session.refresh(row)

    def _note(self, deed: Deed, error: PoytaError) -> None:
        field = getattr(error, "field", None) or _field_of(deed, error)
        place = deed.place if field is None else deed.place.at(field, getattr(deed.given.get(field), "line", None))
        self.problems.note(place, error)

    def _carry_out(self, deed: Deed) -> None:
        thing, day = deed.thing, deed.told or day_of(_on(deed))
        if thing.automatic and thing.row is None:
            raise NotFound(f"no_{thing.automatic}")
        move = PAGE[thing.kind].moves.get(deed.move)
        if move is not None and self._followed_already(deed, move):
            return
        person = self.acting.who(deed, move, day) if move else self._who_undoes(deed, day)
        if person is None:
            raise NotFound("nobody_to_act")
        outcome = self._through_the_gate(deed, self._work_of(person).at(deed))
        self.summary.count(deed, outcome)
        self._take_in(deed, outcome)

    def _who_undoes(self, deed: Deed, day: date) -> Person | None:
        """Whoever may make the newest move of the thing may take it back."""
        done = [each.move for each in deed.thing.deeds[: deed.thing.deeds.index(deed)] if each.move != UNDO]
        move = PAGE[deed.thing.kind].moves[done[-1]] if done else PAGE[deed.thing.kind].creation
        return self.acting.who(deed, move, day)

    def _through_the_gate(self, deed: Deed, work: BookWork) -> Outcome:
        how = How(on=deed.on, reason=deed.reason, confirmed=True, overrides=deed.overrides)
        thing = deed.thing
        if deed.move == UNDO:
            return undo(work, thing.row, how)
        if thing.row is None:
            return make_new(work, thing.kind, thing.parent.row if thing.parent else None, deed.given, how)
        return make_move(work, thing.row, deed.move, deed.given, how)

    def _work_of(self, person: Person) -> BookWork:
        if person.id not in self.works:
            self.works[person.id] = BookWork(self.work, person, self.names)
        return self.works[person.id]

    # What came of it

    def _take_in(self, deed: Deed, outcome: Outcome) -> None:
        if deed.thing.row is None:
            self.births.born(deed.thing, outcome.made.row)
            _nothing_below(outcome.made.row)
        if deed.thing.kind == "table":
            self.works.clear()  # somebody may coordinate now who did not before
        day = day_of(outcome.happened_at)
        for told in outcome.followed:
            if made_by_program(told.kind) and told.source is None:
                self.births.made_by_program(told.row)
            if (thing := self.births.thing(told.kind, told.row.id)) is not None:
                thing.followed = (told.move, day)

    def _followed_already(self, deed: Deed, move: Move) -> bool:
        """A move that followed from another one of the same day need not be made again."""
        thing = deed.thing
        done = thing.row is not None and not deed.given and thing.followed == (deed.move, day_of(_on(deed)))
        return done and thing.row.state is move.to


def _silently(done: int, total: int) -> None:
    """Nobody looks."""


def _nothing_below(row: Any) -> None:
    """What has just begun has nothing under it: the database need not be asked."""
    for relation in inspect(type(row)).relationships:
        if relation.uselist and not relation.viewonly and relation.key not in row.__dict__:
            set_committed_value(row, relation.key, [])


def _on(deed: Deed) -> Any:
    assert deed.on is not None
    return deed.on


def _builds_on_failure(deed: Deed) -> bool:
    return deed.wrong or any(thing.failed for thing in (*deed.thing.line, *deed.refers))


def _something_failed_below(thing: Thing) -> bool:
    below = (each for each in thing.all() if each is not thing)
    return any(each.failed or any(deed.wrong for deed in each.deeds) for each in below)


def _field_of(deed: Deed, error: PoytaError) -> str | None:
    reference = error.facts.get("reference")
    return next((name for name, said in deed.given.items() if said == reference), None)
