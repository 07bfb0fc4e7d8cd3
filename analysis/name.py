"""Keywords of a theme in each of its languages, and a suggested name for one that has none.

Score of a phrase (one to three words), summed over languages: sqrt(share inside) * log(share inside / share
outside), 1.35 and 1.4 times for two and three words. A phrase counts only when at least three different
people used it, so that nobody's own words become a heading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from analysis.segment import MARKS

LEAST_PEOPLE = 3
KEYWORDS = 6
NAME_WORDS = 3
LONGEST = 3
BONUS = {1: 1.0, 2: 1.35, 3: 1.4}
# A word that this share of a language's comments uses says little about any one theme.
EVERYDAY = 0.25
EVERYDAY_FROM = 40

_WORD = re.compile(rf"[^\W\d_](?:[\w'’{MARKS}]*[^\W_]|[{MARKS}])*")
_BETWEEN = re.compile(rf"[^\w\s'’{MARKS}-]+")
_OTHER = """
    said went does did way people man thing things like know came
    i'm i've i'd it's don't didn't wasn't couldn't can't that's just really got yn y yr a i o ar
    am ac ei oedd roedd wedi mae fy ond na ni w z do że się nie to jest po od dla ale za mnie mi
    był میں کے کی کا سے نے کو اور ہے تھا تھی تھے پر نہیں یہ وہ مجھے لیے بھی في من على إلى أن كان
    لم لا ما مع عن هذا كانت لي لكن و أنا هو waa oo ee iyo ka ku u la in ay uu aan waxaan waxay
    inay aad ah soo ha ayay ayaa baan igu tahay marka wuxuu ایک ہیں پھر تو ہی کہ اس ddim o'n i'n ma'r
"""
_LITTLE = ENGLISH_STOP_WORDS | set(_OTHER.split())


def phrases(text: str) -> frozenset[str]:
    """The one- to three-word phrases of a text, lower case, with no little word at either end."""
    found: set[str] = set()
    for part in _BETWEEN.split(text.casefold()):
        words = _WORD.findall(part)
        for length in range(1, LONGEST + 1):
            for start in range(len(words) - length + 1):
                phrase = words[start : start + length]
                if _telling(phrase[0]) and _telling(phrase[-1]):
                    found.add(" ".join(phrase))
    return frozenset(found)


class Vocabulary:
    """Who used which phrase, over the comments that people may read.

    `people`, `languages` and `texts` are parallel. Hand in readable comments only.
    """

    def __init__(self, texts: Sequence[str], people: Sequence[str], languages: Sequence[str | None]) -> None:
        self._phrases = [phrases(text) for text in texts]
        self._people = people
        self._languages = [language or "" for language in languages]
        self._users: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._speakers: dict[str, set[str]] = defaultdict(set)
        for used, person, language in zip(self._phrases, people, self._languages, strict=True):
            self._speakers[language].add(person)
            for phrase in used:
                self._users[language, phrase].add(person)

    def keywords(self, members: Iterable[int], count: int = KEYWORDS) -> list[str]:
        """The phrases that tell these rows from the rest, best first, whatever their language; [] where no
        phrase was used by three people of one language.
        """
        together: dict[str, float] = defaultdict(float)
        for _, scores in sorted(self._scored(members).items()):
            for phrase, score in scores.items():
                together[phrase] += score
        return _best(together, count)

    def keywords_by_language(self, members: Iterable[int], count: int = KEYWORDS) -> dict[str, list[str]]:
        """The same for each language by itself, by tag ("und" where it is not known); none without a
        phrase.
        """
        best = {language: _best(scores, count) for language, scores in sorted(self._scored(members).items())}
        return {language or "und": ranked for language, ranked in best.items() if ranked}

    def _scored(self, members: Iterable[int]) -> dict[str, dict[str, float]]:
        """By language, the score of each phrase that three people used in it."""
        inside: dict[tuple[str, str], set[str]] = defaultdict(set)
        speakers: dict[str, set[str]] = defaultdict(set)
        for row in members:
            language = self._languages[row]
            speakers[language].add(self._people[row])
            for phrase in self._phrases[row]:
                inside[language, phrase].add(self._people[row])
        scored: dict[str, dict[str, float]] = defaultdict(dict)
        for (language, phrase), users in inside.items():
            if len(users) >= LEAST_PEOPLE:
                scored[language][phrase] = self._score(language, phrase, len(users), len(speakers[language]))
        return scored

    def _score(self, language: str, phrase: str, users: int, speakers: int) -> float:
        everyone = len(self._speakers[language])
        elsewhere = len(self._users[language, phrase]) - users
        if everyone >= EVERYDAY_FROM and (users + elsewhere) / everyone > EVERYDAY:
            return 0.0
        share_in = users / speakers
        share_out = elsewhere / max(everyone - speakers, 1)
        return (
            float(np.sqrt(share_in) * np.log((share_in + 0.001) / (share_out + 0.002)))
            * BONUS[len(phrase.split())]
        )


def suggest(keywords: Sequence[str]) -> str:
    """A name of up to three keywords, or "" where there are none."""
    return ", ".join(keywords[:NAME_WORDS])


def _telling(word: str) -> bool:
    return len(word) > 1 and word.replace("’", "'") not in _LITTLE


def _best(scores: Mapping[str, float], count: int) -> list[str]:
    ranked = sorted((phrase for phrase, score in scores.items() if score > 0), key=lambda p: (-scores[p], p))
    return _distinct(ranked, count)


def _distinct(ranked: Sequence[str], count: int) -> list[str]:
    """The first phrases that share no word stem with an earlier one."""
    kept: list[str] = []
    stems: set[str] = set()
    for phrase in ranked:
        mine = {word[:5] for word in phrase.split()}
        if not mine & stems:
            kept.append(phrase)
            stems |= mine
        if len(kept) == count:
            break
    return kept
