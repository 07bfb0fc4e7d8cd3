"""Text in a spreadsheet's cell: what starts like a formula stays text, there and back."""

from __future__ import annotations

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else
# A spreadsheet runs a cell that starts with one of these, also in full width and behind unseen characters.
STARTS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠﹣﹢")
UNSEEN = (
    " \u00a0\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def harmless(cell: str) -> str:
    """The cell as a spreadsheet may open it: text stays text."""
    return f"'{cell}" if could_run(cell) else cell


def as_written(cell: str) -> str:
    """Without the sign that `harmless` put before it."""
    return cell[1:] if cell.startswith("'") and could_run(cell[1:]) else cell


def could_run(cell: str) -> bool:
    seen = cell.lstrip(UNSEEN)
    return bool(seen) and seen[0] in STARTS_A_FORMULA
