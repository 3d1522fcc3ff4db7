"""Several people at once: every command is done once, numbers stay gap-free, and nobody gets a fault."""

import json
import os
import subprocess
import sys

from tests.cli.conftest import PEOPLE, TABLE, Poyta, set_up

PROGRAM = """
import sys
from cli.main import run
statuses = [run(["theme", "propose", "keuruu", "--title", f"Teema {n}", "--as", "Aino"]) for n in range(6)]
print("STATUSES", *statuses)
"""


def test_three_people_propose_themes_at_the_same_moment(poyta: Poyta, place: str):
    set_up(poyta, PEOPLE, TABLE)
    environment = {**os.environ, "POYTA_DB": place, "POYTA_LANG": "en"}
    before = len(poyta("history", "keuruu", "--json").json["items"])

    running = [
        subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    statuses = [one.communicate()[0].splitlines()[-1].split()[1:] for one in running]

    done = sum(each.count("0") for each in statuses)
    assert {status for each in statuses for status in each} <= {"0", "5"}
    history = json.loads(poyta("history", "keuruu", "--json").out)["items"]
    assert [each["number"] for each in history] == list(range(1, before + done + 1))
    assert len(poyta("theme", "list", "--json").json["items"]) == done
    assert done >= 15
