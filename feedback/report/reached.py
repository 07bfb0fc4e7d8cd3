"""How the answers came: with an invitation or by the open link, and whether some came all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from feedback.store.report import StoredReport

from . import labels, tables
from .small_numbers import Count, count
from .tables import Row


@dataclass(frozen=True)
class Burst:
    day: str
    service: str | None
    number: Count
    all: Count


@dataclass(frozen=True)
class Reached:
    apart: bool  # somebody came by invitation, so the two are shown apart
    came_by: list[Row]
    bursts: list[Burst]
    alike: Count  # open answers of nearly the same words; 0 where there are none
    open: Count


def reached(report: StoredReport) -> Reached:
    """A run from before invitations knows of none."""
    found = report.figures.get("bursts") or {"days": [], "alike": 0, "open": 0}
    return Reached(
        apart="invited" in report.figures["all"].get("came_by", {}),
        came_by=came_by(report.figures["all"]),
        bursts=[
            Burst(
                day=str(format_date(date.fromisoformat(burst["day"]), "long")),
                service=labels.service_name(report.survey, burst["service"]) if burst["service"] else None,
                number=count(burst["number"]),
                all=count(burst["all"]),
            )
            for burst in found["days"]
        ],
        alike=count(found["alike"]),
        open=count(found["open"]),
    )


def came_by(numbers: Mapping[str, Any], groups: Mapping[str, Any] | None = None) -> list[Row]:
    return tables.table(numbers.get("came_by", {}), name, groups and groups.get("came_by", {}))


def name(way: str) -> str:
    return str(_("By invitation, with a code for one answer") if way == "invited" else _("By the open link"))
