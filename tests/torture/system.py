"""What Python itself asks of the disk, told in the words in which SQLite's layer tells what that asks (`vfs.py`)."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.torture.disk import FOLDER
from tests.torture.vfs import Call

Tell = Callable[[Call], None]


@contextmanager
def python_watched(tell: Tell) -> Iterator[None]:
    """For a while, files that this process makes, names, syncs and removes by `os` and `pathlib` are told of.

    What is written to them is told when it is synced: until then nobody can count on it.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, instead in _ASKED.items():
            patch.setattr(os, name, instead(getattr(os, name), tell, _OPENED))
        yield


_OPENED: dict[int, str] = {}


def _open(own: Any, tell: Tell, opened: dict[int, str]) -> Any:
    def open_file(path: Any, flags: int, *more: Any, **named: Any) -> int:
        new = not Path(path).exists()
        handle: int = own(path, flags, *more, **named)
        opened[handle] = os.fspath(path)
        if new:
            tell(Call("open", opened[handle], new=True))
        return handle

    return open_file


def _fsync(own: Any, tell: Tell, opened: dict[int, str]) -> Any:
    def sync(handle: int) -> None:
        path = Path(opened[handle])
        if path.is_dir():
            tell(FOLDER)
        else:
            content = path.read_bytes()
            tell(Call("truncate", str(path), len(content)))
            tell(Call("write", str(path), 0, content))
            tell(Call("sync", str(path)))
        own(handle)

    return sync


def _naming(kind: str) -> Callable[[Any, Tell, dict[int, str]], Any]:
    def instead(own: Any, tell: Tell, opened: dict[int, str]) -> Any:
        def name(path: Any, to: Any) -> None:
            own(path, to)
            tell(Call(kind, os.fspath(path), to=os.fspath(to)))

        return name

    return instead


def _unlink(own: Any, tell: Tell, opened: dict[int, str]) -> Any:
    def unlink(path: Any, *more: Any, **named: Any) -> None:
        own(path, *more, **named)
        tell(Call("delete", os.fspath(path)))

    return unlink


_ASKED: dict[str, Callable[[Any, Tell, dict[int, str]], Any]] = {
    "open": _open,
    "fsync": _fsync,
    "replace": _naming("rename"),
    "rename": _naming("rename"),
    "link": _naming("link"),
    "unlink": _unlink,
}
