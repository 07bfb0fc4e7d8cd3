"""Numbers set out for reading: each table is a chart too, and each cell has passed the small-number rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from . import small_numbers
from .small_numbers import HIDDEN, Count, Part, Share


@dataclass(frozen=True)
class Row:
    """One line of a table; `length` is its bar, 0 to 100."""

    key: str
    label: str
    count: Count
    share: Share
    length: int
    within: Share = HIDDEN.share  # the share of the group itself, where the table compares groups


@dataclass(frozen=True)
class Segment:
    """One piece of a split bar, from `start`, `length` wide, of 100."""

    key: str
    label: str
    part: Part
    start: float
    length: float


NARROW = 4  # how much of a split bar marks that a hidden part is there


def table(
    parts: Mapping[str, int], label: Callable[[str], str], groups: Mapping[str, int] | None = None
) -> list[Row]:
    """The largest first; hidden ones by name, so that their order tells nothing."""
    shown = small_numbers.breakdown(parts)
    most = max((part.count.value or 0 for part in shown.values()), default=0)
    rows = []
    for key, part in shown.items():
        within = HIDDEN.share
        if groups and not part.count.hidden:
            within = small_numbers.share(parts[key], groups.get(key, 0))
        length = round(100 * (part.count.value or 0) / most) if most else 0
        rows.append(Row(key, label(key), part.count, part.share, length, within))
    return sorted(rows, key=in_order)


def in_order(row: Row) -> tuple[int, str]:
    rank = 2.5 if row.count.value is None else row.count.value  # below every number that shows, above 0
    return (-int(rank * 2), row.label.casefold())


def months(parts: Mapping[str, int], all_months: Sequence[str], label: Callable[[str], str]) -> list[Row]:
    """In the order of time, with the months in which nobody spoke of it."""
    rows = {row.key: row for row in table({month: parts.get(month, 0) for month in all_months}, label)}
    return [rows[month] for month in all_months if month in rows]


def span(parts: Mapping[str, int]) -> list[str]:
    """Every month from the first to the last."""
    if not parts:
        return []
    first, last = min(parts), max(parts)
    found, year, month = [], int(first[:4]), int(first[5:])
    while (name := f"{year:04d}-{month:02d}") <= last:
        found.append(name)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def own_rating(ratings: Mapping[str, int], options: Sequence[str]) -> list[Segment]:
    """How it left people, in their own rating: the better half of the scale, its middle, the worse half."""
    half = len(options) // 2
    better, worse = options[:half], options[len(options) - half :]
    middle = [option for option in options if option not in {*better, *worse}]
    return split(
        {
            "better": (_("left them better"), total(ratings, better)),
            "same": (_("about the same"), total(ratings, middle)),
            "worse": (_("left them worse"), total(ratings, worse)),
        }
    )


def tone_hint(tones: Mapping[str, int]) -> list[Segment]:
    """What the machine made of the comments that it may score: a guess, and often wrong."""
    return split(
        {
            "better": (_("sounds positive"), tones.get("positive", 0)),
            "same": (_("mixed"), tones.get("mixed", 0)),
            "worse": (_("sounds negative"), tones.get("negative", 0)),
        }
    )


def split(named: Mapping[str, tuple[str, int]]) -> list[Segment]:
    parts = small_numbers.breakdown({key: number for key, (_label, number) in named.items()})
    if not parts or all(part.count.hidden for part in parts.values()):
        return []
    hidden = sum(part.count.hidden for part in parts.values())
    shown = sum(part.count.value or 0 for part in parts.values())
    segments, start = [], 0.0
    for key, part in parts.items():
        length = (
            float(NARROW)
            if part.count.value is None
            else round((100 - NARROW * hidden) * part.count.value / shown, 1)
        )
        segments.append(Segment(key, named[key][0], part, round(start, 1), length))
        start += length
    return segments


def total(numbers: Mapping[str, int], keys: Sequence[str]) -> int:
    return sum(numbers.get(key, 0) for key in keys)
