"""The sheets that are filled in and read in: what each is called, its columns, and what each column asks for.

The words over them are those of any of the three languages; the codes of the table book are understood, too.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from models.states import Sector
from workflow.details import PARTY_TAKES, Detail
from workflow.exchange.shape import details_at
from workflow.language.languages import LANGUAGES
from workflow.language.speech import speech
from workflow.language.words import N_
from workflow.naming import like

UNDER, ON = "under", "on"
"""What an action was agreed for, and the day."""

REQUIRED_MARK = " *"


class Asked(NamedTuple):
    """A column of a form."""

    field: str
    heading: str
    help: str
    required: bool = False


class Form(NamedTuple):
    """A sheet to be filled in: a row for each thing of one kind."""

    kind: str
    title: str
    columns: tuple[Asked, ...]


HEADINGS: Mapping[str, str] = {
    "name": N_("Name"),
    "sector": N_("Sector"),
    "organisation": N_("Organisation"),
    "email": N_("E-mail"),
    "what": N_("What"),
    "to": N_("Responsible"),
    "due": N_("Due"),
    "shared_with": N_("Shared with"),
}
"""What is written over each column that is a detail of the page."""

GUIDE = N_("Guide")
"""The sheet that tells how the others are filled in: it is not read."""


def _asked(detail: Detail) -> Asked:
    return Asked(detail.name, HEADINGS[detail.name], detail.help, detail.required)


FORMS: tuple[Form, ...] = (
    Form("organisation", N_("Organisations"), tuple(map(_asked, PARTY_TAKES["organisation"]))),
    Form("person", N_("People"), tuple(map(_asked, PARTY_TAKES["person"]))),
    Form(
        "action",
        N_("Actions"),
        (
            Asked(UNDER, N_("Theme or meeting"), N_("the theme (T3), the meeting (M12) or the matter (M12/2)"), True),
            *map(_asked, details_at("action", "assign").values()),
            Asked(ON, N_("Agreed on"), N_("the day on which it was agreed; without it, today")),
        ),
    ),
)
"""Every sheet, in the order in which they are read: what is named comes before what names it."""


def form_called(name: str) -> Form | None:
    """The form that a sheet is, by its name in any language."""
    return _titles().get(like(name))


def is_guide(name: str) -> bool:
    """Whether a sheet only tells how the others are filled in."""
    return like(name) in {like(speech(language).say(GUIDE)) for language in LANGUAGES}


def language_of(name: str) -> str:
    """The language in which a sheet has its name."""
    return next((each for each in LANGUAGES if like(name) in {like(speech(each).say(f.title)) for f in FORMS}), "en")


def column_called(form: Form, heading: str) -> Asked | None:
    """The column of a form, by what is written over it in any language."""
    return _headings(form).get(like(heading.removesuffix(REQUIRED_MARK.strip()).strip()))


def sector_called(word: str) -> Sector | None:
    """The sector that a word of any language means, or its code."""
    return _sectors().get(like(word))


@cache
def _titles() -> dict[str, Form]:
    return {like(word): form for form in FORMS for word in (form.kind, *_in_all(form.title))}


@cache
def _headings(form: Form) -> dict[str, Asked]:
    return {like(word): asked for asked in form.columns for word in (asked.field, *_in_all(asked.heading))}


@cache
def _sectors() -> dict[str, Sector]:
    words = {like(speech(language).word(sector)): sector for language in LANGUAGES for sector in Sector}
    return words | {code: sector for sector in Sector for code in (sector.value, sector.value.replace("_", "-"))}


def _in_all(sentence: str) -> Iterator[str]:
    yield from (speech(language).say(sentence) for language in LANGUAGES)
