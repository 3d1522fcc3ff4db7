"""Files that answers are written to: whole or not at all, and never over another without being asked."""

import os
from pathlib import Path
from uuid import uuid4

from workflow.errors import Usage


def write_file(place: str, data: bytes, *, over: bool) -> None:
    """Write a file whole, or leave everything as it was. Raises Usage where there is one already, or none can be.

    Only with `over` is another file replaced, never what is no file: a folder, a pipe, somebody's terminal.
    """
    try:
        if not _taken(Path(place)):
            _create(Path(place), data)
        elif over and Path(place).is_file():
            _replace(Path(place).resolve(), data)
        else:
            raise FileExistsError
    except FileExistsError:
        raise Usage("file_exists", place=place) from None
    except (OSError, ValueError) as problem:
        raise Usage("file_unwritable", place=place, problem=getattr(problem, "strerror", None) or "") from None


def _taken(path: Path) -> bool:
    """Whether something goes by that name: a link that leads nowhere, too, for it would be written through."""
    return path.is_symlink() or path.exists()


def _create(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink()
            raise


def _replace(path: Path, data: bytes) -> None:
    new = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    _create(new, data)
    try:
        new.chmod(path.stat().st_mode)
        new.replace(path)
    except BaseException:
        new.unlink()
        raise
