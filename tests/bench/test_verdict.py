"""A run says that all is met only where all was measured."""

from __future__ import annotations

import pytest

from . import lighthouse
from .__main__ import seen_by_lighthouse
from .verdict import MET, MISSED, NOT_MEASURED, judged


@pytest.mark.parametrize(
    ("met", "text", "status"),
    [
        ({"axe": True, "weight": True}, "Every target met.", MET),
        ({"axe": True, "weight": False}, "Missed: weight. Every other target met.", MISSED),
        (
            {"axe": True, "Lighthouse": None},
            "NOT MEASURED: Lighthouse. Every other target met.",
            NOT_MEASURED,
        ),
        (
            {"axe": False, "weight": False, "Lighthouse": None},
            "Missed: axe, weight. NOT MEASURED: Lighthouse. Every other target met.",
            MISSED,
        ),
    ],
)
def test_what_was_not_measured_is_not_met(met: dict[str, bool | None], text: str, status: int) -> None:
    assert judged(met) == (text, status)


def test_without_node_lighthouse_is_not_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lighthouse.missing() == "node and npx (Node.js 20 or newer)"
    assert seen_by_lighthouse() is None
    assert "NOT MEASURED" in capsys.readouterr().out
