"""The page about the table book: a text for whoever keeps one, an example, and tables of every key."""

from collections.abc import Iterable, Mapping
from textwrap import dedent

from workflow.details import PARTY_TAKES, Detail
from workflow.exchange.nodes import MOST_BYTES, MOST_DEPTH, MOST_LETTERS, MOST_PARTS
from workflow.exchange.parts import MOST_ROWS, MOST_STEPS
from workflow.exchange.shape import (
    AUTOMATIC,
    CHILDREN,
    COORDINATES,
    HOW,
    PARTIES,
    PLURALS,
    UNDOING,
    WHICH,
    choices_of,
    creation_of,
    details_at,
    steps_of,
)
from workflow.lifecycles import PAGE
from workflow.values import Choice, Day, Flag, Kind, Many, Number, Pair, Thing, TimeOfDay, When

EXAMPLE = """\
poyta: table-book/1

organisations:
  - {name: Keuruun kaupunki, sector: municipality}
  - {name: Keuruun seurakunta, sector: parish}
  - {name: Keurusseudun sydänyhdistys, sector: association}

people:
  - {name: Kirjastotoimenjohtaja, organisation: Keuruun kaupunki}
  - {name: Yhdistyksen sihteeri, organisation: Keurusseudun sydänyhdistys}

projects:
  - {name: Kehitytään kimpassa, funder: RAY, begins: 2014-01-01}

tables:
  - short: keuruu
    name: {fi: Keuruun kumppanuuspöytä, sv: Keuru partnerskapsbord}
    languages: [fi, sv]
    kind: network
    rhythm: monthly
    project: Kehitytään kimpassa
    responsible: Kirjastotoimenjohtaja
    on: 2015-01-10
    steps:
      - seat: {person: Kirjastotoimenjohtaja, role: convener}
      - seat: {person: Kirjastotoimenjohtaja, role: chair}
      - seat: {person: Yhdistyksen sihteeri, role: secretary}
      - seat: {organisation: Keuruun seurakunta}
      - found: {on: 2015-02-01, decided_by: kaupunginhallitus, paragraph: "§ 12"}
    themes:
      - title: Ikäihmisten yksinäisyys
        proposer: Keuruun seurakunta
        on: 2016-01-12
        steps:
          - goal: {on: 2016-02-10, goal: Kukaan ei jää yksin, agreed_in: m1,
                   parties: [Keuruun kaupunki, Keuruun seurakunta, Keurusseudun sydänyhdistys]}
          - evaluate: {on: 2016-06-01, evaluation: Kahvihetket jatkuvat omin voimin.}
          - tell_proposer
        series:
          - planned_meetings: 1
            steps:
              - reach_results: 2016-06-01
            meetings:
              - ref: m1
                when: 10.2.2016 klo 17-18.30
                place: Keuruun kirjasto
                steps:
                  - convene: {on: 2016-01-20, channel: open_call}
                  - set_agenda: 2016-02-01
                  - hold:
                      present: [Kirjastotoimenjohtaja, Keuruun seurakunta]
                      arrived: {Keuruun seurakunta: 17.15}
                      count: {association: 12, residents: 5}
                  - assign_actions
                  - complete: 2016-02-20
                memos:
                  - on: 2016-02-11
                    steps:
                      - edit: {entry: agreed, text: Jokainen järjestää yhden kahvihetken.}
                      - circulate: {on: 2016-02-12, silent_until: 2016-02-19}
                      - confirm: 2016-02-20
                items:
                  - title: Kahvia ja kohtaamisia
                    origin: association
                    steps:
                      - accept
                      - settle: {outcome: agreed, agreed: Jokainen järjestää yhden kahvihetken.}
                    actions:
                      - what: Ensimmäinen kahvihetki
                        to: Keuruun seurakunta
                        due: 2016-03-15
                        steps:
                          - report_done: 2016-03-10
                          - close: {on: 2016-03-20, outcome: Paikalla oli 31 ihmistä.}
        results:
          - {title: Kahvia ja kohtaamisia, kind: event, on: 2016-05-20}
"""

_TEXT = """\
# The table book

A table book tells the life of partnership tables in one text file: who takes part, who sits where, the themes, the
meetings with their agenda, attendance and actions, and the results, **each with the day on which it happened**. Any
text editor will do. `poyta import FILE...` reads books in, `poyta export` writes them out, and what was written out
reads back in to the same content.

Reading in a book is not a way around the rules. Every step passes the same gate as one typed by hand, is judged by
the roles of its own day, and is refused with the same reasons. All of a book is read in, or nothing: every error is
told with its file, line and field, and `--dry-run` shows what the book would do. What is only a warning counts as
confirmed and is counted in the summary.

The JSON Schema for editors is [table-book.schema.json](table-book.schema.json). This page and the schema are made
from the program.

## An example

```yaml
{example}```

## How it is written

- The file is YAML or JSON, in UTF-8. Every value is taken as it is written: `no`, `17:30` and `1.10` are what they
  look like. Anchors, aliases and tags are refused; so is the same key twice. What is read in at once has at most
  {bytes} MB, {parts} parts in a file, {depth} levels, {letters} letters in a value, {rows} people, organisations,
  things and steps, and {steps} steps of one thing. `poyta import -` reads what another program writes.
- **Days** are written 2016-02-10 or 10.2.2016, times 17 or 17.30, a meeting's time 10.2.2016 klo 17-18.30. Nothing may
  lie in the future.
- **Names**: people, organisations, projects and tables go by their whole names. An organisation, person or project
  that is known already by the same name is the same one. A name that two people share can't be used: give each a
  `ref`, and use that.
- **Handles**: anything may have a `ref`, a short word by which other places in the book mean it, such as
  `agreed_in: m1`. A handle is of its own file; where several books are read in together, one that only one of them has
  can be used by the others, too.
- **Lists** are written `[a, b]` or one below another. Names with what is said of them are written
  `{{Keuruun seurakunta: 17.15}}`.
- **Several languages**: where a text may be translated, write `{{fi: ..., sv: ...}}`. The first of the table's
  `languages` is the main text.

A thing (a table, theme, series, meeting, item, action or result) has the keys that its beginning may be told, and
under `steps` everything that happened to it since, in order. A step is the name of the move, with its day or with
everything it is told:

```yaml
steps:
  - accept
  - complete: 2016-02-20
  - goal: {{on: 2016-02-10, goal: Kukaan ei jää yksin, agreed_in: m1}}
```

What follows by itself is **not** written down: the milestones of series and themes, matters going back to the theme,
copies of matters that are carried over, the matter about open work that the program puts on the agenda, and the draft
of a referral. If something happened to one of them, name it: `follow_up: true` under the meeting, `drafted: true` among
the referrals of the matter, or `carried_from:` and the handle of the first matter, with its steps. A theme that reaches
its results because its last series did may be written down with the same day, or left out.

### When nothing is said

| what is missing | what is taken |
|---|---|
| `on` of a step | the day of the step before it |
| `on` of `hold` | the day for which the meeting was called |
| `on` of an agenda item | the day on which the agenda was set |
| `on` of `settle`, and of an action or a referral under a meeting | the day on which the meeting was held |
| `on` of anything else | the day on which what it is under began; a table needs one |
| `by` | whoever held, on that day, the first role that the move is for; for a new table its first convener |

What happened on one day is taken in its natural order: seats before founding, the agenda before the meeting, the
meeting before what was agreed in it, actions before the end of the meeting. Where that is not how it was, give
`number`s: they are the order of everything in the file that has one. `poyta export` gives numbers only where the
days alone would tell another order.

### Beside the details

{how}

Matters that the program makes by itself:

{automatic}

A step `undo` takes back the newest move of a thing with all that followed; it may be told {undoing}.

## Who takes part

{parties}

`coordinators` (each with `project` or `area`):

{coordinators}

"""


def book_reference() -> str:
    """The whole page, as Markdown."""
    text = dedent(_TEXT).format(
        example=EXAMPLE,
        bytes=MOST_BYTES // 1024 // 1024,
        parts=f"{MOST_PARTS:,}",
        depth=MOST_DEPTH,
        letters=f"{MOST_LETTERS:,}",
        rows=f"{MOST_ROWS:,}",
        steps=f"{MOST_STEPS:,}",
        how=_table(("key", "what it says"), ((f"`{name}`", text) for name, text in HOW.items())),
        automatic=_table(
            ("key", "what it says"), ((f"`{name}`", text) for name, text in {**AUTOMATIC, **WHICH}.items())
        ),
        undoing=", ".join(f"`{name}`" for name in UNDOING),
        parties="\n\n".join(_party(key, kind) for key, kind in PARTIES.items()),
        coordinators=_table(("key", "value"), ((f"`{name}`", _value(kind)) for name, kind in COORDINATES.items())),
    )
    return text + "\n\n".join(_kind(kind) for kind in PLURALS)


def _keys(texts: Mapping[str, str]) -> str:
    return _table(("key", "what it says"), ((f"`{name}`", text) for name, text in texts.items()))


def _party(key: str, kind: str) -> str:
    return f"`{key}`:\n\n{_details(PARTY_TAKES[kind])}"


def _kind(kind: str) -> str:
    """One kind of thing: what its beginning is told, what is under it, and its steps."""
    under = ", ".join(f"`{key}`" for key in CHILDREN[kind])
    moves = [f"### `{name}`\n\n{_made_of(kind, name)}" for name in steps_of(kind)]
    parts = [f"## `{PLURALS[kind]}`", _made_of(kind, creation_of(kind))]
    return "\n\n".join([*parts, *([f"Under it: {under}."] if under else []), *moves])


def _made_of(kind: str, move: str) -> str:
    made = PAGE[kind].moves[move]
    who = ", ".join(role.value for role in made.by)
    reason = " A `reason` is needed." if made.reason else ""
    details = list(details_at(kind, move).values())
    return f"By: {who}.{reason}" + (f"\n\n{_details(details)}" if details else "")


def _details(details: Iterable[Detail]) -> str:
    return _table(
        ("key", "what it says", "value"),
        ((f"`{each.name}`{' (needed)' if each.required else ''}", each.help, _value(each.kind)) for each in details),
    )


def _value(kind: Kind) -> str:
    if isinstance(kind, Many):
        return f"{{{_value(kind.one)}}}" if isinstance(kind.one, Pair) else f"[{_value(kind.one)}, ...]"
    if isinstance(kind, Pair):
        return f"{_value(kind.left)}: {_value(kind.right)}"
    if isinstance(kind, Choice):
        return ", ".join(f"`{code.value}`" for code in choices_of(kind))
    if isinstance(kind, Thing):
        return " or ".join(kind.kinds)
    return next((word for each, word in VALUES if isinstance(kind, each)), "text")


VALUES: tuple[tuple[type[Kind], str], ...] = (
    (Number, "number"),
    (Flag, "yes or no"),
    (Day, "day"),
    (When, "day and time"),
    (TimeOfDay, "time"),
)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
