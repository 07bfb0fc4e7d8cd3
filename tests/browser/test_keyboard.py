"""Without a mouse or a thumb: the whole path by Tab, Space, arrows and Enter, and one always sees where."""

from __future__ import annotations

from .by_keyboard import press_to_go_on, tab_to
from .conftest import NewPhone


def test_the_whole_path_by_keyboard(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/every-type")
        press_to_go_on(phone)
        tab_to(phone, "[name=long_words]")
        phone.page.keyboard.type("Typed.")
        press_to_go_on(phone)
        tab_to(phone, "[name=short_words]")
        phone.page.keyboard.type("Typed too.")
        tab_to(phone, "[name=how_many]")
        phone.page.keyboard.type("4")
        press_to_go_on(phone)
        tab_to(phone, "[name=colour]")
        phone.page.keyboard.press("Space")
        phone.page.keyboard.press("ArrowDown")
        assert phone.page.locator("[name=colour][value=blue]").is_checked()
        press_to_go_on(phone)
        tab_to(phone, "[name=helped]")
        phone.page.keyboard.press("Space")
        press_to_go_on(phone)
        tab_to(phone, "[name=felt]")
        phone.page.keyboard.press("Space")
        press_to_go_on(phone)
        for _ in ("visited", "place", "who"):
            press_to_go_on(phone)
        phone.sees("Typed.", "Typed too.", "The blue door", "The people", "Worse")
        press_to_go_on(phone)
        assert phone.receipt


def test_the_first_tab_leads_past_everything_else(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        phone.page.keyboard.press("Tab")
        focused = phone.page.locator("*:focus")
        assert focused.get_attribute("href") == "#main"
        assert focused.bounding_box()["y"] >= 0, "it shows once it has the focus"  # type: ignore[index]


def test_a_mistake_takes_the_focus_and_leads_to_its_field(new_phone: NewPhone) -> None:
    for scripts in (True, False):
        with new_phone(scripts=scripts) as phone:
            phone.opens("/s/every-type").begins().goes_on()
            phone.answers(how_many="a few", short_words="Kept.").goes_on()
            summary = phone.page.locator("main [role=alert]")
            assert summary.evaluate("e => e === document.activeElement"), f"scripts={scripts}"
            phone.is_fit_for_use()
            summary.locator("a").first.click()
            assert phone.page.locator("*:focus").get_attribute("name") == "how_many"
            assert phone.field("how_many").input_value() == "a few"
            assert phone.field("how_many").get_attribute("aria-invalid") == "true"
            assert phone.field("short_words").input_value() == "Kept."
