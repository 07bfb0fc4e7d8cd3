"""Words of the site within a survey: of pages that any survey can have, translated once for all of them."""

from __future__ import annotations

from collections.abc import Callable

from babel import Locale
from flask import g
from flask_babel import get_locale, pgettext

from .phrase import Phrase

Said = Callable[[str], Phrase]  # the words for a reader of this language


def site_words(context: str, text: str) -> Said:
    return lambda _language: Phrase(pgettext(context, text), language_of_the_site())


def name_of_language(tag: str) -> Said:
    return lambda _language: Phrase(
        Locale.parse(tag, sep="-").get_display_name(get_locale()) or english_name(tag), language_of_the_site()
    )


def english_name(tag: str) -> str:
    return str(Locale.parse(tag, sep="-").get_display_name("en"))


def language_of_the_site() -> str:
    """Settled by feedback/web/languages.py, which may lean on a survey and not the other way round."""
    return str(g.get("ui_language", "en"))
