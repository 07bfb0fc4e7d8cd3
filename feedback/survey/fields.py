"""One field for each question type: reads what was posted, says kindly what can't be used.

`data` is the answer to keep, or None where the question was skipped; `typed` is what to show again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms.fields import Field
from wtforms.fields.core import UnboundField
from wtforms.validators import StopValidation

from .parts import Question
from .typed import clean, whole_number

LONGEST = {"long_text": 20_000, "short_text": 500}
FIRST_YEAR = 1900
MOST_BUTTONS = {"service": 8, "one_choice": 12, "several_choices": 12}
SMALLEST, LARGEST = 0, 1_000_000  # of a number whose survey sets no bounds


class AnswerField(Field):  # type: ignore[misc]  # WTForms has no types
    """`choices` are the ids that may be chosen; empty where people type."""

    choices: tuple[str, ...]

    def __init__(self, question: Question, choices: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(label=question.label, id=question.id, **kwargs)
        self.question = question
        self.choices = tuple(choices)
        self.typed: Any = ""

    def process_data(self, value: Any) -> None:
        self.data = value
        self.typed = "" if value is None else value

    @property
    def first_control(self) -> str:
        """The id of the control that a link to this field leads to."""
        return str(self.id)


class WordsField(AnswerField):
    def process_formdata(self, values: list[str]) -> None:
        self.typed = clean(values[0]) if values else ""
        self.data = self.typed if self.typed.strip() else None

    @property
    def longest(self) -> int:
        return LONGEST[self.question.type]

    def pre_validate(self, _form: Any) -> None:
        over = len(self.typed) - self.longest
        if over > 0:
            raise StopValidation(
                ngettext(
                    "This is %(num)s letter too long: we can keep %(most)s. Your words are all still here.",
                    "This is %(num)s letters too long: we can keep %(most)s. Your words are all still here.",
                    over,
                    most=format_decimal(self.longest),
                )
            )


class ChoiceField(AnswerField):
    @property
    def as_buttons(self) -> bool:
        """Shown as a list to press, unless it would be a long way down a small screen."""
        return len(self.choices) <= MOST_BUTTONS.get(self.question.type, len(self.choices))

    @property
    def first_control(self) -> str:
        return f"{self.id}-1" if self.as_buttons else str(self.id)

    def process_formdata(self, values: list[str]) -> None:
        self.typed = values[0] if values else ""
        self.data = self.typed or None

    def pre_validate(self, _form: Any) -> None:
        if self.data is not None and self.data not in self.choices:
            raise StopValidation(_("Please choose one of the answers below, or leave them all."))


class ChoicesField(AnswerField):
    @property
    def folds(self) -> bool:
        """Shown folded, so that what comes after it is not a long way down a small screen."""
        return len(self.choices) > MOST_BUTTONS[self.question.type]

    @property
    def first_control(self) -> str:
        return f"{self.id}-1"

    def process_data(self, value: Any) -> None:
        self.data = value
        self.typed = value or []

    def process_formdata(self, values: list[str]) -> None:
        given = {value for value in values if value}
        self.typed = [choice for choice in self.choices if choice in given]
        self.data = self.typed or None
        self.unknown = given - set(self.choices)

    def pre_validate(self, _form: Any) -> None:
        if self.unknown:
            raise StopValidation(_("Please choose from the answers below, or leave them all."))
        if self.question.none_of_these in self.typed and len(self.typed) > 1:
            raise StopValidation(
                _("You chose “none of these” and something else too. Please keep one of them.")
            )
        most = self.question.most
        if most is not None and len(self.typed) > most:
            raise StopValidation(
                ngettext("Please keep %(num)s of them at most.", "Please keep %(num)s of them at most.", most)
            )


class NumberField(AnswerField):
    def process_formdata(self, values: list[str]) -> None:
        self.typed = clean(values[0]).strip() if values else ""
        self.data = whole_number(self.typed)

    def pre_validate(self, _form: Any) -> None:
        if not self.typed:
            return
        low = SMALLEST if self.question.min is None else self.question.min
        high = LARGEST if self.question.max is None else self.question.max
        if self.data is None or not low <= self.data <= high:
            raise StopValidation(
                _(
                    "Please write a whole number from %(low)s to %(high)s, or leave it empty.",
                    low=format_decimal(low),
                    high=format_decimal(high),
                )
            )


class MonthField(AnswerField):
    """Two controls, `<id>-month` (1 to 12) and `<id>-year`; kept as `2026-03`."""

    @property
    def first_control(self) -> str:
        return f"{self.id}-month"

    def process(self, formdata: MultiDict[str, str] | None, data: Any = None, **_more: Any) -> None:
        self.process_errors: list[str] = []
        if formdata is None:
            self.data = data if isinstance(data, str) else None
            self.year, _dash, self.month = str(self.data or "").partition("-")
            self.month = self.month.removeprefix("0")
            return
        self.month = formdata.get(f"{self.name}-month", "")
        self.year = clean(formdata.get(f"{self.name}-year", "")).strip()
        self.typed = self.month or self.year
        month, year = whole_number(self.month), whole_number(self.year)
        known = month is not None and year is not None and 1 <= month <= 12
        self.data = f"{year:04d}-{month:02d}" if known else None

    def pre_validate(self, _form: Any) -> None:
        if not self.month and not self.year:
            return
        if self.data is None:
            raise StopValidation(_("Please give a month and a year, or leave both empty. A guess is fine."))
        today = date.today()
        if not f"{FIRST_YEAR}-01" <= self.data <= f"{today.year:04d}-{today.month:02d}":
            raise StopValidation(_("Please give a month that has been, with all four digits of the year."))


FIELDS: dict[str, type[AnswerField]] = {
    "long_text": WordsField,
    "short_text": WordsField,
    "one_choice": ChoiceField,
    "scale": ChoiceField,
    "service": ChoiceField,
    "several_choices": ChoicesField,
    "number": NumberField,
    "month": MonthField,
}


def field_for(question: Question, service_ids: Sequence[str]) -> UnboundField:
    choices = service_ids if question.type == "service" else [option.id for option in question.options]
    return UnboundField(FIELDS[question.type], question, choices)
