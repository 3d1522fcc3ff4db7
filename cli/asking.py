"""Questions to the person at the terminal. Yes and no in three languages."""

import click

from cli.app import App
from cli.output import line
from workflow.errors import Usage
from workflow.language.letters import unfit
from workflow.language.visible import visible

YES = frozenset({"k", "kyllä", "kylla", "j", "ja", "y", "yes"})
NO = frozenset({"e", "ei", "n", "nej", "no"})


def confirm(app: App, question: str) -> bool:
    """Whether the person says yes. An empty answer is no."""
    speech = app.speech
    while True:
        typed = click.prompt(
            visible(f"{question} {speech.say('[y/n]')}"), default="", show_default=False, prompt_suffix=" ", err=True
        )
        answer = typed.strip().casefold()
        if answer in YES:
            return True
        if answer in NO or not answer:
            return False
        line(speech.say("Please answer y for yes or n for no."), error=True)


def ask(question: str, default: str = "") -> str:
    """What the person types, or the default. Raises Usage for what is no text."""
    asked = f"{visible(question)} [{visible(default, lines=False)}]" if default else visible(question)
    typed = str(click.prompt(asked, default=default, show_default=False, prompt_suffix=" ", err=True)).strip()
    if bad := unfit(typed):
        raise Usage("control_character", character=f"U+{ord(bad):04X}")
    return typed
