"""Codebooks: themes with definitions and example sentences. Light: brings neither numpy nor a model.

Three are shipped, written for this project; owners copy and change them as .json, .csv or .qdc.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.codebook.checks import checked
from analysis.codebook.files import KINDS, MOST_BYTES, Reading, decode, encode, read_file, write_file
from analysis.codebook.model import Codebook, CodebookError, CodebookTheme, Example

FOLDER = Path(__file__).parent.parent / "codebooks"
SHIPPED = ("services", "housing", "domestic_abuse")

__all__ = [
    "FOLDER", "KINDS", "MOST_BYTES", "SHIPPED", "Codebook", "CodebookError", "CodebookTheme", "Example",
    "Reading", "decode", "encode", "load_codebook", "read_file", "write_file",
]  # fmt: skip


def load_codebook(source: Path | str | dict[str, Any] | None = None) -> Codebook:
    """A shipped codebook by its name (default: services), or the one in this file or this parsed JSON.

    Raises CodebookError with every fault found.
    """
    if isinstance(source, dict):
        return checked(source)
    if source is None or source in SHIPPED:
        return read_file(FOLDER / f"{source or SHIPPED[0]}.json").codebook
    return read_file(Path(source)).codebook
