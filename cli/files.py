"""Files that answers are written to: whole or not at all, and never over another without being asked."""

import os
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from workflow.errors import Usage


def write_file(place: str, text: str, *, over: bool) -> None:
    """Write a file whole, or leave everything as it was. Raises Usage where there is one already, or none can be.

    Only with `over` is another file replaced, never what is no file: a folder, a pipe, somebody's terminal.
    """
    write_bytes(place, text.encode("utf-8"), over=over)


def write_bytes(place: str, data: bytes, *, over: bool) -> None:
    """The same of bytes."""
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


def write_into(folder: Path, files: Mapping[str, bytes], *, over: bool) -> list[str]:
    """Write files into a folder, which is made if need be; none, where any of their names is taken. Raises Usage.

    Answers their places.
    """
    places = [folder / name for name in files]
    if not over and (taken := next((each for each in places if _taken(each)), None)):
        raise Usage("file_exists", place=str(taken))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Usage("file_unwritable", place=str(folder), problem=problem.strerror or "") from None
    for place, data in zip(places, files.values(), strict=True):
        write_bytes(str(place), data, over=over)
    return [str(each) for each in places]


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
