"""The settings: options win over the environment, the environment over `poyta.toml`.

Read at every start, so without `pathlib`, which takes longer to load than all of this.
"""

import sys
from collections.abc import Mapping
from os import path

from workflow.errors import Usage
from workflow.language.letters import unfit

FILE = "poyta.toml"
KEYS = ("db", "as", "lang", "accessible")
LONGEST = 10_000
"""How long a file may be: it may lie beside a database that came from elsewhere."""


def settings_of(environment: Mapping[str, str]) -> Mapping[str, str]:
    """What the settings files say: one in the user's settings folder, and over it one beside the database.

    Raises Usage where a file can't be read or has a key that means nothing.
    """
    settings = dict(_read(path.join(_folder(environment, "config"), FILE)))
    place = environment.get("POYTA_DB") or settings.get("db")
    if place is None or "://" not in place:
        beside = path.dirname(path.abspath(place or default_file(environment)))
        settings.update(_read(path.join(beside, FILE)))
    return settings


def default_file(environment: Mapping[str, str]) -> str:
    """Where the database is when nobody says: one file in the user's data folder."""
    return path.join(_folder(environment, "data"), "poyta.db")


def state_folder(environment: Mapping[str, str]) -> str:
    """Where it is kept what this user's program has seen of its databases."""
    return environment.get("POYTA_STATE") or _folder(environment, "state")


_ON_LINUX = {
    "config": ("XDG_CONFIG_HOME", "~/.config"),
    "data": ("XDG_DATA_HOME", "~/.local/share"),
    "state": ("XDG_STATE_HOME", "~/.local/state"),
}
"""As platformdirs has it, without the time that loading it takes."""


def _folder(environment: Mapping[str, str], kind: str) -> str:
    if sys.platform == "linux":
        base, usual = _ON_LINUX[kind]
        return path.join(environment.get(base) or path.expanduser(usual), "poyta")
    import platformdirs

    folder: str = getattr(platformdirs, f"user_{kind}_dir")("poyta", appauthor=False)
    return folder


def _read(place: str) -> Mapping[str, str]:
    if not path.isfile(place):
        return {}
    import tomllib
    from pathlib import Path

    try:
        with Path(place).open(encoding="utf-8-sig") as file:
            text = file.read(LONGEST + 1)
        if len(text) > LONGEST:
            raise ValueError(f"> {LONGEST}")
        read = tomllib.loads(text)
    except RecursionError:
        raise Usage("settings_unreadable", place=place, problem="[[[...") from None
    except (OSError, ValueError) as problem:
        raise Usage("settings_unreadable", place=place, problem=str(problem)) from None
    if unknown := next((key for key in read if key not in KEYS), None):
        raise Usage("settings_unknown_key", place=place, key=unknown, known=list(KEYS))
    settings = {key: str(value) for key, value in read.items()}
    if bad := next(filter(None, map(unfit, settings.values())), None):
        raise Usage("settings_unreadable", place=place, problem=f"U+{ord(bad):04X}")
    return settings
