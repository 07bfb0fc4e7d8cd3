"""Bad input: kept as written where it can be, else refused with a clear sentence and given back."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

import pytest

from feedback.survey.typed import clean
from tests.support.respondent import Respondent

from .conftest import Kept

AS_WRITTEN = {
    "emoji": "Fine 👩🏽‍🍼 🏳️‍🌈",
    "bidi controls": "abc \u202egnp.exe\u202c \u2066x\u2069",
    "zalgo": "h̷̗̏ë̴́ͅl̶̛̠p̸̰̈",
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "template": "{{ 7*7 }} {% raw %} ${7*7} %s",
    "formula": '=HYPERLINK("https://evil.example","click")',
    "textarea end": "</textarea><h1>mine</h1>",
    "quotes": "\"'`&amp;&lt;",
    "spaces": "  two  spaces\n\n\nand lines\t.",
    "scripts of the world": "اُردو · العربية · ਪੰਜਾਬੀ · 中文 · ትግርኛ",
}


@pytest.mark.parametrize("words", AS_WRITTEN.values(), ids=AS_WRITTEN.keys())
def test_words_are_kept_as_written_and_do_nothing(
    respondent: Respondent, story, kept: Kept, words: str
) -> None:
    respondent.opens("story").begins().answers(happened=words).goes_on().goes_back()
    assert respondent.form.values["happened"] == [words]
    respondent.goes_on().goes_to_readers().chooses_readers("anyone").sees(words)
    receipt = respondent.sends()
    assert kept.under(receipt).words == {"happened": words}
    respondent.reads_back(str(receipt)).sees(words)
    assert "<script>alert" not in respondent.page.html and "<img" not in respondent.page.html


def test_signs_that_nobody_can_write_are_taken_out(respondent: Respondent, story, kept: Kept) -> None:
    respondent.tells("story", happened="a\x00b\x01c\x1b[31m\ufffe\U0001ffffd\r\ne\rf")
    assert kept.under(respondent.receipt).words == {"happened": "abc[31md\ne\nf"}


def test_nothing_else_is_taken_out() -> None:
    for words in AS_WRITTEN.values():
        assert clean(words) == words


def refused(person: Respondent, kept: Kept, status: int, *told: str) -> None:
    assert person.status == status
    person.sees(*told)
    assert (kept.responses, kept.drafts) == (0, 0)


def test_an_unknown_question_is_refused(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="my words")
    respondent.submits(respondent.form, respondent.form.data() | {"made_up": ["x"]})
    refused(respondent, kept, 400, "That held answers to questions we did not ask. Nothing was saved.")
    assert respondent.form.values["happened"] == ["my words"]


def test_a_question_of_another_page_is_refused(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="my words")
    respondent.submits(respondent.form, respondent.form.data() | {"better": ["x"]})
    refused(respondent, kept, 400, "questions we did not ask")


def test_more_than_500_fields_are_refused(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="my words")
    many = {f"field-{number}": ["x"] for number in range(500)}
    respondent.submits(respondent.form, respondent.form.data() | many)
    refused(respondent, kept, 400, "That held more answers than this page has. Nothing was saved.")
    assert respondent.form.values["happened"] == ["my words"]


def test_more_than_500_parts_are_refused(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="my words")
    many = respondent.form.data() | {f"field-{number}": ["x"] for number in range(500)}
    response = respondent.client.post(respondent.form.action, data=many, content_type="multipart/form-data")
    refused(respondent.meets(response), kept, 400, "That held more answers than this page has.")
    assert respondent.form.values["happened"] == ["my words"]


@pytest.mark.parametrize("words", ["long " * 450_000, "ж" * 360_000], ids=["2.2 MB", "2.1 MB encoded"])
def test_more_than_2_mb_is_refused_and_given_back(
    respondent: Respondent, story, kept: Kept, words: str
) -> None:
    respondent.opens("story").begins().answers(happened=words).goes_on()
    refused(respondent, kept, 413, "That is more than we can take at once.")
    assert respondent.form.values["happened"] == [words]


def test_far_more_than_can_be_given_back_is_refused_with_a_page(
    respondent: Respondent, story, kept: Kept
) -> None:
    respondent.opens("story").begins().answers(happened="x" * 9_000_000).goes_on()
    refused(respondent, kept, 413, "That is more than we can take at once")


def test_bytes_that_are_no_text_are_refused_and_the_rest_stays(
    respondent: Respondent, story, kept: Kept
) -> None:
    respondent.opens("story").begins()
    [token] = respondent.form.values["token"]
    response = respondent.client.post(
        respondent.form.action,
        data=f"token={quote_plus(token)}&happened=my+w%C3%B6rds+%FF%FE+end",
        content_type="application/x-www-form-urlencoded",
    )
    refused(respondent.meets(response), kept, 422, "Some signs in it could not be read.")
    assert respondent.form.values["happened"] == ["my wörds \ufffd\ufffd end"]


def test_words_of_20_000_letters_are_welcome(respondent: Respondent, story, kept: Kept) -> None:
    respondent.tells("story", happened="ب" * 20_000)
    assert len(kept.under(respondent.receipt).words["happened"]) == 20_000


@pytest.mark.parametrize(
    "tag", ["../..", "..%2f..%2fetc", "en\u0000", "<script>", "x" * 200, "", "en_GB;q=1", "é"]
)
def test_a_language_that_is_none_is_the_surveys_own(respondent: Respondent, story, tag: str) -> None:
    respondent.goes_to("/s/story?" + urlencode({"lang": tag}))
    assert respondent.status == 200 and respondent.page.language == "en"


@pytest.mark.parametrize("tag", ["ar.", "(ar)", "ar_EG", "AR", " ar\n", "ar,"])
def test_a_language_at_the_end_of_a_sentence_is_found(respondent: Respondent, story, tag: str) -> None:
    respondent.goes_to("/s/story?" + urlencode({"lang": tag}))
    assert respondent.status == 200 and respondent.page.language == "ar"


def test_a_mangled_language_costs_no_words(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="my words, all of them")
    form = respondent.form
    respondent.meets(respondent.client.post(form.action + "?lang=../..", data=form.data()))
    assert respondent.status == 303 and kept.drafts == 1


def test_a_page_that_fails_keeps_the_words(
    app, respondent: Respondent, story, kept: Kept, monkeypatch
) -> None:
    """A fault of ours: the page is plain, and what was written is in it, ready to send again."""
    respondent.opens("story").begins().answers(happened="my words, all of them")
    app.testing = False
    with monkeypatch.context() as broken:
        broken.setattr("feedback.store.drafts.save_page", lambda *_anything: 1 / 0)
        respondent.goes_on()
    assert respondent.status == 500
    respondent.sees("Something went wrong on our side", "Nothing was saved, and it is not your fault.")
    respondent.presses("Try again").goes_to_readers().chooses_readers(None)
    assert kept.under(respondent.sends()).words == {"happened": "my words, all of them"}
