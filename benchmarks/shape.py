"""The shape of a database in figures: how many of what, and how they compare (domain.md 2 and 3)."""

from collections.abc import Mapping

from models.archive import Archive, open_archive
from models.states import ThemeState


def shape(place: str) -> Mapping[str, float]:
    """Every figure by its name."""
    with open_archive(place) as archive:
        counts = {name: _number(archive, f"SELECT COUNT(*) FROM {table}") for name, table in COUNTED.items()}
        found = dict(archive.rows("SELECT state, COUNT(*) FROM themes GROUP BY state"))
        shares = {f"share of themes {each.value}": found.get(each, 0) / max(1, counts["themes"]) for each in ThemeState}
        ratios = {name: _number(archive, query) for name, query in RATIOS.items()}
    return counts | shares | ratios


def _number(archive: Archive, query: str) -> float:
    ((found,),) = archive.rows(query)
    return float(found or 0)


COUNTED = {
    "tables": "partnership_tables",
    "themes": "themes",
    "series": "meeting_series",
    "meetings": "meetings",
    "memos": "memos",
    "matters": "agenda_items",
    "actions": "actions",
    "referrals": "referrals",
    "results": "results",
    "entries of the history": "history",
}

RATIOS = {
    "share of themes taken up": "SELECT AVG(CASE WHEN EXISTS (SELECT 1 FROM meeting_series s JOIN meetings m"
    " ON m.series_id = s.id WHERE s.theme_id = t.id AND m.begins_at IS NOT NULL) THEN 1.0 ELSE 0.0 END) FROM themes t",
    "meetings of a theme taken up": "SELECT 1.0 * COUNT(*) / COUNT(DISTINCT s.theme_id) FROM meetings m"
    " JOIN meeting_series s ON s.id = m.series_id WHERE m.begins_at IS NOT NULL",
    "actions of a meeting with its work divided": "SELECT 1.0 * (SELECT COUNT(*) FROM actions WHERE meeting_id IS NOT"
    " NULL) / COUNT(*) FROM meetings WHERE state IN ('actions_assigned', 'completed')",
    "matters of a meeting held": "SELECT 1.0 * COUNT(*) / COUNT(DISTINCT m.id) FROM agenda_items i"
    " JOIN meetings m ON m.id = i.meeting_id WHERE m.state IN ('held', 'actions_assigned', 'completed')",
    "seats at a table": "SELECT 1.0 * (SELECT COUNT(*) FROM seats) / COUNT(*) FROM partnership_tables",
    "present at a meeting held": "SELECT 1.0 * COUNT(*) / COUNT(DISTINCT meeting_id) FROM attendance"
    " WHERE presence = 'present'",
}
