"""The read model: one view a noun, with references and names in place of keys.

The migrations make them, `models.reading` reads them. They are written once for SQLite and PostgreSQL; what the two
say differently, which is only the day of a moment in Finland, is filled in at the end.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from models.states import LETTERS, ActionState, MeetingState


class View(NamedTuple):
    """What a view tells: its columns, each with where it comes from, and the rows they are taken from."""

    columns: Mapping[str, str]
    source: str


def create_views(dialect: str) -> Iterator[str]:
    """The statements that make every view on `sqlite` or `postgresql`."""
    for name, view in VIEWS.items():
        columns = ",\n    ".join(f'{expression} AS "{column}"' for column, expression in view.columns.items())
        text = f"CREATE VIEW {name} AS SELECT\n    {columns}\nFROM {view.source}"
        yield re.sub(r"local_day\(([\w.]+)\)", lambda found: LOCAL_DAY[dialect].format(found[1]), text)


LOCAL_DAY = {
    "sqlite": (
        "date({0}, CASE WHEN {0} >= date(substr({0}, 1, 4) || '-03-25', 'weekday 0') || 'T01'"
        " AND {0} < date(substr({0}, 1, 4) || '-10-25', 'weekday 0') || 'T01' THEN '+3 hours' ELSE '+2 hours' END)"
    ),
    "postgresql": "to_char(CAST({0} AS timestamptz) AT TIME ZONE 'Europe/Helsinki', 'YYYY-MM-DD')",
}
"""SQLite knows no zones, so it is told the rule: summer time from the last Sunday of March to that of October."""


def _one_of(column: str, *states: StrEnum) -> str:
    return f"{column} IN ({', '.join(repr(state.value) for state in states)})"


def _thing(row: str, kind: str, title: str, *, ref: str = "", theme: str = "") -> dict[str, str]:
    """What everything that has a lifecycle tells first. The table it belongs to goes by `b`."""
    return {
        "ref": ref or f"'{LETTERS[kind]}' || {row}.id",
        "kind": f"'{kind}'",
        "title": title,
        **_plain(row, "id", "state", "state_since", "version", "came_from", "entries"),
        "table_ref": "b.slug",
        **({"theme_ref": f"'T' || {theme}"} if theme else {}),
    }


def _plain(row: str, *columns: str) -> dict[str, str]:
    return {column: f"{row}.{column}" for column in columns}


def _person(name: str, alias: str) -> dict[str, str]:
    return {name: f"{alias}.name", f"{name}_ref": f"'P' || {alias}.id"}


def _organisation(name: str, alias: str) -> dict[str, str]:
    return {name: f"{alias}.name", f"{name}_ref": f"'G' || {alias}.id"}


def _either(name: str, person: str, organisation: str) -> dict[str, str]:
    """A party that is a person or an organisation."""
    return {
        name: f"COALESCE({person}.name, {organisation}.name)",
        f"{name}_ref": f"COALESCE('P' || {person}.id, 'G' || {organisation}.id)",
    }


def _seen(person: str, own: str, home: str) -> dict[str, str]:
    """Somebody at a table: the person, the organisation named, and the party that speaks through them."""
    return {
        **_person("person", person),
        **_organisation("organisation", own),
        "party": f"COALESCE({own}.name, {home}.name)",
        "party_ref": f"'G' || COALESCE({own}.id, {home}.id)",
        "sector": f"COALESCE({own}.sector, {home}.sector)",
    }


_ITEM_REF = (
    "CASE WHEN i.meeting_id IS NULL THEN 'T' || i.theme_id || '/' || i.number"
    " ELSE 'M' || i.meeting_id || '/' || i.position END"
)


def _number_in(stream: str, kind: str) -> str:
    """The number in a stream's name, for streams of one kind; nothing for others, whatever they hold."""
    number = f"substr({stream}, {len(kind) + 2})"
    return (
        f"CASE WHEN {_is(stream, kind)} AND {number} <> '' AND trim({number}, '0123456789') = ''"
        f" THEN CAST({number} AS INTEGER) END"
    )


def _is(stream: str, kind: str) -> str:
    return f"substr({stream}, 1, {len(kind) + 1}) = '{kind}:'"


def _moved(stream: str) -> dict[str, str]:
    """The thing that an entry tells of: its reference and kind. An item goes by `i`, a table by `b`."""
    refs = [f"WHEN {_is(stream, 'table')} THEN b.slug", f"WHEN {_is(stream, 'item')} THEN {_ITEM_REF}"]
    refs += [f"WHEN {_is(stream, 'database')} THEN 'poyta'"]
    refs += [
        f"WHEN {_is(stream, kind)} THEN '{letter}' || substr({stream}, {len(kind) + 2})"
        for kind, letter in LETTERS.items()
    ]
    kinds = [f"WHEN {_is(stream, kind)} THEN '{kind}'" for kind in ("table", "item", "database", *LETTERS)]
    return {"ref": f"CASE {' '.join(refs)} END", "kind": f"CASE {' '.join(kinds)} END"}


_HELD = (MeetingState.HELD, MeetingState.ACTIONS_ASSIGNED, MeetingState.COMPLETED)

_OPEN_ACTIONS = f"""\
(SELECT COUNT(*) FROM actions a WHERE a.theme_id = t.id
        AND NOT {_one_of("a.state", ActionState.CLOSED, ActionState.DROPPED)})"""  # noqa: S608  # of our own words only

_MEETINGS_HELD = f"""\
(SELECT COUNT(*) FROM meetings m JOIN meeting_series s ON s.id = m.series_id
        WHERE s.theme_id = t.id AND {_one_of("m.state", *_HELD)})
    + (SELECT COUNT(*) FROM joint_meetings j JOIN meeting_series s ON s.id = j.series_id
        JOIN meetings m ON m.id = j.meeting_id WHERE s.theme_id = t.id AND {_one_of("m.state", *_HELD)})"""  # noqa: S608  # of our own words only

_NUMBER_IN_SERIES = f"""\
CASE WHEN m.state <> '{MeetingState.CANCELLED}' THEN (SELECT COUNT(*) + 1 FROM meetings n
        WHERE n.series_id = m.series_id AND n.state <> '{MeetingState.CANCELLED}'
        AND (COALESCE(n.begins_at, '9'), n.id) < (COALESCE(m.begins_at, '9'), m.id)) END"""  # noqa: S608  # of our own words only
"""Which meeting of its series it is, in the order of their dates; one without a date comes last."""

_PRESENT = """\
COALESCE(
        (SELECT h.people FROM head_counts h WHERE h.meeting_id = m.id AND h.sector IS NULL),
        (SELECT SUM(h.people) FROM head_counts h WHERE h.meeting_id = m.id),
        (SELECT COUNT(*) FROM attendance x WHERE x.meeting_id = m.id AND x.presence = 'present'))"""
"""The total as counted; else the sum of the groups; else how many are named."""

_SINCE = """\
COALESCE(
            (SELECT MAX(h.happened_at) FROM history h
                WHERE h.stream = 'action:' || a.id AND h.move IN ('postpone', 'reopen')),
            m.begins_at,
            (SELECT h.happened_at FROM history h WHERE h.stream = 'action:' || a.id AND h.version = 1))"""
"""From when "the next meeting" is reckoned: from the last time that it was put off, else from its own meeting."""

_SERIES = "(s.id = m.series_id OR (a.meeting_id IS NULL AND s.theme_id = a.theme_id))"

_DUE = f"""\
COALESCE(a.due_on, CASE WHEN a.by_next_meeting = 1 THEN (SELECT MIN(local_day(n.begins_at)) FROM (
        SELECT o.begins_at FROM meeting_series s JOIN meetings o ON o.series_id = s.id
            WHERE {_SERIES} AND o.state <> '{MeetingState.CANCELLED}'
        UNION ALL
        SELECT o.begins_at FROM meeting_series s JOIN joint_meetings j ON j.series_id = s.id
            JOIN meetings o ON o.id = j.meeting_id
            WHERE {_SERIES} AND o.state <> '{MeetingState.CANCELLED}'
        ) n WHERE n.begins_at > {_SINCE}) END)"""  # noqa: S608  # of our own words only
"""The day told, else the day of the next meeting, which follows that meeting when it moves (lifecycles.md 2.5)."""

_CHANGES = """\
(SELECT COUNT(*) FROM history h WHERE h.stream = 'meeting:' || m.id AND h.version > 1
        AND (h.move IN ('reschedule', 'change_mode', 'cancel') OR h.facts <> replace(h.facts, '["when", ', '')
        OR EXISTS (SELECT 1 FROM history_words w WHERE w.entry_id = h.id AND w.field IN ('place', 'link'))))
    + (SELECT COUNT(*) FROM history h JOIN history_words w ON w.entry_id = h.id AND w.field = 'title'
        WHERE h.stream = 'theme:' || s.theme_id AND h.move = 'describe'
        AND h.id > (SELECT p.id FROM history p WHERE p.stream = 'meeting:' || m.id AND p.version = 1))"""
"""How often time, place, way or title of a meeting have changed since it was planned: a calendar's SEQUENCE.

It is counted in the history, so that it never goes back, whoever writes the invitation and however often.
"""

_ACTOR = "LEFT JOIN people y ON y.pseudonym = {}.actor LEFT JOIN people p ON p.id = COALESCE(y.merged_into_id, y.id)"
"""Who acted, by the name that they go by now."""

VIEWS: Mapping[str, View] = {
    "v_tables": View(
        {
            **_thing("b", "table", "b.name", ref="b.slug"),
            **_plain("b", "name", "kind_of_table", "area", "rhythm", "languages", "term_begins", "term_ends"),
            **_plain("b", "founded_by", "founded_paragraph", "founding_decision"),
            "project": "k.name",
            "parent_ref": "c.slug",
            **_person("founder", "f"),
            **_person("responsible", "p"),
        },
        "partnership_tables b LEFT JOIN projects k ON k.id = b.project_id"
        " LEFT JOIN partnership_tables c ON c.id = b.parent_id"
        " LEFT JOIN people f ON f.id = b.founder_id LEFT JOIN people p ON p.id = b.responsible_person_id",
    ),
    "v_themes": View(
        {
            **_thing("t", "theme", "t.title", theme="t.id"),
            **_plain("t", "why_together", "life", "goal", "goal_agreed_on"),
            "agreed_in_ref": "'M' || t.goal_agreed_in_id",
            **_plain("t", "evaluation", "proposer_told_on", "revisit_on", "ended_as"),
            **_either("proposer", "p", "g"),
            **_person("responsible", "q"),
            "open_actions": _OPEN_ACTIONS,
            "meetings_held": _MEETINGS_HELD,
            "results": "(SELECT COUNT(*) FROM results r WHERE r.theme_id = t.id)",
        },
        "themes t JOIN partnership_tables b ON b.id = t.table_id LEFT JOIN people p ON p.id = t.proposer_id"
        " LEFT JOIN organisations g ON g.id = t.proposing_organisation_id"
        " LEFT JOIN people q ON q.id = t.responsible_person_id",
    ),
    "v_series": View(
        {
            **_thing("s", "series", "t.title", theme="t.id"),
            **_plain("s", "planned_meetings", "revisit_on", "suspended_with_theme"),
        },
        "meeting_series s JOIN themes t ON t.id = s.theme_id JOIN partnership_tables b ON b.id = t.table_id",
    ),
    "v_meetings": View(
        {
            **_thing("m", "meeting", "t.title", theme="t.id"),
            "series_ref": "'S' || s.id",
            "number": _NUMBER_IN_SERIES,
            "planned_meetings": "s.planned_meetings",
            "day": "local_day(m.begins_at)",
            **_plain("m", "begins_at", "ends_at", "began_at", "ended_at", "place", "link", "mode", "items_by"),
            **_plain("m", "reschedules", "agenda_places", "no_actions_because"),
            **_person("chair", "p"),
            **_person("secretary", "q"),
            "present_count": _PRESENT,
        },
        "meetings m JOIN meeting_series s ON s.id = m.series_id JOIN themes t ON t.id = s.theme_id"
        " JOIN partnership_tables b ON b.id = t.table_id"
        " LEFT JOIN people p ON p.id = m.chair_id LEFT JOIN people q ON q.id = m.secretary_id",
    ),
    "v_items": View(
        {
            **_thing("i", "item", "i.title", ref=_ITEM_REF, theme="i.theme_id"),
            "meeting_ref": "'M' || i.meeting_id",
            **_plain("i", "number", "position", "origin", "origin_detail", "kind_of_item", "minutes", "lateness"),
            **_plain("i", "outcome", "agreed", "needs_no_action", "precedes", "confidential"),
            **_person("submitter", "p"),
            **_either("presenter", "q", "g"),
            "carried_from_ref": _ITEM_REF.replace("i.", "c."),
        },
        "agenda_items i JOIN themes t ON t.id = i.theme_id JOIN partnership_tables b ON b.id = t.table_id"
        " LEFT JOIN people p ON p.id = i.submitter_id LEFT JOIN people q ON q.id = i.presenter_id"
        " LEFT JOIN organisations g ON g.id = i.presenting_organisation_id"
        " LEFT JOIN agenda_items c ON c.id = i.carried_from_id",
    ),
    "v_actions": View(
        {
            **_thing("a", "action", "a.what", theme="a.theme_id"),
            "series_ref": "'S' || m.series_id",
            "meeting_ref": "'M' || a.meeting_id",
            "item_ref": _ITEM_REF,
            "rota_ref": "'V' || a.rota_id",
            **_plain("a", "what"),
            **_either("responsible", "p", "g"),
            "due": _DUE,
            **_plain("a", "due_on", "by_next_meeting", "postponements", "waiting_for", "outcome"),
            **_person("reported_by", "q"),
        },
        "actions a JOIN themes t ON t.id = a.theme_id JOIN partnership_tables b ON b.id = t.table_id"
        " LEFT JOIN meetings m ON m.id = a.meeting_id LEFT JOIN agenda_items i ON i.id = a.item_id"
        " LEFT JOIN people p ON p.id = a.responsible_person_id"
        " LEFT JOIN organisations g ON g.id = a.responsible_organisation_id"
        " LEFT JOIN people q ON q.id = a.reported_by_id",
    ),
    "v_memos": View(
        {
            **_thing("d", "memo", "t.title", theme="d.theme_id"),
            "meeting_ref": "'M' || d.meeting_id",
            "written": "(SELECT COUNT(*) FROM memo_entries e WHERE e.memo_id = d.id)",
            **_plain("d", "silent_until"),
            "confirmed_in_ref": "'M' || d.confirmed_in_id",
            **_plain("d", "link", "published_until", "register_number"),
        },
        "memos d JOIN themes t ON t.id = d.theme_id JOIN partnership_tables b ON b.id = t.table_id",
    ),
    "v_memo_entries": View(
        {
            **_plain("e", "id"),
            "memo_ref": "'D' || e.memo_id",
            **_plain("e", "revision"),
            "item_ref": _ITEM_REF,
            **_plain("e", "entry", "text"),
            **_person("author", "p"),
            **_plain("e", "written_at"),
            "current": (
                "CASE WHEN EXISTS (SELECT 1 FROM memo_entries f WHERE f.memo_id = e.memo_id"
                " AND COALESCE(f.item_id, 0) = COALESCE(e.item_id, 0) AND f.entry = e.entry"
                " AND f.revision > e.revision) THEN 0 ELSE 1 END"
            ),
        },
        "memo_entries e JOIN people p ON p.id = e.author_id LEFT JOIN agenda_items i ON i.id = e.item_id",
    ),
    "v_rotas": View(
        {
            **_thing("v", "rota", "v.title", theme="v.theme_id"),
            **_plain("v", "rhythm"),
            **_organisation("in_turn", "g"),
        },
        "rotas v JOIN themes t ON t.id = v.theme_id JOIN partnership_tables b ON b.id = t.table_id"
        " LEFT JOIN rota_places x ON x.rota_id = v.id AND x.position = v.turn"
        " LEFT JOIN organisations g ON g.id = x.organisation_id",
    ),
    "v_rota_places": View(
        {"rota_ref": "'V' || x.rota_id", **_plain("x", "position"), **_organisation("organisation", "g")},
        "rota_places x JOIN organisations g ON g.id = x.organisation_id",
    ),
    "v_referrals": View(
        {
            **_thing("r", "referral", "r.title", theme="r.theme_id"),
            "meeting_ref": "'M' || r.meeting_id",
            "item_ref": _ITEM_REF,
            **_plain("r", "body", "register_number", "asked", "decision", "decided_by", "decided_on", "paragraph"),
            **_plain("r", "granted", "grounds"),
            "reported_in_ref": "'M' || r.reported_in_id",
            "again_of_ref": "'R' || r.again_of_id",
        },
        "referrals r JOIN themes t ON t.id = r.theme_id JOIN partnership_tables b ON b.id = t.table_id"
        " LEFT JOIN agenda_items i ON i.id = r.item_id",
    ),
    "v_results": View(
        {
            **_thing("r", "result", "r.title", theme="r.theme_id"),
            "meeting_ref": "'M' || r.meeting_id",
            **_plain("r", "life", "kind_of_result", "extent", "evidence", "check_on", "lasting"),
        },
        "results r JOIN themes t ON t.id = r.theme_id JOIN partnership_tables b ON b.id = t.table_id",
    ),
    "v_people": View(
        {
            "ref": "'P' || p.id",
            "kind": "'person'",
            "title": "p.name",
            **_plain("p", "id", "name", "pseudonym", "email", "forgotten"),
            **_organisation("organisation", "g"),
        },
        "people p LEFT JOIN organisations g ON g.id = p.organisation_id WHERE p.merged_into_id IS NULL",
    ),
    "v_organisations": View(
        {"ref": "'G' || g.id", "kind": "'organisation'", "title": "g.name", **_plain("g", "id", "name", "sector")},
        "organisations g WHERE g.merged_into_id IS NULL",
    ),
    "v_merged": View(
        {
            "ref": "'P' || p.id",
            "kind": "'person'",
            "name": "p.name",
            "pseudonym": "p.pseudonym",
            "into_ref": "'P' || p.merged_into_id",
        },
        "people p WHERE p.merged_into_id IS NOT NULL UNION ALL SELECT 'G' || g.id, 'organisation', g.name, NULL,"
        " 'G' || g.merged_into_id FROM organisations g WHERE g.merged_into_id IS NOT NULL",
    ),
    "v_projects": View(
        {
            "ref": "'H' || k.id",
            "kind": "'project'",
            "title": "k.name",
            **_plain("k", "id", "name", "funder"),
            **_organisation("owner", "g"),
            **_plain("k", "begins", "ends"),
        },
        "projects k LEFT JOIN organisations g ON g.id = k.owner_id",
    ),
    "v_seats": View(
        {
            **_plain("x", "id"),
            "table_ref": "b.slug",
            "project": "k.name",
            **_plain("x", "area", "role", "since", "until", "required"),
            **_seen("p", "g", "h"),
            **_either("deputy_for", "q", "l"),
        },
        "seats x LEFT JOIN partnership_tables b ON b.id = x.table_id LEFT JOIN projects k ON k.id = x.project_id"
        " LEFT JOIN people p ON p.id = x.person_id LEFT JOIN organisations g ON g.id = x.organisation_id"
        " LEFT JOIN organisations h ON h.id = p.organisation_id LEFT JOIN seats y ON y.id = x.deputy_for_id"
        " LEFT JOIN people q ON q.id = y.person_id LEFT JOIN organisations l ON l.id = y.organisation_id",
    ),
    "v_attendance": View(
        {
            **_plain("x", "id"),
            "meeting_ref": "'M' || x.meeting_id",
            **_plain("x", "presence", "arrived"),
            "left": 'x."left"',
            **_plain("x", "only_for"),
            **_seen("p", "g", "h"),
            **_person("deputy_for", "q"),
        },
        "attendance x LEFT JOIN people p ON p.id = x.person_id LEFT JOIN organisations g ON g.id = x.organisation_id"
        " LEFT JOIN organisations h ON h.id = p.organisation_id LEFT JOIN people q ON q.id = x.deputy_for_id",
    ),
    "v_head_counts": View(
        {**_plain("h", "id"), "meeting_ref": "'M' || h.meeting_id", **_plain("h", "sector", "people")},
        "head_counts h",
    ),
    "v_shares": View(
        {**_plain("x", "id"), "action_ref": "'A' || x.action_id", **_either("party", "p", "g"), **_plain("x", "part")},
        "action_shares x LEFT JOIN people p ON p.id = x.person_id"
        " LEFT JOIN organisations g ON g.id = x.organisation_id",
    ),
    "v_goal_parties": View(
        {"theme_ref": "'T' || x.theme_id", **_organisation("organisation", "g"), "sector": "g.sector"},
        "theme_goal_parties x JOIN organisations g ON g.id = x.organisation_id",
    ),
    "v_contents": View({"theme_ref": "'T' || x.theme_id", **_plain("x", "content")}, "theme_contents x"),
    "v_channels": View({"meeting_ref": "'M' || x.meeting_id", **_plain("x", "channel")}, "meeting_channels x"),
    "v_invitations": View(
        {"meeting_ref": "'M' || m.id", "sequence": _CHANGES},
        "meetings m JOIN meeting_series s ON s.id = m.series_id",
    ),
    "v_answers": View(
        {
            **_plain("x", "id"),
            "meeting_ref": "'M' || x.meeting_id",
            **_person("person", "p"),
            **_plain("x", "answer", "answered_at", "sequence"),
            "answer_to": f"CASE WHEN x.sequence < {_CHANGES} THEN 'former' ELSE 'now' END",
        },
        "invitation_answers x JOIN people p ON p.id = x.person_id JOIN meetings m ON m.id = x.meeting_id"
        " JOIN meeting_series s ON s.id = m.series_id",
    ),
    "v_result_actions": View(
        {"result_ref": "'O' || x.result_id", "action_ref": "'A' || x.action_id"}, "result_actions x"
    ),
    "v_house_rules": View(
        {"table_ref": "b.slug", **_plain("x", "code", "level", "days")},
        "house_rules x JOIN partnership_tables b ON b.id = x.table_id",
    ),
    "v_translations": View(
        {
            **_plain("x", "id"),
            **_moved("(x.kind || ':' || x.thing_id)"),
            **_plain("x", "thing_id", "field", "language", "text"),
        },
        "translations x LEFT JOIN agenda_items i ON x.kind = 'item' AND i.id = x.thing_id"
        " LEFT JOIN partnership_tables b ON x.kind = 'table' AND b.id = x.thing_id",
    ),
    "v_joint_meetings": View(
        {
            "meeting_ref": "'M' || x.meeting_id",
            "series_ref": "'S' || x.series_id",
            "theme_ref": "'T' || t.id",
            "table_ref": "b.slug",
        },
        "joint_meetings x JOIN meeting_series s ON s.id = x.series_id JOIN themes t ON t.id = s.theme_id"
        " JOIN partnership_tables b ON b.id = t.table_id",
    ),
    "v_letters": View(
        {
            **_plain("x", "id"),
            "party_ref": "COALESCE('P' || x.person_id, 'G' || x.organisation_id)",
            **_plain("x", "made_at", "written_at", "text"),
        },
        "reminder_letters x",
    ),
    "v_reminders": View(
        {
            **_plain("y", "id", "letter_id"),
            "party_ref": "COALESCE('P' || x.person_id, 'G' || x.organisation_id)",
            "made_on": "local_day(x.made_at)",
            **_plain("y", "stream", "given_on", "due_on", "stage"),
        },
        "reminders y JOIN reminder_letters x ON x.id = y.letter_id",
    ),
    "v_history": View(
        {
            **_moved("h.stream"),
            **_plain("h", "id"),
            "table_ref": "b.slug",
            **_plain("h", "number", "stream", "version", "cmd_id", "cause_id"),
            "cause_number": "c.number",
            **_plain("h", "recorded_at", "happened_at", "actor"),
            "actor_name": "p.name",
            "actor_ref": "'P' || p.id",
            **_plain("h", "auth", "role", "move", "from_state", "to_state", "rules", "facts"),
            "reason": "(SELECT MIN(w.text) FROM history_words w WHERE w.entry_id = h.id AND w.field = 'reason')",
            **_plain("h", "commitment", "prev", "hash"),
        },
        f"history h LEFT JOIN partnership_tables b ON b.id = h.table_id {_ACTOR.format('h')}"
        " LEFT JOIN history c ON c.id = h.cause_id"
        f" LEFT JOIN agenda_items i ON i.id = {_number_in('h.stream', 'item')}",
    ),
    "v_history_words": View(
        {**_plain("w", "id", "entry_id"), "table_ref": "b.slug", "number": "h.number", **_plain("w", "field", "text")},
        "history_words w JOIN history h ON h.id = w.entry_id LEFT JOIN partnership_tables b ON b.id = h.table_id",
    ),
    "v_refused": View(
        {
            **_moved("x.stream"),
            "table_ref": "c.slug",
            **_plain("x", "id", "recorded_at", "actor"),
            "actor_name": "p.name",
            "actor_ref": "'P' || p.id",
            **_plain("x", "stream", "move", "reasons"),
        },
        f"refused_attempts x {_ACTOR.format('x')}"
        f" LEFT JOIN agenda_items i ON i.id = {_number_in('x.stream', 'item')}"
        f" LEFT JOIN partnership_tables b ON b.id = {_number_in('x.stream', 'table')}"
        " LEFT JOIN partnership_tables c ON c.id = x.table_id",
    ),
}
"""Every view by its name."""
