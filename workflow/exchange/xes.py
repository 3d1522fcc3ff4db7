"""The history as an event log of the older kind: XES, IEEE 1849-2016, with a trace for each theme.

A trace holds all that happened to the theme, its series, meetings, matters, actions and results, in the order in which
it happened. What belongs to no theme is not in it: a table's own life, people and organisations.
"""

import re
from collections.abc import Iterator

from models.reading import Row
from workflow.exchange.events import Event, History
from workflow.language.visible import escaped_in_xml

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<global scope="trace">
<string key="concept:name" value=""/>
</global>
<global scope="event">
<string key="concept:name" value=""/>
<string key="concept:instance" value=""/>
<string key="lifecycle:transition" value="complete"/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000000Z"/>
</global>
<classifier name="Move" scope="event" keys="concept:name"/>
"""

PARTS = ("v_series", "v_meetings", "v_memos", "v_items", "v_rotas", "v_actions", "v_referrals", "v_results")
"""Where the parts of a theme are read."""

TAGS = {"string": "string", "time": "date", "integer": "int", "boolean": "boolean"}
"""What XES calls the types of values."""


def write_xes(history: History) -> Iterator[str]:
    """The whole document, trace by trace."""
    yield HEAD
    for theme in history.reader.rows("v_themes", order="id"):
        if not history.tables or theme["table_ref"] in history.tables:
            yield from _trace(history, theme)
    yield "</log>\n"


def _trace(history: History, theme: Row) -> Iterator[str]:
    rows = [row for view in PARTS for row in history.reader.rows(view, theme_ref=theme["ref"])]
    streams = [f"{row['kind']}:{row['id']}" for row in (theme, *rows)]
    yield "<trace>\n"
    yield _attribute("string", "concept:name", theme["ref"])
    yield _attribute("string", "table", theme["table_ref"])
    if history.with_words:
        yield _attribute("string", "title", theme["title"])
    for event in sorted(history.events_of(streams), key=lambda event: event.happened_at):
        yield from _event(event)
    yield "</trace>\n"


def _event(event: Event) -> Iterator[str]:
    yield "<event>\n"
    yield _attribute("string", "concept:name", event.type)
    yield _attribute("string", "concept:instance", event.thing)
    yield _attribute("string", "lifecycle:transition", "complete")
    yield _attribute("date", "time:timestamp", event.happened_at)
    yield _attribute("string", "entry_id", event.id)
    if event.actor:
        yield _attribute("string", "org:resource", event.actor)
    if event.role:
        yield _attribute("string", "org:role", event.role)
    for name, value, type in event.attributes():
        yield _attribute(TAGS[type], name, value)
    for fact in event.facts:
        if fact.only_refers:
            yield _attribute("string", fact.name, fact.value)
    yield "</event>\n"


def _attribute(tag: str, key: str, value: str) -> str:
    return f"<{tag} key={_quoted(key)} value={_quoted(value)}/>\n"


def _quoted(text: str) -> str:
    """Text as the value of an XML attribute: the one place where it is escaped."""
    writable = _UNWRITABLE.sub("\ufffd", text)  # the sign that stands for what is not known
    return f'"{escaped_in_xml(writable.translate(_ESCAPED))}"'


_ESCAPED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
)

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no XML document may hold, however it is escaped, and what steers terminals."""
