"""Cuts a comment into clauses, each a span of the text as given.

After sentence ends of all scripts, line breaks and bullets, and before contrast words ("but", "ond", "ale",
"لیکن", "لكن", "laakiin" ...) where both sides say something. Offsets are code points, the end is exclusive.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

LEAST_WORDS = 3
# For scripts without spaces a clause is long enough by its letters.
LEAST_LETTERS = 6

# Each language's own; a word is listed once, where the alphabet it is written in first needs it.
_CONTRAST = (
    "but", "however", "although", "though", "except", "whereas", "yet",  # en
    "ond", "fodd bynnag", "er bod", "heblaw",  # cy
    "ale", "jednak", "chociaż", "lecz", "natomiast",  # pl
    "însă", "deși", "totuși",  # ro
    "ਪਰ", "ਲੇਕਿਨ", "ਹਾਲਾਂਕਿ",  # pa
    "لیکن", "مگر", "البتہ", "حالانکہ", "تاہم",  # ur
    "mas", "porém", "embora", "contudo", "no entanto",  # pt
    "pero", "sino", "aunque", "sin embargo",  # es
    "لكن", "ولكن", "لكنهم", "لكنه", "إلا أن", "غير أن", "رغم أن",  # ar
    "কিন্তু", "তবে", "যদিও",  # bn
    "પણ", "પરંતુ", "જોકે",  # gu
    "laakiin", "hase yeeshee", "balse", "hase ahaatee",  # so
    "але", "проте", "однак", "хоча", "но",  # uk
    "اما", "ولی", "هرچند", "گرچه",  # fa
    "خو", "مګر", "که څه هم",  # ps
    "بەڵام", "کەچی", "هەرچەندە",  # ckb
    "fakat", "ama", "ancak", "oysa",  # tr
    "cependant", "toutefois", "pourtant",  # fr
    "megjithatë", "kurse", "mirëpo", "ndërsa",  # sq
    "però", "aber",
)  # fmt: skip
# "But" in French, Romanian and Albanian, "more", "to give" and "for" in others: only after a comma.
_AFTER_COMMA = ("mais", "dar", "por")
_END = re.compile(
    r"[.!?;…](?!\d)[\"'”’)\]]*(?=\s|$)"
    r"|[।॥۔؟؛。！？；։።]+[\"'”’)\]]*"
    r"|[\r\n\u2028\u2029]+\s*(?:[-*•–·]\s+)?"
    r"|\s[•·]\s"
)
# Starts only where a run of spaces starts and gives none back, or a long run would take its length squared.
_BUT = re.compile(
    r"(?<![\s,،、])[\s,،、]++(?=(?:" + "|".join(map(re.escape, _CONTRAST)) + r")[\s,،])"
    r"|,\s++(?=(?:" + "|".join(_AFTER_COMMA) + r")\s)"
    r"|(?=但是|可是|不过|然而|只是|しかし|でも)",
    re.IGNORECASE,
)
_BULLETS = "-*•–·"
# Vowel signs and accents that stand as code points of their own: \w alone breaks a Bengali word at each.
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff\u200c\u200d"
_WORD = re.compile(rf"\w[\w{MARKS}]*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def trim(text: str, start: int = 0, end: int | None = None) -> Span:
    """The span without white space at its ends; (0, 0) where nothing is left."""
    piece = text[start : len(text) if end is None else end]
    left = len(piece) - len(piece.lstrip())
    stripped = len(piece.strip())
    return (start + left, start + left + stripped) if stripped else (0, 0)


def clauses(text: str) -> list[Span]:
    """Spans of the clauses of `text` in order, trimmed; no span for a blank text, one for a text of one
    clause.
    """
    spans: list[Span] = []
    start = 0
    for end in _cuts(text):
        span = _bare(text, trim(text, start, end))
        start = end
        if span == (0, 0):
            continue
        # A piece too short to mean something alone stays with the one before it.
        if spans and not (says_enough(text[slice(*span)]) and says_enough(text[slice(*spans[-1])])):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return spans


def is_blank(text: str) -> bool:
    """Whether there is nothing a person could see: white space, control and formatting characters only."""
    return not any(character.isprintable() and not character.isspace() for character in text)


def _cuts(text: str) -> list[int]:
    ends = {match.end() for match in _END.finditer(text)}
    return sorted(ends | {match.end() for match in _BUT.finditer(text)} | {len(text)})


def _bare(text: str, span: Span) -> Span:
    """The span without the bullets of a list around it."""
    start, end = span
    while start < end and (text[start] in _BULLETS or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _BULLETS or text[end - 1].isspace()):
        end -= 1
    return (start, end) if start < end else (0, 0)


def says_enough(piece: str, least: int = LEAST_WORDS) -> bool:
    """Whether a piece has enough words, or letters of a script without spaces, to mean something alone."""
    letters = len(_UNSPACED.findall(piece))
    words = len(_WORD.findall(_UNSPACED.sub(" ", piece)))
    return letters >= LEAST_LETTERS * least / LEAST_WORDS or words + letters // 2 >= least
