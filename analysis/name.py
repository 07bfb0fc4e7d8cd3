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
    said went does did way people man thing things like know came say says told asked day time times just
    i'm i've i'd it's don't didn't wasn't couldn't can't that's really got he's she's they're i'll won't
    yn y yr a i o ar am ac ei yno oedd roedd wedi mae fy ond na ni w ma odd o'n i'n ma'r ddim o'dd a'r i'r o'r
    bod fi chi di 'di hi fe fo nhw nw pan achos wedyn heb neb dim gan gyda efo wrth ers bob tro sydd sy'n
    fydd byddai bydd oes dw dwi dan hefyd mwy yna yma hyn hwn hon nes mewn am at dros rhywun beth be sut
    pwy lle un dau dwy iawn jyst fel hynny ges ces nath wnaeth gneud gwneud dweud deud gweud gofyn sy nid
    z do że się nie to jest po od dla ale za mnie mi był była było byli być bez bo by przez przy tylko tam
    tu tak też już jak co kto ktoś coś ten ta te tego tej tym jego jej ich ja my wy on ona oni mój moja
    mam ma miał miała są nic aż czy gdy kiedy potem teraz bardzo sobie siebie swoje żeby nawet jeszcze raz
    pan pani bym był jeden dwa trzy ze we ku na
    میں کے کی کا سے نے کو اور ہے تھا تھی تھے پر نہیں یہ وہ مجھے لیے بھی ایک ہیں پھر تو ہی کہ اس ہوں ہو ہوا
    ہوئی کر کرو کرے کرتے کرتا کرتی کیا کیے گیا گئی گئے جا جاتا جاتی رہا رہی رہے دیا دی دے دیں لیا لی تک اب
    جب جو کوئی کچھ سب بس والا والی والے میرا میری میرے ہم ہمیں ہمارے آپ ان انہوں اپنا اپنی اپنے بات دن سال
    دو تین بار کبھی مگر لیکن یا ساتھ بعد پہلے وقت کہا بولا بولی
    في من على إلى أن كان كانت لم لا ما مع عن هذا هذه ذلك لي لكن و أنا هو هي هم نحن أنت كل بعد قبل عند عندي
    عندهم لما بس مو مش شو شي ثم قد لقد أو إن إذا كما حتى منذ بين ولا وما التي الذي كنت كنا لن هل يا قال
    قالت قالوا له لها لهم لنا فيه فيها به بها اني انا الى ان او اذا زي
    waa oo ee iyo ka ku u la in ay uu aan waxaan waxay inay aad ah soo ha ayay ayaa baan igu tahay marka
    wuxuu ayaan waan ma ugu ii iga igala way wuu buu bay aanan anigu aniga isaga iyada waxa wax waxba
    kale oo oodhan dhan mar laakiin markii maya haa sidii si loo lagu laga lama uga kama hal laba cid cidna
    qof leh jir jirin jiray yahay ahaa ahayd isku iska kuma
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
