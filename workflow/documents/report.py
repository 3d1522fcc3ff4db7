"""The coordinator's report: over many tables, what stands still and why, and how the tables do beside one another."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from models.kept import moment_of
from models.reading import Reader
from workflow.comparing import Compared, compared
from workflow.days import local_day
from workflow.documents.content import Block, Document, Grid, Head, Line, Listed, Pairs, Part, Picture, Words
from workflow.documents.gathering import Gathered, Reading
from workflow.language.causes import called, how_long, whose_turn, why
from workflow.language.dates import say_day
from workflow.language.side_by_side import sections
from workflow.language.words import N_
from workflow.pictures.gathering import stalled_tables, work_divided
from workflow.pictures.heat_map import heat_map
from workflow.pictures.work import actions_by_party
from workflow.stalled.sorting import longest_first
from workflow.stalled.verdicts import Verdict, Wanted, verdicts
from workflow.stalled.watching import Sign

AT_LENGTH = 100
"""So many that stand still are told with every cause; of more, the report says how many there are."""

MORE = N_("The list goes on: {n} in all. All of them are told by: poyta audit stalled.")


class Scope(NamedTuple):
    """Of which tables, as it stood when; `past` where that day is over and only the history tells of it."""

    wanted: Wanted
    day: date
    past: bool = False


def report(reader: Reader, scope: Scope, reading: Reading) -> Document:
    """The report on the tables in its scope."""
    gathered = Gathered(reader, reading)
    found = list(longest_first(verdicts(reader, scope.day, past=scope.past, wanted=scope.wanted)))
    tables = list(compared(reader, scope.day, scope.wanted))
    return Document(
        gathered.language,
        gathered.say(N_("How the partnership tables go on")),
        Head(_sender(gathered, scope), gathered.say(N_("Report")), say_day(scope.day, gathered.language)),
        [
            _at_a_glance(gathered, scope, found),
            _standing_still(gathered, scope, found),
            _side_by_side(gathered, tables),
            *_work(gathered, scope, tables),
        ],
        gathered.foot("poyta audit report"),
    )


def _sender(gathered: Gathered, scope: Scope) -> Words:
    """The area or the project, where the report is of one."""
    if scope.wanted.project is not None:
        return str(gathered.reader.rows("v_projects", id=scope.wanted.project)[0]["name"])
    return scope.wanted.area or ""


def _at_a_glance(gathered: Gathered, scope: Scope, found: Sequence[Verdict]) -> Part:
    seen = stalled_tables(gathered.reader, scope.day, past=scope.past, wanted=scope.wanted)
    themes = sum(1 for each in found if each.kind == "theme")
    pairs: list[tuple[str, Words]] = [
        (gathered.say(N_("Tables")), str(seen.of)),
        (gathered.say(N_("Tables at which something stands still")), str(len(seen.tables))),
        (gathered.say(N_("Themes that stand still")), str(themes)),
    ]
    blocks: list[Block] = [Pairs(pairs)]
    if seen.tables:
        blocks.append(_picture(heat_map(seen, gathered.language)))
    return Part(gathered.say(N_("At a glance")), blocks)


def _picture(svg: str) -> Picture:
    """A drawing, with what it says of itself for those who do not see it."""
    from html import unescape
    from re import DOTALL, search

    told = search(r"<desc[^>]*>(.*?)</desc>", svg, DOTALL)
    return Picture(svg, unescape(told[1]) if told else "")


# What stands still


def _standing_still(gathered: Gathered, scope: Scope, found: Sequence[Verdict]) -> Part:
    heading = gathered.say(N_("What stands still, the longest first"))
    if not found:
        return Part(heading, [Line(gathered.say("Nothing stands still on {day}.", day=scope.day))])
    blocks: list[Block] = [_list_of(gathered, found), *(_verdict(gathered, each) for each in found[:AT_LENGTH])]
    if len(found) > AT_LENGTH:
        blocks.append(Line(gathered.say(MORE, n=len(found))))
    return Part(heading, blocks)


def _list_of(gathered: Gathered, found: Sequence[Verdict]) -> Grid:
    say = gathered.say
    columns = (say(N_("Reference")), say(N_("Title")), say(N_("Table")), say(N_("Days")), say(N_("Whose turn")))
    tables = gathered.by_ref("table", "v_tables", (each.table for each in found))
    rows = [
        (
            each.ref,
            _title(gathered, each),
            gathered.said(tables[each.table], "name"),
            str(each.days),
            ", ".join(dict.fromkeys(called(gathered.speech, sign.holder) for sign in each.signs)),
        )
        for each in found
    ]
    return Grid(say(N_("Everything that stands still")), columns, rows, sortable=True)


def _verdict(gathered: Gathered, verdict: Verdict) -> Part:
    facts = {
        "title": _title(gathered, verdict),
        "ref": verdict.ref,
        "state": gathered.speech.state(verdict.kind, verdict.state),
        "since": say_day(local_day(moment_of(verdict.since)), gathered.language),
    }
    heading = gathered.say(N_("{title} ({ref}): {state}, since {since}"), **facts)
    return Part(heading, [Listed([item for sign in verdict.signs for item in _told(gathered, sign)])])


def _told(gathered: Gathered, sign: Sign) -> Iterator[str]:
    """Why, since when, whose turn it is, and what would move it on."""
    speech = gathered.speech
    yield " ".join([why(speech, sign), how_long(speech, sign), whose_turn(speech, sign.holder)])
    if sign.remedies:
        yield gathered.say(N_("What would move it on: {commands}"), commands="; ".join(sign.remedies))


def _title(gathered: Gathered, verdict: Verdict) -> str:
    return gathered.title_of(verdict.kind, verdict.ref, verdict.title)


# The tables


def _side_by_side(gathered: Gathered, found: Sequence[Compared]) -> Part:
    """The same rule on the same day for all of them."""
    told = [
        Grid(heading.rstrip(":"), columns, rows, sortable=True)
        for heading, columns, rows in sections(gathered.speech, found)
        if rows and len(columns) > 1
    ]
    return Part(gathered.say(N_("The tables side by side")), told)


def _work(gathered: Gathered, scope: Scope, found: Sequence[Compared]) -> Iterator[Part]:
    """Who has how much to do. Of a day that is over it is not drawn: the picture tells of today."""
    if not scope.past:
        divided = work_divided(gathered.reader, scope.day, tables=[each.table.slug for each in found])
        drawn = _picture(actions_by_party(divided, gathered.language))
        yield Part(gathered.say(N_("The work of each party")), [drawn])
