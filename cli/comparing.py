"""Tables side by side: how their themes go on, by the same rule on the same day."""

from typing import Any

from cli.app import app
from cli.commands import Command, Option
from cli.looking import the_one
from cli.output import line, table, write_json
from cli.stalled import day_meant
from workflow.comparing import Compared, compared
from workflow.language.side_by_side import sections
from workflow.language.words import N_
from workflow.stalled.verdicts import Wanted


def _act(at: str | None, area: str | None, project: str | None) -> None:
    run = app()
    day = day_meant(run, at)
    with run.reader() as reader:
        number = int(the_one(reader, "project", project)["id"]) if project else None
        found = list(compared(reader, day, Wanted(area=area, project=number)))
    if run.json:
        write_json({"ok": True, "at": day, "items": [_document(each) for each in found]})
        return
    if not found:
        line(run.speech.say("There are none."))
        return
    line(run.speech.say("Tables side by side, as they stood on {day}:", day=day))
    for heading, columns, cells in sections(run.speech, found):
        line()
        line(heading)
        table(columns, cells, accessible=bool(run.shared.get("accessible")))


command = Command(
    "compare",
    callback=_act,
    params=[
        Option(["--area"], metavar=N_("AREA"), help=N_("Only at the tables of this area.")),
        Option(["--project"], metavar=N_("PROJECT"), help=N_("Only at the tables that this project supports.")),
        Option(["--at"], metavar=N_("DATE"), help=N_("How it stood at the end of that day.")),
    ],
    help=N_("Tables side by side: themes, results, time, what stands still, who comes and who works."),
)


# For programs


def _document(one: Compared) -> dict[str, Any]:
    return {
        "ref": one.table.slug,
        "kind": "table",
        "title": one.table.name,
        "state": one.table.state,
        "state_since": one.table.since,
        "themes": {"total": sum(one.themes.values()), "by_state": one.themes},
        "with_results": {**one.with_results._asdict(), "percent": one.with_results.percent},
        "days_to_results": one.to_results._asdict(),
        "days_in_state": {state: days._asdict() for state, days in one.in_state.items()},
        "causes": one.causes,
        "turns": one.turns,
        "meetings": {"last_year": one.meetings[0], "year_before": one.meetings[1]},
        "attendance": {
            sector: {**people._asdict(), "trend": people.trend} for sector, people in one.attendance.items()
        },
        "work": [part._asdict() for part in one.work],
        "items": one.items,
    }
