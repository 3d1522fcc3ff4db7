"""What everybody may read, and until when: confidential matters, published memos, texts that lack translation."""

import csv
import shutil

import pytest

from models.database import Database
from models.people import Person
from models.states import ActionState, ItemState, MeetingState, MemoState, ReferralState, ResultState
from tests.builders import (
    DAY,
    action_at,
    first_people,
    item_at,
    memo_at,
    new,
    referral_at,
    result_at,
    step,
)
from tests.cli.conftest import NOW, Poyta
from tests.spring import a_series, hold, meeting_on
from workflow.work import Work

GROUND = "JulkL 24.1 § 32 k."
LANGUAGES = ("fi", "sv", "en")
SAID = {
    "fi": "Asia on salassa pidettävä: JulkL 24.1 § 32 k.",
    "sv": "Ärendet är sekretessbelagt: JulkL 24.1 § 32 k.",
    "en": "This matter is confidential: JulkL 24.1 § 32 k.",
}


# Confidential matters


@pytest.fixture
def told_in_confidence(poyta: Poyta, place: str) -> Poyta:
    """A meeting with a matter of which nothing may be known: every word of it, and of what came of it, is SECRET."""
    with Database(place).writing() as session:
        work = Work(session, first_people(session), NOW)
        first = meeting_on(work, a_series(work), "2.2.2016")
        item_at(work, first, ItemState.ACCEPTED)
        told = {"origin_detail": "SECRET", "precedes": "SECRET", "confidential": GROUND}
        item = item_at(work, first, ItemState.ACCEPTED, "SECRET", **told)
        step(work, first, "set_agenda")
        hold(work, first)
        for field in ("title", "agreed"):
            step(work, item, "translate", {"field": field, "language": "sv", "text": "SECRET"})
        step(work, item, "settle", {"outcome": "carried_over", "agreed": "SECRET"})
        action_at(work, item, ActionState.CLOSED, "SECRET")
        referral_at(work, item, ReferralState.DRAFTED, "SECRET", body="SECRET")
        result_at(work, item.theme, ResultState.RECORDED, "SECRET")
        action_at(work, first, ActionState.ASSIGNED, "Kootaan kyytirinki")
        memo = new(work, "memo", first)
        step(work, memo, "edit", {"text": "SECRET", "item": "M1/2", "entry": "agreed"})
        step(work, memo, "edit", {"text": "Kuultiin kylästä."})
        second = meeting_on(work, first.series, "15.3.2016")
        item_at(work, second, ItemState.ACCEPTED)
        step(work, second, "set_agenda")
    return poyta


def paper(poyta: Poyta, noun: str, meeting: str, *how: str) -> str:
    answer = poyta(noun, "export", meeting, *how)
    assert answer.status == 0, answer.err
    return answer.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_public_paper_tells_of_a_confidential_matter_only_its_place_and_its_ground(told_in_confidence, language):
    papers = [
        paper(told_in_confidence, noun, meeting, "--public", "--in", language)
        for noun, meeting in (("agenda", "M1"), ("memo", "M1"), ("agenda", "M2"))
    ]

    assert [("SECRET" in each, SAID[language] in each) for each in papers] == [(False, True)] * 3
    assert f"2. {SAID[language]}" in papers[1]
    assert "Kyydit kirkonkylälle" in papers[1]
    assert "Kuultiin kylästä." in papers[1]
    assert "Kootaan kyytirinki" in papers[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "paper_of",
    [
        ("meeting", "export", "M2", "--public"),
        ("theme", "export", "T1", "--public"),
        ("table", "export", "keuruu", "--public"),
        ("table", "bulletin", "keuruu"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_other_public_paper_has_a_word_of_it(told_in_confidence, paper_of, language):
    answer = told_in_confidence(*paper_of, "--in", language)

    assert answer.status == 0, answer.err
    assert "SECRET" not in answer.out


def test_a_result_of_nothing_but_confidential_work_is_not_chosen_for_a_bulletin(told_in_confidence):
    answer = told_in_confidence("table", "bulletin", "keuruu", "--result", "O1", "--json")

    assert (answer.status, answer.json["error"]) == (4, "not_found")


def test_those_who_may_read_it_are_told_that_it_is_confidential(told_in_confidence):
    own = paper(told_in_confidence, "memo", "M1", "--in", "en")

    assert "SECRET" in own
    assert f"Confidential: {GROUND}" in own


def test_a_matter_is_confidential_on_every_agenda_until_each_says_that_it_is_not(told_in_confidence):
    poyta = told_in_confidence
    copy = next(each["ref"] for each in poyta("agenda", "list", "--json").json["items"] if each["carried_from_ref"])
    hidden = []

    for matter in ("M1/2", copy):
        hidden.append("SECRET" not in paper(poyta, "agenda", "M2", "--public"))
        sure = ("--as", "Aino", "--reason", "Asia on ratkaistu", "--yes")
        assert poyta("agenda", "disclose", matter, *sure).status == 0

    assert hidden == [True, True]
    assert "SECRET" in paper(poyta, "agenda", "M2", "--public")
    assert "SECRET" in paper(poyta, "memo", "M1", "--public")


def test_a_matter_is_kept_from_the_public_later_with_what_came_of_it(told_in_confidence):
    poyta = told_in_confidence
    assert "Kyydit kirkonkylälle" in paper(poyta, "memo", "M1", "--public")

    answer = poyta("agenda", "restrict", "M1/1", "--confidential", GROUND, "--as", "Pekka", "--json")

    assert answer.status == 0
    assert "Kyydit kirkonkylälle" not in paper(poyta, "memo", "M1", "--public")
    assert poyta("agenda", "show", "M1/1", "--json").json["item"]["confidential"] == GROUND
    assert poyta("audit", "verify").status == 0


def test_only_the_office_says_what_is_confidential_and_why_it_is_no_more(told_in_confidence):
    poyta = told_in_confidence

    by_a_member = poyta("agenda", "restrict", "M1/1", "--confidential", GROUND, "--as", "Sirkka", "--json")
    without_a_ground = poyta("agenda", "restrict", "M1/1", "--as", "Pekka", "--json", "--no-input")
    without_a_reason = poyta("agenda", "disclose", "M1/2", "--as", "Pekka", "--json", "--no-input")

    assert by_a_member.json["error"] == "not_allowed"
    assert without_a_ground.status == 2
    assert [each["code"] for each in without_a_reason.json["reasons"]] == ["reason_missing"]


def test_a_book_tells_what_is_confidential_and_is_read_back_so(told_in_confidence, template_file, tmp_path):
    other = str(shutil.copy(template_file, tmp_path / "other.db"))
    book = tmp_path / "keuruu.yaml"
    told_in_confidence("agenda", "restrict", "M1/1", "--confidential", GROUND, "--as", "Pekka")
    told_in_confidence("agenda", "disclose", "M1/1", "--as", "Pekka", "--reason", "Ei sittenkään")
    book.write_text(told_in_confidence("export", "keuruu").out, encoding="utf-8")

    answer = told_in_confidence("import", str(book), "--yes", "--db", other)

    assert answer.status == 0, answer.err
    items = told_in_confidence("agenda", "list", "--json", "--db", other).json["items"]
    assert {each["ref"]: each["confidential"] for each in items if each["origin"] != "follow_up"} == {
        "M1/1": None, "M1/2": GROUND, "M2/1": None, "M2/2": GROUND,
    }  # fmt: skip


# The register


def test_a_memo_has_the_number_under_which_its_owner_keeps_it(told_in_confidence):
    answer = told_in_confidence("memo", "describe", "M1", "--register-number", "KEU/7/00.01/2016", "--as", "Pekka")

    assert answer.status == 0, answer.err
    assert "KEU/7/00.01/2016" in paper(told_in_confidence, "memo", "M1", "--public").splitlines()[:6]


# On the web


@pytest.fixture
def on_the_web(poyta: Poyta, place: str) -> Poyta:
    """Three memos that were published on 6 February, and one that was taken off: until when was not always told."""
    with Database(place).writing() as session:
        work = Work(session, first_people(session), NOW)
        untils = {"keuruu": "1.3.2016", "multia": None, "petajavesi": "31.12.2016", "karstula": "1.3.2016"}
        for short, until in untils.items():
            meeting = meeting_on(work, a_series(work, short), "2.2.2016", MeetingState.HELD)
            memo = memo_at(work, meeting, MemoState.CONFIRMED)
            told = {"until": until, "link": f"https://example.org/{short}"} if until else {}
            step(work, memo, "publish", told, on=memo.state_since + DAY / 24)
        step(work, memo, "withdraw")
    return poyta


def test_memos_past_their_day_come_first_with_the_command_that_says_that_they_are_off(on_the_web):
    answer = on_the_web("audit", "published", "--json", "--at", "20.5.2016")

    assert answer.status == 0
    assert [
        (each["meeting"], each["table"], each["until"], each["days_past"], each["remedies"])
        for each in answer.json["items"]
    ] == [
        ("M1", "keuruu", "2016-03-01", 80, ["poyta memo withdraw M1"]),
        ("M3", "petajavesi", "2016-12-31", -225, []),
        ("M2", "multia", None, -261, []),
    ]


def test_the_list_of_what_is_on_the_web_is_told_in_each_language(on_the_web):
    told = {each: on_the_web("audit", "published", "--at", "20.5.2016", "--lang", each).out for each in LANGUAGES}

    assert "Was to be taken off on 1 March 2016, 80 days ago." in told["en"]
    assert "Olisi pitänyt poistaa verkosta 1.3.2016, 80 päivää sitten." in told["fi"]
    assert "Skulle ha tagits bort från webben 1.3.2016, för 80 dagar sedan." in told["sv"]
    assert all(
        "     poyta memo withdraw M1\n" in each and "https://example.org/keuruu" in each for each in told.values()
    )


def test_what_is_to_be_taken_off_that_very_day_is_told_and_what_is_there_for_a_year(on_the_web):
    today = on_the_web("audit", "published", "--table", "keuruu", "--at", "1.3.2016", "--lang", "en").out
    after_a_year = on_the_web("audit", "published", "--table", "multia", "--at", "1.6.2017", "--json").json["items"]

    assert "To be taken off today." in today
    assert [each["remedies"] for each in after_a_year] == [["poyta memo withdraw M2"]]


def test_a_memo_that_was_taken_off_is_on_the_list_no_more(on_the_web):
    on_the_web("memo", "withdraw", "M1", "--as", "Pekka")

    answer = on_the_web("audit", "published", "--table", "keuruu", "--lang", "en", "--at", "20.5.2016")

    assert answer.out == "No memo is on the web on 20 May 2016.\n"


def test_what_is_on_the_web_comes_as_a_row_each_for_a_spreadsheet(on_the_web):
    rows = list(
        csv.DictReader(on_the_web("audit", "published", "--csv").out.lstrip("\ufeff").splitlines(), delimiter=";")
    )

    assert [(each["ref"], each["until"], each["link"]) for each in rows] == [
        ("D1", "2016-03-01", "https://example.org/keuruu"),
        ("D3", "2016-12-31", "https://example.org/petajavesi"),
        ("D2", "", ""),
    ]


def test_a_memo_is_published_with_a_day_or_with_a_yes(on_the_web, place):
    with Database(place).writing() as session:
        work = Work(session, session.get_one(Person, 1), NOW)
        series = work.find("M1", "meeting").series
        memo_at(work, meeting_on(work, series, "15.3.2016", MeetingState.HELD), MemoState.CONFIRMED)

    refused = on_the_web("memo", "publish", "M5", "--as", "Pekka", "--json", "--no-input")
    sure = on_the_web("memo", "publish", "M5", "--as", "Pekka", "--json", "--yes")

    assert [(each["code"], each["level"]) for each in refused.json["reasons"]] == [("until_told", "warn")]
    assert sure.status == 0
    assert [each["code"] for each in sure.json["warnings"]] == ["until_told"]


# In which languages


@pytest.fixture
def of_two_languages(poyta: Poyta, place: str) -> Poyta:
    """A table of Finnish and Swedish that has given some of its texts in Swedish, and one of Finnish alone."""
    with Database(place).writing() as session:
        work = Work(session, first_people(session), NOW)
        meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)
        step(work, meeting.table, "describe", {"languages": "fi,sv"})
        step(work, meeting.table, "translate", {"field": "name", "language": "sv", "text": "Keuru bord"})
        step(work, meeting.items[0], "settle", {"outcome": "agreed", "agreed": '=cmd|" /C calc"'})
        action_at(work, meeting.items[0], ActionState.DROPPED)
        a_series(work, "multia")
    return poyta


def test_each_text_that_is_not_there_in_a_language_of_the_table_comes_with_what_gives_it(of_two_languages):
    items = of_two_languages("audit", "translations", "--json").json["items"]

    assert [(each["kind"], each["ref"], each["field"], each["language"]) for each in items] == [
        ("theme", "T1", "title", "sv"),
        ("theme", "T1", "why_together", "sv"),
        ("item", "M1/1", "title", "sv"),
        ("item", "M1/1", "agreed", "sv"),
        ("action", "A1", "what", "sv"),
    ]
    assert items[3]["remedies"] == ["poyta agenda translate M1/1 --field agreed --language sv --text TEXT"]


def test_what_is_given_in_the_language_is_missing_no_more(of_two_languages):
    for each in of_two_languages("audit", "translations", "--json").json["items"]:
        *words, _ = each["remedies"][0].removeprefix("poyta ").split()
        assert of_two_languages(*words, "Skjuts", "--as", "Aino").status == 0

    answer = of_two_languages("audit", "translations", "--lang", "en")

    assert answer.out == "Every text is there in all languages of its table.\n"


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "At the table keuruu, 5 texts are not there in Swedish:"),
        ("fi", "Pöydässä keuruu puuttuu ruotsiksi 5 tekstiä:"),
        ("sv", "Vid bordet keuruu saknas 5 texter på svenska:"),
    ],
)
def test_what_lacks_translation_is_told_in_each_language(of_two_languages, language, heading):
    assert of_two_languages("audit", "translations", "--lang", language).out.splitlines()[0] == heading


def test_no_text_does_anything_in_a_spreadsheet(of_two_languages):
    rows = csv.DictReader(of_two_languages("audit", "translations", "--csv").out.splitlines(), delimiter=";")

    assert [each["text"] for each in rows if each["field"] == "agreed"] == ["""'=cmd|" /C calc\""""]


def test_a_house_rule_asks_for_every_language_before_a_memo_is_published(of_two_languages, place):
    with Database(place).writing() as session:
        work = Work(session, session.get_one(Person, 1), NOW)
        memo_at(work, work.find("M1", "meeting"), MemoState.CONFIRMED)
    rule = ("table", "rules", "keuruu", "--code", "translated", "--level", "refuse", "--reason", "Kielilaki")
    assert of_two_languages(*rule, "--as", "Aino").status == 0

    refused = of_two_languages("memo", "publish", "M1", "--as", "Pekka", "--json", "--no-input", "--until", "1.1.2027")

    (reason,) = [each for each in refused.json["reasons"] if each["code"] == "translated"]
    assert reason["facts"] == {"things": ["T1", "M1/1", "A1"]}
    assert len(reason["remedies"]) == 4
