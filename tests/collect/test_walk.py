"""One person, one survey, page by page."""

from __future__ import annotations

from datetime import date

from feedback.store import receipt_code, surveys
from feedback.survey.loading import Bundle
from tests.support.respondent import CODE, Respondent

from .conftest import Kept, Publish


def test_a_story_goes_in_whole(respondent: Respondent, story, kept: Kept) -> None:
    respondent.tells("story", happened="They listened.", better="More chairs.", which_service="hostel")
    own = kept.under(respondent.receipt)
    assert own.words == {"happened": "They listened.", "better": "More chairs."}
    assert own.answers == {"which_service": "hostel"}
    assert (kept.responses, kept.drafts) == (1, 0)


def test_the_start_page_says_who_asks_why_and_what_happens(respondent: Respondent, story) -> None:
    respondent.opens("story").sees(
        "We don't ask your name and keep no details of your phone. What you write could still show who "
        "you are. If someone is in danger we may have to share it.",
        "You say at the end who may read your words.",
        "The people who plan and pay for the service read a report of it.",
        "Anytown Council",
        "feedback@example.org",
        "Information Commissioner",
        "You need to be at least 13 years old.",
        "Once sent, we keep it for 12 months.",
        "Copies already printed or downloaded can't be called back. Backups clear in 30 days.",
    )


def test_the_start_page_is_clean_for_the_next_person_at_the_phone(respondent: Respondent, story) -> None:
    respondent.opens("story").begins().answers(happened="only for me").goes_on()
    respondent.opens("story").does_not_see("only for me").begins().does_not_see("only for me")


def test_the_next_person_starts_a_draft_of_their_own(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="from the first").goes_on()
    respondent.tells("story", better="from the second")
    assert kept.under(respondent.receipt).words == {"better": "from the second"}


def test_every_question_can_be_skipped(respondent: Respondent, publish: Publish, kept: Kept) -> None:
    publish("every_type")
    respondent.tells("every-type", colour="The red door")
    assert kept.under(respondent.receipt).answers == {"colour": "red"}


def test_going_back_shows_and_keeps_what_was_written(respondent: Respondent, story) -> None:
    respondent.opens("story").begins().answers(happened="first page").goes_on()
    respondent.answers(better="second page").goes_back()
    assert respondent.form.values["happened"] == ["first page"]
    respondent.goes_on()
    assert respondent.form.values["better"] == ["second page"]


def test_back_from_the_first_page_leads_to_the_start(respondent: Respondent, story) -> None:
    assert respondent.opens("story").begins().goes_back().page.url == "/s/story"


def test_enter_in_a_field_goes_on_and_not_back(respondent: Respondent, publish: Publish) -> None:
    publish("every_type")
    respondent.opens("every-type").begins().goes_on()
    first = respondent.form.buttons[0]
    assert first.get("name") is None, "the first button of a form is what Enter presses"


def test_answers_are_checked_and_changed_before_sending(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="a slip").goes_on().goes_to_readers()
    respondent.chooses_readers("service").sees("a slip", "Not answered", "The service too")
    respondent.goes_to("/s/story/story?to=check").answers(happened="set right").goes_on()
    assert respondent.page.url == "/s/story/check"
    respondent.sees("set right").does_not_see("a slip")
    assert kept.under(respondent.sends()).words == {"happened": "set right"}


def test_an_answer_can_be_taken_out_again(respondent: Respondent, publish: Publish, kept: Kept) -> None:
    publish("every_type")
    respondent.opens("every-type").begins().answers(long_words="stays").goes_on().goes_on()
    respondent.answers(colour="red").goes_on().goes_back()
    respondent.answers(colour="Leave this question out").goes_on()
    respondent.goes_to_readers().chooses_readers(None)
    assert kept.under(respondent.sends()).answers == {}


def test_only_what_is_on_the_path_is_asked_and_stored(
    respondent: Respondent, publish: Publish, kept: Kept
) -> None:
    publish("routes")
    respondent.opens("routes").begins().answers(housed="no").goes_on()
    assert respondent.page.url == "/s/routes/outside"
    respondent.answers(nights="3").goes_back().answers(housed="yes").goes_on()
    assert respondent.page.url == "/s/routes/inside"
    respondent.answers(home="small").goes_to_readers().chooses_readers(None).does_not_see("nights")
    own = kept.under(respondent.sends())
    assert own.words | own.answers == {"housed": "yes", "home": "small"}


def test_a_page_off_the_path_leads_to_the_next_one_on_it(respondent: Respondent, publish: Publish) -> None:
    publish("routes")
    respondent.opens("routes").begins().answers(housed="yes").goes_on()
    assert respondent.goes_to("/s/routes/outside").page.url == "/s/routes/inside"


def test_a_survey_or_a_page_that_is_not_there_says_so(respondent: Respondent, story) -> None:
    respondent.opens("nothing").sees("There is no page here")
    assert respondent.status == 404
    respondent.opens("story").begins().goes_to("/s/story/nothing")
    assert respondent.status == 404


def test_a_survey_published_anew_lets_people_finish_the_one_they_began(
    respondent: Respondent, story, store, kept: Kept
) -> None:
    respondent.opens("story").begins().answers(happened="begun before").goes_on()
    changed = story.definition.model_copy(
        update={"title": "Another title", "pages": story.definition.pages[1:]}
    )
    surveys.publish(store, Bundle(changed, {}), date(2026, 3, 3))
    respondent.answers(better="ended after").goes_to_readers().chooses_readers(None)
    own = kept.under(respondent.sends())
    assert own.words == {"happened": "begun before", "better": "ended after"}
    assert own.version_id == story.version_id


def test_the_page_counts_where_one_is(respondent: Respondent, story) -> None:
    respondent.opens("story").begins().sees("Page 1 of 3").goes_on().sees("Page 2 of 3")
    respondent.goes_on().sees("Page 3 of 3")


def test_without_cookies_a_person_is_told_what_happened(app, story) -> None:
    client = app.test_client(use_cookies=False)
    begun = client.post("/s/story/begin")
    page = client.get(client.get(begun.location).location)
    assert "Your phone did not let us keep your place" in page.get_data(as_text=True)


def test_without_cookies_the_token_alone_carries_a_story_through(respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins()
    for given in ({"happened": "no cookie"}, {"better": "still none"}, {"readers": "anyone"}, {}):
        respondent.client._cookies.clear()
        respondent.answers(**given).presses()
    shown = CODE.search(respondent.page.text)
    assert shown is not None
    own = kept.under(receipt_code.read(shown.group()))
    assert own.words == {"happened": "no cookie", "better": "still none"}
