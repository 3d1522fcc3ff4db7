"""Beginning: a short walk through a table, its people and a first theme. Each question can be answered by an option."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.app import App, app
from cli.asking import ask
from cli.commands import Moving, Option
from cli.files import write_file
from cli.output import line, write_json
from models.place import DatabaseProblem, is_server
from models.states import Sector, TableKind
from workflow.errors import BadValue
from workflow.language.words import N_

if TYPE_CHECKING:
    from workflow.outcomes import How

QUESTIONS = (
    ("municipality", N_("MUNICIPALITY"), N_("Which municipality or area is the table for?"), ""),
    ("table", N_("NAME"), N_("What is the table called?"), "{municipality}: kumppanuuspöytä"),
    ("short", N_("NAME"), N_("A short name for it, to type:"), "{begun}"),
    ("kind", N_("KIND"), N_("What kind of table is it: thematic, area, network, appointed or networking?"), "thematic"),
    ("person", N_("NAME"), N_("What is your name?"), ""),
    ("organisation", N_("NAME"), N_("Which organisation do you speak for?"), "{municipality}"),
    ("sector", N_("SECTOR"), N_("Which sector is that?"), "municipality"),
    ("partner", N_("NAME"), N_("Another organisation at the table (empty: none yet):"), ""),
    ("partner_sector", N_("SECTOR"), N_("Which sector is that?"), "association"),
    ("theme", N_("TITLE"), N_("The first theme (empty: none yet):"), ""),
)
"""The option, what stands for its value, the question, and what is meant by an empty answer."""


def _act(**told: str | None) -> None:
    run = app()
    if not is_server(run.place) and Path(run.place).exists():
        raise DatabaseProblem("exists", place=run.shown_place)
    answers = _answers(run, told)
    _check(answers)
    _make(run, answers)
    _settings(run, answers)
    if run.json:
        write_json({"ok": True, "place": run.shown_place, "table": answers["short"]})
        return
    speech = run.speech
    line(speech.say("The table {name} is founded, with you as its convener and secretary.", name=answers["table"]))
    line(speech.say("All is kept in {place}", place=run.shown_place))
    line(speech.say("See how it stands: {command}", command="poyta status"))
    line(speech.say("What to do next: {command}", command="poyta next"))


command = Moving(
    "init",
    callback=_act,
    params=[
        Option([f"--{name.replace('_', '-')}", name], metavar=metavar, help=question)
        for name, metavar, question, _ in QUESTIONS
    ],
    help=N_("Begin: make the database, a table with its first people, and a theme. Asks what is not told."),
)


def _answers(run: App, told: dict[str, str | None]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for name, _, question, usual in QUESTIONS:
        default = usual.format(begun=_short(answers.get("municipality", "")), **answers) if usual else ""
        if name == "partner_sector" and not answers["partner"]:
            answers[name] = default
        elif told[name] is not None:
            answers[name] = str(told[name])
        elif run.asks:
            answers[name] = ask(run.speech.say(question), default)
        else:
            answers[name] = default
        if not answers[name] and name in ("municipality", "person"):
            raise BadValue("missing", name)
    return answers


def _short(municipality: str) -> str:
    from workflow.naming import fold

    letters = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in fold(municipality))
    return letters.strip("-") or "table"


def _check(answers: dict[str, str]) -> None:
    """Every answer is looked at before anything is made."""
    from workflow.values import Choice, Short, clean_text

    nothing: Any = None
    answers["kind"] = Choice(TableKind).read(answers["kind"], "kind", nothing)
    answers["short"] = Short().read(answers["short"], "short", nothing)
    for name in ("sector", "partner_sector"):
        answers[name] = Choice(Sector).read(answers[name], name, nothing)
    for name in ("municipality", "table", "person", "organisation"):
        answers[name] = clean_text(answers[name], name, 200)


def _make(run: App, answers: dict[str, str]) -> None:
    from cli.seen import begin
    from models.schema import making
    from workflow.outcomes import How

    how = How(on=run.on(), confirmed=True)
    with making(run.place):
        begin(run)
        _found(run, answers, how)


def _found(run: App, answers: dict[str, str], how: "How") -> None:
    """The first people, their table, and perhaps a theme, all at once."""
    from workflow.engine import make_move, make_new
    from workflow.parties import add_party

    with run.founding() as work:
        add_party(work, "organisation", {"name": answers["organisation"], "sector": answers["sector"]})
        organisation = answers["organisation"]
        work.actor = add_party(work, "person", {"name": answers["person"], "organisation": organisation})
        told = {
            "name": answers["table"],
            "short": answers["short"],
            "kind": answers["kind"],
            "rhythm": "thematic",
            "area": answers["municipality"],
            "languages": run.speech.language if run.speech.language != "en" else "fi",
            "responsible": answers["person"],
        }
        table = make_new(work, "table", None, told, how).made.row
        for role in ("convener", "secretary"):
            make_move(work, table, "seat", {"person": answers["person"], "role": role}, how)
        if answers["partner"]:
            add_party(work, "organisation", {"name": answers["partner"], "sector": answers["partner_sector"]})
            make_move(work, table, "seat", {"organisation": answers["partner"]}, how)
        make_move(work, table, "found", None, how)
        if answers["theme"]:
            make_new(work, "theme", table, {"title": answers["theme"]}, how)


def _settings(run: App, answers: dict[str, str]) -> None:
    """Remember who the person is, beside the database."""
    if is_server(run.place):
        return
    path = Path(run.place).absolute().parent / "poyta.toml"
    if path.exists():
        line(run.speech.say("Say who you are with --as, or in {place}", place=str(path)), error=True)
        return
    import json

    text = f'as = {json.dumps(answers["person"], ensure_ascii=False)}\nlang = "{run.speech.language}"\n'
    write_file(str(path), text, over=False)
