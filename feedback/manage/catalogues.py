"""Translators' files kept in step with the pages: texts added and dropped, never guessed."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from feedback.settings import ROOT
from feedback.web.languages import LANGUAGES

FOLDER = ROOT / "translations"
HEADER = """{name} for Heard. MIT, as the rest of the project.
A draft until a speaker has read it and translations/REVIEW names them."""
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2)}


def catalogue_path(tag: str) -> Path:
    return FOLDER / LANGUAGES[tag].babel / "LC_MESSAGES" / "messages.po"


def begun() -> list[str]:
    return [tag for tag in LANGUAGES if catalogue_path(tag).exists()]


def extract() -> Catalog:
    template = Catalog(project="Heard", copyright_holder="The Heard contributors", charset="utf-8")
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    for room in ("feedback", "templates"):
        prefixed = [(pattern.removeprefix(f"{room}/"), method) for pattern, method in methods]
        found = extract_from_dir(ROOT / room, prefixed, options, keywords=KEYWORDS)
        for filename, _line, message, comments, context in found:
            template.add(message, None, [(f"{room}/{filename}", 0)], auto_comments=comments, context=context)
    return template


def update(tag: str, template: Catalog) -> Path:
    """Bring one language's file up to date; a new text is left empty for a person to write."""
    language = LANGUAGES[tag]
    path = catalogue_path(tag)
    catalogue = Catalog(locale=language.babel, project="Heard", charset="utf-8", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language.babel)
    catalogue.header_comment = "\n".join(f"# {line}" for line in HEADER.format(name=tag).splitlines())
    # Babel would write gettext's own plural table, which is not CLDR's.
    catalogue.mime_headers = [("Plural-Forms", language.plurals)]
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    write(catalogue, path)
    return path


def write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    with aside.open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False)
    aside.replace(path)


def texts(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]
