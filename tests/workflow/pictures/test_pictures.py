"""Pictures say what they show to everybody: in words, in black and white, on a phone; and nothing in them does harm."""

from dataclasses import replace
from itertools import combinations
from math import hypot

import pytest

from models.states import Sector
from tests.cli.hostile import HOSTILE, strange
from tests.workflow.pictures.seen import faults, ids, read, seats, told, words_in
from tests.workflow.pictures.shown import AROUND, ASIDE, DAY, DIVIDED, OVER_TIME, PICTURES, STANDING, named
from workflow.language.languages import LANGUAGES
from workflow.pictures import elements
from workflow.pictures.heat_map import StalledTables, StandingStill, heat_map
from workflow.pictures.lettering import width_of, wrapped
from workflow.pictures.lifecycle import lifecycle
from workflow.pictures.palette import FAINT, INK, PAPER, PATTERNS
from workflow.pictures.round_table import TABLE, Seats, places, round_table
from workflow.pictures.timeline import timeline
from workflow.pictures.work import WorkDivided, WorkOf, actions_by_party


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_whole_labelled_and_within_its_sheet(name, language):
    svg = PICTURES[name](language)

    assert faults(svg) == []
    assert read(svg).get("lang") == language


def test_what_is_wrong_with_a_picture_would_be_found():
    svg = PICTURES["actions"]("en")

    spoilt = {
        "outside: Actions by party": svg.replace('x="12" y="30"', 'x="300" y="30"', 1),
        "no role or language": svg.replace('role="img"', 'role="none"'),
        "not labelled by its title and description": svg.replace("-title actions-", "-titel actions-"),
        "too small: overdue 3": svg.replace('font-size="13">overdue 3', 'font-size="9">overdue 3'),
        "nothing goes by": svg.replace("url(#actions-", "url(#other-", 1),
        "attribute: onclick": svg.replace("<rect ", '<rect onclick="x()" ', 1),
        "element: script": svg.replace("</svg>", "<script/></svg>"),
        "address: ": svg.replace('fill="#ffffff"', 'fill="url(https://example.org/)"', 1),
    }

    assert {
        fault: [each for each in faults(text) if each.startswith(fault)] != [] for fault, text in spoilt.items()
    } == dict.fromkeys(spoilt, True)


def test_many_pictures_stand_in_one_page_with_no_id_twice():
    pictures = [draw(language) for draw in PICTURES.values() for language in LANGUAGES]

    names = [name for svg in pictures for name in ids(read(svg))]

    assert len(names) == len(set(names))


def test_the_same_is_drawn_the_same():
    assert [draw("fi") for draw in PICTURES.values()] == [draw("fi") for draw in PICTURES.values()]


# Told in words


@pytest.mark.parametrize(
    ("name", "title", "sentences"),
    [
        (
            "round_table",
            "Around the table: Keuruun kumppanuuspöytä.",
            [
                "At the table “Keuruun kumppanuuspöytä”, 3 sectors of 9 have a seat.",
                "Association: Keurusseudun sydänyhdistys and Keuruun Ystäväntupa.",
                "Without an organisation: 1.",
                "Nobody yet from: wellbeing services county, state, village, residents, company and education.",
                "The shared goal: “Kyyti kaikille kyliltä”.",
                "2 actions have been agreed on together; done: 1.",
            ],
        ),
        (
            "lifecycle",
            "T3 Kyydit kyliltä: where it stands.",
            [
                "T3 has been in the state “convened” since 1 February 2016.",
                "Reached on 11 January 2016: proposed.",
                "The next state is: agenda set.",
                "It comes there with meeting M7, which is now: convened.",
                "2 things stand before the next step of the meeting.",
                "There is nothing on the agenda of meeting M7 yet.",
                "Are you sure? There is no goal yet, not even a draft: T3.",
            ],
        ),
        (
            "timeline",
            "S2 Kyydit kyliltä: its meetings over time.",
            [
                "On 20 May 2016, meetings held: 2; ahead: 2.",
                "Meetings meant in all: 5.",
                "Meeting M4, 10 February 2016: completed; present: 12.",
                "Meeting M5, 9 March 2016: cancelled.",
                "Meeting M8, no day yet: planned.",
                "The days between them: 28, 72 and 25.",
            ],
        ),
        (
            "stalled",
            "What stands still at the tables on 20 May 2016, in days.",
            [
                "On 20 May 2016, something stands still at 2 tables of 5.",
                "Keuruun kumppanuuspöytä: there is no convener, 200 days; work is overdue, 45 days; "
                "a memo is not sent out, 9 days.",
            ],
        ),
        (
            "actions",
            "Actions by party: Keuruun kumppanuuspöytä",
            [
                "On 20 May 2016, 13 actions have been divided: open 3, overdue 3, waiting 1, done 6.",
                "Keurusseudun sydänyhdistys: open 2, overdue 3, waiting 1, done 4.",
                "nobody in particular: open 1, overdue 0, waiting 0, done 0.",
            ],
        ),
    ],
)
def test_the_description_states_what_is_drawn(name, title, sentences):
    told_title, description = told(PICTURES[name]("en"))

    assert told_title == title
    assert [each for each in sentences if each not in description] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_every_number_of_a_picture_is_drawn_in_words(name, language):
    drawn = " ".join(words.text for words in words_in(PICTURES[name](language)))

    assert [each for each in NUMBERS[name] if each not in drawn] == []


NUMBERS = {
    "round_table": ["2"],
    "lifecycle": ["2016", "M7"],
    "set_aside": ["2016"],
    "timeline": ["12", "28", "72", "25", "3"],
    "stalled": ["200", "45", "9", "100"],
    "actions": ["2", "3", "1", "4", "0"],
}


# The round table


def test_a_sector_that_is_missing_has_an_empty_seat_with_its_name():
    found = {seat["words"]: seat["empty"] for seat in seats(round_table(AROUND, "fi"))}

    assert found["Kylä puuttuu"] is True
    assert found["Hyvinvointi- alue puuttuu"] is True
    assert found["Kunta 2"] is False
    assert len(found) == 9


def test_a_missing_sector_that_looked_like_the_others_would_be_found(monkeypatch):
    monkeypatch.setattr("workflow.pictures.round_table._frame", lambda x, y, taken: elements.element("rect", rx=14))

    assert [seat["empty"] for seat in seats(round_table(AROUND, "fi"))] == [False] * 9


@pytest.mark.parametrize("count", range(1, 11))
def test_seats_are_equal_and_none_hides_another_or_the_table(count):
    around = replace(AROUND, seats=tuple(Seats(sector, ("x",)) for sector in list(Sector)[:count]))

    found = seats(round_table(around, "en"))

    assert {(seat["width"], seat["height"]) for seat in found} == {(100, 76)}
    assert [pair for pair in combinations(found, 2) if _overlap(*pair)] == []
    assert [point for point in places(count) if _reaches_the_middle(*point)] == []


def _overlap(one, other):
    across, down = abs(one["x"] - other["x"]), abs(one["y"] - other["y"])
    return across < one["width"] and down < one["height"]


def _reaches_the_middle(x, y):
    """Whether the corner of a seat that is nearest to the middle comes far into the table."""
    nearest = (max(0, abs(x) - 50), max(0, abs(y) - 38))
    return hypot(nearest[0] / TABLE[0], nearest[1] / TABLE[1]) < 0.93


# Where things stand


def test_a_thing_that_was_set_aside_stands_beside_the_state_it_left():
    lines = [words.text for words in words_in(lifecycle(ASIDE, "en"))]

    assert lines.index("Convened") < lines.index("Now: suspended") < lines.index("Agenda set")
    assert "The next state is: convened." in lines
    assert "Nothing stands before it." in lines


@pytest.mark.parametrize("lacking", ["series", "meeting"])
def test_a_theme_with_no_meeting_says_so(lacking):
    shown = replace(STANDING, follows=None, before=(), lacks=lacking)

    words = {"series": "No series of meetings goes on for it.", "meeting": "No meeting of it is under way."}[lacking]
    assert words in told(lifecycle(shown, "en"))[1]


def test_at_the_end_nothing_comes_next():
    shown = replace(STANDING, state="results_reached", ahead=None, follows=None, before=())

    svg = lifecycle(shown, "en")

    assert "No state comes next." in told(svg)[1]
    assert "The next state" not in svg


def test_today_stands_between_the_past_and_what_is_ahead():
    lines = [words.text for words in words_in(timeline(OVER_TIME, "en"))]

    assert lines.index("20 May 2016") < lines.index("Today, 20 May 2016") < lines.index("14 June 2016")
    assert lines.index("14 June 2016") < lines.index("no day yet") < lines.index("a meeting that is not planned yet")


# Many, and none


def test_where_there_is_nothing_a_sentence_says_so():
    nothing = [
        heat_map(StalledTables(DAY, of=3), "en"),
        actions_by_party(WorkDivided(DAY), "en"),
        timeline(replace(OVER_TIME, meetings=(), planned=None), "en"),
        round_table(replace(AROUND, goals=(), actions=()), "en"),
    ]

    assert [fault for svg in nothing for fault in faults(svg)] == []
    assert "Nothing stands still on 20 May 2016." in nothing[0]
    assert "No work has been divided yet." in nothing[1]
    assert "No shared goal has been agreed on yet." in nothing[3]


def test_of_very_many_the_rest_is_counted_and_the_description_has_them_all():
    tables = tuple(StandingStill(f"Pöytä {n}", {f"cause_{n % 30}": n}) for n in range(200))
    parties = tuple(WorkOf(f"Taho {n}", open=n) for n in range(1, 200))

    stalled, divided = (
        heat_map(StalledTables(DAY, tables, 200), "en"),
        actions_by_party(WorkDivided(DAY, parties), "en"),
    )

    assert [*faults(stalled), *faults(divided)] == []
    assert "And 140 more." in stalled
    assert "And 159 more." in divided
    assert "Pöytä 199: cause_19, 199 days." in told(stalled)[1]
    assert "Taho 199: open 199," in told(divided)[1]


def test_causes_that_have_no_room_of_their_own_share_the_last_column():
    causes = {f"cause_{n}": n for n in range(1, 12)}

    lines = [words.text for words in words_in(heat_map(StalledTables(DAY, (StandingStill("Pöytä", causes),), 1), "en"))]

    assert [each for each in "ABCDEFGH" if each in lines] == list("ABCDEFG")
    assert any(line.startswith("G: the longest of these: cause_") for line in lines)


# For the colour-blind, in print


def test_no_two_fillings_look_alike_without_their_colours():
    assert len({filling.lines for filling in PATTERNS.values()}) == len(PATTERNS)


@pytest.mark.parametrize("ink", [INK, FAINT])
def test_letters_stand_out_from_the_paper(ink):
    assert (_light(PAPER) + 0.05) / (_light(ink) + 0.05) >= 4.5


def _light(colour):
    """How light a colour is, as WCAG 2.1 reckons."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# Words that others wrote

WORDS = {
    "script": "</text><script>alert(1)</script>",
    "end": "]]></svg><img src=x onerror=alert(1)>",
    "quotes": "\" onload='x' &amp; &#x3C;",
    "steering": HOSTILE,
    "not in XML": "a\ufffe\uffffb\x00\ud800",
    "turned round": "\u202eמתחפש\u202d",
    "long": "Keskisuomalainen " * 60,
    "one word": "Yhdistys" * 40,
    "wide": "漢" * 300,
    "marks": "Z" + "\u0301" * 300,
    "braces": "{0.__class__} {table} %s",
    "url": "url(https://example.org/x)",
    "empty": "",
    "spaces": "   ",
}


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_whatever_a_name_holds_does_no_harm_and_stays_on_the_sheet(word):
    pictures = {name: draw("fi") for name, draw in named(word).items()}

    assert {name: found for name, svg in pictures.items() if (found := faults(svg))} == {}
    assert {name: found for name, svg in pictures.items() if (found := strange(svg))} == {}


def test_a_name_that_was_not_made_harmless_would_be_found(monkeypatch):
    monkeypatch.setattr(elements, "MEANT", {})

    with pytest.raises(SyntaxError):
        faults(named("<b>")["actions"]("en"))


def test_words_that_are_broken_lose_no_letter():
    name = "Kyläyhdistystenliitonkansliassa ja muualla"

    lines = wrapped(name, 90, 14, lines=9)

    assert max(width_of(line, 14) for line in lines) <= 90
    assert "".join(line.removesuffix("-") for line in lines).replace(" ", "") == name.replace(" ", "")


def test_what_is_left_out_is_seen():
    lines = wrapped("Keurusseudun sydänyhdistys ja Keuruun seurakunta", 90, 14, lines=2)

    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert max(width_of(line, 14) for line in lines) <= 90


def test_a_bar_is_as_long_as_its_numbers():
    svg = actions_by_party(DIVIDED, "en")

    bars = [float(node.get("width", "0")) for node in read(svg).iter() if node.get("stroke-width") == "1.5"]

    assert [round(each / bars[0], 2) for each in bars[:4]] == [1, 0.67, 0.33, 1.33]
