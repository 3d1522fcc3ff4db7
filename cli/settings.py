"""The settings: options win over the environment, the environment over `poyta.toml`."""

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from workflow.errors import Usage

FILE = "poyta.toml"
KEYS = ("db", "as", "lang", "accessible")


def settings_of(environment: Mapping[str, str]) -> Mapping[str, str]:
    """What the settings files say: one in the user's settings folder, and over it one beside the database.

    Raises Usage where a file can't be read or has a key that means nothing.
    """
    settings = dict(_read(_folder(environment, "config") / FILE))
    place = environment.get("POYTA_DB") or settings.get("db")
    if place is None or "://" not in place:
        settings.update(_read(Path(place or default_file(environment)).absolute().parent / FILE))
    return settings


def default_file(environment: Mapping[str, str]) -> Path:
    """Where the database is when nobody says: one file in the user's data folder."""
    return _folder(environment, "data") / "poyta.db"


def _folder(environment: Mapping[str, str], kind: str) -> Path:
    if sys.platform == "linux":  # as platformdirs has it, without the time that loading it takes
        base, usual = ("XDG_CONFIG_HOME", ".config") if kind == "config" else ("XDG_DATA_HOME", ".local/share")
        return Path(environment.get(base) or Path.home() / usual) / "poyta"
    from platformdirs import user_config_path, user_data_path

    return (user_config_path if kind == "config" else user_data_path)("poyta", appauthor=False)


@cache
def _read(path: Path) -> Mapping[str, str]:
    if not path.is_file():
        return {}
    import tomllib

    try:
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as problem:
        raise Usage("settings_unreadable", place=str(path), problem=str(problem)) from None
    if unknown := next((key for key in read if key not in KEYS), None):
        raise Usage("settings_unknown_key", place=str(path), key=unknown, known=list(KEYS))
    return {key: str(value) for key, value in read.items()}
