"""The workbook that people fill in with organisations, people and actions: empty sheets, and one that tells how.

What it asks for is in `workflow.exchange.forms`, which also reads it back in.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from models.reading import Reader, any_of
from models.states import Sector
from workflow.exchange.forms import FORMS, GUIDE, ON, REQUIRED_MARK, UNDER, Asked, Form
from workflow.language.speech import Speech, speech
from workflow.language.visible import visible
from workflow.language.words import N_
from workflow.spreadsheets.xlsx import DAYS, Formats, lay_out_for_print, words, workbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook

FILLED_IN: Final = 1000
"""So many rows of each sheet are made ready, with their lists to choose from."""
WIDTHS: Mapping[str, int] = {"what": 50, "name": 36, "organisation": 36, "to": 30, "shared_with": 30, UNDER: 36}
AGREEING: Final = ("agenda_set", "held", "actions_assigned")
"""The states of a meeting in which work is agreed on."""
ENDED: Final = ("results_reached", "declined", "discontinued")
LONGEST_PROMPT: Final = 255

HOW = (
    N_("Fill in a row for each organisation, person and action. Empty rows are passed over."),
    N_("Headings with * have to be filled in. The order of the columns is free, and others may be left out."),
    N_("Write a date as 7.3.2026. Parties that share the work stand in one cell, with ; between."),
    N_("A name that is known already means the same organisation or person: what was not known of it is added."),
    N_("To see what would be read in: {command}"),
)


class Choices(NamedTuple):
    """What may be chosen from, as the guide lists it."""

    sectors: Sequence[str]
    unders: Sequence[str]
    """The themes and meetings for which work can be agreed, each with its title."""


def template(reader: Reader, language: str, now: datetime, called: str) -> bytes:
    """The workbook, in one language, with the themes and meetings of this database. `called`: its name as a file."""
    say = speech(language)
    choices = Choices([say.word(each) for each in Sector], list(_unders(reader)))

    def fill(book: "Workbook") -> None:
        formats = Formats(book, language)
        at = _Guide(book, say, formats, called).write(choices)
        for form in FORMS:
            _Empty(book, say, formats, form).write(at)

    return workbook(say.say("Organisations, people and actions"), language, now, fill)


def _unders(reader: Reader) -> Iterator[str]:
    """By the titles that they are known by here, whatever the language: so it is seen if they belong elsewhere."""
    themes = {row["ref"]: row for row in reader.rows("v_themes", order="id") if row["state"] not in ENDED}
    meetings: dict[str, list[str]] = {}
    for row in reader.rows("v_meetings", order="id", state=any_of(AGREEING)):
        meetings.setdefault(row["theme_ref"], []).append(row["ref"])
    for ref, theme in themes.items():
        for each in (ref, *meetings.get(ref, ())):
            yield f"{each} {visible(theme['title'], lines=False)}"


class _Guide:
    """The sheet that tells how the others are filled in, and lists what can be chosen there."""

    def __init__(self, book: "Workbook", say: Speech, formats: Formats, called: str) -> None:
        self.say, self.formats, self.called = say, formats, called
        self.title = say.say(GUIDE)
        self.page: Any = book.add_worksheet(self.title)
        self.row = 0

    def write(self, choices: Choices) -> dict[str, str]:
        """Write it. Answers where each list of choices is, by the field that it is for."""
        self.page.set_column(0, 0, 44)
        self.page.set_column(1, 1, 80)
        self._heading(self.say.say("How this is filled in"))
        for sentence in HOW:
            self._line(self.say.say(sentence, command=f"poyta import {self.called} --dry-run"), across=True)
        for form in FORMS:
            self._heading(self.say.say(form.title))
            for asked in form.columns:
                self._line(heading_of(self.say, asked), self.say.say(asked.help))
        at = {"sector": self._list(self.say.say("Sectors"), choices.sectors)}
        at[UNDER] = self._list(self.say.say("Themes and meetings"), choices.unders)
        lay_out_for_print(self.page)
        self.page.set_portrait()
        self.page.repeat_rows(0, 0)
        return {field: place for field, place in at.items() if place}

    def _list(self, title: str, choices: Sequence[str]) -> str:
        if not choices:
            return ""
        self._heading(title)
        first = self.row + 1
        for each in choices:
            self._line(each)
        sheet = self.title.replace("'", "''")
        return f"='{sheet}'!$A${first}:$A${self.row}"

    def _heading(self, text: str) -> None:
        self.row += bool(self.row)
        self._line(text, look=self.formats.heading)

    def _line(self, *texts: str, across: bool = False, look: Any = None) -> None:
        if across:
            self.page.merge_range(self.row, 0, self.row, 1, "", self.formats.words)
        for column, text in enumerate(texts):
            self.page.write_string(self.row, column, words(text), look or self.formats.words)
        self.row += 1


def heading_of(say: Speech, asked: Asked) -> str:
    """What is written over a column."""
    return say.say(asked.heading) + (REQUIRED_MARK if asked.required else "")


class _Empty:
    """A sheet to be filled in."""

    def __init__(self, book: "Workbook", say: Speech, formats: Formats, form: Form) -> None:
        self.say, self.form, self.formats = say, form, formats
        self.page: Any = book.add_worksheet(say.say(form.title))
        self.text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": DAYS[say.language], "align": "left", "valign": "top"})

    def write(self, lists: Mapping[str, str]) -> None:
        """Its headings, and for each column what it asks for."""
        for place, asked in enumerate(self.form.columns):
            heading = heading_of(self.say, asked)
            self.page.write_string(0, place, heading, self.formats.heading)
            look = self.day if asked.field in (ON, "due") else self.text  # so that 1.2 stays 1.2, and +358 words
            self.page.set_column(place, place, max(WIDTHS.get(asked.field, 18), len(heading) + 3), look)
            self.page.data_validation(1, place, FILLED_IN, place, self._asking(asked, heading, lists))
        self.page.freeze_panes(1, 0)
        self.page.autofilter(0, 0, FILLED_IN, len(self.form.columns) - 1)
        lay_out_for_print(self.page)

    def _asking(self, asked: Asked, heading: str, lists: Mapping[str, str]) -> Mapping[str, object]:
        """Words that show beside the cell, and a list to choose from; but anything may be written."""
        told = {"input_title": heading[:32], "input_message": self.say.say(asked.help)[:LONGEST_PROMPT]}
        if place := lists.get(asked.field):
            return {**told, "validate": "list", "source": place, "show_error": False}
        return {**told, "validate": "any"}
