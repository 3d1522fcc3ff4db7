"""Listing and showing things: read from the views, without anything that only writing needs."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import click

from cli.app import App, app
from cli.commands import Argument, Command, Option
from cli.labels import LABELS
from cli.output import line, table, write_json
from cli.sheets import sheet_options, write_sheets
from models import states
from models.kept import code_of, day_of, moment_of
from workflow.days import local_day
from workflow.errors import Ambiguous, NotFound
from workflow.language.dates import say_day, say_moment, say_span
from workflow.language.letters import composed, in_order
from workflow.language.words import N_
from workflow.naming import close_to, matching
from workflow.translated import Translations

VIEWS = {
    "table": "v_tables",
    "theme": "v_themes",
    "series": "v_series",
    "meeting": "v_meetings",
    "item": "v_items",
    "action": "v_actions",
    "memo": "v_memos",
    "rota": "v_rotas",
    "referral": "v_referrals",
    "result": "v_results",
    "person": "v_people",
    "organisation": "v_organisations",
    "project": "v_projects",
}

COLUMNS: Mapping[str, Sequence[str]] = {
    "table": ("ref", "title", "state", "kind_of_table", "area"),
    "theme": ("ref", "title", "state", "state_since", "table_ref", "open_actions"),
    "series": ("ref", "title", "state", "planned_meetings", "theme_ref"),
    "meeting": ("ref", "when", "state", "title", "place"),
    "item": ("ref", "title", "state", "origin", "outcome"),
    "action": ("ref", "title", "state", "responsible", "due", "theme_ref"),
    "memo": ("ref", "meeting_ref", "state", "title", "silent_until"),
    "rota": ("ref", "title", "state", "in_turn", "rhythm", "theme_ref"),
    "referral": ("ref", "title", "state", "body", "decision", "theme_ref"),
    "result": ("ref", "title", "state", "extent", "theme_ref"),
    "person": ("ref", "name", "organisation"),
    "organisation": ("ref", "name", "sector"),
    "project": ("name", "funder", "begins", "ends"),
}
"""What a list shows of each kind."""

CODES: Mapping[str, type[StrEnum]] = {
    "kind_of_table": states.TableKind,
    "rhythm": states.Rhythm,
    "ended_as": states.ThemeOutcome,
    "mode": states.Mode,
    "origin": states.Origin,
    "kind_of_item": states.ItemKind,
    "lateness": states.Lateness,
    "kind_of_result": states.ResultKind,
    "extent": states.Extent,
    "lasting": states.Lasting,
    "decision": states.Decision,
    "entry": states.Entry,
    "sector": states.Sector,
    "role": states.Role,
    "presence": states.Presence,
    "level": states.Level,
    "content": states.Content,
    "channel": states.Channel,
    "answer": states.Answer,
    "answer_to": states.AnswerTo,
}
"""The columns that hold codes, and whose they are."""

HIDDEN = frozenset(
    {"id", "kind", "version", "begins_at", "ends_at", "theme_id", "table_id", "series_id", "meeting_id", "item_id"}
)


def add_looking(group: click.Group, kind: str) -> None:
    """Give a noun its `list` and `show`."""
    group.add_command(_list(kind))
    group.add_command(_show(kind))


def the_one(reader: Any, kind: str, typed: str) -> dict[str, Any]:
    """The thing of a kind that goes by what was typed. Raises NotFound or Ambiguous."""
    wanted = composed(typed).strip()
    upper = wanted.upper()
    for row in reader.rows(VIEWS[kind], ref=upper) or reader.rows(VIEWS[kind], ref=wanted):
        return dict(row)
    if kind == "memo" and (rows := reader.rows(VIEWS[kind], meeting_ref=upper)):
        return dict(rows[0])
    if kind not in ("table", "person", "organisation", "project"):
        raise NotFound("not_found", reference=typed, kinds=[kind], close=[])
    rows = reader.rows(VIEWS[kind])
    named = [(str(row[column]), row) for row in rows for column in ("ref", "name") if row[column]]
    named += _merged(reader, kind, {row["ref"]: row for row in rows})
    found = matching(wanted, named)
    if not found:
        raise NotFound("not_found", reference=typed, kinds=[kind], close=close_to(wanted, (name for name, _ in named)))
    if len(found) > 1:
        raise Ambiguous("ambiguous", reference=typed, candidates=in_order({name for name, _ in found}))
    return dict(found[0][1])


def _merged(reader: Any, kind: str, stayed: Mapping[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """The names that mean a party since another was merged into it."""
    rows = reader.rows("v_merged", kind=kind) if kind in ("person", "organisation") else []
    return [(row[column], stayed[row["into_ref"]]) for row in rows for column in ("ref", "name")]


def _list(kind: str) -> click.Command:
    def act(state: str | None = None, table_ref: str | None = None, theme: str | None = None, **files: Any) -> None:
        run = app()
        with run.reader() as reader:
            wanted: dict[str, Any] = {}
            if state:
                wanted["state"] = _state(kind, state)
            if table_ref:
                wanted["table_ref"] = the_one(reader, "table", table_ref)["ref"]
            if theme:
                wanted["theme_ref"] = the_one(reader, "theme", theme)["ref"]
            rows = reader.rows(VIEWS[kind], order="id", **wanted)
            if not run.json or any(files.values()):
                rows = Translations(reader, run.speech.language).of(kind, rows)
            if any(files.values()):
                _write(run, reader, kind, rows, **files)
                return
        answer_list(run, kind, rows)

    return Command("list", callback=act, params=_filters(kind), help=N_("List them."))


def _write(run: App, reader: Any, kind: str, rows: Iterable[Mapping[str, Any]], **files: Any) -> None:
    from workflow.spreadsheets import lists

    make = {"action": lists.actions, "meeting": lists.meetings}[kind]
    sheet = make(reader, run.speech, rows)
    write_sheets(run, sheet.title, [sheet], **files)


def answer_list(run: App, kind: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Several things, as a table or as JSON."""
    rows = list(rows)
    if run.json:
        write_json({"ok": True, "items": rows})
        return
    if not rows:
        line(run.speech.say("There are none."))
        return
    headings = [run.speech.say(LABELS[column]) for column in COLUMNS[kind]]
    cells = [[cell(run, kind, column, row) for column in COLUMNS[kind]] for row in rows]
    table(headings, cells, accessible=bool(run.shared.get("accessible")))


def cell(run: App, kind: str, column: str, row: Mapping[str, Any]) -> str:
    """One fact of one thing, in the reader's language."""
    value = row.get(column)
    if column == "when":
        return _span(row, run.speech.language)
    if value is None or value == "":
        return ""
    return _said(run, kind, column, value)


def _said(run: App, kind: str, column: str, value: Any) -> str:
    speech = run.speech
    if column == "state":
        return speech.state(kind, str(value))
    if (codes := _codes(kind, column)) is not None:
        return speech.tell([code_of(codes, code) for code in str(value).split(",")])
    if column == "state_since":
        return say_day(local_day(moment_of(value)), speech.language)
    if column in YES_OR_NO:
        return speech.say("yes") if value else speech.say("no")
    return _date(str(value), speech.language)


YES_OR_NO = frozenset({"needs_no_action", "by_next_meeting", "required"})


def _codes(kind: str, column: str) -> type[StrEnum] | None:
    if column == "outcome":
        return states.ItemOutcome if kind == "item" else None
    return CODES.get(column)


def _date(value: str, language: str) -> str:
    if len(value) == 27 and value.endswith("Z") and value[10] == "T":
        return say_moment(moment_of(value), language)
    if len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit():
        return say_day(day_of(value), language)
    return value


def _span(row: Mapping[str, Any], language: str) -> str:
    begins, ends = row.get("begins_at"), row.get("ends_at")
    if not begins:
        return ""
    if not ends:
        return say_moment(moment_of(begins), language)
    return say_span(moment_of(begins), moment_of(ends), language)


def _show(kind: str) -> click.Command:
    def act(ref: str) -> None:
        run = app()
        with run.reader() as reader:
            row = the_one(reader, kind, ref)
            row |= parts_of(reader, kind, row)
            if not run.json:
                row = translated(Translations(reader, run.speech.language), kind, row)
        if run.json:
            write_json({"ok": True, "item": row})
        else:
            show_lines(run, kind, row)

    return Command("show", callback=act, params=[Argument(["ref"], metavar=N_("REF"))], help=N_("Show one."))


PARTS: Mapping[str, Sequence[tuple[str, str, str, str]]] = {
    "table": (
        ("seats", "v_seats", "table_ref", "ref"),
        ("house_rules", "v_house_rules", "table_ref", "ref"),
        ("themes", "v_themes", "table_ref", "ref"),
    ),
    "theme": (
        ("series", "v_series", "theme_ref", "ref"),
        ("actions", "v_actions", "theme_ref", "ref"),
        ("rotas", "v_rotas", "theme_ref", "ref"),
        ("referrals", "v_referrals", "theme_ref", "ref"),
        ("results", "v_results", "theme_ref", "ref"),
        ("goal_parties", "v_goal_parties", "theme_ref", "ref"),
        ("contents", "v_contents", "theme_ref", "ref"),
        ("translations", "v_translations", "ref", "ref"),
    ),
    "series": (("meetings", "v_meetings", "series_ref", "ref"),),
    "meeting": (
        ("items", "v_items", "meeting_ref", "ref"),
        ("memos", "v_memos", "meeting_ref", "ref"),
        ("attendance", "v_attendance", "meeting_ref", "ref"),
        ("head_counts", "v_head_counts", "meeting_ref", "ref"),
        ("actions", "v_actions", "meeting_ref", "ref"),
        ("referrals", "v_referrals", "meeting_ref", "ref"),
        ("channels", "v_channels", "meeting_ref", "ref"),
        ("answers", "v_answers", "meeting_ref", "ref"),
        ("joined_by", "v_joint_meetings", "meeting_ref", "ref"),
    ),
    "item": (
        ("actions", "v_actions", "item_ref", "ref"),
        ("referrals", "v_referrals", "item_ref", "ref"),
        ("translations", "v_translations", "ref", "ref"),
    ),
    "memo": (("memo_entries", "v_memo_entries", "memo_ref", "ref"),),
    "rota": (
        ("places", "v_rota_places", "rota_ref", "ref"),
        ("actions", "v_actions", "rota_ref", "ref"),
        ("translations", "v_translations", "ref", "ref"),
    ),
    "referral": (("translations", "v_translations", "ref", "ref"),),
    "action": (
        ("shares", "v_shares", "action_ref", "ref"),
        ("translations", "v_translations", "ref", "ref"),
    ),
}
"""What is shown with a thing: the name of the part, its view, the column that points here, and to what of it."""


def parts_of(reader: Any, kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a thing, each read from its view."""
    return {
        name: reader.rows(view, order=_order_of(view), **{column: row[target]})
        for name, view, column, target in PARTS.get(kind, ())
    }


def _order_of(view: str) -> str | None:
    from models.views import VIEWS as KNOWN

    return next((column for column in ("position", "id") if column in KNOWN[view].columns), None)


def translated(translations: Translations, kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A thing and its parts with their texts in the reader's language."""
    parts = {
        name: translations.of(PART_KINDS[name], row[name]) for name, *_ in PARTS.get(kind, ()) if name in PART_KINDS
    }
    return {**translations.of(kind, [row])[0], **parts}


PART_KINDS = {
    "themes": "theme",
    "series": "series",
    "actions": "action",
    "memos": "memo",
    "rotas": "rota",
    "referrals": "referral",
    "results": "result",
    "meetings": "meeting",
    "items": "item",
}
"""The parts that are things with a lifecycle of their own."""

USUAL: Mapping[str, object] = {
    "life": 1,
    "reschedules": 0,
    "postponements": 0,
    "needs_no_action": 0,
    "by_next_meeting": 0,
    "required": 0,
    "answer_to": "now",
}
"""What goes without saying."""


def _says_nothing_new(row: Mapping[str, Any], column: str, value: Any) -> bool:
    if column in ("table_ref", "theme_ref", "name", "what"):
        return value in (row.get("ref"), row.get("title"))
    return column in USUAL and value == USUAL[column]


PART_NAMES = {
    "seats": N_("Seats"),
    "house_rules": N_("House rules"),
    "themes": N_("Themes"),
    "series": N_("Series"),
    "actions": N_("Actions"),
    "memos": N_("Memo"),
    "memo_entries": N_("Text"),
    "rotas": N_("Rotas"),
    "places": N_("Turns, in their order"),
    "referrals": N_("Referrals"),
    "results": N_("Results"),
    "translations": N_("Translations"),
    "meetings": N_("Meetings"),
    "items": N_("Agenda"),
    "attendance": N_("Attendance"),
    "head_counts": N_("Head-count"),
    "goal_parties": N_("Goal agreed by"),
    "contents": N_("What is shared"),
    "channels": N_("Invited by"),
    "answers": N_("Answers to the invitation"),
    "joined_by": N_("Together with"),
    "shares": N_("Shared with"),
}


def show_lines(run: App, kind: str, row: Mapping[str, Any]) -> None:
    """One thing, a fact a line, then its parts."""
    parts = [name for name, *_ in PARTS.get(kind, ())]
    if when := _span(row, run.speech.language):
        line(f"{run.speech.say(LABELS['when'])}: {when}")
    for column, value in row.items():
        if column in HIDDEN or column in parts or value in (None, "", []) or _says_nothing_new(row, column, value):
            continue
        if column in LABELS and (text := cell(run, kind, column, row)):
            line(f"{run.speech.say(LABELS[column])}: {text}")
    for name in parts:
        if row[name]:
            line(run.speech.say(PART_NAMES[name]) + ":")
            for part in row[name]:
                line("  " + part_line(run, name, part))


def part_line(run: App, name: str, part: Mapping[str, Any]) -> str:
    """One part of a thing in one line."""
    columns = COLUMNS[PART_KINDS[name]] if name in PART_KINDS else PART_COLUMNS[name]
    told = (column for column in columns if column not in USUAL or part.get(column) != USUAL[column])
    texts = (cell(run, PART_KINDS.get(name, name), column, part) for column in told)
    return ", ".join(text for text in texts if text)


PART_COLUMNS: Mapping[str, Sequence[str]] = {
    "seats": ("role", "person", "organisation", "since", "until"),
    "house_rules": ("code", "level", "days"),
    "translations": ("language", "field", "text"),
    "attendance": ("person", "organisation", "presence", "arrived", "left", "deputy_for", "only_for"),
    "head_counts": ("sector", "people"),
    "goal_parties": ("organisation",),
    "contents": ("content",),
    "channels": ("channel",),
    "answers": ("person", "answer", "answered_at", "answer_to"),
    "joined_by": ("series_ref", "table_ref"),
    "shares": ("party", "part"),
    "places": ("organisation",),
    "memo_entries": ("item_ref", "entry", "text", "author", "written_at"),
}


def _filters(kind: str) -> list[click.Parameter]:
    filters: list[click.Parameter] = []
    if kind not in ("person", "organisation", "project"):
        filters.append(Option(["--state"], metavar=N_("STATE"), help=N_("Only those in this state.")))
        if kind != "table":
            filters.append(Option(["--table", "table_ref"], metavar=N_("TABLE"), help=N_("Only of this table.")))
        if kind not in ("table", "theme"):
            filters.append(Option(["--theme"], metavar=N_("THEME"), help=N_("Only of this theme.")))
    return [*filters, *sheet_options()] if kind in AS_SHEETS else filters


AS_SHEETS = frozenset({"action", "meeting"})
"""The kinds of thing whose lists are written for a spreadsheet, too."""


def _state(kind: str, typed: str) -> str:
    """The code of a state. Raises NotFound with the states that were perhaps meant."""
    from workflow.lifecycles import PAGE

    code = typed.strip().lower().replace("-", "_").replace(" ", "_")
    codes = [state.value for state in PAGE[kind].states]
    if code in codes:
        return code
    raise NotFound("no_such_state", reference=typed, close=close_to(code, codes) or codes)
