"""What an invitation says: the same in each of the table's languages, one after another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from models.kept import code_of, day_of, moment_of
from models.reading import Reader, Row, any_of
from models.states import ItemState, MeetingState, Mode
from workflow.calendar.guests import Guests
from workflow.days import local_day
from workflow.language.dates import WEEKDAYS, say_moment, say_span
from workflow.language.languages import LANGUAGES
from workflow.language.speech import speech
from workflow.language.visible import visible
from workflow.language.words import N_

USUAL = ("fi",)
BETWEEN = "\n\n* * *\n\n"
"""What stands between one language and the next."""


class Subject(NamedTuple):
    """A meeting with all that is told of it."""

    meeting: Row
    items: Sequence[Row]
    languages: Sequence[str]
    texts: Mapping[tuple[str, str, int, str], str]
    """What was translated, by language, kind, number and field."""
    table: Row

    @property
    def cancelled(self) -> bool:
        """Whether it is called off."""
        return bool(self.meeting["state"] == MeetingState.CANCELLED)

    def title(self) -> str:
        """What it is called, in each language; once, where they say the same. Not every calendar shows its state."""
        words = [InWords(self, each) for each in self.languages]
        told = (
            each.say("Cancelled: {title}", title=each.title()) if self.cancelled else each.title() for each in words
        )
        said = dict.fromkeys(told)
        return f"{' / '.join(said)} – {self.table_name()}"

    def table_name(self) -> str:
        """What the table is called, in each language."""
        return " / ".join(dict.fromkeys(InWords(self, each).table() for each in self.languages))

    def place(self) -> str:
        """Where people meet, and the link for those who are elsewhere."""
        return ", ".join(str(self.meeting[name]) for name in ("place", "link") if self.meeting[name])


def subject_of(reader: Reader, meeting: Row) -> Subject:
    """All that is told of a meeting."""
    (table,) = reader.rows("v_tables", ref=meeting["table_ref"])
    settled = any_of((ItemState.SUBMITTED, ItemState.ACCEPTED, ItemState.SETTLED))
    items = reader.rows("v_items", meeting_ref=meeting["ref"], state=settled, order="position")
    texts = {
        (row["language"], row["kind"], row["thing_id"], row["field"]): str(row["text"])
        for row in reader.rows("v_translations", field=any_of(("title", "name")))
    }
    return Subject(meeting, items, languages_of(table), texts, table)


def languages_of(table: Row) -> Sequence[str]:
    """The languages of a table, as far as poyta speaks them, else Finnish."""
    spoken = dict.fromkeys(code.strip() for code in str(table["languages"] or "").split(","))
    return [code for code in spoken if code in LANGUAGES] or USUAL


def invitation_text(subject: Subject, guests: Guests) -> str:
    """The whole text of an invitation, or of word that the meeting is called off."""
    return BETWEEN.join("\n\n".join(InWords(subject, each).letter(guests)) for each in subject.languages)


def short_text(subject: Subject) -> str:
    """What stands with a meeting in the calendar of its series."""
    return BETWEEN.join("\n".join(InWords(subject, each).facts()) for each in subject.languages)


def head_line(subject: Subject) -> str:
    """What the letter is called, in each language."""
    return " / ".join(InWords(subject, each).head() for each in subject.languages)


class InWords:
    """Says it in one language."""

    def __init__(self, subject: Subject, language: str) -> None:
        self.subject, self.meeting, self.language = subject, subject.meeting, language
        self.say = speech(language).say

    def title(self) -> str:
        """The theme's title."""
        return self._text("theme", int(self.meeting["theme_ref"][1:]), "title", self.meeting["title"])

    def table(self) -> str:
        """The table's name."""
        return self._text("table", self.subject.table["id"], "name", self.subject.table["name"])

    def head(self) -> str:
        """One line: what it is, and when."""
        sentence = N_("Cancelled: {title}, {when}") if self.subject.cancelled else N_("Invitation: {title}, {when}")
        return self.say(sentence, title=self.title(), when=self._when())

    def letter(self, guests: Guests) -> Iterator[str]:
        """The paragraphs of a letter."""
        if self.subject.cancelled:
            yield self.say("This meeting is cancelled. It can be taken out of the calendar.")
            yield "\n".join(self.facts())
            return
        yield self.say("Welcome to a meeting of this table: {table}.", table=self.table())
        yield "\n".join(self.facts())
        yield from self._agenda()
        if names := [each.name for each in (*filter(None, [guests.organiser]), *guests.invited)]:
            yield self._list(N_("Invited:"), names)
        if guests.organiser is not None:
            answer = N_("Please answer in your calendar whether you come, or write to {name}.")
            yield self.say(answer, name=guests.organiser.name)

    def facts(self) -> Iterator[str]:
        """When, where and how."""
        meeting = self.meeting
        yield self.say("Theme: {title}", title=self.title())
        if meeting["number"] and meeting["planned_meetings"]:
            yield self.say("Meeting {n} of {all}", n=meeting["number"], all=meeting["planned_meetings"])
        yield self.say("Time: {when}", when=self._when())
        if meeting["place"]:
            yield self.say("Place: {place}", place=meeting["place"])
        if meeting["link"]:
            yield self.say("Link for taking part from afar: {link}", link=meeting["link"])
        if (mode := code_of(Mode, meeting["mode"])) is not Mode.ON_SITE:
            yield self.say("How people meet: {mode}", mode=mode)

    def _agenda(self) -> Iterator[str]:
        if self.meeting["state"] == MeetingState.AGENDA_SET and self.subject.items:
            yield self._list(N_("On the agenda:"), map(self._item, self.subject.items))
        elif self.meeting["items_by"]:
            by = day_of(self.meeting["items_by"])
            yield self.say("Matters for the agenda are welcome until this day: {day}.", day=by)

    def _item(self, item: Row) -> str:
        return self._text("item", item["id"], "title", item["title"])

    def _list(self, heading: str, lines: Iterable[str]) -> str:
        return "\n".join([self.say(heading), *(f"– {visible(each, lines=False)}" for each in lines)])

    def _when(self) -> str:
        begins, ends = moment_of(self.meeting["begins_at"]), self.meeting["ends_at"]
        span = say_span(begins, moment_of(ends), self.language) if ends else say_moment(begins, self.language)
        return f"{WEEKDAYS[self.language][local_day(begins).weekday()]} {span}"

    def _text(self, kind: str, number: int, field: str, own: str) -> str:
        return self.subject.texts.get((self.language, kind, number, field)) or own
