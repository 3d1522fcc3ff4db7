"""The signs of the causes that lie with the table itself: its roles, its project, its founding."""

from collections.abc import Iterator

from models.states import Role
from workflow.stalled.clock import number_of
from workflow.stalled.known import KnownTable, SeatRow
from workflow.stalled.signs import iso
from workflow.stalled.watching import Sign, Watch

ENDING = (Role.CONVENER, Role.SECRETARY, Role.CHAIR)
"""The roles that a table can't do without for long."""


def no_convener(table: KnownTable, watch: Watch) -> Iterator[Sign]:
    """Nobody convenes an active table."""
    yield from _nobody(table, watch, Role.CONVENER)


def no_secretary(table: KnownTable, watch: Watch) -> Iterator[Sign]:
    """Nobody writes down what an active table agrees on."""
    yield from _nobody(table, watch, Role.SECRETARY)


def _nobody(table: KnownTable, watch: Watch, role: Role) -> Iterator[Sign]:
    if table.row.state != "active" or table.seated(role):
        return
    ended = [seat.until for seat in table.seats if seat.role == role and seat.until and seat.until < table.day]
    since = number_of(max(ended)) + 1 if ended else number_of(table.row.since)
    if (days := watch(since, table.aside)) is not None:
        ways = [f"poyta table seat {table.typed} --person PERSON --role {role}"]
        yield watch.sign(
            table, table.ref, since, days, facts={"table": table.row.name, "day": iso(since)}, remedies=ways
        )


def role_ends_soon(table: KnownTable, watch: Watch) -> Iterator[Sign]:
    """Somebody's role at an active table ends before long, and nobody is named to follow."""
    if table.row.state != "active":
        return
    for role in ENDING:
        held = table.seated(role)
        ends = max((seat.until or "9999-12-31" for seat in held), default="9999-12-31")
        if ends == "9999-12-31" or (since := watch.ahead(number_of(ends))) is None or _follows(table, role, ends):
            continue
        last = next(seat for seat in held if seat.until == ends)
        facts = {"role": str(role), "who": last.name, "until": ends, "table": table.row.name}
        yield watch.sign(
            table, table.ref, since, table.today - since, facts=facts, remedies=_ways_to_follow(table, last)
        )


def _follows(table: KnownTable, role: Role, ends: str) -> bool:
    after = iso(number_of(ends) + 1)
    return any(seat.role == role and seat.held_on(after) for seat in table.seats)


def _ways_to_follow(table: KnownTable, last: SeatRow) -> list[str]:
    after = iso(number_of(last.until or "") + 1)
    if last.role == Role.CONVENER:
        return [f"poyta table hand-over {table.typed} --to PERSON --since {after} --reason TEXT"]
    return [f"poyta table seat {table.typed} --person PERSON --role {last.role} --since {after}"]


def project_ends(table: KnownTable, watch: Watch) -> Iterator[Sign]:
    """The project that supports an active table ends before long, and nobody is named to convene it after that."""
    ends = table.row.project_ends
    if table.row.state != "active" or ends is None or (since := watch.ahead(number_of(ends))) is None:
        return
    if _goes_on(table, ends, iso(since)):
        return
    facts = {"project": table.row.project_name, "ends": ends, "table": table.row.name}
    ways = [
        f"poyta table hand-over {table.typed} --to PERSON --since {iso(number_of(ends) + 1)} --reason TEXT",
        f"poyta table describe {table.typed} --project PROJECT",
    ]
    yield watch.sign(table, table.ref, since, table.today - since, facts=facts, remedies=ways)


def _goes_on(table: KnownTable, ends: str, warned: str) -> bool:
    """Whether a convener was named for the time after: somebody not of the project's owner, or one newly seated."""
    after, owner = max(iso(number_of(ends) + 1), table.day), table.row.project_owner
    return any(
        seat.since >= warned or (owner is not None and owner not in (seat.organisation, seat.home))
        for seat in table.seats
        if seat.role == Role.CONVENER and seat.held_on(max(after, seat.since))
    )


def founding_stuck(table: KnownTable, watch: Watch) -> Iterator[Sign]:
    """Nobody decides on the founding of a table (domain.md 4, row 11): the time in its state, as for a theme."""
    if table.row.state not in ("proposed", "returned"):
        return
    since = number_of(table.row.since)
    if (days := watch(since)) is not None:
        facts = {"ref": table.ref, "kind": "table", "state": table.row.state, "day": iso(since)}
        holder = table.holder(Role.COORDINATOR)
        yield watch.sign(
            table, table.ref, since, days, facts=facts, remedies=[f"poyta why {table.typed}"], holder=holder
        )
