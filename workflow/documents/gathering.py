"""What a document is made of: the rows of the read model in one language, and people as its readers may see them.

In a public document nobody is named: who speaks for an organisation is that organisation, and others are what they are
at the table (domain.md 7.2, 7.4). Of a matter that is confidential it tells no more than that there is one (7.5), here,
once for all documents: whatever they gather by `rows` is without it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from models.checkpoints import checkpoint_in
from models.kept import code_of, day_of, moment_of
from models.place import DatabaseProblem
from models.reading import Reader, any_of
from workflow.documents.confidential import Confidential, confidential_in
from workflow.documents.content import Said, Words
from workflow.language.dates import say_day, say_span, say_weekday
from workflow.language.speech import Speech, speech
from workflow.language.words import N_
from workflow.translated import Translations

Row = Mapping[str, Any]
NOBODY = ""
STAYS = frozenset({"ref", "kind", "id", "state", "table_ref", "theme_ref", "meeting_ref", "number", "position"})
"""What is left of a confidential matter in a public document: its place."""
HISTORY = N_("The history then: {short} (to compare: poyta audit checkpoint --against {short}).")


class Reading(NamedTuple):
    """For whom a document is made: in which language, on which day, and whether for everybody."""

    language: str
    day: date
    public: bool = False


class Gathered:
    """The rows of a database, as a document in one language tells of them."""

    def __init__(self, reader: Reader, reading: Reading) -> None:
        self.reader = reader
        self.language, self.day, self.public = reading
        self.speech: Speech = speech(reading.language)
        self._translations = Translations(reader, reading.language)
        self._languages: dict[str, str] = {
            str(row["ref"]): str(row["languages"]).split(",")[0] for row in reader.rows("v_tables")
        }
        self._parties: dict[str, str | None] | None = None

    def say(self, sentence: str, **facts: object) -> str:
        """A sentence of ours."""
        return self.speech.say(sentence, **facts)

    def word(self, codes: type[StrEnum], code: object) -> str:
        """The word for a code that is kept; nothing where there is none. Raises DatabaseProblem where it is no code."""
        return self.speech.word(code_of(codes, str(code))) if code else NOBODY

    def rows(self, kind: str, view: str, *, order: str | Sequence[str] | None = None, **equal: Any) -> list[Row]:
        """The rows of a view, with the texts that there are in this language, and with what its readers may know."""
        rows = self._translations.of(kind, self.reader.rows(view, order=order, **equal))
        return list(self._for_everybody(view, rows)) if self.public and self._confidential.items else list(rows)

    def only(self, kind: str, view: str, **equal: Any) -> Row:
        """The one row."""
        (row,) = self.rows(kind, view, **equal)
        return row

    def said(self, row: Row, column: str) -> Words:
        """Words that people wrote. Where they are not in this language, it is said in which they are."""
        text = str(row[column] or "")
        if self.is_hidden(row) or self._translated(row, column):
            return text
        return self.as_written(str(row.get("table_ref", "")), text)

    def as_written(self, table_ref: str, text: str) -> Words:
        """Words that are kept in the first language of a table only."""
        own = self._languages.get(table_ref, self.language)
        return text if not text or own == self.language else Said(text, own)

    def title_of(self, kind: str, ref: str, title: str) -> str:
        """A title in this language, where there is one."""
        number = int(ref[1:]) if ref[1:].isdecimal() else 0
        return self.speech.tell(self._translations.texts.get((kind, number, "title"), title))

    def _translated(self, row: Row, column: str) -> bool:
        field = {"what": "what", "name": "name"}.get(column, column)
        kind = str(row["kind"])
        key = (kind, row["id"], field)
        if kind in ("meeting", "series", "memo"):
            key = ("theme", int(str(row["theme_ref"])[1:]), "title")
        return key in self._translations.texts

    # What is confidential

    def is_hidden(self, row: Row) -> bool:
        """Whether it is a matter of which the readers learn only that there is one."""
        return bool(row.get("hidden"))

    @cached_property
    def _confidential(self) -> Confidential:
        return confidential_in(self.reader)

    def _for_everybody(self, view: str, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows without those of confidential matters. Each of these itself leaves its number, and the ground."""
        items, referrals, results = self._confidential
        for row in rows:
            ref = str(row.get("ref"))
            if view == "v_items" and ref in items:
                yield {**row, **dict.fromkeys(row.keys() - STAYS), "title": self._ground(items[ref]), "hidden": True}
            elif row.get("item_ref") not in items and ref not in referrals and ref not in results:
                yield row

    def _ground(self, ground: str) -> str:
        return self.say(N_("This matter is confidential: {ground}."), ground=ground.rstrip("."))

    # People and organisations

    def who(self, row: Row, name: str) -> str:
        """A person or an organisation in a column, as the readers may see them."""
        told, ref = row[name], str(row[f"{name}_ref"] or "")
        if not told:
            return NOBODY
        if not self.public or not ref.startswith("P"):
            return self.speech.tell(told)
        return self.speech.tell(self._party_of(ref)) if self._party_of(ref) else self.say(N_("a resident"))

    def seated(self, row: Row) -> str:
        """Who has a seat or was present: the person with the organisation, or the organisation."""
        person, party = row["person"], row["party"]
        if person is None or self.public:
            return self.speech.tell(party) if party else self.say(N_("a resident"))
        if party is None:
            return self.speech.tell(person)
        return self.say(N_("{person} ({organisation})"), person=person, organisation=party)

    def _party_of(self, ref: str) -> str | None:
        if self._parties is None:
            self._parties = {str(row["ref"]): row["organisation"] for row in self.reader.rows("v_people")}
        return self._parties.get(ref)

    # When

    def when(self, meeting: Row) -> str:
        """From when to when: as it was, or as it is planned."""
        begins, ends = meeting["began_at"] or meeting["begins_at"], meeting["ended_at"] or meeting["ends_at"]
        if begins is None:
            return NOBODY
        if ends is None:
            return self.speech.tell(moment_of(str(begins)))
        return say_span(moment_of(str(begins)), moment_of(str(ends)), self.language)

    def invited_for(self, meeting: Row) -> str:
        """When people are asked to come, with the day of the week by which they remember it."""
        planned = self.when({**meeting, "began_at": None, "ended_at": None})
        return f"{say_weekday(day_of(str(meeting['day'])), self.language)} {planned}" if planned else NOBODY

    def on_weekday(self, day: object) -> str:
        """A day with its day of the week; nothing where there is none."""
        return f"{say_weekday(day_of(str(day)), self.language)} {self.on(day)}" if day else NOBODY

    def on(self, day: object) -> str:
        """A day; nothing where there is none."""
        return say_day(day_of(str(day)), self.language) if day else NOBODY

    def number(self, meeting: Row) -> str:
        """Which meeting of its series it is, and of how many: `2/3`."""
        if meeting["number"] is None:
            return NOBODY
        planned = meeting["planned_meetings"]
        return f"{meeting['number']}/{planned}" if planned else str(meeting["number"])

    # Things

    def by_ref(self, kind: str, view: str, refs: Iterable[object]) -> dict[str, Row]:
        """The rows with these references."""
        return {str(row["ref"]): row for row in self.rows(kind, view, ref=any_of(set(refs)))}

    def foot(self, ref: str) -> tuple[str, ...]:
        """Where a document comes from, so that it can be told from another of the same name."""
        made = self.say(N_("Made with poyta from {ref} on {day}."), ref=ref, day=self.day)
        try:
            short = checkpoint_in(self.reader.stream).short
        except (DatabaseProblem, ValueError):
            return (made,)
        return made, self.say(HISTORY, short=short)
