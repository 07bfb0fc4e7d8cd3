"""What a screen reader says: each kind of question has its name, its hint and its choices."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import NewPhone


def test_each_kind_of_question_is_announced_by_its_words(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        page = phone.page
        phone.opens("/s/every-type").begins()
        expect(page.get_by_role("textbox", name="Tell us more")).to_have_accessible_description(
            "Write in any language."
        )
        phone.goes_on()
        expect(page.get_by_role("textbox", name="In a few words")).to_be_visible()
        expect(page.get_by_role("textbox", name="How many visits?")).to_be_visible()
        phone.goes_on()
        doors = page.get_by_role("group", name="Which door?")
        expect(doors.get_by_role("radio", name="The red door")).not_to_be_checked()
        expect(doors.get_by_role("radio")).to_have_count(2)
        phone.goes_on()
        helped = page.get_by_role("group", name="What helped?")
        expect(helped).to_have_accessible_description("Choose all that fit.")
        expect(helped.get_by_role("checkbox")).to_have_count(3)
        phone.goes_on()
        felt = page.get_by_role("group", name="How did it leave you feeling?")
        expect(felt.get_by_role("radio")).to_have_count(3)
        phone.goes_on()
        when = page.get_by_role("group", name="When was it?")
        assert when.get_by_role("textbox").count() + when.get_by_role("combobox").count() == 2
        phone.goes_on()
        where = page.get_by_role("combobox", name="Which service was it?").or_(
            page.get_by_role("group", name="Which service was it?")
        )
        expect(where).to_have_count(1)


def test_a_mistake_is_announced_with_its_field(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/every-type").begins().goes_on()
        phone.answers(how_many="a few").goes_on()
        expect(phone.page.get_by_role("alert")).to_be_focused()
        field = phone.page.get_by_role("textbox", name="How many visits?")
        expect(field).to_have_attribute("aria-invalid", "true")
        assert phone.page.title().strip()


def test_words_not_translated_yet_are_spoken_in_their_own_language(new_phone: NewPhone) -> None:
    with new_phone(lang="cy") as phone:
        phone.opens("/s/story?lang=cy").begins()
        hint = phone.page.get_by_text("As much or as little as you like.")
        assert hint.evaluate("e => e.closest('[lang]').lang") == "en"
        label = phone.page.get_by_text("Beth ddigwyddodd?")
        assert label.evaluate("e => e.closest('[lang]').lang") == "cy"
