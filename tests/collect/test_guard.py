"""At "check your answers" a person is offered to take out what shows who somebody is. Nobody has to."""

from __future__ import annotations

import pytest

from tests.support.page import text_of
from tests.support.respondent import Respondent

from .conftest import Kept

TOLD = "My worker Gwenllian was kind. Ring me on 07700 900123, I live at CF10 3AT. Gwenllian knows."


def at_check(respondent: Respondent, words: str, slug: str = "story", lang: str | None = None) -> Respondent:
    name = "happened" if slug == "story" else "support_words"
    respondent.opens(slug, lang).begins().answers(**{name: words}).goes_on().goes_to_readers().goes_on()
    assert respondent.page.url.endswith("/check")
    return respondent


def offered(respondent: Respondent) -> list[str]:
    return [
        text_of(label)
        for label in respondent.page.all("label")
        if any(control.get("name") == "take-out" for control in label.iter("input"))
    ]


def test_what_may_show_somebody_is_offered_where_it_stands(respondent: Respondent, story) -> None:
    name, phone, postcode = offered(at_check(respondent, TOLD))
    assert name.startswith("a name") and "My worker Gwenllian was kind." in name
    assert phone.startswith("a phone number") and "Ring me on 07700 900123, I live at" in phone
    assert postcode.startswith("a postcode") and "CF10 3AT" in postcode
    assert respondent.form.values["take-out"] == [], "nothing is ticked for anybody"


def test_what_is_ticked_is_taken_out_and_shown_before_it_is_sent(
    respondent: Respondent, story, kept: Kept
) -> None:
    at_check(respondent, TOLD).fills_in(**{"take-out": ["0", "1"]}).presses("take-out-now")
    now = "My worker [name taken out] was kind. Ring me on [phone number taken out], I live at CF10 3AT."
    respondent.sees("It is taken out.", now, "[name taken out] knows.").does_not_see("Gwenllian", "07700")
    assert kept.responses == 0
    assert [each.split(" ")[1] for each in offered(respondent)] == ["postcode"]
    receipt = respondent.sends()
    assert kept.under(receipt).words["happened"] == now + " [name taken out] knows."


def test_sending_with_something_ticked_takes_it_out_first(respondent: Respondent, story, kept: Kept) -> None:
    at_check(respondent, TOLD).fills_in(**{"take-out": ["1"]}).goes_on()
    respondent.sees("It is taken out.", "Ring me on [phone number taken out]")
    assert kept.responses == 0
    assert "07700" not in kept.under(respondent.sends()).words["happened"]


def test_leaving_everything_in_stops_nobody(respondent: Respondent, story, kept: Kept) -> None:
    assert kept.under(at_check(respondent, TOLD).sends()).words["happened"] == TOLD


def test_pressing_the_button_without_a_tick_says_what_to_do(
    respondent: Respondent, story, kept: Kept
) -> None:
    at_check(respondent, TOLD).presses("take-out-now").sees("Tick what to take out first.", "Gwenllian")
    assert respondent.status == 422 and kept.responses == 0


def test_ticks_made_over_other_words_take_nothing_out(respondent: Respondent, story, kept: Kept) -> None:
    form = at_check(respondent, TOLD).form
    ticked = form.data() | {"take-out": ["1"]}
    respondent.goes_to("/s/story/story?to=check").answers(happened="Call 029 2000 0000 or 07700 900456.")
    respondent.goes_on().submits(form, ticked)
    respondent.sees("Your words have changed since then.", "029 2000 0000", "07700 900456")
    assert respondent.status == 409 and kept.responses == 0


@pytest.mark.parametrize("nonsense", ["99", "-1", "٠", "x" * 5000, "0\x00"])
def test_a_made_up_tick_harms_nothing(respondent: Respondent, story, kept: Kept, nonsense: str) -> None:
    form = at_check(respondent, TOLD).form
    respondent.submits(form, form.data() | {"take-out": [nonsense]})
    respondent.sees("Gwenllian", "07700 900123", "CF10 3AT")
    assert kept.responses == 0 and respondent.status < 500


def test_words_without_details_are_not_remarked_on(respondent: Respondent, story) -> None:
    at_check(respondent, "They listened, and it helped.").does_not_see("take something out")


def test_a_sensitive_survey_offers_it_without_showing_a_word(
    respondent: Respondent, quiet, kept: Kept
) -> None:
    at_check(respondent, TOLD, "quiet").does_not_see("Gwenllian", "07700", "CF10")
    assert offered(respondent) == ["a name", "a phone number", "a postcode"]
    respondent.fills_in(**{"take-out": ["0", "1", "2"]}).presses("take-out-now")
    respondent.sees("It is taken out.").does_not_see("worker", "[name taken out]")
    assert offered(respondent) == []


def test_the_mark_is_in_the_language_of_the_page(respondent: Respondent, story) -> None:
    at_check(respondent, "رقمي ٠٧٧٠٠ ٩٠٠١٢٣ اتصلوا بي", lang="ar")
    respondent.fills_in(**{"take-out": ["0"]}).presses("take-out-now")
    respondent.does_not_see("٩٠٠١٢٣", "phone number taken out")
    assert offered(respondent) == []


def test_a_name_goes_wherever_it_stands_but_not_out_of_other_words(respondent: Respondent, story) -> None:
    at_check(respondent, "Nurse Ines said: finest. Then INES left. Business as usual.")
    respondent.fills_in(**{"take-out": ["0"]}).presses("take-out-now")
    respondent.sees("Nurse [name taken out] said: finest. Then [name taken out] left. Business as usual.")


def test_a_story_as_long_as_can_be_stays_within_its_length(respondent: Respondent, story) -> None:
    story_of_20_000 = "My worker Jo. " + "x" * (20_000 - 14)
    at_check(respondent, story_of_20_000).fills_in(**{"take-out": ["0"]}).presses("take-out-now")
    respondent.sees("My worker …. xxx").goes_to("/s/story/story?to=check").goes_on()
    assert respondent.page.url.endswith("/check"), "its page still takes it"


def test_many_details_are_offered_a_screenful_at_a_time(respondent: Respondent, story) -> None:
    many = " ".join(f"07700 900{number:03}," for number in range(500, 560))
    assert len(offered(at_check(respondent, many))) == 20
    respondent.fills_in(**{"take-out": [str(number) for number in range(20)]}).presses("take-out-now")
    assert len(offered(respondent)) == 20 and "07700 900520" in offered(respondent)[0]
