"""The trail of a matter: told from end to end, both ways, and with what is missing where it breaks off."""

import inspect
import re
import shutil
from itertools import product
from pathlib import Path

import pytest

from models.database import Database
from models.reading import open_reader
from models.states import ActionState, ItemState, MeetingState, ReferralState, SeriesState, ThemeState
from models.trail import KINDS, Link, Node, backward, forward
from tests.builders import (
    action_at,
    first_people,
    item_at,
    keuruu,
    meeting_at,
    new,
    referral_at,
    series_at,
    step,
    theme_at,
)
from tests.cli.conftest import NOW
from tests.cli.hostile import EXAMPLE, read_in, rewrite, text_of
from workflow.trails import loose_ends
from workflow.trails.diagram import escaped
from workflow.work import Work

EXAMPLES = EXAMPLE.parent


@pytest.fixture(scope="module")
def gatherings_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gatherings")
    return read_in((EXAMPLES / "keuruu.yaml").read_text(encoding="utf-8"), template_file, folder / "poyta.db")


@pytest.fixture(scope="module")
def bulletin_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bulletin")
    return read_in((EXAMPLES / "toivakka.yaml").read_text(encoding="utf-8"), template_file, folder / "poyta.db")


@pytest.fixture
def gatherings(on_file, file_place, gatherings_file):
    shutil.copy(gatherings_file, file_place)
    return on_file


@pytest.fixture
def bulletin(on_file, file_place, bulletin_file):
    shutil.copy(bulletin_file, file_place)
    return on_file


@pytest.fixture
def at_work(poyta, place):
    """The command line, and what brings things about in a table of Keuruu, on either database."""

    def build(doing):
        with Database(place).writing() as session:
            work = Work(session, first_people(session), NOW)
            table = keuruu(work)
            theme = theme_at(work, table, ThemeState.PROPOSED)
            series = series_at(work, theme, SeriesState.PLANNED)
            doing(work, series)
        return poyta

    return build


def refs(stops):
    return [stop["ref"] for stop in stops]


def ends_of(answer):
    return {end["ref"]: (end["code"], end["command"]) for end in answer.json["loose_ends"]}


def of_kind(lines, word):
    return [line.strip() for line in lines.splitlines() if line.strip().startswith(word)]


# The tables of the source document


def test_keuruus_gatherings_are_told_from_the_matter_to_the_six_parties_and_the_event(gatherings):
    story = gatherings("trace", "T1", "--lang", "en").out

    assert "28 January 2016, meeting M1, M1/1: agreed: “Pöytä vastaa toiminnan toteutuksesta." in story
    assert "given to Keuruun seurakunta, to be done by 31 May 2016." in story
    assert len(of_kind(story, "Action A")) == len(of_kind(story, "31 May 2016: done: “Vastasi yhdestä kerrasta.”")) == 6
    assert of_kind(story, "31 May 2016: it came of") == [
        "31 May 2016: it came of A1, A2, A3, A4, A5 and A6 together (event).",
    ]


def test_of_one_party_only_its_own_part_is_told(gatherings):
    answer = gatherings("trace", "A3", "--json").json

    assert (refs(answer["before"]), refs(answer["after"])) == (["T1", "V1"], ["O1"])


def test_toivakkas_bulletin_was_accepted_and_is_still_to_come(bulletin):
    answer, story = bulletin("trace", "T1", "--json"), bulletin("trace", "T1", "--lang", "en").out

    assert [*answer.json["matters"]] == [["A1", "O2"], ["R1"], ["O1"]]
    assert ends_of(answer) == {
        "A1": ("still_open", "poyta action close A1 --outcome TEXT"),
        "R1": ("not_heard", "poyta referral report-back R1 --meeting MEETING"),
    }
    assert "31 May 2016: decided: approved." in story
    assert "Action A1 has been open since 4 January 2016, and has not been closed yet." in story
    assert story.index("poyta action close A1 --outcome TEXT") < story.index("Result O2: Kuntatiedote")


# The matter as it goes on


def test_a_matter_carried_over_is_one_matter_over_both_meetings(full):
    carried = next(item for item in full("agenda", "list", "--json").json["items"] if item["carried_from_ref"])

    answer = full("trace", carried["carried_from_ref"], "--json").json

    (steps,) = answer["matters"]
    assert steps[:2] == [carried["carried_from_ref"], carried["ref"]]
    assert steps[2:], "it led to work"


def test_the_table_hears_of_work_before_it_is_told_how_that_ended(full):
    for ref in refs(full("theme", "list", "--json").json["items"]):
        story = full("trace", ref, "--lang", "en").out
        if "Kyytiringin kokeilu" in story:
            break

    told = story[story.index("Kyytiringin kokeilu") :].splitlines()[1:5]

    assert [re.split(r": |, meeting", line.strip())[0] for line in told] == [
        "16 April 2024",
        "21 May 2024",
        "2 September 2024",
        "10 September 2024",
    ]


def test_what_came_of_a_thing_knows_that_it_came_of_it(full_file, gatherings_file, bulletin_file):
    for file in (full_file, gatherings_file, bulletin_file):
        with open_reader(str(file)) as reader:
            nodes = [Node(kind, row["id"]) for kind in KINDS for row in reader.rows(f"v_{kind}s")]
            ahead = {node: {edge.target for edge in forward(reader, node)} for node in nodes}
            back = {node: {edge.source for edge in backward(reader, node)} for node in nodes}

        assert [
            (one, other) for one, other in product(nodes, nodes) if (other in ahead[one]) != (one in back[other])
        ] == []


def test_what_only_heard_of_a_thing_leads_no_further(full_file):
    """The links are data: another is one row."""
    heard = Link("action", "meeting", "heard", "SELECT 1 AS source, 1 AS target", onward=False)
    on_agenda = Link("meeting", "item", "on_agenda", "SELECT meeting_id AS source, id AS target FROM agenda_items")
    with open_reader(str(full_file)) as reader:
        ahead = forward(reader, Node("action", 1), (heard, on_agenda))
        back = [backward(reader, node, (heard, on_agenda)) for node in (Node("meeting", 1), Node("item", 1))]

    assert [edge.target for edge in ahead] == [Node("meeting", 1)]
    assert [[edge.source for edge in edges] for edges in back] == [[Node("action", 1)], [Node("meeting", 1)]]


# Where it breaks off


def test_a_theme_without_matters_says_how_to_bring_one(at_keuruu):
    at_keuruu("theme", "propose", "keuruu", "--title", "Kyydit", "--as", "Aino")

    answer = at_keuruu("trace", "T1", "--lang", "en")

    assert "Nothing has been brought to an agenda yet." in answer.out
    assert "poyta agenda submit T1 --title TEXT --origin ORIGIN" in answer.out


def test_every_open_end_names_the_command_that_goes_on(at_work):
    def doing(work, series):
        meeting = meeting_at(work, series, MeetingState.CONVENED)
        proposed = item_at(work, meeting, ItemState.SUBMITTED)
        taken = item_at(work, meeting, ItemState.ACCEPTED)
        item_at(work, series.theme, ItemState.SUBMITTED)
        assert (proposed.position, taken.position) == (1, 2)

    poyta = at_work(doing)

    assert ends_of(poyta("trace", "T1", "--json")) == {
        "M1/1": ("not_accepted", "poyta agenda accept M1/1"),
        "M1/2": ("not_settled", "poyta agenda settle M1/2 --outcome agreed|noted|referred|carried_over"),
        "T1/3": ("waits_for_an_agenda", "poyta agenda accept T1/3 --meeting MEETING"),
    }


def test_open_work_says_what_would_go_on(at_work):
    states = [state for state in ActionState if state is not ActionState.DROPPED]

    def doing(work, series):
        meeting = meeting_at(work, series, MeetingState.HELD)
        agreed = item_at(work, meeting, ItemState.ACCEPTED)
        step(work, agreed, "settle", {"outcome": "agreed"})
        for state in (*states, ActionState.DROPPED):
            action_at(work, meeting, state)

    poyta = at_work(doing)
    answer = poyta("trace", "T1", "--json")

    actions = sorted(ref for steps in answer.json["matters"] for ref in steps if ref.startswith("A"))
    found = ends_of(answer)
    assert found["M1/2"] == ("not_divided", "poyta action assign M1/2 --what TEXT --to PARTY")
    assert [found.get(ref, (None,))[0] for ref in actions] == [
        "not_begun",
        "not_done",
        "waiting",
        "not_closed",
        "no_result",
        "refused",
        None,
    ]
    assert (
        "Nothing has been decided yet: action A3 has waited for ELY-keskus since"
        in poyta("trace", "A3", "--lang", "en").out
    )


def test_the_table_hears_of_a_result_in_a_meeting(at_work):
    def doing(work, series):
        meeting = meeting_at(work, series, MeetingState.ACTIONS_ASSIGNED)
        told = {"title": "Kyytirinki", "kind": "own_work", "actions": ["A1"], "meeting": f"M{meeting.id}"}
        new(work, "result", series.theme, told)

    poyta = at_work(doing)

    assert "meeting M1: the table heard of it." in poyta("trace", "O1", "--lang", "en").out
    assert "O1" in refs(poyta("trace", "M1", "--json").json["before"])
    assert poyta("trace", "A1", "--json").json["links"][-1] == {"from": "O1", "to": "M1", "link": "heard"}


def test_every_command_that_goes_on_is_one_that_there_is(gatherings):
    texts = re.findall(r"\"((?:agenda|action|referral|result) [^\"]*)\"", inspect.getsource(loose_ends))

    answers = [gatherings(*text.replace("{}", "T1").split(), "--help") for text in texts]

    assert len(texts) >= 8
    assert [answer.err for answer in answers if answer.status != 0] == []


@pytest.mark.parametrize("ref", ["keuruu", "S1", "P1", "T99", "M1/9", "A", "", "T1'--"])
def test_what_has_no_trail_is_not_found(gatherings, ref):
    assert gatherings("trace", ref, "--json").json["error"] == "not_found"


# Referrals


@pytest.fixture
def referred(at_work):
    """A matter that a body rejected, of which the table heard, and which came back."""

    def doing(work, series):
        meeting = meeting_at(work, series, MeetingState.HELD)
        item = item_at(work, meeting, ItemState.ACCEPTED, "Kyytirinki")
        step(work, item, "settle", {"outcome": "referred"})
        (first,) = item.referrals
        step(work, first, "send", {"body": "Tekninen lautakunta"})
        step(work, first, "decide", {"decision": "rejected", "paragraph": "§ 42", "grounds": "Ei määrärahaa"})
        step(work, first, "report_back", {"meeting": f"M{meeting.id}"})
        again = referral_at(work, series.theme, ReferralState.DRAFTED, "Kyytirinki uudelleen", again="R1", asked="500")
        step(work, again, "send", {"body": "Kaupunginhallitus"})

    return at_work(doing)


def test_a_rejected_matter_that_came_back_is_one_story(referred):
    story = [line.strip() for line in referred("trace", "M1/2", "--lang", "en").out.splitlines()]
    told = [re.sub(r"^\d+ \w+ \d{4}(, meeting M1)?(, M1/2)?: ", "", line) for line in story if line]

    assert told[told.index("Matter M1/2: Kyytirinki") + 2 :] == [
        "referred to a body that has the power to decide.",
        "Referral R1: Kyytirinki",
        "taken to this body: Tekninen lautakunta.",
        "decided: rejected (§ 42).",
        "Grounds: “Ei määrärahaa”",
        "the table heard of it.",
        "Referral R2, which came back after R1: Kyytirinki uudelleen",
        "taken to this body: Kaupunginhallitus.",
        "Asked for: 500 euros.",
        told[-2],
        "poyta referral decide R2 --decision approved|partly_approved|rejected|noted",
    ]
    assert told[-2].startswith("Nothing has been decided yet: referral R2 has waited for Kaupunginhallitus since")


def test_the_school_rides_were_rejected_came_back_and_were_granted(full):
    """The table of the operating model, where the second asking followed a new contract."""
    (first,) = [row for row in full("referral", "list", "--json").json["items"] if row["decision"] == "rejected"]

    told = full("trace", first["ref"], "--lang", "en").out.splitlines()

    days = [re.match(r" +(\d+ \w+ \d{4}(?:, meeting \w+)?)", line) for line in told[5:]]
    assert [day[1] for day in days if day] == [
        "28 March 2024",
        "16 April 2024, meeting M5",
        "21 May 2024, meeting M7",
        "28 May 2024",
        "17 June 2024",
        "10 September 2024, meeting M8",
        "12 September 2024",
        "1 October 2024",
        "22 October 2024, meeting M9",
    ]
    assert sum("which came back after" in line for line in told) == 1


def test_a_referral_is_followed_back_to_who_brought_it_and_on_to_where_the_table_heard(referred):
    answer = referred("trace", "R2", "--json").json

    assert refs(answer["before"])[-3:] == ["M1", "M1/2", "R1"]
    assert {"from": "R1", "to": "M1", "link": "heard"} not in answer["links"]
    assert "R1" in refs(referred("trace", "M1", "--json").json["before"])
    assert ends_of(referred("trace", "R1", "--json")).keys() == {"R2"}


def test_what_is_decided_and_not_told_says_so(at_work):
    states = [state for state in ReferralState if state is not ReferralState.REPORTED_BACK]

    def doing(work, series):
        meeting_at(work, series, MeetingState.HELD)
        for state in states:
            referral_at(work, series.theme, state)

    found = ends_of(at_work(doing)("trace", "T1", "--json"))

    assert [found.get(f"R{number}", (None,))[0] for number in range(1, len(states) + 1)] == [
        "not_sent",
        "undecided",
        "undecided",
        "not_heard",
        None,
    ]


# Hostile names


EVIL = 'Aa"]; end --> x[["`<script>alert(1)</script>`"]]\n%% click #quot; &amp; \x1b[2J {a}|b|'


def test_no_name_means_anything_to_a_diagram(gatherings, file_place):
    rewrite(file_place, [f"UPDATE {table} SET {column} = {text_of(EVIL)}" for table, column in TITLES])

    drawn = gatherings("trace", "T1", "--mermaid", "--lang", "en").out

    node, arrow, style = r'\w+\["[^"\[\]<>&`|]*"\]', r'\w+ -->\|"[^"\[\]<>&`|]*"\| \w+', r"style \w+ stroke-width:4px"
    first, *others = drawn.splitlines()
    assert first == "flowchart TD"
    assert [line for line in others if not re.fullmatch(f"    (?:{node}|{arrow}|{style})", line)] == []
    assert "#34;#93;" in drawn


TITLES = (("themes", "title"), ("agenda_items", "title"), ("actions", "what"), ("results", "title"))


def test_letters_of_all_languages_stand_for_themselves_in_a_diagram():
    assert escaped("Äijälä, Ångström: 5 (1/2)") == "Äijälä, Ångström: 5 (1/2)"


def test_a_ring_tied_by_other_hands_is_told_once(gatherings, file_place):
    rewrite(file_place, ["UPDATE agenda_items SET carried_from_id = id"])

    answer = gatherings("trace", "T1", "--json")

    assert [steps[0] for steps in answer.json["matters"]] == ["V1", "M1/1"]
    assert gatherings("trace", "M1/1").status == 0


def test_a_forgotten_person_is_named_nowhere_on_the_trail(full, file_place):
    names = {item["name"] for item in full("person", "list", "--json").json["items"]}
    before = full("trace", "T1", "--json").out + full("trace", "T1").out
    rewrite(file_place, ["UPDATE people SET name = 'P' || id, email = NULL, forgotten = 1"])

    told = full("trace", "T1", "--json").out + full("trace", "T1").out

    assert [name for name in names if name in before]
    assert [name for name in names if name in told] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_trail_is_told_in_each_language(full, language):
    for words in (("trace", "T1"), ("trace", "M1"), ("trace", "A1"), ("trace", "O1"), ("trace", "T1", "--mermaid")):
        answer = full(*words, "--lang", language)

        assert answer.status == 0
        assert "{" not in answer.out
