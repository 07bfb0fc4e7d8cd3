"""Every language the site knows: one registry maps BCP-47 tags to what Babel and gettext call them.

`language()` is what a person chose. `ui_language()` is what the site's own words are in: the same,
unless a survey speaks a language that the site itself doesn't yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from babel import Locale
from flask import Flask, current_app, g, request
from flask_babel import Babel, refresh

from feedback.settings import ROOT, SettingError, Settings

from .offered import is_whole

ONE = "nplurals=1; plural=0;"
TWO = "nplurals=2; plural=(n != 1);"
TWO_FROM_ZERO = "nplurals=2; plural=(n > 1);"
BALTIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);"
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
ROMANIAN = "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);"
EAST_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
# zero, one, two, few, many, other: the order of CLDR. Babel's own headers merge or swap some of them.
WELSH = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)


@dataclass(frozen=True)
class Language:
    tag: str
    autonym: str
    babel: str
    plurals: str

    @property
    def direction(self) -> str:
        return text_direction(self.babel)


@lru_cache
def text_direction(babel: str) -> str:
    """From the locale, when first needed: reading all of them would slow every start."""
    return Locale.parse(babel).text_direction


# As the picker shows them: English and Welsh, then by script, so that an eye finds its own letters.
LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("en", "English", "en_GB", TWO),
        Language("en-x-easy", "English: easy read", "en_GB", TWO),
        Language("cy", "Cymraeg", "cy", WELSH),
        Language("es", "Español", "es", TWO),
        Language("fr", "Français", "fr", TWO_FROM_ZERO),
        Language("it", "Italiano", "it", TWO),
        Language("lt", "Lietuvių", "lt", BALTIC),
        Language("pl", "Polski", "pl", POLISH),
        Language("pt", "Português", "pt_PT", TWO),
        Language("ro", "Română", "ro", ROMANIAN),
        Language("sq", "Shqip", "sq", TWO),
        Language("so", "Soomaali", "so", TWO),
        Language("vi", "Tiếng Việt", "vi", ONE),
        Language("tr", "Türkçe", "tr", TWO),
        Language("uk", "Українська", "uk", EAST_SLAVIC),
        Language("ar", "العربية", "ar", ARABIC),
        Language("ckb", "کوردیی ناوەندی", "ckb", TWO),
        Language("fa", "فارسی", "fa", TWO_FROM_ZERO),
        Language("ps", "پښتو", "ps", TWO),
        Language("ur", "اردو", "ur", TWO),
        Language("bn", "বাংলা", "bn", TWO_FROM_ZERO),
        Language("gu", "ગુજરાતી", "gu", TWO_FROM_ZERO),
        Language("pa", "ਪੰਜਾਬੀ", "pa", TWO_FROM_ZERO),
        Language("ta", "தமிழ்", "ta", TWO),
        Language("am", "አማርኛ", "am", TWO_FROM_ZERO),
        Language("ti", "ትግርኛ", "ti", TWO_FROM_ZERO),
        Language("zh-Hans", "简体中文", "zh_Hans_CN", ONE),
        Language("zh-Hant", "繁體中文", "zh_Hant_TW", ONE),
    )
}
DEFAULT = "en"
STAYS_IN_ADDRESS = {"note", "page", "to", "next", "service"}
OFFERED = "heard_languages"  # among the app's extensions
MOST_TYPED = 50
WELL_FORMED = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}", re.ASCII)
WRITTEN_IN = dict.fromkeys(("zh", "zh-cn", "zh-sg"), "zh-Hans") | dict.fromkeys(
    ("zh-tw", "zh-hk", "zh-mo"), "zh-Hant"
)


def match(asked: str, offered: Iterable[str]) -> str | None:
    """The offered tag nearest to the asked one: `ur-PK` finds `ur`, `zh-TW` finds `zh-Hant`."""
    by_lower = {tag.lower(): tag for tag in offered}
    wanted = asked.lower()
    while wanted:
        nearest = WRITTEN_IN.get(wanted, wanted).lower()
        if nearest in by_lower:
            return by_lower[nearest]
        wanted = wanted.rpartition("-")[0]
    return None


def init_languages(app: Flask) -> None:
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(ROOT / "translations"))
    folder = Path(app.config["BABEL_TRANSLATION_DIRECTORIES"])
    app.extensions[OFFERED] = whole_languages(app.extensions["heard_settings"], folder)
    app.config["BABEL_DEFAULT_LOCALE"] = LANGUAGES[DEFAULT].babel
    Babel(app, locale_selector=lambda: LANGUAGES[ui_language()].babel)
    app.before_request(choose_language)
    app.url_defaults(carry_language)
    app.jinja_env.globals.update(
        language=language,
        ui_language=ui_language,
        direction=direction,
        autonym=autonym,
        languages_of_the_site=languages_of_the_site,
        address_in=address_in,
    )


def whole_languages(settings: Settings, folder: Path = ROOT / "translations") -> tuple[str, ...]:
    """English, and every language that is wholly translated, unless HEARD_LANGUAGES names fewer."""
    if unknown := sorted(set(settings.languages) - set(LANGUAGES)):
        raise SettingError(f"HEARD_LANGUAGES: {unknown[0]} is no language known here.")
    wanted = set(settings.languages) or set(LANGUAGES)
    return tuple(
        tag
        for tag, language in LANGUAGES.items()
        if tag == DEFAULT or (tag in wanted and is_whole(folder, language.babel, language.plurals))
    )


def in_the_pickers_order(tags: Iterable[str]) -> list[str]:
    """Of these, all that the site knows."""
    wanted = set(tags)
    return [tag for tag in LANGUAGES if tag in wanted]


def languages_of_the_site() -> tuple[str, ...]:
    return tuple(current_app.extensions[OFFERED])


def choose_language() -> None:
    offer_languages([tag for tag in LANGUAGES if has_the_sites_words(tag)], DEFAULT)


def asked_for() -> str:
    """What the address asks for, however a message dressed it: `pl.`, `(pl)`, `en_GB`. Empty: nothing."""
    tag = WELL_FORMED.search(request.args.get("lang", "")[:MOST_TYPED].replace("_", "-"))
    return tag.group() if tag else ""


def offer_languages(offered: Iterable[str], default: str) -> None:
    """Settle the page's language among those that can be shown, by choice, then by the phone's wish."""
    known = [tag for tag in offered if tag in LANGUAGES]
    wishes = [asked_for(), *request.accept_languages.values()]
    found = [match(wish, known) if WELL_FORMED.fullmatch(wish) else None for wish in wishes]
    g.language = next((tag for tag in found if tag), default)
    g.ui_language = words_around(g.language)
    g.language_chosen = found[0] is not None
    refresh()


def has_the_sites_words(tag: str) -> bool:
    """Easy read is English too: the site's own words are plain enough to be its words."""
    return tag in languages_of_the_site() or (tag in LANGUAGES and spoken(tag) == DEFAULT)


def words_around(tag: str) -> str:
    """The language of the site's own words around a survey in this one."""
    return tag if has_the_sites_words(tag) else DEFAULT


def spoken(tag: str) -> str:
    """The language itself, whichever way of wording it was chosen: who reads easy words writes English."""
    return tag.partition("-x-")[0]


def carry_language(endpoint: str, values: dict[str, Any]) -> None:
    """A chosen language rides in every link, so that nothing need be kept on the phone for it."""
    if endpoint != "static" and g.get("language_chosen"):
        values.setdefault("lang", g.language)


def address_in(tag: str) -> str:
    """The address of the page one is on, in another language. Nothing comes along but what we put there."""
    asked = [(name, value) for name, value in request.args.items() if name in STAYS_IN_ADDRESS]
    path = quote("/" + (request.script_root + request.path).lstrip("/"))  # never //another.site
    return f"{path}?{urlencode([*asked, ('lang', tag)])}"


def language() -> str:
    return str(g.get("language", DEFAULT))


def ui_language() -> str:
    return str(g.get("ui_language", DEFAULT))


@contextmanager
def in_words_of(tag: str) -> Iterator[None]:
    """The site's own words as around a survey in this language, whatever the page's is."""
    before = ui_language()
    g.ui_language = words_around(tag)
    refresh()
    try:
        yield
    finally:
        g.ui_language = before
        refresh()


def direction(tag: str) -> str:
    known = match(tag, LANGUAGES)
    return LANGUAGES[known].direction if known else "auto"


def autonym(tag: str) -> str:
    return LANGUAGES[tag].autonym if tag in LANGUAGES else tag
