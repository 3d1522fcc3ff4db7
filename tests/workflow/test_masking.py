"""Names are taken out of texts however they stand there, and nothing else is."""

import unicodedata

import pytest

from workflow.masking import Mask

AINO = Mask(
    ["Aino Äijälä"],
    ["aino.aijala@keuruu.fi", "aijala@kyla.fi"],
    others=["Matti Äijälä", "Aino Äijälä-Öhman", "Göran Öhman"],
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Aino Äijälä kertoi", "… kertoi"),
        ("Kysytään: AINO ÄIJÄLÄ.", "Kysytään: …."),
        ("aino aijala", "…"),
        ("Aino Äijälän, Aino Äijälälle ja Aino Äijälältäkin", "…, … ja …"),
        ("Äijälän Aino", "…"),
        ("Läsnä: Äijälä, Aino; Öhman, Göran", "Läsnä: …; Öhman, Göran"),
        ("Aino\nÄijälä ja Aino  Äijälä", "… ja …"),
        ("Aino Äijäläs förslag, Aino Äijälä's idea", "… förslag, … idea"),
        ("aino.aijala@keuruu.fi tai Aijala@Kyla.fi.", "… tai …."),
        ("Ａｉｎｏ Äijälä", "…"),
        ("Ai\u00adno Äi\u200bjälä", "…"),
        (unicodedata.normalize("NFD", "Kiitos Aino Äijälälle!"), "Kiitos …!"),
        ("(Aino-Äijälä)", "(…)"),
    ],
)
def test_a_name_is_taken_out_in_whatever_way_it_is_written(text, left):
    assert AINO.names(text)
    assert AINO.without(text) == left
    assert not AINO.names(left)


@pytest.mark.parametrize(
    "text",
    [
        "Äijälän kyläyhdistys",
        "Aino Virtanen ja Matti Äijälä",
        "Matti Äijälä, Aino Virtanen",
        "Matti Äijälä\nAino Virtanen",
        "Aino Äijälä-Öhman tuli, ja Aino Äijälä-Öhmanin sisko",
        "Aino Äijäläinen",
        "Ainoa asia: äijäläinen",
        "Saino Äijälä",
        "aijala@kyla.fi-tili",
        "ei.aijala@kyla.fi",
        "",
    ],
)
def test_other_names_and_words_stay(text):
    assert AINO.without(text) == text
    assert not AINO.names(text)


@pytest.mark.parametrize(
    ("name", "inflected"),
    [
        ("Pekka Näätänen", "Pekka Näätäsen / Pekka Näätästä / Pekka Näätäseen / Näätäsen Pekalle / Pekka Näätänenkin"),
        ("Aino Mäki", "Aino Mäen / Aino Mäelle / Aino Mäkeä / Aino Mäkeen"),
        ("Aino Virta", "Aino Virran / Aino Virralla / Aino Virtaa"),
        ("Mika Lahti", "Mika Lahden / Mika Lahtea / Mika Lahteen"),
        ("Eero Rinne", "Eero Rinteen / Eero Rinteeltä / Eeron Rinne"),
        ("Markus Kangas", "Markus Kankaan / Markus Kankaalle / Markuksen Kankaan"),
        ("Sven Sjöström", "Sven Sjöströmin / Sven Sjöströmille / Sven Sjöströms / Sven Sjöströmkin"),
        ("Anna-Liisa von Ek", "Anna-Liisa von Ekin / von Ek Anna-Liisa / Anna Liisa von Ekille"),
        ("Kirsi Särki", "Kirsi Särjen / Kirsi Särjelle / Kirsi Särkeä"),
        ("Outi Leppä", "Outi Lepän / Outi Leppää"),
        ("Jan O’Brien (varajäsen)", "Jan O'Brien / Jan O’Brienin / Jan O'Brien:n"),
    ],
)
def test_names_are_known_by_their_stems(name, inflected):
    mask = Mask([name])

    assert {mask.without(each) for each in inflected.split(" / ")} == {"…"}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Aino Mäki", "Aino Mäkinen"),
        ("Aino Mäki", "Aino Mäkelä"),
        ("Aino Virta", "Aino Virtanen"),
        ("Mika Lahti", "Mia Lahti"),
        ("Mika Lahti", "Mika Lahtinen"),
        ("Kai Lind", "Kai Lindén"),
        ("Li Na", "Lina"),
        ("Pekka Salo", "Pekka Salonen"),
    ],
)
def test_names_that_begin_alike_are_told_apart(name, other):
    assert Mask([name]).without(other) == other


def test_a_longer_name_of_somebody_known_stays_where_it_could_be_an_inflected_one():
    assert Mask(["Kai Sund"]).without("Kai Sundin") == "…"
    assert Mask(["Kai Sund"], others=["Kai Sundin"]).without("Kai Sundin, Kai Sundilla") == "Kai Sundin, …"


def test_a_namesake_is_no_longer_name():
    mask = Mask(["Aino Äijälä"], others=["AINO AIJALA"])

    assert (mask.is_called("AINO AIJALA"), mask.without("Aino Äijälä")) == (True, "…")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Äijälän kylätalo", True),
        ("Aino lupasi soittaa", True),
        ("Aino Virtanen", True),
        ("Aino Äijälä tuli, ja Aino lupasi", True),
        ("Aino Äijälä tuli", False),
        ("Matti Äijälän kyyti", False),
        ("ainoa, äijälä", False),
    ],
)
def test_single_words_of_a_name_are_only_pointed_at(text, told):
    assert AINO.perhaps(text) is told


def test_a_name_of_one_word_stays_unless_it_is_told_as_another_name():
    assert Mask(["Museonjohtaja"]).without("Museonjohtajan esitys") == "Museonjohtajan esitys"
    assert Mask(["Museonjohtaja"]).perhaps("Museonjohtajan esitys")
    assert Mask(["Aino Äijälä"], alone=["Aikku"]).without("Aikulle ja Aikku") == "… ja …"


def test_a_mask_of_nobody_takes_nothing_out():
    assert (Mask([""]).without("Aino Äijälä"), Mask([]).names("Aino"), Mask([]).perhaps("Aino")) == (
        "Aino Äijälä",
        False,
        False,
    )
