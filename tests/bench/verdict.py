"""What a run comes to. What could not be measured is named: it is not counted as met."""

from __future__ import annotations

from collections.abc import Mapping

MET, MISSED, NOT_MEASURED = 0, 1, 2  # what the run ends with


def verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def judged(met: Mapping[str, bool | None]) -> tuple[str, int]:
    """Each part is met, missed, or None where it could not be measured here."""
    missed = ", ".join(name for name, each in met.items() if each is False)
    unknown = ", ".join(name for name, each in met.items() if each is None)
    said = [f"Missed: {missed}."] * bool(missed) + [f"NOT MEASURED: {unknown}."] * bool(unknown)
    if not said:
        return "Every target met.", MET
    return " ".join([*said, "Every other target met."]), MISSED if missed else NOT_MEASURED
