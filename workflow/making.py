"""New things, before they are written: what they belong to, and what they begin with."""

from typing import Any

from models.actions import Action, Referral
from models.base import Stateful, adopt, join
from models.meetings import AgendaItem
from models.states import ItemKind, Origin
from workflow.belonging import BELONGS, PARENTS
from workflow.errors import Usage
from workflow.finding import STATEFUL
from workflow.references import reference


def new_row(kind: str, parent: Any) -> Any:
    """A new thing under its parent. Raises Usage where that is no parent for it."""
    if parent is not None and parent.kind not in PARENTS[kind]:
        raise Usage("wrong_parent", kind=kind, parent=reference(parent), parents=list(PARENTS[kind]))
    row = STATEFUL[kind]()
    for name, ancestor in _ancestors(kind, parent).items():
        adopt(row, name, ancestor)
    return row


def row_made_by_program(told: dict[str, Any]) -> AgendaItem | Action | Referral:
    """What the program makes by itself: a copy of a matter, a matter about what is still open, a referral, a turn."""
    if (first := told.get("carried_from")) is not None:
        return _copy(first)
    if (referred := told.get("referred")) is not None:
        return _referral(referred, told["body"])
    if (rota := told.get("rota")) is not None:
        return _turn(rota, told)
    row = _under(told["meeting"])
    row.title = ", ".join(reference(each) for each in told["open"])
    row.origin, row.kind_of_item = Origin.FOLLOW_UP, ItemKind.FOLLOW_UP
    return row


def take_place(row: Stateful) -> None:
    """Let the parents know a thing that was just written."""
    for name, collection in BELONGS[row.kind].items():
        parent = getattr(row, name)
        if parent is not None and collection is not None:
            join(row, parent, collection)


def _under(parent: Any) -> AgendaItem:
    row: AgendaItem = new_row("item", parent)
    return row


def _copy(first: AgendaItem) -> AgendaItem:
    row = _under(first.theme)
    for name in ("title", "origin", "origin_detail", "kind_of_item", "minutes", "precedes", "confidential"):
        setattr(row, name, getattr(first, name))
    for name in ("submitter_id", "presenter_id", "presenting_organisation_id"):
        setattr(row, name, getattr(first, name))
    row.carried_from_id = first.id
    return row


def _referral(item: AgendaItem, body: str | None) -> Referral:
    row: Referral = new_row("referral", item)
    row.title, row.body = item.title, body
    return row


def _turn(rota: Any, told: dict[str, Any]) -> Action:
    row: Action = new_row("action", rota)
    party = told["own"]["to"]
    row.what, row.due_on, row.by_next_meeting = told["what"] or rota.title, told["own"].get("due"), False
    row.responsible_organisation, row.responsible_organisation_id = party, party.id
    return row


def _ancestors(kind: str, parent: Any) -> dict[str, Any]:
    if parent is None:
        return {}
    known: dict[str, Any] = {parent.kind: parent}
    if kind in ("memo", "item", "action", "referral"):
        known.setdefault("meeting", parent.meeting if parent.kind == "item" else None)
        known.setdefault("item", None)
        known.setdefault("rota", None)
        known.setdefault("theme", parent.series.theme if parent.kind == "meeting" else getattr(parent, "theme", None))
    return {name: known[name] for name in BELONGS[kind] if name in known}
