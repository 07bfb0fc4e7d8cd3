"""Names in Chinese, which runs on without spaces and has no capitals: found as written.

A name is two to four characters that begin no other word: a known surname, then one character or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from analysis.personal.cues import chinese, chinese_surnames, workers
from analysis.personal.details import Detail

_HAN = "\u4e00-\u9fff"
_OF_TWO = "欧阳|司马|上官|诸葛|慕容|夏侯|皇甫|令狐"


def chinese_names(text: str) -> Iterator[Detail]:
    if not re.search(f"[{_HAN}]", text):
        return
    for pattern in patterns():
        for match in pattern.finditer(text):
            start = match.end() - len(match[1])
            cue = text[match.start() : start] or text[match.end() : match.end() + 3]
            yield Detail("name", start, match.end(), cue)


@lru_cache(maxsize=1)
def patterns() -> tuple[re.Pattern[str], ...]:
    """In each the name is the first group, and the end of what is found."""
    lists, work = chinese(), workers("zh-Hans")
    stops, family = "".join(lists["stops"]), f"(?:{_OF_TWO}|[{chinese_surnames()}])"
    given = f"(?:(?![{stops}])[{_HAN}])"
    # Behind "my worker" these are no words of their own.
    given_there = given.replace(stops, "".join(each for each in stops if each not in "国中新学"))
    own = "|".join(each for each in lists["own"] if each != "我姓")
    titles = "|".join(sorted(lists["after"], key=len, reverse=True))
    # Where a word begins that often follows, the name has one character after its surname, else two.
    follows = f"(?=[^{_HAN}]|$|[{stops}]|{'|'.join(work.follows)})"
    whose, who = ("|".join(sorted(each, key=len, reverse=True)) for each in (work.my, work.who))
    return tuple(
        re.compile(pattern)
        for pattern in (
            f'(?:{own})[：:“"\\s]{{0,2}}({given}{{2,3}}(?:·{given}{{1,6}})?|{given}·{given}{{1,6}})',
            f'我姓[：:“"\\s]{{0,2}}({given}{{1,3}})',
            f"(?:{'|'.join(lists['known'])})({family}{given}{{1,2}})",
            f"(?<![任如为])(?!任何)({family}{given}{{0,2}}?)(?={titles})",
            f"(?:{whose})(?:{who})(?:是|叫|名叫)?[：:，,“\\s]{{0,2}}"
            f"(?!{'|'.join(work.plain)})({family}(?:{given_there}{follows}|{given_there}{{1,2}}))",
        )
    )
