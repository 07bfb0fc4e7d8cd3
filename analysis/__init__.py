"""From comments to themes, with the words behind each: no web framework, no database.

from analysis import Comment, analyse, load_codebook, load_encoder
said = [Comment("1", "The wait was long.", person="1", language="en")]
found = analyse(said, codebook=load_codebook(), encoder=load_encoder())

Each name is loaded when it is first asked for, so that analysis.personal or analysis.codebook alone
brings no numpy into a web process (PEP 562).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.codebook import Codebook, CodebookError, load_codebook
    from analysis.encode import Encoder, EncoderUnavailable, load_encoder
    from analysis.pipeline import analyse
    from analysis.records import (
        UNSORTED,
        Change,
        Checked,
        Coding,
        Comment,
        Earlier,
        EarlierTheme,
        Edits,
        Expected,
        Flag,
        Near,
        Quote,
        Theme,
        ThemeChange,
        ThemeSet,
        ToCheck,
    )  # fmt: skip
    from analysis.vectors import VectorCache

__all__ = [
    "UNSORTED", "Change", "Checked", "Codebook", "CodebookError", "Coding", "Comment", "Earlier",
    "EarlierTheme", "Edits", "Encoder", "EncoderUnavailable", "Expected", "Flag", "Near", "Quote", "Theme",
    "ThemeChange", "ThemeSet", "ToCheck", "VectorCache", "analyse", "load_codebook", "load_encoder",
]  # fmt: skip

_HOME = {
    "codebook": ("Codebook", "CodebookError", "load_codebook"),
    "encode": ("Encoder", "EncoderUnavailable", "load_encoder"),
    "pipeline": ("analyse",),
    "records": (
        "UNSORTED", "Change", "Checked", "Coding", "Comment", "Earlier", "EarlierTheme", "Edits", "Expected",
        "Flag", "Near", "Quote", "Theme", "ThemeChange", "ThemeSet", "ToCheck",
    ),
    "vectors": ("VectorCache",),
}  # fmt: skip
_MODULE = {name: module for module, names in _HOME.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
