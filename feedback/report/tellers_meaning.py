"""What tellers say themselves about their stories, beside what the machine made of their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feedback.store.report import StoredReport
from feedback.survey import meaning
from feedback.survey.edition import Phrase
from feedback.survey.parts import Meaning

from . import small_numbers, tables
from .small_numbers import BASE, Count, Share, count
from .tables import Row


@dataclass(frozen=True)
class TellersMeaning:
    """Of those whose words the machine sorted into one theme."""

    said_so: Count  # chose this theme themselves
    mattered: list[Row]
    hear: list[Row]  # several can be chosen, so these add up to more than all


@dataclass(frozen=True)
class Agreement:
    """In how many responses the machine found what their tellers say they are about."""

    agree: Count
    compared: Count


def of_theme(report: StoredReport, theme_id: str) -> TellersMeaning | None:
    """None where nobody was asked."""
    asked = report.survey.definition.meaning
    numbers = report.figures.get("meaning", {}).get("themes", {}).get(theme_id)
    if asked is None or numbers is None:
        return None
    return TellersMeaning(
        said_so=count(numbers["about"].get(theme_id, 0)),
        mattered=in_order_asked(asked, meaning.MATTERED, numbers["mattered"]),
        hear=several(asked, meaning.HEAR, numbers["hear"], numbers["said_who"]),
    )


def in_order_asked(asked: Meaning, question_id: str, numbers: Mapping[str, int]) -> list[Row]:
    labels = options(asked, question_id)
    rows = tables.table({key: numbers.get(key, 0) for key in labels}, lambda key: labels[key].text)
    by_key = {row.key: row for row in rows}
    return [by_key[key] for key in labels if key in by_key]


def several(asked: Meaning, question_id: str, numbers: Mapping[str, int], whole: int) -> list[Row]:
    """Each answer on its own, of all who gave any; nothing where these are too few."""
    if whole < BASE:
        return []
    shown = {
        key: (label, count(numbers.get(key, 0)), small_numbers.share(numbers.get(key, 0), whole))
        for key, label in options(asked, question_id).items()
    }
    most = max(number.value or 0 for _label, number, _share in shown.values()) or 1
    return [
        Row(key, label.text, number, share, round(100 * (number.value or 0) / most))
        for key, (label, number, share) in shown.items()
    ]


def options(asked: Meaning, question_id: str) -> dict[str, Phrase]:
    prefix = f"questions.{question_id}.options."
    return {
        key.removeprefix(prefix): say("")
        for key, say in meaning.words(asked).items()
        if key.startswith(prefix)
    }


def agreement(report: StoredReport) -> Agreement | None:
    numbers = report.figures.get("meaning", {})
    agree, compared = numbers.get("agree", 0), numbers.get("compared", 0)
    share: Share = small_numbers.share(agree, compared)
    return None if share.hidden else Agreement(count(agree), count(compared))


def may_say_so(report: StoredReport, theme_id: str) -> bool:
    """May a quote carry its teller's own word that it is about this? Not where it would single one out."""
    numbers: Mapping[str, Any] = report.figures.get("meaning", {}).get("themes", {}).get(theme_id, {})
    return small_numbers.may_show(numbers.get("about", {}).get(theme_id, 0))
