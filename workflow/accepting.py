"""Going on from a history that is not what was seen of it: somebody says so, and the history remembers who and why."""

from sqlalchemy import select

from models.checkpoints import Checkpoint
from models.history import HistoryEntry
from workflow.errors import Usage
from workflow.outcomes import How
from workflow.references import DATABASE
from workflow.register import Noted, note
from workflow.work import Work


def accept(work: Work, seen: Checkpoint, found: Checkpoint, reason: str, how: How) -> int:
    """Write down what had been seen, and what is there and gone on from; answers the number of the entry.

    Anybody may: what is accepted is what this one person's program remembers, and nobody else can do it for them.
    """
    refuse_used_command(work, how)
    facts = [*facts_of("seen", seen), *facts_of("found", found)]
    if seen.origin != found.origin:
        facts.insert(0, ("seen_origin", seen.origin))
    _, number = note(work, Noted(DATABASE, "accept", tuple(facts), {"reason": reason}), how)
    return number


def facts_of(name: str, checkpoint: Checkpoint) -> tuple[tuple[str, str], tuple[str, str]]:
    """What the history says of a checkpoint: whole, so that it can be compared with one that somebody kept."""
    return (f"{name}_size", str(checkpoint.size)), (f"{name}_root", checkpoint.root)


def refuse_used_command(work: Work, how: How) -> None:
    """An id is given to one command only. Raises Usage."""
    used = select(HistoryEntry.id).filter_by(cmd_id=str(how.command))
    if how.command and work.session.scalars(used).first() is not None:
        raise Usage("command_used", command=str(how.command))
