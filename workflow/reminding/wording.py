"""A letter in words: a kind text in the party's language, as an e-mail or on paper."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from textwrap import fill
from typing import NamedTuple

from models.kept import strange
from models.reading import Reader, Row
from models.states import ReminderStage as S
from workflow.addresses import mail_address
from workflow.language.dates import say_understood
from workflow.language.letters import place_of
from workflow.language.speech import Speech, speech
from workflow.language.visible import visible
from workflow.language.words import N_
from workflow.naming import for_a_file
from workflow.reminding.held import Duty, titles
from workflow.reminding.planning import Letter


class Mail(NamedTuple):
    """A letter that is ready: to whom, by which addresses if any, under which subject, and what it says."""

    party: str
    name: str
    addresses: Sequence[tuple[str, str]]
    """Names with e-mail addresses."""
    subject: str
    body: str
    language: str


class Directory:
    """The names and addresses of parties, and the names of tables."""

    def __init__(self, reader: Reader) -> None:
        self._people = {row["ref"]: row for row in reader.rows("v_people")}
        self._organisations = {row["ref"]: row for row in reader.rows("v_organisations")}
        self._seated = {(row["person_ref"], row["table_ref"]) for row in reader.rows("v_seats")}
        self.tables = {row["ref"]: visible(row["name"], lines=False) for row in reader.rows("v_tables")}

    def name_of(self, party: str) -> str:
        """What a party is called."""
        row = self._people.get(party) or self._organisations.get(party)
        return str(row["name"]) if row else party

    def addresses_of(self, party: str, tables: Iterable[str]) -> list[tuple[str, str]]:
        """The address of a person; of an organisation those of its people who sit at one of these tables."""
        if party in self._people:
            return _written_to([self._people[party]])
        at = list(tables)
        own = [row for row in self._people.values() if row["organisation_ref"] == party]
        return _written_to(row for row in own if any((row["ref"], table) in self._seated for table in at))


def _written_to(people: Iterable[Row]) -> list[tuple[str, str]]:
    named = ((str(row["name"]), str(row["email"])) for row in people if row["email"] and not row["forgotten"])
    return sorted((each for each in named if mail_address(*each)), key=lambda each: place_of(each[0]))


def mail_of(letter: Letter, reader: Reader, directory: Directory) -> Mail:
    """The letter in the words of its language."""
    told = _Wording(letter, speech(letter.language), titles(reader, letter.language), directory)
    name, addresses = directory.name_of(letter.party), directory.addresses_of(letter.party, letter.tables)
    return Mail(letter.party, name, addresses, told.subject(), told.body(name), letter.language)


def keeping(mail: Mail) -> str:
    """A letter as the ledger keeps it: in plain words, so that a name can be taken out of it."""
    return json.dumps(mail._asdict(), ensure_ascii=False)


def mail_kept(text: str) -> Mail:
    """The same read back, without addresses that are none any more. Raises DatabaseProblem."""
    try:
        mail = Mail(**json.loads(text))
        return mail._replace(
            addresses=[(name, address) for name, address in mail.addresses if mail_address(name, address)]
        )
    except (ValueError, TypeError, RecursionError):
        raise strange(text) from None


def file_name(mail: Mail, day: date, number: int) -> str:
    """What the file of a letter is called: its day, for whom it is, and its number."""
    short = for_a_file(mail.name) or mail.party.lower()
    return f"{day.isoformat()}-{short}-{number}.{'eml' if mail.addresses else 'txt'}"


def finished(mail: Mail, made_at: datetime, number: str) -> str:
    """The letter as a file: an e-mail, or on paper for whoever has no address."""
    return as_email(mail, made_at, number) if mail.addresses else as_text(mail)


def as_text(mail: Mail) -> str:
    """For printing: whom it is for, and what it says."""
    first = speech(mail.language).say("To be handed to: {name}", name=mail.name)
    return f"{first}\n\n{mail.subject}\n\n{mail.body}"


def as_email(mail: Mail, made_at: datetime, number: str) -> str:
    """For a mail program, which opens it as a letter to be sent. By its number it would be known if it came twice."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(mail.subject.split())
    message["To"] = [address for each in mail.addresses if (address := mail_address(*each))]
    message["Date"] = format_datetime(made_at)
    message["Message-ID"] = f"<{number}@poyta.invalid>"
    message["X-Unsent"] = "1"
    message.set_content(mail.body, cte="quoted-printable")
    return message.as_bytes().decode("ascii")


class _Wording:
    """Says one letter."""

    def __init__(
        self, letter: Letter, speech: Speech, titles: Mapping[tuple[str, int], str], directory: Directory
    ) -> None:
        self.letter, self.say, self.say_many, self.language = letter, speech.say, speech.say_many, speech.language
        self.titles, self.directory = titles, directory
        self.tables = [directory.tables[ref] for ref in letter.tables]

    def subject(self) -> str:
        """By what is most pressing."""
        stages = {each.stage.code for each in self.letter.sayings}
        return self.say(next(sentence for stage, sentence in SUBJECTS.items() if stage in stages), tables=self.tables)

    def body(self, name: str) -> str:
        """The whole text."""
        greeting = self.say("Hello {name},", name=name)
        thanks = self.say_many(
            "Thank you for working together with others at this table: {tables}.",
            "Thank you for working together with others at these tables: {tables}.",
            len(self.tables),
            tables=self.tables,
        )
        ending = "\n".join([self.say("With kind regards"), *self.tables])
        return "\n\n".join([greeting, _folded(thanks), *self._parts(), _folded(self.say(CLOSING)), ending]) + "\n"

    def _parts(self) -> Iterator[str]:
        for stage, heading in HEADINGS.items():
            found = [each.duty for each in self.letter.sayings if each.stage.code == stage]
            yield from self._part(heading, found, others=stage in OF_OTHERS)
        yield from self._part(ALSO, self.letter.also, others=False)

    def _part(self, heading: str, found: Sequence[Duty], *, others: bool) -> Iterator[str]:
        if found:
            lines = (_folded(self._line(each, others=others), "- ") for each in found)
            yield "\n".join([_folded(self.say(heading)), *lines])

    def _line(self, duty: Duty, *, others: bool) -> str:
        """One thing; where a letter is about several tables, with its own."""
        said = self._duty(duty, others=others)
        if len(self.tables) == 1:
            return said
        return f"{said} {self.say('Table: {table}.', table=self.directory.tables[duty.table_ref])}"

    def _duty(self, duty: Duty, *, others: bool) -> str:
        title = self.titles.get((duty.kind, duty.id)) or duty.title
        due = say_understood(duty.due_on, self.language) if duty.due_on else ""
        facts = {"title": title, "ref": duty.ref, "due": due, "given": duty.given_on}
        if others:
            facts["who"] = self.directory.name_of(duty.holder)
            return self.say("{title} ({ref}). Agreed day: {due}. In the hands of: {who}.", **facts)
        if duty.shared_with:
            facts["who"] = self.directory.name_of(duty.shared_with)
            return self.say(TAKING_PART if due else TAKING_PART_BY_MEETING, **facts)
        if duty.kind == "item":
            return self.say("{title} ({ref}). You present it at the meeting: {due}.", **facts)
        if not due:
            return self.say("{title} ({ref}). Agreed day: the next meeting. Entrusted to you on {given}.", **facts)
        return self.say("{title} ({ref}). Agreed day: {due}. Entrusted to you on {given}.", **facts)


def _folded(text: str, mark: str = "") -> str:
    """A paragraph in lines that are not too long for a letter, or a thing in a list behind its mark."""
    return fill(
        text, 76, initial_indent=mark, subsequent_indent=" " * len(mark), break_long_words=False, break_on_hyphens=False
    )


HEADINGS: Mapping[S, str] = {
    S.LATE: N_(
        "The agreed day has gone by for this. If it is done, just tell the secretary. If something is in the way, tell "
        "that too: a new day can be agreed on, or help found."
    ),
    S.SOON: N_("The agreed day is near for this:"),
    S.GIVEN: N_("This has been entrusted to you:"),
    S.SECRETARY_TOLD: N_(
        "The agreed day has gone by for this, and a reminder was sent. You are the secretary: perhaps a friendly word "
        "from you would help."
    ),
    S.CONVENER_TOLD: N_(
        "This is still open after its agreed day, and reminders have been sent. You are the convener: could you see, "
        "together with those who do it, what is in the way?"
    ),
    S.COORDINATOR_TOLD: N_(
        "This has long been open after its agreed day, and reminders have been sent. You are the coordinator: perhaps "
        "you see what would help the table on."
    ),
}
"""What is said above the things of each stage, the most pressing first."""

TAKING_PART = N_("{title} ({ref}). Agreed day: {due}. You take part; the main responsibility is with: {who}.")
TAKING_PART_BY_MEETING = N_(
    "{title} ({ref}). Agreed day: the next meeting. You take part; the main responsibility is with: {who}."
)

ALSO = N_("You also have this in hand, as you know:")
CLOSING = N_("If something here is not right, please tell the secretary of the table.")
OF_OTHERS = frozenset({S.SECRETARY_TOLD, S.CONVENER_TOLD, S.COORDINATOR_TOLD})

SUBJECTS: Mapping[S, str] = {
    S.LATE: N_("How is it going? {tables}"),
    S.SOON: N_("The agreed day is near: {tables}"),
    S.COORDINATOR_TOLD: N_("The table could do with your help: {tables}"),
    S.CONVENER_TOLD: N_("The table could do with your help: {tables}"),
    S.SECRETARY_TOLD: N_("A friendly word would help: {tables}"),
    S.GIVEN: N_("What we agreed on: {tables}"),
}
"""What a letter is called, by what is most pressing in it."""
