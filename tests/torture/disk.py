"""A simulated disk: what could be on it after the power fails, given what was asked of it and what was synced.

What was synced is there. Of everything else any part may be, in any order: of each write any of its sectors, of a
cut any or nothing, and a file's name may be there, or still be there, or not. A sector that was to lengthen a file and
was lost may hold anything. (Sectors are written whole or not at all, and leave their neighbours alone: SQLite relies
on both.)
"""

from collections.abc import Iterable, Iterator, Mapping
from random import Random

from tests.torture.vfs import NEW_NAME_REACHES_DISK, Call, Watch

SECTOR = 512

Image = Mapping[str, bytes]
"""The files that are there, by name, and what is in them."""


class Recorder(Watch):
    """Remembers all that was asked of the disk that changes it, step by step."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.new_journals: set[str] = set()

    def after(self, call: Call) -> int:
        if call.kind not in ("open", "close") or call.new:
            self.calls.append(call)
        if call.kind == "open" and call.new and call.at & NEW_NAME_REACHES_DISK:
            self.new_journals.add(call.name)
        elif call.kind == "sync" and call.name in self.new_journals:
            self.new_journals.remove(call.name)
            self.calls.append(FOLDER)
        elif call.kind == "delete" and call.at:
            self.calls.append(FOLDER)
        return 0


FOLDER = Call("sync_folder", "")
"""What SQLite does of its own after some calls: it waits until the names in the folder have reached the disk."""


class Disk:
    """A folder of files, as it is and as it could be found."""

    def __init__(self, image: Image) -> None:
        self.durable: dict[str, Inode | None] = {name: Inode(content) for name, content in image.items()}
        self.now = dict(self.durable)
        self.changes: list[dict[str, Inode | None]] = []
        """Of the names in the folder, as long as they may not be known on the disk; a renaming is one change."""

    def do(self, call: Call) -> None:
        """What was asked of it."""
        if call.kind == "open":
            self._name({call.name: Inode(b"")})
        elif call.kind == "delete":
            self._name({call.name: None})
        elif call.kind == "rename":
            self._name({call.name: None, call.to: self._file(call.name)})
        elif call.kind == "link":
            self._name({call.to: self._file(call.name)})
        elif call.kind == "sync_folder":
            self.durable = dict(self.now)
            self.changes.clear()
        elif call.kind == "sync":
            self._file(call.name).sync()
        else:
            self._file(call.name).pending.append(call)

    def crash(self, random: Random) -> Image:
        """What is found after the power failed at this moment: one of all the ways."""
        return {name: inode.found(random, random.choice(LUCK)) for name, inode in self._names(random) if inode}

    def _name(self, change: "dict[str, Inode | None]") -> None:
        self.changes.append(change)
        self.now |= change

    def _file(self, name: str) -> "Inode":
        inode = self.now.get(name)
        assert inode is not None, f"nobody writes to a file that is not there: {name}"
        return inode

    def _names(self, random: Random) -> "Iterable[tuple[str, Inode | None]]":
        """Some of the changes of names are there; of each name those that came first."""
        names, late, luck = dict(self.durable), set[str](), random.choice(LUCK)
        for change in self.changes:
            if late.isdisjoint(change) and random.random() < luck:
                names |= change
            else:
                late |= change.keys()
        return names.items()


LUCK = (0.0, 0.1, 0.5, 0.5, 0.9, 1.0)
"""How likely each unsynced change is to be there, from a disk that had done nothing yet to one that had done it all."""


class Inode:
    """A file: what is known to be in it, and what was written since."""

    def __init__(self, content: bytes) -> None:
        self.durable = content
        self.pending: list[Call] = []

    def sync(self) -> None:
        content = bytearray(self.durable)
        for call in self.pending:
            change(content, call.at, call.data) if call.kind == "write" else cut(content, call.at)
        self.durable = bytes(content)
        self.pending.clear()

    def found(self, random: Random, luck: float) -> bytes:
        content = bytearray(self.durable)
        for call in self.pending:
            if call.kind == "write":
                for at, part in sectors(call):
                    self._write_or_lose(content, at, part, random, luck)
            elif random.random() < luck:
                cut(content, call.at)
        return bytes(content)

    def _write_or_lose(self, content: bytearray, at: int, part: bytes, random: Random, luck: float) -> None:
        if random.random() < luck:
            change(content, at, part)
        elif at >= len(self.durable) and random.random() < luck / 2:
            change(content, at, random.randbytes(len(part)))  # the file has grown, and shows what was on the disk


def sectors(call: Call) -> Iterator[tuple[int, bytes]]:
    """A write, cut where the sectors of the disk end."""
    at, end = call.at, call.at + len(call.data)
    while at < end:
        upto = min(end, (at // SECTOR + 1) * SECTOR)
        yield at, call.data[at - call.at : upto - call.at]
        at = upto


def change(content: bytearray, at: int, data: bytes) -> None:
    """Write over a part; what is skipped is empty."""
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


def cut(content: bytearray, size: int) -> None:
    """Make it that long."""
    del content[size:]
    content.extend(bytes(size - len(content)))
