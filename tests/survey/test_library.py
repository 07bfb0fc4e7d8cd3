"""The ready surveys: whole, publishable, kind to a tired reader, and true in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import feedback.survey
from feedback.survey.definition import Survey
from feedback.survey.edition import Wording, offered_languages, source_texts
from feedback.survey.loading import Bundle, load_bundle, publishing_faults
from feedback.survey.parts import NOBODY_IS_WATCHING
from feedback.survey.routing import on_path, path

LIBRARY = Path(feedback.survey.__file__).parent / "library"
READY = ("experience", "housing", "home")
DRAFTED = ("ar", "cy", "pl", "so", "ur")
RIGHT_TO_LEFT = ("ar", "ckb", "fa", "ps", "ur")
GRADE_OF_A_NINE_YEAR_OLD = 5.0


def bundle(name: str) -> Bundle:
    return load_bundle(LIBRARY / f"{name}.json")


def survey(name: str) -> Survey:
    return bundle(name).survey


def asked(survey: Survey) -> list[str]:
    return [question.label for question in survey.questions]


def grade(texts: list[str]) -> float:
    """US school grade by Flesch and Kincaid; syllables are runs of vowels, a last silent e left out."""
    sentences = [s for text in texts for s in re.split(r"[.!?]\s+|\n+", text) if re.search(r"[a-z]", s, re.I)]
    words = [word for sentence in sentences for word in re.findall(r"[a-z’']+", sentence.lower())]
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^l])e$", "", word)))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def test_the_measure_tells_plain_words_from_office_words():
    assert grade(["What helped? Say as much as you like."]) < 3
    assert grade(["Please provide information regarding the accessibility of accommodation services."]) > 12


@pytest.mark.parametrize("name", READY)
class TestEveryReadySurvey:
    def test_can_be_put_in_front_of_people(self, name):
        assert publishing_faults(survey(name)) == []

    def test_goes_by_its_file_name_and_starts_with_the_story(self, name):
        ready = survey(name)
        assert ready.slug == name
        assert [(question.id, question.type) for question in ready.pages[0].questions] == [
            ("what_happened", "long_text")
        ]

    def test_asks_in_words_a_nine_year_old_can_read(self, name):
        assert grade(asked(survey(name))) <= GRADE_OF_A_NINE_YEAR_OLD

    def test_explains_itself_as_plainly_as_it_asks(self, name):
        ready = survey(name)
        hints = [question.hint for question in ready.questions if question.hint]
        assert grade([ready.intro, ready.notice.purpose, *hints]) <= GRADE_OF_A_NINE_YEAR_OLD

    def test_keeps_each_question_short_enough_for_a_phone(self, name):
        assert max(len(label.split()) for label in asked(survey(name))) <= 12

    def test_says_that_a_person_may_skip_and_stop(self, name):
        intro = survey(name).intro.lower()
        assert "skip anything" in intro
        assert "stop" in intro

    def test_never_presses_for_a_name(self, name):
        assert "names" in survey(name).question("what_happened").hint


OF_A_HELPLINE = re.compile(r"signposts\.\w+\.(name|contact)")


@pytest.mark.parametrize("language", DRAFTED)
class TestEveryDraftOfExperience:
    def test_leaves_no_text_out(self, language):
        ready = bundle("experience")
        assert list(ready.editions[language].texts) == list(source_texts(ready.survey))

    def test_leaves_no_text_in_english(self, language):
        ready = bundle("experience")
        source = source_texts(ready.survey)
        same = [key for key, text in ready.editions[language].texts.items() if text == source[key]]
        assert [key for key in same if not OF_A_HELPLINE.match(key)] == []

    def test_says_it_is_a_draft(self, language):
        assert bundle("experience").editions[language].reviewed_by is None

    def test_gives_the_same_numbers_and_addresses(self, language):
        ready = bundle("experience")
        for key, text in source_texts(ready.survey).items():
            translated = ready.editions[language].texts[key]
            assert re.sub(r"\D", "", translated) == re.sub(r"\D", "", text), key
            for address in re.findall(r"\S+@\S+\w|ico\.org\.uk", text):
                assert address in translated, key

    def test_keeps_the_paragraphs(self, language):
        ready = bundle("experience")
        for key, text in source_texts(ready.survey).items():
            assert ready.editions[language].texts[key].count("\n\n") == text.count("\n\n"), key


@pytest.mark.parametrize("name", ["experience", "housing", "home"])
@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_a_phone_number_reads_in_order_from_right_to_left(language, name):
    # Groups of digits parted by a plain space change places in right-to-left text; a no-break space holds.
    ready = bundle(name)
    say = Wording(ready.survey, language, ready.editions[language].texts)
    texts = [str(say(key).text) for key in source_texts(ready.survey)]
    assert [text for text in texts if re.search(r"\d \d", text)] == []
    assert "116\u00a0123" in texts or "0808\u00a02000\u00a0247" in texts


def test_who_is_asked_about_themselves_and_for_the_meaning():
    """Two minutes is the measure of the home survey, and it may be answered on a phone that others see."""
    asks = {name: (survey(name).meaning is not None, survey(name).about_you is not None) for name in READY}
    assert asks == {"experience": (True, True), "housing": (True, True), "home": (False, False)}


class TestHousing:
    def test_a_person_in_a_place_for_now_is_asked_how_long(self):
        assert "temporary" in [page.id for page in path(survey("housing"), {"staying_now": "temporary"})]

    @pytest.mark.parametrize("answers", [{}, {"staying_now": "outside"}, {"staying_now": "own_home"}])
    def test_anybody_else_is_not(self, answers):
        assert "temporary" not in [page.id for page in path(survey("housing"), answers)]

    def test_a_person_with_a_home_is_not_asked_what_comes_next(self):
        assert "next" not in [page.id for page in path(survey("housing"), {"staying_now": "own_home"})]

    def test_a_person_who_skipped_where_they_stay_still_is(self):
        assert "next" in [page.id for page in path(survey("housing"), {})]

    def test_a_changed_mind_leaves_nothing_behind(self):
        answers = {"staying_now": "own_home", "how_long": "over_year", "know_what_next": "no"}
        assert on_path(survey("housing"), answers) == {"staying_now": "own_home"}


class TestHome:
    def test_nothing_a_phone_remembers_gives_it_away(self):
        ready = survey("home")
        remembered = [ready.slug, ready.title, *(page.id for page in ready.pages)]
        remembered += [page.title for page in ready.pages if page.title]
        assert not re.search(
            "abus|violen|domestic|refuge|police|danger|hurt|safe", " ".join(remembered), re.I
        )

    def test_a_draft_translation_is_never_offered(self):
        assert offered_languages(survey("home"), {"cy": None, "pl": None}) == ["en"]

    def test_a_translation_that_a_speaker_read_is(self):
        assert offered_languages(survey("home"), {"cy": "M. Rees", "pl": None}) == ["en", "cy"]

    def test_says_that_nobody_is_watching(self):
        assert survey("home").nobody_is_watching == NOBODY_IS_WATCHING

    def test_names_help_for_whoever_and_wherever_a_person_is(self):
        numbers = {signpost.contact for signpost in survey("home").signposts}
        assert numbers >= {
            "999",
            "0808 2000 247",
            "0808 801 0327",
            "0800 999 5428",
            "0808 80 10 800",
            "0800 027 1234",
            "0808 802 1414",
        }

    def test_warns_about_the_phone_before_the_first_helpline(self):
        order = [signpost.id for signpost in survey("home").signposts]
        assert order.index("before_you_call") < order.index("national")

    def test_is_shorter_than_the_others_and_asks_for_no_date_or_place(self):
        ready = survey("home")
        assert len(ready.questions) < len(survey("experience").questions)
        assert {"month", "service", "number"}.isdisjoint(question.type for question in ready.questions)
