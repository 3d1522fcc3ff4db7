"""What is filled into a command that is shown to be pasted, so that no name gives a shell anything to do."""

import re
import sys
from pathlib import PurePath
from typing import Any

from workflow.language.visible import hides
from workflow.references import reference


def typed(row: Any) -> str:
    """The reference as it is typed. A short name that only other hands can have given is left to the reader."""
    return typed_short(reference(row))


def typed_short(ref: str) -> str:
    """The same of a reference that is at hand already."""
    return ref if re.fullmatch(r"[\w/-]+", ref, re.ASCII) and not ref.startswith("-") else "TABLE"


def typed_name(row: Any) -> str:
    """The name in quotes, as it is typed; the reference, where quotes might not hold it.

    Within double quotes none of these signs means anything, in a Unix shell, in PowerShell, or in Windows' own shell.
    """
    plain = re.fullmatch(r"\w[\w .,()/&'-]*", row.name) and not hides(row.name)
    return f'"{row.name}"' if plain else reference(row)


def typed_path(path: PurePath | str) -> str:
    """A path as it is typed."""
    text = str(path)
    if re.fullmatch(r"[\w/.][\w/.:-]*", text, re.ASCII):
        return text
    return f'"{text}"' if sys.platform == "win32" else "'" + text.replace("'", "'\\''") + "'"
