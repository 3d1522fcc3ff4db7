"""What belongs to what."""

from collections.abc import Mapping

BELONGS: Mapping[str, Mapping[str, str | None]] = {
    "table": {},
    "theme": {"table": "themes"},
    "series": {"theme": "series"},
    "meeting": {"series": "meetings"},
    "memo": {"theme": "memos", "meeting": "memos"},
    "item": {"theme": "items", "meeting": "items"},
    "rota": {"theme": "rotas"},
    "action": {"theme": "actions", "item": "actions", "rota": "actions", "meeting": None},
    "referral": {"theme": "referrals", "item": "referrals", "meeting": None},
    "result": {"theme": "results"},
}
"""What each kind belongs to, and the collection that its parent keeps it in."""

PARENTS: Mapping[str, tuple[str, ...]] = {
    "table": (),
    "theme": ("table",),
    "series": ("theme",),
    "meeting": ("series",),
    "memo": ("meeting",),
    "item": ("meeting", "theme"),
    "rota": ("theme",),
    "action": ("item", "meeting", "rota", "theme"),
    "referral": ("item", "theme"),
    "result": ("theme",),
}
"""The kinds of thing under which a new one can be made."""
