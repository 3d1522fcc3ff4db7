"""Pictures in pixels: sharp, with their words; and none at all where no words could be written."""

import struct

import pytest

from tests.workflow.pictures.shown import PICTURES
from workflow.errors import Usage
from workflow.pictures import png as pixels
from workflow.pictures.canvas import WIDTH


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_in_pixels_is_three_times_as_large(name):
    data = pixels.png(PICTURES[name]("fi"))

    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">I", data[16:20]) == (3 * WIDTH,)


def test_without_a_font_nothing_is_drawn_rather_than_a_picture_without_words(monkeypatch):
    monkeypatch.setattr(pixels, "WITHOUT_FONTS", True)

    with pytest.raises(Usage) as refused:
        pixels.png(PICTURES["actions"]("fi"))

    assert refused.value.code == "no_font"


def test_words_are_in_the_picture():
    with_words = PICTURES["actions"]("fi")

    assert pixels.png(with_words) != pixels.png(with_words.replace("<text ", '<text visibility="hidden" '))
