"""Whatever the program has to say, it says in whole sentences, in Finnish, Swedish and English."""

import ast
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest

from models import states
from models.meetings import Meeting
from models.place import DatabaseProblem
from models.states import Level, MeetingState, Mode, Role, Sector, ThemeState
from models.tables import Theme
from workflow import guards
from workflow.attempt import Reason
from workflow.errors import BadValue, NotAllowed, NotFound, Refused, WrongState
from workflow.exchange.shape import AUTOMATIC
from workflow.language import dates
from workflow.language.glossary import NOUNS, STATES
from workflow.language.languages import LANGUAGES
from workflow.language.sentences import PROMISES, SENTENCES, Counted
from workflow.language.speech import facts_of, speech
from workflow.language.verbs import VERBS
from workflow.lifecycles import PAGE
from workflow.registering import REGISTER

HOUSE = Path(guards.__file__).parent.parent
MOVES = [(life.kind, name) for life in PAGE.lifecycles.values() for name in life.moves]
GUARDS = {
    each.code: each.guard for life in PAGE.lifecycles.values() for made in life.promises.values() for each in made
}
CODES = [
    code for owner in vars(states).values() if isinstance(owner, type) and issubclass(owner, StrEnum) for code in owner
]


@pytest.fixture(params=LANGUAGES)
def said(request):
    return speech(request.param)


@pytest.fixture
def finnish():
    return speech("fi")


@pytest.fixture
def english():
    return speech("en")


@pytest.fixture
def meeting():
    return Meeting(id=12)


# What the code can say, read from the code itself


def trees():
    for room in ("models", "workflow", "cli"):
        for file in sorted((HOUSE / room).rglob("*.py")):
            yield file.relative_to(HOUSE).as_posix(), ast.parse(file.read_bytes())


def error_names():
    """The errors that carry a code, with every class that is made of them."""
    names = {"PoytaError", "DatabaseProblem"}
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    while more := {name for name, of in bases.items() if of & names} - names:
        names |= more
    return names - {"Refused", "NotAllowed", "WrongState"}


def codes_in(word):
    """The codes that the first word of an error can be; none where it was found elsewhere and is only passed on."""
    if isinstance(word, ast.JoinedStr):
        begins = word.values[0].value
        ends = {"date_": get_args(dates.Reason), "no_": AUTOMATIC}[begins]
        return [begins + each for each in ends]
    return [each.value for each in ast.walk(word) if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def dictionaries(function):
    """The names in a function that stand for a dictionary written out there."""
    return {
        target.id: {key.value for key in node.value.keys}
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def called(call):
    return (getattr(call.func, "id", None) or getattr(call.func, "attr", None)) if isinstance(call, ast.Call) else None


def facts_given(call, name, known):
    """The names of the facts: written as they are given, or in a dictionary that stands before."""
    if name == "Reason":
        facts = call.args[2] if len(call.args) > 2 else ast.Dict([], [])
        return known.get(facts.id, set()) if isinstance(facts, ast.Name) else {key.value for key in facts.keys}
    given = {"field"} if name == "BadValue" else set()
    for each in call.keywords:
        given |= {each.arg} if each.arg else known.get(getattr(each.value, "id", ""), set())
    return given


def raised():
    """Every code that is raised or given as a reason anywhere, with its facts."""
    names = error_names() | {"Reason"}
    for place, tree in trees():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                name = called(call)
                if name in names and call.args and not isinstance(call.args[0], ast.Attribute | ast.Name):
                    facts = facts_given(call, name, dictionaries(function))
                    place_in_book = {"field"} if place.startswith("workflow/exchange/") else set()
                    for code in codes_in(call.args[0]):
                        yield f"{place}:{call.lineno}", code, facts | place_in_book


CODE_OF_A_BOOK = {"add": 1, "wrong": 1, "_refuse": 0, "unknown": 3}
"""The functions that note what is wrong in a book, and which of their words is the code."""


def noted():
    """Every code that is noted of a table book, with its facts."""
    for place, tree in trees():
        for function in ast.walk(tree):
            if not place.startswith("workflow/exchange/") or not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                name = called(call)
                if name not in CODE_OF_A_BOOK or len(call.args) <= CODE_OF_A_BOOK[name]:
                    continue
                word = call.args[CODE_OF_A_BOOK[name]]
                facts = facts_given(call, name, dictionaries(function)) | {"field"}
                for each in [word.body, word.orelse] if isinstance(word, ast.IfExp) else [word]:
                    if isinstance(each, ast.Constant):
                        meant = {"close", "known"} if name == "unknown" else set()
                        yield f"{place}:{call.lineno}", each.value, facts | meant


def refusals():
    """Every refusal that a promise can give: its code and the names of its facts."""
    module = ast.parse(Path(guards.__file__).read_bytes())
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}

    def facts(name, seen=()):
        for call in ast.walk(functions[name]):
            asked = called(call)
            if asked == "Refusal":
                yield {key.value for key in call.args[0].keys}
            elif asked in functions and asked not in seen:
                yield from facts(asked, (*seen, name))

    return [(code, sorted(names)) for code in sorted(GUARDS) for names in facts(code)]


def variants(code):
    sentences = SENTENCES[code]
    return [sentences] if isinstance(sentences, str | Counted) else list(sentences)


EXAMPLES = {
    "state": MeetingState.HELD,
    "role": Role.CHAIR,
    "needs": [Role.CONVENER, Role.CHAIR],
    "from": [MeetingState.PLANNED, MeetingState.CONVENED],
    "sectors": [Sector.PARISH],
    "when": datetime(2023, 3, 7, 15, tzinfo=UTC),
    "since": datetime(2023, 3, 6, 15, tzinfo=UTC),
    "day": date(2023, 12, 24),
    "holiday": date(2023, 12, 24),
    "kind": "meeting",
    "move": "hold",
    "kinds": ["meeting", "theme"],
    "parents": ["theme"],
    "line": 200,
}
NUMBERS = ("size", "minutes", "days", "n", "planned", "available")
LISTS = ("themes", "actions", "series", "meetings", "items", "seats", "parties", "things")


def example(name):
    """A fact as the program gives it."""
    if name in NUMBERS:
        return 2
    return ["A7", "A9"] if name in LISTS else EXAMPLES.get(name, "X")


# There is a sentence for everything


def test_every_promise_of_the_page_has_a_sentence_and_no_other_has():
    assert set(PROMISES) == set(GUARDS)


@pytest.mark.parametrize(("code", "facts"), refusals())
def test_a_refusal_of_a_promise_has_the_facts_that_its_sentence_tells(code, facts):
    told = [facts_of(sentence) for sentence in variants(code)]

    assert any(names <= {*facts, "ref"} for names in told)


@pytest.mark.parametrize(("place", "code", "facts"), [*raised(), *noted()])
def test_every_code_that_is_raised_has_a_sentence_that_tells_its_facts(place, code, facts):
    told = [facts_of(sentence) for sentence in variants(code)]

    assert any(names <= facts | {"ref"} for names in told), place


@pytest.mark.parametrize(
    "code",
    [
        *("missing", "not_ours", "unreadable", "newer", "older", "exists"),
        *("read_only", "locked", "disk_full", "unsafe_pragma", "backup_of_server", "journal"),
    ],
)
def test_every_problem_of_a_database_has_a_sentence(said, code):
    problem = DatabaseProblem(code, place="a.db", version=2, known=1, pragma="synchronous", left="a.db-wal")

    assert "a.db" in said.error(problem) or "synchronous" in said.error(problem)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_said_with_its_facts(said, code):
    for sentence in variants(code):
        facts = {name: example(name) for name in facts_of(sentence)}
        if isinstance(sentence, Counted):
            spoken = [said.say_many(sentence.one, sentence.many, number, **facts) for number in (1, 2)]
        else:
            spoken = [said.say(sentence, **facts)]

        assert not re.search(r"[{}]", "".join(spoken))
        assert all(text[-1] in ".:?X" for text in spoken)


# There is a word for everything


@pytest.mark.parametrize("code", CODES, ids=lambda code: f"{type(code).__name__}.{code.name}")
def test_every_code_has_a_word(said, code):
    word = said.word(code)

    assert word
    assert "_" not in word


@pytest.mark.parametrize(("kind", "name"), MOVES)
def test_every_move_has_a_word_and_a_line_of_help(said, kind, name):
    word, verb = said.move(kind, name), said.verb(kind, name)

    assert word
    assert "_" not in word
    assert verb.endswith(".")


def test_no_move_that_the_page_does_not_have_is_explained():
    assert set(VERBS) == {f"{kind} {name}" for kind, name in MOVES}


def test_every_kind_on_the_page_has_a_word_and_states():
    assert set(PAGE.lifecycles) <= set(NOUNS)
    assert {kind: tuple(owner) for kind, owner in STATES.items() if kind not in REGISTER} == {
        kind: life.states for kind, life in PAGE.lifecycles.items()
    }


def test_everything_in_the_register_has_a_word_and_states():
    assert set(REGISTER) <= set(NOUNS)
    for kind, ways in REGISTER.items():
        assert {way.to for way in ways.values()} <= set(STATES[kind])


def test_a_word_agrees_with_what_it_is_said_of():
    swedish = speech("sv")

    assert swedish.state("theme", "suspended") == "avbrutet"
    assert swedish.state("series", "suspended") == "avbruten"


def test_a_state_that_is_no_more_is_shown_by_its_code(said):
    assert said.state("meeting", "called") == "called"
    assert said.state("rota", "open") == "open"


def test_the_three_roles_of_the_office_are_told_as_one(english):
    told = english.who([Role.RESPONSIBLE, Role.CONVENER, Role.SECRETARY, Role.CHAIR])

    assert told == "office (convener, chair, secretary) and responsible party"


def test_fewer_than_the_office_are_told_each(finnish):
    assert finnish.who([Role.SECRETARY, Role.CONVENER]) == "sihteeri ja koollekutsuja"


@pytest.mark.parametrize("code", sorted(GUARDS))
def test_a_promise_is_told_without_the_source_it_names(said, code):
    told = said.promise(GUARDS[code])

    assert told.endswith(".")
    assert not re.search(r"\.md|features|\(S\d", told)


# Facts are told as people say them


FACTS = [
    ("fi", date(2023, 3, 7), "7.3.2023"),
    ("en", date(2023, 3, 7), "7 March 2023"),
    ("fi", datetime(2023, 3, 7, 15, tzinfo=UTC), "7.3.2023 klo 17"),
    ("sv", datetime(2023, 3, 7, 15, tzinfo=UTC), "7.3.2023 kl. 17"),
    ("fi", ["A7"], "A7"),
    ("fi", ["A7", "A9"], "A7 ja A9"),
    ("sv", ["A7", "A8", "A9"], "A7, A8 och A9"),
    ("en", ("A7", "A9"), "A7 and A9"),
    ("en", [], ""),
    ("fi", Mode.REMOTE, "etänä"),
    ("fi", [Sector.PARISH, Sector.VILLAGE], "seurakunta ja kylä"),
    ("sv", 20, "20"),
]


@pytest.mark.parametrize(("language", "fact", "told"), FACTS)
def test_a_fact_is_told_as_people_say_it(language, fact, told):
    assert speech(language).tell(fact) == told


def test_a_fact_begins_with_a_capital_where_the_sentence_does(english):
    assert english.say("{Kind} {ref}", kind="meeting series", ref="s2") == "Meeting series s2"


def test_what_people_wrote_is_never_read_as_a_sentence_of_ours(said):
    assert said.say("{name}", name="{ref} {0} {name!r} %s", ref="M12") == "{ref} {0} {name!r} %s"


def test_a_fact_may_have_any_name(english):
    assert english.say("{self} {sentence} {from}", **{"self": 1, "sentence": 2, "from": 3}) == "1 2 3"


def test_what_people_wrote_can_not_steer_the_terminal_nor_begin_a_line(said):
    told = said.say("{name}", name="Aino\x1b[2J\nPoyta: all is well")

    assert told == "Aino␛[2J␊Poyta: all is well"


def test_a_sentence_without_facts_is_said_as_it_is(said):
    assert said.say('Write {"a": 1}') == 'Write {"a": 1}'
    assert said.say("") == ""


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (["M12/2"], "Asian M12/2 käsittely on kirjaamatta."),
        (["M12/2", "M12/3"], "Asioiden M12/2 ja M12/3 käsittely on kirjaamatta."),
    ],
)
def test_one_and_several_are_told_apart(finnish, meeting, items, told):
    assert finnish.reason(Reason("items_settled", meeting, {"items": items})) == told


# Why not


def test_a_sentence_is_chosen_by_the_facts_there_are(english, meeting):
    unknown = english.reason(Reason("has_begun", meeting, {"when": ""}))
    ahead = english.reason(Reason("has_begun", meeting, {"when": datetime(2027, 3, 7, 15, tzinfo=UTC)}))

    assert unknown == "Meeting M12 has no date and time yet, so it has not been held."
    assert ahead == "Meeting M12 has not begun yet. It begins: 7 March 2027, 17:00."


def test_a_holiday_is_told_by_its_name(finnish, meeting):
    day = date(2027, 12, 5)

    told = finnish.reason(Reason("not_a_holiday", meeting, {"day": day, "holiday": date(2027, 12, 6)}))

    assert told == "Tapaaminen M12 on 5.12.2027: pyhäpäivä tai pyhän aatto (Itsenäisyyspäivä)."


MISSING = Reason("items_settled", Meeting(id=12), {"items": ["M12/2"]})
WARNING = Reason("something_agreed", Meeting(id=12), level=Level.WARN, fixed=False)
ROLE = Reason("role_missing", Meeting(id=12), {"needs": [Role.SECRETARY], "move": "complete", "kind": "meeting"})
STATE = Reason("wrong_state", Meeting(id=12), {"state": MeetingState.HELD, "from": [MeetingState.PLANNED]})


def refusal(error, move, *reasons, row=None):
    return error(row or Meeting(id=12), move, MeetingState.HELD, reasons, [])


FIRST_LINES = [
    (
        "en",
        refusal(Refused, "assign_actions", MISSING, WARNING),
        "Meeting M12 cannot move to actions assigned: 2 reasons. Nothing was changed.",
    ),
    (
        "fi",
        refusal(Refused, "assign_actions", MISSING),
        "Tapaaminen M12 ei voi siirtyä tilaan ”työ jaettu”: 1 syy. Mitään ei muutettu.",
    ),
    (
        "sv",
        refusal(Refused, "assign_actions", MISSING, WARNING),
        "Möte M12 kan inte gå till läget ”arbetet fördelat”: 2 skäl. Inget ändrades.",
    ),
    (
        "en",
        refusal(Refused, "assign_actions", WARNING),
        "Are you sure? Meeting M12 could move to actions assigned; there is 1 thing to consider. Nothing was changed.",
    ),
    (
        "fi",
        refusal(Refused, "reschedule", MISSING),
        "Tapaaminen M12: tämä ei nyt onnistu: ajan siirtäminen. Siihen on 1 syy. Mitään ei muutettu.",
    ),
    (
        "en",
        refusal(Refused, "undo", MISSING),
        "Meeting M12: this is not possible now: undo. There is 1 reason. Nothing was changed.",
    ),
    (
        "fi",
        refusal(NotAllowed, "complete", ROLE),
        "Sinulla ei ole oikeutta tehdä tätä: päätökseen saattaminen (tapaaminen M12). Mitään ei muutettu.",
    ),
    (
        "sv",
        refusal(NotAllowed, "plan", ROLE, row=Meeting()),
        "Du får inte göra det här: planering (nytt: möte). Inget ändrades.",
    ),
    (
        "en",
        refusal(Refused, "plan", MISSING, row=Meeting()),
        "This is not possible now: plan (new meeting). There is 1 reason. Nothing was changed.",
    ),
    (
        "fi",
        refusal(WrongState, "convene", STATE),
        "Nyt ei ole tämän aika: koolle kutsuminen (tapaaminen M12). Mitään ei muutettu.",
    ),
]


@pytest.mark.parametrize(("language", "refused", "line"), FIRST_LINES)
def test_the_first_line_tells_what_kind_of_no_it_is(language, refused, line):
    assert speech(language).error(refused) == line


def test_what_goes_back_is_told_where_it_would_go(english):
    theme = Theme(id=3)
    theme.came_from = ThemeState.HELD

    told = english.refused(Refused(theme, "resume", ThemeState.SUSPENDED, [MISSING], []))

    assert told == "Theme T3 cannot move to held: 1 reason. Nothing was changed."


def test_a_role_that_is_missing_is_named(said):
    assert said.word(Role.SECRETARY) in said.reason(ROLE)


def test_a_wrong_state_is_told_with_the_right_ones(english):
    assert english.reason(STATE) == "The state now is “held”. This can be done only in the state: planned."


def test_a_wrong_value_is_told_with_its_field_as_the_reader_knows_it(english):
    problem = BadValue("not_a_number", "planned_meetings", value="three")

    assert english.error(problem) == "planned_meetings: “three” is not a whole number."
    assert english.error(problem, field="--planned-meetings") == "--planned-meetings: “three” is not a whole number."


def test_zero_is_a_value_like_another(said):
    assert "0" in said.error(BadValue("out_of_range", "minutes", value=0, least=1, most=600))


def test_a_name_that_is_not_found_is_answered_with_those_that_are_close(finnish):
    close = NotFound("not_found", reference="Ainno", kinds=["person"], close=["Aino"])
    none = NotFound("not_found", reference="Ainno", kinds=["person"], close=[])

    assert finnish.error(close) == "Nimellä ”Ainno” ei löydy mitään. Tarkoititko: Aino?"
    assert finnish.error(none) == "Nimellä ”Ainno” ei löydy mitään. Haettiin: henkilö."


# What it costs


def test_speech_is_light_until_it_is_needed():
    heavy = {"sqlalchemy", "babel", "models.states", "zoneinfo", "workflow.lifecycles"}
    asked = "import sys, workflow.language.speech as s; s.speech('fi').say('A'); print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", asked], cwd=HOUSE, capture_output=True, text=True, check=True)

    assert not heavy & set(loaded.stdout.split())


def test_saying_why_not_needs_no_database():
    asked = (
        "import sys; from workflow.language.speech import speech; from workflow.errors import BadValue\n"
        "speech('fi').error(BadValue('empty', 'x')); print(*sys.modules)"
    )

    loaded = subprocess.run([sys.executable, "-c", asked], cwd=HOUSE, capture_output=True, text=True, check=True)

    assert "sqlalchemy" not in loaded.stdout.split()
