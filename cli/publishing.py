"""What the owner of a table looks at before and after publishing: memos on the web, and texts without translation."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from cli.app import App, app
from cli.commands import Command, Group, Option
from cli.exporting_history import write_pieces
from cli.labels import LABELS
from cli.looking import the_one
from cli.output import line, lines, write_json_items
from cli.stalled import day_meant
from workflow.language.dates import say_day
from workflow.language.sentences import counted
from workflow.language.words import N_
from workflow.published import Published, published
from workflow.stalled.verdicts import Wanted, chosen_tables
from workflow.translated import Translations
from workflow.untranslated import Untranslated, untranslated


def add_publishing(group: Group) -> None:
    """Give the audit its lists of what is on the web and of what lacks translation."""
    group.add_command(Command("published", callback=_published, params=_options(AT), help=PUBLISHED))
    group.add_command(Command("translations", callback=_translations, params=_options(), help=TRANSLATIONS))


PUBLISHED = N_("The memos on the web, and when each is to be taken off; those first that are past their day.")
TRANSLATIONS = N_("The texts that are not there in all languages of their table, with the command that gives each.")
AT = Option(["--at"], metavar=N_("DATE"), help=N_("As seen from that day, instead of today."))


def _options(*more: Option) -> list[Any]:
    return [
        Option(["--table"], metavar=N_("TABLE"), help=N_("Only at this table.")),
        Option(["--area"], metavar=N_("AREA"), help=N_("Only at the tables of this area.")),
        Option(["--project"], metavar=N_("PROJECT"), help=N_("Only at the tables that this project supports.")),
        *more,
        Option(["--csv", "as_csv"], is_flag=True, help=N_("For a spreadsheet: a row for each.")),
    ]


def _chosen(reader: Any, said: dict[str, str | None]) -> list[int] | None:
    def number(kind: str) -> int | None:
        return int(the_one(reader, kind, str(said[kind]))["id"]) if said[kind] else None

    return chosen_tables(reader, Wanted(table=number("table"), area=said["area"], project=number("project")))


def _write_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    from workflow.exchange.spreadsheet import csv_lines

    write_pieces(csv_lines(columns, ([_cell(row[column]) for column in columns] for row in rows)))


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)


# On the web


def _published(at: str | None, as_csv: bool, **said: str | None) -> None:
    run = app()
    day = day_meant(run, at)
    with run.reader() as reader:
        found = list(published(reader, day, _chosen(reader, said)))
        translations = Translations(reader, run.speech.language)
    documents = (_of_memo(run, each) for each in found)
    if run.json:
        write_json_items(documents, ok=True, at=day)
    elif as_csv:
        _write_csv(COLUMNS_OF_MEMO, documents)
    else:
        _tell_published(run, found, day, translations)


COLUMNS_OF_MEMO = (
    "table",
    "ref",
    "meeting",
    "theme",
    "title",
    "link",
    "since",
    "until",
    "days_past",
    "message",
    "remedies",
)


def _of_memo(run: App, memo: Published) -> dict[str, Any]:
    told = {"kind": "memo", "state": "published", **memo._asdict()}
    return {**told, "days_past": told.pop("days"), "message": _when_off(run, memo), "remedies": memo.remedies}


def _tell_published(run: App, found: Sequence[Published], day: date, translations: Translations) -> None:
    if not found:
        line(run.speech.say("No memo is on the web on {day}.", day=day))
        return
    line(run.speech.say("The memos on the web on {day}, those first that are past their day:", day=day))
    for number, memo in enumerate(found, start=1):
        title = translations.texts.get(("theme", int(memo.theme[1:]), "title"), memo.title)
        facts = {"number": number, "ref": memo.meeting, "title": title, "table": memo.table}
        since = say_day(memo.since, run.speech.language)
        heading = run.speech.say("{number}. {ref} {title} ({table}): on the web since {since}", **facts, since=since)
        told = [_when_off(run, memo), *filter(None, [memo.link])]
        lines(["", heading, *(f"   {each}" for each in told), *(f"     {each}" for each in memo.remedies)])


def _when_off(run: App, memo: Published) -> str:
    """When it is to be taken off the web, seen from the day."""
    say, say_many = run.speech.say, run.speech.say_many
    if memo.until is None and memo.days < 0:
        return say("It is not said until when it is meant to be there.")
    if memo.until is None:
        return say("It has been there for a year, and it is not said until when it is meant to be.")
    if memo.days < 0:
        return say("To be taken off on {day}.", day=memo.until)
    if not memo.days:
        return say("To be taken off today.")
    return say_many(
        "Was to be taken off on {day}, {n} day ago.",
        "Was to be taken off on {day}, {n} days ago.",
        memo.days,
        day=memo.until,
    )


# In which languages


def _translations(as_csv: bool, **said: str | None) -> None:
    run = app()
    with run.reader() as reader:
        found = untranslated(reader, _chosen(reader, said))
        if run.json:
            write_json_items(map(_of_text, found), ok=True)
        elif as_csv:
            _write_csv(COLUMNS_OF_TEXT, map(_of_text, found))
        else:
            _tell_untranslated(run, list(found))


COLUMNS_OF_TEXT = ("table", "language", "kind", "ref", "field", "text", "remedies")


def _of_text(each: Untranslated) -> dict[str, Any]:
    return {**each._asdict(), "remedies": each.remedies}


def _tell_untranslated(run: App, found: Sequence[Untranslated]) -> None:
    if not found:
        line(run.speech.say("Every text is there in all languages of its table."))
        return
    for place, ((table, language), group) in enumerate(groupby(found, key=lambda each: each[:2])):
        texts = list(group)
        heading = run.speech.one_of(MISSING[language], {"table": table, "texts": len(texts)})
        lines([*([""] if place else []), heading, *_text_lines(run, texts)])


def _text_lines(run: App, texts: Iterable[Untranslated]) -> Iterator[str]:
    for each in texts:
        label = run.speech.say(LABELS[each.field])
        yield "  " + run.speech.say("{ref}, {field}: {text}", ref=each.ref, field=label, text=each.text)
        yield from (f"    {remedy}" for remedy in each.remedies)


MISSING = {
    "fi": counted(
        "At the table {table}, {texts} text is not there in Finnish:",
        "At the table {table}, {texts} texts are not there in Finnish:",
        by="texts",
    ),
    "sv": counted(
        "At the table {table}, {texts} text is not there in Swedish:",
        "At the table {table}, {texts} texts are not there in Swedish:",
        by="texts",
    ),
    "en": counted(
        "At the table {table}, {texts} text is not there in English:",
        "At the table {table}, {texts} texts are not there in English:",
        by="texts",
    ),
}
"""How many texts are missing, by the language."""
