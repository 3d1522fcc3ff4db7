"""Looking through the whole database, and saying in plain words what is wrong with it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from cli.app import App, app
from cli.commands import Command
from cli.db import FINDINGS as OF_THE_DATABASE
from cli.output import line, write_json
from cli.seen import newest_seen
from models.checkpoints import Checkpoint
from workflow.days import local_day
from workflow.language.words import N_

if TYPE_CHECKING:
    from workflow.audit.findings import Finding
    from workflow.audit.verifying import Verdict

FINDINGS: Mapping[str, str] = {
    **OF_THE_DATABASE,
    "entry_changed": N_(
        "Entry {where} is not what was written: its hash does not fit it. Somebody has changed it, or the file was"
        " damaged."
    ),
    "chain_broken": N_(
        "Entry {where} does not follow the one before it. One of the two was changed, added or taken away afterwards."
    ),
    "entry_missing": N_("Before entry {where} something is missing, or has been put in its place."),
    "place_missing": N_("Before entry {where} there is a gap in the order of all entries: some were taken away."),
    "state_jumped": N_("Entry {where} begins where the thing did not stand: what led there is missing or was changed."),
    "cause_later": N_("Entry {where} names a cause that came after it, which can't be."),
    "rules_unknown": N_(
        "Entry {where} was made under rules that this poyta does not know: it was made by a newer one, or by nobody."
    ),
    "way_unknown": N_(
        "Entry {where} tells of a move that its own rules do not have: {move}. It did not come through poyta."
    ),
    "role_unknown": N_(
        "Entry {where} was made in a role that its own rules do not allow: {role}. It did not come through poyta."
    ),
    "origin_missing": N_(
        "The name that makes this database itself is gone, or there are several: no entry can be held against it."
    ),
    "tile_differs": N_(
        "The tree over all entries is not as it was (part {where}): entries or the tree itself were changed."
    ),
    "words_changed": N_("The words of entry {where} are not those that were written."),
    "words_missing": N_("The words of entry {where} are gone, and no erasure tells of it."),
    "words_added": N_("Entry {where} has words that it did not have when it was written."),
    "words_restored": N_("The words of entry {where} were erased, and are there again: somebody has put them back."),
    "thing_without_history": N_("{where} is there without any history: it did not come through poyta."),
    "thing_missing": N_("{where} is told of in the history, but is not there."),
    "entries_missing": N_(
        "{where} has had {had} entries, but the history holds {has}: the end of the history was cut off, or put back."
    ),
    "state_differs": N_(
        "{where} is kept as {state}, but its history says {told}: it was moved by other hands than poyta's."
    ),
    "since_differs": N_(
        "Where {where} came from, or since when it is in its state, is not what its history says: somebody changed it."
    ),
    "seats_differ": N_(
        "The seats of {where} are not those that its history tells of: somebody got a role, or lost one, by other hands"
        " than poyta's."
    ),
    "house_rules_differ": N_(
        "The house rules of {where} are not those that its history tells of: somebody changed what the table asks for."
    ),
    "detail_differs": N_(
        "{where} is not as its history told it last, in this: {detail}. It was changed by other hands than poyta's."
    ),
    "other_database": N_("This is another database than the one that was seen here before."),
    "less_than_seen": N_(
        "The history had {seen} entries when it was last seen here, and now has {size}: its end was cut off, or an"
        " older copy was put in its place."
    ),
    "other_than_seen": N_(
        "The first {seen} entries are not those that were seen here before: the history was written anew."
    ),
}
"""What each finding is, and what it could mean."""


def _act() -> int:
    from workflow.audit.verifying import verify

    run = app()
    with run.progress(N_("Looking through the history")) as progress:
        verdict = verify(run.place, newest_seen(run), progress)
    if run.json:
        _answer_json(run, verdict)
    elif verdict.findings:
        _answer_findings(run, verdict)
    else:
        _answer_well(run, verdict)
    return 6 if verdict.findings else 0


command = Command(
    "verify",
    callback=_act,
    help=N_(
        "Look through the whole history: whether it is what was written, follows its own rules, and everything is as"
        " it tells."
    ),
)


def _answer_json(run: App, verdict: "Verdict") -> None:
    findings = [
        {"code": each.code, "where": each.where, "since": each.since, "message": finding_line(run, each)}
        for each in verdict.findings
    ]
    write_json(
        {
            "ok": not findings,
            "error": "check_failed" if findings else None,
            "checked": dict(verdict.checked),
            "size": verdict.size,
            "root": verdict.root,
            "erased": dict(verdict.erased),
            "findings": findings,
            "more": dict(verdict.untold),
        }
    )


def _answer_well(run: App, verdict: "Verdict") -> None:
    say = run.speech.say
    line(
        say(
            "The history is whole: {entries} entries of {streams} things, and everything is as it tells.",
            **verdict.checked,
        )
    )
    _answer_erased(run, verdict)
    short = Checkpoint("", verdict.size, verdict.root).short
    line(say("Its root in short, as it stands in the foot of documents: {short}", short=short))


def _answer_findings(run: App, verdict: "Verdict") -> None:
    say = run.speech.say
    line(say("Something is wrong with the history in {place}:", place=run.shown_place), error=True)
    for each in verdict.findings:
        line("  " + finding_line(run, each), error=True)
    for code, more in verdict.untold.items():
        line("  " + say("{code}: {more} more like this.", code=code, more=more), error=True)
    _answer_erased(run, verdict)
    line(say("Nothing was changed. Keep the file as it is, and compare it with a backup: poyta db restore"), error=True)


def _answer_erased(run: App, verdict: "Verdict") -> None:
    for by, number in verdict.erased.items():
        facts = {"number": number, "by": by}
        told = run.speech.say("Words of {number} entries were erased, which entry {by} answers for.", **facts)
        line(told, error=bool(verdict.findings))


def finding_line(run: App, finding: "Finding") -> str:
    """What is wrong, where, since when, and what it could mean."""
    told = run.speech.say(FINDINGS[finding.code], where=finding.where, **finding.facts)
    if (day := _day_of(finding.since)) is None:
        return told
    return run.speech.say("{told} (It says of itself that it was recorded on {day}.)", told=told, day=day)


def _day_of(since: str | None) -> date | None:
    """The day that an entry tells of itself. Other hands may have written anything there."""
    try:
        return None if since is None else local_day(datetime.fromisoformat(since))
    except (ValueError, OverflowError):
        return None
