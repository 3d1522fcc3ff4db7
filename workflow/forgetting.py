"""A person is forgotten: the name goes out of every row, text and word of the history, and the history still holds.

What stays is the number and the pseudonym, and what was done under them; and the organisation, for without it no
meeting of the past would be one of several sectors any more. The words of an entry may change, since the entry holds
only what they commit to: that stays, and the erasure says to what they commit from then on.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.history import HistoryEntry, HistoryWords
from models.invitations import InvitationAnswer
from models.people import Person, Seat
from models.sealing import commitment, new_salt
from models.states import ErasureGround, KeepingGround, RegisterState
from workflow.attempt import Reason
from workflow.duties import duties_of, goes_on
from workflow.errors import Refused, Usage, WrongState
from workflow.outcomes import How
from workflow.references import reference
from workflow.register import Noted, note, only_keepers
from workflow.searching import Search, Traces
from workflow.texts import Kept
from workflow.work import Work

FORGET, KEEP = "forget", "keep"
ERASED = "erased"
"""The fact that names an entry whose words were changed: its id, its commitment, and what they commit to from now."""


class Erasure(NamedTuple):
    """What came of it: the ground, the entry, and where the name was and may still be."""

    ref: str
    ground: str
    number: int
    traces: Traces = Traces()
    repeated: bool = False


def forget(work: Work, person: Person, ground: ErasureGround, how: How, also: Sequence[str] = ()) -> Erasure:
    """Take a person's name out of everything. `also`: other names that they go by, which are taken out too.

    Raises NotAllowed, and Refused with every reason at once. Whoever has been forgotten stays so.
    """
    search = _allowed(work, person, also)
    if search is None:
        return _erased_before(work.session, person)
    ref, traces = reference(person), search.traces()
    _end_coordinating(work, search.own)
    for each in search.own:
        each.name, each.email, each.forgotten = reference(each), None, True
    work.session.flush()
    _drop_answers(work.session, search.own)
    _mask_texts(work.session, search)
    facts = (*_told_of(search.own, ground), *_mask_words(work.session, search))
    words = {"reason": search.mask.without(how.reason)} if how.reason else {}
    _, number = note(work, Noted(person.stream, FORGET, facts, words), how)
    work.session.expire_all()
    return Erasure(ref, ground, number, traces)


def foresee(work: Work, person: Person, also: Sequence[str] = ()) -> Traces | None:
    """Where the name would be taken out, if it is not yet. Raises as `forget` does, and changes nothing."""
    search = _allowed(work, person, also)
    return None if search is None else search.traces()


def keep(work: Work, person: Person, ground: KeepingGround, how: How) -> int:
    """Write down that an erasure was asked for and refused, and why. Answers the number of the entry.

    Raises NotAllowed, WrongState and Refused.
    """
    only_keepers(work, person, KEEP)
    if (before := _given_before(work, person, how)) is not None:
        return before
    if person.forgotten:
        facts = {"state": RegisterState.FORGOTTEN, "from": [RegisterState.KNOWN]}
        raise WrongState(person, KEEP, RegisterState.FORGOTTEN, [Reason("wrong_state", person, facts)], ())
    if not how.reason:
        raise Refused(person, KEEP, RegisterState.KNOWN, [Reason("reason_missing", person)], ())
    _, number = note(work, Noted(person.stream, KEEP, (("ground", ground.value),), {"reason": how.reason}), how)
    return number


def _given_before(work: Work, person: Person, how: How) -> int | None:
    """The number of the entry, where this very command was given before. Raises Usage where it was another one."""
    if how.command is None:
        return None
    entry = work.session.scalars(select(HistoryEntry).filter_by(cmd_id=str(how.command))).one_or_none()
    if entry is None:
        return None
    if (entry.stream, entry.move) != (person.stream, KEEP):
        raise Usage("command_used", command=str(how.command))
    return entry.number


def covered(facts: Iterable[tuple[str, str]]) -> dict[int, str]:
    """What the words of each entry that an erasure changed commit to now, by the entry's id; empty where none are left.

    An entry may be changed again: then the newest erasure says what holds.
    """
    told = (value.split(":") for name, value in facts if name == ERASED)
    return {int(entry): now for entry, _, now in told}


def _allowed(work: Work, person: Person, also: Sequence[str]) -> Search | None:
    """Where the person is named, where nothing is in the way; nothing for somebody who was forgotten before."""
    only_keepers(work, person, FORGET)
    if person.forgotten:
        return None
    search = Search(work.session, person, also)
    if reasons := _reasons(work, search):
        raise Refused(person, FORGET, RegisterState.KNOWN, reasons, ())
    return search


def _erased_before(session: Session, person: Person) -> Erasure:
    entry = session.scalars(select(HistoryEntry).filter_by(stream=person.stream, move=FORGET)).one()
    return Erasure(reference(person), dict(entry.told)["ground"], entry.number, repeated=True)


def _reasons(work: Work, search: Search) -> list[Reason]:
    person = search.own[0]
    reasons = duties_of(work, person)
    if person.id == work.actor.id:
        reasons.append(Reason("forget_oneself", person))
    if entries := search.entries_for_good():
        reasons.append(Reason("forget_in_facts", person, {"entries": entries}))
    return reasons


def _told_of(own: Sequence[Person], ground: ErasureGround) -> Iterator[tuple[str, str]]:
    """The ground, and who else was found to be the same person."""
    yield "ground", ground.value
    yield from (("of", reference(each)) for each in own[1:])


def _end_coordinating(work: Work, own: Sequence[Person]) -> None:
    """No command ends a seat over a project or an area, and no history tells of one: it ends with the name."""
    numbers = [each.id for each in own]
    for seat in work.session.scalars(select(Seat).where(Seat.person_id.in_(numbers), Seat.table_id.is_(None))):
        if goes_on(work, seat):
            seat.until = max(work.today, seat.since)


def _drop_answers(session: Session, own: Sequence[Person]) -> None:
    """Who meant to come need not be known of a number; who came stays."""
    session.execute(delete(InvitationAnswer).where(InvitationAnswer.person_id.in_([each.id for each in own])))


def _mask_texts(session: Session, search: Search) -> None:
    """Every text in which the person is named. Whoever has looked at its row is told that it has changed."""
    for kept in search.kept:
        values: dict[str, object] = {kept.column: _free(session, kept, search.mask.without(kept.text))}
        if "version" in kept.table.c:
            values["version"] = kept.table.c.version + 1
        session.execute(update(kept.table).filter_by(**kept.key).values(values))


def _free(session: Session, kept: Kept, masked: str) -> str:
    """The text itself, or with a number where a name must be one of its kind and another reads like it."""
    column = kept.table.c[kept.column]
    taken = set(session.scalars(select(column))) if column.unique else set()
    tried = (masked if number == 1 else f"{masked} {number}" for number in range(1, len(taken) + 2))
    return next(each for each in tried if each not in taken)


def _mask_words(session: Session, search: Search) -> Iterator[tuple[str, str]]:
    """The words of every entry in which the person is named go with their salts, and come back without the name."""
    for told in search.told:
        session.execute(delete(HistoryWords).filter_by(id=told.id))
        masked = search.mask.without(told.text)
        session.add(HistoryWords(entry_id=told.entry_id, salt=new_salt(), field=told.field, text=masked))
    session.flush()
    for entry_id, committed in sorted({(told.entry_id, told.commitment) for told in search.told}):
        yield ERASED, f"{entry_id}:{committed}:{_commitment_now(session, entry_id)}"


def _commitment_now(session: Session, entry_id: int) -> str:
    words = select(HistoryWords.salt, HistoryWords.field, HistoryWords.text).filter_by(entry_id=entry_id)
    return commitment((row.salt, row.field, row.text) for row in session.execute(words.order_by(HistoryWords.id))) or ""
