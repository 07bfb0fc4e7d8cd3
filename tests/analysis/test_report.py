"""The report as a file of its own: strict HTML, nothing from elsewhere, and people's words inert."""

from __future__ import annotations

import pytest

from analysis.records import UNSORTED, Coding, Comment, Quote, Theme, ThemeSet
from analysis.report import amount, direction, inert, language_name, render, strength
from tests.support import page_rules
from tests.support.page import Page, text_of

MODEL = {
    "name": "model", "revision": "1", "sha256": "ab", "fallback": False, "seed": 0,
    "codebook": {"name": "<b>Book</b>", "sha256": "cd", "themes": 2},
}  # fmt: skip
SAID = {
    "en": '<script>alert("hello")</script> {{ 7 * 9 }}</blockquote>',
    "ar": "اضطررت إلى الانتظار ساعات طويلة",
    "ur": "\u202eبہت انتظار\u202c کیا",
    "cy": "\x00Bu'n rhaid aros 😀 Z̷̡̛a",
}
COMMENTS = [Comment(tag, text, tag, tag) for tag, text in SAID.items()]
QUOTES = [Quote(tag, 0, len(text), text, tag) for tag, text in SAID.items()]


def page(quotes: list[Quote] | None = None, **changes: object) -> Page:
    quotes = QUOTES if quotes is None else quotes
    keywords = ["<i>wait</i>"]
    themes = [
        Theme(
            "waiting", "Waiting & <delays>", "How long.", "codebook", keywords, 4, {"en": 3, "ar": 1},
            quotes[1:], keywords_by_language={"en": keywords, "ar": ["انتظار"]},
            subtitle=quotes[0] if quotes else None,
        ),
        Theme("s-0123abcd", "", "", "suggested", [], 12, {"en": 12}, []),
        Theme("few-0123abcd", "dog", "", "few", ["dog"], 3, {"und": 3}, quotes[:1]),
    ]  # fmt: skip
    codings = [Coding(c.id, "waiting", 0.5, 0, len(c.text), True) for c in COMMENTS]
    codings.append(Coding("blank", UNSORTED, 0, 0, 0, True))
    found = ThemeSet(MODEL | changes, themes, codings, [], {tag: tag for tag in SAID}, {"en": "negative"})
    return Page(render(found, [*COMMENTS, Comment("blank", " ", "z")]), "report.html")


@pytest.mark.parametrize(
    "rule",
    [
        page_rules.language,
        page_rules.names,
        page_rules.ids,
        page_rules.references,
        page_rules.own_origin,
        page_rules.leftovers,
    ],
)
def test_it_keeps_the_rules_of_every_page(rule: object) -> None:
    assert callable(rule)
    assert list(rule(page())) == []


def test_it_fetches_and_runs_nothing() -> None:
    report = page()
    assert not list(report.all("script", "link", "img", "iframe", "object", "embed", "form"))
    for element in report.root.iter():
        assert not [name for name in element.attrib if str(name).startswith("on") or name in {"src", "style"}]
    assert "http" not in report.html.replace("http-equiv", "")
    assert "url(" not in report.html


def test_what_people_wrote_stands_there_letter_for_letter_and_inert() -> None:
    report = page()
    assert SAID["en"] in report.text
    assert SAID["ar"] in report.text
    assert "Waiting & <delays>" in report.text
    assert "<i>wait</i>" in report.text
    assert "<b>Book</b>" in report.text


def test_each_quote_has_its_language_and_direction() -> None:
    runs = {quote.get("lang"): quote.get("dir") for quote in page().all("blockquote")}
    assert runs == {"en": "ltr", "ar": "rtl", "ur": "rtl", "cy": "ltr"}


def test_a_quote_in_an_unknown_language_runs_as_its_letters_do() -> None:
    quotes = page([Quote("en", 0, 4, "Good", None)]).all("blockquote")
    assert {(quote.get("lang"), quote.get("dir")) for quote in quotes} == {("", "auto")}


def test_one_to_four_people_are_a_few() -> None:
    assert amount(0) == "0 people"
    assert {amount(number) for number in range(1, 5)} == {"a few people"}
    assert amount(5) == "5 people"
    assert strength(3, 4) == "a few accounts"
    (waiting,) = (each for each in page().all("article") if each.get("id") == "theme-waiting")
    assert "a few people" in text_of(waiting)
    assert "4" not in text_of(waiting)


def test_no_bar_gives_a_hidden_count_away() -> None:
    widths = {
        text_of(next(row.iter("th"))): each.get("width")
        for row in page().all("tr")
        for each in row.iter()
        if str(each.tag).endswith("rect")
    }
    assert widths["Waiting & <delays>"] == "0"
    assert widths["A group without a name yet"] == "200"


def test_it_says_where_a_group_comes_from_and_where_words_may_not_be_shown() -> None:
    assert "Found by the computer. No one has confirmed or named it." in page().text
    assert "No words can be shown here" in page([]).text


def test_sorting_by_words_alone_is_said_at_the_top() -> None:
    assert "Sorted by words alone." in page(fallback=True, sha256="", codebook=None).text
    assert "Sorted by words alone." not in page().text


def test_what_html_cannot_hold_is_marked_and_nothing_else_is_touched() -> None:
    assert inert("a\x00b\ud800c") == "a\ufffdb\ufffdc"
    assert inert("\u202e\u200d😀\n\tZ̷") == "\u202e\u200d😀\n\tZ̷"


def test_languages_have_their_names_and_the_unknown_one_is_not_english() -> None:
    assert [language_name(tag) for tag in ("so", "und", "xx-what")] == ["Somali", "Not known", "xx-what"]
    assert [direction(tag) for tag in ("zh-Hans", "ckb", "und", None)] == ["ltr", "rtl", "auto", "auto"]


def test_a_report_on_nothing_is_still_a_page() -> None:
    empty = Page(render(ThemeSet(MODEL, [], []), []), "report.html")
    assert "No theme was found" in empty.text


def test_keywords_stand_by_their_language_and_another_view_says_what_it_is() -> None:
    report = page()
    assert "English, words that several people used: <i>wait</i>" in report.text
    assert "Arabic, words that several people used: انتظار" in report.text
    assert "Another view" not in report.text
    theme = Theme("t", "T", "", "codebook", [], 9, {"en": 9}, [], subtitle=QUOTES[0], other_view=QUOTES[1])
    found = ThemeSet(MODEL, [theme], [], [], {}, {})
    assert "Another view, which sounds the other way than most:" in Page(render(found, COMMENTS), "r").text
