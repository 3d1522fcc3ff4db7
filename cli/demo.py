"""poyta at work: Keuruu's theme from proposal to results, by real commands in a database that is thrown away."""

import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from cli.app import app
from cli.commands import Command
from cli.language import spoken
from cli.output import line, page
from workflow.language.words import N_


class Say(NamedTuple):
    """What the story tells between the commands."""

    sentence: str


class Do(NamedTuple):
    """A command that is run and shown with its answer."""

    command: str
    status: int = 0


SETTING = """
org add "Keski-Suomen Sosiaaliturvayhdistys" --sector association
org add "Keuruun kirjastotoimi" --sector municipality
org add "Keurusseudun sydänyhdistys" --sector association
org add "Keski-Suomen Muistiyhdistys / Keuruun alaosasto" --sector association
org add "Keuruun Ystäväntupa" --sector association
org add "Keuruun Vanhusneuvosto" --sector municipality
org add "Keuruun seurakunta" --sector parish
person add "Aino Äijälä" --organisation "Keski-Suomen Sos"
person add "Väinö Öhman" --organisation "Keuruun kirjastotoimi"
project add "Kehitytään kimpassa" --funder RAY --owner "Keski-Suomen Sos"
"""
"""The bodies and the project are those of Keuruu in 2016; the people, their words and the days are made up."""

TABLE = """
table add --name "Keuruun kumppanuuspöytä" --short keuruu --kind network --area Keuruu --rhythm seasonal --project "Kehitytään kimpassa" --responsible Aino --on 2016-01-11
table seat keuruu --person Aino --role convener --on 2016-01-11
table seat keuruu --person Väinö --role secretary --on 2016-01-11
table seat keuruu --person Väinö --role chair --on 2016-01-11
table seat keuruu --organisation "Keurusseudun" --on 2016-01-11
table seat keuruu --organisation "Keski-Suomen Muisti" --on 2016-01-11
table seat keuruu --organisation "Keuruun Ystäväntupa" --on 2016-01-11
table seat keuruu --organisation "Keuruun Vanhusneuvosto" --on 2016-01-11
table seat keuruu --organisation "Keuruun seurakunta" --on 2016-01-11
table found keuruu --decided-by Kunnanhallitus --on 2016-01-18
"""  # noqa: E501  # one command a line

STORY = (
    Say(N_("1. Who is around the table")),
    Do("table map keuruu"),
    Say(N_("2. A theme is proposed, and a first meeting is called")),
    Do(
        'theme propose keuruu --title "Ikäihmisten yksinäisyys" --why-together "Kukaan ei poista yksinäisyyttä yksin" '
        "--content activity --on 2016-01-20"
    ),
    Do("series plan T1 --planned-meetings 3 --on 2016-01-20"),
    Do('meeting plan S1 --when "10.2.2016 klo 14-15.30" --place Kirjasto --on 2016-01-20'),
    Do("meeting convene M1 --channel open_call --on 2016-01-22"),
    Do('agenda submit M1 --title "Kahvia ja kohtaamisia" --origin association --kind to_agree --on 2016-01-25'),
    Do('agenda submit M1 --title "Kyydit" --origin resident --on 2016-01-25'),
    Do("agenda accept M1/1 --on 2016-01-28"),
    Do("agenda accept M1/2 --on 2016-01-28"),
    Do('theme goal T1 --goal "Kukaan ei ole Keuruulla yksin vastoin tahtoaan" --on 2016-01-28'),
    Do("meeting set-agenda M1 --on 2016-01-28"),
    Say(N_("3. The meeting is held. Not everything is in order yet: the program refuses, with every reason")),
    Do('meeting hold M1 --present "Aino,Väinö,Keurusseudun sydänyhdistys,Keuruun seurakunta" --on 2016-02-10'),
    Do("meeting assign-actions M1 --on 2016-02-10", 3),
    Say(N_("4. It is put right, reason by reason")),
    Do(
        'agenda settle M1/1 --outcome agreed --agreed "Kahvihetki joka kuukausi, vastuu kiertää" '
        "--on 2016-02-10 --as Väinö"
    ),
    Do("agenda settle M1/2 --outcome noted --on 2016-02-10 --as Väinö"),
    Do(
        'action assign M1/1 --what "Ensimmäinen kahvihetki" --to "Keurusseudun" '
        '--shared-with "Keuruun seurakunta,Keski-Suomen Sosiaaliturvayhdistys,Keuruun kirjastotoimi" '
        "--due 16.3.2016 --on 2016-02-10"
    ),
    Do(
        'theme goal T1 --goal "Kukaan ei ole Keuruulla yksin vastoin tahtoaan" --agreed-in M1 '
        '--parties "Keurusseudun,Keuruun seurakunta,Keuruun kirjastotoimi" --on 2016-02-10'
    ),
    Do("meeting assign-actions M1 --on 2016-02-10"),
    Say(N_("5. The memo is sent to the others. Nobody objects, so it is confirmed, and the meeting is complete")),
    Do("memo draft M1 --on 2016-02-11 --as Väinö"),
    Do('memo edit M1 --item M1/1 --entry agreed --text "Kahvihetki joka kuukausi" --on 2016-02-11 --as Väinö'),
    Do("memo circulate M1 --on 2016-02-11 --as Väinö"),
    Do("memo confirm M1 --on 2016-02-26 --as Väinö"),
    Do("meeting complete M1 --on 2016-02-26 --as Väinö"),
    Say(N_("6. The work is done, the secretary closes it, and the result is written down")),
    Do("action report-done A1 --on 2016-03-16"),
    Do('action close A1 --outcome "41 kävijää, monelle ensimmäinen kerta" --on 2016-03-17 --as Aino', 3),
    Do('action close A1 --outcome "41 kävijää, monelle ensimmäinen kerta" --on 2016-03-17 --as Väinö'),
    Do('result add T1 --title "Kahvia ja kohtaamisia" --kind event --actions A1 --on 2016-05-20'),
    Do('theme evaluate T1 --evaluation "Toiminta jatkuu, vastuu kiertää" --on 2016-05-20'),
    Do("series reach-results S1 --on 2016-05-24"),
    Say(N_("7. What happened, and who did it")),
    Do("history T1"),
    Do("history M1"),
    Say(N_("8. How it stood on the first of March")),
    Do("history keuruu --at 1.3.2016"),
    Say(N_("9. What stood still in the middle of May, why, and what would have moved it on")),
    Do("audit stalled --at 18.5.2016"),
    Say(N_("10. The memo, as it is sent to people")),
    Do("memo export M1"),
    Say(N_("11. Whether all of this can be believed")),
    Do("audit verify"),
    Say(N_("12. How it stands now")),
    Do("status"),
    Do("result list"),
)


def _act() -> None:
    run = app()
    speech = run.speech
    line(
        speech.say(
            "A partnership table brings a municipality, associations, villages, residents, a parish and companies"
            " together as equals around a theme. This is the story of one, told by the program itself."
        )
    )
    line(
        speech.say("The organisations are real, from Keuruu in 2016; the people, their words and the days are made up.")
    )
    with _away():
        _quietly(SETTING, "")
        _quietly(TABLE, "Aino")
        for step in STORY:
            if isinstance(step, Say):
                line()
                line(speech.say(step.sentence))
            else:
                _show(step)
    line()
    line(speech.say("That was all in a database of its own, which is gone now. What to try next:"))
    for command_line in ("poyta init", "poyta lifecycle theme", "poyta meeting hold --help", "poyta --help"):
        line(f"  {command_line}")


command = Command("demo", callback=_act, help=N_("See poyta at work, in a database that is thrown away."))


@contextmanager
def _away() -> Iterator[None]:
    """A database of its own, and an environment that says so; both are gone afterwards."""
    from models.schema import create

    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="poyta-", ignore_cleanup_errors=True) as folder:
        place = str(Path(folder) / "demo.db")
        create(place)
        os.environ.update(POYTA_DB=place, POYTA_LANG=spoken(), POYTA_STATE=folder)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _quietly(commands: str, actor: str) -> None:
    os.environ["POYTA_AS"] = actor
    for text in filter(None, commands.splitlines()):
        status, said = _run(text)
        assert status == 0, said


def _show(step: Do) -> None:
    line()
    line(f"$ poyta {step.command}")
    status, said = _run(step.command)
    page(said.rstrip())
    assert status == step.status, f"{step.command}: exit status {status}, not {step.status}"


def _run(text: str) -> tuple[int, str]:
    """Run one command as it would be typed, warnings confirmed; answer its exit status and what it said."""
    from cli.main import run

    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = run([*shlex.split(text), "--yes"])
    return status, said.getvalue()
