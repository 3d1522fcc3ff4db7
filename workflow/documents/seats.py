"""Who is at a table on a day: by role, by sector, and each party once."""

from collections.abc import Iterable, Mapping, Sequence

from models.kept import code_of
from models.reading import any_of
from models.states import Role, Sector
from workflow.documents.gathering import Gathered, Row
from workflow.language.letters import in_order

CONTACTS = (Role.CONVENER, Role.SECRETARY)
"""Who hears what others have to say, in this order."""


def seats_at(gathered: Gathered, tables: Iterable[object], day: str) -> list[Row]:
    """The seats that are held at some tables on a day, in the order in which they were given."""
    rows = gathered.reader.rows("v_seats", order="id", table_ref=any_of(set(tables)))
    return [row for row in rows if row["since"] <= day and (row["until"] is None or day <= row["until"])]


def parties(gathered: Gathered, seats: Iterable[Row]) -> list[str]:
    """Each party once: the organisations, then the people who speak for none."""
    organised = sorted(seats, key=lambda row: row["party"] is None)
    told = (gathered.speech.tell(row["party"]) if row["party"] else gathered.seated(row) for row in organised)
    return list(dict.fromkeys(told))


def holders(gathered: Gathered, seats: Iterable[Row], role: Role) -> list[str]:
    """Who holds a role. For everybody to read only those who speak for a party: "a resident" is nobody to turn to."""
    held = [row for row in seats if row["role"] == role and (row["party"] or not gathered.public)]
    return list(dict.fromkeys(gathered.seated(row) for row in held))


def contact(gathered: Gathered, seats: Sequence[Row]) -> list[str]:
    """Whom to turn to: the convener, else the secretary, else nobody that is known."""
    return next((found for role in CONTACTS if (found := holders(gathered, seats, role))), [])


def by_sector(gathered: Gathered, seats: Iterable[Row]) -> Mapping[Sector | None, list[str]]:
    """The parties of each sector, in the order of sectors and names; people who speak for none come last."""
    around: dict[Sector | None, list[Row]] = {}
    for row in seats:
        around.setdefault(code_of(Sector, str(row["sector"])) if row["sector"] else None, []).append(row)
    return {sector: in_order(parties(gathered, around[sector])) for sector in (*Sector, None) if sector in around}
