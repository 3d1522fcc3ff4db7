"""Standing between SQLite and the disk: what SQLite asks of the disk is told to a watch, which may let it fail.

A copy of SQLite's own file system layer (its VFS) is registered on the very library that Python's sqlite3 uses, with
some of its methods put through Python. As the default layer it serves every connection opened meanwhile, so nothing
of the program need know of it.
"""

import _sqlite3
import ctypes
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# The structures of sqlite3.h

FILE, VFS, TEXT, INT, LONG = ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int64
OPEN = ctypes.CFUNCTYPE(INT, VFS, ctypes.c_void_p, FILE, INT, ctypes.c_void_p)
DELETE = ctypes.CFUNCTYPE(INT, VFS, TEXT, INT)
CLOSE = ctypes.CFUNCTYPE(INT, FILE)
MOVE_BYTES = ctypes.CFUNCTYPE(INT, FILE, ctypes.c_void_p, INT, LONG)
TRUNCATE = ctypes.CFUNCTYPE(INT, FILE, LONG)
WITH_NUMBER = ctypes.CFUNCTYPE(INT, FILE, INT)


class Layer(ctypes.Structure):
    """`sqlite3_vfs`."""

    _fields_ = (
        ("iVersion", INT),
        ("szOsFile", INT),
        ("mxPathname", INT),
        ("pNext", ctypes.c_void_p),
        ("zName", TEXT),
        ("pAppData", ctypes.c_void_p),
        ("xOpen", OPEN),
        ("xDelete", DELETE),
        *(
            (name, ctypes.c_void_p)
            for name in ("xAccess", "xFullPathname", "xDlOpen", "xDlError", "xDlSym", "xDlClose")
        ),
        *((name, ctypes.c_void_p) for name in ("xRandomness", "xSleep", "xCurrentTime", "xGetLastError")),
        *(
            (name, ctypes.c_void_p)
            for name in ("xCurrentTimeInt64", "xSetSystemCall", "xGetSystemCall", "xNextSystemCall")
        ),
    )


class Methods(ctypes.Structure):
    """`sqlite3_io_methods`: what can be done with an open file."""

    _fields_ = (
        ("iVersion", INT),
        ("xClose", CLOSE),
        ("xRead", MOVE_BYTES),
        ("xWrite", MOVE_BYTES),
        ("xTruncate", TRUNCATE),
        ("xSync", WITH_NUMBER),
        ("xFileSize", ctypes.c_void_p),
        ("xLock", WITH_NUMBER),
        *((name, ctypes.c_void_p) for name in ("xUnlock", "xCheckReservedLock", "xFileControl", "xSectorSize")),
        *((name, ctypes.c_void_p) for name in ("xDeviceCharacteristics", "xShmMap", "xShmLock", "xShmBarrier")),
        *((name, ctypes.c_void_p) for name in ("xShmUnmap", "xFetch", "xUnfetch")),
    )


class OpenFile(ctypes.Structure):
    """The beginning of a `sqlite3_file`, whatever the layer keeps behind it."""

    _fields_ = (("pMethods", ctypes.POINTER(Methods)),)


NEW_NAME_REACHES_DISK = 0x00000800 | 0x00004000 | 0x00080000
"""Journals of every kind (SQLITE_OPEN_MAIN_JOURNAL, _SUPER_JOURNAL, _WAL): the first sync of a new one syncs the folder
too (`unixOpen` and `unixSync` in os_unix.c)."""
OF_ITS_OWN = 0x00000008
"""SQLITE_OPEN_DELETEONCLOSE: a scratch file, which nobody looks for after a crash."""


# What a watch is told


class Call(NamedTuple):
    """One thing that is asked of the disk: to open, write, truncate, sync, delete, close, read or lock a file.

    Python itself also asks to `rename` and to `link`, and to `sync_folder`, which SQLite does of its own.
    """

    kind: str
    name: str
    at: int = 0
    """Where it writes or reads; the size to cut to; the flags of an opening; whether a deletion syncs the folder."""
    data: bytes = b""
    new: bool = False
    """Whether an opening makes the file."""
    to: str = ""
    """The name that it is given."""


class Watch:
    """Lets everything happen."""

    kinds: frozenset[str] = frozenset({"open", "write", "truncate", "sync", "delete", "close"})
    """What it wants to be told of."""

    def before(self, call: Call) -> int:
        """An error of SQLite to be given instead of doing it, or 0."""
        return 0

    def after(self, call: Call) -> int:
        """It was done. An error all the same, or 0."""
        return 0


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """For a while, every file that SQLite opens in this process is watched. Close what is opened meanwhile."""
    assert _LAYER.watch is None, "there is one watch at a time"
    _LAYER.watch = watch
    _LAYER.serve(first=True)
    try:
        yield
    finally:
        _LAYER.serve(first=False)
        _LAYER.watch = None


class _WatchedLayer:
    """The copy of the layer, kept for as long as the process lives: SQLite holds pointers into it."""

    def __init__(self) -> None:
        self.watch: Watch | None = None
        self.sqlite: Any = None
        self.files: dict[int, tuple[str, Methods]] = {}
        self.methods: dict[tuple[int, frozenset[str]], Methods] = {}

    def serve(self, *, first: bool) -> None:
        """Serve connections that name no layer, or leave it to SQLite's own layer again."""
        if self.sqlite is None:
            self._load()
        chosen = ctypes.byref(self.layer) if first else self.own_address
        assert self.sqlite.sqlite3_vfs_register(chosen, 1) == 0

    def _load(self) -> None:
        library = _library()
        assert library is not None, "ask first whether it is `reachable`"
        library.sqlite3_vfs_find.restype = ctypes.c_void_p
        library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
        library.sqlite3_vfs_register.argtypes = [ctypes.c_void_p, INT]
        self.own_address = library.sqlite3_vfs_find(None)
        self.own = Layer.from_address(self.own_address)
        self.own_open, self.own_delete = self.own.xOpen, self.own.xDelete
        self.layer = Layer.from_buffer_copy(self.own)
        self.layer.pNext, self.layer.zName = None, b"watched"
        self.layer.xOpen, self.layer.xDelete = OPEN(self._open), DELETE(self._delete)
        self.sqlite = library

    def _open(self, layer: int, name: int | None, file: int, flags: int, told: int | None) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        call = Call("open", path, flags, new=bool(path) and not Path(path).exists())
        scratch = not path or bool(flags & OF_ITS_OWN)

        def opening() -> int:
            done = self.own_open(layer, name, file, flags, told)
            if done == 0 and not scratch:
                self._take_over(file, path)
            return done

        return opening() if scratch else self._through(call, opening)

    def _take_over(self, file: int, path: str) -> None:
        opened = OpenFile.from_address(file)
        own, kinds = opened.pMethods.contents, self._watched.kinds
        key = ctypes.addressof(own), kinds
        if key not in self.methods:
            self.methods[key] = self._instead_of(own, kinds)
        self.files[file] = path, own
        opened.pMethods = ctypes.pointer(self.methods[key])

    def _instead_of(self, own: Methods, kinds: frozenset[str]) -> Methods:
        """The file's own methods, but for those that the watch is told of."""
        methods = Methods.from_buffer_copy(own)
        methods.xClose = CLOSE(self._close)
        for kind in kinds & _OF_A_FILE.keys():
            field, shape, told = _OF_A_FILE[kind]
            setattr(methods, field, shape(self._method(kind, getattr(own, field), told)))
        return methods

    def _method(self, kind: str, own: Any, told: "Callable[..., tuple[int, bytes]]") -> Callable[..., int]:
        def method(file: int, *arguments: Any) -> int:
            return self._through(Call(kind, self.files[file][0], *told(*arguments)), lambda: own(file, *arguments))

        return method

    def _close(self, file: int) -> int:
        path, own = self.files.pop(file)
        result: int = own.xClose(file)
        self._watched.after(Call("close", path))
        return result

    def _delete(self, layer: int, name: bytes, with_folder: int) -> int:
        call = Call("delete", name.decode(), with_folder)
        return self._through(call, lambda: self.own_delete(layer, name, with_folder))

    def _through(self, call: Call, do: Callable[[], int]) -> int:
        watch = self._watched
        if call.kind not in watch.kinds:
            return do()
        return watch.before(call) or do() or watch.after(call)

    @property
    def _watched(self) -> Watch:
        return self.watch or _NOBODY


_OF_A_FILE: dict[str, tuple[str, Any, Callable[..., tuple[int, bytes]]]] = {
    "write": ("xWrite", MOVE_BYTES, lambda data, size, at: (at, ctypes.string_at(data, size))),
    "read": ("xRead", MOVE_BYTES, lambda data, size, at: (at, b"")),
    "truncate": ("xTruncate", TRUNCATE, lambda size: (size, b"")),
    "sync": ("xSync", WITH_NUMBER, lambda flags: (flags, b"")),
    "lock": ("xLock", WITH_NUMBER, lambda level: (level, b"")),
}
_NOBODY = Watch()
_LAYER = _WatchedLayer()


def reachable() -> bool:
    """Whether the SQLite of this Python can be reached at all: where it is built in, its symbols may be hidden."""
    return _library() is not None


@cache
def _library() -> Any:
    """The library that Python's sqlite3 is linked to: found among what its own module needs, or in Python itself."""
    for name in (getattr(_sqlite3, "__file__", None), None):
        with suppress(OSError, AttributeError, TypeError):
            library = ctypes.CDLL(name)
            if library.sqlite3_libversion and _is_the_same(library):
                return library
    return None


def _is_the_same(library: Any) -> bool:
    """Whether what this library registers is there for Python's sqlite3, and not in another copy of SQLite."""
    library.sqlite3_vfs_find.restype = ctypes.c_void_p
    library.sqlite3_vfs_register.argtypes = [ctypes.c_void_p, INT]
    probe = Layer.from_buffer_copy(Layer.from_address(library.sqlite3_vfs_find(None)))
    probe.zName = f"probe-{os.getpid()}".encode()
    library.sqlite3_vfs_register(ctypes.byref(probe), 0)
    try:
        with closing(sqlite3.connect(f"file::memory:?vfs=probe-{os.getpid()}", uri=True)):
            return True
    except sqlite3.OperationalError:
        return False
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(probe))
