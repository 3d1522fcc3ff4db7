"""The coordinator's report over many tables, as text here or as files to be read, sent and printed."""

from cli.app import app
from cli.commands import Command, Option
from cli.looking import the_one
from cli.papers import LANGUAGES, forms, write_paper
from cli.stalled import day_meant
from workflow.language.words import N_


def _act(
    at: str | None, area: str | None, project: str | None, languages: tuple[str, ...], **files: str | None
) -> None:
    from workflow.documents.gathering import Reading
    from workflow.documents.report import Scope, report
    from workflow.stalled.verdicts import Wanted

    run = app()
    day = day_meant(run, at)
    with run.reader() as reader:
        number = int(the_one(reader, "project", project)["id"]) if project else None
        scope = Scope(Wanted(area=area, project=number), day, past=at is not None)
        wanted = [each for each in LANGUAGES if each in languages] or [run.speech.language]
        documents = [report(reader, scope, Reading(each, day)) for each in wanted]
    write_paper(run, documents, files)


command = Command(
    "report",
    callback=_act,
    params=[
        *forms(),
        Option(["--area"], metavar=N_("AREA"), help=N_("Only at the tables of this area.")),
        Option(["--project"], metavar=N_("PROJECT"), help=N_("Only at the tables that this project supports.")),
        Option(["--at"], metavar=N_("DATE"), help=N_("How it stood at the end of that day.")),
    ],
    help=N_("The report over many tables: what stands still and why, the tables side by side, and who does what."),
)
