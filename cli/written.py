"""Files that are made anew when asked, but never over what somebody changed by hand since.

What was written is kept beside the files, in `.poyta-files`, as a hash of each: whoever shares the folder shares that.
"""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from cli.files import write_bytes
from workflow.errors import Usage

KEPT = ".poyta-files"


def write_again(place: str, data: bytes) -> None:
    """Write a file: new, or over the one that poyta wrote there and nobody has changed.

    Raises Usage: file_exists where another file goes by that name, file_changed where it was changed by hand.
    """
    path = Path(place)
    written = _written_in(path.parent)
    mine = path.is_file() and path.name in written
    if mine and _hash(path.read_bytes()) != written[path.name]:
        raise Usage("file_changed", place=place)
    write_bytes(place, data, over=mine)
    written[path.name] = _hash(data)
    write_bytes(str(path.parent / KEPT), json.dumps(written, indent=0, sort_keys=True).encode(), over=True)


def _written_in(folder: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):  # where it is missing or spoilt, no file is taken for ours
        kept = json.loads((folder / KEPT).read_text(encoding="utf-8"))
        if isinstance(kept, dict):
            return {str(name): str(told) for name, told in kept.items()}
    return {}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
