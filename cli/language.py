"""Which language the reader reads, and Click's own messages in it."""

import gettext
import os
from collections.abc import Mapping, Sequence

from cli.settings import settings_of
from workflow.errors import Usage
from workflow.language import languages
from workflow.language.languages import LANGUAGES

DEFAULT = "en"


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language asked for, before anything is parsed, so that even a mistyped command is answered in it.

    Options win over POYTA_LANG, that over the settings file, that over the language of the computer.
    """
    for asked in (_option(arguments), environment.get("POYTA_LANG"), _setting(environment)):
        if asked in LANGUAGES:
            return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if (code := environment.get(name, "")[:2].lower()) in LANGUAGES:
            return code
    return DEFAULT


def spoken() -> str:
    """The language that the process speaks."""
    return os.environ.get("LANGUAGE", DEFAULT)


def speak_click(language: str) -> None:
    """Let Click's own messages come from our catalogue of them."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", os.path.join(os.path.dirname(languages.__file__), "locale"))
    gettext.textdomain("click")


def _option(arguments: Sequence[str]) -> str | None:
    for place, word in enumerate(arguments):
        if word == "--":
            return None
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return None


def _setting(environment: Mapping[str, str]) -> str | None:
    try:
        return settings_of(environment).get("lang")
    except Usage:
        return None  # said later, by the command that needs the settings
