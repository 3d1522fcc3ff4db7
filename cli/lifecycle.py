"""The rules, as the page declares them: states, promises, moves, and what follows what."""

import click

from cli.app import app
from cli.commands import Argument, Command, Option
from cli.output import page, write_json
from workflow.errors import NotFound, Usage
from workflow.language.words import N_


def _act(kind: str | None, mermaid: bool, scxml: bool) -> None:
    from workflow.explain import as_document, as_mermaid, as_scxml, as_text
    from workflow.lifecycles import PAGE
    from workflow.naming import close_to

    run = app()
    kind = {"agenda": "item"}.get(kind or "", kind)
    if kind is not None and kind not in PAGE.lifecycles:
        raise NotFound("no_such_kind", reference=kind, close=close_to(kind, PAGE.lifecycles) or list(PAGE.lifecycles))
    if scxml and kind is None:
        raise Usage("scxml_of_one_kind", known=list(PAGE.lifecycles))
    if scxml and kind is not None:
        click.echo(as_scxml(PAGE, kind))
    elif mermaid:
        click.echo(as_mermaid(PAGE, kind, run.speech))
    elif run.json:
        write_json({"ok": True, "item": as_document(PAGE, kind)})
    else:
        page(as_text(PAGE, kind, run.speech))


command = Command(
    "lifecycle",
    callback=_act,
    params=[
        Argument(["kind"], required=False, metavar=N_("KIND")),
        Option(["--mermaid"], is_flag=True, help=N_("As a Mermaid diagram.")),
        Option(["--scxml"], is_flag=True, help=N_("As W3C SCXML, which other programs can run.")),
    ],
    help=N_("The rules of every kind of thing: its states, what each promises, its moves, and what follows them."),
)
