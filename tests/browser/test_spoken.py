"""What somebody hears who can't see: role, name, description and error of every kind of question."""

from __future__ import annotations

import pytest

from .conftest import NewPhone
from .every_page import spoil
from .phone import Phone
from .spoken import spoken

BUTTONS = ['button "Continue"', 'button "Back"', 'button "Stop, and come back later"']
ASKED = {
    "long": ['heading "Tell us more"', 'textbox "Tell us more" (Write in any language.)'],
    "short": ['heading "Short ones"', 'textbox "In a few words"', 'textbox "How many visits?"'],
    "one": [
        'group "Which door?"', 'heading "Which door?"', 'radio "The red door"', 'radio "The blue door"',
    ],
    "several": [
        'group "What helped?" (Choose all that fit.)', 'heading "What helped?"',
        'checkbox "The people"', 'checkbox "The place"', 'checkbox "None of these"',
    ],
    "scale": [
        'group "How did it leave you feeling?"', 'heading "How did it leave you feeling?"',
        'radio "Worse"', 'radio "The same"', 'radio "Better"',
    ],
    "when": ['group "When was it?"', 'heading "When was it?"', 'combobox "Month"', 'textbox "Year"'],
    "where": [
        'group "Which service was it?"', 'heading "Which service was it?"',
        'radio "Advice centre"', 'radio "Night hostel"', 'radio "Town library"',
    ],
    "who": [
        'group "Who may read your words?" (Each answer includes the ones above it. If you leave this, '
        "it means nobody.)",
        'heading "Who may read your words?"',
        'radio "Nobody Count me. A computer sorts my words, and no person sees them."',
        'radio "The people who plan and pay for the service They can read my words."',
        'radio "The service too The people who work there can read my words as well."',
        'radio "Anyone My words may be published, where everyone can read them."',
    ],
}  # fmt: skip
PROBLEMS = {
    "short": (
        'textbox "In a few words" (Problem: This is 1 letter too long: we can keep 500. Your words are all '
        "still here.) [invalid]",
        'textbox "How many visits?" (Problem: Please write a whole number from 0 to 50, or leave it empty.) '
        "[invalid]",
    ),
    "one": ('group "Which door?" (Problem: Please choose one of the answers below, or leave them all.)',),
    "several": (
        'group "What helped?" (Choose all that fit. Problem: Please choose from the answers below, or leave '
        "them all.)",
    ),
    "scale": (
        'group "How did it leave you feeling?" (Problem: Please choose one of the answers below, or leave '
        "them all.)",
    ),
    "where": (
        'group "Which service was it?" (Problem: Please choose one of the answers below, or leave them all.)',
    ),
}


def at(phone: Phone, page: str) -> None:
    phone.opens("/s/every-type").begins()
    for _ in ASKED:
        if phone.path.endswith(f"/{page}"):
            return
        phone.goes_on()
    raise AssertionError(f"no page {page}")


def test_every_kind_of_question_says_what_it_is(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/every-type").begins()
        for page, asked in ASKED.items():
            assert phone.path.endswith(f"/{page}")
            assert spoken(phone) == [*asked, *BUTTONS]
            phone.goes_on()


@pytest.mark.parametrize("page", PROBLEMS)
def test_every_kind_of_question_says_what_is_wrong_with_its_answer(new_phone: NewPhone, page: str) -> None:
    with new_phone() as phone:
        at(phone, page)
        spoil(phone)
        phone.goes_on()
        said = spoken(phone)
        assert said[:2] == ['alert "Please look at this first"', 'heading "Please look at this first"']
        assert phone.page.title().startswith("Problem: ")
        for line in PROBLEMS[page]:
            assert [each.removesuffix(" [invalid]") for each in said].count(
                line.removesuffix(" [invalid]")
            ) == 1
            assert line in said or line.startswith("group"), said


def test_a_long_text_says_by_how_much_it_is_too_long(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        at(phone, "long")
        phone.page.locator("main textarea").evaluate("e => { e.value = 'x'.repeat(20001); }")
        phone.goes_on()
        assert (
            'textbox "Tell us more" (Write in any language. Problem: This is 1 letter too long: we can keep '
            "20,000. Your words are all still here.) [invalid]"
        ) in spoken(phone)


def test_a_month_says_what_is_wrong_with_it(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        at(phone, "when")
        phone.page.locator("main input[type=text]").fill("long ago")
        phone.goes_on()
        [group] = [line for line in spoken(phone) if line.startswith("group")]
        assert group.startswith('group "When was it?" (Problem: ')


def test_checking_says_which_answer_each_link_changes_and_what_could_be_taken_out(
    new_phone: NewPhone,
) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins().answers(happened="Ring 07700 900123.").goes_on().goes_on().goes_on()
        assert spoken(phone) == [
            'heading "Check your answers"',
            'link "Change : What happened?"',
            'link "Change : Who may read your words?"',
            'group ""',
            'DisclosureTriangle "Not answered (2)"',
            'group "Do you want to take something out?" (This could show who you are, or who somebody else '
            "is. Tick what to take out. What you don't tick stays in.)",
            'heading "Do you want to take something out?"',
            'checkbox "a phone number Ring 07700 900123."',
            'button "Take out what I ticked"',
            'button "Send"',
            *BUTTONS[1:],
        ]


def test_what_is_spotted_while_writing_is_said_politely(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        phone.field("happened").press_sequentially("Ring 07700 900123.")
        phone.page.locator("main .guard.note").wait_for()
        assert spoken(phone)[2:5] == [
            'status ""', 'button "Take it out"', 'button "Leave it in"',
        ]  # fmt: skip
        status = phone.page.locator("main .guard").get_by_role("status")
        assert status.inner_text() == "This could show who somebody is: a phone number, 07700 900123."
        assert status.get_attribute("aria-live") in (None, "polite")


def test_on_every_page_one_hears_first_how_to_skip_and_how_to_leave(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        links = [line for line in spoken(phone, "RootWebArea") if line.startswith("link")]
        assert links[:2] == ['link "Skip to the main part"', 'link "Leave this site now"']
