"""What people said of comments, as rows: every fault in it is named, none is guessed away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from analysis.codebook import Codebook
from analysis.lasting import goes_to
from analysis.records import Checked, Comment, Earlier
from analysis.segment import is_blank
from analysis.texts import Flags, Rows


@dataclass(frozen=True)
class Told:
    """`rows` (c,) of the checked comments, ascending; `members` (c, themes); `random` (c,) how drawn."""

    rows: Rows
    members: Flags
    random: Flags


def refuse_faults(
    checked: Sequence[Checked], comments: Sequence[Comment], codebook: Codebook | None, earlier: Earlier
) -> None:
    """Raises ValueError for checks of themes or comments that aren't there, and for two of one comment."""
    themes = {theme.id for theme in codebook.themes} if codebook else set()
    strange = {theme for check in checked for theme in check.theme_ids} - themes - earlier.themes.keys()
    if strange:
        raise ValueError(f"the codebook lacks themes that people gave to comments: {_listed(strange)}")
    lost = {check.comment_id for check in checked} - {comment.id for comment in comments}
    if lost:
        raise ValueError(f"people checked comments that are not here: {_listed(lost)}")
    blank = {comment.id for comment in comments if is_blank(comment.text)}
    if silent := {check.comment_id for check in checked if check.theme_ids} & blank:
        raise ValueError(f"comments without words can have no theme: {_listed(silent)}")
    twice = {one for one, times in Counter(check.comment_id for check in checked).items() if times > 1}
    if twice:
        raise ValueError(f"a comment can be checked once only: {_listed(twice)}")


def _listed(ids: Set[str]) -> str:
    return ", ".join(sorted(ids))


def current(checked: Sequence[Checked], codebook: Codebook | None, earlier: Earlier) -> list[Checked]:
    """The checks in the themes of today, merged as people decided since.

    A check whose themes have all gone says nothing any more, and is left out.
    """
    themes = {theme.id for theme in codebook.themes} if codebook else set()
    found = []
    for check in checked:
        ids = [each if each in themes else goes_to(each, earlier, themes) for each in check.theme_ids]
        kept = tuple(dict.fromkeys(each for each in ids if each in themes))
        if kept or not check.theme_ids:
            found.append(replace(check, theme_ids=kept))
    return found


def told(checked: Sequence[Checked], rows: Sequence[Comment], codebook: Codebook) -> Told:
    """The checks of those comments that stand in `rows`; blank ones have nothing to learn from."""
    theme = {each.id: place for place, each in enumerate(codebook.themes)}
    by_id = {check.comment_id: check for check in checked}
    found = [(row, by_id[comment.id]) for row, comment in enumerate(rows) if comment.id in by_id]
    members = np.zeros((len(found), len(theme)), dtype=bool)
    for place, (_, check) in enumerate(found):
        members[place, [theme[each] for each in check.theme_ids]] = True
    return Told(
        np.array([row for row, _ in found], dtype=np.int64),
        members,
        np.array([check.random for _, check in found], dtype=bool),
    )
