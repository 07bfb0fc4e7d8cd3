"""Which language a comment is in: py3langid among the survey's languages, the chosen language as prior.

Nothing is decided from under four words: every detector fails on one ("Good" comes out as Somali). A
language that py3langid does not know can't be detected, so what the person chose stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from analysis.segment import MARKS
from analysis.tag import is_tag as is_tag

LEAST_WORDS = 4
# The model is overconfident, so an opinion of .9 for the language a person chose still lets clear text
# overrule it.
PRIOR = 0.9
# Without any word on languages: what is spoken most in England and Wales, English first (Census 2021).
USUAL = (
    "en",
    "cy",
    "pl",
    "ro",
    "pa",
    "ur",
    "pt",
    "es",
    "ar",
    "bn",
    "gu",
    "it",
    "fr",
    "tr",
    "fa",
    "so",
    "zh",
    "uk",
    "ta",
)

_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*")
# Languages written without spaces: a sentence is one long "word", so letters are counted instead.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SAME = {"no": "nb", "iw": "he", "in": "id", "ji": "yi", "fil": "tl", "prs": "fa"}


def base(tag: str) -> str:
    """The primary language of a BCP-47 tag: zh-Hans -> zh, en-x-easy -> en."""
    primary = tag.split("-")[0].lower()
    return _SAME.get(primary, primary)


def detect(
    texts: Sequence[str], given: Sequence[str | None], languages: Sequence[str] | None = None
) -> list[str | None]:
    """The language of each text as a BCP-47 tag, None where it can't be told.

    `given` is what each person chose; `languages` are the survey's (default: those given, else the usual
    ones of England and Wales). Equal inputs give equal answers, whatever stands beside them.
    """
    chosen = [tag if is_tag(tag) else None for tag in given]
    among = [tag for tag in languages or dict.fromkeys(tag for tag in chosen if tag) if is_tag(tag)] or list(
        USUAL
    )
    return [_one(text, tag, among) for text, tag in zip(texts, chosen, strict=True)]


def _one(text: str, given: str | None, among: Sequence[str]) -> str | None:
    fallback = given or (among[0] if len(among) == 1 else None)
    if given is not None and base(given) not in known():
        return given
    if _words(text) < LEAST_WORDS:
        return fallback
    options = {base(tag): tag for tag in reversed(among) if base(tag) in known()}
    if given is not None:
        options[base(given)] = given
    if len(options) < 2:
        return fallback
    return options[_likeliest(text, tuple(sorted(options)), base(given) if given else None)]


def _words(text: str) -> int:
    return len(_WORD.findall(_UNSPACED.sub("", text))) + len(_UNSPACED.findall(text)) // 2


def _likeliest(text: str, options: tuple[str, ...], given: str | None) -> str:
    ranked = _identifier(options).rank(text)
    scores: dict[str, float] = {language: np.log(max(share, 1e-300)) for language, share in ranked}
    for language in scores:
        if given is not None:
            scores[language] += np.log(PRIOR if language == given else (1 - PRIOR) / (len(options) - 1))
    return max(sorted(scores), key=lambda language: scores[language])


@lru_cache(1)
def known() -> frozenset[str]:
    """The primary languages py3langid can tell."""
    identifier = _load()
    identifier.set_languages(None)
    _identifier.cache_clear()  # they share the one model, which now tells all its languages again
    return frozenset(str(label) for label in identifier.labels)


@lru_cache(1)
def _identifier(options: tuple[str, ...]) -> LanguageIdentifier:
    identifier = _load()
    identifier.set_languages(list(options))
    return identifier


@lru_cache(1)
def _load() -> LanguageIdentifier:
    """Read once: it takes a second."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
