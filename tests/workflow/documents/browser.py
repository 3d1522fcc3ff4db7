"""The browser that is here, and what it sees of a page: what axe-core finds against WCAG 2.1 AA, and the PDF."""

import html
import json
import os
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from workflow.documents.pdf import browser_here, started
from workflow.errors import Usage

AXE = Path(os.environ.get("POYTA_AXE") or Path(__file__).parents[3] / ".cache" / "axe-core" / "axe.min.js")
"""Where .ci/run puts axe-core, which is used here and given to nobody."""

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@cache
def _browser() -> str:
    try:
        return browser_here(os.environ.get("POYTA_BROWSER"))
    except Usage:
        return ""


needs_browser = pytest.mark.skipif(not _browser(), reason="there is no Chromium here, nor a browser of its kind")
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason=f"axe-core is not in {AXE.parent.name}: .ci/run puts it there")


def violations(page: str, folder: Path, *, width: int = 1200) -> list[str]:
    """What axe-core finds wrong in a page that is so wide: each rule with where it is broken."""
    found = _asked(page, folder, width)
    assert found["passes"] > 5, "axe-core did not look"
    return [f"{rule}: {place}" for rule, places in found["violations"] for place in places]


def _asked(page: str, folder: Path, width: int) -> Any:
    """The page may run nothing, so a copy of it does."""
    run = (
        f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then(told => {{"
        "const shown = document.createElement('pre'); shown.id = 'axe';"
        "shown.textContent = JSON.stringify({passes: told.passes.length,"
        " violations: told.violations.map(each => [each.id, each.nodes.map(node => node.html)])});"
        "document.body.append(shown)})"
    )
    code = AXE.read_text(encoding="utf-8").replace("</script", "<\\/script")
    copy = POLICY.sub("", page).replace("</body>", f"<script>{code}</script><script>{run}</script></body>")
    seen = _dumped(copy, folder, width)
    told = re.search(r'<pre id="axe">(.*?)</pre>', seen, re.DOTALL)
    assert told, seen[-2000:]
    return json.loads(html.unescape(told[1]))


def _dumped(page: str, folder: Path, width: int) -> str:
    file = folder / "copy.html"
    file.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [
            *started(_browser(), str(folder)),
            f"--window-size={width},900",
            "--virtual-time-budget=10000",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return done.stdout


def wider_than_the_screen(page: str, folder: Path, *, width: int) -> str:
    """By how much a page is wider than the screen: "0" where nobody has to scroll sideways."""
    run = "document.body.append(Object.assign(document.createElement('pre'), {id: 'wide', textContent: " \
        "document.documentElement.scrollWidth - document.documentElement.clientWidth}))"  # fmt: skip
    seen = _dumped(POLICY.sub("", page).replace("</body>", f"<script>{run}</script></body>"), folder, width)
    told = re.search(r'<pre id="wide">(\d+)</pre>', seen)
    assert told, seen[-2000:]
    return told[1]
