from __future__ import annotations

from backfile.pictures import is_kept_picture, picture_path, picture_size, pictures_of, unused_pictures

ONE, OTHER = picture_path(b"one", 800, 450), picture_path(b"other", 40, 1600)


def test_a_path_is_made_of_the_bytes_and_states_the_size() -> None:
    assert ONE.startswith("images/76/7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed-")
    assert picture_size("{static}/" + ONE) == (800, 450)
    assert picture_size(f"../../{OTHER}") == (40, 1600)


def test_what_an_editor_put_there_is_not_kept_by_an_import() -> None:
    assert not is_kept_picture("images/harbour.webp")
    assert picture_size("images/harbour-800x450.webp") is None
    assert not is_kept_picture(f"other/{ONE}")


def test_the_pictures_of_a_text_once_each() -> None:
    markdown = f"![a]({{static}}/{ONE})\n\n![b]({{static}}/{OTHER}) ![a]({{static}}/{ONE})\n"
    assert pictures_of(markdown, f'<img src="../{ONE}">') == (ONE, OTHER)
    assert pictures_of("![a]({static}/images/harbour.webp)") == ()


def test_unused_are_kept_pictures_that_no_text_shows() -> None:
    assert unused_pictures([ONE, "images/plan.svg", OTHER], [f"![]({{static}}/{ONE})"]) == (OTHER,)
