"""What no public document tells of: confidential matters (Openness Act 621/1999, section 24) and what came of them."""

from collections.abc import Mapping
from typing import NamedTuple

from models.reading import Reader, any_of, at_least


class Confidential(NamedTuple):
    """The references of what is not public."""

    items: Mapping[str, str]
    """The matters, each with the ground in law."""
    referrals: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()


def confidential_in(reader: Reader) -> Confidential:
    """Everything that is not public. Work and words go by the matter that they belong to."""
    items = _items(reader)
    return Confidential(items, _referrals(reader, items), _results(reader, items)) if items else Confidential({})


def _items(reader: Reader) -> dict[str, str]:
    """A matter carried over is the same matter still: where it is confidential once, it is so on every agenda."""
    rows = reader.rows("v_items", confidential=at_least(""))
    found = {str(row["ref"]): str(row["confidential"]) for row in rows}
    items: dict[str, str] = {}
    while found:
        items |= found
        first = {str(row["carried_from_ref"]): found[str(row["ref"])] for row in rows if row["carried_from_ref"]}
        copies = reader.rows("v_items", carried_from_ref=any_of(found))
        rows = [row for row in (*copies, *reader.rows("v_items", ref=any_of(first))) if row["ref"] not in items]
        found = {str(row["ref"]): first.get(str(row["ref"])) or found[str(row["carried_from_ref"])] for row in rows}
    return items


def _referrals(reader: Reader, items: Mapping[str, str]) -> frozenset[str]:
    """Those of such matters, and those with which they came back."""
    found = {str(row["ref"]) for row in reader.rows("v_referrals", item_ref=any_of(items))}
    referrals: set[str] = set()
    while found := found - referrals:
        referrals |= found
        found = {str(row["ref"]) for row in reader.rows("v_referrals", again_of_ref=any_of(found))}
    return frozenset(referrals)


def _results(reader: Reader, items: Mapping[str, str]) -> frozenset[str]:
    """Those that came of nothing but the work on such matters."""
    actions = {row["ref"] for row in reader.rows("v_actions", item_ref=any_of(items))}
    results = {row["result_ref"] for row in reader.rows("v_result_actions", action_ref=any_of(actions))}
    others = reader.rows("v_result_actions", result_ref=any_of(results))
    return frozenset(map(str, results - {row["result_ref"] for row in others if row["action_ref"] not in actions}))
