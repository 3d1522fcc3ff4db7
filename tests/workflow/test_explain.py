"""What is explained of the page is the page: all of it, once, in each language."""

import json
import re
from collections import Counter

import pytest

from models.states import Level
from workflow.explain import as_document, as_markdown, as_mermaid, as_text
from workflow.language.languages import LANGUAGES
from workflow.language.speech import speech
from workflow.lifecycle import Back
from workflow.lifecycles import PAGE
from workflow.stalled.causes import CAUSES

KINDS = list(PAGE.lifecycles)
BOXES = re.compile("[\u2500-\u257f|+]")

ARROW = re.compile(r"(\S+) --> (\S+)(?: : (.+))?")
INSIDE = re.compile(r"(\w+) : (.+)")
NODE = re.compile(r'(\w+)\["(.+)"\]')
FOLLOWS = re.compile(r'(\w+) (-->|==>|-\.->)(?:\|"[^"]+"\|)? (\w+)')


def code_in(label: str) -> str:
    """The code of a label: in its brackets, or the label itself."""
    return label.rpartition("(")[2].removesuffix(")")


def lines_of(text: str, beginning: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith(beginning)]


# As text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_text_names_every_state_move_and_promise_of_a_kind_by_word_and_code(kind, language):
    spoken, life = speech(language), PAGE[kind]

    text = as_text(PAGE, kind, spoken)

    for state in life.states:
        assert spoken.state(kind, state) in text
        assert state in text
    for name in life.moves:
        assert spoken.move(kind, name) in text
        assert name in text
    for made in life.promises.values():
        for promise in made:
            assert spoken.promise(promise.guard) in text
            assert promise.code in text


@pytest.mark.parametrize("kind", KINDS)
def test_each_promise_has_a_line_of_its_own_that_says_of_which_state_and_how_strict_it_is(kind):
    strictness = {Level.REFUSE: "The convener can override it", Level.WARN: "a warning", Level.OFF: "a house rule"}
    promises = [(state, each) for state, made in PAGE[kind].promises.items() for each in made]

    lines = lines_of(as_text(PAGE, kind), "Promise of")

    for line, (state, promise) in zip(lines, promises, strict=True):
        assert line.startswith(f"Promise of “{speech('en').state(kind, state)}”: ")
        assert line.endswith(f"Its code: {promise.code}.")
        assert ("Nobody can waive it" if promise.fixed else strictness[promise.level]) in line


def test_a_promise_that_is_not_asked_of_some_tables_says_of_which():
    (line,) = [each for each in as_text(PAGE, "theme").splitlines() if "residents_or_associations_seated" in each]

    assert "is not asked of: networking table without residents." in line


@pytest.mark.parametrize("kind", KINDS)
def test_each_move_has_a_line_that_says_who_and_whether_a_reason_is_needed_and_it_can_be_undone(kind):
    text = as_text(PAGE, kind)
    lines = {code_in(line.partition(": ")[2].partition(". ")[0]): line for line in lines_of(text, ("Move", "Event"))}

    assert set(lines) == set(PAGE[kind].moves)
    for name, made in PAGE[kind].moves.items():
        assert lines[name].startswith("Event" if made.to is None else "Move")
        assert ("A reason is needed." in lines[name]) is made.reason
        assert ("It can't be undone." in lines[name]) is made.final
        assert ("it follows another move" in lines[name]) is made.follows
        assert ("back to where it was" in lines[name]) is isinstance(made.to, Back)
        assert made.follows or f"Who may: {speech('en').who(made.by)}." in lines[name]


def test_the_text_says_what_follows_what_and_of_which():
    lines = lines_of(as_text(PAGE), "When: ")

    for line, follow in zip(lines, PAGE.follow_ons, strict=True):
        assert f"({follow.cause})" in line
        assert f"({follow.then})" in line
        assert speech("en").promise(follow.of) in line
        assert ("if its promises hold" in line) is follow.if_promises_hold
        assert ("something new" in line) is follow.creates


def test_the_text_of_one_kind_says_what_drives_it_and_what_it_drives():
    text = as_text(PAGE, "theme")

    assert "When: meeting series, convene (series convene). Then: theme, convene (theme convene)." in text
    assert "When: theme, suspend (theme suspend). Then: meeting series, suspend (series suspend)." in text
    assert "item settle" not in text


def test_the_text_of_a_kind_that_nothing_drives_says_nothing_of_it():
    assert "What follows what" not in as_text(PAGE, "result")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_draws_no_boxes(language):
    assert not BOXES.search(as_text(PAGE, speech=speech(language)))


# As diagrams


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_diagram_has_every_edge_of_the_page_once(kind, language):
    life = PAGE[kind]

    head, *lines = as_mermaid(PAGE, kind, speech(language)).splitlines()

    arrows = Counter(match.groups() for line in lines if (match := ARROW.search(line)))
    drawn = Counter({(source, code_in(label), to): n for (source, to, label), n in arrows.items() if to != "[*]"})
    ended = {source for source, to, _ in arrows if to == "[*]"}
    assert head == "stateDiagram-v2"
    assert drawn == Counter(
        (edge.source or "[*]", edge.move.name, edge.to) for edge in life.edges if edge.move.to is not None
    )
    assert ended == life.ends


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_diagram_has_every_event_once_inside_each_state_that_it_leaves_as_it_is(kind, language):
    life = PAGE[kind]

    lines = as_mermaid(PAGE, kind, speech(language)).splitlines()

    inside = [match.groups() for line in lines if (match := INSIDE.fullmatch(line.strip()))]
    for state in life.states:
        name, *events = [code_in(label) for source, label in inside if source == state]
        assert name == state
        assert events == [each.name for each in life.moves_from(state) if each.to is None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_of_the_whole_page_has_every_follow_on_once_and_draws_how(language):
    head, *lines = as_mermaid(PAGE, speech=speech(language)).splitlines()

    nodes = {match[1]: code_in(match[2]) for line in lines if (match := NODE.fullmatch(line.strip()))}
    drawn = [match.groups() for line in lines if (match := FOLLOWS.fullmatch(line.strip()))]
    expected = [
        (
            each.cause.replace(" ", "_"),
            "==>" if each.creates else "-.->" if each.if_promises_hold else "-->",
            each.then.replace(" ", "_"),
        )
        for each in PAGE.follow_ons
    ]
    assert head == "flowchart LR"
    assert Counter(drawn) == Counter(expected)
    assert {name for source, _, to in drawn for name in (source, to)} == nodes.keys()
    assert all(name.endswith(f"_{move}") for name, move in nodes.items())


# As tables


def test_the_page_of_tables_has_a_diagram_for_each_kind_and_one_for_all():
    diagrams = re.findall(r"```mermaid\n(.*?)\n```", as_markdown(PAGE), re.DOTALL)

    assert diagrams == [*(as_mermaid(PAGE, kind) for kind in KINDS), as_mermaid(PAGE)]


def test_the_tables_have_a_row_for_each_promise_move_follow_on_and_cause():
    text = as_markdown(PAGE)
    rows = [row for row in re.findall(r"^\| (.*) \|$", text, re.MULTILINE) if not row.startswith("---")]

    promises = sum(max(1, len(made)) for life in PAGE.lifecycles.values() for made in life.promises.values())
    moves = sum(len(life.moves) for life in PAGE.lifecycles.values())
    headings = 2 * len(KINDS) + 2
    assert len(rows) == promises + moves + len(PAGE.follow_ons) + len(CAUSES) + headings
    for follow in PAGE.follow_ons:
        assert f"| `{follow.cause}` | `{follow.then}` | {speech('en').promise(follow.of)} |" in text
    assert PAGE.version in text


def test_every_row_of_a_table_has_as_many_cells_as_its_heading():
    for table in re.findall(r"(?:^\|.*\|\n?)+", as_markdown(PAGE), re.MULTILINE):
        widths = {line.count(" | ") for line in table.splitlines()}
        assert len(widths) == 1


# As a document


def test_the_document_says_all_that_the_page_declares_in_codes():
    document = json.loads(json.dumps(as_document(PAGE)))

    assert document["version"] == PAGE.version
    for told, life in zip(document["lifecycles"], PAGE.lifecycles.values(), strict=True):
        assert told["kind"] == life.kind
        assert told["starts"] == life.starts
        assert told["path"] == list(life.path)
        assert set(told["ends"]) == life.ends
        assert [
            (each["state"], made["code"], made["level"], made["fixed"], made["off_for"])
            for each in told["states"]
            for made in each["promises"]
        ] == [
            (state, made.code, made.level, made.fixed, sorted(made.off_for))
            for state, promised in life.promises.items()
            for made in promised
        ]
        for move, made in zip(told["moves"], life.moves.values(), strict=True):
            assert move["move"] == made.name
            assert set(move["from"]) == made.sources
            assert move["to"] == (None if isinstance(made.to, Back) else made.to)
            assert move["back"] is isinstance(made.to, Back)
            assert move["event"] is (made.to is None)
            assert move["by"] == list(made.by)
            assert (move["creates"], move["reason"], move["final"]) == (made.creates, made.reason, made.final)
    assert [(each["when"], each["then"], each["of"]) for each in document["follow_ons"]] == [
        (each.cause, each.then, each.of.__name__) for each in PAGE.follow_ons
    ]


def test_the_document_of_one_kind_says_what_drives_it_and_what_it_drives():
    document = as_document(PAGE, "item")

    assert [each["kind"] for each in document["lifecycles"]] == ["item"]
    assert {each["when"] for each in document["follow_ons"]} == {
        "meeting cancel",
        "meeting set_agenda",
        "item submit",
        "item settle",
    }
