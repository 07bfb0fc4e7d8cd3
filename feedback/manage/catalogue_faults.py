"""What would go wrong with a catalogue of the pages: every fault, by its line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from feedback.web.languages import LANGUAGES
from feedback.web.message_faults import faults_of_forms, same_plurals

from .reviews import forms

LONGEST_SHOWN = 80  # of a text that has a fault, in letters


def faults_of(path: Path, tag: str) -> list[str]:
    """An empty text is no fault: it isn't translated yet."""
    try:
        text = path.read_text(encoding="utf-8")
        catalogue = read_po(io.StringIO(text), abort_invalid=True)
    except UnicodeDecodeError:
        return [f"{tag}: the file is not UTF-8 text: save it as UTF-8"]
    except (PoFileError, ValueError, IndexError, KeyError, TypeError) as error:
        return [f"{tag}: this is no PO file that can be read: {error}"]
    found = list(faults_of_header(text, tag))
    for message in catalogue:
        if message.id:
            where = f"{tag}, line {message.lineno}: “{shorten(forms(message.id)[0], LONGEST_SHOWN)}”"
            found += [f"{where}: {fault}" for fault in faults_of_message(message, tag)]
    return found


def faults_of_header(text: str, tag: str) -> Iterator[str]:
    """As it stands in the file: Babel would put its own plural forms in the place of missing ones."""
    header = re.sub(r'"\s*\n\s*"', "", text.partition("\n\n")[0])
    declared = re.search(r"Plural-Forms:(.*?)\\n", header)
    if not same_plurals(declared.group(1) if declared else "", LANGUAGES[tag].plurals):
        yield f"{tag}: the header must say “Plural-Forms: {LANGUAGES[tag].plurals}”"


def faults_of_message(message: Message, tag: str) -> Iterator[str]:
    said = forms(message.string)
    if not any(said):
        return
    if message.pluralizable:
        count = int(LANGUAGES[tag].plurals.partition("nplurals=")[2].partition(";")[0])
        if len(said) != count or not all(said):
            yield f"needs {count} plural forms, has {sum(map(bool, said))}"
    yield from faults_of_forms(forms(message.id), list(filter(None, said)))
