"""The settings: options win over the environment, the environment over `poyta.toml`.

Read at every start, so without `pathlib`, which takes longer to load than all of this.
"""

import sys
from collections.abc import Mapping
from os import path

from workflow.errors import Usage

FILE = "poyta.toml"
KEYS = ("db", "as", "lang", "accessible")


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


def _folder(environment: Mapping[str, str], kind: str) -> str:
    if sys.platform == "linux":  # as platformdirs has it, without the time that loading it takes
        base, usual = ("XDG_CONFIG_HOME", "~/.config") if kind == "config" else ("XDG_DATA_HOME", "~/.local/share")
        return path.join(environment.get(base) or path.expanduser(usual), "poyta")
    from platformdirs import user_config_dir, user_data_dir

    return (user_config_dir if kind == "config" else user_data_dir)("poyta", appauthor=False)


def _read(place: str) -> Mapping[str, str]:
    if not path.isfile(place):
        return {}
    import tomllib
    from pathlib import Path

    try:
        read = tomllib.loads(Path(place).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as problem:
        raise Usage("settings_unreadable", place=place, problem=str(problem)) from None
    if unknown := next((key for key in read if key not in KEYS), None):
        raise Usage("settings_unknown_key", place=place, key=unknown, known=list(KEYS))
    return {key: str(value) for key, value in read.items()}
