"""The gate: no page in a language we offer is half translated, or counts wrongly."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.plural import PluralRule

from feedback.manage.catalogue_faults import faults_of
from feedback.manage.reviews import NAME, read
from feedback.settings import ROOT, Settings
from feedback.web.languages import LANGUAGES, whole_languages

FOLDER = ROOT / "translations"
SOURCE = "en"
TWENTY = {
    "en", "cy", "pl", "ro", "pa", "ur", "pt", "es", "ar", "bn",
    "gu", "so", "uk", "fa", "ps", "ckb", "tr", "zh-Hans", "fr", "sq",
}  # fmt: skip
WHOLE = whole_languages(Settings.load({}))  # by what is compiled: make translations
OFFERED = [tag for tag in WHOLE if tag != SOURCE]
BEGUN = [
    tag for tag, known in LANGUAGES.items() if (FOLDER / known.babel / "LC_MESSAGES/messages.po").exists()
]
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2), "_l": None}
COUNTS = (0, 1, 2, 3, 6, 11, 99, 100, 102)
CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # in which order our catalogues have them


def catalogue_path(tag: str) -> Path:
    return FOLDER / LANGUAGES[tag].babel / "LC_MESSAGES" / "messages.po"


@lru_cache
def catalogue(path: Path) -> Catalog:
    assert path.exists(), f"there is no {path.relative_to(ROOT)}"
    with path.open("rb") as file:
        return read_po(file)


@lru_cache
def extracted() -> frozenset[tuple[str, ...]]:
    """(context, id) or (context, singular, plural) of all that pages and code hand to gettext now."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, directory_filter=is_ours)
    return frozenset(as_id(message, context) for _, _, message, _, context in found)


def is_ours(folder: str | Path) -> bool:
    return not Path(folder).name.startswith(".")


def as_id(message: str | tuple[str, ...], context: str | None) -> tuple[str, ...]:
    return (context or "", *((message,) if isinstance(message, str) else message[:2]))


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


def test_the_extraction_is_current() -> None:
    template = {
        as_id(message.id, message.context) for message in messages(catalogue(FOLDER / "messages.pot"))
    }
    assert extracted(), "nothing was extracted: the mapping finds no file"
    assert sorted(extracted() - template) == [], "new texts: run the extraction again"
    assert sorted(template - extracted()) == [], "texts that are gone: run the extraction again"


def test_no_text_is_put_together_from_pieces() -> None:
    """A sentence that starts or ends with a space was cut: other languages order it differently."""
    cut = [text for ids in extracted() for text in ids if text != text.strip()]
    assert not cut


def test_twenty_languages_are_offered() -> None:
    assert sorted(TWENTY - set(WHOLE)) == [], "not wholly translated, or not compiled"


@pytest.mark.parametrize("tag", OFFERED)
def test_every_text_is_translated(tag: str) -> None:
    translated = {
        as_id(message.id, message.context)
        for message in messages(catalogue(catalogue_path(tag)))
        if not message.fuzzy and forms(message) and all(form.strip() for form in forms(message))
    }
    assert sorted(extracted() - translated) == []


@pytest.mark.parametrize("tag", BEGUN)
def test_what_is_translated_has_no_fault(tag: str) -> None:
    """Placeholders, our own plural header and all its forms, no sign that does harm."""
    assert faults_of(catalogue_path(tag), tag) == []


FAULTS = {
    'msgid "Page %(number)s"\nmsgstr "Tudalen"': "%(number)s is missing",
    'msgid "Page"\nmsgstr "Tudalen %(number)s"': "%(number)s is not in our words",
    'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "a"\n': "needs 6 plural forms",
    'msgid "Page"\nmsgstr "Tud\x07alen"': "a sign that nobody can write",
    'msgid "Page"\nmsgstr "Tud\u202ealen"': "an unseen sign that turns text round",
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_catalogue_with_a_fault_is_named_by_its_line(tmp_path: Path, fault: str) -> None:
    path = tmp_path / "messages.po"
    header = f'msgid ""\nmsgstr "Plural-Forms: {LANGUAGES["cy"].plurals}\\n"\n\n'
    path.write_text(f"{header}{fault}\n", encoding="utf-8")
    [found] = faults_of(path, "cy")
    assert found.startswith("cy, line 4: ") and FAULTS[fault] in found


@pytest.mark.parametrize("header", ["", "Plural-Forms: nplurals=2; plural=(n != 1);\\n"])
def test_a_plural_header_that_is_not_our_own_is_a_fault(tmp_path: Path, header: str) -> None:
    path = tmp_path / "messages.po"
    path.write_text(f'msgid ""\nmsgstr "{header}"\n', encoding="utf-8")
    [found] = faults_of(path, "ar")
    assert LANGUAGES["ar"].plurals in found


@pytest.mark.parametrize("file", [b"\xff\xfe", b"no catalogue at all"])
def test_what_is_no_catalogue_is_said_to_be_none(tmp_path: Path, file: bytes) -> None:
    path = tmp_path / "messages.po"
    path.write_bytes(file)
    assert len(faults_of(path, "ar")) == 1


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
        ("pl", {0: 2, 1: 0, 2: 1, 3: 1, 6: 2, 11: 2, 99: 2, 100: 2, 102: 1}),
        ("ro", {0: 1, 1: 0, 2: 1, 3: 1, 6: 1, 11: 1, 99: 2, 100: 2, 102: 1}),
        ("gu", {0: 0, 1: 0, 2: 1, 3: 1, 6: 1, 11: 1, 99: 1, 100: 1, 102: 1}),
    ],
)
def test_counting_is_as_speakers_do_it(tag: str, form_of: dict[int, int]) -> None:
    """Written out by hand, so that no table stands behind another table."""
    assert {n: form_for(tag, n) for n in COUNTS} == form_of


@pytest.mark.parametrize("tag", OFFERED)
def test_what_people_read_counts_as_their_language_does(tag: str) -> None:
    every = messages(catalogue(catalogue_path(tag)))
    plural = [message for message in every if message.pluralizable and all(forms(message))]
    assert plural, f"{tag} has no plural text: nothing to count with"
    spoken = compiled(tag)
    for message in plural:
        one, many = message.id
        for n in COUNTS:
            assert spoken.ngettext(one, many, n) == forms(message)[form_for(tag, n)], f"{tag}: {many!r}: {n}"


@cache
def form_for(tag: str, n: int) -> int:
    """By CLDR: the place of n's category among those that whole numbers of this language have."""
    rule: PluralRule = Locale.parse(LANGUAGES[tag].babel).plural_form
    used = {rule(number) for number in range(1000)}
    return [category for category in CATEGORIES if category in used].index(rule(n))


def compiled(tag: str) -> gettext.GNUTranslations:
    file = io.BytesIO()
    write_mo(file, catalogue(catalogue_path(tag)))
    file.seek(0)
    return gettext.GNUTranslations(file)


def test_every_review_names_a_language_that_is_translated() -> None:
    assert set(read(FOLDER)) <= set(BEGUN), f"translations/{NAME}"
