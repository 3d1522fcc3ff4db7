"""A document as PDF, printed by the browser that is here: tagged, with title, language and outline, as in the HTML.

The browsers are Chromium, Chrome and Edge. Each is started for one document, knows nothing of its user, and is kept
from the network.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from workflow.errors import Usage

LONGEST = 60
"""How many seconds a browser may take. A memo of 40 matters takes about two."""

NAMES = (
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "chromium-browser",
)
"""What browsers go by on the path. The last is a snap on Ubuntu, which may not read where others write."""

PLACES: Mapping[str, Sequence[str]] = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
        r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    ),
}
"""Where browsers are that are not on the path, by the kind of machine."""

ALONE = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
"""With which a browser shows nothing, asks nothing and goes nowhere."""

PRINTING = ("--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf")


def as_pdf(html: bytes, named: str | None = None) -> bytes:
    """The page as PDF on A4. `named`: the browser to use, if not the first that is found.

    Raises Usage: no_browser, browser_failed.
    """
    browser = browser_here(named)
    with TemporaryDirectory(prefix="poyta-", ignore_cleanup_errors=True) as folder:
        page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_bytes(html)
        problem = _run([*started(browser, folder), *PRINTING, f"--print-to-pdf={printed}", page.as_uri()])
        if not printed.is_file():
            raise Usage("browser_failed", browser=browser, problem=problem)
        return printed.read_bytes()


def browser_here(named: str | None = None) -> str:
    """The browser of that name or place, or the first that is found. Raises Usage: no_browser."""
    if named:
        if found := which(named):
            return found
        raise Usage("no_browser", place=named)
    if found := next(_found(), None):
        return found
    raise Usage("no_browser")


def _found() -> Iterator[str]:
    yield from filter(None, map(which, NAMES))
    places = (os.path.expandvars(each) for each in PLACES.get(sys.platform, ()))
    yield from (each for each in places if Path(each).is_file())


def started(browser: str, folder: str) -> list[str]:
    """How a browser is started that keeps all it has in a folder."""
    return [browser, *ALONE, *_without_walls(), f"--user-data-dir={Path(folder, 'browser')}"]


def _without_walls() -> Sequence[str]:
    """A browser does not run for an administrator of Linux, but for this: and what it reads is our own page."""
    return ("--no-sandbox",) if sys.platform == "linux" and os.geteuid() == 0 else ()


def _run(command: Sequence[str]) -> str:
    """Run it to its end. Answers what went wrong, if anything."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False, stdin=subprocess.DEVNULL)  # noqa: S603  # a browser that the user has
    except subprocess.TimeoutExpired:
        return f"> {LONGEST} s"
    except OSError as problem:
        return problem.strerror or type(problem).__name__
    return f"exit {done.returncode}"
