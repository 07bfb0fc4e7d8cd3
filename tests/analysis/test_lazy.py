"""What a web process takes from analysis/ brings nothing heavy with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import analysis

HEAVY = {"numpy", "scipy", "sklearn", "textblob", "py3langid", "threadpoolctl"}


def loaded_after(code: str) -> set[str]:
    """The packages that a fresh Python has once it ran `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(analysis.__file__).parent.parent,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import analysis",
        "from analysis.codebook import load_codebook; load_codebook()",
        "from analysis import Codebook, Comment, ThemeSet",
    ],
)
def test_what_the_site_asks_for_loads_nothing_heavy(code: str) -> None:
    assert not loaded_after(code) & HEAVY


def test_what_needs_numpy_brings_it() -> None:
    assert "numpy" in loaded_after("from analysis import analyse")


def test_every_promised_name_is_there() -> None:
    for name in analysis.__all__:
        assert getattr(analysis, name) is not None
        assert name in dir(analysis)
    assert analysis.Comment is analysis.Comment


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError, match=r"has no attribute .themes."):
        analysis.themes  # noqa: B018
