"""Whether everything is in order here: the program, the database, and the place it is kept in."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from cli.app import App, app
from cli.commands import Command
from cli.db import finding_line
from cli.output import line, write_json
from models.place import DatabaseProblem, is_server, problems
from workflow.errors import PoytaError
from workflow.language.words import N_


class Look(NamedTuple):
    """One thing that was looked at: its code, whether it is in order, a sentence and its facts."""

    code: str
    good: bool
    sentence: str
    facts: Mapping[str, object] = MappingProxyType({})


def _act() -> int:
    run = app()
    looks = list(_looks(run))
    bad = [look for look in looks if not look.good]
    if run.json:
        items = [
            {"code": look.code, "ok": look.good, "message": _said(run, look), "facts": dict(look.facts)}
            for look in looks
        ]
        write_json({"ok": not bad, "error": "check_failed" if bad else None, "items": items})
    else:
        for look in looks:
            mark = run.speech.say("In order:") if look.good else run.speech.say("Look at this:")
            line(f"{mark} {_said(run, look)}")
    return 6 if bad else 0


command = Command("doctor", callback=_act, help=N_("Look whether everything is in order here."))


def _said(run: App, look: Look) -> str:
    return run.speech.say(look.sentence, **look.facts) if look.facts else run.speech.say(look.sentence)


def _looks(run: App) -> Iterator[Look]:
    yield _version()
    yield from _database(run)
    yield _clock()
    yield _output()
    yield from _clashes()


def _version() -> Look:
    from importlib.metadata import version

    facts: dict[str, object] = {"version": version("poyta"), "python": sys.version.partition(" ")[0]}
    return Look("version", True, N_("poyta {version} on Python {python}."), facts)


def _database(run: App) -> Iterator[Look]:
    from models.schema import check

    try:
        findings = check(run.place)
    except (DatabaseProblem, PoytaError) as problem:
        yield Look("database", False, "{problem}", {"problem": run.speech.error(problem)})
        return
    facts: dict[str, object] = {"place": run.shown_place}
    if findings:
        sentence = N_("The database {place} is damaged or changed by hand: {findings}")
        yield Look(
            "database",
            False,
            sentence,
            {**facts, "findings": [finding_line(run.speech, finding) for finding in findings]},
        )
    else:
        yield Look("database", True, N_("The database {place} is whole and up to date."), facts)
    yield from _history(run)
    if not is_server(run.place):
        yield _folder(Path(run.place).absolute())


def _history(run: App) -> Iterator[Look]:
    """Whether it is what was seen of it; and whether what is seen can be remembered at all."""
    from cli.seen import Witness, look
    from models.checkpoints import asking
    from models.memory import UNUSABLE

    if is_server(run.place):
        return
    memory = Witness(run).memory
    try:
        memory.try_out()
        memory.of(run.place)
    except UNUSABLE:
        sentence = N_("What is seen of the database can't be remembered here, so no change of it is noticed: {place}")
        yield Look("memory", False, sentence, {"place": str(memory.path)})
        return
    try:
        with problems(run.place), asking(Path(run.place)) as ask:
            found = look(run, ask)
    except DatabaseProblem as problem:
        found = problem
    if found is not None:
        yield Look("history", False, "{problem}", {"problem": run.speech.error(found)})
    elif (remembered := memory.of(run.place)) is not None:
        sentence = N_("The history holds all that was seen of it here: {short}.")
        yield Look("history", True, sentence, {"short": remembered.newest.checkpoint.short})


def _folder(path: Path) -> Look:
    """A synced folder copies a file while it is written; on a network drive only the safe journal will do."""
    synced = ("onedrive", "dropbox", "google drive", "nextcloud", "icloud")
    if name := next((name for name in synced for part in path.parts if name in part.casefold()), None):
        sentence = N_("The database lies in a folder that {name} copies, which may spoil it: keep it elsewhere.")
        return Look("folder", False, sentence, {"name": name})
    if _on_network(path) and os.environ.get("POYTA_JOURNAL", "").lower() == "wal":
        return Look("folder", False, N_("The database is on a network drive, where POYTA_JOURNAL=wal is not safe."))
    return Look("folder", True, N_("The folder of the database is a safe place."))


def _on_network(path: Path) -> bool:
    if str(path).startswith(("\\\\", "//")):
        return True
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return False
    found = [line.split()[1:3] for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    under = [(place, kind) for place, kind in found if path.is_relative_to(place)]
    return max(under, default=("", ""))[1] in ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs")


def _clock() -> Look:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    if now.year < 2026:
        return Look("clock", False, N_("The clock of this computer says {when}, which can't be right."), {"when": now})
    return Look("clock", True, N_("The clock says {when}."), {"when": now})


def _output() -> Look:
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
    if encoding != "utf8":
        return Look("output", False, N_("The output is not UTF-8 but {encoding}."), {"encoding": encoding})
    return Look("output", True, N_("The output takes every letter: å, ä, ö."))


def _clashes() -> Iterator[Look]:
    from importlib.metadata import packages_distributions

    owners = packages_distributions()
    for package in ("models", "workflow", "cli"):
        others = sorted(set(owners.get(package, [])) - {"poyta"})
        if others:
            facts: dict[str, object] = {"package": package, "others": others}
            sentence = N_(
                "The package “{package}” also belongs to {others}: install poyta in an environment of its own."
            )
            yield Look("clash", False, sentence, facts)
