"""Files are written whole or not at all, over no other without being asked, and into nothing that is no file."""

import os

import pytest


@pytest.mark.parametrize("more", [(), ("--yes",)])
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "nowhere", "device"])
def test_what_is_no_file_is_never_written_to(at_keuruu, away, kind, more):
    place = away / "book.yaml"
    {
        "folder": place.mkdir,
        "pipe": lambda: os.mkfifo(place),
        "loop": lambda: place.symlink_to(place),
        "nowhere": lambda: place.symlink_to(away / "target.yaml"),
        "device": lambda: place.symlink_to("/dev/full"),
    }[kind]()

    answer = at_keuruu("export", "--to", str(place), "--json", *more)

    assert (answer.status, answer.json["code"]) == (2, "file_exists")
    assert list(away.iterdir()) == [away / "book.yaml"]


@pytest.mark.parametrize("place", ["ei/ole/book.yaml", "x" * 300, "/proc/book.yaml"])
def test_a_file_that_can_not_be_written_is_told(at_keuruu, away, place):
    answer = at_keuruu("export", "--to", place, "--json")

    assert (answer.status, answer.json["code"]) == (2, "file_unwritable")
    assert list(away.iterdir()) == []


def test_a_file_is_replaced_only_by_whoever_says_so_and_only_whole(at_keuruu, away):
    file = away / "book.yaml"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)

    assert at_keuruu("export", "--to", str(file)).status == 2
    assert file.read_text(encoding="utf-8") == "old"

    assert at_keuruu("export", "--to", str(file), "--yes").status == 0
    assert file.read_text(encoding="utf-8") == at_keuruu("export").out
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(away.iterdir()) == [away / "book.yaml"]
