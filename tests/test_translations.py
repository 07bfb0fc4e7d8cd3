"""The gate: no page in a language we offer is half translated, or counts wrongly."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.plural import PluralRule

from feedback.settings import ROOT, Settings
from feedback.web.languages import LANGUAGES

FOLDER = ROOT / "translations"
SOURCE = "en"
OFFERED = [tag for tag in Settings.load({}).languages if tag != SOURCE]
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[#0 +-]*\d*(?:\.\d+)?[sdifgr%]")
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2), "_l": None}
NUMBERS = {"%(num)s", "%(num)d", "%(count)s", "%(count)d", "%(number)s", "%(number)d"}
COUNTS = (0, 1, 2, 3, 6, 11, 99, 100, 102)


def catalogue_path(tag: str) -> Path:
    return FOLDER / LANGUAGES[tag].babel / "LC_MESSAGES" / "messages.po"


@lru_cache
def catalogue(path: Path) -> Catalog:
    assert path.exists(), f"there is no {path.relative_to(ROOT)}"
    with path.open("rb") as file:
        return read_po(file)


@lru_cache
def extracted() -> frozenset[tuple[str, ...]]:
    """(id,) or (singular, plural) of every text that pages and code hand to gettext now."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, directory_filter=is_ours)
    return frozenset(as_id(message) for _, _, message, _, _ in found)


def is_ours(folder: str | Path) -> bool:
    return not Path(folder).name.startswith(".")


def as_id(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message[:2])


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


def test_the_extraction_is_current() -> None:
    template = {as_id(message.id) for message in messages(catalogue(FOLDER / "messages.pot"))}
    assert extracted(), "nothing was extracted: the mapping finds no file"
    assert sorted(extracted() - template) == [], "new texts: run the extraction again"
    assert sorted(template - extracted()) == [], "texts that are gone: run the extraction again"


def test_no_text_is_put_together_from_pieces() -> None:
    """A sentence that starts or ends with a space was cut: other languages order it differently."""
    cut = [text for ids in extracted() for text in ids if text != text.strip()]
    assert not cut


@pytest.mark.parametrize("tag", OFFERED)
def test_every_text_is_translated(tag: str) -> None:
    translated = {
        as_id(message.id)
        for message in messages(catalogue(catalogue_path(tag)))
        if not message.fuzzy and forms(message) and all(form.strip() for form in forms(message))
    }
    assert sorted(extracted() - translated) == []


@pytest.mark.parametrize("tag", OFFERED)
def test_placeholders_are_those_of_the_source(tag: str) -> None:
    for message in messages(catalogue(catalogue_path(tag))):
        wanted = placeholders(as_id(message.id)[-1])
        # "two visits" is one word in Arabic: a plural form may say its number in words
        optional = {each for each in wanted if each in NUMBERS} if message.pluralizable else set()
        for form in filter(None, forms(message)):
            found = placeholders(form)
            assert wanted - optional <= found <= wanted, f"{tag}: {message.id!r} became {form!r}"


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("tag", OFFERED)
def test_plural_header_is_our_own_and_every_form_is_there(tag: str) -> None:
    catalog = catalogue(catalogue_path(tag))
    header = catalog.mime_headers
    plurals = dict(header)["Plural-Forms"]
    assert squeezed(plurals) == squeezed(LANGUAGES[tag].plurals)
    count = int(re.findall(r"nplurals=(\d+)", plurals)[0])
    for message in messages(catalog):
        if message.pluralizable:
            assert len(forms(message)) == count, f"{tag}: {message.id}"


def squeezed(header: str) -> str:
    return re.sub(r"\s+", "", header).rstrip(";")


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_our_plural_forms_are_those_of_the_language(tag: str) -> None:
    """Two numbers share a form in gettext exactly where CLDR gives whole numbers one category."""
    rule: PluralRule = Locale.parse(LANGUAGES[tag].babel).plural_form
    choose = gettext.c2py(LANGUAGES[tag].plurals.split("plural=")[1].rstrip("; "))
    pairs = {(rule(n), choose(n)) for n in range(1000)}
    assert len(pairs) == len({category for category, _ in pairs}) == len({form for _, form in pairs}), pairs


@pytest.mark.parametrize(
    ("tag", "form_of"),
    [
        ("ar", {0: 0, 1: 1, 2: 2, 3: 3, 6: 3, 11: 4, 99: 4, 100: 5, 102: 5}),
        ("cy", {0: 0, 1: 1, 2: 2, 3: 3, 6: 4, 11: 5, 99: 5, 100: 5, 102: 5}),
    ],
)
def test_arabic_and_welsh_count_as_their_speakers_do(tag: str, form_of: dict[int, int]) -> None:
    plural = [message for message in messages(catalogue(catalogue_path(tag))) if message.pluralizable]
    assert plural, f"{tag} has no plural text: nothing to count with"
    spoken = compiled(tag)
    for message in plural:
        one, many = as_id(message.id)
        for n in COUNTS:
            assert spoken.ngettext(one, many, n) == forms(message)[form_of[n]], f"{tag}: {many!r} for {n}"


def compiled(tag: str) -> gettext.GNUTranslations:
    file = io.BytesIO()
    write_mo(file, catalogue(catalogue_path(tag)))
    file.seek(0)
    return gettext.GNUTranslations(file)


def test_a_language_is_offered_only_where_it_is_known() -> None:
    assert set(OFFERED) <= set(LANGUAGES)
    assert all(Locale.parse(language.babel) for language in LANGUAGES.values())
