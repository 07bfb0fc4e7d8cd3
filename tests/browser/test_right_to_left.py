"""What a page from right to left shows where: a help line's number can be dialled as it stands."""

from __future__ import annotations

from datetime import date

import pytest

from feedback.settings import ROOT
from feedback.store.surveys import publish
from feedback.survey.loading import load_bundle

from .conftest import NewPhone, Site

FROM_LEFT_TO_RIGHT = """() => [...document.querySelectorAll("main dd")].flatMap(dd => {
  const text = dd.textContent, node = document.createTreeWalker(dd, NodeFilter.SHOW_TEXT).nextNode();
  if (!/^[\\d\\s]{5,}$/.test(text) || !node) return [];
  const range = document.createRange();
  const at = each => {
    range.setStart(node, each);
    range.setEnd(node, each + 1);
    return range.getBoundingClientRect().left;
  };
  return [[...text].map((digit, each) => [digit, at(each)]).filter(([digit]) => /\\d/.test(digit))
    .sort((one, other) => one[1] - other[1]).map(([digit]) => digit).join("")];
})"""


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_a_help_lines_number_stands_in_its_order(site: Site, new_phone: NewPhone, lang: str) -> None:
    publish(site.store, load_bundle(ROOT / "feedback/survey/library/housing.json"), date(2026, 3, 1))
    with new_phone(lang=lang) as phone:
        phone.opens(f"/s/housing?lang={lang}")
        assert phone.page.locator("html").get_attribute("dir") == "rtl"
        shown = phone.page.evaluate(FROM_LEFT_TO_RIGHT)
        assert {"08088004444", "08000495495", "02890245640", "116123"} <= set(shown), shown
