"""Numbers: telephones, NHS numbers, cards, references, dates of birth.

Everything works on the folded text, so ٠٧٧ and ০৭৭ and 077 are one. Each pattern is bounded, so that a
long text costs as many steps a character as a short one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from analysis.personal.checksums import is_nhs_number, passes_luhn
from analysis.personal.cues import Cue, Cues, chinese
from analysis.personal.details import Detail
from analysis.personal.folded import Word

Span = tuple[int, int]

DATE = re.compile(
    r"(?<![\d.])(?:\d{1,2}([ ./-])\d{1,2}\1\d{4}|\d{1,2}([./-])\d{1,2}\2\d\d"
    r"|\d{4}([./-])\d{1,2}\3\d{1,2}|\d{4}年\d{1,2}月(?:\d{1,2}日?)?)(?![\d/]|[.-]\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19[2-9]\d|200\d|13[1-8]\d)(?!\d)")
_OLD_SHORT = re.compile(r"\d[./-][3-9]\d$")
CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d\s?(?:-|to)\s?\d{1,2}[:.]\d\d(?!\d)")
# A run of digits as people write telephone numbers, with at most two marks between two digits.
_ALONE = r"(?<![\da-z_£$€])(?<!\d[.,])"
RUN = re.compile(_ALONE + r"(?:\+ ?|\()?\d(?:[ .\-()/\t]{0,2}\d){5,18}(?![\d])")
# One that goes on in the next line, and where.
LEFT = re.compile(_ALONE + r"(?:\+ ?|\()?\d(?:[ .\-()/\t]{0,2}\d){1,14}[ \t]?$")
RIGHT = re.compile(r"^[ \t]?\d(?:[ .\-()/\t]{0,2}\d){1,14}(?!\d)")
_LINE_END = re.compile(r"\r?\n")
_CODE = re.compile(r"[a-z0-9](?:[a-z0-9]|[/.\-](?=[a-z0-9])| (?=\d)){2,29}")
# Freephone, help lines and switchboards of organisations are nobody's own.
PUBLIC = re.compile(r"(?:0800|0808|0300|0303|0330|0333|0344|0345|0370|0371|0500|084|087|116\d\d\d$)")
_FILL = re.compile(
    r"[\s:#.,()=\-]{0,4}(?:(?:is|was|no|nr|number|it's|es|est|e|to|waa|yw|هو|است|ہے|ده|:)\b[\s:#.,]{0,3}){0,2}"
)
_SAID_TWICE = {"double": 2, "triple": 3, "treble": 3, "hundred": 3}
_NAUGHTS = {"oh": "0", "o": "0", "nought": "0", "naught": "0"}
NEAR = 60
MANY = 7
LEAST = 6  # digits of a telephone number that a word for one stands by
UK_DIGITS = 11
REACH = 40  # characters of one number on one line


def dates(folded: str, cues: Cues, near: Sequence[Span], found: Sequence[Word]) -> Iterator[Detail]:
    """Dates beside a word for birth, and full dates so long ago that they are hardly an appointment."""
    written: list[Span] = [match.span() for match in DATE.finditer(folded)]
    written += _in_words(folded, cues, found)
    written.sort()
    years = [match.span() for match in _YEAR.finditer(folded)]
    taken = {
        min(beside, key=lambda span: (_distance(span, cue), span))
        for cue in near
        if (beside := _beside(written, cue) or _beside(years, cue))
    }
    for span in written:
        if span in taken or _YEAR.search(folded, *span) or _OLD_SHORT.search(folded, *span):
            yield Detail("birth", *span, "near a word for birth" if span in taken else "form")
    for span in years:
        if span in taken:
            yield Detail("birth", *span, "near a word for birth")


def _beside(ordered: list[Span], cue: Span) -> list[Span]:
    """Those of the spans that stand near a cue, rather behind it than before."""
    first = bisect_left(ordered, (cue[0] - NEAR // 2, 0))
    return ordered[first : bisect_right(ordered, (cue[1] + NEAR, 0))]


def _in_words(folded: str, cues: Cues, found: Sequence[Word]) -> Iterator[Span]:
    """ "3 March 1985", "1364 خرداد 5", "3 de março de 1985": a day and a year around a month's name."""
    for place, word in enumerate(found):
        if word.key not in cues.months:
            continue
        start, end = word.start, word.end
        before, after = found[max(0, place - 2) : place], found[place + 1 : place + 3]
        day = next((w for w in reversed(before) if w.key[0].isdigit()), None)
        following = [w for w in after if w.key[0].isdigit()]
        if day is not None and start - day.end <= 5:
            start = day.start
        if following and following[0].start - end <= 5:
            end = following[0].end
            third = found[place + 3] if place + 3 < len(found) else None
            last = following[-1] if len(following) > 1 else third
            if last and len(last.key) == 4 and last.key.isdigit() and last.start - end <= 5:
                end = last.end
        if (start, end) != (word.start, word.end):
            yield start, end


def _distance(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def digits_in(folded: str, phone: Sequence[Span], reference: Sequence[Span]) -> Iterator[Detail]:
    """Runs of digits: NHS numbers, telephones, cards and long numbers that must stand for something."""
    for unlike in (DATE, CLOCK):
        folded = unlike.sub(lambda match: "x" * len(match.group()), folded)
    after_phone, after_reference = ends(phone), ends(reference)
    for start, end in _runs(folded):
        written = folded[start:end]
        digits = _digits(written)
        cued = _ends_within(after_phone, start - 40, start)
        if PUBLIC.match(digits):
            continue
        if cued and len(digits) >= 6:
            yield Detail("phone", start, end, "after a word for telephone")
        elif is_nhs_number(digits) and _shape(written) in ((10,), (3, 3, 4)):
            yield Detail("nhs", start, end, "check digit")
        elif _ends_within(after_reference, start - 6, start):
            continue  # _after takes it whole, letters and all
        elif len(digits) >= 13 and passes_luhn(digits) and _shape(written) in ((16,), (4, 4, 4, 4), (15,)):
            yield Detail("reference", start, end, "check digit")
        elif _is_phone(written, digits):
            yield Detail("phone", start, end, "form")
        elif len(digits) >= 8 and len(_shape(written)) == 1:
            yield Detail("reference", start, end, "a long number")
    yield from _after(folded, reference)


def _runs(folded: str) -> Iterator[Span]:
    """Runs of digits; one that goes on in the next line is one."""
    kept, until = "", 0
    for line_end in _LINE_END.finditer(folded):
        start, end = line_end.span()
        left = LEFT.search(folded[max(until, start - REACH) : start])
        right = RIGHT.match(folded[end : end + REACH])
        if left and right and _is_one(left.group(), right.group()):
            start, end = start - len(left.group()), end + right.end()
            yield start, end
            kept += folded[until:start] + "x" * (end - start)
            until = end
    folded = kept + folded[until:]
    for match in RUN.finditer(folded):
        start, end = match.span()
        yield start + (match.group()[0] == "(" and ")" not in match.group()), end


def _is_one(left: str, right: str) -> bool:
    """Whether a number goes on in the next line: only where neither line holds a whole one by itself."""
    whole = left + "\n" + right
    digits = _digits(whole)
    if digits.startswith("0") and len(digits) == UK_DIGITS:
        return True
    return (is_nhs_number(digits) or _is_phone(whole, digits)) and not any(
        len(_digits(part)) >= LEAST and _is_phone(part, _digits(part)) for part in (left, right)
    )


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written)


def _is_phone(written: str, digits: str) -> bool:
    shape = _shape(written)
    if written.startswith("+") or digits.startswith("00"):
        return 8 <= len(digits) <= 17
    if digits.startswith("0"):
        one_by_one = max(shape) < 2 and not (len(digits) == 11 and digits.startswith("07"))
        return 9 <= len(digits) <= 12 and not one_by_one
    if len(shape) > 1 and shape in ((3, 3, 3), (3, 3, 4), (5, 5), (3, 4, 4), (3, 2, 2, 2), (4, 3, 3)):
        return " 000" not in written
    return len(shape) == 1 and len(digits) in (9, 10, 11)


def _shape(written: str) -> tuple[int, ...]:
    return tuple(len(part) for part in re.findall(r"\d+", written))


def _after(folded: str, cues: Sequence[Span]) -> Iterator[Detail]:
    """The code that follows a word for a case or a number."""
    for _, end in cues:
        filled = _FILL.match(folded, end)
        match = _CODE.match(folded, filled.end() if filled else end)
        if match is None:
            continue
        first, code = match.group().split(" ")[0], match.group()
        plain_word = len(first) > 3 and first.isalpha()
        if not plain_word and sum(character.isdigit() for character in code) >= 2 and len(code) >= 4:
            yield Detail("reference", *match.span(), "after a word for a number")


def spelled_out(found: Sequence[Word], cues: Cues) -> Iterator[Detail]:
    """A telephone number said in words, "oh seven seven double oh", digits between them or not."""
    run: list[Word] = []
    digits = in_words = 0
    for word in [*found, None]:
        worth = _worth(word, cues, run) if word is not None else -1
        if worth >= 0 and word is not None and (not run or word.start - run[-1].end <= 3):
            run.append(word)
            digits += worth
            in_words += not word.key.isdigit()
            continue
        if digits >= MANY and in_words >= 3:
            yield Detail("phone", run[0].start, run[-1].end, "said in words")
        run, digits, in_words = [], 0, 0
        if word is not None and (worth := _worth(word, cues, run)) >= 0:
            run, digits, in_words = [word], worth, int(not word.key.isdigit())


def _worth(word: Word, cues: Cues, run: Sequence[Word]) -> int:
    """How many digits a word says; -1 where it is none of a number."""
    if word.key.isdigit():
        return len(word.key) if len(word.key) <= 6 else -1
    if word.key in _SAID_TWICE:
        return _SAID_TWICE[word.key] - 1
    return 1 if word.key in cues.digits or (word.key in _NAUGHTS and bool(run)) or word.key == "oh" else -1


def spans(found: Sequence[Cue], words: Sequence[Word], use: str) -> list[Span]:
    """Where the cues for one use stand."""
    return [(words[cue.first].start, words[cue.after - 1].end) for cue in found if cue.use == use]


def ends(spans: Sequence[Span]) -> list[int]:
    return sorted(end for _, end in spans)


def _ends_within(ends: Sequence[int], low: int, high: int) -> bool:
    return bisect_right(ends, high) > bisect_left(ends, low)


def chinese_spans(text: str, use: str) -> list[Span]:
    """The same in Chinese, which has no spaces between words."""
    listed = "|".join(sorted(chinese()[use], key=len, reverse=True))
    return [match.span() for match in re.finditer(listed, text)] if listed else []
