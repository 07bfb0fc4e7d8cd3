"""A person who tells what happened, page by page, as they would on a phone without scripts."""

from __future__ import annotations

import re
from typing import Any, Self

from feedback.store import receipt_code

from .visitor import Visitor

CODE = re.compile(r"\b(?:\d{4}[ \u00a0]){3}\d{4}\b")
QUESTION_PAGE = re.compile(r"/s/[^/]+/(?!begin|notice|safe|check|sent|leave)[^/]+")


class Respondent(Visitor):
    receipt: str | None = None

    def opens(self, slug: str, lang: str | None = None) -> Self:
        return self.goes_to(f"/s/{slug}" + (f"?lang={lang}" if lang else ""))

    def begins(self) -> Self:
        """From the start page (and, where there is one, the safety page) to the first question."""
        for _ in range(3):
            if self.at_a_question:
                return self
            self.goes_on()
        assert self.at_a_question, f"no first question, but {self.page.url}: {self.page.text[:300]}"
        return self

    @property
    def at_a_question(self) -> bool:
        return QUESTION_PAGE.fullmatch(self.page.url) is not None

    def answers(self, **answers: Any) -> Self:
        return self.fills_in(**answers)

    def goes_on(self) -> Self:
        button = next(
            (link for link in self.page.all("a") if "button" in link.get("class", "").split()), None
        )
        if button is not None and not any(form.method == "POST" for form in self.page.forms):
            return self.goes_to(button.get("href", ""))
        return self.presses()

    def goes_back(self) -> Self:
        return self.presses("back")

    def chooses_readers(self, choice: str | None) -> Self:
        """On the page "Who may read your words?"; None leaves it unanswered."""
        assert self.page.url.endswith("/who"), f"not asked who may read, but at {self.page.url}"
        if choice is not None:
            [name] = [name for name in self.form.controls if self.form.kind(name) == "radio"]
            self.form.fill(name, choice)
        return self.goes_on()

    def goes_to_readers(self) -> Self:
        """Skips every question still to come."""
        for _ in range(60):
            if self.page.url.endswith("/who"):
                return self
            self.goes_on()
        raise AssertionError(f"never asked who may read; stuck at {self.page.url}")

    def sends(self) -> str | None:
        """From "check your answers" to the thank-you page; the receipt's 16 digits where one is shown."""
        assert self.page.url.endswith("/check"), f"not at check your answers, but at {self.page.url}"
        self.goes_on()
        shown = CODE.search(self.page.text)
        self.receipt = receipt_code.read(shown.group()) if shown else None
        return self.receipt

    def tells(self, slug: str, lang: str | None = None, readers: str | None = None, **answers: Any) -> Self:
        """The whole path: each answer on the page that asks for it, everything else skipped."""
        self.opens(slug, lang).begins()
        left = dict(answers)
        for _ in range(60):
            if self.page.url.endswith("/who"):
                break
            for name in [name for name in left if self.asks(name)]:
                self.form.fill(name, left.pop(name))
            self.goes_on()
        assert not left, f"never asked: {sorted(left)}"
        self.chooses_readers(readers)
        self.sends()
        return self

    def asks(self, name: str) -> bool:
        return any(each == name or each.startswith((f"{name}-", f"{name}_")) for each in self.form.controls)

    def reads_back(self, code: str) -> Self:
        return self._with_receipt(code)

    def withdraws(self, code: str) -> Self:
        """Types the code, asks to withdraw, and says yes where asked again."""
        self._with_receipt(code)
        for _ in range(2):
            form = next((form for form in self.page.forms if "withdraw" in form.action), None)
            if form is None:
                break
            self.presses(form=form)
        return self

    def _with_receipt(self, code: str) -> Self:
        self.goes_to("/receipt")
        [name] = [name for name in self.form.controls if self.form.kind(name) in {"text", "tel", "search"}]
        self.form.fill(name, code)
        return self.presses()
