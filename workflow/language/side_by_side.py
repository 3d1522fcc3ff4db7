"""Tables side by side in words: for each thing that is compared, a heading, columns and a row for each table."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from models import states
from workflow.comparing import Compared, Days, Sector
from workflow.language.speech import Speech

Section = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""A heading, the columns, and the cells of each row."""

Columns = Sequence[tuple[str, str]]
Tells = Callable[[Compared], Mapping[str, str]]


def sections(speech: Speech, found: Sequence[Compared]) -> Iterable[Section]:
    """Everything that is compared, one thing after another."""
    say, name = speech.say, speech.say("Table")
    of_themes = [(state.value, speech.word(state)) for state in states.ThemeState]
    yield _spread(say("Themes, by state:"), name, found, of_themes, _themes)
    headings = [name, say("With results"), say("Days in the middle"), say("Days in nine of ten")]
    yield say("From convened to results:"), headings, [[one.table.slug, *_results(one)] for one in found]
    yield _spread(say("Days in a state, in the middle:"), name, found, of_themes, _stays)
    headings = [name, say("Causes"), say("Whose turn")]
    yield say("What stands still:"), headings, [[one.table.slug, _most(one.causes), _most(one.turns)] for one in found]
    sectors = [(each.value, speech.word(each)) for each in states.Sector]
    heading = say("People at a meeting in the last twelve months, and how many more than in those before:")
    yield _spread(heading, name, found, sectors, _attendance)
    yield say("Actions given to each party:"), [name, say("Actions")], [[one.table.slug, _work(one)] for one in found]
    origins = [(each.value, speech.word(each)) for each in states.Origin]
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
