"""The ways between states that the database watches over, taken from the page."""

from typing import Any

from sqlalchemy import UniqueConstraint

from models.triggers import Edges
from workflow.finding import STATEFUL
from workflow.lifecycle import Lifecycle, Page


def edges_of(page: Page) -> list[Edges]:
    """What each kind of thing may do, in the order of the page."""
    return [_edges(life) for life in page.lifecycles.values()]


def _edges(life: Lifecycle) -> Edges:
    model: Any = STATEFUL[life.kind]
    table = model.__table__
    ways = sorted((source.value, to.value) for source, to in life.ways)
    unique = sorted(tuple(each.columns.keys()) for each in table.constraints if isinstance(each, UniqueConstraint))
    return Edges(life.kind, table.name, life.starts.value, tuple(ways), tuple(unique))
