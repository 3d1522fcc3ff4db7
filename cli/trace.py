"""One matter followed from end to end: who raised it, what was agreed, who did what, and what came of it."""

from collections.abc import Mapping
from typing import Any

from cli.app import App, app
from cli.commands import Argument, Command, Option
from cli.looking import the_one
from cli.output import line, page, write_json
from models.states import LETTERS
from models.trail import KINDS
from workflow.errors import NotFound
from workflow.language.words import N_
from workflow.trails.diagram import diagram
from workflow.trails.gathering import Stop, Trail, trail_of
from workflow.trails.story import loose_sentence, story
from workflow.translated import Translations


def _act(ref: str, mermaid: bool) -> None:
    run = app()
    kind = _kind(ref)
    with run.reader() as reader:
        trail = trail_of(reader, kind, the_one(reader, kind, ref)["id"])
        if not run.json:
            trail = _translated(trail, Translations(reader, run.speech.language))
    if run.json:
        drawn = {"mermaid": diagram(trail, run.speech)} if mermaid else {}
        write_json({"ok": True, **_document(run, trail), **drawn})
    elif mermaid:
        page(diagram(trail, run.speech))
    else:
        for depth, text in story(trail, run.speech):
            line("  " * depth + text if text else "")


command = Command(
    "trace",
    callback=_act,
    params=[
        Argument(["ref"], metavar=N_("REF")),
        Option(["--mermaid"], is_flag=True, help=N_("As a Mermaid diagram.")),
    ],
    help=N_(
        "One matter from end to end: who raised it, on which agenda, what was agreed, who did what, what came of it."
    ),
)


def _kind(ref: str) -> str:
    """The kind of thing that a reference names. Raises NotFound for what has no trail."""
    kinds = {letter: kind for kind, letter in LETTERS.items()}
    kind = "item" if "/" in ref else kinds.get(ref[:1].upper(), "")
    if kind not in KINDS:
        raise NotFound("not_found", reference=ref, kinds=list(KINDS), close=[])
    return kind


def _translated(trail: Trail, translations: Translations) -> Trail:
    """The trail with its texts in the reader's language."""
    rows = {node: translations.of(node.kind, [stop.row])[0] for node, stop in trail.stops.items()}
    return trail._replace(stops={node: stop._replace(row=rows[node]) for node, stop in trail.stops.items()})


# To programs


def _document(run: App, trail: Trail) -> Mapping[str, Any]:
    start = trail.stops[trail.start]
    refs = {node: stop.ref for node, stop in trail.stops.items()}
    return {
        "item": _stop(start),
        "before": [_stop(stop) for stop in trail.led_here],
        "after": [_stop(stop) for stop in trail.came_of_it],
        "links": [
            {"from": refs[edge.source], "to": refs[edge.target], "link": edge.code}
            for edge in trail.edges
            if edge.source in refs and edge.target in refs
        ],
        "matters": [list(dict.fromkeys(step.stop.ref for step in steps)) for steps in trail.matters],
        "loose_ends": [_loose(run, stop) for stop in trail.stops.values() if stop.loose_end],
    }


def _stop(stop: Stop) -> Mapping[str, Any]:
    row = stop.row
    told = {name: row[name] for name in TOLD if row.get(name) not in (None, "")}
    meeting = {"meeting": row.get("meeting_ref"), "meeting_day": stop.meeting and stop.meeting["day"]}
    return {
        "ref": stop.ref,
        "kind": stop.node.kind,
        "title": row["title"],
        "state": row["state"],
        "state_since": row["state_since"],
        "began": stop.began,
        "raised_by": stop.raised_by,
        **(meeting if meeting["meeting"] else {}),
        **told,
    }


TOLD = (
    "origin",
    "origin_detail",
    "outcome",
    "agreed",
    "responsible",
    "due",
    "waiting_for",
    "extent",
    "evidence",
    "day",
)
"""What else is told of a thing, as far as it has it."""


def _loose(run: App, stop: Stop) -> Mapping[str, Any]:
    end = stop.loose_end
    assert end is not None, "it was asked before"
    message = loose_sentence(stop, run.speech)
    return {"ref": stop.ref, "code": end.code, "since": end.since, "message": message, "command": end.command}
