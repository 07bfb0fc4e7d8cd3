"""A page of questions as a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from .definition import Survey
from .fields import field_for
from .parts import Page


class PageForm(BaseForm):  # type: ignore[misc]  # WTForms has no types
    """Built on BaseForm, whose fields are no attributes: a question may be called `data` or `errors`."""

    def __init__(
        self,
        survey: Survey,
        page: Page,
        posted: MultiDict[str, str] | None = None,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        services = [service.id for service in survey.services]
        super().__init__([(question.id, field_for(question, services)) for question in page.questions])
        self.process(posted, data=answers)

    def values(self) -> dict[str, Any]:
        """Every question of the page with its answer; None where it was skipped."""
        return {field.name: field.data for field in self}

    def names(self) -> set[str]:
        """The names that a browser may send for this page."""
        return {
            name
            for field in self
            for name in (
                [f"{field.name}-month", f"{field.name}-year"]
                if field.question.type == "month"
                else [field.name]
            )
        }
