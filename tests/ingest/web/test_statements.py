"""What a page states of itself, and what of that is believed: small pages, one claim each."""

from __future__ import annotations

import json
from datetime import date

import pytest

from backfile.ingest.web.page import read_page
from backfile.model import Kind

PROSE = (
    "<p>" + "The ferry left the pier at seven and came back at nine, with nobody on board but the crew. " * 4 + "</p>"
)


def page(above: str = "", below: str = "", **data: object) -> str:
    node = json.dumps({"@type": "NewsArticle", "description": "x"} | data)
    head = '<title>Ferry sails empty</title><meta property="og:site_name" content="Quay News">'
    head += f'<script type="application/ld+json">{node}</script>'
    return (
        f"<html><head>{head}</head><body><article><h1>Ferry sails empty</h1>{above}{PROSE}{PROSE}{below}</article>"
        "</body></html>"
    )


BYLINES = {
    "<div>By<a href='/x'>Ada Quill</a></div>": ("Ada Quill",),
    "<p>Posted by Ada Quill under Harbour</p>": ("Ada Quill",),
    "<p>Text &amp; Fotos: Ada Quill</p>": ("Ada Quill",),
    "<div>Date: 1.2.2024 Author: Ada Quill Source: Quay News</div>": ("Ada Quill",),
    "<p>Verfasst von: tideline | 31. Dezember 2008</p>": (),
    "<p><a href='https://q.example/staff/ada-quill/'>Ada Quill</a></p>": ("Ada Quill",),
    "<p><a href='https://q.example/topics/ada-quill/'>Ada Quill</a></p>": (),
    "<p><span class='license-author'>Ada Quill</span></p>": (),
    "<figure><img src='/a.png'><figcaption class='author'>Ada Quill</figcaption></figure>": (),
    "<p>New Harbour | 05.04.2024</p>": (),
    "<h5>Autor:</h5><div>Ada Quill/QN</div>": ("Ada Quill",),
    "<p><strong>Ada Quill/Ben Reed</strong></p>": ("Ada Quill", "Ben Reed"),
    "<p><strong>New Harbour</strong></p>": (),
    "<div class='node-promoted'><a class='username'>tideline</a></div>": ("tideline",),
    "<div class='elementor-widget'><span class='author'>Ada Quill</span></div>": ("Ada Quill",),
    "<div class='widget'><span class='author'>Ada Quill</span></div>": (),
    "<p>By <a rel='author'>Quay Staff</a></p>": ("Quay Staff",),
    "<p>By <a rel='author'>Our Foreign Staff</a></p>": (),
    "<p>By <a rel='author'>Quay News</a></p>": (),
    "<p>Por Agencia Muelle</p>": ("Agencia Muelle",),
    "<p>Автор: Ада Квіт<br>Фото: Лев Птах</p>": ("Ада Квіт",),
    "<p>Posted 12 September 2024 by Ada Quill</p>": ("Ada Quill",),
    "<p class='by'>Ada Quill | Friday 17 May</p>": ("Ada Quill",),
    "<p>By Ada Quill . Aug 11, 2023 . 2 min</p>": ("Ada Quill",),
    "<p><a href='https://q.example/author/ada-kvit'>Ада Квіт</a></p>": ("Ада Квіт",),
    "<div class='post__author'><div>Ada Quill</div><div>economist at the port</div></div>": ("Ada Quill",),
    "<p>By ADA QUILL and BEN REED News Staff Writers</p>": ("ADA QUILL", "BEN REED"),
    "<p>Super User</p><dd class='author'>Super User</dd>": (),
    "<p class='vcard'>1.2.2024 / <a rel='tag'>Harbour</a> / <a rel='tag'>Ferries</a></p>": (),
}


@pytest.mark.parametrize(("above", "names"), BYLINES.items(), ids=range(len(BYLINES)))
def test_a_byline_near_the_title(above: str, names: tuple[str, ...]) -> None:
    assert read_page(page(above)).authors == names


SIGNED = {
    "<p>Autorin: Ada Quill, Leiterin der Werft</p>": ("Ada Quill",),
    "<p><b><i>Ada Quill</i></b></p>": ("Ada Quill",),
    f"{PROSE.replace('ferry', 'boat')}<p><b>Ada QUILL</b>, Ostby</p><p>Photo by the author</p>": ("Ada QUILL",),
    "<p><i>Розмовляла Ада Квіт</i></p>": ("Ада Квіт",),
    "<p><em>With reports from Ada Quill and Ben Reed</em></p>": (),
    "</article><div class='meta'>Date: 1.2.2024 Author: Ada Quill Source: Quay News</div>": ("Ada Quill",),
}


@pytest.mark.parametrize(("below", "names"), SIGNED.items(), ids=range(len(SIGNED)))
def test_a_text_that_is_signed_at_its_end(below: str, names: tuple[str, ...]) -> None:
    assert read_page(page(below=below)).authors == names


def test_an_author_shown_to_no_reader_is_not_taken_and_said() -> None:
    found = read_page(page(author={"@type": "Person", "name": "Ada Quill"}))
    assert found.authors == ()
    assert any("Ada Quill in the page's data" in note for note in found.notes)


def test_an_author_in_the_data_whom_readers_see_is_taken() -> None:
    found = read_page(page("<div>ADA QUILL, harbour desk</div>", author={"@type": "Person", "name": "Ada Quill"}))
    assert found.authors == ("Ada Quill",)


def test_whom_the_byline_links_beside_the_author_in_the_data_is_an_author_too() -> None:
    line = "<p><a href='/author/ada/'>Ada Quill</a>, <a href='/author/ben/'>Ben Reed</a></p>"
    assert read_page(page(line, author={"@type": "Person", "name": "Ada Quill"})).authors == ("Ada Quill", "Ben Reed")


def test_the_account_of_an_administrator_is_no_author() -> None:
    account = {"@type": "Person", "name": "Quay D", "url": "https://q.example/author/admin/"}
    assert read_page(page("<p>Quay D</p>", author=account)).authors == ()


def test_the_day_that_readers_see_goes_before_one_that_none_does() -> None:
    times = '<p><time datetime="2022-01-25">25.01.2022</time></p>'
    assert read_page(page(times, datePublished="2022-01-15")).date == date(2022, 1, 25)


def test_the_day_of_the_last_change_does_not() -> None:
    times = '<p><time datetime="2022-01-25">25.01.2022</time></p>'
    found = read_page(page(times, datePublished="2022-01-15", dateModified="2022-01-25"))
    assert found.date == date(2022, 1, 15)


def test_a_day_right_under_the_title_goes_before_a_few_days_later_in_the_data() -> None:
    assert read_page(page("<p>Stand: 05.02.2020</p>", datePublished="2020-02-12")).date == date(2020, 2, 5)
    assert read_page(page("<p>Stand: 05.02.2019</p>", datePublished="2020-02-12")).date == date(2020, 2, 12)


def test_a_day_that_readers_and_the_address_name_goes_before_years_later_in_the_data() -> None:
    html = page("<p>5 February 2018</p>", datePublished="2022-06-01T10:00:00+02:00")
    assert read_page(html, url="https://q.example/2018/02/05/ferry/").date == date(2018, 2, 5)


DAYS = {
    f"<h3>02.01.2022</h3><h2>Ferry sails empty</h2>{PROSE}{PROSE}": date(2022, 1, 2),
    f"<p>2021-10-16 | Harbour</p><h4>Ferry sails empty</h4>{PROSE}{PROSE}": date(2021, 10, 16),
    f"<h2>Ferry sails empty</h2><p>27.1.2022 - {PROSE[3:]}{PROSE}": date(2022, 1, 27),
    f"<p property='dc:date dc:created' content='2021-03-12T14:05+03:00'>Fri, 03/12/2021</p>{PROSE}": date(2021, 3, 12),
    f"<ul><li>Updated Oct 5, 2024</li><li>Oct 3, 2024</li></ul>{PROSE}": date(2024, 10, 3),
    f"<p>by Ada Quill<br>October 3, 1999</p>{PROSE}{PROSE}": date(1999, 10, 3),
    f"<h2>Ferry sails empty</h2>{PROSE * 9}<div>Datum: 19.11.2021 Quelle: Quay</div>": date(2021, 11, 19),
}


@pytest.mark.parametrize(("body", "day"), DAYS.items(), ids=range(len(DAYS)))
def test_a_day_that_the_page_shows_is_no_guess(body: str, day: date) -> None:
    found = read_page(f"<html><head><title>Ferry sails empty</title></head><body>{body}</body></html>")
    assert (found.date, "date" in found.guessed) == (day, False)


def test_a_day_of_which_the_page_says_that_it_was_changed_is_a_guess() -> None:
    found = read_page(page("<p>Zuletzt geändert am 05.03.2024</p>"))
    assert (found.date, "date" in found.guessed) == (date(2024, 3, 5), True)


@pytest.mark.parametrize(
    ("lang", "moment", "day"),
    [
        ("de", "2022-11-06T23:00:00.000Z", date(2022, 11, 7)),
        ("de", "2022-06-06T22:00Z", date(2022, 6, 7)),
        ("uk", "2022-11-06T22:00:00Z", date(2022, 11, 7)),
        ("de", "2022-11-06T23:01:00Z", date(2022, 11, 6)),
        ("en", "2022-11-06T23:00:00Z", date(2022, 11, 6)),
    ],
)
def test_a_moment_that_is_midnight_where_the_page_is_read_is_the_day_that_begins(
    lang: str, moment: str, day: date
) -> None:
    assert read_page(page(datePublished=moment).replace("<html>", f"<html lang={lang}>")).date == day


def test_a_dateline_goes_before_a_day_elsewhere() -> None:
    assert read_page(page(f"<p>29.11.2022 – {PROSE[3:]}", "<p>02.12.2022</p>")).date == date(2022, 11, 29)


def test_a_month_is_no_day() -> None:
    found = read_page(page(below='<img src="/uploads/2015/03/pier.jpg" alt="pier">'))
    assert found.date is None


def test_a_title_cut_off_at_a_quotation_mark_is_taken_whole() -> None:
    head = '<meta property="og:title" content="Captain calls crew "><title>Captain calls crew "brave"</title>'
    found = read_page(f"<html><head>{head}</head><body>{PROSE}{PROSE}</body></html>")
    assert found.title == 'Captain calls crew "brave"'


def test_without_a_first_heading_the_statement_that_readers_see_goes_first() -> None:
    node = json.dumps({"@type": "NewsArticle", "headline": "Ferry sails with nobody aboard", "description": "x"})
    head = f'<meta property="og:title" content="Why a ferry sailed"><script type="application/ld+json">{node}</script>'
    body = f"<h2><span>Harbour</span> Ferry sails with nobody aboard</h2>{PROSE}{PROSE}"
    found = read_page(f"<html><head>{head}</head><body>{body}</body></html>")
    assert found.title == "Ferry sails with nobody aboard"


def test_of_two_first_headings_the_surer_statement_decides() -> None:
    head = (
        '<title>Ferry sails empty - The Quay</title><meta property="og:title" content="Ferry sails empty - The Quay">'
        '<meta property="og:site_name" content="The Quay"><meta name="title" content="Some groups are concerned">'
    )
    body = f"<h1>Ferry sails empty</h1><h1>Some groups are concerned</h1>{PROSE}{PROSE}"
    found = read_page(f"<html><head>{head}</head><body>{body}</body></html>")
    assert found.title == "Ferry sails empty"


def test_what_leads_to_the_front_page_names_the_outlet_and_is_no_headline() -> None:
    head = "<title>Quay Diary: Ferry sails empty</title><link rel=canonical href='https://q.example/2024/ferry.html'>"
    body = f"<h1><a href='https://q.example/'>Quay Diary</a></h1><h3>Ferry sails empty</h3>{PROSE}{PROSE}"
    found = read_page(f"<html><head>{head}</head><body>{body}</body></html>")
    assert (found.title, found.source and found.source.name) == ("Ferry sails empty", "Quay Diary")


def test_a_post_without_a_headline_is_not_called_by_its_account() -> None:
    head = '<meta property="og:title" content="Quay Notes"><title>Quay Notes</title>'
    body = f'<div class="message_author"><a class="author-name">Quay Notes</a></div>{PROSE}{PROSE}'
    found = read_page(f"<html><head>{head}</head><body>{body}</body></html>")
    assert (found.title, "title" in found.guessed) == ("", True)


def test_the_part_of_the_title_that_stands_as_a_line_is_the_headline() -> None:
    head = "<title>“Quay” » News » Ferry sails empty again</title>"
    body = f"<b>Ferry sails empty again</b><br>3.10.2024<br><br>{PROSE}{PROSE}"
    found = read_page(f"<html><head>{head}</head><body>{body}</body></html>")
    assert found.title == "Ferry sails empty again"


def test_two_line_breaks_part_paragraphs() -> None:
    texts = (PROSE[3:-4], PROSE[3:-4].replace("ferry", "boat"), "<b>The pier is shut.</b>")
    other = "<a href='/1'>Read also: A whole other story</a>"
    body = f"<h1>Ferry sails empty</h1><div>{'<br><br>'.join(texts)}<br><br>{other}</div>"
    found = read_page(f"<html><head><title>Ferry sails empty</title></head><body>{body}</body></html>")
    assert found.markdown.endswith(
        "boat left the pier at seven and came back at nine, with nobody on board but the crew."
        "\n\n**The pier is shut.**\n"
    )


def test_a_list_that_ends_the_text_stays() -> None:
    signs = "<p class='MsoListParagraph'><span>·<span>&nbsp;&nbsp;</span></span>{}</p>"
    found = read_page(page(below="<p>It costs:</p>" + signs.format("one coin") + signs.format("two coins")))
    assert found.markdown.endswith("It costs:\n\n- one coin\n- two coins\n")


def test_counters_and_categories_below_the_text_go() -> None:
    found = read_page(page(below="<div>Переглядів: 120</div>"))
    assert "120" not in found.markdown


def test_a_paragraph_called_title_is_a_makeshift() -> None:
    found = read_page(f"<html><body><p class='c0 title'>Ferry sails empty</p>{PROSE}{PROSE}</body></html>")
    assert (found.title, "title" in found.guessed) == ("Ferry sails empty", True)


def test_a_short_line_called_the_lead_stays() -> None:
    assert read_page(page("<div class='post__lead'>Nobody came</div>")).markdown.startswith("Nobody came\n")


def test_a_short_text_keeps_no_box_that_asks_for_something() -> None:
    asks = "<div class='subscription-widget'><p>Ferry Notes is free. Give us your address to get it by mail.</p></div>"
    assert "address" not in read_page(page(asks)).markdown


def test_a_script_left_open_does_not_swallow_the_page() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", <!--[if lt IE 9]> '
    found = read_page(f"<html><head>{head}</head><body><h1>Ferry sails empty</h1>{PROSE}{PROSE}</body></html>")
    assert found.title == "Ferry sails empty"


def test_what_follows_a_title_that_stands_alone_elsewhere_is_cut() -> None:
    head = (
        '<meta property="og:title" content="항구가 다시 열렸다-사회ㅣ부두일보">'
        '<meta name="headline" content="항구가 다시 열렸다">'
    )
    assert read_page(f"<html><head>{head}</head><body>{PROSE}{PROSE}</body></html>").title == "항구가 다시 열렸다"


def test_an_article_whose_page_shows_no_text_is_a_brief_with_its_description() -> None:
    head = (
        '<meta property="og:type" content="article"><meta property="og:title" content="Ferry sails empty">'
        '<meta property="og:description" content="Nobody was on board but the crew."><meta name="author" '
        'content="김부두 기자">'
    )
    found = read_page(f"<html><head>{head}</head><body><div id='app'></div></body></html>")
    assert (found.kind, found.title, found.authors) == (Kind.BRIEF, "Ferry sails empty", ("김부두",))
    assert found.markdown == "Nobody was on board but the crew.\n"
    assert any("shows no text" in note for note in found.notes)
