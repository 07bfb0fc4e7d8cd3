"""Two languages that nobody speaks, made of whatever texts there are: one longer, one mirrored."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from feedback.survey.definition import Survey
from feedback.survey.edition import Edition, source_texts
from feedback.web.languages import TWO, Language

# Locales that Heard has no use for lend their names, because a page must say a real one.
ACCENTED = Language("en-ZA", "⟦Åççéñţš⟧", "en_ZA", TWO)
MIRRORED = Language("he", "מראה", "he", TWO)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ACCENTS = str.maketrans(LETTERS, "ÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž")
HEBREW = str.maketrans(LETTERS, ("אבגדהוזחטיכלמנסעפצקרשתאבגד") * 2)
KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|\{\w*\}|https?://\S+|[\w.]+@[\w.]+)")
ENDING = re.compile(r"[.:?!…”’)]*$")
LONGER = 0.4
FILLER = " öñé ţŵö ţĥŕéé ƒöûŕ ƒîṽé šîẋ šéṽéñ" * 40


def accented(text: str) -> str:
    """In brackets, so that it shows where a text begins and ends; its last stop stays its last."""
    body, stop = text[: ENDING.search(text).start()], ENDING.search(text).group()  # type: ignore[union-attr]
    longer = FILLER[: max(1, round(LONGER * len(text)))].rstrip()
    return f"⟦{changed(body, ACCENTS)}{longer}{stop}⟧"


def mirrored(text: str) -> str:
    return changed(text, HEBREW)


def changed(text: str, letters: dict[int, int]) -> str:
    """What is filled in, and addresses, stay as they are."""
    return "".join(part if KEPT.fullmatch(part) else part.translate(letters) for part in KEPT.split(text))


def write_catalogue(template: Catalog, folder: Path, language: Language, say: Callable[[str], str]) -> None:
    made = Catalog(locale=language.babel, fuzzy=False)
    made.mime_headers = [("Plural-Forms", language.plurals)]
    for message in template:
        if message.id:
            several = not isinstance(message.id, str)
            words = tuple(map(say, message.id)) if several else say(message.id)
            made.add(message.id, words, context=message.context)
    path = folder / language.babel / "LC_MESSAGES" / "messages.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, made)


def write_template(template: Catalog, folder: Path) -> None:
    with (folder / "messages.pot").open("wb") as file:
        write_po(file, template)


def edition(survey: Survey, language: Language, say: Callable[[str], str]) -> Edition:
    texts = {key: say(text) for key, text in source_texts(survey).items()}
    return Edition(language=language.tag, reviewed_by="nobody", texts=texts)
