"""`make translations`: translators' files for the pages, compiled as the site reads them.

    python -m feedback.manage.compiling translations/pl/LC_MESSAGES/messages.po ...

A faulty file is named, text by text, and left as it is: what was compiled of it before stays in use, and a
language that never was compiled is not offered. The site starts all the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from feedback.web.languages import LANGUAGES

from .catalogue_faults import faults_of

TAGS = {language.babel: tag for tag, language in reversed(LANGUAGES.items())}


def compiled(paths: Iterable[Path]) -> list[str]:
    """Every fault of those that were not."""
    found: list[str] = []
    for path in paths:
        if faults := faults_found(path):
            found += [f"{path} is not compiled. {fault}" for fault in faults]
        else:
            compile_one(path)
    return found


def faults_found(path: Path) -> list[str]:
    babel = folder_of(path)
    return faults_of(path, TAGS[babel]) if babel in TAGS else [f"Heard knows no language {babel}"]


def compile_one(path: Path) -> None:
    """Beside what is in use, then in its place."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=folder_of(path))
    aside = path.with_suffix(".new.mo")
    with aside.open("wb") as file:
        write_mo(file, catalogue)
    aside.replace(path.with_suffix(".mo"))


def folder_of(path: Path) -> str:
    return path.parent.parent.name


if __name__ == "__main__":
    for fault in compiled(map(Path, sys.argv[1:])):
        print(fault, file=sys.stderr)
