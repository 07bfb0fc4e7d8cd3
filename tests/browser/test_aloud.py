"""A question is read aloud where the phone has a voice for its language, and by the right one."""

from __future__ import annotations

import pytest

from tests.support import surveys

from .conftest import NewPhone, Site
from .test_voice import button
from .voices import come, has_voices, listens, said, stopped

WHO = [
    "Who may read your words?",
    "Each answer includes the ones above it. If you leave this, it means nobody.",
    "Nobody",
    "Count me. A computer sorts my words, and no person sees them.",
    "The people who plan and pay for the service",
    "They can read my words.",
    "The service too",
    "The people who work there can read my words as well.",
    "Anyone",
    "My words may be published, where everyone can read them.",
]


@pytest.fixture(scope="module", autouse=True)
def spoken(site: Site) -> None:
    surveys.publish(site.store, "spoken")


def test_a_question_is_read_where_the_phone_has_a_voice_for_it(new_phone: NewPhone) -> None:
    with new_phone() as held:
        has_voices(held)
        held.opens("/s/spoken").begins()
        assert listens(held).count() == 0
        come(held, "en-GB")  # voices come late
        button(held, "Listen").click()
        assert said(held) == ["en-GB: What happened?", "en-GB: As much or as little as you like."]
        held.is_fit_for_use()
        button(held, "Stop reading").click()
        assert stopped(held) == 1 and button(held, "Listen").is_visible()
        button(held, "Listen").click()
        held.page.evaluate("said.at(-1).onend()")
        assert button(held, "Listen").is_visible()
        come(held)
        assert listens(held).count() == 0, "its voice is gone"
        held.goes_on()
        come(held, "en-GB")
        button(held, "Listen").click()
        assert said(held) == ["en-GB: Would you go again?", "en-GB: Yes", "en-GB: No"]


def test_no_voice_of_another_language_reads_it(new_phone: NewPhone) -> None:
    with new_phone() as held:
        has_voices(held, "en-GB")
        held.opens("/s/story?lang=ar").begins()
        assert listens(held).count() == 0


def test_who_may_read_the_words_is_read_with_what_each_choice_means(new_phone: NewPhone) -> None:
    with new_phone() as held:
        has_voices(held, "en-GB")
        held.opens("/s/story").begins().goes_on().goes_on()
        assert held.path.endswith("/who")
        button(held, "Listen").click()
        assert said(held) == [f"en-GB: {text}" for text in WHO]
        held.is_fit_for_use()


def test_without_a_voice_who_may_read_them_is_only_written(new_phone: NewPhone) -> None:
    with new_phone() as held:
        has_voices(held, "cy-GB")
        held.opens("/s/story").begins().goes_on().goes_on().is_fit_for_use()
        assert held.path.endswith("/who") and listens(held).count() == 0


@pytest.mark.parametrize(
    ("tag", "there", "reads"),
    [
        ("zh-Hans", ["zh-HK", "zh-TW", "zh-CN"], "zh-CN"),
        ("zh-Hans", ["zh_HK", "zh_TW"], "zh_TW"),
        ("zh-Hans", ["zh-HK", "yue-HK"], None),
        ("zh-Hant", ["zh-CN", "zh-HK", "zh_TW"], "zh_TW"),
        ("zh-Hant", ["zh-HK"], "zh-HK"),
        ("pt", ["pt-BR", "pt-PT"], "pt-PT"),
        ("pt", ["pt-BR"], "pt-BR"),
        ("fr", ["fr-CA", "fr-FR"], "fr-FR"),
        ("bn", ["bn-IN", "bn-BD"], "bn-BD"),
        ("ur", ["ur-IN", "ur_PK"], "ur_PK"),
        ("en", ["en-US", "en-AU", "en-GB"], "en-GB"),
        ("en", ["en-US", "en-IN"], "en-US"),
        ("en-x-easy", ["en-US", "en_GB"], "en_GB"),
        ("en-GB", ["en-US", "en-GB"], "en-GB"),
        ("fa", ["fil-PH", "far-XX"], None),
    ],
)
def test_the_voice_nearest_to_the_language_reads(
    new_phone: NewPhone, tag: str, there: list[str], reads: str | None
) -> None:
    with new_phone() as held:
        has_voices(held)
        held.opens("/s/spoken").begins()
        held.page.evaluate("tag => { document.documentElement.lang = tag; }", tag)
        come(held, *there)
        assert listens(held).count() == (reads is not None)
        if reads:
            listens(held).click()
            assert said(held)[0] == f"{reads}: What happened?"


def test_each_piece_is_read_once_and_in_its_own_language(new_phone: NewPhone) -> None:
    with new_phone() as held:
        has_voices(held)
        held.opens("/s/spoken").begins().goes_on()
        held.page.evaluate(
            """() => {
              const [yes] = document.querySelectorAll("main .choice span");
              yes.innerHTML = '<span lang="cy">Ie</span>';
            }"""
        )
        come(held, "en-GB", "cy-GB")
        button(held, "Listen").click()
        assert said(held) == ["en-GB: Would you go again?", "cy-GB: Ie", "en-GB: No"]
