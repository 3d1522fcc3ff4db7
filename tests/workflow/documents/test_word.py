"""Word files: real headings, languages, lists and table headers; nobody's name; the table's own paper."""

import docx
import pytest
from docx.shared import RGBColor

from tests.workflow.documents import word_seen
from tests.workflow.documents.word_seen import W
from workflow.documents.content import Document, Grid, Head, Line, Listed, Pairs, Part, Picture, Said
from workflow.documents.word import as_docx
from workflow.errors import Usage

GRID = Grid("Kuka tekee mitä", ("Mitä", "Kuka"), [("Kahvi", "Aino"), ("Kyydit", "Göran")])


def document(*blocks, language="fi", sender="Mallilan pöytä", title="Kahvia"):
    head = Head(sender, "Muistio", "12.2.2024", "1/3", "D 12/2024")
    return Document(language, title, head, blocks, ("Tehty poytalla.",))


def test_headings_are_headings_by_their_depth():
    deep = Line("pohjalla")
    for depth in range(11, 0, -1):
        deep = Part(f"Taso {depth}", [deep])

    found = word_seen.headings(as_docx([document(deep)]))

    assert found[:3] == [("Title", "Kahvia"), ("Heading1", "Taso 1"), ("Heading2", "Taso 2")]
    assert found[-3:] == [("Heading9", "Taso 9"), ("Heading9", "Taso 10"), ("Heading9", "Taso 11")]


def test_who_what_when_and_which_stand_at_the_top():
    told = [each.text for each in word_seen.paragraphs(as_docx([document()]))]

    assert told[:3] == ["Mallilan pöytä\tMuistio 1/3", "\t12.2.2024", "\tD 12/2024"]


def test_a_long_sender_leaves_room_for_the_kind():
    sender = "Mallilan, Pikkumallilan ja Uudenmallilan yhteinen kumppanuuspöytä"

    told = [each.text for each in word_seen.paragraphs(as_docx([document(sender=sender)]))]

    assert told[:2] == [sender, "\tMuistio 1/3"]


def test_pages_are_numbered_and_say_what_they_belong_to():
    two = as_docx([document(), document(language="sv", sender="Mallby bord")])

    assert word_seen.page_headers(two) == [
        "{PAGE} ({NUMPAGES})",
        "Mallilan pöytä · Muistio 1/3 · 12.2.2024 · {PAGE} ({NUMPAGES})",
        "{PAGE} ({NUMPAGES})",
        "Mallby bord · Muistio 1/3 · 12.2.2024 · {PAGE} ({NUMPAGES})",
    ]


def test_every_word_says_in_which_language_it_is():
    blocks = (Line(Said("Kukaan ei jää yksin.", "fi"), "Mål:"), Pairs([("Plats", "Biblioteket")]))

    told = {each.text: each.languages for each in word_seen.paragraphs(as_docx([document(*blocks, language="sv")]))}

    assert told["Mål: Kukaan ei jää yksin."] == {"sv-FI", "fi-FI"}
    assert told["Plats\tBiblioteket"] == {"sv-FI"}
    assert "" not in frozenset().union(*told.values())


def test_each_language_begins_on_a_page_of_its_own():
    two = as_docx([document(), document(language="sv")])

    sections = list(word_seen.part(two, "word/document.xml").iter(f"{W}sectPr"))
    assert [each.find(f"{W}type") is None for each in sections] in ([True, True], [True, False])
    assert len(sections) == 2


def test_the_columns_of_a_table_are_named_on_every_page():
    (table,) = word_seen.part(as_docx([document(GRID)]), "word/document.xml").iter(f"{W}tbl")

    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == "Kuka tekee mitä"
    look = table.find(f"{W}tblPr/{W}tblLook")
    assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")


def test_each_numbered_list_begins_at_one():
    file = as_docx([document(Listed(["a", "b"], numbered=True), Listed(["c"], numbered=True), Listed(["d"]))])

    numbers = [each.get(f"{W}val") for each in word_seen.part(file, "word/document.xml").iter(f"{W}numId")]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3


DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'


def test_a_picture_is_in_pixels_and_told_in_words():
    file = as_docx([document(Picture(DRAWN, "Neljä paikkaa, yksi tyhjä."))])

    assert "word/media/image1.png" in word_seen.parts(file)
    assert b'descr="Nelj\xc3\xa4 paikkaa, yksi tyhj\xc3\xa4."' in word_seen.parts(file)["word/document.xml"]


def test_without_a_font_a_picture_is_told_in_words_alone(monkeypatch):
    monkeypatch.setattr("workflow.pictures.png.WITHOUT_FONTS", True)

    file = as_docx([document(Picture(DRAWN, "Neljä paikkaa, yksi tyhjä."))])

    assert "Neljä paikkaa, yksi tyhjä." in [each.text for each in word_seen.paragraphs(file)]


def test_a_file_says_nobodys_name_nor_when_it_was_made():
    core = word_seen.parts(as_docx([document(language="sv")]))["docProps/core.xml"].decode()

    assert "<dc:title>Kahvia</dc:title>" in core
    assert "<dc:language>sv-FI</dc:language>" in core
    assert not [name for name in ("created", "modified", "lastModifiedBy", "python") if name in core]


def test_the_same_paper_is_the_same_file():
    assert as_docx([document(GRID)]) == as_docx([document(GRID)])


# The table's own paper


@pytest.fixture
def own(tmp_path):
    """A template as a Finnish Word may save it: with a header and a few styles, and others by names of its own."""
    word = docx.Document()
    for name in ("Title", "Caption", "List Bullet", "Table Grid"):
        style = word.styles[name].element
        style.getparent().remove(style)
    word.styles["Normal"].element.set(f"{W}styleId", "Normaali")
    word.styles["Heading 1"].font.color.rgb = RGBColor(0xAA, 0, 0)
    word.sections[0].header.paragraphs[0].text = "Mallilan kunta"
    word.add_paragraph("Kirjoita tähän")
    word.core_properties.author = "Maija Mallikas"
    for name, relation in list(word.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del word.part.rels[name]
    word.save(tmp_path / "document.docx")
    return tmp_path


def test_the_tables_own_paper_comes_before_ours(own):
    file = as_docx([document(Part("Asiat", [Listed(["a"]), GRID]))], own)

    told = word_seen.parts(file)
    assert word_seen.page_headers(file) == ["Mallilan kunta"]
    assert b'w:val="AA0000"' in told["word/styles.xml"]
    assert "Kirjoita tähän" not in [each.text for each in word_seen.paragraphs(file)]
    assert b"Maija" not in told["docProps/core.xml"]


def test_what_the_tables_own_paper_lacks_is_taken_from_ours(own):
    file = as_docx([document(Listed(["a"]), GRID)], own)

    word = docx.Document(_saved(own, file))
    assert {each.style.name for each in word.paragraphs} >= {"Title", "Caption", "List Bullet"}
    assert word.styles["Title"].base_style.style_id == "Normaali"
    assert word.tables[0].style.name == "Table Grid"


def test_paper_without_a_header_of_its_own_gets_ours(tmp_path):
    docx.Document().save(tmp_path / "document.docx")

    assert word_seen.page_headers(as_docx([document()], tmp_path))[0] == "{PAGE} ({NUMPAGES})"


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"Kirjoita"])
def test_what_is_no_word_document_is_not_written_on(tmp_path, content):
    (tmp_path / "document.docx").write_bytes(content)

    with pytest.raises(Usage) as refused:
        as_docx([document()], tmp_path)

    assert refused.value.code == "template_unreadable"


def _saved(folder, file):
    place = folder / "made.docx"
    place.write_bytes(file)
    return str(place)
