"""Codebook files of each kind, read and written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.codebook.csv_file import read_csv, write_csv
from analysis.codebook.json_file import read_json, write_json
from analysis.codebook.model import Codebook, CodebookError
from analysis.codebook.qdc_file import read_qdc, write_qdc

MOST_BYTES = 5_000_000
KINDS = (".json", ".csv", ".qdc")


@dataclass(frozen=True)
class Reading:
    """What was read, and what a `.qdc` could not say.

    `without_examples`: ids of themes whose only examples are their own name and definition.
    `groups`: names of codes that only hold others together, which did not become themes.
    """

    codebook: Codebook
    without_examples: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def decode(
    raw: bytes, kind: str, *, name: str = "", language: str = "en", known: Codebook | None = None
) -> Reading:
    """The codebook in the bytes of a file that ends in `kind`: .csv, .qdc, or JSON under any other ending.

    Of `known`, the codebook that this one changes, a table and a `.qdc` keep the name, id and version, for
    which they have no place; without it `name` is for a table. `language` and `known` for a `.qdc`: see
    read_qdc. Raises CodebookError with every fault and its place.
    """
    if len(raw) > MOST_BYTES:
        raise CodebookError([f"The file is larger than {MOST_BYTES // 1_000_000} MB; split it"])
    if kind == ".csv":
        return Reading(_as_known(read_csv(raw, name), known))
    if kind == ".qdc":
        read = read_qdc(raw, name, language, known)
        return Reading(_as_known(read.codebook, known), read.without_examples, read.groups)
    return Reading(read_json(raw))


def _as_known(codebook: Codebook, known: Codebook | None) -> Codebook:
    if known is None:
        return codebook
    drafts = known.drafts if set(known.drafts) == set(codebook.drafts) else codebook.drafts
    return replace(codebook, name=known.name, id=known.id, version=known.version, drafts=drafts)


def encode(codebook: Codebook, kind: str) -> bytes:
    """The bytes of a file that ends in `kind`, one of KINDS."""
    return {".json": write_json, ".csv": write_csv, ".qdc": write_qdc}[kind](codebook)


def read_file(path: Path, language: str = "en", known: Codebook | None = None) -> Reading:
    """The codebook of this file; each fault begins with its path. Raises CodebookError."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name holds a NUL"
        raise CodebookError([f"{path}: can't be read ({reason}); give the path of a codebook"]) from None
    try:
        return decode(raw, path.suffix.lower(), name=path.stem, language=language, known=known)
    except CodebookError as error:
        raise CodebookError([f"{path}: {fault}" for fault in error.faults]) from None


def write_file(codebook: Codebook, path: Path) -> None:
    """Writes a new file of the kind its name ends in; one that is there is left. Raises CodebookError."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise CodebookError([f"{path}: ends in none of {', '.join(KINDS)}; choose one"])
    part: Path | None = None
    try:
        if path.exists():
            raise CodebookError([f"{path}: is there already and is left as it was; choose another name"])
        descriptor, name = tempfile.mkstemp(prefix=".heard-", dir=path.parent)
        part = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(encode(codebook, kind))
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        raise CodebookError([f"{path}: can't be written ({error.strerror})"]) from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
