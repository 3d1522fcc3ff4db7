"""Tables side by side: how their themes go on, by the same rule on the same day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cli.app import App, app
from cli.commands import Command, Option
from cli.looking import the_one
from cli.output import line, table, write_json
from cli.stalled import day_meant
from models import states
from workflow.comparing import Compared, Days, Sector, compared
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
    for heading, columns, cells in _sections(run, found):
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


# For people


Section = tuple[str, Sequence[str], Sequence[Sequence[str]]]
Columns = Sequence[tuple[str, str]]
Tells = Callable[[Compared], Mapping[str, str]]


def _sections(run: App, found: Sequence[Compared]) -> Iterable[Section]:
    say, name = run.speech.say, run.speech.say("Table")
    of_themes = [(state.value, run.speech.word(state)) for state in states.ThemeState]
    yield _spread(say("Themes, by state:"), name, found, of_themes, _themes)
    headings = [name, say("With results"), say("Days in the middle"), say("Days in nine of ten")]
    yield say("From convened to results:"), headings, [[one.table.slug, *_results(one)] for one in found]
    yield _spread(say("Days in a state, in the middle:"), name, found, of_themes, _stays)
    headings = [name, say("Causes"), say("Whose turn")]
    yield say("What stands still:"), headings, [[one.table.slug, _most(one.causes), _most(one.turns)] for one in found]
    sectors = [(each.value, run.speech.word(each)) for each in states.Sector]
    heading = say("People at a meeting in the last twelve months, and how many more than in those before:")
    yield _spread(heading, name, found, sectors, _attendance)
    yield say("Actions given to each party:"), [name, say("Actions")], [[one.table.slug, _work(one)] for one in found]
    origins = [(each.value, run.speech.word(each)) for each in states.Origin]
    yield _spread(say("Matters, by where they came from:"), name, found, origins, _items)


def _spread(heading: str, first: str, found: Sequence[Compared], columns: Columns, of: Tells) -> Section:
    """A column for each code that any of the tables has anything to say of."""
    rows = [(one.table.slug, of(one)) for one in found]
    used = [(code, word) for code, word in columns if any(code in told for _, told in rows)]
    cells = [[slug, *(told.get(code, "") for code, _ in used)] for slug, told in rows]
    return heading, [first, *(word for _, word in used)], cells


def _themes(one: Compared) -> Mapping[str, str]:
    return {state: str(number) for state, number in one.themes.items()}


def _stays(one: Compared) -> Mapping[str, str]:
    return {state: _middle(days) for state, days in one.in_state.items()}


def _attendance(one: Compared) -> Mapping[str, str]:
    return {sector: _came(people) for sector, people in one.attendance.items()}


def _items(one: Compared) -> Mapping[str, str]:
    return {origin: str(number) for origin, number in one.items.items()}


def _results(one: Compared) -> Sequence[str]:
    share = one.with_results
    told = f"{share.n}/{share.of}" + ("" if share.percent is None else f" ({share.percent} %)")
    return told, _middle(one.to_results), str(one.to_results.p90 or "")


def _middle(days: Days) -> str:
    return "" if days.median is None else f"{days.median:g}"


def _came(people: Sector) -> str:
    if people.last is None:
        return "–"
    return f"{people.last:g}" if people.trend is None else f"{people.last:g} ({people.trend:+g})"


def _most(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in list(counted.items())[:LONGEST])


def _work(one: Compared) -> str:
    return ", ".join(f"{part.party or '–'} {part.actions}" for part in one.work[:LONGEST])


LONGEST = 5
"""How many are told of each; a program gets them all."""
